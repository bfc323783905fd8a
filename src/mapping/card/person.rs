//! The person's name: its parts, the whole of it, and how it is read.

use super::{COMPARED, Mapper};
use crate::contact::{NamePart, Organization, Text};
use crate::mapping::build::NAME_ORDER;
use crate::mapping::derived_all;
use crate::mapping::name::{self, is_han};
use crate::names::is_listed;
use crate::note::NoteKind;
use crate::source::vcard::{Card, Property, Version};
use std::borrow::Cow;

/// What the card says it is of: `KIND` of RFC 6350, or Apple's property of RFC 2426's time.
fn kind_of<'c>(card: &'c Card<'_>) -> Option<&'c str> {
    let named = |name: &str| card.first(name).map(|kind| kind.value.trim());
    let kinds = ["KIND", "X-ADDRESSBOOKSERVER-KIND", "X-KIND"];
    kinds.into_iter().find_map(named)
}

/// Whether the card is a list of Evolution's, whose members are e-mails.
pub(super) fn is_list(card: &Card<'_>) -> bool {
    let list = card.first("X-EVOLUTION-LIST");
    list.is_some_and(|list| list.value.trim().eq_ignore_ascii_case("TRUE"))
}

pub(super) fn is_group(card: &Card<'_>) -> bool {
    is_list(card) || kind_of(card).is_some_and(|kind| kind.eq_ignore_ascii_case("group"))
}

/// Whether the card is of a company: it says so, or its full name is that of its organisation; and it names no person
/// besides. A name in parts that only spells the company's is none.
pub(super) fn is_company(card: &Card<'_>) -> bool {
    let shown = card.first("X-ABSHOWAS");
    let shown = shown.map_or("", |shown| shown.value.trim());
    let kind = kind_of(card).unwrap_or_default();
    let is_org = is_listed("org organization company", kind);
    let says_so = is_org || shown.eq_ignore_ascii_case("COMPANY");
    let full = best_full_name(card).map_or(Cow::Borrowed(""), Property::text);
    let company = card.first("ORG").and_then(|it| it.components().next());
    let company = company.unwrap_or_default();
    let is_full =
        |name: &str| !name.trim().is_empty() && name::same_name(full.trim(), &[name.trim()]);
    let parts = card.first("N").into_iter().flat_map(Property::components);
    let parts: Vec<_> = parts.collect();
    let parts = parts.iter().map(|part| part.trim());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let spells = |name: &str| !name.trim().is_empty() && name::same_name(name.trim(), &parts);
    // `Ann Ash`, shown as the company she works for, is no spelling of the company.
    let is_spelling = spells(&company) || spells(&full) && (is_org || company.trim().is_empty());
    match parts.len() {
        0 => says_so || is_full(&company),
        1 => (says_so || is_full(&company)) && is_spelling,
        _ => says_so && is_spelling,
    }
}

/// The full name that the card prefers.
fn best_full_name<'c, 'a>(card: &'c Card<'a>) -> Option<&'c Property<'a>> {
    let names = card.all("FN").filter(|one| !one.value.trim().is_empty());
    names.min_by_key(|one| one.preference().unwrap_or(u8::MAX))
}

/// The order of a reading's parts, which is that of N.
const READING_ORDER: [NamePart; 2] = [NamePart::PhoneticLast, NamePart::PhoneticFirst];

impl<'a> Mapper<'a, '_> {
    pub(super) fn name(&mut self, property: &'a Property<'a>) {
        // RFC 9554: the same name once more, as it is pronounced.
        let is_reading = property.param("PHONETIC").is_some();
        // Parts of two names would make a third one.
        let is_second = !is_reading && !self.is_nobody();
        let components = property.components().zip(property.component_lists());
        for (place, (whole, names)) in components.enumerate() {
            let value = match self.card.version {
                Version::V21 => whole,
                _ => list(whole, names),
            };
            let Some(text) = self.line(property, value) else {
                continue;
            };
            if self.is_company && !is_reading {
                self.build.note(NoteKind::Repeated, &text);
                continue;
            }
            let parts = if is_reading {
                &READING_ORDER[..]
            } else {
                &NAME_ORDER
            };
            match parts.get(place).copied() {
                Some(part) if is_second => {
                    let same = self.build.draft.contact_name.str(part) == text.as_str();
                    self.build.carry_rest(same, &text);
                }
                part => self.name_part(part, text),
            }
        }
    }

    /// A part of the name, or one that the service has no field for.
    fn name_part(&mut self, part: Option<NamePart>, text: Text<'a>) {
        match part {
            Some(part) => self.build.name_part(part, text),
            None => self.build.note(NoteKind::NoPlace, &text),
        }
    }

    /// Whether neither family nor given name is known.
    fn is_nobody(&self) -> bool {
        let name = &self.build.draft.contact_name;
        name.get(NamePart::First).is_none() && name.get(NamePart::Last).is_none()
    }

    /// All nicknames of a property go into the one field there is.
    pub(super) fn nickname(&mut self, property: &'a Property<'a>) {
        let names = property.list().filter(|name| !name.trim().is_empty());
        let names: Vec<_> = names.collect();
        let value = match names.as_slice() {
            [one] => one.clone(),
            names => {
                let names: Vec<_> = names.iter().map(|name| name.trim()).collect();
                names.join(", ").into()
            }
        };
        if let Some(text) = self.line(property, value) {
            self.build.name_part(NamePart::Nick, text);
        }
    }

    pub(super) fn phonetic(&mut self, property: &'a Property<'a>, part: Option<NamePart>) {
        if let Some(text) = self.line(property, property.text()) {
            self.name_part(part, text);
        }
    }

    /// Readings in the order of N, as Japanese telephones write them. One alone is that of the family name (RFC 2426, 3.6.5),
    /// unless it has two words or there is no family name.
    pub(super) fn reading(&mut self, property: &Property<'_>, parts: Vec<Cow<'a, str>>) {
        let is_whole = parts.iter().skip(1).all(|part| part.trim().is_empty());
        let has_family = self.build.draft.contact_name.get(NamePart::Last).is_some();
        for (place, part) in parts.into_iter().enumerate() {
            let Some(text) = self.line(property, part) else {
                continue;
            };
            match place {
                0 if is_whole && (!has_family || text.value.contains([' ', '\u{3000}'])) => {
                    self.build.phonetic_full_name(text);
                }
                place => self.name_part(READING_ORDER.get(place).copied(), text),
            }
        }
    }

    /// What a name is sorted by says how it is read, if it is written in Kana, or in another writing than a name of Han. Else
    /// it mostly repeats a part of the name.
    pub(super) fn settle_sort_keys(&mut self) {
        let whole = self.card.first("FN").map(Property::text);
        let whole = whole.unwrap_or_default();
        for property in self.all(|name| matches!(name, "N" | "ORG")) {
            if let Some(param) = property.param("SORT-AS") {
                self.sort_keys(property, pieces(param.value()), &whole);
            }
        }
        for property in self.all(|name| name == "SORT-STRING") {
            self.sort_keys(property, pieces(property.text()), &whole);
        }
    }

    fn sort_keys(&mut self, property: &Property<'_>, keys: Vec<Cow<'a, str>>, whole: &str) {
        let is_reading = |key: &Cow<'_, str>| {
            let name = &self.build.draft.contact_name;
            let mut parts = [NamePart::Last, NamePart::First].iter();
            let is_of_han = parts.any(|part| name.str(*part).contains(is_han));
            key.contains(is_kana)
                || is_of_han && key.contains(char::is_alphabetic) && !key.contains(is_han)
        };
        if property.name != "ORG" && keys.iter().any(is_reading) {
            return self.reading(property, keys);
        }
        for key in keys {
            let Some(text) = self.line(property, key) else {
                continue;
            };
            let name = &self.build.draft.contact_name;
            let mut parts = NamePart::ALL.iter();
            let is_known = whole.contains(text.as_str())
                || parts.any(|part| name.str(*part).contains(text.as_str()))
                || self.is_organization(&text);
            self.build.carry_rest(is_known, &text);
        }
    }

    fn is_organization(&self, text: &Text<'_>) -> bool {
        let mut all = self.build.draft.organizations.iter().take(COMPARED);
        all.any(|one| {
            let parts = [&one.name, &one.department];
            let parts = parts.map(|part| part.as_ref().map_or("", Text::as_str));
            name::same_name(text.as_str(), &parts)
        })
    }

    /// Formatted names, the preferred one first. One that is the organisation's, where there is no person, names no person:
    /// the contact is named after the organisation then. That of a company or a thing is never split.
    pub(super) fn full_names(&mut self) {
        let is_nobody = self.is_nobody();
        let is_thing =
            kind_of(self.card).is_some_and(|kind| !kind.eq_ignore_ascii_case("individual"));
        let best = best_full_name(self.card).map(|best| best.index);
        let mut names: Vec<_> = self.all(|name| name == "FN").collect();
        names.sort_by_key(|name| Some(name.index) != best);
        for property in names {
            let Some(text) = self.line(property, property.text()) else {
                continue;
            };
            let mut organizations = self.build.draft.organizations.iter();
            let has_organization = organizations.any(|one| one.name.is_some());
            if is_nobody && self.is_organization(&text) {
                self.build.note(NoteKind::Repeated, &text);
            } else if self.is_company && has_organization {
                self.build.note(NoteKind::NoPlace, &text);
            } else if self.is_company {
                self.build.organization(Organization {
                    name: Some(text),
                    ..Organization::default()
                });
            } else if is_nobody && is_thing && self.is_nobody() {
                self.build.name_part(NamePart::First, text);
            } else {
                self.build.full_name(text);
            }
        }
    }
}

/// Several names of one kind with a blank between. A comma before a blank separates no names: writers that don't escape
/// their commas mean `Example, Inc.`.
fn list<'a>(whole: Cow<'a, str>, names: impl Iterator<Item = Cow<'a, str>>) -> Cow<'a, str> {
    if !whole.contains(',') || whole.contains(", ") {
        return whole;
    }
    let names = names.filter(|name| !name.trim().is_empty());
    match names.collect::<Vec<_>>().as_slice() {
        [one] => one.clone(),
        names => names.join(" ").into(),
    }
}

/// What commas, semicolons and quotes separate.
fn pieces(value: Cow<'_, str>) -> Vec<Cow<'_, str>> {
    derived_all(&value, |value| {
        let pieces = value.split([',', ';', '"']);
        let filled = pieces.filter(|piece| !piece.trim().is_empty());
        filled.map(Cow::Borrowed).collect()
    })
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{FF66}'..='\u{FF9D}')
}
