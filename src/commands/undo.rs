//! `cardlift undo RUN`: deletes what a run created, except contacts edited since, and forgets what it adopted.
//!
//! An adopted contact is somebody else's and stays; from then on the ledger knows nothing of it.
//!
//! Deleting twice does no harm, so nothing has to be looked up after a crash: the ledger has what is deleted for sure, and
//! the rest is asked for again, where a contact that is gone already says so itself.

use super::changes::{Changes, DELETE, Fate, Meaning, Session, explain};
use super::runs::{place_of, run_named};
use super::service;
use crate::api::{Failure, RemoteContact, plan_rate};
use crate::cli::Undo;
use crate::config::Config;
use crate::exit::{Exit, Failed, failed};
use crate::lang::{self, tr};
use crate::ledger::{ChangeOutcome, GoneOutcome, Ledger, LedgerError, RunRow, State, Step, ToUndo};
use crate::send::Why;
use crate::terminal::{Terminal, spoken};
use jiff::Timestamp;
use serde_json::json;

/// So many kept or failed contacts are named; `--json` names all that are kept.
const NAMED: usize = 20;

/// Why a contact is kept, as `--json` says it.
const EDITED: &str = "edited since";

/// Shows what would be deleted, asks, deletes, and says what was kept.
pub async fn run(undo: &Undo, terminal: &Terminal) -> Result<Exit, Failed> {
    let (config, place) = place_of(&undo.ledger, terminal)?;
    // Opening to write would make one, and there is nothing to undo in a new ledger.
    drop(place.open_to_read()?);
    let mut ledger = place.open()?;
    let run = run_named(&ledger, &undo.run)?;
    same_service(&run, &config)?;
    let is_named = |seq: u32| undo.records.is_empty() || undo.records.contains(&seq);
    let mut contacts = ledger.to_undo(run.id)?;
    contacts.retain(|contact| is_named(contact.record.seq()));
    let mut adopted = ledger.adopted(run.id)?;
    adopted.retain(|contact| is_named(contact.record.seq()));
    let plan = say_plan(&ledger, &run, &contacts, &adopted, terminal)?;
    let mut undone = Undone {
        not_tried: contacts.len() as u64,
        ..Undone::default()
    };
    let is_any = !(contacts.is_empty() && adopted.is_empty());
    if is_any && !agreed(undo, plan, (&contacts, &adopted), terminal)? {
        terminal.say(tr!("undo-refused"));
        if terminal.wants_json() {
            undone.show(&run, terminal)?;
        }
        return Ok(Exit::Done);
    }
    for contact in &adopted {
        ledger.apply(&Step::forget(contact.record, Timestamp::now()))?;
        undone.forgotten += 1;
    }
    let stopped = match contacts.is_empty() {
        true => None,
        false => {
            let both = (&ledger, &run);
            let deleted = undone.delete_all(undo, both, &contacts, &config, terminal);
            deleted.await?
        }
    };
    undone.show(&run, terminal)?;
    Ok(undone.exit(stopped, terminal))
}

/// A run's contacts are at its service, and nowhere else.
pub(super) fn same_service(run: &RunRow, config: &Config) -> Result<(), Failed> {
    let at = |url: &str| url.trim_end_matches('/').to_owned();
    if at(&run.info.base_url) == at(&config.api.base_url) {
        return Ok(());
    }
    let (run, service, configured) = (&run.name, &run.info.base_url, &config.api.base_url);
    Err(failed!(
        Configuration,
        "undo-other-service",
        run,
        service,
        configured
    ))
}

fn say_plan(
    ledger: &Ledger,
    run: &RunRow,
    contacts: &[ToUndo],
    adopted: &[ToUndo],
    terminal: &Terminal,
) -> Result<String, Failed> {
    let counts = ledger.counts(run.id)?;
    let undone = ledger.undone(run.id)?;
    let count = counts.of(State::Created);
    let created = tr!("undo-created", run = &run.name, count);
    let undone = (undone > 0).then(|| tr!("undo-undone", count = undone));
    let left = tr!("undo-left", count = contacts.len());
    let adopted = (!adopted.is_empty()).then(|| tr!("undo-adopted", count = adopted.len()));
    let plan = [Some(created), undone, Some(left), adopted];
    let plan = lang::joined(plan.into_iter().flatten()).unwrap_or_default();
    terminal.say(&plan);
    let gone = ledger.gone(run.id)?.into_iter();
    let deleted = gone
        .filter(|one| one.outcome == GoneOutcome::Deleted)
        .count();
    if deleted > 0 {
        terminal.warn(tr!("undo-deletions", count = deleted));
    }
    if counts.open() > 0 {
        terminal.warn(tr!("undo-unknown", count = counts.open()));
    }
    Ok(plan)
}

fn agreed(
    undo: &Undo,
    plan: String,
    (contacts, adopted): (&[ToUndo], &[ToUndo]),
    terminal: &Terminal,
) -> Result<bool, Failed> {
    let contacts = contacts.len() as u64;
    let mut about = vec![plan];
    if contacts > 0 {
        about.push(tr!("undo-trash"));
        terminal.say(&about[1]);
    }
    if undo.yes {
        return Ok(true);
    }
    let Some(asker) = terminal.asker(undo.no_input) else {
        return Err(failed!(Usage, "undo-cant-ask", count = contacts));
    };
    let question = match contacts {
        0 => tr!("undo-confirm-adopted", count = adopted.len()),
        _ => tr!("undo-confirm", count = contacts),
    };
    Ok(asker.confirm(&about, &question))
}

/// What became of the contacts.
#[derive(Default)]
struct Undone {
    deleted: u64,
    gone: u64,
    kept: Vec<(ToUndo, &'static str)>,
    failed: Vec<(ToUndo, Failure)>,
    /// Adoptions that were taken back.
    forgotten: u64,
    not_tried: u64,
}

/// Deletes one contact, unless it was edited since.
pub async fn delete(changes: &Changes<'_>, contact: &ToUndo) -> Result<Fate, LedgerError> {
    let found = tokio::select! {
        biased;
        () = changes.halt.called() => return Ok(Fate::NotTried),
        found = changes.client.read_contact(&contact.contact_id) => found,
    };
    let found = match found {
        Ok(found) => found,
        Err(failure) => return Ok(changes.failed(failure)),
    };
    if let Some(why) = found.as_ref().and_then(|found| edited(found, contact)) {
        return Ok(Fate::Kept(why));
    }
    if changes.halt.is_called() {
        return Ok(Fate::NotTried);
    }
    let id = &contact.contact_id;
    let meaning = |outcome, failure: Option<&Failure>| Meaning {
        outcome,
        code: failure.and_then(|failure| failure.code.clone()),
        message: failure.and_then(|failure| failure.description.clone()),
        modified: None,
        adopts: false,
    };
    let send = async {
        let outcome = match changes.client.delete_contact(id).await? {
            Some(()) => ChangeOutcome::Deleted,
            None => ChangeOutcome::Gone,
        };
        Ok(meaning(outcome, None))
    };
    let failed = |failure: &Failure| meaning(ChangeOutcome::Failed, Some(failure));
    let change = changes.change(contact.record, id, DELETE, send, failed);
    change.await
}

/// Why a contact has to be kept, if so: it was modified at another time than by our last write. All times are the service's own.
fn edited(contact: &RemoteContact, known: &ToUndo) -> Option<&'static str> {
    let written = known.written.or(contact.created_time);
    match (written, contact.modified_time) {
        (Some(written), Some(modified)) if modified == written => None,
        (Some(created), Some(modified)) if known.written.is_none() && modified <= created => None,
        (Some(_), Some(_)) => Some(EDITED),
        _ => Some("the service does not say whether it was edited since"),
    }
}

pub fn why_kept(why: &str) -> String {
    if why == EDITED {
        tr!("undo-kept-edited")
    } else {
        tr!("undo-kept-unclear")
    }
}

impl Undone {
    /// Deletes the contacts at the pace of the service; says why it stopped early, if so.
    async fn delete_all(
        &mut self,
        undo: &Undo,
        (ledger, run): (&Ledger, &RunRow),
        contacts: &[ToUndo],
        config: &Config,
        terminal: &Terminal,
    ) -> Result<Option<Why>, Failed> {
        let rate = plan_rate(
            contacts.len() as u64,
            undo.rate.or(Some(config.send.rate.get())),
            config.send.sustained_rate,
            undo.rate.is_some(),
        );
        if let Some(per_minute) = rate.per_minute {
            let time = spoken(rate.expected);
            terminal.say(tr!("undo-pace", rate = per_minute, time));
        }
        let credentials = service::credentials(&config.auth)?;
        let client = service::client(config, credentials, rate.per_minute, terminal)?;
        let session = Session {
            ledger,
            client: &client,
            settings: &config.send,
            terminal,
        };
        session
            .go_on_pacing(run.id, DELETE, &contacts[0].contact_id)
            .await?;
        let take = |contact: &ToUndo, fate| self.add(contact, fate);
        session
            .change_all(contacts, &tr!("phase-deleting"), delete, take)
            .await
    }

    fn add(&mut self, contact: &ToUndo, fate: Fate) {
        self.not_tried -= 1;
        match fate {
            Fate::Done(ChangeOutcome::Gone) => self.gone += 1,
            Fate::Done(_) => self.deleted += 1,
            Fate::Kept(why) => self.kept.push((contact.clone(), why)),
            Fate::Failed(failure) => self.failed.push((contact.clone(), failure)),
            Fate::NotTried => self.not_tried += 1,
        }
    }

    fn show(&mut self, run: &RunRow, terminal: &Terminal) -> Result<(), Failed> {
        self.kept.sort_by_key(|(contact, _)| contact.record);
        if terminal.wants_json() {
            let kept: Vec<_> = (self.kept.iter())
                .map(|(contact, why)| {
                    json!({"record": contact.record.seq(), "line": contact.line, "contact_id": contact.contact_id, "why": why})
                })
                .collect();
            let line = json!({
                "run": run.name, "deleted": self.deleted, "gone": self.gone, "kept": self.kept.len(),
                "failed": self.failed.len(), "not_tried": self.not_tried, "kept_contacts": kept,
                "adoptions_forgotten": self.forgotten,
            });
            terminal.json(&line)?;
        }
        let (deleted, gone) = (self.deleted, self.gone);
        let (kept, failed) = (self.kept.len(), self.failed.len());
        terminal.say(tr!("undo-totals", deleted, gone, kept, failed));
        if self.forgotten > 0 {
            terminal.say(tr!("undo-forgotten", count = self.forgotten));
        }
        let kept = (self.kept.iter()).map(|(contact, why)| (contact, why_kept(why)));
        let failed = (self.failed.iter()).map(|(contact, failure)| (contact, failure.to_string()));
        let all = self.kept.len() + self.failed.len();
        for (contact, what) in kept.chain(failed).take(NAMED) {
            let (record, name) = (contact.record.seq().to_string(), &contact.name);
            let id = &contact.contact_id;
            let line = tr!("undo-contact", record, name, id, what);
            terminal.say(format!("  {line}"));
        }
        if all > NAMED {
            terminal.say(format!("  {}", tr!("undo-more", count = all - NAMED)));
        }
        Ok(())
    }

    fn exit(&self, stopped: Option<Why>, terminal: &Terminal) -> Exit {
        let exit = match stopped {
            None if self.failed.is_empty() => return Exit::Done,
            None => Exit::Rejects,
            Some(why) => {
                let (exit, text) = explain(&why, self.deleted + self.gone > 0);
                terminal.alarm(text);
                exit
            }
        };
        terminal.say(tr!("undo-again"));
        exit
    }
}
