//! Words that stand in cells and mean something there, from `words/cells.toml`.

use super::label::narrow;
use super::trimmed;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Whether a value stands for nothing: `-`, `N/A`, `없음`, `なし`.
pub fn is_placeholder(value: &str) -> bool {
    is_listed(&CELLS.placeholders, value)
}

/// Whether a value stands for nothing also where any text may stand: `-`, `NULL`, `없음`. `Null` is a name.
pub fn says_nothing(value: &str) -> bool {
    let is_dash = |c| matches!(c, '-' | '–' | '—' | '―' | '−' | '.' | '/' | '_' | '*');
    let is_name = || value.starts_with(char::is_uppercase) && value.contains(char::is_lowercase);
    // Python writes `None`.
    let is_pythons = || value == "None";
    // Every name is asked for, and few begin like one of these.
    let first = value.chars().next();
    first.is_none_or(|first| CELLS.nothing.may_begin_with(first))
        && (value.chars().all(is_dash)
            || is_listed(&CELLS.nothing, value) && (is_pythons() || !is_name()))
}

/// What an answer to a question says; nothing if it is none.
pub fn yes_or_no(value: &str) -> Option<bool> {
    match () {
        () if is_listed(&CELLS.yes, value) => Some(true),
        () if is_listed(&CELLS.no, value) => Some(false),
        () => None,
    }
}

/// Whether an address book makes a group of this name by itself.
pub fn is_system_group(value: &str) -> bool {
    is_listed(&CELLS.system_groups, value)
}

/// Whether a cell begins a row that adds up others: `합계`, `Total:`.
pub fn is_total(value: &str) -> bool {
    is_listed(&CELLS.totals, value.trim_end_matches([':', '：', ' ']))
}

/// Whether a value is what somebody is addressed by: `Mr.`, `Frau`, `様`.
pub fn is_form_of_address(value: &str) -> bool {
    is_listed(&CELLS.forms_of_address, value.trim().trim_end_matches('.'))
}

/// In bytes. No word that is listed is longer.
const LONGEST: usize = 64;

/// The month from 1 to 12 that a word of a date means: `Februar`, `févr`, `мая`.
pub fn month(word: &str) -> Option<u32> {
    let word = folded(word);
    let mut months = (1..).zip(&CELLS.months);
    let month = months.find(|(_, names)| names.split(' ').any(|name| name == word));
    month.map(|(number, _)| number)
}

/// Whether a word of a date says nothing beside its numbers and its month: `de`, `Montag`, `г`.
pub fn is_beside_date(word: &str) -> bool {
    is_listed(&CELLS.beside_dates, word)
}

fn is_listed(words: &Words, value: &str) -> bool {
    let value = trimmed(value);
    // Every cell is looked up, and few begin like a word of the list.
    let first = value.chars().next();
    first.is_some_and(|first| words.may_begin_with(first))
        && value.len() <= LONGEST
        && words.all.contains(&folded(value))
}

fn folded(value: &str) -> String {
    let narrow = value.trim().chars().map(narrow);
    narrow.flat_map(char::to_lowercase).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cells {
    placeholders: Words,
    nothing: Words,
    yes: Words,
    no: Words,
    system_groups: Words,
    totals: Words,
    forms_of_address: Words,
    months: Vec<String>,
    beside_dates: Words,
}

#[derive(Deserialize)]
#[serde(from = "Vec<String>")]
struct Words {
    /// Folded.
    all: HashSet<String>,
    /// The characters that they begin with, in both cases: a bit for each, which those share whose numbers end alike.
    firsts: [u64; 16],
}

impl Words {
    fn may_begin_with(&self, c: char) -> bool {
        // Any other one may be folded to another one, as `Ｎ` is.
        let is_itself = matches!(c, '\0'..='\x7f' | '\u{3041}'..='\u{9fff}' | '가'..='힣');
        let (word, bit) = bit_of(c);
        !is_itself || self.firsts[word] & bit != 0
    }
}

impl From<Vec<String>> for Words {
    fn from(words: Vec<String>) -> Words {
        let all: HashSet<String> = words.iter().map(|word| folded(word)).collect();
        let mut firsts = [0; 16];
        for first in all.iter().filter_map(|word| word.chars().next()) {
            for (word, bit) in [first, first.to_ascii_uppercase()].map(bit_of) {
                firsts[word] |= bit;
            }
        }
        Words { all, firsts }
    }
}

/// The place of a character among 1,024 bits.
fn bit_of(c: char) -> (usize, u64) {
    let place = c as usize % 1024;
    (place / 64, 1 << (place % 64))
}

static CELLS: LazyLock<Cells> =
    LazyLock::new(|| super::words::read(include_str!("../../words/cells.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_any_case_and_width() {
        for word in ["N/A", " null ", "없음", "ｎ／ａ", "k. A.", "なし"] {
            assert!(is_placeholder(word), "{word}");
        }
        assert!(!is_placeholder("ann@example.com"));
        for word in ["-", "—", "NULL", "null", "N/A", "없음", "なし"] {
            assert!(says_nothing(word), "{word}");
        }
        for word in ["Null", "Nan", "X", "무", "Na", "?", "♥"] {
            assert!(!says_nothing(word), "{word}");
        }
        assert_eq!(yes_or_no("아니오"), Some(false));
        assert_eq!(yes_or_no("はい"), Some(true));
        assert_eq!(yes_or_no("읽기만"), None);
        assert!(is_system_group("* myContacts") && !is_system_group("Navy"));
        assert!(is_total("Total:") && is_total("합계") && !is_total("Ann"));
    }
}
