//! What comes after consent: sending, changing and deleting contacts, and the report.

use super::Job;
use crate::api::Operation;
use crate::commands::consent::Held;
use crate::commands::ending::{exit_of, explain_end};
use crate::commands::next::{self, Kept};
use crate::commands::reading::Opened;
use crate::commands::sending::{Ended, send_all};
use crate::commands::work::Work;
use crate::commands::{changes, gone, news, runs, update};
use crate::config::Config;
use crate::exit::{Exit, Failed};
use crate::lang::{self, tr};
use crate::ledger::{RunRow, State};
use crate::mapping::spec::OnChange;
use crate::report::run::Unwritten;
use crate::report::{Outcome, ReportFolder};

/// How sending and changing ended, as far as it was done.
#[derive(Default)]
pub(super) struct Done {
    sent: Option<Ended>,
    /// Why changing contacts stopped early.
    changed: Option<changes::Why>,
}

impl Done {
    pub(super) fn is_stopped(&self) -> bool {
        let sent = self.sent.as_ref();
        self.changed.is_some() || sent.is_some_and(|ended| ended.sent.stopped.is_some())
    }
}

impl Job<'_> {
    /// Sends what is planned, brings up to date what has changed, and deletes what has left the source.
    pub(super) fn carry_out(
        &mut self,
        run: &RunRow,
        opened: &Opened,
        work: &Work,
        per_minute: Option<u32>,
    ) -> Result<Done, Failed> {
        let mut done = Done::default();
        if !work.is_nothing() {
            self.client.keep_to(per_minute);
            done.sent = Some(self.send(run, &opened.config)?);
        }
        if !done.is_stopped() {
            done.changed = self.change(run, opened)?;
        }
        if !done.is_stopped() {
            let both = (&mut self.ledger, &self.client);
            let (config, gone) = (&opened.config, &self.gone);
            done.changed =
                gone::delete_all(&self.runtime, both, run.id, gone, config, self.terminal)?;
        }
        Ok(done)
    }

    /// Writes the report, says how the run ended, and gives the exit code.
    pub(super) fn report(
        &mut self,
        run: &RunRow,
        folder: ReportFolder,
        done: &Done,
        held: Option<Held>,
        left_out: bool,
    ) -> Result<Exit, Failed> {
        let path = folder.path().to_owned();
        let written = runs::write_report(&self.ledger, run, folder, self.terminal);
        let (summary, rejects) = written.map_err(|why| self.unreported(run, why))?;
        let files = &self.import.reading.files;
        let kept = Kept::import(self.import);
        let mut next = next::after_import(&summary, files, &rejects, &kept);
        let mut exit = exit_of(&summary, left_out);
        if let Some(ended) = &done.sent {
            let again = next::command("import", files, &kept);
            exit = explain_end(ended, exit, self.terminal, again, &mut next);
        }
        if let Some(why) = &done.changed {
            let (because, text) = why.explain(summary.updated + summary.gone_deleted > 0);
            self.terminal.alarm(text);
            exit = exit.or(because);
        }
        if held == Some(Held::Guarded) {
            // The guard has said what to do; the same command would stop again.
            next.clear();
        }
        if held == Some(Held::Declined) {
            self.terminal.say(tr!("nothing-sent"));
        }
        if let Some(because) = held.and_then(Held::exit) {
            exit = exit.or(because);
        }
        if self.import.sandbox {
            next.insert(0, tr!("rehearsed"));
        }
        self.terminal.summary(&summary, &path, &next)?;
        let rejects = self.ledger.rejects(run.id)?;
        self.notice.finished(&summary, &rejects);
        // A scheduler passes on what a quiet run says.
        let is_partial = matches!(exit, Exit::Rejects | Exit::Unknowns) && !rejects.is_empty();
        if is_partial && self.terminal.is_quiet() {
            let line = news::line(&rejects, summary.records());
            self.terminal.say_always(line);
        }
        Ok(exit)
    }

    /// What is said where the report can't be written: what the run came to, and how to write it again from the ledger.
    fn unreported(&self, run: &RunRow, why: Unwritten) -> Failed {
        let (error, counts) = match (why, self.ledger.counts(run.id)) {
            (Unwritten::Report(error), Ok(counts)) if self.target.keeps_ledger() => (error, counts),
            (why, _) => return why.into(),
        };
        let counts = [
            (Outcome::Created, counts.of(State::Created)),
            (Outcome::Exists, counts.of(State::Exists)),
            (Outcome::Duplicate, counts.of(State::Duplicate)),
            (Outcome::Invalid, counts.of(State::Invalid) - counts.skipped),
            (Outcome::Skipped, counts.skipped),
            (Outcome::Rejected, counts.of(State::Rejected)),
            (Outcome::Failed, counts.of(State::Failed)),
            (Outcome::Unknown, counts.open()),
            (Outcome::NotAttempted, counts.of(State::Planned)),
        ];
        let outcomes = counts.iter().filter(|(_, count)| *count > 0);
        let outcomes = outcomes
            .map(|(outcome, count)| tr!(&format!("outcome-{}", outcome.as_str()), count = *count));
        let kept = Kept::default()
            .option("--config", self.import.reading.read_as.config.as_ref())
            .option("--ledger", self.import.ledger.as_ref());
        let text = tr!(
            "report-unwritten-run",
            error = error.to_string(),
            outcomes = lang::joined(outcomes).unwrap_or_default(),
            command = next::command("report", &[run.name.clone().into()], &kept)
        );
        Failed::new(Exit::Failure, text)
    }

    fn send(&self, run: &RunRow, config: &Config) -> Result<Ended, Failed> {
        send_all(
            &self.runtime,
            &self.ledger,
            run,
            &self.client,
            self.import,
            config,
            self.terminal,
        )
    }

    /// Changes contacts that are there, in this order: adopted ones, and those whose source has changed.
    fn change(&self, run: &RunRow, opened: &Opened) -> Result<Option<changes::Why>, Failed> {
        let updates = match opened.on_change {
            OnChange::Report => Vec::new(),
            OnChange::Update => self.ledger.updates(run.id)?,
        };
        let adopted = self.found.iter().filter(|one| one.adoption.is_some());
        let adopted = adopted.filter_map(|one| one.contact_id.as_ref());
        let mut first = adopted.chain(updates.iter().map(|one| &one.contact_id));
        if let Some(first) = first.next() {
            changes::go_on_pacing(
                &self.runtime,
                (&self.ledger, &self.client),
                run.id,
                (Operation::PatchContact, update::PATCH),
                first,
            )?;
        }
        let (both, config) = ((&self.ledger, &self.client), &opened.config);
        let runtime = &self.runtime;
        let why = update::adopt_all(runtime, both, &self.found, config, self.terminal)?;
        if why.is_some() || updates.is_empty() {
            return Ok(why);
        }
        update::update_all(runtime, both, &updates, config, self.terminal)
    }
}
