//! `cardlift import`

use crate::cli::Import;
use crate::exit::{Exit, Failed};
use crate::terminal::Terminal;

/// Reads, checks, plans, sends and reports.
pub fn run(import: &Import, terminal: &Terminal) -> Result<Exit, Failed> {
    super::check::run(&import.reading, terminal)
}
