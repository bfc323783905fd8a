//! `cardlift runs`: what the ledger remembers, a line for each run.

use super::path;
use crate::cli::LedgerArgs;
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::ledger::{Ledger, RunState, State};
use crate::terminal::Terminal;

/// Lists the runs, the latest first.
pub fn list(args: &LedgerArgs, terminal: &Terminal) -> Result<Exit, Failed> {
    let path = path(args, terminal)?;
    // A ledger that somebody names has to be there; without one nothing was imported yet.
    if args.ledger.is_none() && !path.exists() {
        terminal.say(tr!("ledger-missing", path = path.display().to_string()));
        return Ok(Exit::Done);
    }
    let ledger = Ledger::open_to_read(&path)?;
    let mut text = String::new();
    for run in ledger.runs()? {
        let counts = ledger.counts(run.id)?;
        let (name, state) = (run.name.as_str(), how_far(run.state));
        let started = run.info.started.strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        let records = tr!("records", count = counts.total());
        let created = counts.of(State::Created);
        let exists = counts.of(State::Exists);
        let service = run.info.base_url.as_str();
        let undone = ledger.undone(run.id)?;
        text.push_str(&tr!(
            "run-line",
            run = name,
            started = started,
            state = state,
            records = records,
            created = created,
            undone = undone,
            exists = exists,
            service = service
        ));
        text.push('\n');
    }
    terminal.page(&text)?;
    Ok(Exit::Done)
}

/// How far a run came.
fn how_far(state: RunState) -> String {
    match state {
        RunState::Planning => tr!("run-planning"),
        RunState::Ready => tr!("run-ready"),
        RunState::Finished => tr!("run-finished"),
        RunState::Stopped => tr!("run-stopped"),
        RunState::Interrupted => tr!("run-interrupted"),
    }
}
