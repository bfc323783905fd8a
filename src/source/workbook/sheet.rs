//! The cells of a sheet, written as the rows of a CSV file.

use super::cell::{Value, column_name};
use super::{Converted, WorkbookError};
use crate::source::csv::RowNumbers;
use std::collections::BTreeSet;
use std::io::{BufWriter, Write};
use tempfile::NamedTempFile;

/// How large the CSV file may be, in bytes.
const MOST_TEXT: u64 = 512 * 1024 * 1024;

/// Above it, errors are not kept.
const MOST_ERRORS: usize = 100_000;

/// How many rows a sheet's header is looked for in.
const HEAD_ROWS: u32 = 130;

/// One row that is being put together.
#[derive(Default)]
struct Row {
    /// The number of the row, counted from 0.
    number: u32,
    cells: Vec<String>,
    /// How many of the cells are in use.
    filled: usize,
}

impl Row {
    fn set(&mut self, column: u32, text: &str) {
        if text.is_empty() {
            return;
        }
        let column = column as usize;
        if self.cells.len() <= column {
            self.cells.resize_with(column + 1, String::new);
        }
        self.cells[column].push_str(text);
        self.filled = self.filled.max(column + 1);
    }

    fn clear(&mut self, number: u32) {
        self.number = number;
        self.cells[..self.filled].iter_mut().for_each(String::clear);
        self.filled = 0;
    }

    fn cells(&self) -> &[String] {
        &self.cells[..self.filled]
    }
}

/// The beginning of a sheet.
#[derive(Default)]
pub(super) struct Head {
    row: Row,
    text: Vec<u8>,
}

impl Head {
    pub fn cell(&mut self, row: u32, column: u32, value: Value<'_>) -> Result<bool, WorkbookError> {
        if row != self.row.number {
            self.end_row()?;
            self.row.clear(row);
        }
        if let Value::Text(text) = value {
            self.row.set(column, &text);
        }
        Ok(row < HEAD_ROWS)
    }

    /// The rows as CSV.
    pub fn finish(mut self) -> Result<String, WorkbookError> {
        self.end_row()?;
        Ok(String::from_utf8(self.text).expect("it is made of strings"))
    }

    fn end_row(&mut self) -> Result<(), WorkbookError> {
        if self.row.filled > 0 {
            let mut csv = csv::Writer::from_writer(&mut self.text);
            write(&mut csv, self.row.cells())?;
        }
        Ok(())
    }
}

/// Writes a sheet.
pub(super) struct SheetWriter {
    csv: csv::Writer<BufWriter<NamedTempFile>>,
    row: Row,
    /// The line of the CSV file that comes next.
    line: u64,
    size: u64,
    hidden: BTreeSet<u32>,
    hidden_rows: u64,
    rows: RowNumbers,
    errors: Vec<(String, String)>,
}

impl SheetWriter {
    /// `hidden` are the hidden rows, counted from 0.
    pub fn new(hidden: BTreeSet<u32>) -> Result<Self, WorkbookError> {
        let file = NamedTempFile::new()?;
        Ok(Self {
            csv: csv::WriterBuilder::new()
                .flexible(true)
                .from_writer(BufWriter::new(file)),
            row: Row::default(),
            line: 1,
            size: 0,
            hidden,
            hidden_rows: 0,
            rows: RowNumbers::default(),
            errors: Vec::new(),
        })
    }

    pub fn cell(&mut self, row: u32, column: u32, value: Value<'_>) -> Result<bool, WorkbookError> {
        if row != self.row.number {
            if row < self.row.number {
                return Err(WorkbookError::Broken("rows out of order".to_owned()));
            }
            self.end_row()?;
            self.row.clear(row);
        }
        match value {
            Value::Text(text) => self.row.set(column, &text),
            Value::Error(error) if self.errors.len() < MOST_ERRORS => {
                let place = format!("{}{}", column_name(column as usize), row + 1);
                self.errors.push((place, error.to_string()));
            }
            Value::Error(_) => {}
        }
        Ok(true)
    }

    pub fn finish(
        mut self,
        sheet: String,
        others: Vec<String>,
    ) -> Result<Converted, WorkbookError> {
        self.end_row()?;
        let file = self.csv.into_inner().map_err(|error| error.into_error())?;
        let mut file = file.into_inner().map_err(|error| error.into_error())?;
        file.flush()?;
        Ok(Converted {
            file,
            rows: self.rows,
            sheet,
            others,
            hidden: self.hidden_rows,
            errors: self.errors,
        })
    }

    fn end_row(&mut self) -> Result<(), WorkbookError> {
        let cells = self.row.cells();
        if cells.is_empty() {
            return Ok(());
        }
        write(&mut self.csv, cells)?;
        self.size += cells.iter().map(|cell| cell.len() as u64 + 1).sum::<u64>();
        if self.size > MOST_TEXT {
            return Err(WorkbookError::TooLarge);
        }
        self.hidden_rows += u64::from(self.hidden.contains(&self.row.number));
        self.rows.add(self.line, u64::from(self.row.number) + 1);
        self.line += 1 + cells.iter().map(|cell| line_breaks(cell)).sum::<u64>();
        Ok(())
    }
}

fn write<W: Write>(csv: &mut csv::Writer<W>, cells: &[String]) -> Result<(), WorkbookError> {
    csv.write_record(cells)
        .map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => WorkbookError::Read(error),
            kind => WorkbookError::Broken(format!("{kind:?}")),
        })
}

/// How many lines end in a cell, as the reader of CSV counts them.
fn line_breaks(cell: &str) -> u64 {
    if memchr::memchr2(b'\n', b'\r', cell.as_bytes()).is_none() {
        return 0;
    }
    let pairs = cell.matches("\r\n").count();
    (cell.matches(['\n', '\r']).count() - pairs) as u64
}
