//! A mapping for the columns of one file: what is left is to look up cells by their index.

mod compile;

pub use compile::Missing;

use super::columns::Columns;
use super::guess::Field;
use super::spec::{ColumnRef, Expression, List, NameKey, Rule, Spec, TypeRule};
use crate::contact::limits;
use crate::document::ValuesOr;
use memchr::memmem::Finder;

#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) columns: Columns,
    /// The mapping, of which each column is settled. Names and items stand below.
    pub(super) spec: Spec,
    /// Parts first, then whole names.
    pub(super) name: Vec<(NameKey, Expression)>,
    pub(super) items: Vec<RowRule>,
    pub(super) unmapped: Vec<usize>,
    /// Columns that are mapped on a condition; where it does not hold, they are carried over.
    pub(super) conditional: Vec<usize>,
    /// By column.
    uses: Vec<ColumnUse>,
    pub(super) finds_separator: Finder<'static>,
}

/// What a mapping does with a column.
#[derive(Clone, Debug, Default)]
struct ColumnUse {
    /// The field that it goes into, for people; nothing if it goes into none.
    field: Option<String>,
    /// The field's path, for problems with what stands in it.
    path: Option<String>,
    /// Values that stand for nothing.
    placeholders: Vec<String>,
    /// Whether it is mapped on a condition.
    is_conditional: bool,
}

/// A rule for items, and the columns that it reads, ascending, if it gives nothing for a row where all of them are empty.
pub(super) type RowRule = (Rule, Option<Vec<usize>>);

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

    /// The field that each column goes into, for people; nothing for a column that goes into none.
    pub fn fields(&self) -> impl Iterator<Item = Option<&String>> {
        self.uses.iter().map(|column| column.field.as_ref())
    }

    /// All that it takes from a record, with the field, for people, and the field's path, for problems with a value. Telephones
    /// and dates have no path, as their own rules name what is wrong with them.
    fn sources(&self) -> Vec<(&Expression, String, Option<String>)> {
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
            let kind = match (&rule.kind, &rule.custom) {
                _ if rule.list.types().is_empty() => String::new(),
                (None, None) => format!(" {}", rule.list.default_type()),
                (None, Some(_)) => format!(" {}", limits::CUSTOM),
                (Some(TypeRule::Constant(kind)), None) => format!(" {kind}"),
                _ => String::new(),
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
            ("memo", &self.spec.memo, Some("memo")),
            ("tags", &self.spec.tags, None),
            ("contactTagIds", &self.spec.contact_tag_ids, None),
        ];
        for (field, sources, path) in lists {
            sources.iter().for_each(|source| add(source, field, path));
        }
        for (name, ValuesOr(rule)) in &self.spec.custom_properties {
            let field = format!("customProperties.{name}");
            for source in rule.values() {
                add(source, &field, Some(&field));
            }
        }
        for source in self.spec.permission.values() {
            add(source, "permission", None);
        }
        all
    }

    /// The custom properties that it fills, and whether each is a link.
    pub fn custom_properties(&self) -> impl Iterator<Item = (&str, bool)> {
        let properties = self.spec.custom_properties.iter();
        properties
            .filter(|(_, ValuesOr(rule))| !(rule.content.is_empty() && rule.link.is_empty()))
            .map(|(name, ValuesOr(rule))| (name.as_str(), !rule.link.is_empty()))
    }

    /// The contact's field that a column goes into, for problems with what stands in it.
    pub(super) fn path_of(&self, column: usize) -> Option<&str> {
        self.uses.get(column)?.path.as_deref()
    }

    /// Whether a column has placeholders or is mapped on a condition.
    #[inline]
    pub(super) fn is_watched(&self, column: usize) -> bool {
        let column = self.uses.get(column);
        column.is_some_and(|one| one.is_conditional || !one.placeholders.is_empty())
    }

    /// Whether a value of a column stands for nothing.
    pub(super) fn is_placeholder(&self, column: usize, text: &str) -> bool {
        let column = self.uses.get(column);
        column.is_some_and(|one| one.placeholders.iter().any(|value| value == text))
    }

    /// The columns whose values are dates, for the pass that settles the order of day and month.
    pub fn date_columns(&self) -> Vec<usize> {
        let rules = self.items.iter().map(|(rule, _)| rule);
        let dates = rules.filter(|rule| rule.list == List::Events);
        let dates = dates.flat_map(|rule| rule.parts.iter().flatten());
        // The columns of a date in three parts hold no dates.
        let whole = dates.filter(|source| !matches!(source, Expression::Date(_)));
        let columns = whole.flat_map(Expression::columns);
        columns.map(|column| column.index).collect()
    }
}

impl Expression {
    /// Whether it may have a value where all of its columns are empty.
    fn gives_without_columns(&self) -> bool {
        let parts = self.parts();
        match self {
            Expression::Constant(_) | Expression::Default(..) => true,
            Expression::Template(_) => parts.into_iter().all(Self::gives_without_columns),
            _ => parts.into_iter().any(Self::gives_without_columns),
        }
    }

    /// What separates several values in it, where it says so itself.
    pub(super) fn separator(&self) -> Option<&str> {
        match self {
            Expression::Split(_, separator) => Some(separator),
            Expression::Labels(source, _) => source.separator(),
            _ => None,
        }
    }

    /// The columns that it has values from only on a condition.
    fn conditional(&self) -> Vec<&ColumnRef> {
        match self {
            Expression::If(value, ..) => value.columns(),
            source => {
                let parts = source.parts().into_iter();
                parts.flat_map(Expression::conditional).collect()
            }
        }
    }
}
