//! The commands, one module each, and what they have in common.

pub mod auth;
mod changes;
pub mod check;
mod ending;
pub mod explain;
pub mod explain_code;
mod gone;
mod guard;
pub mod import;
mod next;
mod notice;
pub mod overview;
mod planning;
mod preflight;
mod reading;
mod remote;
pub mod resolve;
pub mod runs;
mod sending;
mod service;
mod signals;
pub mod small;
pub mod suggest;
mod tags;
pub mod undo;
mod update;
pub mod usage;

use crate::config::Config;
use crate::exit::Failed;
use crate::log;
use crate::terminal::Terminal;
use std::path::Path;

/// The configuration of a command. From here on messages are in its language, unless an option names another.
fn configuration(named: Option<&Path>, terminal: &Terminal) -> Result<Config, Failed> {
    let config = Config::load(named)?;
    let path = config.path.as_deref().unwrap_or(Path::new("none"));
    log::configuration(path);
    if let Some(lang) = config.report.lang {
        terminal.speak(lang);
    }
    Ok(config)
}
