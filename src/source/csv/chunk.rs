//! A piece of a CSV file that holds whole records.

use crate::source::encoding::TextEncoding;
use crate::source::encoding::transcode::{Mark, Transcoder};
use std::fmt;
use std::ops::Range;

/// Whole records of a CSV file, in UTF-8, with what is needed to say where each of them is in the file.
///
/// A chunk is filled by [`Cutter::next_chunk`](super::Cutter::next_chunk) and read by [`rows`](super::rows()), on another
/// thread if that is useful. Fill the same chunk again and again: it keeps its memory.
#[derive(Clone, Default)]
pub struct Chunk {
    pub(super) text: Vec<u8>,
    pub(super) marks: Vec<Mark>,
    pub(super) delimiter: u8,
    pub(super) raw: Range<u64>,
    pub(super) unit: usize,
    pub(super) first_line: u64,
    pub(super) first_record: u64,
    pub(super) records: u64,
    /// What is wrong with the last record.
    pub(super) flaw: Option<Flaw>,
    /// The bytes in the file of the chunk's only record, if it has no text here because it is too big to be held.
    pub(super) left_out: Option<Range<u64>>,
}

impl Chunk {
    /// The records' text; valid UTF-8 unless the file is called UTF-8 and isn't.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// The 1-based line of the file in which the chunk starts.
    pub fn first_line(&self) -> u64 {
        self.first_line
    }

    /// The number of the chunk's first record; the first one below the header is 1.
    pub fn first_record(&self) -> u64 {
        self.first_record
    }

    /// How many records the chunk holds.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// The bytes of the file that the chunk covers, with line breaks and blank lines.
    pub fn raw_span(&self) -> Range<u64> {
        self.raw.clone()
    }

    /// A chunk over text that is at hand: the head of a file.
    pub(super) fn of_text(text: Vec<u8>, delimiter: u8) -> Self {
        let raw = 0..text.len() as u64;
        Self {
            text,
            delimiter,
            raw,
            unit: 1,
            first_line: 1,
            first_record: 1,
            ..Self::default()
        }
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.marks.clear();
        self.flaw = None;
        self.left_out = None;
        self.records = 0;
    }

    /// The chunk's text and marks if its bytes are not the UTF-8 they are said to be: invalid bytes become U+FFFD.
    pub(super) fn mended(&self) -> (String, Vec<Mark>) {
        let (mut text, mut marks) = (Vec::with_capacity(self.text.len() + 64), Vec::new());
        let mut transcoder = Transcoder::new(TextEncoding::UTF_8, self.raw.start);
        transcoder.feed(&self.text, &mut text, &mut marks);
        transcoder.finish(&mut text, &mut marks);
        (
            String::from_utf8(text).expect("a decoder writes UTF-8"),
            marks,
        )
    }
}

/// Without the text, which is personal data.
impl fmt::Debug for Chunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunk")
            .field("raw", &self.raw)
            .field("first_line", &self.first_line)
            .field("first_record", &self.first_record)
            .field("records", &self.records)
            .field("flaw", &self.flaw)
            .finish_non_exhaustive()
    }
}

/// What is wrong with a record before anybody has looked at its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Bytes that the file's encoding doesn't have, in this line; they were read as U+FFFD.
    Malformed {
        /// The first such line of the record.
        line: u64,
    },
    /// A cell whose opening quote has no closing one, so that it would swallow the lines below it. The record is taken to
    /// end with the line; reading goes on in the next one.
    Unclosed {
        /// The line in which the cell opens.
        line: u64,
    },
    /// The file ends inside a quoted cell: it is cut off. The record's cells are given up to there.
    CutOff {
        /// The line in which the cell opens.
        line: u64,
    },
    /// A quoted cell that holds line breaks or delimiters, and text between its closing quote and the next delimiter: a quote
    /// too many or too few, which may have swallowed other cells or records.
    StrayQuote {
        /// The line in which the cell opens.
        line: u64,
    },
    /// A record that is bigger than [`Options::max_record`](super::Options::max_record). Its cells are not given; its bytes
    /// in the file are.
    Oversize,
}
