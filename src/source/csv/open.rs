//! A file opened as CSV: everything about it is settled by evidence before the first record is read.

use super::cells::Dialect;
use super::cutter::{Layout, RowNumbers};
use super::header::{Choice, DELIMITERS, HeadRow, KnownHeader, find_header, head_rows};
use super::kind::{FileKind, not_csv};
use super::lines::{LineStart, line_breaks};
use crate::source::encoding::{Detected, Detection, Detector, TextEncoding, Tie};
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

/// What the caller knows or wants; the default leaves everything to the evidence.
pub struct Options<'h> {
    /// The encoding, if the user said so. Nothing is detected then.
    pub encoding: Option<TextEncoding>,
    /// The delimiter, if the caller knows it: any ASCII character but a letter, a digit, a quote or a line break.
    pub delimiter: Option<u8>,
    /// How much a row looks like a header that the caller knows, from 0 to 1.
    pub known_header: Option<KnownHeader<'h>>,
    /// The names of the columns of a file that has no header. A first row that is equal to them is skipped.
    pub columns: Option<&'h [String]>,
    /// The rows of the sheet that the file was made from; they are given instead of lines.
    pub rows: Option<&'h Arc<RowNumbers>>,
    /// How many bytes of the file are read at once; about the size of a chunk.
    pub chunk_size: usize,
    /// The size in bytes, as UTF-8, from which a record is not held in memory any more.
    pub max_record: usize,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            encoding: None,
            delimiter: None,
            known_header: None,
            columns: None,
            rows: None,
            chunk_size: 512 * 1024,
            max_record: 512 * 1024,
        }
    }
}

/// A CSV file whose header has been read. A [`Cutter`](super::Cutter) reads its records.
pub struct Opened {
    /// What spoke for the encoding; `None` if the caller gave it.
    pub detected: Option<Detected>,
    pub header: Header,
    pub layout: Layout,
}

/// The row of column names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The names, without the spaces around them.
    pub cells: Vec<String>,
    /// The 1-based line in which the row starts.
    pub line: u64,
    /// The row as it is in the file, without its line break.
    pub raw: Vec<u8>,
}

/// Why a file can't be read as CSV.
#[derive(Debug)]
pub enum OpenError {
    /// Nothing in it, or blank lines only.
    Empty,
    /// Another kind of file.
    NotCsv(FileKind),
    /// Two encodings fit.
    Tie(Box<Tie>),
    /// None of the encodings that are recognised fits.
    Encoding {
        /// The first line beyond ASCII.
        line: u64,
        /// An encoding that may be meant.
        likely: TextEncoding,
    },
    /// No row looks like column names.
    NoHeader {
        /// The first line with content.
        line: u64,
    },
    Read(io::Error),
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

/// How much of a file's beginning is looked at for its header.
const HEAD: usize = 256 * 1024;

/// Opens a file as CSV, from its beginning: finds its encoding, its delimiter, and below any lines above it the header. A file
/// with a header only is no error: it has no records.
pub fn open<R: Read + Seek>(mut input: R, options: &Options<'_>) -> Result<Opened, OpenError> {
    let mut bytes = Vec::new();
    input.seek(SeekFrom::Start(0))?;
    input.by_ref().take(HEAD as u64).read_to_end(&mut bytes)?;
    if let Some(kind) = not_csv(&bytes) {
        return Err(OpenError::NotCsv(kind));
    }
    let (encoding, detected, mark) = find_encoding(&mut input, options)?;
    let text = encoding.decode(&bytes[mark..]).0;
    if bytes.len() < HEAD && text.trim().is_empty() {
        return Err(OpenError::Empty);
    }
    let (skipped, separator) = separator_line(&text).unzip();
    let skipped = skipped.unwrap_or(0);
    let mut layout = Layout::new(encoding, mark + skipped * encoding.unit());
    let delimiter = options.delimiter.or(separator);
    let choice = match options.columns {
        Some(columns) => named_columns(&bytes, &layout, columns, delimiter),
        None => find_header(&bytes, &layout, delimiter, options.known_header),
    };
    let choice = choice.ok_or_else(|| {
        let rows = text[skipped..].trim_start_matches(['\n', '\r']);
        let line = 1 + line_breaks(&text[..text.len() - rows.len()]);
        OpenError::NoHeader { line }
    })?;
    let row = &bytes[choice.row.span.clone()];
    let raw = match row {
        [] => encoding.encode(&written(&choice)).0,
        row => row.to_vec(),
    };
    layout.start = LineStart {
        raw: choice.row.span.end as u64,
        line: choice.row.line + line_breaks(&encoding.decode(row).0),
    };
    let has_escapes = text.contains("\\\"") && has_escapes(&bytes, &layout, &choice);
    layout.dialect = Dialect {
        delimiter: choice.delimiter,
        escape: has_escapes.then_some(b'\\'),
    };
    layout.block = options.chunk_size.max(2).next_multiple_of(2);
    layout.max_record = options.max_record;
    layout.columns = choice.row.cells.len();
    layout.rows = options.rows.cloned().unwrap_or_default();
    Ok(Opened {
        detected,
        header: Header {
            raw,
            line: layout.rows.of(choice.row.line),
            cells: choice.row.cells,
        },
        layout,
    })
}

/// The encoding of a file, what spoke for it, and the length of its byte order mark.
fn find_encoding<R: Read + Seek>(
    input: &mut R,
    options: &Options<'_>,
) -> Result<(TextEncoding, Option<Detected>, usize), OpenError> {
    input.seek(SeekFrom::Start(0))?;
    let mut detector = Detector::default();
    let mut block = Vec::with_capacity(HEAD + 64);
    loop {
        block.clear();
        let read = input.by_ref().take(HEAD as u64).read_to_end(&mut block)?;
        if detector.feed(&block) || options.encoding.is_some() || read < HEAD {
            break;
        }
    }
    let mark = detector.byte_order_mark();
    let length = mark.map_or(0, |(_, length)| length);
    if let Some(asked) = options.encoding {
        // Which of both UTF-16 it is, the mark says.
        let marked = mark.map(|(marked, _)| marked);
        let encoding = marked.filter(|_| asked.unit() == 2).unwrap_or(asked);
        return Ok((encoding, None, length));
    }
    match detector.finish() {
        Detection::Found(found) => Ok((found.encoding, Some(found), length)),
        Detection::Tie(tie) => Err(OpenError::Tie(tie)),
        Detection::Unknown { line, likely } => Err(OpenError::Encoding { line, likely }),
        Detection::Binary => Err(OpenError::NotCsv(FileKind::Binary)),
    }
}

/// Columns with names that the caller gave. If the first row does not hold those, the header is an empty row above it.
fn named_columns(
    head: &[u8],
    layout: &Layout,
    columns: &[String],
    delimiter: Option<u8>,
) -> Option<Choice> {
    let rows = |delimiter: u8| head_rows(head, layout, delimiter.into());
    let fitting = |delimiter: &u8| {
        let rows = rows(*delimiter);
        rows.iter()
            .filter(|row| row.cells.len() == columns.len())
            .count()
    };
    let delimiter = delimiter.or_else(|| DELIMITERS.into_iter().rev().max_by_key(fitting))?;
    let first = rows(delimiter).into_iter().next()?;
    let row = match first.cells == columns {
        true => first,
        false => HeadRow {
            line: first.line,
            span: first.span.start..first.span.start,
            cells: columns.to_vec(),
            is_misquoted: false,
        },
    };
    Some(Choice::given(delimiter, row))
}

/// A header as a row.
fn written(choice: &Choice) -> String {
    let mut row = Vec::new();
    let mut writer = csv::WriterBuilder::new();
    let mut writer = writer.delimiter(choice.delimiter).from_writer(&mut row);
    writer
        .write_record(&choice.row.cells)
        .expect("memory can be written");
    drop(writer);
    String::from_utf8_lossy(row.trim_ascii_end()).into_owned()
}

/// Whether with a backslash before quotes more of the rows have as many cells as the header than without.
fn has_escapes(head: &[u8], below: &Layout, choice: &Choice) -> bool {
    let fitting = |escape| {
        let dialect = Dialect {
            delimiter: choice.delimiter,
            escape,
        };
        let rows = head_rows(head, below, dialect);
        let fits = |row: &&HeadRow| row.cells.len() == choice.row.cells.len() && !row.is_misquoted;
        rows.iter().filter(fits).count()
    };
    fitting(Some(b'\\')) > fitting(None)
}

/// Excel's first line `sep=;`: how long it is, and what it says.
fn separator_line(text: &str) -> Option<(usize, u8)> {
    let line = text.split(['\n', '\r']).next()?;
    let (name, said) = line.trim_matches('"').split_at_checked(4)?;
    match *said.as_bytes() {
        [delimiter] if delimiter.is_ascii() && !delimiter.is_ascii_alphanumeric() => name
            .eq_ignore_ascii_case("sep=")
            .then_some((line.len(), delimiter)),
        _ => None,
    }
}
