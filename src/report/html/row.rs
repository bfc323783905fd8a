//! A row of the page: a JSON array.

use crate::contact::head;
use crate::lang::{Keys, Phrase};
use crate::report::Row;
use crate::report::finding::SHOWN_VALUE;
use serde_json::{Value, json};

/// The longest texts of the page, in characters; `results.jsonl` has all of them.
const NAME: usize = 200;
const MESSAGE: usize = 1_000;

/// The most problems and values of a record.
const ITEMS: usize = 20;

/// `[outcome, source, line, record, name, contact_id, attempts, code, field, message, problems, carried, reach]`, without what
/// is empty at its end.
///
/// `problems` are `[code, field, message]`, if there are several; `carried` are `[kind, source_field, value]`. A message is a
/// text or a [`Phrase`], whose keys are added to `keys`.
pub fn of(row: &Row<'_>, source: usize, keys: &mut Keys) -> String {
    // A single problem is in the row already.
    let problems = match row.problems {
        [_] => &[],
        several => &several[..several.len().min(ITEMS)],
    };
    let message = match (row.problems, row.phrase) {
        ([one], _) => said(&one.phrase(), keys),
        ([], Some(phrase)) => said(phrase, keys),
        ([], None) => clipped(row.message, MESSAGE),
        _ => "".into(),
    };
    let problems = problems.iter().map(|one| {
        let message = said(&one.phrase(), keys);
        json!([clipped(&one.code, NAME), clipped(&one.field, NAME), message])
    });
    let problems = Value::from_iter(problems);
    let not_imported = row.notes.iter().filter(|note| note.kind.is_lost());
    let carried = not_imported.take(ITEMS).map(|note| {
        let field = note.source_field.as_deref().unwrap_or("");
        let value = clipped(&note.value, SHOWN_VALUE);
        json!([note.kind.as_str(), clipped(field, NAME), value])
    });
    let mut parts: Vec<Value> = vec![
        (row.outcome as u64).into(),
        source.into(),
        row.line.into(),
        row.record.into(),
        clipped(row.name, NAME),
        clipped(row.contact_id, NAME),
        row.attempts.into(),
        clipped(row.code, NAME),
        clipped(row.field, NAME),
        message,
        problems,
        carried.collect(),
        clipped(row.reach, NAME),
    ];
    while parts.len() > 4 && parts.last().is_some_and(is_empty) {
        parts.pop();
    }
    Value::from(parts).to_string()
}

fn is_empty(part: &Value) -> bool {
    match part {
        Value::Number(number) => number.as_u64() == Some(0),
        Value::String(text) => text.is_empty(),
        part => part.as_array().is_some_and(Vec::is_empty),
    }
}

/// A phrase, so that the page can say it in each language. A very long one is a text that is cut.
fn said(phrase: &Phrase, keys: &mut Keys) -> Value {
    match phrase {
        Phrase::Keyed(..) if phrase.to_json().len() <= 4 * MESSAGE => {
            phrase.add_keys(keys);
            json!(phrase)
        }
        _ => clipped(&phrase.text(), MESSAGE),
    }
}

fn clipped(value: &str, limit: usize) -> Value {
    let shown = head(value, limit);
    match shown.len() < value.len() {
        true => format!("{shown}…").into(),
        false => value.into(),
    }
}
