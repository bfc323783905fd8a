//! Problems of a record.

use super::value::{Origin, Text, head};
use std::borrow::Cow;
use std::fmt;

/// A problem with one field of a record, because of which no contact can be created.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    pub kind: ProblemKind,
    /// The contact's field by its API path, such as `telephones[1].telephone`; the index counts from 0 as in the JSON.
    pub field: Cow<'static, str>,
    /// The first 4,096 characters of the value as it would have been sent; empty if there is none.
    pub value: String,
    pub origin: Origin,
}

/// In characters. No rule needs more of a value, and the rejects have all of it.
const KEPT: usize = 4096;

impl Problem {
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
}

/// Returns the path of a field without its indexes, for counting: `telephones[1].type` → `telephones[].type`.
pub fn pattern_of(field: &str) -> String {
    let mut inside = false;
    let is_kept = |c: &char| {
        inside = *c == '[' || inside && *c != ']';
        !inside || *c == '['
    };
    field.chars().filter(is_kept).collect()
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {}", self.kind, self.field)
    }
}

macro_rules! problems {
    ($($(#[$doc:meta])* $variant:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)? })? = $code:literal,)*) => {
        /// The stable name of a kind of problem, for scripts, filters and `cardlift explain-code`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// In the order in which a record is checked.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $code,)* }
            }
        }

        /// A problem with what a message says about it.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum ProblemKind { $($(#[$doc])* $variant $({ $($(#[$field_doc])* $field: $type),+ })?,)* }

        impl ProblemKind {
            pub fn code(&self) -> Code {
                match self { $(Self::$variant { .. } => Code::$variant,)* }
            }
        }
    };
}

problems! {
    /// Neither `firstName` nor `lastName`.
    NameMissing = "NAME_MISSING",
    /// Neither an e-mail nor a telephone.
    EmailOrTelephoneMissing = "EMAIL_OR_TELEPHONE_MISSING",
    /// A part that an item requires is missing or blank.
    ValueMissing = "VALUE_MISSING",
    /// More characters than the field takes.
    TooLong { length: usize, limit: usize } = "TOO_LONG",
    /// More items than the list takes.
    TooManyItems { count: usize, limit: usize } = "TOO_MANY_ITEMS",
    /// A value that is none of the allowed ones.
    NotAllowed { allowed: &'static [&'static str] } = "NOT_ALLOWED",
    /// A telephone with a character that the service refuses: the first such, and its index in characters.
    PhonePattern { offending: char, at: usize } = "PHONE_PATTERN",
    /// Not a day of the calendar, or not written `YYYY-MM-DD`.
    DateInvalid = "DATE_INVALID",
    /// A date whose order of day and month nothing in the file settles; the two dates that it may be.
    DateAmbiguous { day_first: String, month_first: String } = "DATE_AMBIGUOUS",
    /// A `link` that is not a URL.
    UrlInvalid = "URL_INVALID",
    /// A `customType` beside a type that is not `CUSTOM`.
    CustomTypeWithoutCustom { kind: String } = "CUSTOM_TYPE_WITHOUT_CUSTOM",
    /// A list with no primary item, or with several.
    PrimaryCount { count: usize } = "PRIMARY_COUNT",
    /// `MEMBER` without `accessibleMembers`.
    MembersMissing = "MEMBERS_MISSING",
    /// `MEMBER` without `masterUserId`.
    MasterMissing = "MASTER_MISSING",
    /// The same member twice.
    MemberTwice = "MEMBER_TWICE",
    /// Messenger type `TWITTER`, which the service no longer takes.
    MessengerTwitter = "MESSENGER_TWITTER",
    /// A name that a custom property can't have.
    PropertyName = "PROPERTY_NAME",
    /// A value that a spreadsheet has changed.
    SpreadsheetDamage { damage: Damage } = "SPREADSHEET_DAMAGE",
    /// Bytes that are no text in the file's encoding.
    Encoding = "ENCODING",
    /// Text of a vCard in an encoding that nothing tells for certain; what it may read as, with the encodings.
    EncodingUncertain { readings: String } = "ENCODING_UNCERTAIN",
    /// A quoted cell, which begins on this line, with a quote too many or too few.
    StrayQuote { line: u64 } = "STRAY_QUOTE",
    /// The file ends inside a quoted cell, which begins on this line.
    CutOff { line: u64 } = "CUT_OFF",
    /// A record that is too large to be one.
    RecordTooLarge { bytes: u64 } = "RECORD_TOO_LARGE",
    /// A vCard that can't be read.
    CardUnreadable { reason: String } = "CARD_UNREADABLE",
    /// A vCard of a group or distribution list.
    GroupCard { members: usize } = "GROUP_CARD",
    /// Not exactly one `@`, nothing on one side of it, or white space; cardlift's own rule.
    EmailInvalid = "EMAIL_INVALID",
    /// More values than the header has columns, so that they stand under wrong names.
    RowTooLong { columns: usize } = "ROW_TOO_LONG",
    /// A row that adds up those above it.
    TotalRow = "TOTAL_ROW",
    /// The header once more.
    HeaderRepeated = "HEADER_REPEATED",
}

impl Code {
    /// Whether the record is no contact and needs no fix, so that its outcome is `skipped` and not `invalid`.
    pub fn is_skip(self) -> bool {
        matches!(self, Code::GroupCard | Code::HeaderRepeated)
    }

    /// Returns the code with this name; `None` for a code of the service.
    pub fn named(word: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == word)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The change that a spreadsheet makes to a value when it opens and saves a CSV file. The file no longer has the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Damage {
    /// A long number rounded to `1.01E+09`.
    Exponent,
    /// An error instead of the value: `#NAME?`, `#REF!`, `#VALUE!`.
    Error,
    /// A column too narrow when it was printed: `########`.
    Hashes,
    /// A date turned into its serial number.
    DateSerial,
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
