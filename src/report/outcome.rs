//! The outcome of a record.

use crate::contact::Code;
use crate::lang::tr;
use crate::names::named;
use serde::Serialize;

named! {
    /// The outcomes, in the order in which summaries list them.
    #[derive(Hash, Serialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Outcome {
        /// It passed a check.
        Valid = "valid",
        /// Its contact was created by this run.
        Created = "created",
        /// Its contact was there already: created by an earlier run, or found in the service.
        Exists = "exists",
        /// It repeats another record of this input.
        Duplicate = "duplicate",
        /// It breaks a rule of the service, and was not sent.
        Invalid = "invalid",
        /// It is no contact, such as a group card, and was not sent.
        Skipped = "skipped",
        /// The service refused it.
        Rejected = "rejected",
        /// It was certainly not created; the attempts ran out.
        Failed = "failed",
        /// It may have been created; that could not be found out yet.
        Unknown = "unknown",
        /// The run ended before it was its turn.
        NotAttempted = "not_attempted",
    }
}

impl Outcome {
    /// `58 created`
    pub fn counted(self, count: u64) -> String {
        tr!(&format!("outcome-{}", self.as_str()), count)
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
