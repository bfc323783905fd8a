//! The JWT bearer grant (RFC 7523): asking the token service for a token, and telling its refusals apart.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::Method;
use secrecy::ExposeSecret as _;
use serde_json::Value;

use super::answer::{self, CredentialProblem, Failure, FailureKind, Said, refused, said};
use super::credentials::{ServiceAccount, Token};
use super::transport::{Answer, Transport};
use super::{jwt, limits};

/// The longest answer of the token service that is read.
pub(super) const LONGEST_ANSWER: usize = 64 * 1024;
/// A clock that is less off than this is not why an assertion is refused.
const CLOCK_TOLERANCE: i64 = 60;

/// Asks for a token.
pub(super) async fn token(account: &ServiceAccount, service: &Transport) -> Result<Token, Failure> {
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
        return granted(&answer, asked);
    }
    let secrets = [
        assertion.expose_secret(),
        account.client_secret.expose_secret(),
    ];
    let said = said(answer.body.as_deref().unwrap_or_default(), &secrets);
    Err(not_granted(&answer, said, Timestamp::now()))
}

fn granted(answer: &Answer, asked: Instant) -> Result<Token, Failure> {
    // Half an answer, or a page of something in between, is an outage and no refusal.
    let body: Value = answer::success(answer).map_err(unreachable_service)?;
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
    Ok(Token::new(secret.into(), lives, text("scope"), asked))
}

/// `expires_in`: seconds, as a number or a string. The cap keeps arithmetic on it safe; the vendor's longest is 24 hours.
pub(super) fn seconds(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::String(text) => text.trim().parse().ok()?,
        value => value.as_u64()?,
    };
    Some(Duration::from_secs(seconds.min(10 * 365 * 24 * 3600)))
}

/// Sorts a refusal of the token service.
pub(super) fn not_granted(answer: &Answer, said: Said, now: Timestamp) -> Failure {
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
                description: Some("no token service at `token_url`".to_owned()),
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

/// Without a token nothing was sent to the contacts service, whatever became of the request for the token.
pub(super) fn unreachable_service(failure: Failure) -> Failure {
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
