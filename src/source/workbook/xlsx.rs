//! The sheets of an .xlsx (ECMA-376, part 1, clause 18), read by blocks of rows.

use super::cell::{NumberFormat, in_digits, number_text, styles, time_text, unescaped};
use super::parts::{Archive, MOST_OTHER, MOST_SHARED, MOST_TEXTS};
use super::sheet::{Rows, Sheet, TakeRows, Workbook, misplaced};
use super::xml::{Element, Xml, XmlToken, text};
use super::{WorkbookError, broken};
use crate::workers::{Ended, ordered};
use calamine::ExcelDateTime;
use memchr::{memmem, memrchr};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};

/// How much of a sheet is read at once, in bytes, unless a row is longer.
const BLOCK: u64 = 256 * 1024;

/// How long a row may be, in bytes.
const MOST_ROW: usize = 4 * 1024 * 1024;

/// On how many cores a sheet is read. More need more memory, and unpacking keeps one of them busy.
const MOST_WORKERS: usize = 2;

/// How large a sheet may be, in bytes.
const MOST_SHEET: u64 = 384 * 1024 * 1024;

pub(super) struct Xlsx {
    parts: Archive,
    sheets: Vec<Sheet>,
    meanings: Meanings,
}

/// What cells mean by the numbers in them.
struct Meanings {
    texts: Texts,
    /// Which numbers are times or shown with zeros before them, by the styles of cells.
    styles: Vec<Option<NumberFormat>>,
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
        let mut xml = Xml::new(&book);
        while let Some(token) = xml.next()? {
            match token {
                XmlToken::Start(element) if element.name == "workbookPr" => {
                    meanings.is_1904 |= element.is("date1904");
                }
                XmlToken::Start(element) if element.name == "sheet" => {
                    let id = element.attributes().find(|(name, _)| name.ends_with(":id"));
                    if let Some(target) = id.and_then(|(_, id)| worksheets.get(id)) {
                        let part = target.strip_prefix('/').map(str::to_owned);
                        let state = element.attribute("state");
                        sheets.push(Sheet {
                            name: element.attribute("name").unwrap_or_default().into_owned(),
                            is_visible: state.is_none_or(|state| state == "visible"),
                            part: part.unwrap_or_else(|| format!("{folder}{target}")),
                        });
                    }
                }
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
        let mut blocks = Blocks {
            part: part.take(MOST_SHEET + 1),
            rest: Vec::new(),
            rows: 0,
        };
        let meanings = &self.meanings;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let ended = ordered(
            cores.min(MOST_WORKERS),
            |block| blocks.next(block),
            |block| block.rows(meanings),
            |rows| {
                let wants_more = take(rows.map_err(Some)?).map_err(Some)?;
                if wants_more { Ok(()) } else { Err(None) }
            },
        );
        match ended {
            Ok(()) | Err(Ended::Caller(None)) => Ok(()),
            Err(Ended::Caller(Some(error))) => Err(error),
            Err(Ended::Reading(error)) if error.kind() == io::ErrorKind::FileTooLarge => {
                Err(WorkbookError::TooLarge)
            }
            Err(Ended::Reading(error)) => Err(broken(error)),
        }
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
    let mut xml = Xml::new(&text);
    while let Some(token) = xml.next()? {
        if let XmlToken::Start(element) = token
            && element
                .attribute("Type")
                .is_some_and(|it| it.ends_with(kind))
        {
            let value = |name| element.attribute(name).map(String::from);
            related.extend(value("Id").zip(value("Target")));
        }
    }
    Ok(related)
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
        let mut xml = Xml::new(xml);
        while let Some(token) = xml.next()? {
            match token {
                XmlToken::Start(element) if element.name == "sst" => {
                    let count = element.attribute("uniqueCount");
                    if count.is_some_and(|count| count.parse().unwrap_or(usize::MAX) > MOST_SHARED)
                    {
                        return Err(WorkbookError::TooLarge);
                    }
                }
                XmlToken::Start(element) if element.name == "si" => text.begin(),
                XmlToken::End("si") => {
                    texts.all.push_str(&unescaped(&text.text));
                    texts.ends.push(texts.all.len() as u32);
                }
                token => text.add(&token)?,
            }
        }
        Ok(texts)
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

    fn add(&mut self, token: &XmlToken<'_>) -> Result<(), WorkbookError> {
        match token {
            XmlToken::Start(element) => match element.name {
                "v" => self.is_open = true,
                "t" => self.is_open = !self.is_phonetic,
                "rPh" => self.is_phonetic = true,
                _ => {}
            },
            XmlToken::End("rPh") => self.is_phonetic = false,
            XmlToken::End(_) => self.is_open = false,
            XmlToken::Text(raw) if self.is_open => self.text.push_str(&text(raw)?),
            XmlToken::Literal(text) if self.is_open => self.text.push_str(text),
            _ => {}
        }
        Ok(())
    }
}

/// A sheet that is read by blocks of whole rows.
struct Blocks<R> {
    part: R,
    /// What was read of the next row.
    rest: Vec<u8>,
    /// How many rows were read.
    rows: u32,
}

#[derive(Default)]
struct Block {
    xml: Vec<u8>,
    /// The number of its first row, counted from 0, unless it says another.
    first_row: u32,
}

impl<R: Read> Blocks<io::Take<R>> {
    fn next(&mut self, block: &mut Block) -> io::Result<bool> {
        std::mem::swap(&mut block.xml, &mut self.rest);
        self.rest.clear();
        block.first_row = self.rows;
        loop {
            let size = BLOCK.max(block.xml.len() as u64);
            let read = (&mut self.part).take(size).read_to_end(&mut block.xml)?;
            // Behind the rows there is nothing that is wanted.
            let is_behind = self.rows > 0 && block.xml.trim_ascii_start().starts_with(b"</");
            if is_behind || self.part.limit() == 0 || block.xml.len() > MOST_ROW {
                return match is_behind {
                    true => Ok(false),
                    false => Err(io::ErrorKind::FileTooLarge.into()),
                };
            }
            if let Some(end) = row_end(&block.xml) {
                self.rest.extend_from_slice(&block.xml[end..]);
                block.xml.truncate(end);
                let rows = |tag| memmem::find_iter(&block.xml, tag).count() as u32;
                self.rows += rows(&b"</row>"[..]) + rows(b"<row/>");
                return Ok(true);
            }
            match (read, self.rows) {
                (0, 0) => return Ok(!block.xml.is_empty()),
                (0, _) => return Err(io::ErrorKind::UnexpectedEof.into()),
                _ => {}
            }
        }
    }
}

/// Where the last row ends that is whole.
fn row_end(xml: &[u8]) -> Option<usize> {
    let mut found = memmem::rfind_iter(xml, b"row>");
    let at = found.find(|at| {
        let tag = memrchr(b'<', &xml[..*at]);
        tag.is_some_and(|tag| xml[tag..].starts_with(b"</"))
    });
    at.map(|at| at + b"row>".len())
}

impl Block {
    fn rows(&self, meanings: &Meanings) -> Result<Rows, WorkbookError> {
        let xml = std::str::from_utf8(&self.xml).map_err(broken)?;
        let (mut rows, mut text) = (Rows::default(), CellText::default());
        let mut cell = Cell {
            row: self.first_row,
            ..Cell::default()
        };
        let mut xml = Xml::new(xml);
        while let Some(token) = xml.next()? {
            match token {
                XmlToken::Start(element) if element.name == "c" => {
                    cell.start(&element)?;
                    text.begin();
                }
                XmlToken::Start(element) if element.name == "row" => {
                    cell.start_row(&element)?;
                    rows.begin(cell.row, element.is("hidden"));
                }
                // The value of a cell with a text of its own says it again.
                XmlToken::Start(element) if element.name == "v" && cell.kind == "inlineStr" => {}
                XmlToken::End("c") => cell.write(&text.text, meanings, &mut rows)?,
                XmlToken::End("row") => cell.row = cell.row.saturating_add(1),
                XmlToken::End("sheetData") => break,
                token => text.add(&token)?,
            }
        }
        Ok(rows)
    }
}

#[derive(Default)]
struct Cell<'x> {
    row: u32,
    column: u32,
    /// What its text is: `s` the place of a shared text, `str` a text, and so on.
    kind: &'x str,
    style: usize,
}

impl<'x> Cell<'x> {
    fn start_row(&mut self, element: &Element<'_>) -> Result<(), WorkbookError> {
        self.column = 0;
        if let Some(number) = element.attribute("r") {
            let number = number.parse().ok().and_then(|row: u32| row.checked_sub(1));
            self.row = number.ok_or_else(misplaced)?;
        }
        Ok(())
    }

    fn start(&mut self, element: &Element<'x>) -> Result<(), WorkbookError> {
        (self.kind, self.style) = ("", 0);
        for (name, value) in element.attributes() {
            match name {
                "r" => (self.row, self.column) = place_of(value).ok_or_else(misplaced)?,
                "s" => self.style = value.parse().unwrap_or_default(),
                "t" => self.kind = value,
                _ => {}
            }
        }
        Ok(())
    }

    fn write(
        &mut self,
        text: &str,
        meanings: &Meanings,
        rows: &mut Rows,
    ) -> Result<(), WorkbookError> {
        let value = match self.kind {
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
                (Ok(number), Some(Some(NumberFormat::Time(kind)))) => {
                    time_text(ExcelDateTime::new(number, *kind, meanings.is_1904)).into()
                }
                (Ok(number), Some(Some(NumberFormat::Digits(digits)))) => {
                    let shown = in_digits(number, digits);
                    shown.unwrap_or_else(|| number_text(number)).into()
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
