//! CSV: how a file is opened, and how it becomes records.
//!
//! [`open()`] finds out the encoding, the delimiter, the lines above the header, and the header. A [`Cutter`] then fills
//! [`Chunk`]s with records, and [`rows()`] gives the cells. Each record has its line, its number and its bytes in the file,
//! whatever the encoding.
//!
//! The records are those of the csv crate, without those whose cells are all blank. What is wrong with a record as such is a
//! [`Flaw`] of it, never an error. This module knows nothing of contacts.

mod cells;
mod chunk;
mod cutter;
mod header;
mod kind;
mod lines;
mod open;

pub use cells::{Dialect, RecordCell, record_cells, written_cells};
pub use chunk::{Chunk, Flaw, Row, rows};
pub use cutter::{Cutter, Layout, RowNumbers};
pub use header::{KnownHeader, familiar_header};
pub use kind::{FileKind, not_csv};
pub(crate) use lines::line_breaks;
pub use open::{Header, OpenError, Opened, Options, open};

#[cfg(test)]
mod cases;
#[cfg(test)]
mod laws;
