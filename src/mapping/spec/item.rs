//! The lists of a contact, and the rules that give their items.

use super::Value;
use crate::contact::limits;
use crate::document::{KEY, Lined, Word, Words, words};
use crate::lang::tr;
use crate::mapping::Excess;
use crate::names::{list_of, named};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

named! {
    /// The lists, in the order of the vendor's document.
    pub enum List {
        Emails = "emails",
        Telephones = "telephones",
        Organizations = "organizations",
        Events = "events",
        Locations = "locations",
        Messengers = "messengers",
        Websites = "websites",
    }
}

impl List {
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
    pub primary: Primary,
    /// Whether a date that can't be read is carried over: an unreadable date need not reject the contact.
    pub carry_unreadable: bool,
}

impl Item {
    pub fn new(list: List) -> Item {
        Item {
            list,
            parts: Vec::new(),
            kind: None,
            day_type: None,
            primary: Primary::Always(false),
            carry_unreadable: false,
        }
    }
}

#[derive(Clone, Debug)]
pub enum TypeSpec {
    Constant(&'static str),
    Label {
        label: Value,
        /// The types of labels, by the user; they come before those that are built in.
        labels: BTreeMap<String, String>,
        default: Option<String>,
    },
    /// `CUSTOM` with this as its `customType`.
    Custom(Value),
    /// A type of its own where there is one, else the other.
    CustomOr(Value, Box<TypeSpec>),
}

impl TypeSpec {
    pub(super) fn values(&self) -> Vec<&Value> {
        match self {
            TypeSpec::Constant(_) => Vec::new(),
            TypeSpec::Label { label, .. } => vec![label],
            TypeSpec::Custom(value) => vec![value],
            TypeSpec::CustomOr(value, other) => {
                let mut values = other.values();
                values.push(value);
                values
            }
        }
    }
}

#[derive(Clone, Debug)]
pub enum Primary {
    Always(bool),
    /// Where this column says yes.
    Column(Value),
}

impl Default for Primary {
    fn default() -> Primary {
        Primary::Always(false)
    }
}

impl<'de> Deserialize<'de> for Primary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PrimaryVisitor)
    }
}

struct PrimaryVisitor;

impl<'de> Visitor<'de> for PrimaryVisitor {
    type Value = Primary;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&tr!("wanted-primary"))
    }

    fn visit_bool<E: Error>(self, always: bool) -> Result<Primary, E> {
        Ok(Primary::Always(always))
    }

    fn visit_str<E: Error>(self, column: &str) -> Result<Primary, E> {
        Ok(Primary::Column(Value::column(vec![column.to_owned()], 0)))
    }
}

impl JsonSchema for Primary {
    fn schema_name() -> Cow<'static, str> {
        "primary".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["boolean", "string"] })
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
struct LabelTable {
    /// The column that the label stands in
    #[schemars(with = "Vec<String>")]
    column: Lined<Vec<String>>,
    /// What a label stands for, before the words that are built in
    #[serde(default)]
    labels: BTreeMap<String, String>,
    /// What a record without a label gets
    default: Option<String>,
}

impl<W> TypeOrLabel<W> {
    fn or_custom(kind: Option<Self>, custom: Option<Value>) -> Option<TypeSpec> {
        match (kind, custom) {
            (Some(kind), Some(custom)) => Some(TypeSpec::CustomOr(custom, Box::new(kind.0))),
            (kind, custom) => custom.map(TypeSpec::Custom).or(kind.map(|kind| kind.0)),
        }
    }
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
    fn schema_name() -> Cow<'static, str> {
        format!("TypeOrLabel_{}", Word::<W>::schema_name()).into()
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

/// Declares the table of a list: the parts in the order of [`List::parts`], and the types, if its items have any.
macro_rules! tables {
    ($($list:ident $table:ident { $($part:ident: $value:ty),+ $(; type: $types:ty)? })+) => {$(
        #[derive(Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        pub(super) struct $table {
            $($part: $value,)+
            $(
                /// The type, or the column that says it
                r#type: Option<TypeOrLabel<$types>>,
                /// A type of its own, called so
                custom_type: Option<Value>,
            )?
            /// Whether its items come first, or the column that says it
            #[serde(default)]
            primary: Primary,
        }

        impl From<$table> for Item {
            fn from(table: $table) -> Item {
                let parts = [$(Option::<Value>::from(table.$part)),+];
                let parts = List::$list.parts().iter().zip(parts);
                Item {
                    parts: parts.filter_map(|(part, value)| Some((*part, value?))).collect(),
                    $(kind: TypeOrLabel::<$types>::or_custom(table.r#type, table.custom_type),)?
                    primary: table.primary,
                    ..Item::new(List::$list)
                }
            }
        }
    )+};
}

tables! {
    Emails Email { email: Value, label: Option<Value> }
    Telephones Telephone { telephone: Value; type: TelephoneTypes }
    Organizations Organization { name: Option<Value>, department: Option<Value>, title: Option<Value> }
    Locations Location { address: Value, zip_code: Option<Value>; type: LocationTypes }
    Messengers Messenger { id: Value; type: MessengerTypes }
    Websites Website { url: Value, label: Option<Value> }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
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
    /// Whether its items come first, or the column that says it
    #[serde(default)]
    primary: Primary,
}

impl From<Event> for Item {
    fn from(table: Event) -> Item {
        Item {
            parts: vec![("date", table.date)],
            kind: TypeOrLabel::or_custom(table.r#type, table.custom_type),
            day_type: table.day_type.map(|day_type| day_type.0),
            primary: table.primary,
            carry_unreadable: table.if_unreadable == Excess::CarryOver,
            ..Item::new(List::Events)
        }
    }
}
