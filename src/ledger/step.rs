//! The transitions of a record, each one statement of what happened, applied in a transaction.

use std::time::Duration;

use jiff::Timestamp;

use super::store::{Result, Store};
use crate::api::compare::Difference;

/// No request takes longer than this from its start to its end.
pub(super) const LONGEST_ATTEMPT: Duration = Duration::from_secs(3600);

/// Something that happened to a record, or is about to. The functions that make one say from which state of its record it starts; in
/// any other it is [`Inconsistent`](super::ErrorKind::Inconsistent) and changes nothing.
pub struct Step {
    /// What is being done, for messages.
    pub(super) doing: &'static str,
    /// The [`failpoint`](crate::failpoint) of its commit.
    pub(super) point: &'static str,
    /// Applies it to the tables; more than once where a connection is lost.
    pub(super) apply: Box<Apply>,
}

type Apply = dyn Fn(&Store) -> Result<Applied> + Send;

impl Step {
    pub(super) fn new(
        doing: &'static str,
        point: &'static str,
        apply: impl Fn(&Store) -> Result<Applied> + Send + 'static,
    ) -> Step {
        let apply = Box::new(apply);
        Step {
            doing,
            point,
            apply,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestStart {
    /// The operation, whose rate limit the request counts against.
    pub operation: &'static str,
    pub at: Timestamp,
    /// The same by the service's clock, where that is known.
    pub service_at: Option<Timestamp>,
}

impl RequestStart {
    pub fn now(operation: &'static str, service_at: Option<Timestamp>) -> RequestStart {
        RequestStart {
            operation,
            at: Timestamp::now(),
            service_at,
        }
    }

    /// Both times as they are written.
    pub(super) fn times(&self, store: &Store) -> (i64, Option<i64>) {
        let service_at = self.service_at.map(Timestamp::as_microsecond);
        (store.time(self.at), service_at)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestEnd {
    pub at: Timestamp,
    pub status: Option<u16>,
    /// A code for scripts: the service's, or ours.
    pub code: Option<String>,
    /// The service's description, or what the network said.
    pub description: Option<String>,
}

impl RequestEnd {
    pub fn now(
        status: Option<u16>,
        code: Option<String>,
        description: Option<String>,
    ) -> RequestEnd {
        RequestEnd {
            at: Timestamp::now(),
            status,
            code,
            description,
        }
    }
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
