//! One record: from its draft to what a batch keeps of it.

use super::Options;
use super::batch::{Batch, Checked, Part};
use crate::api::payload;
use crate::contact::{Contact, ContactDraft, NamePart, Origin, Problem, ProblemKind, Text, head};
use crate::mapping::{Cells, Findings, LabelOf};
use crate::note::{Note, NoteKind};
use crate::plan::{Hasher, Likeness};
use crate::report::message::Said;
use crate::report::{Example, json, message};
use crate::source::csv;
use std::borrow::Cow;
use std::ops::Range;

/// How many records are mapped before the first of them is checked. The code of all steps together is larger than a processor's
/// first cache: if each record went through all of them by itself, the code would be fetched anew for each.
pub const GROUP: usize = 16;

/// Buffers that a worker uses again for each record.
#[derive(Debug, Default)]
pub struct Scratch {
    hasher: Hasher,
    likeness: Likeness,
    mapped: Vec<Mapped<'static>>,
    said: Vec<SaidOf>,
}

/// What the mapping makes of a record.
#[derive(Debug, Default)]
pub struct Mapped<'a> {
    /// The contact.
    pub draft: ContactDraft<'a>,
    /// What is wrong with it, changed or carried over.
    pub findings: Findings<'a>,
}

impl Scratch {
    /// As many empty drafts as a group has records at the most, in memory that was used before.
    pub fn drafts<'a>(&mut self) -> Vec<Mapped<'a>> {
        let mut mapped: Vec<Mapped<'a>> = std::mem::take::<Vec<Mapped<'static>>>(&mut self.mapped);
        mapped.resize_with(GROUP, Mapped::default);
        mapped
    }

    /// Takes the memory of drafts back.
    pub fn take_back(&mut self, mapped: Vec<Mapped<'_>>) {
        let recycled = mapped.into_iter().map(|one| Mapped {
            draft: one.draft.recycled(),
            findings: one.findings.recycled(),
        });
        self.mapped = recycled.collect();
    }
}

/// The last note on a column, as JSON: `Work` stands beside nearly every e-mail of an export.
#[derive(Debug, Default)]
struct SaidOf {
    kind: Option<NoteKind>,
    value: String,
    json: String,
}

/// What is the same for all records of an input.
pub struct With<'w> {
    /// What is to be worked out.
    pub options: &'w Options,
    /// The input, as the user named it.
    pub source: &'w str,
    /// Whether a source field's place tells its name, whatever the record.
    pub has_columns: bool,
}

/// Where a record stands.
pub struct Place {
    /// See [`Checked::line`].
    pub line: u64,
    /// See [`Checked::number`].
    pub number: u64,
    /// See [`Checked::span`].
    pub span: Range<u64>,
}

/// A CSV row as the mapping sees it.
#[derive(Clone, Copy)]
pub struct RowCells<'r, 'a>(pub &'r csv::Row<'a>);

impl<'a> Cells<'a> for RowCells<'_, 'a> {
    fn count(self) -> usize {
        self.0.len()
    }

    fn cell(self, index: usize) -> &'a str {
        self.0.get(index).unwrap_or("")
    }

    fn is_empty(self, index: usize) -> bool {
        self.0.is_blank(index)
    }
}

/// What is wrong with a row as such.
pub fn flaws(row: &csv::Row<'_>, findings: &mut Findings<'_>) {
    for flaw in row.flaws {
        let kind = match *flaw {
            csv::Flaw::Surplus => continue,
            csv::Flaw::Malformed { .. } => ProblemKind::Encoding,
            csv::Flaw::Unclosed { line } | csv::Flaw::StrayQuote { line } => {
                ProblemKind::StrayQuote { line }
            }
            csv::Flaw::CutOff { line } => ProblemKind::CutOff { line },
            csv::Flaw::Oversize => ProblemKind::RecordTooLarge {
                bytes: row.span.end - row.span.start,
            },
        };
        let value = match kind {
            ProblemKind::Encoding => unreadable(row),
            _ => Text::constant(""),
        };
        findings
            .problems
            .insert(0, Problem::of_value(kind, "", &value));
    }
}

/// The first cell with bytes that are no text, which stand in it as U+FFFD.
fn unreadable<'r>(row: &csv::Row<'r>) -> Text<'r> {
    let mut cells = row.iter().enumerate();
    match cells.find(|(_, cell)| cell.contains(char::REPLACEMENT_CHARACTER)) {
        Some((index, cell)) => Text::from_field(cell, Origin::field(index)),
        None => Text::constant(""),
    }
}

/// Checks what a record was mapped to, and adds what is to be kept of it to the batch.
pub fn finish(
    place: Place,
    mapped: &mut Mapped<'_>,
    label_of: LabelOf<'_>,
    with: &With<'_>,
    batch: &mut Batch,
    scratch: &mut Scratch,
) {
    let Mapped { draft, findings } = mapped;
    let checked = Contact::check(draft, &mut findings.problems);
    let name = batch.write(|text| shown_name(draft, text));
    let memory = with.has_columns.then_some(&mut scratch.said);
    let notes = notes(&findings.notes, label_of, memory, batch);
    let mut record = Checked {
        line: place.line,
        number: place.number,
        span: place.span,
        valid: checked.is_some(),
        code: None,
        identity: [0; 16],
        key: None,
        mends: None,
        name,
        field: Part::default(),
        message: Part::default(),
        problems: Part::default(),
        notes,
        payload: Part::default(),
        points: 0..0,
        persons: 0..0,
        rendered: (0, 0),
    };
    match &checked {
        Some(contact) => {
            record.identity = scratch.hasher.identity(contact);
            if !with.options.key.is_empty() {
                record.key = key(contact, with.options, &mut scratch.hasher);
            }
            let likeness = &mut scratch.likeness;
            scratch
                .hasher
                .likeness(contact, with.options.payloads, likeness);
            record.points = extended(&mut batch.points, &likeness.points);
            record.persons = extended(&mut batch.persons, &likeness.persons);
            if with.options.payloads {
                record.payload = batch.write(|text| text.push_str(&payload::to_json(contact)));
            }
        }
        None => {
            drop_consequences(&mut findings.problems);
            problems(&findings.problems, label_of, &mut record, batch)
        }
    }
    if !with.options.payloads {
        let mut rows = std::mem::take(&mut batch.rows);
        record.rendered = rows.add(&batch.row(&record, with.source));
        batch.rows = rows;
    }
    batch.records.push(record);
}

/// What a spreadsheet has spoilt breaks other rules, too, and a record that was not read lacks everything; that is no news.
fn drop_consequences(problems: &mut Vec<Problem>) {
    let unread = |problem: &Problem| {
        matches!(problem.kind, ProblemKind::RecordTooLarge { .. }) || problem.kind.code().is_skip()
    };
    if problems.iter().any(unread) {
        problems.retain(unread);
    }
    let spoilt = |problem: &Problem| matches!(problem.kind, ProblemKind::SpreadsheetDamage { .. });
    let fields: Vec<_> = problems
        .iter()
        .filter(|one| spoilt(one))
        .map(|one| one.field.clone())
        .collect();
    problems.retain(|problem| spoilt(problem) || !fields.contains(&problem.field));
}

/// The name as reports show it: without what a terminal would obey if somebody looks at them there.
fn shown_name(contact: &ContactDraft<'_>, text: &mut String) {
    let start = text.len();
    display_name(contact, text);
    if !message::is_plain(&text[start..]) {
        let plain = message::plain(&text[start..]);
        text.truncate(start);
        text.push_str(&plain);
    }
}

/// Adds to the end, and tells where it stands.
fn extended<T: Copy>(all: &mut Vec<T>, more: &[T]) -> Range<u32> {
    let start = all.len() as u32;
    all.extend_from_slice(more);
    start..all.len() as u32
}

/// In characters. No part of a valid name is longer.
const LONGEST_PART: usize = 256;

/// The name that a person knows the contact by; the organisation, e-mail or telephone where it has none. Of a part that is too
/// long to be valid, only the beginning.
pub fn display_name(contact: &ContactDraft<'_>, text: &mut String) {
    let name = &contact.contact_name;
    let (last, first, middle) = (
        name.str(NamePart::Last),
        name.str(NamePart::First),
        name.str(NamePart::Middle),
    );
    let start = text.len();
    if last.is_ascii() && !last.is_empty() && first.is_ascii() {
        for part in [first, middle, last] {
            separated(text, start, part, " ");
        }
    } else {
        let separator = if last.is_ascii() || first.is_ascii() {
            " "
        } else {
            ""
        };
        for part in [last, middle, first] {
            separated(text, start, part, separator);
        }
    }
    if text.len() == start {
        let organization = contact
            .organizations
            .first()
            .and_then(|one| one.name.as_ref());
        let email = contact.emails.first().map(|one| &one.email);
        let phone = contact.telephones.first().map(|one| &one.telephone);
        let fallback = organization.or(email).or(phone);
        separated(text, start, fallback.map_or("", Text::as_str), "");
    }
}

fn separated(text: &mut String, start: usize, part: &str, separator: &str) {
    if part.is_empty() {
        return;
    }
    if text.len() > start {
        text.push_str(separator);
    }
    text.push_str(head(part, LONGEST_PART));
}

fn notes(
    notes: &[Note<'_>],
    label_of: LabelOf<'_>,
    mut memory: Option<&mut Vec<SaidOf>>,
    batch: &mut Batch,
) -> Part {
    for note in notes {
        batch.tally.note(note.kind, note.origin);
    }
    batch.write(|text| {
        for (index, note) in notes.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            match memory.as_mut().zip(note.origin.index()) {
                Some((memory, column))
                    if note.value.len() <= REMEMBERED && note.detail.is_empty() =>
                {
                    text.push_str(remembered(memory, column, note, label_of));
                }
                _ => json::note(text, note, label_of),
            }
        }
    })
}

/// In bytes. What is longer is not worth it.
const REMEMBERED: usize = 64;

fn remembered<'m>(
    memory: &'m mut Vec<SaidOf>,
    column: usize,
    note: &Note<'_>,
    label_of: LabelOf<'_>,
) -> &'m str {
    if column >= memory.len() {
        memory.resize_with(column + 1, SaidOf::default);
    }
    let said = &mut memory[column];
    if said.kind != Some(note.kind) || said.value != note.value {
        said.kind = Some(note.kind);
        said.value.clear();
        said.value.push_str(&note.value);
        said.json.clear();
        json::note(&mut said.json, note, label_of);
    }
    &said.json
}

fn problems(problems: &[Problem], label_of: LabelOf<'_>, record: &mut Checked, batch: &mut Batch) {
    let labels: Vec<Option<Cow<'_, str>>> = problems
        .iter()
        .map(|problem| problem.origin.index().map(|_| label_of(problem.origin)))
        .collect();
    let said: Vec<Said> = problems
        .iter()
        .zip(&labels)
        .map(|(problem, label)| message::said(problem, label.as_deref()))
        .collect();
    for ((problem, label), said) in problems.iter().zip(&labels).zip(&said) {
        let example = || Example::new(record.line, problem, label.as_deref(), said);
        batch
            .tally
            .problem(problem.kind.code(), problem.field_pattern(), example);
    }
    record.code = problems.first().map(|problem| problem.kind.code());
    record.field =
        batch.write(|text| text.push_str(problems.first().map_or("", |problem| &problem.field)));
    let messages = said.iter().map(|said| said.message.clone());
    record.message = batch.write(|text| text.push_str(&message::joined(messages)));
    record.problems = batch.write(|text| {
        for (index, problem) in problems.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            json::problem(text, problem, labels[index].as_deref(), &said[index]);
        }
    });
}

/// The identity by the fields that `[mapping] key` names, if the contact has any of them.
fn key(
    contact: &ContactDraft<'_>,
    options: &Options,
    hasher: &mut Hasher,
) -> Option<crate::plan::Hash> {
    let mut values: Vec<Cow<'_, str>> = Vec::new();
    let mut found = false;
    for field in &options.key {
        let mut of_field = values_of(contact, field);
        found |= of_field.iter().any(|value| !value.is_empty());
        // The parts of a name stand in their places; of a list, another order is no other key.
        if !field.starts_with("contactName") {
            of_field.retain(|value| !value.is_empty());
            of_field.sort_unstable();
            of_field.dedup();
        }
        values.push(of_field.len().to_string().into());
        values.append(&mut of_field);
    }
    found.then(|| hasher.key(values.iter().map(|value| value.as_ref())))
}

/// The values of a field by its name in the API: `emails`, `telephones`, `contactName`, `contactName.lastName`,
/// `organizations`, `memo`, `customProperties.NAME`.
fn values_of<'c>(contact: &'c ContactDraft<'_>, field: &str) -> Vec<Cow<'c, str>> {
    use crate::contact::Property;
    let borrowed = |text: &'c Text<'_>| Cow::Borrowed(text.as_str());
    if let Some(part) = field.strip_prefix("contactName.") {
        let part = NamePart::ALL.into_iter().find(|one| one.api_name() == part);
        return part
            .map(|part| contact.contact_name.str(part).into())
            .into_iter()
            .collect();
    }
    if let Some(name) = field.strip_prefix("customProperties.") {
        return match contact.custom_properties.get(name) {
            Some(Property::Text(text)) => vec![borrowed(text)],
            Some(Property::Texts(texts)) => {
                texts.iter().map(|one| borrowed(&one.content)).collect()
            }
            Some(Property::Link(link)) => vec![borrowed(&link.link)],
            Some(Property::Links(links)) => links.iter().map(|one| borrowed(&one.0.link)).collect(),
            None => Vec::new(),
        };
    }
    match field {
        "contactName" => {
            let parts = [NamePart::Last, NamePart::First, NamePart::Middle];
            parts
                .map(|part| contact.contact_name.str(part).into())
                .into()
        }
        "emails" => contact
            .emails
            .iter()
            .map(|one| one.email.value.to_lowercase().into())
            .collect(),
        "telephones" => {
            let digits = |number: &str| {
                let mut text = String::new();
                crate::mapping::telephone::comparable(number, &mut text);
                Cow::Owned(text)
            };
            contact
                .telephones
                .iter()
                .map(|one| digits(one.telephone.as_str()))
                .collect()
        }
        "organizations" => contact
            .organizations
            .iter()
            .filter_map(|one| one.name.as_ref())
            .map(borrowed)
            .collect(),
        "memo" => contact.memo.iter().map(borrowed).collect(),
        _ => Vec::new(),
    }
}
