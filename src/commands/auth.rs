//! `cardlift auth`: is everything in place to talk to the service, and if not, what is wrong?

use super::service;
use crate::api::{CredentialProblem, Diagnosis, Failure, FailureKind, diagnose};
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
    match service::runtime()?.block_on(diagnose(settings)) {
        Diagnosis::Works { token_lives, scope } => {
            let lives = token_lives.map(|lives| lives.as_secs());
            let line = json!({"ok": true, "service": config.api.base_url, "token_seconds": lives, "scope": scope});
            terminal.json(&line)?;
            let service = config.api.base_url.as_str();
            terminal.say(match (token_lives.map(spoken), scope) {
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
        wrong => Err(complaint(wrong, &config)),
    }
}

/// What is wrong, what to do about it, and the exit code for it.
fn complaint(diagnosis: Diagnosis, config: &Config) -> Failed {
    let service = config.api.base_url.as_str();
    let said = |key, failure: Failure| tr!(key, service = service, failure = failure.to_string());
    let (exit, problem, text) = match diagnosis {
        Diagnosis::WrongSettings(error) => {
            (Exit::Configuration, "wrong_settings", error.to_string())
        }
        Diagnosis::NoToken(failure) => no_token(&failure, config),
        Diagnosis::TokenRefused(failure) => {
            let key = match (&config.auth.service_account, config.auth.login) {
                (Some(_), _) => "auth-refused-account",
                (None, true) => "auth-refused-login",
                (None, false) => "auth-refused-token",
            };
            (Exit::NoPermission, "token_refused", said(key, failure))
        }
        Diagnosis::MissingScope { granted, failure } => {
            let text = missing_scope(granted, failure);
            (Exit::NoPermission, "missing_scope", text)
        }
        Diagnosis::NoPermission(failure) => {
            let text = said("auth-no-permission", failure);
            (Exit::NoPermission, "no_permission", text)
        }
        Diagnosis::WrongAddress(failure) => {
            let text = said("auth-wrong-address", failure);
            (Exit::Configuration, "wrong_address", text)
        }
        Diagnosis::Unavailable(failure) => {
            let text = said("auth-unavailable", failure);
            (Exit::Unavailable, "unreachable", text)
        }
        Diagnosis::Works { .. } => unreachable!("the caller has dealt with what works"),
    };
    Failed::new(exit, text).named(problem)
}

pub(super) fn no_token(failure: &Failure, config: &Config) -> (Exit, &'static str, String) {
    let service = config.auth.token_url.as_str();
    let text = |key| tr!(key, service = service, failure = failure.to_string());
    let problem = match &failure.kind {
        FailureKind::Credentials(problem) => problem,
        FailureKind::WrongAddress => {
            let text = text("auth-token-address");
            return (Exit::Configuration, "wrong_address", text);
        }
        _ => {
            let text = text("auth-token-unavailable");
            return (Exit::Unavailable, "unreachable", text);
        }
    };
    let (token, machine) = (tr!("place-token"), tr!("place-machine"));
    let (name, place) = match problem {
        CredentialProblem::UnreadableKey(_) => ("unreadable_key", "auth.private_key_file"),
        CredentialProblem::MalformedToken => ("malformed_token", token.as_str()),
        CredentialProblem::WrongClient => (
            "wrong_client",
            "auth.client_id, auth.client_secret_env|_file",
        ),
        CredentialProblem::WrongServiceAccount => (
            "wrong_service_account",
            "auth.service_account, auth.private_key_file",
        ),
        CredentialProblem::NoLogin => ("no_login", "[auth]"),
        CredentialProblem::LoginEnded => ("login_ended", "[auth]"),
        CredentialProblem::CodeRefused => ("code_refused", "auth.redirect_port"),
        CredentialProblem::ClockOff { .. } => ("clock_off", machine.as_str()),
        CredentialProblem::MissingScope => ("missing_scope", "auth.scope"),
        CredentialProblem::NotPermitted => ("no_permission", "[auth]"),
        CredentialProblem::Other => ("token_refused", "[auth]"),
    };
    let said = failure.description.clone().unwrap_or_default();
    (
        Exit::NoPermission,
        name,
        tr!("auth-at", place = place, said = said),
    )
}

fn missing_scope(granted: Option<String>, failure: Option<Failure>) -> String {
    let granted = granted.map_or(String::new(), |granted| {
        tr!("auth-scope-granted", scope = granted)
    });
    let said = failure.map_or(String::new(), |failure| {
        tr!("auth-scope-said", failure = failure.to_string())
    });
    tr!("auth-scope", granted = granted, said = said)
}
