//! A mapping held against the columns of one file: what is left is to look up cells by their index.

mod compile;

pub use compile::Missing;

use super::columns::Columns;
use super::guess::Field;
use super::label::Kind;
use super::spec::{AddressPart, List};
use crate::contact::{NamePart, limits};
use std::collections::HashMap;

#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) columns: Columns,
    pub(super) name: Vec<(NamePart, Source)>,
    pub(super) full_name: Option<Source>,
    pub(super) phonetic_full_name: Option<Source>,
    pub(super) items: Vec<Rule>,
    pub(super) memo: Vec<Source>,
    pub(super) tags: Vec<Source>,
    pub(super) contact_tag_ids: Vec<Source>,
    pub(super) custom_properties: Vec<(String, PropertyRule)>,
    pub(super) permission: Option<PermissionRule>,
    pub(super) unmapped: Vec<usize>,
    /// Columns that are mapped on a condition; where it does not hold, they are carried over.
    pub(super) conditional: Vec<usize>,
    /// By column; empty if the mapping has none.
    pub(super) placeholders: Vec<Vec<String>>,
    /// By column: whether it has placeholders or is mapped on a condition.
    watched: Vec<bool>,
    /// By column, for people.
    fields: Vec<Option<String>>,
    /// By column, for problems.
    paths: Vec<Option<String>>,
    pub(super) split: String,
    pub(super) cell_prefix: Option<String>,
    /// Whether full names begin with the family name.
    pub(super) family_first: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Source {
    Column(usize),
    Constant(String),
    Join(Vec<Source>, String),
    First(Vec<Source>),
    /// Constants and columns.
    Template(Vec<Source>),
    Address(Vec<(AddressPart, Source)>),
    Date(Box<[Source; 3]>),
    Default(Box<Source>, String),
    /// Counts where a column is filled (`true`), or where it is empty.
    If(Box<Source>, usize, bool),
    /// Holds several values, separated so.
    Split(Box<Source>, String),
    /// What values stand for, in lower case.
    Labels(Box<Source>, HashMap<String, String>),
}

/// A rule that gives items of a list.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub list: List,
    /// By the order of [`List::parts`].
    pub parts: Vec<Option<Source>>,
    pub kind: TypeRule,
    pub day_type: Option<TypeRule>,
    pub primary: PrimaryRule,
    pub carry_unreadable: bool,
    /// The columns that it reads, if it gives nothing for a row where all of them are empty.
    pub columns: Option<Vec<usize>>,
}

#[derive(Clone, Debug)]
pub(super) enum TypeRule {
    Constant(&'static str),
    Label {
        label: Option<Source>,
        labels: HashMap<String, String>,
        default: String,
        table: fn(&str) -> Kind,
        types: &'static [&'static str],
    },
    Custom(Source),
    /// A type of its own where there is one, else the other.
    CustomOr(Source, Box<TypeRule>),
}

#[derive(Clone, Debug)]
pub(super) enum PrimaryRule {
    Always(bool),
    /// Where it says yes.
    Source(Source),
}

#[derive(Clone, Debug)]
pub(super) struct PropertyRule {
    pub content: Vec<PropertyValue>,
    pub text: Option<Source>,
    pub link: Vec<PropertyValue>,
}

#[derive(Clone, Debug)]
pub(super) struct PropertyValue {
    pub value: Source,
    pub text: Option<Source>,
    /// Says whether it represents the property.
    pub represent: Option<Source>,
}

#[derive(Clone, Debug)]
pub(super) struct PermissionRule {
    pub accessible_range: Option<Source>,
    pub master_user_id: Option<Source>,
    pub is_co_editing: Option<Source>,
    pub members: Vec<(Source, &'static str)>,
}

impl Plan {
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The columns that no field is filled from.
    pub fn unmapped(&self) -> &[usize] {
        &self.unmapped
    }

    /// Whether it fills a person's name, or a part of it.
    pub fn names_somebody(&self) -> bool {
        self.full_name.is_some() || !self.name.is_empty()
    }

    /// The fields that each column goes into, for people; nothing for a column that goes into none.
    pub fn fields(&self) -> &[Option<String>] {
        &self.fields
    }

    /// By column, the field that it goes into, for people, and by its path, for problems with what stands in it. Telephones and
    /// dates have no path, as their own rules name what is wrong with them.
    fn fields_and_paths(&self) -> (Vec<Option<String>>, Vec<Option<String>>) {
        let mut fields = vec![None; self.columns.names().len()];
        let mut paths = fields.clone();
        let mut add = |source: &Source, field: &str, path: Option<&str>| {
            source.columns(&mut |index| {
                fields[index].get_or_insert_with(|| field.to_owned());
                paths[index] = paths[index].take().or_else(|| path.map(str::to_owned));
            });
        };
        for (part, source) in &self.name {
            let field = format!("contactName.{}", part.as_str());
            add(source, &field, Some(&field));
        }
        let full = [
            (&self.full_name, Field::FullName),
            (&self.phonetic_full_name, Field::PhoneticFullName),
        ];
        for (source, field) in full {
            if let Some(source) = source {
                add(source, &field.called(), Some("contactName"));
            }
        }
        for rule in &self.items {
            let list = rule.list.as_str();
            let kind = match rule.kind {
                TypeRule::Constant(kind) if !rule.list.types().is_empty() => format!(" {kind}"),
                TypeRule::Custom(_) => format!(" {}", limits::CUSTOM),
                _ => String::new(),
            };
            for (part, source) in rule.list.parts().iter().zip(&rule.parts) {
                let Some(source) = source else { continue };
                let is_first = *part == rule.list.parts()[0] && rule.list != List::Organizations;
                let field = match is_first {
                    true => format!("{list}{kind}"),
                    false => format!("{list}{kind}.{part}"),
                };
                let is_own = matches!(
                    (rule.list, *part),
                    (List::Telephones | List::Events, _) | (_, "label")
                );
                let path = (!is_own).then(|| format!("{list}[].{part}"));
                add(source, &field, path.as_deref());
            }
            for source in rule.labels() {
                add(source, &format!("{list}.type"), None);
            }
        }
        let lists = [
            ("memo", &self.memo, Some("memo")),
            ("tags", &self.tags, None),
            ("contactTagIds", &self.contact_tag_ids, None),
        ];
        for (field, sources, path) in lists {
            sources.iter().for_each(|source| add(source, field, path));
        }
        for (name, rule) in &self.custom_properties {
            let field = format!("customProperties.{name}");
            rule.sources()
                .for_each(|source| add(source, &field, Some(&field)));
        }
        if let Some(rule) = &self.permission {
            rule.sources()
                .for_each(|source| add(source, "permission", None));
        }
        (fields, paths)
    }

    /// The custom properties that it fills, and whether each is a link.
    pub fn custom_properties(&self) -> impl Iterator<Item = (&str, bool)> {
        self.custom_properties
            .iter()
            .filter(|(_, rule)| !(rule.content.is_empty() && rule.link.is_empty()))
            .map(|(name, rule)| (name.as_str(), !rule.link.is_empty()))
    }

    /// The contact's field that a column goes into, for problems with what stands in it.
    pub(super) fn path_of(&self, column: usize) -> Option<&str> {
        self.paths.get(column)?.as_deref()
    }

    /// Whether a column has placeholders or is mapped on a condition.
    #[inline]
    pub(super) fn is_watched(&self, column: usize) -> bool {
        self.watched.get(column).is_some_and(|watched| *watched)
    }

    /// The columns whose values are dates, for the pass that settles the order of day and month.
    pub fn date_columns(&self) -> Vec<usize> {
        let mut found = Vec::new();
        for rule in self.items.iter().filter(|rule| rule.list == List::Events) {
            // The columns of a date in three parts hold no dates.
            let whole = |source: &&Source| !matches!(source, Source::Date(_));
            for source in rule.parts.iter().flatten().filter(whole) {
                source.columns(&mut |index| found.push(index));
            }
        }
        found
    }
}

impl Rule {
    fn columns(&self) -> Option<Vec<usize>> {
        let parts = self.parts.iter().flatten();
        if parts.clone().any(Source::gives_without_columns) {
            return None;
        }
        let mut columns = Vec::new();
        for source in parts.chain(self.labels()) {
            source.columns(&mut |index| columns.push(index));
        }
        columns.sort_unstable();
        columns.dedup();
        Some(columns)
    }

    /// Where its types and flags come from.
    fn labels(&self) -> impl Iterator<Item = &Source> {
        let types = [Some(&self.kind), self.day_type.as_ref()];
        let primary = match &self.primary {
            PrimaryRule::Source(source) => Some(source),
            PrimaryRule::Always(_) => None,
        };
        let types = types.into_iter().flatten();
        types.flat_map(TypeRule::sources).chain(primary)
    }
}

impl PropertyRule {
    fn sources(&self) -> impl Iterator<Item = &Source> {
        let values = self.content.iter().chain(&self.link);
        values
            .flat_map(|one| [Some(&one.value), one.text.as_ref(), one.represent.as_ref()])
            .flatten()
            .chain(&self.text)
    }
}

impl PermissionRule {
    fn sources(&self) -> impl Iterator<Item = &Source> {
        let values = [
            &self.accessible_range,
            &self.master_user_id,
            &self.is_co_editing,
        ];
        let members = self.members.iter().map(|(source, _)| source);
        values.into_iter().flatten().chain(members)
    }
}

impl TypeRule {
    /// Where the label and the type of its own come from.
    pub(super) fn sources(&self) -> Vec<&Source> {
        match self {
            TypeRule::Label { label, .. } => label.iter().collect(),
            TypeRule::Custom(source) => vec![source],
            TypeRule::Constant(_) => Vec::new(),
            TypeRule::CustomOr(source, other) => {
                let mut sources = other.sources();
                sources.push(source);
                sources
            }
        }
    }
}

impl Source {
    /// Whether it may have a value where all of its columns are empty.
    fn gives_without_columns(&self) -> bool {
        let parts = self.parts();
        match self {
            Source::Constant(_) | Source::Default(..) => true,
            Source::Template(_) => parts.into_iter().all(Source::gives_without_columns),
            _ => parts.into_iter().any(Source::gives_without_columns),
        }
    }

    /// What separates several values in it, where it says so itself.
    pub(super) fn separator(&self) -> Option<&str> {
        match self {
            Source::Split(_, separator) => Some(separator),
            Source::Labels(source, _) => source.separator(),
            _ => None,
        }
    }

    fn columns(&self, each: &mut dyn FnMut(usize)) {
        match self {
            Source::Column(index) => each(*index),
            source => source.parts().iter().for_each(|part| part.columns(each)),
        }
    }

    fn parts(&self) -> Vec<&Source> {
        match self {
            Source::Column(_) | Source::Constant(_) => Vec::new(),
            Source::Join(parts, _) | Source::First(parts) | Source::Template(parts) => {
                parts.iter().collect()
            }
            Source::Address(parts) => parts.iter().map(|(_, part)| part).collect(),
            Source::Date(parts) => parts.iter().collect(),
            Source::Default(source, _)
            | Source::If(source, ..)
            | Source::Split(source, _)
            | Source::Labels(source, _) => vec![source],
        }
    }
}
