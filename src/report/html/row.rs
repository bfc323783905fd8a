//! A row of the page: a JSON array.

use crate::contact::head;
use crate::report::Row;
use crate::report::finding::SHOWN_VALUE;
use serde_json::{Value, json};

/// The longest texts of the page, in characters; `results.jsonl` has all of them.
const NAME: usize = 200;
const MESSAGE: usize = 1_000;

/// The most problems and values of a record.
const ITEMS: usize = 20;

/// `[outcome, source, line, record, name, contact_id, attempts, code, field, message, problems, carried]`, without what is
/// empty at its end.
///
/// `problems` are `[code, field, message]`, if there are several; `carried` are `[kind, source_field, value]`.
pub fn of(row: &Row<'_>, outcome: usize, source: usize) -> Value {
    // A single problem is in the row already.
    let problems = match row.problems {
        [_] => &[],
        several => &several[..several.len().min(ITEMS)],
    };
    let message = if problems.is_empty() { row.message } else { "" };
    let not_imported = row.notes.iter().filter(|note| note.kind.is_lost());
    let problems = problems.iter().map(|one| {
        let message = clipped(&one.message, MESSAGE);
        json!([clipped(&one.code, NAME), clipped(&one.field, NAME), message])
    });
    let carried = not_imported.take(ITEMS).map(|note| {
        let field = note.source_field.as_deref().unwrap_or("");
        let value = clipped(&note.value, SHOWN_VALUE);
        json!([note.kind.as_str(), clipped(field, NAME), value])
    });
    let mut parts = vec![
        outcome.into(),
        source.into(),
        row.line.into(),
        row.record.into(),
        clipped(row.name, NAME),
        clipped(row.contact_id, NAME),
        row.attempts.into(),
        clipped(row.code, NAME),
        clipped(row.field, NAME),
        clipped(message, MESSAGE),
        problems.collect(),
        carried.collect(),
    ];
    let is_empty = |part: &Value| *part == "" || *part == 0 || *part == json!([]);
    while parts.len() > 4 && parts.last().is_some_and(is_empty) {
        parts.pop();
    }
    parts.into()
}

fn clipped(value: &str, limit: usize) -> Value {
    let shown = head(value, limit);
    match shown.len() < value.len() {
        true => format!("{shown}…").into(),
        false => value.into(),
    }
}
