//! `cardlift resolve`: a person says what became of a record that cardlift can't be sure of.

use super::changes::parsed;
use super::preflight::read_contact;
use super::runs::{place_of, run_named};
use super::service;
use super::undo::same_service;
use crate::api::RemoteContact;
use crate::api::compare::differences;
use crate::cli::Resolve;
use crate::config::Config;
use crate::exit::{Exit, Failed, failed};
use crate::lang::tr;
use crate::ledger::{Applied, Ledger, LedgerError, RecordRow, RunRow, State, Step, Within};
use crate::printable::plain;
use crate::terminal::Terminal;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Lists what is unknown, or settles one record.
pub async fn run(resolve: &Resolve, terminal: &Terminal) -> Result<Exit, Failed> {
    let (config, ledger_place) = place_of(&resolve.ledger, terminal)?;
    // Opening to write would make one, and there is nothing to resolve in a new ledger.
    let ledger = ledger_place.open_to_read()?;
    let (name, seq) = place(&resolve.record)?;
    let run = run_named(&ledger, name)?;
    if resolve.contact.is_none() && !resolve.send_again {
        list(&ledger, &run, seq, terminal)?;
        return Ok(Exit::Done);
    }
    let seq = seq.ok_or_else(|| failed!(Usage, "resolve-which", run = name))?;
    drop(ledger);
    let mut ledger = ledger_place.open()?;
    let record = unknown(&ledger, &run, seq)?;
    let shown = format!("{}#{seq}, {}", run.name, record.name);
    let (step, question, done) = match &resolve.contact {
        Some(id) => {
            same_service(&run, &config)?;
            let contact = claimed(&ledger, &run, id, &config, terminal).await?;
            let differs = differing(&record, &contact);
            let step = Step::found(record.id, id.clone());
            let question = match differs.is_empty() {
                true => tr!("resolve-ask-same", record = &shown, id),
                false => tr!("resolve-ask-differs", record = &shown, id, differs),
            };
            (step, question, tr!("resolved-contact", record = shown, id))
        }
        None => {
            let step = Step::not_found(record.id, false);
            let question = tr!("resolve-ask-again", record = &shown);
            (step, question, tr!("resolved-again", record = shown))
        }
    };
    if !agreed(resolve, &question, terminal)? {
        terminal.say(tr!("resolve-declined"));
        return Ok(Exit::Done);
    }
    if ledger.apply(&step)? == Applied::Owned {
        let id = resolve.contact.clone().unwrap_or_default();
        return Err(failed!(Usage, "resolve-owned", id));
    }
    terminal.say(done);
    terminal.json(&json!({"run": run.name, "record": seq, "contact_id": resolve.contact}))?;
    Ok(Exit::Done)
}

/// `RUN` or `RUN#N`.
fn place(text: &str) -> Result<(&str, Option<u32>), Failed> {
    let Some((run, seq)) = text.split_once('#') else {
        return Ok((text, None));
    };
    match seq.parse() {
        Ok(seq) => Ok((run, Some(seq))),
        Err(_) => Err(failed!(Usage, "resolve-no-place", place = text)),
    }
}

/// Writes the unknown records of a run with what may be their contacts, and the commands that settle them.
fn list(
    ledger: &Ledger,
    run: &RunRow,
    seq: Option<u32>,
    terminal: &Terminal,
) -> Result<(), Failed> {
    let sources = ledger.sources(run.id)?;
    let (mut text, mut rows) = (String::new(), Vec::<Value>::new());
    let listed = ledger.records(run.id, |record| {
        if !record.state.is_open() || seq.is_some_and(|seq| seq != record.id.seq()) {
            return Ok::<_, LedgerError>(());
        }
        let source = sources.get(record.source as usize);
        let source = source.map_or(String::new(), |one| one.path.display().to_string());
        rows.push(row(ledger, run, &record, &source, &mut text)?);
        Ok(())
    });
    listed?;
    if rows.is_empty() && !terminal.wants_json() {
        terminal.say(tr!("resolve-nothing", run = &run.name));
    }
    terminal.result(
        &json!({"run": run.name, "unknown": rows}),
        &text,
        Terminal::page,
    )?;
    Ok(())
}

fn row(
    ledger: &Ledger,
    run: &RunRow,
    record: &RecordRow,
    source: &str,
    text: &mut String,
) -> Result<Value, LedgerError> {
    let place = format!("{}#{}", run.name, record.id.seq());
    let mut message = record.message.clone().unwrap_or_default();
    if let Some((root, seq)) = record
        .origin
        .as_ref()
        .filter(|_| record.state == State::Held)
    {
        message = tr!("waits-for", record = seq.to_string(), run = root);
    }
    let candidates = ledger.candidates(record.id)?;
    let (file, line) = (plain(source), record.line);
    let _ = writeln!(text, "{place}  {file}:{line}  {}", plain(&record.name));
    if !message.is_empty() {
        let _ = writeln!(text, "  {}", plain(&message));
    }
    if record.state == State::Unknown {
        for one in &candidates {
            let id = plain(&one.contact_id);
            let _ = writeln!(text, "  cardlift resolve {place} --contact {id}");
        }
        let _ = writeln!(text, "  cardlift resolve {place} --send-again");
    }
    let candidates: Vec<Value> = candidates
        .into_iter()
        .map(|one| json!({"contact_id": one.contact_id, "differs": one.differs}))
        .collect();
    Ok(json!({
        "record": record.id.seq(), "source": source, "line": record.line, "name": record.name,
        "code": record.code, "message": message, "candidates": candidates,
    }))
}

/// The record, if it is unknown.
fn unknown(ledger: &Ledger, run: &RunRow, seq: u32) -> Result<RecordRow, Failed> {
    let name = &run.name;
    let none = || {
        failed!(
            Usage,
            "resolve-no-record",
            run = name,
            record = seq.to_string()
        )
    };
    let record = ledger.record(run.id, seq)?.ok_or_else(none)?;
    if record.state == State::Unknown {
        return Ok(record);
    }
    Err(match &record.origin {
        Some((root, seq)) if record.state == State::Held => {
            failed!(Usage, "waits-for", record = seq.to_string(), run = root)
        }
        _ => {
            let (record, state) = (format!("{name}#{seq}"), record.state.into_str());
            failed!(Usage, "resolve-known", record, state)
        }
    })
}

/// The contact that a person names: it has to be there, not external, and nobody's.
async fn claimed(
    ledger: &Ledger,
    run: &RunRow,
    id: &str,
    config: &Config,
    terminal: &Terminal,
) -> Result<RemoteContact, Failed> {
    if ledger.owner(run.id, id, Within::BaseUrl)?.is_some() {
        return Err(failed!(Usage, "resolve-owned", id));
    }
    let (credentials, rate) = (service::credentials(&config.auth)?, config.send.rate.get());
    let client = service::client(config, credentials, Some(rate), terminal)?;
    match read_contact(&client, id).await? {
        None => Err(failed!(Usage, "resolve-missing", id)),
        Some(contact) if contact.external => Err(failed!(Usage, "resolve-external", id)),
        Some(contact) => Ok(contact),
    }
}

fn differing(record: &RecordRow, contact: &RemoteContact) -> String {
    let payload = parsed(record.payload.as_deref().unwrap_or_default());
    let found = differences(&payload, &contact.body);
    let mut fields: Vec<String> = found.into_iter().map(|one| one.field).collect();
    fields.dedup();
    fields.join(", ")
}

fn agreed(resolve: &Resolve, question: &str, terminal: &Terminal) -> Result<bool, Failed> {
    if resolve.yes {
        return Ok(true);
    }
    let asker = terminal.asker(resolve.no_input);
    let asker = asker.ok_or_else(|| failed!(Usage, "resolve-cant-ask"))?;
    Ok(asker.confirm(&[], question))
}
