//! The person's name: its parts, the whole of it, and how it is read.

use super::{COMPARED, Mapper};
use crate::contact::{NamePart, Text};
use crate::mapping::name;
use crate::note::NoteKind;
use crate::source::vcard::{Card, Property, Version};
use std::borrow::Cow;

/// The part that a property gives the reading of; `None` inside for one that the service has no field for.
pub(super) fn phonetic_part(name: &str) -> Option<Option<NamePart>> {
    Some(match name {
        "X-PHONETIC-FIRST-NAME" => Some(NamePart::PhoneticFirst),
        "X-PHONETIC-LAST-NAME" => Some(NamePart::PhoneticLast),
        "X-PHONETIC-MIDDLE-NAME" => None,
        _ => return None,
    })
}

/// What the card says it is of: `KIND` of RFC 6350, or Apple's property of RFC 2426's time.
fn kind_of<'c>(card: &'c Card<'_>) -> Option<&'c str> {
    let named = |name: &str| card.first(name).map(|kind| kind.value.trim());
    named("KIND").or_else(|| named("X-ADDRESSBOOKSERVER-KIND"))
}

/// Whether the card is a group or distribution list.
pub(super) fn is_group(card: &Card<'_>) -> bool {
    kind_of(card).is_some_and(|kind| kind.eq_ignore_ascii_case("group"))
}

impl<'a> Mapper<'a, '_> {
    pub(super) fn name(&mut self, index: usize, property: &'a Property<'a>) {
        const PARTS: [NamePart; 5] = [
            NamePart::Last,
            NamePart::First,
            NamePart::Middle,
            NamePart::Prefix,
            NamePart::Suffix,
        ];
        // RFC 9554: the same name once more, as it is pronounced.
        let is_reading = property.param("PHONETIC").is_some();
        // Parts of two names would make a third one.
        let is_second = !is_reading && !self.is_nobody();
        for (place, component) in property.components().enumerate() {
            let value = match self.card.version {
                Version::V21 => component.text(),
                _ => list(component.text(), component.list()),
            };
            let Some(text) = self.text(index, value) else {
                continue;
            };
            let part = match (is_reading, place) {
                (false, place) => PARTS.get(place).copied(),
                (true, 0) => Some(NamePart::PhoneticLast),
                (true, 1) => Some(NamePart::PhoneticFirst),
                (true, _) => None,
            };
            match part {
                Some(part) if is_second => {
                    let same = self.build.draft.contact_name.str(part) == text.as_str();
                    self.carry_rest(same, &text);
                }
                Some(part) => self.build.name_part(part, text),
                None => self.build.carry(NoteKind::NoPlace, &text),
            }
        }
    }

    /// Whether neither family nor given name is known.
    fn is_nobody(&self) -> bool {
        let name = &self.build.draft.contact_name;
        name.get(NamePart::First).is_none() && name.get(NamePart::Last).is_none()
    }

    /// All nicknames of a property go into the one field there is.
    pub(super) fn nickname(&mut self, index: usize, property: &'a Property<'a>) {
        let mut names = property.list().filter(|name| !name.trim().is_empty());
        let (first, second) = (names.next(), names.next());
        let value = match (first, second) {
            (Some(first), None) => first,
            (Some(first), Some(second)) => {
                let mut joined = first.trim().to_owned();
                for name in std::iter::once(second).chain(names) {
                    joined.push_str(", ");
                    joined.push_str(name.trim());
                }
                Cow::Owned(joined)
            }
            _ => return,
        };
        if let Some(text) = self.text(index, value) {
            self.build.name_part(NamePart::Nick, text);
        }
    }

    pub(super) fn phonetic(
        &mut self,
        index: usize,
        property: &'a Property<'a>,
        part: Option<NamePart>,
    ) {
        let Some(text) = self.text(index, property.text()) else {
            return;
        };
        match part {
            Some(part) => self.build.name_part(part, text),
            None => self.build.carry(NoteKind::NoPlace, &text),
        }
    }

    /// The reading that Japanese telephones write: `family;given;;;`, or the whole of it.
    pub(super) fn irmc_reading(&mut self, index: usize, property: &'a Property<'a>) {
        let parts: Vec<Cow<'a, str>> = property.components().map(|part| part.text()).collect();
        self.reading(index, parts);
    }

    fn reading(&mut self, index: usize, parts: Vec<Cow<'a, str>>) {
        let is_whole = parts.len() == 1;
        for (place, part) in parts.into_iter().enumerate() {
            let Some(text) = self.text(index, part) else {
                continue;
            };
            match place {
                0 if is_whole => self.build.phonetic_full_name(text),
                0 => self.build.name_part(NamePart::PhoneticLast, text),
                1 => self.build.name_part(NamePart::PhoneticFirst, text),
                _ => self.build.carry(NoteKind::NoPlace, &text),
            }
        }
    }

    /// What a name is sorted by says how it is read, where it is written in Kana. Else it mostly repeats a part of the name.
    pub(super) fn settle_sort_keys(&mut self) {
        let whole = self
            .card
            .first("FN")
            .map(Property::text)
            .unwrap_or_default();
        for (index, property) in self.all(|name| matches!(name, "N" | "ORG")) {
            let Some(param) = property.param("SORT-AS") else {
                continue;
            };
            let keys = pieces(param.value(), [',', ';', '"']);
            self.sort_keys(index, &property.name, keys, &whole);
        }
        for (index, property) in self.all(|name| name == "SORT-STRING") {
            let keys = property.components().map(|part| part.text()).collect();
            self.sort_keys(index, "N", keys, &whole);
        }
    }

    fn sort_keys(&mut self, index: usize, of: &str, keys: Vec<Cow<'a, str>>, whole: &str) {
        if of == "N" && keys.iter().any(|key| key.contains(is_kana)) {
            return self.reading(index, keys);
        }
        for key in keys {
            let Some(text) = self.text(index, key) else {
                continue;
            };
            let is_known = whole.contains(text.as_str())
                || self.is_in_name(text.as_str())
                || self.is_organization(&text);
            self.carry_rest(is_known, &text);
        }
    }

    fn is_in_name(&self, key: &str) -> bool {
        let name = &self.build.draft.contact_name;
        NamePart::ALL
            .iter()
            .any(|part| name.str(*part).contains(key))
    }

    fn is_organization(&self, text: &Text<'_>) -> bool {
        let mut all = self.build.draft.organizations.iter().take(COMPARED);
        all.any(|one| {
            let parts = [&one.name, &one.department];
            let parts = parts.map(|part| part.as_ref().map_or("", Text::as_str));
            name::same_name(text.as_str(), &parts)
        })
    }

    /// Formatted names. One that is the organisation's, where there is no person, names no person: the contact is named
    /// after the organisation then.
    pub(super) fn full_names(&mut self) {
        let is_nobody = self.is_nobody();
        let shown_as_company = || {
            let shown = self.card.first("X-ABSHOWAS");
            shown.is_some_and(|shown| shown.value.trim().eq_ignore_ascii_case("COMPANY"))
        };
        let organizations = &self.build.draft.organizations;
        let has_organization = organizations.iter().any(|one| one.name.is_some());
        let is_company = is_nobody && has_organization && shown_as_company();
        for (index, property) in self.all(|name| name == "FN") {
            let Some(text) = self.text(index, property.text()) else {
                continue;
            };
            if is_nobody && self.is_organization(&text) {
                self.build.carry(NoteKind::Repeated, &text);
            } else if is_company {
                self.build.carry(NoteKind::NoPlace, &text);
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
    let mut names = names.filter(|name| !name.trim().is_empty());
    match (names.next(), names.next()) {
        (None, _) => Cow::Borrowed(""),
        (Some(one), None) => one,
        (Some(first), Some(second)) => {
            let rest = std::iter::once(second).chain(names);
            Cow::Owned(rest.fold(first.into_owned(), |joined, name| joined + " " + &name))
        }
    }
}

fn pieces(value: Cow<'_, str>, separators: [char; 3]) -> Vec<Cow<'_, str>> {
    let pieces: Vec<Cow<'_, str>> = match value {
        Cow::Borrowed(value) => value.split(separators).map(Cow::Borrowed).collect(),
        Cow::Owned(value) => {
            let pieces = value.split(separators);
            pieces.map(|piece| Cow::Owned(piece.to_owned())).collect()
        }
    };
    let is_there = |piece: &Cow<'_, str>| !piece.trim().is_empty();
    pieces.into_iter().filter(is_there).collect()
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{FF66}'..='\u{FF9D}')
}
