//! "May this be sent again?": pure and exhaustive.

use std::time::Duration;

use super::failure::FailureKind;

/// What to do after a failed attempt to create a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing was created: send it again, after this backoff. After a 401, the client gets itself another token before it does, if
    /// it can; a token that was handed in is tried once more as it is.
    SendAgain {
        /// How long to wait before asking for a permit, with [`jitter`] taken off.
        after: Duration,
    },
    /// It may have been created: look, never send blindly.
    Look,
    /// The service refuses this contact: record its code and description.
    Reject,
    /// Certainly not created, and the attempts have run out.
    GiveUp,
    /// Every further contact would fail alike, for credentials, a right, the quota or the base URL.
    StopRun,
}

/// How often one contact has been sent, this time included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tried {
    /// Attempts that count towards the limit.
    pub attempts: u32,
    /// Attempts answered 429.
    pub throttled: u32,
    /// Attempts answered 401.
    pub unauthorized: u32,
}

/// Send it again, without a wait but that for a permit.
pub const AT_ONCE: Next = Next::SendAgain {
    after: Duration::ZERO,
};

/// The wait after the first failure; doubled with each further one.
const FIRST_BACKOFF: Duration = Duration::from_secs(1);
const LONGEST_BACKOFF: Duration = Duration::from_secs(60);
/// 429 is not the contact's fault, so it does not use up its attempts; but nothing goes on for ever.
const MOST_THROTTLED: u32 = 100;

/// What to do about a failed create. `max_attempts` limits attempts that are known to have created nothing; those answered
/// 429 or 401 don't count towards it.
pub fn decide(kind: &FailureKind, tried: Tried, max_attempts: u32) -> Next {
    match kind {
        FailureKind::Refused => Next::Reject,
        FailureKind::TokenExpired if tried.unauthorized <= 1 => AT_ONCE,
        FailureKind::TokenExpired
        | FailureKind::Credentials(_)
        | FailureKind::Forbidden { .. }
        | FailureKind::WrongAddress => Next::StopRun,
        FailureKind::Throttled { .. } if tried.throttled <= MOST_THROTTLED => AT_ONCE,
        FailureKind::Throttled { .. } => Next::GiveUp,
        FailureKind::Unavailable if tried.attempts < max_attempts => Next::SendAgain {
            after: backoff(tried.attempts),
        },
        FailureKind::Unavailable => Next::GiveUp,
        FailureKind::Unknown => Next::Look,
    }
}

/// Whether every further request would fail like one that was tried as often as it makes sense.
pub fn ends_run(kind: &FailureKind) -> bool {
    let tried = Tried {
        attempts: u32::MAX,
        unauthorized: 2,
        ..Tried::default()
    };
    decide(kind, tried, 1) == Next::StopRun
}

/// What to do about a failed read, or a delete: they may be sent again even if they may have been done.
pub(super) fn decide_repeatable(kind: &FailureKind, tried: Tried, max_attempts: u32) -> Next {
    match kind {
        FailureKind::Unknown => decide(&FailureKind::Unavailable, tried, max_attempts),
        kind => decide(kind, tried, max_attempts),
    }
}

impl Tried {
    /// One attempt more, that failed like this.
    #[must_use]
    pub fn and(mut self, kind: &FailureKind) -> Self {
        *match kind {
            FailureKind::Throttled { .. } => &mut self.throttled,
            FailureKind::TokenExpired => &mut self.unauthorized,
            _ => &mut self.attempts,
        } += 1;
        self
    }
}

/// The wait after so many failures: a second after the first, doubled with each further one, a minute at most.
pub(super) fn backoff(failures: u32) -> Duration {
    let doubled = FIRST_BACKOFF.saturating_mul(1 << failures.saturating_sub(1).min(16));
    doubled.min(LONGEST_BACKOFF)
}

/// The wait to take this time: between half of the whole and the whole, at random, so that senders that failed together
/// don't come back together.
pub fn jitter(wait: Duration) -> Duration {
    governor::Jitter::up_to(wait - wait / 2) + wait / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::CredentialProblem;

    /// The decision after `attempts` attempts that all failed like this, with `max_attempts` 5.
    fn after(attempts: u32, kind: FailureKind) -> Next {
        let tried = (0..attempts).fold(Tried::default(), |tried, _| tried.and(&kind));
        decide(&kind, tried, 5)
    }

    fn again(failures: u32) -> Next {
        Next::SendAgain {
            after: backoff(failures),
        }
    }

    #[test]
    fn each_row_of_the_answer_table_has_its_decision() {
        let throttled = FailureKind::Throttled {
            retry_after: Some(Duration::from_secs(7)),
        };
        for (attempts, kind, next) in [
            (1, FailureKind::Refused, Next::Reject),
            (1, FailureKind::TokenExpired, AT_ONCE),
            (2, FailureKind::TokenExpired, Next::StopRun),
            (
                1,
                FailureKind::Credentials(CredentialProblem::WrongClient),
                Next::StopRun,
            ),
            (1, FailureKind::Forbidden { quota: false }, Next::StopRun),
            (1, FailureKind::Forbidden { quota: true }, Next::StopRun),
            (1, FailureKind::WrongAddress, Next::StopRun),
            (1, throttled.clone(), AT_ONCE),
            (50, throttled.clone(), AT_ONCE),
            (101, throttled, Next::GiveUp),
            (1, FailureKind::Unavailable, again(1)),
            (4, FailureKind::Unavailable, again(4)),
            (5, FailureKind::Unavailable, Next::GiveUp),
            (1, FailureKind::Unknown, Next::Look),
            (99, FailureKind::Unknown, Next::Look),
        ] {
            assert_eq!(
                after(attempts, kind.clone()),
                next,
                "{kind:?}, {attempts} attempts"
            );
        }
    }

    #[test]
    fn waiting_for_the_window_and_renewing_the_token_use_up_no_attempts() {
        let tried = Tried {
            attempts: 4,
            throttled: 35,
            unauthorized: 1,
        };
        assert_eq!(decide(&FailureKind::Unavailable, tried, 5), again(4));
    }

    #[test]
    fn a_read_of_unknown_outcome_is_sent_again_and_a_create_never() {
        let tried = Tried::default().and(&FailureKind::Unknown);
        assert_eq!(decide_repeatable(&FailureKind::Unknown, tried, 5), again(1));
        assert_eq!(decide(&FailureKind::Unknown, tried, 5), Next::Look);
    }

    #[test]
    fn the_backoff_doubles_up_to_a_minute_and_jitter_takes_off_at_most_half() {
        let waits = [1, 2, 3, 4, 5, 6, 7, 8, u32::MAX].map(|failures| backoff(failures).as_secs());
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(jitter(Duration::ZERO), Duration::ZERO);
        for _ in 0..1_000 {
            let wait = jitter(backoff(4));
            assert!(
                Duration::from_secs(4) <= wait && wait <= Duration::from_secs(8),
                "{wait:?}"
            );
        }
    }
}
