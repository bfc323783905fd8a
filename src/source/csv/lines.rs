//! A file as lines of text whose places in the file are known.

use crate::source::encoding::TextEncoding;
use encoding_rs::Decoder;
use memchr::memchr2;
use std::io::{self, Read, Seek, SeekFrom};

/// Reads a file line by line and decodes each line by itself: no encoding that we read has a line break inside a character. A
/// character that is cut off or an escape sequence that is never closed then affects its own line only.
pub(super) struct Lines<R> {
    input: R,
    encoding: TextEncoding,
    block: Vec<u8>,
    /// How much is read at once; even, so that UTF-16 is not torn.
    block_size: usize,
    /// How much of the block has been given.
    given: usize,
    /// `None` at the start of a line, where every encoding is in its initial state.
    decoder: Option<Decoder>,
    /// Whether the last line ended with `\r`, so that a line feed behind it ends no other one.
    after_return: bool,
    /// Where the next line starts, if the last one was given as a whole.
    pub next: LineStart,
    /// The offset of the last line's end, before its line break.
    pub end: u64,
    /// Whether bytes were met that the encoding does not define, now U+FFFD.
    pub malformed: bool,
}

/// Where a line starts, or line breaks before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineStart {
    /// The offset in bytes.
    pub raw: u64,
    /// The line, counted from 1.
    pub line: u64,
}

impl<R: Read + Seek> Lines<R> {
    pub fn new(
        input: R,
        encoding: TextEncoding,
        block_size: usize,
        start: LineStart,
    ) -> io::Result<Self> {
        let mut lines = Self {
            input,
            encoding,
            block: Vec::new(),
            block_size,
            given: 0,
            decoder: None,
            after_return: false,
            next: start,
            end: start.raw,
            malformed: false,
        };
        lines.seek(start)?;
        Ok(lines)
    }

    /// Goes on at another place.
    pub fn seek(&mut self, start: LineStart) -> io::Result<()> {
        self.input.seek(SeekFrom::Start(start.raw))?;
        self.block.clear();
        self.given = 0;
        self.decoder = None;
        self.after_return = false;
        self.next = start;
        Ok(())
    }

    /// Appends the next line to `text`, up to its first `\n` or `\r`; a part of it where it reaches into the next block.
    /// `false` at the end of the file, when there is no text any more.
    pub fn read(&mut self, text: &mut String) -> io::Result<bool> {
        let before = text.len();
        while text.len() == before {
            if self.given == self.block.len() && !self.fill()? {
                self.decode(0, true, text);
                self.end = self.next.raw;
                return Ok(text.len() > before);
            }
            let found = self.line_break();
            let rest = self.block.len() - self.given;
            let length = found.map_or(rest, |(length, _)| length);
            self.decode(length, found.is_some(), text);
            self.end = self.next.raw;
            if let Some((_, line_break)) = found {
                let is_second = line_break == '\n' && length == 0 && self.after_return;
                self.next.line += u64::from(!is_second);
                self.advance(self.encoding.unit());
                text.push(line_break);
            }
            self.after_return = found.is_some_and(|(_, line_break)| line_break == '\r');
        }
        Ok(true)
    }

    fn fill(&mut self) -> io::Result<bool> {
        self.block.clear();
        self.given = 0;
        // Without room, it is read in ever larger pieces.
        self.block.reserve(self.block_size);
        let mut input = self.input.by_ref().take(self.block_size as u64);
        Ok(input.read_to_end(&mut self.block)? > 0)
    }

    fn advance(&mut self, length: usize) {
        self.given += length;
        self.next.raw += length as u64;
    }

    /// How far the next line break is, and which it is.
    fn line_break(&self) -> Option<(usize, char)> {
        let rest = &self.block[self.given..];
        if self.encoding.unit() == 1 {
            return memchr2(b'\n', b'\r', rest).map(|at| (at, char::from(rest[at])));
        }
        let unit = match self.encoding == TextEncoding::UTF_16LE {
            true => u16::from_le_bytes,
            false => u16::from_be_bytes,
        };
        let mut pairs = rest.as_chunks().0.iter().enumerate();
        pairs.find_map(|(at, pair)| match unit(*pair) {
            0x0A => Some((2 * at, '\n')),
            0x0D => Some((2 * at, '\r')),
            _ => None,
        })
    }

    /// Decodes so many bytes, a part of a line; `ends` says that it is the last part.
    fn decode(&mut self, length: usize, ends: bool, text: &mut String) {
        let part = &self.block[self.given..self.given + length];
        if self.decoder.is_none() {
            let is_utf8 = self.encoding == TextEncoding::UTF_8 && ends;
            if let (true, Ok(valid)) = (is_utf8, simdutf8::basic::from_utf8(part)) {
                text.push_str(valid);
                return self.advance(length);
            }
            if length == 0 {
                return;
            }
        }
        let new = || self.encoding.inner().new_decoder_without_bom_handling();
        let decoder = self.decoder.get_or_insert_with(new);
        let room = decoder.max_utf8_buffer_length(length);
        text.reserve(room.expect("a block is far smaller than the address space"));
        let (_, _, malformed) = decoder.decode_to_string(part, text, ends);
        self.malformed |= malformed;
        if ends {
            self.decoder = None;
        }
        self.advance(length);
    }
}

/// How many lines end in a text.
pub(crate) fn line_breaks(text: &str) -> u64 {
    let pairs = text.matches("\r\n").count();
    (text.matches(['\n', '\r']).count() - pairs) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// The text, and of each line where it ends in the file and whether it is malformed.
    fn in_blocks(encoding: TextEncoding, raw: &[u8], size: usize) -> (String, Vec<(u64, bool)>) {
        let start = LineStart { raw: 0, line: 1 };
        let lines = Lines::new(Cursor::new(raw), encoding, size, start);
        let mut lines = lines.expect("a cursor can be read");
        let (mut text, mut ends) = (String::new(), Vec::new());
        loop {
            let more = lines.read(&mut text).expect("a cursor can be read");
            if text.ends_with(['\n', '\r']) || !more {
                ends.push((lines.end, std::mem::take(&mut lines.malformed)));
            }
            if !more {
                return (text, ends);
            }
        }
    }

    #[test]
    fn blocks_of_any_size_give_the_same_text_and_places() {
        for (encoding, size) in [
            (TextEncoding::CP949, 1),
            (TextEncoding::SHIFT_JIS, 1),
            (TextEncoding::ISO_2022_JP, 1),
            (TextEncoding::GB18030, 3),
            (TextEncoding::UTF_16LE, 2),
            (TextEncoding::UTF_16BE, 4),
            (TextEncoding::UTF_8, 1),
        ] {
            let text = "氏名,會社\r\n山田,東京\n林,\r";
            let (raw, complete) = encoding.encode(text);
            assert!(complete);
            let (decoded, lines) = in_blocks(encoding, &raw, size);
            assert_eq!(decoded, text, "{encoding}");
            assert_eq!(lines.last(), Some(&(raw.len() as u64, false)), "{encoding}");
            let whole = in_blocks(encoding, &raw, raw.len());
            assert_eq!((decoded, lines), whole, "{encoding}");
        }
    }

    #[test]
    fn a_broken_line_does_not_touch_the_next() {
        let (text, lines) = in_blocks(TextEncoding::ISO_2022_JP, b"\x1b$B;3ED\nabc\n", 5);
        assert_eq!(text, "山田\nabc\n");
        assert_eq!(lines[0].0, 7);
        for encoding in [TextEncoding::CP949, TextEncoding::UTF_8] {
            let (text, lines) = in_blocks(encoding, b"a\xB1\nb\n", 2);
            assert_eq!(text, "a\u{FFFD}\nb\n");
            assert_eq!(lines, [(2, true), (4, false), (5, false)]);
        }
    }
}
