//! A look at the parts of a workbook before calamine reads them: how large they are when they are unpacked, and which rows are
//! hidden, which calamine does not tell.

use super::{WorkbookError, biff};
use crate::source::csv::FileKind;
use memchr::{memchr_iter, memmem};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{BufReader, Read};
use zip::ZipArchive;

/// The hidden rows of each sheet, counted from 0.
pub(super) type HiddenRows = HashMap<String, BTreeSet<u32>>;

type Archive<'f> = ZipArchive<BufReader<&'f mut File>>;

/// How large a sheet may be, which is read cell by cell, in bytes.
const MOST_SHEET: u64 = 384 * 1024 * 1024;

/// How large a part may be that is held in memory as texts, in bytes.
pub(super) const MOST_TEXTS: u64 = 96 * 1024 * 1024;

/// How large any other part may be that is read, in bytes.
const MOST_OTHER: u64 = 16 * 1024 * 1024;

/// How much there may be without markup, in bytes. A cell holds 32,767 characters at most.
const MOST_RUN: u64 = 4 * 1024 * 1024;

/// How many texts the cells of a workbook may share.
pub(super) const MOST_SHARED: u64 = 8_000_000;

/// How many cells the filled area of all sheets of an .ods may have; calamine holds all of them, filled or not.
const MOST_CELLS: u64 = 2_000_000;

/// What an archive is that does not begin with the parts that tell.
pub(super) fn kind_of_archive(file: &mut File) -> Option<FileKind> {
    let archive = ZipArchive::new(BufReader::new(file)).ok()?;
    let is_xlsx = archive.index_for_name("xl/workbook.xml").is_some();
    is_xlsx.then_some(FileKind::Xlsx)
}

/// Looks at a workbook.
pub(super) fn look(file: &mut File, kind: FileKind) -> Result<HiddenRows, WorkbookError> {
    if kind == FileKind::Xls {
        return biff::look(file);
    }
    let mut archive = ZipArchive::new(BufReader::new(file))?;
    let mut hiding = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index)?;
        let name = part.name()?.into_owned();
        let small = name.to_lowercase();
        if !(small.ends_with(".xml") || small.ends_with(".rels")) {
            continue;
        }
        let most = match small.as_str() {
            "content.xml" => MOST_TEXTS,
            _ if small.ends_with("sharedstrings.xml") => MOST_TEXTS,
            _ if small.contains("worksheets/") => MOST_SHEET,
            _ => MOST_OTHER,
        };
        if measure(part, most)? && small.contains("worksheets/") {
            hiding.push(name.clone());
        }
        if small.ends_with("sharedstrings.xml") && shared_texts(&mut archive, index)? > MOST_SHARED
        {
            return Err(WorkbookError::TooLarge);
        }
    }
    match kind {
        FileKind::Ods => of_ods(&mut archive),
        _ => of_xlsx(&mut archive, &hiding),
    }
}

/// Unpacks a part and forgets it. Returns whether it may have hidden rows.
fn measure(mut part: impl Read, most: u64) -> Result<bool, WorkbookError> {
    const HIDDEN: &[u8] = b"hidden=";
    let mut block = vec![0; 64 * 1024];
    let (mut size, mut run, mut hides, mut kept) = (0, 0, false, 0);
    loop {
        let read = part.read(&mut block[kept..]).map_err(broken)?;
        if read == 0 {
            return Ok(hides);
        }
        let text = &block[..kept + read];
        size += read as u64;
        run = match memchr_iter(b'<', text).next_back() {
            Some(last) => (text.len() - last) as u64,
            None => run + read as u64,
        };
        if size > most || run > MOST_RUN {
            return Err(WorkbookError::TooLarge);
        }
        hides = hides || memmem::find(text, HIDDEN).is_some();
        let start = text.len() - text.len().min(HIDDEN.len() - 1);
        let end = text.len();
        block.copy_within(start..end, 0);
        kept = end - start;
    }
}

/// How many shared texts a part announces.
fn shared_texts(archive: &mut Archive<'_>, index: usize) -> Result<u64, WorkbookError> {
    let mut count = 0;
    elements(archive.by_index(index)?, |element, _| {
        let announced = attribute(element, "uniqueCount");
        count = announced.map_or(0, |count| count.parse().unwrap_or(u64::MAX));
        false
    })?;
    Ok(count)
}

/// The hidden rows of those parts that may have some.
fn of_xlsx(archive: &mut Archive<'_>, hiding: &[String]) -> Result<HiddenRows, WorkbookError> {
    let mut hidden = HiddenRows::new();
    if hiding.is_empty() {
        return Ok(hidden);
    }
    let mut targets = HashMap::new();
    if let Ok(part) = archive.by_name("xl/_rels/workbook.xml.rels") {
        elements(part, |element, _| {
            if let (Some(id), Some(target)) =
                (attribute(element, "Id"), attribute(element, "Target"))
            {
                let target = target.trim_start_matches("/xl/");
                targets.insert(id, format!("xl/{target}"));
            }
            true
        })?;
    }
    let mut sheets = Vec::new();
    if let Ok(part) = archive.by_name("xl/workbook.xml") {
        elements(part, |element, _| {
            if let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "r:id"))
                && let Some(part) = targets.get(&id).filter(|part| hiding.contains(part))
            {
                sheets.push((name, part.clone()));
            }
            true
        })?;
    }
    for (name, part) in sheets {
        let rows = hidden.entry(name).or_default();
        let mut next = 0;
        elements(archive.by_name(&part)?, |element, _| {
            if element.local_name().as_ref() == "row" {
                let number = attribute(element, "r").and_then(|number| number.parse().ok());
                let row = number.map_or(next, |number: u32| number.saturating_sub(1));
                next = row.saturating_add(1);
                if attribute(element, "hidden").is_some_and(|it| it == "1" || it == "true") {
                    rows.insert(row);
                }
            }
            true
        })?;
    }
    Ok(hidden)
}

/// The hidden rows of an .ods, if its sheets are not too large.
fn of_ods(archive: &mut Archive<'_>) -> Result<HiddenRows, WorkbookError> {
    let mut hidden = HiddenRows::new();
    let mut table = Table::default();
    let (mut sheet, mut cells) = (String::new(), 0_u64);
    elements(archive.by_name("content.xml")?, |element, is_empty| {
        match element.name().as_ref() {
            "table:table" => {
                cells = cells.saturating_add(std::mem::take(&mut table).cells());
                sheet = attribute(element, "table:name").unwrap_or_default();
            }
            "table:table-row" => {
                let rows = table.row(repeated(element, "table:number-rows-repeated"));
                let visibility = attribute(element, "table:visibility");
                if visibility.is_some_and(|it| it != "visible") && rows.len() < MOST_HIDDEN {
                    hidden.entry(sheet.clone()).or_default().extend(rows);
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let is_filled = !is_empty || attribute(element, "office:value-type").is_some();
                table.cell(
                    repeated(element, "table:number-columns-repeated"),
                    is_filled,
                );
            }
            _ => {}
        }
        cells.saturating_add(table.cells()) <= MOST_CELLS
    })?;
    match cells.saturating_add(table.cells()) <= MOST_CELLS {
        true => Ok(hidden),
        false => Err(WorkbookError::TooLarge),
    }
}

/// So many rows at once are the rest of an empty sheet.
const MOST_HIDDEN: usize = 100_000;

/// The filled area of a sheet.
#[derive(Default)]
struct Table {
    rows: u64,
    columns: u64,
    /// Where the current row starts and ends.
    row: u64,
    next_row: u64,
    column: u64,
}

impl Table {
    /// Begins rows that are alike; returns their numbers.
    fn row(&mut self, repeated: u64) -> std::ops::Range<u32> {
        self.row = self.next_row;
        self.next_row = self.row.saturating_add(repeated);
        self.column = 0;
        let number = |row: u64| u32::try_from(row).unwrap_or(u32::MAX);
        number(self.row)..number(self.next_row)
    }

    fn cell(&mut self, repeated: u64, is_filled: bool) {
        self.column = self.column.saturating_add(repeated);
        if is_filled {
            self.columns = self.columns.max(self.column);
            self.rows = self.rows.max(self.next_row);
        }
    }

    fn cells(&self) -> u64 {
        self.rows.saturating_mul(self.columns)
    }
}

fn repeated(element: &BytesStart<'_>, name: &str) -> u64 {
    attribute(element, name).map_or(1, |count| count.parse().unwrap_or(u64::MAX))
}

/// Gives the elements of a part, and whether they are empty, as long as more are wanted.
fn elements(
    part: impl Read,
    mut take: impl FnMut(&BytesStart<'_>, bool) -> bool,
) -> Result<(), WorkbookError> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let config = reader.config_mut();
    config.check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let more = match reader.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(element) => take(&element, false),
            Event::Empty(element) => take(&element, true),
            Event::Eof => false,
            _ => true,
        };
        if !more {
            return Ok(());
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    let value = quick_xml::escape::unescape(&found.value).ok()?;
    Some(value.into_owned())
}

fn broken(error: impl std::error::Error) -> WorkbookError {
    WorkbookError::Broken(error.to_string())
}

impl From<zip::result::ZipError> for WorkbookError {
    fn from(error: zip::result::ZipError) -> Self {
        broken(error)
    }
}
