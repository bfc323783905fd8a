//! From a mapping as it is written to one for the columns of a file.

use super::{ColumnUse, Plan};
use crate::document::{ConfigError, ValuesOr};
use crate::lang::tr;
use crate::mapping::columns::Columns;
use crate::mapping::spec::{ColumnRef, Expression, Rule, Spec};
use crate::names::{list_of, nearest};
use memchr::memmem::Finder;
use std::collections::BTreeSet;
use std::path::Path;

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
