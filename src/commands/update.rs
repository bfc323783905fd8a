//! `[mapping] on_change = "update"`: contacts whose source has changed are brought up to date, by `PATCH`.
//!
//! What is sent are the properties in which the record differs from what was sent before, each as a whole. So what people have
//! edited elsewhere in the contact stays. What the source has no longer stays, too: nothing documents how a `PATCH`
//! takes a property away.

use super::changes::{Changes, Fate, Meaning, Why, change_all};
use super::reading::{CONTACT_GONE, UPDATED};
use crate::api::{Client, Failure, FailureKind, Operation, RemoteContact};
use crate::config::Config;
use crate::exit::Failed;
use crate::lang::tr;
use crate::ledger::{ChangeOutcome, Ledger, LedgerError, Update};
use crate::log;
use crate::terminal::Terminal;
use serde_json::{Map, Value};
use tokio::runtime::Runtime;

/// The operation's name in the ledger.
pub const PATCH: &str = "PATCH /contacts/{contactId}";

/// Brings these contacts up to date; says why it stopped early, if so.
pub fn update_all(
    runtime: &Runtime,
    (ledger, client): (&Ledger, &Client),
    updates: &[Update],
    config: &Config,
    terminal: &Terminal,
) -> Result<Option<Why>, Failed> {
    change_all(
        runtime,
        (ledger, client),
        updates,
        (&config.send, &tr!("phase-updating")),
        terminal,
        one,
        |_, _| {},
    )
}

async fn one(changes: &Changes<'_>, update: &Update) -> Result<Fate<ChangeOutcome>, LedgerError> {
    if changes.is_halted() {
        return Ok(Fate::NotTried);
    }
    let (patch, left) = difference(&update.payload, update.sent.as_deref());
    let named: Vec<&str> = patch.keys().map(String::as_str).collect();
    let done = said(&named, &left);
    let body = Value::Object(patch.clone()).to_string();
    log::leaving(update.record.seq(), &body);
    let send = async {
        if patch.is_empty() {
            return Ok(Answer::NothingToSend);
        }
        let found = changes
            .client
            .repeat(Operation::PatchContact, async |permit| {
                permit.patch(&update.contact_id, &body).await
            })
            .await?;
        Ok(found.map_or(Answer::Gone, Answer::Updated))
    };
    let mean = |answer: Result<&Answer, &Failure>| meaning(answer, done);
    changes
        .change(update.record, &update.contact_id, PATCH, send, mean)
        .await
}

enum Answer {
    NothingToSend,
    Updated(
        #[expect(dead_code, reason = "the answer was read, which is what counts")] RemoteContact,
    ),
    Gone,
}

fn meaning(answer: Result<&Answer, &Failure>, done: String) -> Meaning {
    match answer {
        Ok(Answer::Updated(_) | Answer::NothingToSend) => Meaning {
            outcome: ChangeOutcome::Updated,
            code: Some(UPDATED.to_owned()),
            message: Some(done),
        },
        Ok(Answer::Gone) => Meaning {
            outcome: ChangeOutcome::Gone,
            code: Some(CONTACT_GONE.to_owned()),
            message: Some(tr!("update-gone")),
        },
        Err(failure) => Meaning {
            outcome: match failure.kind {
                FailureKind::Refused => ChangeOutcome::Rejected,
                _ => ChangeOutcome::Failed,
            },
            code: failure.code.clone(),
            message: Some(tr!("update-failed", failure = failure.to_string())),
        },
    }
}

/// The properties in which a payload differs from what was sent, and the names of those that it has no longer.
///
/// `permission` is no content: the configuration says who may see a contact when it is created.
fn difference(payload: &str, sent: Option<&str>) -> (Map<String, Value>, Vec<String>) {
    let object = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap_or_default();
    let mut patch = object(payload);
    patch.remove("permission");
    let Some(mut sent) = sent.map(object) else {
        return (patch, Vec::new());
    };
    sent.remove("permission");
    let left = sent.keys().filter(|name| !patch.contains_key(*name));
    let left = left.cloned().collect();
    patch.retain(|name, value| sent.get(name) != Some(value));
    (patch, left)
}

fn said(named: &[&str], left: &[String]) -> String {
    let updated = match named.is_empty() {
        true => tr!("updated-nothing"),
        false => tr!("updated", names = named.join(", ")),
    };
    match left.is_empty() {
        true => updated,
        false => tr!("updated-left", updated = updated, names = left.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_has_whole_properties_that_differ_and_nothing_else() {
        let sent = r#"{"permission":{"a":1},"emails":[1],"memo":"x","telephones":[2]}"#;
        let now = r#"{"permission":{"a":2},"emails":[1,2],"telephones":[2],"websites":[3]}"#;
        let (patch, left) = difference(now, Some(sent));
        assert_eq!(
            Value::Object(patch).to_string(),
            r#"{"emails":[1,2],"websites":[3]}"#
        );
        assert_eq!(left, ["memo"]);
        let (patch, left) = difference(now, None);
        assert_eq!((patch.len(), left.len()), (3, 0), "all but the permission");
    }
}
