//! Answers of the service, read into what can be done about them.
//!
//! The table is the design's ("Sending"); it rests on the vendor's document for 201, 400 and 403, and on public pages for
//! the rest. Codes are an open set, so nothing branches on a code except where it says so.

use std::fmt;
use std::time::Duration;

use crate::lang::tr;
use reqwest::header::{HeaderMap, LOCATION, WWW_AUTHENTICATE};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::contacts::RemoteContact;
use super::transport::{Answer, NoAnswer};

/// What became of one request to create a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreateAnswer {
    /// 201 with a readable id: a contact exists. Whether it is the one that was sent is for the caller to check.
    Created(RemoteContact),
    /// Anything else; whether something was created depends on [`Failure::kind`].
    Failed(Failure),
}

/// Why a request did not do what it was sent for, in the service's words where it said something.
///
/// Texts from the service are free of control characters and cut to a length that fits a report, so they can be printed
/// as they are. They may quote what was sent: personal data, so they belong into reports, not into logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub kind: FailureKind,
    pub status: Option<u16>,
    /// The service's `code`, or the `error` of an OAuth answer.
    pub code: Option<String>,
    /// The service's `description`, or what the network said.
    pub description: Option<String>,
}

/// Failures, named for what can be done about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureKind {
    /// 400, 409, 413, 415, 422: this contact is refused; nothing was created and sending it again changes nothing.
    Refused,
    /// 401: the token has expired or is wrong; nothing was created.
    TokenExpired {
        /// Whether another token can be had: true for a service account, false for a token that was handed in.
        renewable: bool,
    },
    /// No token could be had, so nothing was sent.
    Credentials(CredentialProblem),
    /// 403: a scope or right is missing, or the quota is full; every further contact would fail alike.
    Forbidden {
        /// The code or description names a limit rather than a right.
        quota: bool,
    },
    /// 404, 405, or a permanent redirect: the base URL is wrong.
    WrongAddress,
    /// 429: nothing was created; the pace has noted the pause, so the next turn waits for it.
    Throttled {
        /// `Retry-After` of the answer, capped.
        retry_after: Option<Duration>,
    },
    /// 503, or no connection came about (refused, no such host, TLS): nothing was created.
    Unavailable,
    /// 500, 502, 504, a time-out, a connection lost after the request left, a 201 that can't be read, any other status:
    /// the contact may have been created.
    Unknown,
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

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = false;
        if let Some(status) = self.status {
            write!(f, "{status}")?;
            said = true;
        }
        for text in [&self.code, &self.description].into_iter().flatten() {
            // It stands inside a sentence, which goes on after it.
            let text = text.strip_suffix('.').unwrap_or(text);
            write!(f, "{}{text}", if said { " " } else { "" })?;
            said = true;
        }
        if said {
            Ok(())
        } else {
            f.write_str(&tr!("answer-none"))
        }
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// No answer, or none that was waited for.
    pub(super) fn without_answer(no_answer: NoAnswer) -> Self {
        let (kind, said) = match no_answer {
            NoAnswer::NotSent(said) => (FailureKind::Unavailable, said),
            NoAnswer::Lost(said) => (FailureKind::Unknown, said),
        };
        Failure {
            kind,
            status: None,
            code: None,
            description: Some(clean(&said)),
        }
    }

    /// A success by its status, with a body that can't be read as what it should be.
    pub(super) fn unreadable(status: u16, reason: &str) -> Self {
        Failure {
            kind: FailureKind::Unknown,
            status: Some(status),
            code: None,
            description: Some(clean(reason)),
        }
    }

    /// An answer that is not the success that was waited for; `token` is taken out of what it says.
    pub(super) fn of(
        answer: &Answer,
        token: &str,
        retry_after: Option<Duration>,
        renewable: bool,
    ) -> Self {
        let body = answer.body.as_deref().unwrap_or_default();
        let mut said = said(body, &[token]);
        if matches!(answer.status, 400 | 409 | 413 | 415 | 422) && !is_of_the_service(body) {
            said = Said {
                code: None,
                description: Some(foreign(body, token)),
            };
        }
        let description = match answer.status {
            300..400 => redirect(&answer.headers).or(said.description),
            status => said
                .description
                .or_else(|| why_unauthorized(status, &answer.headers, token)),
        };
        let kind = match answer.status {
            400 | 409 | 413 | 415 | 422 => FailureKind::Refused,
            401 => FailureKind::TokenExpired { renewable },
            403 => FailureKind::Forbidden {
                quota: names_a_limit(said.code.as_deref(), description.as_deref()),
            },
            // A permanent redirect says that the service is elsewhere, and that it has not done what it was asked for.
            301 | 307 | 308 | 404 | 405 => FailureKind::WrongAddress,
            429 => FailureKind::Throttled { retry_after },
            503 => FailureKind::Unavailable,
            _ => FailureKind::Unknown,
        };
        Failure {
            kind,
            status: Some(answer.status),
            code: said.code,
            description,
        }
    }
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

/// Reads the answer to a create.
pub(super) fn created(answer: &Answer) -> Result<CreateAnswer, Failure> {
    let contact = RemoteContact::read(success(answer)?);
    let contact =
        contact.ok_or_else(|| Failure::unreadable(answer.status, &tr!("answer-no-id")))?;
    Ok(CreateAnswer::Created(contact))
}

/// Reads the JSON of a successful answer.
pub(super) fn success<T: DeserializeOwned>(answer: &Answer) -> Result<T, Failure> {
    let body = answer
        .body
        .as_deref()
        .map_err(|reason| Failure::unreadable(answer.status, reason))?;
    // serde's message quotes nothing of the body except keys, and says where it broke off.
    serde_json::from_slice(body).map_err(|error| {
        Failure::unreadable(
            answer.status,
            &tr!("answer-no-json", error = error.to_string()),
        )
    })
}

/// What an answer says of its error.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) code: Option<String>,
    pub(super) description: Option<String>,
}

/// Reads an error body: `{"code","description"}` of the service, `{"error","error_description"}` of OAuth, or whatever else
/// a proxy on the way may have written. The secrets that were sent are taken out, should it echo them.
pub(super) fn said(body: &[u8], secrets: &[&str]) -> Said {
    let text = without(String::from_utf8_lossy(body).into_owned(), secrets);
    let Ok(Value::Object(object)) = serde_json::from_str(&text) else {
        return Said {
            code: None,
            description: not_json(&text),
        };
    };
    let text = |names: [&str; 2]| {
        let value = names.iter().find_map(|name| object.get(*name))?;
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        Some(clean(&text)).filter(|text| !text.is_empty() && text != "null")
    };
    Said {
        code: text(["code", "error"]),
        description: text(["description", "error_description"]),
    }
}

fn is_of_the_service(body: &[u8]) -> bool {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    body["code"].is_string()
}

/// A refusal that is not in the service's own form may come from anything on the way: its beginning is all there is to show.
fn foreign(body: &[u8], token: &str) -> String {
    let text = without(String::from_utf8_lossy(body).trim().to_owned(), &[token]);
    if text.is_empty() {
        return tr!("answer-empty");
    }
    let mut shown: String = text
        .chars()
        .take(SHOWN_OF_FOREIGN)
        .flat_map(escaped)
        .collect();
    if text.chars().nth(SHOWN_OF_FOREIGN).is_some() {
        shown.push('…');
    }
    tr!("answer-foreign", body = shown)
}

/// Characters of a foreign body that are shown.
const SHOWN_OF_FOREIGN: usize = 200;

/// A character as a terminal only shows it.
fn escaped(c: char) -> impl Iterator<Item = char> {
    let is_plain =
        c == ' ' || !(c.is_whitespace() || clean(&format!("|{c}|")).chars().nth(1) != Some(c));
    let escape = (!is_plain).then(|| c.escape_default());
    escape.into_iter().flatten().chain(is_plain.then_some(c))
}

/// Where a redirect leads, without a query, which may hold what was asked for.
fn redirect(headers: &HeaderMap) -> Option<String> {
    let place = headers.get(LOCATION)?.to_str().ok()?;
    let place = place.split(['?', '#']).next().unwrap_or_default();
    Some(tr!("answer-redirect", place = clean(place)))
}

fn without(text: String, secrets: &[&str]) -> String {
    let secrets = secrets.iter().filter(|secret| !secret.is_empty());
    secrets.fold(text, |text, secret| text.replace(secret, "[secret]"))
}

fn not_json(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with('<') {
        return Some(tr!("answer-web-page"));
    }
    Some(clean(text)).filter(|text| !text.is_empty())
}

/// `WWW-Authenticate` holds the reason of a 401.
fn why_unauthorized(status: u16, headers: &HeaderMap, token: &str) -> Option<String> {
    let reason = headers.get(WWW_AUTHENTICATE).filter(|_| status == 401)?;
    let reason = String::from_utf8_lossy(reason.as_bytes()).into_owned();
    Some(clean(&without(reason, &[token])))
}

/// Whether a 403 is about a full quota. Codes are an open set and descriptions are not documented, so both are searched for
/// the words that speak of a limit; `LIMIT_EXCEEDED` and `OUT_OF_RANGE` are the documented ones.
fn names_a_limit(code: Option<&str>, description: Option<&str>) -> bool {
    [code, description].into_iter().flatten().any(|text| {
        let text = text.to_ascii_lowercase();
        ["limit", "out_of_range", "quota", "exceed", "maximum"]
            .iter()
            .any(|word| text.contains(word))
    })
}

/// The longest text of the service that is kept, in characters.
const LONGEST_TEXT: usize = 300;

/// A text from outside, fit to be printed: on one line, without control characters and characters that turn the direction
/// of what follows, cut to [`LONGEST_TEXT`].
pub(super) fn clean(text: &str) -> String {
    let printable = |c: char| match c {
        '\n' | '\r' | '\t' => Some(' '),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() => None,
        c => Some(c),
    };
    let mut kept = text.trim().chars().filter_map(printable);
    let mut cut: String = kept.by_ref().take(LONGEST_TEXT).collect();
    if kept.next().is_some() {
        cut.pop();
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_body_is_read_in_whatever_form_it_comes() {
        for (body, code, description) in [
            (
                r#"{"code":"INVALID_PARAMETER","description":"permission is required."}"#,
                Some("INVALID_PARAMETER"),
                Some("permission is required."),
            ),
            (
                r#"{"error":"invalid_client","error_description":"no"}"#,
                Some("invalid_client"),
                Some("no"),
            ),
            (r#"{"code":17,"description":null}"#, Some("17"), None),
            (
                r#"{"code":"","description":{"a":1}}"#,
                None,
                Some(r#"{"a":1}"#),
            ),
            ("[]", None, Some("[]")),
            ("", None, None),
            ("upstream gone", None, Some("upstream gone")),
        ] {
            let expected = Said {
                code: code.map(str::to_owned),
                description: description.map(str::to_owned),
            };
            assert_eq!(said(body.as_bytes(), &[]), expected, "{body}");
        }
        let page = said(b"<html><body>502 Bad Gateway", &[])
            .description
            .unwrap();
        assert!(page.contains("web page"), "{page}");
    }

    #[test]
    fn texts_of_the_service_cannot_reach_the_terminal_as_commands() {
        assert_eq!(
            clean("a\u{1b}[31mred\u{7}\r\nb\tc\u{202e}d"),
            "a[31mred  b cd"
        );
        let long = clean(&"가".repeat(1000));
        assert_eq!((long.chars().count(), long.ends_with('…')), (300, true));
        assert_eq!(clean(&"가".repeat(300)).chars().last(), Some('가'));
    }

    #[test]
    fn a_403_about_a_limit_is_told_from_one_about_a_right() {
        for (code, description, quota) in [
            ("FORBIDDEN", "has not permission api scope", false),
            ("ACCESS_DENIED", "Access denied.", false),
            ("LIMIT_EXCEEDED", "", true),
            ("OUT_OF_RANGE", "", true),
            (
                "FORBIDDEN",
                "The number of contacts exceeds the maximum.",
                true,
            ),
        ] {
            assert_eq!(
                names_a_limit(Some(code), Some(description)),
                quota,
                "{code} {description}"
            );
        }
    }

    #[test]
    fn a_secret_is_taken_out_of_what_the_service_echoes_before_it_is_cut() {
        let secret = "s".repeat(400);
        let body = format!(r#"{{"code":"X","description":"token {secret} is bad"}}"#);
        let said = said(body.as_bytes(), &["", &secret]);
        assert_eq!(said.description.as_deref(), Some("token [secret] is bad"));
    }
}
