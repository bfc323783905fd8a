//! Why a file can't be read as CSV.

use super::kind::FileKind;
use crate::source::encoding::Tie;
use std::io;

/// Why [`open`](super::open()) gives up. The messages begin with the line, if there is one; the file's name is the caller's to
/// put before them.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Nothing in it, or blank lines only.
    #[error("the file is empty; export the address book again")]
    Empty,
    /// Another kind of file.
    #[error("this is {0}")]
    NotCsv(FileKind),
    /// A delimiter that the caller gave and that can't be one.
    #[error("`{}` can't separate cells; use `,`, `;`, `|` or a tab", .0.escape_ascii())]
    Delimiter(u8),
    /// The encoding can't be told.
    #[error(transparent)]
    Tie(#[from] TieError),
    /// No row looks like column names.
    #[error(
        "line {line}: no row of column names was found here or below; put one above the first record, such as `Name,Email,Phone`"
    )]
    NoHeader {
        /// The first line with content.
        line: u64,
    },
    /// The file could not be read.
    #[error("the file can't be read: {0}")]
    Read(#[from] io::Error),
}

/// Two encodings fit; see [`Tie`].
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct TieError(pub Box<Tie>);
