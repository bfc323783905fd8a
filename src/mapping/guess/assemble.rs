//! The mapping that a proposal amounts to.

use super::meaning::PLACES;
use super::{Field, Proposal};
use crate::contact::limits;
use crate::document::ValuesOr;
use crate::mapping::columns::Columns;
use crate::mapping::spec::{
    AddressPart, Expression, List, NameKey, NameOrder, PropertyRule, Rule, Spec, TypeRule,
};
use crate::mapping::words::Sense;
use std::collections::HashMap;

/// Puts the columns into a mapping, each by its own name.
///
/// Addresses and organisations are put together from their parts. A number in the names of columns makes another item only
/// if the columns with that number form one (`Address 2 - Street`, `City 2`); `Address 2` alone is a line of the first.
pub(super) fn assemble(proposal: &Proposal, columns: &Columns) -> Spec {
    let mut spec = pieces(proposal, columns);
    let mut items = Vec::new();
    let mut unplaced = Vec::new();
    for rule in spec.items() {
        match settled(rule.clone()) {
            Ok(rule) => items.push(rule),
            Err(columns) => unplaced.extend(columns),
        }
    }
    spec.ignore.extend(unplaced);
    spec.set_items(items);
    spec
}

/// The same, with parts of addresses that are none by themselves.
pub(super) fn pieces(proposal: &Proposal, columns: &Columns) -> Spec {
    let mut assembly = Assembly::default();
    for (index, guess) in proposal.columns.iter().enumerate() {
        if guess.field == Field::Name(NameKey::FullName)
            && proposal.header.senses(index).has(Sense::LastFirst)
        {
            assembly.spec.name_order = Some(NameOrder::FamilyFirst);
        }
        if let Some(name) = columns.unique_name(index) {
            if proposal.continued.contains(&index) {
                assembly.go_on(guess.field, Expression::column(name));
                continue;
            }
            assembly.place(guess.field, name, proposal.numbers[index]);
            if let (Field::Event(_), true) =
                (guess.field, proposal.header.senses(index).has(Sense::Lunar))
                && let Some(event) = assembly.items.last_mut()
            {
                event.rule.day_type = Some(TypeRule::Constant("LUNAR"));
            }
        }
    }
    assembly.settle_birthday();
    assembly.settle_day_type();
    assembly.join_lines();
    assembly.join_parts();
    let mut spec = assembly.spec;
    let rules = assembly.items.into_iter().map(|one| one.rule);
    spec.set_items(rules.collect());
    spec.cell_prefix = proposal.cell_prefix.map(str::to_owned);
    spec
}

/// An item and what its columns have in common.
struct Numbered {
    kind: Option<&'static str>,
    number: u32,
    /// Whether the number belongs to the item and not to a line of it.
    is_item: bool,
    rule: Rule,
}

#[derive(Default)]
struct Assembly {
    spec: Spec,
    items: Vec<Numbered>,
    /// Year, month and day of birth.
    birthday: [Option<String>; 3],
    day_type: Option<String>,
}

impl Assembly {
    fn place(&mut self, field: Field, name: String, (number, is_inside): (u32, bool)) {
        let value = Expression::column(name.clone());
        match field {
            Field::Name(key) => {
                let value = match self.spec.name.remove(&key) {
                    Some(before) => joined(before, value, " "),
                    None => value,
                };
                self.spec.name.insert(key, value);
            }
            Field::Email => self.add(List::Emails, value),
            Field::Telephone(kind) => self.typed(List::Telephones, value, kind, name),
            Field::Organization(part) => self.organization(number, part, value),
            Field::OrganizationParts(first, second) => {
                for (part, before) in [(first, true), (second, false)] {
                    let value = Expression::Cut(Box::new(value.clone()), "/".into(), before);
                    self.organization(number, part, value);
                }
            }
            Field::Event(kind) => self.typed(List::Events, value, kind, name),
            Field::BirthdayPart(part) => self.birthday[part] = Some(name),
            Field::DayType => self.day_type = Some(name),
            Field::Address(kind, part) => {
                let numbered = self.of_number(List::Locations, Some(kind), number);
                numbered.is_item |= is_inside || !is_line(part);
                add_part(&mut numbered.rule, part, value, &name);
            }
            Field::Zip(kind) => {
                let numbered = self.of_number(List::Locations, Some(kind), number);
                numbered.is_item = true;
                numbered.rule.parts[1] = Some(value);
            }
            Field::Messenger(kind) => self.typed(List::Messengers, value, kind, name),
            Field::Website => self.add(List::Websites, value),
            Field::Memo => self.spec.memo.push(value),
            Field::Tags => self.spec.tags.push(value),
            Field::Property(property) => {
                let content = PropertyRule {
                    content: vec![value],
                    ..PropertyRule::default()
                };
                let properties = &mut self.spec.custom_properties;
                properties.insert(property.to_owned(), ValuesOr(content));
            }
            Field::Nothing => self.spec.ignore.push(name),
        }
    }

    /// Adds the next part of the number that the column before has begun.
    fn go_on(&mut self, field: Field, part: Expression) {
        let whole = match field {
            Field::Zip(kind) => &mut self.of_number(List::Locations, Some(kind), 1).rule.parts[1],
            _ => &mut self.items.last_mut().expect("it has begun").rule.parts[0],
        };
        *whole = whole.take().map(|whole| joined(whole, part, "-"));
    }

    fn add(&mut self, list: List, value: Expression) {
        let mut rule = Rule::new(list);
        rule.parts[0] = Some(value);
        self.items.push(Numbered {
            kind: None,
            number: 0,
            is_item: true,
            rule,
        });
    }

    /// The same with a type; the name of the column is the type of one that has a type of its own.
    fn typed(&mut self, list: List, value: Expression, kind: &'static str, name: String) {
        self.add(list, value);
        if let Some(Numbered { rule, .. }) = self.items.last_mut() {
            match kind {
                limits::CUSTOM => rule.custom = Some(Expression::Constant(name)),
                kind => rule.kind = Some(TypeRule::Constant(kind)),
            }
        }
    }

    fn organization(&mut self, number: u32, part: &str, value: Expression) {
        let numbered = self.of_number(List::Organizations, None, number);
        let mut parts = numbered.rule.list.parts().iter();
        let at = parts.position(|one| *one == part);
        numbered.rule.parts[at.unwrap_or_default()] = Some(value);
    }

    /// The item of a list that columns of this type and number belong to.
    fn of_number(&mut self, list: List, kind: Option<&'static str>, number: u32) -> &mut Numbered {
        let is_it =
            |one: &Numbered| one.rule.list == list && one.kind == kind && one.number == number;
        let at = self.items.iter().position(is_it).unwrap_or_else(|| {
            self.items.push(Numbered {
                kind,
                number,
                is_item: false,
                rule: Rule {
                    kind: kind.map(TypeRule::Constant),
                    ..Rule::new(list)
                },
            });
            self.items.len() - 1
        });
        &mut self.items[at]
    }

    /// Addresses that are only lines of another one are put into it.
    fn join_lines(&mut self) {
        let mut first: HashMap<_, (u32, Vec<AddressPart>)> = HashMap::new();
        let is_address = |one: &Numbered| one.rule.list == List::Locations;
        for one in self.items.iter().filter(|one| is_address(one)) {
            let first = first.entry(one.place()).or_insert((u32::MAX, Vec::new()));
            if one.number < first.0 {
                *first = (one.number, one.address_parts());
            }
        }
        let is_line = |one: &mut Numbered| {
            is_address(one) && {
                let (number, parts) = &first[&one.place()];
                one.number > *number && (!one.is_item || one.is_part_beside(parts))
            }
        };
        let mut lines: Vec<Numbered> = self.items.extract_if(.., is_line).collect();
        lines.sort_by_key(|line| line.number);
        for line in lines {
            let first = first[&line.place()].0;
            let target = self.of_number(List::Locations, line.kind, first);
            let mut rule = line.rule;
            for (part, value) in std::mem::take(address(&mut rule)) {
                add_line(&mut target.rule, part, value);
            }
        }
    }

    /// A postal code and other parts of an address of which no name says where it is belong to the only one that lacks them:
    /// `자택주소` and `우편번호`.
    fn join_parts(&mut self) {
        let addresses = self.items.iter().enumerate();
        let addresses = addresses.filter(|(_, one)| one.rule.list == List::Locations);
        let (loose, named): (Vec<_>, Vec<_>) =
            addresses.partition(|(_, one)| one.kind == Some("OTHER"));
        let ([(at, loose)], [(to, whole)]) = (loose.as_slice(), named.as_slice()) else {
            return;
        };
        let (parts, there) = (loose.address_parts(), whole.address_parts());
        let has_line = |parts: &[AddressPart]| parts.iter().any(|part| is_line(*part));
        let has_both = loose.rule.parts[1].is_some() && whole.rule.parts[1].is_some();
        let is_there = parts.iter().any(|part| there.contains(part));
        if has_line(&parts) || !has_line(&there) || has_both || is_there {
            return;
        }
        let (at, to) = (*at, *to);
        let mut loose = self.items[at].rule.clone();
        let whole = &mut self.items[to].rule;
        address(whole).append(address(&mut loose));
        whole.parts[1] = whole.parts[1].take().or(loose.parts[1].take());
        self.items.remove(at);
    }

    /// Three columns are one date; fewer are none.
    fn settle_birthday(&mut self) {
        match std::mem::take(&mut self.birthday) {
            [Some(year), Some(month), Some(day)] => {
                let parts = [year, month, day].map(Expression::column);
                let date = Expression::Date(Box::new(parts));
                self.typed(List::Events, date, "BIRTHDAY", String::new());
            }
            parts => self.spec.ignore.extend(parts.into_iter().flatten()),
        }
    }

    /// The flag that tells lunar from solar belongs to the birthday; without one it is carried over.
    fn settle_day_type(&mut self) {
        let Some(column) = self.day_type.take() else {
            return;
        };
        let is_birthday =
            |one: &Numbered| matches!(one.rule.kind, Some(TypeRule::Constant("BIRTHDAY")));
        match self.items.iter_mut().find(|one| is_birthday(one)) {
            Some(one) => {
                one.rule.day_type = Some(TypeRule::Label {
                    label: Expression::column(column),
                    labels: Default::default(),
                    default: None,
                });
            }
            None => self.spec.ignore.push(column),
        }
    }
}

impl Numbered {
    /// The type of an address, and which of the places it is that are kept apart.
    fn place(&self) -> (Option<&'static str>, u32) {
        (self.kind, self.number / PLACES)
    }

    fn address_parts(&self) -> Vec<AddressPart> {
        match &self.rule.parts[0] {
            Some(Expression::Address(parts)) => parts.iter().map(|(part, _)| *part).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether it is one part of an address that others are parts of: `住所2（市区町村）` behind `住所1（都道府県）`.
    fn is_part_beside(&self, others: &[AddressPart]) -> bool {
        let has_zip = self.rule.parts[1].is_some();
        !has_zip && matches!(self.address_parts()[..], [part] if !others.contains(&part))
    }
}

/// Whether a part of an address may be one of several lines.
fn is_line(part: AddressPart) -> bool {
    matches!(
        part,
        AddressPart::Formatted | AddressPart::Street | AddressPart::Street2 | AddressPart::Street3
    )
}

/// The parts of an address, to add to.
fn address(rule: &mut Rule) -> &mut Vec<(AddressPart, Expression)> {
    match rule.parts[0].get_or_insert_with(|| Expression::Address(Vec::new())) {
        Expression::Address(parts) => parts,
        _ => unreachable!("an address is assembled from parts"),
    }
}

/// A second column of a part is joined to the first: `Straße` and `Hausnr.`, `市` and `区`.
fn add_part(rule: &mut Rule, part: AddressPart, value: Expression, name: &str) {
    let parts = address(rule);
    let Some((_, there)) = parts.iter_mut().find(|(one, _)| *one == part) else {
        parts.push((part, value));
        return;
    };
    let is_han = |c: char| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}');
    let separator = if name.chars().any(is_han) { "" } else { " " };
    *there = joined(there.clone(), value, separator);
}

/// A value and the one that goes on where it ends.
fn joined(before: Expression, value: Expression, separator: &str) -> Expression {
    match before {
        Expression::Join(mut values, separator) => {
            values.push(value);
            Expression::Join(values, separator)
        }
        before => Expression::Join(vec![before, value], separator.to_owned()),
    }
}

/// A further line of an address goes into the first place that is free.
fn add_line(rule: &mut Rule, part: AddressPart, value: Expression) {
    const LINES: [AddressPart; 4] = [
        AddressPart::Street,
        AddressPart::Street2,
        AddressPart::Street3,
        AddressPart::Extended,
    ];
    if !is_line(part) {
        return add_part(rule, part, value, "");
    }
    let parts = address(rule);
    whole_to_street(parts);
    let is_free = |line: &AddressPart| !parts.iter().any(|(one, _)| one == line);
    let line = LINES.into_iter().find(is_free);
    add_part(rule, line.unwrap_or(AddressPart::Extended), value, "");
}

/// A whole address beside parts of one is their street.
fn whole_to_street(parts: &mut [(AddressPart, Expression)]) {
    if parts.iter().all(|(part, _)| *part != AddressPart::Street) {
        let mut parts = parts.iter_mut();
        let whole = parts.find(|(part, _)| *part == AddressPart::Formatted);
        whole
            .into_iter()
            .for_each(|(part, _)| *part = AddressPart::Street);
    }
}

/// An address in its final form: one as a whole needs no parts. A postal code alone is no address, nor is a floor or a room
/// without one: their columns, which are returned, have no place.
fn settled(mut rule: Rule) -> Result<Rule, Vec<String>> {
    if rule.list != List::Locations {
        return Ok(rule);
    }
    let has_zip = rule.parts[1].is_some();
    match &mut rule.parts[0] {
        Some(Expression::Address(parts))
            if has_zip || parts.iter().any(|(part, _)| *part != AddressPart::Extended) =>
        {
            match parts.as_mut_slice() {
                [(AddressPart::Formatted, whole)] => rule.parts[0] = Some(whole.clone()),
                parts => whole_to_street(parts),
            }
            Ok(rule)
        }
        _ => {
            let columns = rule.values().flat_map(Expression::columns);
            Err(columns.flat_map(|column| column.names.clone()).collect())
        }
    }
}
