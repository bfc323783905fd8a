//! The file that an input is read from: its own, the copy of what can be read only once, or the one that a sheet is written to.

use super::spool::{Spool, Stored};
use super::{open_csv, said};
use crate::exit::{Exit, Failed, failed};
use crate::mapping::columns::Columns;
use crate::mapping::{guess, preset};
use crate::source::encoding::TextEncoding;
use crate::source::workbook::{self, WorkbookError};
use crate::source::{csv, vcard};
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;
use std::sync::Arc;

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
        let (stored, converted) = written.map_err(|error| {
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
                warnings: said::of_sheet(&name, &converted),
                name: converted.sheet,
                rows: Arc::new(converted.written.rows),
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

/// How many rows are looked at.
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
