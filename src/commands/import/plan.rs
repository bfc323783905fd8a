//! `import --plan`: what would happen to each record that is not simply new, field by field. Nothing is sent or written.
//!
//! It is the plan of an import in a copy of the ledger, with the same reads of the service.

use super::Job;
use crate::api::Client;
use crate::api::compare::{Change, Difference, in_words};
use crate::commands::preflight::read_contact;
use crate::commands::remote::Match;
use crate::commands::update::Write;
use crate::exit::{Exit, Failed};
use crate::lang::{Phrase, tr};
use crate::ledger::{RecordId, RecordRow, State, Update};
use crate::printable::{plain, shown};
use crate::report::message::ONLY_IN_DUPLICATE;
use crate::report::{Outcome, run};
use futures_util::stream::{self, StreamExt};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt::Write as _;

impl Job<'_> {
    /// Shows the plan and what the guards say that would stop the run, or prints it as data, and gives the exit code.
    pub(super) async fn show_plan(&self, objections: &[Phrase]) -> Result<Exit, Failed> {
        let (work, terminal) = (&self.work, self.terminal);
        let updates = changes_of(&self.client, &work.changed).await?;
        let found = work.found.iter().map(|one| (one.record, one));
        let found: HashMap<RecordId, &Match> = found.collect();
        let sources = self.ledger.sources(self.run.id)?;
        let is_guarded = !objections.is_empty();
        let mut needs_a_person = self.opened.left_out;
        let (mut text, mut rows) = (String::new(), Vec::new());
        self.ledger.records(self.run.id, |record| {
            let one = One::of(&record, &updates, &found)?;
            needs_a_person |= one.needs_a_person;
            if one.action == CREATE {
                return Ok::<_, Failed>(());
            }
            let source = sources.get(record.source as usize);
            let source = source.map_or(String::new(), |one| one.path.display().to_string());
            match terminal.wants_json() {
                true => rows.push(one.json(&record, &source)),
                false => one.write(&record, &source, &mut text),
            }
            Ok(())
        })?;
        for one in self.ledger.gone(self.run.id)? {
            let action = if work.gone.deletes { "delete" } else { "gone" };
            match terminal.wants_json() {
            true => rows.push(json!({
                "source": one.source, "line": one.line, "created_by": one.record, "name": one.name,
                "action": action, "contact_id": one.contact_id, "changes": [],
            })),
            false => {
                let said = match work.gone.deletes {
                    true => tr!("plan-does-delete"),
                    false => tr!("plan-does-nothing-gone"),
                };
                let _ = writeln!(text, "{}  {}: {said}", one.record, plain(&one.name));
            }
        }
        }
        if terminal.wants_json() {
            let permission = &self.opened.config.permission;
            let permission = json!({
                "accessible_range": permission.accessible_range.0, "master_user_id": permission.master_user_id,
                "members": permission.members.len(), "mapped": self.opened.maps_permission(),
            });
            terminal.json(&json!({
            "plan": work.json(), "permission": permission, "guarded": is_guarded, "records": rows,
        }))?;
        } else {
            terminal.page(&text)?;
        }
        terminal.say(tr!("plan-alone"));
        let last = objections.iter();
        last.for_each(|text| terminal.alarm(text.text()));
        Ok(match (is_guarded, needs_a_person) {
            (true, _) => Exit::Configuration,
            (false, true) => Exit::Rejects,
            (false, false) => Exit::Done,
        })
    }
}

/// What would be written to each contact, by the contact as it is now; none if it is gone.
async fn changes_of(
    client: &Client,
    updates: &[Update],
) -> Result<HashMap<RecordId, Option<Vec<Change>>>, Failed> {
    let read = async |update: &Update| {
        let contact = read_contact(client, &update.contact_id).await?;
        let patch = |contact: &Value| Write::of(update).patch(contact);
        let changes = contact.map(|one| patch(&one.body).changes(&one.body));
        Ok::<_, Failed>((update.record, changes))
    };
    let mut changes = stream::iter(updates).map(read).buffer_unordered(64);
    let mut found = HashMap::new();
    while let Some(one) = changes.next().await {
        found.extend([one?]);
    }
    Ok(found)
}

const CREATE: &str = "create";

/// What would happen to one record.
struct One {
    action: &'static str,
    contact_id: Option<String>,
    code: String,
    message: String,
    changes: Vec<Change>,
    needs_a_person: bool,
}

impl One {
    fn of(
        record: &RecordRow,
        updates: &HashMap<RecordId, Option<Vec<Change>>>,
        found: &HashMap<RecordId, &Match>,
    ) -> Result<One, Failed> {
        let (code, message) = run::said(record)?;
        let mut one = One {
            action: match record.state {
                State::Planned => CREATE,
                State::Exists => "none",
                State::Duplicate => "duplicate",
                State::Invalid if Outcome::of_code(&code) == Outcome::Skipped => "skipped",
                State::Invalid => "invalid",
                _ => "wait",
            },
            contact_id: record.contact_id.clone(),
            changes: Vec::new(),
            needs_a_person: code == ONLY_IN_DUPLICATE,
            code,
            message,
        };
        one.needs_a_person |= one.action == "invalid";
        if let Some(found) = found.get(&record.id) {
            one.matched(found);
        } else if let Some(changes) = updates.get(&record.id) {
            one.action = "update";
            one.changes = changes.clone().unwrap_or_default();
            if changes.is_none() {
                (one.action, one.message) = ("gone", tr!("update-gone"));
                one.needs_a_person = true;
            } else if one.changes.is_empty() {
                (one.action, one.message) = ("none", tr!("updated-nothing"));
            }
        } else if record.changed {
            one.action = "changed";
        }
        Ok(one)
    }

    fn matched(&mut self, found: &Match) {
        let differing = |differences: &[Difference]| -> Vec<Change> {
            let change = |one: &Difference| Change {
                field: one.field.clone(),
                old: one.shown.clone().map_or(Value::Null, Value::String),
                new: one.sent.clone().into(),
            };
            differences.iter().map(change).collect()
        };
        match &found.adoption {
            Some(adoption) if !adoption.changes.is_empty() => {
                self.action = "update";
                self.changes = adoption.changes.clone();
            }
            Some(_) => self.action = "adopt",
            None if found.contact_id.is_none() => {
                self.action = "key_not_unique";
                self.needs_a_person = true;
            }
            None if !found.differences.is_empty() => {
                self.action = "differ";
                self.changes = differing(&found.differences);
            }
            None => {}
        }
    }

    fn json(&self, record: &RecordRow, source: &str) -> Value {
        let changes = self.changes.iter();
        let changes =
            changes.map(|one| json!({"field": one.field, "old": one.old, "new": one.new}));
        json!({
            "source": source, "line": record.line, "record": record.number, "name": record.name,
            "action": self.action, "contact_id": self.contact_id, "code": self.code,
            "message": self.message, "changes": changes.collect::<Vec<_>>(),
        })
    }

    fn write(&self, record: &RecordRow, source: &str, text: &mut String) {
        let said = match self.action {
            "none" => return,
            "update" => tr!("plan-does-update"),
            "adopt" => tr!("plan-does-adopt"),
            "differ" => tr!("plan-does-differ"),
            _ => plain(&self.message),
        };
        let place = format!("{source}:{}", record.line);
        let _ = writeln!(text, "{}  {}: {said}", plain(&place), plain(&record.name));
        for one in &self.changes {
            let [old, new] = [&one.old, &one.new].map(|value| match in_words(value) {
                words if words.is_empty() => "–".to_owned(),
                words => shown(&words),
            });
            let _ = writeln!(text, "    {}: {old} → {new}", one.field);
        }
    }
}
