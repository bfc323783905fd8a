//! Sending, with what people see of it.

use super::changes::Session;
use super::signals;
use crate::cli::Import;
use crate::exit::Failed;
use crate::lang::tr;
use crate::ledger::{RecordId, RunRow};
use crate::send::{self, Event, Fate, SendSettings, Sent, Why};
use crate::terminal::{Progress, Terminal, spoken};
use std::collections::HashSet;

/// Sends what is planned, showing how it goes.
pub async fn send_all(session: Session<'_>, run: &RunRow, import: &Import) -> Result<Sent, Failed> {
    let config = session.settings;
    let settings = SendSettings {
        concurrency: config.concurrency,
        max_attempts: config.max_attempts.get(),
        stop_after: config.stop_after.get(),
        settle: config.settle,
        limit: import.limit,
        stop_if_unresolved: config.guard && !import.no_guard,
    };
    let mut view = View {
        terminal: session.terminal,
        progress: None,
        unknown: HashSet::new(),
    };
    let sent = send::send(
        session.ledger,
        run.id,
        session.client,
        &settings,
        signals::received(1),
        signals::received(2),
        |event| view.show(event),
    )
    .await;
    drop(view);
    Ok(sent?)
}

/// What is shown while records are sent.
struct View<'a> {
    terminal: &'a Terminal,
    progress: Option<Progress>,
    /// Records that were sent and became unknown. They may be sent again, and are counted once.
    unknown: HashSet<RecordId>,
}

impl View<'_> {
    fn show(&mut self, event: Event) {
        match event {
            Event::Planned { total } => {
                self.progress = Some(self.terminal.progress(total, &tr!("phase-sending")));
            }
            Event::Finished { record, fate } => self.finished(record, &fate),
            Event::Throttled { retry_after } => self.terminal.say(match retry_after {
                Some(wait) => tr!("throttled-for", time = spoken(wait)),
                None => tr!("throttled"),
            }),
            Event::Looking { unknown, look, of } => {
                let text = tr!("looking", count = unknown, look, of);
                self.terminal.say(text);
            }
            Event::Settling { unknown, wait } => {
                let text = tr!("settling", count = unknown, time = spoken(wait));
                self.terminal.say(text);
            }
            Event::CantLook { unknown, failure } => {
                self.terminal
                    .say(tr!("cant-look", count = unknown, failure));
            }
            Event::Stopping { why: Why::Asked } => self.terminal.say(tr!("stopping")),
            Event::Stopping { .. } => {}
        }
    }

    fn finished(&mut self, record: RecordId, fate: &Fate) {
        let Some(progress) = &mut self.progress else {
            return;
        };
        if matches!(fate, Fate::Rejected(_) | Fate::Failed(_)) {
            progress.failed();
        }
        let is_counted = match fate {
            Fate::NotSent => true,
            Fate::Unknown(_) => !self.unknown.insert(record),
            _ => self.unknown.contains(&record),
        };
        progress.advance(u64::from(!is_counted));
    }
}
