//! All that people see: messages on stderr, data on stdout, colours and the progress bar.

mod asker;
mod progress;
mod screen;
mod wrap;

pub use asker::Asker;
pub use progress::Progress;
use progress::above_bar;
pub use wrap::wrapped;

use crate::cli::{Color, Global};
use crate::exit::Failed;
use crate::lang::{self, Lang, tr};
use crate::log;
use crate::note::NoteKind;
use crate::printable::{harmless, plain};
use crate::report::message::title;
use crate::report::{Example, Outcome, SourceSummary, Summary, html};
use serde_json::Value;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

#[derive(Clone, Debug)]
pub struct Terminal {
    options: Global,
    colors: bool,
    is_terminal: bool,
}

impl Terminal {
    /// Sets up messages and the log as the options say.
    pub fn new(options: &Global) -> Terminal {
        let is_terminal = io::stderr().is_terminal();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colors = match options.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !no_color,
        };
        let terminal = Terminal {
            options: options.clone(),
            colors,
            is_terminal,
        };
        if let Some(levels) = log::start(options, colors, || AboveBar) {
            terminal.warn(tr!("log-levels-strange", value = levels));
        }
        terminal
    }

    /// Speaks the language of the configuration from here on, unless an option chose another.
    pub fn speak(&self, lang: Lang) {
        if self.options.lang.is_none() {
            lang::choose(lang);
        }
    }

    /// Whether a person can be asked: both sides of the conversation are a terminal.
    pub fn can_ask(&self) -> bool {
        self.is_terminal && io::stdin().is_terminal()
    }

    /// Whether a person can be asked one thing after the other: nothing of it goes anywhere but to the terminal.
    pub fn can_converse(&self) -> bool {
        self.can_ask() && io::stdout().is_terminal()
    }

    pub fn has_colors(&self) -> bool {
        self.colors
    }

    pub fn say(&self, text: impl AsRef<str>) {
        if !self.options.quiet {
            print_line(&plain_lines(text.as_ref()));
        }
    }

    /// Says something also where nothing else is said.
    pub fn say_always(&self, text: impl AsRef<str>) {
        print_line(&plain_lines(text.as_ref()));
    }

    /// Says something that a person should look at.
    pub fn warn(&self, text: impl AsRef<str>) {
        if !self.options.quiet {
            self.labelled("33", &tr!("label-note"), text.as_ref());
        }
    }

    /// Says what ended a run before its end, or left something undone: also where nothing else is said.
    pub fn alarm(&self, text: impl AsRef<str>) {
        self.labelled("31;1", &tr!("label-error"), text.as_ref());
    }

    fn labelled(&self, color: &str, label: &str, text: &str) {
        let label = self.colored(color, label);
        print_line(&format!("{label} {}", plain_lines(text)));
    }

    pub fn is_quiet(&self) -> bool {
        self.options.quiet
    }

    /// Whether the result is wanted as one line of JSON on stdout.
    pub fn wants_json(&self) -> bool {
        self.options.json
    }

    /// Says what ended the program; with `--json`, that is the result.
    pub fn error(&self, failed: &Failed) {
        // That nobody reads it is no further failure.
        let _ = self.json(&failed.to_json());
        self.alarm(format!("{:#}", failed.error));
    }

    /// Writes data to stdout. A closed pipe is no failure: whoever reads has seen enough.
    pub fn data(&self, text: &str) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        let written = stdout.write_all(text.as_bytes());
        match written.and_then(|()| stdout.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }

    /// Writes text for people to stdout, in lines that fit it where it is a terminal.
    pub fn page(&self, text: &str) -> io::Result<()> {
        match terminal_size::terminal_size_of(io::stdout()) {
            Some((columns, _)) => self.data(&wrapped(text, columns.0.into())),
            None => self.data(text),
        }
    }

    /// Writes a result to stdout, which may well be a terminal, as one line of JSON, if that was asked for.
    pub fn json(&self, value: &Value) -> io::Result<()> {
        match self.options.json {
            true => self.data(&format!("{}\n", harmless(&value.to_string()))),
            false => Ok(()),
        }
    }

    /// Writes a result to stdout: as one line of JSON if that was asked for, else its text.
    pub fn result(
        &self,
        value: &Value,
        text: &str,
        write: fn(&Terminal, &str) -> io::Result<()>,
    ) -> io::Result<()> {
        match self.options.json {
            true => self.json(value),
            false => write(self, text),
        }
    }

    /// Says how each input was read, and how many records it has.
    pub fn sources(&self, sources: &[SourceSummary]) {
        for source in sources {
            let (path, read_as) = (plain(&source.path), plain(&source.read_as));
            self.say(tr!("source", path, read_as, count = source.records));
        }
    }

    /// The end of a run, for a person, and as one line of JSON on stdout where that was asked for.
    pub fn summary(&self, summary: &Summary, folder: &Path, next: &[String]) -> io::Result<()> {
        let mut value = summary.to_json();
        value["report"] = folder.display().to_string().into();
        self.json(&value)?;
        if !self.options.quiet {
            print_line(&self.summary_text(summary, folder, next));
        }
        Ok(())
    }

    fn summary_text(&self, summary: &Summary, folder: &Path, next: &[String]) -> String {
        let mut lines = Vec::new();
        lines.push(summary.totals(|outcome, text| self.colored(color_of(outcome), &text)));
        let more = [
            ("totals-deleted-later", summary.deleted_later),
            ("totals-created-later", summary.created_later.values().sum()),
            ("totals-fixed-later", summary.fixed_later()),
            ("totals-updated", summary.updated),
            ("totals-changed", summary.changed),
            ("totals-gone-deleted", summary.gone_deleted),
            ("totals-gone", summary.gone - summary.gone_deleted),
            (
                "totals-service-changed",
                summary.notes.of(NoteKind::ServiceChanged),
            ),
            ("totals-merged", summary.notes.of(NoteKind::Merged)),
        ];
        let more = more.into_iter().filter(|(_, count)| *count > 0);
        lines.extend(more.map(|(key, count)| tr!(key, count)));
        if summary.incomplete_duplicates > 0 {
            lines.push(duplicates(summary));
        }
        let commonest = summary.commonest();
        let (shown, more) = commonest.split_at(commonest.len().min(SHOWN));
        for (code, field, count) in shown {
            let example = (summary.examples).get(&((*code).to_owned(), (*field).to_owned()));
            self.problem(code, field, *count, example, &mut lines);
        }
        lines.extend(more_problems(more));
        let carried: u64 = summary.notes.not_imported().values().sum();
        if carried > 0 {
            let fields = summary.notes.not_imported().len();
            let key = match folder.join("results.jsonl").exists() {
                true => "carried-over",
                false => "carried-over-counted",
            };
            lines.push(tr!(key, count = carried, fields));
        }
        lines.push(tr!("report-at", folder = folder.join(html::FILE)));
        lines.extend(next.iter().map(|line| plain(line)));
        lines.join("\n")
    }

    /// One of the commonest problems, with its first example.
    fn problem(
        &self,
        code: &str,
        field: &str,
        count: u64,
        example: Option<&Example>,
        lines: &mut Vec<String>,
    ) {
        let (code, title) = (plain(code), title(code));
        let head = match plain(field) {
            field if field.is_empty() => tr!("problem-count", count, code, title),
            field => tr!("problem-count-in", count, code, field, title),
        };
        lines.push(format!("  {head}"));
        let Some(example) = example else {
            return;
        };
        lines.push(format!("      {}", example.place()));
        if let Some((value, carets)) = example.marked() {
            let (blanks, carets) = carets.split_at(carets.find('^').unwrap_or(0));
            lines.push(format!("      {value}"));
            lines.push(format!("      {blanks}{}", self.colored("31", carets)));
        }
        lines.push(format!("      {}", plain(&example.mend)));
    }

    fn colored(&self, color: &str, text: &str) -> String {
        match self.colors {
            true => format!("\u{1b}[{color}m{text}\u{1b}[0m"),
            false => text.to_owned(),
        }
    }
}

/// The kinds of problems that the end of a run shows with an example.
const SHOWN: usize = 3;

/// How many duplicates have values of their own, and where the first ones are.
fn duplicates(summary: &Summary) -> String {
    let shown = summary.duplicate_places.iter().map(|place| plain(place));
    let mut places = shown.collect::<Vec<_>>().join(", ");
    if summary.incomplete_duplicates > summary.duplicate_places.len() as u64 {
        places.push_str(", …");
    }
    let count = summary.incomplete_duplicates;
    tr!("duplicates-incomplete", count, places)
}

/// The codes of the problems that are not shown with an example.
fn more_problems(kinds: &[(&str, &str, u64)]) -> Option<String> {
    let mut codes: Vec<&str> = Vec::new();
    for (code, _, _) in kinds {
        if !codes.contains(code) {
            codes.push(code);
        }
    }
    let count = codes.len();
    let codes = lang::joined(codes.into_iter().map(plain))?;
    let more = tr!("problems-more", count, codes);
    Some(format!("  {more}"))
}

pub use crate::lang::grouped;

/// The columns of the terminal that stderr is, if it is one.
pub fn columns() -> Option<usize> {
    size().map(|(columns, _)| columns)
}

/// The columns and lines of the terminal that stderr is, if it is one.
pub fn size() -> Option<(usize, usize)> {
    let size = terminal_size::terminal_size_of(io::stderr());
    size.map(|(columns, lines)| (columns.0.into(), lines.0.into()))
}

/// A time as people say it: `45 s`, `12 min`, `3 h 20 min`. It is rounded up, so that only no time at all is `0 s`.
pub fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs() + u64::from(duration.subsec_nanos() > 0);
    match seconds {
        0..=90 => tr!("spoken-seconds", seconds),
        91..=5400 => tr!("spoken-minutes", minutes = seconds.div_ceil(60)),
        _ => {
            let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
            tr!("spoken-hours", hours, minutes)
        }
    }
}

fn color_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Valid | Outcome::Created => "32",
        Outcome::Exists | Outcome::Duplicate | Outcome::Skipped => "36",
        Outcome::Invalid | Outcome::Rejected | Outcome::Failed => "31",
        Outcome::Unknown | Outcome::NotAttempted => "33",
    }
}

fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// Writes a line to stderr, or several where it is a terminal that is too narrow; that nobody reads it is no reason to stop.
fn print_line(text: &str) {
    let text = match columns() {
        Some(columns) => wrapped(text, columns),
        None => text.to_owned(),
    };
    let _ = AboveBar.write_all(format!("{text}\n").as_bytes());
}

/// Standard error, above the bar if there is one.
struct AboveBar;

impl Write for AboveBar {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        above_bar(|| io::stderr().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_said_as_people_say_them() {
        assert_eq!(spoken(Duration::from_secs(45)), "45 s");
        assert_eq!(spoken(Duration::from_millis(40)), "1 s");
        assert_eq!(spoken(Duration::from_secs(12_000)), "3 h 20 min");
    }

    #[test]
    fn problems_beyond_those_shown_are_named_once_each() {
        let kinds = [
            ("TOO_LONG", "memo", 2),
            ("ENCODING", "", 1),
            ("TOO_LONG", "emails[].email", 1),
        ];
        assert_eq!(
            more_problems(&kinds).as_deref(),
            Some("  and 2 more codes: TOO_LONG, ENCODING; results.csv lists every record")
        );
        assert_eq!(more_problems(&[]), None);
    }
}
