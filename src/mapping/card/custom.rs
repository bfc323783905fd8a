//! Android's properties of its own, and relations.

use super::Mapper;
use crate::contact::{NamePart, Text, limits};
use crate::mapping::build::ItemType;
use crate::mapping::date;
use crate::mapping::label::{self, Kind};
use crate::mapping::words::CARDS;
use crate::note::{Note, NoteKind};
use crate::source::vcard::Property;
use std::borrow::Cow;

/// Whether a property names a member of a group.
pub(super) fn is_member(name: &str) -> bool {
    matches!(name, "MEMBER" | "X-ADDRESSBOOKSERVER-MEMBER")
}

pub(super) fn is_relation(name: &str) -> bool {
    CARDS.relations.contains(name)
}

/// The property that stands for an event of Android's address book in other vCards.
pub(super) fn android_event_name(property: &Property<'_>) -> Option<&'static str> {
    if property.name != "X-ANDROID-CUSTOM" {
        return None;
    }
    let mut parts = property.components().map(|part| part.text());
    let kind = parts.next()?;
    if !kind.ends_with("/contact_event") {
        return None;
    }
    match parts.nth(1)?.trim() {
        "1" => Some("ANNIVERSARY"),
        "3" => Some("BDAY"),
        _ => None,
    }
}

impl<'a> Mapper<'a, '_> {
    /// `X-ANDROID-CUSTOM:<kind>;<value>;<type>;<label>;…`
    pub(super) fn android(&mut self, index: usize, property: &'a Property<'a>) {
        let parts: Vec<Cow<'a, str>> = property.components().map(|part| part.text()).collect();
        let kind = parts.first().map_or("", |kind| kind.trim());
        let kind = kind.strip_prefix("vnd.android.cursor.item/").unwrap_or("");
        let is_known = matches!(kind, "contact_event" | "nickname" | "relation");
        let value = parts.get(1).filter(|_| is_known).cloned();
        let Some(value) = value.and_then(|value| self.line(index, value)) else {
            return self.carried(NoteKind::Unmapped, index, property);
        };
        let number = parts.get(2).and_then(|number| number.trim().parse().ok());
        let label = parts
            .get(3)
            .cloned()
            .and_then(|label| self.line(index, label));
        match kind {
            "contact_event" => self.android_event(property, value, number, label),
            "nickname" => {
                if let Some(label) = label {
                    self.build.carry(NoteKind::Label, &label);
                }
                self.build.name_part(NamePart::Nick, value);
            }
            _ => {
                let known = number.and_then(|number: usize| CARDS.android_relations.get(number));
                let detail = label.map(|label| label.value);
                let detail = detail.unwrap_or(known.map_or("", String::as_str).into());
                let note = Note::new(NoteKind::Relation, value.origin, value.value);
                self.build.note(note.with(detail));
            }
        }
        let unread = parts.get(2).filter(|_| number.is_none()).cloned();
        for rest in unread.into_iter().chain(parts.into_iter().skip(4)) {
            if let Some(rest) = self.text(index, rest) {
                self.build.carry(NoteKind::NoPlace, &rest);
            }
        }
    }

    fn android_event(
        &mut self,
        property: &'a Property<'a>,
        value: Text<'a>,
        number: Option<usize>,
        label: Option<Text<'a>>,
    ) {
        let said = label.as_ref().map_or("", Text::as_str);
        let lunar = date::is_lunar(said);
        let table = label::event(said);
        let by_label = match table {
            Kind::Type(kind) => kind,
            _ => "",
        };
        let (kind, custom) = match (number, table) {
            (Some(1), _) => ("ANNIVERSARY", None),
            (Some(3), _) => ("BIRTHDAY", None),
            (_, Kind::Type(kind)) => (kind, None),
            (_, Kind::Custom) => (limits::CUSTOM, label.clone()),
            (_, Kind::None) => ("OTHER", None),
        };
        let is_said = custom.is_some() || kind == by_label || lunar.is_some();
        let kind = ItemType {
            kind: Some(Text::from_field(kind, value.origin)),
            custom,
            preferred: false,
        };
        let before = self.build.draft.events.len();
        self.dated(property, value, kind, lunar);
        let is_placed = self.build.draft.events.len() > before;
        if let Some(label) = label.filter(|_| !(is_said && is_placed)) {
            self.build.carry(NoteKind::Label, &label);
        }
    }
}
