//! `cardlift runs`: what the ledger remembers, a line for each run.

use super::place_of;
use crate::cli::LedgerArgs;
use crate::exit::{Exit, Failed};
use crate::lang::{self, tr};
use crate::ledger::{Counts, ErrorKind, RunRow, SourceInfo, State};
use crate::printable::plain;
use crate::report::Outcome;
use crate::report::run::outcomes;
use crate::terminal::Terminal;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

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
        if terminal.wants_json() {
            items.push(item(&run, &counts, undone, &sources));
        } else {
            text.push_str(&line(&run, &counts, undone, &sources));
            text.push('\n');
        }
    }
    match terminal.wants_json() {
        true => terminal.json(&json!({ "runs": items }))?,
        false => terminal.page(&text)?,
    }
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
