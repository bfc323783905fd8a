//! `[mapping] on_gone`: contacts that cardlift created for a source, and whose key the source no longer has.
//!
//! What is to be deleted is settled before anything is sent. It goes into the service's trash, and only if nobody has edited it since
//! our last write.

use super::changes::{Fate, Why, change_all, go_on_pacing};
use super::overview::Extent;
use super::reading::Opened;
use super::undo::{DELETE, Done, delete, why_kept};
use crate::api::{Client, Operation};
use crate::config::Config;
use crate::exit::Failed;
use crate::lang::tr;
use crate::ledger::{GoneOutcome, Ledger, Left, RecordId, RunId, ToUndo};
use crate::mapping::spec::OnGone;
use crate::terminal::Terminal;
use tokio::runtime::Runtime;

/// What has left the source of a run.
#[derive(Default)]
pub struct Gone {
    pub contacts: Vec<ToUndo>,
    /// Whether they are to be deleted.
    pub deletes: bool,
    /// Why nothing may be sent: more is gone than the source may lose.
    pub objection: Option<String>,
}

/// Finds what has left the source. The rejects of an earlier run are no source, and neither is standard input without a name: it may be
/// another file each time.
pub fn find(
    ledger: &mut Ledger,
    run: RunId,
    opened: &Opened,
    extent: &Extent,
    terminal: &Terminal,
) -> Result<Gone, Failed> {
    let leaving = &opened.leaving;
    let is_nameless = leaving.source.is_none() && opened.names.iter().any(|name| name == "-");
    let is_rejects = matches!(extent, Extent::Rejects);
    if opened.key.is_empty() || is_nameless || is_rejects {
        return Ok(Gone::default());
    }
    let source = match &leaving.source {
        Some(source) => source.clone(),
        // No name that a person gives has a line break.
        None => format!("\n{}", opened.names.join("\n")),
    };
    let Left { gone, of } = ledger.left(run, &source)?;
    let is_complete = matches!(extent, Extent::Whole) && !opened.left_out;
    if is_complete {
        ledger.note_source(run, &source)?;
    }
    let wanted = leaving.on_gone == OnGone::Delete && !gone.is_empty();
    if wanted && !is_complete {
        terminal.warn(match extent {
            Extent::Unsure(place) => tr!("gone-unsure", place = place.as_str()),
            _ => tr!("gone-left-out"),
        });
    }
    let deletes = wanted && is_complete;
    let count = gone.len() as u64;
    let is_too_much = deletes && !leaving.max_gone.allows(count, of);
    let objection = is_too_much.then(|| {
        let limit = leaving.max_gone.to_string();
        tr!("gone-too-many", count = count, of = of, limit = limit)
    });
    let all: Vec<_> = gone.iter().map(|one| reported(one.record)).collect();
    ledger.note_gone(run, &all)?;
    Ok(Gone {
        contacts: gone,
        deletes: deletes && objection.is_none(),
        objection,
    })
}

fn reported(record: RecordId) -> (RecordId, GoneOutcome, String) {
    (record, GoneOutcome::Reported, String::new())
}

/// Deletes what has left the source; says why it stopped early, if so.
pub fn delete_all(
    runtime: &Runtime,
    (ledger, client): (&mut Ledger, &Client),
    run: RunId,
    gone: &Gone,
    config: &Config,
    terminal: &Terminal,
) -> Result<Option<Why>, Failed> {
    let Some(first) = gone.contacts.first().filter(|_| gone.deletes) else {
        return Ok(None);
    };
    let operation = (Operation::DeleteContact, DELETE);
    go_on_pacing(runtime, (ledger, client), run, operation, &first.contact_id)?;
    let mut fates = Vec::new();
    let stopped = change_all(
        runtime,
        (ledger, client),
        &gone.contacts,
        (&config.send, &tr!("phase-deleting")),
        terminal,
        delete,
        |contact, fate| {
            let (outcome, message) = match fate {
                Fate::Done(Done::Deleted) => (GoneOutcome::Deleted, String::new()),
                Fate::Done(Done::Gone) => (GoneOutcome::Gone, String::new()),
                Fate::Done(Done::Kept(why)) => (GoneOutcome::Kept, why_kept(why)),
                Fate::Failed(failure) => (GoneOutcome::Failed, failure.to_string()),
                Fate::NotTried => return,
            };
            fates.push((contact.record, outcome, message));
        },
    )?;
    ledger.note_gone(run, &fates)?;
    let failed = fates
        .iter()
        .filter(|(_, outcome, _)| *outcome == GoneOutcome::Failed);
    match failed.count() {
        0 => {}
        count => terminal.alarm(tr!("gone-failed", count = count)),
    }
    Ok(stopped)
}
