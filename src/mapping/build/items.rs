//! The items of a contact's lists.

use super::{Builder, COMPARED, ItemType, text_eq};
use crate::contact::{
    Damage, Email, Event, Location, Messenger, Organization, ProblemKind, Telephone, Text, Website,
    limits,
};
use crate::mapping::date::{self, Date};
use crate::mapping::{after, cell, derived, derived_all, email, spreadsheet, telephone, trimmed};
use crate::note::{Note, NoteKind};
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// How many digits a telephone has.
const NUMBER_DIGITS: RangeInclusive<usize> = 7..=15;

/// How many digits a postal code has, perhaps without its zeros.
const ZIP_DIGITS: RangeInclusive<usize> = 3..=8;

impl<'a> Builder<'a, '_> {
    /// The e-mail addresses in a cell; what is none is settled at the end.
    pub fn email(&mut self, text: Text<'a>, preferred: bool) {
        if email::is_plain(&text.value) {
            return self.address(text, preferred);
        }
        if cell::is_placeholder(text.as_str()) {
            return self.note(NoteKind::Placeholder, &text);
        }
        let text = self.without_prefix(text, "mailto:");
        let origin = text.origin;
        let values = derived_all(&text.value, email::values);
        if !email::are_parts(&values, &text.value) {
            let note = Note::new(NoteKind::PrefixRemoved, origin, text.value);
            self.add_note(note.with(values.join(", ")));
        }
        for value in values {
            let text = Text::from_field(value, origin);
            match email::is_email(text.as_str()) {
                true => self.address(text, preferred),
                false if cell::is_placeholder(text.as_str()) => {
                    self.note(NoteKind::Placeholder, &text)
                }
                false => self.no_emails.push(text),
            }
        }
    }

    fn address(&mut self, text: Text<'a>, preferred: bool) {
        let mut known = self.draft.emails.iter().take(COMPARED);
        if known.any(|one| one.email.value == text.value) {
            return self.note(NoteKind::Repeated, &text);
        }
        let Some(email) = self.fitted(text, limits::EMAIL) else {
            return;
        };
        self.draft.emails.push(Email {
            primary: preferred,
            email,
        });
    }

    /// What is no e-mail is a problem of a record that nobody can be reached by otherwise.
    pub(super) fn settle_emails(&mut self) {
        let is_reachable = !(self.draft.emails.is_empty() && self.draft.telephones.is_empty());
        for text in std::mem::take(&mut self.no_emails) {
            if is_reachable {
                self.note(NoteKind::EmailInvalid, &text);
                continue;
            }
            let field = format!("emails[{}].email", self.draft.emails.len());
            self.problem(ProblemKind::EmailInvalid, field, &text);
            self.draft.emails.push(Email {
                primary: false,
                email: text,
            });
        }
    }

    /// The telephones in a cell, all of one type. Returns whether there is any.
    pub fn telephones(&mut self, text: Text<'a>, kind: ItemType<'a>) -> bool {
        if telephone::is_one(&text.value) {
            return self.one_telephone(text, kind);
        }
        let origin = text.origin;
        let numbers = derived_all(&text.value, |raw| {
            let numbers = telephone::numbers(raw).into_iter();
            numbers.map(Cow::Borrowed).collect()
        });
        if let [one] = numbers.as_slice()
            && one.len() < trimmed(text.as_str()).len()
        {
            self.changed(NoteKind::TelephoneNormalized, text, one.clone());
        }
        let mut any = false;
        for number in numbers {
            any |= self.one_telephone(Text::from_field(number, origin), kind.clone());
        }
        any
    }

    fn one_telephone(&mut self, text: Text<'a>, kind: ItemType<'a>) -> bool {
        if cell::is_placeholder(text.as_str()) {
            self.note(NoteKind::Placeholder, &text);
            return false;
        }
        self.telephone(text, kind);
        true
    }

    pub fn telephone(&mut self, text: Text<'a>, kind: ItemType<'a>) {
        if spreadsheet::may_be_damaged(trimmed(text.as_str()))
            && let Some(damage) = spreadsheet::damage(text.as_str())
        {
            let field = format!("telephones[{}].telephone", self.draft.telephones.len());
            self.problem(ProblemKind::SpreadsheetDamage { damage }, field, &text);
        }
        let text = self.without_decimals(text, NUMBER_DIGITS);
        let telephone = self.normalized_telephone(text);
        if spreadsheet::lost_zero(telephone.as_str()) {
            self.note(NoteKind::LostZero, &telephone);
        }
        let same = |one: &Telephone<'_>| {
            one.telephone.value == telephone.value
                && (kind.kind.is_none() || text_eq(&one.kind, &kind.kind))
                && text_eq(&one.custom_type, &kind.custom)
        };
        if self.draft.telephones.iter().take(COMPARED).any(same) {
            return self.note(NoteKind::Repeated, &telephone);
        }
        self.draft.telephones.push(Telephone {
            primary: kind.preferred,
            telephone,
            kind: kind.kind,
            custom_type: kind.custom,
        });
    }

    /// An organisation with the person's place in it. Nothing happens where all of its parts are missing.
    pub fn organization(&mut self, mut organization: Organization<'a>) {
        let Organization {
            name,
            department,
            title,
            ..
        } = &mut organization;
        let mut is_empty = true;
        for part in [name, department, title] {
            let text = part.take().and_then(|text| self.said(text));
            *part = text.and_then(|text| self.fitted(text, limits::TEXT));
            is_empty &= part.is_none();
        }
        if !is_empty {
            self.draft.organizations.push(organization);
        }
    }

    /// A postal address. Where there is only a postal code it stands for the address too, which the service requires.
    /// Tells whether it is a location now, or was one already.
    pub fn location(
        &mut self,
        address: Option<Text<'a>>,
        zip: Option<Text<'a>>,
        kind: ItemType<'a>,
    ) -> bool {
        let zip = zip.map(|zip| self.without_decimals(zip, ZIP_DIGITS));
        let zip_code = zip.and_then(|zip| self.fitted(zip, limits::TEXT));
        let Some(address) = address.or_else(|| zip_code.clone()) else {
            return false;
        };
        if let Some(zip) = &zip_code
            && spreadsheet::lost_zip_zero(zip.as_str(), address.as_str())
        {
            self.note(NoteKind::LostZero, zip);
        }
        let Some(address) = self.fitted(address, limits::TEXT) else {
            if let Some(zip) = &zip_code {
                self.note(NoteKind::NoPlace, zip);
            }
            return false;
        };
        let same = |one: &Location<'_>| {
            one.address.value == address.value
                && text_eq(&one.zip_code, &zip_code)
                && kind.is(&one.kind, &one.custom_type)
        };
        if self.draft.locations.iter().take(COMPARED).any(same) {
            self.note(NoteKind::Repeated, &address);
            return true;
        }
        self.draft.locations.push(Location {
            primary: kind.preferred,
            address,
            kind: kind.kind,
            custom_type: kind.custom,
            zip_code,
        });
        true
    }

    /// An account at a messenger. Tells whether it is one now, or was one already.
    pub fn messenger(&mut self, id: Text<'a>, kind: ItemType<'a>) -> bool {
        let Some(id) = self.fitted(id, limits::TEXT) else {
            return false;
        };
        let same =
            |one: &Messenger<'_>| one.id.value == id.value && kind.is(&one.kind, &one.custom_type);
        if self.draft.messengers.iter().take(COMPARED).any(same) {
            self.note(NoteKind::Repeated, &id);
            return true;
        }
        self.draft.messengers.push(Messenger {
            primary: kind.preferred,
            id,
            kind: kind.kind,
            custom_type: kind.custom,
        });
        true
    }

    pub fn website(&mut self, url: Text<'a>, preferred: bool) {
        let mut known = self.draft.websites.iter().take(COMPARED);
        if known.any(|one| one.url.value == url.value) {
            return self.note(NoteKind::Repeated, &url);
        }
        let Some(url) = self.fitted(url, limits::TEXT) else {
            return;
        };
        self.draft.websites.push(Website {
            primary: preferred,
            url,
        });
    }

    /// The text, unless it stands for nothing.
    pub fn said(&mut self, text: Text<'a>) -> Option<Text<'a>> {
        if cell::says_nothing(text.as_str()) {
            self.note(NoteKind::Placeholder, &text);
            return None;
        }
        Some(text)
    }

    /// `1000000001.0`, as a program writes a number that it took for a sum.
    fn without_decimals(&mut self, text: Text<'a>, digits: RangeInclusive<usize>) -> Text<'a> {
        let bare = spreadsheet::without_decimals(text.as_str(), digits);
        let Some(length) = bare.map(str::len) else {
            return text;
        };
        let value = derived(&text.value, |value| value[..length].into());
        self.changed(NoteKind::TelephoneNormalized, text, value)
    }

    fn normalized_telephone(&mut self, text: Text<'a>) -> Text<'a> {
        let mut changed = false;
        let value = derived(&text.value, |raw| {
            let normalized = telephone::normalize(raw);
            changed = matches!(normalized, Cow::Owned(_));
            normalized
        });
        match changed {
            true => self.changed(NoteKind::TelephoneNormalized, text, value),
            false => text,
        }
    }

    fn without_prefix(&mut self, text: Text<'a>, prefix: &str) -> Text<'a> {
        if after(&text.value, prefix).is_none_or(str::is_empty) {
            return text;
        }
        self.note(NoteKind::PrefixRemoved, &text);
        let value = derived(&text.value, |value| value[prefix.len()..].into());
        Text::from_field(value, text.origin)
    }

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
