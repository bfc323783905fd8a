//! `cardlift auth`: is everything in place to talk to the service, and if not, what is wrong?

use super::service;
use crate::api::{CredentialProblem, Diagnosis, Failure, FailureKind, diagnose};
use crate::cli::Auth;
use crate::config::Config;
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::terminal::{Terminal, spoken};
use serde_json::json;

/// Gets a token and makes one harmless read.
pub fn run(auth: &Auth, terminal: &Terminal) -> Result<Exit, Failed> {
    let config = super::configuration(auth.config.as_deref(), terminal)?;
    let credentials = service::credentials(&config.auth)?;
    let settings = service::settings(&config.api.base_url, credentials, &config, None, terminal)?;
    match service::runtime()?.block_on(diagnose(settings)) {
        Diagnosis::Works { token_lives, scope } => {
            if terminal.wants_json() {
                let lives = token_lives.map(|lives| lives.as_secs());
                let line = json!({"ok": true, "service": config.api.base_url, "token_seconds": lives, "scope": scope});
                terminal.json(&line)?;
            }
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
    let (exit, problem, text) = match diagnosis {
        Diagnosis::WrongSettings(error) => {
            (Exit::Configuration, "wrong_settings", error.to_string())
        }
        Diagnosis::NoToken(failure) => no_token(&failure, config),
        Diagnosis::TokenRefused(failure) => (
            Exit::NoPermission,
            "token_refused",
            match config.auth.service_account {
                Some(_) => tr!(
                    "auth-refused-account",
                    service = service,
                    failure = failure.to_string()
                ),
                None if config.auth.login => tr!(
                    "auth-refused-login",
                    service = service,
                    failure = failure.to_string()
                ),
                None => tr!(
                    "auth-refused-token",
                    service = service,
                    failure = failure.to_string()
                ),
            },
        ),
        Diagnosis::MissingScope { granted, failure } => (
            Exit::NoPermission,
            "missing_scope",
            missing_scope(granted, failure),
        ),
        Diagnosis::NoPermission(failure) => (
            Exit::NoPermission,
            "no_permission",
            tr!(
                "auth-no-permission",
                service = service,
                failure = failure.to_string()
            ),
        ),
        Diagnosis::WrongAddress(failure) => (
            Exit::Configuration,
            "wrong_address",
            tr!(
                "auth-wrong-address",
                service = service,
                failure = failure.to_string()
            ),
        ),
        Diagnosis::Unavailable(failure) => (
            Exit::Unavailable,
            "unreachable",
            tr!(
                "auth-unavailable",
                service = service,
                failure = failure.to_string()
            ),
        ),
        Diagnosis::Works { .. } => unreachable!("the caller has dealt with what works"),
    };
    Failed::new(exit, text).named(problem)
}

pub(super) fn no_token(failure: &Failure, config: &Config) -> (Exit, &'static str, String) {
    let token_url = config.auth.token_url.as_str();
    let said = failure.description.clone().unwrap_or_default();
    match &failure.kind {
        FailureKind::Credentials(problem) => {
            let (name, place) = match problem {
                CredentialProblem::UnreadableKey(_) => {
                    ("unreadable_key", "auth.private_key_file".to_owned())
                }
                CredentialProblem::MalformedToken => ("malformed_token", tr!("place-token")),
                CredentialProblem::WrongClient => (
                    "wrong_client",
                    "auth.client_id, auth.client_secret_env|_file".to_owned(),
                ),
                CredentialProblem::WrongServiceAccount => (
                    "wrong_service_account",
                    "auth.service_account, auth.private_key_file".to_owned(),
                ),
                CredentialProblem::NoLogin => ("no_login", "[auth]".to_owned()),
                CredentialProblem::LoginEnded => ("login_ended", "[auth]".to_owned()),
                CredentialProblem::CodeRefused => ("code_refused", "auth.redirect_port".to_owned()),
                CredentialProblem::ClockOff { .. } => ("clock_off", tr!("place-machine")),
                CredentialProblem::MissingScope => ("missing_scope", "auth.scope".to_owned()),
                CredentialProblem::NotPermitted => ("no_permission", "[auth]".to_owned()),
                CredentialProblem::Other => ("token_refused", "[auth]".to_owned()),
            };
            (
                Exit::NoPermission,
                name,
                tr!("auth-at", place = place, said = said),
            )
        }
        FailureKind::WrongAddress => (
            Exit::Configuration,
            "wrong_address",
            tr!(
                "auth-token-address",
                service = token_url,
                failure = failure.to_string()
            ),
        ),
        _ => (
            Exit::Unavailable,
            "unreachable",
            tr!(
                "auth-token-unavailable",
                service = token_url,
                failure = failure.to_string()
            ),
        ),
    }
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
