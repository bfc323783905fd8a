//! Messages about problems: what is wrong, with the value in backticks, and how to fix it.

use crate::contact::{Code, Problem, ProblemKind};
use crate::lang::tr;
use crate::names::list_of;
use crate::note::NoteKind;
use crate::report::RecordNote;

use crate::printable::{plain, shown};

pub const DUPLICATE: &str = "DUPLICATE";

/// A duplicate with values that the first record lacks.
pub const ONLY_IN_DUPLICATE: &str = "ONLY_IN_DUPLICATE";

#[derive(Clone, Debug)]
pub struct Said {
    /// What is wrong and how to fix it, in one line.
    pub message: String,
    pub mend: String,
}

/// `label` is the source field of the value.
pub fn said(problem: &Problem, label: Option<&str>) -> Said {
    let mend = mend(problem);
    let wrong = wrong(problem, label);
    Said {
        message: tr!("wrong-and-mend", wrong = wrong, mend = mend.as_str()),
        mend,
    }
}

pub fn message(problem: &Problem, label: Option<&str>) -> String {
    said(problem, label).message
}

pub fn joined(messages: impl Iterator<Item = String>) -> String {
    messages
        .reduce(|first, second| tr!("problems-joined", first = first, second = second))
        .unwrap_or_default()
}

pub fn repeats(place: &str) -> String {
    tr!("repeats", place = place)
}

pub fn has_key_of(place: &str) -> String {
    tr!("same-key", place = place)
}

/// The code and the message of a duplicate; `how` says what it repeats.
pub fn duplicate(how: &str, notes: &[RecordNote]) -> (&'static str, String) {
    let alone = || {
        let kind = NoteKind::OnlyInDuplicate;
        notes.iter().filter(move |note| note.kind == kind)
    };
    let shown = alone().take(SHOWN).map(|note| match &note.source_field {
        Some(field) => format!("{} ({})", shown(&note.value), plain(field)),
        None => shown(&note.value),
    });
    let mut values = shown.collect::<Vec<_>>().join(", ");
    if alone().count() > SHOWN {
        values.push_str(", …");
    }
    match values.is_empty() {
        true => (DUPLICATE, how.to_owned()),
        false => (
            ONLY_IN_DUPLICATE,
            tr!("only-in-duplicate", how = how, values = values),
        ),
    }
}

/// How many values are shown that only the duplicate has.
const SHOWN: usize = 5;

fn mend(problem: &Problem) -> String {
    match &problem.kind {
        ProblemKind::NotAllowed { allowed } => {
            tr!("mend-NOT_ALLOWED", allowed = list_of(allowed))
        }
        ProblemKind::SpreadsheetDamage { damage } => {
            tr!(&format!("mend-SPREADSHEET_DAMAGE-{damage:?}"))
        }
        kind => tr!(&format!("mend-{}", kind.code())),
    }
}

/// The position of the mistake in the value, in characters from 0.
pub fn at(problem: &Problem) -> Option<usize> {
    match problem.kind {
        ProblemKind::PhonePattern { at, .. } => Some(at),
        ProblemKind::TooLong { limit, .. } => Some(limit),
        ProblemKind::Encoding => {
            let mut characters = problem.value.chars();
            characters.position(|c| c == char::REPLACEMENT_CHARACTER)
        }
        _ => None,
    }
}

/// A code in a few words; unknown codes are the service's.
pub fn title(code: &str) -> String {
    let known = if is_known(code) || LEFT_OPEN.contains(&code) {
        code
    } else {
        "service"
    };
    tr!(&format!("title-{known}"))
}

/// The codes of records without an answer that refuses them.
pub const LEFT_OPEN: [&str; 4] = ["FAILED", "UNKNOWN", "LOOKALIKE", "LOOKUP_INCOMPLETE"];

/// Whether a code is one of cardlift's, which `cardlift explain-code` knows.
pub fn is_known(code: &str) -> bool {
    [DUPLICATE, ONLY_IN_DUPLICATE].contains(&code)
        || Code::ALL.iter().any(|one| one.as_str() == code)
}

fn wrong(problem: &Problem, label: Option<&str>) -> String {
    let value = with_label(problem, label);
    match &problem.kind {
        ProblemKind::TooLong { length, limit } => {
            tr!(
                "wrong-TOO_LONG",
                value = value,
                length = *length,
                limit = *limit
            )
        }
        ProblemKind::PhonePattern { offending, at } => {
            let offending = shown(&offending.to_string());
            tr!(
                "wrong-PHONE_PATTERN",
                value = value,
                offending = offending,
                at = at + 1
            )
        }
        ProblemKind::DateAmbiguous {
            day_first,
            month_first,
        } => {
            let (day_first, month_first) = (day_first.as_str(), month_first.as_str());
            tr!(
                "wrong-DATE_AMBIGUOUS",
                value = value,
                day_first = day_first,
                month_first = month_first
            )
        }
        ProblemKind::CustomTypeWithoutCustom { kind } => {
            tr!(
                "wrong-CUSTOM_TYPE_WITHOUT_CUSTOM",
                value = value,
                kind = kind.as_str()
            )
        }
        ProblemKind::NotAllowed { .. }
        | ProblemKind::DateInvalid
        | ProblemKind::UrlInvalid
        | ProblemKind::EmailInvalid
        | ProblemKind::MemberTwice
        | ProblemKind::PropertyName => {
            tr!(&format!("wrong-{}", problem.kind.code()), value = value)
        }
        ProblemKind::SpreadsheetDamage { damage } => {
            tr!(
                &format!("wrong-SPREADSHEET_DAMAGE-{damage:?}"),
                value = value
            )
        }
        ProblemKind::Encoding if !problem.value.is_empty() => {
            tr!("wrong-ENCODING-value", value = value)
        }
        ProblemKind::Encoding
        | ProblemKind::ValueMissing
        | ProblemKind::TooManyItems { .. }
        | ProblemKind::PrimaryCount { .. }
        | ProblemKind::EncodingUncertain { .. }
        | ProblemKind::StrayQuote { .. }
        | ProblemKind::CutOff { .. }
        | ProblemKind::RecordTooLarge { .. }
        | ProblemKind::CardUnreadable { .. }
        | ProblemKind::GroupCard { .. }
        | ProblemKind::RowTooLong { .. }
        | ProblemKind::TotalRow
        | ProblemKind::HeaderRepeated
        | ProblemKind::NameMissing
        | ProblemKind::EmailOrTelephoneMissing
        | ProblemKind::MembersMissing
        | ProblemKind::MasterMissing
        | ProblemKind::MessengerTwitter => wrong_as_a_whole(problem),
    }
}

fn with_label(problem: &Problem, label: Option<&str>) -> String {
    match label {
        Some(label) if !problem.value.is_empty() => {
            format!("{} ({})", shown(&problem.value), plain(label))
        }
        _ => shown(&problem.value),
    }
}

fn wrong_as_a_whole(problem: &Problem) -> String {
    let field = problem.field.as_ref();
    match &problem.kind {
        ProblemKind::ValueMissing => tr!("wrong-VALUE_MISSING", field = field),
        ProblemKind::TooManyItems { count, limit } => {
            tr!(
                "wrong-TOO_MANY_ITEMS",
                count = *count,
                field = field,
                limit = *limit
            )
        }
        ProblemKind::PrimaryCount { count } => {
            tr!("wrong-PRIMARY_COUNT", count = *count, field = field)
        }
        ProblemKind::EncodingUncertain { readings } => {
            tr!("wrong-ENCODING_UNCERTAIN", readings = readings.as_str())
        }
        ProblemKind::StrayQuote { line } => tr!("wrong-STRAY_QUOTE", line = line.to_string()),
        ProblemKind::CutOff { line } => tr!("wrong-CUT_OFF", line = line.to_string()),
        ProblemKind::RecordTooLarge { bytes } => tr!("wrong-RECORD_TOO_LARGE", bytes = *bytes),
        ProblemKind::CardUnreadable { reason } => {
            tr!("wrong-CARD_UNREADABLE", reason = reason.as_str())
        }
        ProblemKind::RowTooLong { columns } => tr!("wrong-ROW_TOO_LONG", count = *columns),
        ProblemKind::GroupCard { members } => tr!("wrong-GROUP_CARD", count = *members),
        kind => tr!(&format!("wrong-{}", kind.code())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_name_and_so_has_what_only_the_service_knows() {
        assert_eq!(
            title("PHONE_PATTERN"),
            "a character that no telephone may have"
        );
        assert_eq!(title("DUPLICATE"), "repeats another record");
        assert_eq!(title("INSUFFICIENT"), "refused by the service");
    }

    #[test]
    fn a_message_says_what_is_wrong_and_how_to_mend_it() {
        let problem = Problem {
            kind: ProblemKind::PhonePattern {
                offending: 'C',
                at: 4,
            },
            field: "telephones[0].telephone".into(),
            value: "030 CALL".into(),
            origin: crate::contact::Origin::field(2),
        };
        assert_eq!(
            message(&problem, Some("Phone")),
            "`030 CALL` (Phone) has `C` at character 5, which no telephone of the service may have; use digits, blanks and + - * # ( ) P T"
        );
        let all = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(joined(all.into_iter()), "a; b; c");
        assert_eq!(joined(std::iter::empty()), "");
    }
}
