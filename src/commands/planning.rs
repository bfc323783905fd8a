//! From checked records to the ledger's plan.

use super::import::of_ledger;
use super::reading::{self, Opened, Places};
use crate::cli::Reading;
use crate::examine::{self, Batch, Checked, Stopped};
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::ledger::{CheckVerdict, Counts, Ledger, LedgerError, PlannedRecord, RunRow, SourceInfo};
use crate::log;
use crate::note::NoteKind;
use crate::plan::{Duplicates, Resemblance};
use crate::report::{Outcome, RejectSource};
use crate::terminal::Terminal;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;

/// The ledger keeps a record's bytes for the rejects up to this size; of a larger one, a card with photos, the rejects take
/// the bytes from the file.
const KEPT: u64 = 256 * 1024;

/// Reads and checks all inputs and plans every record; nothing is sent yet.
pub fn plan(
    ledger: &mut Ledger,
    run: &RunRow,
    opened: &mut Opened,
    reading: &Reading,
    terminal: &Terminal,
) -> Result<Counts, Failed> {
    let options = opened.options(reading, true);
    let mut planner = Planner {
        ledger,
        run,
        sources: Vec::new(),
        names: opened
            .inputs
            .iter()
            .map(|input| input.name.clone())
            .collect(),
        duplicates: Duplicates::default(),
        places: Places::default(),
        counts: Counts::default(),
        lost_zeros: 0,
    };
    for input in &opened.inputs {
        let info = source_info(&input.name, &input.read_as, &input.reject, &input.file)?;
        let number = planner
            .ledger
            .add_source(run.id, &info)
            .map_err(of_ledger)?;
        planner.sources.push(Source {
            file: input.file.try_clone()?,
            number,
            records: 0,
        });
    }
    let mut sources = opened.summaries();
    let inputs = std::mem::take(&mut opened.inputs);
    let names = planner.names.clone();
    examine::examine(inputs, &options, |batch| planner.add(batch)).map_err(
        |stopped| match stopped {
            Stopped::Caller(Unplanned::Ledger(error)) => of_ledger(error),
            Stopped::Caller(Unplanned::Source(error)) => Failed::new(
                Exit::NoInput,
                tr!("input-changed", error = error.to_string()),
            ),
            Stopped::Reading { source, error } => {
                reading::stopped(Stopped::Reading { source, error }, &names)
            }
        },
    )?;
    for (source, summary) in planner.sources.iter().zip(&mut sources) {
        summary.records = source.records;
    }
    terminal.sources(&sources);
    reading::warn_of_lost_zeros(planner.lost_zeros, terminal);
    ledger.plan_is_complete(run.id).map_err(of_ledger)?;
    ledger.counts(run.id).map_err(of_ledger)
}

struct Planner<'l> {
    ledger: &'l mut Ledger,
    run: &'l RunRow,
    sources: Vec<Source>,
    names: Vec<String>,
    duplicates: Duplicates,
    places: Places,
    counts: Counts,
    lost_zeros: u64,
}

struct Source {
    file: File,
    number: u32,
    records: u64,
}

/// Why a batch could not be planned.
enum Unplanned {
    Ledger(LedgerError),
    Source(io::Error),
}

impl Planner<'_> {
    fn add(&mut self, batch: &mut Batch) -> Result<(), Unplanned> {
        self.lost_zeros += batch.tally.notes[NoteKind::LostZero as usize];
        self.sources[batch.source].records += batch.records.len() as u64;
        let mut planned = Vec::with_capacity(batch.records.len());
        for record in &batch.records {
            planned.push(self.planned(batch, record).map_err(Unplanned::Source)?);
        }
        self.counts = self
            .ledger
            .plan(self.run.id, &planned)
            .map_err(Unplanned::Ledger)?;
        Ok(())
    }

    fn planned(&mut self, batch: &Batch, record: &Checked) -> io::Result<PlannedRecord> {
        let seq = self.places.add(batch.source, record.line);
        let mut notes = batch.str(record.notes).to_owned();
        let verdict = if record.valid {
            match self
                .duplicates
                .seen(seq, record.key.as_ref(), batch.points(record))
            {
                Resemblance::SameKey(first) => CheckVerdict::Duplicate {
                    of_seq: first + 1,
                    message: reading::has_key_of(&self.places.of(first, &self.names)),
                },
                Resemblance::Duplicate(first) => CheckVerdict::Duplicate {
                    of_seq: first + 1,
                    message: reading::repeats(&self.places.of(first, &self.names)),
                },
                resemblance => {
                    if let Resemblance::Shares(first) = resemblance {
                        notes = reading::with_shared(&notes, &self.places.of(first, &self.names));
                    }
                    CheckVerdict::Valid {
                        payload: batch.str(record.payload).to_owned(),
                        identity: record.identity,
                        key: record.key,
                        person_keys: batch.persons(record).to_vec(),
                    }
                }
            }
        } else {
            if Outcome::of_code(record.code) == Outcome::Invalid {
                let name = &self.names[batch.source];
                log::invalid(name, record.line, batch.str(record.problems));
            }
            CheckVerdict::Invalid {
                problems_json: format!("[{}]", batch.str(record.problems)),
                code: record
                    .code
                    .map_or(String::new(), |code| code.as_str().to_owned()),
                field: batch.str(record.field).to_owned(),
                message: batch.str(record.message).to_owned(),
            }
        };
        let source = &mut self.sources[batch.source];
        Ok(PlannedRecord {
            source: source.number,
            line: record.line,
            number: record.number,
            span: (record.span.start, record.span.end),
            raw: raw(&mut source.file, &record.span)?,
            name: batch.str(record.name).to_owned(),
            notes_json: if notes.is_empty() {
                notes
            } else {
                format!("[{notes}]")
            },
            mended_from: record
                .mends
                .map(|(run, seq)| (batch.str(run).to_owned(), seq)),
            verdict,
        })
    }
}

fn raw(file: &mut File, span: &Range<u64>) -> io::Result<Vec<u8>> {
    let length = span.end - span.start;
    if length > KEPT {
        return Ok(Vec::new());
    }
    let mut raw = vec![0; length as usize];
    file.seek(SeekFrom::Start(span.start))?;
    file.read_exact(&mut raw)?;
    Ok(raw)
}

fn source_info(
    name: &str,
    read_as: &str,
    reject: &RejectSource,
    file: &File,
) -> io::Result<SourceInfo> {
    let size = file.metadata()?.len();
    let info = |kind: &str| SourceInfo {
        path: PathBuf::from(name),
        kind: format!("{kind}: {read_as}"),
        encoding: String::new(),
        delimiter: None,
        header: Vec::new(),
        size,
        hash: Vec::new(),
    };
    Ok(match reject {
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
