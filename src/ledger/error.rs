//! What can go wrong with a ledger, by what a person does about it.

use std::io;
use std::path::{Path, PathBuf};

use postgres::error::SqlState;
use rusqlite::ErrorCode;

use crate::lang::tr;
use crate::printable::plain;

/// A ledger that can't be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[error("{}", kind.text(path, doing))]
pub struct LedgerError {
    pub(super) path: PathBuf,
    pub(super) doing: &'static str,
    pub kind: ErrorKind,
}

/// What the parts of the ledger give.
pub(super) type Result<T, E = ErrorKind> = std::result::Result<T, E>;

/// Why it can't. No text says anything of a server's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorKind {
    /// Another process has it open (exit 75): this one, if it could be read.
    Held(Option<u32>),
    /// There is no ledger at this place, and this command does not make one.
    Missing,
    /// The file or its folder can't be written: permissions, or a read-only disk.
    NotWritable(String),
    /// No space is left.
    Full,
    /// The disk failed, or lets the file grow no further, while something was read or written.
    Disk(String),
    /// The file is something else.
    NotALedger,
    /// A later version of cardlift wrote it: its tables have a version that is later than the last one known here.
    Newer { found: i32, known: i32 },
    /// The file is damaged.
    Damaged(String),
    /// A record is not in the state that a step starts from: a mistake of this program, found before it does harm.
    Inconsistent,
    /// The server that has it can't be reached, or was not to be had again (exit 69).
    Unreachable(String),
    /// The server does not let this user in, or has no such database (exit 77): its SQLSTATE.
    Refused(String),
    /// The user of the database lacks a right (exit 77).
    Forbidden(String),
    /// Another machine has its place (exit 75): what its session is called.
    HeldBy(Option<String>),
    /// Another run has taken over after this one was cut off (exit 75).
    Displaced,
    /// A pooler gives the session's connection to others (exit 78).
    Pooled,
    /// The server confirms commits that a power failure would take back, with this setting off (exit 78).
    Unsafe(&'static str),
    /// The server has lost what it had confirmed.
    Regressed,
    /// Anything else that the operating system or the database said.
    Other(String),
}

impl ErrorKind {
    fn text(&self, path: &Path, doing: &str) -> String {
        let path = path.display().to_string();
        let (key, reason) = match self {
            ErrorKind::Held(None) => ("ledger-held", String::new()),
            ErrorKind::Held(Some(id)) => ("ledger-held-by", id.to_string()),
            ErrorKind::Missing => ("ledger-missing", String::new()),
            ErrorKind::NotWritable(reason) => ("ledger-not-writable", reason.clone()),
            ErrorKind::Full => ("ledger-full", String::new()),
            ErrorKind::Disk(reason) => ("ledger-disk", reason.clone()),
            ErrorKind::NotALedger => ("ledger-not-one", String::new()),
            ErrorKind::Newer { found, .. } => ("ledger-newer", found.to_string()),
            ErrorKind::Damaged(reason) => ("ledger-damaged", reason.clone()),
            ErrorKind::Inconsistent => {
                return format!(
                    "`{path}`: {doing} does not fit the state of a record in the ledger; this is a bug in cardlift, please report it"
                );
            }
            ErrorKind::Unreachable(reason) => ("ledger-unreachable", reason.clone()),
            ErrorKind::Refused(code) => ("ledger-refused", code.clone()),
            ErrorKind::Forbidden(reason) => ("ledger-forbidden", reason.clone()),
            ErrorKind::HeldBy(holder) => match holder.as_deref().unwrap_or_default() {
                "" => ("ledger-held-place", String::new()),
                holder => ("ledger-held-place-by", plain(holder)),
            },
            ErrorKind::Displaced => ("ledger-displaced", String::new()),
            ErrorKind::Pooled => ("ledger-pooled", String::new()),
            ErrorKind::Unsafe(setting) => ("ledger-unsafe", (*setting).to_owned()),
            ErrorKind::Regressed => ("ledger-regressed", String::new()),
            ErrorKind::Other(reason) => return format!("`{path}`: {doing} failed: {reason}"),
        };
        let known = match self {
            ErrorKind::Newer { known, .. } => known.to_string(),
            _ => String::new(),
        };
        tr!(key, path, doing, reason, known)
    }
}

impl From<rusqlite::Error> for ErrorKind {
    fn from(error: rusqlite::Error) -> Self {
        let reason = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => ErrorKind::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                ErrorKind::NotWritable(reason)
            }
            Some(ErrorCode::SystemIoFailure) => ErrorKind::Disk(reason),
            Some(ErrorCode::NotADatabase) => ErrorKind::NotALedger,
            Some(ErrorCode::DatabaseCorrupt) => ErrorKind::Damaged(reason),
            _ => ErrorKind::Other(reason),
        }
    }
}

impl From<postgres::Error> for ErrorKind {
    fn from(error: postgres::Error) -> Self {
        let Some(said) = error.as_db_error() else {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            return ErrorKind::Unreachable(cause.unwrap_or_else(|| error.to_string()));
        };
        let code = said.code();
        let is_gone = [
            SqlState::ADMIN_SHUTDOWN,
            SqlState::CRASH_SHUTDOWN,
            SqlState::CANNOT_CONNECT_NOW,
            SqlState::IDLE_SESSION_TIMEOUT,
            SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
            SqlState::TOO_MANY_CONNECTIONS,
            SqlState::READ_ONLY_SQL_TRANSACTION,
        ];
        let text = said.message().to_owned();
        match code.code() {
            _ if is_gone.contains(code) => ErrorKind::Unreachable(text),
            class if class.starts_with("08") => ErrorKind::Unreachable(text),
            // The address has the names that the server repeats here.
            class if class.starts_with("28") || class.starts_with("3D") => {
                ErrorKind::Refused(class.to_owned())
            }
            "42501" => ErrorKind::Forbidden(text),
            // A prepared statement that the session does not have, or has already; tables that it does not see.
            "26000" | "42P05" => ErrorKind::Pooled,
            _ => ErrorKind::Other(text),
        }
    }
}

impl From<io::Error> for ErrorKind {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorKind::Full,
            io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::AlreadyExists
            | io::ErrorKind::NotFound => ErrorKind::NotWritable(error.to_string()),
            _ => ErrorKind::Other(error.to_string()),
        }
    }
}

/// Says of which ledger an error is, and what was being done.
pub(super) fn failed<E: Into<ErrorKind>>(
    path: &Path,
    doing: &'static str,
) -> impl Fn(E) -> LedgerError {
    move |error| LedgerError {
        path: path.to_path_buf(),
        doing,
        kind: error.into(),
    }
}
