//! A mapping with what others say beside it: columns that a preset does not know and that are plain by their names.

use super::spec::{AddressPart, Expression, List, NameKey, Rule, Spec, TypeRule};

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
