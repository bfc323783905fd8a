//! `cardlift ledger copy FILE`: from a file to a server.

use super::place::{ledger_place, wrong};
use crate::cli::LedgerCopy;
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::ledger::{Ledger, Place};
use crate::names::list_of;
use crate::terminal::Terminal;
use serde_json::json;

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
        let path = copy.file.display().to_string();
        let named: Vec<String> = there.iter().map(|one| format!("\"{one}\"")).collect();
        let (service, accounts) = (server.base_url.as_str(), list_of(&named));
        return Err(wrong(tr!(key, path, service, accounts)));
    };
    let mut ledger = place.open()?;
    if !ledger.is_empty()? {
        let (path, account) = (place.path().display().to_string(), &server.account);
        return Err(wrong(tr!("copy-not-empty", path, account)));
    }
    let copied = ledger.copy_from(&file, &server.base_url, account)?;
    let (runs, records, rows) = (copied.runs, copied.records, copied.rows);
    terminal.json(&json!({"runs": runs, "records": records, "rows": rows}))?;
    let account = &server.account;
    terminal.say(tr!("copied", runs, records, rows, account));
    Ok(Exit::Done)
}
