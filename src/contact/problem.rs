//! What can be wrong with a field of a record.

use super::value::{Origin, Text, head};
use std::borrow::Cow;
use std::fmt;

/// One thing that is wrong with one field of a record, so that it can't be created as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, with the figures that a message needs.
    pub kind: ProblemKind,
    /// The contact's field by its API path, such as `telephones[1].telephone`; the index counts from 0 as in the JSON.
    pub field: Cow<'static, str>,
    /// The value that breaks the rule, as it would have been sent: its first 4,096 characters. Empty where one is missing.
    pub value: String,
    /// The source field that the value came from.
    pub origin: Origin,
}

/// In characters. No rule of the service looks further into a value, and the rejects hold all of it.
const KEPT: usize = 4096;

impl Problem {
    /// A problem of a value.
    pub fn of_value(
        kind: ProblemKind,
        field: impl Into<Cow<'static, str>>,
        text: &Text<'_>,
    ) -> Self {
        Problem {
            kind,
            field: field.into(),
            value: head(text.as_str(), KEPT).to_owned(),
            origin: text.origin,
        }
    }

    /// The field's path without indexes, for counting: `telephones[].telephone`.
    pub fn field_pattern(&self) -> String {
        pattern_of(&self.field)
    }
}

/// A field's path without its indexes: `telephones[1].type` → `telephones[].type`.
pub fn pattern_of(field: &str) -> String {
    let mut inside = false;
    field
        .chars()
        .filter(|c| match c {
            '[' => {
                inside = true;
                true
            }
            ']' => {
                inside = false;
                true
            }
            _ => !inside,
        })
        .collect()
}

/// Personal data stays out of debug output.
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {}", self.kind, self.field)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)*) => {
        /// The stable name of a kind of problem, for scripts, filters and `cardlift explain-code`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code, in the order in which a record is checked.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The code as it stands in reports.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $code,)* }
            }
        }
    };
}

codes! {
    /// Neither `firstName` nor `lastName`.
    NameMissing = "NAME_MISSING",
    /// Neither an e-mail nor a telephone.
    EmailOrTelephoneMissing = "EMAIL_OR_TELEPHONE_MISSING",
    /// A part that an item requires is missing or blank.
    ValueMissing = "VALUE_MISSING",
    /// More characters than the field takes.
    TooLong = "TOO_LONG",
    /// More items than the list takes.
    TooManyItems = "TOO_MANY_ITEMS",
    /// A value that is none of the allowed ones.
    NotAllowed = "NOT_ALLOWED",
    /// A telephone with a character that the service refuses.
    PhonePattern = "PHONE_PATTERN",
    /// Not a day of the calendar, or not written `YYYY-MM-DD`.
    DateInvalid = "DATE_INVALID",
    /// A date whose order of day and month nothing in the file settles.
    DateAmbiguous = "DATE_AMBIGUOUS",
    /// A `link` that is not a URL.
    UrlInvalid = "URL_INVALID",
    /// A `customType` beside a type that is not `CUSTOM`.
    CustomTypeWithoutCustom = "CUSTOM_TYPE_WITHOUT_CUSTOM",
    /// A list with no primary item, or with several.
    PrimaryCount = "PRIMARY_COUNT",
    /// `MEMBER` without `accessibleMembers`.
    MembersMissing = "MEMBERS_MISSING",
    /// `MEMBER` without `masterUserId`.
    MasterMissing = "MASTER_MISSING",
    /// The same member twice.
    MemberTwice = "MEMBER_TWICE",
    /// Messenger type `TWITTER`, which the service no longer takes.
    MessengerTwitter = "MESSENGER_TWITTER",
    /// A custom property's name that the service can't have.
    PropertyName = "PROPERTY_NAME",
    /// A value that a spreadsheet has spoilt.
    SpreadsheetDamage = "SPREADSHEET_DAMAGE",
    /// Bytes that are no text in the file's encoding.
    Encoding = "ENCODING",
    /// Text of a vCard in an encoding that nothing tells for certain.
    EncodingUncertain = "ENCODING_UNCERTAIN",
    /// A quoted cell that has a quote too many or too few.
    StrayQuote = "STRAY_QUOTE",
    /// The file ends inside a quoted cell.
    CutOff = "CUT_OFF",
    /// A record that is too large to be one.
    RecordTooLarge = "RECORD_TOO_LARGE",
    /// A vCard that can't be read.
    CardUnreadable = "CARD_UNREADABLE",
    /// A vCard of a group or distribution list.
    GroupCard = "GROUP_CARD",
}

impl Code {
    /// Whether such a record is no contact and needs nobody's attention: its outcome is `skipped`, not `invalid`.
    pub fn is_skip(self) -> bool {
        matches!(self, Code::GroupCard)
    }

    /// The code that reports write so; `None` for one of the service.
    pub fn named(word: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == word)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is wrong, with what a message has to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// See [`Code::NameMissing`].
    NameMissing,
    /// See [`Code::EmailOrTelephoneMissing`].
    EmailOrTelephoneMissing,
    /// See [`Code::ValueMissing`].
    ValueMissing,
    /// See [`Code::TooLong`]; both in characters.
    TooLong {
        /// How long it is.
        length: usize,
        /// How long it may be.
        limit: usize,
    },
    /// See [`Code::TooManyItems`].
    TooManyItems {
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// See [`Code::NotAllowed`].
    NotAllowed {
        /// What the service takes.
        allowed: &'static [&'static str],
    },
    /// See [`Code::PhonePattern`].
    PhonePattern {
        /// The first character that the service refuses.
        offending: char,
        /// Its place in the value, in characters from 0.
        at: usize,
    },
    /// See [`Code::DateInvalid`].
    DateInvalid,
    /// See [`Code::DateAmbiguous`].
    DateAmbiguous {
        /// The date if the day comes first.
        day_first: String,
        /// The date if the month comes first.
        month_first: String,
    },
    /// See [`Code::UrlInvalid`].
    UrlInvalid,
    /// See [`Code::CustomTypeWithoutCustom`].
    CustomTypeWithoutCustom {
        /// The type that is not `CUSTOM`.
        kind: String,
    },
    /// See [`Code::PrimaryCount`].
    PrimaryCount {
        /// How many items are primary.
        count: usize,
    },
    /// See [`Code::MembersMissing`].
    MembersMissing,
    /// See [`Code::MasterMissing`].
    MasterMissing,
    /// See [`Code::MemberTwice`].
    MemberTwice,
    /// See [`Code::MessengerTwitter`].
    MessengerTwitter,
    /// See [`Code::PropertyName`].
    PropertyName,
    /// See [`Code::SpreadsheetDamage`].
    SpreadsheetDamage {
        /// What the spreadsheet did.
        damage: Damage,
    },
    /// See [`Code::Encoding`].
    Encoding,
    /// See [`Code::EncodingUncertain`].
    EncodingUncertain {
        /// How the text may read, with the encodings.
        readings: String,
    },
    /// See [`Code::StrayQuote`].
    StrayQuote {
        /// The line on which the cell begins.
        line: u64,
    },
    /// See [`Code::CutOff`].
    CutOff {
        /// The line on which the cell that is never closed begins.
        line: u64,
    },
    /// See [`Code::RecordTooLarge`].
    RecordTooLarge {
        /// The record's size in bytes.
        bytes: u64,
    },
    /// See [`Code::CardUnreadable`].
    CardUnreadable {
        /// What the reader found.
        reason: String,
    },
    /// See [`Code::GroupCard`].
    GroupCard {
        /// How many members it lists.
        members: usize,
    },
}

/// What a spreadsheet does to a value when it opens and saves a CSV file. The value can't be had back from the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Damage {
    /// A long number rounded to `1.01E+09`.
    Exponent,
    /// An error in the cell's place: `#NAME?`, `#REF!`, `#VALUE!`.
    Error,
    /// A column too narrow when it was printed: `########`.
    Hashes,
    /// A date turned into its serial number.
    DateSerial,
}

impl ProblemKind {
    /// The code that stands for this kind in reports.
    pub fn code(&self) -> Code {
        match self {
            Self::NameMissing => Code::NameMissing,
            Self::EmailOrTelephoneMissing => Code::EmailOrTelephoneMissing,
            Self::ValueMissing => Code::ValueMissing,
            Self::TooLong { .. } => Code::TooLong,
            Self::TooManyItems { .. } => Code::TooManyItems,
            Self::NotAllowed { .. } => Code::NotAllowed,
            Self::PhonePattern { .. } => Code::PhonePattern,
            Self::DateInvalid => Code::DateInvalid,
            Self::DateAmbiguous { .. } => Code::DateAmbiguous,
            Self::UrlInvalid => Code::UrlInvalid,
            Self::CustomTypeWithoutCustom { .. } => Code::CustomTypeWithoutCustom,
            Self::PrimaryCount { .. } => Code::PrimaryCount,
            Self::MembersMissing => Code::MembersMissing,
            Self::MasterMissing => Code::MasterMissing,
            Self::MemberTwice => Code::MemberTwice,
            Self::MessengerTwitter => Code::MessengerTwitter,
            Self::PropertyName => Code::PropertyName,
            Self::SpreadsheetDamage { .. } => Code::SpreadsheetDamage,
            Self::Encoding => Code::Encoding,
            Self::EncodingUncertain { .. } => Code::EncodingUncertain,
            Self::StrayQuote { .. } => Code::StrayQuote,
            Self::CutOff { .. } => Code::CutOff,
            Self::RecordTooLarge { .. } => Code::RecordTooLarge,
            Self::CardUnreadable { .. } => Code::CardUnreadable,
            Self::GroupCard { .. } => Code::GroupCard,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_counted_without_its_index() {
        assert_eq!(pattern_of("telephones[12].type"), "telephones[].type");
        assert_eq!(pattern_of("contactName"), "contactName");
    }
}
