//! `cardlift auth`, `cardlift login` and `cardlift logout`: credentials, a user's own account, and what is wrong with them.

use super::service::{self, app, login_file};
use crate::api::login::{self, Callback, LoginFile, Redirect, Refusal};
use crate::api::{App, Client, CredentialProblem, Failure, FailureKind, Token};
use crate::cli::{self, ConfigArgs};
use crate::config::Config;
use crate::exit::{Exit, Failed, failed};
use crate::lang::{self, tr};
use crate::printable::plain;
use crate::terminal::{Terminal, spoken};
use serde_json::json;
use std::io::BufRead;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// Gets a token and makes one harmless read.
pub async fn run(auth: &ConfigArgs, terminal: &Terminal) -> Result<Exit, Failed> {
    let config = super::configuration(auth.config.as_deref(), terminal)?;
    let credentials = service::credentials(&config.auth)?;
    let settings = service::settings(&config, credentials, None, terminal)?;
    let client = Client::new(settings).map_err(|error| {
        Failed::new(Exit::Configuration, error.to_string()).named("wrong_settings")
    })?;
    let tried = client.try_out().await;
    let (token, read) = tried.map_err(|failure| no_token(&failure, &config))?;
    let scope = token.scope;
    if let Err(failure) = read {
        return Err(refused(&failure, scope, &config));
    }
    if scope.as_deref().is_some_and(only_reads) {
        return Err(missing_scope(scope, None));
    }
    let lives = token.lives.map(|lives| lives.as_secs());
    let line =
        json!({"ok": true, "service": config.api.base_url, "token_seconds": lives, "scope": scope});
    terminal.json(&line)?;
    let service = config.api.base_url.as_str();
    terminal.say(match (token.lives.map(spoken), scope) {
        (None, None) => tr!("auth-works", service),
        (Some(time), None) => tr!("auth-works-lives", service, time),
        (None, Some(scope)) => tr!("auth-works-scope", service, scope),
        (Some(time), Some(scope)) => tr!("auth-works-lives-scope", service, time, scope),
    });
    Ok(Exit::Done)
}

/// Scopes are separated by blanks (RFC 6749) and, in the vendor's samples, by commas. To create takes `contact`.
fn only_reads(scope: &str) -> bool {
    !scope.split([' ', ',']).any(|scope| scope == "contact")
}

/// Why contacts can't be read: what is wrong, what to do about it, and the exit code for it.
fn refused(failure: &Failure, granted: Option<String>, config: &Config) -> Failed {
    let service = config.api.base_url.as_str();
    let description = failure.description.as_deref().unwrap_or_default();
    let (exit, problem, key) = match failure.kind {
        FailureKind::Credentials(_) => return no_token(failure, config),
        // Observed: "has not permission api scope".
        FailureKind::Forbidden { .. } if description.to_ascii_lowercase().contains("scope") => {
            return missing_scope(granted, Some(failure));
        }
        FailureKind::TokenExpired => {
            let key = match (&config.auth.service_account, config.auth.login) {
                (Some(_), _) => "auth-refused-account",
                (None, true) => "auth-refused-login",
                (None, false) => "auth-refused-token",
            };
            (Exit::NoPermission, "token_refused", key)
        }
        FailureKind::Forbidden { .. } | FailureKind::Refused => {
            (Exit::NoPermission, "no_permission", "auth-no-permission")
        }
        FailureKind::WrongAddress => (Exit::Configuration, "wrong_address", "auth-wrong-address"),
        FailureKind::Throttled { .. } | FailureKind::Unavailable | FailureKind::Unknown => {
            (Exit::Unavailable, "unreachable", "auth-unavailable")
        }
    };
    let text = tr!(key, service, failure);
    Failed::new(exit, text).named(problem)
}

/// Why no token could be had.
fn no_token(failure: &Failure, config: &Config) -> Failed {
    let service = config.auth.token_url.as_str();
    let failed = |exit, problem, key| {
        let text = tr!(key, service, failure);
        Failed::new(exit, text).named(problem)
    };
    let problem = match &failure.kind {
        FailureKind::Credentials(problem) => problem,
        FailureKind::WrongAddress => {
            return failed(Exit::Configuration, "wrong_address", "auth-token-address");
        }
        _ => return failed(Exit::Unavailable, "unreachable", "auth-token-unavailable"),
    };
    let (token, machine) = (tr!("place-token"), tr!("place-machine"));
    let place = match problem {
        CredentialProblem::UnreadableKey(_) => "auth.private_key_file",
        CredentialProblem::MalformedToken => token.as_str(),
        CredentialProblem::WrongClient => "auth.client_id, auth.client_secret_env|_file",
        CredentialProblem::WrongServiceAccount => "auth.service_account, auth.private_key_file",
        CredentialProblem::CodeRefused => "auth.redirect_port",
        CredentialProblem::ClockOff { .. } => machine.as_str(),
        CredentialProblem::MissingScope => "auth.scope",
        CredentialProblem::NoLogin
        | CredentialProblem::LoginEnded
        | CredentialProblem::NotPermitted
        | CredentialProblem::Other => "[auth]",
    };
    let said = failure.description.clone().unwrap_or_default();
    failed!(NoPermission, "auth-at", place, said).named(problem.into())
}

fn missing_scope(granted: Option<String>, failure: Option<&Failure>) -> Failed {
    let granted = granted.map_or(String::new(), |granted| {
        tr!("auth-scope-granted", scope = granted)
    });
    let said = failure.map_or(String::new(), |failure| tr!("auth-scope-said", failure));
    failed!(NoPermission, "auth-scope", granted, said).named("missing_scope")
}

/// Sends the user to the login page, waits for the browser, and keeps what the user granted.
pub async fn login(args: &cli::Login, terminal: &Terminal) -> Result<Exit, Failed> {
    let config = super::configuration(args.config.as_deref(), terminal)?;
    let app = app(&config.auth)?;
    let file = login_file(&app)?;
    let grant = granted(args, &config, &app, terminal).await?;
    file.write(&app, &grant)
        .map_err(|error| unkept(&file, &error.to_string()))?;
    let path = file.path().display().to_string();
    terminal.json(&json!({
        "ok": true,
        "client_id": app.client_id,
        "scope": grant.scope,
        "file": path,
    }))?;
    terminal.say(tr!("login-done", path));
    Ok(Exit::Done)
}

/// Revokes the tokens of a login and removes its file.
pub async fn logout(args: &ConfigArgs, terminal: &Terminal) -> Result<Exit, Failed> {
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
    let revoked = login::revoke(&app, &grant, config.send.timeout).await;
    if let Err(failure) = revoked {
        let failed = no_token(&failure, &config);
        let said = failed.error.to_string();
        let text = tr!("logout-failed", said, path);
        return Err(Failed {
            error: anyhow::Error::msg(text),
            ..failed
        });
    }
    file.remove()
        .map_err(|error| unkept(&file, &error.to_string()))?;
    terminal.json(&json!({"ok": true, "client_id": app.client_id}))?;
    terminal.say(tr!("logout-done", path));
    Ok(Exit::Done)
}

fn unkept(file: &LoginFile, error: &str) -> Failed {
    let path = file.path().display().to_string();
    failed!(Failure, "login-unkept", path, error)
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
        failed!(Configuration, "login-port", port = port.to_string(), error).named("port_taken")
    })?;
    let redirect_uri = callback.redirect_uri();
    let state = login::new_state();
    let address = login::login_page(page, app, &redirect_uri, &state).to_string();
    if args.no_browser {
        terminal.say_always(tr!("login-address", address, redirect = redirect_uri));
        read_pasted(callback.sender());
    } else if open::that_detached(&address).is_ok() {
        terminal.say(tr!("login-opened", address));
    } else {
        terminal.say_always(tr!("login-unopened", address));
    }
    let waited = tokio::time::timeout(args.timeout, callback.redirect()).await;
    let Ok((redirect, page)) = waited else {
        return Err(timed_out(args.timeout, app, &redirect_uri));
    };
    let grant = match login::code(&redirect, &state) {
        Ok(code) => (login::exchange(app, &code, &redirect_uri, config.send.timeout).await)
            .map_err(|failure| no_token(&failure, config)),
        Err(refusal) => Err(not_granted(refusal)),
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

fn not_granted(refusal: Refusal) -> Failed {
    let (problem, text) = match refusal {
        Refusal::WrongState => ("wrong_state", tr!("login-state")),
        Refusal::Error(error) if error == "access_denied" => ("denied", tr!("login-denied")),
        Refusal::Error(error) => ("denied", tr!("login-error", error = plain(&error))),
        Refusal::NoCode => ("no_code", tr!("login-no-code")),
    };
    Failed::new(Exit::NoPermission, text).named(problem)
}

fn timed_out(after: Duration, app: &App, redirect_uri: &str) -> Failed {
    failed!(
        NoPermission,
        "login-timed-out",
        time = spoken(after),
        scope = &app.scope,
        redirect = redirect_uri
    )
    .named("timed_out")
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
