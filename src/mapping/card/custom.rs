//! Android's properties of its own, and relations.

use super::Mapper;
use crate::contact::{NamePart, Text};
use crate::mapping::build::ItemType;
use crate::mapping::date;
use crate::mapping::label::{self, Kind};
use crate::mapping::words::CARDS;
use crate::note::{Note, NoteKind};
use crate::source::vcard::Property;

/// The property that stands for an event of Android's address book in other vCards.
pub(super) fn android_event_name(property: &Property<'_>) -> Option<&'static str> {
    let mut parts = property.components();
    let is_event = property.name == "X-ANDROID-CUSTOM" && parts.next()?.ends_with("/contact_event");
    match parts.nth(1)?.trim() {
        "1" if is_event => Some("ANNIVERSARY"),
        "3" if is_event => Some("BDAY"),
        _ => None,
    }
}

impl<'a> Mapper<'a, '_> {
    /// `X-ANDROID-CUSTOM:<kind>;<value>;<type>;<label>;…`
    pub(super) fn android(&mut self, property: &'a Property<'a>) {
        let mut parts = property.components();
        let kind = parts.next().unwrap_or_default();
        let kind = kind.trim().strip_prefix("vnd.android.cursor.item/");
        let kind = kind.filter(|it| matches!(*it, "contact_event" | "nickname" | "relation"));
        let value = parts.next().filter(|_| kind.is_some());
        let Some(value) = value.and_then(|value| self.line(property, value)) else {
            return self.carried(NoteKind::Unmapped, property);
        };
        let number = parts.next().unwrap_or_default();
        let unread = number.clone();
        let number: Option<usize> = number.trim().parse().ok();
        let label = parts.next().and_then(|label| self.line(property, label));
        match kind.unwrap_or_default() {
            "contact_event" => self.android_event(property, value, number, label),
            "nickname" => {
                if let Some(label) = label {
                    self.build.note(NoteKind::Label, &label);
                }
                self.build.name_part(NamePart::Nick, value);
            }
            _ => {
                let known = number.and_then(|number| CARDS.android_relations.get(number));
                let detail = label.map(|label| label.value);
                let detail = detail.unwrap_or(known.map_or("", String::as_str).into());
                let note = Note::new(NoteKind::Relation, value.origin, value.value);
                self.build.add_note(note.with(detail));
            }
        }
        let unread = number.is_none().then_some(unread);
        for rest in unread.into_iter().chain(parts) {
            if let Some(rest) = self.text(property, rest) {
                self.build.note(NoteKind::NoPlace, &rest);
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
        let by_label = label::event(said);
        let kind = match number {
            Some(1) => Kind::Type("ANNIVERSARY"),
            Some(3) => Kind::Type("BIRTHDAY"),
            _ => by_label,
        };
        let is_said = kind == by_label && kind != Kind::None || lunar.is_some();
        let named = label.clone();
        let named = named.unwrap_or_else(|| Text::from_field("", value.origin));
        let before = self.build.draft.events.len();
        let kind = ItemType::labelled(kind, named, "OTHER");
        self.dated(property, value, kind, lunar);
        let is_placed = self.build.draft.events.len() > before;
        if let Some(label) = label.filter(|_| !(is_said && is_placed)) {
            self.build.note(NoteKind::Label, &label);
        }
    }
}
