//! One pass over a file, in bounded memory, and the verdict.

use super::TextEncoding;
use super::contest::contest;
use super::double::suspected_double_encoding;
use super::sample::{LONGEST, Sample};
use super::verdict::{Detection, Found, Reason, Ruined};
use memchr::{memchr_iter, memchr2, memmem, memrchr2};

/// The encoding of a whole file that is in memory.
pub fn detect(file: &[u8]) -> Detection {
    let mut detector = Detector::new(&[]);
    detector.feed(file);
    detector.finish()
}

/// Detects the encoding of a file that comes in pieces. It keeps at most 300 KiB of it, and is about as fast as memory on
/// plain ASCII.
pub struct Detector<'w> {
    header_words: &'w [&'w str],
    /// The first bytes of the file.
    head: Vec<u8>,
    seen: u64,
    zeros: u64,
    high: u64,
    escapes: u64,
    utf8: Utf8,
    line: u64,
    /// The beginning of the line that goes on in the next piece.
    partial: Vec<u8>,
    sample: Sample,
}

/// Whether all bytes so far are UTF-8.
struct Utf8 {
    valid: bool,
    /// A character that goes on in the next piece.
    tail: Vec<u8>,
}

/// How much of the file's beginning is looked at for UTF-16.
const HEAD: usize = 16 * 1024;

/// So many bytes of valid UTF-8 beyond ASCII, and nothing else, leave no doubt.
const BEYOND_DOUBT: u64 = 16 * 1024;

/// How much is looked at before a piece's lines are.
const PIECE: usize = 64 * 1024;

impl<'w> Detector<'w> {
    /// A detector that takes these words in a header as proof, besides those that it knows itself.
    pub fn new(header_words: &'w [&'w str]) -> Self {
        Self {
            header_words,
            head: Vec::new(),
            seen: 0,
            zeros: 0,
            high: 0,
            escapes: 0,
            utf8: Utf8 {
                valid: true,
                tail: Vec::new(),
            },
            line: 1,
            partial: Vec::new(),
            sample: Sample::default(),
        }
    }

    /// Takes the next bytes. `true` says that no more are needed: the verdict is certain.
    pub fn feed(&mut self, bytes: &[u8]) -> bool {
        bytes.chunks(PIECE).for_each(|piece| self.piece(piece));
        self.byte_order_mark().is_some()
            || self.utf8.valid && self.high >= BEYOND_DOUBT && self.zeros == 0
    }

    /// The verdict on what was fed.
    pub fn finish(mut self) -> Detection {
        let partial = std::mem::take(&mut self.partial);
        self.offer(&partial);
        if let Some((encoding, _)) = self.byte_order_mark() {
            let double_encoded = self.ruined(encoding);
            return found(encoding, Reason::ByteOrderMark, 1.0, double_encoded, true);
        }
        if let Some(encoding) = self.utf16() {
            return found(encoding, Reason::Zeros, 0.99, None, false);
        }
        if self.zeros * 1000 > self.seen {
            return Detection::Binary;
        }
        if self.high == 0 && self.escapes > 0 {
            let reason = Reason::Escapes(self.escapes);
            return found(TextEncoding::ISO_2022_JP, reason, 0.99, None, false);
        }
        if self.high == 0 {
            return found(TextEncoding::UTF_8, Reason::Ascii, 1.0, None, false);
        }
        if self.utf8.valid && self.utf8.tail.is_empty() && !self.is_scant() {
            let double_encoded = self.ruined(TextEncoding::UTF_8);
            return found(
                TextEncoding::UTF_8,
                Reason::Utf8,
                1.0,
                double_encoded,
                false,
            );
        }
        contest(&self.sample, self.header_words)
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
        let census = census(piece);
        self.zeros += census.zeros;
        self.high += census.high;
        if census.escape {
            self.escapes += memmem::find_iter(piece, b"\x1b$").count() as u64;
        }
        if self.utf8.valid && (census.high > 0 || !self.utf8.tail.is_empty()) {
            self.utf8.check(piece);
        }
        let wanted = !self.utf8.valid || !self.sample.head_is_full();
        match wanted && (census.high > 0 || !self.partial.is_ascii()) {
            true => self.lines(piece),
            false => self.pass(piece),
        }
    }

    /// Goes past a piece without looking at its lines; the last one may become of interest.
    fn pass(&mut self, piece: &[u8]) {
        self.line += line_breaks(piece);
        if let Some(last) = memrchr2(b'\n', b'\r', piece) {
            self.partial.clear();
            self.keep(&piece[last + 1..]);
        } else {
            self.keep(piece);
        }
    }

    fn lines(&mut self, piece: &[u8]) {
        let mut rest = piece;
        let counts_cr = line_breaks(piece) > 0 && !piece.contains(&b'\n');
        while let Some(at) = memchr2(b'\n', b'\r', rest) {
            if self.partial.is_empty() {
                self.offer(&rest[..at]);
            } else {
                self.keep(&rest[..at]);
                let line = std::mem::take(&mut self.partial);
                self.offer(&line);
            }
            self.line += u64::from(rest[at] == b'\n' || counts_cr);
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
        if !line.is_ascii() {
            self.sample.offer(self.line, line);
        }
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

impl Utf8 {
    fn check(&mut self, piece: &[u8]) {
        let mut rest = piece;
        while !self.tail.is_empty() {
            let Some((&byte, behind)) = rest.split_first() else {
                return;
            };
            self.tail.push(byte);
            rest = behind;
            match std::str::from_utf8(&self.tail) {
                Ok(_) => self.tail.clear(),
                Err(error) if error.error_len().is_none() => {}
                Err(_) => {
                    self.valid = false;
                    return;
                }
            }
        }
        if let Err(error) = std::str::from_utf8(rest) {
            self.valid = error.error_len().is_none();
            self.tail.extend_from_slice(&rest[error.valid_up_to()..]);
        }
    }
}

/// What kinds of bytes a piece has.
struct Census {
    zeros: u64,
    high: u64,
    escape: bool,
}

/// Counts in blocks, so that the compiler can use vector instructions.
fn census(piece: &[u8]) -> Census {
    let mut all = Census {
        zeros: 0,
        high: 0,
        escape: false,
    };
    for block in piece.chunks(128) {
        let (mut zeros, mut high, mut escapes) = (0_u8, 0_u8, 0_u8);
        for &byte in block {
            zeros += u8::from(byte == 0);
            high += byte >> 7;
            escapes += u8::from(byte == 0x1B);
        }
        all.zeros += u64::from(zeros);
        all.high += u64::from(high);
        all.escape |= escapes > 0;
    }
    all
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
    byte_order_mark: bool,
) -> Detection {
    Detection::Found(Found {
        encoding,
        byte_order_mark,
        reason,
        confidence,
        runner_up: None,
        double_encoded,
    })
}
