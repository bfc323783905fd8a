//! What is left of a stretch of records once they are checked: enough for a report and a plan, and no more.

use crate::contact::{Code, Origin};
use crate::mapping::LabelOf;
use crate::note::NoteKind;
use crate::plan::{Hash, Point};
use crate::report::{Example, Outcome, Rendered, Row};
use std::collections::HashMap;
use std::ops::Range;

/// Checked records in input order. All their text lies in one buffer, which is used again for the next batch.
#[derive(Debug, Default)]
pub struct Batch {
    /// The source that they come from, by its place among the inputs.
    pub source: usize,
    /// The records.
    pub records: Vec<Checked>,
    /// The text that the records' ranges point into.
    pub text: String,
    /// What the duplicate search has to know; the records' ranges point into it.
    pub points: Vec<Point>,
    /// The same for the ledger.
    pub persons: Vec<Hash>,
    /// The rows of `results.csv` and the lines of `results.jsonl`, as they are unless a record resembles another.
    pub rows: Rendered,
    /// Counts over the batch.
    pub tally: Tally,
}

/// A record that went through mapping and check.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The 1-based line where it starts.
    pub line: u64,
    /// Its 1-based number in its file.
    pub number: u64,
    /// Its bytes in the file.
    pub span: Range<u64>,
    /// Whether the contact is valid.
    pub valid: bool,
    /// The first problem's code.
    pub code: Option<Code>,
    /// Its identity, if it is valid.
    pub identity: Hash,
    /// Its identity by `[mapping] key`.
    pub key: Option<Hash>,
    /// The record of an earlier run that it mends, by its run and number there.
    pub mends: Option<(Part, u32)>,
    /// The name, for people.
    pub name: Part,
    /// The first problem's field.
    pub field: Part,
    /// All its problems in words.
    pub message: Part,
    /// All its problems as the items of a JSON array.
    pub problems: Part,
    /// All its notes as the items of a JSON array.
    pub notes: Part,
    /// The request body, where somebody asked for it.
    pub payload: Part,
    /// Its e-mails and telephones among the batch's points.
    pub points: Range<u32>,
    /// The same among the batch's persons.
    pub persons: Range<u32>,
    /// Where its row ends.
    pub rendered: (u32, u32),
}

/// A piece of a batch's text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Part {
    start: u32,
    end: u32,
}

impl Batch {
    /// The text of a part.
    pub fn str(&self, part: Part) -> &str {
        &self.text[part.start as usize..part.end as usize]
    }

    /// A record's row of a check, as it is unless it resembles another.
    pub fn row<'a>(&'a self, record: &'a Checked, source: &'a str) -> Row<'a> {
        Row {
            source,
            line: record.line,
            record: record.number,
            outcome: if record.valid {
                Outcome::Valid
            } else {
                Outcome::of_code(record.code)
            },
            contact_id: "",
            name: self.str(record.name),
            code: record.code.map_or("", |code| code.as_str()),
            field: self.str(record.field),
            message: self.str(record.message),
            attempts: 0,
            problems: self.str(record.problems),
            notes: self.str(record.notes),
            fingerprint: record.valid.then_some(&record.identity),
        }
    }

    /// What the duplicate search has to know of a record.
    pub fn points(&self, record: &Checked) -> &[Point] {
        &self.points[record.points.start as usize..record.points.end as usize]
    }

    /// The same for the ledger.
    pub fn persons(&self, record: &Checked) -> &[Hash] {
        &self.persons[record.persons.start as usize..record.persons.end as usize]
    }

    /// What `write` adds to the text.
    pub fn write(&mut self, write: impl FnOnce(&mut String)) -> Part {
        let start = self.text.len() as u32;
        write(&mut self.text);
        Part {
            start,
            end: self.text.len() as u32,
        }
    }

    /// Says which record of an earlier run the last record mends.
    pub fn mends(&mut self, earlier: Option<(&str, u32)>) {
        let Some((run, number)) = earlier else {
            return;
        };
        let run = self.write(|text| text.push_str(run));
        if let Some(record) = self.records.last_mut() {
            record.mends = Some((run, number));
        }
    }

    /// How much text it has room for, in bytes.
    pub fn room(&self) -> usize {
        self.text.capacity() + self.rows.room()
    }

    /// Makes it empty and keeps its memory.
    pub fn clear(&mut self) {
        self.records.clear();
        self.text.clear();
        self.points.clear();
        self.persons.clear();
        self.rows.clear();
        self.tally.clear();
    }
}

/// Counts over records: problems by code and field, notes by kind, carried-over values by source field.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Problems, by code and field without index.
    pub problems: HashMap<(Code, String), u64>,
    /// The first problem of each code and field, without its source.
    pub examples: HashMap<(Code, String), Example>,
    /// Notes, by kind.
    pub notes: [u64; NoteKind::ALL.len()],
    /// Values carried over, by the name of their source field.
    pub carried_over: HashMap<String, u64>,
    by_origin: Vec<u64>,
}

impl Tally {
    /// Counts a note of a source whose fields have fixed places.
    pub fn note(&mut self, kind: NoteKind, origin: Origin) {
        self.notes[kind as usize] += 1;
        if let (true, Some(index)) = (kind.is_lost(), origin.index()) {
            if index >= self.by_origin.len() {
                self.by_origin.resize(index + 1, 0);
            }
            self.by_origin[index] += 1;
        }
    }

    /// Turns the counts by place into counts by name.
    pub fn settle(&mut self, label_of: LabelOf<'_>) {
        for (index, count) in self.by_origin.iter_mut().enumerate() {
            if *count > 0 {
                let label = label_of(Origin::field(index)).into_owned();
                *self.carried_over.entry(label).or_default() += *count;
                *count = 0;
            }
        }
    }

    /// Counts a note under a name.
    pub fn note_named(&mut self, kind: NoteKind, label: &str) {
        self.notes[kind as usize] += 1;
        if kind.is_lost() {
            match self.carried_over.get_mut(label) {
                Some(count) => *count += 1,
                None => {
                    self.carried_over.insert(label.to_owned(), 1);
                }
            }
        }
    }

    /// Counts a problem, and keeps the first of its kind.
    pub fn problem(&mut self, code: Code, field: String, example: impl FnOnce() -> Example) {
        let key = (code, field);
        if let Some(count) = self.problems.get_mut(&key) {
            *count += 1;
            return;
        }
        self.examples.insert(key.clone(), example());
        self.problems.insert(key, 1);
    }

    /// Adds another tally.
    pub fn add(&mut self, other: &Tally) {
        for (key, count) in &other.problems {
            *self.problems.entry(key.clone()).or_default() += count;
        }
        for (key, example) in &other.examples {
            let kept = self.examples.entry(key.clone());
            kept.or_insert_with(|| example.clone());
        }
        for (sum, count) in self.notes.iter_mut().zip(other.notes) {
            *sum += count;
        }
        for (key, count) in &other.carried_over {
            *self.carried_over.entry(key.clone()).or_default() += count;
        }
    }

    fn clear(&mut self) {
        self.problems.clear();
        self.examples.clear();
        self.notes.fill(0);
        self.carried_over.clear();
        self.by_origin.fill(0);
    }
}
