//! The outcome of a record.

use crate::contact::Code;
use serde::Serialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It passed a check.
    Valid,
    /// Its contact was created by this run.
    Created,
    /// Its contact was there already: created by an earlier run, or found in the service.
    Exists,
    /// It repeats another record of this input.
    Duplicate,
    /// It breaks a rule of the service, and was not sent.
    Invalid,
    /// It is no contact, such as a group card, and was not sent.
    Skipped,
    /// The service refused it.
    Rejected,
    /// It was certainly not created; the attempts ran out.
    Failed,
    /// It may have been created; that could not be found out yet.
    Unknown,
    /// The run ended before it was its turn.
    NotAttempted,
}

impl Outcome {
    /// In the order in which summaries list them.
    pub const ALL: [Outcome; 10] = [
        Outcome::Valid,
        Outcome::Created,
        Outcome::Exists,
        Outcome::Duplicate,
        Outcome::Invalid,
        Outcome::Skipped,
        Outcome::Rejected,
        Outcome::Failed,
        Outcome::Unknown,
        Outcome::NotAttempted,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Valid => "valid",
            Outcome::Created => "created",
            Outcome::Exists => "exists",
            Outcome::Duplicate => "duplicate",
            Outcome::Invalid => "invalid",
            Outcome::Skipped => "skipped",
            Outcome::Rejected => "rejected",
            Outcome::Failed => "failed",
            Outcome::Unknown => "unknown",
            Outcome::NotAttempted => "not_attempted",
        }
    }

    /// The outcome of a record with problems, of which the first has this code.
    pub fn of_code(code: &str) -> Outcome {
        match Code::named(code).is_some_and(Code::is_skip) {
            true => Outcome::Skipped,
            false => Outcome::Invalid,
        }
    }

    /// Whether the source record goes into the rejects: it needs mending, or sending once more.
    pub fn is_reject(self) -> bool {
        matches!(self, Outcome::Invalid | Outcome::Rejected | Outcome::Failed)
    }
}
