//! A mapping as it is written in TOML: which source field goes into which field of the contact.
//!
//! The contact's fields bear the API's own names. A *value* is a text (the name of a column) or a table:
//! `{ column = "A", default = "x" }`, `{ constant = "x" }`, `{ join = ["A", "B"], separator = " " }`,
//! `{ first = ["A", "B"] }`, `{ template = "{A} ({B})" }`; a list of columns stands for the first that the file has. Beside
//! it may stand `default`, `split = ";"` (the cell holds several values), and `if_filled = "C"` or `if_empty = "C"` (it counts
//! only where that column is). In a list, `{n}` in a column's name stands for every number for which the file has columns.

pub mod schema;
mod value;

use crate::config::read::{ConfigError, Entry, Section, list_of, nearest};
use crate::contact::{NamePart, limits};
use crate::lang::tr;
use std::collections::BTreeMap;
use value::{value, values};

pub use value::{AddressPart, Condition, From, Piece, Value};

/// A mapping, not yet held against the columns of any file.
#[derive(Clone, Debug, Default)]
pub struct Spec {
    /// The preset to start from, instead of recognising one.
    pub preset: Option<String>,
    /// The fields whose values identify a record in every later run (`[mapping] key`).
    pub key: Vec<String>,
    /// What becomes of a record whose contact was created with other content (`[mapping] on_change`).
    pub on_change: Option<OnChange>,
    /// `contactName`, by part.
    pub name: Vec<(NamePart, Value)>,
    /// A whole name that is split by the rules.
    pub full_name: Option<Value>,
    /// The whole reading of the name.
    pub phonetic_full_name: Option<Value>,
    /// The lists, each a rule for one or more of its items.
    pub items: Vec<Item>,
    /// `memo`, from any number of values, one a line.
    pub memo: Vec<Value>,
    /// Tags by name (`[tags]` says what becomes of them).
    pub tags: Vec<Value>,
    /// Tags by id.
    pub contact_tag_ids: Vec<Value>,
    /// `customProperties`, by property name.
    pub custom_properties: BTreeMap<String, PropertySpec>,
    /// `permission`, where a record says something else than the configuration.
    pub permission: PermissionSpec,
    /// Columns that are known and meant to be left out; they are carried over without further ado.
    pub ignore: Vec<String>,
    /// Values that a maker writes for "nothing", by column.
    pub placeholders: BTreeMap<String, Vec<String>>,
    /// What separates several values in one cell.
    pub split: Option<String>,
    /// What stands before every cell and is no part of it.
    pub cell_prefix: Option<String>,
}

/// What becomes of a record whose contact was created with other content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnChange {
    /// It is reported, and nothing is done.
    #[default]
    Report,
    /// The contact is brought up to date.
    Update,
}

/// The lists of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the API's own names")]
pub enum List {
    Emails,
    Telephones,
    Organizations,
    Events,
    Locations,
    Messengers,
    Websites,
}

/// A rule that gives items of a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// The list.
    pub list: List,
    /// The parts of an item, by the API's names, in the order of [`List::parts`].
    pub parts: Vec<(&'static str, Value)>,
    /// `type`
    pub kind: Option<TypeSpec>,
    /// `dayType`: a column that tells lunar from solar, or a constant.
    pub day_type: Option<TypeSpec>,
    /// Whether its items come first.
    pub primary: bool,
    /// Whether a date that can't be read is carried over rather than a problem: nobody misses a contact for it.
    pub carry_unreadable: bool,
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
        /// What the user says of labels, before the tables that are built in.
        labels: BTreeMap<String, String>,
        /// What a record without a label gets.
        default: Option<String>,
    },
    /// `CUSTOM` with this as its `customType`.
    Custom(Value),
}

/// Where a custom property's value or values come from.
#[derive(Clone, Debug, Default)]
pub struct PropertySpec {
    /// `content`, for STRING.
    pub content: Vec<Value>,
    /// `text`, for LINK.
    pub text: Option<Value>,
    /// `link`, for LINK.
    pub link: Vec<Value>,
}

/// `permission` of a record.
#[derive(Clone, Debug, Default)]
pub struct PermissionSpec {
    /// `accessibleRange`
    pub accessible_range: Option<Value>,
    /// `masterUserId`
    pub master_user_id: Option<Value>,
    /// `isCoEditing`
    pub is_co_editing: Option<Value>,
    /// `accessibleMembers`: where the ids stand, and the type of them all.
    pub members: Vec<(Value, &'static str)>,
}

impl List {
    /// Every list, in the order of the document.
    pub const ALL: [List; 7] = [
        List::Emails,
        List::Telephones,
        List::Organizations,
        List::Events,
        List::Locations,
        List::Messengers,
        List::Websites,
    ];

    /// The list's name in the API.
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

    /// The values of `type`; none where items have no type.
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

impl Spec {
    /// Reads a mapping from its table.
    pub fn read(section: &Section<'_>) -> Result<Spec, ConfigError> {
        let mut spec = Spec {
            preset: section.string("preset")?.filter(|name| !name.is_empty()),
            key: key(section)?,
            on_change: section
                .one_of("on_change", &ON_CHANGE)?
                .map(|word| match word {
                    "update" => OnChange::Update,
                    _ => OnChange::Report,
                }),
            ignore: section.strings("ignore")?.unwrap_or_default(),
            split: section.string("split")?,
            cell_prefix: section.string("cell_prefix")?,
            memo: values(section.entry("memo"))?,
            tags: values(section.entry("tags"))?,
            contact_tag_ids: values(section.entry("contactTagIds"))?,
            ..Spec::default()
        };
        section.section("contactName", |name| spec.read_name(name))?;
        for list in List::ALL {
            if let Some(entry) = section.entry(list.api_name()) {
                for item in entry.items()? {
                    spec.items.push(Item::read(list, &item)?);
                }
            }
        }
        section.section("customProperties", |properties| {
            for name in properties.keys() {
                if let Some(entry) = properties.entry(&name) {
                    spec.custom_properties
                        .insert(name, PropertySpec::read(&entry)?);
                }
            }
            Ok(())
        })?;
        section.section("placeholders", |columns| {
            for column in columns.keys() {
                let values = columns.strings(&column)?.unwrap_or_default();
                spec.placeholders.insert(column, values);
            }
            Ok(())
        })?;
        if let Some(permission) = section.section("permission", PermissionSpec::read)? {
            spec.permission = permission;
        }
        Ok(spec)
    }

    /// Whether it says anything about where values come from.
    pub fn maps_anything(&self) -> bool {
        !(self.name.is_empty()
            && self.full_name.is_none()
            && self.items.is_empty()
            && self.memo.is_empty()
            && self.custom_properties.is_empty())
    }

    /// The columns that it knows, each by all of its spellings, `{n}` as it stands.
    pub fn columns(&self) -> Vec<Vec<String>> {
        let mut columns: Vec<Vec<String>> =
            self.ignore.iter().map(|name| vec![name.clone()]).collect();
        for value in self.values() {
            value.each_column(&mut |spellings| columns.push(spellings.to_vec()));
        }
        columns.sort();
        columns.dedup();
        columns
    }

    /// Every value in it.
    fn values(&self) -> impl Iterator<Item = &Value> {
        let items = self.items.iter().flat_map(|item| {
            let types = [&item.kind, &item.day_type].into_iter().flatten();
            let parts = item.parts.iter().map(|(_, value)| value);
            parts.chain(types.filter_map(TypeSpec::value))
        });
        let properties = self.custom_properties.values().flat_map(|property| {
            let link = property.link.iter().chain(&property.text);
            property.content.iter().chain(link)
        });
        let permission = &self.permission;
        let range = permission.accessible_range.iter();
        let permission = range
            .chain(&permission.master_user_id)
            .chain(&permission.is_co_editing)
            .chain(permission.members.iter().map(|(value, _)| value));
        (self.name.iter().map(|(_, value)| value))
            .chain(&self.full_name)
            .chain(&self.phonetic_full_name)
            .chain(items)
            .chain(&self.memo)
            .chain(&self.tags)
            .chain(&self.contact_tag_ids)
            .chain(properties)
            .chain(permission)
    }

    fn read_name(&mut self, name: &Section<'_>) -> Result<(), ConfigError> {
        for part in NamePart::ALL {
            if let Some(entry) = name.entry(part.api_name()) {
                self.name.push((part, Value::read(&entry)?));
            }
        }
        self.full_name = value(name.entry("fullName"))?;
        self.phonetic_full_name = value(name.entry("phoneticFullName"))?;
        Ok(())
    }
}

/// The fields that a key can be made of, beside `contactName.PART` and `customProperties.NAME`.
const KEYS: [&str; 5] = [
    "emails",
    "telephones",
    "contactName",
    "organizations",
    "memo",
];

/// `on_change`
const ON_CHANGE: [&str; 2] = ["report", "update"];

/// `if_unreadable`
const IF_UNREADABLE: [&str; 2] = ["problem", "carry_over"];

/// `key`, each of whose fields has to be one that a record can be known by.
fn key(section: &Section<'_>) -> Result<Vec<String>, ConfigError> {
    let Some(entry) = section.entry("key") else {
        return Ok(Vec::new());
    };
    let fields = entry.strings()?;
    let parts = || NamePart::ALL.map(|part| format!("contactName.{}", part.api_name()));
    for field in &fields {
        let is_property = field
            .strip_prefix("customProperties.")
            .is_some_and(|name| !name.is_empty());
        if is_property || KEYS.contains(&field.as_str()) || parts().contains(field) {
            continue;
        }
        let names = parts();
        let known = KEYS.into_iter().chain(names.iter().map(String::as_str));
        let near = nearest(field, known, 1);
        return Err(entry.error(match near.first().copied() {
            Some(near) => tr!(
                "mapping-key-near",
                key = entry.name(),
                field = field.as_str(),
                near = near
            ),
            None => tr!(
                "mapping-key",
                key = entry.name(),
                field = field.as_str(),
                known = list_of(&KEYS)
            ),
        }));
    }
    Ok(fields)
}

impl Item {
    /// A rule that gives nothing yet.
    pub fn new(list: List) -> Item {
        Item {
            list,
            parts: Vec::new(),
            kind: None,
            day_type: None,
            primary: false,
            carry_unreadable: false,
        }
    }

    fn read(list: List, entry: &Entry<'_>) -> Result<Item, ConfigError> {
        let mut item = Item::new(list);
        if !entry.is_table() {
            item.parts.push((list.parts()[0], Value::read(entry)?));
            return Ok(item);
        }
        entry.section(|section| {
            for part in list.parts() {
                if let Some(entry) = section.entry(part) {
                    item.parts.push((part, Value::read(&entry)?));
                }
            }
            if !list.types().is_empty() {
                let kind = section.entry("type");
                item.kind = kind
                    .map(|kind| TypeSpec::read(&kind, list.types()))
                    .transpose()?;
                if let Some(custom) = value(section.entry("customType"))? {
                    item.kind = Some(TypeSpec::Custom(custom));
                }
            }
            if list == List::Events {
                let day = section.entry("dayType");
                item.day_type = day
                    .map(|day| TypeSpec::read(&day, limits::DAY_TYPES))
                    .transpose()?;
                item.carry_unreadable =
                    section.one_of("if_unreadable", &IF_UNREADABLE)? == Some("carry_over");
            }
            item.primary = section.boolean("primary")?.unwrap_or(false);
            let first = list.parts()[0];
            if list != List::Organizations && !item.parts.iter().any(|(part, _)| *part == first) {
                let name = list.api_name();
                return Err(section.error(tr!("mapping-item-needs", list = name, part = first)));
            }
            Ok(())
        })?;
        Ok(item)
    }
}

impl TypeSpec {
    fn value(&self) -> Option<&Value> {
        match self {
            TypeSpec::Constant(_) => None,
            TypeSpec::Label { label, .. } => Some(label),
            TypeSpec::Custom(value) => Some(value),
        }
    }

    fn read(entry: &Entry<'_>, allowed: &'static [&'static str]) -> Result<Self, ConfigError> {
        let one_of = |text: &str| {
            allowed
                .iter()
                .find(|one| **one == text)
                .copied()
                .ok_or_else(|| {
                    entry.error(tr!(
                        "mapping-type",
                        key = entry.name(),
                        value = text,
                        known = list_of(allowed)
                    ))
                })
        };
        if let Some(text) = entry.as_str() {
            return one_of(text).map(TypeSpec::Constant);
        }
        entry.section(|section| {
            let mut labels = BTreeMap::new();
            section.section("labels", |table| {
                for label in table.keys() {
                    let kind = table.string(&label)?.unwrap_or_default();
                    labels.insert(label, kind);
                }
                Ok(())
            })?;
            let default = section.string("default")?;
            if let Some(kind) = &default {
                one_of(kind)?;
            }
            let columns = section
                .strings("column")?
                .ok_or_else(|| entry.error(tr!("mapping-type-column", key = entry.name())))?;
            let label = Value::column(columns, entry.error("").line.unwrap_or(0));
            Ok(TypeSpec::Label {
                label,
                labels,
                default,
            })
        })
    }
}

impl PropertySpec {
    fn read(entry: &Entry<'_>) -> Result<Self, ConfigError> {
        if !entry.is_table() {
            return Ok(PropertySpec {
                content: values(Some(entry.clone()))?,
                ..PropertySpec::default()
            });
        }
        entry.section(|section| {
            Ok(PropertySpec {
                content: values(section.entry("content"))?,
                text: value(section.entry("text"))?,
                link: values(section.entry("link"))?,
            })
        })
    }
}

impl PermissionSpec {
    fn read(section: &Section<'_>) -> Result<Self, ConfigError> {
        let mut members = Vec::new();
        for entry in section
            .entry("accessibleMembers")
            .map(|entry| entry.items())
            .transpose()?
            .unwrap_or_default()
        {
            let member = if entry.is_table() {
                entry.section(|member| {
                    let id = member
                        .entry("id")
                        .ok_or_else(|| member.error(tr!("config-member-id")))?;
                    let kind = member
                        .one_of("type", limits::MEMBER_TYPES)?
                        .unwrap_or("USER");
                    Ok((Value::read(&id)?, kind))
                })?
            } else {
                (Value::read(&entry)?, "USER")
            };
            members.push(member);
        }
        Ok(PermissionSpec {
            accessible_range: value(section.entry("accessibleRange"))?,
            master_user_id: value(section.entry("masterUserId"))?,
            is_co_editing: value(section.entry("isCoEditing"))?,
            members,
        })
    }
}
