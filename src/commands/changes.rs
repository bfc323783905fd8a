//! Requests that change contacts which are there: several at a time, at the pace of the service, each in the ledger.
//!
//! Such a request may be repeated without harm, so it is, and nothing has to be looked up after a crash.

use super::ending::why_stopped;
use super::signals;
use crate::api::compare::Difference;
use crate::api::{Client, Failure, FailureKind, Operation, ends_run};
use crate::config;
use crate::exit::{Exit, Failed};
use crate::failpoint;
use crate::lang::tr;
use crate::ledger::{
    Applied, ChangeOutcome, Ledger, LedgerError, RecordId, RequestEnd, RequestStart, RunId, Step,
    Writer,
};
use crate::printable::shown;
use crate::send::{Halt, Why};
use crate::terminal::Terminal;
use futures_util::stream::{self, StreamExt};
use jiff::Timestamp;
use serde_json::Value;

/// The operations of such requests, with their names in the ledger.
pub const PATCH: (Operation, &str) = (Operation::PatchContact, "PATCH /contacts/{contactId}");
pub const DELETE: (Operation, &str) = (Operation::DeleteContact, "DELETE /contacts/{contactId}");

/// A service whose contacts are changed, and the ledger that notes it.
#[derive(Clone, Copy)]
pub struct Session<'a> {
    pub ledger: &'a Ledger,
    pub client: &'a Client,
    pub settings: &'a config::Send,
    pub terminal: &'a Terminal,
}

/// What those who change contacts share.
pub struct Changes<'a> {
    pub client: &'a Client,
    writer: &'a Writer,
    pub halt: Halt,
}

/// What became of one.
pub enum Fate {
    Done(ChangeOutcome),
    /// It was not touched, for this reason.
    Kept(&'static str),
    /// It was tried in vain.
    Failed(Failure),
    /// Everything stopped before it was its turn.
    NotTried,
}

/// What an answer means for the record.
pub struct Meaning {
    pub outcome: ChangeOutcome,
    pub code: Option<String>,
    pub message: Option<String>,
    /// `modifiedTime` in the answer.
    pub modified: Option<Timestamp>,
    /// Whether the contact is the record's from now on, which somebody else made.
    pub adopts: bool,
}

/// The exit code and what to say of changes that ended early, where some (or none) were made before.
pub fn explain(why: &Why, any: bool) -> (Exit, String) {
    let Why::InARow { failure, .. } = why else {
        return why_stopped(why, Exit::Failure);
    };
    let (exit, key) = match is_forbidden(failure) {
        true => (Exit::NoPermission, "undo-in-a-row"),
        false if any => (Exit::Rejects, "undo-in-a-row"),
        false => (Exit::Unavailable, "undo-unusable"),
    };
    (exit, tr!(key, failure))
}

impl Session<'_> {
    /// Goes on at the pace of earlier processes. How long ago their requests were is told by the clock of the service, so where it
    /// has not shown it yet, a contact is read for the date of the answer alone.
    pub async fn go_on_pacing(
        &self,
        run: RunId,
        (operation, name): (Operation, &str),
        contact_id: &str,
    ) -> Result<(), LedgerError> {
        let client = self.client;
        let ages = |now| self.ledger.last_answers(run, name, now);
        if !ages(None)?.is_empty()
            && client.service_time().is_none()
            && let Err(failure) = client.get(contact_id).await
        {
            tracing::debug!(kind = ?failure.kind, "no contact was read for the time");
        }
        client.seed(operation, &ages(client.service_time())?);
        Ok(())
    }

    /// Does `one` for each item, and hands what became of it to `take`; says why it stopped early, if so. The first signal lets
    /// what is under way finish, the second ends it at once: what is then in doubt is asked for again by the next run.
    pub async fn change_all<T>(
        &self,
        items: &[T],
        phase: &str,
        one: impl AsyncFn(&Changes<'_>, &T) -> Result<Fate, LedgerError>,
        mut take: impl FnMut(&T, Fate),
    ) -> Result<Option<Why>, Failed> {
        let writer = self.ledger.writer()?;
        let changes = Changes {
            client: self.client,
            writer: &writer,
            halt: Halt::default(),
        };
        let mut progress = self.terminal.progress(items.len() as u64, phase);
        let work = async {
            let mut in_a_row = 0;
            let mut fates = stream::iter(items)
                .map(async |item| (item, one(&changes, item).await))
                .buffer_unordered(self.settings.concurrency.get());
            while let Some((item, fate)) = fates.next().await {
                let fate = fate?;
                progress.advance(1);
                in_a_row = changes.count(&fate, in_a_row, self.settings.stop_after.get());
                take(item, fate);
            }
            Ok::<_, LedgerError>(())
        };
        let asked = async {
            signals::received(1).await;
            changes.halt.call(Why::Asked);
            self.terminal.say(tr!("stopping"));
            signals::received(1).await;
            Ok(())
        };
        let worked = tokio::select! {
            worked = work => worked,
            stopped = asked => stopped,
        };
        drop(progress);
        let stopped = changes.halt.why();
        drop(changes);
        writer.close();
        worked?;
        Ok(stopped)
    }
}

impl Changes<'_> {
    /// Sends a request that changes the contact of a record, with both of its ends in the ledger. `send` repeats it as often
    /// as it makes sense; `failed` says what a failure means that concerns this contact alone.
    pub async fn change(
        &self,
        record: RecordId,
        contact_id: &str,
        (_, operation): (Operation, &'static str),
        send: impl Future<Output = Result<Meaning, Failure>>,
        failed: impl FnOnce(&Failure) -> Meaning,
    ) -> Result<Fate, LedgerError> {
        let start = RequestStart::now(operation, self.client.service_time());
        let begin = Step::change(record, contact_id, start);
        let Applied::Change(change) = self.writer.apply(begin).await? else {
            return Ok(Fate::NotTried);
        };
        failpoint::pass("leave");
        let answer = send.await;
        failpoint::pass("arrive");
        let status = answer.as_ref().err().and_then(|failure| failure.status);
        let (meaning, fate) = match answer {
            Ok(meaning) => {
                let fate = Fate::Done(meaning.outcome);
                (meaning, fate)
            }
            Err(failure) => (failed(&failure), self.failed(failure)),
        };
        if let Fate::NotTried = fate {
            return Ok(fate);
        }
        let Meaning {
            outcome,
            code,
            message,
            modified,
            adopts,
        } = meaning;
        let at = Timestamp::now();
        let adoption = adopts.then(|| Step::adopt(record, at, code.clone(), message.clone()));
        let end = RequestEnd::now(status, code, message);
        let step = Step::changed(record, change, end, outcome, modified);
        self.writer.apply(step).await?;
        if let Some(adoption) = adoption {
            self.writer.apply(adoption).await?;
        }
        Ok(fate)
    }

    /// A failure that was tried again in vain; what every further contact would meet ends it all. 403 may concern this contact
    /// alone: members may not change every contact.
    pub fn failed(&self, failure: Failure) -> Fate {
        if is_forbidden(&failure) || !ends_run(&failure.kind) {
            return Fate::Failed(failure);
        }
        self.halt.call(Why::Service(failure));
        Fate::NotTried
    }

    /// How many failures there are in a row with this one; too many stop it all. A refusal is an answer.
    fn count(&self, fate: &Fate, in_a_row: u32, stop_after: u32) -> u32 {
        let Fate::Failed(failure) = fate else {
            return 0;
        };
        if failure.kind == FailureKind::Refused {
            return 0;
        }
        if in_a_row + 1 >= stop_after {
            let (records, failure) = (in_a_row + 1, failure.clone());
            self.halt.call(Why::InARow { records, failure });
        }
        in_a_row + 1
    }
}

fn is_forbidden(failure: &Failure) -> bool {
    failure.kind == FailureKind::Forbidden { quota: false }
}

/// A request body as it is kept.
pub fn parsed(payload: &str) -> Value {
    serde_json::from_str(payload).unwrap_or_default()
}

/// So many differences are named.
const NAMED: usize = 6;

/// The fields with what the record and the contact have in each.
pub fn fields_of(differences: &[Difference]) -> String {
    let named = differences.iter().take(NAMED).map(|one| {
        let (field, here) = (one.field.as_str(), shown(&one.sent));
        match &one.shown {
            None => tr!("differs-here", field, here),
            Some(there) if one.sent.is_empty() => tr!("differs-there", field, there = shown(there)),
            Some(there) => tr!("differs", field, here, there = shown(there)),
        }
    });
    let mut text = named.collect::<Vec<_>>().join(", ");
    if differences.len() > NAMED {
        text.push_str(", …");
    }
    text
}
