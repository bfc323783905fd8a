//! Progress of a long phase: a bar where somebody watches, else a line now and then.

use super::{plain_lines, print_line, spoken};
use crate::lang::{self, tr};
use crate::printable::plain;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::time::{Duration, Instant};

/// Progress of a long phase.
#[derive(Debug)]
pub struct Progress {
    failed: u64,
    shown: Shown,
}

#[derive(Debug)]
enum Shown {
    /// Animated, where there is a terminal.
    Bar(ProgressBar),
    /// A line now and then, where there is none.
    Lines(Lines),
    Nothing,
}

#[derive(Debug)]
struct Lines {
    phase: String,
    total: u64,
    done: u64,
    started: Instant,
    said: Instant,
}

/// How long nothing is said where there is no terminal.
const SILENCE: Duration = Duration::from_secs(30);

impl Lines {
    fn text(&self) -> String {
        let seconds = self.started.elapsed().as_secs_f64();
        let rate = self.done as f64 / seconds.max(0.001);
        let left = self.total.saturating_sub(self.done) as f64 / rate.max(0.001);
        tr!(
            "progress-line",
            phase = self.phase.as_str(),
            done = self.done,
            total = self.total,
            rate = (rate * 60.0).round(),
            left = spoken(Duration::try_from_secs_f64(left).unwrap_or_default())
        )
    }
}

/// Rate, time left and time of day at the end, once there is something to go by.
fn bar_status(state: &ProgressState, text: &mut dyn std::fmt::Write) {
    if state.pos() == 0 {
        return;
    }
    let left = state.eta();
    let finish = jiff::Zoned::now() + jiff::SignedDuration::try_from(left).unwrap_or_default();
    let status = tr!(
        "bar-status",
        rate = (state.per_sec() * 60.0).round(),
        left = spoken(left),
        finish = finish.strftime("%H:%M").to_string()
    );
    let _ = text.write_str(&status);
}

impl Progress {
    pub(super) fn nothing() -> Progress {
        Progress::shown(Shown::Nothing)
    }

    pub(super) fn lines(total: u64, phase: &str) -> Progress {
        let now = Instant::now();
        Progress::shown(Shown::Lines(Lines {
            phase: phase.to_owned(),
            total,
            done: 0,
            started: now,
            said: now,
        }))
    }

    pub(super) fn bar(total: u64, phase: &str) -> Progress {
        let target = ProgressDrawTarget::stderr_with_hz(8);
        let bar = ProgressBar::with_draw_target(Some(total), target);
        let style =
            ProgressStyle::with_template("{prefix} {wide_bar} {pos}/{len}  {status}  {msg}");
        let style = style
            .expect("the template is a constant that a test draws")
            .with_key("status", bar_status);
        bar.set_style(style);
        bar.set_prefix(phase.to_owned());
        Progress::shown(Shown::Bar(bar))
    }

    fn shown(shown: Shown) -> Progress {
        Progress { failed: 0, shown }
    }

    /// So many more are done; `detail` says what else there is to know.
    pub fn advance(&mut self, done: u64, detail: &str) {
        let failed = (self.failed > 0).then(|| tr!("progress-failed", count = self.failed));
        let detail = (!detail.is_empty()).then(|| plain(detail));
        let more = failed.into_iter().chain(detail);
        match &mut self.shown {
            Shown::Bar(bar) => {
                bar.inc(done);
                bar.set_message(lang::joined(more).unwrap_or_default());
            }
            Shown::Lines(lines) => {
                lines.done += done;
                if lines.said.elapsed() >= SILENCE {
                    lines.said = Instant::now();
                    let said = [lines.text()].into_iter().chain(more);
                    print_line(&lang::joined(said).unwrap_or_default());
                }
            }
            Shown::Nothing => {}
        }
    }

    /// One of those that are done failed.
    pub fn failed(&mut self) {
        self.failed += 1;
    }

    /// Says something without disturbing the bar.
    pub fn say(&self, text: &str) {
        let text = plain_lines(text);
        match &self.shown {
            Shown::Bar(bar) => bar.suspend(|| print_line(&text)),
            Shown::Lines(_) => print_line(&text),
            Shown::Nothing => {}
        }
    }

    pub fn finish(self) {
        if let Shown::Bar(bar) = self.shown {
            bar.finish_and_clear();
        }
    }
}
