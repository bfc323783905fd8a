//! A mapping cut down to the columns that a file has, so that it names each by its own name and nothing that is not there.

use super::columns::Columns;
use super::spec::{ColumnRef, List, Rule, Spec};
use std::collections::HashSet;
use std::convert::Infallible;

/// The mapping for this file alone. Columns that it does not map are added to `ignore`, so that a person sees them.
pub fn fit(spec: &Spec, columns: &Columns) -> Spec {
    let mut fitted = Spec {
        preset: None,
        ignore: Vec::new(),
        ..spec.clone()
    };
    let mut own = |column: &mut ColumnRef, _| -> Result<bool, Infallible> {
        let mut names = column.names.iter();
        column.names = Vec::from_iter(names.find_map(|name| own_name(name, columns)));
        Ok(!column.names.is_empty())
    };
    let Ok(()) = fitted.settle(&|_| vec![None], &mut own);
    let items = fitted.items().filter(|rule| gives_items(rule));
    let items = items.cloned().collect();
    fitted.set_items(items);
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
