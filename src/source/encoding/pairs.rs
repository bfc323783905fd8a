//! The encodings of Korea, Japan and China, in which most characters take two bytes.

use super::TextEncoding;
use super::model::{ASCII_BITS, Weight};
use super::tables;
use std::collections::HashMap;

/// One of these encodings, with what its languages' characters cost.
pub(super) struct Pairs {
    pub encoding: TextEncoding,
    family: Family,
    /// The bits of the usual characters.
    usual: HashMap<char, f32>,
    /// The bits of each pair of bytes, worked out when it is first met; NaN before.
    costs: Vec<f32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Korean,
    ShiftJis,
    EucJp,
    Simplified,
    Traditional,
}

/// What comes next in a line.
enum Unit {
    Ascii,
    /// A half-width katakana, and the bytes it takes.
    HalfWidth(usize),
    Pair,
    /// A character of three or four bytes.
    Long(usize),
    Malformed,
}

/// What the last character was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Separator,
    AsciiLetter,
    HalfWidth,
    Wide,
}

/// Bits above which a character counts as a usual one.
const USUAL_BITS: f32 = -12.5;

/// For a character of East Asia right beside an ASCII letter.
const BESIDE_ASCII_BITS: f32 = -6.0;

/// For a character of a private area, or in a place where files have none.
const STRANGE_BITS: f32 = -26.0;

pub(super) fn pairs() -> Vec<(&'static str, f32, Pairs)> {
    let korean = usual(0.985, tables::HANGUL);
    let mut japanese = usual(0.66, tables::KANJI);
    japanese.extend(('ぁ'..='ん').map(|kana| (kana, -10.0)));
    japanese.extend(('ァ'..='ヶ').map(|kana| (kana, -9.0)));
    japanese.extend("ー・々　（）".chars().map(|mark| (mark, -12.0)));
    let simplified = usual(0.93, tables::SIMPLIFIED);
    let traditional = usual(0.93, tables::TRADITIONAL);
    let kanji = "kana and common kanji";
    vec![
        (
            "common Hangul",
            0.0,
            Pairs::new(TextEncoding::CP949, Family::Korean, korean),
        ),
        (
            kanji,
            0.0,
            Pairs::new(TextEncoding::SHIFT_JIS, Family::ShiftJis, japanese.clone()),
        ),
        (
            kanji,
            -5.0,
            Pairs::new(TextEncoding::EUC_JP, Family::EucJp, japanese),
        ),
        (
            "common simplified hanzi",
            -2.0,
            Pairs::new(TextEncoding::GB18030, Family::Simplified, simplified),
        ),
        (
            "common traditional hanzi",
            -3.0,
            Pairs::new(TextEncoding::BIG5, Family::Traditional, traditional),
        ),
    ]
}

/// The bits of characters that make up a share of all text, falling with their place in the list.
fn usual(share: f32, list: &str) -> HashMap<char, f32> {
    const EVEN: f32 = 60.0;
    let mut ranked = HashMap::new();
    for c in list.chars() {
        let rank = ranked.len() as f32;
        ranked.entry(c).or_insert(rank);
    }
    let sum = ((ranked.len() as f32 + EVEN) / EVEN).ln();
    ranked
        .values_mut()
        .for_each(|rank| *rank = (share / (sum * (*rank + EVEN))).log2());
    ranked
}

impl Pairs {
    fn new(encoding: TextEncoding, family: Family, usual: HashMap<char, f32>) -> Self {
        Self {
            encoding,
            family,
            usual,
            costs: vec![f32::NAN; 1 << 16],
        }
    }

    pub fn weigh(&mut self, line: &[u8]) -> Weight {
        let mut weight = Weight::default();
        let mut last = Last::Separator;
        let mut rest = line;
        while let Some(&byte) = rest.first() {
            let (length, now) = match self.family.unit(rest) {
                Unit::Ascii => {
                    weight.bits += ASCII_BITS;
                    (
                        1,
                        if byte.is_ascii_alphabetic() {
                            Last::AsciiLetter
                        } else {
                            Last::Separator
                        },
                    )
                }
                Unit::HalfWidth(length) => {
                    weight.unit(
                        if last == Last::HalfWidth { -6.5 } else { -12.0 },
                        last == Last::HalfWidth,
                    );
                    (length, Last::HalfWidth)
                }
                Unit::Pair => match self.cost([rest[0], rest[1]]) {
                    Some(bits) => {
                        weight.unit(bits, bits > USUAL_BITS);
                        (2, Last::Wide)
                    }
                    None => {
                        weight.malformed();
                        (if rest[1] < 0x80 { 1 } else { 2 }, Last::Wide)
                    }
                },
                Unit::Long(length) => {
                    weight.unit(-24.0, false);
                    (length, Last::Wide)
                }
                Unit::Malformed => {
                    weight.malformed();
                    (1, Last::Wide)
                }
            };
            let beyond = |last| matches!(last, Last::Wide | Last::HalfWidth);
            if beyond(last) && now == Last::AsciiLetter || last == Last::AsciiLetter && beyond(now)
            {
                weight.bits += BESIDE_ASCII_BITS;
            }
            last = now;
            rest = &rest[length..];
        }
        weight
    }

    /// The bits of a pair; `None` if the encoding doesn't have it.
    fn cost(&mut self, pair: [u8; 2]) -> Option<f32> {
        let index = usize::from(u16::from_be_bytes(pair));
        if self.costs[index].is_nan() {
            self.costs[index] = self.work_out(pair).unwrap_or(f32::NEG_INFINITY);
        }
        let bits = self.costs[index];
        bits.is_finite().then_some(bits)
    }

    fn work_out(&self, pair: [u8; 2]) -> Option<f32> {
        let text = self
            .encoding
            .inner()
            .decode_without_bom_handling_and_without_replacement(&pair)?;
        let c = text.chars().next()?;
        let listed = self.usual.get(&c).copied();
        Some(listed.unwrap_or_else(|| self.family.rare(c, pair)))
    }
}

impl Family {
    fn unit(self, rest: &[u8]) -> Unit {
        let (first, second) = (rest[0], rest.get(1).copied().unwrap_or(0));
        let trail = matches!(second, 0x40..=0x7E | 0x80..=0xFE);
        match (self, first) {
            (_, 0..0x80) => Unit::Ascii,
            (Self::ShiftJis, 0xA1..=0xDF) => Unit::HalfWidth(1),
            (Self::EucJp, 0x8E) if matches!(second, 0xA1..=0xDF) => Unit::HalfWidth(2),
            (Self::EucJp, 0x8F) if matches!(rest, [_, 0xA1..=0xFE, 0xA1..=0xFE, ..]) => {
                Unit::Long(3)
            }
            (Self::EucJp, 0xA1..=0xFE) if second >= 0xA1 => Unit::Pair,
            (Self::Simplified, _)
                if matches!(rest, [_, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..]) =>
            {
                Unit::Long(4)
            }
            (Self::EucJp, _) => Unit::Malformed,
            _ if trail => Unit::Pair,
            _ => Unit::Malformed,
        }
    }

    /// The bits of a character that is not in the tables.
    fn rare(self, c: char, [first, second]: [u8; 2]) -> f32 {
        if matches!(c, '\u{E000}'..='\u{F8FF}') {
            return STRANGE_BITS;
        }
        let ideograph =
            matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..);
        let plane = second >= 0xA1;
        match self {
            Self::Korean if matches!(c, '가'..='힣') => {
                if plane && (0xB0..=0xC8).contains(&first) {
                    -17.0
                } else {
                    -24.0
                }
            }
            Self::Korean if ideograph => -18.5,
            Self::Korean => {
                if plane && first <= 0xA3 {
                    -15.0
                } else {
                    -20.0
                }
            }
            Self::ShiftJis if ideograph => {
                if (0x88..=0x97).contains(&first) {
                    -15.2
                } else {
                    -18.5
                }
            }
            Self::EucJp if ideograph => {
                if (0xB0..=0xCF).contains(&first) {
                    -15.2
                } else {
                    -18.5
                }
            }
            Self::ShiftJis | Self::EucJp if matches!(c, '！'..='～') => -13.0,
            Self::ShiftJis if first == 0x81 => -15.0,
            Self::EucJp if first == 0xA1 => -15.0,
            Self::ShiftJis | Self::EucJp => -19.0,
            Self::Simplified if plane && (0xB0..=0xD7).contains(&first) => -15.7,
            Self::Simplified if plane && (0xD8..=0xF7).contains(&first) => -18.0,
            Self::Simplified if plane && (0xA1..=0xA3).contains(&first) => -15.0,
            Self::Traditional if (0xA4..=0xC6).contains(&first) => -15.7,
            Self::Traditional if (0xA1..=0xA3).contains(&first) => -14.5,
            Self::Traditional if (0xC9..=0xF9).contains(&first) => -19.0,
            Self::Simplified | Self::Traditional => -21.0,
        }
    }
}
