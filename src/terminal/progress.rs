//! Progress of a long phase: a bar where somebody watches, else a line now and then.

use super::{plain_lines, print_line, spoken};
use crate::lang::{self, tr};
use crate::printable::plain;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::time::Duration;

/// Progress of a long phase.
#[derive(Debug)]
pub enum Progress {
    /// Animated, where there is a terminal.
    Bar(Bar),
    /// A line now and then, where there is none.
    Lines(Lines),
}

/// A bar and what its end says.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    failed: u64,
}

/// Plain progress lines.
#[derive(Debug)]
pub struct Lines {
    failed: u64,
    quiet: bool,
    phase: String,
    total: u64,
    done: u64,
    started: std::time::Instant,
    said: std::time::Instant,
}

/// How long nothing is said where there is no terminal.
const SILENCE: Duration = Duration::from_secs(30);

impl Lines {
    fn new(quiet: bool, total: u64, phase: &str) -> Lines {
        let now = std::time::Instant::now();
        Lines {
            failed: 0,
            quiet,
            phase: phase.to_owned(),
            total,
            done: 0,
            started: now,
            said: now,
        }
    }

    fn text(&self, detail: &str) -> String {
        let seconds = self.started.elapsed().as_secs_f64();
        let rate = self.done as f64 / seconds.max(0.001);
        let left = self.total.saturating_sub(self.done) as f64 / rate.max(0.001);
        let line = tr!(
            "progress-line",
            phase = self.phase.as_str(),
            done = self.done,
            total = self.total,
            rate = (rate * 60.0).round(),
            left = spoken(Duration::try_from_secs_f64(left).unwrap_or_default())
        );
        match with_failed(self.failed, detail) {
            more if more.is_empty() => line,
            more => tr!("joined", first = line, second = more),
        }
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

fn with_failed(failed: u64, detail: &str) -> String {
    let failed = (failed > 0).then(|| tr!("progress-failed", count = failed));
    let detail = (!detail.is_empty()).then(|| plain(detail));
    lang::joined(failed.into_iter().chain(detail)).unwrap_or_default()
}

impl Progress {
    /// Plain lines now and then.
    pub(super) fn lines(quiet: bool, total: u64, phase: &str) -> Progress {
        Progress::Lines(Lines::new(quiet, total, phase))
    }

    /// A bar on stderr.
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
        Progress::Bar(Bar { bar, failed: 0 })
    }

    /// So many more are done; `detail` says what else there is to know.
    pub fn advance(&mut self, done: u64, detail: &str) {
        match self {
            Progress::Bar(Bar { bar, failed }) => {
                bar.inc(done);
                bar.set_message(with_failed(*failed, detail));
            }
            Progress::Lines(lines) => {
                lines.done += done;
                if !lines.quiet && lines.said.elapsed() >= SILENCE {
                    lines.said = std::time::Instant::now();
                    print_line(&lines.text(detail));
                }
            }
        }
    }

    /// One of those that are done failed.
    pub fn failed(&mut self) {
        match self {
            Progress::Bar(Bar { failed, .. }) | Progress::Lines(Lines { failed, .. }) => {
                *failed += 1;
            }
        }
    }

    /// Says something without disturbing the bar.
    pub fn say(&self, text: &str) {
        let text = plain_lines(text);
        match self {
            Progress::Bar(Bar { bar, .. }) => bar.suspend(|| print_line(&text)),
            Progress::Lines(lines) if !lines.quiet => print_line(&text),
            Progress::Lines(_) => {}
        }
    }

    /// Takes the bar away.
    pub fn finish(self) {
        if let Progress::Bar(Bar { bar, .. }) = self {
            bar.finish_and_clear();
        }
    }
}
