//! A look at a CSV file before anything is mapped: its columns and some of its rows.

use super::file::InputFile;
use super::{Spool, open_csv, said};
use crate::exit::Failed;
use crate::mapping::columns::Columns;
use crate::source::csv;
use crate::source::encoding::TextEncoding;
use std::fs::File;
use std::path::Path;

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
