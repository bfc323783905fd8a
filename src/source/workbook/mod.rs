//! Workbooks: .xlsx, .xls and .ods, read by calamine.
//!
//! [`convert`] writes the sheet that holds the contacts to a temporary CSV file in UTF-8, which is then read like any other.
//! Mapping, rejects and ledger need to know nothing of workbooks but the numbers of rows.

mod biff;
mod book;
mod cell;
mod compound;
mod guard;
mod sheet;

pub use cell::column_name;

use crate::source::csv::{self, FileKind, KnownHeader, RowNumbers};
use book::Book;
use sheet::{Head, SheetWriter};
use std::fs::File;
use std::io::{self, Seek};
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::path::Path;
use tempfile::NamedTempFile;

/// A sheet as CSV.
#[derive(Debug)]
pub struct Converted {
    /// The CSV file, in UTF-8, with commas.
    pub file: NamedTempFile,
    /// The rows of the sheet by the lines of the CSV file.
    pub rows: RowNumbers,
    /// The name of the sheet.
    pub sheet: String,
    /// The other sheets that have rows.
    pub others: Vec<String>,
    /// How many hidden rows are among the rows.
    pub hidden: u64,
    /// The cells that hold an error, such as `C5` and `#N/A`. They are empty in the CSV file.
    pub errors: Vec<(String, String)>,
}

/// Why a workbook can't be read.
#[derive(Debug)]
pub enum WorkbookError {
    /// It is damaged, cut off, or no workbook; what calamine says.
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
        Some(FileKind::Zip) => guard::kind_of_archive(file),
        None if !head.is_empty() && has_name_of_workbook(name) => Some(FileKind::Text),
        _ => None,
    }
}

/// Whether a name ends as that of a workbook. Text with tabs is often named .xls.
fn has_name_of_workbook(name: &str) -> bool {
    let end = Path::new(name).extension();
    end.is_some_and(|end| end.eq_ignore_ascii_case("xlsx") || end.eq_ignore_ascii_case("ods"))
}

/// Writes a sheet as CSV: the one that the caller names, else the first whose header is understood.
///
/// # Errors
/// [`WorkbookError`] says what is wrong with the file. External links are never followed.
pub fn convert(
    mut file: File,
    kind: FileKind,
    sheet: Option<&str>,
    known: KnownHeader<'_>,
) -> Result<Converted, WorkbookError> {
    if kind == FileKind::Text {
        return Err(WorkbookError::Text);
    }
    file.rewind()?;
    let hidden = guard::look(&mut file, kind)?;
    file.rewind()?;
    // calamine panics at some damage; what it would print is no help.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let converted = catch_unwind(AssertUnwindSafe(|| {
        let mut book = Book::open(file, kind)?;
        let (sheet, others) = choose(&mut book, sheet, known)?;
        let mut writer = SheetWriter::new(hidden.get(&sheet).cloned().unwrap_or_default())?;
        book.cells(&sheet, &mut |row, column, cell| {
            writer.cell(row, column, cell)
        })?;
        writer.finish(sheet, others)
    }));
    panic::set_hook(hook);
    converted.unwrap_or_else(|_| Err(WorkbookError::Broken("it can't be parsed".to_owned())))
}

/// The sheet to read, and the names of the others that have rows. Visible sheets come first.
fn choose(
    book: &mut Book,
    wanted: Option<&str>,
    known: KnownHeader<'_>,
) -> Result<(String, Vec<String>), WorkbookError> {
    let sheets = book.sheets();
    let (mut filled, mut heads) = (Vec::new(), Vec::new());
    for sheet in &sheets {
        let mut head = Head::default();
        book.cells(sheet, &mut |row, column, cell| head.cell(row, column, cell))?;
        let head = head.finish()?;
        if !head.is_empty() {
            filled.push(sheet.clone());
            heads.push(csv::familiar_header(&head, known));
        }
    }
    let chosen = match wanted {
        Some(wanted) => sheets.iter().find(|sheet| *sheet == wanted).cloned(),
        None => {
            let best = |least: f32| heads.iter().position(|head| *head >= Some(least));
            let best = best(UNDERSTOOD).or_else(|| best(0.0)).unwrap_or(0);
            Some(filled.get(best).cloned().ok_or(WorkbookError::Empty)?)
        }
    };
    let chosen = chosen.ok_or(WorkbookError::NoSheet { sheets })?;
    filled.retain(|sheet| *sheet != chosen);
    Ok((chosen, filled))
}
