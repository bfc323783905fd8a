//! Stage A: cuts a stream into chunks of whole cards, and leaves photos out while it reads.

use std::io::{self, Read};
use std::ops::Range;

use super::finding::{Finding, FindingKind};
use super::header::{Marker, marker};
use super::input::{Input, Segment};
use super::open::{Open, Step};

/// Cuts a stream of vCards into [`Chunk`]s. Its memory does not grow with the file, nor with the photos in it.
#[derive(Debug)]
pub struct Cutter<R> {
    input: Input<R>,
    open: Option<Open>,
    outside: Option<Outside>,
}

/// Some whole cards as they stand in the file, without their photos. Handed to [`Cutter::next_chunk`] again, it keeps
/// its memory.
#[derive(Debug, Default)]
pub struct Chunk {
    /// The cards' lines, in UTF-8 where the file is in UTF-16, else in the bytes of the file.
    pub bytes: Vec<u8>,
    pub(super) pieces: Vec<Piece>,
    pub(super) gaps: Vec<Gap>,
    pub(super) findings: Vec<Finding>,
}

/// A card in a chunk.
#[derive(Debug)]
pub(super) struct Piece {
    /// What stands between the lines of BEGIN and END, in the bytes of the chunk.
    pub body: Range<usize>,
    /// The 1-based line of its BEGIN.
    pub line: u64,
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
    /// How many line ends are missing here.
    pub lines: u64,
}

/// Consecutive lines that belong to no card.
#[derive(Debug)]
struct Outside {
    line: u64,
    lines: u64,
    first: Vec<u8>,
}

/// How much text a chunk holds before it is handed out.
const TARGET: usize = 128 * 1024;

impl<R: Read> Cutter<R> {
    /// A cutter at the start of a file. It reads in large blocks: `reader` needs no buffer.
    pub fn new(reader: R) -> Self {
        Self {
            input: Input::new(reader),
            open: None,
            outside: None,
        }
    }

    /// Replaces what `chunk` holds by the next cards, about 256 KiB of them, or one if it is larger. Returns whether
    /// there was anything: cards, or findings about lines outside of them.
    ///
    /// # Errors
    /// Whatever the reader fails with. What was read since the last chunk is lost then.
    pub fn next_chunk(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        chunk.clear();
        loop {
            let Some(segment) = self.input.next()? else {
                if let Some(open) = self.open.take() {
                    open.end_of_file(self.input.at(), chunk);
                }
                self.end_outside(chunk);
                return Ok(!chunk.is_empty());
            };
            match &mut self.open {
                Some(open) => match open.step(segment, chunk) {
                    Step::Inside => continue,
                    Step::Closed => self.open = None,
                    Step::Next(next) => self.open = Some(*next),
                },
                None if segment.starts_line && marker(segment.content) == Some(Marker::Begin) => {
                    self.open = Some(Open::begin(segment, chunk.bytes.len()));
                    self.end_outside(chunk);
                    continue;
                }
                None => {
                    note_outside(&mut self.outside, segment);
                    continue;
                }
            }
            if chunk.weight() >= TARGET
                && self
                    .open
                    .as_mut()
                    .is_none_or(|open| open.restart(chunk.bytes.len()))
            {
                return Ok(true);
            }
        }
    }

    fn end_outside(&mut self, chunk: &mut Chunk) {
        if let Some(Outside { line, lines, first }) = self.outside.take() {
            let quote = String::from_utf8_lossy(&first);
            let text = if lines == 1 {
                quote.into_owned()
            } else {
                format!("{lines} lines: {quote}")
            };
            chunk
                .findings
                .push(Finding::new(line, FindingKind::OutsideCard, text));
        }
    }
}

impl Chunk {
    /// How many cards it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Whether it holds neither cards nor findings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty() && self.findings.is_empty()
    }

    /// What was found outside of cards, before or between those of this chunk.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// About how much memory it takes: empty cards and lines outside of cards have no text in it.
    fn weight(&self) -> usize {
        self.bytes.len()
            + size_of::<Piece>() * self.pieces.len()
            + size_of::<Gap>() * self.gaps.len()
            + 2 * size_of::<Finding>() * self.findings.len()
    }

    fn clear(&mut self) {
        self.bytes.clear();
        // One huge card must not keep its memory for the rest of the file.
        self.bytes.shrink_to(2 * TARGET);
        self.pieces.clear();
        self.gaps.clear();
        self.findings.clear();
    }
}

fn note_outside(outside: &mut Option<Outside>, segment: Segment<'_>) {
    const QUOTED: usize = 320;
    let blank = segment.content.trim_ascii().is_empty()
        || segment.at == 0 && segment.content == b"\xEF\xBB\xBF";
    match outside {
        Some(outside) if segment.starts_line => outside.lines += u64::from(!blank),
        None if !blank => {
            let first = segment.content[..segment.content.len().min(QUOTED)].to_vec();
            *outside = Some(Outside {
                line: segment.line,
                lines: 1,
                first,
            });
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
