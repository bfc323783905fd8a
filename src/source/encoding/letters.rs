//! The code pages of alphabets, in which every byte is a character.

use super::TextEncoding;
use super::model::{ASCII_BITS, MALFORMED_BITS, Weight};
use super::tables;

/// One of these encodings, with what its languages' letters cost.
pub(super) struct Letters {
    pub encoding: TextEncoding,
    /// Whether its letters stand among ASCII letters, or instead of them.
    pub latin: bool,
    /// What each byte from 0x80 on is.
    bytes: Vec<Byte>,
}

#[derive(Clone, Copy)]
struct Byte {
    bits: f32,
    kind: Kind,
    usual: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lower,
    Upper,
    Other,
    /// A vowel or tone mark that stands above or below a letter.
    Mark,
    Unknown,
}

/// What the last character was.
#[derive(Clone, Copy)]
struct Last {
    kind: Kind,
    ascii: bool,
}

/// For a capital letter behind a small one.
const ODD_CASE_BITS: f32 = -6.0;

/// For two letters beyond ASCII in a row in a Latin alphabet.
const LATIN_RUN_BITS: f32 = -5.0;

/// For a mark that has no letter to stand on.
const LOST_MARK_BITS: f32 = -12.0;

/// For a letter of another alphabet beside an ASCII letter.
const MIXED_BITS: f32 = -6.0;

pub(super) fn letters() -> Vec<(&'static str, f32, Letters)> {
    let pages: [(&str, &str, f32, bool, &str); 11] = [
        (
            "windows-1252",
            "letters of Western Europe",
            -1.0,
            true,
            tables::LATIN_WEST,
        ),
        (
            "windows-1250",
            "letters of Central Europe",
            -5.0,
            true,
            tables::LATIN_CENTRAL,
        ),
        (
            "windows-1251",
            "Cyrillic letters",
            -4.0,
            false,
            tables::CYRILLIC,
        ),
        ("windows-1253", "Greek letters", -6.0, false, tables::GREEK),
        (
            "windows-1254",
            "Turkish letters",
            -6.0,
            true,
            tables::LATIN_TURKISH,
        ),
        ("windows-874", "Thai letters", -6.0, false, tables::THAI),
        (
            "windows-1255",
            "Hebrew letters",
            -7.0,
            false,
            tables::HEBREW,
        ),
        (
            "windows-1256",
            "Arabic letters",
            -7.0,
            false,
            tables::ARABIC,
        ),
        (
            "windows-1257",
            "Baltic letters",
            -8.0,
            true,
            tables::LATIN_BALTIC,
        ),
        (
            "macintosh",
            "letters of Western Europe",
            -8.0,
            true,
            tables::LATIN_WEST,
        ),
        (
            "windows-1258",
            "Vietnamese letters",
            -10.0,
            true,
            tables::LATIN_VIETNAMESE,
        ),
    ];
    let letters = |label: &str, latin, list: &str| {
        let encoding = TextEncoding::from_label(label).expect("a label of the standard");
        let bytes = (0x80..=0xFF_u8)
            .map(|byte| classify(encoding, byte, latin, list))
            .collect();
        Letters {
            encoding,
            latin,
            bytes,
        }
    };
    pages
        .into_iter()
        .map(|(label, usual, prior, latin, list)| (usual, prior, letters(label, latin, list)))
        .collect()
}

fn classify(encoding: TextEncoding, byte: u8, latin: bool, list: &str) -> Byte {
    let single = [byte];
    let (text, valid) = encoding.decode(&single);
    let c = text.chars().next().unwrap_or('\u{FFFD}');
    if !valid || c.is_control() {
        return Byte {
            bits: MALFORMED_BITS,
            kind: Kind::Unknown,
            usual: false,
        };
    }
    let small = c.to_lowercase().next().unwrap_or(c);
    let (kind, capital) = match c {
        '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}' => (Kind::Mark, 0.0),
        _ if c.is_uppercase() => (Kind::Upper, 2.0),
        _ if c.is_alphabetic() => (Kind::Lower, 0.0),
        _ => (Kind::Other, 0.0),
    };
    let rank = list
        .chars()
        .position(|listed| listed == c || listed == small);
    let bits = match rank {
        Some(rank) if latin => -6.0 - 3.5 * rank as f32 / list.chars().count() as f32 - capital,
        Some(rank) => -4.0 - 5.0 * rank as f32 / list.chars().count() as f32 - capital,
        None if c.is_alphabetic() => -12.0,
        None if "’‘“”–—…€«»°ºª·®™\u{A0}".contains(c) => -10.0,
        None => -14.0,
    };
    Byte {
        bits,
        kind,
        usual: rank.is_some(),
    }
}

impl Letters {
    pub fn weigh(&self, line: &[u8]) -> Weight {
        let mut weight = Weight::default();
        let mut last = Last {
            kind: Kind::Other,
            ascii: true,
        };
        for &byte in line {
            let now = match byte.checked_sub(0x80) {
                None => {
                    weight.bits += ASCII_BITS;
                    Last {
                        kind: ascii_kind(byte),
                        ascii: true,
                    }
                }
                Some(index) => {
                    let found = self.bytes[usize::from(index)];
                    match found.kind {
                        Kind::Unknown => weight.malformed(),
                        _ => weight.unit(found.bits, found.usual),
                    }
                    Last {
                        kind: found.kind,
                        ascii: false,
                    }
                }
            };
            weight.bits += self.beside(last, now);
            last = now;
        }
        weight
    }

    /// What it costs that two characters stand side by side.
    fn beside(&self, last: Last, now: Last) -> f32 {
        let letter = |kind| matches!(kind, Kind::Lower | Kind::Upper);
        if last.ascii && now.ascii {
            return 0.0;
        }
        let mut bits = 0.0;
        if last.kind == Kind::Lower && now.kind == Kind::Upper {
            bits += ODD_CASE_BITS;
        }
        if now.kind == Kind::Mark && (last.ascii || last.kind == Kind::Other) {
            bits += LOST_MARK_BITS;
        }
        if self.latin && !last.ascii && !now.ascii {
            bits += LATIN_RUN_BITS;
        }
        if !self.latin && last.ascii != now.ascii && letter(last.kind) && letter(now.kind) {
            bits += MIXED_BITS;
        }
        bits
    }
}

fn ascii_kind(byte: u8) -> Kind {
    match byte {
        b'a'..=b'z' => Kind::Lower,
        b'A'..=b'Z' => Kind::Upper,
        _ => Kind::Other,
    }
}
