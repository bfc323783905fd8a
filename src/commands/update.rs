//! Contacts that are written to after they were made, by `PATCH`: those whose source has changed (`[mapping] on_change = "update"`), and
//! those of others that are completed (`[send] on_remote = "update"`).
//!
//! What is sent is made from the contact as the service shows it at that moment, and compared with the answer. What people have
//! edited elsewhere in the contact stays. What the source has no longer stays, too: nothing documents how a `PATCH` takes a property
//! away.

use super::changes::{Changes, Fate, Meaning, PATCH, Session, fields_of, parsed};
use super::reading::{ADOPTED, CONTACT_GONE, UPDATED};
use super::remote::Match;
use crate::api::compare::{Difference, Patch, completion, update, written_otherwise};
use crate::api::{Client, Failure, FailureKind};
use crate::config::OnRemote;
use crate::exit::Failed;
use crate::lang::tr;
use crate::ledger::{ChangeOutcome, LedgerError, RecordId, Step, Update};
use crate::log;
use crate::send::Why;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use jiff::Timestamp;
use serde_json::{Map, Value};

/// Brings these contacts up to date; says why it stopped early, if so.
pub async fn update_all(session: Session<'_>, updates: &[Update]) -> Result<Option<Why>, Failed> {
    session
        .change_all(
            updates,
            &tr!("phase-updating"),
            async |changes, one| Write::of(one).carry_out(changes).await,
            |_, _| {},
        )
        .await
}

/// Adopts the contacts of others that were found, and completes them where that is asked for; says why it stopped early, if so.
pub async fn adopt_all(
    session: Session<'_>,
    found: &[Match],
    on_remote: OnRemote,
) -> Result<Option<Why>, Failed> {
    let adopted: Vec<&Match> = found.iter().filter(|one| one.adoption.is_some()).collect();
    if adopted.is_empty() {
        return Ok(None);
    }
    let ledger = session.ledger;
    if on_remote == OnRemote::Adopt {
        let writer = ledger.writer()?;
        let adopt = async |one: &&Match| {
            let (code, said) = (Some(ADOPTED.to_owned()), Some(tr!("adopted")));
            let step = Step::adopt(one.record, Timestamp::now(), code, said);
            writer.apply(step).await
        };
        let applied = stream::iter(&adopted).map(adopt).buffer_unordered(64);
        let applied = applied.try_collect::<Vec<_>>().await;
        writer.close();
        applied?;
        return Ok(None);
    }
    session
        .change_all(
            &adopted,
            &tr!("phase-adopting"),
            async |changes, one| {
                let write = Write {
                    record: one.record,
                    contact_id: one.contact_id.as_deref().unwrap_or_default(),
                    payload: parsed(&ledger.payload(one.record)?.unwrap_or_default()),
                    how: How::Complete,
                };
                write.carry_out(changes).await
            },
            |_, _| {},
        )
        .await
}

/// The properties in which a record differs from what was sent before.
pub fn changed(update: &Update) -> Vec<String> {
    let sent = update.sent.as_deref().map(parsed).unwrap_or_default();
    let payload = parsed(&update.payload);
    let names = payload.as_object().into_iter().flatten();
    let names =
        names.filter(|(name, value)| *name != "permission" && sent.get(*name) != Some(value));
    names.map(|(name, _)| name.clone()).collect()
}

/// A contact to be written to.
pub struct Write<'a> {
    pub record: RecordId,
    pub contact_id: &'a str,
    pub payload: Value,
    pub how: How,
}

pub enum How {
    /// The source has changed since this was sent.
    Update { sent: Option<Value> },
    /// The contact is somebody else's, and is adopted.
    Complete,
}

impl<'a> Write<'a> {
    pub fn of(update: &'a Update) -> Write<'a> {
        Write {
            record: update.record,
            contact_id: &update.contact_id,
            payload: parsed(&update.payload),
            how: How::Update {
                sent: update.sent.as_deref().map(parsed),
            },
        }
    }

    /// What is to be written into the contact as it is.
    pub fn patch(&self, contact: &Value) -> Patch {
        match &self.how {
            How::Update { sent } => update(sent.as_ref(), &self.payload, contact),
            How::Complete => completion(&self.payload, contact),
        }
    }

    async fn carry_out(&self, changes: &Changes<'_>) -> Result<Fate, LedgerError> {
        if changes.halt.is_called() {
            return Ok(Fate::NotTried);
        }
        let send = self.send(changes.client);
        let failed = |failure: &Failure| Meaning {
            outcome: match failure.kind {
                FailureKind::Refused | FailureKind::Forbidden { .. } => ChangeOutcome::Rejected,
                _ => ChangeOutcome::Failed,
            },
            code: failure.code.clone(),
            message: Some(tr!("update-failed", failure)),
            modified: None,
            adopts: false,
        };
        changes
            .change(self.record, self.contact_id, PATCH, send, failed)
            .await
    }

    async fn send(&self, client: &Client) -> Result<Meaning, Failure> {
        let Some(contact) = client.read_contact(self.contact_id).await? else {
            return Ok(self.gone());
        };
        let patch = self.patch(&contact.body);
        if patch.body.is_empty() {
            return Ok(self.written(&patch, None, &[]));
        }
        let body = Value::Object(patch.body.clone()).to_string();
        log::leaving(self.record.seq(), &body);
        let answer = client.patch_contact(self.contact_id, &body).await?;
        let Some(answer) = answer else {
            return Ok(self.gone());
        };
        let otherwise = written_otherwise(&patch.body, &answer.body);
        Ok(self.written(&patch, answer.modified_time, &otherwise))
    }

    fn gone(&self) -> Meaning {
        let (outcome, message) = match self.how {
            How::Update { .. } => (ChangeOutcome::Gone, tr!("update-gone")),
            How::Complete => (ChangeOutcome::Failed, tr!("adopt-gone")),
        };
        Meaning {
            outcome,
            code: Some(CONTACT_GONE.to_owned()),
            message: Some(message),
            modified: None,
            adopts: false,
        }
    }

    /// The contact is as the patch wants it, though some of it may be stored `otherwise`.
    fn written(
        &self,
        patch: &Patch,
        modified: Option<Timestamp>,
        otherwise: &[Difference],
    ) -> Meaning {
        let adopts = matches!(self.how, How::Complete);
        let code = match adopts && patch.body.is_empty() {
            true => ADOPTED,
            false => UPDATED,
        };
        Meaning {
            outcome: ChangeOutcome::Updated,
            code: Some(code.to_owned()),
            message: Some(self.said(patch, otherwise)),
            modified,
            adopts,
        }
    }

    fn said(&self, patch: &Patch, otherwise: &[Difference]) -> String {
        let names: Vec<&str> = patch.body.keys().map(String::as_str).collect();
        let names = names.join(", ");
        let mut text = match (&self.how, names.is_empty()) {
            (How::Complete, true) => tr!("adopted"),
            (How::Complete, false) => tr!("adopted-completed", names),
            (How::Update { .. }, true) => tr!("updated-nothing"),
            (How::Update { .. }, false) => tr!("updated", names),
        };
        if let How::Update { sent } = &self.how {
            let left = self.left(sent.as_ref());
            if !left.is_empty() {
                text = tr!("updated-left", updated = text, names = left.join(", "));
            }
        }
        if !patch.conflicts.is_empty() {
            let fields = fields_of(&patch.conflicts);
            text = tr!("updated-conflicts", updated = text, fields);
        }
        if !otherwise.is_empty() {
            let fields = fields_of(otherwise);
            text = tr!("updated-otherwise", updated = text, fields);
        }
        text
    }

    /// The properties that the source has no longer.
    fn left(&self, sent: Option<&Value>) -> Vec<String> {
        let nothing = Map::new();
        let sent = sent.and_then(Value::as_object).unwrap_or(&nothing);
        let names = sent.keys().filter(|name| self.payload.get(*name).is_none());
        names.cloned().collect()
    }
}
