//! What can go wrong with a ledger, by what a person does about it.

use crate::lang::tr;
use crate::printable::plain;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::store::{Fault, StoreError};

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
    /// The server that has it can't be reached, or was not to be had again (exit 69).
    #[error("{}", tr!("ledger-unreachable", path = .path.display().to_string(), reason = .reason.as_str()))]
    Unreachable { path: PathBuf, reason: String },
    /// The server does not let this user in, or has no such database (exit 77).
    #[error("{}", tr!("ledger-refused", path = .path.display().to_string(), code = .code.as_str()))]
    Refused {
        path: PathBuf,
        /// Its SQLSTATE.
        code: String,
    },
    /// The user of the database lacks a right (exit 77).
    #[error("{}", tr!("ledger-forbidden", path = .path.display().to_string(), reason = .reason.as_str()))]
    Forbidden { path: PathBuf, reason: String },
    /// Another machine has its place (exit 75).
    #[error("{}", held_by(.path, .holder.as_deref()))]
    HeldBy {
        path: PathBuf,
        /// What its session is called.
        holder: Option<String>,
    },
    /// Another run has taken over after this one was cut off (exit 75).
    #[error("{}", tr!("ledger-displaced", path = .path.display().to_string()))]
    Displaced { path: PathBuf },
    /// A pooler gives the session's connection to others (exit 78).
    #[error("{}", tr!("ledger-pooled", path = .path.display().to_string()))]
    Pooled { path: PathBuf },
    /// The server does not keep what it confirms (exit 78).
    #[error("{}", tr!("ledger-unsafe", path = .path.display().to_string(), setting = *.setting))]
    Unsafe {
        path: PathBuf,
        setting: &'static str,
    },
    /// The server has lost what it had confirmed.
    #[error("{}", tr!("ledger-regressed", path = .path.display().to_string()))]
    Regressed { path: PathBuf },
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
            StoreError::Postgres(fault) => return LedgerError::from_fault(path, doing, fault),
            StoreError::Sqlite(error) => error.sqlite_error_code(),
            StoreError::NoRow | StoreError::Value(_) | StoreError::Differs(_) => None,
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

    fn from_fault(path: PathBuf, doing: &'static str, fault: &Fault) -> Self {
        match fault.clone() {
            Fault::Lost(reason) => LedgerError::Unreachable { path, reason },
            Fault::Refused(code) => LedgerError::Refused { path, code },
            Fault::Forbidden(reason) => LedgerError::Forbidden { path, reason },
            Fault::Held(holder) => LedgerError::HeldBy { path, holder },
            Fault::Displaced => LedgerError::Displaced { path },
            Fault::Pooled => LedgerError::Pooled { path },
            Fault::Unsafe(setting) => LedgerError::Unsafe { path, setting },
            Fault::Regressed => LedgerError::Regressed { path },
            Fault::Server(reason) => LedgerError::Other {
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

fn held_by(path: &Path, holder: Option<&str>) -> String {
    let path = path.display().to_string();
    match holder {
        None | Some("") => tr!("ledger-held-place", path = path),
        Some(holder) => tr!("ledger-held-place-by", path = path, holder = plain(holder)),
    }
}
