//! Records of a CSV file, as many as one worker takes at once.

use csv_core::{ReadRecordResult, Reader};
use std::ops::Range;

/// Some records of a CSV file.
///
/// [`Cutter::next_chunk`](super::Cutter::next_chunk) fills it and [`rows()`] reads it, on another thread if that is useful.
/// Fill the same chunk again and again: it keeps its memory.
#[derive(Default)]
pub struct Chunk {
    /// The values of all cells, one after the other; valid UTF-8. Those of the record that is being read end at `size`.
    values: Vec<u8>,
    size: usize,
    /// Where each cell ends in the values of its record. Those of the record that is being read end at `cells`.
    ends: Vec<usize>,
    cells: usize,
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
    }

    /// How many values and cells the records have that are finished.
    fn finished(&self) -> (usize, usize) {
        let last = self.records.last();
        last.map_or((0, 0), |last| (last.values.end, last.ends.end))
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
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.cells + 64, 0),
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

    /// The cells of the record that is being read: their values, and where each ends.
    pub(super) fn cells(&self) -> (&[u8], &[usize]) {
        let (size, cells) = self.finished();
        (&self.values[size..self.size], &self.ends[cells..self.cells])
    }

    /// Adds the record that has been read.
    pub(super) fn finish(&mut self, mut record: Record) {
        let (size, cells) = self.finished();
        (record.values, record.ends) = (size..self.size, cells..self.cells);
        self.records.push(record);
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
            _ => self.ends[column - 1],
        }
    }
}
