//! A mapping for the columns of one file: what is left is to look up cells by their index.

mod compile;

pub use compile::Missing;

use super::columns::Columns;
use super::guess::Field;
use super::spec::{Expression, List, NameKey, PermissionRule, PropertyRule, Rule, TypeRule};
use crate::contact::limits;

#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) columns: Columns,
    /// Parts first, then whole names.
    pub(super) name: Vec<(NameKey, CellExpression)>,
    pub(super) items: Vec<RowRule>,
    pub(super) memo: Vec<CellExpression>,
    pub(super) tags: Vec<CellExpression>,
    pub(super) contact_tag_ids: Vec<CellExpression>,
    pub(super) custom_properties: Vec<(String, PropertyRule<usize>)>,
    pub(super) permission: Option<PermissionRule<usize>>,
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

/// A rule for items, and the columns that it reads, if it gives nothing for a row where all of them are empty.
pub(super) type RowRule = (Rule<usize>, Option<Vec<usize>>);

/// A value of a plan.
pub(super) type CellExpression = Expression<usize>;

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
        let mut names = self.name.iter();
        names.any(|(key, _)| *key != NameKey::PhoneticFullName)
    }

    /// The fields that each column goes into, for people; nothing for a column that goes into none.
    pub fn fields(&self) -> &[Option<String>] {
        &self.fields
    }

    /// All that it takes from a record, with the field, for people, and the field's path, for problems with a value. Telephones
    /// and dates have no path, as their own rules name what is wrong with them.
    fn sources(&self) -> Vec<(&CellExpression, String, Option<String>)> {
        let mut all = Vec::new();
        let mut add = |source, field: &str, path: Option<&str>| {
            all.push((source, field.to_owned(), path.map(str::to_owned)));
        };
        for (key, source) in &self.name {
            let field = Field::Name(*key);
            let path = key.part().map_or("contactName".into(), |_| field.path());
            add(source, &field.called(), Some(&path));
        }
        for (rule, _) in &self.items {
            let list = rule.list.as_str();
            let kind = match &rule.kind {
                _ if rule.list.types().is_empty() => String::new(),
                None => format!(" {}", rule.list.default_type()),
                Some(TypeRule::Constant(kind)) => format!(" {kind}"),
                Some(TypeRule::Custom(_)) => format!(" {}", limits::CUSTOM),
                Some(_) => String::new(),
            };
            for (part, source) in rule.parts() {
                let is_first = part == rule.list.parts()[0] && rule.list != List::Organizations;
                let field = match is_first {
                    true => format!("{list}{kind}"),
                    false => format!("{list}{kind}.{part}"),
                };
                let is_own = matches!(
                    (rule.list, part),
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
            for source in rule.values() {
                add(source, &field, Some(&field));
            }
        }
        for source in self.permission.iter().flat_map(PermissionRule::values) {
            add(source, "permission", None);
        }
        all
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
        let rules = self.items.iter().map(|(rule, _)| rule);
        let dates = rules.filter(|rule| rule.list == List::Events);
        let dates = dates.flat_map(|rule| rule.parts.iter().flatten());
        // The columns of a date in three parts hold no dates.
        let whole = dates.filter(|source| !matches!(source, CellExpression::Date(_)));
        whole.flat_map(CellExpression::columns).copied().collect()
    }
}

impl CellExpression {
    /// Whether it may have a value where all of its columns are empty.
    fn gives_without_columns(&self) -> bool {
        let parts = self.parts();
        match self {
            CellExpression::Constant(_) | CellExpression::Default(..) => true,
            CellExpression::Template(_) => parts.into_iter().all(Self::gives_without_columns),
            _ => parts.into_iter().any(Self::gives_without_columns),
        }
    }

    /// What separates several values in it, where it says so itself.
    pub(super) fn separator(&self) -> Option<&str> {
        match self {
            CellExpression::Split(_, separator) => Some(separator),
            CellExpression::Labels(source, _) => source.separator(),
            _ => None,
        }
    }

    /// The columns that it has values from only on a condition.
    fn conditional(&self) -> Vec<&usize> {
        match self {
            CellExpression::If(value, ..) => value.columns(),
            source => {
                let parts = source.parts().into_iter();
                parts.flat_map(CellExpression::conditional).collect()
            }
        }
    }
}
