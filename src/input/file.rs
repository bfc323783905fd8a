//! The file that an input is read from: its own, the copy of what can be read only once, or the one that a sheet is written to.

use super::{open_csv, said};
use crate::exit::{Exit, Failed, failed};
use crate::mapping::columns::Columns;
use crate::mapping::{guess, preset};
use crate::source::encoding::TextEncoding;
use crate::source::workbook::{self, WorkbookError};
use crate::source::{csv, vcard};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How much of a file is looked at to tell vCards from rows, in bytes.
const HEAD: u64 = 64 * 1024;

pub(super) struct InputFile {
    pub name: String,
    pub stored: Stored,
    pub file: File,
    pub is_vcard: bool,
    /// Whether the user gave something that can be read only once.
    pub is_copy: bool,
    /// The sheet that the file was made from.
    pub sheet: Option<Sheet>,
}

/// What is known of a sheet that was written to a CSV file.
pub(super) struct Sheet {
    pub name: String,
    pub rows: Arc<csv::RowNumbers>,
    pub warnings: Vec<String>,
}

impl InputFile {
    /// A workbook is found as the CSV file that its sheet is written to.
    pub fn open(path: &Path, spool: &Spool, sheet: Option<&str>) -> Result<InputFile, Failed> {
        let name = path.display().to_string();
        let stored = spool.stored(path);
        let stored = stored.map_err(|error| unopened(&name, &error))?;
        let mut file = open_file(&stored, &name)?;
        let mut head = Vec::new();
        let read = (&file).take(HEAD).read_to_end(&mut head);
        let read = read.and_then(|_| file.rewind());
        read.map_err(|error| unreadable(&name, &error))?;
        let is_vcard = vcard::is_vcard(&head);
        let is_copy = stored.is_copy();
        match workbook::kind(&head, &mut file, &name) {
            Some(kind) if !is_vcard => InputFile::in_workbook(name, is_copy, file, kind, sheet),
            _ => Ok(InputFile {
                name,
                stored,
                file,
                is_vcard,
                is_copy,
                sheet: None,
            }),
        }
    }

    fn in_workbook(
        name: String,
        is_copy: bool,
        file: File,
        kind: csv::FileKind,
        sheet: Option<&str>,
    ) -> Result<InputFile, Failed> {
        let written = Stored::written(|to| workbook::convert(file, kind, sheet, &known_header, to));
        let (stored, sheet) = written.map_err(|error| {
            let exit = match error {
                WorkbookError::Read(error) => return unreadable(&name, &error),
                WorkbookError::NoSheet { .. } => Exit::Usage,
                _ => Exit::NoData,
            };
            Failed::new(exit, said::workbook(&name, &error, sheet))
        })?;
        Ok(InputFile {
            file: open_file(&stored, &name)?,
            stored,
            sheet: Some(Sheet {
                warnings: said::of_sheet(&name, &sheet),
                name: sheet.name,
                rows: Arc::new(sheet.rows),
            }),
            name,
            is_vcard: false,
            is_copy,
        })
    }
}

/// How much a row looks like the header of an export that is known, or of any address book.
pub(super) fn known_header(cells: &[&str]) -> f32 {
    let columns = Columns::new(cells.iter().map(|cell| (*cell).to_owned()).collect());
    let best = preset::recognise(&columns).map_or(0.0, |best| best.confidence);
    best.max(guess::familiar(cells))
}

pub(super) fn open_file(stored: &Stored, name: &str) -> Result<File, Failed> {
    let file = stored.open().map_err(|error| unopened(name, &error))?;
    match file.metadata() {
        Ok(metadata) if metadata.is_dir() => Err(failed!(NoInput, "input-folder", path = name)),
        Ok(_) => Ok(file),
        Err(error) => Err(unreadable(name, &error)),
    }
}

fn unopened(name: &str, error: &io::Error) -> Failed {
    match error.kind() {
        io::ErrorKind::NotFound => failed!(NoInput, "input-missing", path = name),
        _ => unreadable(name, error),
    }
}

pub(super) fn unreadable(name: &str, error: &io::Error) -> Failed {
    failed!(NoInput, "input-unreadable", path = name, error)
}

const ROWS: usize = 1000;

/// What a CSV file holds, as far as proposing a mapping needs it.
pub struct Survey {
    /// The file as the user named it.
    pub name: String,
    pub encoding: TextEncoding,
    /// How it is read and why.
    pub read_as: String,
    pub columns: Columns,
    /// Its first rows.
    pub samples: Vec<Vec<String>>,
}

/// Looks at a CSV file. `None` for a vCard file, which needs no mapping.
pub fn survey(
    path: &Path,
    encoding: Option<TextEncoding>,
    sheet: Option<&str>,
) -> Result<Option<Survey>, Failed> {
    let found = InputFile::open(path, &Spool::default(), sheet)?;
    if found.is_vcard {
        return Ok(None);
    }
    let sheet = found.sheet.as_ref();
    let opened = open_csv(&found.name, &found.file, encoding, None, sheet)?;
    Ok(Some(Survey {
        encoding: opened.layout.encoding,
        read_as: match sheet {
            Some(sheet) => said::in_sheet(&sheet.name),
            None => said::encoding(opened.layout.encoding.name(), opened.detected.as_ref()),
        },
        columns: Columns::new(opened.header.cells),
        samples: rows(&found.file, &opened.layout),
        name: found.name,
    }))
}

/// The first rows of a file; none where it can't be read any more, which its proper reading will name.
pub(super) fn rows(file: &File, layout: &csv::Layout) -> Vec<Vec<String>> {
    let (mut found, mut chunk) = (Vec::new(), csv::Chunk::default());
    let Ok(mut cutter) = csv::Cutter::new(file, layout.clone()) else {
        return found;
    };
    while found.len() < ROWS && cutter.next_chunk(&mut chunk).unwrap_or(false) {
        for row in csv::rows(&chunk).take(ROWS - found.len()) {
            found.push(row.iter().map(str::to_owned).collect());
        }
    }
    found
}

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
