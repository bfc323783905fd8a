//! The sheets of an .xlsx (ECMA-376, part 1, clause 18).

use super::cell::{number_text, time_text, unescaped};
use super::parts::{Archive, MOST_OTHER, MOST_SHARED, MOST_TEXTS};
use super::sheet::{Rows, Sheet, TakeRows, Workbook, misplaced};
use super::styles::styles;
use super::xml::{MOST_TEXT, Xml, add_reference, attribute, attributes, is};
use super::{WorkbookError, broken};
use calamine::{ExcelDateTime, ExcelDateTimeType};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};

/// How large a sheet may be, in bytes.
const MOST_SHEET: u64 = 384 * 1024 * 1024;

/// How much of a sheet is unpacked at once, in bytes.
const BUFFER: usize = 64 * 1024;

/// An open workbook.
pub(super) struct Xlsx {
    parts: Archive,
    sheets: Vec<Sheet>,
    meanings: Meanings,
}

/// What cells mean by the numbers in them.
struct Meanings {
    texts: Texts,
    /// Which numbers are times, by the styles of cells.
    styles: Vec<Option<ExcelDateTimeType>>,
    /// Whether days are counted from 1904 on.
    is_1904: bool,
}

impl Xlsx {
    pub fn open(file: File) -> Result<Self, WorkbookError> {
        let mut parts = Archive::open(file)?;
        let book = related(&mut parts, "_rels/.rels", "/officeDocument")?.pop();
        let book = book.map_or("xl/workbook.xml".to_owned(), |(_, target)| target);
        let book = book.trim_start_matches('/');
        let (folder, name) = book.split_at(book.rfind('/').map_or(0, |slash| slash + 1));
        let texts = Texts::read(&parts.text(&format!("{folder}sharedStrings.xml"), MOST_TEXTS)?)?;
        let mut meanings = Meanings {
            texts,
            styles: styles(&parts.text(&format!("{folder}styles.xml"), MOST_OTHER)?)?,
            is_1904: false,
        };
        // There are other sheets: charts, dialogs, macros.
        let rels = format!("{folder}_rels/{name}.rels");
        let worksheets = related(&mut parts, &rels, "/worksheet")?.into_iter();
        let worksheets: HashMap<String, String> = worksheets.collect();
        let mut sheets = Vec::new();
        let book = parts.text(book, MOST_OTHER)?;
        let mut xml = Xml::new(book.as_bytes());
        loop {
            match xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "workbookPr" => {
                    meanings.is_1904 |= is(&element, "date1904");
                }
                Event::Start(element) if element.local_name().as_ref() == "sheet" => {
                    let id = attributes(&element).find(|(name, _)| name.ends_with(":id"));
                    if let Some(target) = id.and_then(|(_, id)| worksheets.get(&*id)) {
                        let part = target.strip_prefix('/').map(str::to_owned);
                        let state = attribute(&element, "state");
                        sheets.push(Sheet {
                            name: attribute(&element, "name").unwrap_or_default(),
                            is_visible: state.is_none_or(|state| state == "visible"),
                            part: part.unwrap_or_else(|| format!("{folder}{target}")),
                        });
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        if sheets.is_empty() {
            return Err(broken("it has no sheets"));
        }
        Ok(Self {
            parts,
            sheets,
            meanings,
        })
    }
}

impl Workbook for Xlsx {
    fn sheets(&self) -> Vec<Sheet> {
        self.sheets.clone()
    }

    fn rows(&mut self, sheet: &Sheet, take: TakeRows<'_>) -> Result<(), WorkbookError> {
        let part = self.parts.part(&sheet.part)?;
        let part = part.ok_or_else(|| broken("a sheet of it is missing"))?;
        if part.size() > MOST_SHEET {
            return Err(WorkbookError::TooLarge);
        }
        let mut xml = Xml::new(BufReader::with_capacity(BUFFER, part.take(MOST_SHEET)));
        let (mut rows, mut text, mut cell) =
            (Rows::default(), CellText::default(), Cell::default());
        loop {
            match xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "c" => {
                        cell.start(&element)?;
                        text.begin();
                    }
                    "row" => {
                        cell.start_row(&element)?;
                        rows.begin(cell.row, is(&element, "hidden"));
                    }
                    // The value of a cell with a text of its own says it again.
                    "v" if cell.kind == "inlineStr" => {}
                    name => text.start(name),
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "c" => cell.write(&text.text, &self.meanings, &mut rows)?,
                    "row" => {
                        cell.row = cell.row.saturating_add(1);
                        if rows.is_full() && !take(std::mem::take(&mut rows))? {
                            return Ok(());
                        }
                    }
                    "sheetData" => break,
                    name => text.end(name),
                },
                Event::Eof if cell.row > 0 => return Err(broken("its XML is cut off")),
                Event::Eof => break,
                event => text.add(&event)?,
            }
        }
        take(rows).map(drop)
    }
}

/// The ids and targets of the relationships of a type, by the end of its name.
fn related(
    parts: &mut Archive,
    name: &str,
    kind: &str,
) -> Result<Vec<(String, String)>, WorkbookError> {
    let mut related = Vec::new();
    let text = parts.text(name, MOST_OTHER)?;
    let mut xml = Xml::new(text.as_bytes());
    loop {
        match xml.next()? {
            Event::Start(element)
                if attribute(&element, "Type").is_some_and(|it| it.ends_with(kind)) =>
            {
                let ids = attribute(&element, "Id").zip(attribute(&element, "Target"));
                related.extend(ids);
            }
            Event::Eof => return Ok(related),
            _ => {}
        }
    }
}

/// The texts that cells share, one behind the other.
#[derive(Default)]
struct Texts {
    all: String,
    ends: Vec<u32>,
}

impl Texts {
    fn read(xml: &str) -> Result<Self, WorkbookError> {
        let (mut texts, mut text) = (Texts::default(), CellText::default());
        let mut xml = Xml::new(xml.as_bytes());
        loop {
            match xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "sst" => {
                        let count = attribute(&element, "uniqueCount");
                        let count = count.map_or(0, |it| it.parse().unwrap_or(usize::MAX));
                        if count > MOST_SHARED {
                            return Err(WorkbookError::TooLarge);
                        }
                    }
                    "si" => text.begin(),
                    name => text.start(name),
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "si" => {
                        texts.all.push_str(&unescaped(&text.text));
                        texts.ends.push(texts.all.len() as u32);
                    }
                    name => text.end(name),
                },
                Event::Eof => return Ok(texts),
                event => text.add(&event)?,
            }
        }
    }

    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = index
            .checked_sub(1)
            .map_or(0, |before| self.ends[before] as usize);
        Some(&self.all[start..end])
    }
}

/// The text of a cell, or of a text that cells share, as its elements give it.
#[derive(Default)]
struct CellText {
    text: String,
    /// Whether an element is open whose text it is.
    is_open: bool,
    /// How the text is pronounced is no part of it.
    is_phonetic: bool,
}

impl CellText {
    fn begin(&mut self) {
        self.text.clear();
        (self.is_open, self.is_phonetic) = (false, false);
    }

    fn start(&mut self, element: &str) {
        match element {
            "v" => self.is_open = true,
            "t" => self.is_open = !self.is_phonetic,
            "rPh" => self.is_phonetic = true,
            _ => {}
        }
    }

    fn end(&mut self, element: &str) {
        match element {
            "rPh" => self.is_phonetic = false,
            _ => self.is_open = false,
        }
    }

    fn add(&mut self, event: &Event<'_>) -> Result<(), WorkbookError> {
        match event {
            _ if !self.is_open => {}
            Event::Text(text) => self.text.push_str(&text.xml10_content()),
            Event::CData(text) => self.text.push_str(text),
            Event::GeneralRef(reference) => add_reference(reference, &mut self.text)?,
            _ => {}
        }
        match self.text.len() > MOST_TEXT {
            true => Err(WorkbookError::TooLarge),
            false => Ok(()),
        }
    }
}

/// The cell that is being read.
#[derive(Default)]
struct Cell {
    row: u32,
    column: u32,
    /// What its text is: `s` the place of a shared text, `str` a text, and so on.
    kind: String,
    style: usize,
}

impl Cell {
    fn start_row(&mut self, element: &BytesStart<'_>) -> Result<(), WorkbookError> {
        self.column = 0;
        if let Some(number) = attribute(element, "r") {
            let number = number.parse().ok().and_then(|row: u32| row.checked_sub(1));
            self.row = number.ok_or_else(misplaced)?;
        }
        Ok(())
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), WorkbookError> {
        self.kind.clear();
        self.style = 0;
        for (name, value) in attributes(element) {
            match name {
                "r" => (self.row, self.column) = place_of(&value).ok_or_else(misplaced)?,
                "s" => self.style = value.parse().unwrap_or_default(),
                "t" => self.kind.push_str(&value),
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes the cell, which has this text.
    fn write(
        &mut self,
        text: &str,
        meanings: &Meanings,
        rows: &mut Rows,
    ) -> Result<(), WorkbookError> {
        let value = match &*self.kind {
            "e" => {
                rows.error(self.row, self.column, text);
                "".into()
            }
            _ if text.is_empty() => "".into(),
            "s" => {
                let shared = text
                    .parse()
                    .ok()
                    .and_then(|index| meanings.texts.get(index));
                shared
                    .ok_or_else(|| broken("a text of it is missing"))?
                    .into()
            }
            "str" | "inlineStr" => unescaped(text),
            "b" if text == "1" || text == "true" => "TRUE".into(),
            "b" => "FALSE".into(),
            "d" => text.trim_end_matches("T00:00:00").into(),
            _ => match (text.parse(), meanings.styles.get(self.style)) {
                (Ok(number), Some(Some(kind))) => {
                    time_text(ExcelDateTime::new(number, *kind, meanings.is_1904)).into()
                }
                (Ok(number), _) => number_text(number).into(),
                (Err(_), _) => text.into(),
            },
        };
        rows.cell(self.row, self.column, &value)?;
        self.column = self.column.saturating_add(1);
        Ok(())
    }
}

/// The row and the column of a cell by its name, such as `B7`, counted from 0.
fn place_of(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|letter: char| !letter.is_ascii_alphabetic())?;
    let column = name[..digits].bytes().fold(0_u32, |column, letter| {
        let letter = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column.saturating_mul(26).saturating_add(letter)
    });
    let row: u32 = name[digits..].parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}
