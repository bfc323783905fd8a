//! `cardlift check`: everything up to sending, offline.

use super::next;
use super::overview::{self, Seen};
use super::preflight;
use super::reading::{self, Asks, Lacking, Opened, open_with};
use super::report::{claim, say_kept, unwritten};
use crate::cli::Reading;
use crate::examine::{self, Record, Verdict};
use crate::exit::{Exit, Failed};
use crate::input::Spool;
use crate::log;
use crate::plan::Earlier;
use crate::report::{
    Bytes, Outcome, RecordProblem, RejectSource, ReportFolder, Row, Summary, Writer, message,
};
use crate::terminal::Terminal;
use jiff::Timestamp;
use std::collections::HashMap;
use std::fs::File;
use std::io;

/// Reads and checks the files and writes the report, with `results.jsonl` if `details` are wanted.
pub fn run(reading: &Reading, details: bool, terminal: &Terminal) -> Result<Exit, Failed> {
    let config = super::configuration(reading.read_as.config.as_deref(), terminal)?;
    let path = match &reading.report {
        Some(path) => path.clone(),
        None => config.report.dir.join("check"),
    };
    let folder = claim(&path, &reading.files)?;
    let (spool, asks) = (Spool::default(), Asks::at(terminal, true));
    let mut opened = open_with(config, reading, HashMap::new(), &spool, &asks, terminal)?;
    let overviews = opened.overviews();
    let mut options = opened.options(reading);
    options.details = details;
    let started = Timestamp::now();
    let mut check = Check::create(folder, &opened, details)?;
    let properties = opened.properties();
    let inputs = std::mem::take(&mut opened.inputs);
    examine::examine(inputs, &options, |records| {
        records.into_iter().try_for_each(|record| check.add(record))
    })
    .map_err(|stopped| reading::stopped(stopped, &check.names))?;
    check.lacking.say(terminal);
    let written = check.writer.finish((started, Timestamp::now()), &[]);
    let written = written.map_err(unwritten)?;
    say_kept(&written.kept, terminal);
    let summary = written.summary;
    terminal.sources(&summary.sources);
    overview::say(&overviews, &check.seen, terminal);
    let mut next = next::after_check(&summary, reading);
    next.extend(preflight::left_unchecked(
        &opened.config,
        &properties,
        &summary,
    ));
    terminal.summary(&summary, &path, &next)?;
    let all_good = summary.of(Outcome::Invalid) == 0 && !opened.left_out;
    Ok(if all_good { Exit::Done } else { Exit::Rejects })
}

/// A check under way.
struct Check {
    names: Vec<String>,
    sources: Vec<(RejectSource, File)>,
    earlier: Earlier,
    lacking: Lacking,
    writer: Writer,
    seen: Seen,
}

impl Check {
    fn create(folder: ReportFolder, opened: &Opened, details: bool) -> Result<Check, Failed> {
        let mut sources = Vec::new();
        for input in &opened.inputs {
            sources.push((input.reject.clone(), input.file.try_clone()?));
        }
        let summary = Summary {
            run: "check".into(),
            sources: opened.summaries(),
            ..Summary::default()
        };
        Ok(Check {
            names: opened.names(),
            sources,
            earlier: Earlier::default(),
            lacking: Lacking::default(),
            writer: Writer::create(folder, summary, details).map_err(unwritten)?,
            seen: Seen::default(),
        })
    }

    fn add(&mut self, mut record: Record) -> io::Result<()> {
        let sources = &self.sources;
        examine::compare(
            &mut record,
            &mut self.earlier,
            &self.names,
            |input, span| {
                let (source, file) = &sources[input];
                source.card(file, span)
            },
        )?;
        self.lacking.add(&record, &self.names);
        self.seen.add(&record, &self.names);
        let place = &record.place;
        let name = &self.names[place.input];
        let (mut message, mut problems): (_, &[RecordProblem]) = (String::new(), &[]);
        let (outcome, fingerprint) = match &record.verdict {
            Verdict::Valid { likeness, .. } => (Outcome::Valid, Some(&likeness.identity)),
            Verdict::Duplicate {
                likeness,
                message: how,
                ..
            } => {
                message.clone_from(how);
                (Outcome::Duplicate, Some(&likeness.identity))
            }
            Verdict::Invalid(found) => {
                problems = found;
                message = message::joined(found.iter().map(|one| one.message.clone()));
                let outcome = Outcome::of_code(found.first().map_or("", |first| &first.code));
                if outcome == Outcome::Invalid {
                    log::invalid(name, place.line, found);
                }
                (outcome, None)
            }
        };
        let row = Row {
            source: name,
            line: place.line,
            record: place.number,
            outcome,
            contact_id: "",
            name: &record.name,
            code: match outcome {
                Outcome::Duplicate => message::DUPLICATE,
                _ => problems.first().map_or("", |first| &first.code),
            },
            field: problems.first().map_or("", |first| &first.field),
            message: &message,
            attempts: 0,
            problems,
            notes: &record.notes,
            fingerprint,
        };
        let (source, file) = &self.sources[place.input];
        let bytes = Bytes::InFile(file, place.span.clone());
        self.writer.add(&row, place.input, source, &bytes, None)
    }
}
