//! A mapping for the columns of one file: what is left is to look up cells by their index.

use super::columns::Columns;
use super::guess::Field;
use super::spec::{ColumnRef, Expression, List, NameKey, Rule, Spec, TypeRule};
use crate::contact::limits;
use crate::document::{ConfigError, ValuesOr};
use crate::lang::tr;
use crate::names::{list_of, nearest};
use memchr::memmem::Finder;
use std::collections::BTreeSet;
use std::path::Path;

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

/// What to do about a column that the mapping names and the file lacks.
#[derive(Clone, Copy, Debug)]
pub enum Missing<'p> {
    /// A preset's: exports of one maker differ, so it is left out.
    LeaveOut,
    /// The user's own mapping: an error that names the mapping and the input file.
    Refuse { mapping: &'p Path, input: &'p str },
}

impl Plan {
    pub fn compile(
        spec: &Spec,
        columns: Columns,
        missing: Missing<'_>,
    ) -> Result<Plan, ConfigError> {
        let compiler = Compiler {
            columns: &columns,
            missing,
        };
        let mut spec = spec.clone();
        let numbers = |values: &[&Expression]| compiler.expand(values);
        spec.settle(&numbers, &mut |column, number| {
            compiler.column(column, number)
        })?;
        for ValuesOr(property) in spec.custom_properties.values_mut() {
            let links = property.content.extract_if(.., |value| value.is_link());
            property.link.splice(..0, links);
        }
        let mut name = Vec::from_iter(std::mem::take(&mut spec.name));
        name.sort_by_key(|(key, _)| key.part().is_none());
        let items = spec.items().map(|rule| (rule.clone(), read_columns(rule)));
        let mut plan = Plan {
            name,
            items: items.collect(),
            unmapped: Vec::new(),
            conditional: Vec::new(),
            uses: Vec::new(),
            finds_separator: Finder::new(spec.separator()).into_owned(),
            spec,
            columns,
        };
        plan.settle_columns();
        Ok(plan)
    }

    /// Sets what the plan knows of each column by what it takes from it.
    fn settle_columns(&mut self) {
        let count = self.columns.names().len();
        let mut uses = vec![ColumnUse::default(); count];
        for (source, field, path) in self.sources() {
            for column in source.conditional() {
                uses[column.index].is_conditional = true;
            }
            for column in source.columns() {
                let column = &mut uses[column.index];
                column.field.get_or_insert_with(|| field.clone());
                column.path = column.path.take().or_else(|| path.clone());
            }
        }
        for (name, values) in &self.spec.placeholders {
            if let Some(index) = self.columns.find(name) {
                uses[index].placeholders.clone_from(values);
            }
        }
        let reason = self.columns.reason();
        self.unmapped = (0..count)
            .filter(|index| uses[*index].field.is_none() && reason != Some(*index))
            .collect();
        self.conditional = (0..count)
            .filter(|index| uses[*index].is_conditional)
            .collect();
        self.uses = uses;
    }
}

struct Compiler<'c> {
    columns: &'c Columns,
    missing: Missing<'c>,
}

/// The columns that a rule reads; nothing if it may give an item where all of them are empty.
fn read_columns(rule: &Rule) -> Option<Vec<usize>> {
    let mut parts = rule.parts.iter().flatten();
    let is_read = !parts.any(Expression::gives_without_columns);
    let columns = rule.values().flat_map(Expression::columns);
    let mut columns: Vec<usize> = columns.map(|column| column.index).collect();
    columns.sort_unstable();
    is_read.then_some(columns)
}

type Compiled<T> = Result<T, ConfigError>;

impl Compiler<'_> {
    /// The numbers that `{n}` stands for in these values; without `{n}`, no number, once.
    fn expand(&self, values: &[&Expression]) -> Vec<Option<u32>> {
        let columns = values.iter().flat_map(|value| value.columns());
        let names = columns.flat_map(|column| &column.names);
        let mut patterns = names.filter(|name| name.contains("{n}")).peekable();
        if patterns.peek().is_none() {
            return vec![None];
        }
        let numbers = patterns.flat_map(|pattern| self.columns.numbers(pattern));
        let numbers: BTreeSet<u32> = numbers.collect();
        numbers.into_iter().map(Some).collect()
    }

    /// Finds the column by the first of its names that the file has.
    fn column(&self, column: &mut ColumnRef, number: Option<u32>) -> Compiled<bool> {
        let numbered = |name: &String| match number {
            Some(number) => name.replace("{n}", &number.to_string()),
            None => name.clone(),
        };
        let mut all = column.names.iter();
        let Some(index) = all.find_map(|name| self.columns.find(&numbered(name))) else {
            return self.absent(column, number).map(|()| false);
        };
        if !column.names.iter().any(|name| name.contains('#')) {
            self.refuse_ambiguous(index, column.line)?;
        }
        column.index = index;
        Ok(true)
    }

    fn absent(&self, names: &ColumnRef, number: Option<u32>) -> Compiled<()> {
        // Of a numbered group, a file may lack some columns; that the group exists at all was checked by `expand`.
        let (Missing::Refuse { mapping, input }, None) = (self.missing, number) else {
            return Ok(());
        };
        let name = names.names.first().map_or("", String::as_str);
        let near = nearest(name, self.columns.names().iter().map(String::as_str), 3);
        let message = if near.is_empty() {
            let has = list_of(self.columns.names());
            tr!("mapping-column-missing", column = name, input, has)
        } else {
            let near = list_of(&near);
            tr!("mapping-column-missing-near", column = name, input, near)
        };
        Err(error(mapping, names.line, message))
    }

    fn refuse_ambiguous(&self, index: usize, line: usize) -> Compiled<()> {
        let later = self.columns.twice().get(&index);
        let (Missing::Refuse { mapping, input }, Some(later)) = (self.missing, later) else {
            return Ok(());
        };
        let (first, second) = (index + 1, later[0] + 1);
        let column = self.columns.names()[index].as_str();
        let message = tr!("mapping-column-twice", column, input, first, second);
        Err(error(mapping, line, message))
    }
}

fn error(mapping: &Path, line: usize, message: String) -> ConfigError {
    ConfigError {
        path: mapping.to_owned(),
        line: (line > 0).then_some(line),
        message,
    }
}
