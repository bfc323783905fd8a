//! Records of a CSV file, as many as one worker takes at once.

use crate::printable::is_invisible;
use csv_core::{ReadRecordResult, Reader};
use std::ops::Range;

/// Some records of a CSV file.
///
/// [`Cutter::next_chunk`](super::Cutter::next_chunk) fills it and [`rows()`] reads it, on another thread if that is useful.
/// Fill the same chunk again and again: it keeps its memory.
#[derive(Default)]
pub struct Chunk {
    /// The values of all cells, one after the other; valid UTF-8. Those of the record that is being read end at `size`. Between
    /// those of a line without quotes stand its delimiters.
    values: Vec<u8>,
    size: usize,
    /// Where each cell ends in the values of its record. Those of the record that is being read end at `cells`.
    ends: Vec<usize>,
    cells: usize,
    /// The delimiters' width in the values of the record that is being read.
    gap: usize,
    records: Vec<Record>,
    pub(super) raw: Range<u64>,
}

#[derive(Default)]
pub(super) struct Record {
    pub line: u64,
    pub number: u64,
    pub span: Range<u64>,
    pub flaws: Vec<Flaw>,
    pub values: Range<usize>,
    pub ends: Range<usize>,
    pub gap: usize,
}

/// What is wrong with a record, whatever its cells mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Bytes that the encoding does not define, now U+FFFD.
    Malformed {
        /// The first line that has such bytes.
        line: u64,
    },
    /// A quoted cell that is never closed, and rows below it that look like records. The record ends with the line, and
    /// reading goes on in the next one.
    Unclosed {
        /// The line in which the cell opens.
        line: u64,
    },
    /// The file ends inside a quoted cell. The cells are given up to there.
    CutOff {
        /// The line in which the cell opens.
        line: u64,
    },
    /// A quoted cell with text behind its closing quote that has swallowed a line break, a delimiter or a quote.
    StrayQuote {
        /// The line in which the cell opens.
        line: u64,
    },
    /// More cells than the header has, and one of the surplus ones is not blank: values may stand in wrong columns.
    Surplus,
    /// The record is larger than [`Options::max_record`](super::Options::max_record). It has no cells here.
    Oversize,
}

impl Chunk {
    pub fn records(&self) -> u64 {
        self.records.len() as u64
    }

    /// The bytes of the file that were read for this chunk, with line breaks and blank lines.
    pub fn raw_span(&self) -> Range<u64> {
        self.raw.clone()
    }

    pub(super) fn clear(&mut self) {
        self.records.clear();
        self.begin();
    }

    /// Forgets what has been read of a record that is not finished.
    pub(super) fn begin(&mut self) {
        (self.size, self.cells) = self.finished();
        self.gap = 0;
    }

    /// How many values and cells the records have that are finished.
    fn finished(&self) -> (usize, usize) {
        let last = self.records.last();
        last.map_or((0, 0), |last| (last.values.end, last.ends.end))
    }

    /// Reads a line without quotes, which is a record. Most records are one, and csv-core takes ten times as long, since it
    /// looks at every byte by itself.
    pub(super) fn read_unquoted(&mut self, line: &[u8], delimiter: u8) {
        self.gap = 1;
        let end = self.size + line.len();
        if self.values.len() < end {
            self.values.resize(2 * end, 0);
        }
        self.values[self.size..end].copy_from_slice(line);
        self.size = end;
        self.ends.truncate(self.cells);
        each_place(line, delimiter, |at| self.ends.push(at));
        self.ends.push(line.len());
        self.cells = self.ends.len();
    }

    /// Reads on in a record; no text is the end of the file. Returns whether the record has ended.
    pub(super) fn read(&mut self, reader: &mut Reader, mut text: &[u8]) -> bool {
        loop {
            let (values, ends) = (&mut self.values[self.size..], &mut self.ends[self.cells..]);
            let (result, read, written, ended) = reader.read_record(text, values, ends);
            text = &text[read..];
            self.size += written;
            self.cells += ended;
            match result {
                ReadRecordResult::OutputFull => self.values.resize(2 * self.size + 1024, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.cells + 64, 0),
                ReadRecordResult::InputEmpty => return false,
                ReadRecordResult::Record | ReadRecordResult::End => return true,
            }
        }
    }

    /// Ends the record with the file. Returns whether the file ends inside a quoted cell.
    pub(super) fn end_of_file(&mut self, reader: &mut Reader) -> bool {
        // csv-core does not tell its state. Inside a quoted cell, a line feed becomes a part of the value.
        if self.read(reader, b"\n") {
            return false;
        }
        self.read(reader, b"");
        self.size -= 1;
        self.ends[self.cells - 1] -= 1;
        true
    }

    /// How many cells there are of the record that is being read.
    pub(super) fn cells(&self) -> usize {
        self.cells - self.finished().1
    }

    /// Whether there is nothing to be seen in the cells from this one on of the record that is being read.
    pub(super) fn is_blank_from(&self, cell: usize, delimiter: u8) -> bool {
        let (size, cells) = self.finished();
        let start = match cell {
            0 => 0,
            _ => self.ends[cells + cell - 1],
        };
        let values = &self.values[size + start..self.size];
        let is_between = |byte: u8| self.gap > 0 && byte == delimiter;
        // What can't be seen begins with none of the other bytes, and most rows with one of them.
        let may_be_blank = |byte: &u8| {
            *byte <= b' ' || matches!(byte, 0xc2 | 0xe1..=0xe3 | 0xef) || is_between(*byte)
        };
        let is_blank = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || is_invisible(c)
                || u8::try_from(c).is_ok_and(is_between)
        };
        values.first().is_none_or(may_be_blank)
            && std::str::from_utf8(values).is_ok_and(|text| text.chars().all(is_blank))
    }

    /// Whether the record that is being read is a line across a table: `-----+-----`, `|:---|---:|`.
    pub(super) fn is_ruled(&self, delimiter: u8) -> bool {
        let values = &self.values[self.finished().0..self.size];
        let is_of_line = |byte: &u8| b"-=+: ".contains(byte) || *byte == delimiter;
        let draws = |line: &[u8]| matches!(line, b"---" | b"===");
        values.iter().all(is_of_line) && values.windows(3).any(draws)
    }

    /// Adds the record that has been read.
    pub(super) fn finish(&mut self, mut record: Record) {
        let (size, cells) = self.finished();
        (record.values, record.ends) = (size..self.size, cells..self.cells);
        record.gap = std::mem::take(&mut self.gap);
        self.records.push(record);
    }
}

/// Where a byte stands in a text. It looks at eight bytes at once: cells are so short that a search for the end of each would
/// take longer.
fn each_place(text: &[u8], byte: u8, mut each: impl FnMut(usize)) {
    const LOW_BITS: u64 = u64::from_ne_bytes([0x7f; 8]);
    let wanted = u64::from_ne_bytes([byte; 8]);
    let (words, rest) = text.as_chunks();
    let length = text.len() - rest.len();
    for (at, word) in (0..length).step_by(8).zip(words) {
        let differs = u64::from_le_bytes(*word) ^ wanted;
        // The high bit of each byte that does not differ.
        let mut found = !(((differs & LOW_BITS) + LOW_BITS) | differs | LOW_BITS);
        while found != 0 {
            each(at + found.trailing_zeros() as usize / 8);
            found &= found - 1;
        }
    }
    for (at, one) in (length..).zip(rest) {
        if *one == byte {
            each(at);
        }
    }
}

pub fn rows(chunk: &Chunk) -> impl ExactSizeIterator<Item = Row<'_>> {
    let values =
        simdutf8::basic::from_utf8(&chunk.values[..chunk.size]).expect("a decoder writes UTF-8");
    chunk.records.iter().map(move |record| Row {
        line: record.line,
        number: record.number,
        span: record.span.clone(),
        flaws: &record.flaws,
        values: &values[record.values.clone()],
        ends: &chunk.ends[record.ends.clone()],
        gap: record.gap,
    })
}

#[derive(Clone)]
pub struct Row<'c> {
    /// The 1-based line of the file in which the record starts.
    pub line: u64,
    /// The record's number; the first one below the header is 1.
    pub number: u64,
    /// The record's bytes in the file, without the line break that ends it.
    pub span: Range<u64>,
    /// What is wrong with the record as such.
    pub flaws: &'c [Flaw],
    values: &'c str,
    ends: &'c [usize],
    /// How much stands between two values.
    gap: usize,
}

impl<'c> Row<'c> {
    /// A row without a place; `ends` says where each cell ends in `values`.
    #[cfg(test)]
    pub fn without_place(values: &'c str, ends: &'c [usize]) -> Self {
        Row {
            line: 1,
            number: 1,
            span: 0..0,
            flaws: &[],
            values,
            ends,
            gap: 0,
        }
    }

    /// The text of all cells, and where each ends if no delimiters stand between them.
    pub fn text(&self) -> (&'c str, &'c [usize]) {
        match self.gap {
            0 => (self.values, self.ends),
            _ => (self.values, &[]),
        }
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the record has no cells, as one that is too large.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell of a column, counted from 0; empty if the record is too short.
    #[inline]
    pub fn cell(&self, column: usize) -> &'c str {
        let end = self.ends.get(column);
        end.map_or("", |end| &self.values[self.start_of(column)..*end])
    }

    /// Whether the cells from one column to another, both included, are empty or missing.
    pub fn is_blank_between(&self, first: usize, last: usize) -> bool {
        let last = last.min(self.len().saturating_sub(1));
        self.ends.get(last).is_none_or(|end| {
            first > last || *end == self.start_of(first) + (last - first) * self.gap
        })
    }

    /// Whether the cell of a column is empty or missing.
    #[inline]
    pub fn is_blank(&self, column: usize) -> bool {
        let end = self.ends.get(column);
        end.is_none_or(|end| *end == self.start_of(column))
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &'c str> + DoubleEndedIterator + use<'c> {
        let row = self.clone();
        (0..row.len()).map(move |column| row.cell(column))
    }

    #[inline]
    fn start_of(&self, column: usize) -> usize {
        match column {
            0 => 0,
            _ => self.ends[column - 1] + self.gap,
        }
    }
}
