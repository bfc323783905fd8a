//! What `evidence.toml` says.

use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The characters and words that address books are made of.
#[derive(Deserialize)]
pub(super) struct Evidence {
    header_words: HashMap<String, HashSet<String>>,
    pub pairs: Vec<Pairs>,
    pub alphabets: Vec<Alphabet>,
}

/// Encodings in which most characters take two bytes.
#[derive(Deserialize)]
pub(super) struct Pairs {
    /// Their labels, and how much rarer their files are than those of Korean Windows, in bits.
    pub encodings: Vec<(String, f32)>,
    pub share: f32,
    pub characters: String,
}

/// Code pages of an alphabet.
#[derive(Deserialize)]
pub(super) struct Alphabet {
    /// As in [`Pairs`].
    pub encodings: Vec<(String, f32)>,
    pub latin: bool,
    /// Whether a person is asked rather than the code page taken for certain.
    #[serde(default)]
    pub asked: bool,
    pub letters: String,
}

pub(super) static EVIDENCE: LazyLock<Evidence> = LazyLock::new(|| {
    toml::from_str(include_str!("evidence.toml")).expect("evidence.toml is as it is read here")
});

/// Whether a cell says what cells of headers say, in any language.
pub(crate) fn is_header_word(cell: &str) -> bool {
    let small = cell.to_lowercase();
    let mut lists = EVIDENCE.header_words.values();
    lists.any(|words| words.contains(cell) || words.contains(&small))
}
