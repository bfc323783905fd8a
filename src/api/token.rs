//! Access tokens: handed in, or got by a service account and renewed before they expire.
//!
//! A token is kept in memory only. There is one renewal for all who need one at the same time. The refresh token that comes
//! with it is not used: a new assertion is always possible, and leaves no long-lived secret to keep.

use std::fmt;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::Method;
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::Url;
use super::answer::{Failure, FailureKind, Said, said};
use super::transport::{Answer, Transport};
use super::{jwt, limits};

/// How the client gets its token.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// An access token that was handed in; it can't be renewed.
    Token(SecretString),
    /// A service account: tokens are got by a signed assertion and renewed as they expire.
    ServiceAccount(Box<ServiceAccount>),
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
    /// `invalid_scope`: the app does not have the scope that was asked for.
    MissingScope,
    /// `unauthorized_client` or `access_denied`: the app may not get tokens in this way.
    NotPermitted,
    /// A refusal that fits none of these.
    Other,
}

impl fmt::Display for CredentialProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnreadableKey(reason) => {
                write!(f, "the private key can't be read: {reason}; download it again from the developer console")
            }
            Self::MalformedToken => f.write_str("the token is empty or has characters that no token has; copy it again"),
            Self::WrongClient => f.write_str("the client id or the client secret is wrong; compare both with the developer console"),
            Self::WrongServiceAccount => f.write_str(
                "the service account is refused: its id is wrong, or the private key belongs to another app; \
                 compare both with the developer console",
            ),
            Self::ClockOff { ahead_seconds } => {
                let direction = if *ahead_seconds > 0 { "ahead of" } else { "behind" };
                let seconds = ahead_seconds.unsigned_abs();
                write!(f, "this machine's clock is {seconds} s {direction} the service's; set the clock")
            }
            Self::MissingScope => f.write_str("the app does not have the scope; add it in the developer console"),
            Self::NotPermitted => f.write_str("the app may not get tokens for a service account; see the developer console"),
            Self::Other => f.write_str("no token was given out"),
        }
    }
}

/// The longest answer of the token service that is read.
const LONGEST_ANSWER: usize = 64 * 1024;
/// A token is renewed so long before it expires, or a quarter of its life if that is shorter.
const BEFORE_EXPIRY: Duration = Duration::from_secs(60);
/// A clock that is less off than this is not why an assertion is refused.
const CLOCK_TOLERANCE: i64 = 60;

/// The token that everybody uses.
#[derive(Debug)]
pub(super) struct Tokens {
    credentials: Credentials,
    /// The token service, for a service account.
    service: Option<Transport>,
    state: tokio::sync::Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    held: Option<Token>,
    /// Counts tokens, so that one can be told from its successor.
    count: u64,
    /// The last failure to get one, for those who have waited for the same attempt.
    failed: Option<(Instant, Failure)>,
}

/// A token that was in order when it was handed out.
#[derive(Debug, Clone)]
pub(super) struct Token {
    number: u64,
    secret: SecretString,
    pub(super) lives: Option<Duration>,
    pub(super) scope: Option<String>,
    renew_at: Option<Instant>,
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
        let service = match &credentials {
            Credentials::Token(_) => None,
            Credentials::ServiceAccount(account) => {
                Some(Transport::new(account.token_url.clone(), timeout))
            }
        };
        Tokens {
            credentials,
            service,
            state: tokio::sync::Mutex::default(),
        }
    }

    /// Whether a token that is refused can be replaced.
    pub(super) fn renewable(&self) -> bool {
        self.service.is_some()
    }

    /// A token; a new one if there is none or it is about to expire.
    pub(super) async fn token(&self) -> Result<Token, Failure> {
        let asked = Instant::now();
        let mut state = self.state.lock().await;
        if let Some(token) = state.held.as_ref().filter(|token| token.is_fresh()) {
            return Ok(token.clone());
        }
        if let Some((_, failure)) = state.failed.as_ref().filter(|(failed, _)| *failed >= asked) {
            return Err(failure.clone());
        }
        match self.fetch(state.count + 1).await {
            Ok(token) => {
                state.count = token.number;
                state.held = Some(token.clone());
                Ok(token)
            }
            Err(failure) => {
                state.failed = Some((Instant::now(), failure.clone()));
                Err(failure)
            }
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
        }
    }

    async fn fetch(&self, number: u64) -> Result<Token, Failure> {
        match (&self.credentials, &self.service) {
            (Credentials::ServiceAccount(account), Some(service)) => {
                grant(account, service, number).await
            }
            (Credentials::Token(secret), _) => handed_in(secret, number),
            (Credentials::ServiceAccount(_), None) => {
                unreachable!("a service account always has its token service")
            }
        }
    }
}

impl Token {
    fn is_fresh(&self) -> bool {
        self.renew_at.is_none_or(|moment| Instant::now() < moment)
    }
}

fn handed_in(secret: &SecretString, number: u64) -> Result<Token, Failure> {
    // A token read from a file or set by a shell often ends in a line break.
    let text = secret.expose_secret().trim();
    if text.is_empty() {
        return Err(refused(
            CredentialProblem::MalformedToken,
            None,
            Said::default(),
        ));
    }
    Ok(Token {
        number,
        secret: text.into(),
        lives: None,
        scope: None,
        renew_at: None,
    })
}

/// The JWT bearer grant.
async fn grant(
    account: &ServiceAccount,
    service: &Transport,
    number: u64,
) -> Result<Token, Failure> {
    let now = Timestamp::now();
    let assertion = jwt::assertion(
        &account.client_id,
        &account.service_account,
        &account.private_key_pem,
        now,
    )
    .map_err(|reason| {
        refused(
            CredentialProblem::UnreadableKey(reason),
            None,
            Said::default(),
        )
    })?;
    let form = [
        ("assertion", assertion.expose_secret()),
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("client_id", &account.client_id),
        ("client_secret", account.client_secret.expose_secret()),
        ("scope", &account.scope),
    ];
    let asked = Instant::now();
    let request = service
        .request(Method::POST, service.address().clone())
        .map_err(|no_answer| unreachable_service(Failure::without_answer(no_answer)))?;
    let answer = service.send(request.form(&form), LONGEST_ANSWER).await;
    let answer =
        answer.map_err(|no_answer| unreachable_service(Failure::without_answer(no_answer)))?;
    if answer.status == 200 {
        return granted(&answer, number, asked);
    }
    let secrets = [
        assertion.expose_secret(),
        account.client_secret.expose_secret(),
    ];
    let said = said(answer.body.as_deref().unwrap_or_default(), &secrets);
    Err(not_granted(&answer, said, Timestamp::now()))
}

fn granted(answer: &Answer, number: u64, asked: Instant) -> Result<Token, Failure> {
    let body: Value = answer
        .body
        .as_deref()
        .ok()
        .and_then(|body| serde_json::from_slice(body).ok())
        .unwrap_or_default();
    let text = |name| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let secret = text("access_token")
        .filter(|token| !token.is_empty())
        .ok_or_else(|| {
            // Nothing of the answer is shown: it may hold a token, if not where it should be.
            let said = Said {
                code: None,
                description: Some("the token service's answer has no `access_token`".to_owned()),
            };
            refused(CredentialProblem::Other, Some(200), said)
        })?;
    let lives = body.get("expires_in").and_then(seconds);
    Ok(Token {
        number,
        secret: secret.into(),
        lives,
        scope: text("scope"),
        // Counted from the question on, since the service's count began before its answer came.
        renew_at: lives.map(|lives| asked + lives - BEFORE_EXPIRY.min(lives / 4)),
    })
}

/// `expires_in`: seconds, as a number or a string. The cap keeps arithmetic on it safe; the vendor's longest is 24 hours.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::String(text) => text.trim().parse().ok()?,
        value => value.as_u64()?,
    };
    Some(Duration::from_secs(seconds.min(10 * 365 * 24 * 3600)))
}

/// Sorts a refusal of the token service.
fn not_granted(answer: &Answer, said: Said, now: Timestamp) -> Failure {
    let status = Some(answer.status);
    let problem = match (said.code.as_deref(), answer.status) {
        (_, 429 | 500..) => {
            return unreachable_service(Failure {
                kind: FailureKind::Unavailable,
                status,
                code: said.code,
                description: said.description,
            });
        }
        (None, 301 | 302 | 307 | 308 | 404 | 405) => {
            return Failure {
                kind: FailureKind::WrongAddress,
                status,
                code: None,
                description: Some("there is no token service at `token_url`".to_owned()),
            };
        }
        (Some("invalid_client"), _) => CredentialProblem::WrongClient,
        (Some("invalid_scope"), _) => CredentialProblem::MissingScope,
        (Some("unauthorized_client" | "access_denied"), _) => CredentialProblem::NotPermitted,
        (code, status) => match (clock_off(answer, now), code, status) {
            (Some(clock_off), ..) => clock_off,
            (None, Some("invalid_grant"), _) => CredentialProblem::WrongServiceAccount,
            (None, None, 401) => CredentialProblem::WrongClient,
            _ => CredentialProblem::Other,
        },
    };
    refused(problem, status, said)
}

/// Our clock against the `Date` of the answer.
fn clock_off(answer: &Answer, now: Timestamp) -> Option<CredentialProblem> {
    let ahead_seconds = now.as_second() - limits::date(&answer.headers)?.as_second();
    (ahead_seconds.abs() >= CLOCK_TOLERANCE)
        .then_some(CredentialProblem::ClockOff { ahead_seconds })
}

fn refused(problem: CredentialProblem, status: Option<u16>, said: Said) -> Failure {
    let shown = match said.description {
        Some(description) => format!("{problem} (the token service says: {description})"),
        None => problem.to_string(),
    };
    Failure {
        kind: FailureKind::Credentials(problem),
        status,
        code: said.code,
        description: Some(shown),
    }
}

/// Without a token nothing was sent to the contacts service, whatever became of the request for the token.
fn unreachable_service(failure: Failure) -> Failure {
    let said = failure
        .description
        .unwrap_or_else(|| "it can't answer now".to_owned());
    Failure {
        kind: FailureKind::Unavailable,
        description: Some(format!(
            "no token, since the token service is not available: {said}"
        )),
        ..failure
    }
}

#[cfg(test)]
mod tests;
