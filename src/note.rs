//! Notes on a record: values that were changed, and values that are not imported because a contact has no field for them.
//!
//! Every non-empty source value is in the payload or named by a note. Notes never make a record invalid.

use crate::contact::Origin;
use crate::lang::tr;
use crate::names::named;
use std::borrow::Cow;
use std::fmt;

/// A change to a value, or a value that is not imported.
#[derive(Clone, PartialEq, Eq)]
pub struct Note<'a> {
    pub kind: NoteKind,
    pub origin: Origin,
    /// The value in the source; empty if the note is about the whole record.
    pub value: Cow<'a, str>,
    /// The new value, or an explanation; may be empty.
    pub detail: Cow<'a, str>,
}

impl<'a> Note<'a> {
    pub fn new(kind: NoteKind, origin: Origin, value: impl Into<Cow<'a, str>>) -> Self {
        Note {
            kind,
            origin,
            value: value.into(),
            detail: Cow::Borrowed(""),
        }
    }

    pub fn with(mut self, detail: impl Into<Cow<'a, str>>) -> Self {
        self.detail = detail.into();
        self
    }
}

impl fmt::Debug for Note<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}", self.kind, self.origin)
    }
}

named! {
    /// The kind of a note. The names are stable, for scripts and counts: those of `results.jsonl` and `summary.json`.
    #[derive(Hash)]
    pub enum NoteKind {
        /// White space around a value was removed.
        Trimmed = "trimmed",
        /// Full-width digits, dashes, `tel:`, pauses and extensions of a telephone.
        TelephoneNormalized = "telephone_normalized",
        /// A date was written as `YYYY-MM-DD`.
        DateNormalized = "date_normalized",
        /// What stood around a value: `mailto:` or a name at an e-mail address, what guards a cell from a spreadsheet.
        PrefixRemoved = "prefix_removed",
        /// A full name was split into family and given name.
        NameSplit = "name_split",
        /// A full name was put into one part, since no rule splits it.
        NameWhole = "name_whole",
        /// A record without a person became a contact named after its organisation.
        NamedAfterOrganization = "named_after_organization",
        /// A label became a type, or a custom type.
        LabelMapped = "label_mapped",
        /// `TWITTER` became `X`.
        TwitterRenamed = "twitter_renamed",
        /// A mapped value that the record lacks was filled with a default.
        Defaulted = "defaulted",
        /// Another record of the input has the same e-mail or telephone and another name.
        Shared = "shared",
        /// A telephone that may have lost a leading zero or plus in a spreadsheet.
        LostZero = "lost_zero",
        /// A character that can't be shown was removed, such as NUL, or a line break in a value of one line became a blank.
        ControlRemoved = "control_removed",
        /// A letter was lost before the file was written: U+FFFD, or question marks in a name.
        LettersLost = "letters_lost",
        /// A value that may have been read wrongly, such as text encoded twice.
        Suspicious = "suspicious",
        /// A value of a duplicate that completes the record which it repeats.
        Merged = "merged",
        /// The service's answer shows another value than was sent, form apart.
        ServiceChanged = "SERVICE_CHANGED",
        /// A finding of the reader on a line of the file.
        Reader = "reader",
        /// A finding of vcard_parser against RFC 6350.
        Rfc6350 = "rfc6350",
        // From here on, the value is not in the payload but only in the note.
        /// A value that the payload already has in another field.
        Repeated = "repeated",
        /// A placeholder that an export writes for "nothing", such as `0/0/00`.
        Placeholder = "placeholder",
        /// A column or property that nothing was mapped from.
        Unmapped = "unmapped",
        /// A photo, logo, sound or key.
        Binary = "binary",
        /// A relation to another person.
        Relation = "relation",
        /// A date without a year.
        DateWithoutYear = "date_without_year",
        /// An unreadable date, if the mapping has `if_unreadable = "carry_over"`.
        DateUnreadable = "date_unreadable",
        /// What stands where an e-mail is expected and is none, in a record that can be reached otherwise.
        EmailInvalid = "email_invalid",
        /// What a spreadsheet wrote in place of a value, where a contact can do without.
        SpreadsheetError = "spreadsheet_error",
        /// A value that is too long for its field, if the configuration has `too_long = "carry_over"`.
        TooLong = "too_long",
        /// An item beyond the limit of its list.
        TooMany = "too_many",
        /// A label of an item that has no label in the API, such as an e-mail.
        Label = "label",
        /// A part that the service has no field for, such as a phonetic middle name.
        NoPlace = "no_place",
        /// A tag that the service does not have.
        Tag = "tag",
        /// A value of a duplicate that the record which it repeats lacks.
        OnlyInDuplicate = "only_in_duplicate",
        /// A cell beyond the last column of the header.
        BeyondHeader = "beyond_header",
    }
}

/// Notes that a person should see before anything is sent: the value may be wrong, or a way to reach somebody is missing.
pub const TOLD: [NoteKind; 6] = [
    NoteKind::EmailInvalid,
    NoteKind::LostZero,
    NoteKind::LettersLost,
    NoteKind::ControlRemoved,
    NoteKind::SpreadsheetError,
    NoteKind::Suspicious,
];

impl NoteKind {
    /// Whether the value is not in the payload but only in the note.
    pub fn is_carried_over(self) -> bool {
        self >= NoteKind::Repeated
    }

    /// Whether the value is missing in the contact: it is not imported, and it is neither a repetition nor a placeholder.
    pub fn is_lost(self) -> bool {
        self > NoteKind::Placeholder
    }

    /// Returns the reason in the chosen language.
    pub fn reason(self) -> String {
        tr!(&format!("note-{self}"))
    }
}

impl fmt::Display for NoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
