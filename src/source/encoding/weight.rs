//! How likely a line is in an encoding, in bits.
//!
//! Each model gives the characters of its languages a probability: much to those that names, companies and addresses are
//! made of, little to the rest. The logarithms add up over a file, so that two readings of the same bytes can be compared:
//! ten bits more are a thousand to one. A model may be crude, because nearly all wrong readings of a name consist of
//! characters that no name has.

use super::TextEncoding;
use super::alphabet::Letters;
use super::evidence::EVIDENCE;
use super::pairs::Pairs;
use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Weight {
    /// The logarithm of its probability.
    pub bits: f32,
    /// How many characters beyond ASCII it has.
    pub units: u32,
    /// How many of them are usual ones.
    pub usual: u32,
    /// How many bytes the encoding does not define.
    pub malformed: u32,
}

/// The cost of any ASCII character, so that an encoding does not win by reading them as parts of others.
pub(super) const ASCII_BITS: f32 = -5.0;

/// The cost of a byte that an encoding does not define.
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

pub(super) struct Model {
    pub encoding: TextEncoding,
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
    pub fn weigh(&mut self, line: &[u8]) -> Weight {
        match &mut self.script {
            Script::Utf8 => weigh_utf8(line),
            Script::Pairs(pairs) => pairs.weigh(line),
            Script::Letters(letters) => letters.weigh(line),
        }
    }

    /// Whether this encoding is never taken for certain.
    pub fn is_asked(&self) -> bool {
        matches!(&self.script, Script::Letters(letters) if letters.asked)
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
        prior: 4.0,
        script: Script::Utf8,
    };
    let mut models = vec![utf8];
    let mut add = |(label, prior): &(String, f32), script: &dyn Fn(TextEncoding) -> Script| {
        let encoding = TextEncoding::from_label(label).expect("evidence.toml has known labels");
        models.push(Model {
            encoding,
            prior: *prior,
            script: script(encoding),
        });
    };
    for pairs in &EVIDENCE.pairs {
        let script = |encoding| Script::Pairs(Box::new(Pairs::new(encoding, pairs)));
        pairs.encodings.iter().for_each(|one| add(one, &script));
    }
    for alphabet in &EVIDENCE.alphabets {
        let script = |encoding| Script::Letters(Box::new(Letters::new(encoding, alphabet)));
        alphabet.encodings.iter().for_each(|one| add(one, &script));
    }
    models
}

fn weigh_utf8(line: &[u8]) -> Weight {
    let is_letter_of_europe = |c| matches!(c, 'À'..='ž' | 'Ά'..='ώ' | 'А'..='ё');
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
