//! `cardlift runs` and `cardlift report`, from the ledger.

mod list;

pub use list::list;

use super::next::{self, Kept};
use super::place::ledger_place;
use super::report::{say_kept, unwritten};
use crate::cli::{LedgerArgs, Report};
use crate::exit::{Exit, Failed};
use crate::lang::{Phrase, tr};
use crate::ledger::{Ledger, Place, RunRow};
use crate::report::{self, ReportFolder, Summary};
use crate::terminal::Terminal;
use std::path::PathBuf;

/// Writes a run's report again.
pub fn report(report: &Report, terminal: &Terminal) -> Result<Exit, Failed> {
    let config = super::configuration(report.ledger.config.as_deref(), terminal)?;
    let place = ledger_place(report.ledger.ledger.as_ref(), &config)?;
    let ledger = place.open_to_read()?;
    let run = run_named(&ledger, &report.run)?;
    let path = match &report.report {
        Some(path) => path.clone(),
        None => config.report.dir.join(&run.name),
    };
    let sources = ledger.sources(run.id)?;
    let files: Vec<PathBuf> = sources.into_iter().map(|one| one.info.path).collect();
    let folder = ReportFolder::claim(&path, &files)?;
    let written = write_report(&ledger, &run, &[], folder, terminal);
    let (summary, rejects) = written.map_err(unwritten)?;
    let kept = Kept::default().ledger(&report.ledger);
    let kept = kept.or(Kept::of_run(&run));
    let next = next::after_import(&summary, &files, &rejects, &kept);
    terminal.sources(&summary.sources);
    terminal.summary(&summary, &path, &next)?;
    Ok(Exit::Done)
}

pub fn run_named(ledger: &Ledger, name: &str) -> Result<RunRow, Failed> {
    let run = ledger.run_named(name)?;
    run.ok_or_else(|| Failed::new(Exit::Usage, tr!("run-unknown", run = name)))
}

fn place_of(args: &LedgerArgs, terminal: &Terminal) -> Result<Place, Failed> {
    let config = super::configuration(args.config.as_deref(), terminal)?;
    ledger_place(args.ledger.as_ref(), &config)
}

/// Writes the report of a run from the ledger alone, and tells the files of its rejects. `objections` are what the guards said.
pub fn write_report(
    ledger: &Ledger,
    run: &RunRow,
    objections: &[Phrase],
    folder: ReportFolder,
    terminal: &Terminal,
) -> Result<(Summary, Vec<PathBuf>), Failed> {
    let written = report::run::write(ledger, run, objections, folder)?;
    say_kept(&written.kept, terminal);
    Ok((written.summary, written.rejects))
}
