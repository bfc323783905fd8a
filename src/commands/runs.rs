//! `cardlift runs` and `cardlift report`, from the ledger.

mod list;

pub use list::list;

use super::next::{self, Kept};
use super::place::ledger_place;
use crate::cli::{LedgerArgs, Report};
use crate::config::Config;
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::ledger::{Ledger, Place, RunRow};
use crate::report::{self, ReportFolder, SetAside};
use crate::terminal::Terminal;
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
    run.ok_or_else(|| Failed::new(Exit::Usage, tr!("run-unknown", run = name)))
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
        Some(error) => {
            let text = tr!("report-unwritten", error = error.to_string());
            Failed::new(Exit::Failure, text)
        }
        None => failed,
    }
}

/// Says which files of an earlier report have another name now.
pub fn say_kept(kept: &SetAside, terminal: &Terminal) {
    for (name, now) in &kept.edited {
        terminal.warn(tr!("report-edited", name, now));
    }
    if let Some(folder) = &kept.moved {
        let folder = folder.display().to_string();
        terminal.warn(tr!("report-moved", folder));
    }
}
