//! Values of a mapping: where one comes from, and how it is written.

use crate::config::read::{ConfigError, Entry, Section};
use crate::lang::tr;

/// Where a value comes from.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it is made of.
    pub from: From,
    /// What stands in where that is empty.
    pub default: Option<String>,
    /// What separates several values in it, where that is not what the mapping says for all.
    pub split: Option<String>,
    /// When it counts at all.
    pub condition: Option<Condition>,
    /// The line in the mapping.
    pub line: usize,
}

/// When a value counts: where another column is filled, or where it is empty (or missing).
///
/// NAVER's address book writes a whole name into the column of the given name where that of the family name is empty.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The other column, by the first of these names that the file has.
    pub columns: Vec<String>,
    /// Whether it has to be filled (`if_filled`), or empty (`if_empty`).
    pub filled: bool,
}

/// What a value is made of.
#[derive(Clone, Debug)]
pub enum From {
    /// A column, by the first of these names that the file has.
    Column(Vec<String>),
    /// Always the same.
    Constant(String),
    /// Several, joined by a separator, leaving out the empty ones.
    Join(Vec<Value>, String),
    /// The first that is not empty.
    First(Vec<Value>),
    /// Text with values in it.
    Template(Vec<Piece>),
    /// A postal address from its parts, in the order of its country.
    Address(Vec<(AddressPart, Value)>),
    /// A date from year, month and day in three columns.
    Date(Box<[Value; 3]>),
}

/// A piece of a template.
#[derive(Clone, Debug)]
pub enum Piece {
    /// As it stands.
    Text(String),
    /// The value of a column.
    Column(String),
}

/// A part of a postal address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum AddressPart {
    Formatted,
    Street,
    Street2,
    Street3,
    Extended,
    PoBox,
    City,
    Region,
    Country,
}

impl AddressPart {
    /// Every part with its name in a mapping.
    pub const ALL: [(AddressPart, &'static str); 9] = [
        (AddressPart::Formatted, "formatted"),
        (AddressPart::Street, "street"),
        (AddressPart::Street2, "street2"),
        (AddressPart::Street3, "street3"),
        (AddressPart::Extended, "extended"),
        (AddressPart::PoBox, "poBox"),
        (AddressPart::City, "city"),
        (AddressPart::Region, "region"),
        (AddressPart::Country, "country"),
    ];

    /// The part's name in a mapping.
    pub fn name(self) -> &'static str {
        let named = AddressPart::ALL.iter().find(|(part, _)| *part == self);
        named.map_or("", |(_, name)| name)
    }
}

impl Value {
    /// What stands in a column, by the first of these names that the file has.
    pub fn column(names: Vec<String>, line: usize) -> Value {
        Value::new(From::Column(names), line)
    }

    /// A value without anything that qualifies it.
    pub fn new(from: From, line: usize) -> Value {
        Value {
            from,
            default: None,
            split: None,
            condition: None,
            line,
        }
    }

    /// Calls `each` with the spellings of every column in it.
    pub fn each_column(&self, each: &mut dyn FnMut(&[String])) {
        match &self.from {
            From::Column(spellings) => each(spellings),
            From::Join(values, _) | From::First(values) => {
                values.iter().for_each(|value| value.each_column(each))
            }
            From::Address(parts) => parts.iter().for_each(|(_, value)| value.each_column(each)),
            From::Date(parts) => parts.iter().for_each(|value| value.each_column(each)),
            From::Template(pieces) => {
                for piece in pieces {
                    if let Piece::Column(name) = piece {
                        each(std::slice::from_ref(name));
                    }
                }
            }
            From::Constant(_) => {}
        }
    }

    /// Reads a value: a column's name, or a table.
    pub(super) fn read(entry: &Entry<'_>) -> Result<Value, ConfigError> {
        let line = entry.error("").line.unwrap_or(0);
        if let Some(column) = entry.as_str() {
            return Ok(Value::column(vec![column.to_owned()], line));
        }
        if !entry.is_table() {
            return Err(entry.wrong_type(&tr!("wanted-value")));
        }
        entry.section(|section| {
            let mut sources = Vec::new();
            if let Some(columns) = section.strings("column")? {
                sources.push(From::Column(columns));
            }
            if let Some(constant) = section.string("constant")? {
                sources.push(From::Constant(constant));
            }
            if let Some(entry) = section.entry("join") {
                let separator = section.string("separator")?.unwrap_or_else(|| " ".into());
                sources.push(From::Join(values(Some(entry))?, separator));
            }
            if let Some(entry) = section.entry("first") {
                sources.push(From::First(values(Some(entry))?));
            }
            if let Some(template) = section.string("template")? {
                sources.push(From::Template(pieces(&template)));
            }
            sources.extend(address(section)?.map(From::Address));
            sources.extend(date(section)?.map(|date| From::Date(Box::new(date))));
            let qualified = Value {
                default: section.string("default")?,
                split: section.string("split")?.filter(|split| !split.is_empty()),
                condition: condition(section)?,
                ..Value::new(From::Constant(String::new()), line)
            };
            let mut sources = sources.into_iter();
            match (sources.next(), sources.next()) {
                (Some(from), None) => Ok(Value { from, ..qualified }),
                _ => Err(section.error(tr!("mapping-one-source", key = entry.name()))),
            }
        })
    }
}

fn condition(section: &Section<'_>) -> Result<Option<Condition>, ConfigError> {
    let of = |key: &str, filled| {
        let columns = section.strings(key)?;
        Ok(columns.map(|columns| Condition { columns, filled }))
    };
    match (of("if_filled", true)?, of("if_empty", false)?) {
        (Some(_), Some(_)) => Err(section.error(tr!("mapping-one-condition"))),
        (filled, empty) => Ok(filled.or(empty)),
    }
}

fn address(section: &Section<'_>) -> Result<Option<Vec<(AddressPart, Value)>>, ConfigError> {
    let mut parts = Vec::new();
    for (part, name) in AddressPart::ALL {
        if let Some(value) = value(section.entry(name))? {
            parts.push((part, value));
        }
    }
    Ok((!parts.is_empty()).then_some(parts))
}

fn date(section: &Section<'_>) -> Result<Option<[Value; 3]>, ConfigError> {
    let [year, month, day] = ["year", "month", "day"].map(|part| value(section.entry(part)));
    match (year?, month?, day?) {
        (None, None, None) => Ok(None),
        (Some(year), Some(month), Some(day)) => Ok(Some([year, month, day])),
        _ => Err(section.error(tr!("mapping-date"))),
    }
}

pub(super) fn value(entry: Option<Entry<'_>>) -> Result<Option<Value>, ConfigError> {
    entry.map(|entry| Value::read(&entry)).transpose()
}

pub(super) fn values(entry: Option<Entry<'_>>) -> Result<Vec<Value>, ConfigError> {
    match entry {
        None => Ok(Vec::new()),
        Some(entry) => entry.items()?.iter().map(Value::read).collect(),
    }
}

/// `"{A} ({B})"` → column A, ` (`, column B, `)`. `{{` and `}}` stand for braces.
fn pieces(template: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = template.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '{' | '}' if rest.peek() == Some(&c) => {
                rest.next();
                text.push(c);
            }
            '{' => {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
                let column = rest.by_ref().take_while(|c| *c != '}').collect();
                pieces.push(Piece::Column(column));
            }
            c => text.push(c),
        }
    }
    pieces.push(Piece::Text(text));
    pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
    pieces
}
