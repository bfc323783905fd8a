//! The pace: when the next request of one operation may leave.
//!
//! The service counts requests in a window of a minute, fixed or sliding (it does not say which), as it sees them arrive;
//! we only see them leave and their answers come. So two things hold each request back:
//!
//! - **A log of the window.** Requests under way, and requests whose answer came less than a window ago, are together
//!   always fewer than the limit when another leaves. The service saw each of them between leaving and its answer, so of
//!   any `limit + 1` requests the last arrived a whole window after the first, in whatever kind of window.
//! - **Even spacing** by governor (a period, burst 1), so that the limit is not used up in one burst. It asks governor only
//!   whether a request may leave now and sleeps on its own, so that dropping the waiting future takes nothing.
//!
//! After a 429 nobody leaves until the window resets, nor after a 503 that says when to come back. `rateLimit-limit` lowers the limit, and what `rateLimit-limit` and
//! `rateLimit-remaining` say of use that is not ours is taken off it until the window resets.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use governor::clock::Clock as _;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use parking_lot::Mutex;
use tokio::sync::Notify;

use super::decision::backoff;
use super::limits::RateHeaders;

/// How fast requests of one operation may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaceSettings {
    /// Requests of one operation in any one window; `None` for no limit of ours (the sandbox). The service's own
    /// `rateLimit-limit` lowers it either way.
    pub per_minute: Option<u32>,
    /// The length of the service's window: a minute, and shorter only in tests.
    pub window: Duration,
}

impl PaceSettings {
    /// So many requests a minute; `None` for no limit of ours.
    pub const fn per_minute(per_minute: Option<u32>) -> Self {
        PaceSettings {
            per_minute,
            window: Duration::from_secs(60),
        }
    }
}

/// `rateLimit-reset` is in whole seconds, and whether it is rounded up is not documented.
const RESET_ROUNDING: Duration = Duration::from_secs(1);
/// `Retry-After: 0` answered to everybody must not become a race.
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
/// Without a limit the log is only kept in case the service names one.
const LOG_WITHOUT_LIMIT: usize = 10_000;

/// The pace of one operation, shared by everybody who sends it.
#[derive(Debug)]
pub(super) struct Pace {
    /// First come, first served: whoever holds this is next.
    queue: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    /// An answer came, or a slot was given back: whoever is next looks again.
    changed: Notify,
}

/// A slot in the window: given back when dropped before [`Slot::leave`], else kept for a whole window from the drop on.
#[derive(Debug)]
#[must_use = "a slot that is dropped is given back"]
pub(super) struct Slot<'a> {
    pace: &'a Pace,
    left: bool,
}

#[derive(Debug)]
struct State {
    settings: PaceSettings,
    /// Requests that may have left and have no answer yet.
    under_way: usize,
    /// When answers came, oldest first; those of the last window.
    answered: VecDeque<Instant>,
    /// Nobody leaves before this.
    paused_until: Option<Instant>,
    /// Pauses without any answer but 429 between them.
    pauses_in_a_row: u32,
    /// What `rateLimit-limit` said last.
    service_limit: Option<u32>,
    others: Option<Others>,
    /// Even spacing, and the limit that it is for.
    spacing: Option<(u32, DefaultDirectRateLimiter)>,
}

/// Requests in the service's window that are not ours.
#[derive(Debug, Clone, Copy)]
struct Others {
    requests: usize,
    until: Instant,
}

impl Pace {
    pub(super) fn new(settings: PaceSettings) -> Self {
        Pace {
            queue: tokio::sync::Mutex::new(()),
            state: Mutex::new(State {
                settings,
                under_way: 0,
                answered: VecDeque::new(),
                paused_until: None,
                pauses_in_a_row: 0,
                service_limit: None,
                others: None,
                spacing: None,
            }),
            changed: Notify::new(),
        }
    }

    /// Waits for a slot. Cancel-safe: a slot is taken in the same step in which this returns it.
    pub(super) async fn slot(&self) -> Slot<'_> {
        let _next = self.queue.lock().await;
        loop {
            let taken = self.state.lock().take(Instant::now());
            let Err(closed_until) = taken else {
                return Slot {
                    pace: self,
                    left: false,
                };
            };
            let opens = async {
                match closed_until {
                    Some(moment) => tokio::time::sleep_until(moment.into()).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = opens => {}
                () = self.changed.notified() => {}
            }
        }
    }

    /// Adds what an earlier process sent to the log, by how long ago the answers came.
    pub(super) fn seed(&self, ages: &[Duration]) {
        let now = Instant::now();
        let mut state = self.state.lock();
        let answers = ages.iter().filter_map(|age| now.checked_sub(*age));
        state.answered.extend(answers);
        state.answered.make_contiguous().sort_unstable();
        state.forget(now);
    }

    pub(super) fn keep_to(&self, per_minute: Option<u32>) {
        self.state.lock().settings.per_minute = per_minute;
        self.changed.notify_one();
    }
}

impl Slot<'_> {
    /// The request is about to leave: from here on the slot is used.
    pub(super) fn leave(&mut self) {
        self.left = true;
    }

    /// An answer came; the slot is kept for a window from now.
    pub(super) fn answered(self, status: u16, headers: &RateHeaders) {
        let mut state = self.pace.state.lock();
        state.note(status, headers, Instant::now());
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        let mut state = self.pace.state.lock();
        state.under_way -= 1;
        if self.left {
            let now = Instant::now();
            state.answered.push_back(now);
            state.forget(now);
        }
        drop(state);
        self.pace.changed.notify_one();
    }
}

impl State {
    /// Takes a slot if there is one now; else returns until when there is none, if not only an answer can tell.
    fn take(&mut self, now: Instant) -> Result<(), Option<Instant>> {
        if let Some(moment) = self.paused_until.filter(|moment| *moment > now) {
            return Err(Some(moment));
        }
        self.forget(now);
        if let Some(limit) = self.limit() {
            let capacity =
                (limit as usize).saturating_sub(self.others.map_or(0, |others| others.requests));
            let used = self.under_way + self.answered.len();
            if used >= capacity {
                return Err(self.next_free(used - capacity));
            }
            if let Some(wait) = self.spaced(limit) {
                return Err(Some(now + wait));
            }
        }
        self.under_way += 1;
        Ok(())
    }

    /// When a slot falls free, if the window holds `over` requests more than it may when one is to be added.
    fn next_free(&self, over: usize) -> Option<Instant> {
        let ours = self.answered.get(over);
        let ours = ours.map(|answer| *answer + self.kept_for());
        let others = self.others.map(|others| others.until);
        ours.into_iter().chain(others).min()
    }

    /// Drops what the window no longer holds.
    fn forget(&mut self, now: Instant) {
        let kept_for = self.kept_for();
        while self
            .answered
            .front()
            .is_some_and(|answer| *answer + kept_for <= now)
        {
            self.answered.pop_front();
        }
        if self.limit().is_none() {
            let surplus = self.answered.len().saturating_sub(LOG_WITHOUT_LIMIT);
            self.answered.drain(..surplus);
        }
        self.others = self.others.filter(|others| others.until > now);
    }

    /// A window, and a thousandth because no two clocks run alike.
    fn kept_for(&self) -> Duration {
        self.settings.window + self.settings.window / 1000
    }

    /// The lower of our limit and the service's.
    fn limit(&self) -> Option<u32> {
        match (self.settings.per_minute, self.service_limit) {
            (Some(ours), Some(service)) => Some(ours.min(service)),
            (ours, service) => ours.or(service),
        }
    }

    /// How long to wait for the sake of even spacing; `None` takes the slot.
    fn spaced(&mut self, limit: u32) -> Option<Duration> {
        let quota = Quota::with_period(self.settings.window / limit.max(1))?;
        let new = || (limit, RateLimiter::direct(quota));
        let spacing = self.spacing.take().filter(|spacing| spacing.0 == limit);
        let (_, limiter) = self.spacing.insert(spacing.unwrap_or_else(new));
        let refusal = limiter.check().err()?;
        Some(refusal.wait_time_from(limiter.clock().now()))
    }

    /// Takes in what an answer says of the limit. The request that it answers is still counted as under way.
    fn note(&mut self, status: u16, headers: &RateHeaders, now: Instant) {
        self.forget(now);
        if let Some(limit) = headers.limit.filter(|limit| *limit > 0) {
            self.service_limit = Some(limit);
            self.note_others(limit, headers, now);
        }
        // A 503 that says when to come back means everybody, too.
        if status == 429 || (status == 503 && headers.retry_after.is_some()) {
            self.pause(headers, now);
        } else {
            self.pauses_in_a_row = 0;
        }
    }

    /// What the service counts beyond all that can be ours is somebody else's.
    fn note_others(&mut self, limit: u32, headers: &RateHeaders, now: Instant) {
        let Some(remaining) = headers.remaining else {
            return;
        };
        let counted = limit.saturating_sub(remaining) as usize;
        let ours = self.under_way + self.answered.len();
        let until = self.until_reset(headers).unwrap_or(self.settings.window);
        self.others = (counted > ours).then(|| Others {
            requests: counted - ours,
            until: now + until,
        });
    }

    /// No window takes longer to reset than it is long, whatever the header says.
    fn until_reset(&self, headers: &RateHeaders) -> Option<Duration> {
        Some(headers.reset?.min(self.settings.window) + RESET_ROUNDING)
    }

    /// Nobody leaves until the service has said it takes requests again; if it says nothing, for a while that is doubled with each
    /// further pause, up to a window.
    fn pause(&mut self, headers: &RateHeaders, now: Instant) {
        // Requests that were under way together meet the same full window: that is one pause, not several.
        if self.paused_until.is_none_or(|moment| moment <= now) {
            self.pauses_in_a_row = self.pauses_in_a_row.saturating_add(1);
        }
        let doubled = backoff(self.pauses_in_a_row);
        let wait = headers
            .retry_after
            .or(self.until_reset(headers))
            .unwrap_or(doubled.min(self.settings.window))
            .max(SHORTEST_PAUSE);
        self.paused_until = self.paused_until.max(Some(now + wait));
    }
}

#[cfg(test)]
mod tests;
