//! A record after mapping and check.

use super::Options;
use super::again::read_fields;
use crate::contact::json::to_json;
use crate::contact::{Contact, ContactDraft, NamePart, Origin, Problem, ProblemKind, Text, head};
use crate::input::Input;
use crate::lang::Phrase;
use crate::mapping::columns::Columns;
use crate::mapping::{Findings, LabelOf, REASON_MARK, row_problem};
use crate::note::{Note, TOLD};
use crate::plan::{Hash, Likeness, key_of};
use crate::printable::{is_plain, plain};
use crate::report::{NoteCounts, RecordNote, RecordProblem, SHOWN_VALUE, json};
use crate::source::csv;
use smol_str::SmolStr;
use std::io;
use std::ops::Range;
use std::sync::atomic::Ordering::Relaxed;

#[derive(Clone, Debug)]
pub struct Record {
    pub place: Place,
    /// For people.
    pub name: SmolStr,
    pub verdict: Verdict,
    pub notes: Vec<RecordNote>,
    /// The notes as JSON, for a plan or details; empty if there are none.
    pub notes_json: String,
    /// E-mails and telephones, by which the page of a check finds the record.
    pub reach: String,
    /// A hash of the key of a record that is not valid, if it has one.
    pub key: Option<Hash>,
    /// The run and number of the rejected record that it replaces.
    pub mends: Option<(String, u32)>,
    /// Whether it is valid and has neither its notes nor `reach`, since the page does not list it.
    pub(super) is_stripped: bool,
}

#[derive(Clone, Debug)]
pub struct Place {
    pub input: usize,
    /// The 1-based line where it starts.
    pub line: u64,
    /// The 1-based number in its file.
    pub number: u64,
    pub span: Range<u64>,
}

#[derive(Clone, Debug)]
pub enum Verdict {
    Valid {
        likeness: Likeness,
        /// The request body; only for a plan.
        payload: String,
    },
    Invalid(Vec<RecordProblem>),
    /// It repeats an earlier record of the same input; only a [`Comparison`](super::Comparison) finds that.
    Duplicate {
        /// The number of that record in the input, from 0.
        of: u32,
        likeness: Likeness,
        /// For people.
        how: Phrase,
    },
}

/// Checks records, one after the other.
pub(super) struct Checker<'o> {
    options: &'o Options,
    are_cards: bool,
    /// Of all notes. They are counted here and not by who takes the records: it would have to fetch them from another core's
    /// cache.
    pub counts: NoteCounts,
    /// Kept from one record to the next for its memory.
    text: String,
}

impl<'o> Checker<'o> {
    pub(super) fn new(options: &'o Options, are_cards: bool) -> Checker<'o> {
        Checker {
            options,
            are_cards,
            counts: NoteCounts::default(),
            text: String::new(),
        }
    }

    /// `row` is a hash of the row that the record was read from, where that is enough to compare it with others.
    pub(super) fn check(
        &mut self,
        place: Place,
        draft: &ContactDraft<'_>,
        findings: &mut Findings<'_>,
        label_of: LabelOf<'_>,
        row: Option<Hash>,
    ) -> Record {
        let (options, text) = (self.options, &mut self.text);
        let verdict = match Contact::check(draft, &mut findings.problems) {
            Some(contact) => Verdict::Valid {
                likeness: Likeness::of(&contact, &options.key, options.plan, row, text),
                payload: match options.plan {
                    true => to_json(&contact),
                    false => String::new(),
                },
            },
            None => {
                drop_consequences(&mut findings.problems);
                let problems = findings.problems.drain(..);
                let problem = |problem| RecordProblem::new(problem, label_of);
                Verdict::Invalid(problems.map(problem).collect())
            }
        };
        let is_invalid = matches!(verdict, Verdict::Invalid(_));
        let is_told = |note: &Note<'_>| TOLD.contains(&note.kind);
        let is_stripped = !is_invalid
            && !options.lists_valid.load(Relaxed)
            && !findings.notes.iter().any(is_told);
        let notes = match is_stripped {
            true => Vec::new(),
            false => kept(&findings.notes, label_of, options.plan),
        };
        let key = match is_invalid && options.plan {
            true => key_of(draft, &options.key),
            false => None,
        };
        Record {
            key,
            place,
            name: shown_name(draft, text),
            verdict,
            notes_json: self.count(&findings.notes, label_of),
            notes,
            reach: match options.plan || is_stripped {
                true => String::new(),
                false => reach(draft),
            },
            mends: None,
            is_stripped,
        }
    }

    /// Counts notes, and gives them as JSON if that is wanted.
    fn count(&mut self, notes: &[Note<'_>], label_of: LabelOf<'_>) -> String {
        let wants_json = self.options.plan || self.options.details;
        let mut json = String::new();
        if wants_json {
            json.reserve(128 * notes.len());
        }
        for note in notes {
            let is_named = wants_json || note.kind.is_lost();
            let field = note.origin.index().filter(|_| is_named);
            let field = field.map(|_| label_of(note.origin));
            let field = field.as_deref();
            self.counts.add(note.kind, field, self.are_cards);
            if wants_json {
                let field = field.unwrap_or_default();
                json::add_note(&mut json, note.kind, field, &note.value, &note.detail);
            }
        }
        json
    }
}

/// The notes as a record keeps them: with their whole values for a plan, else as much of each as the page shows.
fn kept(notes: &[Note<'_>], label_of: LabelOf<'_>, is_plan: bool) -> Vec<RecordNote> {
    let characters = match is_plan {
        true => usize::MAX,
        // One character more tells the page that it has to cut.
        false => SHOWN_VALUE + 1,
    };
    let kept = |note| RecordNote::new(note, label_of, characters);
    notes.iter().map(kept).collect()
}

/// Reads the notes and `reach` of a stripped record again.
pub(super) fn restore(record: &mut Record, input: &Input) -> io::Result<()> {
    let span = &record.place.span;
    (record.notes, record.reach) = read_fields(input, span, |draft, notes, label_of, _| {
        (kept(notes, label_of, false), reach(draft))
    })?;
    record.is_stripped = false;
    Ok(())
}

pub(super) fn flaws(row: &csv::Row<'_>, columns: &Columns, findings: &mut Findings<'_>) {
    if let Some(kind) = row_problem(columns, row) {
        let nothing = Text::constant("");
        findings
            .problems
            .push(Problem::of_value(kind, "", &nothing));
    }
    let columns = columns.names().len();
    for flaw in row.flaws {
        let kind = match *flaw {
            // A record that was rejected twice has a reason for each time.
            csv::Flaw::Surplus
                if row
                    .iter()
                    .skip(columns)
                    .all(|cell| cell.is_empty() || cell.starts_with(REASON_MARK)) =>
            {
                continue;
            }
            csv::Flaw::Surplus => ProblemKind::RowTooLong { columns },
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

/// The first cell with bytes that the encoding does not define; they are U+FFFD.
fn unreadable<'r>(row: &csv::Row<'r>) -> Text<'r> {
    let mut cells = row.iter().enumerate();
    match cells.find(|(_, cell)| cell.contains(char::REPLACEMENT_CHARACTER)) {
        Some((index, cell)) => Text::from_field(cell, Origin::field(index)),
        None => Text::constant(""),
    }
}

/// Drops problems that follow from others: a damaged value breaks other rules too, and a record that was not read lacks
/// everything.
fn drop_consequences(problems: &mut Vec<Problem>) {
    let unread = |problem: &Problem| {
        use ProblemKind::{RecordTooLarge, RowTooLong, TotalRow};
        matches!(
            problem.kind,
            RecordTooLarge { .. } | RowTooLong { .. } | TotalRow
        ) || problem.kind.code().is_skip()
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

fn reach(draft: &ContactDraft<'_>) -> String {
    let emails = draft.emails.iter().map(|one| &one.email);
    let telephones = draft.telephones.iter().map(|one| &one.telephone);
    let texts = emails.chain(telephones);
    let length: usize = texts.clone().map(|text| text.value.len() + 1).sum();
    let mut all = String::with_capacity(length);
    for text in texts {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(text.as_str());
    }
    all
}

/// The name without characters that a terminal would interpret.
fn shown_name(contact: &ContactDraft<'_>, text: &mut String) -> SmolStr {
    text.clear();
    display_name(contact, text);
    match is_plain(text) {
        true => text.as_str().into(),
        false => plain(text).into(),
    }
}

/// In characters. No part of a valid name is longer.
const LONGEST_PART: usize = 256;

/// The name for people; the organisation, e-mail or telephone if there is none. Parts that are too long are cut.
pub fn display_name(contact: &ContactDraft<'_>, text: &mut String) {
    let name = &contact.contact_name;
    let (last, first, middle) = (
        name.str(NamePart::Last),
        name.str(NamePart::First),
        name.str(NamePart::Middle),
    );
    let start = text.len();
    let is_eastern = |part: &str| part.chars().all(is_east_asian);
    match is_eastern(last) && is_eastern(first) {
        true => [last, middle, first].map(|part| separated(text, start, part, "")),
        false => [first, middle, last].map(|part| separated(text, start, part, " ")),
    };
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

/// Whether names in this script begin with the family name: Han, Hangul and kana.
fn is_east_asian(c: char) -> bool {
    matches!(c, '々' | '〆' | '〇' | 'ー' | '\u{1100}'..='\u{11FF}' | '\u{3040}'..='\u{30FF}' | '\u{3130}'..='\u{318F}'
        | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}' | ' ' | '\u{3000}')
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
