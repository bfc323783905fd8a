//! What is said to a person about a problem: what is wrong, with the value in backticks, and the way to mend it.

use crate::config::read::list_of;
use crate::contact::{Damage, Problem, ProblemKind};

/// The longest part of a value that a message shows, in characters.
const SHOWN: usize = 60;

/// What is wrong and how to mend it, in one line. `label` is the source field that the value came from.
pub fn message(problem: &Problem, label: Option<&str>) -> String {
    let value = shown(&problem.value);
    let value = match label {
        Some(label) if !problem.value.is_empty() => format!("{value} ({label})"),
        _ => value,
    };
    match &problem.kind {
        ProblemKind::NameMissing => {
            "there is no name; fill in the given or the family name, or an organisation".into()
        }
        ProblemKind::EmailOrTelephoneMissing => {
            "there is neither an e-mail nor a telephone; the service needs one of them: add it".into()
        }
        ProblemKind::ValueMissing => {
            format!("`{}` is required and empty; fill it in", problem.field)
        }
        ProblemKind::TooLong { length, limit } => format!(
            "{value} has {length} characters, the service takes {limit}; shorten it, or set normalize.too_long = \"carry_over\""
        ),
        ProblemKind::TooManyItems { count, limit } => {
            format!("there are {count} of `{}`, the service takes {limit}; remove some", problem.field)
        }
        ProblemKind::NotAllowed { allowed } => {
            format!("{value} is none of {}; use one of these", list_of(allowed))
        }
        ProblemKind::PhonePattern { offending, at } => format!(
            "{value} has {} at character {}, which no telephone of the service may have; use digits, blanks and + - * # ( ) P T",
            shown(&offending.to_string()),
            at + 1
        ),
        ProblemKind::DateInvalid => {
            format!("{value} is no date that can be read for sure; write it as YYYY-MM-DD, such as 2021-01-09")
        }
        ProblemKind::DateAmbiguous {
            day_first,
            month_first,
        } => format!(
            "{value} may be {day_first} or {month_first}, and no date in the file tells; set normalize.date_order, or write YYYY-MM-DD"
        ),
        ProblemKind::UrlInvalid => {
            format!("{value} is no URL; write it with https:// and a host, without blanks")
        }
        ProblemKind::CustomTypeWithoutCustom { kind } => format!(
            "{value} names a type of its own beside the type `{kind}`; it goes only with `CUSTOM`: leave one of them out"
        ),
        ProblemKind::PrimaryCount { count } => {
            format!("{count} of `{}` are primary; exactly one must be", problem.field)
        }
        ProblemKind::MembersMissing => {
            "`MEMBER` needs members who may see the contact; name them in permission.members, or use `ALL`".into()
        }
        ProblemKind::MasterMissing => {
            "`MEMBER` needs the member who owns the contact; name it in permission.master_user_id".into()
        }
        ProblemKind::MemberTwice => format!("{value} is named twice; leave one out"),
        ProblemKind::MessengerTwitter => {
            "the service no longer takes `TWITTER`; write `X` in its place".into()
        }
        ProblemKind::PropertyName => format!(
            "{value} can't be a custom property's name; it begins with a letter or `_` and holds letters, digits and `_`, at most 120"
        ),
        ProblemKind::SpreadsheetDamage { damage } => format!("{value} {}", damage_text(*damage)),
        ProblemKind::Encoding { encoding } => format!(
            "{value} has bytes that are no {encoding}; save the file as UTF-8, or name its encoding with --encoding"
        ),
        ProblemKind::StrayQuote { line } => format!(
            "the quoted cell that begins on line {line} has a quote too many or too few, and may have swallowed what follows; double the quotes inside it, or remove the stray one"
        ),
        ProblemKind::CutOff { line } => format!(
            "the file ends inside the quoted cell that begins on line {line}; its end is missing: export the file again, or close the quote"
        ),
        ProblemKind::RecordTooLarge { bytes } => format!(
            "the record has {bytes} bytes, too many for one; a quote that begins in it is probably never closed: close it"
        ),
        ProblemKind::CardUnreadable { reason } => format!("the vCard can't be read: {reason}"),
    }
}

/// A value in backticks, shortened, without what a terminal would obey.
pub fn shown(value: &str) -> String {
    let mut text = String::with_capacity(value.len().min(4 * SHOWN) + 2);
    text.push('`');
    for (index, c) in value.chars().enumerate() {
        if index == SHOWN {
            text.push('…');
            break;
        }
        match c {
            '\n' | '\r' | '\t' => text.push(' '),
            c if is_obeyed(c) => text.push('\u{fffd}'),
            c => text.push(c),
        }
    }
    text.push('`');
    text
}

/// Text from files or the service without what a terminal would obey: control characters and marks of direction.
pub fn plain(text: &str) -> String {
    let replace = |c| if is_obeyed(c) { '\u{fffd}' } else { c };
    text.chars().map(replace).collect()
}

/// Whether a terminal would obey the character rather than show it.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn damage_text(damage: Damage) -> &'static str {
    match damage {
        Damage::Exponent => {
            "is a long number that a spreadsheet has rounded; its digits are gone: export again and don't save it in a spreadsheet, or type the number"
        }
        Damage::Error => {
            "is a spreadsheet's error in the value's place; export again and don't save it in a spreadsheet"
        }
        Damage::Hashes => {
            "is what a spreadsheet shows when a column is too narrow; export again, or type the value"
        }
        Damage::DateSerial => {
            "is a date that a spreadsheet has turned into its serial number; write it as YYYY-MM-DD"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_never_reaches_it() {
        assert_eq!(shown("\u{1b}[31mred\u{202e}"), "`\u{fffd}[31mred\u{fffd}`");
        assert_eq!(shown(&"x".repeat(99)).chars().count(), SHOWN + 3);
    }
}
