//! `cardlift sandbox`: the service that tests and rehearsals use, on a loopback port.

use super::service::runtime;
use crate::cli::Sandbox as Args;
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::sandbox::{Account, Options, Property, PropertyKind, Rate, Sandbox, Window};
use crate::terminal::Terminal;
use serde_json::json;
use std::io;

/// Serves the sandbox until it is interrupted.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failed> {
    let account = Account::default();
    let options = Options {
        port: args.port,
        token: Some(args.token.clone()),
        rate: args
            .rate
            .map(|rate| Rate::per_minute(rate, Window::Sliding)),
        properties: args
            .custom_properties
            .iter()
            .map(|name| property(name))
            .collect(),
        account: Some(account.clone()),
        ..Options::default()
    };
    let mut sandbox = Sandbox::start(options).map_err(|error| {
        let error = match error.kind() {
            io::ErrorKind::AddrInUse => tr!("port-taken"),
            _ => error.to_string(),
        };
        let text = tr!("sandbox-port", port = args.port.to_string(), error);
        Failed::new(Exit::Failure, text)
    })?;
    match terminal.wants_json() {
        true => terminal.json(&json!({ "base_url": sandbox.base_url() }))?,
        false => terminal.data(&format!("{}\n", sandbox.base_url()))?,
    }
    terminal.say(tr!(
        "sandbox-serving",
        url = sandbox.base_url(),
        token = &args.token
    ));
    terminal.say(tr!(
        "sandbox-login",
        client = account.client_id,
        secret = account.client_secret,
        authorize = sandbox.authorize_url(),
        token = sandbox.token_url()
    ));
    runtime()?.block_on(tokio::signal::ctrl_c())?;
    sandbox.stop();
    Ok(Exit::Done)
}

fn property(name: &str) -> Property {
    Property {
        name: name.to_owned(),
        kind: PropertyKind::String,
        multi: false,
    }
}
