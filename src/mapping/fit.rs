//! A mapping fitted to a file: cut down to the columns that it has, so that it names each by its own name and nothing that is
//! not there, and with columns that it does not know and that are plain by their names.

use super::columns::Columns;
use super::spec::{AddressPart, ColumnRef, Expression, List, NameKey, Rule, Spec, TypeRule};
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

/// Adds the columns of `more`. Where a contact has only one place, a column of the mapping comes first, and the other one
/// stands in where it is empty.
pub fn extend(spec: &mut Spec, more: Spec) {
    let mut rules: Vec<Rule> = spec.items().cloned().collect();
    for rule in more.items() {
        extend_items(&mut rules, rule.clone());
    }
    spec.set_items(rules);
    if !spec.name.contains_key(&NameKey::FullName) {
        spec.name_order = spec.name_order.or(more.name_order);
    }
    for (key, value) in more.name {
        let there = spec.name.remove(&key);
        spec.name.insert(key, first_of(there, value));
    }
    spec.memo.extend(more.memo);
    spec.tags.extend(more.tags);
    spec.ignore.extend(more.ignore);
}

/// The value that is there, else another one.
fn first_of(there: Option<Expression>, value: Expression) -> Expression {
    match there {
        None => value,
        Some(Expression::First(mut values)) => {
            values.push(value);
            Expression::First(values)
        }
        Some(there) => Expression::First(vec![there, value]),
    }
}

fn extend_items(rules: &mut Vec<Rule>, more: Rule) {
    let target = match more.list {
        List::Organizations => rules.iter_mut().find(|one| one.list == more.list),
        List::Events => rules
            .iter_mut()
            .find(|one| one.list == more.list && same_type(one, &more)),
        List::Locations => location(rules, &more),
        _ => None,
    };
    let Some(target) = target else {
        rules.push(more);
        return;
    };
    for (there, value) in target.parts.iter_mut().zip(more.parts) {
        let Some(value) = value else { continue };
        *there = Some(match (there.take(), value) {
            (Some(there), Expression::Address(more)) => with_parts(there, more),
            (there, value) => first_of(there, value),
        });
    }
}

fn same_type(one: &Rule, other: &Rule) -> bool {
    let constant = |rule: &Rule| match (&rule.kind, &rule.custom) {
        (Some(TypeRule::Constant(kind)), None) => Some(*kind),
        _ => None,
    };
    constant(one).is_some() && constant(one) == constant(other)
}

/// The address that parts belong to: that of the same type, or the only one for parts that are no address by themselves. Two
/// streets are two addresses.
fn location<'i>(rules: &'i mut [Rule], more: &Rule) -> Option<&'i mut Rule> {
    let is_address = |one: &Rule| one.list == List::Locations;
    let is_only = rules.iter().filter(|one| is_address(one)).count() == 1;
    let stands_alone = stands_alone(more);
    let takes = |one: &&mut Rule| match stands_alone {
        true => same_type(one, more) && !self::stands_alone(one),
        false => same_type(one, more) || is_only,
    };
    let mut addresses = rules.iter_mut().filter(|one| is_address(one));
    addresses.find(takes)
}

/// Whether an address has a street, or is a whole one.
fn stands_alone(rule: &Rule) -> bool {
    let is_line = |(part, _): &(AddressPart, Expression)| {
        matches!(part, AddressPart::Formatted | AddressPart::Street)
    };
    match &rule.parts[0] {
        Some(Expression::Address(parts)) => parts.iter().any(is_line),
        address => address.is_some(),
    }
}

/// An address with more parts. One as a whole becomes their street.
fn with_parts(there: Expression, more: Vec<(AddressPart, Expression)>) -> Expression {
    let mut parts = match there {
        Expression::Address(parts) => parts,
        whole => vec![(AddressPart::Street, whole)],
    };
    for (part, value) in more {
        match parts.iter_mut().find(|(one, _)| *one == part) {
            Some((_, there)) => *there = first_of(Some(there.clone()), value),
            None => parts.push((part, value)),
        }
    }
    Expression::Address(parts)
}
