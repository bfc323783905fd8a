//! Decoding line by line, so that every place in the text is known in the file.
//!
//! No encoding that we read has a line break inside a character, so a line is a unit that can be decoded by itself: an
//! escape sequence that is never closed or a character that is cut off ruins its own line only, and after each line break the
//! offset in the file is exact whatever the encoding does in between.

use super::TextEncoding;
use encoding_rs::Decoder;
use memchr::memchr2;

/// A place that is known both in the decoded text and in the file: just behind a line break, or the end of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Offset in the text.
    pub text: usize,
    /// Offset in the file.
    pub raw: u64,
    /// Whether the line that ends here held bytes that the encoding doesn't know (now U+FFFD).
    pub malformed: bool,
}

/// Decodes a file that comes in pieces.
pub(crate) struct Transcoder {
    encoding: TextEncoding,
    /// `None` at the start of a line, where every encoding is in its initial state.
    decoder: Option<Decoder>,
    raw: u64,
    malformed: bool,
}

impl Transcoder {
    /// Decodes from the offset `raw` of a file, which must be the start of a line.
    pub fn new(encoding: TextEncoding, raw: u64) -> Self {
        Self {
            encoding,
            decoder: None,
            raw,
            malformed: false,
        }
    }

    /// Appends the text of the next piece, and a mark behind each line break. A piece of UTF-16 must hold whole units,
    /// unless it is the last one.
    pub fn feed(&mut self, piece: &[u8], text: &mut Vec<u8>, marks: &mut Vec<Mark>) {
        let unit = self.encoding.unit();
        let mut rest = piece;
        while let Some((at, line_break)) = self.line_break(rest) {
            self.decode(&rest[..at], true, text);
            text.push(line_break);
            self.raw += unit as u64;
            marks.push(Mark {
                text: text.len(),
                raw: self.raw,
                malformed: self.malformed,
            });
            self.malformed = false;
            rest = &rest[at + unit..];
        }
        self.decode(rest, false, text);
    }

    /// Ends the file: what is left of a character becomes U+FFFD, and the end gets a mark.
    pub fn finish(&mut self, text: &mut Vec<u8>, marks: &mut Vec<Mark>) {
        self.decode(&[], true, text);
        marks.push(Mark {
            text: text.len(),
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
    fn decode(&mut self, part: &[u8], ends: bool, text: &mut Vec<u8>) {
        self.raw += part.len() as u64;
        if self.decoder.is_none()
            && (part.is_empty() || self.encoding.inner().is_ascii_compatible() && part.is_ascii())
        {
            text.extend_from_slice(part);
            return;
        }
        let decoder = self
            .decoder
            .get_or_insert_with(|| self.encoding.inner().new_decoder_without_bom_handling());
        let room = decoder
            .max_utf8_buffer_length(part.len())
            .expect("a piece of a file is far smaller than the address space");
        let start = text.len();
        text.resize(start + room, 0);
        let (_, _, written, malformed) = decoder.decode_to_utf8(part, &mut text[start..], ends);
        text.truncate(start + written);
        self.malformed |= malformed;
        if ends {
            self.decoder = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_pieces(encoding: TextEncoding, raw: &[u8], size: usize) -> (String, Vec<Mark>) {
        let (mut text, mut marks) = (Vec::new(), Vec::new());
        let mut transcoder = Transcoder::new(encoding, 0);
        for piece in raw.chunks(size) {
            transcoder.feed(piece, &mut text, &mut marks);
        }
        transcoder.finish(&mut text, &mut marks);
        (
            String::from_utf8(text).expect("a decoder writes UTF-8"),
            marks,
        )
    }

    #[test]
    fn pieces_of_any_size_give_the_same_text_and_marks() {
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
            let (decoded, marks) = in_pieces(encoding, &raw, size);
            assert_eq!(decoded, text, "{encoding}");
            assert_eq!(
                (decoded, marks),
                in_pieces(encoding, &raw, raw.len()),
                "{encoding}"
            );
        }
    }

    #[test]
    fn a_broken_line_does_not_touch_the_next() {
        let (text, marks) = in_pieces(TextEncoding::ISO_2022_JP, b"\x1b$B;3ED\nabc\n", 5);
        assert_eq!(text, "山田\nabc\n");
        assert_eq!(marks[0].raw, 8);
        let (text, marks) = in_pieces(TextEncoding::CP949, b"a\xB1\nb\n", 2);
        assert_eq!(text, "a\u{FFFD}\nb\n");
        assert_eq!(
            marks.iter().map(|mark| mark.malformed).collect::<Vec<_>>(),
            [true, false, false]
        );
    }
}
