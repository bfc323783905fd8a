//! `cardlift import`: read, check, plan, send, report.
//!
//! Nothing is sent before every record of every input has been read, checked and planned in the ledger. From then on the
//! ledger is all that counts: the report is written from it, and the same command goes on where a run was cut off.

use super::ending::{exit_of, explain_end};
use super::gone::{self, Gone};
use super::next::{self, Kept};
use super::notice::Notice;
use super::reading::{self, Asks, Opened};
use super::remote::{Match, Matching};
use super::sending::{Ended, send_all};
use super::tags::{self, Tags};
use super::work::Work;
use super::{
    changes, check, guard, news, plan, planning, preflight, remote, report, runs, service, update,
    work,
};
use crate::api::{Client, Operation};
use crate::cli::Import;
use crate::config::{Config, TagMode};
use crate::exit::{Exit, Failed};
use crate::input::Spool;
use crate::lang::{self, tr};
use crate::ledger::{Ledger, RunInfo, RunRow, RunState, State};
use crate::mapping::spec::OnChange;
use crate::names::list_of;
use crate::report::run::Unwritten;
use crate::report::{Outcome, ReportFolder};
use crate::terminal::{Terminal, spoken};
use jiff::Timestamp;
use std::num::NonZeroUsize;
use tokio::runtime::Runtime;

/// Reads, checks, plans, sends and reports.
pub fn run(import: &Import, terminal: &Terminal) -> Result<Exit, Failed> {
    if import.dry_run {
        return check::run(&import.reading, import.details, terminal);
    }
    let mut notice = Notice::default();
    let ended = run_noticed(import, terminal, &mut notice);
    notice.send(&ended, terminal);
    ended
}

fn run_noticed(import: &Import, terminal: &Terminal, notice: &mut Notice) -> Result<Exit, Failed> {
    let mut config = super::configuration(import.reading.read_as.config.as_deref(), terminal)?;
    if !import.sandbox && !import.plan {
        notice.configure(&config.notify);
    }
    let named = import.reading.report.as_deref();
    let folder = named.map(|path| report::claim(path, &import.reading.files));
    let folder = folder.transpose()?;
    if let Some(concurrency) = import
        .concurrency
        .and_then(|number| NonZeroUsize::new(number as usize))
    {
        config.send.concurrency = concurrency;
    }
    let target = service::Target::choose(import, &mut config)?;
    let settings = target.settings(&config, work::peak(import, &config, &target))?;
    service::warn_in_clear(&settings, terminal);
    let runtime = service::runtime()?;
    let client = service::client(settings)?;
    let spool = Spool::default();
    let tags = Tags::read(&runtime, &client, &config)?;
    let labels = tags.by_label(&config.tags);
    let asks = Asks::at(terminal, !import.no_input && !import.yes);
    let mut opened = reading::open_with(config, &import.reading, labels, &spool, &asks, terminal)?;
    if !target.is_sandbox() {
        preflight::properties(&runtime, &client, &opened.properties(), &opened.config)?;
    }
    // Not before: a ledger that is made and left without a run is taken for one that was lost.
    let scratch = tempfile::tempdir()?;
    let ledger = match import.plan {
        true => target.ledger.open_copy(scratch.path())?,
        false => target.ledger.open()?,
    };
    let mut job = Job {
        import,
        terminal,
        runtime,
        client,
        ledger,
        target,
        notice,
        asks,
        is_new: false,
        found: Vec::new(),
        gone: Gone::default(),
    };
    job.guard_ledger(&opened)?;
    job.is_new = job.ledger.is_empty()?;
    let run = job.ledger.begin_run(&run_info(&opened, &job.target))?;
    if import.plan {
        let go_on = job.plan(&run, &mut opened, tags, &spool)?;
        return job.show(&run, &opened, go_on);
    }
    let path = opened.config.report.dir.join(&run.name);
    let mut folder = match folder {
        Some(folder) => folder,
        None => report::claim(&path, &import.reading.files)?,
    };
    folder.parts().map_err(report::unwritten)?;
    let go_on = job.plan(&run, &mut opened, tags, &spool)?;
    job.carry_out(&run, &opened, go_on, folder)
}

/// Whether to go on to the next step, and why not.
#[derive(Clone, Copy, Debug, PartialEq)]
enum GoOn {
    Yes,
    /// Somebody said no.
    Declined,
    /// A guard has stopped it.
    Guarded,
    /// Nobody could be asked.
    NotAsked,
}

/// An import with all that it needs.
struct Job<'a> {
    import: &'a Import,
    terminal: &'a Terminal,
    runtime: Runtime,
    client: Client,
    ledger: Ledger,
    target: service::Target,
    notice: &'a mut Notice,
    asks: Asks<'a>,
    /// Whether the ledger knows of no run: there may have been some all the same.
    is_new: bool,
    /// What `match_remote` has found.
    found: Vec<Match>,
    /// What has left the source.
    gone: Gone,
}

impl Job<'_> {
    /// Settles tags, plans every record, and looks whether anything is wrong with the input as a whole.
    fn plan(
        &mut self,
        run: &RunRow,
        opened: &mut Opened,
        tags: Tags,
        spool: &Spool,
    ) -> Result<GoOn, Failed> {
        let reading = &self.import.reading;
        let seen = guard::seen(&opened.inputs);
        let mut go_on = GoOn::Yes;
        if opened.config.tags.mode == TagMode::Create {
            go_on = self.make_tags(run, opened, tags, spool, &seen)?;
        }
        let merges = opened.merges(reading, spool, &self.asks, self.terminal)?;
        let merged = (&mut *opened, merges);
        let unsure = planning::plan(&mut self.ledger, run, merged, reading, self.terminal)?;
        if opened.config.tags.mode != TagMode::Create {
            let records = self.ledger.records_by_source(run.id)?;
            let records: Vec<u64> = (0..seen.len() as u32)
                .map(|source| records.get(&source).copied().unwrap_or(0))
                .collect();
            go_on = self.guard(run, &opened.config, &seen, &records)?;
        }
        if go_on == GoOn::Yes && self.is_guarded(&opened.config) {
            go_on = self.objected(&guard::remapped(&self.ledger, run.id, &seen)?);
        }
        if go_on == GoOn::Yes {
            let unsure = unsure.as_deref();
            self.gone = gone::find(&mut self.ledger, run.id, opened, unsure, self.terminal)?;
            // No guard that can be turned off, and none that a person says yes to: the limit is a setting.
            if let Some(objection) = &self.gone.objection {
                self.terminal.alarm(objection);
                go_on = GoOn::Guarded;
            }
        }
        match (go_on, opened.config.send.match_remote) {
            (GoOn::Yes, true) => self.match_remote(run, opened)?,
            (GoOn::Yes, false) if self.is_guarded(&opened.config) => {
                // On a server, a name that somebody has chosen tells one company from another.
                let is_named = self.ledger.is_shared() && opened.config.auth.account.is_some();
                if !is_named {
                    let elsewhere = guard::elsewhere(&self.ledger, run.id)?;
                    go_on = self.objected(&elsewhere);
                }
            }
            _ => {}
        }
        Ok(go_on)
    }

    /// Makes the tags that are missing, if the guards and whoever can be asked agree, and opens the inputs again with them.
    fn make_tags(
        &mut self,
        run: &RunRow,
        opened: &mut Opened,
        mut tags: Tags,
        spool: &Spool,
        seen: &[guard::Seen],
    ) -> Result<GoOn, Failed> {
        let reading = &self.import.reading;
        let wanted = tags::wanted(&tags, opened, reading, &self.ledger, &run.info)?;
        let mut go_on = self.guard(run, &opened.config, seen, &wanted.records)?;
        if go_on == GoOn::Yes && !wanted.missing.is_empty() {
            let names: Vec<&str> = wanted.missing.iter().map(String::as_str).collect();
            self.terminal
                .say(tr!("tags-missing", names = list_of(&names)));
            if self.import.plan {
                tags.pretend(&wanted.missing);
            } else {
                go_on = self.agreed(&tr!("confirm-tags", names = list_of(&names)));
                if go_on == GoOn::Yes {
                    tags.create(&self.runtime, &self.client, &wanted.missing)?;
                }
            }
        }
        let labels = tags.by_label(&opened.config.tags);
        let silent = self.terminal.silent();
        let config = opened.config.clone();
        *opened = reading::open_with(config, reading, labels, spool, &self.asks, &silent)?;
        Ok(go_on)
    }

    fn guard(
        &self,
        run: &RunRow,
        config: &Config,
        seen: &[guard::Seen],
        records: &[u64],
    ) -> Result<GoOn, Failed> {
        if !self.is_guarded(config) {
            return Ok(GoOn::Yes);
        }
        let objections = guard::objections(&self.ledger, run.id, seen, records)?;
        Ok(self.objected(&objections))
    }

    /// Stops where the ledger has lost what was sent before, unless a person at a terminal says that it has not.
    fn guard_ledger(&self, opened: &Opened) -> Result<(), Failed> {
        let config = &opened.config;
        if self.target.is_sandbox() || config.send.match_remote || !self.is_guarded(config) {
            return Ok(());
        }
        let reports = match &self.import.reading.report {
            Some(folder) => folder,
            None => &config.report.dir,
        };
        let ledger = (&self.ledger, self.target.ledger.path());
        let objection = guard::emptied(ledger, opened, &self.target.base_url, reports)?;
        let Some(objection) = objection else {
            return Ok(());
        };
        match self.objected(&[objection]) {
            GoOn::Yes => Ok(()),
            _ => Err(Failed::new(Exit::Configuration, tr!("nothing-sent"))),
        }
    }

    fn is_guarded(&self, config: &Config) -> bool {
        config.send.guard && !self.import.no_guard
    }

    /// Puts what a guard has found to whoever can be asked; where nobody can, nothing is sent.
    fn objected(&self, objections: &[String]) -> GoOn {
        if objections.is_empty() {
            return GoOn::Yes;
        }
        let is_alone = self.import.no_input || self.import.yes || self.import.plan;
        let asker = match is_alone {
            true => None,
            false => self.terminal.asker(),
        };
        if let Some(asker) = asker {
            objections.iter().for_each(|text| self.terminal.warn(text));
            return match asker.confirm(objections, &tr!("confirm-guard")) {
                true => GoOn::Yes,
                false => GoOn::Declined,
            };
        }
        objections.iter().for_each(|text| self.terminal.alarm(text));
        self.terminal.alarm(tr!("guarded"));
        GoOn::Guarded
    }

    fn match_remote(&mut self, run: &RunRow, opened: &Opened) -> Result<(), Failed> {
        let counts = self.ledger.counts(run.id)?;
        if counts.of(State::Planned) == 0 && self.ledger.found(run.id, None, 1)?.is_empty() {
            return Ok(());
        }
        self.wait_for_earlier_runs(opened);
        self.terminal.say(tr!("matching"));
        let matching = Matching {
            key: &opened.key,
            on_remote: opened.config.send.on_remote,
        };
        let both = (&self.ledger, &self.client);
        self.found = remote::match_all(&self.runtime, both, run.id, matching)?;
        self.terminal.say(tr!("matched", count = self.found.len()));
        Ok(())
    }

    /// Without the ledger of an earlier run nothing is known of its last requests: whatever they create has to be there before
    /// the contacts are read. That is what a key in a custom property is for, which nobody fills in by hand.
    fn wait_for_earlier_runs(&self, opened: &Opened) {
        let is_custom = |field: &String| field.starts_with("customProperties.");
        if !self.is_new || self.target.is_sandbox() || !opened.key.iter().any(is_custom) {
            return;
        }
        let wait = opened.config.send.timeout + opened.config.send.settle;
        self.terminal
            .say(tr!("waiting-without-ledger", time = spoken(wait)));
        self.runtime
            .block_on(async { tokio::time::sleep(wait).await });
    }

    /// Shows what is planned, and ends there.
    fn show(&self, run: &RunRow, opened: &Opened, go_on: GoOn) -> Result<Exit, Failed> {
        let counts = self.ledger.counts(run.id)?;
        let work = Work::of(
            &self.ledger,
            run,
            opened.on_change,
            &self.found,
            &self.gone,
            &counts,
        )?;
        let (config, maps_permission) = (&opened.config, opened.maps_permission);
        work::say(
            (&work, &counts),
            config,
            maps_permission,
            &self.target,
            self.terminal,
        );
        let planned = plan::Planned {
            ledger: &self.ledger,
            run,
            found: &self.found,
            gone: &self.gone,
            work: &work,
            on_change: opened.on_change,
            is_guarded: go_on == GoOn::Guarded,
            left_out: opened.left_out,
        };
        plan::show(&planned, (&self.runtime, &self.client), self.terminal)
    }

    /// Sends what is planned, brings up to date what has changed, and reports.
    fn carry_out(
        mut self,
        run: &RunRow,
        opened: &Opened,
        mut go_on: GoOn,
        folder: ReportFolder,
    ) -> Result<Exit, Failed> {
        let counts = self.ledger.counts(run.id)?;
        let work = Work::of(
            &self.ledger,
            run,
            opened.on_change,
            &self.found,
            &self.gone,
            &counts,
        )?;
        let rate = work::rate(self.import, &opened.config, &self.target, work.creates);
        let (config, maps_permission) = (&opened.config, opened.maps_permission);
        work::say(
            (&work, &counts),
            config,
            maps_permission,
            &self.target,
            self.terminal,
        );
        work::say_pace(&rate, &work, self.import, self.terminal);
        if go_on == GoOn::Yes && !work.is_nothing() {
            go_on = self.agreed(&work.question(self.target.called()));
        }
        let (mut ended, mut updated) = (None, None);
        if go_on == GoOn::Yes && !work.is_nothing() {
            self.client.keep_to(rate.per_minute);
            ended = Some(self.send(run, config)?);
        }
        let is_stopped = (ended.as_ref()).is_some_and(|ended| ended.sent.stopped.is_some());
        if go_on == GoOn::Yes && !is_stopped {
            updated = self.change(run, opened)?;
        }
        if go_on == GoOn::Yes && !is_stopped && updated.is_none() {
            let both = (&mut self.ledger, &self.client);
            updated = gone::delete_all(
                &self.runtime,
                both,
                run.id,
                &self.gone,
                config,
                self.terminal,
            )?;
        }
        let state = match go_on != GoOn::Yes || is_stopped || updated.is_some() {
            true => RunState::Stopped,
            false => RunState::Finished,
        };
        self.ledger.finish_run(run.id, Timestamp::now(), state)?;
        let path = folder.path().to_owned();
        let written = runs::write_report(&self.ledger, run, folder, self.terminal);
        let (summary, rejects) = written.map_err(|why| self.unreported(run, why))?;
        let files = &self.import.reading.files;
        let kept = Kept::import(self.import);
        let mut next = next::after_import(&summary, files, &rejects, &kept);
        let mut exit = exit_of(&summary, opened.left_out);
        if let Some(ended) = &ended {
            let again = next::command("import", files, &kept);
            exit = explain_end(ended, exit, self.terminal, again, &mut next);
        }
        if let Some(why) = updated {
            let (because, text) = why.explain(summary.updated + summary.gone_deleted > 0);
            self.terminal.alarm(text);
            exit = exit.or(because);
        }
        match go_on {
            GoOn::Yes => {}
            GoOn::Declined => self.terminal.say(tr!("nothing-sent")),
            GoOn::Guarded => exit = exit.or(Exit::Configuration),
            GoOn::NotAsked => exit = exit.or(Exit::Usage),
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

    /// Whether something may be written to the service: `--yes` says so, or a person does. The sandbox needs neither.
    fn agreed(&self, question: &str) -> GoOn {
        if self.import.yes || self.target.is_sandbox() {
            return GoOn::Yes;
        }
        let asker = match self.import.no_input {
            true => None,
            false => self.terminal.asker(),
        };
        let Some(asker) = asker else {
            self.terminal.alarm(match self.import.no_input {
                true => tr!("no-input-no-consent"),
                false => tr!("no-terminal"),
            });
            return GoOn::NotAsked;
        };
        match asker.confirm(&[], question) {
            true => GoOn::Yes,
            false => GoOn::Declined,
        }
    }
}

fn run_info(opened: &Opened, target: &service::Target) -> RunInfo {
    RunInfo {
        base_url: target.base_url.clone(),
        account: opened.config.auth.account().unwrap_or_default().to_owned(),
        started: Timestamp::now(),
        command: "import".into(),
        settings_json: opened.settings.clone(),
    }
}
