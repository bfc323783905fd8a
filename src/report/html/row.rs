//! A record's row in the page: a JSON array, small where there is little to say.

use crate::contact::head;
use crate::note::NoteKind;
use crate::report::Row;
use crate::report::json::{self, NoteItem};
use serde::Deserialize;
use std::borrow::Cow;
use std::fmt::Write as _;

/// The longest texts that the page shows, in characters; `results.jsonl` has them whole.
const NAME: usize = 200;
const MESSAGE: usize = 1_000;
const VALUE: usize = 120;

/// The most problems, and the most carried-over values, of one record that the page shows.
const ITEMS: usize = 20;

/// Writes `[outcome, source, line, record, name, contact_id, attempts, code, field, message, problems, carried]`, without
/// what is empty at its end.
///
/// `problems` are `[code, field, message]`, if there are several; `carried` are `[kind, source_field, value]`.
pub fn write(text: &mut String, row: &Row<'_>, outcome: usize, source: usize) {
    let _ = write!(text, "[{outcome},{source},{},{}", row.line, row.record);
    let problems = problems(row.problems);
    let carried = carried(row.notes);
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
    let limits = [NAME, NAME, MESSAGE];
    let lists = problems
        .iter()
        .map(|one| [&*one.code, &*one.field, &*one.message]);
    list(text, lists, limits);
    end = end_of(text, end, !problems.is_empty());
    let limits = [NAME, NAME, VALUE];
    let lists = carried.iter().map(|one| one.each_ref().map(Cow::as_ref));
    list(text, lists, limits);
    end = end_of(text, end, !carried.is_empty());
    text.truncate(end);
    text.push(']');
}

/// Where the row ends so far: behind its last part that says something.
fn end_of(text: &str, end: usize, says_something: bool) -> usize {
    if says_something { text.len() } else { end }
}

fn list<'a>(text: &mut String, items: impl Iterator<Item = [&'a str; 3]>, limits: [usize; 3]) {
    text.push_str(",[");
    for (index, parts) in items.enumerate() {
        text.push_str(if index > 0 { ",[" } else { "[" });
        for (at, part) in parts.into_iter().enumerate() {
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

#[derive(Deserialize)]
struct ProblemItem<'a> {
    #[serde(borrow, default)]
    code: Cow<'a, str>,
    #[serde(borrow, default)]
    field: Cow<'a, str>,
    #[serde(borrow, default)]
    message: Cow<'a, str>,
}

/// The problems of a record that has several; a single one is in the row already. Inside of a value the quotes of what is
/// searched for are escaped, so it is found nowhere but at the start of a problem.
fn problems(items: &str) -> Vec<ProblemItem<'_>> {
    let several = memchr::memmem::find_iter(items.as_bytes(), b"{\"code\":\"").nth(1);
    match several {
        Some(_) => json::items(items).take(ITEMS).collect(),
        None => Vec::new(),
    }
}

/// The values that somebody may miss, with their kinds and fields.
fn carried(items: &str) -> Vec<[Cow<'_, str>; 3]> {
    if memchr::memmem::find(items.as_bytes(), b"{\"note\":\"carried_over\"").is_none() {
        return Vec::new();
    }
    let lost = |note: &NoteItem<'_>| note.kind().is_some_and(NoteKind::is_lost);
    json::items(items)
        .filter(lost)
        .take(ITEMS)
        .map(|note: NoteItem<'_>| {
            // One character more tells that there are more.
            let value = note.value(VALUE + 1);
            [note.reason, note.source_field, value.into()]
        })
        .collect()
}
