//! A user's own account: the authorization code grant (RFC 6749, section 4.1), the renewal of its token and the revocation.
//!
//! The vendor's documents do not name PKCE, so no challenge is sent: `state` and the client's secret protect the code.

mod callback;
mod file;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use ring::rand::{SecureRandom as _, SystemRandom};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

pub use self::callback::{Callback, Redirect, Refusal};
pub use self::file::LoginFile;
use super::Url;
use super::answer::{self, CredentialProblem, Failure, FailureKind, Said, refused, said};
use super::credentials::Token;
use super::grant::{LONGEST_ANSWER, not_granted, seconds, unreachable_service};
use super::transport::Transport;
use crate::lang::tr;

/// An app of the developer console, and where its users log in.
#[derive(Debug, Clone)]
pub struct App {
    pub client_id: String,
    pub client_secret: SecretString,
    pub authorize_url: Url,
    pub token_url: Url,
    pub scope: String,
}

/// What a user granted.
#[derive(Debug, Clone)]
pub struct Grant {
    pub access_token: SecretString,
    /// Good for 90 days (vendor). Without one, the user has to log in again when the access token expires.
    pub refresh_token: Option<SecretString>,
    /// The scopes, if the token service named them.
    pub scope: Option<String>,
    /// When the access token expires, by this machine's clock.
    pub expires: Option<Timestamp>,
}

/// A login that is kept in a file, as credentials of a client.
#[derive(Debug, Clone)]
pub struct Login {
    pub app: App,
    pub file: LoginFile,
}

/// A token that lives no longer than this is renewed.
const BEFORE_EXPIRY: SignedDuration = SignedDuration::from_secs(60);

/// A value that nobody can guess, which ties the redirect to this login.
pub fn new_state() -> String {
    let mut bytes = [0; 32];
    SystemRandom::new()
        .fill(&mut bytes)
        .expect("the system has random numbers");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The address of the login page.
pub fn authorize_url(app: &App, redirect_uri: &str, state: &str) -> Url {
    let mut url = app.authorize_url.clone();
    url.query_pairs_mut()
        .append_pair("client_id", &app.client_id)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("scope", &app.scope)
        .append_pair("response_type", "code")
        .append_pair("state", state);
    url
}

/// Exchanges the code of a redirect for tokens.
///
/// # Errors
/// As for a service account; a code that is refused is [`CredentialProblem::CodeRefused`].
pub async fn exchange(
    app: &App,
    code: &SecretString,
    redirect_uri: &str,
    timeout: Duration,
) -> Result<Grant, Failure> {
    let service = Transport::new(app.token_url.clone(), timeout);
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.expose_secret()),
        ("redirect_uri", redirect_uri),
    ];
    ask(app, &service, &form, CredentialProblem::CodeRefused).await
}

async fn renew(app: &App, service: &Transport, old: &Grant) -> Result<Grant, Failure> {
    let refresh_token = old.refresh_token.as_ref();
    let refresh_token = refresh_token.ok_or_else(|| no_token(CredentialProblem::LoginEnded))?;
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token.expose_secret()),
    ];
    let new = ask(app, service, &form, CredentialProblem::LoginEnded).await?;
    Ok(Grant {
        refresh_token: new.refresh_token.or_else(|| Some(refresh_token.clone())),
        scope: new.scope.or_else(|| old.scope.clone()),
        ..new
    })
}

/// Revokes both tokens.
///
/// # Errors
/// When the token service can't be reached, or refuses. A token that is not good any more is no error.
pub async fn revoke(app: &App, grant: &Grant, timeout: Duration) -> Result<(), Failure> {
    let mut address = app.token_url.clone();
    if let Ok(mut path) = address.path_segments_mut() {
        path.pop().push("revoke");
    }
    let service = Transport::new(address, timeout);
    let refresh_token = grant.refresh_token.as_ref();
    let tokens = [
        ("refresh_token", refresh_token),
        ("access_token", Some(&grant.access_token)),
    ];
    for (kind, token) in tokens {
        let Some(token) = token else { continue };
        let form = [("token", token.expose_secret()), ("token_type_hint", kind)];
        post(app, &service, &form).await?;
    }
    Ok(())
}

/// The token of a login: the one in the file, or a new one if that expires or is the one that was refused.
pub(super) async fn token(
    login: &Login,
    service: &Transport,
    refused: Option<&str>,
) -> Result<Token, Failure> {
    let held = read(login)?;
    if is_good(&held, refused) {
        return Ok(of_grant(held));
    }
    let renewed = match renew(&login.app, service, &held).await {
        Ok(renewed) => renewed,
        // Another process may have renewed it, and the service may take each refresh token only once.
        Err(failure) => {
            let now = read(login)?;
            let changed = now.access_token.expose_secret() != held.access_token.expose_secret();
            return match changed && is_good(&now, refused) {
                true => Ok(of_grant(now)),
                false => Err(failure),
            };
        }
    };
    if let Err(error) = login.file.write(&login.app, &renewed) {
        tracing::warn!("{}", tr!("login-unrenewed", error = error.to_string()));
    }
    Ok(of_grant(renewed))
}

fn read(login: &Login) -> Result<Grant, Failure> {
    match login.file.read(&login.app) {
        Ok(Some(grant)) => Ok(grant),
        Ok(None) | Err(_) => Err(no_token(CredentialProblem::NoLogin)),
    }
}

fn is_good(grant: &Grant, refused: Option<&str>) -> bool {
    let soon = Timestamp::now() + BEFORE_EXPIRY;
    refused != Some(grant.access_token.expose_secret())
        && grant.expires.is_none_or(|expires| expires > soon)
}

fn of_grant(grant: Grant) -> Token {
    let lives = grant.expires.map(|expires| {
        let lives = expires.duration_since(Timestamp::now());
        Duration::try_from(lives).unwrap_or_default()
    });
    Token::new(grant.access_token, lives, grant.scope, Instant::now())
}

fn no_token(problem: CredentialProblem) -> Failure {
    refused(problem, None, Said::default())
}

/// Asks for tokens. `invalid` stands for `invalid_grant`.
async fn ask(
    app: &App,
    service: &Transport,
    form: &[(&str, &str)],
    invalid: CredentialProblem,
) -> Result<Grant, Failure> {
    let asked = Timestamp::now();
    let body = post(app, service, form).await.map_err(|failure| {
        let is_invalid = failure.code.as_deref() == Some("invalid_grant");
        match failure.kind {
            FailureKind::Credentials(_) if is_invalid => no_token(invalid),
            _ => failure,
        }
    })?;
    let text = |name| body.get(name).and_then(Value::as_str);
    let secret = |name| {
        text(name)
            .filter(|text| !text.is_empty())
            .map(SecretString::from)
    };
    let access_token = secret("access_token").ok_or_else(|| no_token(CredentialProblem::Other))?;
    let lives = body.get("expires_in").and_then(seconds);
    let lives = lives.and_then(|lives| SignedDuration::try_from(lives).ok());
    Ok(Grant {
        access_token,
        refresh_token: secret("refresh_token"),
        scope: text("scope").map(str::to_owned),
        expires: lives.and_then(|lives| asked.checked_add(lives).ok()),
    })
}

/// Posts a form with the app's id and secret; gives the JSON of the answer, or null if it has no body.
async fn post(app: &App, service: &Transport, form: &[(&str, &str)]) -> Result<Value, Failure> {
    let secret = app.client_secret.expose_secret();
    let mut all = vec![
        ("client_id", app.client_id.as_str()),
        ("client_secret", secret),
    ];
    all.extend(form);
    let request = service.request(Method::POST, service.address().clone());
    let unreachable = |no_answer| unreachable_service(Failure::without_answer(no_answer));
    let request = request.map_err(unreachable)?.form(&all);
    let answer = service.send(request, LONGEST_ANSWER).await;
    let answer = answer.map_err(unreachable)?;
    if answer.status == 200 {
        return match answer.body.as_deref() {
            Ok([]) => Ok(Value::Null),
            _ => answer::success(&answer).map_err(unreachable_service),
        };
    }
    // Codes and tokens are in the form, too.
    let secrets: Vec<&str> = all.iter().map(|(_, value)| *value).collect();
    let said = said(answer.body.as_deref().unwrap_or_default(), &secrets);
    Err(not_granted(&answer, said, Timestamp::now()))
}
