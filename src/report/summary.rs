//! `summary.json`: the counts, which add up to the records.

use super::message::{ONLY_IN_DUPLICATE, is_known};
use super::{Example, Outcome, RecordProblem, Row};
use crate::contact::pattern_of;
use crate::lang::{self, Phrase, tr};
use crate::note::NoteKind;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What stands in the place of a run's id in a check.
pub const CHECK: &str = "check";

pub const CHANGED: &str = "CHANGED";

pub const UPDATED: &str = "UPDATED";

/// The service has a contact of this record with other content, which somebody else made.
pub const DIFFERS: &str = "DIFFERS";

/// A contact that somebody else made is this record's from now on.
pub const ADOPTED: &str = "ADOPTED";

pub use crate::ledger::KEY_NOT_UNIQUE;

/// How many places of duplicates with values of their own are kept.
const PLACES: usize = 3;

#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The run's id; `check` for a check.
    pub run: String,
    /// The base URL of the service; empty for a check.
    pub service: String,
    /// RFC 3339, as `finished`.
    pub started: String,
    pub finished: String,
    pub seconds: f64,
    /// Requests that were to create a contact.
    pub attempts: u64,
    /// Records that exist with other content (`CHANGED`).
    pub changed: u64,
    /// Records whose contact was brought up to date (`UPDATED`).
    pub updated: u64,
    /// Records whose contact somebody else made, with other content (`DIFFERS`).
    pub differ: u64,
    /// Contacts of others that were adopted (`ADOPTED`, or `UPDATED` where they were completed).
    pub adopted: u64,
    /// Records whose key several contacts of the service have (`KEY_NOT_UNIQUE`).
    pub not_unique: u64,
    /// Contacts that were created for the source, and whose key it no longer has.
    pub gone: u64,
    /// Those of them that were deleted.
    pub gone_deleted: u64,
    /// Those of them that could not be deleted.
    pub gone_failed: u64,
    /// Records whose contact was deleted after the run.
    pub deleted_later: u64,
    /// Records that a later run created, by what they came to in this one.
    pub created_later: BTreeMap<Outcome, u64>,
    /// What the guards said that have stopped the run.
    pub objections: Vec<Phrase>,
    /// The run whose unknown records wait for a person (`cardlift resolve`).
    pub resolve: Option<String>,
    /// Duplicates with values that the records which they repeat lack (`ONLY_IN_DUPLICATE`).
    pub incomplete_duplicates: u64,
    /// The first places of such duplicates.
    pub duplicate_places: Vec<String>,
    pub sources: Vec<SourceSummary>,
    pub outcomes: BTreeMap<Outcome, u64>,
    /// Problems by code and field.
    pub problems: BTreeMap<(String, String), u64>,
    /// The first problem of each code and field.
    pub examples: BTreeMap<(String, String), Example>,
    pub notes: NoteCounts,
}

#[derive(Clone, Debug, Default)]
pub struct NoteCounts {
    by_kind: BTreeMap<NoteKind, u64>,
    not_imported: BTreeMap<String, u64>,
}

impl NoteCounts {
    /// Counts a note; `is_card` if it is on a vCard. Its source field is needed where the value is lost.
    pub fn add(&mut self, kind: NoteKind, source_field: Option<&str>, is_card: bool) {
        *self.by_kind.entry(kind).or_default() += 1;
        if !kind.is_lost() {
            return;
        }
        let field = match source_field {
            None => "record",
            Some(field) if is_card => without_group(field),
            Some(field) => field,
        };
        self.add_not_imported(field, 1);
    }

    fn add_not_imported(&mut self, field: &str, more: u64) {
        match self.not_imported.get_mut(field) {
            Some(count) => *count += more,
            None => drop(self.not_imported.insert(field.into(), more)),
        }
    }

    pub fn merge(&mut self, more: &NoteCounts) {
        for (kind, count) in &more.by_kind {
            *self.by_kind.entry(*kind).or_default() += count;
        }
        for (field, count) in &more.not_imported {
            self.add_not_imported(field, *count);
        }
    }

    pub fn of(&self, kind: NoteKind) -> u64 {
        self.by_kind.get(&kind).copied().unwrap_or(0)
    }

    /// Values that are not imported, by source field.
    pub fn not_imported(&self) -> &BTreeMap<String, u64> {
        &self.not_imported
    }
}

/// An input and how it was read.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SourceSummary {
    /// As the user named it.
    pub path: String,
    /// How it was read: format, encoding, preset.
    pub read_as: String,
    pub records: u64,
    /// What a person should know about it, such as lines outside of vCards.
    pub warnings: Vec<String>,
}

impl Summary {
    pub fn count(&mut self, row: &Row<'_>, input: usize) {
        *self.outcomes.entry(row.outcome).or_default() += 1;
        self.changed += u64::from(row.code == CHANGED);
        self.updated += u64::from(row.code == UPDATED);
        self.differ += u64::from(row.code == DIFFERS);
        self.not_unique += u64::from(row.code == KEY_NOT_UNIQUE);
        self.attempts += u64::from(row.attempts);
        if row.code == ONLY_IN_DUPLICATE {
            self.incomplete_duplicates += 1;
            if self.duplicate_places.len() < PLACES {
                self.duplicate_places.push(row.place());
            }
        }
        if let Some(source) = self.sources.get_mut(input) {
            source.records += 1;
        }
    }

    /// Counts a record to which something happened after the run: a later run created it, or its contact was deleted. One that
    /// was deleted and created again is where it was.
    pub fn count_later(&mut self, outcome: Outcome, is_created: bool) {
        match (is_created, outcome) {
            (true, Outcome::Created | Outcome::Exists) => {}
            (true, _) => *self.created_later.entry(outcome).or_default() += 1,
            (false, _) => self.deleted_later += 1,
        }
    }

    /// Rejects that a later run created. The files of rejects leave them out.
    pub fn fixed_later(&self) -> u64 {
        let fixed = self.created_later.iter();
        let fixed = fixed.filter(|(one, _)| one.is_reject() || **one == Outcome::Duplicate);
        fixed.map(|(_, count)| count).sum()
    }

    /// Counts a problem; gives the example if it is the first of its code and field.
    pub fn count_problem(
        &mut self,
        problem: &RecordProblem,
        row: &Row<'_>,
    ) -> Option<&mut Example> {
        let key = (problem.code.to_string(), pattern_of(&problem.field));
        let count = self.problems.entry(key.clone()).or_default();
        *count += 1;
        match *count {
            1 => Some(
                self.examples
                    .entry(key)
                    .or_insert(Example::new(row, problem)),
            ),
            _ => None,
        }
    }

    pub fn of(&self, outcome: Outcome) -> u64 {
        self.outcomes.get(&outcome).copied().unwrap_or(0)
    }

    /// `59 records: 58 created, 1 invalid`; `shown` may colour each outcome.
    pub fn totals(&self, shown: impl Fn(Outcome, String) -> String) -> String {
        let outcomes = outcomes_said(&self.outcomes, shown);
        tr!("totals", count = self.records(), outcomes)
    }

    pub fn records(&self) -> u64 {
        self.outcomes.values().sum()
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

    /// What is to be done next; `has_rejects` if files of rejects were written.
    pub fn advice(&self, has_rejects: bool) -> Option<Advice> {
        let later = |outcome| self.created_later.get(&outcome).copied().unwrap_or(0);
        let open = |outcome| self.of(outcome).saturating_sub(later(outcome));
        let any = |outcomes: &[Outcome]| outcomes.iter().any(|outcome| open(*outcome) > 0);
        let code = || self.telling().to_owned();
        if self.run == CHECK {
            return match self.incomplete_duplicates > 0 || any(&[Outcome::Invalid]) {
                true => Some(Advice::FixFiles(code())),
                false => any(&[Outcome::Valid]).then_some(Advice::Import),
            };
        }
        // They say themselves what there is to do.
        if !self.objections.is_empty() {
            return None;
        }
        if let Some(run) = &self.resolve {
            return Some(Advice::Resolve(run.clone()));
        }
        if any(&[Outcome::Unknown]) {
            return Some(Advice::LookAgain);
        }
        if any(&[Outcome::NotAttempted]) {
            return Some(Advice::GoOn);
        }
        let has_duplicates = self.incomplete_duplicates > later(Outcome::Duplicate);
        if has_duplicates || any(&[Outcome::Invalid, Outcome::Rejected]) {
            return has_rejects.then(|| Advice::FixRejects(code()));
        }
        has_rejects.then_some(match any(&[Outcome::Created]) {
            true => Advice::GoOn,
            false => Advice::TryLater,
        })
    }

    /// The commonest problem that `cardlift explain-code` has a page about.
    fn telling(&self) -> &str {
        let commonest = self.commonest();
        let mut codes = commonest.iter().map(|(code, _, _)| *code);
        let other = match self.incomplete_duplicates {
            0 => Outcome::Rejected.as_str(),
            _ => ONLY_IN_DUPLICATE,
        };
        codes.find(|code| is_known(code)).unwrap_or(other)
    }

    pub fn to_json(&self) -> Value {
        let outcomes = BTreeMap::from(Outcome::ALL.map(|one| (one, self.of(one))));
        let problems = self.commonest().into_iter();
        let problems = problems
            .map(|(code, field, count)| json!({"code": code, "field": field, "count": count}));
        let notes = self.notes.by_kind.iter();
        let notes: BTreeMap<&str, u64> =
            notes.map(|(kind, count)| (kind.as_str(), *count)).collect();
        let created = self.of(Outcome::Created) as f64;
        let per_minute = if self.seconds > 0.0 {
            created * 60.0 / self.seconds
        } else {
            0.0
        };
        let mut value = json!({
            "run": self.run,
            "started": self.started,
            "finished": self.finished,
            "seconds": (self.seconds * 1000.0).round() / 1000.0,
            "records": self.records(),
            "outcomes": outcomes,
            "changed": self.changed,
            "updated": self.updated,
            "adopted": self.adopted,
            "differ": self.differ,
            "gone": self.gone,
            "gone_deleted": self.gone_deleted,
            "deleted_later": self.deleted_later,
            "created_later": self.created_later.values().sum::<u64>(),
            "fixed_later": self.fixed_later(),
            "only_in_duplicate": self.incomplete_duplicates,
            "problems": problems.collect::<Vec<_>>(),
            "notes": notes,
            "carried_over": self.notes.not_imported,
            "attempts": self.attempts,
            "created_per_minute": (per_minute * 10.0).round() / 10.0,
            "sources": self.sources,
        });
        if !self.service.is_empty() {
            value["service"] = self.service.as_str().into();
        }
        value
    }
}

/// The outcomes that some records have: `58 created, 1 invalid`; `shown` may colour each.
pub fn outcomes_said(
    outcomes: &BTreeMap<Outcome, u64>,
    shown: impl Fn(Outcome, String) -> String,
) -> String {
    let some = outcomes.iter().filter(|(_, count)| **count > 0);
    let said = some.map(|(outcome, count)| shown(*outcome, outcome.counted(*count)));
    lang::joined(said).unwrap_or_else(|| tr!("nothing"))
}

/// What is to be done after a run or a check. The codes are of the problem to read about first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    Import,
    FixFiles(String),
    FixRejects(String),
    /// Say what became of the unknown records of this run.
    Resolve(String),
    /// Run it again: what is unknown is looked up first.
    LookAgain,
    /// Run it again for the rest.
    GoOn,
    /// Nothing was created, and all that was tried failed.
    TryLater,
}

impl Advice {
    pub fn phrase(&self) -> Phrase {
        let with_code = |key, code: &String| Phrase::new(key, [("code", code.as_str().into())]);
        match self {
            Advice::Import => Phrase::new("next-import", []),
            Advice::FixFiles(code) => with_code("next-check", code),
            Advice::FixRejects(code) => with_code("next-rejects", code),
            Advice::Resolve(_) => Phrase::new("next-resolve", []),
            Advice::LookAgain => Phrase::new("next-unknown", []),
            Advice::GoOn => Phrase::new("next-again", []),
            Advice::TryLater => Phrase::new("next-unreached", []),
        }
    }
}

/// A property's label without its group, which numbers the items of one card and means nothing across cards.
fn without_group(label: &str) -> &str {
    match label.split_once('.') {
        Some((group, rest)) if !group.contains(';') => rest,
        _ => label,
    }
}
