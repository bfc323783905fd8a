//! The lines of a stream, in bounded memory, with their place in the file; UTF-16 becomes UTF-8 on the way.

use std::io::{self, ErrorKind, Read};

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE};
use memchr::memchr2;

/// How much is read at once, and the longest piece of a line that is looked at as a whole.
const BLOCK: usize = 256 * 1024;

/// Reads a stream line by line. Lines end with LF, CR or CRLF, also mixed.
pub(super) struct Input<R> {
    reader: R,
    /// What is read ahead, in UTF-8 or in whatever 8-bit encoding the file has.
    buffer: Vec<u8>,
    /// Where the next segment starts in `buffer`.
    start: usize,
    /// Up to where `buffer` is known to hold no line end.
    searched: usize,
    /// Of a file in UTF-16.
    decoder: Option<Decoder>,
    /// Bytes of the file that have been read.
    read: u64,
    /// Where `buffer[start]` stands in the file.
    at: u64,
    line: u64,
    inside_line: bool,
    begun: bool,
    ended: bool,
}

/// A line, or a piece of one that is longer than a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment<'a> {
    /// The text without its line end.
    pub content: &'a [u8],
    /// The line end: empty in the middle of a line, and at the end of a file whose last line has none.
    pub line_end: &'a [u8],
    /// Whether a line starts here, and not only the rest of one.
    pub starts_line: bool,
    /// The 1-based line in the file.
    pub line: u64,
    /// Where it starts in the file, in bytes.
    pub at: u64,
    /// Where it ends in the file, with its line end.
    pub end: u64,
    /// Whether the file is in UTF-16, so that its places count other bytes than `content` has.
    wide: bool,
}

impl<'a> Segment<'a> {
    /// The two parts of the line before and behind a place in its content; the line end goes with the last of them that
    /// is not empty.
    pub fn split_at(self, at: usize) -> (Self, Self) {
        if at == self.content.len() {
            let nothing = Segment {
                content: &[],
                line_end: &[],
                at: self.end,
                ..self
            };
            return (self, nothing);
        }
        let (content, rest) = self.content.split_at(at);
        let middle = self.at + length_in_file(content, self.wide);
        let before = Segment {
            content,
            line_end: &[],
            end: middle,
            ..self
        };
        let behind = Segment {
            content: rest,
            at: middle,
            ..self
        };
        (before, behind)
    }

    #[cfg(test)]
    pub fn whole(content: &'a [u8]) -> Self {
        Segment {
            content,
            line_end: b"",
            starts_line: true,
            line: 1,
            at: 0,
            end: content.len() as u64,
            wide: false,
        }
    }
}

impl<R: Read> Input<R> {
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            buffer: Vec::new(),
            start: 0,
            searched: 0,
            decoder: None,
            read: 0,
            at: 0,
            line: 1,
            inside_line: false,
            begun: false,
            ended: false,
        }
    }

    /// The next segment; `None` at the end of the file.
    pub fn next(&mut self) -> io::Result<Option<Segment<'_>>> {
        let (content, whole) = loop {
            if let Some((content, whole)) = self.line_in_buffer() {
                break (content, whole);
            }
            if self.ended {
                let rest = self.buffer.len() - self.start;
                if rest == 0 {
                    return Ok(None);
                }
                break (rest, rest);
            }
            if self.buffer.len() - self.start >= BLOCK {
                let rest = self.buffer.len() - self.start;
                let piece = if self.buffer.ends_with(b"\r") {
                    rest - 1
                } else {
                    rest
                };
                break (piece, piece);
            }
            self.fill()?;
        };
        Ok(Some(self.take(content, whole)))
    }

    /// Where the next segment stands in the file.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// The length of the next line, without and with its line end.
    fn line_in_buffer(&mut self) -> Option<(usize, usize)> {
        let Some(found) = memchr2(b'\n', b'\r', &self.buffer[self.searched..]) else {
            self.searched = self.buffer.len();
            return None;
        };
        let end = self.searched + found;
        let length = match (self.buffer[end], self.buffer.get(end + 1)) {
            (b'\r', Some(b'\n')) => 2,
            // Whether this is CR or CRLF is only known with the next byte.
            (b'\r', None) if !self.ended => {
                self.searched = end;
                return None;
            }
            _ => 1,
        };
        Some((end - self.start, end - self.start + length))
    }

    fn take(&mut self, content: usize, whole: usize) -> Segment<'_> {
        let bytes = &self.buffer[self.start..self.start + whole];
        let (content, line_end) = bytes.split_at(content);
        let at = self.at;
        let wide = self.decoder.is_some();
        self.at = (at + length_in_file(bytes, wide)).min(self.read);
        let segment = Segment {
            content,
            line_end,
            starts_line: !self.inside_line,
            line: self.line,
            at,
            end: self.at,
            wide,
        };
        self.inside_line = line_end.is_empty();
        self.line += u64::from(!line_end.is_empty());
        self.start += whole;
        self.searched = self.start;
        segment
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        let mut block = vec![0; BLOCK];
        let count = read(&mut self.reader, &mut block)?;
        self.read += count as u64;
        self.ended = count == 0;
        match &mut self.decoder {
            None => self.buffer.extend_from_slice(&block[..count]),
            Some(decoder) => decode(decoder, &block[..count], self.ended, &mut self.buffer),
        }
        if !self.begun {
            self.begin()?;
        }
        Ok(())
    }

    /// Looks at the first bytes of the file: a byte order mark, or the pattern that UTF-16 without one has.
    fn begin(&mut self) -> io::Result<()> {
        while self.buffer.len() < 4 && !self.ended {
            let mut byte = [0];
            let count = read(&mut self.reader, &mut byte)?;
            self.buffer.extend(&byte[..count]);
            self.read += count as u64;
            self.ended = count == 0;
        }
        self.begun = true;
        let (mark, utf16) = match *self.buffer.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => (3, None),
            [0xFF, 0xFE, ..] => (2, Some(UTF_16LE)),
            [0xFE, 0xFF, ..] => (2, Some(UTF_16BE)),
            [a, 0, b, 0, ..] if a != 0 && b != 0 => (0, Some(UTF_16LE)),
            [0, a, 0, b, ..] if a != 0 && b != 0 => (0, Some(UTF_16BE)),
            _ => (0, None),
        };
        self.start = mark;
        self.searched = mark;
        self.at = mark as u64;
        if let Some(utf16) = utf16 {
            let read = self.buffer.split_off(mark);
            self.buffer.clear();
            (self.start, self.searched) = (0, 0);
            let decoder = utf16.new_decoder_without_bom_handling();
            let decoder = self.decoder.insert(decoder);
            decode(decoder, &read, self.ended, &mut self.buffer);
        }
        Ok(())
    }
}

fn read(reader: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(into) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Appends the text of the next bytes. A surrogate without its other half, and half a unit at the end, become U+FFFD.
fn decode(decoder: &mut Decoder, bytes: &[u8], last: bool, text: &mut Vec<u8>) {
    let room = decoder.max_utf8_buffer_length(bytes.len());
    let start = text.len();
    text.resize(start + room.expect("a block is small"), 0);
    let (_, _, written, _) = decoder.decode_to_utf8(bytes, &mut text[start..], last);
    text.truncate(start + written);
}

/// How many bytes a piece of text has in the file. In UTF-16, a character counts where its UTF-8 starts.
fn length_in_file(bytes: &[u8], wide: bool) -> u64 {
    if !wide {
        return bytes.len() as u64;
    }
    let units = |&byte: &u8| u64::from(byte & 0xC0 != 0x80) + u64::from(byte >= 0xF0);
    2 * bytes.iter().map(units).sum::<u64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes in pieces of the given size.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(into.len());
            into[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn lines(bytes: &[u8], step: usize) -> Vec<(String, u64, u64)> {
        let mut input = Input::new(Slow(bytes, step));
        let mut found = Vec::new();
        while let Some(segment) = input.next().expect("memory does not fail") {
            assert!(segment.starts_line);
            found.push((
                String::from_utf8_lossy(segment.content).into_owned(),
                segment.at,
                segment.end,
            ));
        }
        found
    }

    fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
        let bytes = |unit: u16| {
            if big_endian {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn lines_end_with_any_line_end_wherever_the_blocks_are_cut() {
        for step in 1..8 {
            let wanted = [
                ("a", 0, 2),
                ("b", 2, 5),
                ("", 5, 6),
                ("c", 6, 8),
                ("d", 8, 9),
            ];
            let wanted = wanted.map(|(text, at, end)| (text.to_string(), at, end));
            assert_eq!(lines(b"a\nb\r\n\rc\rd", step), wanted, "{step}");
        }
        assert_eq!(lines(b"a\r", 1), [("a".to_string(), 0, 2)]);
        assert!(lines(b"", 1).is_empty());
    }

    #[test]
    fn utf_16_becomes_utf_8_and_keeps_its_places_in_the_file() {
        for (mark, big_endian) in [(true, false), (true, true), (false, false), (false, true)] {
            for step in [1, 3, 1000] {
                let text = format!("{}BEGIN\r\n김😀\nz", if mark { "\u{feff}" } else { "" });
                let skipped = if mark { 2 } else { 0 };
                let wanted = [
                    ("BEGIN".to_string(), skipped, skipped + 14),
                    ("김😀".to_string(), skipped + 14, skipped + 22),
                    ("z".to_string(), skipped + 22, skipped + 24),
                ];
                assert_eq!(
                    lines(&utf16(&text, big_endian), step),
                    wanted,
                    "{mark} {big_endian} {step}"
                );
            }
        }
    }

    #[test]
    fn broken_utf_16_is_replaced_and_not_refused() {
        let mut bytes = utf16("\u{feff}ab", false);
        bytes.extend([0x00, 0xD8, b'c', 0, b'd']);
        assert_eq!(
            lines(&bytes, 1000),
            [("ab\u{fffd}c\u{fffd}".to_string(), 2, 11)]
        );
    }

    #[test]
    fn a_line_longer_than_a_block_comes_in_pieces() {
        let mut bytes = vec![b'x'; 3 * BLOCK];
        bytes.extend(b"\r\nend");
        let mut input = Input::new(bytes.as_slice());
        let (mut total, mut starts) = (0, 0);
        while let Some(segment) = input.next().expect("memory does not fail") {
            total += segment.content.len() + segment.line_end.len();
            starts += usize::from(segment.starts_line);
        }
        assert_eq!((total, starts), (bytes.len(), 2));
        assert!(input.buffer.capacity() <= 2 * BLOCK + 1);
    }
}
