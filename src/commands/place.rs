//! Where the ledger of a command is.

use super::service;
use crate::config::Config;
use crate::exit::{Exit, Failed};
use crate::folders;
use crate::lang::tr;
use crate::ledger::{Address, Place, Server};
use secrecy::ExposeSecret;
use std::path::{Path, PathBuf};

/// The ledger that an option or the configuration names, or the file in the state folder.
pub fn ledger_place(named: Option<&PathBuf>, config: &Config) -> Result<Place, Failed> {
    if let Some(path) = named {
        return Ok(Place::File(path.clone()));
    }
    let ledger = &config.ledger;
    match (&ledger.url_env, &ledger.url_file, &ledger.path) {
        (None, None, Some(path)) => Ok(Place::File(path.clone())),
        (None, None, None) => Ok(Place::File(folders::state()?.join("ledger.sqlite3"))),
        (Some(variable), None, None) => {
            let address = std::env::var(variable).unwrap_or_default();
            if address.trim().is_empty() {
                let text = tr!("ledger-url-not-set", variable);
                return Err(Failed::new(Exit::NoPermission, text));
            }
            server(&address, Path::new(variable), config)
        }
        (None, Some(file), None) => {
            let address = service::secret_file(file)?;
            server(address.expose_secret(), file, config)
        }
        _ => Err(wrong(tr!("ledger-two-places"))),
    }
}

fn server(address: &str, named: &Path, config: &Config) -> Result<Place, Failed> {
    let account = config.auth.account();
    let account = account.ok_or_else(|| wrong(tr!("ledger-needs-account")))?;
    let address = Address::parse(address, named).map_err(wrong)?;
    Ok(Place::Server(Box::new(Server {
        address,
        named: named.to_path_buf(),
        base_url: config.api.base_url.clone(),
        account: account.to_owned(),
        timeout: config.send.timeout,
    })))
}

/// A configuration that names no ledger, or one that does not serve.
pub fn wrong(text: String) -> Failed {
    Failed::new(Exit::Configuration, text)
}
