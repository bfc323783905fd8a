//! `cardlift import`: read, check, plan, send, report.
//!
//! Nothing is sent before every record of every input has been read, checked and planned in the ledger. From then on the
//! ledger is all that counts: the report is written from it, and the same command goes on where a run was cut off.

mod consent;
mod finish;
mod plan;
mod plan_view;
mod work;

use super::gone;
use super::next::Kept;
use super::notice::Notice;
use super::overview::Viewed;
use super::reading::{self, Opened};
use super::remote::{self, Match};
use super::tags::{self, Tags};
use super::{check, guard, planning, preflight, runs, service};
use crate::api::Client;
use crate::cli::Import;
use crate::config::TagMode;
use crate::exit::{Exit, Failed, failed};
use crate::lang::{Phrase, tr};
use crate::ledger::{Ledger, RunInfo, RunRow, RunState};
use crate::names::list_of;
use crate::report::ReportFolder;
use crate::terminal::{Terminal, spoken};
use consent::{Consent, Held};
use finish::Done;
use jiff::Timestamp;
use std::num::NonZeroUsize;
use work::Work;

/// Reads, checks, plans, sends and reports.
pub async fn run(import: &Import, terminal: &Terminal) -> Result<Exit, Failed> {
    if import.dry_run {
        return check::run(&import.reading, import.details, terminal);
    }
    let mut notice = Notice::default();
    let ended = course(import, terminal, &mut notice).await;
    notice.send(&ended, terminal).await;
    ended
}

async fn course(import: &Import, terminal: &Terminal, notice: &mut Notice) -> Result<Exit, Failed> {
    let (mut job, tags, named) = prepare(import, terminal, notice).await?;
    let folder = job.claim(named)?;
    let held = job.settle_tags(tags).await?;
    let viewed = planning::plan(&mut job.ledger, &job.run, &job.opened)?;
    let objections = match held {
        None => job.check(&viewed).await?,
        Some(_) => Vec::new(),
    };
    let on_change = job.opened.on_change();
    job.work.add_up(&job.ledger, job.run.id, on_change)?;
    let shown = job.say_plan(&viewed)?;
    let held = held
        .or_else(|| Some(Held::Guarded(vec![job.work.gone.objection.clone()?])))
        .or_else(|| job.consent.guard(objections));
    let Some(folder) = folder else {
        let objections = held.as_ref().map_or(&[][..], Held::objections);
        return job.show_plan(objections).await;
    };
    let held = match held {
        None if !job.work.is_nothing() => {
            let question = job.work.question(job.target.called(&job.opened.config));
            job.consent.ask(&shown, &question)
        }
        held => held,
    };
    let done = match held {
        None => job.carry_out().await?,
        Some(_) => Done::default(),
    };
    let state = match held.is_some() || done.is_stopped() {
        true => RunState::Stopped,
        false => RunState::Finished,
    };
    job.ledger.finish_run(job.run.id, Timestamp::now(), state)?;
    job.report(folder, &done, held)
}

/// Reads the configuration, opens the inputs and the ledger, claims the folder of the report if it is named, and begins the run.
async fn prepare<'a>(
    import: &'a Import,
    terminal: &'a Terminal,
    notice: &'a mut Notice,
) -> Result<(Job<'a>, Tags, Option<ReportFolder>), Failed> {
    let mut config = super::configuration(import.reading.read_as.config.as_deref(), terminal)?;
    if !import.sandbox && !import.plan {
        notice.configure(&config.notify);
    }
    let named = import.reading.report.as_deref();
    let folder = named.map(|path| ReportFolder::claim(path, &import.reading.files));
    let folder = folder.transpose()?;
    if let Some(concurrency) = import
        .concurrency
        .and_then(|number| NonZeroUsize::new(number as usize))
    {
        config.send.concurrency = concurrency;
    }
    let target = service::Target::choose(import, &mut config)?;
    let peak = work::peak(import, &config, &target);
    let client = service::client(&config, target.credentials.clone(), peak, terminal)?;
    let tags = Tags::read(&client, &config).await?;
    let may_ask = !import.no_input && !import.yes;
    let mut opened = reading::open(config, &import.reading, may_ask, terminal)?;
    opened.set_tags(&tags.by_label(&opened.config.tags));
    if !target.is_sandbox() {
        preflight::properties(&client, &opened.properties(), &opened.config).await?;
    }
    // Not before: a ledger that is made and left without a run is taken for one that was lost.
    let scratch = import.plan.then(tempfile::tempdir).transpose()?;
    let mut ledger = match &scratch {
        Some(folder) => target.ledger.open_copy(folder.path())?,
        None => target.ledger.open()?,
    };
    let consent = Consent {
        terminal,
        import,
        is_sandbox: target.is_sandbox(),
        is_guarded: opened.config.send.guard && !import.no_guard,
    };
    guard_ledger(&consent, &ledger, &opened, &target)?;
    let is_new = ledger.is_empty()?;
    let run = ledger.begin_run(&RunInfo {
        base_url: opened.config.api.base_url.clone(),
        account: opened.config.auth.account().unwrap_or_default().to_owned(),
        started: Timestamp::now(),
        command: Kept::import(import).to_json(),
        settings_json: guard::settings(&import.reading, &opened.config),
    })?;
    let job = Job {
        import,
        terminal,
        opened,
        client,
        ledger,
        _scratch: scratch,
        run,
        target,
        notice,
        consent,
        is_new,
        work: Work::default(),
    };
    Ok((job, tags, folder))
}

/// Stops where the ledger has lost what was sent before, unless a person at a terminal says that it has not.
fn guard_ledger(
    consent: &Consent<'_>,
    ledger: &Ledger,
    opened: &Opened,
    target: &service::Target,
) -> Result<(), Failed> {
    let config = &opened.config;
    if target.is_sandbox() || config.send.match_remote || !consent.is_guarded {
        return Ok(());
    }
    let named = consent.import.reading.report.as_ref();
    let reports = named.unwrap_or(&config.report.dir);
    let ledger = (ledger, target.ledger.path());
    let emptied = guard::emptied(ledger, opened, reports)?;
    let Some(held) = consent.guard(emptied.into_iter().collect()) else {
        return Ok(());
    };
    let objections = held.objections().iter();
    objections.for_each(|text| consent.terminal.alarm(text.text()));
    Err(failed!(Configuration, "nothing-sent"))
}

/// An import with all that it needs.
struct Job<'a> {
    import: &'a Import,
    terminal: &'a Terminal,
    opened: Opened,
    client: Client,
    ledger: Ledger,
    /// Where the copy of the ledger is that `--plan` plans in.
    _scratch: Option<tempfile::TempDir>,
    run: RunRow,
    target: service::Target,
    notice: &'a mut Notice,
    consent: Consent<'a>,
    /// Whether the ledger knew of no run: there may have been some all the same.
    is_new: bool,
    work: Work,
}

impl Job<'_> {
    /// The folder of the report, which can be written; `--plan` has none.
    fn claim(&self, named: Option<ReportFolder>) -> Result<Option<ReportFolder>, Failed> {
        if self.import.plan {
            return Ok(None);
        }
        let path = self.opened.config.report.dir.join(&self.run.name);
        let mut folder = match named {
            Some(folder) => folder,
            None => ReportFolder::claim(&path, &self.import.reading.files)?,
        };
        folder.parts().map_err(runs::unwritten)?;
        Ok(Some(folder))
    }

    /// Makes the tags that are missing, unless something holds the run.
    async fn settle_tags(&mut self, mut tags: Tags) -> Result<Option<Held>, Failed> {
        if self.opened.config.tags.mode != TagMode::Create {
            return Ok(None);
        }
        let wanted = tags::wanted(&tags, &self.opened, &self.ledger, &self.run.info)?;
        let held = self.make_tags(&mut tags, &wanted).await?;
        let labels = tags.by_label(&self.opened.config.tags);
        self.opened.set_tags(&labels);
        Ok(held)
    }

    async fn make_tags(
        &self,
        tags: &mut Tags,
        wanted: &tags::Wanted,
    ) -> Result<Option<Held>, Failed> {
        if self.consent.is_guarded {
            let inputs = self
                .opened
                .inputs
                .iter()
                .zip(wanted.records.iter().copied());
            let objections = guard::objections(&self.ledger, self.run.id, inputs)?;
            if let Some(held) = self.consent.guard(objections) {
                return Ok(Some(held));
            }
        }
        if wanted.missing.is_empty() {
            return Ok(None);
        }
        let names: Vec<&str> = wanted.missing.iter().map(String::as_str).collect();
        self.terminal
            .say(tr!("tags-missing", names = list_of(&names)));
        if self.import.plan {
            tags.pretend(&wanted.missing);
            return Ok(None);
        }
        let question = tr!("confirm-tags", names = list_of(&names));
        let held = self.consent.ask(&[], &question);
        if held.is_none() {
            tags.create(&self.client, &wanted.missing).await?;
        }
        Ok(held)
    }

    /// Looks whether anything is wrong with the input as a whole, and what of it the service has already. If a guard objects and
    /// nobody may overrule it, the rest is not looked at. Returns what the guards object to, and notes what `match_remote` has
    /// found and what has left the source.
    async fn check(&mut self, viewed: &Viewed) -> Result<Vec<Phrase>, Failed> {
        let mut objections = Vec::new();
        let Opened { inputs, config, .. } = &self.opened;
        if self.consent.is_guarded {
            if config.tags.mode != TagMode::Create {
                let records = viewed.sources.iter().map(|source| source.records);
                let inputs = inputs.iter().zip(records);
                objections = guard::objections(&self.ledger, self.run.id, inputs)?;
            }
            objections.extend(guard::remapped(&self.ledger, self.run.id, inputs)?);
        }
        if !objections.is_empty() && !self.consent.may_overrule() {
            return Ok(objections);
        }
        let (run, extent) = (self.run.id, &viewed.extent);
        self.work.gone = gone::find(&mut self.ledger, run, &self.opened, extent, self.terminal)?;
        // On a server, a name that somebody has chosen tells one company from another.
        let is_named = self.ledger.is_shared() && config.auth.account.is_some();
        if self.work.gone.objection.is_some() {
            return Ok(objections);
        }
        if config.send.match_remote {
            self.work.found = self.match_remote().await?;
        } else if self.consent.is_guarded && !is_named {
            objections.extend(guard::elsewhere(&self.ledger, run)?);
        }
        Ok(objections)
    }

    async fn match_remote(&self) -> Result<Vec<Match>, Failed> {
        let run = self.run.id;
        if self.ledger.to_match(run, None, 1)?.is_empty() {
            return Ok(Vec::new());
        }
        self.wait_for_earlier_runs().await;
        self.terminal.say(tr!("matching"));
        let both = (&self.ledger, &self.client);
        let by = (&self.opened.spec.key[..], self.opened.config.send.on_remote);
        let found = remote::match_all(both, run, by).await?;
        self.terminal.say(tr!("matched", count = found.len()));
        Ok(found)
    }

    /// Without the ledger of an earlier run nothing is known of its last requests: whatever they create has to be there before
    /// the contacts are read. That is what a key in a custom property is for, which nobody fills in by hand.
    async fn wait_for_earlier_runs(&self) {
        let is_custom = |field: &String| field.starts_with("customProperties.");
        let is_settled = !self.is_new || self.target.is_sandbox() || self.import.plan;
        if is_settled || !self.opened.spec.key.iter().any(is_custom) {
            return;
        }
        let send = &self.opened.config.send;
        let wait = send.timeout + send.settle;
        self.terminal
            .say(tr!("waiting-without-ledger", time = spoken(wait)));
        tokio::time::sleep(wait).await;
    }
}
