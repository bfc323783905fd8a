//! The lists of a contact, and the rules that give their items.

use super::Value;
use crate::contact::limits;
use crate::document::{KEY, Lined, Word, Words, words};
use crate::lang::tr;
use crate::mapping::Excess;
use crate::names::list_of;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Emails,
    Telephones,
    Organizations,
    Events,
    Locations,
    Messengers,
    Websites,
}

impl List {
    /// In the order of the vendor's document.
    pub const ALL: [List; 7] = [
        List::Emails,
        List::Telephones,
        List::Organizations,
        List::Events,
        List::Locations,
        List::Messengers,
        List::Websites,
    ];

    pub fn api_name(self) -> &'static str {
        match self {
            List::Emails => "emails",
            List::Telephones => "telephones",
            List::Organizations => "organizations",
            List::Events => "events",
            List::Locations => "locations",
            List::Messengers => "messengers",
            List::Websites => "websites",
        }
    }

    /// The parts of an item that are values of their own; a text alone stands for the first.
    pub fn parts(self) -> &'static [&'static str] {
        match self {
            List::Emails => &["email", "label"],
            List::Telephones => &["telephone"],
            List::Organizations => &["name", "department", "title"],
            List::Events => &["date"],
            List::Locations => &["address", "zipCode"],
            List::Messengers => &["id"],
            List::Websites => &["url", "label"],
        }
    }

    /// The values of `type`; none if items have no type.
    pub fn types(self) -> &'static [&'static str] {
        match self {
            List::Telephones => limits::TELEPHONE_TYPES,
            List::Events => limits::EVENT_TYPES,
            List::Locations => limits::LOCATION_TYPES,
            List::Messengers => limits::MESSENGER_TYPES,
            List::Emails | List::Organizations | List::Websites => &[],
        }
    }
}

/// A rule that gives items of a list.
#[derive(Clone, Debug)]
pub struct Item {
    pub list: List,
    /// The parts of an item, by the API's names, in the order of [`List::parts`].
    pub parts: Vec<(&'static str, Value)>,
    pub kind: Option<TypeSpec>,
    pub day_type: Option<TypeSpec>,
    /// Whether its items come first.
    pub primary: bool,
    /// Whether a date that can't be read is carried over: an unreadable date need not reject the contact.
    pub carry_unreadable: bool,
}

impl Item {
    pub fn new(list: List) -> Item {
        Item::with(list, [], false)
    }

    fn with<const N: usize>(list: List, parts: [Option<Value>; N], primary: bool) -> Item {
        let parts = list.parts().iter().copied().zip(parts);
        Item {
            list,
            parts: parts
                .filter_map(|(name, value)| Some((name, value?)))
                .collect(),
            kind: None,
            day_type: None,
            primary,
            carry_unreadable: false,
        }
    }

    /// With a type, instead of which `customType` may be there.
    fn typed<W>(mut self, kind: Option<TypeOrLabel<W>>, custom: Option<Value>) -> Item {
        let custom = custom.map(TypeSpec::Custom);
        self.kind = custom.or(kind.map(|kind| kind.0));
        self
    }
}

/// How an item gets its type.
#[derive(Clone, Debug)]
pub enum TypeSpec {
    /// One of the API's values.
    Constant(&'static str),
    /// From a label.
    Label {
        /// Where the label stands.
        label: Value,
        /// The types of labels, by the user; they come before those that are built in.
        labels: BTreeMap<String, String>,
        /// The type of a record without a label.
        default: Option<String>,
    },
    /// `CUSTOM` with this as its `customType`.
    Custom(Value),
}

impl TypeSpec {
    pub(super) fn value(&self) -> Option<&Value> {
        match self {
            TypeSpec::Constant(_) => None,
            TypeSpec::Label { label, .. } => Some(label),
            TypeSpec::Custom(value) => Some(value),
        }
    }
}

words! {
    TelephoneTypes = limits::TELEPHONE_TYPES,
    EventTypes = limits::EVENT_TYPES,
    DayTypes = limits::DAY_TYPES,
    LocationTypes = limits::LOCATION_TYPES,
    MessengerTypes = limits::MESSENGER_TYPES,
}

/// A type, or a table that says where its label stands.
pub(super) struct TypeOrLabel<W>(TypeSpec, PhantomData<W>);

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct LabelTable {
    /// The column that the label stands in
    column: Lined<Vec<String>>,
    /// What a label stands for, before the words that are built in
    #[serde(default)]
    labels: BTreeMap<String, String>,
    /// What a record without a label gets
    default: Option<String>,
}

impl<'de, W: Words> Deserialize<'de> for TypeOrLabel<W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spec = deserializer.deserialize_any(TypeVisitor(W::WORDS))?;
        Ok(TypeOrLabel(spec, PhantomData))
    }
}

struct TypeVisitor(&'static [&'static str]);

impl<'de> Visitor<'de> for TypeVisitor {
    type Value = TypeSpec;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&tr!("wanted-table"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<TypeSpec, E> {
        match self.0.iter().find(|one| **one == text) {
            Some(kind) => Ok(TypeSpec::Constant(kind)),
            None => Err(E::custom(tr!(
                "mapping-type",
                key = KEY,
                value = text,
                known = list_of(self.0)
            ))),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TypeSpec, A::Error> {
        let table = LabelTable::deserialize(MapAccessDeserializer::new(map))?;
        if let Some(kind) = &table.default {
            self.visit_str::<A::Error>(kind)?;
        }
        let Lined(line, columns) = table.column;
        Ok(TypeSpec::Label {
            label: Value::column(columns, line),
            labels: table.labels,
            default: table.default,
        })
    }
}

impl<W: Words> JsonSchema for TypeOrLabel<W> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "type".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kind = Word::<W>::json_schema(generator);
        let mut label = LabelTable::json_schema(generator);
        if let Some(default) = label.pointer_mut("/properties/default") {
            default["enum"] = W::WORDS.into();
        }
        json_schema!({ "anyOf": [kind, label] })
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "emails")]
pub(super) struct Email {
    email: Value,
    label: Option<Value>,
    /// Whether its items come first
    #[serde(default)]
    primary: bool,
}

impl From<Email> for Item {
    fn from(item: Email) -> Item {
        Item::with(List::Emails, [Some(item.email), item.label], item.primary)
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "telephones")]
pub(super) struct Telephone {
    telephone: Value,
    /// The type, or the column that says it
    r#type: Option<TypeOrLabel<TelephoneTypes>>,
    /// A type of its own, called so
    custom_type: Option<Value>,
    /// Whether its items come first
    #[serde(default)]
    primary: bool,
}

impl From<Telephone> for Item {
    fn from(item: Telephone) -> Item {
        Item::with(List::Telephones, [Some(item.telephone)], item.primary)
            .typed(item.r#type, item.custom_type)
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "organizations")]
pub(super) struct Organization {
    name: Option<Value>,
    department: Option<Value>,
    title: Option<Value>,
    /// Whether its items come first
    #[serde(default)]
    primary: bool,
}

impl From<Organization> for Item {
    fn from(item: Organization) -> Item {
        let parts = [item.name, item.department, item.title];
        Item::with(List::Organizations, parts, item.primary)
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "events")]
pub(super) struct Event {
    date: Value,
    /// The type, or the column that says it
    r#type: Option<TypeOrLabel<EventTypes>>,
    /// A type of its own, called so
    custom_type: Option<Value>,
    /// Whether the day is counted by the sun or the moon, or the column that says it
    day_type: Option<TypeOrLabel<DayTypes>>,
    /// A date that can't be read: a problem of the record, or carried over
    #[serde(rename = "if_unreadable", default)]
    #[schemars(extend("default" = "problem"))]
    if_unreadable: Excess,
    /// Whether its items come first
    #[serde(default)]
    primary: bool,
}

impl From<Event> for Item {
    fn from(item: Event) -> Item {
        Item {
            day_type: item.day_type.map(|day_type| day_type.0),
            carry_unreadable: item.if_unreadable == Excess::CarryOver,
            ..Item::with(List::Events, [Some(item.date)], item.primary)
                .typed(item.r#type, item.custom_type)
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "locations")]
pub(super) struct Location {
    address: Value,
    zip_code: Option<Value>,
    /// The type, or the column that says it
    r#type: Option<TypeOrLabel<LocationTypes>>,
    /// A type of its own, called so
    custom_type: Option<Value>,
    /// Whether its items come first
    #[serde(default)]
    primary: bool,
}

impl From<Location> for Item {
    fn from(item: Location) -> Item {
        let parts = [Some(item.address), item.zip_code];
        Item::with(List::Locations, parts, item.primary).typed(item.r#type, item.custom_type)
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "messengers")]
pub(super) struct Messenger {
    id: Value,
    /// The type, or the column that says it
    r#type: Option<TypeOrLabel<MessengerTypes>>,
    /// A type of its own, called so
    custom_type: Option<Value>,
    /// Whether its items come first
    #[serde(default)]
    primary: bool,
}

impl From<Messenger> for Item {
    fn from(item: Messenger) -> Item {
        Item::with(List::Messengers, [Some(item.id)], item.primary)
            .typed(item.r#type, item.custom_type)
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "websites")]
pub(super) struct Website {
    url: Value,
    label: Option<Value>,
    /// Whether its items come first
    #[serde(default)]
    primary: bool,
}

impl From<Website> for Item {
    fn from(item: Website) -> Item {
        Item::with(List::Websites, [Some(item.url), item.label], item.primary)
    }
}
