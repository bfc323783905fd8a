//! What can go wrong with a ledger, by what a person does about it.

use crate::lang::tr;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::store::StoreError;

/// A ledger that can't be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// Another process has it open (exit 75).
    #[error("{}", held(.path, *.process))]
    Held {
        path: PathBuf,
        /// The process that holds it, if it could be read.
        process: Option<u32>,
    },
    /// There is no ledger at this place, and this command does not make one.
    #[error("{}", tr!("ledger-missing", path = .path.display().to_string()))]
    Missing { path: PathBuf },
    /// The file or its folder can't be written: permissions, or a read-only disk.
    #[error("{}", tr!("ledger-not-writable", path = .path.display().to_string(), reason = .reason.as_str()))]
    NotWritable { path: PathBuf, reason: String },
    /// No space is left.
    #[error("{}", tr!("ledger-full", path = .path.display().to_string()))]
    Full { path: PathBuf },
    /// The disk failed, or lets the file grow no further, while something was read or written.
    #[error("{}", tr!("ledger-disk", path = .path.display().to_string(), doing = *.doing, reason = .reason.as_str()))]
    Disk {
        path: PathBuf,
        doing: &'static str,
        reason: String,
    },
    /// The file is something else.
    #[error("{}", tr!("ledger-not-one", path = .path.display().to_string()))]
    NotALedger { path: PathBuf },
    /// A later version of cardlift wrote it.
    #[error("{}", tr!("ledger-newer", path = .path.display().to_string(), found = .found.to_string(), known = .known.to_string()))]
    Newer {
        path: PathBuf,
        found: i32,
        /// The latest version that this program knows.
        known: i32,
    },
    /// The file is damaged.
    #[error("{}", tr!("ledger-damaged", path = .path.display().to_string(), reason = .reason.as_str()))]
    Damaged { path: PathBuf, reason: String },
    /// A record is not in the state that a step starts from: a mistake of this program, found before it does harm.
    #[error("`{}`: {step} does not fit the state of a record in the ledger; this is a bug in cardlift, please report it", path.display())]
    Inconsistent {
        path: PathBuf,
        /// The step that did not fit.
        step: &'static str,
    },
    /// Anything else that the operating system or SQLite said.
    #[error("`{}`: {doing} failed: {reason}", path.display())]
    Other {
        path: PathBuf,
        doing: &'static str,
        reason: String,
    },
}

impl LedgerError {
    /// Reads an error of the database as one of ours.
    pub(super) fn from_store(path: &Path, doing: &'static str, error: &StoreError) -> Self {
        let path = path.to_path_buf();
        let reason = error.to_string();
        let code = match error {
            StoreError::Misfit(_) => return LedgerError::Inconsistent { path, step: doing },
            StoreError::Sqlite(error) => error.sqlite_error_code(),
            StoreError::NoRow | StoreError::Value(_) => None,
        };
        match code {
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

fn held(path: &Path, process: Option<u32>) -> String {
    let path = path.display().to_string();
    match process {
        None => tr!("ledger-held", path = path),
        Some(id) => tr!("ledger-held-by", path = path, process = id.to_string()),
    }
}
