//! A problem as the terminal shows it: the place, the cell with carets under the mistake, and how to fix it.

use super::{RecordProblem, RejectSource, Row, place};
use crate::lang::tr;
use crate::printable::{clipped, plain, visible};
use std::fmt;
use unicode_width::UnicodeWidthStr;

/// The columns of a terminal that a cell may take.
const WIDTH: usize = 72;

/// The columns that are shown before a mistake, if there are so many.
const BEFORE: usize = 40;

/// The first problem of a kind.
#[derive(Clone, PartialEq, Eq)]
pub struct Example {
    pub source: String,
    /// The 1-based line where the record starts.
    pub line: u64,
    /// The column or property.
    pub label: Option<String>,
    /// The value in the source; empty if it is missing.
    pub value: String,
    /// The position of the mistake in the value, in characters from 0; `None` if the whole value is wrong.
    pub at: Option<usize>,
    pub mend: String,
    /// The position in the file, set by [`locate`](Self::locate).
    pub exact: Option<String>,
}

impl Example {
    pub fn new(row: &Row<'_>, problem: &RecordProblem) -> Example {
        Example {
            source: row.source.to_owned(),
            line: row.line,
            label: problem.source_field.as_ref().map(ToString::to_string),
            value: problem.value.clone(),
            at: problem.at,
            // Without a value, the fix alone would not be clear.
            mend: match problem.value.is_empty() || problem.mend.is_empty() {
                true => problem.message(),
                false => problem.mend.text(),
            },
            exact: None,
        }
    }

    /// Whether the mistake is bytes that the encoding does not define.
    pub(super) fn is_about_malformed(&self) -> bool {
        let character = self.at.and_then(|at| self.value.chars().nth(at));
        character == Some(char::REPLACEMENT_CHARACTER)
    }

    /// Finds the position in the bytes of the record, if it is certain.
    pub fn locate(&mut self, source: &RejectSource, raw: &[u8]) {
        self.exact = place(self, source, raw);
    }

    /// `contacts.csv:17:5, Phone 1 - Value`, or without the column where it is not known.
    pub fn place(&self) -> String {
        let source = plain(&self.source);
        let place = match &self.exact {
            Some(place) => format!("{source}:{place}"),
            None => format!("{source}:{}", self.line),
        };
        match &self.label {
            Some(label) => tr!("example-column", place, column = plain(label)),
            None => place,
        }
    }

    /// The value on one line, and a line of carets under the mistake. `None` without a value.
    pub fn marked(&self) -> Option<(String, String)> {
        if self.value.is_empty() {
            return None;
        }
        let cell: Vec<char> = self.value.chars().map(visible).collect();
        let Some(at) = self.at.filter(|at| *at < cell.len()) else {
            let shown = clipped(&cell.iter().collect::<String>(), WIDTH);
            let carets = "^".repeat(shown.width().max(1));
            return Some((shown, carets));
        };
        let mut start = at;
        while start > 0 && width_of(&cell[start - 1..at]) <= BEFORE {
            start -= 1;
        }
        let mut before: String = cell[start..at].iter().collect();
        if start > 0 {
            before.insert(0, '…');
        }
        let after: String = cell[at..].iter().collect();
        let after = clipped(&after, WIDTH.saturating_sub(before.width()));
        let carets = "^".repeat(width_of(&cell[at..=at]).max(1));
        let below = format!("{}{carets}", " ".repeat(before.width()));
        Some((format!("{before}{after}"), below))
    }
}

impl fmt::Debug for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source, self.line)
    }
}

fn width_of(cell: &[char]) -> usize {
    cell.iter().collect::<String>().width()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(value: &str, at: Option<usize>) -> (String, String) {
        let example = Example {
            source: "contacts.csv".into(),
            line: 17,
            label: None,
            value: value.into(),
            at,
            mend: String::new(),
            exact: None,
        };
        example.marked().expect("there is a value")
    }

    #[test]
    fn the_caret_stands_under_what_is_wrong_whatever_the_width_of_what_is_before_it() {
        assert_eq!(
            marked("030 CALL", Some(4)),
            ("030 CALL".into(), "    ^".into())
        );
        assert_eq!(marked("내선 12", Some(0)), ("내선 12".into(), "^^".into()));
        assert_eq!(
            marked("전화：x", Some(3)),
            ("전화：x".into(), "      ^".into())
        );
        assert_eq!(marked("2월 30일", None), ("2월 30일".into(), "^".repeat(8)));
    }

    #[test]
    fn a_long_value_is_shown_around_its_mistake() {
        let long = format!("{}!{}", "가".repeat(100), "b".repeat(100));
        let (shown, below) = marked(&long, Some(100));
        assert!(shown.starts_with("…가") && shown.ends_with("b…"), "{shown}");
        assert!(shown.width() <= WIDTH, "{}", shown.width());
        let before = shown.split('!').next().unwrap();
        assert_eq!(before.width(), below.width() - 1);
        let (shown, below) = marked(&"x".repeat(500), None);
        assert_eq!((shown.width(), below.len()), (WIDTH, WIDTH));
    }

    #[test]
    fn what_a_terminal_would_obey_is_not_in_it() {
        let (shown, below) = marked("\u{1b}[31m\n9", Some(5));
        assert_eq!(shown, "\u{fffd}[31m 9");
        assert_eq!(below, "     ^");
    }
}
