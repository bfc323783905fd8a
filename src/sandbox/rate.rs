//! The limit on requests: so many in a window, for each operation on its own.
//!
//! The vendor does not say whether its window is fixed or sliding, so a client has to live with both. A request that
//! is refused does not count (not stated by the vendor either: counting it would keep an eager client out for ever).

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use super::answers::Headers;
use super::routes::Operation;

/// How many requests of one operation the service takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Requests per window; the vendor's figures are 60 (Free) and 240.
    pub limit: u32,
    /// Length of a window; the vendor's is 60 s.
    pub per: Duration,
    pub window: Window,
}

impl Rate {
    pub fn per_minute(limit: u32, window: Window) -> Self {
        Self {
            limit,
            per: Duration::from_secs(60),
            window,
        }
    }
}

/// Which requests are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Windows follow one another from the moment when the sandbox was started.
    Fixed,
    /// Each request looks back over one length of the window.
    Sliding,
}

/// What a limited operation says of its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    pub used: u32,
    pub limit: u32,
    /// Until the window ends (fixed), or until the oldest request falls out of it (sliding).
    pub reset: Duration,
    pub allowed: bool,
}

impl Budget {
    /// The four headers, spelled as the vendor spells them. HTTP/1.1 takes names in any case, and the server in use
    /// writes them in lower case.
    pub(super) fn headers(self) -> Headers {
        // Whole seconds, rounded up: who waits that long may send.
        let reset = self.reset.as_secs() + u64::from(self.reset.subsec_nanos() > 0);
        vec![
            ("rateLimit-ssed", self.used.to_string()),
            ("rateLimit-limit", self.limit.to_string()),
            ("rateLimit-remaining", (self.limit - self.used).to_string()),
            ("rateLimit-reset", reset.to_string()),
        ]
    }
}

/// The requests that count, of each operation.
#[derive(Debug)]
pub struct Limits {
    started: Instant,
    counted: HashMap<Operation, VecDeque<Instant>>,
}

impl Limits {
    pub(super) fn new(started: Instant) -> Self {
        Self {
            started,
            counted: HashMap::new(),
        }
    }

    /// Counts a request that arrives `now`. Nothing where there is no limit.
    pub fn count(
        &mut self,
        rate: Option<Rate>,
        operation: Operation,
        now: Instant,
    ) -> Option<Budget> {
        let rate = rate.filter(|_| operation.is_limited())?;
        let age = |at: Instant| now.saturating_duration_since(at);
        let into_window = age(self.started).as_nanos() % rate.per.as_nanos().max(1);
        let into_window = Duration::from_nanos(u64::try_from(into_window).unwrap_or(u64::MAX));
        let counted = self.counted.entry(operation).or_default();
        // A sliding window is open at its beginning: what is exactly one length old is out.
        let is_out = |at: Instant| match rate.window {
            Window::Fixed => age(at) > into_window,
            Window::Sliding => age(at) >= rate.per,
        };
        while counted.front().is_some_and(|at| is_out(*at)) {
            counted.pop_front();
        }
        let allowed = counted.len() < rate.limit as usize;
        if allowed {
            counted.push_back(now);
        }
        let passed = match rate.window {
            Window::Fixed => into_window,
            Window::Sliding => counted
                .front()
                .map_or(Duration::ZERO, |oldest| age(*oldest)),
        };
        Some(Budget {
            used: u32::try_from(counted.len())
                .unwrap_or(u32::MAX)
                .min(rate.limit),
            limit: rate.limit,
            reset: rate.per.saturating_sub(passed),
            allowed,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Budget, Limits, Rate, Window};
    use crate::sandbox::Operation;

    /// A service that takes two requests a minute.
    struct Two(Limits, Rate, Instant);

    fn limits(window: Window) -> Two {
        let started = Instant::now();
        let rate = Rate::per_minute(2, window);
        Two(Limits::new(started), rate, started)
    }

    impl Two {
        fn of(&mut self, operation: Operation, second: f64) -> Option<Budget> {
            let Two(limits, rate, started) = self;
            let now = *started + Duration::from_secs_f64(second);
            limits.count(Some(*rate), operation, now)
        }

        fn at(&mut self, second: f64) -> Budget {
            self.of(Operation::CreateContact, second).unwrap()
        }
    }

    #[test]
    fn a_fixed_window_takes_its_limit_at_its_end_and_again_at_the_beginning_of_the_next() {
        let mut limits = limits(Window::Fixed);
        assert!(limits.at(59.0).allowed);
        assert!(limits.at(59.5).allowed);
        let refused = limits.at(59.75);
        assert!(!refused.allowed);
        assert_eq!(refused.reset, Duration::from_millis(250));
        assert!(limits.at(60.0).allowed);
        assert!(limits.at(60.0).allowed);
        assert!(!limits.at(60.1).allowed);
    }

    #[test]
    fn a_sliding_window_looks_back_from_each_request() {
        let mut limits = limits(Window::Sliding);
        assert!(limits.at(59.0).allowed);
        assert!(limits.at(59.5).allowed);
        assert!(!limits.at(60.0).allowed);
        assert!(!limits.at(118.9).allowed);
        assert!(limits.at(119.0).allowed);
        assert!(!limits.at(119.4).allowed);
        assert!(limits.at(119.5).allowed);
    }

    #[test]
    fn every_operation_has_a_budget_of_its_own() {
        let mut limits = limits(Window::Sliding);
        limits.at(0.0);
        limits.at(0.0);
        assert!(!limits.at(0.0).allowed);
        assert!(limits.of(Operation::ListContacts, 0.0).unwrap().allowed);
        assert_eq!(limits.of(Operation::Token, 0.0), None);
    }

    #[test]
    fn the_headers_say_what_is_used_left_and_when_the_window_resets() {
        let mut limits = limits(Window::Fixed);
        assert_eq!(
            limits.at(0.5).headers(),
            [
                ("rateLimit-ssed", "1".to_owned()),
                ("rateLimit-limit", "2".to_owned()),
                ("rateLimit-remaining", "1".to_owned()),
                ("rateLimit-reset", "60".to_owned()),
            ]
        );
    }

    #[test]
    fn a_lowered_limit_counts_what_is_over_it_as_used_up() {
        let mut limits = limits(Window::Fixed);
        limits.at(0.0);
        limits.at(0.0);
        limits.1 = Rate::per_minute(1, Window::Fixed);
        let budget = limits.at(1.0);
        assert!(!budget.allowed);
        assert_eq!((budget.used, budget.limit), (1, 1));
    }
}
