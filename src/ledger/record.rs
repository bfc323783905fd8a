//! Records as the ledger takes and gives them.

use jiff::Timestamp;
use strum::{EnumCount as _, VariantArray as _};

pub use crate::plan::Hash;

/// A run within its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(pub(super) i64);

impl RunId {
    /// The first and the last id that a record of this run can have.
    pub(super) fn range(self) -> [i64; 2] {
        [0, u32::MAX].map(|seq| RecordId::new(self.0, seq).0)
    }
}

/// A record of one run. Within a run they order as the input does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub(super) i64);

impl RecordId {
    pub(super) fn new(run: i64, seq: u32) -> Self {
        RecordId(run << 32 | i64::from(seq))
    }

    /// The number of the record in its run's input, over all sources: from 1.
    pub fn seq(self) -> u32 {
        // The low half is the number, so nothing is cut off.
        (self.0 & 0xffff_ffff) as u32
    }

    pub(super) fn run(self) -> RunId {
        RunId(self.0 >> 32)
    }
}

/// A record that was read and checked, on its way into the ledger.
#[derive(Debug, Clone)]
pub struct PlannedRecord {
    /// Which source of the run, as numbered by [`add_source`](super::Ledger::add_source).
    pub source: u32,
    /// The line on which it starts, from 1.
    pub line: u64,
    /// Its number within its file, from 1.
    pub number: u64,
    /// Where it starts and ends in its file, in bytes.
    pub span: (u64, u64),
    /// Its bytes, for the rejects.
    pub raw: Vec<u8>,
    /// Its name, for people; may be empty.
    pub name: String,
    /// Its notes, as a JSON array; empty for none.
    pub notes_json: String,
    /// The record of an earlier run that this one mends, if its file says so.
    pub mended_from: Option<(String, u32)>,
    /// Stands for the fields that `[mapping] key` names: the source has them still, whatever the verdict.
    pub key: Option<Hash>,
    pub verdict: CheckVerdict,
}

/// What the check made of a record.
#[derive(Debug, Clone)]
pub enum CheckVerdict {
    /// It may be sent.
    Valid(ValidRecord),
    /// It breaks a rule.
    Invalid(InvalidRecord),
    /// It repeats an earlier record of the same input: how, for people.
    Duplicate(String),
}

#[derive(Debug, Clone)]
pub struct ValidRecord {
    pub payload: String,
    /// Stands for the contact as it would be sent.
    pub identity: Hash,
    /// Stand for the person: the name with one e-mail or telephone each.
    pub person_keys: Vec<Hash>,
}

#[derive(Debug, Clone)]
pub struct InvalidRecord {
    /// All its problems, as a JSON array.
    pub problems_json: String,
    /// The code of the first.
    pub code: String,
    /// The field of the first.
    pub field: String,
    /// All of them, for people.
    pub message: String,
}

/// What is known of a record's fate.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    strum::EnumCount,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum State {
    /// To be sent; after the run: not created. Attempts it may have had are known to have created nothing.
    #[default]
    Planned,
    /// An earlier run left the same contact unknown: it waits for that to be resolved and is not sent before.
    Held,
    /// A request is on its way.
    Sending,
    /// Created, and its id is known.
    Created,
    /// Refused by the service.
    Rejected,
    /// Certainly not created; the attempts ran out.
    Failed,
    /// It may have been created.
    Unknown,
    /// Breaks a rule; never sent.
    Invalid,
    /// Repeats a record of the same input; never sent.
    Duplicate,
    /// Was created before; never sent.
    Exists,
}

impl State {
    /// Whether the contact may be in the service without our knowing its id (`unknown` in a report).
    pub fn is_open(self) -> bool {
        matches!(self, State::Held | State::Sending | State::Unknown)
    }
}

/// A record of the ledger with all that a report says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    pub id: RecordId,
    /// Which source of its run.
    pub source: u32,
    /// The line on which it starts.
    pub line: u64,
    /// Its number within its file.
    pub number: u64,
    /// Where it starts and ends in its file.
    pub span: (u64, u64),
    /// Its name, for people.
    pub name: String,
    pub state: State,
    /// Stands for the contact as it would be sent.
    pub identity: Option<Hash>,
    /// Requests that left for it.
    pub attempts: u32,
    /// The contact in the service: `created` and `exists`.
    pub contact_id: Option<String>,
    /// The code of its first problem, or the service's.
    pub code: Option<String>,
    /// The field of its first problem.
    pub field: Option<String>,
    /// What there is to say, for people.
    pub message: Option<String>,
    /// The run (its readable id) and record in which the contact was created or left unknown: `exists` and `held`.
    pub origin: Option<(String, u32)>,
    /// Whether somebody else made its contact, and if so, whether that was adopted.
    pub foreign: Option<Foreign>,
    /// `exists` by its key or person, but with other content.
    pub changed: bool,
    /// Whether `[mapping] key` identifies it.
    pub keyed: bool,
    /// When its contact was deleted again.
    pub undone: Option<Timestamp>,
    /// The record of an earlier run that this one mends.
    pub mended_from: Option<(String, u32)>,
    /// The request body; not kept for what was never to be sent.
    pub payload: Option<String>,
    /// The record's bytes; not kept for `exists`.
    pub raw: Option<Vec<u8>>,
    /// Its problems, as a JSON array.
    pub problems_json: Option<String>,
    /// Its notes, as a JSON array.
    pub notes_json: Option<String>,
}

/// A contact that somebody else made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// It was found, and is left as it is.
    Found,
    /// It is treated as if it had been created for the record.
    Adopted,
}

/// A record that may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    pub id: RecordId,
    pub payload: String,
}

/// A record that is compared with the contacts of the service before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToMatch {
    pub record: RecordId,
    pub payload: String,
    /// The contact that an earlier run has found for it.
    pub before: Option<String>,
}

/// A record of which it is not known whether it was created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Which record, of whichever run.
    pub id: RecordId,
    /// The request body that may have become a contact.
    pub payload: String,
    /// When the first attempt left that may have created it, by the service's clock where that was known.
    pub since: Timestamp,
    /// When the last such attempt ended, by the same clock; an hour after it left at the latest.
    pub ended: Timestamp,
    /// Whether the service's clock was known for all of these attempts.
    pub is_timed: bool,
    /// Attempts of the run that may have created it.
    pub unknown_attempts: u32,
    /// The run whose list of contacts seen before ([`Ledger::seen_before`](super::Ledger::seen_before)) tells what
    /// can't be this record's: that of the first such attempt.
    pub run: RunId,
}

/// The code of an unknown record to which a contact is similar that is not the same.
pub const LOOKALIKE: &str = "LOOKALIKE";
/// The code of an unknown record of which the service does not show whether it was created.
pub const LOOKUP_INCOMPLETE: &str = "LOOKUP_INCOMPLETE";

/// The code of a record whose key several contacts of the service have.
pub const KEY_NOT_UNIQUE: &str = "KEY_NOT_UNIQUE";

/// A contact that may be an unknown record's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub contact_id: String,
    /// The properties in which it differs from the record, for people.
    pub differs: String,
}

/// How many records of a run are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    by_state: [u64; State::COUNT],
    /// `exists` whose content has changed.
    pub changed: u64,
    /// `invalid` that are no contacts, such as group cards.
    pub skipped: u64,
}

impl Counts {
    pub fn of(&self, state: State) -> u64 {
        self.by_state[state as usize]
    }

    pub fn total(&self) -> u64 {
        self.by_state.iter().sum()
    }

    /// Records that may exist in the service without our knowing.
    pub fn open(&self) -> u64 {
        let states = State::VARIANTS.iter();
        let open = states.filter(|state| state.is_open());
        open.map(|state| self.of(*state)).sum()
    }

    pub(super) fn add(&mut self, state: State, count: u64) {
        self.by_state[state as usize] += count;
    }
}
