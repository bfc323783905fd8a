//! `results.csv` and `results.jsonl`: one row a record.

use super::{json, make_file};
use crate::plan::Hash;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// It passed a check.
    Valid,
    /// Its contact was created by this run.
    Created,
    /// Its contact was there already: created by an earlier run, or found in the service.
    Exists,
    /// It repeats another record of this input.
    Duplicate,
    /// It breaks a rule of the service, and was not sent.
    Invalid,
    /// The service refused it.
    Rejected,
    /// It was certainly not created; the attempts ran out.
    Failed,
    /// It may have been created; that could not be found out yet.
    Unknown,
    /// The run ended before it was its turn.
    NotAttempted,
}

impl Outcome {
    /// Every outcome, in the order in which summaries list them.
    pub const ALL: [Outcome; 9] = [
        Outcome::Valid,
        Outcome::Created,
        Outcome::Exists,
        Outcome::Duplicate,
        Outcome::Invalid,
        Outcome::Rejected,
        Outcome::Failed,
        Outcome::Unknown,
        Outcome::NotAttempted,
    ];

    /// The word for it in every report.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Valid => "valid",
            Outcome::Created => "created",
            Outcome::Exists => "exists",
            Outcome::Duplicate => "duplicate",
            Outcome::Invalid => "invalid",
            Outcome::Rejected => "rejected",
            Outcome::Failed => "failed",
            Outcome::Unknown => "unknown",
            Outcome::NotAttempted => "not_attempted",
        }
    }

    /// Whether the source record goes into the rejects: it needs mending, or sending once more.
    pub fn is_reject(self) -> bool {
        matches!(self, Outcome::Invalid | Outcome::Rejected | Outcome::Failed)
    }
}

/// What a report says of a record.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The input file, as the user named it.
    pub source: &'a str,
    /// The 1-based line where the record starts.
    pub line: u64,
    /// The record's 1-based number in its file.
    pub record: u64,
    /// What became of it.
    pub outcome: Outcome,
    /// The contact's id in the service.
    pub contact_id: &'a str,
    /// The name, for people.
    pub name: &'a str,
    /// The first problem's code, or the service's.
    pub code: &'a str,
    /// The first problem's field.
    pub field: &'a str,
    /// All problems in words.
    pub message: &'a str,
    /// Requests that left for it.
    pub attempts: u32,
    /// The problems as the items of a JSON array.
    pub problems: &'a str,
    /// The notes as the items of a JSON array.
    pub notes: &'a str,
    /// The payload's fingerprint, which is the record's identity.
    pub fingerprint: Option<&'a Hash>,
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

/// The two files, while they are written.
pub struct Results {
    csv: csv::Writer<File>,
    jsonl: BufWriter<File>,
    line: String,
}

impl Results {
    /// Opens both in a report's folder.
    pub fn create(folder: &Path) -> io::Result<Results> {
        let mut csv = csv::WriterBuilder::new()
            .buffer_capacity(1 << 16)
            .from_writer(make_file(&folder.join("results.csv"))?);
        csv.write_record(COLUMNS)?;
        let jsonl = make_file(&folder.join("results.jsonl"))?;
        Ok(Results {
            csv,
            jsonl: BufWriter::with_capacity(1 << 16, jsonl),
            line: String::new(),
        })
    }

    /// Writes a record's row.
    pub fn add(&mut self, row: &Row<'_>) -> io::Result<()> {
        let (mut line, mut record, mut attempts) = Default::default();
        let cells: [Cow<'_, str>; 10] = [
            harmless(row.source),
            digits(&mut line, row.line).into(),
            digits(&mut record, row.record).into(),
            row.outcome.as_str().into(),
            harmless(row.contact_id),
            harmless(row.name),
            harmless(row.code),
            harmless(row.field),
            harmless(row.message),
            digits(&mut attempts, u64::from(row.attempts)).into(),
        ];
        for cell in &cells {
            self.csv.write_field(cell.as_bytes())?;
        }
        self.csv.write_record(None::<&[u8]>)?;
        self.line.clear();
        json_line(&mut self.line, row);
        self.jsonl.write_all(self.line.as_bytes())
    }

    /// Writes what is still held back.
    pub fn finish(mut self) -> io::Result<()> {
        self.csv.flush()?;
        self.jsonl.flush()
    }
}

fn json_line(text: &mut String, row: &Row<'_>) {
    let mut buffer = Default::default();
    text.push_str("{\"source\":");
    json::string(text, row.source);
    for (key, number) in [
        (",\"line\":", row.line),
        (",\"record\":", row.record),
        (",\"attempts\":", u64::from(row.attempts)),
    ] {
        text.push_str(key);
        text.push_str(digits(&mut buffer, number));
    }
    text.push_str(",\"outcome\":\"");
    text.push_str(row.outcome.as_str());
    text.push('"');
    for (key, value) in [
        (",\"contact_id\":", row.contact_id),
        (",\"name\":", row.name),
        (",\"code\":", row.code),
        (",\"field\":", row.field),
        (",\"message\":", row.message),
    ] {
        if !value.is_empty() {
            text.push_str(key);
            json::string(text, value);
        }
    }
    if let Some(fingerprint) = row.fingerprint {
        text.push_str(",\"fingerprint\":\"");
        for byte in fingerprint {
            text.push(HEX[usize::from(byte >> 4)] as char);
            text.push(HEX[usize::from(byte & 15)] as char);
        }
        text.push('"');
    }
    text.push_str(",\"problems\":[");
    text.push_str(row.problems);
    text.push_str("],\"notes\":[");
    text.push_str(row.notes);
    text.push_str("]}\n");
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// A number's digits, without an allocation.
fn digits(buffer: &mut [u8; 20], mut number: u64) -> &str {
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    std::str::from_utf8(&buffer[at..]).expect("digits are ASCII")
}

/// A cell that no spreadsheet runs as a formula.
fn harmless(cell: &str) -> Cow<'_, str> {
    match cell.as_bytes().first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') => Cow::Owned(format!("'{cell}")),
        _ => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_neutralised() {
        assert_eq!(harmless("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(harmless("+82 10"), "'+82 10");
        assert_eq!(harmless("Kim"), "Kim");
        assert_eq!(harmless(""), "");
    }

    #[test]
    fn numbers_are_written_as_they_are() {
        for number in [0, 7, 10, 1_234_567, u64::MAX] {
            assert_eq!(digits(&mut [0; 20], number), number.to_string());
        }
    }
}
