//! `cardlift sandbox`: the service that tests and rehearsals use, on a loopback port.

use crate::cli::Sandbox as Args;
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::sandbox::{Account, Options, Rate, Sandbox, Window};
use crate::terminal::Terminal;

/// Serves the sandbox until it is interrupted.
pub fn run(args: &Args, terminal: &Terminal) -> Result<Exit, Failed> {
    let options = Options {
        port: args.port,
        token: Some(args.token.clone()),
        rate: args
            .rate
            .map(|rate| Rate::per_minute(rate, Window::Sliding)),
        account: Some(Account::default()),
        ..Options::default()
    };
    let mut sandbox = Sandbox::start(options).map_err(|error| {
        Failed::new(
            Exit::Failure,
            format!(
                "127.0.0.1:{}: can't be served: {error}; name another port with --port",
                args.port
            ),
        )
    })?;
    terminal.data(&format!("{}\n", sandbox.base_url()))?;
    terminal.say(tr!("sandbox-serving"));
    let Account {
        client_id,
        client_secret,
        ..
    } = Account::default();
    terminal.say(tr!(
        "sandbox-login",
        client = client_id,
        secret = client_secret,
        authorize = sandbox.authorize_url(),
        token = sandbox.token_url()
    ));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(tokio::signal::ctrl_c())?;
    sandbox.stop();
    Ok(Exit::Done)
}
