//! `cardlift auth`: is everything in place to talk to the service, and if not, what is wrong?

use super::service;
use crate::api::{Client, CredentialProblem, Failure, FailureKind};
use crate::cli::ConfigArgs;
use crate::config::Config;
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::terminal::{Terminal, spoken};
use serde_json::json;

/// Gets a token and makes one harmless read.
pub fn run(auth: &ConfigArgs, terminal: &Terminal) -> Result<Exit, Failed> {
    let config = super::configuration(auth.config.as_deref(), terminal)?;
    let credentials = service::credentials(&config.auth)?;
    let settings = service::settings(&config, credentials, None, terminal)?;
    let client = Client::new(settings).map_err(|error| {
        Failed::new(Exit::Configuration, error.to_string()).named("wrong_settings")
    })?;
    let (token, read) = (service::runtime()?.block_on(client.try_out()))
        .map_err(|failure| no_token(&failure, &config))?;
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
        (None, None) => tr!("auth-works", service = service),
        (Some(time), None) => tr!("auth-works-lives", service = service, time = time),
        (None, Some(scope)) => tr!("auth-works-scope", service = service, scope = scope),
        (Some(time), Some(scope)) => tr!(
            "auth-works-lives-scope",
            service = service,
            time = time,
            scope = scope
        ),
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
    let text = tr!(key, service = service, failure = failure.to_string());
    Failed::new(exit, text).named(problem)
}

/// Why no token could be had.
pub(super) fn no_token(failure: &Failure, config: &Config) -> Failed {
    let service = config.auth.token_url.as_str();
    let failed = |exit, problem, key| {
        let text = tr!(key, service = service, failure = failure.to_string());
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
    let text = tr!("auth-at", place = place, said = said);
    Failed::new(Exit::NoPermission, text).named(problem.into())
}

fn missing_scope(granted: Option<String>, failure: Option<&Failure>) -> Failed {
    let granted = granted.map_or(String::new(), |granted| {
        tr!("auth-scope-granted", scope = granted)
    });
    let said = failure.map_or(String::new(), |failure| {
        tr!("auth-scope-said", failure = failure.to_string())
    });
    let text = tr!("auth-scope", granted = granted, said = said);
    Failed::new(Exit::NoPermission, text).named("missing_scope")
}
