//! Words that are built in, from `words/*.toml`, and what they mean in the names of columns and in labels.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{HashMap, HashSet};
use std::str::FromStr;
use std::sync::LazyLock;
use strum::EnumString;

/// `words/names.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub surnames: HashSet<String>,
    pub korean_no_names: HashSet<String>,
    pub korean_titles: HashSet<String>,
    pub honorifics: HashSet<String>,
    pub organisations: Vec<String>,
    pub prefixes: HashSet<String>,
    pub prefixes_with_dot: HashSet<String>,
    pub suffixes: HashSet<String>,
    pub exact_suffixes: HashSet<String>,
    pub particles: HashSet<String>,
    pub lower_case_particles: HashSet<String>,
    pub no_persons: HashSet<String>,
    pub japan: Vec<String>,
    pub east_asia: Vec<String>,
}

/// `words/cards.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cards {
    pub say_nothing: HashSet<String>,
    pub relations: HashSet<String>,
    pub android_relations: Vec<String>,
    pub usual: HashMap<String, String>,
    aliases: HashMap<String, String>,
    pub services: HashMap<String, String>,
    pub schemes: HashMap<String, String>,
}

impl Cards {
    /// The property of the specifications that one of another name stands for, and what its name says besides: the type, or
    /// the part of an organisation.
    pub fn alias(&self, name: &str) -> Option<(&str, &str)> {
        let same = self.aliases.get(name)?;
        Some(same.split_once(';').unwrap_or((same, "")))
    }
}

pub(super) static NAMES: LazyLock<Names> =
    LazyLock::new(|| read(include_str!("../../words/names.toml")));

pub(super) static CARDS: LazyLock<Cards> =
    LazyLock::new(|| read(include_str!("../../words/cards.toml")));

pub(super) fn read<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("tests read the words that are built in")
}

/// What a word means, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Senses(u128);

/// One meaning, by the name that it has in `words/*.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "kebab-case")]
// In a line each, related ones would be pages apart.
#[rustfmt::skip]
pub(super) enum Sense {
    Name, Full, LastFirst, First, Last, SecondLast, ShortFirst, ShortLast, Mei, Middle, Nick, Prefix, Suffix, Reading, English,
    Person, Recipient, Orderer, Head, Client, Whose, Company, Affiliation, Department, Title, AnyTitle, Occupation, Email,
    Telephone, Landline, Mobile, Fax, Pager, Direct, Main, Number, Work, Home, Personal, Other, Place, Shipping, Billing,
    Someone, Address, Street, House, Extended, City, Region, Country, Zip, Pobox, Birthday, Anniversary, DayType, Lunar, Date,
    Year, Month, Day, Memo, Website, Facebook, LineApp, XApp, Messenger, Id, Tags, Nothing, LabelOf, Filler,
}

impl TryFrom<String> for Senses {
    type Error = String;

    /// Senses by their names, with blanks between.
    fn try_from(names: String) -> Result<Senses, String> {
        let and = |all: Senses, one| Some(all.and(Sense::from_str(one).ok()?.into()));
        let all = names.split(' ').try_fold(Senses::default(), and);
        all.ok_or_else(|| format!("`{names}` is no meaning that is known"))
    }
}

impl Senses {
    pub fn and(self, more: Senses) -> Senses {
        Senses(self.0 | more.0)
    }

    pub fn without(self, sense: Sense) -> Senses {
        Senses(self.0 & !Senses::from(sense).0)
    }

    pub fn are_among(self, others: Senses) -> bool {
        self.0 & !others.0 == 0
    }

    pub fn overlap(self, others: Senses) -> bool {
        self.0 & others.0 != 0
    }

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

/// What follows from meanings. The first of several rules that fits counts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule<T> {
    pub gives: T,
    /// All that there must be.
    #[serde(default)]
    has: Senses,
    /// Of which one must be there.
    any: Option<Senses>,
    /// Of which none may be there.
    #[serde(default)]
    not: Senses,
    /// All that there may be.
    only: Option<Senses>,
    /// What must be all around.
    #[serde(default)]
    beside: Senses,
    /// What must not be around.
    #[serde(default)]
    unless: Senses,
}

impl<T> Rule<T> {
    pub fn fits(&self, senses: Senses, around: Senses) -> bool {
        self.has.are_among(senses)
            && self.any.is_none_or(|any| any.overlap(senses))
            && !self.not.overlap(senses)
            && self.only.is_none_or(|only| senses.are_among(only))
            && self.beside.are_among(around)
            && !self.unless.overlap(around)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meaning_that_is_not_known_is_named() {
        let error = Senses::try_from("home phonne".to_owned()).err();
        assert!(error.is_some_and(|error| error.contains("phonne")));
    }
}
