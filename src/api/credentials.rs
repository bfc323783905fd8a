//! Credentials, and the tokens that they are exchanged for.

use std::time::{Duration, Instant};

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

use super::Url;
use super::answer::{CredentialProblem, Failure, Said, refused};
use super::login::Login;

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
    pub client_id: String,
    pub client_secret: SecretString,
    /// The service account's id, `….serviceaccount@domain`.
    pub service_account: String,
    /// The private key as the console gives it: PKCS#8 in PEM.
    pub private_key_pem: SecretString,
    pub token_url: Url,
    /// The scope to ask for, `contact`.
    pub scope: String,
}

impl ServiceAccount {
    /// The token service of the vendor's public pages.
    pub const TOKEN_URL: &'static str = "https://auth.worksmobile.com/oauth2/v2.0/token";
}

/// A token is renewed so long before it expires, or a quarter of its life if that is shorter.
const BEFORE_EXPIRY: Duration = Duration::from_secs(60);
/// A token that was in order when it was handed out.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Tells a token from its successor.
    pub(super) number: u64,
    pub(super) secret: SecretString,
    pub(super) lives: Option<Duration>,
    pub(super) scope: Option<String>,
    pub(super) renew_at: Option<Instant>,
    pub(super) expires_at: Option<Instant>,
}

impl Token {
    /// `Authorization: Bearer …`, marked so that it is not logged.
    pub(super) fn header(&self) -> Result<HeaderValue, Failure> {
        let text = SecretString::from(format!("Bearer {}", self.secret.expose_secret()));
        let mut value = HeaderValue::from_str(text.expose_secret())
            .map_err(|_| refused(CredentialProblem::MalformedToken, None, Said::default()))?;
        value.set_sensitive(true);
        Ok(value)
    }

    pub(super) fn secret(&self) -> &str {
        self.secret.expose_secret()
    }

    /// A token with what the token service says of it, counted from `asked` on: the service's count of its life began before
    /// the answer came.
    pub(super) fn new(
        secret: SecretString,
        lives: Option<Duration>,
        scope: Option<String>,
        asked: Instant,
    ) -> Self {
        let early = |lives: Duration| BEFORE_EXPIRY.min(lives / 4);
        Token {
            number: 0,
            secret,
            lives,
            scope,
            renew_at: lives.map(|lives| asked + lives - early(lives)),
            expires_at: lives.map(|lives| asked + lives),
        }
    }

    pub(super) fn is_fresh(&self) -> bool {
        self.renew_at.is_none_or(|moment| Instant::now() < moment)
    }

    pub(super) fn is_alive(&self) -> bool {
        self.expires_at.is_none_or(|moment| Instant::now() < moment)
    }
}
