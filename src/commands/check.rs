//! `cardlift check`: everything up to sending, offline.

use super::next;
use super::overview::{self, Seen};
use super::preflight;
use super::reading::{self, Opened};
use super::runs::{say_kept, unwritten};
use crate::cli::Reading;
use crate::examine::{Comparison, Merges, Record, Verdict};
use crate::exit::{Exit, Failed};
use crate::input::Input;
use crate::lang::Phrase;
use crate::log;
use crate::report::{
    Bytes, CHECK, Outcome, RecordProblem, ReportFolder, Row, Summary, Writer, message,
};
use crate::terminal::Terminal;
use jiff::Timestamp;
use std::io;
use std::sync::atomic::Ordering::Relaxed;

/// Reads and checks the files and writes the report, with `results.jsonl` if `details` are wanted.
pub fn run(reading: &Reading, details: bool, terminal: &Terminal) -> Result<Exit, Failed> {
    let config = super::configuration(reading.read_as.config.as_deref(), terminal)?;
    let path = match &reading.report {
        Some(path) => path.clone(),
        None => config.report.dir.join("check"),
    };
    let folder = ReportFolder::claim(&path, &reading.files)?;
    let opened = reading::open(config, reading, true, terminal)?;
    let merges = opened.merges()?;
    let mut options = opened.options();
    options.details = details;
    let started = Timestamp::now();
    let mut check = Check::create(folder, &opened, merges, details)?;
    opened.examine(&options, |mut records, notes| {
        check.seen.add(&records, notes, &opened.inputs);
        check.comparison.prepare(&records);
        let mut records = records.iter_mut();
        let added = records.try_for_each(|record| check.add(record, &opened.inputs));
        let lists_valid = check.writer.lists(Outcome::Valid);
        options.lists_valid.store(lists_valid, Relaxed);
        added.map_err(unwritten)
    })?;
    let Check {
        comparison,
        mut writer,
        mut seen,
    } = check;
    seen.notes.merge(&comparison.added);
    writer.summary_mut().notes = seen.notes.clone();
    let written = writer.finish((started, Timestamp::now()), &[]);
    let written = written.map_err(unwritten)?;
    say_kept(&written.kept, terminal);
    let summary = written.summary;
    terminal.sources(&summary.sources);
    overview::say(&opened.inputs, &seen, terminal);
    let mut next = next::after_check(&summary, reading);
    next.extend(preflight::left_unchecked(
        &opened.config,
        &opened.properties(),
        &summary,
    ));
    terminal.summary(&summary, &path, &next)?;
    let needs_a_person = summary.of(Outcome::Invalid) + summary.incomplete_duplicates > 0;
    Ok(match needs_a_person || opened.left_out {
        true => Exit::Rejects,
        false => Exit::Done,
    })
}

struct Check {
    comparison: Comparison,
    writer: Writer,
    seen: Seen,
}

impl Check {
    fn create(
        folder: ReportFolder,
        opened: &Opened,
        merges: Merges,
        details: bool,
    ) -> Result<Check, Failed> {
        let summary = Summary {
            run: CHECK.into(),
            sources: opened.summaries(),
            ..Summary::default()
        };
        Ok(Check {
            comparison: Comparison::merging(merges),
            writer: Writer::create(folder, summary, details).map_err(unwritten)?,
            seen: Seen::default(),
        })
    }

    fn add(&mut self, record: &mut Record, sources: &[Input]) -> io::Result<()> {
        self.comparison.compare(record, sources)?;
        let place = &record.place;
        let source = &sources[place.input];
        let (mut code, mut phrase, mut problems): (&str, _, &[RecordProblem]) =
            ("", Phrase::default(), &[]);
        let (outcome, fingerprint) = match &record.verdict {
            Verdict::Valid { likeness, .. } => (Outcome::Valid, Some(&likeness.identity)),
            Verdict::Duplicate { likeness, how, .. } => {
                (code, phrase) = message::duplicate(how, &record.notes);
                (Outcome::Duplicate, Some(&likeness.identity))
            }
            Verdict::Invalid(found) => {
                problems = found;
                code = problems.first().map_or("", |first| &first.code);
                let outcome = Outcome::of_code(code);
                if outcome == Outcome::Invalid {
                    log::invalid(&source.name, place.line, found);
                }
                (outcome, None)
            }
        };
        let message = match problems {
            [] => phrase.text(),
            found => message::joined(found.iter().map(RecordProblem::message)),
        };
        let row = Row {
            source: &source.name,
            line: place.line,
            record: place.number,
            outcome,
            contact_id: "",
            name: &record.name,
            code,
            field: problems.first().map_or("", |first| &first.field),
            message: &message,
            phrase: Some(&phrase),
            reach: &record.reach,
            created_later: false,
            attempts: 0,
            problems,
            notes: &record.notes,
            notes_json: &record.notes_json,
            fingerprint,
        };
        let bytes = Bytes::InFile(&source.file, place.span.clone());
        self.writer
            .add(&row, place.input, &source.reject, &bytes, None)
    }
}
