//! A mapping with what others say beside it: columns that a preset does not know and that are plain by their names.

use super::spec::{AddressPart, From, Item, List, NameKey, Spec, TypeSpec, Value};

/// Adds the columns of `more`. Where a contact has only one place, a column of the mapping comes first, and the other one
/// stands in where it is empty.
pub fn extend(spec: &mut Spec, more: Spec) {
    let mut items: Vec<Item> = spec.items().cloned().collect();
    for item in more.items() {
        extend_items(&mut items, item.clone());
    }
    spec.set_items(items);
    if !spec.name.contains_key(&NameKey::FullName) {
        spec.name_order = spec.name_order.or(more.name_order);
    }
    for (key, value) in more.name {
        match spec.name.get_mut(&key) {
            Some(there) => add(there, value),
            None => drop(spec.name.insert(key, value)),
        }
    }
    spec.memo.extend(more.memo);
    spec.tags.extend(more.tags);
    spec.ignore.extend(more.ignore);
}

fn add(there: &mut Value, value: Value) {
    match &mut there.from {
        From::First(values) => values.push(value),
        _ => {
            let first = std::mem::replace(there, Value::new(From::Constant(String::new()), 0));
            *there = Value::new(From::First(vec![first, value]), 0);
        }
    }
}

fn extend_items(items: &mut Vec<Item>, item: Item) {
    let target = match item.list {
        List::Organizations => items.iter_mut().find(|one| one.list == item.list),
        List::Events => items
            .iter_mut()
            .find(|one| one.list == item.list && same_type(one, &item)),
        List::Locations => location(items, &item),
        _ => None,
    };
    let Some(target) = target else {
        items.push(item);
        return;
    };
    for (name, value) in item.parts {
        match target.parts.iter_mut().find(|(one, _)| *one == name) {
            Some((_, there)) if name == "address" => add_address(there, value),
            Some((_, there)) => add(there, value),
            None => target.parts.push((name, value)),
        }
    }
}

fn same_type(one: &Item, other: &Item) -> bool {
    match (&one.kind, &other.kind) {
        (Some(TypeSpec::Constant(one)), Some(TypeSpec::Constant(other))) => one == other,
        _ => false,
    }
}

/// The address that parts belong to: that of the same type, or the only one for parts that are no address by themselves. Two
/// streets are two addresses.
fn location<'i>(items: &'i mut [Item], item: &Item) -> Option<&'i mut Item> {
    let is_address = |one: &Item| one.list == List::Locations;
    let is_only = items.iter().filter(|one| is_address(one)).count() == 1;
    let stands_alone = stands_alone(item);
    let takes = |one: &&mut Item| match stands_alone {
        true => same_type(one, item) && !self::stands_alone(one),
        false => same_type(one, item) || is_only,
    };
    let mut addresses = items.iter_mut().filter(|one| is_address(one));
    addresses.find(takes)
}

/// Whether an item has a street or a whole address.
fn stands_alone(item: &Item) -> bool {
    let is_line = |(part, _): &(AddressPart, Value)| {
        matches!(part, AddressPart::Formatted | AddressPart::Street)
    };
    let address = item.parts.iter().find(|(name, _)| *name == "address");
    address.is_some_and(|(_, value)| match &value.from {
        From::Address(parts) => parts.iter().any(is_line),
        _ => true,
    })
}

fn add_address(there: &mut Value, value: Value) {
    let From::Address(more) = value.from else {
        return add(there, value);
    };
    if !matches!(there.from, From::Address(_)) {
        let whole = std::mem::replace(there, Value::new(From::Constant(String::new()), 0));
        *there = Value::new(From::Address(vec![(AddressPart::Street, whole)]), 0);
    }
    let From::Address(parts) = &mut there.from else {
        return;
    };
    for (part, value) in more {
        match parts.iter_mut().find(|(one, _)| *one == part) {
            Some((_, there)) => add(there, value),
            None => parts.push((part, value)),
        }
    }
}
