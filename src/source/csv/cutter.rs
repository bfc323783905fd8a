//! A CSV file read record by record, in bounded memory.

use super::cells::{Core, Dialect, stray_quotes, written_cells};
use super::chunk::{Chunk, Flaw, Record};
use super::lines::{LineStart, Lines, line_breaks};
use crate::source::encoding::TextEncoding;
use memchr::memchr;
use std::io::{self, Read, Seek};
use std::ops::Range;
use std::sync::Arc;

/// Reads a CSV file from its first record on, a chunk at a time.
///
/// Records are those of the csv crate, without those whose cells are all blank. Of the file it holds at most a block and
/// [`Options::max_record`](super::Options::max_record).
pub struct Cutter<R> {
    lines: Lines<R>,
    layout: Layout,
    core: Core,
    /// The text of the record that is being read.
    text: String,
    /// How many records have been given.
    records: u64,
}

/// What a cutter has to know of a file.
#[derive(Clone, Debug)]
pub struct Layout {
    pub encoding: TextEncoding,
    pub dialect: Dialect,
    /// How much is read at once; even, so that UTF-16 is not torn.
    pub(super) block: usize,
    pub(super) max_record: usize,
    /// How many columns the header has; 0 if there is none.
    pub(super) columns: usize,
    /// Where the records begin.
    pub(super) start: LineStart,
    /// The rows of the sheet that the file was made from; they are given instead of lines.
    pub(super) rows: Arc<RowNumbers>,
}

/// The rows of a table by the lines of the CSV file that was made from it.
#[derive(Clone, Debug, Default)]
pub struct RowNumbers(Vec<(u64, u64)>);

impl RowNumbers {
    /// Adds a row that starts in a line, behind those that were added before.
    pub fn add(&mut self, line: u64, row: u64) {
        if self.0.is_empty() || self.of(line) != row {
            self.0.push((line, row));
        }
    }

    /// The row that starts in a line; without rows, the line.
    pub fn of(&self, line: u64) -> u64 {
        let behind = self.0.partition_point(|(start, _)| *start <= line);
        let last = behind.checked_sub(1).map(|last| self.0[last]);
        last.map_or(line, |(start, row)| row + (line - start))
    }
}

/// The quoted cell in which a text ends.
struct OpenCell {
    /// The line in which it starts.
    line: u64,
    /// Whether rows below that line look like records; `None` if the text ends with it.
    above_records: Option<bool>,
}

/// How many rows below an open quote are looked at, to see whether they are records.
const WITNESSES: usize = 8;

/// How much text below an open quote is looked at, in bytes.
const WITNESS_BYTES: usize = 64 * 1024;

impl Layout {
    /// How rows are read before anything is known but the encoding, and the length of the byte order mark.
    pub(super) fn new(encoding: TextEncoding, mark: usize) -> Self {
        let raw = mark as u64;
        Self {
            encoding,
            dialect: b','.into(),
            block: 16 * 1024,
            max_record: usize::MAX,
            columns: 0,
            start: LineStart { raw, line: 1 },
            rows: Arc::default(),
        }
    }
}

impl<R: Read + Seek> Cutter<R> {
    /// Reads the record with these bytes again; it has the number 1 and the line 1. More of the file follows it.
    pub fn at(input: R, layout: Layout, span: &Range<u64>) -> io::Result<Self> {
        let (raw, line) = (span.start, 1);
        // Even, so that UTF-16 is not torn, and no larger than it must be: what is read is parsed.
        let block = (span.end - raw).next_multiple_of(2) as usize;
        let (block, start) = (block.clamp(2, layout.block), LineStart { raw, line });
        let layout = Layout {
            block,
            start,
            ..layout
        };
        Self::new(input, layout)
    }

    /// Reads the records of a file, which was opened before.
    pub fn new(input: R, layout: Layout) -> io::Result<Self> {
        Ok(Self {
            lines: Lines::new(input, layout.encoding, layout.block, layout.start)?,
            core: Core::new(layout.dialect),
            text: String::new(),
            records: 0,
            layout,
        })
    }

    /// Fills `chunk` with the next records; `false` if there are none left. A chunk may hold no records. Bad content is no
    /// error but a [`Flaw`] of its record.
    pub fn next_chunk(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        chunk.clear();
        let start = self.lines.next.raw;
        let end = start + self.layout.block as u64;
        while self.lines.next.raw < end && self.read_record(chunk)? {}
        chunk.raw = start..self.lines.next.raw;
        Ok(!chunk.raw.is_empty())
    }

    /// Reads the next record; `false` if there is none.
    fn read_record(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        let delimiter = self.layout.dialect.delimiter;
        let (mut start, mut malformed) = (self.lines.next, None);
        self.text.clear();
        let cut_off = loop {
            let (line, before) = (self.lines.next.line, self.text.len());
            if !self.lines.read(&mut self.text)? {
                if before == 0 {
                    return Ok(false);
                }
                if !chunk.end_of_file(self.core.reader()) {
                    break None;
                }
                match self.open_cell(start) {
                    Some(open) if open.above_records == Some(true) => {
                        return self.resume(chunk, start, open.line);
                    }
                    open => break open.map(|open| Flaw::CutOff { line: open.line }),
                }
            }
            if before == 0 && matches!(&*self.text, "\n" | "\r") {
                self.text.clear();
                start = self.lines.next;
                continue;
            }
            if std::mem::take(&mut self.lines.malformed) {
                malformed.get_or_insert(Flaw::Malformed { line });
            }
            if before == 0
                && let Some(line) = self.unquoted_line()
            {
                chunk.read_unquoted(line.as_bytes(), delimiter);
                break None;
            }
            if chunk.read(self.core.reader(), &self.text.as_bytes()[before..]) {
                break None;
            }
            if self.text.len() > self.layout.max_record {
                return self.pass(chunk, start);
            }
        };
        if self.text.len() > self.layout.max_record {
            self.finish(chunk, start, vec![Flaw::Oversize]);
        } else if chunk.is_blank_from(0, delimiter) || chunk.is_ruled(delimiter) {
            chunk.begin();
        } else {
            let flaws = self.flaws(chunk, start, malformed, cut_off);
            self.finish(chunk, start, flaws);
        }
        Ok(true)
    }

    /// The text that is being read, if it is a whole line without quotes.
    fn unquoted_line(&self) -> Option<&str> {
        let line = self.text.strip_suffix(['\n', '\r'])?;
        memchr(b'"', line.as_bytes()).is_none().then_some(line)
    }

    /// What is wrong with the record that has been read; `malformed` and `cut_off` are what its reading showed.
    fn flaws(
        &self,
        chunk: &Chunk,
        start: LineStart,
        malformed: Option<Flaw>,
        cut_off: Option<Flaw>,
    ) -> Vec<Flaw> {
        let (columns, dialect) = (self.layout.columns, self.layout.dialect);
        let text = self.text.strip_suffix(['\n', '\r']).unwrap_or(&self.text);
        let mut flaws = Vec::new();
        for cell in stray_quotes(text, chunk.cells(), dialect) {
            let line = start.line + line_breaks(&text[..cell]);
            flaws.push(Flaw::StrayQuote { line });
        }
        flaws.extend(malformed);
        let has_more = columns > 0 && chunk.cells() > columns;
        if has_more && !chunk.is_blank_from(columns, dialect.delimiter) {
            flaws.push(Flaw::Surplus);
        }
        flaws.extend(cut_off);
        flaws
    }

    /// Adds the record that has been read, without its cells if it is too large.
    fn finish(&mut self, chunk: &mut Chunk, start: LineStart, flaws: Vec<Flaw>) {
        if flaws == [Flaw::Oversize] {
            chunk.begin();
        }
        self.records += 1;
        chunk.finish(Record {
            line: self.layout.rows.of(start.line),
            number: self.records,
            span: start.raw..self.lines.end,
            flaws,
            ..Record::default()
        });
    }

    /// Adds a record from `start` to the end of a line in which a cell opens that is never closed. Reading begins anew below.
    fn resume(&mut self, chunk: &mut Chunk, start: LineStart, line: u64) -> io::Result<bool> {
        self.lines.seek(start)?;
        self.text.clear();
        while self.lines.next.line <= line && self.lines.read(&mut self.text)? {}
        self.lines.malformed = false;
        let text = self.text.trim_end_matches(['\n', '\r']);
        self.core.restart();
        chunk.begin();
        chunk.read(self.core.reader(), text.as_bytes());
        chunk.end_of_file(self.core.reader());
        self.core.restart();
        self.finish(chunk, start, vec![Flaw::Unclosed { line }]);
        Ok(true)
    }

    /// Reads to the end of a record that is too large to be held. If a cell of it is still open at the end of the file, the
    /// record is the line in which the cell opens.
    fn pass(&mut self, chunk: &mut Chunk, start: LineStart) -> io::Result<bool> {
        let open = self.open_cell(start);
        let unclosed = open.filter(|open| open.above_records.is_some());
        if let Some(open) = &unclosed
            && open.above_records == Some(true)
        {
            return self.resume(chunk, start, open.line);
        }
        loop {
            self.text.clear();
            chunk.begin();
            if !self.lines.read(&mut self.text)? {
                match unclosed {
                    Some(open) if chunk.end_of_file(self.core.reader()) => {
                        return self.resume(chunk, start, open.line);
                    }
                    _ => break,
                }
            }
            if chunk.read(self.core.reader(), self.text.as_bytes()) {
                break;
            }
        }
        self.lines.malformed = false;
        self.finish(chunk, start, vec![Flaw::Oversize]);
        Ok(true)
    }

    /// The quoted cell in which the text ends that has been read of a record.
    fn open_cell(&self, start: LineStart) -> Option<OpenCell> {
        let cell = written_cells(&self.text, self.layout.dialect).pop()?;
        let (before, text) = self.text.split_at(cell.span.start);
        let below = text.split_once(['\n', '\r']).map(|(_, below)| below);
        cell.open.then(|| OpenCell {
            line: start.line + line_breaks(before),
            above_records: below.map(|below| self.are_records(below)),
        })
    }

    /// Whether most rows of a text have as many cells as the header.
    fn are_records(&self, text: &str) -> bool {
        let text = &text.as_bytes()[..text.len().min(WITNESS_BYTES)];
        let mut rows = csv::ReaderBuilder::new();
        let rows = rows.has_headers(false).flexible(true);
        let mut rows = rows
            .delimiter(self.layout.dialect.delimiter)
            .from_reader(text);
        let (mut alike, mut seen) = (0, 0);
        for row in rows.byte_records().take(WITNESSES).flatten() {
            seen += 1;
            alike += usize::from(row.len() == self.layout.columns);
        }
        self.layout.columns > 1 && alike * 2 > seen
    }
}
