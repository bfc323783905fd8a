//! A row of the page: a JSON array.

use crate::contact::head;
use crate::lang::{Keys, Phrase};
use crate::report::Row;
use crate::report::finding::SHOWN_VALUE;
use serde::Serialize;
use std::borrow::Cow;

/// The longest texts of the page, in characters; `results.jsonl` has all of them.
const NAME: usize = 200;
const MESSAGE: usize = 1_000;

/// The most problems and values of a record.
const ITEMS: usize = 20;

/// A part of a row.
#[derive(Serialize)]
#[serde(untagged)]
enum Part<'r> {
    Number(u64),
    Text(Cow<'r, str>),
    Phrase(Cow<'r, Phrase>),
    List(Vec<[Part<'r>; 3]>),
}

impl Part<'_> {
    fn is_empty(&self) -> bool {
        match self {
            Part::Number(number) => *number == 0,
            Part::Text(text) => text.is_empty(),
            Part::Phrase(_) => false,
            Part::List(list) => list.is_empty(),
        }
    }
}

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
        ([one], _) => said(Cow::Owned(one.phrase()), keys),
        ([], Some(phrase)) => said(Cow::Borrowed(phrase), keys),
        ([], None) => clipped(row.message, MESSAGE),
        _ => clipped("", MESSAGE),
    };
    let not_imported = row.notes.iter().filter(|note| note.kind.is_lost());
    let problems = problems.iter().map(|one| {
        let message = said(Cow::Owned(one.phrase()), keys);
        [clipped(&one.code, NAME), clipped(&one.field, NAME), message]
    });
    let carried = not_imported.take(ITEMS).map(|note| {
        let field = note.source_field.as_deref().unwrap_or("");
        let value = clipped(&note.value, SHOWN_VALUE);
        [
            clipped(note.kind.as_str(), NAME),
            clipped(field, NAME),
            value,
        ]
    });
    let mut parts = vec![
        Part::Number(row.outcome as u64),
        Part::Number(source as u64),
        Part::Number(row.line),
        Part::Number(row.record),
        clipped(row.name, NAME),
        clipped(row.contact_id, NAME),
        Part::Number(row.attempts.into()),
        clipped(row.code, NAME),
        clipped(row.field, NAME),
        message,
        Part::List(problems.collect()),
        Part::List(carried.collect()),
        clipped(row.reach, NAME),
    ];
    while parts.len() > 4 && parts.last().is_some_and(Part::is_empty) {
        parts.pop();
    }
    serde_json::to_string(&parts).expect("it has no keys")
}

/// A phrase, so that the page can say it in each language. A very long one is a text that is cut.
fn said<'r>(phrase: Cow<'r, Phrase>, keys: &mut Keys) -> Part<'r> {
    match *phrase {
        Phrase::Keyed(..) if phrase.to_json().len() <= 4 * MESSAGE => {
            phrase.add_keys(keys);
            Part::Phrase(phrase)
        }
        _ => Part::Text(cut(&phrase.text(), MESSAGE).into_owned().into()),
    }
}

fn clipped(value: &str, limit: usize) -> Part<'_> {
    Part::Text(cut(value, limit))
}

fn cut(value: &str, limit: usize) -> Cow<'_, str> {
    let shown = head(value, limit);
    match shown.len() < value.len() {
        true => format!("{shown}…").into(),
        false => value.into(),
    }
}
