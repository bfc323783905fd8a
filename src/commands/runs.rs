//! `cardlift runs`, `cardlift report` and `cardlift ledger copy`.

use super::next::{self, Kept};
use super::service::{ledger_place, wrong};
use crate::cli::{LedgerArgs, LedgerCopy, Report};
use crate::config::Config;
use crate::exit::{Exit, Failed, failed};
use crate::lang::{self, tr};
use crate::ledger::{Counts, ErrorKind, Ledger, Place, RunRow, SourceInfo, State};
use crate::names::list_of;
use crate::printable::plain;
use crate::report::run::outcomes;
use crate::report::{self, Outcome, ReportFolder, SetAside};
use crate::terminal::Terminal;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::io;
use std::path::PathBuf;

/// Writes a run's report again.
pub fn report(report: &Report, terminal: &Terminal) -> Result<Exit, Failed> {
    let (config, place) = place_of(&report.ledger, terminal)?;
    let ledger = place.open_to_read()?;
    let run = run_named(&ledger, &report.run)?;
    let path = match &report.report {
        Some(path) => path.clone(),
        None => config.report.dir.join(&run.name),
    };
    let sources = ledger.sources(run.id)?;
    let files: Vec<PathBuf> = sources.into_iter().map(|one| one.path).collect();
    let folder = ReportFolder::claim(&path, &files)?;
    let written = report::run::write(&ledger, &run, &[], folder).map_err(unwritten)?;
    say_kept(&written.kept, terminal);
    let summary = written.summary;
    let kept = Kept::default().ledger(&report.ledger);
    let kept = kept.or(Kept::of_run(&run));
    let next = next::after_import(&summary, &files, &written.rejects, &kept);
    terminal.sources(&summary.sources);
    terminal.summary(&summary, &path, &next)?;
    Ok(Exit::Done)
}

pub fn run_named(ledger: &Ledger, name: &str) -> Result<RunRow, Failed> {
    let run = ledger.run_named(name)?;
    run.ok_or_else(|| failed!(Usage, "run-unknown", run = name))
}

/// The configuration of a command, and where its ledger is.
pub fn place_of(args: &LedgerArgs, terminal: &Terminal) -> Result<(Config, Place), Failed> {
    let config = super::configuration(args.config.as_deref(), terminal)?;
    let place = ledger_place(args.ledger.as_ref(), &config)?;
    Ok((config, place))
}

/// What is said of a report that can't be written; the error names the file.
pub fn unwritten(error: impl Into<Failed>) -> Failed {
    let failed = error.into();
    match failed.error.downcast_ref::<io::Error>() {
        Some(error) => failed!(Failure, "report-unwritten", error),
        None => failed,
    }
}

/// Says which files of an earlier report have another name now.
pub fn say_kept(kept: &SetAside, terminal: &Terminal) {
    for (name, now) in &kept.edited {
        terminal.warn(tr!("report-edited", name, now));
    }
    if let Some(folder) = &kept.moved {
        terminal.warn(tr!("report-moved", folder));
    }
}

/// Lists the runs, the latest first.
pub fn list(args: &LedgerArgs, terminal: &Terminal) -> Result<Exit, Failed> {
    let ledger = match place_of(args, terminal)?.1.open_to_read() {
        // A ledger that somebody names has to be there; without one nothing was imported yet.
        Err(missing) if missing.kind == ErrorKind::Missing && args.ledger.is_none() => {
            terminal.say(missing.to_string());
            terminal.json(&json!({ "runs": [] }))?;
            return Ok(Exit::Done);
        }
        opened => opened?,
    };
    let (mut text, mut items) = (String::new(), Vec::new());
    for run in ledger.runs()? {
        let counts = ledger.counts(run.id)?;
        let undone = ledger.undone(run.id)?;
        let sources = ledger.sources(run.id)?;
        items.push(item(&run, &counts, undone, &sources));
        text.push_str(&line(&run, &counts, undone, &sources));
        text.push('\n');
    }
    terminal.result(&json!({ "runs": items }), &text, Terminal::page)?;
    Ok(Exit::Done)
}

fn line(run: &RunRow, counts: &Counts, undone: u64, sources: &[SourceInfo]) -> String {
    let others = outcomes(counts)
        .into_iter()
        .filter(|(outcome, count)| match outcome {
            Outcome::Created => false,
            Outcome::Exists => true,
            _ => *count > 0,
        });
    let others = others.map(|(outcome, count)| outcome.counted(count));
    let files = sources.iter().map(|source| {
        let path = &source.path;
        let name = path.file_name().unwrap_or(path.as_os_str());
        plain(&name.to_string_lossy())
    });
    tr!(
        "run-line",
        run = &run.name,
        started = local(run.info.started),
        state = tr!(&format!("run-{}", run.state.into_str())),
        records = tr!("records", count = counts.total()),
        created = counts.of(State::Created),
        undone,
        others = lang::joined(others).unwrap_or_default(),
        files = lang::joined(files).unwrap_or_default(),
        service = &run.info.base_url
    )
}

fn item(run: &RunRow, counts: &Counts, undone: u64, sources: &[SourceInfo]) -> Value {
    let path = |source: &SourceInfo| source.path.display().to_string();
    let files: Vec<String> = sources.iter().map(path).collect();
    json!({
        "run": run.name,
        "started": run.info.started.to_string(),
        "finished": run.finished.map(|finished| finished.to_string()),
        "state": run.state.into_str(),
        "service": run.info.base_url,
        "files": files,
        "records": counts.total(),
        "outcomes": outcomes(counts),
        "undone": undone,
    })
}

/// A time by this machine's clock.
fn local(time: Timestamp) -> String {
    let zoned = time.to_zoned(TimeZone::system());
    zoned.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Takes what a file knows of this company into its ledger on a server, which has to be empty.
pub fn copy(copy: &LedgerCopy, terminal: &Terminal) -> Result<Exit, Failed> {
    let config = super::configuration(copy.config.as_deref(), terminal)?;
    let place = ledger_place(None, &config)?;
    let Place::Server(server) = &place else {
        return Err(wrong(tr!("copy-needs-server")));
    };
    // Opening to write would make one.
    drop(Ledger::open_to_read(&copy.file)?);
    let file = Ledger::open(&copy.file)?;
    let there = file.accounts(&server.base_url)?;
    // A token has no account of its own, and a company may have got another name since.
    let own = [
        Some(server.account.as_str()),
        config.auth.service_account.as_deref(),
        Some(""),
    ];
    let is_meant = |one: &&String| match &copy.account {
        Some(account) => *one == account,
        None => own.contains(&Some(one.as_str())),
    };
    let taken: Vec<&String> = there.iter().filter(is_meant).collect();
    let [account] = taken[..] else {
        let key = match taken.is_empty() {
            true => "copy-no-account",
            false => "copy-accounts",
        };
        let path = &copy.file;
        let named: Vec<String> = there.iter().map(|one| format!("\"{one}\"")).collect();
        let (service, accounts) = (server.base_url.as_str(), list_of(&named));
        return Err(wrong(tr!(key, path, service, accounts)));
    };
    let mut ledger = place.open()?;
    if !ledger.is_empty()? {
        let (path, account) = (place.path(), &server.account);
        return Err(wrong(tr!("copy-not-empty", path, account)));
    }
    let copied = ledger.copy_from(&file, &server.base_url, account)?;
    let (runs, records, rows) = (copied.runs, copied.records, copied.rows);
    terminal.json(&json!({"runs": runs, "records": records, "rows": rows}))?;
    let account = &server.account;
    terminal.say(tr!("copied", runs, records, rows, account));
    Ok(Exit::Done)
}
