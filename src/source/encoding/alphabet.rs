//! The code pages of alphabets, in which every byte is a character.

use super::TextEncoding;
use super::evidence::Alphabet;
use super::weight::{ASCII_BITS, MALFORMED_BITS, Weight};

/// A code page, with what the letters of its languages cost.
pub(super) struct Letters {
    /// Whether its letters stand among ASCII letters, or instead of them.
    pub latin: bool,
    /// Whether it is never taken for certain.
    pub asked: bool,
    /// For two letters beyond ASCII in a row.
    run_bits: f32,
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
    /// Whether it is the tone of the vowel before it.
    tone: bool,
}

/// For a capital letter behind a small one.
const ODD_CASE_BITS: f32 = -6.0;

/// For a letter that stands before the wrong kind of letter.
const WRONG_NEIGHBOUR_BITS: f32 = -6.0;

/// For a letter of another alphabet beside an ASCII letter.
const MIXED_BITS: f32 = -9.0;

impl Letters {
    pub fn new(encoding: TextEncoding, alphabet: &Alphabet) -> Self {
        Self {
            latin: alphabet.latin,
            asked: alphabet.asked,
            // Such pairs are commoner in Central Europe.
            run_bits: match encoding.name() {
                "windows-1250" => -2.0,
                // The tone of a letter is a character of its own.
                "windows-1258" => 0.0,
                _ => -5.0,
            },
            bytes: (0x80..=0xFF)
                .map(|byte| classify(encoding, byte, alphabet))
                .collect(),
        }
    }

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
        if now.tone && !last.vowel {
            bits += MIXED_BITS;
        }
        if self.latin && !last.ascii && !now.ascii {
            bits += self.run_bits;
        }
        if !self.latin && last.ascii != now.ascii && letter(last.kind) && letter(now.kind) {
            bits += MIXED_BITS;
        }
        bits
    }
}

fn classify(encoding: TextEncoding, byte: u8, alphabet: &Alphabet) -> Byte {
    let single = [byte];
    let (text, valid) = encoding.decode(&single);
    let c = text.chars().next().unwrap_or('\u{FFFD}');
    let small = c.to_lowercase().next().unwrap_or(c);
    let mut letters = alphabet.letters.chars();
    let rank = letters.position(|listed| listed == c || listed == small);
    let rarity = rank.map(|rank| rank as f32 / alphabet.letters.chars().count() as f32);
    let (kind, capital) = match c {
        _ if !valid || c.is_control() => (Kind::Unknown, 0.0),
        _ if c.is_uppercase() => (Kind::Upper, 2.0),
        _ if c.is_alphabetic() => (Kind::Lower, 0.0),
        _ => (Kind::Other, 0.0),
    };
    let bits = match rarity {
        _ if kind == Kind::Unknown => MALFORMED_BITS,
        Some(rarity) if alphabet.latin => -6.0 - 3.5 * rarity - capital,
        Some(rarity) => -4.0 - 5.0 * rarity - capital,
        None if "ˆ˜¨¯¸´".contains(c) => -18.0,
        None if c.is_alphabetic() => -12.0,
        None if "’‘“”–—…€«»°ºª·®™\u{A0}".contains(c) => -10.0,
        None => -14.0,
    };
    Byte {
        bits,
        usual: rank.is_some(),
        seen: Seen {
            kind,
            ascii: false,
            vowel: "áéíóúàèìòùâêîôûäëïöüåæøýąęěůőűăơư".contains(c),
            wants_vowel: match c {
                'ñ' | 'õ' => Some(true),
                'ń' => Some(false),
                _ => None,
            },
            tone: matches!(c, '\u{300}'..='\u{36F}'),
        },
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
        tone: false,
    }
}
