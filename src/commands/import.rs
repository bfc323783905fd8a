//! `cardlift import`: read, check, plan, send, report.
//!
//! Nothing is sent before every record of every input has been read, checked and planned in the ledger. From then on the
//! ledger is all that counts: the report is written from it, and the same command goes on where a run was cut off.

use super::reading;
use super::{check, planning, runs, service};
use crate::api::{Client, Planned, Stop, plan_rate};
use crate::cli::Import;
use crate::config::Config;
use crate::exit::{Exit, Failed};
use crate::ledger::{Counts, Ledger, LedgerError, RunInfo, RunRow, RunState, State};
use crate::report::{Outcome, Summary, make_folder};
use crate::send::{self, Event, Fate, SendSettings, Sent, Why};
use crate::terminal::{Progress, Terminal, counted, grouped, spoken};
use jiff::Timestamp;
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

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
    say_plan(&counts, &rate, import, &target, terminal);
    let open = ledger.unknowns(run.id).map_err(of_ledger)?.len();
    let nothing_to_send = counts.of(State::Planned) == 0 && open == 0;
    let agreed = nothing_to_send || agreed(import, &target, terminal);
    let ended = if agreed && !nothing_to_send {
        let client = target.client(config, rate.per_minute)?;
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
    let (summary, mut next) = runs::write_report(&ledger, &run, &folder, terminal.language())?;
    let mut exit = exit_of(&summary, opened.left_out);
    if let Some(ended) = &ended {
        exit = explain_end(ended, exit, terminal, &mut next);
    }
    if !agreed {
        terminal.say("Nothing was sent.");
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
        error: error.into(),
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
    target: &service::Target,
    terminal: &Terminal,
) {
    let states = [
        (State::Planned, "new"),
        (State::Exists, "already there"),
        (State::Duplicate, "duplicate"),
        (State::Invalid, "invalid"),
        (State::Held, "waiting for an unknown one of an earlier run"),
    ];
    let counted_states: Vec<String> = states
        .iter()
        .filter(|(state, _)| counts.of(*state) > 0)
        .map(|(state, word)| format!("{} {word}", grouped(counts.of(*state))))
        .collect();
    let plan = if counted_states.is_empty() {
        "no records".into()
    } else {
        counted_states.join(", ")
    };
    terminal.say(format!("Plan: {plan}; to {}", target.called()));
    let Some(per_minute) = rate.per_minute.filter(|_| counts.of(State::Planned) > 0) else {
        return;
    };
    let finish =
        jiff::Zoned::now() + jiff::SignedDuration::try_from(rate.expected).unwrap_or_default();
    let halved = if rate.halved {
        ", half of the limit, as the vendor asks of runs of 30 minutes or more"
    } else if import.rate.is_some() {
        ", as asked"
    } else {
        ""
    };
    terminal.say(format!(
        "Pace: {per_minute} a minute{halved}; about {}, until {}",
        spoken(rate.expected),
        finish.strftime("%Y-%m-%d %H:%M")
    ));
}

/// Whether the contacts may be sent: somebody said yes, or nobody can be asked and the command is its own answer.
fn agreed(import: &Import, target: &service::Target, terminal: &Terminal) -> bool {
    if import.yes || import.no_input || target.is_sandbox() || !terminal.can_ask() {
        return true;
    }
    terminal.confirm("Create these contacts?")
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
        let listener = tokio::spawn(listen(Arc::clone(&signals)));
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
            let terminated = signals.terminated.load(Ordering::Relaxed);
            let signal = if terminated {
                Exit::Terminated
            } else {
                Exit::Interrupted
            };
            return Ok(Ended { sent, signal });
        }
        Err(error) => error,
    };
    Err(of_ledger(error))
}

#[derive(Default)]
struct Signals {
    first: Notify,
    second: Notify,
    terminated: AtomicBool,
}

/// The first signal ends the run gently, the second at once.
async fn listen(signals: Arc<Signals>) {
    one_signal(&signals).await;
    signals.first.notify_one();
    one_signal(&signals).await;
    signals.second.notify_one();
}

#[cfg(unix)]
async fn one_signal(signals: &Signals) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => signals.terminated.store(true, Ordering::Relaxed),
    }
}

#[cfg(not(unix))]
async fn one_signal(_signals: &Signals) {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

fn show(event: Event, progress: &mut Option<Progress>, terminal: &Terminal) {
    if let Event::Planned { total } = event {
        *progress = Some(terminal.progress(total, "Sending"));
        return;
    }
    let say = |progress: &Option<Progress>, text: String| match progress {
        Some(progress) => progress.say(&text),
        None => terminal.say(text),
    };
    match event {
        Event::Finished { fate, .. } => {
            if let Some(progress) = progress {
                let done = u64::from(!matches!(fate, Fate::NotSent));
                progress.advance(done, "");
            }
        }
        Event::Throttled { retry_after } => {
            let wait = retry_after.map_or(String::new(), |wait| format!(" for {}", spoken(wait)));
            say(
                progress,
                format!("The service asks to wait{wait}; nobody sends until then"),
            );
        }
        Event::Looking { unknown, look, of } => say(
            progress,
            format!(
                "Looking up {} whose answer was lost (look {look} of {of})",
                counted(unknown as u64, "record")
            ),
        ),
        Event::Settling { unknown, wait } => say(
            progress,
            format!(
                "{} may still appear in the service; looking again in {}",
                counted(unknown as u64, "record"),
                spoken(wait)
            ),
        ),
        Event::CantLook { unknown, failure } => say(
            progress,
            format!(
                "{} can't be looked up, the service answers: {failure}",
                counted(unknown as u64, "unknown record")
            ),
        ),
        Event::Stopping { why: Why::Asked } => say(
            progress,
            "Stopping: what is under way is waited for; interrupt again to stop at once".into(),
        ),
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
    if any(&[Outcome::Unknown]) {
        Exit::Unknowns
    } else if left_out || any(&[Outcome::Invalid, Outcome::Rejected, Outcome::Failed]) {
        Exit::Rejects
    } else {
        Exit::Done
    }
}

/// Says why a run ended early, and gives the exit code for it.
fn explain_end(ended: &Ended, exit: Exit, terminal: &Terminal, next: &mut Vec<String>) -> Exit {
    let sent = &ended.sent;
    if sent.limit_reached {
        next.push("The limit is reached; run the same command again for the rest".into());
    }
    let resume = || {
        "Run the same command again: it goes on where it stopped, and creates nothing twice"
            .to_owned()
    };
    let Some(why) = &sent.stopped else {
        if exit == Exit::Unknowns {
            next.push("What is unknown is looked up by the next run of the same command, before it sends anything".into());
        }
        return exit;
    };
    let (exit, text) = match why {
        Why::Asked | Why::AskedTwice => (ended.signal, "Interrupted.".into()),
        Why::Service { stop, failure } => stop_text(*stop, &failure.to_string()),
        Why::InARow { records, failure } => (
            exit,
            format!(
                "Stopped after {} in a row that failed or are unknown; the last answer: {failure}",
                counted(u64::from(*records), "record")
            ),
        ),
        Why::RefusesEverything { records, failure } => (
            Exit::Unavailable,
            format!(
                "The service refused each of the first {}: {failure}",
                counted(u64::from(*records), "record")
            ),
        ),
        Why::Unreachable { records, failure } => (
            Exit::Unavailable,
            format!(
                "The service can't be reached (tried for {}): {failure}; check api.base_url and the network",
                counted(u64::from(*records), "record")
            ),
        ),
        Why::Ledger => (Exit::Failure, "The ledger can't be written.".into()),
    };
    terminal.warn(text);
    next.push(resume());
    exit
}

fn stop_text(stop: Stop, failure: &str) -> (Exit, String) {
    match stop {
        Stop::Credentials => (
            Exit::NoPermission,
            format!(
                "The credentials are refused: {failure}; get a new token, or see `cardlift auth`"
            ),
        ),
        Stop::Forbidden => (
            Exit::NoPermission,
            format!(
                "The service does not allow it: {failure}; the app needs the scope `contact`, and the account the right to create contacts"
            ),
        ),
        Stop::Quota => (
            Exit::NoPermission,
            format!(
                "The service has no room for more contacts: {failure}; contacts in the trash count too: empty it, or enlarge the plan"
            ),
        ),
        Stop::WrongAddress => (
            Exit::Configuration,
            format!("There is no such service: {failure}; check api.base_url"),
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
