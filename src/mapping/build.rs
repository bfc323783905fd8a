//! Building a draft from the values of a record, the same way for CSV rows and vCards.
//!
//! Whoever reads a record says what each value is (an e-mail, a telephone with this label, …); here it is normalised, put
//! into its place, and noted where it changed or found none.

mod dates;
mod names;

pub(super) use names::NAME_ORDER;

use super::label::{self, Kind};
use super::{
    Excess, LabelOf, Rules, cell, derived, derived_all, email, spreadsheet, telephone, trimmed,
};
use crate::contact::{
    ContactDraft, Email, Location, Messenger, Organization, Origin, Problem, ProblemKind,
    Telephone, Text, Website, limits,
};
use crate::note::{Note, NoteKind};
use crate::source::encoding::{DoubleEncoding, TextEncoding, suspected_double_encoding};
use std::borrow::Cow;

/// Items that a further one is compared with to see whether it repeats one: as many as a valid list can have, so that a
/// record with very many costs no more than it must.
const COMPARED: usize = limits::LIST_ITEMS;

#[derive(Debug, Default)]
pub struct Findings<'a> {
    pub problems: Vec<Problem>,
    pub notes: Vec<Note<'a>>,
}

/// The type of an item, as its label or the mapping gives it.
#[derive(Clone, Debug, Default)]
pub struct ItemType<'a> {
    /// `type`
    pub kind: Option<Text<'a>>,
    /// `customType`
    pub custom: Option<Text<'a>>,
    /// Whether the source marks the item as the preferred one.
    pub preferred: bool,
}

impl<'a> ItemType<'a> {
    /// A type that the mapping or a preset gives.
    pub fn constant(kind: &'a str) -> Self {
        ItemType {
            kind: Some(Text::constant(kind)),
            ..ItemType::default()
        }
    }

    /// A type of its own.
    pub fn custom(custom: Option<Text<'a>>) -> Self {
        ItemType {
            custom,
            ..ItemType::constant(limits::CUSTOM)
        }
    }

    /// The type that a label stands for, told by one of the tables of [`label`].
    ///
    /// A label that stands for none becomes the `customType`; an empty one, `default`.
    pub fn from_label(
        raw: &'a str,
        origin: Origin,
        table: fn(&str) -> Kind,
        default: &'a str,
    ) -> Self {
        let (label, preferred) = label::marked(raw);
        let (kind, custom) = match table(label) {
            Kind::Type(kind) => (kind, None),
            Kind::Custom => (limits::CUSTOM, Some(Text::from_field(label, origin))),
            Kind::None => (default, None),
        };
        ItemType {
            kind: Some(Text::from_field(kind, origin)),
            custom,
            preferred,
        }
    }

    /// The same, marked as the preferred one.
    pub fn preferred(mut self, preferred: bool) -> Self {
        self.preferred |= preferred;
        self
    }
}

pub struct Builder<'a, 'f> {
    pub draft: &'f mut ContactDraft<'a>,
    pub findings: &'f mut Findings<'a>,
    pub(super) rules: &'a Rules,
    /// Whether a full name begins with the family name, whatever its writing.
    pub(super) family_first: bool,
    full_name: Option<Text<'a>>,
    phonetic_full_name: Option<Text<'a>>,
    /// What stands where e-mails are expected and is none.
    no_emails: Vec<Text<'a>>,
}

impl<'a, 'f> Builder<'a, 'f> {
    /// Starts with an empty draft, and the permission of the configuration.
    pub fn new(
        rules: &'a Rules,
        draft: &'f mut ContactDraft<'a>,
        findings: &'f mut Findings<'a>,
    ) -> Self {
        draft.permission = rules.permission();
        Builder {
            draft,
            findings,
            rules,
            family_first: false,
            full_name: None,
            phonetic_full_name: None,
            no_emails: Vec::new(),
        }
    }

    pub fn note(&mut self, note: Note<'a>) {
        self.findings.notes.push(note);
    }

    /// Carries a value over: it is in no field of the contact.
    pub fn carry(&mut self, kind: NoteKind, text: &Text<'a>) {
        self.note(Note::new(kind, text.origin, text.value.clone()));
    }

    /// Carries a text over that has no place, as a repetition where `same` says so.
    pub fn carry_rest(&mut self, same: bool, text: &Text<'a>) {
        let kind = match same {
            true => NoteKind::Repeated,
            false => NoteKind::NoPlace,
        };
        self.carry(kind, text);
    }

    /// Notes a text whose UTF-8 was read in another encoding and saved so. Through windows-1252 that is certain of each cell;
    /// through an East Asian encoding only in a file that shows it elsewhere, too.
    pub fn suspect(&mut self, text: &Text<'a>) {
        let before = suspected_double_encoding(text.as_str());
        let is_certain = |before: &DoubleEncoding| {
            self.rules.double_encoded || before.through == TextEncoding::WINDOWS_1252
        };
        if let Some(before) = before.filter(is_certain) {
            let note = Note::new(NoteKind::Suspicious, text.origin, text.value.clone());
            self.note(note.with(format!("it may have been {}", before.would_read)));
        }
    }

    pub fn problem(
        &mut self,
        kind: ProblemKind,
        field: impl Into<Cow<'static, str>>,
        text: &Text<'a>,
    ) {
        let problem = Problem::of_value(kind, field, text);
        self.findings.problems.push(problem);
    }

    /// The e-mail addresses in a cell; what is none is settled at the end.
    pub fn email(&mut self, text: Text<'a>, preferred: bool) {
        if cell::is_placeholder(text.as_str()) {
            return self.carry(NoteKind::Placeholder, &text);
        }
        let text = self.without_prefix(text, "mailto:");
        let origin = text.origin;
        let values = derived_all(&text.value, email::values);
        if !email::are_parts(&values, &text.value) {
            let note = Note::new(NoteKind::PrefixRemoved, origin, text.value);
            self.note(note.with(values.join(", ")));
        }
        for value in values {
            let text = Text::from_field(value, origin);
            match email::is_email(text.as_str()) {
                true => self.address(text, preferred),
                false if cell::is_placeholder(text.as_str()) => {
                    self.carry(NoteKind::Placeholder, &text)
                }
                false => self.no_emails.push(text),
            }
        }
    }

    fn address(&mut self, text: Text<'a>, preferred: bool) {
        let mut known = self.draft.emails.iter().take(COMPARED);
        if known.any(|one| one.email.value == text.value) {
            return self.carry(NoteKind::Repeated, &text);
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
    fn settle_emails(&mut self) {
        let is_reachable = !(self.draft.emails.is_empty() && self.draft.telephones.is_empty());
        for text in std::mem::take(&mut self.no_emails) {
            if is_reachable {
                self.carry(NoteKind::EmailInvalid, &text);
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
        let origin = text.origin;
        let numbers = derived_all(&text.value, |raw| {
            let numbers = telephone::numbers(raw).into_iter();
            numbers.map(Cow::Borrowed).collect()
        });
        if let [one] = numbers.as_slice()
            && one.len() < trimmed(text.as_str()).len()
        {
            let note = Note::new(NoteKind::TelephoneNormalized, origin, text.value);
            self.note(note.with(one.clone()));
        }
        let mut any = false;
        for number in numbers {
            let text = Text::from_field(number, origin);
            match cell::is_placeholder(text.as_str()) {
                true => self.carry(NoteKind::Placeholder, &text),
                false => {
                    self.telephone(text, kind.clone());
                    any = true;
                }
            }
        }
        any
    }

    pub fn telephone(&mut self, text: Text<'a>, kind: ItemType<'a>) {
        if spreadsheet::may_be_damaged(trimmed(text.as_str()))
            && let Some(damage) = spreadsheet::damage(text.as_str())
        {
            let field = format!("telephones[{}].telephone", self.draft.telephones.len());
            self.problem(ProblemKind::SpreadsheetDamage { damage }, field, &text);
        }
        let text = self.without_decimals(text);
        let telephone = self.normalized_telephone(text);
        if spreadsheet::lost_zero(telephone.as_str()) {
            self.note(Note::new(
                NoteKind::LostZero,
                telephone.origin,
                telephone.value.clone(),
            ));
        }
        let same = |one: &Telephone<'_>| {
            one.telephone.value == telephone.value
                && (kind.kind.is_none() || text_eq(&one.kind, &kind.kind))
                && text_eq(&one.custom_type, &kind.custom)
        };
        if self.draft.telephones.iter().take(COMPARED).any(same) {
            return self.carry(NoteKind::Repeated, &telephone);
        }
        self.draft.telephones.push(Telephone {
            primary: kind.preferred,
            telephone,
            kind: kind.kind,
            custom_type: kind.custom,
        });
    }

    /// An organisation with the person's place in it. Nothing happens where all three are missing.
    pub fn organization(
        &mut self,
        name: Option<Text<'a>>,
        department: Option<Text<'a>>,
        title: Option<Text<'a>>,
        preferred: bool,
    ) {
        let mut fitted =
            |text: Option<Text<'a>>| text.and_then(|text| self.fitted(text, limits::ORGANIZATION));
        let organization = Organization {
            primary: preferred,
            name: fitted(name),
            department: fitted(department),
            title: fitted(title),
        };
        let parts = [
            &organization.name,
            &organization.department,
            &organization.title,
        ];
        if parts.iter().all(|part| part.is_none()) {
            return;
        }
        self.draft.organizations.push(organization);
    }

    /// A postal address. Where there is only a postal code it stands for the address too, which the service requires.
    /// Tells whether it is a location now, or was one already.
    pub fn location(
        &mut self,
        address: Option<Text<'a>>,
        zip: Option<Text<'a>>,
        kind: ItemType<'a>,
    ) -> bool {
        let zip_code = zip.and_then(|zip| self.fitted(zip, limits::ZIP_CODE));
        let Some(address) = address.or_else(|| zip_code.clone()) else {
            return false;
        };
        if let Some(zip) = &zip_code
            && spreadsheet::lost_zip_zero(zip.as_str(), address.as_str())
        {
            self.note(Note::new(NoteKind::LostZero, zip.origin, zip.value.clone()));
        }
        let Some(address) = self.fitted(address, limits::ADDRESS) else {
            if let Some(zip) = &zip_code {
                self.carry(NoteKind::NoPlace, zip);
            }
            return false;
        };
        let same = |one: &Location<'_>| {
            one.address.value == address.value
                && text_eq(&one.zip_code, &zip_code)
                && text_eq(&one.kind, &kind.kind)
                && text_eq(&one.custom_type, &kind.custom)
        };
        if self.draft.locations.iter().take(COMPARED).any(same) {
            self.carry(NoteKind::Repeated, &address);
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
    pub fn messenger(&mut self, id: Text<'a>, mut kind: ItemType<'a>) -> bool {
        if let Some(twitter) = kind.kind.as_mut().filter(|kind| kind.as_str() == "TWITTER") {
            twitter.value = Cow::Borrowed("X");
            let note = Note::new(NoteKind::TwitterRenamed, twitter.origin, "TWITTER");
            self.note(note.with("X"));
        }
        let Some(id) = self.fitted(id, limits::MESSENGER_ID) else {
            return false;
        };
        let same = |one: &Messenger<'_>| {
            one.id.value == id.value
                && text_eq(&one.kind, &kind.kind)
                && text_eq(&one.custom_type, &kind.custom)
        };
        if self.draft.messengers.iter().take(COMPARED).any(same) {
            self.carry(NoteKind::Repeated, &id);
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
        if self
            .draft
            .websites
            .iter()
            .take(COMPARED)
            .any(|one| one.url.value == url.value)
        {
            return self.carry(NoteKind::Repeated, &url);
        }
        let Some(url) = self.fitted(url, limits::WEBSITE) else {
            return;
        };
        self.draft.websites.push(Website {
            primary: preferred,
            url,
        });
    }

    /// A memo; a second one is put behind the first, on a new line.
    pub fn memo(&mut self, text: Text<'a>) {
        let Some(text) = self.fitted(text, limits::MEMO) else {
            return;
        };
        match &mut self.draft.memo {
            None => self.draft.memo = Some(text),
            Some(memo) => {
                let memo = memo.value.to_mut();
                memo.push('\n');
                memo.push_str(text.as_str());
            }
        }
    }

    /// A tag, category or group, by its name.
    pub fn tag(&mut self, text: Text<'a>) {
        if cell::is_system_group(text.as_str()) && !self.rules.tags.contains_key(text.as_str()) {
            return self.carry(NoteKind::Placeholder, &text);
        }
        match self.rules.tags.get(text.as_str()) {
            Some(id) => {
                let known = &self.draft.contact_tag_ids;
                if !known.iter().any(|one| one.value == id.as_str()) {
                    let id = Text::from_field(id.as_str(), text.origin);
                    self.draft.contact_tag_ids.push(id);
                }
            }
            None => self.carry(NoteKind::Tag, &text),
        }
    }

    /// Whether a custom property holds several values, as the configuration says.
    pub fn is_multi_property(&self, name: &str) -> bool {
        self.rules.multi_properties.iter().any(|one| one == name)
    }

    /// Ends the draft: settles the name and the primary items, and appends to the memo what it is to take.
    ///
    /// `label_of` tells the name of a source field, for the memo.
    pub fn finish(mut self, label_of: LabelOf<'_>) {
        self.settle_name();
        self.settle_phonetic_name();
        self.name_after_organization();
        self.settle_emails();
        one_primary(&mut self.draft.emails, |one| &mut one.primary);
        one_primary(&mut self.draft.telephones, |one| &mut one.primary);
        one_primary(&mut self.draft.organizations, |one| &mut one.primary);
        one_primary(&mut self.draft.events, |one| &mut one.primary);
        one_primary(&mut self.draft.locations, |one| &mut one.primary);
        one_primary(&mut self.draft.messengers, |one| &mut one.primary);
        one_primary(&mut self.draft.websites, |one| &mut one.primary);
        self.settle_memo(label_of);
    }

    /// `carry_over = "memo"`: what finds no place is appended to the memo, value by value, while it fits.
    fn settle_memo(&mut self, label_of: LabelOf<'_>) {
        if !self.rules.carry_to_memo {
            return;
        }
        let mut memo = self.draft.memo.take().unwrap_or_else(|| Text::constant(""));
        let mut left = limits::MEMO.saturating_sub(memo.value.chars().count());
        for note in self.findings.notes.iter_mut() {
            let wanted = note.kind.is_carried_over()
                && !matches!(
                    note.kind,
                    NoteKind::Repeated | NoteKind::Placeholder | NoteKind::Binary
                );
            if !wanted {
                continue;
            }
            let line = format!("{}: {}", label_of(note.origin), note.value);
            let needed = line.chars().count() + usize::from(!memo.value.is_empty());
            if needed > left {
                continue;
            }
            left -= needed;
            let text = memo.value.to_mut();
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&line);
            note.detail = Cow::Borrowed("appended to memo");
        }
        if !memo.value.is_empty() {
            self.draft.memo = Some(memo);
        }
    }

    /// `1000000001.0`, as a program writes a number that it took for a sum.
    fn without_decimals(&mut self, text: Text<'a>) -> Text<'a> {
        let Some(length) = spreadsheet::without_decimals(text.as_str()).map(str::len) else {
            return text;
        };
        let value = derived(&text.value, |value| value[..length].into());
        let note = Note::new(NoteKind::TelephoneNormalized, text.origin, text.value);
        self.note(note.with(value.clone()));
        Text::from_field(value, text.origin)
    }

    fn normalized_telephone(&mut self, text: Text<'a>) -> Text<'a> {
        let mut changed = false;
        let value = derived(&text.value, |raw| {
            let normalized = telephone::normalize(raw);
            changed = normalized.changed;
            normalized.telephone
        });
        if !changed {
            return text;
        }
        let note = Note::new(NoteKind::TelephoneNormalized, text.origin, text.value);
        self.note(note.with(value.clone()));
        Text::from_field(value, text.origin)
    }

    fn without_prefix(&mut self, text: Text<'a>, prefix: &str) -> Text<'a> {
        let long_enough =
            text.value.len() > prefix.len() && text.value.is_char_boundary(prefix.len());
        if !long_enough || !text.value[..prefix.len()].eq_ignore_ascii_case(prefix) {
            return text;
        }
        self.note(Note::new(
            NoteKind::PrefixRemoved,
            text.origin,
            text.value.clone(),
        ));
        let value = derived(&text.value, |value| value[prefix.len()..].into());
        Text::from_field(value, text.origin)
    }

    /// The value, unless it is too long and the configuration says that such values are carried over.
    fn fitted(&mut self, text: Text<'a>, limit: usize) -> Option<Text<'a>> {
        let fits = text.value.len() <= limit || text.value.chars().count() <= limit;
        if fits || self.rules.too_long == Excess::Problem {
            return Some(text);
        }
        self.carry(NoteKind::TooLong, &text);
        None
    }
}

pub(super) fn text_eq(a: &Option<Text<'_>>, b: &Option<Text<'_>>) -> bool {
    a.as_ref().map(Text::as_str) == b.as_ref().map(Text::as_str)
}

/// Leaves exactly one item primary: the first that the source marks, else the first.
fn one_primary<T>(items: &mut [T], primary: fn(&mut T) -> &mut bool) {
    let marked = items
        .iter_mut()
        .position(|item| *primary(item))
        .unwrap_or(0);
    for (index, item) in items.iter_mut().enumerate() {
        *primary(item) = index == marked;
    }
}
