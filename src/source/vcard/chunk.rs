//! What the cutter hands out: whole cards in the bytes of the file, with what stands outside of them.

use std::ops::Range;

use memchr::memchr2;

use super::finding::Finding;

/// Some whole cards as they stand in the file. Handed to [`Cutter::next_chunk`](super::Cutter::next_chunk) again, it keeps
/// its memory.
#[derive(Debug, Default)]
pub struct Chunk {
    /// The cards' lines, in UTF-8 where the file is in UTF-16, else in the bytes of the file.
    pub bytes: Vec<u8>,
    pub(super) pieces: Vec<Piece>,
    pub(super) gaps: Vec<Gap>,
    /// Lines before or between the cards of this chunk that belong to none.
    pub outside: Vec<Outside>,
}

#[derive(Debug)]
pub(super) struct Piece {
    /// What stands between BEGIN and END, in the bytes of the chunk.
    pub body: Range<usize>,
    /// The 1-based line of its BEGIN.
    pub line: u64,
    /// The line of the first byte of `body`: that of BEGIN where more stands on it, else the next one.
    pub body_line: u64,
    /// Its bytes in the file, with the lines of BEGIN and END.
    pub span: Range<u64>,
    /// The blanks that all of its lines begin with.
    pub indent: usize,
    pub findings: Vec<Finding>,
}

/// A place in the bytes of a chunk where a part of a huge value was left out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap {
    pub at: usize,
    /// The text that is missing here, without its line ends, in bytes.
    pub bytes: u64,
    pub lines: u64,
    /// Its bytes in the file.
    pub in_file: u64,
}

/// Consecutive lines that belong to no card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outside {
    /// The 1-based line of the first.
    pub line: u64,
    pub lines: u64,
    /// What they are, if they say so: `VCALENDAR`.
    pub component: Option<String>,
    /// The beginning of them, with ` | ` between lines and without control characters.
    pub text: String,
}

impl Chunk {
    #[must_use]
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Whether it holds neither cards nor lines outside of them.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty() && self.outside.is_empty()
    }
}

/// Goes through the lines of a chunk. Lines end with LF, CR or CRLF, also mixed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ChunkLines<'a> {
    pub bytes: &'a [u8],
    pub gaps: &'a [Gap],
    /// Where the next line starts.
    pub next: Position,
    /// Whether the file is in UTF-16.
    pub wide: bool,
    /// Whether the last line without a line end is whole.
    pub ended: bool,
}

/// A place in a chunk and in its file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Position {
    pub start: usize,
    /// The 1-based line.
    pub number: u64,
    pub in_file: u64,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// The text without its line end.
    pub content: &'a [u8],
    pub place: Position,
    /// Where the next line starts.
    pub next: usize,
    /// How many bytes were left out behind it.
    pub left_out: u64,
    /// It and the lines that were left out behind it.
    pub lines: u64,
}

impl Line<'_> {
    pub fn is_blank(&self) -> bool {
        self.content.trim_ascii().is_empty()
    }
}

impl<'a> ChunkLines<'a> {
    /// The parts of a line before and behind a place in its content. The line end goes with the last one.
    pub fn split(&self, line: Line<'a>, at: usize) -> (Line<'a>, Option<Line<'a>>) {
        let (content, rest) = line.content.split_at(at);
        if rest.is_empty() {
            return (line, None);
        }
        let mut behind = Line {
            content: rest,
            ..line
        };
        behind.place.start += at;
        behind.place.in_file += length_in_file(content, self.wide);
        let next = behind.place.start;
        let before = Line {
            content,
            next,
            ..line
        };
        (before, Some(behind))
    }
}

impl<'a> Iterator for ChunkLines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let place = self.next;
        let rest = &self.bytes[place.start..];
        let (length, end) = match memchr2(b'\n', b'\r', rest) {
            // Whether this is CR or CRLF is only known with the next byte.
            Some(at) if rest[at..] == *b"\r" && !self.ended => return None,
            Some(at) => (at, at + 1 + usize::from(rest[at..].starts_with(b"\r\n"))),
            None if self.ended && !rest.is_empty() => (rest.len(), rest.len()),
            None => return None,
        };
        let mut line = Line {
            content: &rest[..length],
            place,
            next: place.start + end,
            left_out: 0,
            lines: 1,
        };
        self.next.in_file += length_in_file(&rest[..end], self.wide);
        while let Some((gap, gaps)) = self.gaps.split_first()
            && gap.at <= line.next
        {
            line.lines += gap.lines;
            line.left_out += gap.bytes;
            self.next.in_file += gap.in_file;
            self.gaps = gaps;
        }
        self.next.start = line.next;
        self.next.number += line.lines;
        Some(line)
    }
}

/// How many bytes a piece of text has in the file. In UTF-16, a character counts where its UTF-8 starts.
pub(super) fn length_in_file(bytes: &[u8], wide: bool) -> u64 {
    if !wide {
        return bytes.len() as u64;
    }
    let units = |&byte: &u8| u64::from(byte & 0xC0 != 0x80) + u64::from(byte >= 0xF0);
    2 * bytes.iter().map(units).sum::<u64>()
}
