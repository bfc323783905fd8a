//! `results.csv` and `results.jsonl`: one row a record.

use super::folder::{ReportFile, make_file};
use super::message::ONLY_IN_DUPLICATE;
use super::{Outcome, RecordNote, RecordProblem, json};
use crate::plan::Hash;
use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// A record in a report.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    pub source: &'a str,
    /// The 1-based line where the record starts.
    pub line: u64,
    /// The 1-based number in its file.
    pub record: u64,
    pub outcome: Outcome,
    /// The id in the service.
    pub contact_id: &'a str,
    pub name: &'a str,
    /// The first problem's code, or the service's.
    pub code: &'a str,
    /// The first problem's field.
    pub field: &'a str,
    /// All problems in words, for people.
    pub message: &'a str,
    /// Requests that were sent for it.
    pub attempts: u32,
    pub problems: &'a [RecordProblem],
    pub notes: &'a [RecordNote],
    /// The identity of the contact.
    pub fingerprint: Option<&'a Hash>,
}

impl Row<'_> {
    /// Whether the source record goes into the rejects, to be fixed or sent again.
    pub fn is_reject(&self) -> bool {
        self.outcome.is_reject() || self.code == ONLY_IN_DUPLICATE
    }

    pub fn place(&self) -> String {
        format!("{}:{}", self.source, self.line)
    }
}

/// The header of `results.csv`, which others script against.
const COLUMNS: [&str; 10] = [
    "source",
    "line",
    "record",
    "outcome",
    "contact_id",
    "name",
    "code",
    "field",
    "message",
    "attempts",
];

pub struct Results {
    csv: csv::Writer<ReportFile>,
    details: Option<BufWriter<ReportFile>>,
    line: String,
}

impl Results {
    /// Makes `results.csv` in a report's folder, and `results.jsonl` if `details` are wanted.
    pub fn create(folder: &Path, details: bool) -> io::Result<Results> {
        let csv = make_file(&folder.join("results.csv"))?;
        let mut csv = csv::WriterBuilder::new()
            .buffer_capacity(1 << 16)
            .from_writer(csv);
        csv.write_record(COLUMNS)?;
        let details = match details {
            true => Some(BufWriter::with_capacity(
                1 << 16,
                make_file(&folder.join("results.jsonl"))?,
            )),
            false => None,
        };
        Ok(Results {
            csv,
            details,
            line: String::new(),
        })
    }

    pub fn add(&mut self, row: &Row<'_>) -> io::Result<()> {
        self.csv_row(row)?;
        if let Some(details) = &mut self.details {
            self.line.clear();
            json::row(&mut self.line, row);
            details.write_all(self.line.as_bytes())?;
        }
        Ok(())
    }

    fn csv_row(&mut self, row: &Row<'_>) -> csv::Result<()> {
        let mut number = itoa::Buffer::new();
        self.csv.write_field(harmless(row.source).as_ref())?;
        self.csv.write_field(number.format(row.line))?;
        self.csv.write_field(number.format(row.record))?;
        self.csv.write_field(row.outcome.as_str())?;
        for text in [row.contact_id, row.name, row.code, row.field, row.message] {
            self.csv.write_field(harmless(text).as_ref())?;
        }
        self.csv.write_field(number.format(row.attempts))?;
        self.csv.write_record(None::<&[u8]>)
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.csv.flush()?;
        match &mut self.details {
            Some(details) => details.flush(),
            None => Ok(()),
        }
    }
}

/// A cell that no spreadsheet runs as a formula.
fn harmless(value: &str) -> Cow<'_, str> {
    match value.as_bytes().first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') => format!("'{value}").into(),
        _ => value.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_neutralised_and_any_other_is_as_it_was() {
        for (value, written) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+82 10", "'+82 10"),
            ("\r\n\"", "'\r\n\""),
            ("Kim, \"Min\"\nsu", "Kim, \"Min\"\nsu"),
            ("", ""),
        ] {
            assert_eq!(harmless(value), written);
        }
    }
}
