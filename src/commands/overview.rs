//! What the terminal shows of the inputs before anything is sent: where their columns go, what is not imported, and which
//! values look damaged.

use crate::examine::Record;
use crate::input::{Input, Overview};
use crate::lang::{self, tr};
use crate::note::NoteKind;
use crate::printable::{plain, shown};
use crate::report::{RecordNote, place_of_field};
use crate::terminal::Terminal;
use std::collections::BTreeMap;

/// Columns that are not imported of which more are only counted.
const COLUMNS: usize = 30;

/// Places of one kind of note of which more are only counted.
const PLACES: usize = 5;

/// Notes that a person should see before anything is sent: the value may be wrong, or a way to reach somebody is missing.
pub const TOLD: [NoteKind; 6] = [
    NoteKind::EmailInvalid,
    NoteKind::LostZero,
    NoteKind::LettersLost,
    NoteKind::ControlRemoved,
    NoteKind::SpreadsheetError,
    NoteKind::Suspicious,
];

/// What is seen of the notes while records are read.
#[derive(Debug, Default)]
pub struct Seen {
    /// Values that are in no payload, by source field.
    not_imported: BTreeMap<String, u64>,
    told: BTreeMap<NoteKind, Told>,
}

#[derive(Debug, Default)]
struct Told {
    count: u64,
    first: Vec<String>,
}

impl Seen {
    /// Takes the notes of a record into account.
    pub fn add(&mut self, record: &Record, sources: &[Input]) {
        for note in &record.notes {
            if note.kind.is_lost()
                && let Some(field) = &note.source_field
            {
                match self.not_imported.get_mut(field.as_str()) {
                    Some(count) => *count += 1,
                    None => drop(self.not_imported.insert(field.to_string(), 1)),
                }
            }
            if TOLD.contains(&note.kind) {
                let told = self.told.entry(note.kind).or_default();
                told.count += 1;
                if told.first.len() < PLACES {
                    let Input { name, reject, .. } = &sources[record.place.input];
                    let field = note.source_field.as_deref();
                    let place = place_of_field(reject, record.place.line, field);
                    told.first.push(place_of(&format!("{name}:{place}"), note));
                }
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

/// Says which field each column goes into, and what is not imported: first what looks like something that a contact has a
/// place for, then all other source fields with values that found none. Then the places of damaged values.
pub fn say(overviews: &[Overview], seen: &Seen, terminal: &Terminal) {
    for (column, field) in overviews.iter().flat_map(|one| &one.fields) {
        let column = shown(column);
        terminal.say(tr!(
            "overview-field",
            column = column,
            field = field.as_str()
        ));
    }
    say_not_imported(overviews, seen, terminal);
    for kind in TOLD {
        let Some(told) = seen.told.get(&kind) else {
            continue;
        };
        let places = lang::joined(told.first.iter().cloned()).unwrap_or_default();
        terminal.warn(tr!(
            &format!("told-{kind}"),
            count = told.count,
            places = match told.count - told.first.len() as u64 {
                0 => places,
                more => tr!("told-more", places = places, count = more),
            }
        ));
    }
}

fn say_not_imported(overviews: &[Overview], seen: &Seen, terminal: &Terminal) {
    let doubtful: BTreeMap<&str, &str> = overviews
        .iter()
        .flat_map(|one| &one.doubtful)
        .map(|(column, reason)| (column.as_str(), reason.as_str()))
        .collect();
    for (column, reason) in &doubtful {
        let count = seen.not_imported.get(*column).copied().unwrap_or(0);
        let column = shown(column);
        terminal.warn(tr!(
            "overview-doubtful",
            column = column,
            count = count,
            reason = *reason
        ));
    }
    let mut others: Vec<(&str, u64)> = seen
        .not_imported
        .iter()
        .map(|(column, count)| (column.as_str(), *count))
        .filter(|(column, _)| !doubtful.contains_key(column))
        .collect();
    others.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let named = others.iter().take(COLUMNS);
    let named =
        named.map(|(column, count)| tr!("overview-column", column = plain(column), count = *count));
    if let Some(columns) = lang::joined(named) {
        terminal.say(match others.len().saturating_sub(COLUMNS) {
            0 => tr!("overview-not-imported", columns = columns),
            more => tr!(
                "overview-not-imported-more",
                columns = columns,
                count = more
            ),
        });
    }
}
