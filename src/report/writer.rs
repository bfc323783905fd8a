//! All files of a report, written row by row.

use super::gone;
use super::{
    Bytes, Html, LONGEST, Outcome, RejectSource, Rejects, ReportFolder, Results, Row, SetAside,
    Summary,
};
use crate::lang;
use crate::ledger::{GoneOutcome, GoneRow};
use jiff::Timestamp;
use std::io;
use std::path::PathBuf;

pub struct Writer {
    folder: ReportFolder,
    results: Results,
    page: Html,
    rejects: Rejects,
    summary: Summary,
}

impl Writer {
    /// Opens the files in a folder; `results.jsonl` only if `details` are wanted. The summary has its sources, without counts.
    pub fn create(mut folder: ReportFolder, summary: Summary, details: bool) -> io::Result<Writer> {
        let parts = folder.parts()?;
        Ok(Writer {
            results: Results::create(parts, details)?,
            page: Html::create(parts, lang::current())?,
            rejects: Rejects::new(parts),
            folder,
            summary,
        })
    }

    /// Adds a record of the input with this index. Its notes are counted by who makes them.
    ///
    /// `bytes` are needed for a reject, and to locate the first problem of each kind. `named` is the record's name
    /// (`RUN#RECORD`) among the rejects, so that a later run knows what it replaces.
    pub fn add(
        &mut self,
        row: &Row<'_>,
        input: usize,
        source: &RejectSource,
        bytes: &Bytes<'_>,
        named: Option<&str>,
    ) -> io::Result<()> {
        self.results.add(row)?;
        self.page.add(row)?;
        self.summary.count(row, input);
        for problem in row.problems {
            if let Some(example) = self.summary.count_problem(problem, row) {
                example.locate(source, &bytes.read(LONGEST)?);
            }
        }
        match row.is_reject() {
            true => self.rejects.add(source, bytes, named, row.message),
            false => Ok(()),
        }
    }

    /// Whether the page lists a further record of this outcome.
    pub fn lists(&self, outcome: Outcome) -> bool {
        self.page.has_room(outcome)
    }

    /// What is counted otherwise than record by record.
    pub fn summary_mut(&mut self) -> &mut Summary {
        &mut self.summary
    }

    /// Lists the contacts whose record has left the source, if there are any.
    pub fn gone(&mut self, rows: &[GoneRow]) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let count = |outcome| rows.iter().filter(|row| row.outcome == outcome).count() as u64;
        self.summary.gone = rows.len() as u64;
        self.summary.gone_deleted = count(GoneOutcome::Deleted);
        self.summary.gone_failed = count(GoneOutcome::Failed);
        gone::write(self.folder.parts()?, rows)
    }

    /// Ends all files and moves them to their places. `created` are the contacts created in each minute, by the minute's
    /// start.
    pub fn finish(
        mut self,
        (started, finished): (Timestamp, Timestamp),
        created: &[(Timestamp, u64)],
    ) -> io::Result<Written> {
        let summary = &mut self.summary;
        summary.started = started.to_string();
        summary.finished = finished.to_string();
        summary.seconds = finished.duration_since(started).as_secs_f64();
        let results = self.results.finish()?;
        let rejects = self.rejects.finish()?;
        let names: Vec<&str> = results.iter().map(|file| file.name.as_str()).collect();
        self.page.finish(summary, &names, &rejects, created)?;
        let folder = self.folder.path();
        Ok(Written {
            rejects: rejects.iter().map(|name| folder.join(name)).collect(),
            kept: self.folder.commit(summary, results)?,
            summary: self.summary,
        })
    }
}

pub struct Written {
    pub summary: Summary,
    pub rejects: Vec<PathBuf>,
    /// What happened to the files that were in the folder before.
    pub kept: SetAside,
}
