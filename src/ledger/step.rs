//! The transitions of a record, each one statement of what happened, applied in a transaction.

use std::time::Duration;

use jiff::Timestamp;

use super::record::{Candidate, RecordId, RunId};
use super::store::Store;
use crate::api::compare::Difference;

/// No request takes longer than this from its start to its end.
pub(super) const LONGEST_ATTEMPT: Duration = Duration::from_secs(3600);

/// Something that happened while sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A request is about to leave. It must not leave unless this gave [`Applied::Attempt`].
    Attempt {
        /// For which record; it has to be `planned`.
        record: RecordId,
        start: RequestStart,
    },
    /// An attempt ended, with an answer or without.
    Answer {
        /// The record; it has to be `sending`.
        record: RecordId,
        /// The attempt, as [`Applied::Attempt`] named it.
        attempt: AttemptId,
        end: RequestEnd,
        outcome: Outcome,
    },
    /// The contact of an unknown record was found in the service.
    Found {
        /// The record; it has to be `unknown`.
        record: RecordId,
        /// Its contact. Refused with [`Applied::Owned`] if it belongs to another record.
        contact_id: String,
    },
    /// The contact of an unknown record is not in the service and can't appear there any more.
    NotFound {
        /// The record; it has to be `unknown`.
        record: RecordId,
        /// Its attempts have run out: `failed` instead of `planned`.
        give_up: bool,
    },
    /// The contact of an unknown record could not be told: it stays `unknown`, until a person decides or a later look finds
    /// more.
    Unresolved {
        /// The record; it has to be `unknown`.
        record: RecordId,
        code: &'static str,
        message: String,
        candidates: Vec<Candidate>,
    },
    /// A record's contact was found in the service, where somebody else has made it: the record is `exists`.
    Matched {
        /// The record; it has to be `planned`, or `exists` because its contact was found before.
        record: RecordId,
        /// `None` if several contacts may be the record's: then nothing is known of it by the next run.
        contact_id: Option<String>,
        /// What there is to say of it, for scripts.
        code: Option<&'static str>,
        message: String,
    },
    /// A contact that was found before is not in the service any more: the record is `planned`.
    Missing {
        /// The record; it has to be `exists` because its contact was found before.
        record: RecordId,
    },
    /// From now on the contact that was found for a record is treated as if it had been created for it. Refused with
    /// [`Applied::Owned`] if it belongs to another record.
    Adopt {
        /// The record; it has to be `exists` because its contact was found.
        record: RecordId,
        at: Timestamp,
        /// What there is to say of it, for scripts.
        code: String,
        message: String,
    },
    /// An adoption is taken back: the ledger knows nothing of the contact any more.
    Forget {
        /// The record that has adopted it.
        record: RecordId,
        at: Timestamp,
    },
    /// A request that changes a contact is about to leave.
    Change {
        /// The record that has the contact.
        record: RecordId,
        contact_id: String,
        start: RequestStart,
    },
    /// A request that changes a contact ended.
    Changed {
        /// The record that has the contact.
        record: RecordId,
        /// The request, as [`Applied::Change`] named it.
        change: ChangeId,
        end: RequestEnd,
        outcome: ChangeOutcome,
        /// `modifiedTime` of the contact in the answer.
        modified: Option<Timestamp>,
    },
    /// Sending stopped at once: what is `sending` in this run becomes `unknown`.
    CutOff { run: RunId, at: Timestamp },
    /// Contacts that were in the service before the first attempt of a run: none of them can be its work.
    SeenBefore {
        run: RunId,
        contact_ids: Vec<String>,
    },
}

/// How a request begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestStart {
    /// The operation, whose rate limit the request counts against.
    pub operation: &'static str,
    pub at: Timestamp,
    /// The same by the service's clock, where that is known.
    pub service_at: Option<Timestamp>,
}

impl RequestStart {
    /// Both times as they are written.
    pub(super) fn times(&self, store: &Store) -> (i64, Option<i64>) {
        let service_at = self.service_at.map(Timestamp::as_microsecond);
        (store.time(self.at), service_at)
    }
}

/// How a request ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestEnd {
    pub at: Timestamp,
    pub status: Option<u16>,
    /// A code for scripts: the service's, or ours.
    pub code: Option<String>,
    /// The service's description, or what the network said.
    pub description: Option<String>,
}

/// An attempt within its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AttemptId(pub(super) i64);

/// A request that changes a contact, within its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChangeId(pub(super) i64);

/// What came of a request that changes a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum ChangeOutcome {
    /// The contact is deleted; from now on its identity is not "already there" any more.
    Deleted,
    /// There was no such contact any more: the same follows for what was to be deleted; what was to be updated is `rejected`.
    Gone,
    /// The contact has the record's content now, and is known by it.
    Updated,
    /// The service refuses the change: the record is `rejected`.
    Rejected,
    /// Nothing came of it, and it is given up: an update's record is `failed`.
    Failed,
}

/// What the end of an attempt means for its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The contact exists. Refused with [`Applied::Owned`] if it belongs to another record.
    Created {
        contact_id: String,
        /// In what the answer shows another contact than was sent.
        altered: Vec<Difference>,
        /// `modifiedTime` in the answer, where it is not the time of the creation.
        modified: Option<Timestamp>,
    },
    /// Nothing was created, and it may be sent again.
    NotCreated,
    /// Nothing was created, and the attempts have run out.
    GaveUp,
    /// The service refuses this contact.
    Rejected,
    /// It may have been created.
    Unknown,
}

/// What a step came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// The request may leave; its answer names the attempt.
    Attempt(AttemptId),
    /// The request must not leave: the contact was created in the meantime. The record is `exists` now.
    Exists { contact_id: String },
    /// The request must not leave: another record of the same identity is not resolved. The record is `held` now.
    Held,
    /// The contact belongs to another record. Nothing was changed.
    Owned,
    /// The request that changes a contact may leave.
    Change(ChangeId),
    /// Done.
    Done,
}

impl Step {
    /// What is being done, for messages, and the [`failpoint`](crate::failpoint) of its commit.
    pub(super) fn name(&self) -> (&'static str, &'static str) {
        match self {
            Step::Attempt { .. } => ("recording an attempt", "attempt"),
            Step::Answer { .. } => ("recording an answer", "answer"),
            Step::Found { .. } => ("recording a found contact", "resolve"),
            Step::NotFound { .. } => ("recording a contact not found", "resolve"),
            Step::Unresolved { .. } => ("recording an unresolved record", "resolve"),
            Step::Matched { .. } => ("recording an existing contact", "matched"),
            Step::Missing { .. } => ("noting a contact that is not there any more", "matched"),
            Step::Adopt { .. } => ("adopting a contact", "matched"),
            Step::Forget { .. } => ("forgetting an adoption", "matched"),
            Step::Change { .. } => ("recording a change", "change"),
            Step::Changed { .. } => ("recording the end of a change", "changed"),
            Step::CutOff { .. } => ("recording an interruption", "resolve"),
            Step::SeenBefore { .. } => ("recording earlier contacts", "baseline"),
        }
    }
}
