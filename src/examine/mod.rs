//! From files to checked records: reading, mapping and checking, on as many threads as there are workers, with results in
//! input order.
//!
//! Each worker takes the next chunk of a file (whole records, cut under a lock), maps and checks its records, and hands over
//! a [`Batch`]; the caller gets the batches one by one on its own thread, as if there were one worker, and goes through them
//! while the next ones are made. Nothing that grows with the file is held here.

mod batch;
mod record;
mod workers;

pub use batch::{Batch, Checked, Part, Tally};
pub use record::{RowCells, display_name, flaws};

use crate::contact::Origin;
use crate::input::{Input, Reader};
use crate::mapping;
use crate::source::{csv, vcard};
use record::{GROUP, Scratch, With};
use std::borrow::Cow;
use std::io;

/// What is to be worked out of each record.
#[derive(Clone, Debug)]
pub struct Options {
    /// Threads that map and check.
    pub workers: usize,
    /// Whether request bodies are needed.
    pub payloads: bool,
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

/// Reads, maps and checks all records of all inputs and hands them to `take`, in order.
pub fn examine<E>(
    inputs: Vec<Input>,
    options: &Options,
    mut take: impl FnMut(&mut Batch) -> Result<(), E>,
) -> Result<(), Stopped<E>> {
    for (source, input) in inputs.into_iter().enumerate() {
        let take = |batch: &mut Batch| {
            batch.source = source;
            take(batch)
        };
        let with = With {
            options,
            source: &input.name,
            has_columns: matches!(input.reader, Reader::Csv { .. }),
        };
        let ended = match input.reader {
            Reader::Csv {
                mut cutter,
                plan,
                rules,
            } => workers::run(
                options.workers,
                |chunk: &mut csv::Chunk| {
                    let more = cutter.next_chunk(chunk)?;
                    Ok(more.then(|| chunk.size()))
                },
                |chunk, batch, scratch| rows(chunk, &plan, &rules, &with, batch, scratch),
                take,
            ),
            Reader::Vcard {
                mut cutter,
                charsets,
                rules,
            } => {
                let mut next = 1;
                workers::run(
                    options.workers,
                    |cards: &mut Cards| {
                        cards.first = next;
                        let more = cutter.next_chunk(&mut cards.chunk)?;
                        next += cards.chunk.len() as u64;
                        Ok(more.then_some(cards.chunk.bytes.len()))
                    },
                    |chunk, batch, scratch| cards(chunk, charsets, &rules, &with, batch, scratch),
                    take,
                )
            }
        };
        ended.map_err(|stopped| match stopped {
            Stopped::Reading { error, .. } => Stopped::Reading { source, error },
            caller => caller,
        })?;
    }
    Ok(())
}

fn rows(
    chunk: &csv::Chunk,
    plan: &mapping::Plan,
    rules: &mapping::Rules,
    with: &With<'_>,
    batch: &mut Batch,
    scratch: &mut Scratch,
) {
    let label_of = |origin: Origin| mapping::label_of(plan.columns().names(), origin);
    let mut rows = csv::rows(chunk);
    loop {
        let group: Vec<csv::Row<'_>> = rows.by_ref().take(GROUP).collect();
        if group.is_empty() {
            break;
        }
        let mut drafts = scratch.drafts();
        let to_map = group.iter().zip(&mut drafts);
        let to_map =
            to_map.map(|(row, one)| (record::RowCells(row), &mut one.draft, &mut one.findings));
        mapping::map_rows(plan, rules, to_map);
        for (row, mapped) in group.iter().zip(&mut drafts) {
            let place = record::Place {
                line: row.line,
                number: row.number,
                span: row.span.clone(),
            };
            record::flaws(row, &mut mapped.findings);
            record::finish(place, mapped, &label_of, with, batch, scratch);
            if plan.columns().reason().is_some() {
                batch.mends(mapping::mends(record::RowCells(row)));
            }
        }
        scratch.take_back(drafts);
    }
    batch.tally.settle(&label_of);
}

/// A chunk of cards and the number of its first one.
#[derive(Default)]
struct Cards {
    chunk: vcard::Chunk,
    first: u64,
}

fn cards(
    cards: &Cards,
    charsets: vcard::Charsets,
    rules: &mapping::Rules,
    with: &With<'_>,
    batch: &mut Batch,
    scratch: &mut Scratch,
) {
    let mut all = vcard::cards(&cards.chunk, charsets);
    let mut number = cards.first;
    loop {
        let group: Vec<vcard::Card<'_>> = all.by_ref().take(GROUP).collect();
        if group.is_empty() {
            break;
        }
        let mut drafts = scratch.drafts();
        for (card, mapped) in group.iter().zip(&mut drafts) {
            mapping::map_card(card, rules, &mut mapped.draft, &mut mapped.findings);
        }
        for (card, mapped) in group.iter().zip(&mut drafts) {
            let place = record::Place {
                line: card.line,
                number,
                span: card.span.clone(),
            };
            number += 1;
            let label_of = |origin: Origin| mapping::property_label(card, origin);
            record::finish(place, mapped, &label_of, with, batch, scratch);
            batch.mends(mapping::card_mends(card));
            batch
                .tally
                .settle(&|origin| without_group(label_of(origin)));
        }
        scratch.take_back(drafts);
    }
}

/// A property's label without its group, which numbers the items of one card and means nothing across cards.
fn without_group(label: Cow<'_, str>) -> Cow<'_, str> {
    match label.split_once('.') {
        Some((group, rest)) if !group.contains(';') => Cow::Owned(rest.to_owned()),
        _ => label,
    }
}
