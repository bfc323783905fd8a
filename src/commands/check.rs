//! `cardlift check`: everything up to sending, offline, in memory that does not grow with the files.

use super::preflight;
use super::reading::{self, Opened};
use crate::cli::Reading;
use crate::examine::{self, Batch, Checked};
use crate::exit::{Exit, Failed};
use crate::plan::{Duplicates, Resemblance};
use crate::report::{Outcome, RejectSource, Rejects, Results, Row, Summary, make_folder};
use crate::terminal::Terminal;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Reads and checks the files and writes the report.
pub fn run(reading: &Reading, terminal: &Terminal) -> Result<Exit, Failed> {
    let mut opened = reading::open(reading, terminal)?;
    let folder = match &reading.report {
        Some(folder) => folder.clone(),
        None => opened.config.report_dir.join("check"),
    };
    let options = opened.options(reading, false);
    let started = jiff::Timestamp::now();
    let mut report = Report::create(&folder, &mut opened)?;
    let properties = opened.properties();
    let inputs = std::mem::take(&mut opened.inputs);
    examine::examine(inputs, &options, |batch| report.add(batch))
        .map_err(|stopped| reading::stopped(stopped, &report.sources))?;
    let (summary, mut next) = report.finish(started, &folder)?;
    next.extend(preflight::left_unchecked(
        &opened.config,
        &properties,
        &summary,
    ));
    terminal.summary(&summary, &folder, &next)?;
    let all_good = summary.of(Outcome::Invalid) == 0 && !opened.left_out;
    Ok(if all_good { Exit::Done } else { Exit::Rejects })
}

struct Report {
    sources: Vec<String>,
    rejected: Vec<(RejectSource, File)>,
    results: Results,
    rejects: Rejects,
    duplicates: Duplicates,
    earlier: Vec<(usize, u64)>,
    summary: Summary,
    folder: PathBuf,
}

impl Report {
    fn create(folder: &Path, opened: &mut Opened) -> Result<Report, Failed> {
        let in_folder = |error: io::Error| {
            Failed::new(
                Exit::Failure,
                format!("{}: the report can't be written: {error}", folder.display()),
            )
        };
        make_folder(folder).map_err(in_folder)?;
        let mut rejected = Vec::new();
        for input in &opened.inputs {
            rejected.push((
                input.reject.clone(),
                input.file.try_clone().map_err(in_folder)?,
            ));
        }
        Ok(Report {
            sources: opened
                .inputs
                .iter()
                .map(|input| input.name.clone())
                .collect(),
            rejected,
            results: Results::create(folder).map_err(in_folder)?,
            rejects: Rejects::new(folder).map_err(in_folder)?,
            duplicates: Duplicates::default(),
            earlier: Vec::new(),
            summary: Summary {
                run: "check".into(),
                sources: opened.summaries(),
                ..Summary::default()
            },
            folder: folder.to_owned(),
        })
    }

    fn add(&mut self, batch: &mut Batch) -> io::Result<()> {
        self.summary.add(&batch.tally);
        self.summary.sources[batch.source].records += batch.records.len() as u64;
        for record in &batch.records {
            self.record(batch, record)?;
        }
        Ok(())
    }

    fn record(&mut self, batch: &Batch, record: &Checked) -> io::Result<()> {
        let number = self.summary.records() as u32;
        self.earlier.push((batch.source, record.line));
        let resemblance = if record.valid {
            let hashes = |range| batch.hashes(range);
            let (persons, points) = (hashes(&record.persons), hashes(&record.points));
            self.duplicates
                .seen(number, record.key.as_ref(), persons, points)
        } else {
            Resemblance::None
        };
        let mut row = Row {
            source: &self.sources[batch.source],
            line: record.line,
            record: record.number,
            outcome: if record.valid {
                Outcome::Valid
            } else {
                Outcome::Invalid
            },
            contact_id: "",
            name: batch.str(record.name),
            code: record.code.map_or("", |code| code.as_str()),
            field: batch.str(record.field),
            message: batch.str(record.message),
            attempts: 0,
            problems: batch.str(record.problems),
            notes: batch.str(record.notes),
            fingerprint: record.valid.then_some(&record.identity),
        };
        let message;
        let notes;
        match resemblance {
            Resemblance::None => {}
            Resemblance::Duplicate(first) | Resemblance::SameKey(first) => {
                let place = self.place(first);
                message = match resemblance {
                    Resemblance::SameKey(_) => reading::has_key_of(&place),
                    _ => reading::repeats(&place),
                };
                row.outcome = Outcome::Duplicate;
                row.code = reading::DUPLICATE;
                row.message = &message;
            }
            Resemblance::Shares(first) => {
                notes = reading::with_shared(row.notes, &self.place(first));
                row.notes = &notes;
                *self.summary.notes.entry("shared").or_default() += 1;
            }
        }
        self.summary.count(row.outcome);
        self.results.add(&row)?;
        if row.outcome.is_reject() {
            let (source, file) = &mut self.rejected[batch.source];
            self.rejects.copy(source, file, &record.span, row.message)?;
        }
        Ok(())
    }

    fn place(&self, record: u32) -> String {
        let (source, line) = self.earlier[record as usize];
        format!("{}:{line}", self.sources[source])
    }

    fn finish(
        mut self,
        started: jiff::Timestamp,
        folder: &Path,
    ) -> io::Result<(Summary, Vec<String>)> {
        self.results.finish()?;
        let rejects = self.rejects.finish()?;
        let finished = jiff::Timestamp::now();
        self.summary.started = started.to_string();
        self.summary.finished = finished.to_string();
        self.summary.seconds = finished.duration_since(started).as_secs_f64();
        self.summary.write(folder)?;
        let next = reading::next_steps(&self.summary, &rejects, &self.folder);
        Ok((self.summary, next))
    }
}
