//! A row of the page: a JSON array.

use crate::contact::head;
use crate::report::finding::SHOWN_VALUE;
use crate::report::{RecordNote, Row, json};
use std::fmt::Write as _;

/// The longest texts of the page, in characters; `results.jsonl` has all of them.
const NAME: usize = 200;
const MESSAGE: usize = 1_000;

/// The most problems and values of a record.
const ITEMS: usize = 20;

/// Writes `[outcome, source, line, record, name, contact_id, attempts, code, field, message, problems, carried]`, without
/// what is empty at its end.
///
/// `problems` are `[code, field, message]`, if there are several; `carried` are `[kind, source_field, value]`.
pub fn write(text: &mut String, row: &Row<'_>, outcome: usize, source: usize) {
    let _ = write!(text, "[{outcome},{source},{},{}", row.line, row.record);
    // A single problem is in the row already.
    let problems = match row.problems {
        [_] => &[],
        several => &several[..several.len().min(ITEMS)],
    };
    let not_imported: Vec<&RecordNote> = (row.notes.iter())
        .filter(|note| note.kind.is_lost())
        .take(ITEMS)
        .collect();
    let message = if problems.is_empty() { row.message } else { "" };
    let mut end = text.len();
    for (part, limit) in [(row.name, NAME), (row.contact_id, NAME)] {
        text.push(',');
        clipped(text, part, limit);
        end = end_of(text, end, !part.is_empty());
    }
    let _ = write!(text, ",{}", row.attempts);
    end = end_of(text, end, row.attempts > 0);
    for (part, limit) in [(row.code, NAME), (row.field, NAME), (message, MESSAGE)] {
        text.push(',');
        clipped(text, part, limit);
        end = end_of(text, end, !part.is_empty());
    }
    list(text, problems, [NAME, NAME, MESSAGE], |one| {
        [&one.code, &one.field, &one.message]
    });
    end = end_of(text, end, !problems.is_empty());
    list(text, &not_imported, [NAME, NAME, SHOWN_VALUE], |one| {
        let field = one.source_field.as_deref().unwrap_or("");
        [one.kind.as_str(), field, &one.value]
    });
    end = end_of(text, end, !not_imported.is_empty());
    text.truncate(end);
    text.push(']');
}

/// The end of the row without empty parts.
fn end_of(text: &str, end: usize, says_something: bool) -> usize {
    if says_something { text.len() } else { end }
}

fn list<T>(
    text: &mut String,
    items: &[T],
    limits: [usize; 3],
    parts: impl for<'i> Fn(&'i T) -> [&'i str; 3],
) {
    text.push_str(",[");
    for (index, item) in items.iter().enumerate() {
        text.push_str(if index > 0 { ",[" } else { "[" });
        for (at, part) in parts(item).into_iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            clipped(text, part, limits[at]);
        }
        text.push(']');
    }
    text.push(']');
}

fn clipped(text: &mut String, value: &str, limit: usize) {
    let shown = head(value, limit);
    match shown.len() < value.len() {
        true => json::string(text, &format!("{shown}…")),
        false => json::string(text, value),
    }
}
