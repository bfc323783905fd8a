//! What goes back over the wire, as values: handlers make them, the service sends them.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::schema::{NO_MEMBERS, Violation};

/// Names and values; of two with the same name the later one is sent.
pub type Headers = Vec<(&'static str, String)>;

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub status: u16,
    pub headers: Headers,
    /// JSON; a bare text is the HTML that a proxy in between might put there, and null is no body.
    pub body: Value,
}

impl Answer {
    pub(super) fn json(status: u16, body: Value) -> Self {
        Self {
            status,
            headers: Headers::new(),
            body,
        }
    }

    pub(super) fn empty(status: u16) -> Self {
        Self::json(status, Value::Null)
    }

    /// The service's way to say no.
    pub fn error(status: u16, code: &str, description: &str) -> Self {
        Self::json(status, json!({"code": code, "description": description}))
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub fn invalid(description: &str) -> Self {
        Self::error(400, "INVALID_PARAMETER", description)
    }

    pub(super) fn not_found() -> Self {
        Self::error(404, "NOT_FOUND", "Not found.")
    }

    /// The reason is in `WWW-Authenticate`, says the vendor, but not in which words.
    pub fn unauthorized(reason: &str) -> Self {
        Self::error(401, "UNAUTHORIZED", "Authentication failed.").with(
            "WWW-Authenticate",
            format!(r#"Bearer error="invalid_token", error_description="{reason}""#),
        )
    }

    /// Observed on a create.
    pub(super) fn out_of_scope() -> Self {
        Self::error(403, "FORBIDDEN", "has not permission api scope")
    }

    pub fn too_many_requests() -> Self {
        Self::error(429, "TOO_MANY_REQUESTS", "API rate limit exceeded")
    }

    /// A body that breaks the contract: the first violation speaks for all.
    pub(super) fn violates(violations: &[Violation]) -> Self {
        let description = violations
            .first()
            .map_or("", |violation| violation.message.as_str());
        let code = if description == NO_MEMBERS {
            "INSUFFICIENT"
        } else {
            "INVALID_PARAMETER"
        };
        Self::error(400, code, description)
    }

    /// An answer with a body that is not JSON.
    pub fn page(status: u16, html: &str) -> Self {
        Self::json(status, html.into())
    }

    pub(super) fn into_response(self) -> Response {
        let (kind, body) = match self.body {
            Value::Null => (None, String::new()),
            Value::String(page) => (Some("text/html"), page),
            body => (Some("application/json; charset=UTF-8"), body.to_string()),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = kind.map(|kind| ("Content-Type", kind.to_owned()));
        for (name, value) in kind.into_iter().chain(self.headers) {
            let name = HeaderName::try_from(name).expect("names are ours");
            // A value that no header can hold is left out.
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// Refuses a call unless a condition holds.
pub(super) fn ensure(holds: bool, refusal: impl FnOnce() -> Answer) -> Result<(), Answer> {
    match holds {
        true => Ok(()),
        false => Err(refusal()),
    }
}
