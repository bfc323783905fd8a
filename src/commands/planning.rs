//! From checked records to the ledger's plan.

use super::overview::{self, Seen};
use super::reading::{self, Lacking, Opened};
use crate::cli::Reading;
use crate::examine::{self, Record, Stopped, Verdict};
use crate::exit::{Exit, Failed};
use crate::input::Input;
use crate::lang::tr;
use crate::ledger::{CheckVerdict, Counts, Ledger, LedgerError, PlannedRecord, RunRow, SourceInfo};
use crate::log;
use crate::plan::Earlier;
use crate::report::{Bytes, Outcome, RecordProblem, RejectSource, json, message};
use crate::terminal::Terminal;
use std::fs::File;
use std::io;
use std::path::PathBuf;

/// The ledger keeps a record's bytes for the rejects up to this size; of a larger one, a card with photos, the rejects take
/// the bytes from the file. Of a copy, all is kept: it can't be read later.
const KEPT: u64 = 256 * 1024;

/// Reads and checks all inputs and plans every record; nothing is sent yet.
pub fn plan(
    ledger: &mut Ledger,
    run: &RunRow,
    opened: &mut Opened,
    reading: &Reading,
    terminal: &Terminal,
) -> Result<Counts, Failed> {
    let mut options = opened.options(reading);
    options.plan = true;
    let mut sources = Vec::new();
    let overviews = opened.overviews();
    for input in &opened.inputs {
        let info = source_info(input)?;
        sources.push(Source {
            reject: input.reject.clone(),
            file: input.file.try_clone()?,
            kept: match input.is_copy {
                true => u64::MAX,
                false => KEPT,
            },
            number: ledger.add_source(run.id, &info)?,
        });
    }
    let mut planner = Planner {
        sources,
        names: opened.names(),
        earlier: Earlier::default(),
        lacking: Lacking::default(),
        summaries: opened.summaries(),
        seen: Seen::default(),
    };
    let inputs = std::mem::take(&mut opened.inputs);
    let planned = examine::examine(inputs, &options, |records| {
        let planned = records.into_iter().map(|record| planner.planned(record));
        let planned: Vec<PlannedRecord> = planned.collect::<Result<_, _>>()?;
        ledger.plan(run.id, &planned)?;
        Ok(())
    });
    planned.map_err(|stopped| match stopped {
        Stopped::Caller(Unplanned::Ledger(error)) => error.into(),
        Stopped::Caller(Unplanned::Source(error)) => Failed::new(
            Exit::NoInput,
            tr!("input-changed", error = error.to_string()),
        ),
        Stopped::Reading { source, error } => {
            reading::stopped(Stopped::Reading { source, error }, &planner.names)
        }
    })?;
    terminal.sources(&planner.summaries);
    overview::say(&overviews, &planner.seen, terminal);
    planner.lacking.say(terminal);
    ledger.plan_is_complete(run.id)?;
    Ok(ledger.counts(run.id)?)
}

struct Planner {
    sources: Vec<Source>,
    names: Vec<String>,
    earlier: Earlier,
    lacking: Lacking,
    summaries: Vec<reading::SourceSummary>,
    seen: Seen,
}

struct Source {
    reject: RejectSource,
    file: File,
    /// The size up to which bytes of its records are kept.
    kept: u64,
    number: u32,
}

/// Why records could not be planned.
#[derive(Debug, thiserror::Error)]
enum Unplanned {
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Source(#[from] io::Error),
}

impl Planner {
    fn planned(&mut self, mut record: Record) -> io::Result<PlannedRecord> {
        let sources = &self.sources;
        examine::compare(
            &mut record,
            &mut self.earlier,
            &self.names,
            |input, span| sources[input].reject.card(&sources[input].file, span),
        )?;
        self.lacking.add(&record, &self.names);
        self.seen.add(&record, &self.names);
        let place = record.place;
        self.summaries[place.input].records += 1;
        if let Verdict::Invalid(problems) = &record.verdict
            && let Some(first) = problems.first()
            && Outcome::of_code(&first.code) == Outcome::Invalid
        {
            log::invalid(&self.names[place.input], place.line, problems);
        }
        let source = &self.sources[place.input];
        Ok(PlannedRecord {
            source: source.number,
            line: place.line,
            number: place.number,
            span: (place.span.start, place.span.end),
            raw: Bytes::InFile(&source.file, place.span).read(source.kept)?,
            name: record.name.into(),
            notes_json: json::notes(&record.notes),
            mended_from: record.mends,
            verdict: verdict(record.verdict),
        })
    }
}

fn verdict(verdict: Verdict) -> CheckVerdict {
    match verdict {
        Verdict::Valid { likeness, payload } => CheckVerdict::Valid {
            payload,
            identity: likeness.identity,
            key: likeness.key,
            person_keys: likeness.persons,
        },
        Verdict::Duplicate { of, message, .. } => CheckVerdict::Duplicate {
            of_seq: of + 1,
            message,
        },
        Verdict::Invalid(problems) => {
            let text = |part: fn(&RecordProblem) -> &str| problems.first().map_or("", part);
            CheckVerdict::Invalid {
                problems_json: json::problems(&problems),
                code: text(|first| &first.code).to_owned(),
                field: text(|first| &first.field).to_owned(),
                message: message::joined(problems.iter().map(|one| one.message.clone())),
            }
        }
    }
}

fn source_info(input: &Input) -> io::Result<SourceInfo> {
    let size = input.file.metadata()?.len();
    let info = |kind: &str| SourceInfo {
        path: PathBuf::from(&input.name),
        kind: format!("{kind}: {}", input.read_as),
        encoding: String::new(),
        delimiter: None,
        header: Vec::new(),
        size,
        hash: Vec::new(),
        warnings: input.warnings.clone(),
    };
    Ok(match &input.reject {
        RejectSource::Vcard => info("vcard"),
        RejectSource::Csv {
            header,
            delimiter,
            encoding,
            ..
        } => SourceInfo {
            encoding: encoding.name().to_owned(),
            delimiter: Some(*delimiter),
            header: header.clone(),
            ..info("csv")
        },
    })
}
