//! The items of a contact's lists, each by a rule of the plan.

use super::Mapper;
use super::values::holds;
use crate::contact::{Origin, Text, limits};
use crate::mapping::address::{self, Parts};
use crate::mapping::build::{Builder, ItemType};
use crate::mapping::columns::fold;
use crate::mapping::label::Kind;
use crate::mapping::plan::CellExpression;
use crate::mapping::spec::{AddressPart, List, Primary, Rule, TypeRule};
use crate::mapping::{cell, date, label, trimmed};
use crate::note::NoteKind;
use std::borrow::Cow;

impl<'a> Mapper<'a, '_> {
    /// E-mails and websites: the service keeps no label for them.
    pub(super) fn labelled(&mut self, rule: &'a Rule<usize>) {
        let Some(text) = self.part(rule, 0) else {
            return self.stray_label(rule);
        };
        let mut preferred = self.is_primary(rule);
        if let Some(label) = self.part(rule, 1) {
            let (bare, marked) = label::marked(label.as_str());
            preferred |= marked;
            // Most labels are one word (`Work`), which is no display name and need not be taken apart.
            let may_be_a_name = bare.contains([' ', '@']) || !bare.is_ascii();
            let says_nothing = bare.is_empty()
                || may_be_a_name && self.build.says_nothing_new(bare, text.as_str());
            let kind = match says_nothing {
                true => NoteKind::Repeated,
                false => NoteKind::Label,
            };
            self.build.carry(kind, &label);
        }
        let separator = self.separator(rule.parts[0].as_ref());
        self.split(text, separator, |build, text| match rule.list {
            List::Emails => build.email(text, preferred),
            _ => build.website(text, preferred),
        });
    }

    pub(super) fn each(&mut self, rule: &'a Rule<usize>) {
        let Some(text) = self.part(rule, 0) else {
            return self.stray_type(rule);
        };
        let kind = self
            .kind(rule.kind.as_ref(), rule.list)
            .preferred(self.is_primary(rule));
        let separator = self.separator(rule.parts[0].as_ref());
        let each = |build: &mut Builder<'a, '_>, text, kind| match rule.list {
            List::Telephones => build.telephones(text, kind),
            _ => build.messenger(text, kind),
        };
        let mut placed = true;
        if holds(&text.value, separator) {
            for text in self.pieces(text, separator) {
                placed &= each(&mut self.build, text, kind.clone());
            }
        } else {
            placed = each(&mut self.build, text, kind);
        }
        if !placed {
            self.stray_type(rule);
        }
    }

    /// Name, department and title may each hold several values; the first ones belong together, and so on.
    pub(super) fn organizations(&mut self, rule: &'a Rule<usize>) {
        let primary = self.is_primary(rule);
        let parts = [0, 1, 2].map(|index| self.part(rule, index));
        let separators = [0, 1, 2].map(|index| self.separator(rule.parts[index].as_ref()));
        let is_one = |(text, separator): (&Option<Text<'_>>, &str)| {
            text.as_ref()
                .is_none_or(|text| !holds(&text.value, separator))
        };
        let [name, department, title] = parts;
        if [&name, &department, &title]
            .into_iter()
            .zip(separators)
            .all(is_one)
        {
            return self.build.organization(name, department, title, primary);
        }
        let mut pieces = |text: Option<Text<'a>>, index: usize| {
            let pieces = text.map(|text| self.pieces(text, separators[index]));
            pieces.unwrap_or_default().into_iter()
        };
        let mut columns = [pieces(name, 0), pieces(department, 1), pieces(title, 2)];
        loop {
            let [name, department, title] = &mut columns;
            let next = (name.next(), department.next(), title.next());
            if matches!(next, (None, None, None)) {
                return;
            }
            self.build.organization(next.0, next.1, next.2, primary);
        }
    }

    pub(super) fn event(&mut self, rule: &'a Rule<usize>) {
        let Some(text) = self.part(rule, 0) else {
            self.stray(rule.day_type.as_ref());
            return self.stray_type(rule);
        };
        let lunar = rule.day_type.as_ref().and_then(|rule| self.is_lunar(rule));
        let lunar = lunar.or_else(|| date::is_lunar(self.raw_label(rule.kind.as_ref())));
        let kind = self
            .kind(rule.kind.as_ref(), rule.list)
            .preferred(self.is_primary(rule));
        let placed = match rule.carry_unreadable {
            true => self.build.event_if_readable(text, kind, lunar),
            false => self.build.event(text, kind, lunar),
        };
        if !placed {
            self.stray_type(rule);
            self.stray(rule.day_type.as_ref());
        }
    }

    /// Whether a day is counted by the moon: what the mapping says of the flag, else the flag's own words, else the default.
    fn is_lunar(&mut self, rule: &'a TypeRule<usize>) -> Option<bool> {
        let is_lunar = |kind: &str| Some(kind == "LUNAR");
        match rule {
            TypeRule::Constant(kind) => is_lunar(kind),
            TypeRule::Label {
                label,
                labels,
                default,
            } => {
                let default = default.and_then(is_lunar);
                let Some(flag) = self.value(label) else {
                    return default;
                };
                let meant = labels
                    .get(&fold(flag.as_str()))
                    .and_then(|kind| is_lunar(kind));
                let meant = meant.or_else(|| date::is_lunar(flag.as_str()));
                if meant.is_none() {
                    self.build.carry(NoteKind::NoPlace, &flag);
                }
                meant.or(default)
            }
            TypeRule::Custom(_) | TypeRule::CustomOr(..) => None,
        }
    }

    /// Whether the items of a rule come first, by the mapping or by a column that says yes.
    fn is_primary(&mut self, rule: &'a Rule<usize>) -> bool {
        match &rule.primary {
            Primary::Always(always) => *always,
            Primary::Column(source) => {
                let Some(text) = self.value(source) else {
                    return false;
                };
                let answer = cell::yes_or_no(text.as_str());
                if answer.is_none() {
                    self.build.carry(NoteKind::NoPlace, &text);
                }
                answer.unwrap_or(false)
            }
        }
    }

    pub(super) fn location(&mut self, rule: &'a Rule<usize>) {
        let zip = self.part(rule, 1);
        let address = match rule.parts[0].as_ref() {
            Some(CellExpression::Address(parts)) => {
                self.address(parts, zip.as_ref().map_or("", Text::as_str))
            }
            source => source.and_then(|source| self.value(source)),
        };
        if address.is_none() {
            // A postal code alone is no address.
            if let Some(zip) = &zip {
                self.build.carry(NoteKind::NoPlace, zip);
            }
            return self.stray_type(rule);
        }
        let kind = self
            .kind(rule.kind.as_ref(), rule.list)
            .preferred(self.is_primary(rule));
        if !self.build.location(address, zip, kind) {
            self.stray_type(rule);
        }
    }

    /// An address from its parts. Nothing if none of them stands in the record, whatever constants there are.
    pub(super) fn address(
        &mut self,
        sources: &'a [(AddressPart, CellExpression)],
        zip: &str,
    ) -> Option<Text<'a>> {
        let mut parts = Parts::default();
        let mut owned = Vec::new();
        let mut origin = Origin::NONE;
        let mut formatted = None;
        for (part, source) in sources {
            let Some(text) = self.value(source) else {
                continue;
            };
            if *part == AddressPart::Formatted {
                formatted = Some(text);
                continue;
            }
            if origin == Origin::NONE {
                origin = text.origin;
            }
            match text.value {
                Cow::Borrowed(value) => *place(&mut parts, *part) = value,
                Cow::Owned(value) => owned.push((*part, value)),
            }
        }
        let mut all = Parts {
            postal_code: zip,
            ..parts
        };
        for (part, value) in &owned {
            *place(&mut all, *part) = value;
        }
        let joined = match owned.is_empty() {
            true => address::join(&parts),
            false => Cow::Owned(address::join(&all).into_owned()),
        };
        let Some(formatted) = formatted else {
            return (origin != Origin::NONE).then(|| Text::from_field(joined, origin));
        };
        if origin == Origin::NONE {
            return Some(match formatted.value {
                Cow::Borrowed(value) => Text::from_field(one_line(value), formatted.origin),
                Cow::Owned(_) => formatted,
            });
        }
        let same = address::repeats(formatted.as_str(), &all);
        self.build.carry_rest(same, &formatted);
        Some(Text::from_field(joined, origin))
    }

    pub(super) fn part(&mut self, rule: &'a Rule<usize>, index: usize) -> Option<Text<'a>> {
        self.optional(&rule.parts[index])
    }

    pub(super) fn kind(&mut self, rule: Option<&'a TypeRule<usize>>, list: List) -> ItemType<'a> {
        let Some(rule) = rule else {
            return ItemType::constant(list.default_type());
        };
        match rule {
            TypeRule::Constant(kind) => ItemType::constant(kind),
            TypeRule::Custom(source) => ItemType::custom(self.value(source)),
            TypeRule::CustomOr(source, other) => {
                let has_label = other
                    .values()
                    .iter()
                    .any(|source| self.value(source).is_some());
                let kind = self.kind(Some(other), list);
                let Some(custom) = self.value(source) else {
                    return kind;
                };
                let is_custom = kind
                    .kind
                    .as_ref()
                    .is_some_and(|kind| kind.as_str() == limits::CUSTOM);
                if has_label && !is_custom {
                    self.build.carry(NoteKind::Label, &custom);
                    return kind;
                }
                ItemType::custom(Some(custom)).preferred(kind.preferred)
            }
            TypeRule::Label {
                label,
                labels,
                default,
            } => {
                let (types, default) = (list.types(), default.unwrap_or(list.default_type()));
                let Some(text) = self.value(label) else {
                    return ItemType::constant(default);
                };
                let origin = text.origin;
                if !labels.is_empty()
                    && let Some(kind) = labels.get(&fold(text.as_str()))
                {
                    return match types.iter().find(|one| *one == kind) {
                        Some(kind) => ItemType::constant(kind),
                        None => ItemType::custom(Some(Text::constant(kind.as_str()))),
                    };
                }
                let label = trimmed(&text.value);
                let is_it = |one: &&&str| one.eq_ignore_ascii_case(label);
                if let Some(kind) = types.iter().find(is_it) {
                    return ItemType::constant(kind);
                }
                match text.value {
                    Cow::Borrowed(label) => {
                        ItemType::from_label(label, origin, table_of(list), default)
                    }
                    Cow::Owned(_) => ItemType::custom(Some(text)),
                }
            }
        }
    }

    /// A label as it stands in its cell.
    pub(super) fn raw_label(&self, rule: Option<&TypeRule<usize>>) -> &'a str {
        match rule {
            Some(TypeRule::Label {
                label: CellExpression::Column(index),
                ..
            }) => self.row.cell(*index),
            _ => "",
        }
    }

    /// A label without the value that it labels.
    pub(super) fn stray_label(&mut self, rule: &'a Rule<usize>) {
        if let Some(label) = self.part(rule, 1) {
            self.build.carry(NoteKind::Label, &label);
        }
    }

    pub(super) fn stray_type(&mut self, rule: &'a Rule<usize>) {
        self.stray(rule.kind.as_ref());
    }

    pub(super) fn stray(&mut self, rule: Option<&'a TypeRule<usize>>) {
        for source in rule.into_iter().flat_map(TypeRule::values) {
            if let Some(text) = self.value(source)
                && text.origin != Origin::NONE
            {
                self.build.carry(NoteKind::Label, &text);
            }
        }
    }
}

/// What reads the labels of a list.
fn table_of(list: List) -> fn(&str) -> Kind {
    match list {
        List::Telephones => label::telephone,
        List::Events => label::event,
        List::Locations => label::location,
        List::Messengers => label::messenger,
        List::Emails | List::Organizations | List::Websites => |_| Kind::None,
    }
}

/// An address that the export writes as a whole.
fn one_line(formatted: &str) -> Cow<'_, str> {
    address::join(&Parts {
        formatted,
        ..Parts::default()
    })
}

fn place<'p, 'a>(parts: &'p mut Parts<'a>, part: AddressPart) -> &'p mut &'a str {
    match part {
        AddressPart::Formatted => &mut parts.formatted,
        AddressPart::Street => &mut parts.street,
        AddressPart::Street2 => &mut parts.street2,
        AddressPart::Street3 => &mut parts.street3,
        AddressPart::Extended => &mut parts.extended,
        AddressPart::PoBox => &mut parts.po_box,
        AddressPart::City => &mut parts.city,
        AddressPart::Region => &mut parts.region,
        AddressPart::Country => &mut parts.country,
    }
}
