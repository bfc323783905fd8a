//! Sending, with what people see of it.

use super::signals::{self, Signals};
use crate::api::Client;
use crate::cli::Import;
use crate::config::Config;
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::ledger::{Ledger, RunRow};
use crate::send::{self, Event, Fate, SendSettings, Sent, Why};
use crate::terminal::{Progress, Terminal, spoken};
use std::sync::Arc;
use tokio::runtime::Runtime;

/// How sending ended, and by which signal.
pub struct Ended {
    pub sent: Sent,
    /// The exit code if a signal ended it.
    pub signal: Exit,
}

/// Sends what is planned, showing how it goes.
pub fn send_all(
    runtime: &Runtime,
    ledger: &Ledger,
    run: &RunRow,
    client: &Client,
    import: &Import,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ended, Failed> {
    let settings = SendSettings {
        concurrency: config.send.concurrency,
        max_attempts: config.send.max_attempts.get(),
        stop_after: config.send.stop_after.get(),
        settle: config.send.settle,
        limit: import.limit,
        stop_if_unresolved: config.send.guard && !import.no_guard,
    };
    let signals = Arc::new(Signals::default());
    let mut progress = None;
    let sent = runtime.block_on(async {
        let listener = tokio::spawn(signals::listen(Arc::clone(&signals)));
        let sent = send::send(
            ledger,
            run.id,
            client,
            &settings,
            signals.first.notified(),
            signals.second.notified(),
            |event| show(event, &mut progress, terminal),
        )
        .await;
        listener.abort();
        sent
    });
    if let Some(progress) = progress {
        progress.finish();
    }
    let send::SendError::Ledger(error) = match sent {
        Ok(sent) => {
            let signal = signals.exit();
            return Ok(Ended { sent, signal });
        }
        Err(error) => error,
    };
    Err(error.into())
}

fn show(event: Event, progress: &mut Option<Progress>, terminal: &Terminal) {
    if let Event::Planned { total } = event {
        *progress = Some(terminal.progress(total, &tr!("phase-sending")));
        return;
    }
    let say = |progress: &Option<Progress>, text: String| match progress {
        Some(progress) => progress.say(&text),
        None => terminal.say(text),
    };
    match event {
        Event::Finished { fate, .. } => {
            if let Some(progress) = progress {
                if matches!(fate, Fate::Rejected(_) | Fate::Failed(_)) {
                    progress.failed();
                }
                let done = u64::from(!matches!(fate, Fate::NotSent));
                progress.advance(done, "");
            }
        }
        Event::Throttled { retry_after } => say(
            progress,
            match retry_after {
                Some(wait) => tr!("throttled-for", time = spoken(wait)),
                None => tr!("throttled"),
            },
        ),
        Event::Looking { unknown, look, of } => say(
            progress,
            tr!("looking", count = unknown, look = look, of = of),
        ),
        Event::Settling { unknown, wait } => say(
            progress,
            tr!("settling", count = unknown, time = spoken(wait)),
        ),
        Event::CantLook { unknown, failure } => say(
            progress,
            tr!("cant-look", count = unknown, failure = failure.to_string()),
        ),
        Event::Stopping { why: Why::Asked } => say(progress, tr!("stopping")),
        Event::Planned { .. } | Event::Stopping { .. } => {}
    }
}
