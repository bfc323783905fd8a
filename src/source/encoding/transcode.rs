//! Decoding a file whose places must be known: each offset of the text at a line's start or end has its offset in the file.
//!
//! No encoding that we read has a line break inside a character, so each line is decoded by itself. A character that is cut
//! off or an escape sequence that is never closed then affects its own line only.

use super::TextEncoding;
use encoding_rs::Decoder;
use memchr::{memchr2, memrchr2};
use std::ops::Range;

/// Decodes a file that comes in pieces. Holds the text that has not been dropped yet.
pub(crate) struct Transcoder {
    encoding: TextEncoding,
    /// `None` at the start of a line, where every encoding is in its initial state.
    decoder: Option<Decoder>,
    text: Vec<u8>,
    /// Known places, sorted; the first is that of the text's start. Between a mark and a line break without a mark of its
    /// own, text and file are the same bytes.
    marks: Vec<Mark>,
    /// The offset in the file behind the text.
    raw: u64,
    malformed: bool,
}

/// A place just behind a line break, or the end of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    text: usize,
    raw: u64,
    /// Whether the line that ends here has bytes that the encoding does not define, now U+FFFD.
    malformed: bool,
}

impl Transcoder {
    /// Decodes from the offset `raw` of a file, which must be the start or the end of a line.
    pub fn new(encoding: TextEncoding, raw: u64) -> Self {
        let start = Mark {
            text: 0,
            raw,
            malformed: false,
        };
        Self {
            encoding,
            decoder: None,
            text: Vec::new(),
            marks: vec![start],
            raw,
            malformed: false,
        }
    }

    /// The text, which is valid UTF-8.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Appends the text of the next piece. A piece of UTF-16 must hold whole units, unless it is the last one.
    pub fn feed(&mut self, piece: &[u8]) {
        let unit = self.encoding.unit();
        let mut may_be_valid = self.encoding == TextEncoding::UTF_8;
        let mut rest = piece;
        while let Some((at, line_break)) = self.line_break(rest) {
            if may_be_valid && self.decoder.is_none() {
                may_be_valid = false;
                let lines = self.feed_valid_lines(rest);
                if lines > 0 {
                    rest = &rest[lines..];
                    break;
                }
            }
            self.decode(&rest[..at], true);
            self.text.push(line_break);
            self.raw += unit as u64;
            self.mark();
            rest = &rest[at + unit..];
        }
        self.decode(rest, false);
    }

    /// Ends the file: what is left of a character becomes U+FFFD.
    pub fn finish(&mut self) {
        self.decode(&[], true);
        self.mark();
    }

    /// The offset in the file of the start or the end of a line.
    pub fn raw(&self, at: usize) -> u64 {
        let next = self.marks.partition_point(|mark| mark.text <= at);
        let last = &self.marks[next - 1];
        match self.marks.get(next) {
            // The mark behind the line break that is at `at`.
            Some(mark) if mark.text == at + 1 && last.text < at => {
                mark.raw - self.encoding.unit() as u64
            }
            _ => last.raw + (at - last.text) as u64,
        }
    }

    /// The end of the first line in a part of the text that has bytes which the encoding does not define.
    pub fn malformed(&self, part: Range<usize>) -> Option<usize> {
        let first = self.marks.partition_point(|mark| mark.text <= part.start);
        let lines = self.marks[first..].iter();
        let mut lines = lines.take_while(|mark| mark.text <= part.end + 1);
        let line = lines.find(|mark| mark.malformed)?;
        Some(line.text - 1)
    }

    /// Forgets the text before `at`, an offset that [`Transcoder::raw`] knows.
    pub fn drop_before(&mut self, at: usize) {
        let start = Mark {
            text: at,
            raw: self.raw(at),
            malformed: false,
        };
        let gone = self.marks.partition_point(|mark| mark.text <= at);
        self.marks.splice(..gone, [start]);
        for mark in &mut self.marks {
            mark.text -= at;
        }
        self.text.drain(..at);
    }

    /// Takes the whole lines of a piece of UTF-8 as they are if they are valid. Returns how many bytes were taken.
    fn feed_valid_lines(&mut self, piece: &[u8]) -> usize {
        let end = memrchr2(b'\n', b'\r', piece).map_or(0, |last| last + 1);
        if simdutf8::basic::from_utf8(&piece[..end]).is_err() {
            return 0;
        }
        self.text.extend_from_slice(&piece[..end]);
        self.raw += end as u64;
        end
    }

    fn mark(&mut self) {
        self.marks.push(Mark {
            text: self.text.len(),
            raw: self.raw,
            malformed: self.malformed,
        });
        self.malformed = false;
    }

    fn line_break(&self, rest: &[u8]) -> Option<(usize, u8)> {
        let little = self.encoding == TextEncoding::UTF_16LE;
        let unit = |pair: &[u8]| match little {
            true => u16::from_le_bytes([pair[0], pair[1]]),
            false => u16::from_be_bytes([pair[0], pair[1]]),
        };
        if self.encoding.unit() == 1 {
            return memchr2(b'\n', b'\r', rest).map(|at| (at, rest[at]));
        }
        let found = rest
            .chunks_exact(2)
            .map(unit)
            .enumerate()
            .find(|(_, unit)| matches!(unit, 0x0A | 0x0D));
        found.map(|(at, unit)| (at * 2, unit as u8))
    }

    /// Decodes a part of a line; `ends` says that it is the last part.
    fn decode(&mut self, part: &[u8], ends: bool) {
        self.raw += part.len() as u64;
        if self.decoder.is_none()
            && (part.is_empty() || self.encoding.inner().is_ascii_compatible() && part.is_ascii())
        {
            self.text.extend_from_slice(part);
            return;
        }
        let decoder = self
            .decoder
            .get_or_insert_with(|| self.encoding.inner().new_decoder_without_bom_handling());
        let room = decoder
            .max_utf8_buffer_length(part.len())
            .expect("a piece of a file is far smaller than the address space");
        let start = self.text.len();
        self.text.resize(start + room, 0);
        let (_, _, written, malformed) =
            decoder.decode_to_utf8(part, &mut self.text[start..], ends);
        self.text.truncate(start + written);
        self.malformed |= malformed;
        if ends {
            self.decoder = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text, and where in the file each line ends and whether it is malformed.
    fn in_pieces(encoding: TextEncoding, raw: &[u8], size: usize) -> (String, Vec<(u64, bool)>) {
        let mut transcoder = Transcoder::new(encoding, 0);
        for piece in raw.chunks(size) {
            transcoder.feed(piece);
        }
        transcoder.finish();
        let text = String::from_utf8(transcoder.text().to_vec()).expect("a decoder writes UTF-8");
        let (mut start, mut lines) = (0, Vec::new());
        for (at, _) in text.match_indices(['\n', '\r']) {
            lines.push((
                transcoder.raw(at),
                transcoder.malformed(start..at).is_some(),
            ));
            start = at + 1;
        }
        let end = text.len();
        lines.push((
            transcoder.raw(end),
            transcoder.malformed(start..end).is_some(),
        ));
        (text, lines)
    }

    #[test]
    fn pieces_of_any_size_give_the_same_text_and_places() {
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
            let (decoded, lines) = in_pieces(encoding, &raw, size);
            assert_eq!(decoded, text, "{encoding}");
            assert_eq!(lines.last(), Some(&(raw.len() as u64, false)), "{encoding}");
            assert_eq!(
                (decoded, lines),
                in_pieces(encoding, &raw, raw.len()),
                "{encoding}"
            );
        }
    }

    #[test]
    fn a_broken_line_does_not_touch_the_next() {
        let (text, lines) = in_pieces(TextEncoding::ISO_2022_JP, b"\x1b$B;3ED\nabc\n", 5);
        assert_eq!(text, "山田\nabc\n");
        assert_eq!(lines[0].0, 7);
        for encoding in [TextEncoding::CP949, TextEncoding::UTF_8] {
            let (text, lines) = in_pieces(encoding, b"a\xB1\nb\n", 2);
            assert_eq!(text, "a\u{FFFD}\nb\n");
            assert_eq!(lines, [(2, true), (4, false), (5, false)]);
        }
    }
}
