//! A request, as the operations see it.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use reqwest::Url;
use serde_json::Value;

use super::answers::Answer;
use super::routes::Operation;

#[derive(Debug)]
pub struct Call {
    pub operation: Operation,
    /// The contact that the path names, or nothing.
    pub(super) id: String,
    pub(super) query: Fields,
    pub(super) body: Bytes,
    pub(super) headers: HeaderMap,
    /// The answer to a request that means no operation.
    pub(super) refusal: Option<Answer>,
}

impl Call {
    pub(super) fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn json(&self) -> Result<Value, Answer> {
        let kind = self.header(header::CONTENT_TYPE).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default();
        if !essence.trim().eq_ignore_ascii_case("application/json") {
            let description = "Content-Type must be application/json.";
            return Err(Answer::error(415, "UNSUPPORTED_MEDIA_TYPE", description));
        }
        serde_json::from_slice(&self.body)
            .map_err(|_| Answer::error(400, "BAD_REQUEST", "The request body is not JSON."))
    }

    pub(super) fn form(&self) -> Fields {
        fields(&String::from_utf8_lossy(&self.body))
    }
}

/// Names and values in a query string or a form, decoded; an empty value counts as absent.
pub(super) type Fields = HashMap<String, String>;

pub(super) fn fields(text: &str) -> Fields {
    let url = Url::parse(&format!("http://localhost/?{text}"));
    let pairs = url.iter().flat_map(Url::query_pairs);
    let pairs = pairs.filter(|(_, value)| !value.is_empty());
    pairs
        .map(|(name, value)| (name.into(), value.into()))
        .collect()
}
