//! What comes after consent: sending, changing and deleting contacts, and the report.

use super::Job;
use super::consent::Held;
use crate::commands::changes::{PATCH, Session, explain};
use crate::commands::ending::{exit_of, explain_end};
use crate::commands::next::{self, Kept};
use crate::commands::runs::{say_kept, unwritten};
use crate::commands::sending::send_all;
use crate::commands::{gone, update};
use crate::exit::{Exit, Failed, failed};
use crate::lang::{self, tr};
use crate::ledger::{Reject, State};
use crate::printable::plain;
use crate::report::run::outcomes;
use crate::report::{self, ReportFolder, outcomes_said};
use crate::send::{Sent, Why};
use std::io;

/// How sending and changing ended, as far as it was done.
#[derive(Default)]
pub(super) struct Done {
    sent: Option<Sent>,
    /// Why changing contacts stopped early.
    changed: Option<Why>,
}

impl Done {
    pub(super) fn is_stopped(&self) -> bool {
        let sent = self.sent.as_ref();
        self.changed.is_some() || sent.is_some_and(|sent| sent.stopped.is_some())
    }
}

impl Job<'_> {
    /// Sends what is planned, brings up to date what has changed, and deletes what has left the source.
    pub(super) async fn carry_out(&mut self) -> Result<Done, Failed> {
        let mut done = Done::default();
        if !self.work.is_nothing() {
            self.client.keep_to(self.rate().per_minute);
            done.sent = Some(send_all(self.session(), &self.run, self.import).await?);
        }
        if !done.is_stopped() {
            done.changed = self.change().await?;
        }
        if !done.is_stopped() {
            let (deleted, why) =
                gone::delete_all(self.session(), self.run.id, &self.work.gone).await?;
            self.ledger.note_gone(self.run.id, &deleted)?;
            done.changed = why;
        }
        Ok(done)
    }

    /// Writes the report, says how the run ended, and gives the exit code.
    pub(super) fn report(
        &mut self,
        folder: ReportFolder,
        done: &Done,
        held: Option<Held>,
    ) -> Result<Exit, Failed> {
        let path = folder.path().to_owned();
        let objections = held.as_ref().map_or(&[][..], Held::objections);
        let written = report::run::write(&self.ledger, &self.run, objections, folder);
        let written = written.map_err(|why| self.unreported(why))?;
        say_kept(&written.kept, self.terminal);
        let summary = written.summary;
        let files = &self.import.reading.files;
        let kept = Kept::import(self.import);
        let mut next = next::after_import(&summary, files, &written.rejects, &kept);
        let mut exit = exit_of(&summary, self.opened.left_out);
        if let Some(sent) = &done.sent {
            let again = next::command("import", files, &kept);
            exit = explain_end(sent, exit, self.terminal, again, &mut next);
        }
        if let Some(why) = &done.changed {
            let (because, text) = explain(why, summary.updated + summary.gone_deleted > 0);
            self.terminal.alarm(text);
            exit = exit.or(because);
        }
        if held == Some(Held::Declined) {
            self.terminal.say(tr!("nothing-sent"));
        }
        if let Some(because) = held.as_ref().and_then(Held::exit) {
            exit = exit.or(because);
        }
        if self.import.sandbox {
            next.insert(0, tr!("rehearsed"));
        }
        self.terminal.summary(&summary, &path, &next)?;
        let last = objections.iter();
        last.for_each(|text| self.terminal.alarm(text.text()));
        let rejects = self.ledger.rejects(self.run.id)?;
        self.notice.finished(&summary, &rejects);
        // A scheduler passes on what a quiet run says.
        let is_partial = matches!(exit, Exit::Rejects | Exit::Unknowns) && !rejects.is_empty();
        if is_partial && self.terminal.is_quiet() {
            let line = news(&rejects, summary.records());
            self.terminal.say_always(line);
        }
        Ok(exit)
    }

    /// What is said where the report can't be written: what the run came to, and how to write it again from the ledger.
    fn unreported(&self, why: Failed) -> Failed {
        let error = why.error.downcast_ref::<io::Error>();
        let (error, counts) = match (error, self.ledger.counts(self.run.id)) {
            (Some(error), Ok(counts)) if self.target.keeps_ledger() => (error, counts),
            _ => return unwritten(why),
        };
        let kept = Kept::default()
            .option("--config", self.import.reading.read_as.config.as_ref())
            .option("--ledger", self.import.ledger.as_ref());
        failed!(
            Failure,
            "report-unwritten-run",
            error,
            outcomes = outcomes_said(&outcomes(&counts), |_, text| text),
            command = next::command("report", &[self.run.name.clone().into()], &kept)
        )
    }

    /// Changes contacts that are there, in this order: adopted ones, and those whose source has changed.
    async fn change(&self) -> Result<Option<Why>, Failed> {
        let (session, work) = (self.session(), &self.work);
        let adopted = work.found.iter().filter(|one| one.adoption.is_some());
        let adopted = adopted.filter_map(|one| one.contact_id.as_ref());
        let mut first = adopted.chain(work.changed.iter().map(|one| &one.contact_id));
        if let Some(first) = first.next() {
            session.go_on_pacing(self.run.id, PATCH, first).await?;
        }
        let on_remote = self.opened.config.send.on_remote;
        let why = update::adopt_all(session, &work.found, on_remote).await?;
        if why.is_some() || work.changed.is_empty() {
            return Ok(why);
        }
        update::update_all(session, &work.changed).await
    }

    fn session(&self) -> Session<'_> {
        Session {
            ledger: &self.ledger,
            client: &self.client,
            settings: &self.opened.config.send,
            terminal: self.terminal,
        }
    }
}

/// The places that the line names.
const PLACES: usize = 5;

/// The line that a quiet run writes: what was left undone, and where it is new.
///
/// `1 of 59 records invalid: crm60.csv:8 (PHONE_PATTERN)`
fn news(rejects: &[Reject], records: u64) -> String {
    let what = lang::joined(left_undone(rejects, records)).unwrap_or_default();
    let new: Vec<&Reject> = rejects.iter().filter(|reject| reject.is_new).collect();
    let places = new.iter().take(PLACES).map(|reject| place(reject));
    let mut places = lang::joined(places).unwrap_or_default();
    let more = new.len().saturating_sub(PLACES);
    if more > 0 {
        places = tr!("news-more", places, count = more);
    }
    match new.len() {
        0 => tr!("news-none", what),
        count if count == rejects.len() => tr!("news-all", what, places),
        count => tr!("news-some", what, count, places),
    }
}

/// `1 of 59 records invalid`, `2 rejected`
fn left_undone(rejects: &[Reject], records: u64) -> Vec<String> {
    use State::{Exists, Failed, Invalid, Rejected, Unknown};
    let mut counts = Vec::new();
    for state in [Invalid, Rejected, Failed, Unknown, Exists] {
        let outcome = state.into_str();
        let alike = rejects.iter().filter(|reject| reject.state == state);
        let count = alike.count();
        if count == 0 {
            continue;
        }
        counts.push(match counts.is_empty() {
            true => tr!("news-first", count, records, outcome),
            false if state == Exists => tr!("plan-not-unique", count),
            false => tr!(&format!("outcome-{outcome}"), count),
        });
    }
    counts
}

fn place(reject: &Reject) -> String {
    let path = reject.path.display().to_string();
    let code = match reject.code.as_str() {
        "" => reject.state.into_str().to_uppercase(),
        code => plain(code),
    };
    format!("{}:{} ({code})", plain(&path), reject.line)
}
