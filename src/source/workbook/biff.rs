//! The records of an .xls (MS-XLS): how much calamine will hold of them, and which rows are hidden, which it does not tell.

use super::held::HiddenRows;
use super::parts::{MOST_SHARED, MOST_TEXTS};
use super::{WorkbookError, broken};
use cfb::CompoundFile;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Cursor, Read, Seek};

/// How large a file may be, in bytes. 65,536 rows, the most that a sheet has, are mostly less than 50 MB.
const MOST_FILE: u64 = 96 * 1024 * 1024;

/// How many cells the filled areas of all sheets may have together; calamine holds all of them, filled or not.
const MOST_AREA: u64 = 4_000_000;

/// How many cells may be filled.
const MOST_FILLED: u64 = 2_000_000;

/// How many records are looked at: sheets that overlap are looked at again and again.
const MOST_RECORDS: u64 = 40_000_000;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const BOUND_SHEET: u16 = 0x0085;
const SHARED: u16 = 0x00FC;
const CONTINUE: u16 = 0x003C;
const DIMENSIONS: u16 = 0x0200;
const ROW: u16 = 0x0208;
const MANY: u16 = 0x00BD;
const LABEL: u16 = 0x0204;
const RICH_LABEL: u16 = 0x00D6;
const SHARED_LABEL: u16 = 0x00FD;
const FORMULA_TEXT: u16 = 0x0207;
/// Formulas, numbers, booleans and errors.
const OTHER_CELLS: [u16; 4] = [0x0006, 0x0203, 0x0205, 0x027E];

/// What the last sector of a file may be shorter by than it has to be, in bytes.
const SECTOR: usize = 512;

/// Looks at an .xls. One without a workbook in it is left to calamine, which would follow chains of sectors without end.
pub(super) fn look(file: &mut File) -> Result<HiddenRows, WorkbookError> {
    if file.metadata()?.len() > MOST_FILE {
        return Err(WorkbookError::TooLarge);
    }
    file.rewind()?;
    let mut bytes = Vec::new();
    file.take(MOST_FILE).read_to_end(&mut bytes)?;
    bytes.resize(bytes.len().next_multiple_of(SECTOR), 0);
    let mut streams = CompoundFile::open(Cursor::new(bytes)).map_err(broken)?;
    for name in ["EncryptedPackage", "Workbook", "Book"] {
        let mut entries = streams.walk();
        let Some(entry) = entries.find(|entry| entry.name().eq_ignore_ascii_case(name)) else {
            continue;
        };
        // An encrypted .xlsx has the container of an .xls.
        if name == "EncryptedPackage" {
            return Err(WorkbookError::Password);
        }
        let mut content = Vec::new();
        let stream = streams.open_stream(entry.path());
        let read = stream.and_then(|mut stream| stream.read_to_end(&mut content));
        read.map_err(broken)?;
        return Look::default().workbook(&content);
    }
    Ok(HiddenRows::new())
}

#[derive(Default)]
struct Look {
    records: u64,
    area: u64,
    filled: u64,
    text: u64,
    /// The lengths of the texts that cells share.
    shared: Vec<u32>,
}

/// What one sheet holds.
#[derive(Default)]
struct SheetSize {
    /// The first and the last row and column of its cells.
    bounds: Option<[u16; 4]>,
    announced: u64,
    filled: u64,
    text: u64,
    hidden: BTreeSet<u32>,
}

impl Look {
    fn workbook(mut self, stream: &[u8]) -> Result<HiddenRows, WorkbookError> {
        let mut places: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut records = Records(stream);
        while let Some((kind, content)) = records.next() {
            match kind {
                BOUND_SHEET => {
                    let names = places.entry(number32(content, 0) as usize);
                    names.or_default().push(name(content));
                }
                SHARED => {
                    let texts = content.get(8..).unwrap_or_default();
                    self.shared.clear();
                    add_lengths(texts, || records.next_if(CONTINUE), &mut self.shared);
                    if self.shared.len() > MOST_SHARED {
                        return Err(WorkbookError::TooLarge);
                    }
                }
                EOF => break,
                _ => {}
            }
        }
        let mut hidden = HiddenRows::new();
        for (place, names) in places {
            let sheet = self.sheet(stream.get(place..).unwrap_or_default())?;
            let times = names.len() as u64;
            let sum = |sum: u64, of_one: u64| sum.saturating_add(of_one.saturating_mul(times));
            self.area = sum(self.area, sheet.area());
            self.filled = sum(self.filled, sheet.filled);
            self.text = sum(self.text, sheet.text);
            if self.area > MOST_AREA || self.filled > MOST_FILLED || self.text > MOST_TEXTS {
                return Err(WorkbookError::TooLarge);
            }
            hidden.extend(names.into_iter().map(|name| (name, sheet.hidden.clone())));
        }
        Ok(hidden)
    }

    /// Looks at a sheet as far as its end; charts in it have cells of their own, which are none of it.
    fn sheet(&mut self, stream: &[u8]) -> Result<SheetSize, WorkbookError> {
        let (mut sheet, mut depth) = (SheetSize::default(), 0_u32);
        for (kind, content) in Records(stream) {
            self.records += 1;
            if self.records > MOST_RECORDS {
                return Err(WorkbookError::TooLarge);
            }
            match kind {
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                _ if depth > 1 => {}
                ROW if content.get(12).is_some_and(|flags| flags & 0x20 != 0) => {
                    sheet.hidden.insert(u32::from(number16(content, 0)));
                }
                DIMENSIONS => {
                    let announced = announced(content);
                    let announced =
                        announced.ok_or_else(|| broken("its dimensions are damaged"))?;
                    sheet.announced = sheet.announced.max(announced);
                }
                FORMULA_TEXT => sheet.text += content.len() as u64,
                MANY => sheet.cells(content, number16(content, content.len().saturating_sub(2))),
                LABEL | RICH_LABEL => {
                    sheet.text += content.len() as u64;
                    sheet.cells(content, number16(content, 2));
                }
                SHARED_LABEL => {
                    let text = self.shared.get(number32(content, 6) as usize);
                    sheet.text += u64::from(text.copied().unwrap_or_default());
                    sheet.cells(content, number16(content, 2));
                }
                kind if OTHER_CELLS.contains(&kind) => sheet.cells(content, number16(content, 2)),
                _ => {}
            }
        }
        Ok(sheet)
    }
}

impl SheetSize {
    /// Adds the cells of a record, which ends in a column.
    fn cells(&mut self, content: &[u8], last: u16) {
        let (row, column) = (number16(content, 0), number16(content, 2));
        let last = last.max(column);
        let [top, bottom, left, right] = self.bounds.unwrap_or([row, row, column, last]);
        self.bounds = Some([
            top.min(row),
            bottom.max(row),
            left.min(column),
            right.max(last),
        ]);
        self.filled += u64::from(last - column) + 1;
    }

    fn area(&self) -> u64 {
        let length = |start: u16, end: u16| u64::from(end - start) + 1;
        let area = self
            .bounds
            .map(|[top, bottom, left, right]| length(top, bottom) * length(left, right));
        self.announced.max(area.unwrap_or_default())
    }
}

/// How many cells a sheet announces: calamine makes room for them. `None` if it ends before it begins.
fn announced(content: &[u8]) -> Option<u64> {
    let (rows, columns) = match content.len() {
        10 => (
            [0, 2].map(|at| u32::from(number16(content, at))),
            [4, 6].map(|at| number16(content, at)),
        ),
        _ => (
            [0, 4].map(|at| number32(content, at)),
            [8, 10].map(|at| number16(content, at)),
        ),
    };
    let (rows_end, columns_end) = (rows[1], columns[1]);
    if rows_end == 0 || columns_end == 0 {
        return Some(1);
    }
    // A column that can't be is taken for the first one.
    let first = match columns[0] {
        column if column > 0xFF || columns_end < column => 0,
        column => column,
    };
    let rows = rows_end.checked_sub(rows[0]).filter(|rows| *rows > 0)?;
    let columns = Some(columns_end - first).filter(|columns| *columns > 0)?;
    Some(u64::from(rows) * u64::from(columns))
}

/// The name of a sheet: in UTF-16, or in its lower bytes alone.
fn name(content: &[u8]) -> String {
    let length = usize::from(content.get(6).copied().unwrap_or_default());
    let flags = content.get(7).copied().unwrap_or_default();
    let text = content.get(8..).unwrap_or_default();
    let units: Vec<u16> = match flags & 1 {
        1 => text
            .chunks_exact(2)
            .map(|pair| number16(pair, 0))
            .take(length)
            .collect(),
        _ => text.iter().copied().map(u16::from).take(length).collect(),
    };
    String::from_utf16_lossy(&units).replace('\0', "")
}

/// Adds the lengths of the texts that cells share, in bytes, until the records end or there are too many. A text that goes on
/// in another record begins there with its flags.
fn add_lengths<'s>(
    mut rest: &'s [u8],
    mut further: impl FnMut() -> Option<&'s [u8]>,
    lengths: &mut Vec<u32>,
) -> Option<()> {
    while lengths.len() <= MOST_SHARED {
        while rest.is_empty() {
            rest = further()?;
        }
        let mut characters = usize::from(number16(rest, 0));
        let mut flags = rest.get(2).copied().unwrap_or(0);
        lengths.push(characters as u32 * if flags & 1 == 1 { 3 } else { 2 });
        let (mut start, mut behind) = (3, 0);
        if flags & 8 != 0 {
            behind += usize::from(number16(rest, start)) * 4;
            start += 2;
        }
        if flags & 4 != 0 {
            behind += number32(rest, start) as usize;
            start += 4;
        }
        rest = rest.get(start..).unwrap_or_default();
        while characters > 0 {
            let width = 1 + usize::from(flags & 1);
            let here = characters.min(rest.len() / width);
            characters -= here;
            rest = &rest[here * width..];
            if characters > 0 {
                let part = further()?;
                flags = part.first().copied().unwrap_or_default();
                rest = part.get(1..).unwrap_or_default();
            }
        }
        while behind > rest.len() {
            behind -= rest.len();
            rest = further()?;
        }
        rest = &rest[behind..];
    }
    None
}

fn number16(bytes: &[u8], at: usize) -> u16 {
    let pair = bytes.get(at..at + 2).and_then(|pair| pair.try_into().ok());
    pair.map_or(0, u16::from_le_bytes)
}

fn number32(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map_or(0, u32::from_le_bytes)
}

/// The records of a stream, each with its kind, as far as they are whole.
struct Records<'s>(&'s [u8]);

impl<'s> Records<'s> {
    /// The next record, if it is of this kind.
    fn next_if(&mut self, kind: u16) -> Option<&'s [u8]> {
        (number16(self.0, 0) == kind)
            .then(|| self.next())?
            .map(|(_, content)| content)
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = (u16, &'s [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (head, rest) = self.0.split_at_checked(4)?;
        let (content, rest) = rest.split_at_checked(usize::from(number16(head, 2)))?;
        self.0 = rest;
        Some((number16(head, 0), content))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lengths_of_shared_texts_are_counted_across_records() {
        // Two letters of one byte, then four of two bytes, of which the last two stand in the next record.
        let parts: [&[u8]; 2] = [
            b"\x02\0\0ab\x04\0\x01c\0d\0",
            b"\x01e\0f\0\x01\0\x08\x01\0gRUNS\x01\0\0h",
        ];
        let mut lengths = Vec::new();
        let mut further = parts[1..].iter().copied();
        add_lengths(parts[0], || further.next(), &mut lengths);
        assert_eq!(lengths, [4, 12, 2, 2]);
    }
}
