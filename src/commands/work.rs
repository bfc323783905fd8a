//! What there is to do for an import, and what is said of it beforehand.

use super::gone::Gone;
use super::remote::Match;
use super::service;
use super::update;
use crate::api::{Planned, plan_rate};
use crate::cli::Import;
use crate::config::Config;
use crate::exit::Failed;
use crate::lang::{self, tr};
use crate::ledger::{Counts, Ledger, RunRow, State};
use crate::mapping::spec::OnChange;
use crate::terminal::{Terminal, spoken};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What there is to do.
#[derive(Default)]
pub struct Work {
    pub creates: u64,
    pub unknown: u64,
    /// Contacts that are written to: those whose source has changed, and those of others that are completed.
    pub updates: u64,
    /// Contacts of others that are adopted, and not written to.
    pub adoptions: u64,
    /// Records whose contact somebody else made, with other content, which stays as it is.
    pub differ: u64,
    /// Records whose key several contacts have.
    not_unique: u64,
    /// Contacts whose record has left the source, which stay.
    gone: u64,
    /// Contacts whose record has left the source, which are deleted.
    pub deletes: u64,
    /// The properties that are written.
    fields: BTreeSet<String>,
}

impl Work {
    pub fn of(
        ledger: &Ledger,
        run: &RunRow,
        on_change: OnChange,
        found: &[Match],
        gone: &Gone,
        counts: &Counts,
    ) -> Result<Work, Failed> {
        let left = gone.contacts.len() as u64;
        let mut work = Work {
            creates: counts.of(State::Planned),
            unknown: ledger.unknowns(run.id)?.len() as u64,
            gone: if gone.deletes { 0 } else { left },
            deletes: if gone.deletes { left } else { 0 },
            ..Work::default()
        };
        if on_change == OnChange::Update {
            for one in ledger.updates(run.id)? {
                work.updates += 1;
                work.fields.extend(update::changed(&one));
            }
        }
        for one in found {
            let patch = one.adoption.as_ref().map(|adoption| &adoption.patch);
            match patch {
                Some(Some(patch)) if !patch.body.is_empty() => {
                    work.updates += 1;
                    work.fields.extend(patch.body.keys().cloned());
                }
                Some(_) => work.adoptions += 1,
                None if one.contact_id.is_none() => work.not_unique += 1,
                None if !one.differences.is_empty() => work.differ += 1,
                None => {}
            }
        }
        Ok(work)
    }

    /// Whether nothing is sent.
    pub fn is_nothing(&self) -> bool {
        self.creates + self.unknown + self.updates + self.deletes == 0
    }

    /// The counts by what is done, for scripts.
    pub fn json(&self, counts: &Counts) -> Value {
        json!({
            "create": self.creates, "update": self.updates, "fields": self.fields, "adopt": self.adoptions,
            "differ": self.differ, "key_not_unique": self.not_unique, "exists": counts.of(State::Exists),
            "duplicate": counts.of(State::Duplicate), "invalid": counts.of(State::Invalid) - counts.skipped,
            "skipped": counts.skipped, "wait": counts.of(State::Held), "look_up": self.unknown,
            "delete": self.deletes, "gone": self.gone,
        })
    }

    pub fn question(&self, target: &str) -> String {
        let creates = self.creates + self.unknown;
        if self.deletes > 0 {
            return tr!(
                "confirm-delete",
                creates = creates,
                updates = self.updates,
                deletes = self.deletes,
                target = target
            );
        }
        match self.updates {
            0 => tr!("confirm-create", count = creates, target = target),
            updates => tr!(
                "confirm-update",
                creates = creates,
                updates = updates,
                target = target
            ),
        }
    }

    /// The plan in one line.
    fn states(&self, counts: &Counts) -> String {
        let fields = self.fields.iter().map(String::as_str).collect::<Vec<_>>();
        let invalid = counts.of(State::Invalid) - counts.skipped;
        let of = |state: State, say: fn(u64) -> String| {
            let count = counts.of(state);
            (count, say(count))
        };
        let fields = fields.join(", ");
        let states = [
            (self.creates, tr!("plan-planned", count = self.creates)),
            (
                self.updates,
                tr!("plan-updates", count = self.updates, fields = fields),
            ),
            (self.adoptions, tr!("plan-adopted", count = self.adoptions)),
            (self.differ, tr!("plan-differ", count = self.differ)),
            (
                self.not_unique,
                tr!("plan-not-unique", count = self.not_unique),
            ),
            (self.deletes, tr!("plan-deletes", count = self.deletes)),
            (self.gone, tr!("plan-gone", count = self.gone)),
            of(State::Exists, |count| tr!("plan-exists", count = count)),
            of(State::Duplicate, |count| {
                tr!("plan-duplicate", count = count)
            }),
            (invalid, tr!("plan-invalid", count = invalid)),
            (counts.skipped, tr!("plan-skipped", count = counts.skipped)),
            of(State::Held, |count| tr!("plan-held", count = count)),
            (counts.changed, tr!("plan-changed", count = counts.changed)),
        ];
        let states = states.into_iter().filter(|(count, _)| *count > 0);
        lang::joined(states.map(|(_, said)| said)).unwrap_or_else(|| tr!("plan-empty"))
    }
}

/// The rate that is never exceeded; none for the sandbox.
pub fn peak(import: &Import, config: &Config, target: &service::Target) -> Option<u32> {
    let configured = (!target.is_sandbox()).then_some(config.send.rate.get());
    import.rate.or(configured)
}

pub fn rate(import: &Import, config: &Config, target: &service::Target, creates: u64) -> Planned {
    let contacts = import.limit.map_or(creates, |limit| limit.min(creates));
    plan_rate(
        contacts,
        peak(import, config, target),
        config.send.sustained_rate,
        import.rate.is_some(),
    )
}

/// Says what is about to happen, and who will see and own what is made.
pub fn say(
    (work, counts): (&Work, &Counts),
    config: &Config,
    maps_permission: bool,
    target: &service::Target,
    terminal: &Terminal,
) {
    let states = work.states(counts);
    let service = match target.is_sandbox() {
        true => tr!("target-sandbox"),
        false => target.called().to_owned(),
    };
    terminal.say(match &config.auth.service_account {
        Some(account) if !target.is_sandbox() => tr!(
            "plan-as",
            states = states,
            target = service,
            account = account.as_str()
        ),
        _ => tr!("plan", states = states, target = service),
    });
    if work.creates > 0 {
        terminal.say(visibility(config, maps_permission));
    }
}

/// Who will see the contacts that are made, and who owns them.
fn visibility(config: &Config, maps_permission: bool) -> String {
    let permission = &config.permission;
    let seen_by = match permission.accessible_range.0 == "ALL" {
        true => tr!("seen-by-all"),
        false => tr!("seen-by-members", count = permission.members.len()),
    };
    let owner = match &permission.master_user_id {
        Some(owner) => owner.clone(),
        None => tr!("owner-unset"),
    };
    match maps_permission {
        true => tr!("plan-visible-mapped", who = seen_by, owner = owner),
        false => tr!("plan-visible", who = seen_by, owner = owner),
    }
}

/// Says how long creating will take.
pub fn say_pace(rate: &Planned, work: &Work, import: &Import, terminal: &Terminal) {
    let Some(per_minute) = rate.per_minute.filter(|_| work.creates > 0) else {
        return;
    };
    let finish =
        jiff::Zoned::now() + jiff::SignedDuration::try_from(rate.expected).unwrap_or_default();
    let finish = finish.strftime("%Y-%m-%d %H:%M").to_string();
    let time = spoken(rate.expected);
    terminal.say(match (rate.halved, import.rate.is_some()) {
        (true, _) => tr!(
            "pace-halved",
            rate = per_minute,
            time = time,
            finish = finish
        ),
        (false, true) => tr!(
            "pace-asked",
            rate = per_minute,
            time = time,
            finish = finish
        ),
        (false, false) => tr!("pace", rate = per_minute, time = time, finish = finish),
    });
}
