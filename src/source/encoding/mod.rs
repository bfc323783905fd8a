//! Text encodings: what a file's bytes mean, and how sure we are.
//!
//! [`Detector`] weighs the evidence in a file and says why it decided, or that it can't ([`Detection::Tie`]): an encoding is
//! never guessed, because a wrong guess turns every name of an address book into another valid name.
//! [`TextEncoding::from_label`] understands what people type after `--encoding`. [`suspected_double_encoding`] names text
//! that was ruined before it reached us.
//!
//! This module knows nothing of CSV or vCard beyond line ends.

mod detect;
mod double;
mod label;
mod model;
mod verdict;

pub use detect::Detector;
pub use double::{DoubleEncoding, encoded_twice, korean_as_latin, suspected_double_encoding};
pub use label::UnknownLabel;
pub(crate) use model::is_header_word;
pub use verdict::{Detected, Detection, LineReading, Reason, Ruined, Tie};

#[cfg(test)]
mod cases;

use encoding_rs::Encoding;
use std::borrow::Cow;
use std::fmt;

/// A text encoding that cardlift can read and write.
///
/// Names follow what these encodings are in practice: `CP949` is the superset of EUC-KR that Windows writes, `Shift_JIS` is
/// CP932, `GB18030` holds GBK and GB 2312. A byte order mark is not part of the encoding: whoever opens a file notes it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextEncoding(&'static Encoding);

impl TextEncoding {
    /// UTF-8, with or without a byte order mark.
    pub const UTF_8: Self = Self(encoding_rs::UTF_8);
    pub const UTF_16LE: Self = Self(encoding_rs::UTF_16LE);
    pub const UTF_16BE: Self = Self(encoding_rs::UTF_16BE);
    /// Korean Windows: EUC-KR and all other precomposed Hangul.
    pub const CP949: Self = Self(encoding_rs::EUC_KR);
    /// Japanese Windows (CP932).
    pub const SHIFT_JIS: Self = Self(encoding_rs::SHIFT_JIS);
    /// Japanese Unix.
    pub const EUC_JP: Self = Self(encoding_rs::EUC_JP);
    /// Japanese mail, seven bits with escape sequences.
    pub const ISO_2022_JP: Self = Self(encoding_rs::ISO_2022_JP);
    /// Mainland China: GB 2312, GBK (CP936), GB 18030.
    pub const GB18030: Self = Self(encoding_rs::GB18030);
    /// Taiwan and Hong Kong (CP950 and extensions).
    pub const BIG5: Self = Self(encoding_rs::BIG5);
    /// Russian Unix.
    pub const KOI8_R: Self = Self(encoding_rs::KOI8_R);
    /// Western European Windows.
    pub const WINDOWS_1252: Self = Self(encoding_rs::WINDOWS_1252);

    /// The encoding that a label means, as people and programs write it: letter case, `-`, `_` and spaces don't matter, and
    /// Windows' and Java's names (`CP949`, `MS932`, `Windows-31J`, `UHC` …) are known.
    ///
    /// # Errors
    /// [`UnknownLabel`] holds the labels nearest to what was given.
    pub fn from_label(label: &str) -> Result<Self, UnknownLabel> {
        label::lookup(label)
    }

    /// The name to show, which [`TextEncoding::from_label`] takes back.
    pub fn name(self) -> &'static str {
        match self.0.name() {
            "EUC-KR" => "CP949",
            "gb18030" => "GB18030",
            name => name,
        }
    }

    /// How many bytes one line break takes in a file: 2 in UTF-16, else 1.
    pub(crate) fn unit(self) -> usize {
        if self == Self::UTF_16LE || self == Self::UTF_16BE {
            2
        } else {
            1
        }
    }

    /// Text from a piece of a file, and whether every byte of it was valid. Invalid bytes become U+FFFD. No byte order
    /// mark is looked for.
    pub fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        let (text, malformed) = self.0.decode_without_bom_handling(bytes);
        (text, !malformed)
    }

    /// Bytes for a text, and whether the encoding has every character of it. Characters that it lacks become `?`. No byte
    /// order mark is written.
    pub fn encode(self, text: &str) -> (Vec<u8>, bool) {
        let units = text.encode_utf16();
        match () {
            () if self == Self::UTF_16LE => (units.flat_map(u16::to_le_bytes).collect(), true),
            () if self == Self::UTF_16BE => (units.flat_map(u16::to_be_bytes).collect(), true),
            () => encode_with(self.0, text),
        }
    }

    pub(crate) fn inner(self) -> &'static Encoding {
        self.0
    }
}

impl fmt::Display for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn encode_with(encoding: &'static Encoding, text: &str) -> (Vec<u8>, bool) {
    let (whole, _, lacking) = encoding.encode(text);
    if !lacking {
        return (whole.into_owned(), true);
    }
    let lacks = |c: char| encoding.encode(c.encode_utf8(&mut [0; 4])).2;
    let known = |c: char| if lacks(c) { '?' } else { c };
    let known: String = text.chars().map(known).collect();
    (encoding.encode(&known).0.into_owned(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_back_as_a_label() {
        for encoding in [
            TextEncoding::UTF_8,
            TextEncoding::UTF_16LE,
            TextEncoding::CP949,
            TextEncoding::SHIFT_JIS,
            TextEncoding::GB18030,
            TextEncoding::WINDOWS_1252,
        ] {
            assert_eq!(TextEncoding::from_label(encoding.name()), Ok(encoding));
        }
    }

    #[test]
    fn what_an_encoding_lacks_becomes_a_question_mark_and_is_said() {
        assert_eq!(
            TextEncoding::CP949.encode("김😀"),
            (vec![0xB1, 0xE8, b'?'], false)
        );
        assert_eq!(
            TextEncoding::UTF_16LE.encode("김"),
            (vec![0x40, 0xAE], true)
        );
    }
}
