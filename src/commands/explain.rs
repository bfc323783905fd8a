//! `cardlift explain FILE:LINE`: the source fields, notes, payload and problems of a record, and what the ledger has of it.

use super::place::ledger_place;
use super::reading::{self, Opened};
use crate::cli::{Explain, Reading};
use crate::config::Duplicates;
use crate::contact::json::{self, from_json};
use crate::contact::{Contact, ContactDraft, Origin};
use crate::examine::{Comparison, Verdict, display_name, flaws};
use crate::exit::{Exit, Failed};
use crate::input::{Input, Reader};
use crate::lang::tr;
use crate::ledger::{ErrorKind, Known, LedgerError};
use crate::mapping::{self, Findings, LabelOf};
use crate::plan::{Hash, Likeness};
use crate::printable::{harmless, plain, shown};
use crate::report::{RecordNote, RecordProblem, message};
use crate::source::{csv, vcard};
use crate::terminal::Terminal;
use serde_json::{Value, json};
use std::io::Seek;
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
    let mut opened = reading::open(config, &reading, false, terminal)?;
    let merged = merged(&opened, line)?;
    let Some(input) = opened.inputs.pop() else {
        return Ok(Exit::NoData);
    };
    let (name, read_as) = (input.name.clone(), input.read_as.clone());
    let place = format!("{name}:{line}");
    let record = explained(input, line, &merged)?.ok_or_else(|| {
        let text = tr!("explain-no-record", place = &place);
        Failed::new(Exit::Usage, text)
    })?;
    let ledger = ledger_place(explain.ledger.as_ref(), &opened.config)?;
    let known = record
        .identity
        .map(|identity| ledger.open_to_read()?.of_identity(&identity));
    if terminal.wants_json() {
        let mut value = record.json(&merged);
        value["place"] = place.into();
        value["read_as"] = read_as.into();
        value["ledger"] = known_json(known);
        terminal.json(&value)?;
    } else {
        let path = ledger.path().display().to_string();
        let (record, ledger) = (record.text(&merged), tr!("explain-ledger", path));
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
    let wrong = || Failed::new(Exit::Usage, tr!("explain-no-place", place = text));
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
}

/// What `duplicates = "merge"` makes of a record.
#[derive(Default)]
struct Merged {
    /// The request body and its identity, if duplicates complete it.
    completed: Option<(String, Hash)>,
    /// The places of its duplicates, or its own, with what became of their values.
    duplicates: Vec<(String, String)>,
}

/// Passes over the file for the duplicates of the last record that starts on this line or before it.
fn merged(opened: &Opened, line: u64) -> Result<Merged, Failed> {
    let mut merged = Merged::default();
    if opened.config.normalize.duplicates == Duplicates::Report {
        return Ok(merged);
    }
    let mut options = opened.options();
    options.plan = true;
    let mut comparison = Comparison::merging(opened.merges()?);
    let (mut all, mut this) = (0, None);
    let inputs = &opened.inputs;
    opened.examine(&options, |records, _| {
        for mut record in records.drain(..) {
            let compared = comparison.compare(&mut record, inputs);
            compared.map_err(reading::changed)?;
            let is_candidate = record.place.line <= line;
            if is_candidate {
                (this, merged) = (Some(all), Merged::default());
            }
            all += 1;
            match record.verdict {
                Verdict::Valid { likeness, payload } if is_candidate => {
                    merged.completed = Some((payload, likeness.identity));
                }
                Verdict::Duplicate { of, how, .. } if is_candidate || Some(of) == this => {
                    let place = format!("{}:{}", inputs[0].name, record.place.line);
                    let (_, said) = message::duplicate(&how, &record.notes);
                    merged.duplicates.push((place, said.text()));
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(merged)
}

/// The last record that starts on this line or before it. Of each chunk only its last one is a candidate.
fn explained(input: Input, line: u64, merged: &Merged) -> Result<Option<Explained>, Failed> {
    let mut last = None;
    match input.reader {
        Reader::Csv {
            layout,
            plan,
            rules,
        } => {
            let mut cutter = csv::Cutter::new(&input.records, layout)?;
            let mut chunk = csv::Chunk::default();
            let mut is_behind = false;
            while !is_behind && cutter.next_chunk(&mut chunk)? {
                let before = csv::rows(&chunk).take_while(|row| {
                    is_behind = row.line > line;
                    !is_behind
                });
                if let Some(row) = before.last() {
                    last = Some(explained_row(&row, &plan, &rules, merged));
                }
            }
        }
        Reader::Vcard { charsets, rules } => {
            (&input.records).rewind()?;
            let mut cutter = vcard::Cutter::new(&input.records);
            let mut chunk = vcard::Chunk::default();
            let mut is_behind = false;
            while !is_behind && cutter.next_chunk(&mut chunk)? {
                let cards = vcard::cards(&chunk, charsets);
                let before = cards.take_while(|card| {
                    is_behind = card.line > line;
                    !is_behind
                });
                if let Some(card) = before.last() {
                    last = Some(explained_card(&card, &rules, merged));
                }
            }
        }
    }
    Ok(last)
}

fn explained_row(
    row: &csv::Row<'_>,
    plan: &mapping::Plan,
    rules: &mapping::Rules,
    merged: &Merged,
) -> Explained {
    let label_of = |origin| mapping::label_of(plan.columns().names(), origin);
    let (mut draft, mut findings) = (ContactDraft::default(), Findings::default());
    mapping::map_row(plan, rules, row, &mut draft, &mut findings);
    flaws(row, plan.columns(), &mut findings);
    way(row.iter(), &draft, findings, &label_of, merged)
}

fn explained_card(card: &vcard::Card<'_>, rules: &mapping::Rules, merged: &Merged) -> Explained {
    let label_of = |origin| mapping::property_label(card, origin);
    let (mut draft, mut findings) = (ContactDraft::default(), Findings::default());
    mapping::map_card(card, rules, &mut draft, &mut findings);
    let values = card.properties.iter().map(|property| &*property.value);
    way(values, &draft, findings, &label_of, merged)
}

/// What becomes of a record with these values.
fn way<'v>(
    values: impl Iterator<Item = &'v str>,
    draft: &ContactDraft<'_>,
    mut findings: Findings<'_>,
    label_of: LabelOf<'_>,
    merged: &Merged,
) -> Explained {
    let contact = Contact::check(draft, &mut findings.problems);
    let mut identity = contact.map(|contact| Likeness::of(&contact, &[], false, None).identity);
    let (body, completed): (Value, _);
    let mut draft = draft;
    if let Some((text, completed_identity)) = &merged.completed {
        body = serde_json::from_str(text).unwrap_or_default();
        completed = from_json(&body);
        (draft, identity) = (&completed, Some(*completed_identity));
    }
    let mut name = String::new();
    display_name(draft, &mut name);
    let filled = values.enumerate().filter(|(_, value)| !value.is_empty());
    let field = |(index, value): (usize, &str)| {
        let label = label_of(Origin::field(index));
        (label.into_owned(), value.to_owned())
    };
    let note = |note| RecordNote::new(note, label_of, usize::MAX);
    let problem = |problem| RecordProblem::new(problem, label_of);
    Explained {
        fields: filled.map(field).collect(),
        notes: findings.notes.iter().map(note).collect(),
        problems: findings.problems.into_iter().map(problem).collect(),
        name,
        payload: json::to_json_pretty(draft),
        identity,
    }
}

impl Explained {
    /// Problems and notes are those of `results.jsonl`.
    fn json(&self, merged: &Merged) -> Value {
        let field = |(label, value): &_| json!({"source_field": label, "value": value});
        let duplicate = |(place, said): &_| json!({"place": place, "message": said});
        json!({
            "duplicates": Value::from_iter(merged.duplicates.iter().map(duplicate)),
            "fields": Value::from_iter(self.fields.iter().map(field)),
            "notes": self.notes,
            "payload": serde_json::from_str::<Value>(&self.payload).ok(),
            "problems": self.problems,
        })
    }

    fn text(&self, merged: &Merged) -> String {
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
        let duplicates = match merged.duplicates.as_slice() {
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
