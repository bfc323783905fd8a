//! A user's own account: the authorization code grant (RFC 6749, section 4.1), the renewal of its token and the revocation.
//!
//! The vendor's documents do not name PKCE, so no challenge is sent: `state` and the client's secret protect the code.

mod callback;
mod file;
#[cfg(test)]
mod tests;

use std::time::Duration;

use ring::rand::{SecureRandom as _, SystemRandom};
use secrecy::{ExposeSecret as _, SecretString};

pub use self::callback::{Callback, Redirect, Refusal, code};
pub use self::file::LoginFile;
use super::Url;
use super::failure::{CredentialProblem, Failure, FailureKind};
use super::oauth::{App, BEFORE_EXPIRY, Token, ask, post};
use crate::lang::tr;

/// A login that is kept in a file, as credentials of a client.
#[derive(Debug, Clone)]
pub struct Login {
    pub app: App,
    pub file: LoginFile,
}

/// A value that nobody can guess, which ties the redirect to this login.
pub fn new_state() -> String {
    let mut bytes = [0; 32];
    SystemRandom::new()
        .fill(&mut bytes)
        .expect("the system has random numbers");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The address of the login page, with what it is to know of this login.
pub fn login_page(mut url: Url, app: &App, redirect_uri: &str, state: &str) -> Url {
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
) -> Result<Token, Failure> {
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.expose_secret()),
        ("redirect_uri", redirect_uri),
    ];
    let asked = ask(app, &form, timeout).await;
    asked.map_err(|failure| invalid_grant(failure, CredentialProblem::CodeRefused))
}

async fn renew(app: &App, old: &Token, timeout: Duration) -> Result<Token, Failure> {
    let refresh_token = (old.refresh_token.as_ref())
        .ok_or_else(|| Failure::no_token(CredentialProblem::LoginEnded))?;
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token.expose_secret()),
    ];
    let new = (ask(app, &form, timeout).await)
        .map_err(|failure| invalid_grant(failure, CredentialProblem::LoginEnded))?;
    Ok(Token {
        refresh_token: new.refresh_token.or_else(|| Some(refresh_token.clone())),
        scope: new.scope.or_else(|| old.scope.clone()),
        ..new
    })
}

/// `invalid_grant` says what it means of the thing that was exchanged.
fn invalid_grant(failure: Failure, meaning: CredentialProblem) -> Failure {
    let is_invalid = failure.code.as_deref() == Some("invalid_grant");
    match failure.kind {
        FailureKind::Credentials(_) if is_invalid => Failure::no_token(meaning),
        _ => failure,
    }
}

/// Revokes both tokens.
///
/// # Errors
/// When the token service can't be reached, or refuses. A token that is not good any more is no error.
pub async fn revoke(app: &App, token: &Token, timeout: Duration) -> Result<(), Failure> {
    let mut address = app.token_url.clone();
    if let Ok(mut path) = address.path_segments_mut() {
        path.pop().push("revoke");
    }
    let tokens = [
        ("refresh_token", token.refresh_token.as_ref()),
        ("access_token", Some(&token.secret)),
    ];
    for (kind, token) in tokens {
        let Some(token) = token else { continue };
        let form = [("token", token.expose_secret()), ("token_type_hint", kind)];
        post(app, &address, &form, timeout).await?;
    }
    Ok(())
}

/// The token of a login: the one in the file, or a new one if that expires or is the one that was refused.
pub(super) async fn token(
    login: &Login,
    refused: Option<&str>,
    timeout: Duration,
) -> Result<Token, Failure> {
    let is_good = |token: &Token| {
        refused != Some(token.secret()) && token.left().is_none_or(|left| left > BEFORE_EXPIRY)
    };
    let held = read(login)?;
    if is_good(&held) {
        return Ok(held);
    }
    let renewed = match renew(&login.app, &held, timeout).await {
        Ok(renewed) => renewed,
        // Another process may have renewed it, and the service may take each refresh token only once.
        Err(failure) => {
            let now = read(login)?;
            let is_renewed = now.secret() != held.secret() && is_good(&now);
            return is_renewed.then_some(now).ok_or(failure);
        }
    };
    if let Err(error) = login.file.write(&login.app, &renewed) {
        tracing::warn!("{}", tr!("login-unrenewed", error = error.to_string()));
    }
    Ok(renewed)
}

fn read(login: &Login) -> Result<Token, Failure> {
    let read = login.file.read(&login.app).ok().flatten();
    read.ok_or_else(|| Failure::no_token(CredentialProblem::NoLogin))
}
