//! `results.csv` and `results.jsonl`: one row a record.

use super::folder::{FileEntry, ReportFile, make_file};
use super::json::{self, add_text};
use super::message::ONLY_IN_DUPLICATE;
use super::{Outcome, RecordNote, RecordProblem};
use crate::lang::Phrase;
use crate::plan::Hash;
use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// A record in a report. Its fields are those of a line of `results.jsonl`, where they are not empty.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    pub source: &'a str,
    /// The 1-based line where the record starts.
    pub line: u64,
    /// The 1-based number in its file.
    pub record: u64,
    /// Requests that were sent for it.
    pub attempts: u32,
    pub outcome: Outcome,
    pub contact_id: &'a str,
    pub name: &'a str,
    /// The first problem's code, or the service's.
    pub code: &'a str,
    /// The first problem's field.
    pub field: &'a str,
    /// All problems in words, for people.
    pub message: &'a str,
    /// The identity of the contact.
    pub fingerprint: Option<&'a Hash>,
    pub problems: &'a [RecordProblem],
    pub notes: &'a [RecordNote],
    /// `notes` as [`json::notes`](super::json::notes) writes them, for `results.jsonl`.
    pub notes_json: &'a str,
    /// The message of a record without problems, for the page to say in another language.
    pub phrase: Option<&'a Phrase>,
    /// E-mails and telephones, by which the page finds the record.
    pub reach: &'a str,
    /// Whether a later run has created it.
    pub created_later: bool,
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
    csv: BufWriter<ReportFile>,
    details: Option<BufWriter<ReportFile>>,
    /// The line that is being written; kept for its memory.
    line: String,
}

impl Results {
    /// Makes `results.csv` in a report's folder, and `results.jsonl` if `details` are wanted.
    pub fn create(folder: &Path, details: bool) -> io::Result<Results> {
        let make = |name| -> io::Result<_> {
            let file = make_file(&folder.join(name))?;
            Ok(BufWriter::with_capacity(1 << 16, file))
        };
        let mut csv = make("results.csv")?;
        writeln!(csv, "{}", COLUMNS.join(","))?;
        Ok(Results {
            csv,
            details: details.then(|| make("results.jsonl")).transpose()?,
            line: String::new(),
        })
    }

    pub fn add(&mut self, row: &Row<'_>) -> io::Result<()> {
        self.line.clear();
        add_row(&mut self.line, row);
        self.csv.write_all(self.line.as_bytes())?;
        if let Some(details) = &mut self.details {
            self.line.clear();
            add_line(&mut self.line, row);
            details.write_all(self.line.as_bytes())?;
            // They are most of the line, and JSON already: workers have written it, or it is in the ledger.
            details.write_all(match row.notes_json {
                "" => b"[]",
                notes => notes.as_bytes(),
            })?;
            details.write_all(b"}\n")?;
        }
        Ok(())
    }

    /// Ends the files.
    pub fn finish(self) -> io::Result<Vec<FileEntry>> {
        let files = [self.csv].into_iter().chain(self.details);
        files.map(|file| Ok(file.into_inner()?.entry())).collect()
    }
}

/// Adds a row of `results.csv`.
fn add_row(line: &mut String, row: &Row<'_>) {
    let mut number = itoa::Buffer::new();
    add_cell(line, &harmless(row.source));
    for count in [row.line, row.record] {
        line.push(',');
        line.push_str(number.format(count));
    }
    line.push(',');
    line.push_str(row.outcome.as_str());
    for text in [row.contact_id, row.name, row.code, row.field, row.message] {
        line.push(',');
        if !text.is_empty() {
            add_cell(line, &harmless(text));
        }
    }
    line.push(',');
    line.push_str(number.format(row.attempts));
    line.push('\n');
}

/// A cell as RFC 4180 (section 2) has it. With the csv crate's writer, these few cells take a tenth of the time of a check.
fn add_cell(line: &mut String, text: &str) {
    let is_quoted = |byte| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    match text.bytes().any(is_quoted) {
        true => line.extend(["\"", &text.replace('"', "\"\""), "\""]),
        false => line.push_str(text),
    }
}

/// Adds a line of `results.jsonl`, up to its notes.
fn add_line(line: &mut String, row: &Row<'_>) {
    add_text(line, r#"{"source":"#, row.source);
    let mut number = itoa::Buffer::new();
    for (key, value) in [
        (r#","line":"#, row.line),
        (r#","record":"#, row.record),
        (r#","attempts":"#, row.attempts.into()),
    ] {
        line.push_str(key);
        line.push_str(number.format(value));
    }
    for (key, text) in [
        (r#","outcome":"#, row.outcome.as_str()),
        (r#","contact_id":"#, row.contact_id),
        (r#","name":"#, row.name),
        (r#","code":"#, row.code),
        (r#","field":"#, row.field),
        (r#","message":"#, row.message),
    ] {
        add_text(line, key, text);
    }
    if let Some(hash) = row.fingerprint {
        let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
        let halves = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        line.push_str(r#","fingerprint":""#);
        line.extend(halves.map(digit));
        line.push('"');
    }
    line.push_str(r#","problems":"#);
    match row.problems {
        [] => line.push_str("[]"),
        problems => line.push_str(&json::problems(problems)),
    }
    line.push_str(r#","notes":"#);
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
            let mut line = String::new();
            add_cell(&mut line, &harmless(value));
            line.push_str(",2");
            let mut reader = csv::ReaderBuilder::new();
            let mut reader = reader.has_headers(false).from_reader(line.as_bytes());
            let row = reader.records().next().expect("a row").expect("CSV");
            assert_eq!(row, vec![written, "2"]);
        }
    }
}
