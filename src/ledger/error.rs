//! What can go wrong with a ledger, by what a person does about it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// A ledger that can't be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// Another process has it open (exit 75).
    #[error("`{}`: another run{} holds this ledger; wait until it is done. Only other contacts may go with another ledger (--ledger): each knows only what it has created itself", path.display(), by(*.process))]
    Held {
        /// The ledger.
        path: PathBuf,
        /// The process that holds it, if it could be read.
        process: Option<u32>,
    },
    /// There is no ledger at this place, and this command does not make one.
    #[error("`{}`: there is no ledger yet; it is made by the first `cardlift import`", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file or its folder can't be written: permissions, or a read-only disk.
    #[error("`{}`: the ledger can't be written ({reason}); without it nothing is sent. Make this place writable; if nothing was imported with this ledger yet, name another one with --ledger", path.display())]
    NotWritable {
        /// The ledger.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
    },
    /// No space is left.
    #[error("`{}`: no space is left on this disk for the ledger; make room and run the same command again: it goes on where it stopped", path.display())]
    Full {
        /// The ledger.
        path: PathBuf,
    },
    /// The disk failed, or lets the file grow no further, while something was read or written.
    #[error("`{}`: {doing} failed ({reason}); nothing more is sent. When the disk is in order again, run the same command: it goes on where it stopped", path.display())]
    Disk {
        /// The ledger.
        path: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// What SQLite said.
        reason: String,
    },
    /// The file is something else.
    #[error("`{}`: this file is not a ledger of cardlift; name another one with --ledger", path.display())]
    NotALedger {
        /// The file.
        path: PathBuf,
    },
    /// A later version of cardlift wrote it.
    #[error("`{}`: this ledger has version {found}, and this cardlift knows versions up to {known}; use the newer cardlift that wrote it", path.display())]
    Newer {
        /// The ledger.
        path: PathBuf,
        /// Its version.
        found: i32,
        /// The latest version that this program knows.
        known: i32,
    },
    /// The file is damaged.
    #[error("`{}`: the ledger is damaged ({reason}); restore it from a backup, with its `-wal` file. What was created since that backup would be created again", path.display())]
    Damaged {
        /// The ledger.
        path: PathBuf,
        /// What SQLite said.
        reason: String,
    },
    /// A record is not in the state that a step starts from: a mistake of this program, found before it does harm.
    #[error("`{}`: {step} does not fit the state of a record in the ledger; this is a bug of cardlift, please report it", path.display())]
    Inconsistent {
        /// The ledger.
        path: PathBuf,
        /// The step that did not fit.
        step: &'static str,
    },
    /// Anything else that the operating system or SQLite said.
    #[error("`{}`: {doing} failed: {reason}", path.display())]
    Other {
        /// The ledger.
        path: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// What was said.
        reason: String,
    },
}

impl LedgerError {
    /// Reads an error of SQLite as one of ours.
    pub(super) fn from_sqlite(path: &Path, doing: &'static str, error: &rusqlite::Error) -> Self {
        let path = path.to_path_buf();
        let reason = error.to_string();
        if matches!(error, rusqlite::Error::StatementChangedRows(_)) {
            return LedgerError::Inconsistent { path, step: doing };
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => LedgerError::Full { path },
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                LedgerError::NotWritable { path, reason }
            }
            Some(ErrorCode::SystemIoFailure) => LedgerError::Disk {
                path,
                doing,
                reason,
            },
            Some(ErrorCode::NotADatabase) => LedgerError::NotALedger { path },
            Some(ErrorCode::DatabaseCorrupt) => LedgerError::Damaged { path, reason },
            _ => LedgerError::Other {
                path,
                doing,
                reason,
            },
        }
    }

    /// Reads an error of the file system as one of ours.
    pub(super) fn from_io(path: &Path, doing: &'static str, error: &io::Error) -> Self {
        let path = path.to_path_buf();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => LedgerError::Full { path },
            io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::AlreadyExists
            | io::ErrorKind::NotFound => LedgerError::NotWritable {
                path,
                reason: error.to_string(),
            },
            _ => LedgerError::Other {
                path,
                doing,
                reason: error.to_string(),
            },
        }
    }
}

fn by(process: Option<u32>) -> String {
    process.map_or_else(String::new, |id| format!(" (process {id})"))
}
