//! One process per ledger.
//!
//! The operating system's lock on a file beside the ledger: it goes with the process, however that ends, so a crash never
//! leaves a ledger locked, and the file itself means nothing. It is not taken on the ledger, whose locks are SQLite's.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::error::{ErrorKind, LedgerError, failed};
use crate::lang::tr;
use crate::private;

/// The lock; held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    /// Whether a run was begun under this lock file before. The ledger itself may have gone since.
    pub(super) was_used: bool,
}

impl Lock {
    /// Notes that a run was begun.
    pub(super) fn set_used(&mut self) {
        // Without it, a ledger that is lost is not noticed. That is no reason to stop a run.
        let _ = sign(&mut self.file, true);
    }
}

/// Takes the lock of a ledger, or says at once who has it.
pub(super) fn take(ledger: &Path) -> Result<Lock, LedgerError> {
    // Two names of one ledger must not be two locks.
    let real = ledger.canonicalize().map_err(failed(ledger, "opening"))?;
    let opened = open(&beside(&real));
    let (mut file, was_there) = opened.map_err(failed(ledger, "opening the lock file"))?;
    let locked = file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => ErrorKind::Held(holder(&mut file)),
        TryLockError::Error(error) => error.into(),
    });
    locked.map_err(failed(ledger, "locking"))?;
    let was_used = was_there && !is_unused(&mut file);
    // Only for the message above; the lock holds without it.
    let _ = sign(&mut file, was_used);
    Ok(Lock { file, was_used })
}

/// Whether a run was begun under the lock file of a ledger, which may be gone itself. Nothing is locked or written.
pub(super) fn was_used(ledger: &Path) -> bool {
    let real = ledger.canonicalize().unwrap_or_else(|_| ledger.to_owned());
    File::open(beside(&real)).is_ok_and(|mut file| !is_unused(&mut file))
}

/// Opens the lock file, or makes it. A link in its place is not followed.
fn open(path: &Path) -> io::Result<(File, bool)> {
    let mut options = private::file();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    match options.create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => return made.map(|file| (file, false)),
    }
    if !path.symlink_metadata()?.is_file() {
        let path = path.display().to_string();
        return Err(io::Error::other(tr!("lock-no-file", path)));
    }
    Ok((options.create_new(false).open(path)?, true))
}

/// `LEDGER.lock`.
fn beside(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

/// The width of a process's id in a lock file: nothing of a longer one before stays.
const WIDTH: usize = 20;

/// Follows the id once a run was begun.
const USED: &str = "used";

/// Whether a lock file was made by a process that never began a run. cardlift 0.1 wrote the id alone.
fn is_unused(file: &mut File) -> bool {
    text(file).is_ok_and(|text| text.len() == WIDTH)
}

/// Writes the process's id into the lock file, unless something else than one is in it: then it is not ours.
fn sign(file: &mut File, used: bool) -> io::Result<()> {
    let text = text(file)?;
    let id = text.strip_suffix(USED).unwrap_or(&text);
    let is_id = |byte: u8| byte.is_ascii_digit() || byte == b' ';
    if id.len() > WIDTH || !id.bytes().all(is_id) {
        return Ok(());
    }
    file.rewind()?;
    let used = if used { USED } else { "" };
    write!(file, "{:<WIDTH$}{used}", std::process::id())
}

fn holder(file: &mut File) -> Option<u32> {
    text(file).ok()?.split(' ').next()?.parse().ok()
}

fn text(file: &mut File) -> io::Result<String> {
    let mut text = String::new();
    file.rewind()?;
    file.take(64).read_to_string(&mut text)?;
    Ok(text)
}
