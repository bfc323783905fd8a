//! Answers of the service, read into what can be done about them.
//!
//! The table is the design's ("Sending"); it rests on the vendor's document for 201, 400 and 403, and on public pages for
//! the rest. Codes are an open set, so nothing branches on a code except where it says so.

use jiff::Timestamp;
use reqwest::header::{HeaderMap, LOCATION, WWW_AUTHENTICATE};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::contacts::RemoteContact;
use super::failure::{Failure, FailureKind, clean};
use super::limits::RateHeaders;
use crate::lang::tr;
use crate::printable::is_obeyed;

/// An answer, read up to a limit.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    /// The body, or why it could not be read.
    pub(super) body: Result<Vec<u8>, String>,
}

impl Answer {
    /// Reads the JSON of a successful answer.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        let unreadable = |reason: &str| Failure::unreadable(self.status, reason);
        let body = self.body.as_deref().map_err(|reason| unreadable(reason))?;
        // serde's message quotes nothing of the body except keys, and says where it broke off.
        serde_json::from_slice(body)
            .map_err(|error| unreadable(&tr!("answer-no-json", error = error.to_string())))
    }

    /// Reads the contact of a successful answer.
    pub(super) fn contact(&self) -> Result<RemoteContact, Failure> {
        RemoteContact::read(self.json()?)
            .ok_or_else(|| Failure::unreadable(self.status, &tr!("answer-no-id")))
    }

    /// Why it is not the success that was waited for; `token` is taken out of what it says.
    pub(super) fn failure(&self, token: &str) -> Failure {
        let (mut code, mut description) = self.said(&[token]);
        if matches!(self.status, 400 | 409 | 413 | 415 | 422) && !self.is_of_the_service() {
            (code, description) = (None, Some(foreign(self.text(), token)));
        }
        let description = match self.status {
            300..=399 => redirect(&self.headers).or(description),
            401 => description.or_else(|| why_unauthorized(&self.headers, token)),
            _ => description,
        };
        let kind = match self.status {
            400 | 409 | 413 | 415 | 422 => FailureKind::Refused,
            401 => FailureKind::TokenExpired,
            403 => FailureKind::Forbidden {
                quota: names_a_limit(code.as_deref(), description.as_deref()),
            },
            // A permanent redirect says that the service is elsewhere, and that it has not done what it was asked for.
            301 | 307 | 308 | 404 | 405 => FailureKind::WrongAddress,
            429 => FailureKind::Throttled {
                retry_after: RateHeaders::read(&self.headers, Timestamp::now()).retry_after,
            },
            503 => FailureKind::Unavailable,
            _ => FailureKind::Unknown,
        };
        Failure {
            kind,
            status: Some(self.status),
            code,
            description,
        }
    }

    /// The code and the description of an error: `{"code","description"}` of the service, `{"error","error_description"}` of
    /// OAuth, or whatever else a proxy on the way may have written. The secrets that were sent are taken out, should it echo
    /// them.
    pub(super) fn said(&self, secrets: &[&str]) -> (Option<String>, Option<String>) {
        let text = without(&self.text(), secrets);
        let Ok(Value::Object(object)) = serde_json::from_str(&text) else {
            return (None, not_json(&text));
        };
        let text = |names: [&str; 2]| {
            let value = names.iter().find_map(|name| object.get(*name))?;
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            Some(clean(&text)).filter(|text| !text.is_empty() && text != "null")
        };
        (
            text(["code", "error"]),
            text(["description", "error_description"]),
        )
    }

    fn is_of_the_service(&self) -> bool {
        let body: Value = serde_json::from_str(&self.text()).unwrap_or_default();
        body["code"].is_string()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(self.body.as_deref().unwrap_or_default()).into_owned()
    }
}

/// A refusal that is not in the service's own form may come from anything on the way: its beginning is all there is to show.
fn foreign(body: String, token: &str) -> String {
    let text = without(body.trim(), &[token]);
    if text.is_empty() {
        return tr!("answer-empty");
    }
    let mut shown = String::new();
    for c in text.chars().take(SHOWN_OF_FOREIGN) {
        match c != ' ' && (c.is_whitespace() || is_obeyed(c)) {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    if text.chars().nth(SHOWN_OF_FOREIGN).is_some() {
        shown.push('…');
    }
    tr!("answer-foreign", body = shown)
}

/// Characters of a foreign body that are shown.
const SHOWN_OF_FOREIGN: usize = 200;

/// Where a redirect leads, without a query, which may hold what was asked for.
fn redirect(headers: &HeaderMap) -> Option<String> {
    let place = headers.get(LOCATION)?.to_str().ok()?;
    let place = place.split(['?', '#']).next().unwrap_or_default();
    Some(tr!("answer-redirect", place = clean(place)))
}

fn without(text: &str, secrets: &[&str]) -> String {
    let secrets = secrets.iter().filter(|secret| !secret.is_empty());
    secrets.fold(text.to_owned(), |text, secret| {
        text.replace(secret, "[secret]")
    })
}

fn not_json(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with('<') {
        return Some(tr!("answer-web-page"));
    }
    Some(clean(text)).filter(|text| !text.is_empty())
}

/// `WWW-Authenticate` holds the reason of a 401.
fn why_unauthorized(headers: &HeaderMap, token: &str) -> Option<String> {
    let reason = String::from_utf8_lossy(headers.get(WWW_AUTHENTICATE)?.as_bytes());
    Some(clean(&without(&reason, &[token])))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str, secrets: &[&str]) -> (Option<String>, Option<String>) {
        let answer = Answer {
            status: 400,
            headers: HeaderMap::new(),
            body: Ok(body.into()),
        };
        answer.said(secrets)
    }

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
            let expected = (code.map(str::to_owned), description.map(str::to_owned));
            assert_eq!(said(body, &[]), expected, "{body}");
        }
        let page = said("<html><body>502 Bad Gateway", &[]).1.unwrap();
        assert!(page.contains("web page"), "{page}");
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
        let said = said(&body, &["", &secret]);
        assert_eq!(said.1.as_deref(), Some("token [secret] is bad"));
    }
}
