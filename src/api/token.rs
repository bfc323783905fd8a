//! Access tokens: handed in, or got by a service account and renewed before they expire.
//!
//! A token is kept in memory only. There is one renewal for all who need one at the same time. The refresh token that comes
//! with it is not used: a new assertion is always possible, and leaves no long-lived secret to keep.

use std::fmt;
use std::time::{Duration, Instant};

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

use super::answer::{Failure, FailureKind, Said};
use super::login::{self, Login};
use super::transport::Transport;
use super::{Url, grant};
use crate::lang::tr;

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
    /// The app's client id.
    pub client_id: String,
    /// The app's client secret.
    pub client_secret: SecretString,
    /// The service account's id, `….serviceaccount@domain`.
    pub service_account: String,
    /// The private key as the console gives it: PKCS#8 in PEM.
    pub private_key_pem: SecretString,
    /// Where tokens are given out.
    pub token_url: Url,
    /// The scope to ask for, `contact`.
    pub scope: String,
}

impl ServiceAccount {
    /// The token service of the vendor's public pages.
    pub const TOKEN_URL: &'static str = "https://auth.worksmobile.com/oauth2/v2.0/token";
}

/// Why no token could be had, as far as it can be known: the standard's codes (RFC 6749) tell some of it, and the vendor's
/// descriptions are not documented, so they are shown beside it ([`Failure::description`]) and not interpreted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialProblem {
    /// The private key can't be read; why, in words that hold nothing of it.
    UnreadableKey(String),
    /// The token that was handed in is empty, or has characters that no token has.
    MalformedToken,
    /// `invalid_client`: the client id or the client secret is wrong.
    WrongClient,
    /// `invalid_grant`: the assertion is refused. The service account's id is wrong, or the private key is another app's;
    /// the standard has one code for both.
    WrongServiceAccount,
    /// The assertion is refused, and our clock is so far off that this is why.
    ClockOff {
        /// Seconds by which our clock is ahead of the service's; negative when it is behind.
        ahead_seconds: i64,
    },
    /// Nobody has logged in for this client id and token service.
    NoLogin,
    /// `invalid_grant`: the refresh token has expired or was revoked.
    LoginEnded,
    /// `invalid_grant`: the code of the redirect has expired, was used before, or belongs to another redirect URL.
    CodeRefused,
    /// `invalid_scope`: the app does not have the scope that was asked for.
    MissingScope,
    /// `unauthorized_client` or `access_denied`: the app may not get tokens in this way.
    NotPermitted,
    /// A refusal that fits none of these.
    Other,
}

impl fmt::Display for CredentialProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::UnreadableKey(reason) => tr!("credentials-key", reason = reason.as_str()),
            Self::MalformedToken => tr!("credentials-token"),
            Self::WrongClient => tr!("credentials-client"),
            Self::WrongServiceAccount => tr!("credentials-account"),
            Self::ClockOff { ahead_seconds } => {
                let seconds = ahead_seconds.unsigned_abs().to_string();
                match *ahead_seconds > 0 {
                    true => tr!("credentials-clock-ahead", seconds = seconds),
                    false => tr!("credentials-clock-behind", seconds = seconds),
                }
            }
            Self::NoLogin => tr!("credentials-no-login"),
            Self::LoginEnded => tr!("credentials-login-ended"),
            Self::CodeRefused => tr!("credentials-code"),
            Self::MissingScope => tr!("credentials-scope"),
            Self::NotPermitted => tr!("credentials-not-permitted"),
            Self::Other => tr!("credentials-other"),
        };
        f.write_str(&text)
    }
}

/// A token is renewed so long before it expires, or a quarter of its life if that is shorter.
const BEFORE_EXPIRY: Duration = Duration::from_secs(60);
/// After a renewal that failed the old token is used as long as it lives, and renewing it is tried again so much later.
const BETWEEN_RENEWALS: Duration = Duration::from_secs(5);

/// The token that everybody uses.
#[derive(Debug)]
pub(super) struct Tokens {
    source: Source,
    state: tokio::sync::Mutex<State>,
}

/// Where tokens come from.
#[derive(Debug)]
enum Source {
    HandedIn(SecretString),
    Granted {
        account: Box<ServiceAccount>,
        service: Transport,
    },
    LoggedIn {
        login: Box<Login>,
        service: Transport,
    },
}

#[derive(Debug, Default)]
struct State {
    held: Option<Token>,
    /// Counts tokens, so that one can be told from its successor.
    count: u64,
    /// The last failure to get one, for those who have waited for the same attempt.
    failed: Option<(Instant, Failure)>,
    /// The last token that the service refused.
    refused: Option<SecretString>,
}

/// A token that was in order when it was handed out.
#[derive(Debug, Clone)]
pub(super) struct Token {
    number: u64,
    secret: SecretString,
    pub(super) lives: Option<Duration>,
    pub(super) scope: Option<String>,
    renew_at: Option<Instant>,
    expires_at: Option<Instant>,
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
}

impl Tokens {
    pub(super) fn new(credentials: Credentials, timeout: Duration) -> Self {
        let source = match credentials {
            Credentials::Token(secret) => Source::HandedIn(secret),
            Credentials::ServiceAccount(account) => Source::Granted {
                service: Transport::new(account.token_url.clone(), timeout),
                account,
            },
            Credentials::Login(login) => Source::LoggedIn {
                service: Transport::new(login.app.token_url.clone(), timeout),
                login,
            },
        };
        Tokens {
            source,
            state: tokio::sync::Mutex::default(),
        }
    }

    /// Whether a token that is refused can be replaced.
    pub(super) fn renewable(&self) -> bool {
        !matches!(self.source, Source::HandedIn(_))
    }

    /// Whether a token may be older than this process, and refused though it can be renewed.
    pub(super) fn may_be_old(&self) -> bool {
        matches!(self.source, Source::LoggedIn { .. })
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
        let fetched = match &self.source {
            Source::HandedIn(secret) => handed_in(secret),
            Source::Granted { account, service } => grant::token(account, service).await,
            Source::LoggedIn { login, service } => {
                let refused = state.refused.as_ref().map(|token| token.expose_secret());
                login::token(login, service, refused).await
            }
        };
        match fetched {
            Ok(token) => Ok(state.hold(token)),
            Err(failure) => state.fall_back(failure),
        }
    }

    /// The service has refused this token: the next one to ask gets another, unless that has happened already.
    pub(super) async fn refused(&self, token: &Token) {
        let mut state = self.state.lock().await;
        if state
            .held
            .as_ref()
            .is_some_and(|held| held.number == token.number)
        {
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

    fn hold(&mut self, token: Token) -> Token {
        self.count += 1;
        self.failed = None;
        let token = Token {
            number: self.count,
            ..token
        };
        self.held = Some(token.clone());
        token
    }

    /// What there is without the renewal that failed.
    fn fall_back(&mut self, failure: Failure) -> Result<Token, Failure> {
        self.failed = Some((Instant::now(), failure.clone()));
        let alive = self.held.as_ref().filter(|token| token.is_alive());
        alive.cloned().ok_or(failure)
    }
}

impl Token {
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

    fn is_fresh(&self) -> bool {
        self.renew_at.is_none_or(|moment| Instant::now() < moment)
    }

    fn is_alive(&self) -> bool {
        self.expires_at.is_none_or(|moment| Instant::now() < moment)
    }
}

fn handed_in(secret: &SecretString) -> Result<Token, Failure> {
    // A token read from a file or set by a shell often ends in a line break.
    let text = secret.expose_secret().trim();
    if text.is_empty() {
        return Err(refused(
            CredentialProblem::MalformedToken,
            None,
            Said::default(),
        ));
    }
    Ok(Token::new(text.into(), None, None, Instant::now()))
}

/// A failure that only other credentials can mend.
pub(super) fn refused(problem: CredentialProblem, status: Option<u16>, said: Said) -> Failure {
    let shown = match said.description {
        Some(description) => tr!(
            "credentials-said",
            problem = problem.to_string(),
            said = description
        ),
        None => problem.to_string(),
    };
    Failure {
        kind: FailureKind::Credentials(problem),
        status,
        code: said.code,
        description: Some(shown),
    }
}

#[cfg(test)]
mod tests;
