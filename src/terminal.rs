//! All that people see: messages on stderr, data on stdout, colours and the progress bar.

use crate::cli::{Color, Global, LogFormat};
use crate::exit::Failed;
use crate::report::message::plain;
use crate::report::{Outcome, Summary};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

/// How messages are shown.
#[derive(Clone, Debug)]
pub struct Terminal {
    quiet: bool,
    json: bool,
    colors: bool,
    is_terminal: bool,
}

impl Terminal {
    /// Sets up messages and the log as the options say.
    pub fn new(global: &Global) -> Terminal {
        let is_terminal = io::stderr().is_terminal();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colors = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !no_color,
        };
        start_log(global, colors);
        Terminal {
            quiet: global.quiet,
            json: global.json,
            colors,
            is_terminal,
        }
    }

    /// Whether a person can be asked: both sides of the conversation are a terminal.
    pub fn can_ask(&self) -> bool {
        self.is_terminal && io::stdin().is_terminal()
    }

    /// Says something to a person.
    pub fn say(&self, text: impl AsRef<str>) {
        if !self.quiet {
            print_line(text.as_ref());
        }
    }

    /// Says something that a person should look at.
    pub fn warn(&self, text: impl AsRef<str>) {
        if !self.quiet {
            print_line(&format!(
                "{} {}",
                self.colored("33", "note:"),
                text.as_ref()
            ));
        }
    }

    /// Says what ended a run before its end, or left something undone: also where nothing else is said.
    pub fn alarm(&self, text: impl AsRef<str>) {
        let text = plain_lines(text.as_ref());
        print_line(&format!("{} {text}", self.colored("31;1", "error:")));
    }

    /// The same without a word, for what is done a second time.
    pub fn silent(&self) -> Terminal {
        Terminal {
            quiet: true,
            ..self.clone()
        }
    }

    /// Whether nothing is said but errors.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether the result is wanted as one line of JSON on stdout.
    pub fn wants_json(&self) -> bool {
        self.json
    }

    /// Says what ended the program; with `--json`, that is the result.
    pub fn error(&self, failed: &Failed) {
        if self.json {
            // That nobody reads it is no further failure.
            let _ = self.data(&format!("{}\n", failed.to_json()));
        }
        let text = plain_lines(&format!("{:#}", failed.error));
        print_line(&format!("{} {text}", self.colored("31;1", "error:")));
    }

    /// Asks a yes-or-no question; no answer is no.
    pub fn confirm(&self, question: &str) -> bool {
        let mut stderr = io::stderr();
        let asked = write!(stderr, "{question} [y/N] ").and_then(|()| stderr.flush());
        let mut answer = String::new();
        asked.is_ok()
            && io::stdin().read_line(&mut answer).is_ok()
            && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
    }

    /// Writes data to stdout. A closed pipe is no failure: whoever reads has seen enough.
    pub fn data(&self, text: &str) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        match stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush())
        {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }

    /// The end of a run, for a person, and as one line of JSON on stdout where that was asked for.
    pub fn summary(&self, summary: &Summary, folder: &Path, next: &[String]) -> io::Result<()> {
        if self.json {
            let mut value = summary.to_json();
            value["report"] = folder.display().to_string().into();
            self.data(&format!("{value}\n"))?;
        }
        self.say(self.summary_text(summary, folder, next));
        Ok(())
    }

    /// A progress bar where stderr is a terminal, else plain lines now and then.
    pub fn progress(&self, total: u64, phase: &str) -> Progress {
        if self.quiet || !self.is_terminal {
            return Progress::Lines(Lines::new(self.quiet, total, phase));
        }
        let target = ProgressDrawTarget::stderr_with_hz(8);
        let bar = ProgressBar::with_draw_target(Some(total), target);
        let style = ProgressStyle::with_template(
            "{prefix} {bar:30} {pos}/{len}  {per_sec}  {eta} left  {msg}",
        );
        bar.set_style(style.expect("the template is a constant that a test draws"));
        bar.set_prefix(phase.to_owned());
        Progress::Bar(bar)
    }

    fn summary_text(&self, summary: &Summary, folder: &Path, next: &[String]) -> String {
        let mut text = String::new();
        for source in &summary.sources {
            let _ = writeln!(
                text,
                "{}: {}, {}",
                plain(&source.path),
                source.read_as,
                counted(source.records, "record")
            );
        }
        let counts: Vec<String> = Outcome::ALL
            .iter()
            .filter(|outcome| summary.of(**outcome) > 0)
            .map(|outcome| {
                let count = grouped(summary.of(*outcome));
                self.colored(color_of(*outcome), &format!("{count} {}", words(*outcome)))
            })
            .collect();
        let counts = if counts.is_empty() {
            "nothing".into()
        } else {
            counts.join(", ")
        };
        let _ = writeln!(text, "{}: {counts}", counted(summary.records(), "record"));
        if summary.updated > 0 {
            let _ = writeln!(text, "{} brought up to date", grouped(summary.updated));
        }
        if summary.changed > 0 {
            let _ = writeln!(
                text,
                "{} have other content than what was created: CHANGED in results.csv",
                grouped(summary.changed)
            );
        }
        for (code, field, count) in summary.commonest().into_iter().take(3) {
            let place = if field.is_empty() {
                String::new()
            } else {
                format!(" in {field}")
            };
            let _ = writeln!(text, "  {} × {code}{place}", grouped(count));
        }
        let carried: u64 = summary.carried_over.values().sum();
        if carried > 0 {
            let fields = summary.carried_over.len();
            let _ = writeln!(
                text,
                "{} from {} found no place in a contact; they are listed in results.jsonl and counted in summary.json",
                counted(carried, "value"),
                counted(fields as u64, "source field")
            );
        }
        let _ = write!(text, "Report: {}", folder.display());
        for line in next {
            let _ = write!(text, "\n{line}");
        }
        text
    }

    fn colored(&self, color: &str, text: &str) -> String {
        if self.colors {
            format!("\u{1b}[{color}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// Progress of a long phase.
#[derive(Debug)]
pub enum Progress {
    /// Animated, where there is a terminal.
    Bar(ProgressBar),
    /// A line now and then, where there is none.
    Lines(Lines),
}

/// Plain progress lines.
#[derive(Debug)]
pub struct Lines {
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
            quiet,
            phase: phase.to_owned(),
            total,
            done: 0,
            started: now,
            said: now,
        }
    }
}

impl Progress {
    /// So many more are done; `detail` says what else there is to know.
    pub fn advance(&mut self, done: u64, detail: &str) {
        match self {
            Progress::Bar(bar) => {
                bar.inc(done);
                bar.set_message(detail.to_owned());
            }
            Progress::Lines(lines) => {
                lines.done += done;
                if !lines.quiet && lines.said.elapsed() >= SILENCE {
                    lines.said = std::time::Instant::now();
                    let seconds = lines.started.elapsed().as_secs_f64();
                    let rate = lines.done as f64 * 60.0 / seconds;
                    let left = lines.total.saturating_sub(lines.done) as f64 / rate.max(0.001);
                    print_line(&format!(
                        "{}: {} of {} done, {rate:.0} a minute, about {left:.0} min left {detail}",
                        lines.phase, lines.done, lines.total
                    ));
                }
            }
        }
    }

    /// Says something without disturbing the bar.
    pub fn say(&self, text: &str) {
        match self {
            Progress::Bar(bar) => bar.suspend(|| print_line(text)),
            Progress::Lines(lines) if !lines.quiet => print_line(text),
            Progress::Lines(_) => {}
        }
    }

    /// Takes the bar away.
    pub fn finish(self) {
        if let Progress::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

/// `1 record`, `2,000 records`
pub fn counted(count: u64, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", grouped(count))
}

/// A number with its thousands set apart.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A time as people say it: `45 s`, `12 min`, `3 h 20 min`.
pub fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..=90 => format!("{seconds} s"),
        91..=5400 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

fn words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Exists => "already there",
        Outcome::Duplicate => "duplicate",
        Outcome::NotAttempted => "not attempted",
        other => other.as_str(),
    }
}

fn color_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Valid | Outcome::Created => "32",
        Outcome::Exists | Outcome::Duplicate => "36",
        Outcome::Invalid | Outcome::Rejected | Outcome::Failed => "31",
        Outcome::Unknown | Outcome::NotAttempted => "33",
    }
}

fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// Writes a line to stderr; that nobody reads it is no reason to stop.
fn print_line(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

fn start_log(global: &Global, colors: bool) {
    let level = match (global.quiet, global.verbose) {
        (true, _) => "error",
        (false, 0) => "warn",
        (false, 1) => "cardlift=debug,warn",
        (false, _) => "cardlift=trace,info",
    };
    let filter = std::env::var("CARDLIFT_LOG").unwrap_or_else(|_| level.to_owned());
    let log = tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(filter))
        .with_writer(io::stderr)
        .with_ansi(colors)
        .with_target(false);
    match global.log_format {
        LogFormat::Text => log.compact().init(),
        LogFormat::Json => log.json().init(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_said_as_people_say_them() {
        assert_eq!(counted(1, "record"), "1 record");
        assert_eq!(counted(1_234_567, "record"), "1,234,567 records");
        assert_eq!(spoken(Duration::from_secs(45)), "45 s");
        assert_eq!(spoken(Duration::from_secs(12_000)), "3 h 20 min");
    }

    #[test]
    fn the_bar_can_be_drawn() {
        let terminal = Terminal {
            quiet: false,
            json: false,
            colors: false,
            is_terminal: true,
        };
        terminal.progress(3, "Sending").finish();
    }
}
