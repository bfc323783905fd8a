//! The transitions of a record, each one statement of what happened, applied in a transaction.

use std::time::Duration;

use jiff::Timestamp;

use super::record::{Altered, Candidate, RecordId, RunId};

/// No request takes longer than this from its start to its end.
pub(super) const LONGEST_ATTEMPT: Duration = Duration::from_secs(3600);

/// Something that happened while sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A request is about to leave. It must not leave unless this gave [`Applied::Attempt`].
    Attempt {
        /// For which record; it has to be `planned`.
        record: RecordId,
        /// The operation, whose rate limit the request counts against.
        operation: &'static str,
        at: Timestamp,
        /// The same by the service's clock, where that is known.
        service_at: Option<Timestamp>,
    },
    /// An attempt ended, with an answer or without.
    Answer {
        /// The record; it has to be `sending`.
        record: RecordId,
        /// The attempt, as [`Applied::Attempt`] named it.
        attempt: AttemptId,
        at: Timestamp,
        status: Option<u16>,
        code: Option<String>,
        /// The service's description, or what the network said.
        description: Option<String>,
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
        /// The operation, whose rate limit the request counts against.
        operation: &'static str,
        at: Timestamp,
        /// The same by the service's clock, where that is known.
        service_at: Option<Timestamp>,
    },
    /// A request that changes a contact ended.
    Changed {
        /// The record that has the contact.
        record: RecordId,
        /// The request, as [`Applied::Change`] named it.
        change: ChangeId,
        at: Timestamp,
        outcome: ChangeOutcome,
        status: Option<u16>,
        /// A code for scripts: the service's, or ours.
        code: Option<String>,
        description: Option<String>,
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

/// An attempt within its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AttemptId(pub(super) i64);

/// A request that changes a contact, within its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChangeId(pub(super) i64);

/// What came of a request that changes a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl ChangeOutcome {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            ChangeOutcome::Deleted => "deleted",
            ChangeOutcome::Gone => "gone",
            ChangeOutcome::Updated => "updated",
            ChangeOutcome::Rejected => "rejected",
            ChangeOutcome::Failed => "failed",
        }
    }
}

/// What the end of an attempt means for its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The contact exists. Refused with [`Applied::Owned`] if it belongs to another record.
    Created {
        contact_id: String,
        /// In what the answer shows another contact than was sent.
        altered: Vec<Altered>,
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
    /// The request may leave.
    Attempt {
        /// Names the attempt in its answer.
        id: AttemptId,
        /// Requests that left for this record, this one included.
        number: u32,
    },
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
    /// What is being done, for messages.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Step::Attempt { .. } => "recording an attempt",
            Step::Answer { .. } => "recording an answer",
            Step::Found { .. } => "recording a found contact",
            Step::NotFound { .. } => "recording a contact not found",
            Step::Unresolved { .. } => "recording an unresolved record",
            Step::Matched { .. } => "recording an existing contact",
            Step::Missing { .. } => "noting a contact that is not there any more",
            Step::Adopt { .. } => "adopting a contact",
            Step::Forget { .. } => "forgetting an adoption",
            Step::Change { .. } => "recording a change",
            Step::Changed { .. } => "recording the end of a change",
            Step::CutOff { .. } => "recording an interruption",
            Step::SeenBefore { .. } => "recording earlier contacts",
        }
    }

    /// The fail points before and after its commit.
    pub(super) fn points(&self) -> (&'static str, &'static str) {
        match self {
            Step::Attempt { .. } => ("attempt.before_commit", "attempt.after_commit"),
            Step::Answer { .. } => ("answer.before_commit", "answer.after_commit"),
            Step::Found { .. }
            | Step::NotFound { .. }
            | Step::Unresolved { .. }
            | Step::CutOff { .. } => ("resolve.before_commit", "resolve.after_commit"),
            Step::Matched { .. }
            | Step::Missing { .. }
            | Step::Adopt { .. }
            | Step::Forget { .. } => ("matched.before_commit", "matched.after_commit"),
            Step::Change { .. } => ("change.before_commit", "change.after_commit"),
            Step::Changed { .. } => ("changed.before_commit", "changed.after_commit"),
            Step::SeenBefore { .. } => ("baseline.before_commit", "baseline.after_commit"),
        }
    }
}
