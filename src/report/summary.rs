//! `summary.json`: the counts, which add up to the records.

use super::{Example, Outcome};
use crate::examine::Tally;
use crate::note::NoteKind;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What a whole run comes to.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The run's id; `check` for a check.
    pub run: String,
    /// When it began, RFC 3339.
    pub started: String,
    /// When it ended, RFC 3339.
    pub finished: String,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// Requests that were to create a contact.
    pub attempts: u64,
    /// Records that exist with other content (`CHANGED`).
    pub changed: u64,
    /// Records whose contact was brought up to date (`UPDATED`).
    pub updated: u64,
    /// The inputs.
    pub sources: Vec<SourceSummary>,
    /// Records by outcome.
    pub outcomes: BTreeMap<Outcome, u64>,
    /// Problems by code and field.
    pub problems: BTreeMap<(String, String), u64>,
    /// The first problem of each code and field.
    pub examples: BTreeMap<(String, String), Example>,
    /// Notes by kind.
    pub notes: BTreeMap<&'static str, u64>,
    /// Values that are in no payload, by source field.
    pub carried_over: BTreeMap<String, u64>,
}

/// An input and how it was read.
#[derive(Clone, Debug, Default)]
pub struct SourceSummary {
    /// As the user named it.
    pub path: String,
    /// How it was read: format, encoding, preset.
    pub read_as: String,
    /// Its records.
    pub records: u64,
}

impl Summary {
    /// Counts a record.
    pub fn count(&mut self, outcome: Outcome) {
        *self.outcomes.entry(outcome).or_default() += 1;
    }

    /// Records of an outcome.
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.outcomes.get(&outcome).copied().unwrap_or(0)
    }

    /// All records.
    pub fn records(&self) -> u64 {
        self.outcomes.values().sum()
    }

    /// Adds the counts of a batch of an input.
    pub fn add(&mut self, tally: &Tally, source: usize) {
        for ((code, field), example) in &tally.examples {
            let key = (code.as_str().to_owned(), field.clone());
            self.examples.entry(key).or_insert_with(|| Example {
                source: self.sources[source].path.clone(),
                ..example.clone()
            });
        }
        for ((code, field), count) in &tally.problems {
            let key = (code.as_str().to_owned(), field.clone());
            *self.problems.entry(key).or_default() += count;
        }
        for kind in NoteKind::ALL {
            let count = tally.notes[*kind as usize];
            if count > 0 {
                *self.notes.entry(kind.as_str()).or_default() += count;
            }
        }
        for (field, count) in &tally.carried_over {
            *self.carried_over.entry(field.clone()).or_default() += count;
        }
    }

    /// The problems, the commonest first.
    pub fn commonest(&self) -> Vec<(&str, &str, u64)> {
        let mut problems: Vec<_> = self
            .problems
            .iter()
            .map(|((code, field), count)| (code.as_str(), field.as_str(), *count))
            .collect();
        problems.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
        problems
    }

    /// `summary.json`.
    pub fn to_json(&self) -> Value {
        let outcomes: Map<String, Value> = Outcome::ALL
            .iter()
            .map(|outcome| (outcome.as_str().to_owned(), self.of(*outcome).into()))
            .collect();
        let problems: Vec<Value> = self
            .commonest()
            .into_iter()
            .map(|(code, field, count)| json!({"code": code, "field": field, "count": count}))
            .collect();
        let sources: Vec<Value> = self
            .sources
            .iter()
            .map(|one| json!({"path": one.path, "read_as": one.read_as, "records": one.records}))
            .collect();
        let created = self.of(Outcome::Created) as f64;
        let per_minute = if self.seconds > 0.0 {
            created * 60.0 / self.seconds
        } else {
            0.0
        };
        json!({
            "run": self.run,
            "started": self.started,
            "finished": self.finished,
            "seconds": (self.seconds * 1000.0).round() / 1000.0,
            "records": self.records(),
            "outcomes": outcomes,
            "changed": self.changed,
            "updated": self.updated,
            "problems": problems,
            "notes": self.notes,
            "carried_over": self.carried_over,
            "attempts": self.attempts,
            "created_per_minute": (per_minute * 10.0).round() / 10.0,
            "sources": sources,
        })
    }
}
