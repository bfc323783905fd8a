//! `cardlift login` and `cardlift logout`: a user's own account.

use super::auth::no_token;
use super::service::{self, app, login_file};
use crate::api::login::{self, Callback, LoginFile, Refusal};
use crate::api::{App, Token};
use crate::cli;
use crate::config::Config;
use crate::exit::{Exit, Failed};
use crate::lang::{self, tr};
use crate::printable::plain;
use crate::terminal::{Terminal, spoken};
use secrecy::SecretString;
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
        terminal.say(tr!("logout-nobody", client = app.client_id.as_str()));
        return Ok(Exit::Done);
    };
    let revoked = service::runtime()?.block_on(login::revoke(&app, &grant, config.send.timeout));
    if let Err(failure) = revoked {
        let (exit, problem, said) = no_token(&failure, &config);
        let text = tr!("logout-failed", said = said, path = path);
        return Err(Failed::new(exit, text).named(problem));
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
    let pasted = show(&address, &redirect_uri, args.no_browser, terminal);
    let waited = tokio::time::timeout(args.timeout, redirect(&mut callback, pasted)).await;
    let Ok((redirect, page)) = waited else {
        return Err(timed_out(args.timeout, app, &redirect_uri));
    };
    let grant = match login::code(&redirect, &state) {
        Ok(code) => exchanged(config, app, &code, &redirect_uri).await,
        Err(refusal) => Err(refused(refusal)),
    };
    if let Some(page) = page {
        // Without a browser to read it, the terminal says the same.
        let _ = page.send(html(&grant));
    }
    callback.close().await;
    grant
}

/// Opens the login page, or shows its address and reads lines that are pasted.
fn show(
    address: &str,
    redirect_uri: &str,
    no_browser: bool,
    terminal: &Terminal,
) -> mpsc::Receiver<String> {
    let (send, pasted) = mpsc::channel(1);
    if no_browser {
        terminal.say_always(tr!(
            "login-address",
            address = address,
            redirect = redirect_uri
        ));
        // The thread ends with the program: nothing interrupts the reading of a line.
        std::thread::spawn(move || {
            let lines = std::io::stdin().lock().lines();
            for line in lines
                .map_while(Result::ok)
                .filter(|line| line.contains('?'))
            {
                if send.blocking_send(line).is_err() {
                    return;
                }
            }
        });
        return pasted;
    }
    match open::that_detached(address) {
        Ok(()) => terminal.say(tr!("login-opened", address = address)),
        Err(_) => terminal.say_always(tr!("login-unopened", address = address)),
    }
    pasted
}

/// The redirect, from the browser or pasted, and where its page goes.
async fn redirect(
    callback: &mut Callback,
    mut pasted: mpsc::Receiver<String>,
) -> (String, Option<oneshot::Sender<String>>) {
    let line = async {
        match pasted.recv().await {
            Some(line) => line,
            None => std::future::pending().await, // no more lines: the browser may still come
        }
    };
    tokio::select! {
        (redirect, page) = callback.redirect() => (redirect, Some(page)),
        line = line => (line, None),
    }
}

async fn exchanged(
    config: &Config,
    app: &App,
    code: &SecretString,
    redirect_uri: &str,
) -> Result<Token, Failed> {
    let exchanged = login::exchange(app, code, redirect_uri, config.send.timeout).await;
    exchanged.map_err(|failure| {
        let (exit, problem, text) = no_token(&failure, config);
        Failed::new(exit, text).named(problem)
    })
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
        scope = app.scope.as_str(),
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
