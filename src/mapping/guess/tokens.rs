//! A column's name taken apart into words of the vocabulary.
//!
//! Case, width, accents, white space and punctuation do not count. A word ends where the name has a separator, a change of
//! case (`MobilePhone`) or of script; Chinese, Japanese and Korean words, and German ones of three letters or more, may also
//! be written on to each other. The vocabulary is in `words/columns.toml`.

use crate::mapping::words::{Sense, Senses, read};
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ParsedName {
    pub senses: Senses,
    pub number: Option<u32>,
    /// Whether a word that matters follows the number: `Address 2 - Street`, not `Address 2`.
    pub number_is_inside: bool,
    /// Whether something in brackets is not known.
    pub has_unknown_aside: bool,
    /// Whether a name that is not known as a whole has a word for a telephone in it: `Telefon Hütte`.
    pub mentions_telephone: bool,
}

impl ParsedName {
    pub fn of(senses: Senses) -> ParsedName {
        ParsedName {
            senses,
            ..ParsedName::default()
        }
    }

    fn and_word(self, senses: Senses) -> ParsedName {
        let senses = senses.without(Sense::Filler);
        let is_behind_number = self.number.is_some() && !senses.is_empty();
        ParsedName {
            senses: self.senses.and(senses),
            number_is_inside: self.number_is_inside || is_behind_number,
            ..self
        }
    }
}

/// In characters. No column that is known has a longer name.
const LONGEST: usize = 100;

/// Takes a name apart; nothing if not all of it is known.
pub(super) fn tokens(name: &str) -> Option<ParsedName> {
    if name.len() > LONGEST * 4 {
        return None;
    }
    let letters = NameLetters::of(name);
    match letters.text.len() {
        1..=LONGEST => letters.parsed(),
        _ => None,
    }
}

/// Whether the last word of a name that is not known as a whole says that a contact has no place for it: `Renewal date`,
/// `Shoe size`.
pub(super) fn ends_in_nothing(name: &str) -> bool {
    let letters = NameLetters::of(name);
    let end = letters.text.len();
    (0..end).any(|start| {
        let starts = letters.starts[start] || is_cjk(letters.text[start]);
        let word: String = letters.text[start..].iter().collect();
        let says_so = |senses: &Senses| senses.has_any(&[Sense::Nothing, Sense::Date, Sense::Id]);
        end - start >= 2 && starts && VOCABULARY.words.get(&word).is_some_and(says_so)
    })
}

/// Whether one of the words in a name is one for a telephone. A shorter one than `phone` is one only where a word begins.
pub(super) fn mentions_telephone(name: &str) -> bool {
    let letters = NameLetters::of(name);
    let end = letters.text.len().min(LONGEST);
    let is_one = |from: usize, to: usize| {
        let is_long = to - from >= "phone".len();
        let starts = is_long || letters.starts[from] || is_cjk(letters.text[from]);
        let of_telephone =
            |senses: Senses| senses.has_any(&[Sense::Telephone, Sense::Mobile, Sense::Fax]);
        starts && letters.known(from, to).is_some_and(of_telephone)
    };
    (0..end).any(|from| (from + 1..=end).any(|to| is_one(from, to)))
}

/// A name as words are compared: lower case, without accents, white space and punctuation.
pub(super) fn folded(name: &str) -> String {
    // Most words of the vocabulary are folded already, and a normaliser takes longer to see that.
    let is_folded = |c| matches!(c, 'a'..='z' | '가'..='힣' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '\u{4E00}'..='\u{9FFF}');
    match name.chars().all(is_folded) {
        true => name.to_owned(),
        false => NameLetters::of(name).text.into_iter().collect(),
    }
}

struct NameLetters {
    text: Vec<char>,
    /// Whether a word begins there, by a separator or a change of case or script.
    starts: Vec<bool>,
    /// Whether it stands in brackets.
    aside: Vec<bool>,
}

impl NameLetters {
    fn of(name: &str) -> NameLetters {
        let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(name.chars());
        let plain = decomposed.filter(|c| !matches!(c, '\u{300}'..='\u{36F}'));
        let composed: Vec<char> = ComposingNormalizerBorrowed::new_nfc()
            .normalize_iter(plain)
            .collect();
        let mut letters = NameLetters {
            text: Vec::new(),
            starts: Vec::new(),
            aside: Vec::new(),
        };
        let (mut depth, mut starts) = (0_u32, true);
        for (at, c) in composed.iter().copied().enumerate() {
            match c {
                '(' | '[' | '{' | '<' | '【' | '「' | '〔' | '『' | '〈' => depth += 1,
                ')' | ']' | '}' | '>' | '】' | '」' | '〕' | '』' | '〉' => {
                    depth = depth.saturating_sub(1)
                }
                _ => {}
            }
            if !(c.is_alphanumeric() || matches!(c, '〒' | '°' | '#')) {
                // An apostrophe ends no word, but an article before it does: `d'adresse`.
                starts = true;
                continue;
            }
            let before = at.checked_sub(1).map(|before| composed[before]);
            let after = composed.get(at + 1).copied();
            let begins = starts || before.is_none_or(|before| divides(before, c, after));
            letters.push(c, begins, depth > 0);
            starts = false;
        }
        letters
    }

    fn push(&mut self, c: char, begins: bool, aside: bool) {
        let plain = |c: char| match c {
            'ß' | 'ẞ' => ['s', 's'],
            'æ' | 'Æ' => ['a', 'e'],
            'ø' | 'Ø' | '°' => ['o', '\0'],
            'ł' | 'Ł' => ['l', '\0'],
            'đ' | 'Đ' => ['d', '\0'],
            'ı' | 'İ' => ['i', '\0'],
            c => [c.to_lowercase().next().unwrap_or(c), '\0'],
        };
        for (index, c) in plain(c).into_iter().filter(|c| *c != '\0').enumerate() {
            self.text.push(c);
            self.starts.push(begins && index == 0);
            self.aside.push(aside);
        }
    }

    /// What the words say that the whole of the name is made of; the fewer and longer ones where there are several ways.
    fn parsed(&self) -> Option<ParsedName> {
        let end = self.text.len();
        // The cost of the cheapest way to each place in the name, and what it says.
        let mut ways: Vec<Option<(u32, ParsedName)>> = vec![None; end + 1];
        ways[0] = Some((0, ParsedName::default()));
        for at in 0..end {
            let Some((before, name)) = ways[at] else {
                continue;
            };
            let mut go = |to: usize, cost: u32, name: ParsedName| {
                let cost = before + cost;
                if ways[to].is_none_or(|(known, _)| cost < known) {
                    ways[to] = Some((cost, name));
                }
            };
            if self.text[at].is_ascii_digit() {
                let to = self.digits_end(at);
                let number: String = self.text[at..to].iter().collect();
                let number = name.number.or(Some(number.parse().unwrap_or(u32::MAX)));
                go(to, 1, ParsedName { number, ..name });
                continue;
            }
            for to in at + 1..=end.min(at + VOCABULARY.longest) {
                if let Some(senses) = self.known(at, to) {
                    go(to, self.cost(at, to), name.and_word(senses));
                }
            }
            if self.aside[at] && (at == 0 || !self.aside[at - 1]) {
                let behind = (at..end).find(|index| !self.aside[*index]);
                let has_unknown_aside = true;
                let name = ParsedName {
                    has_unknown_aside,
                    ..name
                };
                go(behind.unwrap_or(end), 100, name);
            }
        }
        ways[end].map(|(_, name)| name)
    }

    fn digits_end(&self, at: usize) -> usize {
        let rest = self.text[at..].iter();
        at + rest.take_while(|c| c.is_ascii_digit()).count()
    }

    fn known(&self, from: usize, to: usize) -> Option<Senses> {
        let is_end = |at: usize, length: usize| {
            at == self.text.len() || self.starts[at] || is_cjk(self.text[at]) || length >= 3
        };
        let starts_word = self.starts[from] || is_cjk(self.text[from]);
        let word: String = self.text[from..to].iter().collect();
        // Within a word of Latin letters, two letters may be anything; `nr` and `id` end German and English ones.
        let starts = starts_word || to - from >= 3 || matches!(word.as_str(), "nr" | "id");
        let is_word = starts && is_end(to, to - from);
        VOCABULARY.words.get(&word).copied().filter(|_| is_word)
    }

    fn cost(&self, from: usize, to: usize) -> u32 {
        let inside = !self.starts[from] && !is_cjk(self.text[from]);
        let single = to - from == 1 && is_cjk(self.text[from]);
        10 + 5 * u32::from(inside) + 8 * u32::from(single)
    }
}

/// Whether a word ends between two letters: `mobile|Phone`, `IP|Address`, `TEL|会社`, `E-mail|2`.
fn divides(before: char, c: char, after: Option<char>) -> bool {
    let begins_word = || after.is_some_and(char::is_lowercase);
    (before.is_lowercase() && c.is_uppercase())
        || (before.is_uppercase() && c.is_uppercase() && begins_word())
        || before.is_numeric() != c.is_numeric()
        || is_cjk(before) != is_cjk(c)
}

/// Whether words of this script are written on to each other.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '〒' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

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
