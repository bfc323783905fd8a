//! The token service (RFC 6749): asking for tokens with the id and the secret of an app, and telling refusals apart.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::header::HeaderValue;
use reqwest::{Method, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::answer::Answer;
use super::failure::{CredentialProblem, Failure, FailureKind};
use super::limits;
use super::transport::Transport;

/// The longest answer of the token service that is read.
const LONGEST_ANSWER: usize = 64 * 1024;
/// A clock that is less off than this is not why an assertion is refused.
const CLOCK_TOLERANCE: i64 = 60;
/// What of a form is no secret, and may be shown where the service repeats it.
const OPEN: [&str; 5] = [
    "client_id",
    "grant_type",
    "redirect_uri",
    "scope",
    "token_type_hint",
];

/// An app of the developer console.
#[derive(Debug, Clone)]
pub struct App {
    pub client_id: String,
    pub client_secret: SecretString,
    pub token_url: Url,
    /// The scope to ask for, `contact`.
    pub scope: String,
}

/// A token is renewed so long before it expires, or a quarter of its life if that is shorter.
pub(super) const BEFORE_EXPIRY: Duration = Duration::from_secs(60);

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

pub(super) async fn ask(
    app: &App,
    form: &[(&str, &str)],
    timeout: Duration,
) -> Result<Token, Failure> {
    let since = Instant::now();
    let body = post(app, &app.token_url, form, timeout).await?;
    let text = |name| body.get(name).and_then(Value::as_str);
    let secret = |name| Some(text(name)?).filter(|secret| !secret.is_empty());
    let Some(access_token) = secret("access_token") else {
        // Nothing of the answer is shown: it may hold a token, if not where it should be.
        let said = Some("the token service's answer has no `access_token`".to_owned());
        let problem = CredentialProblem::Other;
        return Err(Failure::credentials(problem, Some(200), None, said));
    };
    Ok(Token {
        secret: access_token.into(),
        refresh_token: secret("refresh_token").map(SecretString::from),
        scope: text("scope").map(str::to_owned),
        lives: body.get("expires_in").and_then(seconds),
        since,
    })
}

/// Posts a form with the app's id and secret; gives the JSON of the answer, or null if it has no body.
pub(super) async fn post(
    app: &App,
    url: &Url,
    form: &[(&str, &str)],
    timeout: Duration,
) -> Result<Value, Failure> {
    let service = Transport::new(url.clone(), timeout);
    let app = [
        ("client_id", app.client_id.as_str()),
        ("client_secret", app.client_secret.expose_secret()),
    ];
    let form = [form, &app].concat();
    let request = service.request(Method::POST, url.clone());
    let request = request.map_err(unreachable_service)?.form(&form);
    let answer = service.send(request, LONGEST_ANSWER).await;
    let answer = answer.map_err(unreachable_service)?;
    match (answer.status, answer.body.as_deref()) {
        (200, Ok([])) => Ok(Value::Null),
        // Half an answer, or a page of something in between, is an outage and no refusal.
        (200, _) => answer.json().map_err(unreachable_service),
        _ => {
            let secrets = form.iter().filter(|(name, _)| !OPEN.contains(name));
            let secrets: Vec<&str> = secrets.map(|(_, secret)| *secret).collect();
            Err(refusal(&answer, &secrets))
        }
    }
}

/// `expires_in`: seconds, as a number or a string. The cap keeps arithmetic on it safe; the vendor's longest is 24 hours.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::String(text) => text.trim().parse().ok()?,
        value => value.as_u64()?,
    };
    Some(Duration::from_secs(seconds.min(10 * 365 * 24 * 3600)))
}

fn refusal(answer: &Answer, secrets: &[&str]) -> Failure {
    let (code, said) = answer.said(secrets);
    let failure = |kind, description| Failure {
        kind,
        status: Some(answer.status),
        code: code.clone(),
        description,
    };
    let problem = match (code.as_deref(), answer.status) {
        (_, 429 | 500..) => {
            return unreachable_service(failure(FailureKind::Unavailable, said));
        }
        (None, 301 | 302 | 307 | 308 | 404 | 405) => {
            let said = "no token service at `token_url`".to_owned();
            return failure(FailureKind::WrongAddress, Some(said));
        }
        (Some("invalid_client"), _) => CredentialProblem::WrongClient,
        (Some("invalid_scope"), _) => CredentialProblem::MissingScope,
        (Some("unauthorized_client" | "access_denied"), _) => CredentialProblem::NotPermitted,
        (code, status) => match (clock_off(answer), code, status) {
            (Some(clock_off), ..) => clock_off,
            (None, Some("invalid_grant"), _) => CredentialProblem::WrongServiceAccount,
            (None, None, 401) => CredentialProblem::WrongClient,
            _ => CredentialProblem::Other,
        },
    };
    Failure::credentials(problem, Some(answer.status), code, said)
}

/// Our clock against the `Date` of the answer.
fn clock_off(answer: &Answer) -> Option<CredentialProblem> {
    let theirs = limits::date(&answer.headers)?.as_second();
    let ahead_seconds = Timestamp::now().as_second() - theirs;
    (ahead_seconds.abs() >= CLOCK_TOLERANCE)
        .then_some(CredentialProblem::ClockOff { ahead_seconds })
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
