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
    usual: bool,
    seen: Seen,
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

/// What matters of a character to the one beside it.
#[derive(Clone, Copy)]
struct Seen {
    kind: Kind,
    ascii: bool,
    vowel: bool,
    /// Whether a vowel follows nearly always, or nearly never: `ñ` and `ń` are one byte in two code pages.
    wants_vowel: Option<bool>,
}

/// For a capital letter behind a small one.
const ODD_CASE_BITS: f32 = -6.0;

/// For two letters beyond ASCII in a row in a Latin alphabet; they are commoner in the languages of windows-1250.
const LATIN_RUN_BITS: f32 = -5.0;

const CENTRAL_RUN_BITS: f32 = -2.0;

/// For a letter that stands before the wrong kind of letter.
const WRONG_NEIGHBOUR_BITS: f32 = -6.0;

/// For a mark that has no letter to stand on.
const LOST_MARK_BITS: f32 = -12.0;

/// For a letter of another alphabet beside an ASCII letter.
const MIXED_BITS: f32 = -9.0;

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
            -6.0,
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
    let seen = |kind| Seen {
        kind,
        ascii: false,
        vowel: "áéíóúàèìòùâêîôûäëïöüåæøýąęěůőű".contains(c),
        wants_vowel: match c {
            'ñ' | 'õ' => Some(true),
            'ń' => Some(false),
            _ => None,
        },
    };
    if !valid || c.is_control() {
        let seen = seen(Kind::Unknown);
        return Byte {
            bits: MALFORMED_BITS,
            usual: false,
            seen,
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
    let rarity = rank.map(|rank| rank as f32 / list.chars().count() as f32);
    let bits = match rarity {
        Some(rarity) if latin => -6.0 - 3.5 * rarity - capital,
        Some(rarity) => -4.0 - 5.0 * rarity - capital,
        None if "ˆ˜¨¯¸´".contains(c) => -18.0,
        None if c.is_alphabetic() => -12.0,
        None if "’‘“”–—…€«»°ºª·®™\u{A0}".contains(c) => -10.0,
        None => -14.0,
    };
    Byte {
        bits,
        usual: rank.is_some(),
        seen: seen(kind),
    }
}

impl Letters {
    pub fn weigh(&self, line: &[u8]) -> Weight {
        let mut weight = Weight::default();
        let mut last = ascii(b',');
        for &byte in line {
            let now = match byte.checked_sub(0x80) {
                None => {
                    weight.bits += ASCII_BITS;
                    ascii(byte)
                }
                Some(index) => {
                    let found = self.bytes[usize::from(index)];
                    match found.seen.kind {
                        Kind::Unknown => weight.malformed(),
                        _ => weight.unit(found.bits, found.usual),
                    }
                    found.seen
                }
            };
            weight.bits += self.beside(last, now);
            last = now;
        }
        weight
    }

    /// What it costs that two characters stand side by side.
    fn beside(&self, last: Seen, now: Seen) -> f32 {
        let letter = |kind| matches!(kind, Kind::Lower | Kind::Upper);
        if last.ascii && now.ascii {
            return 0.0;
        }
        let mut bits = 0.0;
        if last.kind == Kind::Lower && now.kind == Kind::Upper {
            bits += ODD_CASE_BITS;
        }
        if last.wants_vowel.is_some_and(|wanted| wanted != now.vowel) {
            bits += WRONG_NEIGHBOUR_BITS;
        }
        if now.kind == Kind::Mark && (last.ascii || last.kind == Kind::Other) {
            bits += LOST_MARK_BITS;
        }
        if self.latin && !last.ascii && !now.ascii {
            let central = self.encoding.name() == "windows-1250";
            bits += if central {
                CENTRAL_RUN_BITS
            } else {
                LATIN_RUN_BITS
            };
        }
        if !self.latin && last.ascii != now.ascii && letter(last.kind) && letter(now.kind) {
            bits += MIXED_BITS;
        }
        bits
    }
}

fn ascii(byte: u8) -> Seen {
    let kind = match byte {
        b'a'..=b'z' => Kind::Lower,
        b'A'..=b'Z' => Kind::Upper,
        _ => Kind::Other,
    };
    Seen {
        kind,
        ascii: true,
        vowel: b"aeiouyAEIOUY".contains(&byte),
        wants_vowel: None,
    }
}
