//! One pass over a file, in bounded memory, and what its bytes say about its encoding.

use super::TextEncoding;
use super::double::suspected_double_encoding;
use super::model::choose;
use super::verdict::{Detected, Detection, KeptLine, Reason, Ruined};
use encoding_rs::Encoding;
use memchr::{memchr_iter, memchr2, memmem};

/// Detects the encoding of a file that comes in pieces. It keeps at most 150 KiB of it.
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
    /// How many lines have ended.
    ended: u64,
    /// Whether the last byte was `\r`, so that a line feed behind it ends no other line.
    after_return: bool,
    /// The beginning of the line that goes on in the next piece.
    partial: Vec<u8>,
    /// The first lines with bytes above 0x7F.
    lines: Vec<KeptLine>,
    /// How many bytes they have.
    kept: usize,
}

/// How much of the file's beginning is looked at for UTF-16.
const HEAD: usize = 16 * 1024;

/// How much of the lines with bytes above 0x7F is weighed.
const SAMPLE: usize = 128 * 1024;

const LONGEST: usize = 8 * 1024;

/// So many bytes of valid UTF-8 beyond ASCII, and nothing else, leave no doubt.
const BEYOND_DOUBT: u64 = 16 * 1024;

impl Detector {
    /// Takes the next bytes. `true` says that no more are needed: the verdict is certain.
    pub fn feed(&mut self, bytes: &[u8]) -> bool {
        let room = HEAD - self.head.len();
        self.head.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.seen += bytes.len() as u64;
        self.zeros += memchr_iter(0, bytes).count() as u64;
        self.escapes += memmem::find_iter(bytes, b"\x1b$").count() as u64;
        let (mut rest, is_ascii) = (bytes, bytes.is_ascii());
        while let Some(at) = memchr2(b'\n', b'\r', rest) {
            match self.partial.is_empty() {
                true if is_ascii => {}
                true => self.offer(&rest[..at]),
                false => self.end_partial(&rest[..at]),
            }
            let is_second = at == 0 && self.after_return && rest[at] == b'\n';
            self.ended += u64::from(!is_second);
            self.after_return = rest[at] == b'\r';
            rest = &rest[at + 1..];
        }
        self.after_return &= rest.is_empty();
        self.keep(rest);
        let is_sampled = self.is_not_utf8 && self.kept > SAMPLE - LONGEST;
        let is_utf8 = !self.is_not_utf8 && self.high >= BEYOND_DOUBT && self.zeros == 0;
        self.byte_order_mark().is_some() || is_sampled || is_utf8
    }

    /// The verdict on what was fed.
    pub fn finish(mut self) -> Detection {
        let partial = std::mem::take(&mut self.partial);
        self.offer(&partial);
        let (encoding, reason) = if let Some((encoding, _)) = self.byte_order_mark() {
            (encoding, Reason::ByteOrderMark)
        } else if let Some(encoding) = self.utf16() {
            (encoding, Reason::Zeros)
        } else if self.zeros * 1000 > self.seen {
            return Detection::Binary;
        } else if self.high == 0 && self.escapes > 0 {
            (TextEncoding::ISO_2022_JP, Reason::Escapes(self.escapes))
        } else if self.high == 0 {
            (TextEncoding::UTF_8, Reason::Ascii)
        } else if !self.is_not_utf8 && !self.is_scant() {
            (TextEncoding::UTF_8, Reason::Utf8)
        } else {
            return choose(&self.lines);
        };
        let is_utf8 = encoding == TextEncoding::UTF_8;
        Detection::Found(Detected {
            encoding,
            reason,
            double_encoded: is_utf8.then(|| self.ruined()).flatten(),
        })
    }

    /// The byte order mark and its length.
    pub fn byte_order_mark(&self) -> Option<(TextEncoding, usize)> {
        let found = Encoding::for_bom(&self.head);
        found.map(|(encoding, length)| (TextEncoding(encoding), length))
    }

    /// Keeps a part of a line, the end of which comes with another piece.
    fn keep(&mut self, part: &[u8]) {
        let room = LONGEST - self.partial.len();
        self.partial
            .extend_from_slice(&part[..part.len().min(room)]);
    }

    fn end_partial(&mut self, part: &[u8]) {
        self.keep(part);
        let line = std::mem::take(&mut self.partial);
        self.offer(&line);
    }

    fn offer(&mut self, line: &[u8]) {
        if line.is_ascii() {
            return;
        }
        let bytes = beginning(line);
        self.high += bytes.iter().filter(|byte| !byte.is_ascii()).count() as u64;
        // A line that is kept in part may end inside a character.
        let may_be_cut = line.len() >= LONGEST;
        let error = std::str::from_utf8(bytes).err();
        self.is_not_utf8 |= error.is_some_and(|error| !may_be_cut || error.error_len().is_some());
        if self.kept + bytes.len() <= SAMPLE {
            self.kept += bytes.len();
            self.lines.push(KeptLine {
                number: self.ended + 1,
                bytes: bytes.to_vec(),
            });
        }
    }

    /// Whether there is so little beyond ASCII, and all of it pairs of bytes, that it may be valid UTF-8 by chance.
    fn is_scant(&self) -> bool {
        let mut beyond = self.lines.iter().flat_map(|line| &line.bytes);
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
        let is_strange = |c: char| c.is_control() && !c.is_ascii_whitespace();
        (valid && !text.contains(is_strange)).then_some(encoding)
    }

    /// Looks for text that was ruined before, in most of the cells that could show it.
    fn ruined(&self) -> Option<Ruined> {
        let mut first = None;
        let (mut ruined, mut cells) = (0, 0);
        for line in &self.lines {
            let text = String::from_utf8_lossy(&line.bytes);
            let all = text.split([',', ';', '\t', '|', '"']).map(str::trim);
            for cell in all.filter(|cell| !cell.is_ascii()) {
                cells += 1;
                if let Some(should_be) = suspected_double_encoding(cell) {
                    ruined += 1;
                    first.get_or_insert_with(|| Ruined {
                        line: line.number,
                        text: cell.to_owned(),
                        should_be,
                    });
                }
            }
        }
        first.filter(|_| ruined * 3 > cells)
    }
}

/// What is kept of a line: all of it, or what does not end inside a character. A byte below 0x30 is no part of a longer
/// character in any of the encodings that are told apart by lines.
fn beginning(line: &[u8]) -> &[u8] {
    if line.len() < LONGEST {
        return line;
    }
    let line = &line[..LONGEST];
    let end = line.iter().rposition(|byte| *byte < 0x30);
    end.map_or(line, |end| &line[..=end])
}
