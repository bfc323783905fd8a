//! Progress of a long phase: a bar where somebody watches, else a line now and then.
//!
//! The bar is the last line of the terminal. Everything else that is written there, the log included, goes through
//! [`above_bar`].

use super::screen::Screen;
use super::{Terminal, columns, print_line, spoken};
use crate::lang::{self, grouped, tr};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use unicode_width::UnicodeWidthStr;

/// Progress of a long phase; it disappears when this is dropped.
#[derive(Debug)]
pub struct Progress {
    state: Arc<Mutex<Phase>>,
    view: View,
}

/// How progress is shown.
#[derive(Debug)]
enum View {
    Bar(ProgressBar),
    Lines { said: Instant },
    Nothing,
}

/// The bar that is on the screen.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// How long nothing is said where there is no bar.
const SILENCE: Duration = Duration::from_secs(30);

/// How often the bar is drawn again although nothing has happened.
const TICK: Duration = Duration::from_secs(1);

/// The columns that the bar itself has at least.
const NARROWEST: usize = 10;

/// Writes to stderr with the bar out of the way, if there is one.
pub(super) fn above_bar<T>(write: impl FnOnce() -> T) -> T {
    let bar = locked(&BAR).clone();
    match bar {
        Some(bar) => bar.suspend(write),
        None => write(),
    }
}

impl Terminal {
    /// A progress bar where stderr is a terminal, else plain lines now and then.
    pub fn progress(&self, total: u64, phase: &str) -> Progress {
        let now = Instant::now();
        let state = Arc::new(Mutex::new(Phase::new(total, phase, now)));
        let view = match (self.options.quiet, self.is_terminal && is_capable()) {
            (true, _) => View::Nothing,
            (_, true) => View::Bar(bar(total, phase, &state)),
            (_, false) => View::Lines { said: now },
        };
        Progress { state, view }
    }
}

impl Progress {
    /// So many more are done.
    pub fn advance(&mut self, count: u64) {
        let mut state = locked(&self.state);
        state.advance(count, Instant::now());
        match &mut self.view {
            View::Bar(bar) => {
                let done = state.done;
                drop(state);
                bar.set_position(done);
            }
            View::Lines { said } if said.elapsed() >= SILENCE => {
                *said = Instant::now();
                print_line(&state.line(*said));
            }
            View::Lines { .. } | View::Nothing => {}
        }
    }

    /// One of those that are done failed.
    pub fn failed(&mut self) {
        locked(&self.state).failed += 1;
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let View::Bar(bar) = &self.view {
            locked(&BAR).take();
            bar.finish_and_clear();
        }
    }
}

/// Whether the terminal can move its cursor.
fn is_capable() -> bool {
    cfg!(windows) || std::env::var_os("TERM").is_some_and(|term| !term.is_empty() && term != "dumb")
}

fn bar(total: u64, phase: &str, state: &Arc<Mutex<Phase>>) -> ProgressBar {
    let target = ProgressDrawTarget::term_like_with_hz(Box::new(Screen::default()), 8);
    let bar = ProgressBar::with_draw_target(Some(total), target);
    let state = Arc::clone(state);
    let status = move |_: &ProgressState, text: &mut dyn std::fmt::Write| {
        let columns = columns().unwrap_or_default();
        let _ = text.write_str(&locked(&state).status(Instant::now(), columns));
    };
    let style = ProgressStyle::with_template("{prefix} [{wide_bar}] {status}")
        .expect("the template is a constant that a test draws")
        // Terminals in Korea and Japan may draw block characters two columns wide.
        .progress_chars("=> ")
        .with_key("status", status);
    bar.set_style(style);
    bar.set_prefix(phase.to_owned());
    bar.enable_steady_tick(TICK);
    *locked(&BAR) = Some(bar.clone());
    bar
}

/// How far a phase has come, and how fast.
#[derive(Debug)]
struct Phase {
    phase: String,
    total: u64,
    done: u64,
    failed: u64,
    /// How many were done when: the start, then moments of the last [`WINDOW`].
    moments: VecDeque<(Instant, u64)>,
}

/// The time that the rate is measured over.
const WINDOW: Duration = Duration::from_secs(60);

/// The time between two moments that are remembered, at least.
const STEP: Duration = Duration::from_millis(250);

impl Phase {
    fn new(total: u64, phase: &str, now: Instant) -> Phase {
        Phase {
            phase: phase.to_owned(),
            total,
            done: 0,
            failed: 0,
            moments: VecDeque::from([(now, 0)]),
        }
    }

    fn advance(&mut self, count: u64, now: Instant) {
        self.done = (self.done + count).min(self.total);
        let is_due = |(last, _): &(Instant, u64)| now.duration_since(*last) >= STEP;
        if self.moments.back().is_none_or(is_due) {
            self.moments.push_back((now, self.done));
        }
        while self.moments.len() > 2 && now.duration_since(self.moments[1].0) >= WINDOW {
            self.moments.pop_front();
        }
    }

    /// How many are done in a second, over the last minute.
    fn rate(&self, now: Instant) -> f64 {
        let past = |(at, _): &&(Instant, u64)| now.duration_since(*at) >= WINDOW;
        let first = self.moments.iter().take_while(past).last();
        let Some((from, before)) = first.or(self.moments.front()) else {
            return 0.0;
        };
        let seconds = now.duration_since(*from).as_secs_f64();
        (self.done - before) as f64 / seconds.max(0.001)
    }

    /// The time that the rest takes at this rate.
    fn left(&self, rate: f64) -> Option<Duration> {
        Duration::try_from_secs_f64((self.total - self.done) as f64 / rate).ok()
    }

    /// What stands behind the bar: as much as leaves room for the bar itself.
    fn status(&self, now: Instant, columns: usize) -> String {
        let count = format!("{}/{}", grouped(self.done), grouped(self.total));
        let failed = (self.failed > 0).then(|| tr!("progress-failed", count = self.failed));
        let with = |rest: Option<String>| {
            let rest = lang::joined(rest.into_iter().chain(failed.clone()));
            rest.map_or(count.clone(), |rest| format!("{count}  {rest}"))
        };
        let rate = self.rate(now);
        let Some(left) = self.left(rate) else {
            return with(None);
        };
        let finish = jiff::Zoned::now() + jiff::SignedDuration::try_from(left).unwrap_or_default();
        let finish = finish.strftime("%H:%M").to_string();
        let (left, rate) = (spoken(left), (rate * 60.0).round());
        let short = tr!("bar-left", left);
        let long = tr!("bar-status", rate, left, finish);
        let room = columns.saturating_sub(self.phase.width() + NARROWEST + 7);
        let texts = [with(Some(long)), with(Some(short)), with(None)];
        let fitting = texts.into_iter().find(|text| text.width() <= room);
        fitting.unwrap_or(count)
    }

    fn line(&self, now: Instant) -> String {
        let rate = self.rate(now);
        let (phase, done, total) = (self.phase.as_str(), self.done, self.total);
        let left = spoken(self.left(rate).unwrap_or_default());
        let rate = (rate * 60.0).round();
        let line = tr!("progress-line", phase, done, total, rate, left);
        let failed = (self.failed > 0).then(|| tr!("progress-failed", count = self.failed));
        lang::joined([line].into_iter().chain(failed)).unwrap_or_default()
    }
}

/// What a panic elsewhere has left is still good to be shown.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_can_be_drawn() {
        let state = Arc::new(Mutex::new(Phase::new(3, "Sending", Instant::now())));
        let view = View::Bar(bar(3, "Sending", &state));
        Progress { state, view }.advance(1);
        above_bar(|| ());
    }

    #[test]
    fn the_rate_is_that_of_the_last_minute() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut state = Phase::new(10_000, "Sending", start);
        for second in 1..=20 {
            state.advance(10, at(second));
        }
        assert_eq!(state.rate(at(20)).round(), 10.0, "since the start");
        for second in 21..=200 {
            state.advance(4, at(second));
        }
        assert_eq!(state.rate(at(200)).round(), 4.0);
        assert!(state.moments.len() < 100, "older moments are forgotten");
        assert_eq!(state.rate(at(230)).round(), 2.0, "half of it waited");
        assert_eq!(state.rate(at(300)), 0.0, "nothing for a minute");
        assert_eq!(state.left(0.0), None);
    }

    #[test]
    fn what_stands_behind_the_bar_leaves_room_for_it() {
        let start = Instant::now();
        let mut state = Phase::new(12_000, "Sending", start);
        let now = start + Duration::from_secs(30);
        assert_eq!(state.status(now, 80), "0/12,000");
        state.advance(120, now);
        state.failed = 2;
        let long = state.status(now, 90);
        let opening = "120/12,000  240 a minute, 50 min left, done by ";
        assert!(long.starts_with(opening), "{long}");
        assert!(long.ends_with(", 2 failed"), "{long}");
        assert_eq!(state.status(now, 60), "120/12,000  50 min left, 2 failed");
        assert_eq!(state.status(now, 30), "120/12,000");
    }
}
