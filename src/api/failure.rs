//! Failures, named for what can be done about them.

use std::fmt;
use std::time::Duration;

use crate::lang::{tr, variable};
use crate::printable::is_obeyed;

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

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureKind {
    /// 400, 409, 413, 415, 422: this contact is refused; nothing was created and sending it again changes nothing.
    Refused,
    /// 401: the token has expired or is wrong; nothing was created.
    TokenExpired,
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
///
/// As a static text it is the name for scripts.
#[derive(Debug, Clone, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
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
    #[strum(serialize = "no_permission")]
    NotPermitted,
    /// A refusal that fits none of these.
    #[strum(serialize = "token_refused")]
    Other,
}

impl fmt::Display for CredentialProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::UnreadableKey(reason) => tr!("credentials-key", reason),
            Self::MalformedToken => tr!("credentials-token"),
            Self::WrongClient => tr!("credentials-client"),
            Self::WrongServiceAccount => tr!("credentials-account"),
            Self::ClockOff { ahead_seconds } => {
                let seconds = ahead_seconds.unsigned_abs().to_string();
                match *ahead_seconds > 0 {
                    true => tr!("credentials-clock-ahead", seconds),
                    false => tr!("credentials-clock-behind", seconds),
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

variable! { failure: Failure => failure.to_string().into() }

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.map(|status| status.to_string());
        let parts = [&status, &self.code, &self.description];
        // It stands inside a sentence, which goes on after it.
        let parts = parts.into_iter().flatten();
        let parts: Vec<_> = parts
            .map(|part| part.strip_suffix('.').unwrap_or(part))
            .collect();
        match parts.is_empty() {
            true => f.write_str(&tr!("answer-none")),
            false => f.write_str(&parts.join(" ")),
        }
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// One without an answer.
    pub(super) fn without_answer(kind: FailureKind, said: &str) -> Self {
        Failure {
            kind,
            status: None,
            code: None,
            description: Some(clean(said)),
        }
    }

    /// A success by its status, with a body that can't be read as what it should be.
    pub(super) fn unreadable(status: u16, reason: &str) -> Self {
        Failure {
            status: Some(status),
            ..Failure::without_answer(FailureKind::Unknown, reason)
        }
    }

    /// One that only other credentials can mend, with what the token service said, if it was asked.
    pub(super) fn credentials(
        problem: CredentialProblem,
        status: Option<u16>,
        code: Option<String>,
        said: Option<String>,
    ) -> Self {
        let shown = problem.to_string();
        Failure {
            status,
            code,
            description: Some(match said {
                Some(said) => tr!("credentials-said", problem = shown, said),
                None => shown,
            }),
            kind: FailureKind::Credentials(problem),
        }
    }

    /// No token, for a reason that needs no answer of the token service.
    pub(super) fn no_token(problem: CredentialProblem) -> Self {
        Failure::credentials(problem, None, None, None)
    }
}

/// The longest text of the service that is kept, in characters.
const LONGEST_TEXT: usize = 300;

/// A text from outside, fit to be printed: on one line, without what a terminal would obey, cut to [`LONGEST_TEXT`].
pub(super) fn clean(text: &str) -> String {
    let printable = |c: char| match c {
        '\n' | '\r' | '\t' => Some(' '),
        c => (!is_obeyed(c)).then_some(c),
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
    fn texts_of_the_service_cannot_reach_the_terminal_as_commands() {
        assert_eq!(
            clean("a\u{1b}[31mred\u{7}\r\nb\tc\u{202e}d"),
            "a[31mred  b cd"
        );
        let long = clean(&"가".repeat(1000));
        assert_eq!((long.chars().count(), long.ends_with('…')), (300, true));
        assert_eq!(clean(&"가".repeat(300)).chars().last(), Some('가'));
    }
}
