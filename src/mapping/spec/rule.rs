//! The lists of a contact, and the rules that give their items.

use super::expression::Expression;
use crate::contact::limits;
use crate::document::{KEY, Lined, Scalar, Word, Words, scalar, words};
use crate::lang::tr;
use crate::mapping::Excess;
use crate::mapping::columns::fold;
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

    /// The type of an item that nothing gives one.
    pub fn default_type(self) -> &'static str {
        match self {
            List::Messengers => limits::CUSTOM,
            _ => "OTHER",
        }
    }
}

/// A rule that gives items of a list.
#[derive(Clone, Debug)]
pub struct Rule {
    pub list: List,
    /// The parts of an item, in the order of [`List::parts`].
    pub parts: [Option<Expression>; 3],
    /// `type`; that of [`List::default_type`] if the mapping has none.
    pub kind: Option<TypeRule>,
    /// `customType`. A record that has one is `CUSTOM`, unless it has a label that says another type.
    pub custom: Option<Expression>,
    pub day_type: Option<TypeRule>,
    /// Where it says yes, items come first: a column, or a constant.
    pub primary: Option<Expression>,
    /// Whether a date that can't be read is carried over: an unreadable date need not reject the contact.
    pub carry_unreadable: bool,
}

#[derive(Clone, Debug)]
pub enum TypeRule {
    Constant(&'static str),
    Label {
        label: Expression,
        /// The types of labels, folded, by the user; they come before those that are built in.
        labels: BTreeMap<String, String>,
        default: Option<&'static str>,
    },
}

impl Rule {
    pub fn new(list: List) -> Rule {
        Rule {
            list,
            parts: [None, None, None],
            kind: None,
            custom: None,
            day_type: None,
            primary: None,
            carry_unreadable: false,
        }
    }

    pub fn parts(&self) -> impl Iterator<Item = (&'static str, &Expression)> {
        let parts = self.list.parts().iter().zip(&self.parts);
        parts.filter_map(|(name, value)| Some((*name, value.as_ref()?)))
    }

    /// Where its types and flags come from.
    pub fn labels(&self) -> impl Iterator<Item = &Expression> {
        let day_type = self.day_type.as_ref().and_then(TypeRule::label);
        self.type_labels().chain(day_type).chain(&self.primary)
    }

    /// Where its type comes from: the label, and a type of its own.
    pub fn type_labels(&self) -> impl Iterator<Item = &Expression> {
        let label = self.kind.as_ref().and_then(TypeRule::label);
        label.into_iter().chain(&self.custom)
    }

    /// All that its items come from.
    pub fn values(&self) -> impl Iterator<Item = &Expression> {
        self.parts.iter().flatten().chain(self.labels())
    }
}

impl TypeRule {
    pub fn label(&self) -> Option<&Expression> {
        match self {
            TypeRule::Constant(_) => None,
            TypeRule::Label { label, .. } => Some(label),
        }
    }
}

fn primary<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Expression>, D::Error> {
    scalar(deserializer, "wanted-primary", |value| match value {
        Scalar::Flag(always) => Some(always.then(|| Expression::Constant("true".into()))),
        Scalar::Text(column) => Some(Some(Expression::column(column.to_owned()))),
        Scalar::Number(_) => None,
    })
}

fn primary_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["boolean", "string"] })
}

words! {
    TelephoneTypes = limits::TELEPHONE_TYPES,
    EventTypes = limits::EVENT_TYPES,
    DayTypes = limits::DAY_TYPES,
    LocationTypes = limits::LOCATION_TYPES,
    MessengerTypes = limits::MESSENGER_TYPES,
}

/// A type, or a table that says where its label stands.
pub(super) struct TypeOrLabel<W>(TypeRule, PhantomData<W>);

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

impl<'de, W: Words> Deserialize<'de> for TypeOrLabel<W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spec = deserializer.deserialize_any(TypeVisitor(W::WORDS))?;
        Ok(TypeOrLabel(spec, PhantomData))
    }
}

struct TypeVisitor(&'static [&'static str]);

impl TypeVisitor {
    fn kind<E: Error>(&self, text: &str) -> Result<&'static str, E> {
        let known = self.0.iter().copied().find(|one| *one == text);
        known.ok_or_else(|| {
            let known = list_of(self.0);
            E::custom(tr!("mapping-type", key = KEY, value = text, known))
        })
    }
}

impl<'de> Visitor<'de> for TypeVisitor {
    type Value = TypeRule;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&tr!("wanted-table"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<TypeRule, E> {
        self.kind(text).map(TypeRule::Constant)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TypeRule, A::Error> {
        let table = LabelTable::deserialize(MapAccessDeserializer::new(map))?;
        let default = table.default.map(|kind| self.kind(&kind)).transpose()?;
        let Lined(line, names) = table.column;
        let labels = table.labels.into_iter();
        Ok(TypeRule::Label {
            label: Expression::of_columns(names, line),
            labels: labels.map(|(label, kind)| (fold(&label), kind)).collect(),
            default,
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

/// Declares the table of a list: the parts in the order of [`List::parts`], the types, if its items have any, and those of days.
macro_rules! tables {
    ($($list:ident $table:ident { $($part:ident: $value:ty),+ $(; type: $types:ty $(; day: $days:ty)?)? })+) => {$(
        #[derive(Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        pub(super) struct $table {
            $($part: $value,)+
            $(
                /// The type, or the column that says it
                r#type: Option<TypeOrLabel<$types>>,
                /// A type of its own, called so
                custom_type: Option<Expression>,
                $(
                    /// Whether the day is counted by the sun or the moon, or the column that says it
                    day_type: Option<TypeOrLabel<$days>>,
                    /// A date that can't be read: a problem of the record, or carried over
                    #[serde(rename = "if_unreadable", default)]
                    #[schemars(extend("default" = "problem"))]
                    if_unreadable: Excess,
                )?
            )?
            /// Whether its items come first, or the column that says it
            #[serde(default, deserialize_with = "primary")]
            #[schemars(schema_with = "primary_schema")]
            primary: Option<Expression>,
        }

        impl From<$table> for Rule {
            fn from(table: $table) -> Rule {
                let mut rule = Rule::new(List::$list);
                let parts = [$(Option::<Expression>::from(table.$part)),+];
                for (place, part) in rule.parts.iter_mut().zip(parts) {
                    *place = part;
                }
                $(
                    rule.kind = table.r#type.map(|kind: TypeOrLabel<$types>| kind.0);
                    rule.custom = table.custom_type;
                    $(
                        rule.day_type = table.day_type.map(|day_type: TypeOrLabel<$days>| day_type.0);
                        rule.carry_unreadable = table.if_unreadable == Excess::CarryOver;
                    )?
                )?
                rule.primary = table.primary;
                rule
            }
        }
    )+};
}

tables! {
    Emails Email { email: Expression, label: Option<Expression> }
    Telephones Telephone { telephone: Expression; type: TelephoneTypes }
    Organizations Organization { name: Option<Expression>, department: Option<Expression>, title: Option<Expression> }
    Events Event { date: Expression; type: EventTypes; day: DayTypes }
    Locations Location { address: Expression, zip_code: Option<Expression>; type: LocationTypes }
    Messengers Messenger { id: Expression; type: MessengerTypes }
    Websites Website { url: Expression, label: Option<Expression> }
}
