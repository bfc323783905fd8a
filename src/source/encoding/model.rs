//! How likely a line is in an encoding, in bits.
//!
//! Each model gives the characters of its languages a probability: much to those that names, companies and addresses are
//! made of, little to the rest. The logarithms add up over a file, so that two readings of the same bytes can be compared:
//! ten bits more are a thousand to one. A model is blunt, and needs to be no better: of the wrong readings of a real name
//! nearly all consist of characters that no name holds.

use super::TextEncoding;
use super::letters::{Letters, letters};
use super::pairs::{Pairs, pairs};
use std::ops::AddAssign;

/// What speaks for a reading.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Weight {
    /// The logarithm of its probability.
    pub bits: f32,
    /// How many characters beyond ASCII it has.
    pub units: u32,
    /// How many of them are usual ones.
    pub usual: u32,
    /// How many bytes don't fit the encoding.
    pub malformed: u32,
}

/// The cost of any ASCII character, so that an encoding doesn't win by swallowing them.
pub(super) const ASCII_BITS: f32 = -5.0;

/// The cost of a byte that an encoding doesn't have.
pub(super) const MALFORMED_BITS: f32 = -30.0;

impl Weight {
    pub fn unit(&mut self, bits: f32, usual: bool) {
        self.bits += bits;
        self.units += 1;
        self.usual += u32::from(usual);
    }

    pub fn malformed(&mut self) {
        self.bits += MALFORMED_BITS;
        self.units += 1;
        self.malformed += 1;
    }
}

impl AddAssign for Weight {
    fn add_assign(&mut self, other: Self) {
        self.bits += other.bits;
        self.units += other.units;
        self.usual += other.usual;
        self.malformed += other.malformed;
    }
}

/// An encoding with its languages.
pub(super) struct Model {
    /// The encoding.
    pub encoding: TextEncoding,
    /// What the usual characters are, for the reason that is given.
    pub usual: &'static str,
    /// How much rarer its files are than those of Korean Windows, in bits.
    pub prior: f32,
    script: Script,
}

enum Script {
    Utf8,
    Pairs(Box<Pairs>),
    Letters(Box<Letters>),
}

impl Model {
    /// Weighs a line.
    pub fn weigh(&mut self, line: &[u8]) -> Weight {
        match &mut self.script {
            Script::Utf8 => weigh_utf8(line),
            Script::Pairs(pairs) => pairs.weigh(line),
            Script::Letters(letters) => letters.weigh(line),
        }
    }

    /// Whether this is a code page of the Latin alphabet.
    pub fn is_latin(&self) -> bool {
        matches!(&self.script, Script::Letters(letters) if letters.latin)
    }
}

/// All encodings between which bytes above 0x7F leave a choice.
pub(super) fn models() -> Vec<Model> {
    let utf8 = Model {
        encoding: TextEncoding::UTF_8,
        usual: "UTF-8 sequences",
        prior: 4.0,
        script: Script::Utf8,
    };
    let pairs = pairs().into_iter().map(|(usual, prior, pairs)| Model {
        encoding: pairs.encoding,
        usual,
        prior,
        script: Script::Pairs(Box::new(pairs)),
    });
    let letters = letters().into_iter().map(|(usual, prior, letters)| Model {
        encoding: letters.encoding,
        usual,
        prior,
        script: Script::Letters(Box::new(letters)),
    });
    std::iter::once(utf8).chain(pairs).chain(letters).collect()
}

fn weigh_utf8(line: &[u8]) -> Weight {
    let mut weight = Weight::default();
    for chunk in line.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c.len_utf8() {
                1 => weight.bits += ASCII_BITS,
                2 if is_letter_of_europe(c) => weight.unit(-9.0, true),
                2 => weight.unit(-15.0, false),
                length => weight.unit(-5.0 - 2.0 * length as f32, true),
            }
        }
        if !chunk.invalid().is_empty() {
            weight.malformed();
        }
    }
    weight
}

fn is_letter_of_europe(c: char) -> bool {
    matches!(c, 'À'..='ž' | 'Ά'..='ώ' | 'А'..='ё')
}
