//! Events and their dates.

use super::{Builder, COMPARED, ItemType, text_eq};
use crate::contact::{Damage, Event, ProblemKind, Text};
use crate::mapping::date::{self, Date};
use crate::mapping::{cell, spreadsheet, trimmed};
use crate::note::NoteKind;

impl<'a> Builder<'a, '_> {
    fn read_date(&self, text: &Text<'a>) -> Date {
        if cell::is_placeholder(text.as_str()) {
            return Date::Placeholder;
        }
        match date::read(text.as_str(), None) {
            Date::Ambiguous { .. } => date::read(text.as_str(), (self.rules.date_order)()),
            settled => settled,
        }
    }

    /// A date in any of the forms that exports use. Tells whether it is an event now, or was one already. One that can't be read
    /// for sure is a problem, unless it is to be carried over.
    pub fn event(
        &mut self,
        text: Text<'a>,
        kind: ItemType<'a>,
        lunar: Option<bool>,
        carry_unreadable: bool,
    ) -> bool {
        let at = self.draft.events.len();
        let field = || format!("events[{at}].date");
        if !carry_unreadable
            && spreadsheet::may_be_damaged(trimmed(text.as_str()))
            && let Some(damage) = spreadsheet::damage(text.as_str())
        {
            self.problem(ProblemKind::SpreadsheetDamage { damage }, field(), &text);
            return false;
        }
        // What stands beside the day itself is closer than a flag for all of a row or column.
        let lunar = date::with_calendar(text.as_str()).map_or(lunar, |(_, lunar)| Some(lunar));
        match self.read_date(&text) {
            Date::Iso(iso) if *iso == *text.value => {
                self.iso_event(text, kind, lunar);
                return true;
            }
            Date::Iso(iso) => {
                let date = self.changed(NoteKind::DateNormalized, text, iso.to_string());
                self.iso_event(date, kind, lunar);
                return true;
            }
            Date::NoYear { .. } => self.note(NoteKind::DateWithoutYear, &text),
            Date::Placeholder => self.note(NoteKind::Placeholder, &text),
            Date::Ambiguous { .. } | Date::Serial | Date::NotADate if carry_unreadable => {
                self.note(NoteKind::DateUnreadable, &text);
            }
            Date::Ambiguous {
                day_first,
                month_first,
            } => {
                let kind = ProblemKind::DateAmbiguous {
                    day_first,
                    month_first,
                };
                self.problem(kind, field(), &text);
            }
            Date::Serial => {
                let damage = Damage::DateSerial;
                self.problem(ProblemKind::SpreadsheetDamage { damage }, field(), &text);
            }
            Date::NotADate => self.problem(ProblemKind::DateInvalid, field(), &text),
        }
        false
    }

    fn iso_event(&mut self, date: Text<'a>, kind: ItemType<'a>, lunar: Option<bool>) {
        let day_type = lunar.map(|lunar| Text::constant(if lunar { "LUNAR" } else { "SOLAR" }));
        let same = |one: &Event<'_>| {
            one.date.value == date.value
                && kind.is(&one.kind, &one.custom_type)
                && text_eq(&one.day_type, &day_type)
        };
        if self.draft.events.iter().take(COMPARED).any(same) {
            return self.note(NoteKind::Repeated, &date);
        }
        self.draft.events.push(Event {
            primary: kind.preferred,
            date,
            kind: kind.kind,
            custom_type: kind.custom,
            day_type,
        });
    }
}
