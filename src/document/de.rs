//! The deserializer. `toml` has one, but its errors name no key and are in English only.

use super::{ConfigError, Document};
use crate::lang::tr;
use crate::names::{list_of, nearest};
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, Expected, Unexpected, Visitor};
use std::fmt;
use std::ops::Range;
use std::vec::IntoIter;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// Stands for the path of the key in an error's message, for types that give errors of their own.
pub const KEY: &str = "\u{0}key";

/// It is shown once it has its place, as a [`ConfigError`].
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub(super) enum ReadError {
    Custom(String),
    WrongType { wanted: String },
    UnknownKey(String, &'static [&'static str]),
    UnknownWord(String, &'static [&'static str]),
    MissingKey(&'static str),
    Located(ConfigError),
}

impl de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        ReadError::Custom(message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let wanted = expected.to_string();
        ReadError::WrongType { wanted }
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match unexpected {
            Unexpected::Unsigned(0) => Self::custom(tr!("config-positive", key = KEY)),
            Unexpected::Unsigned(_) => Self::custom(tr!("config-too-large", key = KEY)),
            _ => Self::invalid_type(unexpected, expected),
        }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        ReadError::UnknownKey(field.to_owned(), expected)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        ReadError::UnknownWord(variant.to_owned(), expected)
    }

    fn missing_field(field: &'static str) -> Self {
        ReadError::MissingKey(field)
    }
}

/// The value, if it is of the type that this key of the catalogue names.
fn typed<T>(value: Option<T>, wanted: &str) -> Result<T, ReadError> {
    value.ok_or_else(|| ReadError::WrongType {
        wanted: tr!(wanted),
    })
}

#[derive(Clone)]
pub(super) struct Node<'d> {
    document: &'d Document,
    /// The path of the key, such as `send.rate` or `mapping.emails[0]`; empty at the top.
    name: String,
    value: &'d Spanned<DeValue<'d>>,
    shorthand: Shorthand,
}

/// How the value of a node is read; see the types of the same names.
#[derive(Clone, Copy, PartialEq)]
enum Shorthand {
    Plain,
    ColumnOr,
    ValuesOr,
    /// The number of the line instead of the value.
    Line,
}

impl<'d> Node<'d> {
    pub(super) fn new(
        document: &'d Document,
        name: String,
        value: &'d Spanned<DeValue<'d>>,
    ) -> Self {
        Node {
            document,
            name,
            value,
            shorthand: Shorthand::Plain,
        }
    }

    /// Gives an error the place of this value, unless it has one.
    pub(super) fn locate(&self, error: ReadError) -> ConfigError {
        let key = self.name.as_str();
        let message = match error {
            ReadError::Located(error) => return error,
            ReadError::Custom(message) => message.replace(KEY, key),
            ReadError::WrongType { wanted } => {
                let kind = self.value.get_ref().type_str();
                tr!("config-wrong-type", key, kind, wanted)
            }
            ReadError::UnknownKey(name, known) => unknown_key(key, &name, known),
            ReadError::UnknownWord(value, allowed) => {
                let allowed = list_of(allowed);
                tr!("config-one-of", key, value, allowed)
            }
            ReadError::MissingKey(missing) if key.is_empty() => {
                tr!("config-missing-at-top", missing)
            }
            ReadError::MissingKey(missing) => tr!("config-missing", key, missing),
        };
        self.document.error(Some(self.value.span()), message)
    }

    fn integer(&self) -> Option<u64> {
        if self.shorthand == Shorthand::Line {
            return Some(self.document.line(self.value.span().start) as u64);
        }
        let integer = self.value.get_ref().as_integer()?;
        u64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
    }

    /// The items of a list; any other value stands for a list of one.
    fn items(&self) -> Items<'d> {
        let Some(items) = self.value.get_ref().as_array() else {
            return Items(vec![self.clone()].into_iter());
        };
        let item =
            |(index, value)| Node::new(self.document, format!("{}[{index}]", self.name), value);
        let items: Vec<Node<'d>> = items.iter().enumerate().map(item).collect();
        Items(items.into_iter())
    }

    fn entries(&self, table: &'d DeTable<'d>) -> Entries<'d> {
        let entry = |(key, value): (&'d Spanned<DeString<'d>>, _)| {
            let (name, span) = (key.get_ref().as_ref(), key.span());
            let path = match self.name.as_str() {
                "" => name.to_owned(),
                table => format!("{table}.{name}"),
            };
            (name, span, Node::new(self.document, path, value))
        };
        Entries::new(self, table.iter().map(entry).collect())
    }
}

fn unknown_key(table: &str, key: &str, known: &[&str]) -> String {
    let near = nearest(key, known.iter().copied(), 1).first().copied();
    let known = list_of(known);
    match (near, table) {
        (Some(near), "") => tr!("config-unknown-near", key, near),
        (None, "") => tr!("config-unknown", key, known),
        (Some(near), _) => tr!("config-unknown-in-near", key, table, near),
        (None, _) => tr!("config-unknown-in", key, table, known),
    }
}

struct Entries<'d> {
    table: Node<'d>,
    entries: IntoIter<(&'d str, Range<usize>, Node<'d>)>,
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
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'d>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ReadError> {
        let Some((key, span, value)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        let read = seed.deserialize(StrDeserializer::new(key));
        read.map(Some).map_err(|error| match error {
            // The second is that of a key which is an enum.
            ReadError::UnknownKey(key, known) | ReadError::UnknownWord(key, known) => {
                let message = unknown_key(&self.table.name, &key, known);
                ReadError::Located(self.table.document.error(Some(span), message))
            }
            error => error,
        })
    }

    fn next_value_seed<V: DeserializeSeed<'d>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        let node = self.value.take().expect("serde reads the key first");
        let read = seed.deserialize(node.clone());
        read.map_err(|error| ReadError::Located(node.locate(error)))
    }
}

struct Items<'d>(IntoIter<Node<'d>>);

impl<'d> de::SeqAccess<'d> for Items<'d> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'d>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadError> {
        let Some(node) = self.0.next() else {
            return Ok(None);
        };
        let read = seed.deserialize(node.clone());
        read.map(Some)
            .map_err(|error| ReadError::Located(node.locate(error)))
    }
}

impl<'de> de::Deserializer<'de> for Node<'de> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.value.get_ref() {
            DeValue::String(text) => visitor.visit_str(text),
            DeValue::Boolean(value) => visitor.visit_bool(*value),
            DeValue::Array(_) => visitor.visit_seq(self.items()),
            DeValue::Table(table) => visitor.visit_map(self.entries(table)),
            other => match self.integer() {
                Some(integer) => visitor.visit_u64(integer),
                None => Err(de::Error::invalid_type(
                    Unexpected::Other(other.type_str()),
                    &visitor,
                )),
            },
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_bool(typed(self.value.get_ref().as_bool(), "wanted-boolean")?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_u64(typed(self.integer(), "wanted-number")?)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_str(typed(self.value.get_ref().as_str(), "wanted-text")?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_seq(self.items())
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let table = typed(self.value.get_ref().as_table(), "wanted-table")?;
        visitor.visit_map(self.entries(table))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let value = self.value.get_ref();
        if value.is_table() || matches!(self.shorthand, Shorthand::Plain | Shorthand::Line) {
            return self.deserialize_map(visitor);
        }
        if self.shorthand == Shorthand::ColumnOr {
            typed(value.as_str(), "wanted-value")?;
        }
        let first = Node::new(self.document, self.name.clone(), self.value);
        let entries = vec![(keys[0], self.value.span(), first)];
        visitor.visit_map(Entries::new(&self, entries))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let text = typed(self.value.get_ref().as_str(), "wanted-text")?;
        visitor.visit_enum(StrDeserializer::new(text))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let shorthand = match name {
            "ColumnOr" => Shorthand::ColumnOr,
            "ValuesOr" => Shorthand::ValuesOr,
            _ => Shorthand::Plain,
        };
        visitor.visit_newtype_struct(Node { shorthand, ..self })
    }

    /// Reads the only tuple struct, `Lined`.
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let line = Node {
            shorthand: Shorthand::Line,
            ..self.clone()
        };
        visitor.visit_seq(Items(vec![line, self].into_iter()))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 f32 f64 char str bytes byte_buf unit unit_struct tuple identifier ignored_any
    }
}
