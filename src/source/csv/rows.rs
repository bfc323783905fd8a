//! Records split into cells, without copying them.

use super::chunk::{Chunk, Flaw};
use super::hits::Hits;
use super::quoted::Quoted;
use crate::source::encoding::transcode::Mark;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// Reads the records of a chunk, one after the other, `while let Some(row) = rows.next_row() { … }`, or
/// [several at once](Rows::next_rows).
///
/// Records and cells are those that the csv crate's reader gives with `flexible(true)`: blank lines are skipped, rows of
/// unequal length are given as they are. Whether the text is valid UTF-8 is looked at once for the whole chunk.
pub fn rows(chunk: &Chunk) -> Rows<'_> {
    let (text, marks) = match simdutf8::basic::from_utf8(&chunk.text) {
        Ok(text) => (Cow::Borrowed(text), Cow::Borrowed(chunk.marks.as_slice())),
        Err(_) => {
            let (text, marks) = chunk.mended();
            (Cow::Owned(text), Cow::Owned(marks))
        }
    };
    Rows {
        chunk,
        hits: Hits::new(chunk.delimiter, text.as_bytes(), 0),
        may_be_malformed: marks.iter().any(|mark| mark.malformed),
        text,
        marks,
        next_mark: 0,
        found: Vec::new(),
        cells: Vec::new(),
        scratch: String::new(),
        flaws: Vec::new(),
        at: 0,
        line: chunk.first_line,
        number: chunk.first_record,
        left_out: chunk.left_out.clone(),
    }
}

/// The records of a chunk; made by [`rows()`].
pub struct Rows<'c> {
    chunk: &'c Chunk,
    text: Cow<'c, str>,
    /// Known places, if the text is not byte for byte what the file holds.
    marks: Cow<'c, [Mark]>,
    may_be_malformed: bool,
    next_mark: usize,
    hits: Hits,
    /// The records that were read last, and their cells and flaws.
    found: Vec<Found>,
    cells: Vec<Cell>,
    /// Cells that are not in the text as they are, because they hold quotes.
    scratch: String,
    flaws: Vec<Flaw>,
    at: usize,
    line: u64,
    number: u64,
    left_out: Option<Range<u64>>,
}

/// A record among those that were read last.
struct Found {
    line: u64,
    number: u64,
    span: Range<u64>,
    cells: Range<usize>,
    flaws: Range<usize>,
}

/// One record. Its cells are borrowed until the next one is read.
#[derive(Clone)]
pub struct Row<'r> {
    /// The 1-based line of the file in which the record starts.
    pub line: u64,
    /// The record's number; the first one below the header is 1.
    pub number: u64,
    /// The record's bytes in the file, without the line break that ends it.
    pub span: Range<u64>,
    /// What is wrong with the record as such; mostly nothing.
    pub flaws: &'r [Flaw],
    cells: &'r [Cell],
    text: &'r str,
    scratch: &'r str,
}

impl<'r> Row<'r> {
    /// How many cells the record has.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether the record has no cells, which only one that is too big to be held has.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The cell of a column, counted from 0; `None` if the record is too short.
    #[inline]
    pub fn get(&self, column: usize) -> Option<&'r str> {
        self.cells.get(column).map(|cell| self.cell(*cell))
    }

    /// Whether there is nothing in the cell of a column, or no such cell.
    #[inline]
    pub fn is_blank(&self, column: usize) -> bool {
        self.cells
            .get(column)
            .is_none_or(|cell| cell.start & !SCRATCH == cell.end)
    }

    /// All cells, from the left.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &'r str> + use<'r> {
        let row = self.clone();
        self.cells.iter().map(move |cell| row.cell(*cell))
    }

    #[inline]
    fn cell(&self, cell: Cell) -> &'r str {
        let source = if cell.start & SCRATCH == 0 {
            self.text
        } else {
            self.scratch
        };
        &source[(cell.start & !SCRATCH) as usize..cell.end as usize]
    }
}

/// Without the cells, which are personal data.
impl fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("line", &self.line)
            .field("number", &self.number)
            .field("span", &self.span)
            .field("flaws", &self.flaws)
            .field("cells", &self.cells.len())
            .finish_non_exhaustive()
    }
}

/// Where a cell's value is: in the text, or in the scratch buffer if the flag is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) start: u32,
    pub(super) end: u32,
}

pub(super) const SCRATCH: u32 = 1 << 31;

impl Cell {
    #[inline]
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
        }
    }
}

impl Rows<'_> {
    /// The next record, or `None` behind the last one.
    pub fn next_row(&mut self) -> Option<Row<'_>> {
        self.next_rows(1).next()
    }

    /// The next records, at most `count`; none behind the last one.
    pub fn next_rows(&mut self, count: usize) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.found.clear();
        self.cells.clear();
        self.scratch.clear();
        self.flaws.clear();
        while self.found.len() < count && self.read_row().is_some() {}
        self.found.iter().map(|found| Row {
            line: found.line,
            number: found.number,
            span: found.span.clone(),
            flaws: &self.flaws[found.flaws.clone()],
            cells: &self.cells[found.cells.clone()],
            text: &self.text,
            scratch: &self.scratch,
        })
    }

    /// Reads a record, unless there are no more.
    fn read_row(&mut self) -> Option<()> {
        let (cells, flaws) = (self.cells.len(), self.flaws.len());
        let (line, span) = match self.left_out.take() {
            Some(span) => {
                self.flaws.extend(self.chunk.flaw);
                (self.line, span)
            }
            None => {
                let start = self.skip_blank_lines()?;
                let line = self.line;
                let end = self.read_cells(start);
                let span = self.span(start, end);
                self.find_flaws(line, end);
                (line, span)
            }
        };
        self.found.push(Found {
            line,
            number: self.number,
            span,
            cells: cells..self.cells.len(),
            flaws: flaws..self.flaws.len(),
        });
        self.number += 1;
        Some(())
    }

    /// The offset at which the next record starts.
    fn skip_blank_lines(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        loop {
            match *bytes.get(self.at)? {
                b'\n' => self.line += 1,
                b'\r' if bytes.get(self.at + 1) != Some(&b'\n') => self.line += 1,
                b'\r' => {}
                _ => return Some(self.at),
            }
            self.at += 1;
        }
    }

    /// Reads the cells of the record that starts at `start`; gives the offset of its line break, or of the text's end.
    fn read_cells(&mut self, start: usize) -> usize {
        let text: &str = &self.text;
        let bytes = text.as_bytes();
        let delimiter = self.chunk.delimiter;
        let mut hits = self.hits;
        hits.seek(bytes, start);
        let mut from = start;
        let end = loop {
            let Some(at) = hits.next(bytes) else {
                self.cells.push(Cell::new(from, bytes.len()));
                break bytes.len();
            };
            let byte = bytes[at];
            if byte == delimiter {
                self.cells.push(Cell::new(from, at));
                from = at + 1;
            } else if byte != b'"' {
                self.cells.push(Cell::new(from, at));
                break at;
            } else if at == from {
                let quoted;
                (quoted, hits) = Quoted::read(hits, bytes, delimiter, at);
                if quoted.may_swallow() {
                    self.flaws.push(Flaw::StrayQuote { line: self.line });
                }
                let unquote = || quoted.unquote(text, &mut self.scratch);
                self.cells.push(quoted.plain().unwrap_or_else(unquote));
                self.line += quoted.lines;
                from = quoted.end + 1;
                if bytes.get(quoted.end) != Some(&delimiter) {
                    break quoted.end;
                }
            }
        };
        self.hits = hits;
        self.end_line(end);
        end
    }

    /// Goes past the line break at `end`.
    fn end_line(&mut self, end: usize) {
        let rest = &self.text.as_bytes()[end..];
        let width = match rest {
            [] => 0,
            [b'\r', b'\n', ..] => 2,
            _ => 1,
        };
        self.at = end + width;
        self.line += u64::from(width > 0);
    }

    /// The bytes in the file of the text from a record's start to its end.
    fn span(&mut self, start: usize, end: usize) -> Range<u64> {
        if self.marks.is_empty() {
            return self.chunk.raw.start + start as u64..self.chunk.raw.start + end as u64;
        }
        let before = self
            .pass_marks(start)
            .map_or(self.chunk.raw.start, |mark| mark.raw);
        let after = self.marks[self.next_mark..]
            .iter()
            .find(|mark| mark.text >= end);
        let behind = |mark: &Mark| mark.raw - (mark.text - end) as u64 * self.chunk.unit as u64;
        before..after.map_or(self.chunk.raw.end, behind)
    }

    /// Moves on to the first mark behind `text`; gives the last one that isn't.
    fn pass_marks(&mut self, text: usize) -> Option<Mark> {
        while self
            .marks
            .get(self.next_mark)
            .is_some_and(|mark| mark.text <= text)
        {
            self.next_mark += 1;
        }
        self.next_mark.checked_sub(1).map(|last| self.marks[last])
    }

    fn find_flaws(&mut self, line: u64, end: usize) {
        if self.may_be_malformed {
            self.find_malformed(line, end);
        }
        if self.at >= self.text.len() {
            self.flaws.extend(self.chunk.flaw);
        }
    }

    fn find_malformed(&mut self, first_line: u64, end: usize) {
        let bytes = self.text.as_bytes();
        let mut line = first_line;
        for mark in &self.marks[self.next_mark..] {
            if mark.malformed {
                self.flaws.push(Flaw::Malformed { line });
                return;
            }
            if mark.text > end {
                return;
            }
            let half = bytes[mark.text - 1] == b'\r' && bytes.get(mark.text) == Some(&b'\n');
            line += u64::from(!half);
        }
    }
}
