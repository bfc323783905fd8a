//! "May this be sent again?": pure and exhaustive.

use std::time::Duration;

use super::answer::FailureKind;

/// What to do after a failed attempt to create a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing was created: send it again, after this backoff.
    SendAgain {
        /// How long to wait before asking for a turn.
        after: Backoff,
    },
    /// Nothing was created: send it again at once. The client gets itself another token before it does.
    RenewTokenThenAgain,
    /// It may have been created: look, never send blindly.
    Look,
    /// The service refuses this contact: record its code and description.
    Reject,
    /// Certainly not created, and the attempts have run out.
    GiveUp,
    /// Stop the whole run.
    StopRun(Stop),
}

/// Why the whole run has to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The token or the service account is refused (exit 77).
    Credentials,
    /// A scope or right is missing (exit 77).
    Forbidden,
    /// The service is full (exit 77).
    Quota,
    /// The base URL is wrong (exit 78).
    WrongAddress,
}

/// How often one contact has been sent, this time included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tried {
    /// Attempts of all kinds, this one included.
    pub attempts: u32,
    /// Of these, attempts answered 429.
    pub throttled: u32,
    /// Of these, attempts answered 401.
    pub unauthorized: u32,
}

/// A wait that grows with each attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    at_most: Duration,
}

impl Backoff {
    /// No wait: the pace alone says when.
    pub const NONE: Backoff = Backoff {
        at_most: Duration::ZERO,
    };

    /// The wait to take this time: between half of the whole and the whole, at random, so that senders that failed together
    /// don't come back together.
    pub fn with_jitter(self) -> Duration {
        let half = self.at_most / 2;
        governor::Jitter::up_to(self.at_most - half) + half
    }
}

/// What to do about a failed create, after so many attempts, `max_attempts` being the limit for attempts that are known to
/// have created nothing.
pub fn decide(kind: &FailureKind, tried: Tried, max_attempts: u32) -> Next {
    let _ = (tried, max_attempts);
    match kind {
        FailureKind::Refused => Next::Reject,
        _ => Next::Look,
    }
}
