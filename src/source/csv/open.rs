//! A file opened as CSV: everything about it is settled by evidence before the first record is read.

use super::cutter::{Cutter, Layout, Start};
use super::error::{OpenError, TieError};
use super::header::{Choice, KnownHeader, find_header, trailing_empty};
use super::kind::{FileKind, not_csv};
use crate::source::encoding::transcode::{Mark, Transcoder};
use crate::source::encoding::{Detection, Detector, Found, TextEncoding};
use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

/// What the caller knows or wants; the default leaves everything to the evidence.
pub struct Options<'h> {
    /// The encoding, if the user said so. Nothing is detected then.
    pub encoding: Option<TextEncoding>,
    /// The delimiter, if the user said so: any ASCII character but a letter, a digit, a quote or a line break.
    pub delimiter: Option<u8>,
    /// How much a row looks like a header that the caller knows, from 0 to 1.
    pub known_header: Option<KnownHeader<'h>>,
    /// Words that stand in headers, beside those that the detector knows: a reading that gives them is the right one.
    pub header_words: &'h [&'h str],
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
            header_words: &[],
            chunk_size: 128 * 1024,
            max_record: 512 * 1024,
        }
    }
}

/// A CSV file whose header has been read.
pub struct Opened<R> {
    /// The encoding in which it is read.
    pub encoding: TextEncoding,
    /// What spoke for the encoding; `None` if the caller gave it.
    pub detected: Option<Found>,
    /// Whether the file begins with a byte order mark.
    pub byte_order_mark: bool,
    /// What separates cells.
    pub delimiter: u8,
    /// The row of column names.
    pub header: Header,
    /// The lines above the header, without line breaks and blank ones.
    pub preamble: Vec<String>,
    /// Column names that occur more than once.
    pub duplicate_columns: Vec<Duplicate>,
    /// How many columns without a name the header ends with.
    pub trailing_empty_columns: usize,
    /// How the header's line ends: `"\r\n"`, `"\n"` or `"\r"`. The first of them if it doesn't.
    pub line_break: &'static str,
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

/// A column name that occurs more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The name.
    pub name: String,
    /// The columns that bear it, counted from 0.
    pub columns: Vec<usize>,
}

/// How much of a file's beginning is looked at for its header.
const HEAD: u64 = 256 * 1024;

/// How much is read at once to detect the encoding; even, as the blocks of a cutter are.
const BLOCK: usize = 256 * 1024;

/// Opens a file as CSV, from its beginning: finds its encoding, its delimiter, the lines above its header, and the header.
///
/// # Errors
/// [`OpenError`] says what the file is instead, or what is missing. A file with a header only is no error: it has no records.
pub fn open<R: Read + Seek>(mut input: R, options: &Options<'_>) -> Result<Opened<R>, OpenError> {
    check_delimiter(options.delimiter)?;
    let origin = find_encoding(&mut input, options)?;
    let head = read_head(&mut input, &origin)?;
    let (skipped, separator) = separator_line(&head.text);
    let body = &head.text[skipped..];
    let first_line = if skipped > 0 { 2 } else { 1 };
    let delimiter = options.delimiter.or(separator);
    let choice = find_header(
        body,
        first_line,
        head.whole,
        delimiter,
        options.known_header,
    )
    .ok_or_else(|| no_header(body, first_line))?;
    let span = skipped + choice.row.span.start..skipped + choice.row.span.end;
    let line_break = line_break_at(&head.text, span.end);
    let raw = head.raw_span(&span, origin.encoding.unit());
    let start = Start {
        raw: head.raw_behind(span.end + line_break.map_or(0, str::len)),
        line: choice.row.line + lines_in(&head.text[span.clone()]) + 1,
        records: 0,
    };
    let header = Header {
        raw: read_span(&mut input, raw)?,
        line: choice.row.line,
        cells: choice.row.cells.clone(),
    };
    let layout = layout(&origin, &choice, options);
    Ok(Opened {
        encoding: origin.encoding,
        detected: origin.found,
        byte_order_mark: origin.byte_order_mark > 0,
        delimiter: choice.delimiter,
        preamble: lines_of(&head.text[skipped..span.start]),
        duplicate_columns: duplicates(&header.cells),
        trailing_empty_columns: trailing_empty(&header.cells),
        header,
        line_break: line_break.unwrap_or("\r\n"),
        cutter: Cutter::new(input, layout, start)?,
    })
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

/// How a file's bytes are to be read.
struct Origin {
    encoding: TextEncoding,
    found: Option<Found>,
    /// How long the byte order mark is.
    byte_order_mark: usize,
}

fn find_encoding<R: Read + Seek>(
    input: &mut R,
    options: &Options<'_>,
) -> Result<Origin, OpenError> {
    input.seek(SeekFrom::Start(0))?;
    let mut detector = Detector::new(options.header_words);
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
    let byte_order_mark = mark.map_or(0, |(_, length)| length);
    if let Some(encoding) = options.encoding {
        let encoding = mark.map_or(encoding, |(marked, _)| {
            if encoding.unit() == 2 {
                marked
            } else {
                encoding
            }
        });
        return Ok(Origin {
            encoding,
            found: None,
            byte_order_mark,
        });
    }
    match detector.finish() {
        Detection::Found(found) => Ok(Origin {
            encoding: found.encoding,
            found: Some(found),
            byte_order_mark,
        }),
        Detection::Tie(tie) => Err(TieError(tie).into()),
        Detection::Binary => Err(OpenError::NotCsv(FileKind::Binary)),
    }
}

/// The beginning of a file, decoded.
struct Head {
    text: String,
    marks: Vec<Mark>,
    start: u64,
    /// Whether this is all of the file.
    whole: bool,
}

fn read_head<R: Read + Seek>(input: &mut R, origin: &Origin) -> Result<Head, OpenError> {
    let start = origin.byte_order_mark as u64;
    let bytes = read_span(input, start..start + HEAD)?;
    let whole = (bytes.len() as u64) < HEAD;
    let (mut text, mut marks) = (Vec::new(), Vec::new());
    let mut transcoder = Transcoder::new(origin.encoding, start);
    transcoder.feed(&bytes, &mut text, &mut marks);
    transcoder.finish(&mut text, &mut marks);
    let text = String::from_utf8(text).expect("a decoder writes UTF-8");
    match text.trim().is_empty() && whole {
        true => Err(OpenError::Empty),
        false => Ok(Head {
            text,
            marks,
            start,
            whole,
        }),
    }
}

fn read_span<R: Read + Seek>(input: &mut R, span: Range<u64>) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.seek(SeekFrom::Start(span.start))?;
    input
        .by_ref()
        .take(span.end - span.start)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Head {
    /// The offset in the file of a place behind a line break.
    fn raw_behind(&self, text: usize) -> u64 {
        let behind = self.marks.partition_point(|mark| mark.text <= text);
        behind
            .checked_sub(1)
            .map_or(self.start, |last| self.marks[last].raw)
    }

    /// The bytes in the file of a row.
    fn raw_span(&self, text: &Range<usize>, unit: usize) -> Range<u64> {
        let after = self
            .marks
            .iter()
            .find(|mark| mark.text >= text.end)
            .expect("the end of a text has a mark");
        self.raw_behind(text.start)..after.raw - ((after.text - text.end) * unit) as u64
    }
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

fn lines_of(text: &str) -> Vec<String> {
    text.split(['\n', '\r'])
        .filter(|line| !line.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

fn no_header(text: &str, first_line: u64) -> OpenError {
    let blank = text.len() - text.trim_start_matches(['\n', '\r']).len();
    OpenError::NoHeader {
        line: first_line + lines_in(&text[..blank]),
    }
}

fn duplicates(names: &[String]) -> Vec<Duplicate> {
    let mut columns: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        columns.entry(name).or_default().push(at);
    }
    let mut duplicates: Vec<Duplicate> = columns
        .into_iter()
        .filter(|(name, columns)| !name.is_empty() && columns.len() > 1)
        .map(|(name, columns)| Duplicate {
            name: name.to_owned(),
            columns,
        })
        .collect();
    duplicates.sort_unstable_by(|a, b| a.columns.cmp(&b.columns));
    duplicates
}

fn layout(origin: &Origin, choice: &Choice, options: &Options<'_>) -> Layout {
    Layout {
        encoding: origin.encoding,
        delimiter: choice.delimiter,
        block: options.chunk_size.max(2).next_multiple_of(2),
        max_record: options.max_record.min(i32::MAX as usize / 2),
        columns: choice.row.cells.len(),
    }
}
