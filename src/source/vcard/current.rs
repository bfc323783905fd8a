//! The property that the cutter is in: whether a line goes on with it, and what of it is left out.

use memchr::memchr2_iter;

use super::chunk::{Chunk, Gap};
use super::header::{Header, Transfer, looks_like_base64};
use super::input::Segment;

#[derive(Debug)]
pub(super) struct Current {
    pub line: u64,
    pub mode: Mode,
    /// Where its value starts in the chunk.
    pub value: usize,
    pub transfer: Transfer,
    pub agent: Agent,
    /// Whether the last line ended with an equals sign, so that the next one continues it if it is quoted-printable.
    pub soft_break: bool,
    pub after_blank: bool,
    pub skipped_bytes: u64,
    skipped_lines: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// The colon has not been read yet.
    Header,
    Held,
    Skipped,
    /// The rest of the card is left out.
    SkippedCard,
}

/// Whether the property is an AGENT whose value may be a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agent {
    No,
    Empty,
    Filled,
}

impl Current {
    pub fn new(line: u64, value: usize) -> Self {
        Self {
            line,
            mode: Mode::Held,
            value,
            transfer: Transfer::Plain,
            agent: Agent::No,
            soft_break: false,
            after_blank: false,
            skipped_bytes: 0,
            skipped_lines: 0,
        }
    }

    pub fn read_header(&mut self, header: &Header<'_>, value: &[u8]) {
        self.value += header.value_at;
        self.transfer = header.transfer(value);
        self.mode = Mode::Held;
        if header.is_binary(self.transfer, value) {
            self.transfer = Transfer::Base64;
            self.mode = Mode::Skipped;
        }
    }

    /// Whether a line goes on with this property.
    pub fn continues(&self, content: &[u8], indented: bool) -> bool {
        match (self.mode, self.transfer) {
            (Mode::SkippedCard, _) => true,
            _ if indented => true,
            (_, Transfer::QuotedPrintable) => self.soft_break,
            // Some writers don't indent base64. Behind an empty line, a single word would be something else.
            (Mode::Skipped, Transfer::Base64) => {
                looks_like_base64(content) && (!self.after_blank || content.len() >= 40)
            }
            _ => false,
        }
    }

    pub fn note_soft_break(&mut self, content: &[u8]) {
        if self.transfer == Transfer::QuotedPrintable && !content.is_empty() {
            self.soft_break = content.trim_ascii_end().ends_with(b"=");
        }
    }

    pub fn skip(&mut self, content: &[u8], segment: Segment<'_>) {
        self.skipped_bytes += content.len() as u64;
        self.skipped_lines += u64::from(!segment.line_end.is_empty());
        self.after_blank = false;
        self.note_soft_break(content);
    }

    /// Leaves out what is held of the value, and what follows of it.
    pub fn drop_value(&mut self, chunk: &mut Chunk) {
        self.mode = Mode::Skipped;
        self.skipped_bytes = (chunk.bytes.len() - self.value) as u64;
        self.skipped_lines = line_ends(&chunk.bytes[self.value..]);
        while let Some(gap) = chunk.gaps.pop_if(|gap| gap.at > self.value) {
            self.skipped_lines = self.skipped_lines.saturating_add_signed(gap.lines);
        }
        chunk.bytes.truncate(self.value);
    }

    /// Ends the property. What was left out of it becomes a gap at the end of its line.
    pub fn finish(&mut self, chunk: &mut Chunk) {
        if matches!(self.mode, Mode::Skipped | Mode::SkippedCard) {
            let lines = self.skipped_lines.saturating_sub(1).cast_signed();
            chunk.gaps.push(Gap {
                at: chunk.bytes.len(),
                bytes: self.skipped_bytes,
                lines,
            });
            chunk.bytes.push(b'\n');
            self.mode = Mode::Held;
        }
    }
}

/// How many lines end in `bytes`.
fn line_ends(bytes: &[u8]) -> u64 {
    let crlf = |&at: &usize| bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
    memchr2_iter(b'\r', b'\n', bytes)
        .filter(|at| !crlf(at))
        .count() as u64
}
