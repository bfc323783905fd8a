//! `cardlift explain FILE:LINE`: the source fields, notes, payload and problems of a record, and what the ledger has of it.

use super::reading::{self, Opened};
use super::service::ledger_place;
use crate::cli::{Explain, Reading};
use crate::config::Duplicates;
use crate::contact::json::{self, from_json};
use crate::contact::{ContactDraft, Origin};
use crate::examine::{Comparison, Record, Verdict, display_name, examine, read_fields};
use crate::exit::{Exit, Failed, failed};
use crate::input::Input;
use crate::lang::tr;
use crate::ledger::{ErrorKind, Known, LedgerError};
use crate::plan::Hash;
use crate::printable::{harmless, plain, shown};
use crate::report::{self, RecordNote, RecordProblem, message};
use crate::terminal::Terminal;
use serde_json::{Value, json};
use std::io;
use std::path::{Path, PathBuf};

pub fn run(explain: &Explain, terminal: &Terminal) -> Result<Exit, Failed> {
    let (file, line, sheet) = place(&explain.place)?;
    let mut read_as = explain.read_as.clone();
    read_as.sheet = sheet.or(read_as.sheet);
    let reading = Reading {
        files: vec![file],
        read_as,
        workers: Some(1),
        report: None,
    };
    let config = super::configuration(reading.read_as.config.as_deref(), terminal)?;
    let opened = reading::open(config, &reading, false, terminal)?;
    let Input { name, read_as, .. } = &opened.inputs[0];
    let place = format!("{name}:{line}");
    let record =
        explained(&opened, line)?.ok_or_else(|| failed!(Usage, "explain-no-record", place))?;
    let ledger = ledger_place(explain.ledger.as_ref(), &opened.config)?;
    let known = record
        .identity
        .map(|identity| ledger.open_to_read()?.of_identity(&identity));
    if terminal.wants_json() {
        let mut value = record.json();
        value["place"] = place.into();
        value["read_as"] = read_as.as_str().into();
        value["ledger"] = known_json(known);
        terminal.json(&value)?;
    } else {
        let (record, ledger) = (record.text(), tr!("explain-ledger", path = ledger.path()));
        let known = known_text(known);
        terminal.page(&format!("{name}: {read_as}\n{record}\n{ledger}\n{known}"))?;
    }
    Ok(match record.identity {
        Some(_) => Exit::Done,
        None => Exit::Rejects,
    })
}

/// `contacts.csv:17`, `contacts.csv:17:5` or `contacts.xlsx:People!C17` → the file, the line or row, and the sheet.
fn place(text: &str) -> Result<(PathBuf, u64, Option<String>), Failed> {
    let wrong = || failed!(Usage, "explain-no-place", place = text);
    let (file, last) = text.rsplit_once(':').ok_or_else(wrong)?;
    if let Some((sheet, cell)) = last.rsplit_once('!') {
        let row = cell.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let row = row.parse().map_err(|_| wrong())?;
        return Ok((file.into(), row, Some(sheet.trim_matches('\'').to_owned())));
    }
    let last: u64 = last.parse().map_err(|_| wrong())?;
    // What stands before the last number may be a file whose name ends in a number.
    if let Some((before, line)) = file.rsplit_once(':')
        && let Ok(line) = line.parse()
        && !Path::new(file).exists()
    {
        return Ok((before.into(), line, None));
    }
    Ok((file.into(), last, None))
}

struct Explained {
    /// The filled fields of the source, with their labels.
    fields: Vec<(String, String)>,
    notes: Vec<RecordNote>,
    problems: Vec<RecordProblem>,
    name: String,
    /// The request body.
    payload: String,
    identity: Option<Hash>,
    /// With `duplicates = "merge"`: the places of its duplicates, or its own, with what became of their values.
    duplicates: Vec<(String, String)>,
}

/// The last record that starts on this line or before it.
fn explained(opened: &Opened, line: u64) -> Result<Option<Explained>, Failed> {
    let inputs = &opened.inputs;
    let merges = opened.config.normalize.duplicates == Duplicates::Merge;
    let mut options = opened.options();
    options.plan = true;
    let mut comparison = Comparison::merging(opened.merges()?);
    let (mut found, mut duplicates, mut number) = (None, Vec::new(), 0);
    // Nothing is an error where the rest of the file is not needed.
    let ended = examine(inputs, &options, |records, _| {
        for mut record in records {
            let is_candidate = record.place.line <= line;
            if !(is_candidate || merges) {
                return Err(None);
            }
            let notes = record.notes.len();
            if merges {
                let compared = comparison.compare(&mut record, inputs);
                compared.map_err(reading::changed)?;
            }
            if is_candidate {
                duplicates.clear();
            }
            let this = found.as_ref().map(|(number, _)| *number);
            if let Verdict::Duplicate { of, how, .. } = &record.verdict
                && (is_candidate || this == Some(*of))
            {
                let place = format!("{}:{}", inputs[0].name, record.place.line);
                let (_, said) = message::duplicate(how, &record.notes);
                duplicates.push((place, said.text()));
            }
            if is_candidate {
                record.notes.truncate(notes);
                found = Some((number, record));
            }
            number += 1;
        }
        Ok(())
    });
    match ended.map_err(reading::stopped) {
        Ok(()) | Err(None) => {}
        Err(Some(failed)) => return Err(failed),
    }
    let explained = found.map(|(_, record)| Explained::of(record, &inputs[0], duplicates));
    explained.transpose().map_err(reading::changed)
}

impl Explained {
    fn of(
        record: Record,
        input: &Input,
        duplicates: Vec<(String, String)>,
    ) -> io::Result<Explained> {
        let shown = |draft: &ContactDraft<'_>| {
            let mut name = String::new();
            display_name(draft, &mut name);
            (name, json::to_json_pretty(draft))
        };
        let span = &record.place.span;
        let (fields, (mut name, mut payload)) =
            read_fields(input, span, |draft, _, label_of, values| {
                let filled = values.enumerate().filter(|(_, value)| !value.is_empty());
                let field = |(index, value): (usize, &str)| {
                    let label = label_of(Origin::field(index));
                    (label.to_string(), value.to_owned())
                };
                (filled.map(field).collect(), shown(draft))
            })?;
        let (identity, problems) = match record.verdict {
            Verdict::Invalid(problems) => (None, problems),
            Verdict::Duplicate { likeness, .. } => (Some(likeness.identity), Vec::new()),
            Verdict::Valid {
                likeness,
                payload: completed,
            } => {
                let completed: Value = serde_json::from_str(&completed)?;
                (name, payload) = shown(&from_json(&completed));
                (Some(likeness.identity), Vec::new())
            }
        };
        Ok(Explained {
            fields,
            notes: record.notes,
            problems,
            name,
            payload,
            identity,
            duplicates,
        })
    }

    /// Problems and notes are those of `results.jsonl`.
    fn json(&self) -> Value {
        let field = |(label, value): &_| json!({"source_field": label, "value": value});
        let notes: Option<Value> = serde_json::from_str(&report::json::notes(&self.notes)).ok();
        let duplicate = |(place, said): &_| json!({"place": place, "message": said});
        json!({
            "duplicates": Value::from_iter(self.duplicates.iter().map(duplicate)),
            "fields": Value::from_iter(self.fields.iter().map(field)),
            "notes": notes.unwrap_or_else(|| json!([])),
            "payload": serde_json::from_str::<Value>(&self.payload).ok(),
            "problems": self.problems,
        })
    }

    fn text(&self) -> String {
        let field = |(label, value): &(String, String)| {
            let value = value.replace("\r\n", "⏎").replace('\n', "⏎");
            format!("{}: {}", plain(label), plain(&value))
        };
        let duplicate =
            |(place, said): &(String, String)| format!("{}: {}", plain(place), plain(said));
        let fields = section("explain-source-fields", self.fields.iter().map(field), None);
        let notes = section(
            "explain-on-the-way",
            self.notes.iter().map(said),
            Some("explain-unchanged"),
        );
        let duplicates = match self.duplicates.as_slice() {
            [] => String::new(),
            all => section("explain-duplicates", all.iter().map(duplicate), None),
        };
        let contact = tr!("explain-contact", name = plain(&self.name));
        let payload = harmless(&self.payload);
        let rules = section(
            "explain-rules",
            self.problems.iter().map(broken),
            Some("explain-keeps-all"),
        );
        format!("{fields}{notes}{duplicates}\n{contact}\n{payload}\n{rules}")
    }
}

/// A heading, and the lines below it, or what is said where there are none.
fn section(heading: &str, lines: impl Iterator<Item = String>, none: Option<&str>) -> String {
    let mut lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        lines.extend(none.map(|none| tr!(none)));
    }
    let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    format!("\n{}\n{lines}", tr!(heading))
}

fn said(note: &RecordNote) -> String {
    let label = note.source_field.as_ref();
    let label = label.map_or(String::new(), |label| format!("{}: ", plain(label)));
    let value = match note.value.is_empty() {
        true => String::new(),
        false => format!("{} – ", shown(&note.value)),
    };
    let detail = match note.detail.is_empty() {
        true => String::new(),
        false => format!(" → {}", shown(&note.detail)),
    };
    format!("{label}{value}{}{detail}", note.kind.reason())
}

fn broken(problem: &RecordProblem) -> String {
    let (code, message) = (&*problem.code, problem.message());
    match plain(&problem.field) {
        field if field.is_empty() => tr!("explain-problem-whole", code, message),
        field => tr!("explain-problem", code, field, message),
    }
}

/// The records that stand for a contact, if there is a contact.
type Recorded = Option<Result<Vec<Known>, LedgerError>>;

/// What the ledger knows of the contact; null if it can't be read.
fn known_json(known: Recorded) -> Value {
    let item = |record: Known| {
        json!({
            "run": record.run,
            "record": record.seq,
            "state": record.state.into_str(),
            "contact_id": record.contact_id,
        })
    };
    match known.unwrap_or(Ok(Vec::new())) {
        Err(error) if error.kind == ErrorKind::Missing => json!([]),
        Err(_) => Value::Null,
        Ok(records) => records.into_iter().map(item).collect(),
    }
}

fn known_text(known: Recorded) -> String {
    let line = |record: Known| {
        let (state, run, record, id) = (
            record.state.into_str(),
            record.run,
            record.seq,
            record.contact_id,
        );
        match id.as_deref().map(plain) {
            None => tr!("explain-known", state, run, record),
            Some(id) => tr!("explain-known-as", state, run, record, id),
        }
    };
    let lines = match known {
        None => vec![tr!("explain-never-sent")],
        Some(Err(error)) if error.kind == ErrorKind::Missing => vec![tr!("explain-no-ledger")],
        Some(Err(error)) => vec![tr!("explain-ledger-unreadable", error = error.to_string())],
        Some(Ok(records)) if records.is_empty() => vec![tr!("explain-never-seen")],
        Some(Ok(records)) => records.into_iter().map(line).collect(),
    };
    lines.iter().map(|line| format!("  {line}\n")).collect()
}
