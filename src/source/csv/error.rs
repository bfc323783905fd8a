//! Why a file can't be read as CSV.

use super::kind::FileKind;
use crate::source::encoding::{TextEncoding, Tie};
use std::io;

#[derive(Debug)]
pub enum OpenError {
    /// Nothing in it, or blank lines only.
    Empty,
    /// Another kind of file.
    NotCsv(FileKind),
    /// A delimiter that the caller gave and that can't be one.
    Delimiter(u8),
    /// Two encodings fit.
    Tie(Box<Tie>),
    /// None of the encodings that are recognised fits.
    Encoding {
        /// The first line beyond ASCII.
        line: u64,
        /// An encoding that may be meant.
        likely: TextEncoding,
    },
    /// No row looks like column names.
    NoHeader {
        /// The first line with content.
        line: u64,
    },
    Read(io::Error),
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}
