//! A message as its key and its values, so that it can be said later and in each language.

use super::Lang;
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
    Plain(String),
    Keyed(Cow<'static, str>, Values),
}

type Values = BTreeMap<Cow<'static, str>, Value>;

/// The keys that phrases have, with the names of their values.
pub type Keys = BTreeMap<String, Vec<String>>;

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    Number(u64),
    Phrase(Phrase),
}

impl Phrase {
    /// A text of the catalogue.
    pub fn new<const N: usize>(
        key: impl Into<Cow<'static, str>>,
        values: [(&'static str, Value); N],
    ) -> Phrase {
        let named = |(name, value): (&'static str, Value)| (name.into(), value);
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
        for value in values.values() {
            if let Value::Phrase(phrase) = value {
                phrase.add_keys(keys);
            }
        }
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
            Phrase::Plain(text) => text.clone(),
            Phrase::Keyed(key, values) => said(super::current(), key, values),
        }
    }
}

fn said(lang: Lang, key: &str, values: &Values) -> String {
    let value = |value: &Value| match value {
        Value::Number(number) => FluentValue::from(*number),
        Value::Phrase(phrase) => phrase.text().into(),
    };
    let values: Vec<_> = (values.iter())
        .map(|(name, one)| (&**name, value(one)))
        .collect();
    // A ledger may have a key that this version does not know.
    super::found(lang, key, &values).unwrap_or_else(|| key.to_owned())
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

impl From<u64> for Value {
    fn from(number: u64) -> Value {
        Value::Number(number)
    }
}

impl<T: Into<Phrase>> From<T> for Value {
    fn from(text: T) -> Value {
        Value::Phrase(text.into())
    }
}

/// Personal data stays out of debug output.
impl fmt::Debug for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
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
            [("how", inner.into()), ("values", "`x`".into())],
        );
        assert_eq!(Phrase::read(&outer.to_json()), outer);
        let length = Phrase::new("wrong-ROW_TOO_LONG", [("count", Value::Number(3))]);
        assert_eq!(Phrase::read(&length.to_json()), length);
        for text in ["", "refused", "[\"no phrase", "[1]", "\"x\""] {
            assert_eq!(Phrase::read(text), Phrase::Plain(text.to_owned()));
        }
        assert!(outer.text().contains("a.csv:2"), "{}", outer.text());
    }
}
