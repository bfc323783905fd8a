//! What the cutter hands out: whole cards in the bytes of the file, with what stands outside of them.

use std::ops::Range;

use super::finding::{Finding, FindingKind};
use super::input::Segment;

/// Some whole cards as they stand in the file, without their photos. Handed to [`Cutter::next_chunk`](super::Cutter::next_chunk) again, it keeps
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
    /// What stands between the lines of BEGIN and END, in the bytes of the chunk.
    pub body: Range<usize>,
    /// The 1-based line of its BEGIN.
    pub line: u64,
    /// The line of the first byte of `body`: that of BEGIN where more stands on it, else the next one.
    pub body_line: u64,
    /// Its bytes in the file, with both these lines.
    pub span: Range<u64>,
    pub findings: Vec<Finding>,
}

/// A place in the bytes of a chunk where something of the file was left out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap {
    pub at: usize,
    /// How many bytes of the file are missing here. None are where only a folded header was joined.
    pub bytes: u64,
    /// How many line ends are missing here; below zero where one was put in.
    pub lines: i64,
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

/// How much text a chunk holds before it is handed out.
pub(super) const TARGET: usize = 128 * 1024;

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

    /// Adds a card that begins and ends on one line.
    pub(super) fn one_line(&mut self, segment: Segment<'_>) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(segment.content);
        self.pieces.push(Piece {
            body: start..self.bytes.len(),
            line: segment.line,
            body_line: segment.line,
            span: segment.at..segment.end,
            findings: vec![Finding::of_bytes(
                segment.line,
                FindingKind::OneLine,
                segment.content,
            )],
        });
        self.bytes.push(b'\n');
    }

    /// About how much memory it takes: empty cards and lines outside of cards have no text in it.
    pub(super) fn weight(&self) -> usize {
        self.bytes.len()
            + size_of::<Piece>() * self.pieces.len()
            + size_of::<Gap>() * self.gaps.len()
            + self
                .outside
                .iter()
                .map(|one| size_of::<Outside>() + one.text.len())
                .sum::<usize>()
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        // One huge card must not keep its memory for the rest of the file.
        self.bytes.shrink_to(2 * TARGET);
        self.pieces.clear();
        self.gaps.clear();
        self.outside.clear();
    }
}
