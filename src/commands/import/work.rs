//! What there is to do for an import, and what is said of it beforehand.

use super::Job;
use crate::api::{Planned, plan_rate};
use crate::cli::Import;
use crate::commands::gone::Gone;
use crate::commands::remote::{Match, Means};
use crate::commands::service;
use crate::commands::update;
use crate::config::Config;
use crate::exit::Failed;
use crate::lang::tr;
use crate::ledger::{Counts, Ledger, RecordId, RunId, State, Update};
use crate::mapping::spec::OnChange;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What there is to do.
#[derive(Default)]
pub struct Work {
    /// The records of the run.
    pub counts: Counts,
    pub unknown: u64,
    /// What `match_remote` has found.
    pub found: Vec<Match>,
    /// What has left the source.
    pub gone: Gone,
    /// Contacts whose source has changed, and that are to be brought up to date.
    pub changed: Vec<Update>,
    /// Contacts that are written to: those that have changed, and those of others that are completed.
    pub updates: Group,
    /// Contacts of others that are adopted, and not written to.
    pub adoptions: Group,
    /// Records whose contact somebody else made, with other content, which stays as it is.
    pub differ: Group,
    /// Records whose key several contacts have.
    pub not_unique: Group,
    /// The properties that are written.
    fields: BTreeSet<String>,
}

/// Records that are treated alike.
#[derive(Default)]
pub struct Group {
    pub count: u64,
    /// The first of them.
    pub first: Vec<RecordId>,
}

/// So many records of a group are named.
pub const NAMED: usize = 3;

impl Group {
    fn add(&mut self, record: RecordId) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(record);
        }
    }
}

impl Work {
    /// Counts what is planned, beside what was found and is gone.
    pub fn add_up(
        &mut self,
        ledger: &Ledger,
        run: RunId,
        on_change: OnChange,
    ) -> Result<(), Failed> {
        self.counts = ledger.counts(run)?;
        self.unknown = ledger.unknowns(run)?.len() as u64;
        if on_change == OnChange::Update {
            self.changed = ledger.updates(run)?;
        }
        for one in &self.changed {
            self.updates.add(one.record);
            self.fields.extend(update::changed(one));
        }
        for one in &self.found {
            let changes = one.adoption.iter().flatten();
            self.fields
                .extend(changes.map(|change| change.field.clone()));
            match one.means() {
                Means::Completed => self.updates.add(one.record),
                Means::Adopted => self.adoptions.add(one.record),
                Means::NotUnique => self.not_unique.add(one.record),
                Means::Differs => self.differ.add(one.record),
                Means::Same => {}
            }
        }
        Ok(())
    }

    pub fn creates(&self) -> u64 {
        self.counts.of(State::Planned)
    }

    pub fn invalid(&self) -> u64 {
        self.counts.of(State::Invalid) - self.counts.skipped
    }

    /// Contacts whose record has left the source: those that are deleted, and those that stay.
    pub fn left(&self) -> (u64, u64) {
        let left = self.gone.contacts.len() as u64;
        match self.gone.deletes {
            true => (left, 0),
            false => (0, left),
        }
    }

    /// Whether nothing is sent.
    pub fn is_nothing(&self) -> bool {
        self.creates() + self.unknown + self.updates.count + self.left().0 == 0
    }

    /// The counts by what is done, for scripts.
    pub fn json(&self) -> Value {
        let (counts, (deletes, gone)) = (&self.counts, self.left());
        json!({
            "create": self.creates(),
            "update": self.updates.count,
            "fields": self.fields,
            "adopt": self.adoptions.count,
            "differ": self.differ.count,
            "key_not_unique": self.not_unique.count,
            "exists": counts.of(State::Exists),
            "duplicate": counts.of(State::Duplicate),
            "invalid": self.invalid(),
            "skipped": counts.skipped,
            "wait": counts.of(State::Held),
            "look_up": self.unknown,
            "delete": deletes,
            "gone": gone,
        })
    }

    pub fn question(&self, target: &str) -> String {
        let creates = self.creates() + self.unknown;
        let (updates, (deletes, _)) = (self.updates.count, self.left());
        match (updates, deletes) {
            (0, 0) => tr!("confirm-create", count = creates, target),
            (_, 0) => tr!("confirm-update", creates, updates, target),
            _ => tr!("confirm-delete", creates, updates, deletes, target),
        }
    }

    /// The properties that are written.
    pub fn fields(&self) -> String {
        let fields: Vec<&str> = self.fields.iter().map(String::as_str).collect();
        fields.join(", ")
    }
}

/// The rate that is never exceeded; none for the sandbox.
pub fn peak(import: &Import, config: &Config, target: &service::Target) -> Option<u32> {
    let configured = (!target.is_sandbox()).then_some(config.send.rate.get());
    import.rate.or(configured)
}

impl Job<'_> {
    /// The rate at which contacts are created.
    pub fn rate(&self) -> Planned {
        let (import, config) = (self.import, &self.opened.config);
        let creates = self.work.creates();
        plan_rate(
            import.limit.map_or(creates, |limit| limit.min(creates)),
            peak(import, config, &self.target),
            config.send.sustained_rate,
            import.rate.is_some(),
        )
    }
}
