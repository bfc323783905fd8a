//! Credentials and access tokens: handed in, or got by a service account or a login and renewed before they expire.
//!
//! A token is kept in memory only. There is one renewal for all who need one at the same time. The refresh token that comes
//! with it is not used: a new assertion is always possible, and leaves no long-lived secret to keep.

use std::time::{Duration, Instant};

use secrecy::{ExposeSecret as _, SecretString};

use super::failure::{CredentialProblem, Failure};
use super::login::{self, Login};
use super::oauth::Token;
use super::service_account::{self, ServiceAccount};

/// After a renewal that failed the old token is used as long as it lives, and renewing it is tried again so much later.
const BETWEEN_RENEWALS: Duration = Duration::from_secs(5);

/// How the client gets its token.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// An access token that was handed in; it can't be renewed.
    Token(SecretString),
    /// A service account: tokens are got by a signed assertion and renewed as they expire.
    ServiceAccount(Box<ServiceAccount>),
    /// A user's login, whose token is renewed as it expires.
    Login(Box<Login>),
}

/// The token that everybody uses.
#[derive(Debug)]
pub(super) struct Tokens {
    credentials: Credentials,
    timeout: Duration,
    state: tokio::sync::Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    held: Option<Token>,
    /// The last failure to get one, for those who have waited for the same attempt.
    failed: Option<(Instant, Failure)>,
    /// The last token that the service refused.
    refused: Option<SecretString>,
}

impl Tokens {
    pub(super) fn new(credentials: Credentials, timeout: Duration) -> Self {
        Tokens {
            credentials,
            timeout,
            state: tokio::sync::Mutex::default(),
        }
    }

    /// Whether a token may be older than this process, and refused though it can be renewed.
    pub(super) fn may_be_old(&self) -> bool {
        matches!(self.credentials, Credentials::Login(_))
    }

    /// A token; a new one if there is none or it is about to expire.
    pub(super) async fn token(&self) -> Result<Token, Failure> {
        let asked = Instant::now();
        let mut state = self.state.lock().await;
        if let Some(token) = state.usable(asked) {
            return Ok(token.clone());
        }
        if let Some((_, failure)) = state.failed.as_ref().filter(|(failed, _)| *failed >= asked) {
            return Err(failure.clone());
        }
        let fetched = match &self.credentials {
            Credentials::Token(secret) => handed_in(secret),
            Credentials::ServiceAccount(account) => {
                service_account::token(account, self.timeout).await
            }
            Credentials::Login(login) => {
                let refused = state.refused.as_ref().map(|token| token.expose_secret());
                login::token(login, refused, self.timeout).await
            }
        };
        match fetched {
            Ok(token) => {
                state.failed = None;
                state.held = Some(token.clone());
                Ok(token)
            }
            Err(failure) => state.fall_back(failure),
        }
    }

    /// The service has refused this token: the next one to ask gets another, unless that has happened already.
    pub(super) async fn refused(&self, token: &Token) {
        let mut state = self.state.lock().await;
        let is_same = |held: &Token| held.secret() == token.secret();
        if state.held.as_ref().is_some_and(is_same) {
            state.held = None;
            state.refused = Some(token.secret.clone());
        }
    }
}

impl State {
    /// The token, if it is good for a while, or was to be renewed just now and could not.
    fn usable(&self, asked: Instant) -> Option<&Token> {
        let could_not = |(failed, _): &(Instant, _)| asked < *failed + BETWEEN_RENEWALS;
        let could_not = self.failed.as_ref().is_some_and(could_not);
        let token = self.held.as_ref()?;
        (token.is_fresh() || (could_not && token.is_alive())).then_some(token)
    }

    /// What there is without the renewal that failed.
    fn fall_back(&mut self, failure: Failure) -> Result<Token, Failure> {
        self.failed = Some((Instant::now(), failure.clone()));
        let alive = self.held.as_ref().filter(|token| token.is_alive());
        alive.cloned().ok_or(failure)
    }
}

fn handed_in(secret: &SecretString) -> Result<Token, Failure> {
    // A token read from a file or set by a shell often ends in a line break.
    let text = secret.expose_secret().trim();
    if text.is_empty() {
        return Err(Failure::no_token(CredentialProblem::MalformedToken));
    }
    Ok(Token {
        secret: text.into(),
        refresh_token: None,
        scope: None,
        lives: None,
        since: Instant::now(),
    })
}

#[cfg(test)]
mod tests;
