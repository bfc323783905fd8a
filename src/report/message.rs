//! Messages about problems: what is wrong, with the value in backticks, and how to fix it.

use crate::contact::{Code, Problem, ProblemKind};
use crate::lang::{Phrase, keyed, tr};
use crate::names::list_of;
use crate::note::NoteKind;
use crate::printable::{plain, shown};
use crate::report::RecordNote;

pub const DUPLICATE: &str = "DUPLICATE";

/// A duplicate with values that the first record lacks.
pub const ONLY_IN_DUPLICATE: &str = "ONLY_IN_DUPLICATE";

/// Two halves of a message as one.
pub fn whole(wrong: &Phrase, mend: &Phrase) -> Phrase {
    match wrong {
        // An older version stored the whole of it.
        Phrase::Number(_) | Phrase::Plain(_) => wrong.clone(),
        Phrase::Keyed(..) => keyed!("wrong-and-mend", wrong = wrong.clone(), mend = mend.clone()),
    }
}

pub fn joined(messages: impl Iterator<Item = String>) -> String {
    messages
        .reduce(|first, second| tr!("problems-joined", first, second))
        .unwrap_or_default()
}

pub fn repeats(place: &str) -> Phrase {
    keyed!("repeats", place)
}

pub fn has_key_of(place: &str) -> Phrase {
    keyed!("same-key", place)
}

/// The code and the message of a duplicate; `how` says what it repeats.
pub fn duplicate(how: &Phrase, notes: &[RecordNote]) -> (&'static str, Phrase) {
    let merged = values_of(NoteKind::Merged, notes);
    let how = match merged.is_empty() {
        true => how.clone(),
        false => keyed!("merged-into-first", how = how.clone(), values = merged),
    };
    let values = values_of(NoteKind::OnlyInDuplicate, notes);
    match values.is_empty() {
        true => (DUPLICATE, how),
        false => (ONLY_IN_DUPLICATE, keyed!("only-in-duplicate", how, values)),
    }
}

/// The values of the notes of a kind, with their source fields.
fn values_of(kind: NoteKind, notes: &[RecordNote]) -> String {
    let alone = || notes.iter().filter(move |note| note.kind == kind);
    let shown = alone().take(SHOWN).map(|note| match &note.source_field {
        Some(field) => format!("{} ({})", shown(&note.value), plain(field)),
        None => shown(&note.value),
    });
    let mut values = shown.collect::<Vec<_>>().join(", ");
    if alone().count() > SHOWN {
        values.push_str(", …");
    }
    values
}

/// How many values are shown that only the duplicate has.
const SHOWN: usize = 5;

pub fn mend(problem: &Problem) -> Phrase {
    match &problem.kind {
        ProblemKind::NotAllowed { allowed } => {
            Phrase::new("mend-NOT_ALLOWED", [("allowed", list_of(allowed).into())])
        }
        ProblemKind::SpreadsheetDamage { damage } => {
            Phrase::new(format!("mend-SPREADSHEET_DAMAGE-{damage:?}"), [])
        }
        kind => Phrase::new(format!("mend-{}", kind.code()), []),
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
    let known = match is_known(code) || LEFT_OPEN.contains(&code) {
        true => code,
        false => "service",
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

pub fn wrong(problem: &Problem, label: Option<&str>) -> Phrase {
    let value = || ("value", with_label(problem, label).into());
    let field = || ("field", problem.field.as_ref().into());
    let number = |name, count: usize| (name, Phrase::Number(count as u64));
    let text = |name, text: &str| (name, text.into());
    let mut key = format!("wrong-{}", problem.kind.code());
    let values = match &problem.kind {
        ProblemKind::TooLong { length, limit } => {
            vec![value(), number("length", *length), number("limit", *limit)]
        }
        ProblemKind::PhonePattern { offending, at } => {
            let offending = shown(&offending.to_string());
            vec![value(), text("offending", &offending), number("at", at + 1)]
        }
        ProblemKind::DateAmbiguous {
            day_first,
            month_first,
        } => vec![
            value(),
            text("day_first", day_first),
            text("month_first", month_first),
        ],
        ProblemKind::CustomTypeWithoutCustom { kind } => vec![value(), text("kind", kind)],
        ProblemKind::NotAllowed { .. }
        | ProblemKind::DateInvalid
        | ProblemKind::UrlInvalid
        | ProblemKind::EmailInvalid
        | ProblemKind::MemberTwice
        | ProblemKind::PropertyName => vec![value()],
        ProblemKind::SpreadsheetDamage { damage } => {
            key.push_str(&format!("-{damage:?}"));
            vec![value()]
        }
        ProblemKind::Encoding if !problem.value.is_empty() => {
            key.push_str("-value");
            vec![value()]
        }
        ProblemKind::ValueMissing => vec![field()],
        ProblemKind::TooManyItems { count, limit } => {
            vec![number("count", *count), field(), number("limit", *limit)]
        }
        ProblemKind::PrimaryCount { count } => vec![number("count", *count), field()],
        ProblemKind::EncodingUncertain { readings } => vec![text("readings", readings)],
        // A line is a name, not a quantity: it has no commas.
        ProblemKind::StrayQuote { line } | ProblemKind::CutOff { line } => {
            vec![text("line", &line.to_string())]
        }
        ProblemKind::RecordTooLarge { bytes } => vec![("bytes", Phrase::Number(*bytes))],
        ProblemKind::CardUnreadable { reason } => vec![text("reason", reason)],
        ProblemKind::RowTooLong { columns } => vec![number("count", *columns)],
        ProblemKind::GroupCard { members } => vec![number("count", *members)],
        _ => Vec::new(),
    };
    Phrase::new(key, values)
}

fn with_label(problem: &Problem, label: Option<&str>) -> String {
    match label {
        Some(label) if !problem.value.is_empty() => {
            format!("{} ({})", shown(&problem.value), plain(label))
        }
        _ => shown(&problem.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_name_and_so_has_what_only_the_service_knows() {
        assert_eq!(
            title("PHONE_PATTERN"),
            "character not allowed in a phone number"
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
            whole(&wrong(&problem, Some("Phone")), &mend(&problem)).text(),
            "`030 CALL` (Phone) has `C` at character 5, which a phone number can't have; use digits, spaces and + - * # ( ) P T"
        );
        let all = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(joined(all.into_iter()), "a; b; c");
        assert_eq!(joined(std::iter::empty()), "");
    }
}
