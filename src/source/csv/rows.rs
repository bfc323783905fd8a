//! Records split into cells, without copying them.

use super::chunk::{Chunk, Flaw};
use super::hits::Hits;
use crate::source::encoding::transcode::Mark;
use std::borrow::Cow;
use std::ops::Range;

/// Reads the records of a chunk, one after the other: `while let Some(row) = rows.next_row() { … }`.
///
/// Records and cells are those that the csv crate's reader gives with `flexible(true)`: blank lines are skipped, rows of
/// unequal length are given as they are. Whether the text is valid UTF-8 is looked at once for the whole chunk.
pub fn rows(chunk: &Chunk) -> Rows<'_> {
    let (text, marks) = match std::str::from_utf8(&chunk.text) {
        Ok(text) => (Cow::Borrowed(text), Cow::Borrowed(chunk.marks.as_slice())),
        Err(_) => {
            let (text, marks) = chunk.mended();
            (Cow::Owned(text), Cow::Owned(marks))
        }
    };
    Rows {
        chunk,
        hits: Hits::new(chunk.delimiter, text.as_bytes()),
        may_be_malformed: marks.iter().any(|mark| mark.malformed),
        text,
        marks,
        next_mark: 0,
        cells: Vec::new(),
        scratch: String::new(),
        flaws: Vec::new(),
        at: 0,
        line: chunk.first_line,
        number: chunk.first_record,
        left_out: chunk.left_out.clone(),
    }
}

/// The records of a chunk; made by [`rows`].
pub struct Rows<'c> {
    chunk: &'c Chunk,
    text: Cow<'c, str>,
    /// Known places, if the text is not byte for byte what the file holds.
    marks: Cow<'c, [Mark]>,
    may_be_malformed: bool,
    next_mark: usize,
    hits: Hits,
    cells: Vec<Cell>,
    /// Cells that are not in the text as they are, because they hold quotes.
    scratch: String,
    flaws: Vec<Flaw>,
    at: usize,
    line: u64,
    number: u64,
    left_out: Option<Range<u64>>,
}

/// One record. Its cells are borrowed until the next one is read.
#[derive(Clone, Debug)]
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

/// Where a cell's value is: in the text, or in the scratch buffer if the flag is set.
#[derive(Clone, Copy, Debug)]
struct Cell {
    start: u32,
    end: u32,
}

const SCRATCH: u32 = 1 << 31;

/// The cell that is being read.
struct Open {
    start: usize,
    quotes: u32,
    quoted: bool,
    /// Where its last closing quote is.
    closed: usize,
    line: u64,
}

impl Open {
    fn at(start: usize, line: u64) -> Self {
        Self {
            start,
            quotes: 0,
            quoted: false,
            closed: 0,
            line,
        }
    }

    fn quote(&mut self, at: usize) {
        if self.quoted {
            self.quoted = false;
            self.closed = at;
            self.quotes += 1;
        } else if at == self.start || self.quotes > 0 && at == self.closed + 1 {
            self.quoted = true;
            self.quotes += 1;
        }
    }
}

impl Rows<'_> {
    /// The next record, or `None` behind the last one.
    pub fn next_row(&mut self) -> Option<Row<'_>> {
        if let Some(span) = self.left_out.take() {
            return Some(self.row_without_text(span));
        }
        self.cells.clear();
        self.scratch.clear();
        self.flaws.clear();
        let start = self.skip_blank_lines()?;
        let line = self.line;
        let end = self.read_cells(start);
        let span = self.span(start, end);
        self.find_flaws(line, end);
        let number = self.number;
        self.number += 1;
        Some(Row {
            line,
            number,
            span,
            flaws: &self.flaws,
            cells: &self.cells,
            text: &self.text,
            scratch: &self.scratch,
        })
    }

    fn row_without_text(&mut self, span: Range<u64>) -> Row<'_> {
        self.flaws.extend(self.chunk.flaw);
        let number = self.number;
        self.number += 1;
        Row {
            line: self.line,
            number,
            span,
            flaws: &self.flaws,
            cells: &[],
            text: "",
            scratch: "",
        }
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
        self.hits.seek(bytes, start);
        let mut open = Open::at(start, self.line);
        loop {
            let Some(at) = self.hits.next(bytes) else {
                self.at = bytes.len();
                close(
                    &mut self.cells,
                    &mut self.scratch,
                    &mut self.flaws,
                    text,
                    &open,
                    self.at,
                );
                return self.at;
            };
            let byte = bytes[at];
            if byte == b'"' {
                open.quote(at);
            } else if byte == self.chunk.delimiter {
                if !open.quoted {
                    close(
                        &mut self.cells,
                        &mut self.scratch,
                        &mut self.flaws,
                        text,
                        &open,
                        at,
                    );
                    open = Open::at(at + 1, self.line);
                }
            } else if open.quoted {
                let half = byte == b'\r' && bytes.get(at + 1) == Some(&b'\n');
                self.line += u64::from(!half);
            } else {
                close(
                    &mut self.cells,
                    &mut self.scratch,
                    &mut self.flaws,
                    text,
                    &open,
                    at,
                );
                let width = 1 + usize::from(byte == b'\r' && bytes.get(at + 1) == Some(&b'\n'));
                self.at = at + width;
                self.line += 1;
                return at;
            }
        }
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

/// Ends a cell in front of `end`.
#[inline]
fn close(
    cells: &mut Vec<Cell>,
    scratch: &mut String,
    flaws: &mut Vec<Flaw>,
    text: &str,
    open: &Open,
    end: usize,
) {
    let cell = match open.quotes {
        0 => Cell {
            start: open.start as u32,
            end: end as u32,
        },
        2 if open.closed + 1 == end => Cell {
            start: open.start as u32 + 1,
            end: end as u32 - 1,
        },
        _ => unquote(scratch, flaws, text, open, end),
    };
    cells.push(cell);
}

/// A quoted cell that holds quotes, goes on behind its closing quote, or is never closed.
fn unquote(
    scratch: &mut String,
    flaws: &mut Vec<Flaw>,
    text: &str,
    open: &Open,
    end: usize,
) -> Cell {
    let start = scratch.len();
    let (quoted, behind) = match open.quoted {
        true => (&text[open.start + 1..end], ""),
        false => (
            &text[open.start + 1..open.closed],
            &text[open.closed + 1..end],
        ),
    };
    let mut rest = quoted;
    while let Some(at) = rest.find("\"\"") {
        scratch.push_str(&rest[..=at]);
        rest = &rest[at + 2..];
    }
    scratch.push_str(rest);
    scratch.push_str(behind);
    if !behind.is_empty() && quoted.contains(['\n', '\r']) {
        flaws.push(Flaw::StrayQuote { line: open.line });
    }
    Cell {
        start: start as u32 | SCRATCH,
        end: scratch.len() as u32,
    }
}
