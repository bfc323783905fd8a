//! A message as its key and its values, so that it can be said later and in each language.

use super::{MESSAGES, grouped};
use fluent_bundle::FluentValue;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// A text that stays as it is, such as the service's, or a key of the catalogue with its values.
///
/// As JSON it is a string, or `["KEY", {"NAME": VALUE}]`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Phrase {
    /// A number within another phrase, which may choose a plural by it.
    Number(u64),
    Plain(String),
    Keyed(Cow<'static, str>, Values),
}

type Values = BTreeMap<Cow<'static, str>, Phrase>;

/// The keys that phrases have, with the names of their values.
pub type Keys = BTreeMap<String, Vec<String>>;

impl Phrase {
    /// A text of the catalogue.
    pub fn new(
        key: impl Into<Cow<'static, str>>,
        values: impl IntoIterator<Item = (&'static str, Phrase)>,
    ) -> Phrase {
        let named = |(name, value): (&'static str, Phrase)| (name.into(), value);
        Phrase::Keyed(key.into(), values.into_iter().map(named).collect())
    }

    /// Adds its keys, also those of phrases within it.
    pub fn add_keys(&self, keys: &mut Keys) {
        let Phrase::Keyed(key, values) = self else {
            return;
        };
        if !keys.contains_key(&**key) {
            let names = values.keys().map(|name| name.clone().into_owned());
            keys.insert(key.clone().into_owned(), names.collect());
        }
        values.values().for_each(|phrase| phrase.add_keys(keys));
    }

    /// Reads what [`to_json`](Self::to_json) wrote; any other text stays as it is. Not for text of the service or of files, which
    /// may look like a phrase.
    pub fn read(text: &str) -> Phrase {
        match text.starts_with("[\"") {
            true => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
            false => text.into(),
        }
    }

    pub fn to_json(&self) -> String {
        match self {
            Phrase::Plain(text) => text.clone(),
            keyed => serde_json::to_string(keyed).expect("its keys are texts"),
        }
    }

    pub fn is_empty(&self) -> bool {
        matches!(self, Phrase::Plain(text) if text.is_empty())
    }

    /// Says it in the language of the process.
    pub fn text(&self) -> String {
        match self {
            Phrase::Number(number) => grouped(*number),
            Phrase::Plain(text) => text.clone(),
            Phrase::Keyed(key, values) => {
                let value = |value: &Phrase| match value {
                    Phrase::Number(number) => FluentValue::from(*number),
                    phrase => phrase.text().into(),
                };
                let values = values.iter().map(|(name, one)| (&**name, value(one)));
                let said = MESSAGES.format(super::current(), key, &values.collect::<Vec<_>>());
                // A ledger may have a key that this version does not know.
                said.unwrap_or_else(|| key.clone().into_owned())
            }
        }
    }
}

impl Default for Phrase {
    fn default() -> Phrase {
        Phrase::Plain(String::new())
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Phrase {
        Phrase::Plain(text.to_owned())
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Phrase {
        Phrase::Plain(text)
    }
}

impl From<u64> for Phrase {
    fn from(number: u64) -> Phrase {
        Phrase::Number(number)
    }
}

/// Personal data stays out of debug output.
impl fmt::Debug for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Phrase::Number(_) => f.write_str("number"),
            Phrase::Plain(text) => write!(f, "{} bytes", text.len()),
            Phrase::Keyed(key, _) => f.write_str(key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_read_back_as_it_was_and_other_text_stays_as_it_is() {
        let inner = Phrase::new("repeats", [("place", "a.csv:2".into())]);
        let outer = Phrase::new(
            "only-in-duplicate",
            [("how", inner), ("values", "`x`".into())],
        );
        assert_eq!(Phrase::read(&outer.to_json()), outer);
        let length = Phrase::new("wrong-ROW_TOO_LONG", [("count", Phrase::Number(3))]);
        assert_eq!(Phrase::read(&length.to_json()), length);
        for text in ["", "refused", "[\"no phrase", "[1]", "\"x\""] {
            assert_eq!(Phrase::read(text), Phrase::Plain(text.to_owned()));
        }
        assert!(outer.text().contains("a.csv:2"), "{}", outer.text());
    }
}
