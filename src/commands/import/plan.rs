//! `import --plan`: what would happen to each record that is not simply new, field by field. Nothing is sent or written.
//!
//! It is the plan of an import in a copy of the ledger, with the same reads of the service.

use super::Job;
use crate::api::Client;
use crate::api::compare::{Change, Difference, in_words};
use crate::commands::preflight::read_contact;
use crate::commands::remote::{Match, Means};
use crate::commands::update::Write;
use crate::exit::{Exit, Failed};
use crate::lang::{Phrase, tr};
use crate::ledger::{RecordId, RecordRow, State, Update};
use crate::printable::{plain, shown};
use crate::report::message::ONLY_IN_DUPLICATE;
use crate::report::{Outcome, run};
use crate::terminal::Terminal;
use futures_util::stream::{self, StreamExt};
use serde::Serialize;
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
            let path = sources.get(record.source as usize).map(|one| &one.path);
            let source = path.map_or(String::new(), |path| path.display().to_string());
            let one = One::of(record, source, &updates, &found)?;
            needs_a_person |= one.needs_a_person;
            match terminal.wants_json() {
                _ if one.action == CREATE => {}
                true => rows.push(json!(one)),
                false => one.write(&mut text),
            }
            Ok::<_, Failed>(())
        })?;
        let (action, said) = match work.gone.deletes {
            true => ("delete", tr!("plan-does-delete")),
            false => ("gone", tr!("plan-does-nothing-gone")),
        };
        for one in self.ledger.gone(self.run.id)? {
            let _ = writeln!(text, "{}  {}: {said}", one.record, plain(&one.name));
            rows.push(json!({
                "source": one.source,
                "line": one.line,
                "created_by": one.record,
                "name": one.name,
                "action": action,
                "contact_id": one.contact_id,
                "changes": [],
            }));
        }
        let permission = &self.opened.config.permission;
        let permission = json!({
            "accessible_range": permission.accessible_range.0,
            "master_user_id": permission.master_user_id,
            "members": permission.members.len(),
            "mapped": self.opened.maps_permission(),
        });
        let plan = json!({
            "plan": work.json(),
            "permission": permission,
            "guarded": is_guarded,
            "records": rows,
        });
        terminal.result(&plan, &text, Terminal::page)?;
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
#[derive(Serialize)]
struct One {
    source: String,
    line: u64,
    record: u64,
    name: String,
    action: &'static str,
    contact_id: Option<String>,
    code: String,
    message: String,
    changes: Vec<Change>,
    #[serde(skip)]
    needs_a_person: bool,
}

impl One {
    fn of(
        record: RecordRow,
        source: String,
        updates: &HashMap<RecordId, Option<Vec<Change>>>,
        found: &HashMap<RecordId, &Match>,
    ) -> Result<One, Failed> {
        let (code, message) = run::said(&record)?;
        let action = match record.state {
            State::Planned => CREATE,
            State::Exists => "none",
            State::Duplicate => "duplicate",
            State::Invalid if Outcome::of_code(&code) == Outcome::Skipped => "skipped",
            State::Invalid => "invalid",
            _ => "wait",
        };
        let mut one = One {
            source,
            line: record.line,
            record: record.number,
            name: record.name,
            action,
            contact_id: record.contact_id,
            changes: Vec::new(),
            needs_a_person: action == "invalid" || code == ONLY_IN_DUPLICATE,
            code,
            message,
        };
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
        let differing = |one: &Difference| Change {
            field: one.field.clone(),
            old: one.shown.clone().map_or(Value::Null, Value::String),
            new: one.sent.clone().into(),
        };
        match found.means() {
            Means::Same => {}
            Means::Differs => {
                self.action = "differ";
                self.changes = found.differences.iter().map(differing).collect();
            }
            Means::NotUnique => {
                self.action = "key_not_unique";
                self.needs_a_person = true;
            }
            Means::Adopted => self.action = "adopt",
            Means::Completed => {
                self.action = "update";
                self.changes = found.adoption.clone().unwrap_or_default();
            }
        }
    }

    fn write(&self, text: &mut String) {
        let said = match self.action {
            "none" => return,
            "update" => tr!("plan-does-update"),
            "adopt" => tr!("plan-does-adopt"),
            "differ" => tr!("plan-does-differ"),
            _ => plain(&self.message),
        };
        let place = format!("{}:{}", self.source, self.line);
        let _ = writeln!(text, "{}  {}: {said}", plain(&place), plain(&self.name));
        for one in &self.changes {
            let [old, new] = [&one.old, &one.new].map(|value| match in_words(value) {
                words if words.is_empty() => "–".to_owned(),
                words => shown(&words),
            });
            let _ = writeln!(text, "    {}: {old} → {new}", one.field);
        }
    }
}
