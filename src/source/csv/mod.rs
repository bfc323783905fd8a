//! CSV: how a file is opened, and how it becomes records.
//!
//! [`open()`] settles what a file is by evidence: its encoding, its delimiter, the lines above its header, the header. Its
//! [`Cutter`] then cuts the file into [`Chunk`]s of whole records in bounded memory, fast enough to feed several workers, and
//! [`rows()`] splits a chunk into cells without copying them. Every record knows its line, its number and its exact bytes in the
//! file, whatever the encoding.
//!
//! Records are those of the csv crate's reader; the tests hold this module to it. What can be wrong with a record as such is a
//! [`Flaw`] of it, never an error. This module knows nothing of contacts.

mod chunk;
mod cutter;
mod error;
mod header;
mod hits;
mod kind;
mod open;
mod oversize;
mod quoted;
mod record;
mod rows;
mod scan;

pub use chunk::{Chunk, Flaw};
pub use cutter::Cutter;
pub use error::{OpenError, TieError};
pub use header::KnownHeader;
pub use kind::FileKind;
pub use open::{Duplicate, Header, Opened, Options, open};
pub use record::{RecordCell, cells_of_record, record_cells};
pub use rows::{Row, Rows, rows};

#[cfg(test)]
mod cases;
#[cfg(test)]
mod laws;
