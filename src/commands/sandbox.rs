//! `cardlift sandbox`

use crate::cli::Sandbox;
use crate::exit::{Exit, Failed};
use crate::terminal::Terminal;

/// Serves the sandbox until it is interrupted.
pub fn run(_sandbox: &Sandbox, _terminal: &Terminal) -> Result<Exit, Failed> {
    Ok(Exit::Done)
}
