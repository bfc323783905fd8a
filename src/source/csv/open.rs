//! A file opened as CSV: everything about it is settled by evidence before the first record is read.

use super::cutter::{Cutter, Layout, RowNumbers, Start};
use super::error::OpenError;
use super::header::{Choice, DELIMITERS, HeadRow, KnownHeader, find_header, head_rows};
use super::kind::{FileKind, not_csv};
use super::parser::Dialect;
use crate::source::encoding::transcode::Transcoder;
use crate::source::encoding::{Detected, Detection, Detector, TextEncoding};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::Arc;

/// What the caller knows or wants; the default leaves everything to the evidence.
pub struct Options<'h> {
    /// The encoding, if the user said so. Nothing is detected then.
    pub encoding: Option<TextEncoding>,
    /// The delimiter, if the user said so: any ASCII character but a letter, a digit, a quote or a line break.
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
            chunk_size: 128 * 1024,
            max_record: 512 * 1024,
        }
    }
}

/// A CSV file whose header has been read.
pub struct Opened<R> {
    pub encoding: TextEncoding,
    /// What spoke for the encoding; `None` if the caller gave it.
    pub detected: Option<Detected>,
    pub dialect: Dialect,
    pub header: Header,
    /// For reading the records again.
    pub layout: Layout,
    /// The records.
    pub cutter: Cutter<R>,
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

/// How much of a file's beginning is looked at for its header.
const HEAD: u64 = 256 * 1024;

/// How much is read at once to detect the encoding; even, as the blocks of a cutter are.
const BLOCK: usize = 256 * 1024;

/// Opens a file as CSV, from its beginning: finds its encoding, its delimiter, and below any lines above it the header. A file
/// with a header only is no error: it has no records.
pub fn open<R: Read + Seek>(mut input: R, options: &Options<'_>) -> Result<Opened<R>, OpenError> {
    check_delimiter(options.delimiter)?;
    let origin = find_encoding(&mut input, options)?;
    let (decoded, whole) = read_head(&mut input, &origin)?;
    let text = std::str::from_utf8(decoded.text()).expect("a decoder writes UTF-8");
    if whole && text.trim().is_empty() {
        return Err(OpenError::Empty);
    }
    let (skipped, separator) = separator_line(text);
    let body = Body {
        text: &text[skipped..],
        line: if skipped > 0 { 2 } else { 1 },
        whole,
    };
    let delimiter = options.delimiter.or(separator);
    let choice = match options.columns {
        Some(columns) => named_columns(&body, columns, delimiter),
        None => find_header(&body, delimiter, options.known_header),
    };
    let choice = choice.ok_or_else(|| no_header(&body))?;
    let span = skipped + choice.row.span.start..skipped + choice.row.span.end;
    let layout = Layout {
        encoding: origin.encoding,
        dialect: Dialect {
            delimiter: choice.delimiter,
            escape: escape(&body, &choice),
        },
        block: options.chunk_size.max(2).next_multiple_of(2),
        max_record: options.max_record,
        columns: choice.row.cells.len(),
        start: Start {
            raw: decoded.raw(span.end),
            line: choice.row.line + lines_in(&text[span.clone()]),
        },
        rows: options.rows.cloned().unwrap_or_default(),
    };
    let raw = match span.is_empty() {
        true => origin.encoding.encode(&written(&choice)).0,
        false => read_span(&mut input, decoded.raw(span.start)..layout.start.raw)?,
    };
    Ok(Opened {
        encoding: origin.encoding,
        detected: origin.found,
        dialect: layout.dialect,
        header: Header {
            raw,
            line: layout.rows.of(choice.row.line),
            cells: choice.row.cells,
        },
        cutter: Cutter::new(input, layout.clone())?,
        layout,
    })
}

/// The beginning of a file, below a line that only says what separates cells.
pub(super) struct Body<'t> {
    pub text: &'t str,
    /// The line in which it starts.
    pub line: u64,
    /// Whether it reaches to the end of the file.
    pub whole: bool,
}

/// Columns with names that the caller gave. If the first row does not hold those, the header is an empty row above it.
fn named_columns(body: &Body<'_>, columns: &[String], delimiter: Option<u8>) -> Option<Choice> {
    let rows = |delimiter: u8| head_rows(body, delimiter.into());
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

/// A backslash, if with it more of the rows below the header have as many cells as the header than without.
fn escape(body: &Body<'_>, choice: &Choice) -> Option<u8> {
    let below = Body {
        text: &body.text[choice.row.span.end..],
        ..*body
    };
    let fitting = |escape| {
        let dialect = Dialect {
            delimiter: choice.delimiter,
            escape,
        };
        let rows = head_rows(&below, dialect);
        let fits = |row: &&HeadRow| row.cells.len() == choice.row.cells.len() && !row.is_misquoted;
        rows.iter().filter(fits).count()
    };
    let backslash = Some(b'\\');
    let may_be = below.text.contains("\\\"");
    backslash.filter(|_| may_be && fitting(backslash) > fitting(None))
}

fn check_delimiter(delimiter: Option<u8>) -> Result<(), OpenError> {
    match delimiter {
        Some(wrong)
            if !wrong.is_ascii()
                || wrong.is_ascii_alphanumeric()
                || b"\"\r\n\0".contains(&wrong) =>
        {
            Err(OpenError::Delimiter(wrong))
        }
        _ => Ok(()),
    }
}

struct Origin {
    encoding: TextEncoding,
    found: Option<Detected>,
    /// Where the text starts, behind a byte order mark.
    start: u64,
}

fn find_encoding<R: Read + Seek>(
    input: &mut R,
    options: &Options<'_>,
) -> Result<Origin, OpenError> {
    input.seek(SeekFrom::Start(0))?;
    let mut detector = Detector::default();
    let mut block = Vec::with_capacity(BLOCK + 64);
    let mut first = true;
    loop {
        block.clear();
        let read = input.by_ref().take(BLOCK as u64).read_to_end(&mut block)?;
        if first && read == 0 {
            return Err(OpenError::Empty);
        }
        if let (true, Some(kind)) = (first, not_csv(&block)) {
            return Err(OpenError::NotCsv(kind));
        }
        first = false;
        let settled = detector.feed(&block) || options.encoding.is_some();
        if settled || read < BLOCK {
            break;
        }
    }
    let mark = detector.byte_order_mark();
    let start = mark.map_or(0, |(_, length)| length as u64);
    if let Some(asked) = options.encoding {
        // Which of both UTF-16 it is, the mark says.
        let marked = mark.map(|(marked, _)| marked);
        return Ok(Origin {
            encoding: marked.filter(|_| asked.unit() == 2).unwrap_or(asked),
            found: None,
            start,
        });
    }
    match detector.finish() {
        Detection::Found(found) => Ok(Origin {
            encoding: found.encoding,
            found: Some(found),
            start,
        }),
        Detection::Tie(tie) => Err(OpenError::Tie(tie)),
        Detection::Unknown { line, likely } => Err(OpenError::Encoding { line, likely }),
        Detection::Binary => Err(OpenError::NotCsv(FileKind::Binary)),
    }
}

/// Decodes the beginning of a file, and tells whether this is all of it.
fn read_head<R: Read + Seek>(input: &mut R, origin: &Origin) -> io::Result<(Transcoder, bool)> {
    let bytes = read_span(input, origin.start..origin.start + HEAD)?;
    let mut decoded = Transcoder::new(origin.encoding, origin.start);
    decoded.feed(&bytes);
    decoded.finish();
    Ok((decoded, (bytes.len() as u64) < HEAD))
}

fn read_span<R: Read + Seek>(input: &mut R, span: Range<u64>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.seek(SeekFrom::Start(span.start))?;
    input
        .by_ref()
        .take(span.end - span.start)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Excel's first line `sep=;`: how long it is with its line break, and what it says.
fn separator_line(text: &str) -> (usize, Option<u8>) {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let line = text[..end].trim_matches('"');
    let said = line
        .get(..4)
        .filter(|name| name.eq_ignore_ascii_case("sep="))
        .map(|_| &line.as_bytes()[4..]);
    match said {
        Some(&[delimiter]) if delimiter.is_ascii() && !delimiter.is_ascii_alphanumeric() => (
            end + line_break_at(text, end).map_or(0, str::len),
            Some(delimiter),
        ),
        _ => (0, None),
    }
}

fn line_break_at(text: &str, at: usize) -> Option<&'static str> {
    ["\r\n", "\n", "\r"]
        .into_iter()
        .find(|line_break| text[at..].starts_with(line_break))
}

/// How many line breaks a text holds.
fn lines_in(text: &str) -> u64 {
    let crlf = text.matches("\r\n").count();
    (text.matches(['\n', '\r']).count() - crlf) as u64
}

fn no_header(body: &Body<'_>) -> OpenError {
    let blank = body.text.len() - body.text.trim_start_matches(['\n', '\r']).len();
    OpenError::NoHeader {
        line: body.line + lines_in(&body.text[..blank]),
    }
}
