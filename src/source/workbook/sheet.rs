//! The cells of a sheet, written as the rows of a CSV file.

use super::cell::column_name;
use super::{WorkbookError, broken};
use crate::source::csv::{RowNumbers, line_breaks};
use memchr::memchr3;
use std::io::Write;

/// How large the CSV file may be, in bytes.
const MOST_TEXT: usize = 512 * 1024 * 1024;

/// How much of it is held in memory at once, in bytes.
const MOST_HELD: usize = 32 * 1024 * 1024;

/// Above it, errors are not kept.
const MOST_ERRORS: usize = 100_000;

/// How many rows and columns a sheet may have.
const MOST_ROWS: u32 = 1_048_576;
const MOST_COLUMNS: u32 = 16_384;

pub(super) trait Workbook {
    /// The sheets that have cells.
    fn sheets(&self) -> Vec<Sheet>;

    /// Gives the rows of a sheet, as long as more are wanted.
    fn rows(&mut self, sheet: &Sheet, take: TakeRows<'_>) -> Result<(), WorkbookError>;
}

/// Takes rows of a sheet, one behind the other; returns whether more are wanted.
pub(super) type TakeRows<'t> = &'t mut dyn FnMut(Rows) -> Result<bool, WorkbookError>;

#[derive(Clone)]
pub(super) struct Sheet {
    pub name: String,
    pub is_visible: bool,
    /// The part of the archive that it is, in an .xlsx.
    pub part: String,
}

/// Some rows of a sheet as CSV, made of cells that come row by row and from left to right.
#[derive(Default)]
pub(super) struct Rows {
    csv: String,
    /// The lines in which the rows start, and the numbers of the rows, both counted from 0.
    starts: Vec<(u64, u32)>,
    /// How many lines there are.
    lines: u64,
    /// How many cells of the last row are written.
    columns: u32,
    /// The last row that is hidden, and how many there are.
    hidden: Option<u32>,
    hidden_rows: u64,
    /// The cells that hold an error.
    errors: Vec<(String, String)>,
}

impl Rows {
    /// Says whether a row is hidden, before its cells come.
    pub fn begin(&mut self, row: u32, is_hidden: bool) {
        self.hidden = is_hidden.then_some(row);
    }

    /// Notes a cell that holds an error such as `#N/A`. It stays empty.
    pub fn error(&mut self, row: u32, column: u32, error: &str) {
        let place = format!("{}{}", column_name(column as usize), row + 1);
        self.errors.push((place, error.to_owned()));
    }

    /// Writes a cell by its row and column, counted from 0.
    pub fn cell(&mut self, row: u32, column: u32, text: &str) -> Result<(), WorkbookError> {
        if text.is_empty() {
            return Ok(());
        }
        let last = self.starts.last().map(|(_, row)| *row);
        if last != Some(row) {
            self.end_row();
            self.starts.push((self.lines, row));
            self.hidden_rows += u64::from(self.hidden == Some(row));
        }
        let is_behind = last <= Some(row) && column >= self.columns;
        if !is_behind || row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(misplaced());
        }
        if self.csv.len() + text.len() > MOST_HELD {
            return Err(WorkbookError::TooLarge);
        }
        let commas = column - self.columns + u32::from(self.columns > 0);
        self.csv.extend((0..commas).map(|_| ','));
        if memchr3(b'"', b'\n', b'\r', text.as_bytes()).is_some() || text.contains(',') {
            let quoted = text.replace('"', "\"\"");
            self.csv.extend(["\"", &quoted, "\""]);
            self.lines += line_breaks(text);
        } else {
            self.csv.push_str(text);
        }
        self.columns = column + 1;
        Ok(())
    }

    fn end_row(&mut self) {
        if self.columns > 0 {
            self.csv.push('\n');
            self.columns = 0;
            self.lines += 1;
        }
    }

    /// The rows as CSV; nothing if all cells are empty.
    pub fn csv(mut self) -> String {
        self.end_row();
        self.csv
    }
}

/// What was written of a sheet.
#[derive(Debug, Default)]
pub struct WrittenSheet {
    pub name: String,
    /// The other sheets that have rows.
    pub others: Vec<String>,
    /// The rows of the sheet by the lines of the CSV file.
    pub rows: RowNumbers,
    /// How many hidden rows are among the rows.
    pub hidden: u64,
    /// The cells that hold an error, such as `C5` and `#N/A`. They are empty in the CSV file.
    pub errors: Vec<(String, String)>,
    last_row: Option<u32>,
    lines: u64,
    size: usize,
}

impl WrittenSheet {
    pub(super) fn new(name: String, others: Vec<String>) -> WrittenSheet {
        WrittenSheet {
            name,
            others,
            ..WrittenSheet::default()
        }
    }

    /// Writes rows behind those that were written before.
    pub(super) fn add(&mut self, mut rows: Rows, to: &mut dyn Write) -> Result<(), WorkbookError> {
        rows.end_row();
        let (first, last) = (rows.starts.first(), rows.starts.last());
        if first.is_some_and(|(_, row)| self.last_row >= Some(*row)) {
            return Err(misplaced());
        }
        self.last_row = last.map(|(_, row)| *row).or(self.last_row);
        for (line, row) in &rows.starts {
            self.rows.add(self.lines + line + 1, u64::from(*row) + 1);
        }
        self.lines += rows.lines;
        self.hidden += rows.hidden_rows;
        self.errors.append(&mut rows.errors);
        self.errors.truncate(MOST_ERRORS);
        self.size += rows.csv.len();
        match self.size > MOST_TEXT {
            true => Err(WorkbookError::TooLarge),
            false => Ok(to.write_all(rows.csv.as_bytes())?),
        }
    }
}

pub(super) fn misplaced() -> WorkbookError {
    broken("a cell of it is misplaced")
}
