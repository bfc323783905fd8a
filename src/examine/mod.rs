//! From files to checked records: reading, mapping and checking, on as many threads as there are workers, with results in
//! input order.
//!
//! Each worker takes the next chunk of a file (whole records, cut under a lock) and makes a [`Record`] of each of its
//! records; the caller gets them chunk by chunk on its own thread, in input order. Nothing that grows with the file is held.

mod record;
mod workers;

pub use record::{Place, Record, RowCells, Verdict, display_name, flaws};

use crate::contact::{ContactDraft, Origin};
use crate::input::{Input, Reader};
use crate::mapping::{self, Findings};
use crate::plan::{Earlier, Resemblance};
use crate::report::{RecordNote, message};
use crate::source::{csv, vcard};
use std::io;
use std::ops::Range;
use workers::{Ended, ordered};

/// What is to be worked out of each record.
#[derive(Clone, Debug)]
pub struct Options {
    /// Threads that map and check.
    pub workers: usize,
    /// Whether the records go into a ledger, which needs request bodies.
    pub plan: bool,
    /// Whether `results.jsonl` is written, which has all values of the notes.
    pub details: bool,
    /// The fields that identify a record, by `[mapping] key`.
    pub key: Vec<String>,
}

/// What ends an examination before the end of its inputs.
#[derive(Debug)]
pub enum Stopped<E> {
    /// A file can't be read any further.
    Reading {
        /// The input, by its place.
        source: usize,
        /// Why.
        error: io::Error,
    },
    /// The caller wants no more.
    Caller(E),
}

/// Reads, maps and checks all records of all inputs and hands them to `take`, in order, some hundred at a time.
pub fn examine<E>(
    inputs: Vec<Input>,
    options: &Options,
    mut take: impl FnMut(Vec<Record>) -> Result<(), E>,
) -> Result<(), Stopped<E>> {
    for (source, input) in inputs.into_iter().enumerate() {
        let ended = match input.reader {
            Reader::Csv {
                mut cutter,
                plan,
                rules,
            } => ordered(
                options.workers,
                |chunk: &mut csv::Chunk| cutter.next_chunk(chunk),
                |chunk| rows(chunk, source, &plan, &rules, options),
                &mut take,
            ),
            Reader::Vcard {
                mut cutter,
                charsets,
                rules,
            } => {
                let mut next = 1;
                ordered(
                    options.workers,
                    |cards: &mut Cards| {
                        cards.first = next;
                        let more = cutter.next_chunk(&mut cards.chunk)?;
                        next += cards.chunk.len() as u64;
                        Ok(more)
                    },
                    |chunk| cards(chunk, source, charsets, &rules, options),
                    &mut take,
                )
            }
        };
        ended.map_err(|ended| match ended {
            Ended::Reading(error) => Stopped::Reading { source, error },
            Ended::Caller(error) => Stopped::Caller(error),
        })?;
    }
    Ok(())
}

fn rows(
    chunk: &csv::Chunk,
    input: usize,
    plan: &mapping::Plan,
    rules: &mapping::Rules,
    options: &Options,
) -> Vec<Record> {
    let label_of = |origin: Origin| mapping::label_of(plan.columns().names(), origin);
    let mut records = Vec::with_capacity(chunk.records() as usize);
    for row in csv::rows(chunk) {
        let (mut draft, mut findings) = (ContactDraft::default(), Findings::default());
        mapping::map_row(plan, rules, RowCells(&row), &mut draft, &mut findings);
        flaws(&row, plan.columns(), &mut findings);
        let place = Place {
            input,
            line: row.line,
            number: row.number,
            span: row.span.clone(),
        };
        let mut record = Record::check(place, &draft, findings, &label_of, options);
        if plan.columns().reason().is_some() {
            record.mends = owned(mapping::mends(RowCells(&row)));
        }
        records.push(record);
    }
    records
}

/// A chunk of cards and the number of its first one.
#[derive(Default)]
struct Cards {
    chunk: vcard::Chunk,
    first: u64,
}

fn cards(
    cards: &Cards,
    input: usize,
    charsets: vcard::Charsets,
    rules: &mapping::Rules,
    options: &Options,
) -> Vec<Record> {
    let all = vcard::cards(&cards.chunk, charsets);
    all.zip(cards.first..)
        .map(|(card, number)| {
            let label_of = |origin: Origin| mapping::property_label(&card, origin);
            let (mut draft, mut findings) = (ContactDraft::default(), Findings::default());
            mapping::map_card(&card, rules, &mut draft, &mut findings);
            let place = Place {
                input,
                line: card.line,
                number,
                span: card.span.clone(),
            };
            let mut record = Record::check(place, &draft, findings, &label_of, options);
            record.mends = owned(mapping::card_mends(&card));
            record
        })
        .collect()
}

fn owned(record: Option<(&str, u32)>) -> Option<(String, u32)> {
    record.map(|(run, number)| (run.to_owned(), number))
}

/// Compares a record with the earlier ones of the input: one that repeats another is a duplicate, whose message names the
/// values that the other lacks, and one that shares an e-mail or telephone gets a note. `inputs` are the names of the inputs;
/// `read` gives the bytes of a vCard, and nothing for a row.
///
/// # Errors
/// What `read` fails with.
pub fn compare(
    record: &mut Record,
    earlier: &mut Earlier,
    inputs: &[String],
    read: impl Fn(usize, Range<u64>) -> io::Result<Option<Vec<u8>>>,
) -> io::Result<()> {
    let likeness = match &mut record.verdict {
        Verdict::Valid { likeness, .. } => Some(likeness),
        _ => None,
    };
    let place = &record.place;
    let resemblance = earlier.add(place.input, place.line, &place.span, likeness.as_deref());
    let place_of = |first| {
        let (input, line) = earlier.place(first);
        format!("{}:{line}", inputs[input])
    };
    let (of, message) = match resemblance {
        Resemblance::None => return Ok(()),
        Resemblance::Shares(first) => {
            record.notes.push(RecordNote::shared(place_of(first)));
            return Ok(());
        }
        Resemblance::SameKey(first) => (first, message::has_key_of(&place_of(first))),
        Resemblance::Duplicate(first) => (first, message::repeats(&place_of(first))),
    };
    let card = read(place.input, place.span.clone())?;
    let first = read(earlier.place(of).0, earlier.span(of))?;
    let own = card.zip(first).map_or_else(Vec::new, |(card, first)| {
        mapping::own_values(&card, &first, vcard::Charsets::default())
    });
    record.verdict = Verdict::Duplicate {
        of,
        likeness: likeness.map(std::mem::take).unwrap_or_default(),
        lacking: own.len(),
        message: match own.as_slice() {
            [] => message,
            own => message::repeats_and_has(&message, own),
        },
    };
    Ok(())
}
