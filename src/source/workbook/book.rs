//! The three kinds of workbooks as calamine opens them.

use super::WorkbookError;
use super::cell::{Value, value};
use crate::source::csv::FileKind;
use calamine::{Ods, OdsError, Range, Reader, SheetVisible, Xls, XlsError, Xlsx, XlsxError};
use std::fs::File;
use std::io::{BufReader, Seek};

/// An open workbook.
pub(super) enum Book {
    /// Its cells are read one by one.
    Xlsx(Box<Xlsx<BufReader<File>>>),
    Xls(Box<Xls<BufReader<File>>>),
    Ods(Box<Ods<BufReader<File>>>),
}

/// Takes a cell by its row and column, counted from 0; returns whether more are wanted.
pub(super) type Take<'t> = &'t mut dyn FnMut(u32, u32, Value<'_>) -> Result<bool, WorkbookError>;

impl Book {
    pub fn open(mut file: File, kind: FileKind) -> Result<Self, WorkbookError> {
        match kind {
            FileKind::Ods => Ok(Self::Ods(Box::new(Ods::new(BufReader::new(file))?))),
            FileKind::Xls => {
                // An encrypted .xlsx has the container of an .xls.
                let mut again = file.try_clone()?;
                if let Err(XlsxError::Password) = Xlsx::new(BufReader::new(file)) {
                    return Err(WorkbookError::Password);
                }
                again.rewind()?;
                Ok(Self::Xls(Box::new(Xls::new(BufReader::new(again))?)))
            }
            _ => {
                file.rewind()?;
                Ok(Self::Xlsx(Box::new(Xlsx::new(BufReader::new(file))?)))
            }
        }
    }

    /// The names of the sheets, visible ones first.
    pub fn sheets(&self) -> Vec<String> {
        let all = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        };
        let (visible, hidden): (Vec<_>, Vec<_>) = all
            .iter()
            .filter(|sheet| sheet.typ == calamine::SheetType::WorkSheet)
            .partition(|sheet| sheet.visible == SheetVisible::Visible);
        let sheets = visible.into_iter().chain(hidden);
        sheets.map(|sheet| sheet.name.clone()).collect()
    }

    /// Gives the cells of a sheet, row by row.
    pub fn cells(&mut self, sheet: &str, take: Take<'_>) -> Result<(), WorkbookError> {
        let range = match self {
            Self::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(sheet)?;
                while let Some(cell) = cells.next_cell()? {
                    let (row, column) = cell.get_position();
                    if !take(row, column, value(cell.get_value()))? {
                        break;
                    }
                }
                return Ok(());
            }
            Self::Xls(book) => book.worksheet_range(sheet)?,
            Self::Ods(book) => book.worksheet_range(sheet)?,
        };
        of_range(&range, take)
    }
}

fn of_range(range: &Range<calamine::Data>, take: Take<'_>) -> Result<(), WorkbookError> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, cell) in range.used_cells() {
        let (row, column) = (first_row + row as u32, first_column + column as u32);
        if !take(row, column, value(cell))? {
            break;
        }
    }
    Ok(())
}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::Password => Self::Password,
            error => Self::Broken(error.to_string()),
        }
    }
}

impl From<XlsError> for WorkbookError {
    fn from(error: XlsError) -> Self {
        match error {
            XlsError::Password => Self::Password,
            error => Self::Broken(error.to_string()),
        }
    }
}

impl From<OdsError> for WorkbookError {
    fn from(error: OdsError) -> Self {
        match error {
            OdsError::Password => Self::Password,
            OdsError::CellLimitExceeded { .. } => Self::TooLarge,
            error => Self::Broken(error.to_string()),
        }
    }
}
