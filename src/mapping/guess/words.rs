//! The vocabulary of column names: words with what they mean, from `words/columns.toml`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What a word means, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    English = "english", Person = "person", Recipient = "recipient", Orderer = "orderer", Client = "client", Company = "company", Affiliation = "affiliation",
    Department = "department", Title = "title", AnyTitle = "any-title", Occupation = "occupation", Email = "email",
    Telephone = "telephone", Mobile = "mobile", Fax = "fax", Pager = "pager", Direct = "direct", Main = "main",
    Number = "number", Work = "work", Home = "home", Other = "other", Place = "place", Shipping = "shipping", Billing = "billing", Someone = "someone",
    Address = "address", Street = "street", House = "house", Extended = "extended", City = "city", Region = "region",
    Country = "country", Zip = "zip", PoBox = "pobox", Birthday = "birthday", Anniversary = "anniversary",
    DayType = "day-type", Date = "date", Year = "year", Month = "month", Day = "day", Memo = "memo", Website = "website", Facebook = "facebook", Line = "line-app",
    X = "x-app", Messenger = "messenger", Id = "id", Tags = "tags", Nothing = "nothing", LabelOf = "label-of",
    Filler = "filler",
}

impl Senses {
    /// Senses by their names, with blanks between.
    fn named(names: &str) -> Option<Senses> {
        let mut senses = Senses::default();
        for name in names.split(' ') {
            senses = senses.and(Sense::named(name)?.into());
        }
        Some(senses)
    }

    pub fn and(self, more: Senses) -> Senses {
        Senses(self.0 | more.0)
    }

    pub fn without(self, sense: Sense) -> Senses {
        Senses(self.0 & !Senses::from(sense).0)
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

/// A word that means something only beside other columns.
pub(super) struct BesideWord {
    pub senses: Senses,
    /// Names of columns, folded, of which the file must have one.
    pub beside: Vec<String>,
}

/// The vocabulary, by words that are folded as [`super::tokens::folded`] does.
pub(super) struct Vocabulary {
    pub words: HashMap<String, Senses>,
    pub beside: HashMap<String, BesideWord>,
    /// The length of the longest word, in characters.
    pub longest: usize,
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| read(TEXT).expect("a test reads the words that are built in"));

const TEXT: &str = include_str!("../../../words/columns.toml");

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: BTreeMap<String, Vec<String>>,
    beside: BTreeMap<String, BesideEntry>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct BesideEntry {
    means: String,
    beside: Vec<String>,
}

fn read(text: &str) -> Result<Vocabulary, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let senses = |names: &str| {
        Senses::named(names).ok_or_else(|| format!("`{names}` is no meaning that is known"))
    };
    let mut words: HashMap<String, Senses> = HashMap::new();
    for (names, list) in &file.words {
        let meant = senses(names)?;
        for word in list {
            let word = words.entry(super::tokens::folded(word)).or_default();
            *word = word.and(meant);
        }
    }
    let mut beside = HashMap::new();
    for (word, entry) in file.beside {
        let word_beside = BesideWord {
            senses: senses(&entry.means)?,
            beside: entry
                .beside
                .iter()
                .map(|name| super::tokens::folded(name))
                .collect(),
        };
        beside.insert(super::tokens::folded(&word), word_beside);
    }
    let longest = words.keys().map(|word| word.chars().count()).max();
    Ok(Vocabulary {
        words,
        beside,
        longest: longest.unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_is_built_in_has_a_meaning_that_is_known() {
        let vocabulary = read(TEXT).unwrap_or_else(|error| panic!("words/columns.toml: {error}"));
        assert!(vocabulary.words.keys().all(|word| !word.is_empty()));
    }

    #[test]
    fn a_meaning_that_is_not_known_is_named() {
        let error = read("[words]\nphonne = [\"x\"]\n[beside]\n").err();
        assert!(error.is_some_and(|error| error.contains("phonne")));
    }
}
