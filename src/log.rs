//! The log: places, codes and counts, which may be kept and sent to others; people's data only where somebody asked for it.
//!
//! Nothing of a dependency is logged, whatever the level: what an HTTP library has to say may hold an address with its query,
//! a header with the token, a body. Values go under a target of their own, [`VALUES`], which is shut unless `--log-values`
//! opens it. Secrets are not logged at all.

use crate::cli::{Global, LogFormat};
use crate::printable::plain;
use crate::report::RecordProblem;
use std::io;
use tracing::{Level, Metadata, debug, enabled};
use tracing_subscriber::filter::{FilterExt, LevelFilter, Targets, filter_fn};
use tracing_subscriber::prelude::*;

/// The target of events that hold people's data.
pub const VALUES: &str = "cardlift::values";

/// The environment variable with the log's levels, in place of `-v`: `debug`, `cardlift::send=trace`.
const LEVELS: &str = "CARDLIFT_LOG";

/// Starts the log on stderr as the options and the environment say. Gives what the environment says where that is not
/// understood; the log then is as the options alone have it.
pub fn start(global: &Global, colors: bool) -> Option<String> {
    let values = global.log_values;
    let level = match (global.quiet, global.verbose, values) {
        (_, 2.., _) => LevelFilter::TRACE,
        (_, 1, _) | (_, _, true) => LevelFilter::DEBUG,
        (true, 0, false) => LevelFilter::ERROR,
        (false, 0, false) => LevelFilter::WARN,
    };
    let said = std::env::var_os(LEVELS).filter(|said| !said.is_empty());
    let said = said.map(|said| said.to_string_lossy().into_owned());
    let levels = said.as_deref().map(levels);
    let is_strange = levels == Some(None);
    let levels = levels.flatten();
    let levels = levels.unwrap_or_else(|| Targets::new().with_default(level));
    let filter = levels.and(filter_fn(move |event| may_be_logged(event, values)));
    let layer = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(colors)
        .with_target(false);
    let log = tracing_subscriber::registry();
    match global.log_format {
        LogFormat::Text => log.with(layer.compact().with_filter(filter)).init(),
        LogFormat::Json => log.with(layer.json().with_filter(filter)).init(),
    }
    said.filter(|_| is_strange)
}

/// Reads `debug`, `cardlift::send=trace` and lists of both with commas between them. A name without a level is one of our
/// modules or a misspelt level, which would shut the log without a word.
fn levels(said: &str) -> Option<Targets> {
    let parts = said.split(',').map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let is_known = |part: &&str| {
        part.contains('=') || part.starts_with("cardlift") || part.parse::<LevelFilter>().is_ok()
    };
    let levels = parts.iter().all(is_known).then(|| parts.join(","))?;
    levels.parse().ok()
}

/// Whether values are logged.
pub fn has_values() -> bool {
    enabled!(target: VALUES, Level::DEBUG)
}

/// Logs a record that breaks rules.
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

/// Logs that a record's request is about to leave; `body` is people's data.
pub fn leaving(record: u32, body: &str) {
    if has_values() {
        debug!(target: VALUES, record, payload = plain(body), "sending");
    } else {
        debug!(record, "sending");
    }
}

/// Logs why nothing came of a record's request. The service's `description` may repeat a value that it refuses.
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
