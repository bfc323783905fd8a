//! From a mapping as it is written to one for the columns of a file.

use super::{CellExpression, Plan, RowRule};
use crate::document::{ColumnOr, ConfigError, ValuesOr};
use crate::lang::tr;
use crate::mapping::columns::Columns;
use crate::mapping::spec::{
    ColumnNames, Expression, MemberRule, NameKey, NameOrder, PermissionRule, PropertyRule, Spec,
    resolve_optional,
};
use crate::names::{list_of, nearest};
use std::collections::{BTreeMap, BTreeSet};
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
        let mut placeholders = vec![Vec::new(); columns.names().len()];
        for (name, values) in &spec.placeholders {
            if let Some(index) = columns.find(name) {
                placeholders[index].clone_from(values);
            }
        }
        let mut plan = Plan {
            name: compiler.named(&spec.name)?,
            items: compiler.items(spec)?,
            memo: compiler.all(&spec.memo)?,
            tags: compiler.all(&spec.tags)?,
            contact_tag_ids: compiler.all(&spec.contact_tag_ids)?,
            custom_properties: compiler.properties(&spec.custom_properties)?,
            permission: compiler.permission(&spec.permission)?,
            unmapped: Vec::new(),
            conditional: Vec::new(),
            placeholders,
            watched: Vec::new(),
            fields: Vec::new(),
            paths: Vec::new(),
            split: spec.split.clone().unwrap_or_else(|| " ::: ".into()),
            cell_prefix: spec.cell_prefix.clone(),
            family_first: spec.name_order == Some(NameOrder::FamilyFirst),
            columns,
        };
        plan.settle_columns();
        Ok(plan)
    }

    /// Sets what the plan knows of each column by what it takes from it.
    fn settle_columns(&mut self) {
        let count = self.columns.names().len();
        let (mut fields, mut paths) = (vec![None; count], vec![None; count]);
        let mut conditional = BTreeSet::new();
        for (source, field, path) in self.sources() {
            conditional.extend(source.conditional());
            for &index in source.columns() {
                fields[index].get_or_insert_with(|| field.clone());
                paths[index] = paths[index].take().or_else(|| path.clone());
            }
        }
        let is_mapped = |index: &usize| fields[*index].is_some();
        let reason = self.columns.reason();
        self.unmapped = (0..count)
            .filter(|index| !is_mapped(index) && reason != Some(*index))
            .collect();
        self.watched = (self.placeholders.iter().enumerate())
            .map(|(index, values)| !values.is_empty() || conditional.contains(&index))
            .collect();
        self.conditional = conditional.into_iter().collect();
        (self.fields, self.paths) = (fields, paths);
    }
}

struct Compiler<'c> {
    columns: &'c Columns,
    missing: Missing<'c>,
}

type Compiled<T> = Result<T, ConfigError>;

impl Compiler<'_> {
    fn named(
        &self,
        name: &BTreeMap<NameKey, Expression>,
    ) -> Compiled<Vec<(NameKey, CellExpression)>> {
        let mut named = Vec::new();
        for (key, value) in name {
            named.extend(self.optional(Some(value))?.map(|source| (*key, source)));
        }
        named.sort_by_key(|(key, _)| key.part().is_none());
        Ok(named)
    }

    fn optional(&self, value: Option<&Expression>) -> Compiled<Option<CellExpression>> {
        resolve_optional(value, &mut |names| self.column(names, None))
    }

    fn all(&self, values: &[Expression]) -> Compiled<Vec<CellExpression>> {
        let mut sources = Vec::new();
        for value in values {
            for number in self.expand([value]) {
                sources.extend(value.resolve(&mut |names| self.column(names, number))?);
            }
        }
        Ok(sources)
    }

    /// One rule for each number that `{n}` stands for, or one alone. Where the file has none of its columns, there is no rule.
    fn items(&self, spec: &Spec) -> Compiled<Vec<RowRule>> {
        let mut rules = Vec::new();
        for rule in spec.items() {
            for number in self.expand(rule.parts.iter().flatten()) {
                let rule = rule.resolve(&mut |names| self.column(names, number))?;
                let mut parts = rule.parts.iter().flatten().peekable();
                if parts.peek().is_none() {
                    continue;
                }
                let is_read = !parts.any(CellExpression::gives_without_columns);
                let columns = rule.values().flat_map(CellExpression::columns).copied();
                let columns = is_read.then(|| columns.collect());
                rules.push((rule, columns));
            }
        }
        Ok(rules)
    }

    fn properties(
        &self,
        specs: &BTreeMap<String, ValuesOr<PropertyRule>>,
    ) -> Compiled<Vec<(String, PropertyRule<usize>)>> {
        let mut rules = Vec::new();
        for (name, ValuesOr(spec)) in specs {
            let content = self.all(&spec.content)?.into_iter();
            let (mut link, content): (Vec<_>, Vec<_>) = content.partition(CellExpression::is_link);
            link.extend(self.all(&spec.link)?);
            let text = self.optional(spec.text.as_ref())?;
            let rule = PropertyRule {
                content,
                text,
                link,
            };
            rules.push((name.clone(), rule));
        }
        Ok(rules)
    }

    fn permission(&self, spec: &PermissionRule) -> Compiled<Option<PermissionRule<usize>>> {
        let mut members = Vec::new();
        for ColumnOr(member) in &spec.accessible_members {
            let kind = member.kind;
            let id = self.optional(Some(&member.id))?;
            members.extend(id.map(|id| ColumnOr(MemberRule { id, kind })));
        }
        let rule = PermissionRule {
            accessible_range: self.optional(spec.accessible_range.as_ref())?,
            master_user_id: self.optional(spec.master_user_id.as_ref())?,
            is_co_editing: self.optional(spec.is_co_editing.as_ref())?,
            accessible_members: members,
        };
        Ok(Some(rule).filter(|rule| rule.values().next().is_some()))
    }

    /// The numbers that `{n}` stands for in these values; without `{n}`, no number, once.
    fn expand<'v>(&self, values: impl IntoIterator<Item = &'v Expression>) -> Vec<Option<u32>> {
        let columns = values.into_iter().flat_map(Expression::columns);
        let names = columns.flat_map(|column| &column.names);
        let mut patterns = names.filter(|name| name.contains("{n}")).peekable();
        if patterns.peek().is_none() {
            return vec![None];
        }
        let numbers = patterns.flat_map(|pattern| self.columns.numbers(pattern));
        let numbers: BTreeSet<u32> = numbers.collect();
        numbers.into_iter().map(Some).collect()
    }

    /// The column by the first of its names that the file has.
    fn column(&self, names: &ColumnNames, number: Option<u32>) -> Compiled<Option<usize>> {
        let numbered = |name: &String| match number {
            Some(number) => name.replace("{n}", &number.to_string()),
            None => name.clone(),
        };
        let mut all = names.names.iter();
        let Some(index) = all.find_map(|name| self.columns.find(&numbered(name))) else {
            return self.absent(names, number).map(|()| None);
        };
        if !names.names.iter().any(|name| name.contains('#')) {
            self.refuse_ambiguous(index, names.line)?;
        }
        Ok(Some(index))
    }

    fn absent(&self, names: &ColumnNames, number: Option<u32>) -> Compiled<()> {
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
