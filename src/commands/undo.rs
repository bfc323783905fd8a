//! `cardlift undo RUN`: deletes what a run created, except contacts edited since.
//!
//! Deleting twice does no harm, so nothing has to be looked up after a crash: the ledger has what is deleted for sure, and
//! the rest is asked for again, where a contact that is gone already says so itself.

use super::import::{ledger_path, of_ledger, stop_text};
use super::runs::run_named;
use super::service;
use super::signals::{self, Signals};
use crate::api::{
    Client, DeleteAnswer, Failure, Next, Operation, RemoteContact, Stop, Tried, decide, plan_rate,
};
use crate::cli::Undo;
use crate::config::Config;
use crate::exit::{Exit, Failed};
use crate::failpoint;
use crate::lang::tr;
use crate::ledger::{
    Applied, ChangeOutcome, Ledger, LedgerError, RunRow, State, Step, ToUndo, Writer,
};
use crate::terminal::{Terminal, spoken};
use futures_util::stream::{self, StreamExt};
use jiff::Timestamp;
use serde_json::json;
use std::cell::RefCell;
use std::sync::Arc;
use tokio::sync::watch;

/// The operation's name in the ledger.
const DELETE: &str = "DELETE /contacts/{contactId}";

/// So many kept or failed contacts are named; `--json` names all that are kept.
const NAMED: usize = 20;

/// Why a contact is kept, as `--json` says it.
const EDITED: &str = "edited since";

/// Shows what would be deleted, asks, deletes, and says what was kept.
pub fn run(undo: &Undo, terminal: &Terminal) -> Result<Exit, Failed> {
    let config = Config::load(undo.ledger.config.as_deref())?;
    let path = ledger_path(undo.ledger.ledger.as_ref(), &config)?;
    // Opening to write would make one, and there is nothing to undo in a new ledger.
    drop(Ledger::open_to_read(&path).map_err(of_ledger)?);
    let ledger = Ledger::open(&path).map_err(of_ledger)?;
    let run = run_named(&ledger, &undo.run)?;
    same_service(&run, &config)?;
    let mut contacts = ledger.to_undo(run.id).map_err(of_ledger)?;
    if !undo.records.is_empty() {
        contacts.retain(|contact| undo.records.contains(&contact.record.seq()));
    }
    say_plan(&ledger, &run, contacts.len() as u64, terminal)?;
    let mut undone = Undone::default();
    if contacts.is_empty() {
        undone.show(&run, terminal)?;
        return Ok(Exit::Done);
    }
    agree(undo, contacts.len() as u64, terminal)?;
    let rate = plan_rate(
        contacts.len() as u64,
        undo.rate.or(Some(config.send.rate)),
        config.send.sustained_rate,
        undo.rate.is_some(),
    );
    if let Some(per_minute) = rate.per_minute {
        terminal.say(tr!(
            "undo-pace",
            rate = per_minute,
            time = spoken(rate.expected)
        ));
    }
    let credentials = service::credentials(&config.auth)?;
    let settings = service::settings(&config.base_url, credentials, &config, rate.per_minute)?;
    service::warn_in_clear(&settings, terminal);
    let client = service::client(settings)?;
    let since = Timestamp::now() - jiff::SignedDuration::from_secs(60);
    let answers = ledger
        .last_answers(run.id, DELETE, since)
        .map_err(of_ledger)?;
    let answers: Vec<_> = answers.into_iter().map(Into::into).collect();
    client.seed(Operation::DeleteContact, &answers);
    let stopped = delete_all(&ledger, &client, &contacts, &config, &mut undone, terminal)?;
    undone.show(&run, terminal)?;
    Ok(undone.exit(stopped, terminal))
}

/// A run's contacts are at its service, and nowhere else.
fn same_service(run: &RunRow, config: &Config) -> Result<(), Failed> {
    let at = |url: &str| url.trim_end_matches('/').to_owned();
    if at(&run.info.base_url) == at(&config.base_url) {
        return Ok(());
    }
    Err(Failed::new(
        Exit::Configuration,
        format!(
            "run {} created its contacts at {}, and api.base_url is {}; name the configuration of that service with --config",
            run.name, run.info.base_url, config.base_url
        ),
    ))
}

fn say_plan(ledger: &Ledger, run: &RunRow, left: u64, terminal: &Terminal) -> Result<(), Failed> {
    let counts = ledger.counts(run.id).map_err(of_ledger)?;
    let undone = ledger.undone(run.id).map_err(of_ledger)?;
    terminal.say(tr!(
        "undo-plan",
        run = run.name.as_str(),
        count = counts.of(State::Created),
        undone = undone,
        left = left
    ));
    if counts.open() > 0 {
        terminal.warn(tr!("undo-unknown", count = counts.open()));
    }
    Ok(())
}

fn agree(undo: &Undo, contacts: u64, terminal: &Terminal) -> Result<(), Failed> {
    terminal.say(tr!("undo-trash"));
    if undo.yes {
        return Ok(());
    }
    if undo.no_input || !terminal.can_ask() {
        return Err(Failed::new(
            Exit::Usage,
            tr!("undo-cant-ask", count = contacts),
        ));
    }
    match terminal.confirm(&tr!("undo-confirm", count = contacts)) {
        true => Ok(()),
        false => Err(Failed::new(Exit::Usage, tr!("undo-refused"))),
    }
}

/// What became of the contacts.
#[derive(Default)]
struct Undone {
    deleted: u64,
    gone: u64,
    kept: Vec<(ToUndo, &'static str)>,
    failed: Vec<(ToUndo, Failure)>,
    not_tried: u64,
}

/// What became of one.
enum Fate {
    Deleted,
    Gone,
    Kept(&'static str),
    Failed(Failure),
    NotTried,
}

/// Why deleting ended before everything was tried.
#[derive(Clone, Debug)]
enum Why {
    Asked(Exit),
    Service(Stop, Failure),
    InARow(Failure),
}

struct Context<'a> {
    client: &'a Client,
    writer: &'a Writer,
    halt: watch::Sender<Option<Why>>,
}

fn delete_all(
    ledger: &Ledger,
    client: &Client,
    contacts: &[ToUndo],
    config: &Config,
    undone: &mut Undone,
    terminal: &Terminal,
) -> Result<Option<Why>, Failed> {
    let writer = ledger.writer().map_err(of_ledger)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let context = Context {
        client,
        writer: &writer,
        halt: watch::Sender::new(None),
    };
    let signals = Arc::new(Signals::default());
    let progress = RefCell::new(terminal.progress(contacts.len() as u64, &tr!("phase-deleting")));
    let worked = runtime.block_on(async {
        let listener = tokio::spawn(signals::listen(Arc::clone(&signals)));
        let asked = async {
            signals.first.notified().await;
            context.stop(Why::Asked(signals.exit()));
            progress.borrow().say(&tr!("stopping"));
            std::future::pending().await
        };
        let worked = tokio::select! {
            worked = context.work(contacts, config, undone, &progress) => worked,
            () = asked => unreachable!("it never ends"),
            () = signals.second.notified() => Ok(()),
        };
        listener.abort();
        worked
    });
    progress.into_inner().finish();
    let stopped = context.halt.borrow().clone();
    writer.close();
    worked.map_err(of_ledger)?;
    Ok(stopped)
}

impl Context<'_> {
    async fn work(
        &self,
        contacts: &[ToUndo],
        config: &Config,
        undone: &mut Undone,
        progress: &RefCell<crate::terminal::Progress>,
    ) -> Result<(), LedgerError> {
        let mut in_a_row = 0;
        let mut fates = stream::iter(contacts)
            .map(async |contact| (contact, self.one(contact).await))
            .buffer_unordered(config.send.concurrency.max(1));
        while let Some((contact, fate)) = fates.next().await {
            let fate = fate?;
            progress.borrow_mut().advance(1, "");
            in_a_row = match &fate {
                Fate::Failed(_) => in_a_row + 1,
                _ => 0,
            };
            if let Fate::Failed(failure) = &fate
                && in_a_row >= config.send.stop_after
            {
                self.stop(Why::InARow(failure.clone()));
            }
            undone.add(contact, fate);
        }
        Ok(())
    }

    async fn one(&self, contact: &ToUndo) -> Result<Fate, LedgerError> {
        let found = tokio::select! {
            biased;
            () = self.halted() => return Ok(Fate::NotTried),
            found = self.client.read_contact(&contact.contact_id) => found,
        };
        match found.map(|found| found.map(|found| edited(&found))) {
            Err(failure) => return Ok(self.failed(failure)),
            Ok(Some(Some(why))) => return Ok(Fate::Kept(why)),
            Ok(Some(None) | None) if self.halt.borrow().is_some() => return Ok(Fate::NotTried),
            Ok(Some(None) | None) => {}
        }
        self.delete(contact).await
    }

    async fn delete(&self, contact: &ToUndo) -> Result<Fate, LedgerError> {
        let begin = Step::Change {
            record: contact.record,
            contact_id: contact.contact_id.clone(),
            operation: DELETE,
            at: Timestamp::now(),
        };
        let Applied::Change(change) = self.writer.apply(begin).await? else {
            return Ok(Fate::NotTried);
        };
        failpoint::pass("leave");
        let answer = self.client.delete_contact(&contact.contact_id).await;
        failpoint::pass("arrive");
        let (outcome, failure) = match answer {
            Ok(DeleteAnswer::Deleted) => (ChangeOutcome::Deleted, None),
            Ok(DeleteAnswer::Gone) => (ChangeOutcome::Gone, None),
            Err(failure) => (ChangeOutcome::Failed, Some(failure)),
        };
        let said = failure.as_ref();
        let end = Step::Changed {
            record: contact.record,
            change,
            at: Timestamp::now(),
            outcome,
            status: said.and_then(|failure| failure.status),
            code: said.and_then(|failure| failure.code.clone()),
            description: said.and_then(|failure| failure.description.clone()),
        };
        self.writer.apply(end).await?;
        Ok(match failure {
            Some(failure) => self.failed(failure),
            None if outcome == ChangeOutcome::Gone => Fate::Gone,
            None => Fate::Deleted,
        })
    }

    /// A failure that was tried again in vain; what every further contact would meet ends it all.
    fn failed(&self, failure: Failure) -> Fate {
        let tried = Tried {
            attempts: u32::MAX,
            unauthorized: 2,
            ..Tried::default()
        };
        if let Next::StopRun(stop) = decide(&failure.kind, tried, 1) {
            self.stop(Why::Service(stop, failure));
            return Fate::NotTried;
        }
        Fate::Failed(failure)
    }

    fn stop(&self, why: Why) {
        self.halt.send_if_modified(|halt| {
            let is_first = halt.is_none();
            halt.get_or_insert(why);
            is_first
        });
    }

    async fn halted(&self) {
        let mut halt = self.halt.subscribe();
        // The sender lives as long as this context.
        let _ = halt.wait_for(Option::is_some).await;
    }
}

/// Why a contact has to be kept, if so: both times are the service's own.
fn edited(contact: &RemoteContact) -> Option<&'static str> {
    match (contact.created_time, contact.modified_time) {
        (Some(created), Some(modified)) if modified <= created => None,
        (Some(_), Some(_)) => Some(EDITED),
        _ => Some("the service does not say whether it was edited since"),
    }
}

fn why_kept(why: &str) -> String {
    if why == EDITED {
        tr!("undo-kept-edited")
    } else {
        tr!("undo-kept-unclear")
    }
}

impl Undone {
    fn add(&mut self, contact: &ToUndo, fate: Fate) {
        match fate {
            Fate::Deleted => self.deleted += 1,
            Fate::Gone => self.gone += 1,
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
            });
            terminal.data(&format!("{line}\n"))?;
        }
        terminal.say(tr!(
            "undo-totals",
            deleted = self.deleted,
            gone = self.gone,
            kept = self.kept.len(),
            failed = self.failed.len()
        ));
        let kept = (self.kept.iter()).map(|(contact, why)| (contact, why_kept(why)));
        let failed = (self.failed.iter()).map(|(contact, failure)| (contact, failure.to_string()));
        let all = self.kept.len() + self.failed.len();
        for (contact, what) in kept.chain(failed).take(NAMED) {
            let line = tr!(
                "undo-contact",
                record = contact.record.seq().to_string(),
                name = contact.name.as_str(),
                id = contact.contact_id.as_str(),
                what = what
            );
            terminal.say(format!("  {line}"));
        }
        if all > NAMED {
            terminal.say(format!("  {}", tr!("undo-more", count = all - NAMED)));
        }
        Ok(())
    }

    fn exit(&self, stopped: Option<Why>, terminal: &Terminal) -> Exit {
        let (exit, text) = match stopped {
            None if self.failed.is_empty() => return Exit::Done,
            None => (Exit::Rejects, None),
            Some(Why::Asked(exit)) => (exit, Some(tr!("stopped-asked"))),
            Some(Why::Service(stop, failure)) => {
                let (exit, text) = stop_text(stop, failure.to_string());
                (exit, Some(text))
            }
            Some(Why::InARow(failure)) if self.deleted + self.gone == 0 => (
                Exit::Unavailable,
                Some(tr!("undo-unusable", failure = failure.to_string())),
            ),
            Some(Why::InARow(failure)) => (
                Exit::Rejects,
                Some(tr!("undo-in-a-row", failure = failure.to_string())),
            ),
        };
        if let Some(text) = text {
            terminal.warn(text);
        }
        terminal.say(tr!("undo-again"));
        exit
    }
}
