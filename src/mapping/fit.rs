//! A mapping cut down to the columns that a file has, so that it names each by its own name and nothing that is not there.

use super::columns::Columns;
use super::spec::{ColumnNames, List, Rule, Spec, resolve_all};
use std::collections::{BTreeMap, HashSet};
use std::convert::Infallible;

/// The mapping for this file alone. Columns that it does not map are added to `ignore`, so that a person sees them.
///
/// `customProperties` and `permission` are left as they are: presets and proposals have none.
pub fn fit(spec: &Spec, columns: &Columns) -> Spec {
    let mut own = |column: &ColumnNames| -> Result<Option<ColumnNames>, Infallible> {
        let mut names = column.names.iter();
        let own = names.find_map(|name| own_name(name, columns));
        let line = column.line;
        Ok(own.map(|name| ColumnNames {
            names: vec![name],
            line,
        }))
    };
    let mut name = BTreeMap::new();
    for (key, value) in &spec.name {
        let Ok(value) = value.resolve(&mut own);
        name.extend(value.map(|value| (*key, value)));
    }
    let Ok(memo) = resolve_all(&spec.memo, &mut own);
    let Ok(tags) = resolve_all(&spec.tags, &mut own);
    let Ok(contact_tag_ids) = resolve_all(&spec.contact_tag_ids, &mut own);
    let mut fitted = Spec {
        preset: None,
        name,
        memo,
        tags,
        contact_tag_ids,
        ignore: Vec::new(),
        ..spec.clone()
    };
    let items = spec.items().map(|rule| {
        let Ok(rule) = rule.resolve(&mut own);
        rule
    });
    fitted.set_items(items.filter(gives_items).collect());
    fitted
        .placeholders
        .retain(|name, _| columns.find(name).is_some());
    let mapped = all_meant(fitted.columns().iter().flatten(), columns);
    let mapped: HashSet<usize> = mapped.into_iter().collect();
    fitted.ignore = (0..columns.names().len())
        .filter(|index| !mapped.contains(index))
        .filter_map(|index| columns.unique_name(index))
        .collect();
    fitted
}

/// The columns of a file that a name of a mapping means; several where it holds `{n}`.
pub fn meant(name: &str, columns: &Columns) -> Vec<usize> {
    let numbers = columns.numbers(name);
    let numbered = numbers
        .iter()
        .map(|number| name.replace("{n}", &number.to_string()));
    let names = numbered.chain([name.to_owned()]);
    names.filter_map(|name| columns.find(&name)).collect()
}

/// The columns of a file that these names mean.
pub fn all_meant<'n>(names: impl IntoIterator<Item = &'n String>, columns: &Columns) -> Vec<usize> {
    let names = names.into_iter();
    names.flat_map(|name| meant(name, columns)).collect()
}

/// Whether a rule has what its items can't be without.
fn gives_items(rule: &Rule) -> bool {
    match rule.list {
        List::Organizations => rule.parts().next().is_some(),
        _ => rule.parts[0].is_some(),
    }
}

/// The name of the column as the file has it; a name with `{n}` as it stands, if the file has any of these columns.
fn own_name(name: &str, columns: &Columns) -> Option<String> {
    if name.contains("{n}") && !columns.numbers(name).is_empty() {
        return Some(name.to_owned());
    }
    columns.unique_name(columns.find(name)?)
}
