//! The vocabulary of column names: words with what they mean, from `words/columns.toml`.

use super::tokens::folded;
use crate::mapping::words::read;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word means, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Senses(u128);

macro_rules! senses {
    ($($sense:ident = $name:literal),* $(,)?) => {
        /// One meaning of a word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Sense { $($sense,)* }

        impl Sense {
            fn named(name: &str) -> Option<Sense> {
                match name { $($name => Some(Sense::$sense),)* _ => None }
            }
        }
    };
}

senses! {
    Name = "name", Full = "full", LastFirst = "last-first", First = "first", Last = "last", SecondLast = "second-last", ShortFirst = "short-first", ShortLast = "short-last",
    Mei = "mei", Middle = "middle", Nick = "nick", Prefix = "prefix", Suffix = "suffix", Reading = "reading",
    English = "english", Person = "person", Recipient = "recipient", Orderer = "orderer", Head = "head", Client = "client", Company = "company", Affiliation = "affiliation",
    Department = "department", Title = "title", AnyTitle = "any-title", Occupation = "occupation", Email = "email",
    Telephone = "telephone", Landline = "landline", Mobile = "mobile", Fax = "fax", Pager = "pager", Direct = "direct", Main = "main",
    Number = "number", Work = "work", Home = "home", Other = "other", Place = "place", Shipping = "shipping", Billing = "billing", Someone = "someone",
    Address = "address", Street = "street", House = "house", Extended = "extended", City = "city", Region = "region",
    Country = "country", Zip = "zip", PoBox = "pobox", Birthday = "birthday", Anniversary = "anniversary",
    DayType = "day-type", Lunar = "lunar", Date = "date", Year = "year", Month = "month", Day = "day", Memo = "memo", Website = "website", Facebook = "facebook", Line = "line-app",
    X = "x-app", Messenger = "messenger", Id = "id", Tags = "tags", Nothing = "nothing", LabelOf = "label-of",
    Filler = "filler",
}

impl TryFrom<String> for Senses {
    type Error = String;

    /// Senses by their names, with blanks between.
    fn try_from(names: String) -> Result<Senses, String> {
        let senses = names.split(' ').map(Sense::named);
        let senses: Option<Vec<Sense>> = senses.collect();
        let senses = senses.ok_or_else(|| format!("`{names}` is no meaning that is known"))?;
        Ok(senses
            .into_iter()
            .fold(Senses::default(), |all, one| all.and(one.into())))
    }
}

impl Senses {
    pub fn and(self, more: Senses) -> Senses {
        Senses(self.0 | more.0)
    }

    pub fn without(self, sense: Sense) -> Senses {
        Senses(self.0 & !Senses::from(sense).0)
    }

    /// Whether this sense is all of them.
    pub fn are(self, sense: Sense) -> bool {
        self == Senses::from(sense)
    }

    pub fn has(self, sense: Sense) -> bool {
        self.0 & Senses::from(sense).0 != 0
    }

    pub fn has_any(self, senses: &[Sense]) -> bool {
        senses.iter().any(|sense| self.has(*sense))
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl From<Sense> for Senses {
    fn from(sense: Sense) -> Senses {
        Senses(1 << sense as u32)
    }
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

    #[test]
    fn a_meaning_that_is_not_known_is_named() {
        let error = Senses::try_from("home phonne".to_owned()).err();
        assert!(error.is_some_and(|error| error.contains("phonne")));
    }
}
