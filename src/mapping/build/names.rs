//! The name: in parts, whole, and by its reading.

use super::Builder;
use crate::contact::{NamePart, Text, limits};
use crate::mapping::{cell, derived_all, name};
use crate::note::NoteKind;
use std::borrow::Cow;

impl<'a> Builder<'a, '_> {
    /// A part of the name; a second value for the same part is carried over.
    pub fn name_part(&mut self, part: NamePart, text: Text<'a>) {
        let Some(text) = self.fitted(text, limits::TEXT) else {
            return;
        };
        match self.draft.contact_name.get(part) {
            _ if cell::says_nothing(text.as_str()) => self.note(NoteKind::Placeholder, &text),
            None => *self.draft.contact_name.part(part) = Some(text),
            Some(first) => {
                let same = first.value == text.value;
                self.carry_rest(same, &text);
            }
        }
    }

    /// The whole name, which is split where the record has no parts of it.
    pub fn full_name(&mut self, text: Text<'a>) {
        match &self.full_name {
            _ if cell::says_nothing(text.as_str()) => self.note(NoteKind::Placeholder, &text),
            None => self.full_name = Some(text),
            Some(first) => {
                let same = first.value == text.value;
                self.carry_rest(same, &text);
            }
        }
    }

    pub fn phonetic_full_name(&mut self, text: Text<'a>) {
        match &self.phonetic_full_name {
            None => self.phonetic_full_name = Some(text),
            Some(_) => self.note(NoteKind::NoPlace, &text),
        }
    }

    /// Whether a label consists of nothing but the address that it labels and the person's name, as the display names of
    /// Outlook do: `Gildong Hong (hong@example.com)`.
    pub fn says_nothing_new(&self, label: &str, address: &str) -> bool {
        if !label.contains(char::is_alphanumeric) {
            return true;
        }
        let name = &self.draft.contact_name;
        let parts = NamePart::ALL.map(|part| name.str(part));
        let full = self.full_name.as_ref().map_or("", Text::as_str);
        // Most labels are a word such as `Work`; only one with the address or a piece of the name in it is worth more work.
        let of_name = |part: &&str| !part.is_empty() && label.contains(*part);
        if !label.contains(address) && label != full && !parts.iter().any(of_name) {
            return false;
        }
        let rest = match label.find(address) {
            Some(at) => format!("{} {}", &label[..at], &label[at + address.len()..]),
            None => label.to_owned(),
        };
        let rest = rest.trim_matches(|c: char| c.is_whitespace() || "()<>[]\"'".contains(c));
        rest.is_empty() || rest == full || name::same_name(rest, &parts)
    }

    pub(super) fn settle_name(&mut self) {
        let Some(full) = self.full_name.take() else {
            return;
        };
        let name = &self.draft.contact_name;
        if name.get(NamePart::First).is_none() && name.get(NamePart::Last).is_none() {
            return self.split_name(full);
        }
        let parts = NamePart::ALL.map(|part| name.str(part));
        let same = name::same_name(full.as_str(), &parts);
        self.carry_rest(same, &full);
    }

    pub(super) fn split_name(&mut self, full: Text<'a>) {
        let origin = full.origin;
        let split = match self.family_first {
            true => name::split_family_first,
            false => name::split,
        };
        let values = derived_all(&full.value, |value| {
            let parts = split(value);
            let parts = [
                parts.last,
                parts.first,
                parts.middle,
                parts.prefix,
                parts.suffix,
            ];
            parts.map(Cow::Borrowed).into()
        });
        let whole = values.iter().filter(|value| !value.is_empty()).count() == 1;
        // One word of a name in Latin letters says nothing about where it might be split.
        if !(whole && full.value.is_ascii() && !full.value.contains(' ')) {
            let kind = match whole {
                true => NoteKind::NameWhole,
                false => NoteKind::NameSplit,
            };
            self.note(kind, &full);
        }
        for (part, value) in NAME_ORDER.into_iter().zip(values) {
            if !value.is_empty() {
                self.name_part(part, Text::from_field(value, origin));
            }
        }
    }

    pub(super) fn settle_phonetic_name(&mut self) {
        let Some(full) = self.phonetic_full_name.take() else {
            return;
        };
        let name = &self.draft.contact_name;
        let (first, last) = (NamePart::PhoneticFirst, NamePart::PhoneticLast);
        if name.get(first).is_some() || name.get(last).is_some() {
            let parts = [name.str(last), name.str(first)];
            let same = name::same_name(full.as_str(), &parts);
            return self.carry_rest(same, &full);
        }
        match full.value.trim().split_once([' ', '\u{3000}']) {
            None => self.name_part(first, full),
            Some((family, given)) => {
                let (family, given) = (family.to_owned(), given.trim().to_owned());
                self.note(NoteKind::NameSplit, &full);
                self.name_part(last, Text::from_field(family, full.origin));
                self.name_part(first, Text::from_field(given, full.origin));
            }
        }
    }

    pub(super) fn name_after_organization(&mut self) {
        let name = &self.draft.contact_name;
        if name.get(NamePart::First).is_some() || name.get(NamePart::Last).is_some() {
            return;
        }
        let mut organizations = self.draft.organizations.iter();
        if let Some(text) = organizations.find_map(|one| one.name.clone()) {
            self.note(NoteKind::NamedAfterOrganization, &text);
            *self.draft.contact_name.part(NamePart::First) = Some(text);
        }
    }
}

/// The order of a name's parts in N of a vCard.
pub(crate) const NAME_ORDER: [NamePart; 5] = [
    NamePart::Last,
    NamePart::First,
    NamePart::Middle,
    NamePart::Prefix,
    NamePart::Suffix,
];
