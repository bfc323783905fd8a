//! A look at a CSV file before anything is mapped: its columns and some of its rows.

use super::spool::Stored;
use super::{Found, InputError, Spool, open_csv, open_file, said};
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
    /// Its encoding.
    pub encoding: TextEncoding,
    /// How it is read and why.
    pub read_as: String,
    /// Its columns.
    pub columns: Columns,
    /// Its first rows.
    pub samples: Vec<Vec<String>>,
}

/// Looks at a CSV file. `None` for a vCard file, which needs no mapping.
pub fn survey(
    path: &Path,
    encoding: Option<TextEncoding>,
    sheet: Option<&str>,
) -> Result<Option<Survey>, InputError> {
    let found = Found::open(path, &Spool::default(), sheet)?;
    if found.is_vcard {
        return Ok(None);
    }
    let again = open_file(&found.stored, &found.name)?;
    let opened = open_csv(&found.name, again, encoding, None, found.sheet.as_ref())?;
    Ok(Some(Survey {
        encoding: opened.encoding,
        read_as: match &found.sheet {
            Some(sheet) => said::in_sheet(&sheet.name),
            None => said::encoding(opened.encoding.name(), opened.detected.as_ref()),
        },
        columns: Columns::new(opened.header.cells.clone()),
        samples: rows(opened.cutter),
        name: found.name,
    }))
}

/// The first rows of a file that is read so; none where it can't be read any more, which its proper reading will name.
pub(super) fn samples(
    stored: &Stored,
    encoding: TextEncoding,
    delimiter: u8,
    columns: Option<&[String]>,
) -> Vec<Vec<String>> {
    let options = csv::Options {
        encoding: Some(encoding),
        delimiter: Some(delimiter),
        columns,
        known_header: Some(&super::known_header),
        ..csv::Options::default()
    };
    let opened = stored.open().ok();
    let opened = opened.and_then(|file| csv::open(file, &options).ok());
    opened.map_or_else(Vec::new, |opened| rows(opened.cutter))
}

fn rows(mut cutter: csv::Cutter<File>) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut chunk = csv::Chunk::default();
    while found.len() < ROWS && cutter.next_chunk(&mut chunk).unwrap_or(false) {
        for row in csv::rows(&chunk).take(ROWS - found.len()) {
            found.push(row.iter().map(str::to_owned).collect());
        }
    }
    found
}
