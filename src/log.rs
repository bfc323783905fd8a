//! The log: places, codes and counts. Personal data is logged only with `--log-values`, secrets never.
//!
//! Levels: `WARN` is a note for people, in their language; `DEBUG` (`-v`) says what becomes of records and what a run does;
//! `TRACE` (`-vv`) adds each request and its answer.
//!
//! Events of dependencies are dropped at every level: those of an HTTP library may contain a URL with its query, the token or
//! a body. Personal data has a target of its own, [`VALUES`], which is off without `--log-values`.

use crate::cli::{Global, LogFormat};
use crate::lang::tr;
use crate::printable::plain;
use crate::report::RecordProblem;
use std::path::Path;
use std::{fmt, io};
use tracing::{Event, Level, Metadata, Subscriber, debug, enabled, trace};
use tracing_subscriber::filter::{FilterExt, LevelFilter, Targets, filter_fn};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::prelude::*;
use tracing_subscriber::registry::LookupSpan;

pub const VALUES: &str = "cardlift::values";

/// Overrides `-v`: `debug`, `cardlift::send=trace`.
const LEVELS: &str = "CARDLIFT_LOG";

/// Starts the log on stderr, by the environment or else by the options. Returns the value of the environment variable if it
/// can't be read; the options apply then. `stderr` writes to it without disturbing what else is on the screen.
pub fn start<W: io::Write + 'static>(
    global: &Global,
    colors: bool,
    stderr: fn() -> W,
) -> Option<String> {
    let values = global.log_values;
    let level = match (global.quiet, global.verbose, values) {
        (_, 2.., _) => LevelFilter::TRACE,
        (_, 1, _) | (_, _, true) => LevelFilter::DEBUG,
        (true, 0, false) => LevelFilter::ERROR,
        (false, 0, false) => LevelFilter::WARN,
    };
    let said = std::env::var_os(LEVELS).filter(|said| !said.is_empty());
    let said = said.map(|said| said.to_string_lossy().into_owned());
    let chosen = said.as_deref().and_then(levels);
    let strange = said.filter(|_| chosen.is_none());
    let levels = chosen.unwrap_or_else(|| Targets::new().with_default(level));
    let filter = levels.and(filter_fn(move |event| may_be_logged(event, values)));
    let layer = tracing_subscriber::fmt::layer()
        .with_writer(stderr)
        .with_ansi(colors)
        .with_target(false);
    let log = tracing_subscriber::registry();
    match global.log_format {
        LogFormat::Text => {
            let layer = layer.compact().map_event_format(TextLog);
            log.with(layer.with_filter(filter)).init();
        }
        LogFormat::Json => log.with(layer.json().with_filter(filter)).init(),
    }
    strange
}

/// The log as text, in which warnings look like all that is said to people.
struct TextLog<F>(F);

impl<F, S, N> FormatEvent<S, N> for TextLog<F>
where
    F: FormatEvent<S, N>,
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        if *event.metadata().level() != Level::WARN {
            return self.0.format_event(context, writer, event);
        }
        write!(writer, "{} ", tr!("label-note"))?;
        context
            .field_format()
            .format_fields(writer.by_ref(), event)?;
        writeln!(writer)
    }
}

/// Reads `debug`, `cardlift::send=trace` and comma-separated lists of both. A name without a level has to be a module of
/// cardlift: a misspelt level would be read as a module, and turn the log off.
fn levels(said: &str) -> Option<Targets> {
    let parts = said.split(',').map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let is_known = |part: &&str| {
        part.contains('=') || part.starts_with("cardlift") || part.parse::<LevelFilter>().is_ok()
    };
    let levels = parts.iter().all(is_known).then(|| parts.join(","))?;
    levels.parse().ok()
}

pub fn has_values() -> bool {
    enabled!(target: VALUES, Level::DEBUG)
}

pub fn configuration(path: &Path) {
    debug!(file = plain(&path.display().to_string()), "configuration");
}

/// Logs why an input is read as it is; the names of its columns may be part of that.
pub fn evidence(input: &str, evidence: &str) {
    if !evidence.is_empty() {
        debug!(file = plain(input), evidence = plain(evidence), "read");
    }
}

pub fn invalid(source: &str, line: u64, problems: &[RecordProblem]) {
    if !enabled!(Level::DEBUG) {
        return;
    }
    let place = format!("{}:{line}", plain(source));
    for problem in problems {
        let (code, field) = (plain(&problem.code), plain(&problem.field));
        if has_values() {
            debug!(target: VALUES, place, code, field, value = plain(&problem.value), "invalid");
        } else {
            debug!(place, code, field, "invalid");
        }
    }
}

/// Logs that the request of a record is sent next; `body` is personal data.
pub fn leaving(record: u32, body: &str) {
    if has_values() {
        debug!(target: VALUES, record, payload = plain(body), "sending");
    } else {
        trace!(record, "sending");
    }
}

/// Logs that a record has its contact.
pub fn created(record: u32, contact_id: &str) {
    debug!(record, contact = plain(contact_id), "created");
}

/// Logs why the service did not create a record's contact. Its `description` may repeat a rejected value.
pub fn not_created(
    record: u32,
    status: Option<u16>,
    code: Option<&str>,
    description: Option<&str>,
) {
    let code = plain(code.unwrap_or(""));
    if has_values() {
        let description = plain(description.unwrap_or(""));
        debug!(target: VALUES, record, status, code, description, "not created");
    } else {
        debug!(record, status, code, "not created");
    }
}

fn may_be_logged(event: &Metadata<'_>, values: bool) -> bool {
    let target = event.target();
    let ours = target == "cardlift" || target.starts_with("cardlift::");
    ours && (values || target != VALUES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_for_all_or_for_a_module_and_a_list_is_loosely_written() {
        let all = |level| Targets::new().with_default(level);
        for (said, read) in [
            ("debug", all(LevelFilter::DEBUG)),
            ("OFF", all(LevelFilter::OFF)),
            ("4", all(LevelFilter::DEBUG)),
            (
                " info , cardlift::send=trace, ",
                all(LevelFilter::INFO).with_target("cardlift::send", Level::TRACE),
            ),
            (
                "cardlift::api,hyper=debug",
                Targets::new()
                    .with_target("cardlift::api", Level::TRACE)
                    .with_target("hyper", Level::DEBUG),
            ),
        ] {
            assert_eq!(levels(said), Some(read), "{said}");
        }
        for said in [
            "debgu",
            "6",
            "cardlift=loud",
            "a=b=c",
            "warn,send",
            "debug;info",
        ] {
            assert_eq!(levels(said), None, "{said}");
        }
    }
}
