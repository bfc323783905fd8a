//! What the terminal shows of the inputs before anything is sent: where their columns go, what is not imported, and which
//! values look damaged.

use crate::examine::Record;
use crate::input::Input;
use crate::lang::{self, tr};
use crate::note::{NoteKind, TOLD};
use crate::printable::{plain, shown};
use crate::report::{NoteCounts, RecordNote, SourceSummary, place_of_field};
use crate::terminal::Terminal;
use std::collections::BTreeMap;

/// Columns that are not imported of which more are only counted.
pub const COLUMNS: usize = 30;

/// Places of one kind of note of which more are only counted.
const PLACES: usize = 5;

/// What is seen of the notes while records are read.
#[derive(Debug, Default)]
pub struct Seen {
    pub notes: NoteCounts,
    /// The first places of what a person should see.
    told: BTreeMap<NoteKind, Vec<String>>,
}

impl Seen {
    /// Takes the notes of some records into account, which were counted.
    pub fn add(&mut self, records: &[Record], notes: &NoteCounts, sources: &[Input]) {
        self.notes.merge(notes);
        if TOLD.iter().all(|kind| notes.of(*kind) == 0) {
            return;
        }
        let all = records
            .iter()
            .flat_map(|record| record.notes.iter().map(move |note| (&record.place, note)));
        for (at, note) in all.filter(|(_, note)| TOLD.contains(&note.kind)) {
            let first = self.told.entry(note.kind).or_default();
            if first.len() < PLACES {
                let Input { name, reject, .. } = &sources[at.input];
                let place = place_of_field(reject, at.line, note.source_field.as_deref());
                first.push(place_of(&format!("{name}:{place}"), note));
            }
        }
    }
}

/// `people.csv:3, 이름: `…``
fn place_of(place: &str, note: &RecordNote) -> String {
    let field = note.source_field.as_deref().unwrap_or_default();
    tr!(
        "told-place",
        place = plain(place),
        field = plain(field),
        value = shown(&note.value)
    )
}

/// What was seen of the inputs while they were planned.
pub struct Viewed {
    pub sources: Vec<SourceSummary>,
    pub seen: Seen,
    pub extent: Extent,
}

/// How much of its source the input is.
pub enum Extent {
    Whole,
    /// At this place a record may have had a key that can't be read.
    Unsure(String),
    /// Rejects of earlier runs, and nothing else.
    Rejects,
}

pub enum Line {
    Said(String),
    Warned(String),
}

impl Line {
    pub fn say(&self, terminal: &Terminal) {
        match self {
            Line::Said(text) => terminal.say(text),
            Line::Warned(text) => terminal.warn(text),
        }
    }
}

/// Says which field each column goes into, and what is not imported: first what looks like something that a contact has a
/// place for, then all other source fields with values that found none. Then the places of damaged values.
pub fn say(inputs: &[Input], seen: &Seen, terminal: &Terminal) {
    for (column, field) in mapping(inputs) {
        terminal.say(mapped(&shown(column), field));
    }
    let lines = not_imported(inputs, seen, COLUMNS).into_iter();
    lines
        .chain(damaged(seen))
        .for_each(|line| line.say(terminal));
}

/// The columns of all inputs that are filled, each with its field.
pub fn mapping(inputs: &[Input]) -> Vec<(&str, &str)> {
    let mut mapping: Vec<(&str, &str)> = Vec::new();
    for (column, field) in inputs.iter().flat_map(|one| &one.overview.fields) {
        let pair = (column.as_str(), field.as_str());
        if !mapping.contains(&pair) {
            mapping.push(pair);
        }
    }
    mapping
}

pub fn mapped(columns: &str, field: &str) -> String {
    tr!("overview-field", column = columns, field)
}

/// The places of values that look damaged.
pub fn damaged(seen: &Seen) -> impl Iterator<Item = Line> {
    TOLD.into_iter().filter_map(|kind| {
        let first = seen.told.get(&kind)?;
        let count = seen.notes.of(kind);
        let places = lang::joined(first.iter().cloned()).unwrap_or_default();
        Some(Line::Warned(tr!(
            &format!("told-{kind}"),
            count,
            places = match count - first.len() as u64 {
                0 => places,
                more => tr!("told-more", places, count = more),
            }
        )))
    })
}

/// What is not imported; of the columns that nobody expects to be, at most so many are named.
pub fn not_imported(inputs: &[Input], seen: &Seen, most: usize) -> Vec<Line> {
    let not_imported = seen.notes.not_imported();
    let doubtful: BTreeMap<&str, &str> = inputs
        .iter()
        .flat_map(|one| &one.overview.doubtful)
        .map(|(column, reason)| (column.as_str(), reason.as_str()))
        .collect();
    let mut lines: Vec<Line> = (doubtful.iter())
        .map(|(column, reason)| {
            let count = not_imported.get(*column).copied().unwrap_or(0);
            let column = shown(column);
            Line::Warned(tr!("overview-doubtful", column, count, reason))
        })
        .collect();
    let mut others: Vec<(&str, u64)> = not_imported
        .iter()
        .map(|(column, count)| (column.as_str(), *count))
        .filter(|(column, _)| !doubtful.contains_key(column))
        .collect();
    others.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named = others.iter().take(most);
    let named = named.map(|(column, count)| tr!("overview-column", column = plain(column), count));
    if let Some(columns) = lang::joined(named) {
        lines.push(Line::Said(match others.len().saturating_sub(most) {
            0 => tr!("overview-not-imported", columns),
            more => tr!("overview-not-imported-more", columns, count = more),
        }));
    }
    lines
}
