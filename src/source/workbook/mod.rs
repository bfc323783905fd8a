//! Workbooks: .xlsx, read by blocks of rows, and .xls and .ods, read by calamine.
//!
//! [`convert`] writes the sheet that holds the contacts to a CSV file in UTF-8, which is then read like any other.
//! Mapping, rejects and ledger need to know nothing of workbooks but the numbers of rows.

mod biff;
mod cell;
mod held;
mod ods;
mod parts;
mod sheet;
mod xlsx;
mod xml;

pub use cell::column_name;
pub use sheet::WrittenSheet;

use crate::source::csv::{self, FileKind, KnownHeader};
use calamine::{Ods, Xls};
use held::HeldBook;
use parts::Archive;
use sheet::{Sheet, Workbook};
use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::Path;
use xlsx::Xlsx;

/// Why a workbook can't be read.
#[derive(Debug)]
pub enum WorkbookError {
    /// It is damaged, cut off, or no workbook; what is wrong.
    Broken(String),
    /// Its name is that of a workbook, and it is text.
    Text,
    /// It is protected by a password.
    Password,
    /// It takes more memory than is allowed.
    TooLarge,
    /// There is no such sheet.
    NoSheet {
        /// The sheets that there are.
        sheets: Vec<String>,
    },
    /// No sheet has rows.
    Empty,
    /// The file could not be read, or the CSV file not be written.
    Read(io::Error),
}

fn broken(why: impl ToString) -> WorkbookError {
    WorkbookError::Broken(why.to_string())
}

impl From<io::Error> for WorkbookError {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

/// From which familiarity on a header counts as understood, from 0 to 1.
const UNDERSTOOD: f32 = 0.3;

/// Which kind of workbook a file is, from its beginning, its parts and its name; `None` if it is none.
pub fn kind(head: &[u8], file: &mut File, name: &str) -> Option<FileKind> {
    match csv::not_csv(head) {
        Some(kind @ (FileKind::Xlsx | FileKind::Xls | FileKind::Ods)) => Some(kind),
        Some(FileKind::Zip) => {
            // An archive that does not begin with the parts that tell.
            let parts = Archive::open(file.try_clone().ok()?).ok()?;
            parts.has("xl/workbook.xml").then_some(FileKind::Xlsx)
        }
        None if !head.is_empty() && has_name_of_workbook(name) => Some(FileKind::Text),
        _ => None,
    }
}

/// Whether a name ends as that of a workbook. Text with tabs is often named .xls.
fn has_name_of_workbook(name: &str) -> bool {
    let end = Path::new(name).extension();
    end.is_some_and(|end| end.eq_ignore_ascii_case("xlsx") || end.eq_ignore_ascii_case("ods"))
}

fn open(mut file: File, kind: FileKind) -> Result<Box<dyn Workbook>, WorkbookError> {
    file.rewind()?;
    Ok(match kind {
        FileKind::Text => return Err(WorkbookError::Text),
        FileKind::Xls => {
            let hidden = biff::look(&mut file)?;
            HeldBook::<Xls<_>>::open(file, hidden)?
        }
        FileKind::Ods => {
            let hidden = ods::look(&file)?;
            HeldBook::<Ods<_>>::open(file, hidden)?
        }
        _ => Box::new(Xlsx::open(file)?),
    })
}

/// Writes a sheet as CSV, with commas: the one that the caller names, else the first whose header is understood.
///
/// # Errors
/// [`WorkbookError`] says what is wrong with the file. External links are never followed.
pub fn convert(
    file: File,
    kind: FileKind,
    sheet: Option<&str>,
    known: KnownHeader<'_>,
    to: &mut dyn Write,
) -> Result<WrittenSheet, WorkbookError> {
    let mut book = open(file, kind)?;
    let (sheet, others) = choose(&mut *book, sheet, known)?;
    let mut written = WrittenSheet::new(sheet.name.clone(), others);
    book.rows(&sheet, &mut |rows| {
        written.add(rows, to)?;
        Ok(true)
    })?;
    Ok(written)
}

/// The sheet to read, and the names of the others that have rows. Visible sheets come first.
fn choose(
    book: &mut dyn Workbook,
    wanted: Option<&str>,
    known: KnownHeader<'_>,
) -> Result<(Sheet, Vec<String>), WorkbookError> {
    let mut sheets = book.sheets();
    sheets.sort_by_key(|sheet| !sheet.is_visible);
    let (mut filled, mut heads) = (Vec::new(), Vec::new());
    for (place, sheet) in sheets.iter().enumerate() {
        let mut head = String::new();
        book.rows(sheet, &mut |rows| {
            head = rows.csv();
            Ok(head.is_empty())
        })?;
        if !head.is_empty() {
            filled.push(place);
            heads.push(csv::familiar_header(&head, known));
        }
    }
    let chosen = match wanted {
        Some(wanted) => sheets.iter().position(|sheet| sheet.name == wanted),
        None => {
            let best = |least: f32| heads.iter().position(|head| *head >= Some(least));
            let best = best(UNDERSTOOD).or_else(|| best(0.0)).unwrap_or(0);
            Some(*filled.get(best).ok_or(WorkbookError::Empty)?)
        }
    };
    let Some(chosen) = chosen else {
        let sheets = sheets.into_iter().map(|sheet| sheet.name).collect();
        return Err(WorkbookError::NoSheet { sheets });
    };
    filled.retain(|place| *place != chosen);
    let others = filled.iter().map(|place| sheets[*place].name.clone());
    Ok((sheets[chosen].clone(), others.collect()))
}
