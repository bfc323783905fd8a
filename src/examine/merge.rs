//! `[normalize] duplicates = "merge"`: what only a duplicate has completes the first record's contact, by the rules by which a contact of
//! the service is completed.
//!
//! A duplicate stands behind the record that it repeats, so a pass over the input finds the duplicates first. The key stays the
//! first record's own: what completes it must not make it another record.

use super::again::read_again;
use super::{Record, Verdict};
use crate::api::compare::completion;
use crate::contact::json;
use crate::contact::json::from_json;
use crate::contact::{Contact, ContactDraft};
use crate::input::Input;
use crate::mapping::LabelOf;
use crate::note::NoteKind;
use crate::plan::{Earlier, Likeness, Resemblance, only_in};
use crate::report::RecordNote;
use serde_json::Value;
use std::collections::HashMap;
use std::io;
use std::ops::Range;

/// The duplicates of an input that have something of their own.
#[derive(Debug, Default)]
pub struct Merges {
    /// By the number of the record that they repeat, from 0.
    duplicates: HashMap<u32, Vec<Duplicate>>,
    /// What became of their values, by the input and the place in it, once the first record was completed.
    notes: HashMap<(usize, u64), Vec<RecordNote>>,
}

#[derive(Debug)]
struct Duplicate {
    input: usize,
    span: Range<u64>,
}

impl Merges {
    /// Takes the next record of a pass over the inputs that finds the duplicates.
    pub fn add(&mut self, record: &Record, earlier: &mut Earlier) {
        let place = &record.place;
        let likeness = match &record.verdict {
            Verdict::Valid { likeness, .. } => Some(likeness),
            _ => None,
        };
        let resemblance = earlier.add(place.input, place.line, &place.span, likeness);
        if let Resemblance::SameKey(of) | Resemblance::Duplicate(of) = resemblance
            && likeness.is_some_and(|likeness| !earlier.record(of).is_same(likeness))
        {
            self.duplicates.entry(of).or_default().push(Duplicate {
                input: place.input,
                span: place.span.clone(),
            });
        }
    }

    /// What became of the values of a duplicate.
    pub(super) fn notes_of(&mut self, input: usize, span: &Range<u64>) -> Option<Vec<RecordNote>> {
        self.notes.remove(&(input, span.start))
    }

    /// Completes a record by its duplicates, if it has any.
    pub(super) fn complete(
        &mut self,
        number: u32,
        record: &mut Record,
        sources: &[Input],
    ) -> io::Result<()> {
        // Most inputs have none, and a hash of each number would take longer than to see that.
        if self.duplicates.is_empty() {
            return Ok(());
        }
        let Some(duplicates) = self.duplicates.remove(&number) else {
            return Ok(());
        };
        let Verdict::Valid {
            likeness,
            payload: body,
        } = &mut record.verdict
        else {
            return Ok(());
        };
        let place = &record.place;
        let first = |draft: &ContactDraft<'_>, _: LabelOf<'_>| json_of(draft);
        let mut merged = read_again(&sources[place.input], &place.span, first)?;
        for one in duplicates {
            let (completed, notes) =
                read_again(&sources[one.input], &one.span, |draft, label_of| {
                    merge(&merged, draft, label_of)
                })?;
            merged = completed;
            self.notes.insert((one.input, one.span.start), notes);
        }
        let draft = from_json(&merged);
        let Some(contact) = Contact::check(&draft, &mut Vec::new()) else {
            return Ok(());
        };
        let is_plan = !body.is_empty();
        let completed = Likeness::of(&contact, &[], is_plan, None, &mut String::new());
        likeness.identity = completed.identity;
        likeness.persons = completed.persons;
        if is_plan {
            *body = json::to_json(&contact);
        }
        Ok(())
    }
}

/// Completes a contact, and says of each value that only the duplicate has whether it was taken over.
fn merge(
    first: &Value,
    duplicate: &ContactDraft<'_>,
    label_of: LabelOf<'_>,
) -> (Value, Vec<RecordNote>) {
    let mut merged = first.clone();
    for (name, value) in completion(&json_of(duplicate), first).body {
        let mut tried = merged.clone();
        tried[name] = value;
        let is_valid = Contact::check(&from_json(&tried), &mut Vec::new()).is_some();
        if is_valid {
            merged = tried;
        }
    }
    let (before, after) = (from_json(first), from_json(&merged));
    let left = only_in(duplicate, &after);
    let notes = only_in(duplicate, &before).into_iter().map(|text| {
        let kind = match left.iter().any(|left| std::ptr::eq(*left, text)) {
            true => NoteKind::OnlyInDuplicate,
            false => NoteKind::Merged,
        };
        RecordNote::of_duplicate(kind, text, label_of)
    });
    let notes = notes.collect();
    (merged, notes)
}

fn json_of(draft: &ContactDraft<'_>) -> Value {
    serde_json::from_str(&json::to_json(draft)).expect("it was written as JSON")
}
