//! What the values of a column look like.

use crate::contact::limits::is_telephone_char;
use crate::lang::tr;
use crate::mapping::cell::is_placeholder;
use crate::mapping::date::{self, Date};
use crate::mapping::{spreadsheet, telephone};
use std::fmt;

/// What most values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// There are none.
    Empty,
    Email,
    Telephone,
    Url,
    Date,
    /// Small whole numbers.
    Number,
    /// Anything else.
    Text,
}

/// What the values of one column are, and how many of them.
#[derive(Clone, Debug)]
pub(super) struct ColumnValues {
    /// What each of them is.
    pub each: Vec<Option<Looks>>,
    pub looks: Looks,
    /// How many of the values look so, from 0 to 1.
    pub share: f32,
    /// How many of the telephones are mobile ones for sure.
    pub mobiles: f32,
    /// How many are written as nothing but a telephone is, with `+` and the code of a country.
    pub dialled: f32,
    /// How many are written as a telephone and hardly any other number is: with `+`, a leading zero or separators.
    written: f32,
}

impl ColumnValues {
    /// Whether they are telephones, whatever the name of their column is.
    pub fn are_written_telephones(&self) -> bool {
        self.looks == Looks::Telephone && self.written >= super::MOSTLY
    }
}

impl Looks {
    /// What one value is, as far as its form tells. Text has letters, and neither a dot nor an `@` that might have made it an
    /// address.
    pub(super) fn of(value: &str) -> Option<Looks> {
        let digits = value.bytes().filter(u8::is_ascii_digit).count();
        Some(match value {
            _ if is_email(value) => Looks::Email,
            _ if is_url(value) => Looks::Url,
            _ if is_date(value) => Looks::Date,
            _ if is_number(value) => Looks::Number,
            _ if is_telephone(value) => Looks::Telephone,
            _ if value.contains(['@', '.', '＠']) || digits >= 5 => return None,
            _ => Looks::Text,
        })
    }
}

/// The values that say something: those that are not empty, no placeholder, and not spoilt by a spreadsheet, without what
/// guards them from one.
pub(super) fn said<'v>(values: &[&'v str]) -> Vec<&'v str> {
    let bare = |value: &&'v str| spreadsheet::unguarded(value.trim()).unwrap_or(value.trim());
    let says_something = |value: &&str| {
        !value.is_empty() && !is_placeholder(value) && spreadsheet::damage(value).is_none()
    };
    values.iter().map(bare).filter(says_something).collect()
}

/// Looks at the values of a column; empty ones, and those that a spreadsheet has spoilt, say nothing.
pub(super) fn evidence(values: &[&str]) -> ColumnValues {
    let values = said(values);
    let share = |count: usize| count as f32 / values.len().max(1) as f32;
    let each: Vec<Option<Looks>> = values.iter().map(|value| Looks::of(value)).collect();
    let of = |test: fn(&str, bool) -> bool| {
        let looks = each.iter().map(|looks| *looks == Some(Telephone));
        let values = values.iter().zip(looks);
        share(values.filter(|(value, dials)| test(value, *dials)).count())
    };
    let count = |one: &Looks| each.iter().filter(|looks| **looks == Some(*one)).count();
    // Of several, the first.
    use Looks::{Date, Email, Number, Telephone, Url};
    let kinds = [Telephone, Number, Date, Url, Email];
    let best = kinds.into_iter().max_by_key(count);
    let (looks, share) = match best.map(|best| (best, share(count(&best)))) {
        _ if values.is_empty() => (Looks::Empty, 1.0),
        Some((best, share)) if share >= 0.5 => (best, share),
        _ => (Looks::Text, 1.0),
    };
    ColumnValues {
        looks,
        share,
        mobiles: of(|value, _| is_mobile(value)),
        dialled: of(|value, is_telephone| is_telephone && value.starts_with(['+', '＋'])),
        written: of(|value, is_telephone| {
            is_telephone && (value.starts_with(['+', '0', '(']) || value.contains(['-', ' ', '/']))
        }),
        each,
    }
}

/// For people, in the chosen language, as in "its values look like …".
impl fmt::Display for Looks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Looks::Empty => tr!("looks-empty"),
            Looks::Email => tr!("looks-email"),
            Looks::Telephone => tr!("looks-telephone"),
            Looks::Url => tr!("looks-url"),
            Looks::Date => tr!("looks-date"),
            Looks::Number => tr!("looks-number"),
            Looks::Text => tr!("looks-text"),
        })
    }
}

fn is_email(value: &str) -> bool {
    let first = value.split([';', ',', ' ', '\n']).next().unwrap_or("");
    first.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.contains('@')
    })
}

fn is_url(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    value.starts_with("http://") || value.starts_with("https://") || value.starts_with("www.")
}

fn is_date(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    // With a time it has more of them, and a colon or a `T`. Most of what has so many is a telephone.
    let has_too_many = digits > "20210109".len() && !value.contains([':', 'T']);
    if value.len() < "1/1/20".len() || digits == 0 || has_too_many {
        return false;
    }
    matches!(
        date::read(value, None),
        Date::Iso(_) | Date::Ambiguous { .. } | Date::Placeholder | Date::NoYear { .. }
    )
}

fn is_number(value: &str) -> bool {
    let value = value.strip_prefix('#').unwrap_or(value);
    value.len() <= 6 && value.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a value that is no date looks like a telephone.
fn is_telephone(value: &str) -> bool {
    // No digit is added to a telephone that is mended, and most values have too few.
    if value.bytes().filter(u8::is_ascii_digit).count() < 7 && value.is_ascii() {
        return false;
    }
    let number = telephone::normalize(value);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (7..=20).contains(&digits) && number.chars().all(is_telephone_char)
}

/// Korean 01x, Japanese 070 to 090, Chinese 13 to 19 with eleven digits: what the numbering plans keep for mobiles.
fn is_mobile(value: &str) -> bool {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let is_international = value.trim_start().starts_with('+');
    // A number of Beijing has eight digits in a row behind the code of the city.
    let is_of_beijing = !is_international
        && value.len() > digits.len()
        && value.ends_with(&digits[digits.len().min(3)..]);
    let of = |plus: &str, begins: &[&str], length: usize| {
        let national = match digits.strip_prefix(plus) {
            Some(rest) if is_international => format!("0{rest}"),
            _ => digits.clone(),
        };
        national.len() == length && begins.iter().any(|begin| national.starts_with(begin))
    };
    let chinese = match is_international {
        true => digits.strip_prefix("86").unwrap_or_default(),
        false => &digits,
    };
    of("82", &["010"], 11) && !is_of_beijing
        || of("82", &["011", "016", "017", "018", "019"], 10)
        || of("81", &["070", "080", "090"], 11)
        || (chinese.len() == 11 && matches!(chinese.as_bytes(), [b'1', b'3'..=b'9', ..]))
}
