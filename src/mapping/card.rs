//! A vCard on its way to a draft.
//!
//! Every property goes one of three ways: into the draft, into a note, or nowhere because it says nothing about the
//! person. The parts of this module each know one kind of value; what a value becomes is the
//! [`Builder`]'s matter, as for CSV.

mod account;
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

use super::build::{Builder, Findings};
use super::words::CARDS;
use super::{Rules, derived, telephone};
use crate::contact::{ContactDraft, Origin, Text, limits};
use crate::note::{Note, NoteKind};
use crate::source::vcard::{Card, FindingKind, LONGEST_VALUE, Property};
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
    for (index, property) in card.properties.iter().enumerate() {
        mapper.property(index, property);
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
pub fn property_label(card: &Card<'_>, origin: Origin) -> Cow<'static, str> {
    let Some(index) = origin.index() else {
        return "configuration".into();
    };
    let Some(property) = card.properties.get(index) else {
        return "card".into();
    };
    if let Some(event) = custom::android_event_name(property) {
        return event.into();
    }
    let mut label = String::new();
    if let Some(group) = &property.group {
        label.push_str(group);
        label.push('.');
    }
    label.push_str(&property.name);
    for word in label::words(property) {
        label.push(';');
        label.extend(word.chars().take(LONGEST_TYPE));
    }
    label.into()
}

/// How many characters of a type are shown.
const LONGEST_TYPE: usize = 30;

fn says_nothing(property: &Property<'_>) -> bool {
    let usual = CARDS.usual.get(&*property.name);
    CARDS.say_nothing.contains(&*property.name)
        || usual.is_some_and(|usual| usual.eq_ignore_ascii_case(property.value.trim()))
}

struct Mapper<'a, 'f> {
    card: &'a Card<'a>,
    build: Builder<'a, 'f>,
    /// The groups whose label an item has used, in lower case.
    used_labels: HashSet<String>,
    /// Whether the card is of a company, so that its name is not that of a person.
    is_company: bool,
}

/// Of how many items of a kind others like them are looked for: as many as a contact can have. Beyond, a card that was
/// made to do so could keep a worker busy for hours.
const COMPARED: usize = limits::LIST_ITEMS;

impl<'a> Mapper<'a, '_> {
    fn property(&mut self, index: usize, property: &'a Property<'a>) {
        if property.elided.is_some() {
            return self.left_out(index, property);
        }
        self.unread_params(index, property);
        match &*property.name {
            // These need others beside them, and are settled when all have been seen.
            "FN" | "LABEL" | "SORT-STRING" | "X-ABLABEL" => {}
            name if work::is_work(name) => {}
            "N" => self.name(index, property),
            "NICKNAME" | "X-NICKNAME" => self.nickname(index, property),
            "SOUND" if property.has_type("X-IRMC-N") => self.irmc_reading(index, property),
            "TEL" | "X-MS-TEL" => self.telephone(index, property),
            "EMAIL" => self.email(index, property),
            "URL" | "X-EVOLUTION-BLOG-URL" | "X-EVOLUTION-VIDEO-URL" => {
                self.website(index, property)
            }
            "ADR" => self.address(index, property),
            "X-SAMSUNGADR" => self.samsung_address(index, property),
            "BDAY" => self.event(index, property, Some("BIRTHDAY")),
            "ANNIVERSARY"
            | "X-ANNIVERSARY"
            | "X-EVOLUTION-ANNIVERSARY"
            | "X-KADDRESSBOOK-X-ANNIVERSARY"
            | "X-MS-ANNIVERSARY" => self.event(index, property, Some("ANNIVERSARY")),
            "X-ABDATE" => self.event(index, property, None),
            "X-ALTBDAY" => self.other_calendar(index, property),
            "X-ANDROID-CUSTOM" => self.android(index, property),
            "IMPP" => self.messenger(index, property, None),
            "X-SOCIALPROFILE" | "SOCIALPROFILE" => self.profile(index, property),
            "NOTE" => self.memo(index, property),
            "CATEGORIES" | "X-CATEGORIES" => self.tags(index, property),
            "PHOTO" | "LOGO" | "SOUND" | "KEY" | "X-MS-CARDPICTURE" => {
                self.carried(NoteKind::Binary, index, property);
            }
            name if custom::is_relation(name) => self.carried(NoteKind::Relation, index, property),
            name => match (person::phonetic_part(name), account::service(name)) {
                (Some(part), _) => self.phonetic(index, property, part),
                (None, Some(service)) => self.messenger(index, property, Some(service)),
                (None, None) => self.unmapped(index, property),
            },
        }
    }

    fn memo(&mut self, index: usize, property: &'a Property<'a>) {
        if let Some(text) = self.text(index, property.text()) {
            self.build.memo(text);
        }
    }

    fn tags(&mut self, index: usize, property: &'a Property<'a>) {
        for tag in property.list() {
            if let Some(text) = self.text(index, tag) {
                self.build.tag(text);
            }
        }
    }

    fn unmapped(&mut self, index: usize, property: &'a Property<'a>) {
        if !says_nothing(property) {
            self.carried(NoteKind::Unmapped, index, property);
        }
    }

    /// Carries a whole property over, with its label or its types as what there is to know about it.
    fn carried(&mut self, kind: NoteKind, index: usize, property: &'a Property<'a>) {
        if let Some(text) = self.text(index, property.text()) {
            let note = Note::new(kind, text.origin, text.value);
            let detail = self.said(property);
            self.build.note(note.with(detail));
        }
    }

    /// A value that the reader has left out: a picture and the like, or one that is longer than any field.
    fn left_out(&mut self, index: usize, property: &'a Property<'a>) {
        let bytes = property.elided.unwrap_or(0);
        let is_text = bytes > LONGEST_VALUE as u64
            && self.card.findings.iter().any(|finding| {
                finding.line == property.line && finding.kind == FindingKind::ValueTooLong
            });
        let kind = if is_text {
            NoteKind::TooLong
        } else {
            NoteKind::Binary
        };
        let note = Note::new(kind, Origin::field(index), "");
        self.build.note(note.with(format!("{bytes} bytes")));
    }

    /// The text of a value or of a part of one, without white space around it and without control characters but line
    /// breaks and tabs; nothing if it is blank.
    fn text(&mut self, index: usize, value: Cow<'a, str>) -> Option<Text<'a>> {
        self.plain(index, value, |c| {
            c.is_control() && !matches!(c, '\n' | '\t')
        })
    }

    /// The same on one line.
    fn line(&mut self, index: usize, value: Cow<'a, str>) -> Option<Text<'a>> {
        self.plain(index, value, |c| {
            c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
        })
    }

    fn plain(
        &mut self,
        index: usize,
        value: Cow<'a, str>,
        is_removed: fn(char) -> bool,
    ) -> Option<Text<'a>> {
        let origin = Origin::field(index);
        let trimmed = value.trim();
        if trimmed.is_empty() {
            return None;
        }
        let text = if trimmed.contains(is_removed) {
            let words = trimmed
                .split(is_removed)
                .map(str::trim)
                .filter(|word| !word.is_empty());
            let plain = words.collect::<Vec<_>>().join(" ");
            let note = Note::new(NoteKind::ControlRemoved, origin, value.clone());
            self.build.note(note.with(plain.clone()));
            Cow::Owned(plain)
        } else if trimmed.len() == value.len() {
            value
        } else {
            let trimmed = derived(&value, |value| value.trim().into());
            self.build.note(Note::new(NoteKind::Trimmed, origin, value));
            trimmed
        };
        if text.is_empty() {
            return None;
        }
        let text = Text::from_field(text, origin);
        if self.build.rules.double_encoded {
            self.build.suspect(&text);
        }
        Some(text)
    }

    /// Names the parameters that nothing reads: `waid=` of WhatsApp, and those of no specification.
    fn unread_params(&mut self, index: usize, property: &'a Property<'a>) {
        for param in property
            .params
            .iter()
            .filter(|param| !label::is_read(&param.name))
        {
            let Some(value) = self.text(index, param.value()) else {
                continue;
            };
            let digits = |text: &str| {
                let mut digits = String::new();
                telephone::comparable(text, &mut digits);
                digits
            };
            // WhatsApp writes a number in the international form without its plus.
            let number = digits(&format!("+{}", value.as_str()));
            let same =
                param.name == "WAID" && !number.is_empty() && number == digits(&property.text());
            if same {
                self.build.carry(NoteKind::Repeated, &value);
            } else {
                let said = format!("{}={}", param.name, value.as_str());
                self.build
                    .carry(NoteKind::NoPlace, &Text::from_field(said, value.origin));
            }
        }
    }

    /// Properties of that name with their indexes.
    fn all<W: Fn(&str) -> bool>(
        &self,
        wanted: W,
    ) -> impl Iterator<Item = (usize, &'a Property<'a>)> + use<'a, W> {
        let properties = self.card.properties.iter().enumerate();
        properties.filter(move |(_, property)| property.elided.is_none() && wanted(&property.name))
    }
}
