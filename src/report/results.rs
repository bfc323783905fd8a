//! `results.csv` and `results.jsonl`: one row a record.

use super::folder::ReportFile;
use super::{json, make_file};
use crate::contact::Code;
use crate::plan::Hash;
use std::io::{self, BufWriter, IoSlice, Write};
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
    /// It is no contact, such as a group card, and was not sent.
    Skipped,
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
    pub const ALL: [Outcome; 10] = [
        Outcome::Valid,
        Outcome::Created,
        Outcome::Exists,
        Outcome::Duplicate,
        Outcome::Invalid,
        Outcome::Skipped,
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
            Outcome::Skipped => "skipped",
            Outcome::Rejected => "rejected",
            Outcome::Failed => "failed",
            Outcome::Unknown => "unknown",
            Outcome::NotAttempted => "not_attempted",
        }
    }

    /// The outcome of a record with problems, of which the first has this code.
    pub fn of_code(code: Option<Code>) -> Outcome {
        match code.is_some_and(Code::is_skip) {
            true => Outcome::Skipped,
            false => Outcome::Invalid,
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

/// Rows as they stand in the two files.
#[derive(Debug, Default)]
pub struct Rendered {
    csv: String,
    jsonl: String,
    source: RenderedSource,
}

/// How the rows of a source begin, since they all do.
#[derive(Debug, Default)]
struct RenderedSource {
    name: String,
    csv: String,
    json: String,
}

impl Rendered {
    /// Adds a record's row, and tells where it ends.
    pub fn add(&mut self, row: &Row<'_>) -> (u32, u32) {
        if self.source.name != row.source || self.source.json.is_empty() {
            self.source = RenderedSource::new(row.source);
        }
        let (mut line, mut record) = (itoa::Buffer::new(), itoa::Buffer::new());
        let place = [line.format(row.line), record.format(row.record)];
        csv_line(&mut self.csv, &self.source.csv, place, row);
        json_line(&mut self.jsonl, &self.source.json, place, row);
        (self.csv.len() as u32, self.jsonl.len() as u32)
    }

    /// How much text it has room for, in bytes.
    pub fn room(&self) -> usize {
        self.csv.capacity() + self.jsonl.capacity()
    }

    /// Makes it empty and keeps its memory.
    pub fn clear(&mut self) {
        self.csv.clear();
        self.jsonl.clear();
    }
}

impl RenderedSource {
    fn new(name: &str) -> Self {
        let mut rendered = RenderedSource {
            name: name.to_owned(),
            ..RenderedSource::default()
        };
        cell(&mut rendered.csv, name);
        rendered.csv.push(',');
        rendered.json.push_str("{\"source\":");
        json::string(&mut rendered.json, name);
        rendered.json.push_str(",\"line\":");
        rendered
    }
}

/// Rows to be written in the places of rendered ones.
#[derive(Debug, Default)]
pub struct Amended {
    rows: Rendered,
    places: Vec<Place>,
}

/// Where a row stands among the rendered ones, and where the one to be written ends among the amended ones.
#[derive(Debug)]
struct Place {
    from: (u32, u32),
    to: (u32, u32),
    end: (u32, u32),
}

impl Amended {
    /// Has a row written in the place of the rendered one from where the row before it ends to where it ends.
    pub fn amend(&mut self, from: (u32, u32), to: (u32, u32), row: &Row<'_>) {
        let end = self.rows.add(row);
        self.places.push(Place { from, to, end });
    }

    /// Makes it empty and keeps its memory.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.places.clear();
    }
}

/// The two files, while they are written.
pub struct Results {
    csv: BufWriter<ReportFile>,
    jsonl: BufWriter<ReportFile>,
    rendered: Rendered,
}

impl Results {
    /// Opens both in a report's folder.
    pub fn create(folder: &Path) -> io::Result<Results> {
        let file = |name| -> io::Result<BufWriter<ReportFile>> {
            let file = make_file(&folder.join(name))?;
            Ok(BufWriter::with_capacity(1 << 16, file))
        };
        let mut results = Results {
            csv: file("results.csv")?,
            jsonl: file("results.jsonl")?,
            rendered: Rendered::default(),
        };
        writeln!(results.csv, "{}", COLUMNS.join(","))?;
        Ok(results)
    }

    /// Writes a record's row.
    pub fn add(&mut self, row: &Row<'_>) -> io::Result<()> {
        self.rendered.clear();
        self.rendered.add(row);
        self.csv.write_all(self.rendered.csv.as_bytes())?;
        self.jsonl.write_all(self.rendered.jsonl.as_bytes())
    }

    /// Writes rows that somebody else has rendered, each file's in one go, with the amended ones in their places.
    pub fn add_rendered(&mut self, rows: &Rendered, amended: &Amended) -> io::Result<()> {
        let places = || amended.places.iter();
        let csv = places().map(|one| (one.from.0, one.to.0, one.end.0));
        let jsonl = places().map(|one| (one.from.1, one.to.1, one.end.1));
        write_pieces(&mut self.csv, &rows.csv, &amended.rows.csv, csv)?;
        write_pieces(&mut self.jsonl, &rows.jsonl, &amended.rows.jsonl, jsonl)
    }

    /// Writes what is still held back.
    pub fn finish(mut self) -> io::Result<()> {
        self.csv.flush()?;
        self.jsonl.flush()
    }
}

/// Writes a text with pieces of another one in the places of some of its own: from where, to where, and where the other's piece
/// ends. Nothing is copied on the way to the file.
fn write_pieces(
    file: &mut impl Write,
    text: &str,
    other: &str,
    places: impl Iterator<Item = (u32, u32, u32)>,
) -> io::Result<()> {
    let (mut at, mut other_at) = (0, 0);
    let mut pieces = Vec::new();
    for (from, to, other_end) in places {
        pieces.push(IoSlice::new(piece(text, at, from)));
        pieces.push(IoSlice::new(piece(other, other_at, other_end)));
        (at, other_at) = (to, other_end);
    }
    pieces.push(IoSlice::new(piece(text, at, text.len() as u32)));
    let mut left = &mut pieces[..];
    // Takes away what is empty, so that nothing is written only where nothing can be.
    IoSlice::advance_slices(&mut left, 0);
    while !left.is_empty() {
        match file.write_vectored(left) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut left, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn piece(text: &str, from: u32, to: u32) -> &[u8] {
    &text.as_bytes()[from as usize..to as usize]
}

fn csv_line(text: &mut String, source: &str, [line, record]: [&str; 2], row: &Row<'_>) {
    text.push_str(source);
    text.push_str(line);
    text.push(',');
    text.push_str(record);
    text.push(',');
    text.push_str(row.outcome.as_str());
    for value in [row.contact_id, row.name, row.code, row.field, row.message] {
        text.push(',');
        if !value.is_empty() {
            cell(text, value);
        }
    }
    text.push(',');
    text.push_str(itoa::Buffer::new().format(row.attempts));
    text.push('\n');
}

/// A cell of a CSV file (RFC 4180, section 2) that no spreadsheet runs as a formula.
fn cell(text: &mut String, value: &str) {
    let runs = matches!(
        value.as_bytes().first(),
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')
    );
    // Without an early end, so that several bytes are looked at in one step.
    let quoted = value.bytes().fold(false, |quoted, byte| {
        quoted | (byte == b',') | (byte == b'"') | (byte == b'\n') | (byte == b'\r')
    });
    if quoted {
        text.push('"');
    }
    if runs {
        text.push('\'');
    }
    if quoted {
        for (index, piece) in value.split('"').enumerate() {
            if index > 0 {
                text.push_str("\"\"");
            }
            text.push_str(piece);
        }
        text.push('"');
    } else {
        text.push_str(value);
    }
}

fn json_line(text: &mut String, source: &str, [line, record]: [&str; 2], row: &Row<'_>) {
    text.push_str(source);
    text.push_str(line);
    text.push_str(",\"record\":");
    text.push_str(record);
    text.push_str(",\"attempts\":");
    text.push_str(itoa::Buffer::new().format(row.attempts));
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
        let mut digits = [0; 32];
        for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(fingerprint) {
            *pair = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
        }
        text.push_str(std::str::from_utf8(&digits).expect("hexadecimal digits are ASCII"));
        text.push('"');
    }
    text.push_str(",\"problems\":[");
    text.push_str(row.problems);
    text.push_str("],\"notes\":[");
    text.push_str(row.notes);
    text.push_str("]}\n");
}

const HEX: &[u8; 16] = b"0123456789abcdef";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_neutralised_and_any_other_is_read_back_as_it_was() {
        for (value, read_back) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+82 10", "'+82 10"),
            ("\r\n\"", "'\r\n\""),
            ("Kim, \"Min\"\nsu", "Kim, \"Min\"\nsu"),
            ("홍", "홍"),
            ("", ""),
        ] {
            let mut text = String::new();
            cell(&mut text, value);
            text.push_str(",end\n");
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(text.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            assert_eq!(&record[0], read_back);
            assert_eq!(&record[1], "end");
        }
    }
}
