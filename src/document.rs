//! Reads TOML into types that derive `Deserialize`, also TOML that is shorter than serde would have it; every error names the
//! file, the line, the key and the nearest known key.

mod de;

use crate::lang::tr;
use de::Node;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, Unexpected, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use de::KEY;

/// A configuration or mapping that can't be used: `cardlift.toml:12: …`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}: {message}", .path.display(), .line.map_or(String::new(), |line| format!(":{line}")))]
pub struct ConfigError {
    pub path: PathBuf,
    /// Starts at 1.
    pub line: Option<usize>,
    /// The problem and the way out.
    pub message: String,
}

/// A TOML text with the path that errors name.
#[derive(Debug)]
pub struct Document {
    path: PathBuf,
    text: String,
}

impl Document {
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Document {
            path: path.into(),
            text: text.into(),
        }
    }

    pub fn open(path: &Path) -> Result<Self, ConfigError> {
        std::fs::read_to_string(path)
            .map(|text| Document::new(path, text))
            .map_err(|error| ConfigError {
                path: path.to_owned(),
                line: None,
                message: tr!("config-unreadable", error),
            })
    }

    pub fn read<T: DeserializeOwned>(&self) -> Result<T, ConfigError> {
        self.read_over("")
    }

    /// Reads the document; keys that it lacks at the top, and in the tables there, are taken from `defaults`.
    pub fn read_over<T: DeserializeOwned>(&self, defaults: &str) -> Result<T, ConfigError> {
        let table = self.parse(&self.text)?;
        let (span, mut table) = (table.span(), table.into_inner());
        for (name, section) in self.parse(defaults)?.into_inner() {
            let own = table.entry(name).or_insert_with(|| section.clone());
            if let (DeValue::Table(own), DeValue::Table(all)) =
                (own.get_mut(), section.into_inner())
            {
                for (key, value) in all {
                    own.entry(key).or_insert(value);
                }
            }
        }
        let value = Spanned::new(span, DeValue::Table(table));
        let node = Node::new(self, String::new(), &value);
        T::deserialize(node.clone()).map_err(|error| node.locate(error))
    }

    fn parse<'t>(&self, text: &'t str) -> Result<Spanned<DeTable<'t>>, ConfigError> {
        DeTable::parse(text).map_err(|error| {
            let message = tr!("config-not-toml", error = error.message());
            self.error(error.span(), message)
        })
    }

    fn error(&self, span: Option<Range<usize>>, message: String) -> ConfigError {
        ConfigError {
            path: self.path.clone(),
            line: span.map(|span| self.line(span.start)),
            message,
        }
    }

    fn line(&self, at: usize) -> usize {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

/// A table; a text, the name of a column, stands for a table that has it as its first key.
#[derive(Clone, Debug, Deserialize)]
pub struct ColumnOr<T>(pub T);

impl<T: JsonSchema> JsonSchema for ColumnOr<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("ColumnOr_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let column = json_schema!({ "type": "string", "description": "The name of a column" });
        json_schema!({ "anyOf": [column, generator.subschema_for::<T>()] })
    }
}

/// A table; any other value stands for a table that has it as its first key.
#[derive(Clone, Debug, Deserialize)]
pub struct ValuesOr<T>(pub T);

/// A value with its line in the document, which starts at 1.
#[derive(Clone, Debug, Deserialize)]
pub struct Lined<T>(pub usize, pub T);

/// A set of texts, for [`Word`].
pub trait Words {
    const WORDS: &'static [&'static str];
}

/// One text of a set that is declared elsewhere. Other sets are enums.
#[derive(Clone, Copy, Debug)]
pub struct Word<W>(pub &'static str, PhantomData<W>);

impl<'de, W: Words> Deserialize<'de> for Word<W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match W::WORDS.iter().find(|word| **word == text) {
            Some(word) => Ok(Word(word, PhantomData)),
            None => Err(D::Error::unknown_variant(&text, W::WORDS)),
        }
    }
}

impl<W: Words> JsonSchema for Word<W> {
    fn schema_name() -> Cow<'static, str> {
        format!("Word_{}", W::WORDS.concat()).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": W::WORDS })
    }
}

/// Declares sets of words: `words! { Sizes = &["S", "M", "L"] }`.
macro_rules! words {
    ($($visibility:vis $name:ident = $words:expr),+ $(,)?) => {$(
        #[derive(Clone, Copy, Debug)]
        $visibility enum $name {}

        impl $crate::document::Words for $name {
            const WORDS: &'static [&'static str] = $words;
        }
    )+};
}
pub(crate) use words;

/// Reads a text; an empty one stands for none.
pub fn unless_empty<'de, D: Deserializer<'de>, T: From<String>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok((!text.is_empty()).then(|| T::from(text)))
}

/// A value of one word.
pub enum Scalar<'s> {
    Text(&'s str),
    Number(u64),
    Flag(bool),
}

/// Reads a value that may be of several types. `wanted` is the key of what it has to be, which the error says where `read`
/// returns nothing.
pub fn scalar<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    wanted: &'static str,
    read: fn(Scalar<'_>) -> Option<T>,
) -> Result<T, D::Error> {
    struct Read<T>(&'static str, fn(Scalar<'_>) -> Option<T>);

    impl<T> Visitor<'_> for Read<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(&tr!(self.0))
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            let read = (self.1)(Scalar::Text(text));
            read.ok_or_else(|| E::invalid_type(Unexpected::Str(text), &self))
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
            let read = (self.1)(Scalar::Number(number));
            read.ok_or_else(|| E::invalid_type(Unexpected::Unsigned(number), &self))
        }

        fn visit_bool<E: Error>(self, flag: bool) -> Result<T, E> {
            let read = (self.1)(Scalar::Flag(flag));
            read.ok_or_else(|| E::invalid_type(Unexpected::Bool(flag), &self))
        }
    }

    deserializer.deserialize_any(Read(wanted, read))
}

#[cfg(test)]
mod tests;
