//! Reads TOML into types that derive `Deserialize`; every error names the file, the line, the key and the nearest known key.
//!
//! The errors of `toml` itself name no key, and are English only. Beside the types of serde, these have a meaning of their own:
//! a `Vec` also takes a single value; [`ColumnOr`] and [`ValuesOr`] take a short form of a table; [`Lined`] keeps the line;
//! [`Word`] takes one of a fixed set of texts.

use crate::lang::tr;
use crate::names::{list_of, nearest};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A configuration or mapping that can't be used: `cardlift.toml:12: …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    pub path: PathBuf,
    /// Starts at 1.
    pub line: Option<usize>,
    /// The problem and the way out.
    pub message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for ConfigError {}

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
                message: tr!("config-unreadable", error = error.to_string()),
            })
    }

    pub fn read<T: DeserializeOwned>(&self) -> Result<T, ConfigError> {
        self.read_over("")
    }

    /// Reads the document; the keys that a table at the top lacks are taken from the same table of `defaults`.
    pub fn read_over<T: DeserializeOwned>(&self, defaults: &str) -> Result<T, ConfigError> {
        let table = self.parse(&self.text)?;
        let (span, mut table) = (table.span(), table.into_inner());
        for (name, section) in self.parse(defaults)?.into_inner() {
            match table.get_mut(&name).map(Spanned::get_mut) {
                None => drop(table.insert(name, section)),
                Some(DeValue::Table(own)) => {
                    let DeValue::Table(section) = section.into_inner() else {
                        continue;
                    };
                    for (key, value) in section {
                        own.entry(key).or_insert(value);
                    }
                }
                Some(_) => {} // reading it reports the wrong type
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
            line: span.map(|span| self.line(&span)),
            message,
        }
    }

    fn line(&self, span: &Range<usize>) -> usize {
        let before = &self.text.as_bytes()[..span.start.min(self.text.len())];
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

/// Stands for the path of the key in the message of an error that a `Deserialize` gives.
pub const KEY: &str = "\u{0}key";

/// An error without its place, until the deserializer adds it.
#[derive(Debug)]
pub enum Error {
    Custom(String),
    WrongType { wanted: String },
    UnknownKey(String, &'static [&'static str]),
    UnknownWord(String, &'static [&'static str]),
    MissingKey(&'static str),
    Located(ConfigError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Error::Custom(message.to_string())
    }

    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let wanted = expected.to_string();
        Error::WrongType { wanted }
    }

    fn invalid_value(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Error::UnknownKey(field.to_owned(), expected)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Error::UnknownWord(variant.to_owned(), expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Error::MissingKey(field)
    }
}

/// A value of the document, read by serde.
#[derive(Clone)]
struct Node<'d> {
    document: &'d Document,
    /// The path of the key, such as `send.rate` or `mapping.emails[0]`; empty at the top.
    name: String,
    value: &'d Spanned<DeValue<'d>>,
    short: ShortForm,
}

/// What stands for a table that has it as its first key.
#[derive(Clone, Copy, PartialEq)]
enum ShortForm {
    Nothing,
    Text,
    AnyValue,
}

impl<'d> Node<'d> {
    fn new(document: &'d Document, name: String, value: &'d Spanned<DeValue<'d>>) -> Self {
        Node {
            document,
            name,
            value,
            short: ShortForm::Nothing,
        }
    }

    /// Gives an error its place, unless it has one.
    fn located(&self, error: Error) -> Error {
        Error::Located(self.locate(error))
    }

    fn locate(&self, error: Error) -> ConfigError {
        let key = self.name.as_str();
        let message = match error {
            Error::Located(error) => return error,
            Error::Custom(message) => message.replace(KEY, key),
            Error::WrongType { wanted } => {
                let kind = self.value.get_ref().type_str();
                tr!("config-wrong-type", key = key, kind = kind, wanted = wanted)
            }
            Error::UnknownKey(name, known) => unknown_key(key, &name, known),
            Error::UnknownWord(value, allowed) => {
                let allowed = list_of(allowed);
                tr!("config-one-of", key = key, value = value, allowed = allowed)
            }
            Error::MissingKey(missing) if key.is_empty() => {
                tr!("config-missing-at-top", missing = missing)
            }
            Error::MissingKey(missing) => tr!("config-missing", key = key, missing = missing),
        };
        self.document.error(Some(self.value.span()), message)
    }

    fn wrong_type<T>(&self, wanted: String) -> Result<T, Error> {
        Err(self.located(Error::WrongType { wanted }))
    }

    fn integer(&self) -> Option<u64> {
        let integer = self.value.get_ref().as_integer()?;
        u64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
    }

    /// The items of a list; any other value stands for a list of one.
    fn items(&self) -> Vec<Node<'d>> {
        let Some(items) = self.value.get_ref().as_array() else {
            return vec![self.clone()];
        };
        let named = |(index, value)| {
            let name = format!("{}[{index}]", self.name);
            Node::new(self.document, name, value)
        };
        items.iter().enumerate().map(named).collect()
    }

    fn table(&self, table: &'d DeTable<'d>) -> Entries<'d> {
        let entries = table.iter().map(|(key, value)| {
            let name = match self.name.as_str() {
                "" => key.get_ref().to_string(),
                table => format!("{table}.{}", key.get_ref()),
            };
            let node = Node::new(self.document, name, value);
            (key.get_ref().as_ref(), key.span(), node)
        });
        Entries::new(self, entries.collect())
    }
}

fn unknown_key(table: &str, name: &str, known: &[&str]) -> String {
    let near = nearest(name, known.iter().copied(), 1).first().copied();
    let known = list_of(known);
    match (near, table.is_empty()) {
        (Some(near), true) => tr!("config-unknown-near", key = name, near = near),
        (None, true) => tr!("config-unknown", key = name, known = known),
        (Some(near), false) => {
            tr!(
                "config-unknown-in-near",
                key = name,
                table = table,
                near = near
            )
        }
        (None, false) => tr!(
            "config-unknown-in",
            key = name,
            table = table,
            known = known
        ),
    }
}

/// The keys of a table, or the one key that a short form stands for.
struct Entries<'d> {
    table: Node<'d>,
    entries: std::vec::IntoIter<(&'d str, Range<usize>, Node<'d>)>,
    value: Option<Node<'d>>,
}

impl<'d> Entries<'d> {
    fn new(table: &Node<'d>, entries: Vec<(&'d str, Range<usize>, Node<'d>)>) -> Self {
        Entries {
            table: table.clone(),
            entries: entries.into_iter(),
            value: None,
        }
    }
}

impl<'d> de::MapAccess<'d> for Entries<'d> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'d>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((key, span, value)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        let key = seed.deserialize(StrDeserializer::new(key));
        key.map(Some).map_err(|error| match error {
            Error::UnknownKey(name, known) => {
                let message = unknown_key(&self.table.name, &name, known);
                Error::Located(self.table.document.error(Some(span), message))
            }
            error => self.table.located(error),
        })
    }

    fn next_value_seed<V: DeserializeSeed<'d>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let node = self.value.take().expect("serde asks for the key first");
        seed.deserialize(node.clone())
            .map_err(|error| node.located(error))
    }
}

/// The items of a list.
struct Items<'d>(std::vec::IntoIter<Node<'d>>);

impl<'d> de::SeqAccess<'d> for Items<'d> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'d>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(node) = self.0.next() else {
            return Ok(None);
        };
        let item = seed.deserialize(node.clone());
        item.map(Some).map_err(|error| node.located(error))
    }
}

/// The line of a value, then the value.
struct LineAndValue<'d>(Option<usize>, Option<Node<'d>>);

impl<'d> de::SeqAccess<'d> for LineAndValue<'d> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'d>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        match (self.0.take(), &self.1) {
            (Some(line), _) => seed.deserialize(line.into_deserializer()).map(Some),
            (None, Some(node)) => seed.deserialize(node.clone()).map(Some),
            (None, None) => Ok(None),
        }
    }
}

impl<'de> de::Deserializer<'de> for Node<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value.get_ref() {
            DeValue::String(text) => visitor.visit_str(text),
            DeValue::Boolean(value) => visitor.visit_bool(*value),
            DeValue::Array(_) => visitor.visit_seq(Items(self.items().into_iter())),
            DeValue::Table(table) => visitor.visit_map(self.table(table)),
            DeValue::Integer(_) if self.integer().is_some() => {
                self.clone().deserialize_u64(visitor)
            }
            other => Err(de::Error::invalid_type(
                de::Unexpected::Other(other.type_str()),
                &visitor,
            )),
        }
        .map_err(|error| self.located(error))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value.get_ref().as_bool() {
            Some(value) => visitor.visit_bool(value),
            None => self.wrong_type(tr!("wanted-boolean")),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.integer() {
            Some(integer) => visitor.visit_u64(integer),
            None => self.wrong_type(tr!("wanted-number")),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value.get_ref().as_str() {
            Some(text) => visitor.visit_str(text),
            None => self.wrong_type(tr!("wanted-text")),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Items(self.items().into_iter()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value.get_ref().as_table() {
            Some(table) => visitor.visit_map(self.table(table)),
            None => self.wrong_type(tr!("wanted-table")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let value = self.value.get_ref();
        let entries = match (value.as_table(), self.short) {
            (Some(table), _) => self.table(table),
            (None, ShortForm::Text) if !value.is_str() => {
                return self.wrong_type(tr!("wanted-value"));
            }
            (None, ShortForm::Nothing) => return self.wrong_type(tr!("wanted-table")),
            (None, _) => {
                let value = Node::new(self.document, self.name.clone(), self.value);
                Entries::new(&self, vec![(fields[0], self.value.span(), value)])
            }
        };
        let read = visitor.visit_map(entries);
        read.map_err(|error| self.located(error))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Some(text) = self.value.get_ref().as_str() else {
            return self.wrong_type(tr!("wanted-text"));
        };
        let read = visitor.visit_enum(StrDeserializer::new(text));
        read.map_err(|error| self.located(error))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let short = match name {
            "ColumnOr" => ShortForm::Text,
            "ValuesOr" => ShortForm::AnyValue,
            _ => ShortForm::Nothing,
        };
        visitor.visit_newtype_struct(Node { short, ..self })
    }

    /// Only [`Lined`] is one.
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let line = self.document.line(&self.value.span());
        visitor.visit_seq(LineAndValue(Some(line), Some(self)))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 f32 f64 char bytes byte_buf unit unit_struct tuple identifier ignored_any
    }
}

/// A table of which a text gives the first key, the name of a column.
#[derive(Clone, Debug, Deserialize)]
pub struct ColumnOr<T>(pub T);

impl<T: JsonSchema> JsonSchema for ColumnOr<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ColumnOr_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let column = json_schema!({ "type": "string", "description": "The name of a column" });
        json_schema!({ "anyOf": [column, generator.subschema_for::<T>()] })
    }
}

/// A table of which a value or a list of values gives the first key.
#[derive(Clone, Debug, Deserialize)]
pub struct ValuesOr<T>(pub T);

/// A value with its line in the document, which starts at 1.
#[derive(Clone, Debug, Deserialize)]
pub struct Lined<T>(pub usize, pub T);

impl<T: JsonSchema> JsonSchema for Lined<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

/// A set of texts, for [`Word`].
pub trait Words {
    const WORDS: &'static [&'static str];
}

/// One of the texts of a set.
#[derive(Clone, Copy, Debug)]
pub struct Word<W>(pub &'static str, PhantomData<W>);

impl<W: Words> Word<W> {
    /// The word that a text is; nothing where it is none of the set.
    pub fn of(text: &str) -> Option<Self> {
        let word = W::WORDS.iter().find(|word| **word == text)?;
        Some(Word(word, PhantomData))
    }
}

impl<'de, W: Words> Deserialize<'de> for Word<W> {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Word::of(&text).ok_or_else(|| de::Error::unknown_variant(&text, W::WORDS))
    }
}

impl<W: Words> JsonSchema for Word<W> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "word".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "enum": W::WORDS })
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
pub fn unless_empty<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: de::Deserializer<'de>,
    T: From<String>,
{
    let text = String::deserialize(deserializer)?;
    Ok((!text.is_empty()).then(|| T::from(text)))
}

#[cfg(test)]
mod tests;
