//! One pass over a file, in bounded memory, and the verdict.

use super::TextEncoding;
use super::choose::choose;
use super::double::suspected_double_encoding;
use super::sample::{LONGEST, Sample};
use super::verdict::{Detected, Detection, Reason, Ruined};
use memchr::{memchr_iter, memchr2, memmem, memrchr2};

/// Detects the encoding of a file that comes in pieces. It keeps at most 300 KiB of it.
#[derive(Default)]
pub struct Detector {
    /// The first bytes of the file.
    head: Vec<u8>,
    seen: u64,
    zeros: u64,
    /// How many bytes are above 0x7F.
    high: u64,
    escapes: u64,
    /// Whether a line is not valid.
    is_not_utf8: bool,
    line_breaks: u64,
    /// The beginning of the line that goes on in the next piece.
    partial: Vec<u8>,
    sample: Sample,
}

/// How much of the file's beginning is looked at for UTF-16.
const HEAD: usize = 16 * 1024;

/// So many bytes of valid UTF-8 beyond ASCII, and nothing else, leave no doubt.
const BEYOND_DOUBT: u64 = 16 * 1024;

/// How much is looked at before a piece's lines are.
const PIECE: usize = 64 * 1024;

impl Detector {
    /// Takes the next bytes. `true` says that no more are needed: the verdict is certain.
    pub fn feed(&mut self, bytes: &[u8]) -> bool {
        bytes.chunks(PIECE).for_each(|piece| self.piece(piece));
        self.byte_order_mark().is_some()
            || !self.is_not_utf8 && self.high >= BEYOND_DOUBT && self.zeros == 0
    }

    /// The verdict on what was fed.
    pub fn finish(mut self) -> Detection {
        let partial = std::mem::take(&mut self.partial);
        self.offer(&partial);
        if let Some((encoding, _)) = self.byte_order_mark() {
            let double_encoded = self.ruined(encoding);
            return found(encoding, Reason::ByteOrderMark, 1.0, double_encoded);
        }
        if let Some(encoding) = self.utf16() {
            return found(encoding, Reason::Zeros, 0.99, None);
        }
        if self.zeros * 1000 > self.seen {
            return Detection::Binary;
        }
        if self.high == 0 && self.escapes > 0 {
            let reason = Reason::Escapes(self.escapes);
            return found(TextEncoding::ISO_2022_JP, reason, 0.99, None);
        }
        if self.high == 0 {
            return found(TextEncoding::UTF_8, Reason::Ascii, 1.0, None);
        }
        if !self.is_not_utf8 && !self.is_scant() {
            let double_encoded = self.ruined(TextEncoding::UTF_8);
            return found(TextEncoding::UTF_8, Reason::Utf8, 1.0, double_encoded);
        }
        choose(&self.sample)
    }

    /// The byte order mark and its length.
    pub fn byte_order_mark(&self) -> Option<(TextEncoding, usize)> {
        match *self.head.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => Some((TextEncoding::UTF_8, 3)),
            [0xFF, 0xFE, ..] => Some((TextEncoding::UTF_16LE, 2)),
            [0xFE, 0xFF, ..] => Some((TextEncoding::UTF_16BE, 2)),
            _ => None,
        }
    }

    fn piece(&mut self, piece: &[u8]) {
        let room = HEAD - self.head.len();
        self.head.extend_from_slice(&piece[..piece.len().min(room)]);
        self.seen += piece.len() as u64;
        self.zeros += memchr_iter(0, piece).count() as u64;
        self.escapes += memmem::find_iter(piece, b"\x1b$").count() as u64;
        if piece.is_ascii() && self.partial.is_ascii() {
            self.line_breaks += line_breaks(piece);
            self.keep_last_line(piece);
        } else {
            self.high += piece.iter().filter(|byte| !byte.is_ascii()).count() as u64;
            self.lines(piece);
        }
    }

    /// Keeps the last line of an ASCII piece, which may go on beyond ASCII.
    fn keep_last_line(&mut self, piece: &[u8]) {
        match memrchr2(b'\n', b'\r', piece) {
            Some(last) => {
                self.partial.clear();
                self.keep(&piece[last + 1..]);
            }
            None => self.keep(piece),
        }
    }

    fn lines(&mut self, piece: &[u8]) {
        let mut rest = piece;
        let counts_cr = !piece.contains(&b'\n');
        while let Some(at) = memchr2(b'\n', b'\r', rest) {
            if self.partial.is_empty() {
                self.offer(&rest[..at]);
            } else {
                self.keep(&rest[..at]);
                let line = std::mem::take(&mut self.partial);
                self.offer(&line);
            }
            self.line_breaks += u64::from(rest[at] == b'\n' || counts_cr);
            rest = &rest[at + 1..];
        }
        self.keep(rest);
    }

    fn keep(&mut self, part: &[u8]) {
        let room = LONGEST.saturating_sub(self.partial.len());
        self.partial
            .extend_from_slice(&part[..part.len().min(room)]);
    }

    fn offer(&mut self, line: &[u8]) {
        if line.is_ascii() {
            return;
        }
        // A line that is kept in part may end inside a character.
        let may_be_cut = line.len() >= LONGEST;
        let is_utf8 = match std::str::from_utf8(line) {
            Ok(_) => true,
            Err(error) => may_be_cut && error.error_len().is_none(),
        };
        self.is_not_utf8 |= !is_utf8;
        self.sample.offer(self.line_breaks + 1, line);
    }

    /// Whether there is so little beyond ASCII, and all of it pairs of bytes, that it may be valid UTF-8 by chance.
    fn is_scant(&self) -> bool {
        let mut beyond = self.sample.lines().flat_map(|line| &line.bytes);
        self.high <= 16 && beyond.all(|byte| *byte < 0xE0)
    }

    /// UTF-16 without a byte order mark: zeros at every second place, from the ASCII characters that every CSV holds.
    fn utf16(&self) -> Option<TextEncoding> {
        let pairs = self.head.as_chunks::<2>().0;
        let zeros = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count();
        let (first, second) = (zeros(0), zeros(1));
        let clear = |many: usize, few: usize| many * 50 > pairs.len() && many > 20 * few;
        let encoding = match () {
            () if clear(second, first) => TextEncoding::UTF_16LE,
            () if clear(first, second) => TextEncoding::UTF_16BE,
            () => return None,
        };
        let (text, valid) = encoding.decode(pairs.as_flattened());
        let strange = text
            .chars()
            .filter(|c| c.is_control() && !c.is_ascii_whitespace())
            .count();
        (valid && strange == 0).then_some(encoding)
    }

    /// Looks for text that was ruined before, in most of the cells that could show it.
    fn ruined(&self, encoding: TextEncoding) -> Option<Ruined> {
        if encoding != TextEncoding::UTF_8 {
            return None;
        }
        let mut first = None;
        let (mut ruined, mut cells) = (0, 0);
        for line in self.sample.lines() {
            let text = String::from_utf8_lossy(&line.bytes);
            for cell in text
                .split([',', ';', '\t', '|', '"'])
                .filter(|cell| !cell.is_ascii())
            {
                cells += 1;
                if let Some(should_be) = suspected_double_encoding(cell.trim()) {
                    ruined += 1;
                    first.get_or_insert_with(|| Ruined {
                        line: line.number,
                        text: cell.trim().to_owned(),
                        should_be,
                    });
                }
            }
        }
        first.filter(|_| ruined * 3 > cells)
    }
}

/// How many lines end in a piece: those of a `\r` count only where there is no `\n`.
fn line_breaks(piece: &[u8]) -> u64 {
    let count = |line_break| memchr_iter(line_break, piece).count() as u64;
    match count(b'\n') {
        0 => count(b'\r'),
        breaks => breaks,
    }
}

fn found(
    encoding: TextEncoding,
    reason: Reason,
    confidence: f32,
    double_encoded: Option<Ruined>,
) -> Detection {
    Detection::Found(Detected {
        encoding,
        reason,
        confidence,
        double_encoded,
    })
}
