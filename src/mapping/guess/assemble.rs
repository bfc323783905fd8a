//! The mapping that a proposal amounts to.

use super::{Field, Proposal};
use crate::contact::limits;
use crate::mapping::columns::Columns;
use crate::mapping::spec::{AddressPart, From, Item, List, NameKey, Spec, TypeSpec, Value};

/// Puts the columns into a mapping, each by its own name. Addresses and organisations are put together from their parts,
/// those with a number at the end of their names apart from those without.
pub(super) fn assemble(proposal: &Proposal, columns: &Columns) -> Spec {
    let mut assembly = Assembly::default();
    for (index, guess) in proposal.columns.iter().enumerate() {
        if let Some(name) = columns.unique_name(index) {
            assembly.place(guess.field, name, super::number(&columns.names()[index]));
        }
    }
    assembly.settle_day_type();
    let mut spec = assembly.spec;
    let mut items: Vec<Item> = assembly.items.into_iter().map(|(_, item)| item).collect();
    items.iter_mut().for_each(settle_address);
    spec.set_items(items);
    spec.cell_prefix = proposal.cell_prefix.map(str::to_owned);
    spec
}

#[derive(Default)]
struct Assembly {
    spec: Spec,
    /// The items, each with the number of its columns.
    items: Vec<(u32, Item)>,
    day_type: Option<String>,
}

impl Assembly {
    fn place(&mut self, field: Field, name: String, number: u32) {
        let value = Value::column(vec![name.clone()], 0);
        let typed = |kind, name: String| {
            Some(match kind {
                limits::CUSTOM => TypeSpec::Custom(Value::new(From::Constant(name), 0)),
                kind => TypeSpec::Constant(kind),
            })
        };
        match field {
            Field::Name(part) => {
                let mut keys = NameKey::PARTS.into_iter();
                let key = keys.find_map(|(key, one)| (one == part).then_some(key));
                self.spec.name.extend(key.map(|key| (key, value)));
            }
            Field::FullName => drop(self.spec.name.insert(NameKey::FullName, value)),
            Field::PhoneticFullName => {
                drop(self.spec.name.insert(NameKey::PhoneticFullName, value))
            }
            Field::Email => self.add(List::Emails, value, None),
            Field::Telephone(kind) => self.add(List::Telephones, value, typed(kind, name)),
            Field::Organization(part) => {
                let item = self.of_number(List::Organizations, None, number);
                item.parts.push((part, value));
            }
            Field::Event(kind) => self.add(List::Events, value, typed(kind, name)),
            Field::DayType => self.day_type = Some(name),
            Field::Address(kind, part) => {
                let item = self.of_number(List::Locations, Some(kind), number);
                match item.parts.first_mut() {
                    Some((
                        "address",
                        Value {
                            from: From::Address(parts),
                            ..
                        },
                    )) => {
                        parts.push((part, value));
                    }
                    _ => {
                        let address = From::Address(vec![(part, value)]);
                        item.parts.insert(0, ("address", Value::new(address, 0)));
                    }
                }
            }
            Field::Zip(kind) => {
                let item = self.of_number(List::Locations, Some(kind), number);
                item.parts.push(("zipCode", value));
            }
            Field::Messenger(kind) => self.add(List::Messengers, value, typed(kind, name)),
            Field::Website => self.add(List::Websites, value, None),
            Field::Memo => self.spec.memo.push(value),
            Field::Tags => self.spec.tags.push(value),
            Field::Nothing => self.spec.ignore.push(name),
        }
    }

    fn add(&mut self, list: List, value: Value, kind: Option<TypeSpec>) {
        let item = Item {
            parts: vec![(list.parts()[0], value)],
            kind,
            ..Item::new(list)
        };
        self.items.push((0, item));
    }

    /// The item of a list that columns of this type and number belong to.
    fn of_number(&mut self, list: List, kind: Option<&'static str>, number: u32) -> &mut Item {
        let is_it = |(of, item): &(u32, Item)| {
            let same_kind = match &item.kind {
                Some(TypeSpec::Constant(one)) => Some(*one) == kind,
                _ => kind.is_none(),
            };
            item.list == list && same_kind && *of == number
        };
        let at = self.items.iter().position(is_it).unwrap_or_else(|| {
            let item = Item {
                kind: kind.map(TypeSpec::Constant),
                ..Item::new(list)
            };
            self.items.push((number, item));
            self.items.len() - 1
        });
        &mut self.items[at].1
    }

    /// The flag that tells lunar from solar belongs to the birthday; without one it is carried over.
    fn settle_day_type(&mut self) {
        let Some(column) = self.day_type.take() else {
            return;
        };
        let is_birthday = |item: &Item| matches!(item.kind, Some(TypeSpec::Constant("BIRTHDAY")));
        match self.items.iter_mut().find(|(_, item)| is_birthday(item)) {
            Some((_, item)) => {
                item.day_type = Some(TypeSpec::Label {
                    label: Value::column(vec![column], 0),
                    labels: Default::default(),
                    default: None,
                });
            }
            None => self.spec.ignore.push(column),
        }
    }
}

/// A whole address beside parts of one is their street, and one alone needs no parts; a postal code alone stands for the
/// address too, which the service requires.
fn settle_address(item: &mut Item) {
    if item.list != List::Locations {
        return;
    }
    if !item.parts.iter().any(|(name, _)| *name == "address") {
        let zip = item.parts[0].1.clone();
        item.parts.insert(0, ("address", zip));
        return;
    }
    let (_, address) = &mut item.parts[0];
    let From::Address(parts) = &mut address.from else {
        return;
    };
    match parts.as_mut_slice() {
        [(AddressPart::Formatted, whole)] => *address = whole.clone(),
        parts if parts.iter().all(|(part, _)| *part != AddressPart::Street) => {
            for (part, _) in parts {
                if *part == AddressPart::Formatted {
                    *part = AddressPart::Street;
                }
            }
        }
        _ => {}
    }
}
