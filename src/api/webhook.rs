//! Incoming webhooks: one message to an address that is a secret.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::Url;
use super::failure::{Failure, FailureKind};
use super::transport::{Transport, is_loopback};
use crate::lang::tr;

/// From connecting to the last byte of the answer.
const TIMEOUT: Duration = Duration::from_secs(10);
const LONGEST_ANSWER: usize = 64 * 1024;

/// Posts a message, once.
///
/// # Errors
/// Why it was not delivered, or may not have been, in words that say nothing of the address.
pub async fn post(address: &SecretString, message: &Value) -> Result<(), String> {
    let url = Url::parse(address.expose_secret()).map_err(|_| tr!("webhook-address"))?;
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        return Err(tr!("webhook-address"));
    }
    let service = Transport::new(url.clone(), TIMEOUT);
    let lost = |failure: Failure| match failure.kind {
        FailureKind::Unavailable => tr!("webhook-connection"),
        _ => tr!("webhook-answer"),
    };
    let request = service.request(Method::POST, url).map_err(lost)?;
    let request = request
        .header(CONTENT_TYPE, "application/json")
        .body(message.to_string());
    let answer = service.send(request, LONGEST_ANSWER).await.map_err(lost)?;
    match answer.status {
        200..=299 => Ok(()),
        status => Err(tr!("webhook-status", status = status.to_string())),
    }
}
