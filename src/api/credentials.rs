//! Credentials, and the tokens that they are exchanged for.

use std::time::{Duration, Instant};

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

use super::failure::{CredentialProblem, Failure};
use super::login::Login;
use super::oauth::App;

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

/// A service account of the developer console.
#[derive(Debug, Clone)]
pub struct ServiceAccount {
    pub app: App,
    /// The service account's id, `….serviceaccount@domain`.
    pub id: String,
    /// The private key as the console gives it: PKCS#8 in PEM.
    pub private_key_pem: SecretString,
}

/// A token is renewed so long before it expires, or a quarter of its life if that is shorter.
const BEFORE_EXPIRY: Duration = Duration::from_secs(60);

/// A token that was in order when it was handed out.
#[derive(Debug, Clone)]
pub struct Token {
    pub secret: SecretString,
    /// Good for 90 days (vendor). Without one, a user has to log in again when the token expires.
    pub refresh_token: Option<SecretString>,
    /// The scopes, if the token service named them.
    pub scope: Option<String>,
    /// How long it is good, if the token service said so, counted from `since`: from before it was asked for, as the service's
    /// count began before the answer came.
    pub lives: Option<Duration>,
    pub since: Instant,
}

impl Token {
    /// `Authorization: Bearer …`, marked so that it is not logged.
    pub(super) fn header(&self) -> Result<HeaderValue, Failure> {
        let text = SecretString::from(format!("Bearer {}", self.secret()));
        let mut value = HeaderValue::from_str(text.expose_secret())
            .map_err(|_| Failure::no_token(CredentialProblem::MalformedToken))?;
        value.set_sensitive(true);
        Ok(value)
    }

    pub(super) fn secret(&self) -> &str {
        self.secret.expose_secret()
    }

    /// How long it is good from now on; `None` if that is not known.
    pub(super) fn left(&self) -> Option<Duration> {
        Some(self.lives?.saturating_sub(self.since.elapsed()))
    }

    pub(super) fn is_fresh(&self) -> bool {
        let early = BEFORE_EXPIRY.min(self.lives.unwrap_or_default() / 4);
        self.left().is_none_or(|left| left > early)
    }

    pub(super) fn is_alive(&self) -> bool {
        self.left().is_none_or(|left| !left.is_zero())
    }
}
