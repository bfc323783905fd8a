//! `cardlift import`: read, check, plan, send, report.
//!
//! Nothing is sent before every record of every input has been read, checked and planned in the ledger. From then on the
//! ledger is all that counts: the report is written from it, and the same command goes on where a run was cut off.

use super::next::{self, Kept};
use super::reading;
use super::signals::{self, Signals};
use super::{check, planning, runs, service};
use crate::api::{Client, Planned, Stop, plan_rate};
use crate::cli::Import;
use crate::config::Config;
use crate::exit::{Exit, Failed};
use crate::lang::{self, tr};
use crate::ledger::{Counts, Ledger, LedgerError, RunInfo, RunRow, RunState, State};
use crate::report::{Outcome, Summary, make_folder};
use crate::send::{self, Event, Fate, SendSettings, Sent, Why};
use crate::terminal::{Progress, Terminal, spoken};
use jiff::Timestamp;
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

/// Reads, checks, plans, sends and reports.
pub fn run(import: &Import, terminal: &Terminal) -> Result<Exit, Failed> {
    if import.dry_run {
        return check::run(&import.reading, terminal);
    }
    let mut config = Config::load(import.reading.config.as_deref())?;
    if let Some(concurrency) = import.concurrency {
        config.send.concurrency = concurrency as usize;
    }
    let target = service::Target::choose(import, &mut config)?;
    service::warn_in_clear(&target.settings(&config, None)?, terminal);
    let mut ledger = Ledger::open(&target.ledger).map_err(of_ledger)?;
    let mut opened = reading::open_with(config, &import.reading, HashMap::new(), terminal)?;
    let run = ledger
        .begin_run(&run_info(&opened.config, &target))
        .map_err(of_ledger)?;
    let folder = match &import.reading.report {
        Some(folder) => folder.clone(),
        None => opened.config.report_dir.join(&run.name),
    };
    make_folder(&folder).map_err(|error| {
        Failed::new(
            Exit::Failure,
            format!("{}: the report can't be written: {error}", folder.display()),
        )
    })?;
    let counts = planning::plan(&mut ledger, &run, &mut opened, &import.reading, terminal)?;
    let config = &opened.config;
    let rate = rate(import, config, &target, &counts);
    say_plan(&counts, &rate, import, config, &target, terminal);
    let open = ledger.unknowns(run.id).map_err(of_ledger)?.len();
    let nothing_to_send = counts.of(State::Planned) == 0 && open == 0;
    let agreed = nothing_to_send || agreed(import, &target, terminal);
    let ended = if agreed && !nothing_to_send {
        let client = service::client(target.settings(config, rate.per_minute)?)?;
        Some(send_all(
            &mut ledger,
            &run,
            &client,
            import,
            config,
            terminal,
        )?)
    } else {
        None
    };
    let stopped = ended
        .as_ref()
        .is_some_and(|ended| ended.sent.stopped.is_some())
        || !agreed;
    let state = if stopped {
        RunState::Stopped
    } else {
        RunState::Finished
    };
    ledger
        .finish_run(run.id, Timestamp::now(), state)
        .map_err(of_ledger)?;
    let (summary, rejects) = runs::write_report(&ledger, &run, &folder)?;
    let files = &import.reading.files;
    let kept = Kept::import(import);
    let mut next = next::after_import(&summary, files, &rejects, &kept);
    let mut exit = exit_of(&summary, opened.left_out);
    if let Some(ended) = &ended {
        let again = next::command("import", files, &kept);
        exit = explain_end(ended, exit, terminal, again, &mut next);
    }
    if !agreed {
        terminal.say(tr!("nothing-sent"));
    }
    terminal.summary(&summary, &folder, &next)?;
    Ok(exit)
}

/// What the ledger could not do, with its exit code.
pub fn of_ledger(error: LedgerError) -> Failed {
    let exit = match error {
        LedgerError::Held { .. } => Exit::Held,
        _ => Exit::Failure,
    };
    Failed {
        exit,
        ..Failed::from(error)
    }
}

fn run_info(config: &Config, target: &service::Target) -> RunInfo {
    RunInfo {
        base_url: target.base_url.clone(),
        account: config.auth.service_account.clone().unwrap_or_default(),
        started: Timestamp::now(),
        command: "import".into(),
        settings_json: "{}".into(),
    }
}

fn rate(import: &Import, config: &Config, target: &service::Target, counts: &Counts) -> Planned {
    let configured = if target.is_sandbox() {
        None
    } else {
        Some(config.send.rate)
    };
    let planned = counts.of(State::Planned);
    let contacts = import.limit.map_or(planned, |limit| limit.min(planned));
    plan_rate(
        contacts,
        import.rate.or(configured),
        config.send.sustained_rate,
        import.rate.is_some(),
    )
}

fn say_plan(
    counts: &Counts,
    rate: &Planned,
    import: &Import,
    config: &Config,
    target: &service::Target,
    terminal: &Terminal,
) {
    let said = |state: State, say: fn(u64) -> String| {
        let count = counts.of(state);
        (count > 0).then(|| say(count))
    };
    let states = [
        said(State::Planned, |count| tr!("plan-planned", count = count)),
        said(State::Exists, |count| tr!("plan-exists", count = count)),
        said(State::Duplicate, |count| {
            tr!("plan-duplicate", count = count)
        }),
        said(State::Invalid, |count| tr!("plan-invalid", count = count)),
        said(State::Held, |count| tr!("plan-held", count = count)),
    ];
    let states = lang::joined(states.into_iter().flatten()).unwrap_or_else(|| tr!("plan-empty"));
    let service = if target.is_sandbox() {
        tr!("target-sandbox")
    } else {
        target.called().to_owned()
    };
    terminal.say(match &config.auth.service_account {
        Some(account) if !target.is_sandbox() => {
            tr!(
                "plan-as",
                states = states,
                target = service,
                account = account.as_str()
            )
        }
        _ => tr!("plan", states = states, target = service),
    });
    let Some(per_minute) = rate.per_minute.filter(|_| counts.of(State::Planned) > 0) else {
        return;
    };
    let finish =
        jiff::Zoned::now() + jiff::SignedDuration::try_from(rate.expected).unwrap_or_default();
    let finish = finish.strftime("%Y-%m-%d %H:%M").to_string();
    let time = spoken(rate.expected);
    terminal.say(if rate.halved {
        tr!(
            "pace-halved",
            rate = per_minute,
            time = time,
            finish = finish
        )
    } else if import.rate.is_some() {
        tr!(
            "pace-asked",
            rate = per_minute,
            time = time,
            finish = finish
        )
    } else {
        tr!("pace", rate = per_minute, time = time, finish = finish)
    });
}

/// Whether the contacts may be sent: somebody said yes, or nobody can be asked and the command is its own answer.
fn agreed(import: &Import, target: &service::Target, terminal: &Terminal) -> bool {
    if import.yes || import.no_input || target.is_sandbox() || !terminal.can_ask() {
        return true;
    }
    terminal.confirm(&tr!("confirm-create"))
}

/// How sending ended, and by which signal.
pub struct Ended {
    sent: Sent,
    signal: Exit,
}

fn send_all(
    ledger: &mut Ledger,
    run: &RunRow,
    client: &Client,
    import: &Import,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ended, Failed> {
    let settings = SendSettings {
        concurrency: NonZeroUsize::new(config.send.concurrency).unwrap_or(NonZeroUsize::MIN),
        max_attempts: config.send.max_attempts,
        stop_after: config.send.stop_after,
        settle: config.send.settle,
        limit: import.limit,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let signals = Arc::new(Signals::default());
    let mut progress = None;
    let sent = runtime.block_on(async {
        let listener = tokio::spawn(signals::listen(Arc::clone(&signals)));
        let sent = send::send(
            ledger,
            run.id,
            client,
            &settings,
            signals.first.notified(),
            signals.second.notified(),
            |event| show(event, &mut progress, terminal),
        )
        .await;
        listener.abort();
        sent
    });
    if let Some(progress) = progress {
        progress.finish();
    }
    let send::SendError::Ledger(error) = match sent {
        Ok(sent) => {
            let signal = signals.exit();
            return Ok(Ended { sent, signal });
        }
        Err(error) => error,
    };
    Err(of_ledger(error))
}

fn show(event: Event, progress: &mut Option<Progress>, terminal: &Terminal) {
    if let Event::Planned { total } = event {
        *progress = Some(terminal.progress(total, &tr!("phase-sending")));
        return;
    }
    let say = |progress: &Option<Progress>, text: String| match progress {
        Some(progress) => progress.say(&text),
        None => terminal.say(text),
    };
    match event {
        Event::Finished { fate, .. } => {
            if let Some(progress) = progress {
                if matches!(fate, Fate::Rejected(_) | Fate::Failed(_)) {
                    progress.failed();
                }
                let done = u64::from(!matches!(fate, Fate::NotSent));
                progress.advance(done, "");
            }
        }
        Event::Throttled { retry_after } => say(
            progress,
            match retry_after {
                Some(wait) => tr!("throttled-for", time = spoken(wait)),
                None => tr!("throttled"),
            },
        ),
        Event::Looking { unknown, look, of } => say(
            progress,
            tr!("looking", count = unknown, look = look, of = of),
        ),
        Event::Settling { unknown, wait } => say(
            progress,
            tr!("settling", count = unknown, time = spoken(wait)),
        ),
        Event::CantLook { unknown, failure } => say(
            progress,
            tr!("cant-look", count = unknown, failure = failure.to_string()),
        ),
        Event::Stopping { why: Why::Asked } => say(progress, tr!("stopping")),
        Event::Planned { .. }
        | Event::Started { .. }
        | Event::Retrying { .. }
        | Event::Resolved { .. }
        | Event::Stopping { .. } => {}
    }
}

/// The exit code that the outcomes come to.
fn exit_of(summary: &Summary, left_out: bool) -> Exit {
    let any = |outcomes: &[Outcome]| outcomes.iter().any(|outcome| summary.of(*outcome) > 0);
    let reached = [Outcome::Created, Outcome::Rejected, Outcome::Unknown];
    if any(&[Outcome::Failed]) && !any(&reached) {
        return Exit::Unavailable;
    }
    if any(&[Outcome::Unknown]) {
        Exit::Unknowns
    } else if left_out || any(&[Outcome::Invalid, Outcome::Rejected, Outcome::Failed]) {
        Exit::Rejects
    } else {
        Exit::Done
    }
}

/// Says why a run ended early, puts `again` (the same command) under what to do next, and gives the exit code.
fn explain_end(
    ended: &Ended,
    exit: Exit,
    terminal: &Terminal,
    again: String,
    next: &mut Vec<String>,
) -> Exit {
    let sent = &ended.sent;
    let Some(why) = &sent.stopped else {
        if sent.limit_reached && exit != Exit::Unknowns {
            *next = next::step(tr!("next-limit"), again);
        }
        return exit;
    };
    *next = next::step(tr!("next-again"), again);
    let (exit, text) = match why {
        Why::Asked | Why::AskedTwice => (ended.signal, tr!("stopped-asked")),
        Why::Service { stop, failure } => stop_text(*stop, failure.to_string()),
        Why::InARow { records, failure } => (
            exit,
            tr!(
                "stopped-in-a-row",
                count = *records,
                failure = failure.to_string()
            ),
        ),
        Why::RefusesEverything { records, failure } => (
            Exit::Unavailable,
            tr!(
                "stopped-refuses-everything",
                count = *records,
                failure = failure.to_string()
            ),
        ),
        Why::Unreachable { records, failure } => (
            Exit::Unavailable,
            tr!(
                "stopped-unreachable",
                count = *records,
                failure = failure.to_string()
            ),
        ),
        Why::Ledger => (Exit::Failure, tr!("stopped-ledger")),
    };
    terminal.warn(text);
    exit
}

/// Why every further request would fail alike, with its exit code.
pub fn stop_text(stop: Stop, failure: String) -> (Exit, String) {
    match stop {
        Stop::Credentials => (
            Exit::NoPermission,
            tr!("stopped-credentials", failure = failure),
        ),
        Stop::Forbidden => (
            Exit::NoPermission,
            tr!("stopped-forbidden", failure = failure),
        ),
        Stop::Quota => (Exit::NoPermission, tr!("stopped-quota", failure = failure)),
        Stop::WrongAddress => (
            Exit::Configuration,
            tr!("stopped-address", failure = failure),
        ),
    }
}

/// Where an import's ledger is if nothing names one: the state folder of the operating system.
pub fn ledger_path(named: Option<&PathBuf>, config: &Config) -> Result<PathBuf, Failed> {
    use etcetera::BaseStrategy;
    if let Some(path) = named.or(config.ledger.as_ref()) {
        return Ok(path.clone());
    }
    let folders = etcetera::choose_base_strategy().map_err(|error| {
        Failed::new(
            Exit::Configuration,
            format!("there is no home folder for the ledger: {error}; name a ledger with --ledger"),
        )
    })?;
    let state = folders.state_dir().unwrap_or_else(|| folders.data_dir());
    Ok(state.join("cardlift").join("ledger.sqlite3"))
}
