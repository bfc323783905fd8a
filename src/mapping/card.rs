//! A vCard on its way to a draft.
//!
//! Every property goes one of three ways: into the draft, into a note, or nowhere because it says nothing about the
//! person. The parts of this module each know one kind of value; what a value becomes is the
//! [`Builder`]'s matter, as for CSV.

mod contact_point;
mod custom;
mod day;
mod finding;
mod label;
mod person;
mod place;
#[cfg(test)]
mod tests;
mod work;

use super::build::{Builder, COMPARED, Findings};
use super::words::CARDS;
use super::{Rules, cell, derived};
use crate::contact::{ContactDraft, NamePart, Origin, Text};
use crate::note::{Note, NoteKind};
use crate::printable::is_invisible;
use crate::source::vcard::{Card, FindingKind, LONGEST_VALUE, Param, Property};
use smol_str::SmolStr;
use std::borrow::Cow;
use std::collections::HashSet;

/// Maps a vCard to an empty draft; what is wrong with it, changed or carried over goes into `findings`.
pub fn map_card<'a>(
    card: &'a Card<'a>,
    rules: &'a Rules,
    draft: &mut ContactDraft<'a>,
    findings: &mut Findings<'a>,
) {
    let mut mapper = Mapper {
        card,
        build: Builder::new(rules, draft, findings),
        used_labels: HashSet::new(),
        is_company: person::is_company(card),
    };
    for property in &card.properties {
        mapper.property(property);
    }
    mapper.settle_work();
    mapper.settle_address_labels();
    mapper.settle_telephones();
    mapper.settle_sort_keys();
    mapper.full_names();
    mapper.stray_labels();
    mapper.reading_of_the_card();
    mapper.build.finish(&|origin| property_label(card, origin));
}

/// The property with which `rejects.vcf` says what a card mends: `X-CARDLIFT-MENDS:RUN#RECORD`.
pub const MENDS: &str = "X-CARDLIFT-MENDS";

/// The record of an earlier run that a card mends, if it says so. One that was rejected again says so more than once, the
/// latest last.
pub fn card_mends<'a>(card: &'a Card<'_>) -> Option<(&'a str, u32)> {
    let said = card.all(MENDS).last()?;
    super::row::record_named(said.value.trim())
}

/// The name of a property with its group and types, for people: `TEL;WORK;FAX`, `item1.X-ABDATE`. What stems from no
/// property is the card's or the configuration's.
pub fn property_label(card: &Card<'_>, origin: Origin) -> SmolStr {
    let Some(index) = origin.index() else {
        return SmolStr::new_static("configuration");
    };
    let Some(property) = card.properties.get(index) else {
        return SmolStr::new_static("card");
    };
    if let Some(event) = custom::android_event_name(property) {
        return event.into();
    }
    let group = property.group.as_deref();
    let mut label = group.map_or(String::new(), |group| format!("{group}."));
    label.push_str(&property.name);
    for word in label::words(property) {
        label.push(';');
        label.extend(word.chars().take(LONGEST_TYPE));
    }
    label.into()
}

/// How many characters of a type are shown.
const LONGEST_TYPE: usize = 30;

struct Mapper<'a, 'f> {
    card: &'a Card<'a>,
    build: Builder<'a, 'f>,
    /// The groups whose label an item has used, in lower case.
    used_labels: HashSet<String>,
    /// Whether the card is of a company, so that its name is not that of a person.
    is_company: bool,
}

impl<'a> Mapper<'a, '_> {
    fn property(&mut self, property: &'a Property<'a>) {
        if property.elided.is_some() {
            return self.left_out(property);
        }
        self.unread_params(property);
        self.named(property, &property.name);
    }

    /// Maps a property as one of this name.
    fn named(&mut self, property: &'a Property<'a>, name: &str) {
        match name {
            // These need others beside them, and are settled when all have been seen.
            "FN" | "LABEL" | "SORT-STRING" | "X-ABLABEL" => {}
            "ORG" | "TITLE" | "ROLE" => {}
            "N" => self.name(property),
            "NICKNAME" => self.nickname(property),
            "SOUND" if property.has_type("X-IRMC-N") => {
                self.reading(property, property.components().collect());
            }
            "X-PHONETIC-FIRST-NAME" => self.phonetic(property, Some(NamePart::PhoneticFirst)),
            "X-PHONETIC-LAST-NAME" => self.phonetic(property, Some(NamePart::PhoneticLast)),
            "X-PHONETIC-MIDDLE-NAME" => self.phonetic(property, None),
            "TEL" => self.telephone(property),
            "EMAIL" if person::is_list(self.card) => self.carried(NoteKind::Relation, property),
            "EMAIL" => self.email(property),
            "URL" => self.website(property),
            "ADR" => self.address(property),
            "X-SAMSUNGADR" => self.samsung_address(property),
            "BDAY" => self.event(property, Some("BIRTHDAY")),
            "ANNIVERSARY" => self.event(property, Some("ANNIVERSARY")),
            "X-ABDATE" => self.event(property, None),
            "X-ALTBDAY" => self.other_calendar(property),
            "X-ANDROID-CUSTOM" => self.android(property),
            "IMPP" => self.messenger(property, None),
            "X-SOCIALPROFILE" | "SOCIALPROFILE" => self.profile(property),
            "NOTE" => self.memo(property),
            "CATEGORIES" => self.tags(property),
            "PHOTO" | "LOGO" | "SOUND" | "KEY" | "X-MS-CARDPICTURE" => {
                self.carried(NoteKind::Binary, property);
            }
            name if CARDS.relations.contains(name) => self.carried(NoteKind::Relation, property),
            name => match (CARDS.alias(name), CARDS.services.get(name)) {
                (Some((same, _)), _) => self.named(property, same),
                (_, Some(service)) => self.messenger(property, Some(service)),
                _ => self.unmapped(property),
            },
        }
    }

    fn memo(&mut self, property: &'a Property<'a>) {
        if let Some(text) = self.text(property, property.text()) {
            self.build.memo(text);
        }
    }

    fn tags(&mut self, property: &'a Property<'a>) {
        for tag in property.list() {
            if let Some(text) = self.text(property, tag) {
                self.build.tag(text);
            }
        }
    }

    fn unmapped(&mut self, property: &'a Property<'a>) {
        let usual = CARDS.usual.get(&*property.name);
        let is_usual = usual.is_some_and(|it| it.eq_ignore_ascii_case(property.value.trim()));
        if !is_usual && !CARDS.say_nothing.contains(&*property.name) {
            self.carried(NoteKind::Unmapped, property);
        }
    }

    /// Carries a whole property over, with its label or its types as what there is to know about it.
    fn carried(&mut self, kind: NoteKind, property: &'a Property<'a>) {
        if let Some(text) = self.text(property, property.text()) {
            let detail = self.said(property);
            self.build
                .add_note(Note::new(kind, text.origin, text.value).with(detail));
        }
    }

    /// A value that the reader has left out: a picture and the like, or one that is longer than any field.
    fn left_out(&mut self, property: &'a Property<'a>) {
        let bytes = property.elided.unwrap_or(0);
        let mut findings = self.card.findings.iter();
        let is_said = findings.any(|finding| {
            finding.line == property.line && finding.kind == FindingKind::ValueTooLong
        });
        let kind = match is_said && bytes > LONGEST_VALUE as u64 {
            true => NoteKind::TooLong,
            false => NoteKind::Binary,
        };
        let note = Note::new(kind, origin(property), "");
        self.build.add_note(note.with(format!("{bytes} bytes")));
    }

    /// The text of a value or of a part of one, without white space around it and without control characters but line
    /// breaks and tabs; nothing if it is blank or stands for nothing.
    fn text(&mut self, property: &Property<'_>, value: Cow<'a, str>) -> Option<Text<'a>> {
        let is_removed = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        self.plain(property, value, is_removed)
    }

    /// The same on one line.
    fn line(&mut self, property: &Property<'_>, value: Cow<'a, str>) -> Option<Text<'a>> {
        let is_removed = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        self.plain(property, value, is_removed)
    }

    fn plain(
        &mut self,
        property: &Property<'_>,
        value: Cow<'a, str>,
        is_removed: fn(char) -> bool,
    ) -> Option<Text<'a>> {
        let origin = origin(property);
        let trimmed = value.trim();
        if trimmed.is_empty() {
            return None;
        }
        let text = if trimmed.contains(|c| is_removed(c) || is_invisible(c)) {
            let seen = trimmed.replace(is_invisible, "");
            let words = seen
                .split(is_removed)
                .map(str::trim)
                .filter(|word| !word.is_empty());
            let plain = words.collect::<Vec<_>>().join(" ");
            let note = Note::new(NoteKind::ControlRemoved, origin, value.clone());
            self.build.add_note(note.with(plain.clone()));
            Cow::Owned(plain)
        } else if trimmed.len() == value.len() {
            value
        } else {
            let trimmed = derived(&value, |value| value.trim().into());
            self.build
                .add_note(Note::new(NoteKind::Trimmed, origin, value));
            trimmed
        };
        if text.is_empty() {
            return None;
        }
        let text = Text::from_field(text, origin);
        if cell::says_nothing(text.as_str()) {
            self.build.note(NoteKind::Placeholder, &text);
            return None;
        }
        if !text.value.is_ascii() || text.value.contains('&') {
            self.build.suspect(&text);
        }
        Some(text)
    }

    /// Names the parameters that nothing reads: `waid=` of WhatsApp, and those of no specification.
    fn unread_params(&mut self, property: &'a Property<'a>) {
        let unread = |param: &&Param<'_>| !label::is_read(&param.name);
        for param in property.params.iter().filter(unread) {
            let Some(value) = self.text(property, param.value()) else {
                continue;
            };
            // WhatsApp writes a number in the international form without its plus.
            let number = contact_point::digits(&format!("+{}", value.as_str()));
            let is_same = !number.is_empty() && number == contact_point::digits(&property.text());
            if is_same && param.name == "WAID" {
                self.build.note(NoteKind::Repeated, &value);
            } else {
                let said = format!("{}={}", param.name, value.as_str());
                let said = Text::from_field(said, value.origin);
                self.build.note(NoteKind::NoPlace, &said);
            }
        }
    }

    /// Properties of that name.
    fn all<W: Fn(&str) -> bool>(
        &self,
        wanted: W,
    ) -> impl Iterator<Item = &'a Property<'a>> + use<'a, W> {
        let properties = self.card.properties.iter();
        properties.filter(move |property| property.elided.is_none() && wanted(&property.name))
    }
}

fn origin(property: &Property<'_>) -> Origin {
    Origin::field(property.index)
}
