//! One process per ledger.
//!
//! The operating system's lock on a file beside the ledger: it goes with the process, however that ends, so a crash never
//! leaves a ledger locked, and the file itself means nothing. It is not taken on the ledger, whose locks are SQLite's.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::error::LedgerError;

/// The lock; held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// Takes the lock of a ledger, or says at once who has it.
pub(super) fn take(ledger: &Path) -> Result<Lock, LedgerError> {
    // Two names of one ledger must not be two locks.
    let real = ledger
        .canonicalize()
        .map_err(|error| LedgerError::from_io(ledger, "opening", &error))?;
    let path = beside(&real);
    let mut file = private(OpenOptions::new().read(true).write(true).create(true))
        .open(&path)
        .map_err(|error| LedgerError::from_io(ledger, "opening the lock file", &error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(LedgerError::Held {
                path: ledger.to_path_buf(),
                process: holder(&mut file),
            });
        }
        Err(TryLockError::Error(error)) => {
            return Err(LedgerError::from_io(ledger, "locking", &error));
        }
    }
    // Only for the message above; the lock holds without it.
    let _ = sign(&mut file);
    Ok(Lock { _file: file })
}

/// `LEDGER.lock`.
fn beside(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.write_all(std::process::id().to_string().as_bytes())
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

/// Files that are created by these options can be read by their owner only.
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}
