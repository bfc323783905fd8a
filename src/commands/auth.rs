//! `cardlift auth`: is everything in place to talk to the service, and if not, what is wrong?

use super::service;
use crate::api::{CredentialProblem, Diagnosis, Failure, FailureKind, diagnose};
use crate::cli::Auth;
use crate::config::Config;
use crate::exit::{Exit, Failed};
use crate::terminal::{Terminal, spoken};
use serde_json::json;

/// Gets a token and makes one harmless read.
pub fn run(auth: &Auth, terminal: &Terminal) -> Result<Exit, Failed> {
    let config = Config::load(auth.config.as_deref())?;
    let credentials = service::credentials(&config.auth)?;
    let settings = service::settings(&config.base_url, credentials, &config, None)?;
    service::warn_in_clear(&settings, terminal);
    match service::runtime()?.block_on(diagnose(settings)) {
        Diagnosis::Works { token_lives, scope } => {
            let good_for = token_lives.map_or(String::new(), |lives| {
                format!(", good for {}", spoken(lives))
            });
            let granted = scope
                .as_ref()
                .map_or(String::new(), |scope| format!(", with the scope `{scope}`"));
            if terminal.wants_json() {
                let lives = token_lives.map(|lives| lives.as_secs());
                let line = json!({"ok": true, "service": config.base_url, "token_seconds": lives, "scope": scope});
                terminal.json(&line)?;
            }
            terminal.say(format!(
                "{}: a token was had{good_for}{granted}, and contacts can be read. Whether they can be created shows when the first one is.",
                config.base_url
            ));
            Ok(Exit::Done)
        }
        wrong => Err(complaint(wrong, &config)),
    }
}

/// What is wrong, what to do about it, and the exit code for it.
fn complaint(diagnosis: Diagnosis, config: &Config) -> Failed {
    let (exit, problem, text) = match diagnosis {
        Diagnosis::WrongSettings(error) => {
            (Exit::Configuration, "wrong_settings", error.to_string())
        }
        Diagnosis::NoToken(failure) => no_token(&failure, config),
        Diagnosis::TokenRefused(failure) => (
            Exit::NoPermission,
            "token_refused",
            format!(
                "{}: the service does not take the token: {failure}; {}",
                config.base_url,
                if config.auth.service_account.is_some() {
                    "check that auth.token_url belongs to this service"
                } else {
                    "it has expired, or is another service's: get a new one, or configure a service account in [auth], whose tokens renew themselves"
                }
            ),
        ),
        Diagnosis::MissingScope { granted, failure } => (
            Exit::NoPermission,
            "missing_scope",
            missing_scope(granted, failure),
        ),
        Diagnosis::NoPermission(failure) => (
            Exit::NoPermission,
            "no_permission",
            format!(
                "{}: the token is good, but the service refuses to show contacts: {failure}; give the app and the account the right to use contacts",
                config.base_url
            ),
        ),
        Diagnosis::WrongAddress(failure) => (
            Exit::Configuration,
            "wrong_address",
            format!(
                "{}: there is no contacts service: {failure}; check api.base_url",
                config.base_url
            ),
        ),
        Diagnosis::Unavailable(failure) => (
            Exit::Unavailable,
            "unreachable",
            format!(
                "{}: the service can't be reached: {failure}; check api.base_url, the network and a proxy on the way, or try again later",
                config.base_url
            ),
        ),
        Diagnosis::Works { .. } => unreachable!("the caller has dealt with what works"),
    };
    Failed::new(exit, text).named(problem)
}

fn no_token(failure: &Failure, config: &Config) -> (Exit, &'static str, String) {
    let said = failure.description.clone().unwrap_or_default();
    match &failure.kind {
        FailureKind::Credentials(problem) => {
            let (name, place) = match problem {
                CredentialProblem::UnreadableKey(_) => ("unreadable_key", "auth.private_key_file"),
                CredentialProblem::MalformedToken => ("malformed_token", "the token"),
                CredentialProblem::WrongClient => (
                    "wrong_client",
                    "auth.client_id, auth.client_secret_env or _file",
                ),
                CredentialProblem::WrongServiceAccount => (
                    "wrong_service_account",
                    "auth.service_account, auth.private_key_file",
                ),
                CredentialProblem::ClockOff { .. } => ("clock_off", "this machine"),
                CredentialProblem::MissingScope => ("missing_scope", "auth.scope"),
                CredentialProblem::NotPermitted => ("no_permission", "[auth]"),
                CredentialProblem::Other => ("token_refused", "[auth]"),
            };
            (Exit::NoPermission, name, format!("{place}: {said}"))
        }
        FailureKind::WrongAddress => (
            Exit::Configuration,
            "wrong_address",
            format!("{}: {failure}; check auth.token_url", config.auth.token_url),
        ),
        _ => (
            Exit::Unavailable,
            "unreachable",
            format!(
                "{}: {failure}; check auth.token_url and the network, or try again later",
                config.auth.token_url
            ),
        ),
    }
}

fn missing_scope(granted: Option<String>, failure: Option<Failure>) -> String {
    let granted = granted.map_or(String::new(), |granted| {
        format!("; the token has `{granted}`")
    });
    let said = failure.map_or(String::new(), |failure| {
        format!(" (the service says: {failure})")
    });
    format!(
        "the scope `contact` is missing{granted}{said}: add it to the app in the developer console and to auth.scope"
    )
}
