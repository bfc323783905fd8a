//! Copies of inputs that can be read only once, and may be needed again: standard input, and whatever is no regular file.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The copies that a command has made.
#[derive(Debug, Default)]
pub struct Spool(Mutex<HashMap<PathBuf, Stored>>);

/// Where an input can be opened, as often as it is needed.
#[derive(Clone, Debug)]
pub(super) enum Stored {
    File(PathBuf),
    /// A copy that has no name any more: no signal leaves it behind. It can be opened by the handles that were opened before.
    Copy(Arc<Mutex<Vec<File>>>),
}

/// An input is opened up to four times, and may be named twice.
const HANDLES: usize = 8;

impl Spool {
    /// Where an input is to be read; it is copied first if it can be read only once. `-` is standard input.
    pub(super) fn stored(&self, path: &Path) -> io::Result<Stored> {
        let is_stdin = path == Path::new("-");
        if !is_stdin {
            let kind = std::fs::metadata(path)?.file_type();
            if kind.is_file() || kind.is_dir() {
                return Ok(Stored::File(path.to_owned()));
            }
        }
        let mut copies = lock(&self.0);
        if let Some(copy) = copies.get(path) {
            return Ok(copy.clone());
        }
        let mut from: Box<dyn Read> = match is_stdin {
            true => Box::new(io::stdin().lock()),
            false => Box::new(File::open(path)?),
        };
        let (copy, _) = Stored::written(|to| io::copy(&mut from, to))?;
        copies.insert(path.to_owned(), copy.clone());
        Ok(copy)
    }
}

impl Stored {
    /// A file that is written so; what `write` returns comes with it.
    pub(super) fn written<T, E: From<io::Error>>(
        write: impl FnOnce(&mut File) -> Result<T, E>,
    ) -> Result<(Stored, T), E> {
        let mut copy = unnamed()?;
        let said = write(&mut copy[0])?;
        // The one that was written stands at the end.
        io::Seek::rewind(&mut copy[0])?;
        Ok((Stored::Copy(Arc::new(Mutex::new(copy))), said))
    }

    pub(super) fn open(&self) -> io::Result<File> {
        match self {
            Stored::File(path) => File::open(path),
            Stored::Copy(copy) => {
                let handle = lock(copy).pop();
                handle.ok_or_else(|| io::Error::other("it was opened too often"))
            }
        }
    }

    pub(super) fn is_copy(&self) -> bool {
        matches!(self, Stored::Copy(_))
    }
}

/// A new file, opened several times and removed at once. Each handle has an offset of its own.
#[cfg(unix)]
fn unnamed() -> io::Result<Vec<File>> {
    let named = tempfile::NamedTempFile::new()?;
    (0..HANDLES).map(|_| named.reopen()).collect()
}

/// On Windows, a file can be removed only when it is closed. It is with the handle of `named`, which is the first.
#[cfg(windows)]
fn unnamed() -> io::Result<Vec<File>> {
    use std::os::windows::fs::OpenOptionsExt;
    const DELETE_ON_CLOSE: u32 = 0x0400_0000;
    let named = tempfile::Builder::new().make(|path| {
        let mut options = File::options();
        options.read(true).write(true).create_new(true);
        options.custom_flags(DELETE_ON_CLOSE).open(path)
    })?;
    let handles: io::Result<Vec<File>> = (1..HANDLES).map(|_| File::open(named.path())).collect();
    let (first, path) = named.into_parts();
    // It removes itself.
    let _ = path.keep();
    Ok(std::iter::once(first).chain(handles?).collect())
}

/// Nothing that is done under these locks leaves half of something.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
