//! From files to checked records: reading, mapping and checking, on as many threads as there are workers, with results in
//! input order.
//!
//! Each worker takes the next chunk of a file (whole records) and makes a [`Record`] of each. The caller gets them chunk by
//! chunk on its own thread. Memory does not grow with the file.

mod again;
mod merge;
mod record;

pub use again::read_fields;
pub use merge::Merges;
pub use record::{Place, Record, Verdict, display_name};

use crate::contact::{ContactDraft, Origin};
use crate::input::{Input, Reader};
use crate::lang::Phrase;
use crate::mapping::{self, Findings};
use crate::note::NoteKind;
use crate::plan::{Earlier, First, Resemblance, of_row, only_in};
use crate::report::{NoteCounts, RecordNote, RejectSource, json, message};
use crate::source::{csv, vcard};
use crate::workers::{Ended, ordered};
use again::read_again;
use record::{Checker, flaws, restore};
use std::io::{self, Seek};
use std::sync::atomic::AtomicBool;

#[derive(Debug)]
pub struct Options {
    pub workers: usize,
    /// Whether the records go into a ledger, which needs request bodies.
    pub plan: bool,
    /// Whether `results.jsonl` is written, which has all values of the notes.
    pub details: bool,
    /// Whether the page of a check lists further valid records. Once it does not, which who takes the records says, valid ones
    /// are given without what only the page shows of them.
    pub lists_valid: AtomicBool,
    /// The fields that identify a record, by `[mapping] key`.
    pub key: Vec<String>,
}

/// Why reading ended before the end of the inputs.
#[derive(Debug)]
pub enum Stopped<E> {
    Reading { source: String, error: io::Error },
    Caller(E),
}

/// Reads, maps and checks all records of all inputs and hands them to `take`, in order, some hundred at a time, with their
/// notes counted.
pub fn examine<E>(
    inputs: &[Input],
    options: &Options,
    mut take: impl FnMut(Vec<Record>, &NoteCounts) -> Result<(), E>,
) -> Result<(), Stopped<E>> {
    for (index, input) in inputs.iter().enumerate() {
        let take = |(records, notes): (_, _)| take(records, &notes);
        let stopped = |error| Stopped::Reading {
            source: input.name.clone(),
            error,
        };
        let ended = match &input.reader {
            Reader::Csv {
                layout,
                plan,
                rules,
            } => {
                let cutter = csv::Cutter::new(&input.records, layout.clone());
                let mut cutter = cutter.map_err(stopped)?;
                ordered(
                    options.workers,
                    |chunk: &mut csv::Chunk| cutter.next_chunk(chunk),
                    |chunk| rows(chunk, index, plan, rules, options),
                    take,
                )
            }
            Reader::Vcard { charsets, rules } => {
                (&input.records).rewind().map_err(stopped)?;
                let mut cutter = vcard::Cutter::new(&input.records);
                let mut next = 1;
                ordered(
                    options.workers,
                    |cards: &mut Cards| {
                        cards.first = next;
                        let more = cutter.next_chunk(&mut cards.chunk)?;
                        next += cards.chunk.len() as u64;
                        Ok(more)
                    },
                    |chunk| cards(chunk, index, *charsets, rules, options),
                    take,
                )
            }
        };
        ended.map_err(|ended| match ended {
            Ended::Reading(error) => stopped(error),
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
) -> (Vec<Record>, NoteCounts) {
    let label_of = |origin: Origin| plan.columns().label(origin);
    let mut records = Vec::with_capacity(chunk.records() as usize);
    let mut checker = Checker::new(options, false);
    let (mut draft, mut findings) = (ContactDraft::default(), Findings::default());
    for row in csv::rows(chunk) {
        draft.clear();
        findings.notes.clear();
        mapping::map_row(plan, rules, &row, &mut draft, &mut findings);
        flaws(&row, plan.columns(), &mut findings);
        let place = Place {
            input,
            line: row.line,
            number: row.number,
            span: row.span.clone(),
        };
        let is_only_compared = !options.plan && !options.details;
        let hash = is_only_compared.then(|| of_row(input, &row));
        let mut record = checker.check(place, &draft, &mut findings, &label_of, hash);
        if plan.columns().reason().is_some() {
            record.mends = owned(mapping::mends(&row));
        }
        records.push(record);
    }
    (records, checker.counts)
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
) -> (Vec<Record>, NoteCounts) {
    let all = vcard::cards(&cards.chunk, charsets);
    let mut checker = Checker::new(options, true);
    let records = all
        .zip(cards.first..)
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
            let mut record = checker.check(place, &draft, &mut findings, &label_of, None);
            record.mends = owned(mapping::card_mends(&card));
            record
        })
        .collect();
    (records, checker.counts)
}

fn owned(record: Option<(&str, u32)>) -> Option<(String, u32)> {
    record.map(|(run, number)| (run.to_owned(), number))
}

/// After so many records of an input, its length tells how many there will be.
const SAMPLE: u64 = 10_000;

/// Compares records with earlier ones of the same input.
#[derive(Debug, Default)]
pub struct Comparison {
    earlier: Earlier,
    merges: Merges,
    /// The notes that it has added to records.
    pub added: NoteCounts,
}

impl Comparison {
    /// What only duplicates have completes the records that they repeat.
    pub fn merging(merges: Merges) -> Comparison {
        Comparison {
            merges,
            ..Comparison::default()
        }
    }

    /// Compares a record with the earlier ones. One that repeats another becomes a duplicate, with a note on each value that the
    /// other one lacks; one that shares an e-mail or telephone gets a note.
    pub fn compare(&mut self, record: &mut Record, sources: &[Input]) -> io::Result<()> {
        let number = self.earlier.records();
        let added = self.compare_only(record, sources)?;
        let is_card = matches!(sources[record.place.input].reject, RejectSource::Vcard);
        for note in &added {
            self.added
                .add(note.kind, note.source_field.as_deref(), is_card);
        }
        json::add_notes(&mut record.notes_json, &added);
        record.notes.extend(added);
        self.merges.complete(number, record, sources)
    }

    /// Looks up the next records, so that [`Comparison::compare`] finds what it needs in the processor's cache: here no look-up
    /// waits for the one before it.
    pub fn prepare(&self, records: &[Record]) {
        let valid = records.iter().filter_map(|record| match &record.verdict {
            Verdict::Valid { likeness, .. } => Some(likeness),
            _ => None,
        });
        self.earlier.prepare(valid);
    }

    /// The notes that the comparison gives.
    fn compare_only(
        &mut self,
        record: &mut Record,
        sources: &[Input],
    ) -> io::Result<Vec<RecordNote>> {
        let Record { place, verdict, .. } = record;
        let likeness = match verdict {
            Verdict::Valid { likeness, .. } => Some(likeness),
            _ => None,
        };
        let earlier = &mut self.earlier;
        if place.number == SAMPLE {
            let length = sources[place.input].file.metadata()?.len();
            earlier.expect(length / place.span.end.max(1));
        }
        let resemblance = earlier.add(place.input, place.line, &place.span, likeness.as_deref());
        let place_of = |first: &First| format!("{}:{}", sources[first.input].name, first.line);
        let (of, how): (u32, fn(&str) -> Phrase) = match resemblance {
            Resemblance::None => return Ok(Vec::new()),
            Resemblance::Shares(first) => {
                let first = earlier.record(first);
                return Ok(vec![RecordNote::shared(place_of(&first))]);
            }
            Resemblance::SameKey(first) => (first, message::has_key_of),
            Resemblance::Duplicate(first) => (first, message::repeats),
        };
        let first = earlier.record(of);
        let likeness = likeness.map(std::mem::take).unwrap_or_default();
        let added = match self.merges.notes_of(place.input, &place.span) {
            Some(merged) => merged,
            None if first.is_same(&likeness) => Vec::new(),
            None => only_in_duplicate(place, &first, sources)?,
        };
        record.verdict = Verdict::Duplicate {
            of,
            likeness,
            how: how(&place_of(&first)),
        };
        if record.is_stripped {
            restore(record, &sources[record.place.input])?;
        }
        Ok(added)
    }
}

/// A note on each value of a duplicate that the first record lacks. Both records are read again, since few are duplicates.
fn only_in_duplicate(
    place: &Place,
    first: &First,
    sources: &[Input],
) -> io::Result<Vec<RecordNote>> {
    read_again(&sources[first.input], &first.span, |first, _| {
        read_again(&sources[place.input], &place.span, |duplicate, label_of| {
            let alone = only_in(duplicate, first).into_iter();
            let kind = NoteKind::OnlyInDuplicate;
            let note = |text| RecordNote::of_duplicate(kind, text, label_of);
            alone.map(note).collect()
        })
    })?
}
