//! Building a draft from the values of a record, the same way for CSV rows and vCards.
//!
//! Whoever reads a record says what each value is (an e-mail, a telephone with this label, …); here it is normalised, put
//! into its place, and noted where it changed or found none.

mod items;
mod names;

pub(super) use names::NAME_ORDER;

use super::label::Kind;
use super::{Excess, LabelOf, Rules, cell};
use crate::contact::{ContactDraft, Problem, ProblemKind, Text, limits};
use crate::html;
use crate::note::{Note, NoteKind};
use crate::source::encoding::{
    TextEncoding, encoded_twice, korean_as_latin, suspected_double_encoding,
};
use std::borrow::Cow;

/// Items that a further one is compared with to see whether it repeats one: as many as a valid list can have. Beyond, a record
/// that was made to do so could keep a worker busy for hours.
pub(super) const COMPARED: usize = limits::LIST_ITEMS;

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

    /// The type that a label stands for, as one of the tables of [`label`](super::label) says it.
    ///
    /// A label that stands for none becomes the `customType`; an empty one, `default`.
    pub fn labelled(kind: Kind, label: Text<'a>, default: &'a str) -> Self {
        let origin = label.origin;
        let (kind, custom) = match kind {
            Kind::Type(kind) => (kind, None),
            Kind::Custom => (limits::CUSTOM, Some(label)),
            Kind::None => (default, None),
        };
        ItemType {
            kind: Some(Text::from_field(kind, origin)),
            custom,
            preferred: false,
        }
    }

    /// Whether an item has this type.
    fn is(&self, kind: &Option<Text<'_>>, custom: &Option<Text<'_>>) -> bool {
        text_eq(kind, &self.kind) && text_eq(custom, &self.custom)
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

    pub fn add_note(&mut self, note: Note<'a>) {
        self.findings.notes.push(note);
    }

    /// Notes what became of a value: it was changed, or is in no field of the contact.
    pub fn note(&mut self, kind: NoteKind, text: &Text<'a>) {
        self.add_note(Note::new(kind, text.origin, text.value.clone()));
    }

    /// Notes that a value was changed, and returns what it is now.
    pub fn changed(
        &mut self,
        kind: NoteKind,
        text: Text<'a>,
        value: impl Into<Cow<'a, str>>,
    ) -> Text<'a> {
        let value = value.into();
        let note = Note::new(kind, text.origin, text.value);
        self.add_note(note.with(value.clone()));
        Text::from_field(value, text.origin)
    }

    /// Carries a text over that has no place, as a repetition where `same` says so.
    pub fn carry_rest(&mut self, same: bool, text: &Text<'a>) {
        let kind = match same {
            true => NoteKind::Repeated,
            false => NoteKind::NoPlace,
        };
        self.note(kind, text);
    }

    /// Notes a text that was escaped for HTML, or that was read in a wrong encoding and saved so. Of UTF-8 through windows-1252
    /// that is certain of each cell; through an East Asian encoding only in a file that shows it elsewhere, too.
    pub fn suspect(&mut self, text: &Text<'a>) {
        let twice = match self.rules.double_encoded {
            true => suspected_double_encoding(text.as_str()),
            false => encoded_twice(text.as_str(), TextEncoding::WINDOWS_1252),
        };
        let before = twice.map(|twice| twice.would_read);
        let before = before.or_else(|| korean_as_latin(text.as_str()));
        if let Some(before) = before.or_else(|| html::unescaped(text.as_str())) {
            let note = Note::new(NoteKind::Suspicious, text.origin, text.value.clone());
            self.add_note(note.with(format!("it may have been {before}")));
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
            return self.note(NoteKind::Placeholder, &text);
        }
        match self.rules.tags.get(text.as_str()) {
            Some(id) => {
                let known = &self.draft.contact_tag_ids;
                if !known.iter().any(|one| one.value == id.as_str()) {
                    let id = Text::from_field(id.as_str(), text.origin);
                    self.draft.contact_tag_ids.push(id);
                }
            }
            None => self.note(NoteKind::Tag, &text),
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

    /// The value, unless it is too long and the configuration says that such values are carried over.
    fn fitted(&mut self, text: Text<'a>, limit: usize) -> Option<Text<'a>> {
        let fits = text.value.len() <= limit || text.value.chars().count() <= limit;
        if fits || self.rules.too_long == Excess::Problem {
            return Some(text);
        }
        self.note(NoteKind::TooLong, &text);
        None
    }
}

pub(super) fn text_eq(a: &Option<Text<'_>>, b: &Option<Text<'_>>) -> bool {
    a.as_ref().map(Text::as_str) == b.as_ref().map(Text::as_str)
}

/// Leaves exactly one item primary, or one value that represents a property: the first that the source marks, else the first.
pub(super) fn one_primary<T>(items: &mut [T], primary: fn(&mut T) -> &mut bool) {
    let marked = items
        .iter_mut()
        .position(|item| *primary(item))
        .unwrap_or(0);
    for (index, item) in items.iter_mut().enumerate() {
        *primary(item) = index == marked;
    }
}
