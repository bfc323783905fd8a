//! The folders of the operating system that cardlift uses: `XDG_STATE_HOME` and `XDG_CONFIG_HOME` or their defaults, and on
//! Windows those of the user's profile.

use crate::exit::{Failed, failed};
use etcetera::BaseStrategy;
use std::path::PathBuf;

/// Where the ledger and logins are kept.
pub fn state() -> Result<PathBuf, Failed> {
    let folders = etcetera::choose_base_strategy()
        .map_err(|error| failed!(Configuration, "ledger-homeless", error = error.to_string()))?;
    let state = folders.state_dir().unwrap_or_else(|| folders.data_dir());
    Ok(state.join("cardlift"))
}

/// Where a user's configuration is looked for; `None` for a user without a home.
pub fn config() -> Option<PathBuf> {
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.config_dir().join("cardlift"))
}
