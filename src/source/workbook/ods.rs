//! A look at an .ods before calamine reads it: how much it will hold of it, and which rows are hidden, which it does not tell.

use super::WorkbookError;
use super::held::HiddenRows;
use super::parts::{Archive, MOST_OTHER, MOST_TEXTS};
use super::xml::{Element, Xml, XmlToken};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::File;
use std::ops::Range;

/// How many cells the filled areas of all sheets may have together; calamine holds all of them, filled or not.
const MOST_AREA: u64 = 2_000_000;

/// How much text the cells may have together, in bytes: each of those that are alike has its own.
const MOST_REPEATED: u64 = 2 * MOST_TEXTS;

/// So many rows at once are the rest of an empty sheet.
const MOST_HIDDEN: usize = 100_000;

pub(super) fn look(file: &File) -> Result<HiddenRows, WorkbookError> {
    let mut parts = Archive::open(file.try_clone()?)?;
    // calamine reads it as well.
    parts.text("META-INF/manifest.xml", MOST_OTHER)?;
    let (mut hidden, mut sheet, mut table) = (HiddenRows::new(), Cow::default(), Table::default());
    let (mut area, mut text) = (0_u64, 0_u64);
    let content = parts.text("content.xml", MOST_TEXTS)?;
    let mut xml = Xml::new(&content);
    while let Some(token) = xml.next()? {
        let size = match token {
            XmlToken::Start(element) => match element.name {
                "table" => {
                    area += std::mem::take(&mut table).area();
                    sheet = element.attribute("table:name").unwrap_or_default();
                    0
                }
                "table-row" => {
                    let rows = table.start_row(&element);
                    let visibility = element.attribute("table:visibility");
                    if visibility.is_some_and(|it| it != "visible") && rows.len() < MOST_HIDDEN {
                        let hidden = hidden.entry(sheet.clone().into_owned());
                        hidden.or_insert_with(BTreeSet::new).extend(rows);
                    }
                    0
                }
                "table-cell" | "covered-table-cell" => table.start_cell(&element),
                "s" => u64::from(count(&element, "text:c")),
                _ => 0,
            },
            XmlToken::Text(text) | XmlToken::Literal(text) => text.len() as u64,
            XmlToken::End(_) => 0,
        };
        text = text.saturating_add(size.saturating_mul(table.alike()));
        if area.saturating_add(table.area()) > MOST_AREA || text > MOST_REPEATED {
            return Err(WorkbookError::TooLarge);
        }
    }
    Ok(hidden)
}

/// The filled area of a sheet.
#[derive(Default)]
struct Table {
    rows: u32,
    columns: u32,
    /// The rows that are being read, which are alike, and in them the columns.
    row: Range<u32>,
    column: Range<u32>,
}

impl Table {
    fn start_row(&mut self, element: &Element<'_>) -> Range<u32> {
        let repeated = count(element, "table:number-rows-repeated");
        (self.row, self.column) = (behind(&self.row, repeated), 0..0);
        self.row.clone()
    }

    /// Begins cells that are alike; returns how long their values are that are no text.
    fn start_cell(&mut self, element: &Element<'_>) -> u64 {
        self.column = behind(
            &self.column,
            count(element, "table:number-columns-repeated"),
        );
        let values = element.attributes();
        let values =
            values.filter(|(name, _)| *name == "table:formula" || name.starts_with("office:"));
        let values: Vec<u64> = values.map(|(_, value)| value.len() as u64).collect();
        if !values.is_empty() {
            self.rows = self.rows.max(self.row.end);
            self.columns = self.columns.max(self.column.end);
        }
        values.iter().sum()
    }

    /// How many cells are alike.
    fn alike(&self) -> u64 {
        self.row.len() as u64 * self.column.len() as u64
    }

    fn area(&self) -> u64 {
        u64::from(self.rows) * u64::from(self.columns)
    }
}

/// As many rows or columns, behind others.
fn behind(others: &Range<u32>, count: u32) -> Range<u32> {
    others.end..others.end.saturating_add(count)
}

fn count(element: &Element<'_>, name: &str) -> u32 {
    let count = element.attribute(name);
    count.map_or(1, |count| count.parse().unwrap_or(u32::MAX))
}
