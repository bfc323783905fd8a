//! A mapping as it is written in TOML: which source field goes into which field of the contact.
//!
//! The contact's fields have the API's own names. A *value* is a text (the name of a column) or a table:
//! `{ column = "A", default = "x" }`, `{ constant = "x" }`, `{ join = ["A", "B"], separator = " " }`,
//! `{ first = ["A", "B"] }`, `{ template = "{A} ({B})" }`; a list of columns stands for the first that the file has. A value can
//! have `default`, `split = ";"` (the cell holds several values), `before = "/"` or `behind = "/"` (the cell holds two values), and `if_filled = "C"` or `if_empty = "C"` (it counts
//! only if that column is). In a list, `{n}` in a column's name stands for every number for which the file has columns.
//!
//! The types are read by serde and described by schemars. To add a key, add a field; its doc comment is the description in the
//! schema. `mapping::write` writes the keys that `suggest` proposes.

mod expression;
mod gone;
mod rule;
mod settle;

use crate::contact::{NamePart, limits};
use crate::document::{ColumnOr, KEY, ValuesOr, Word, unless_empty, words};
use crate::lang::tr;
use crate::names::{list_of, named, nearest};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::Deserializer;
use std::borrow::Cow;
use std::collections::BTreeMap;

pub use expression::{AddressPart, ColumnRef, Expression};
pub use gone::{MaxGone, OnGone};
pub use rule::{List, Rule, TypeRule};

/// A mapping file, and a preset
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "A mapping of cardlift: which column goes into which field of a contact")]
pub struct MappingFile {
    /// What a preset is, for people
    pub title: Option<String>,
    /// The same in other languages, by `ko` and `ja`
    #[serde(default)]
    pub titles: BTreeMap<String, String>,
    /// Columns of which a file has at least one if it is the export of a preset
    #[serde(default)]
    pub telling: Vec<String>,
    /// Columns that no export of a preset's kind has
    #[serde(default)]
    pub unlike: Vec<String>,
    /// Whether those in the export of a preset are members of the company, who are in its directory without being contacts
    #[serde(default)]
    pub members: bool,
    pub mapping: Spec,
}

/// Which column goes into which field of a contact, by the API's own names
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "mapping")]
pub struct Spec {
    /// The preset to use instead of recognising one; empty for none
    #[serde(deserialize_with = "unless_empty")]
    pub preset: Option<String>,
    /// The fields that identify a record in every later run, such as ["emails"]; empty: the contact as a whole
    #[serde(deserialize_with = "key")]
    #[schemars(with = "Vec<KeyField>")]
    pub key: Vec<String>,
    /// A record that has its contact already, by its key, but other content: it is reported, or the contact is updated
    pub on_change: Option<OnChange>,
    /// The name of the source, by which its contacts are known in later runs, whatever its files are called; empty: their names
    #[serde(deserialize_with = "unless_empty")]
    pub source: Option<String>,
    /// A contact that was created for this source, and whose key it no longer has: it is reported, or deleted
    pub on_gone: Option<OnGone>,
    /// How many of the source's contacts are deleted in one run at the most, as a number or a share
    #[schemars(schema_with = "gone::max_gone_schema")]
    pub max_gone: Option<MaxGone>,
    /// The name, in parts or as `fullName` and `phoneticFullName`, which are split by the rules
    #[serde(rename = "contactName")]
    pub name: BTreeMap<NameKey, Expression>,
    /// E-mail addresses
    #[serde(deserialize_with = "items::<rule::Email, _>")]
    #[schemars(with = "Vec<ColumnOr<rule::Email>>")]
    pub emails: Vec<Rule>,
    /// Telephones, each with its type
    #[serde(deserialize_with = "items::<rule::Telephone, _>")]
    #[schemars(with = "Vec<ColumnOr<rule::Telephone>>")]
    pub telephones: Vec<Rule>,
    /// The organisation, department and title
    #[serde(deserialize_with = "items::<rule::Organization, _>")]
    #[schemars(with = "Vec<ColumnOr<rule::Organization>>")]
    pub organizations: Vec<Rule>,
    /// Birthday and other days, each with its type
    #[serde(deserialize_with = "items::<rule::Event, _>")]
    #[schemars(with = "Vec<ColumnOr<rule::Event>>")]
    pub events: Vec<Rule>,
    /// Postal addresses, each with its type
    #[serde(deserialize_with = "items::<rule::Location, _>")]
    #[schemars(with = "Vec<ColumnOr<rule::Location>>")]
    pub locations: Vec<Rule>,
    /// Messengers, each with its type
    #[serde(deserialize_with = "items::<rule::Messenger, _>")]
    #[schemars(with = "Vec<ColumnOr<rule::Messenger>>")]
    pub messengers: Vec<Rule>,
    /// Websites
    #[serde(deserialize_with = "items::<rule::Website, _>")]
    #[schemars(with = "Vec<ColumnOr<rule::Website>>")]
    pub websites: Vec<Rule>,
    /// Goes into the memo, each value on a line of its own
    pub memo: Vec<Expression>,
    /// Tags by name; `[tags]` says what becomes of them
    pub tags: Vec<Expression>,
    /// Tags by their ids
    #[serde(rename = "contactTagIds")]
    pub contact_tag_ids: Vec<Expression>,
    /// Custom properties, by their names
    #[serde(rename = "customProperties")]
    pub custom_properties: BTreeMap<String, ValuesOr<PropertyRule>>,
    /// Where a record says something else of who may see it than `[permission]`
    pub permission: PermissionRule,
    /// Columns that are meant to be left out; they are carried over, to the report alone
    pub ignore: Vec<String>,
    /// By column, the values that stand for "nothing" in this export
    pub placeholders: BTreeMap<String, Vec<String>>,
    /// The names of the columns of a file without a header, by their places; a first row that is equal to them is skipped
    pub columns: Vec<String>,
    /// What separates several values in one cell, such as " ::: "
    pub split: Option<String>,
    /// Which part of a full name comes first where its writing does not say so; the given name unless it is set
    pub name_order: Option<NameOrder>,
    /// What stands before every cell and is no part of it, such as an apostrophe
    pub cell_prefix: Option<String>,
}

/// A record that has its contact already, but other content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnChange {
    #[default]
    Report,
    Update,
}

/// Which part of a full name comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NameOrder {
    GivenFirst,
    FamilyFirst,
}

named! {
    #[derive(Deserialize, JsonSchema)]
    #[serde(rename_all = "camelCase")]
    pub enum NameKey {
        FullName = "fullName",
        PhoneticFullName = "phoneticFullName",
        FirstName = "firstName",
        LastName = "lastName",
        PhoneticFirstName = "phoneticFirstName",
        PhoneticLastName = "phoneticLastName",
        NickName = "nickName",
        Prefix = "prefix",
        Suffix = "suffix",
        MiddleName = "middleName",
    }
}

impl NameKey {
    /// The part of the name, nothing for a whole one. The parts stand in the order of [`NamePart::ALL`], behind the whole names.
    pub fn part(self) -> Option<NamePart> {
        let at = (self as usize).checked_sub(2)?;
        Some(NamePart::ALL[at])
    }
}

/// Where the values of a custom property come from.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PropertyRule {
    /// The value or values of a property of type STRING
    pub content: Vec<Expression>,
    /// The text of a property of type LINK
    pub text: Option<Expression>,
    /// The link or links of a property of type LINK
    pub link: Vec<Expression>,
}

impl PropertyRule {
    /// All that it comes from.
    pub fn values(&self) -> impl Iterator<Item = &Expression> {
        self.content.iter().chain(&self.link).chain(&self.text)
    }
}

impl JsonSchema for ValuesOr<PropertyRule> {
    fn schema_name() -> Cow<'static, str> {
        "property".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [
            { "type": "string", "description": "The column of `content`" },
            // A list, unlike `Vec`, does not take a single value here: a table has the keys of the property.
            { "type": ["array"], "items": generator.subschema_for::<Expression>() },
            generator.subschema_for::<PropertyRule>(),
        ] })
    }
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct PermissionRule {
    /// Who may see the contact: ALL or MEMBER
    pub accessible_range: Option<Expression>,
    /// The member who owns the contact
    pub master_user_id: Option<Expression>,
    /// Whether others than the owner may edit it
    pub is_co_editing: Option<Expression>,
    /// The members who may see the contact
    pub accessible_members: Vec<ColumnOr<MemberRule>>,
}

impl PermissionRule {
    /// All that it comes from.
    pub fn values(&self) -> impl Iterator<Item = &Expression> {
        let values = [
            &self.accessible_range,
            &self.master_user_id,
            &self.is_co_editing,
        ];
        let members = self.accessible_members.iter();
        let members = members.map(|ColumnOr(member)| &member.id);
        values.into_iter().flatten().chain(members)
    }
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberRule {
    pub id: Expression,
    #[serde(rename = "type")]
    #[schemars(extend("default" = "USER"))]
    pub kind: Option<Word<MemberTypes>>,
}

words! { pub MemberTypes = limits::MEMBER_TYPES }

impl Spec {
    /// What separates several values in a cell.
    pub fn separator(&self) -> &str {
        self.split.as_deref().unwrap_or(" ::: ")
    }

    /// Whether it says anything about where values come from.
    pub fn maps_anything(&self) -> bool {
        !(self.name.is_empty()
            && self.items().next().is_none()
            && self.memo.is_empty()
            && self.custom_properties.is_empty())
    }

    pub fn items(&self) -> impl Iterator<Item = &Rule> {
        let lists = [
            &self.emails,
            &self.telephones,
            &self.organizations,
            &self.events,
            &self.locations,
            &self.messengers,
            &self.websites,
        ];
        lists.into_iter().flatten()
    }

    pub fn set_items(&mut self, items: Vec<Rule>) {
        let mut lists = List::ALL.map(|_| Vec::new());
        for item in items {
            lists[item.list as usize].push(item);
        }
        [
            self.emails,
            self.telephones,
            self.organizations,
            self.events,
            self.locations,
            self.messengers,
            self.websites,
        ] = lists;
    }

    /// The columns that it knows, each by all of its spellings, `{n}` as it stands.
    pub fn columns(&self) -> Vec<Vec<String>> {
        let ignored = self.ignore.iter().map(|name| vec![name.clone()]);
        let mapped = self.values().flat_map(Expression::columns);
        let mapped = mapped.map(|column| column.names.clone());
        let mut columns: Vec<Vec<String>> = ignored.chain(mapped).collect();
        columns.sort();
        columns.dedup();
        columns
    }

    fn values(&self) -> impl Iterator<Item = &Expression> {
        let properties = self.custom_properties.values();
        (self.name.values())
            .chain(self.items().flat_map(Rule::values))
            .chain(&self.memo)
            .chain(&self.tags)
            .chain(&self.contact_tag_ids)
            .chain(properties.flat_map(|ValuesOr(property)| property.values()))
            .chain(self.permission.values())
    }
}

fn items<'de, T: Deserialize<'de> + Into<Rule>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Rule>, D::Error> {
    let tables = Vec::<ColumnOr<T>>::deserialize(deserializer)?;
    Ok(tables.into_iter().map(|table| table.0.into()).collect())
}

/// The fields that a key can be made of, besides the parts of the name and `customProperties.NAME`.
const KEYS: [&str; 5] = [
    "emails",
    "telephones",
    "contactName",
    "organizations",
    "memo",
];

fn name_keys() -> [String; 8] {
    NamePart::ALL.map(|part| format!("contactName.{}", part.as_str()))
}

/// One field of `key`.
#[derive(Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("anyOf" = [
    { "enum": KEYS.into_iter().map(str::to_owned).chain(name_keys()).collect::<Vec<_>>() },
    { "pattern": r"^customProperties\..+$" },
]))]
struct KeyField(String);

impl TryFrom<String> for KeyField {
    type Error = String;

    fn try_from(field: String) -> Result<Self, String> {
        let property = field.strip_prefix("customProperties.");
        let names = name_keys();
        let known = || KEYS.into_iter().chain(names.iter().map(String::as_str));
        if property.is_some_and(|name| !name.is_empty()) || known().any(|known| known == field) {
            return Ok(KeyField(field));
        }
        Err(match nearest(&field, known(), 1).first().copied() {
            Some(near) => tr!("mapping-key-near", key = KEY, field, near),
            None => tr!("mapping-key", key = KEY, field, known = list_of(&KEYS)),
        })
    }
}

fn key<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let fields = Vec::<KeyField>::deserialize(deserializer)?;
    Ok(fields.into_iter().map(|field| field.0).collect())
}
