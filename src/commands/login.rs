//! `cardlift login` and `cardlift logout`: a user's own account.

use super::auth::no_token;
use super::service::{self, app, login_file};
use crate::api::login::{self, Callback, LoginFile, Redirect, Refusal};
use crate::api::{App, Token};
use crate::cli;
use crate::config::Config;
use crate::exit::{Exit, Failed};
use crate::lang::{self, tr};
use crate::printable::plain;
use crate::terminal::{Terminal, spoken};
use serde_json::json;
use std::io::BufRead;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// Sends the user to the login page, waits for the browser, and keeps what the user granted.
pub fn login(args: &cli::Login, terminal: &Terminal) -> Result<Exit, Failed> {
    let config = super::configuration(args.config.as_deref(), terminal)?;
    let app = app(&config.auth)?;
    let file = login_file(&app)?;
    let grant = service::runtime()?.block_on(granted(args, &config, &app, terminal))?;
    file.write(&app, &grant)
        .map_err(|error| unkept(&file, &error.to_string()))?;
    let path = file.path().display().to_string();
    terminal.json(&json!({
        "ok": true,
        "client_id": app.client_id,
        "scope": grant.scope,
        "file": path,
    }))?;
    terminal.say(tr!("login-done", path = path));
    Ok(Exit::Done)
}

/// Revokes the tokens of a login and removes its file.
pub fn logout(args: &cli::ConfigArgs, terminal: &Terminal) -> Result<Exit, Failed> {
    let config = super::configuration(args.config.as_deref(), terminal)?;
    let app = app(&config.auth)?;
    let file = login_file(&app)?;
    let path = file.path().display().to_string();
    // A file that can't be understood holds nothing that could be revoked.
    let Some(grant) = file.read(&app).unwrap_or_default() else {
        file.remove()?;
        terminal.say(tr!("logout-nobody", client = &app.client_id));
        return Ok(Exit::Done);
    };
    let revoked = service::runtime()?.block_on(login::revoke(&app, &grant, config.send.timeout));
    if let Err(failure) = revoked {
        let failed = no_token(&failure, &config);
        let said = failed.error.to_string();
        let text = tr!("logout-failed", said = said, path = path);
        return Err(Failed {
            error: anyhow::Error::msg(text),
            ..failed
        });
    }
    file.remove()
        .map_err(|error| unkept(&file, &error.to_string()))?;
    terminal.json(&json!({"ok": true, "client_id": app.client_id}))?;
    terminal.say(tr!("logout-done", path = path));
    Ok(Exit::Done)
}

fn unkept(file: &LoginFile, error: &str) -> Failed {
    let path = file.path().display().to_string();
    Failed::new(
        Exit::Failure,
        tr!("login-unkept", path = path, error = error),
    )
}

async fn granted(
    args: &cli::Login,
    config: &Config,
    app: &App,
    terminal: &Terminal,
) -> Result<Token, Failed> {
    let page = service::url(&config.auth.authorize_url, "auth.authorize_url")?;
    let port = config.auth.redirect_port;
    let mut callback = Callback::bind(port).await.map_err(|error| {
        let text = tr!(
            "login-port",
            port = port.to_string(),
            error = error.to_string()
        );
        Failed::new(Exit::Configuration, text).named("port_taken")
    })?;
    let redirect_uri = callback.redirect_uri();
    let state = login::new_state();
    let address = login::login_page(page, app, &redirect_uri, &state).to_string();
    if args.no_browser {
        terminal.say_always(tr!(
            "login-address",
            address = address.as_str(),
            redirect = redirect_uri.as_str()
        ));
        read_pasted(callback.sender());
    } else if open::that_detached(&address).is_ok() {
        terminal.say(tr!("login-opened", address = address));
    } else {
        terminal.say_always(tr!("login-unopened", address = address));
    }
    let waited = tokio::time::timeout(args.timeout, callback.redirect()).await;
    let Ok((redirect, page)) = waited else {
        return Err(timed_out(args.timeout, app, &redirect_uri));
    };
    let grant = match login::code(&redirect, &state) {
        Ok(code) => (login::exchange(app, &code, &redirect_uri, config.send.timeout).await)
            .map_err(|failure| no_token(&failure, config)),
        Err(refusal) => Err(refused(refusal)),
    };
    // Without a browser to read it, the terminal says the same.
    let _ = page.send(html(&grant));
    callback.close().await;
    grant
}

/// Takes lines that are pasted for redirects, on a thread that ends with the program: nothing interrupts the reading of a line.
fn read_pasted(redirects: mpsc::Sender<Redirect>) {
    std::thread::spawn(move || {
        let lines = std::io::stdin().lock().lines().map_while(Result::ok);
        for line in lines.filter(|line| line.contains('?')) {
            let (page, _) = oneshot::channel();
            if redirects.blocking_send((line, page)).is_err() {
                return;
            }
        }
    });
}

fn refused(refusal: Refusal) -> Failed {
    let (problem, text) = match refusal {
        Refusal::WrongState => ("wrong_state", tr!("login-state")),
        Refusal::Error(error) if error == "access_denied" => ("denied", tr!("login-denied")),
        Refusal::Error(error) => ("denied", tr!("login-error", error = plain(&error))),
        Refusal::NoCode => ("no_code", tr!("login-no-code")),
    };
    Failed::new(Exit::NoPermission, text).named(problem)
}

fn timed_out(after: Duration, app: &App, redirect_uri: &str) -> Failed {
    let text = tr!(
        "login-timed-out",
        time = spoken(after),
        scope = &app.scope,
        redirect = redirect_uri
    );
    Failed::new(Exit::NoPermission, text).named("timed_out")
}

/// The page that the browser shows in the end.
fn html(grant: &Result<Token, Failed>) -> String {
    let text = match grant {
        Ok(_) => tr!("login-page-done"),
        Err(_) => tr!("login-page-failed"),
    };
    let lang = lang::current().as_str();
    format!(
        "<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\"><title>cardlift</title>\
         <body style=\"font:1.2rem system-ui;margin:4rem auto;max-width:40rem\"><p>{text}</p></body></html>"
    )
}
