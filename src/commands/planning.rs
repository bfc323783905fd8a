//! From checked records to the ledger's plan.

use super::overview::{Extent, Seen, Viewed};
use super::reading::{self, Opened};
use crate::contact::Code;
use crate::examine::{Comparison, Record, Verdict};
use crate::exit::Failed;
use crate::input::Input;
use crate::ledger::{
    CheckVerdict, InvalidRecord, Ledger, PlannedRecord, RunRow, SourceInfo, ValidRecord,
};
use crate::log;
use crate::note::NoteKind;
use crate::report::{Bytes, Outcome, RecordNote, RecordProblem, RejectSource, json, message};
use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

/// The ledger keeps the bytes of a record for the rejects up to this size. Those of a larger one, such as a card with photos,
/// are read from the file. Of a copy, all bytes are kept, since it can't be read later.
const KEPT: u64 = 256 * 1024;

/// Reads and checks all inputs and plans every record.
pub fn plan(ledger: &mut Ledger, run: &RunRow, opened: &Opened) -> Result<Viewed, Failed> {
    let mut options = opened.options();
    options.plan = true;
    for input in &opened.inputs {
        ledger.add_source(run.id, &source_info(input)?)?;
    }
    let mut comparison = Comparison::merging(opened.merges()?);
    let (mut sources, mut seen) = (opened.summaries(), Seen::default());
    let (inputs, mut unsure) = (&opened.inputs, Unsure::of(opened));
    opened.examine(&options, |records, notes| {
        seen.add(&records, notes, inputs);
        comparison.prepare(&records);
        let block = Block::of(&records, inputs).map_err(reading::changed)?;
        let planned = records.into_iter().map(|mut record| {
            comparison.compare(&mut record, inputs)?;
            unsure.add(&record, inputs);
            sources[record.place.input].records += 1;
            planned(record, inputs, &block)
        });
        let planned: io::Result<Vec<PlannedRecord>> = planned.collect();
        ledger.plan(run.id, &planned.map_err(reading::changed)?)?;
        Ok(())
    })?;
    ledger.plan_is_complete(run.id)?;
    seen.notes.merge(&comparison.added);
    Ok(Viewed {
        sources,
        seen,
        extent: unsure.extent(),
    })
}

/// The bytes of some records that follow each other in a file, read at once.
#[derive(Default)]
struct Block {
    start: u64,
    bytes: Vec<u8>,
}

impl Block {
    /// Empty where they are too large to be held together; then each is read by itself.
    fn of(records: &[Record], sources: &[Input]) -> io::Result<Block> {
        let places = || records.iter().map(|record| &record.place);
        let (Some(first), Some(last)) = (places().next(), places().next_back()) else {
            return Ok(Block::default());
        };
        let span = first.span.start..last.span.end;
        Ok(Block {
            start: span.start,
            bytes: Bytes::InFile(&sources[first.input].file, span).read(4 * KEPT)?,
        })
    }

    /// The bytes of one of the records, unless there are more than `most`.
    fn bytes(&self, file: &File, span: Range<u64>, most: u64) -> io::Result<Vec<u8>> {
        let [start, end] = [span.start, span.end].map(|at| (at - self.start) as usize);
        match self.bytes.get(start..end) {
            Some(bytes) if span.end - span.start <= most => Ok(bytes.to_vec()),
            _ => Bytes::InFile(file, span).read(most),
        }
    }
}

fn planned(record: Record, sources: &[Input], block: &Block) -> io::Result<PlannedRecord> {
    let place = record.place;
    let source = &sources[place.input];
    let kept = if source.is_copy { u64::MAX } else { KEPT };
    if let Verdict::Invalid(problems) = &record.verdict
        && let Some(first) = problems.first()
        && Outcome::of_code(&first.code) == Outcome::Invalid
    {
        log::invalid(&source.name, place.line, problems);
    }
    Ok(PlannedRecord {
        source: u32::try_from(place.input).expect("they are few"),
        line: place.line,
        number: place.number,
        span: (place.span.start, place.span.end),
        raw: block.bytes(&source.file, place.span, kept)?,
        name: record.name.into(),
        notes_json: record.notes_json,
        mended_from: record.mends,
        key: match &record.verdict {
            Verdict::Valid { likeness, .. } | Verdict::Duplicate { likeness, .. } => likeness.key,
            Verdict::Invalid(_) => record.key,
        },
        verdict: verdict(record.verdict),
    })
}

fn verdict(verdict: Verdict) -> CheckVerdict {
    match verdict {
        Verdict::Valid { likeness, payload } => CheckVerdict::Valid(ValidRecord {
            payload,
            identity: likeness.identity,
            person_keys: likeness.persons,
        }),
        Verdict::Duplicate { how, .. } => CheckVerdict::Duplicate(how.to_json()),
        Verdict::Invalid(problems) => {
            let text = |part: fn(&RecordProblem) -> &str| problems.first().map_or("", part);
            CheckVerdict::Invalid(InvalidRecord {
                problems_json: json::problems(&problems),
                code: text(|first| &first.code).to_owned(),
                field: text(|first| &first.field).to_owned(),
                message: message::joined(problems.iter().map(RecordProblem::message)),
            })
        }
    }
}

/// Looks for records that may stand for a contact by a key that can't be read: then it is not known what has left the source.
struct Unsure {
    key: Vec<String>,
    first: Option<String>,
    /// Whether each input has rejects of an earlier run.
    rejects: Vec<bool>,
}

impl Unsure {
    fn of(opened: &Opened) -> Unsure {
        // Lines outside of cards may be what is left of one.
        let cards = opened.inputs.iter();
        let mut cards = cards.filter(|input| matches!(input.reject, RejectSource::Vcard));
        let damaged = cards.find(|input| !input.warnings.is_empty());
        Unsure {
            key: opened.spec.key.clone(),
            first: damaged.map(|input| input.name.clone()),
            rejects: vec![false; opened.inputs.len()],
        }
    }

    fn add(&mut self, record: &Record, sources: &[Input]) {
        self.rejects[record.place.input] |= record.mends.is_some();
        if self.first.is_none() && !self.key.is_empty() && self.is_unsure(record) {
            let place = &record.place;
            self.first = Some(format!("{}:{}", sources[place.input].name, place.line));
        }
    }

    fn extent(self) -> Extent {
        match self.first {
            _ if self.rejects.iter().all(|has_rejects| *has_rejects) => Extent::Rejects,
            Some(place) => Extent::Unsure(place),
            None => Extent::Whole,
        }
    }

    fn is_unsure(&self, record: &Record) -> bool {
        let is_key = |field: &str| {
            let property = field.split(['[', '.']).next().unwrap_or_default();
            self.key
                .iter()
                .any(|key| key.split('.').next() == Some(property))
        };
        match &record.verdict {
            Verdict::Invalid(problems) => {
                let is_skipped =
                    |problem: &RecordProblem| Outcome::of_code(&problem.code) == Outcome::Skipped;
                let is_unread = |problem: &RecordProblem| {
                    UNREAD.iter().any(|code| code.as_str() == problem.code)
                };
                !problems.iter().any(is_skipped)
                    && (record.key.is_none()
                        || problems
                            .iter()
                            .any(|one| is_unread(one) || is_key(&one.field)))
            }
            // What is no e-mail address is left out of a contact that has another one or a telephone.
            Verdict::Valid { .. } | Verdict::Duplicate { .. } => {
                let is_lost = |note: &RecordNote| note.kind == NoteKind::EmailInvalid;
                is_key("emails") && record.notes.iter().any(is_lost)
            }
        }
    }
}

/// Problems of records that were not read as they were meant.
const UNREAD: [Code; 7] = [
    Code::Encoding,
    Code::EncodingUncertain,
    Code::StrayQuote,
    Code::CutOff,
    Code::RecordTooLarge,
    Code::CardUnreadable,
    Code::RowTooLong,
];

fn source_info(input: &Input) -> io::Result<SourceInfo> {
    let (encoding, delimiter, header) = match &input.reject {
        RejectSource::Vcard => (String::new(), None, Vec::new()),
        RejectSource::Csv {
            header,
            dialect,
            encoding,
            ..
        } => (
            encoding.name().to_owned(),
            Some(dialect.delimiter),
            header.clone(),
        ),
    };
    Ok(SourceInfo {
        path: PathBuf::from(&input.name),
        read_as: input.read_as.clone(),
        encoding,
        delimiter,
        header,
        size: input.file.metadata()?.len(),
        warnings: input.warnings.clone(),
    })
}
