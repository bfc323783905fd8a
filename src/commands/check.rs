//! `cardlift check`: everything up to sending, offline, in memory that does not grow with the files.

use super::next;
use super::preflight;
use super::reading::{self, Opened, Places, open_with};
use super::report;
use crate::cli::Reading;
use crate::config::Config;
use crate::examine::{self, Batch, Checked};
use crate::exit::{Exit, Failed};
use crate::input::Spool;
use crate::lang;
use crate::log;
use crate::note::NoteKind;
use crate::plan::{Duplicates, Resemblance};
use crate::report::{
    Amended, Html, LONGEST, Outcome, RejectSource, Rejects, ReportFolder, Results, Summary,
};
use crate::terminal::Terminal;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// Reads and checks the files and writes the report.
pub fn run(reading: &Reading, terminal: &Terminal) -> Result<Exit, Failed> {
    let config = Config::load(reading.read_as.config.as_deref())?;
    let path = match &reading.report {
        Some(path) => path.clone(),
        None => config.report.dir.join("check"),
    };
    let mut folder = report::claim(&path, &reading.files)?;
    let mut opened = open_with(config, reading, HashMap::new(), &Spool::default(), terminal)?;
    let options = opened.options(reading, false);
    let started = jiff::Timestamp::now();
    let mut report = Report::create(&mut folder, &mut opened)?;
    let properties = opened.properties();
    let inputs = std::mem::take(&mut opened.inputs);
    examine::examine(inputs, &options, |batch| report.add(batch))
        .map_err(|stopped| reading::stopped(stopped, &report.sources))?;
    let summary = report.finish(started).map_err(report::unwritten)?;
    let kept = folder.commit(&summary).map_err(report::unwritten)?;
    report::say_kept(&kept, terminal);
    terminal.sources(&summary.sources);
    let lost_zeros = summary.notes.get(NoteKind::LostZero.as_str()).copied();
    reading::warn_of_lost_zeros(lost_zeros.unwrap_or(0), terminal);
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

/// E-mails and telephones whose look-ups among the earlier ones are prepared together.
const NEAR: usize = 200;

struct Report {
    sources: Vec<String>,
    rejected: Vec<(RejectSource, File)>,
    results: Results,
    amended: Amended,
    page: Html,
    rejects: Rejects,
    duplicates: Duplicates,
    places: Places,
    summary: Summary,
}

impl Report {
    fn create(folder: &mut ReportFolder, opened: &mut Opened) -> Result<Report, Failed> {
        let parts = folder.parts().map_err(report::unwritten)?;
        let mut rejected = Vec::new();
        for input in &opened.inputs {
            rejected.push((input.reject.clone(), input.file.try_clone()?));
        }
        Ok(Report {
            sources: opened
                .inputs
                .iter()
                .map(|input| input.name.clone())
                .collect(),
            rejected,
            results: Results::create(parts).map_err(report::unwritten)?,
            amended: Amended::default(),
            page: Html::create(parts, lang::current()).map_err(report::unwritten)?,
            rejects: Rejects::new(parts),
            duplicates: Duplicates::default(),
            places: Places::default(),
            summary: Summary {
                run: "check".into(),
                sources: opened.summaries(),
                ..Summary::default()
            },
        })
    }

    fn add(&mut self, batch: &mut Batch) -> io::Result<()> {
        let new = self.new_examples(batch);
        self.summary.add(&batch.tally, batch.source);
        self.locate(batch, &new)?;
        self.summary.sources[batch.source].records += batch.records.len() as u64;
        self.amended.clear();
        let mut before = (0, 0);
        let mut prepared = 0;
        for record in &batch.records {
            let needed = record.points.end as usize;
            if needed > prepared {
                let near = batch.points.len().min(needed + NEAR);
                self.duplicates.approach(&batch.points[prepared..near]);
                prepared = near;
            }
            let outcome = match self.resemblance(batch, record) {
                Resemblance::None if record.valid => {
                    self.show(batch, record, Outcome::Valid)?;
                    Outcome::Valid
                }
                Resemblance::None if Outcome::of_code(record.code) == Outcome::Skipped => {
                    self.show(batch, record, Outcome::Skipped)?;
                    Outcome::Skipped
                }
                Resemblance::None => {
                    let name = &self.sources[batch.source];
                    log::invalid(name, record.line, batch.str(record.problems));
                    let (source, file) = &mut self.rejected[batch.source];
                    let reason = batch.str(record.message);
                    self.rejects
                        .copy(source, file, &record.span, None, reason)?;
                    self.show(batch, record, Outcome::Invalid)?;
                    Outcome::Invalid
                }
                resemblance => self.resembling(batch, record, before, resemblance)?,
            };
            before = record.rendered;
            self.summary.count(outcome);
        }
        self.results.add_rendered(&batch.rows, &self.amended)
    }

    /// The problems of which a batch has the first example.
    fn new_examples(&self, batch: &Batch) -> Vec<(String, String)> {
        let all = batch.tally.examples.keys();
        let keys = all.map(|(code, field)| (code.as_str().to_owned(), field.clone()));
        keys.filter(|key| !self.summary.examples.contains_key(key))
            .collect()
    }

    /// Finds out where examples stand, to the character.
    fn locate(&mut self, batch: &Batch, examples: &[(String, String)]) -> io::Result<()> {
        for key in examples {
            let Some(example) = self.summary.examples.get_mut(key) else {
                continue;
            };
            let mut records = batch.records.iter();
            let record = records.find(|record| record.line == example.line);
            let Some(span) = record.map(|record| &record.span) else {
                continue;
            };
            if span.end - span.start <= LONGEST {
                let (source, file) = &mut self.rejected[batch.source];
                let mut raw = Vec::new();
                file.seek(SeekFrom::Start(span.start))?;
                file.take(span.end - span.start).read_to_end(&mut raw)?;
                example.locate(source, &raw);
            }
        }
        Ok(())
    }

    /// Lists a record in the page, where there is room for it.
    fn show(&mut self, batch: &Batch, record: &Checked, outcome: Outcome) -> io::Result<()> {
        if self.page.has_room(outcome) {
            self.page
                .add(&batch.row(record, &self.sources[batch.source]))?;
        }
        Ok(())
    }

    fn resemblance(&mut self, batch: &Batch, record: &Checked) -> Resemblance {
        let number = self.places.add(batch.source, record.line);
        if !record.valid {
            return Resemblance::None;
        }
        self.duplicates
            .seen(number, record.key.as_ref(), batch.points(record))
    }

    /// Amends the row of a record that resembles an earlier one; the row before it ends at `before`.
    fn resembling(
        &mut self,
        batch: &Batch,
        record: &Checked,
        before: (u32, u32),
        resemblance: Resemblance,
    ) -> io::Result<Outcome> {
        let mut row = batch.row(record, &self.sources[batch.source]);
        let (message, notes);
        match resemblance {
            Resemblance::None => {}
            Resemblance::Duplicate(first) | Resemblance::SameKey(first) => {
                let place = self.places.of(first, &self.sources);
                message = match resemblance {
                    Resemblance::SameKey(_) => reading::has_key_of(&place),
                    _ => reading::repeats(&place),
                };
                row.outcome = Outcome::Duplicate;
                row.code = reading::DUPLICATE;
                row.message = &message;
            }
            Resemblance::Shares(first) => {
                notes = reading::with_shared(row.notes, &self.places.of(first, &self.sources));
                row.notes = &notes;
                *self.summary.notes.entry("shared").or_default() += 1;
            }
        }
        self.amended.amend(before, record.rendered, &row);
        self.page.add(&row)?;
        Ok(row.outcome)
    }

    fn finish(mut self, started: jiff::Timestamp) -> io::Result<Summary> {
        self.results.finish()?;
        self.rejects.finish()?;
        let finished = jiff::Timestamp::now();
        self.summary.started = started.to_string();
        self.summary.finished = finished.to_string();
        self.summary.seconds = finished.duration_since(started).as_secs_f64();
        self.page.finish(&self.summary, &[])?;
        Ok(self.summary)
    }
}
