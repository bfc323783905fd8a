//! What goes back over the wire, as values: handlers make them, the service sends them.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::schema::{NO_MEMBERS, Violation};

/// Names and values, in the order in which they are sent.
pub(super) type Headers = Vec<(&'static str, String)>;

/// One answer. An absent body is an empty one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    pub status: u16,
    pub headers: Headers,
    pub body: Option<Content>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    Json(Value),
    /// What a proxy in between might put there.
    Html(&'static str),
}

impl Answer {
    pub(super) fn json(status: u16, body: Value) -> Self {
        Self {
            status,
            headers: Headers::new(),
            body: Some(Content::Json(body)),
        }
    }

    pub(super) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Headers::new(),
            body: None,
        }
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
    pub(super) fn page(status: u16, html: &'static str) -> Self {
        Self {
            status,
            headers: Headers::new(),
            body: Some(Content::Html(html)),
        }
    }

    pub(super) fn into_response(self) -> Response {
        let (kind, bytes) = match self.body {
            None => (None, Vec::new()),
            Some(Content::Html(page)) => (Some("text/html"), page.as_bytes().to_vec()),
            Some(Content::Json(value)) => (
                Some("application/json; charset=UTF-8"),
                value.to_string().into_bytes(),
            ),
        };
        let mut response = Response::new(Body::from(bytes));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        if let Some(kind) = kind {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        for (name, value) in self.headers {
            // Names are ours; a value that no header can hold is left out.
            if let (Ok(name), Ok(value)) = (
                header::HeaderName::try_from(name),
                HeaderValue::try_from(value),
            ) {
                headers.insert(name, value);
            }
        }
        response
    }
}
