//! `cardlift import`: read, check, plan, send, report.
//!
//! Nothing is sent before every record of every input has been read, checked and planned in the ledger. From then on the
//! ledger is all that counts: the report is written from it, and the same command goes on where a run was cut off.

mod finish;

use super::consent::{Consent, Held, Stop, held};
use super::gone::{self, Gone};
use super::notice::Notice;
use super::overview::{Extent, Viewed};
use super::reading::{self, Asks, Opened};
use super::remote::{Match, Matching};
use super::tags::{self, Tags};
use super::work::{self, Work};
use super::{check, guard, plan, plan_view, planning, preflight, remote, report, service};
use crate::api::{Client, Planned};
use crate::cli::Import;
use crate::config::TagMode;
use crate::exit::{Exit, Failed};
use crate::input::Spool;
use crate::lang::tr;
use crate::ledger::{Counts, Ledger, RunInfo, RunRow, RunState, State};
use crate::names::list_of;
use crate::report::ReportFolder;
use crate::terminal::{Terminal, spoken};
use finish::Done;
use jiff::Timestamp;
use std::num::NonZeroUsize;
use tokio::runtime::Runtime;

/// Reads, checks, plans, sends and reports.
pub fn run(import: &Import, terminal: &Terminal) -> Result<Exit, Failed> {
    if import.dry_run {
        return check::run(&import.reading, import.details, terminal);
    }
    let mut notice = Notice::default();
    let ended = course(import, terminal, &mut notice);
    notice.send(&ended, terminal);
    ended
}

/// The course of a run.
fn course(import: &Import, terminal: &Terminal, notice: &mut Notice) -> Result<Exit, Failed> {
    let (mut job, mut opened, tags, folder) = prepare(import, terminal, notice)?;
    job.guard_ledger(&opened)?;
    job.is_new = job.ledger.is_empty()?;
    let run = job.ledger.begin_run(&run_info(&opened, &job.target))?;
    let folder = match import.plan {
        true => None,
        false => Some(job.claim(folder, &run, &opened)?),
    };
    let seen = guard::seen(&opened.inputs);
    let tagged = job.settle_tags(&run, &mut opened, tags, &seen)?;
    let viewed = job.plan(&run, &mut opened)?;
    let checked = match tagged {
        None => held(job.check(&run, &opened, &seen, &viewed.extent))?,
        held => held,
    };
    let counts = job.ledger.counts(run.id)?;
    let (found, gone) = (&job.found, &job.gone);
    let work = Work::of(&job.ledger, &run, opened.on_change, found, gone, &counts)?;
    let rate = work::rate(import, &opened.config, &job.target, work.creates);
    job.show(&run, &opened, &viewed, (&work, &counts, &rate))?;
    let Some(folder) = folder else {
        return job.details(&run, &opened, &work, checked);
    };
    let held = match checked {
        None if !work.is_nothing() => held(job.consent.ask(&work.question(job.target.called())))?,
        held => held,
    };
    let done = match held {
        None => job.carry_out(&run, &opened, &work, rate.per_minute)?,
        Some(_) => Done::default(),
    };
    let state = match held.is_some() || done.is_stopped() {
        true => RunState::Stopped,
        false => RunState::Finished,
    };
    job.ledger.finish_run(run.id, Timestamp::now(), state)?;
    job.report(&run, folder, &done, held, opened.left_out)
}

/// Reads the configuration, opens the inputs and the ledger, and claims the folder of the report if it is named.
fn prepare<'a>(
    import: &'a Import,
    terminal: &'a Terminal,
    notice: &'a mut Notice,
) -> Result<(Job<'a>, Opened, Tags, Option<ReportFolder>), Failed> {
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
    let opened = reading::open_with(config, &import.reading, labels, &spool, &asks, terminal)?;
    if !target.is_sandbox() {
        preflight::properties(&runtime, &client, &opened.properties(), &opened.config)?;
    }
    // Not before: a ledger that is made and left without a run is taken for one that was lost.
    let scratch = import.plan.then(tempfile::tempdir).transpose()?;
    let ledger = match &scratch {
        Some(folder) => target.ledger.open_copy(folder.path())?,
        None => target.ledger.open()?,
    };
    let consent = Consent {
        terminal,
        import,
        is_sandbox: target.is_sandbox(),
        is_guarded: opened.config.send.guard && !import.no_guard,
    };
    let job = Job {
        import,
        terminal,
        runtime,
        client,
        ledger,
        _scratch: scratch,
        target,
        notice,
        consent,
        spool,
        asks,
        is_new: false,
        found: Vec::new(),
        gone: Gone::default(),
    };
    Ok((job, opened, tags, folder))
}

/// An import with all that it needs.
struct Job<'a> {
    import: &'a Import,
    terminal: &'a Terminal,
    runtime: Runtime,
    client: Client,
    ledger: Ledger,
    /// Where the copy of the ledger is that `--plan` plans in.
    _scratch: Option<tempfile::TempDir>,
    target: service::Target,
    notice: &'a mut Notice,
    consent: Consent<'a>,
    spool: Spool,
    asks: Asks<'a>,
    /// Whether the ledger knows of no run: there may have been some all the same.
    is_new: bool,
    /// What `match_remote` has found.
    found: Vec<Match>,
    /// What has left the source.
    gone: Gone,
}

impl Job<'_> {
    /// Stops where the ledger has lost what was sent before, unless a person at a terminal says that it has not.
    fn guard_ledger(&self, opened: &Opened) -> Result<(), Failed> {
        let config = &opened.config;
        if self.target.is_sandbox() || config.send.match_remote {
            return Ok(());
        }
        let reports = match &self.import.reading.report {
            Some(folder) => folder,
            None => &config.report.dir,
        };
        let ledger = (&self.ledger, self.target.ledger.path());
        let find = || {
            let emptied = guard::emptied(ledger, opened, &self.target.base_url, reports)?;
            Ok(emptied.into_iter().collect())
        };
        match held(self.consent.guard(find))? {
            None => Ok(()),
            Some(_) => Err(Failed::new(Exit::Configuration, tr!("nothing-sent"))),
        }
    }

    /// The folder of the report, which can be written.
    fn claim(
        &self,
        named: Option<ReportFolder>,
        run: &RunRow,
        opened: &Opened,
    ) -> Result<ReportFolder, Failed> {
        let path = opened.config.report.dir.join(&run.name);
        let mut folder = match named {
            Some(folder) => folder,
            None => report::claim(&path, &self.import.reading.files)?,
        };
        folder.parts().map_err(report::unwritten)?;
        Ok(folder)
    }

    /// Makes the tags that are missing, unless something holds the run, and opens the inputs again with them.
    fn settle_tags(
        &mut self,
        run: &RunRow,
        opened: &mut Opened,
        mut tags: Tags,
        seen: &[guard::Seen],
    ) -> Result<Option<Held>, Failed> {
        if opened.config.tags.mode != TagMode::Create {
            return Ok(None);
        }
        let reading = &self.import.reading;
        let wanted = tags::wanted(&tags, opened, reading, &self.ledger, &run.info)?;
        let held = held(self.make_tags(run, &mut tags, &wanted, seen))?;
        let labels = tags.by_label(&opened.config.tags);
        let silent = self.terminal.silent();
        let config = opened.config.clone();
        *opened = reading::open_with(config, reading, labels, &self.spool, &self.asks, &silent)?;
        Ok(held)
    }

    fn make_tags(
        &self,
        run: &RunRow,
        tags: &mut Tags,
        wanted: &tags::Wanted,
        seen: &[guard::Seen],
    ) -> Result<(), Stop> {
        let find = || guard::objections(&self.ledger, run.id, seen, &wanted.records);
        self.consent.guard(find)?;
        if wanted.missing.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = wanted.missing.iter().map(String::as_str).collect();
        self.terminal
            .say(tr!("tags-missing", names = list_of(&names)));
        if self.import.plan {
            tags.pretend(&wanted.missing);
            return Ok(());
        }
        let question = tr!("confirm-tags", names = list_of(&names));
        self.consent.ask(&question)?;
        tags.create(&self.runtime, &self.client, &wanted.missing)?;
        Ok(())
    }

    /// Plans every record of every input.
    fn plan(&mut self, run: &RunRow, opened: &mut Opened) -> Result<Viewed, Failed> {
        let reading = &self.import.reading;
        let merges = opened.merges(reading, &self.spool, &self.asks, self.terminal)?;
        planning::plan(&mut self.ledger, run, (opened, merges), reading)
    }

    /// Looks whether anything is wrong with the input as a whole, and what of it the service has already.
    fn check(
        &mut self,
        run: &RunRow,
        opened: &Opened,
        seen: &[guard::Seen],
        extent: &Extent,
    ) -> Result<(), Stop> {
        if opened.config.tags.mode != TagMode::Create {
            let records = self.ledger.records_by_source(run.id)?;
            let records: Vec<u64> = (0..seen.len() as u32)
                .map(|source| records.get(&source).copied().unwrap_or(0))
                .collect();
            let find = || guard::objections(&self.ledger, run.id, seen, &records);
            self.consent.guard(find)?;
        }
        let find = || guard::remapped(&self.ledger, run.id, seen);
        self.consent.guard(find)?;
        self.gone = gone::find(&mut self.ledger, run.id, opened, extent, self.terminal)?;
        // No guard that can be turned off, and none that a person says yes to: the limit is a setting.
        if let Some(objection) = &self.gone.objection {
            self.terminal.alarm(objection);
            return Err(Stop::Held(Held::Guarded));
        }
        if opened.config.send.match_remote {
            return Ok(self.match_remote(run, opened)?);
        }
        // On a server, a name that somebody has chosen tells one company from another.
        if self.ledger.is_shared() && opened.config.auth.account.is_some() {
            return Ok(());
        }
        self.consent
            .guard(|| guard::elsewhere(&self.ledger, run.id))
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
        let is_settled = !self.is_new || self.target.is_sandbox() || self.import.plan;
        if is_settled || !opened.key.iter().any(is_custom) {
            return;
        }
        let wait = opened.config.send.timeout + opened.config.send.settle;
        self.terminal
            .say(tr!("waiting-without-ledger", time = spoken(wait)));
        self.runtime
            .block_on(async { tokio::time::sleep(wait).await });
    }

    /// Shows what is planned, on one screen.
    fn show(
        &self,
        run: &RunRow,
        opened: &Opened,
        viewed: &Viewed,
        (work, counts, rate): (&Work, &Counts, &Planned),
    ) -> Result<(), Failed> {
        let plan = plan_view::Plan {
            ledger: &self.ledger,
            run,
            viewed,
            work,
            counts,
            rate,
            is_rate_asked: self.import.rate.is_some(),
            config: &opened.config,
            maps_permission: opened.maps_permission,
            target: &self.target,
        };
        plan_view::say(&plan, self.terminal)
    }

    /// Shows what would happen to each record that is not simply new, and ends there.
    fn details(
        &self,
        run: &RunRow,
        opened: &Opened,
        work: &Work,
        held: Option<Held>,
    ) -> Result<Exit, Failed> {
        let planned = plan::Planned {
            ledger: &self.ledger,
            run,
            found: &self.found,
            gone: &self.gone,
            work,
            on_change: opened.on_change,
            permission: &opened.config.permission,
            maps_permission: opened.maps_permission,
            is_guarded: held == Some(Held::Guarded),
            left_out: opened.left_out,
        };
        plan::show(&planned, (&self.runtime, &self.client), self.terminal)
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
