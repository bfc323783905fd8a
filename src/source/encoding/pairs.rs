//! The encodings of Korea, Japan and China, in which most characters take two bytes.

use super::TextEncoding;
use super::evidence;
use super::weight::{ASCII_BITS, Weight};
use std::collections::HashMap;

/// One of these encodings, with what the characters of its languages cost.
pub(super) struct Pairs {
    encoding: TextEncoding,
    /// The bits of the usual characters.
    usual: HashMap<char, f32>,
    /// The bits of each pair of bytes, worked out when it is first met; NaN before.
    costs: Vec<f32>,
}

/// A character as its bytes show it.
enum Unit {
    Ascii,
    HalfWidthKatakana,
    Pair,
    /// A character of three or four bytes.
    Long,
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

/// For a character of three or four bytes.
const LONG_BITS: f32 = -24.0;

impl Pairs {
    pub fn new(encoding: TextEncoding, evidence: &evidence::Pairs) -> Self {
        let mut usual = usual(evidence.share, &evidence.characters);
        if encoding == TextEncoding::SHIFT_JIS || encoding == TextEncoding::EUC_JP {
            usual.extend(('ぁ'..='ん').map(|kana| (kana, -10.0)));
            usual.extend(('ァ'..='ヶ').map(|kana| (kana, -9.0)));
            usual.extend("ー・々　（）".chars().map(|mark| (mark, -12.0)));
        }
        Self {
            encoding,
            usual,
            costs: vec![f32::NAN; 1 << 16],
        }
    }

    pub fn weigh(&mut self, line: &[u8]) -> Weight {
        let mut weight = Weight::default();
        let mut last = Last::Separator;
        let mut rest = line;
        while !rest.is_empty() {
            let (length, now) = self.weigh_unit(rest, last, &mut weight);
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

    /// Weighs the character at the start of `rest`; returns its length and what it is.
    fn weigh_unit(&mut self, rest: &[u8], last: Last, weight: &mut Weight) -> (usize, Last) {
        let (unit, length) = self.unit(rest);
        match unit {
            Unit::Ascii => {
                weight.bits += ASCII_BITS;
                return match rest[0].is_ascii_alphabetic() {
                    true => (length, Last::AsciiLetter),
                    false => (length, Last::Separator),
                };
            }
            Unit::HalfWidthKatakana => {
                let in_a_row = last == Last::HalfWidth;
                weight.unit(if in_a_row { -6.5 } else { -12.0 }, in_a_row);
                return (length, Last::HalfWidth);
            }
            Unit::Pair => match self.cost([rest[0], rest[1]]) {
                Some(bits) => weight.unit(bits, bits > USUAL_BITS),
                None => {
                    weight.malformed();
                    return (if rest[1] < 0x80 { 1 } else { 2 }, Last::Wide);
                }
            },
            Unit::Long => weight.unit(LONG_BITS, false),
            Unit::Malformed => weight.malformed(),
        }
        (length, Last::Wide)
    }

    /// What comes next, and how many bytes it takes.
    fn unit(&self, rest: &[u8]) -> (Unit, usize) {
        let (first, second) = (rest[0], rest.get(1).copied().unwrap_or(0));
        let euc_jp = self.encoding == TextEncoding::EUC_JP;
        match (self.encoding.name(), first) {
            (_, 0..0x80) => (Unit::Ascii, 1),
            ("Shift_JIS", 0xA1..=0xDF) => (Unit::HalfWidthKatakana, 1),
            _ if euc_jp => match rest {
                [0x8E, 0xA1..=0xDF, ..] => (Unit::HalfWidthKatakana, 2),
                [0x8F, 0xA1..=0xFE, 0xA1..=0xFE, ..] => (Unit::Long, 3),
                [0xA1..=0xFE, 0xA1..=0xFF, ..] => (Unit::Pair, 2),
                _ => (Unit::Malformed, 1),
            },
            ("GB18030", _) if matches!(rest, [_, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..]) => {
                (Unit::Long, 4)
            }
            _ if matches!(second, 0x40..=0x7E | 0x80..=0xFE) => (Unit::Pair, 2),
            _ => (Unit::Malformed, 1),
        }
    }

    /// The bits of a pair; `None` if the encoding does not have it.
    fn cost(&mut self, pair: [u8; 2]) -> Option<f32> {
        let index = usize::from(u16::from_be_bytes(pair));
        if self.costs[index].is_nan() {
            self.costs[index] = self.work_out(pair).unwrap_or(f32::NEG_INFINITY);
        }
        let bits = self.costs[index];
        bits.is_finite().then_some(bits)
    }

    fn work_out(&self, pair: [u8; 2]) -> Option<f32> {
        let encoding = self.encoding.inner();
        let text = encoding.decode_without_bom_handling_and_without_replacement(&pair)?;
        let c = text.chars().next()?;
        let listed = self.usual.get(&c).copied();
        Some(listed.unwrap_or_else(|| rare(self.encoding, c, pair)))
    }
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

/// The bits of a character that is not listed, by its place in the tables of the encoding.
fn rare(encoding: TextEncoding, c: char, [first, second]: [u8; 2]) -> f32 {
    if matches!(c, '\u{E000}'..='\u{F8FF}') {
        return STRANGE_BITS;
    }
    let ideograph = matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..);
    let plane = second >= 0xA1;
    match (encoding.name(), first) {
        ("CP949", 0xB0..=0xC8) if plane && matches!(c, '가'..='힣') => -17.0,
        ("CP949", _) if matches!(c, '가'..='힣') => -24.0,
        ("CP949", _) if ideograph => -18.5,
        ("CP949", ..=0xA3) if plane => -15.0,
        ("CP949", _) => -20.0,
        ("Shift_JIS", 0x88..=0x97) if ideograph => -15.2,
        ("EUC-JP", 0xB0..=0xCF) if ideograph => -15.2,
        ("Shift_JIS" | "EUC-JP", _) if ideograph => -18.5,
        ("Shift_JIS" | "EUC-JP", _) if matches!(c, '！'..='～') => -13.0,
        ("Shift_JIS", 0x81) | ("EUC-JP", 0xA1) => -15.0,
        ("Shift_JIS" | "EUC-JP", _) => -19.0,
        ("GB18030", 0xB0..=0xD7) if plane => -15.7,
        ("GB18030", 0xD8..=0xF7) if plane => -18.0,
        ("GB18030", 0xA1..=0xA3) if plane => -15.0,
        ("Big5", 0xA4..=0xC6) => -15.7,
        ("Big5", 0xA1..=0xA3) => -14.5,
        ("Big5", 0xC9..=0xF9) => -19.0,
        _ => -21.0,
    }
}
