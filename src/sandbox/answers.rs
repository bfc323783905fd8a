//! What goes back over the wire, as values: handlers make them, the service sends them.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::schema::{NO_MEMBERS, Violation};

/// Names and values; of two with the same name the later one is sent.
pub(super) type Headers = Vec<(&'static str, String)>;

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
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
    pub(super) fn error(status: u16, code: &str, description: &str) -> Self {
        Self::json(status, json!({"code": code, "description": description}))
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn invalid_parameter(description: &str) -> Self {
        Self::error(400, "INVALID_PARAMETER", description)
    }

    pub(super) fn not_found() -> Self {
        Self::error(404, "NOT_FOUND", "Not found.")
    }

    /// The reason is in `WWW-Authenticate`, says the vendor, but not in which words.
    pub(super) fn unauthorized(reason: &str) -> Self {
        Self::error(401, "UNAUTHORIZED", "Authentication failed.").with(
            "WWW-Authenticate",
            format!(r#"Bearer error="invalid_token", error_description="{reason}""#),
        )
    }

    /// Observed on a create.
    pub(super) fn out_of_scope() -> Self {
        Self::error(403, "FORBIDDEN", "has not permission api scope")
    }

    pub(super) fn too_many_requests() -> Self {
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

    /// A failure of the service or of what stands before it, by its status.
    pub(super) fn failure(status: u16) -> Self {
        match status {
            502 => Self::page(502, "<html><title>502 Bad Gateway</title></html>"),
            504 => Self::page(504, "<html><title>504 Gateway Time-out</title></html>"),
            503 => Self::error(503, "SERVICE_UNAVAILABLE", "Service unavailable."),
            400 => Self::error(400, "BAD_REQUEST", "Bad request."),
            403 => Self::error(403, "ACCESS_DENIED", "Access denied."),
            other => Self::error(other, "INTERNAL_SERVER_ERROR", "Internal server error."),
        }
    }

    /// An answer with a body that is not JSON.
    pub(super) fn page(status: u16, html: &str) -> Self {
        Self::json(status, html.into())
    }

    pub(super) fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (kind, body) = match self.body {
            Value::Null => return with_headers(status.into_response(), self.headers),
            Value::String(page) => ("text/html", page),
            body => ("application/json; charset=UTF-8", body.to_string()),
        };
        let response = (status, [(header::CONTENT_TYPE, kind)], body).into_response();
        with_headers(response, self.headers)
    }
}

/// Names are ours; a value that no header can hold is left out.
fn with_headers(mut response: Response, headers: Headers) -> Response {
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
