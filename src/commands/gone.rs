//! `[mapping] on_gone`: contacts that cardlift created for a source, and whose key the source no longer has.
//!
//! What is to be deleted is settled before anything is sent. It goes into the service's trash, and only if nobody has edited it since
//! our last write.

use super::changes::{DELETE, Fate, Session};
use super::overview::Extent;
use super::reading::Opened;
use super::undo::{delete, why_kept};
use crate::exit::Failed;
use crate::lang::{Phrase, keyed, tr};
use crate::ledger::{ChangeOutcome, GoneOutcome, Ledger, Left, RecordId, RunId, ToUndo};
use crate::mapping::spec::OnGone;
use crate::send::Why;
use crate::terminal::Terminal;

/// What has left the source of a run.
#[derive(Default)]
pub struct Gone {
    pub contacts: Vec<ToUndo>,
    /// Whether they are to be deleted.
    pub deletes: bool,
    /// Why nothing may be sent: more is gone than the source may lose. It is no guard that can be turned off, and none that a
    /// person says yes to: the limit is a setting.
    pub objection: Option<Phrase>,
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
    let leaving = &opened.spec;
    let names = opened.inputs.iter().map(|input| input.name.as_str());
    let names: Vec<&str> = names.collect();
    let is_nameless = leaving.source.is_none() && names.contains(&"-");
    let is_rejects = matches!(extent, Extent::Rejects);
    if leaving.key.is_empty() || is_nameless || is_rejects {
        return Ok(Gone::default());
    }
    let source = match &leaving.source {
        Some(source) => source.clone(),
        // No name that a person gives has a line break.
        None => format!("\n{}", names.join("\n")),
    };
    let Left { gone, of } = ledger.left(run, &source)?;
    let is_complete = matches!(extent, Extent::Whole) && !opened.left_out;
    if is_complete {
        ledger.note_source(run, &source)?;
    }
    let wanted = leaving.on_gone == Some(OnGone::Delete) && !gone.is_empty();
    if wanted && !is_complete {
        terminal.warn(match extent {
            Extent::Unsure(place) => tr!("gone-unsure", place),
            _ => tr!("gone-left-out"),
        });
    }
    let deletes = wanted && is_complete;
    let count = gone.len() as u64;
    let max_gone = leaving.max_gone.unwrap_or_default();
    let is_too_much = deletes && !max_gone.allows(count, of);
    let objection = is_too_much.then(|| {
        let limit = max_gone.to_string();
        keyed!("gone-too-many", count, of, limit)
    });
    let reported = |one: &ToUndo| (one.record, GoneOutcome::Reported, String::new());
    let reported: Vec<Deleted> = gone.iter().map(reported).collect();
    ledger.note_gone(run, &reported)?;
    Ok(Gone {
        contacts: gone,
        deletes: deletes && objection.is_none(),
        objection,
    })
}

/// What became of one contact, for the ledger.
pub type Deleted = (RecordId, GoneOutcome, String);

/// Deletes what has left the source; says what became of each, and why it stopped early, if so.
pub async fn delete_all(
    session: Session<'_>,
    run: RunId,
    gone: &Gone,
) -> Result<(Vec<Deleted>, Option<Why>), Failed> {
    let mut deleted = Vec::new();
    let Some(first) = gone.contacts.first().filter(|_| gone.deletes) else {
        return Ok((deleted, None));
    };
    session.go_on_pacing(run, DELETE, &first.contact_id).await?;
    let take = |contact: &ToUndo, fate| {
        let (outcome, message) = match fate {
            Fate::Done(ChangeOutcome::Deleted) => (GoneOutcome::Deleted, String::new()),
            Fate::Done(_) => (GoneOutcome::Gone, String::new()),
            Fate::Kept(why) => (GoneOutcome::Kept, why_kept(why)),
            Fate::Failed(failure) => (GoneOutcome::Failed, failure.to_string()),
            Fate::NotTried => return,
        };
        deleted.push((contact.record, outcome, message));
    };
    let deleting = tr!("phase-deleting");
    let stopped = session
        .change_all(&gone.contacts, &deleting, delete, take)
        .await?;
    let failed = (deleted.iter()).filter(|(_, outcome, _)| *outcome == GoneOutcome::Failed);
    match failed.count() {
        0 => {}
        count => session.terminal.alarm(tr!("gone-failed", count)),
    }
    Ok((deleted, stopped))
}
