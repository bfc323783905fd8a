//! Answers of the service, read into what can be done about them.
//!
//! The table is the design's ("Sending"); it rests on the vendor's document for 201, 400 and 403, and on public pages for
//! the rest. Codes are an open set, so nothing branches on a code except where it says so.

use std::fmt;
use std::time::Duration;

use super::token::CredentialProblem;

/// What became of one request to create a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreateAnswer {
    /// 201 with a readable id: the contact exists.
    Created {
        /// The id the service gave out; never empty.
        contact_id: String,
        /// `createdTime` as the service wrote it (`YYYY-MM-DDThh:mm:ssTZD`), where it is there.
        created_time: Option<String>,
        /// `modifiedTime` as the service wrote it; equal to `createdTime` for a new contact, as far as is known.
        modified_time: Option<String>,
    },
    /// Anything else; whether something was created depends on [`Failure::kind`].
    Failed(Failure),
}

/// Why a request did not do what it was sent for, in the service's words where it said something.
///
/// Texts from the service are free of control characters and cut to a length that fits a report, so they can be printed
/// as they are. They may quote what was sent: personal data, so they belong into reports, not into logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What can be done about it.
    pub kind: FailureKind,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The service's `code`, or the `error` of an OAuth answer.
    pub code: Option<String>,
    /// The service's `description`, or what the network said.
    pub description: Option<String>,
}

/// Failures, named for what can be done about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureKind {
    /// 400, 409, 415, 422: this contact is refused; nothing was created and sending it again changes nothing.
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

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = false;
        if let Some(status) = self.status {
            write!(f, "{status}")?;
            said = true;
        }
        for text in [&self.code, &self.description].into_iter().flatten() {
            write!(f, "{}{text}", if said { " " } else { "" })?;
            said = true;
        }
        if said {
            Ok(())
        } else {
            f.write_str("no answer")
        }
    }
}

impl std::error::Error for Failure {}
