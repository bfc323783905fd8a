//! What words mean in the names of columns and in labels.

use serde::Deserialize;

/// What a word means, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
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
    Number = "number", Work = "work", Home = "home", Personal = "personal", Other = "other", Place = "place", Shipping = "shipping", Billing = "billing", Someone = "someone",
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
        let and = |all: Senses, one| Some(all.and(Sense::named(one)?.into()));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meaning_that_is_not_known_is_named() {
        let error = Senses::try_from("home phonne".to_owned()).err();
        assert!(error.is_some_and(|error| error.contains("phonne")));
    }
}
