//! The files of a report: `results.csv`, `results.jsonl`, `rejects.*`, `summary.json` and `report.html`.
//!
//! Every record has one row, in input order; the counts of the summary add up to the records. [`Writer`] writes the rows of a
//! check, and those that [`run`] reads from the ledger.

mod example;
mod finding;
mod folder;
pub mod gone;
pub mod html;
pub mod json;
pub mod message;
mod outcome;
mod place;
mod rejects;
mod results;
pub mod run;
mod summary;
mod writer;

pub use example::Example;
pub use finding::{RecordNote, RecordProblem, SHOWN_VALUE};
pub use folder::{ReportFolder, SetAside, make_file};
pub use html::Html;
pub use outcome::Outcome;
pub use place::{LONGEST, place, place_of_field};
pub use rejects::{Bytes, RejectSource, Rejects};
pub use results::{Results, Row};
pub use summary::{
    ADOPTED, Advice, CHANGED, CHECK, DIFFERS, KEY_NOT_UNIQUE, NoteCounts, SourceSummary, Summary,
    UPDATED, outcomes_said,
};
pub use writer::{Writer, Written};
