//! The vocabulary of column names: words with what they mean, from `words/columns.toml`.

use super::tokens::folded;
use crate::mapping::senses::Senses;
use crate::mapping::words::read;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// `words/columns.toml`, where words are folded as [`folded`] does.
pub(super) struct Vocabulary {
    pub words: HashMap<String, Senses>,
    pub beside: HashMap<String, BesideWord>,
    /// The length of the longest word, in characters.
    pub longest: usize,
}

/// A word that means something only beside other columns.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BesideWord {
    pub means: Senses,
    /// Names of columns of which the file must have one.
    pub beside: Vec<String>,
    /// Names of columns of which the file must have none.
    #[serde(default)]
    pub without: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    words: HashMap<Senses, Vec<String>>,
    beside: HashMap<String, BesideWord>,
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let file: WordFile = read(include_str!("../../../words/columns.toml"));
    let mut words: HashMap<String, Senses> = HashMap::new();
    for (means, list) in &file.words {
        for word in list {
            let word = words.entry(folded(word)).or_default();
            *word = word.and(*means);
        }
    }
    let mut beside = file.beside;
    for word in beside.values_mut() {
        for name in word.beside.iter_mut().chain(&mut word.without) {
            *name = folded(name);
        }
    }
    let longest = words.keys().map(|word| word.chars().count()).max();
    let beside = beside.into_iter();
    Vocabulary {
        words,
        beside: beside.map(|(word, entry)| (folded(&word), entry)).collect(),
        longest: longest.unwrap_or(0),
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_is_built_in_has_a_meaning_that_is_known() {
        assert!(VOCABULARY.words.keys().all(|word| !word.is_empty()));
    }
}
