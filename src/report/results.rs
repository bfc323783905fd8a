//! `results.csv` and `results.jsonl`: one row a record.

use super::folder::{ReportFile, make_file};
use super::message::ONLY_IN_DUPLICATE;
use super::{Outcome, RecordNote, RecordProblem};
use crate::lang::Phrase;
use crate::plan::Hash;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// A record in a report. Its fields are those of a line of `results.jsonl`.
#[derive(Clone, Debug, Serialize)]
pub struct Row<'a> {
    pub source: &'a str,
    /// The 1-based line where the record starts.
    pub line: u64,
    /// The 1-based number in its file.
    pub record: u64,
    /// Requests that were sent for it.
    pub attempts: u32,
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub contact_id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub name: &'a str,
    /// The first problem's code, or the service's.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub code: &'a str,
    /// The first problem's field.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub field: &'a str,
    /// All problems in words, for people.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub message: &'a str,
    /// The identity of the contact.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "in_hex")]
    pub fingerprint: Option<&'a Hash>,
    pub problems: &'a [RecordProblem],
    #[serde(skip)]
    pub notes: &'a [RecordNote],
    /// `notes` as [`json::notes`](super::json::notes) writes them, for `results.jsonl`.
    #[serde(skip)]
    pub notes_json: &'a str,
    /// The message of a record without problems, for the page to say in another language.
    #[serde(skip)]
    pub phrase: Option<&'a Phrase>,
    /// E-mails and telephones, by which the page finds the record.
    #[serde(skip)]
    pub reach: &'a str,
    /// Whether a later run has created it.
    #[serde(skip)]
    pub created_later: bool,
}

fn in_hex<S: Serializer>(hash: &Option<&Hash>, serializer: S) -> Result<S::Ok, S::Error> {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    let bytes = hash.iter().flat_map(|hash| hash.iter());
    let mut digits = String::with_capacity(2 * size_of::<Hash>());
    digits.extend(bytes.flat_map(|byte| [byte >> 4, byte & 15].map(digit)));
    serializer.serialize_str(&digits)
}

impl Row<'_> {
    /// Whether the source record goes into the rejects, to be fixed or sent again.
    pub fn is_reject(&self) -> bool {
        !self.created_later && (self.outcome.is_reject() || self.code == ONLY_IN_DUPLICATE)
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
    /// The line that is being written; kept for its memory.
    line: Vec<u8>,
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
            line: Vec::new(),
        })
    }

    pub fn add(&mut self, row: &Row<'_>) -> io::Result<()> {
        self.csv_row(row)?;
        if let Some(details) = &mut self.details {
            self.line.clear();
            serde_json::to_writer(&mut self.line, row)?;
            // The notes are most of the line. They are JSON already: workers have written it, or it is in the ledger.
            let notes = match row.notes_json {
                "" => "[]",
                notes => notes,
            };
            self.line.pop();
            self.line.extend_from_slice(b",\"notes\":");
            self.line.extend_from_slice(notes.as_bytes());
            self.line.extend_from_slice(b"}\n");
            details.write_all(&self.line)?;
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

    /// Ends the files and names them.
    pub fn finish(mut self) -> io::Result<&'static [&'static str]> {
        self.csv.flush()?;
        match &mut self.details {
            Some(details) => details
                .flush()
                .map(|()| &["results.csv", "results.jsonl"][..]),
            None => Ok(&["results.csv"]),
        }
    }
}

/// A cell that no spreadsheet runs as a formula.
pub(super) fn harmless(value: &str) -> Cow<'_, str> {
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
