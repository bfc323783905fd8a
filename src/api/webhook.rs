//! Incoming webhooks: one message to an address that is a secret.

use std::fmt;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::Url;
use super::transport::{NoAnswer, Transport, is_loopback};
use crate::lang::tr;

/// From connecting to the last byte of the answer.
const TIMEOUT: Duration = Duration::from_secs(10);
const LONGEST_ANSWER: usize = 64 * 1024;

/// Why a message was not delivered. Says nothing of the address.
#[derive(Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// It is no `https` address.
    WrongAddress,
    NoConnection,
    /// The message may have been delivered.
    NoAnswer,
    /// An answer other than 2xx, with its status.
    Refused(u16),
}

impl fmt::Display for Undelivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::WrongAddress => tr!("webhook-address"),
            Self::NoConnection => tr!("webhook-connection"),
            Self::NoAnswer => tr!("webhook-answer"),
            Self::Refused(status) => tr!("webhook-status", status = status.to_string()),
        })
    }
}

/// Posts a message, once.
///
/// # Errors
/// Why it was not delivered, or may not have been.
pub async fn post(address: &SecretString, message: &Value) -> Result<(), Undelivered> {
    let url = Url::parse(address.expose_secret()).map_err(|_| Undelivered::WrongAddress)?;
    if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback(&url)) {
        return Err(Undelivered::WrongAddress);
    }
    let service = Transport::new(url.clone(), TIMEOUT);
    let lost = |no_answer| match no_answer {
        NoAnswer::NotSent(_) => Undelivered::NoConnection,
        NoAnswer::Lost(_) => Undelivered::NoAnswer,
    };
    let request = service.request(Method::POST, url).map_err(lost)?;
    let request = request
        .header(CONTENT_TYPE, "application/json")
        .body(message.to_string());
    let answer = service.send(request, LONGEST_ANSWER).await.map_err(lost)?;
    match answer.status {
        200..=299 => Ok(()),
        status => Err(Undelivered::Refused(status)),
    }
}
