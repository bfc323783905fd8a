//! What was changed in a record on its way to a contact, or carried over because a contact has no place for it.
//!
//! Notes are how "nothing is lost silently" is kept: every non-empty source value is in the payload, or one of them names
//! it. They never make a record invalid.

use crate::contact::Origin;
use std::borrow::Cow;
use std::fmt;

/// One change or carried-over value of a record.
#[derive(Clone, PartialEq, Eq)]
pub struct Note<'a> {
    /// What happened.
    pub kind: NoteKind,
    /// The source field that the value stood in.
    pub origin: Origin,
    /// The value as the source has it; empty where the note is about the record as a whole.
    pub value: Cow<'a, str>,
    /// What it became, or what a person should know about it; may be empty.
    pub detail: Cow<'a, str>,
}

impl<'a> Note<'a> {
    /// A note on a source value.
    pub fn new(kind: NoteKind, origin: Origin, value: impl Into<Cow<'a, str>>) -> Self {
        Note {
            kind,
            origin,
            value: value.into(),
            detail: Cow::Borrowed(""),
        }
    }

    /// The same with a detail.
    pub fn with(mut self, detail: impl Into<Cow<'a, str>>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// Personal data stays out of debug output.
impl fmt::Debug for Note<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}", self.kind, self.origin)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $carried:literal, $reason:literal;)*) => {
        /// What a note says. The name is stable, for scripts and counts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum NoteKind { $($(#[$doc])* $variant,)* }

        impl NoteKind {
            /// Every kind.
            pub const ALL: &[NoteKind] = &[$(NoteKind::$variant,)*];

            /// The stable name, as it stands in `results.jsonl` and `summary.json`.
            pub fn as_str(self) -> &'static str {
                match self { $(NoteKind::$variant => $name,)* }
            }

            /// Whether the value is not in the payload but only in the note.
            pub fn is_carried_over(self) -> bool {
                match self { $(NoteKind::$variant => $carried,)* }
            }

            /// Whether the value is nowhere in the payload, so that somebody may miss it: carried over, and neither a
            /// repetition nor a placeholder.
            pub fn is_lost(self) -> bool {
                self.is_carried_over() && !matches!(self, NoteKind::Repeated | NoteKind::Placeholder)
            }

            /// Why, in a few words.
            pub fn reason(self) -> &'static str {
                match self { $(NoteKind::$variant => $reason,)* }
            }
        }
    };
}

kinds! {
    /// White space around a value was taken off.
    Trimmed = "trimmed", false, "white space around it was removed";
    /// Full-width digits, dashes, `tel:`, pauses and extensions of a telephone.
    TelephoneNormalized = "telephone_normalized", false, "written with the characters that the service takes";
    /// A date was written as `YYYY-MM-DD`.
    DateNormalized = "date_normalized", false, "written as YYYY-MM-DD";
    /// A prefix such as `mailto:`, or the apostrophe that some exports put before each cell.
    PrefixRemoved = "prefix_removed", false, "a prefix that is no part of the value was removed";
    /// A full name was split into family and given name.
    NameSplit = "name_split", false, "the full name was split";
    /// A full name stands whole in one part, since no rule splits it.
    NameWhole = "name_whole", false, "the full name was kept whole; nothing says where to split it";
    /// A record without a person became a contact named after its organisation.
    NamedAfterOrganization = "named_after_organization", false, "there is no person; the contact is named after the organisation";
    /// An e-mail without the form of one. The service's document asks for none.
    EmailForm = "email_form", false, "it does not look like an e-mail address; the service takes it as it is";
    /// A label became a type, or a custom type.
    LabelMapped = "label_mapped", false, "the label decided the type";
    /// `TWITTER` became `X`.
    TwitterRenamed = "twitter_renamed", false, "the service calls it X";
    /// A mapped value that the record lacks was filled with a default.
    Defaulted = "defaulted", false, "a default of the mapping was used";
    /// Another record of the input has the same e-mail or telephone and another name.
    Shared = "shared", false, "another record has the same e-mail or telephone, under another name";
    /// A telephone that may have lost a leading zero or plus in a spreadsheet.
    LostZero = "lost_zero", false, "a spreadsheet may have taken a leading zero or plus away";
    /// What was read differs from what the file says it is, such as text encoded twice.
    Suspicious = "suspicious", false, "it looks damaged; it was kept as it is";
    /// A finding of the reader on a line of the file.
    Reader = "reader", false, "the reader had to interpret it";
    /// A finding of vcard_parser against RFC 6350.
    Rfc6350 = "rfc6350", false, "it does not keep RFC 6350; it was read all the same";
    /// A value that stands in the payload already, in another place.
    Repeated = "repeated", true, "the contact has the same value already";
    /// A placeholder that an export writes for "nothing", such as `0/0/00`.
    Placeholder = "placeholder", true, "the export writes it for an empty value";
    /// A column or property that nothing was mapped from.
    Unmapped = "unmapped", true, "nothing is mapped from it";
    /// A photo, logo, sound or key.
    Binary = "binary", true, "pictures, sounds and keys are not imported";
    /// A relation to another person.
    Relation = "relation", true, "a contact has no place for relations";
    /// A date without a year.
    DateWithoutYear = "date_without_year", true, "the service takes only whole dates";
    /// A date that is no date, where the mapping says to carry over.
    DateUnreadable = "date_unreadable", true, "it is no date that can be read for sure";
    /// A value that is too long for its field, where the configuration says to carry over.
    TooLong = "too_long", true, "it is longer than the field takes";
    /// More items than the list takes.
    TooMany = "too_many", true, "the list is full";
    /// A label that its item has no place for, such as that of an e-mail.
    Label = "label", true, "the service keeps no label for it";
    /// A part that the service has no field for, such as a phonetic middle name.
    NoPlace = "no_place", true, "a contact has no field for it";
    /// A tag that no tag of the service stands for.
    Tag = "tag", true, "tags are not mapped; see [tags] in the configuration";
    /// A cell beyond the last column of the header.
    BeyondHeader = "beyond_header", true, "the row has more cells than the header";
}

impl fmt::Display for NoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
