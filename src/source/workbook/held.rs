//! The sheets of an .xls or .ods, which calamine holds in memory.

use super::cell::{number_text, time_text};
use super::sheet::{Rows, Sheet, TakeRows, Workbook};
use super::{WorkbookError, broken};
use calamine::{Data, Error, OdsError, Reader, SheetType, SheetVisible, XlsError};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{BufReader, Seek};
use std::panic::{self, AssertUnwindSafe, catch_unwind};

/// The hidden rows of each sheet, counted from 0.
pub(super) type HiddenRows = HashMap<String, BTreeSet<u32>>;

/// How many rows are given at once.
const BLOCK: usize = 1000;

pub(super) struct HeldBook<B> {
    book: B,
    hidden: HiddenRows,
}

impl<B: Reader<BufReader<File>, Error: Into<Error>>> HeldBook<B> {
    /// Opens a workbook that is not too large for that, and whose hidden rows are known.
    pub fn open(mut file: File, hidden: HiddenRows) -> Result<Box<Self>, WorkbookError> {
        file.rewind()?;
        // calamine panics at some damage; what it would print is no help.
        let hook = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        let book = catch_unwind(AssertUnwindSafe(|| B::new(BufReader::new(file))));
        panic::set_hook(hook);
        let book = book.map_err(|_| broken("it can't be parsed"))?;
        let book = book.map_err(failed)?;
        Ok(Box::new(Self { book, hidden }))
    }
}

impl<B: Reader<BufReader<File>, Error: Into<Error>>> Workbook for HeldBook<B> {
    fn sheets(&self) -> Vec<Sheet> {
        let all = self.book.sheets_metadata().iter();
        let sheets = all.filter(|sheet| sheet.typ == SheetType::WorkSheet);
        sheets
            .map(|sheet| Sheet {
                name: sheet.name.clone(),
                is_visible: sheet.visible == SheetVisible::Visible,
                part: String::new(),
            })
            .collect()
    }

    fn rows(&mut self, sheet: &Sheet, take: TakeRows<'_>) -> Result<(), WorkbookError> {
        let hidden = self.hidden.get(&sheet.name);
        let range = self.book.worksheet_range(&sheet.name).map_err(failed)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut rows = Rows::default();
        for (index, cells) in range.rows().enumerate() {
            let row = first_row + index as u32;
            rows.begin(row, hidden.is_some_and(|hidden| hidden.contains(&row)));
            for (column, cell) in (first_column..).zip(cells) {
                match cell {
                    Data::Error(error) => rows.error(row, column, &error.to_string()),
                    cell => rows.cell(row, column, &text(cell))?,
                }
            }
            if index % BLOCK == BLOCK - 1 && !take(std::mem::take(&mut rows))? {
                return Ok(());
            }
        }
        take(rows).map(drop)
    }
}

fn text(cell: &Data) -> Cow<'_, str> {
    match cell {
        Data::Int(number) => number.to_string().into(),
        Data::Float(number) => number_text(*number).into(),
        Data::Bool(true) => "TRUE".into(),
        Data::Bool(false) => "FALSE".into(),
        Data::DateTime(time) => time_text(*time).into(),
        Data::DateTimeIso(time) => time.trim_end_matches("T00:00:00").into(),
        // As `PT18H30M00S`.
        Data::DurationIso(time) => {
            let time = time.trim_start_matches("PT").trim_end_matches('S');
            time.replace(['H', 'M'], ":").into()
        }
        Data::String(text) => text.into(),
        Data::Empty | Data::Error(_) => "".into(),
    }
}

fn failed(error: impl Into<Error>) -> WorkbookError {
    match error.into() {
        Error::Xls(XlsError::Password) | Error::Ods(OdsError::Password) => WorkbookError::Password,
        Error::Ods(OdsError::CellLimitExceeded { .. }) => WorkbookError::TooLarge,
        Error::Xls(error) => broken(error),
        Error::Ods(error) => broken(error),
        error => broken(error),
    }
}
