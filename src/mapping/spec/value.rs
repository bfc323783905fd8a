//! Values of a mapping: where one comes from, and how it is written.

use crate::document::{ColumnOr, KEY, Lined};
use crate::lang::tr;
use crate::names::named;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde_json::json;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Where a value comes from.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Lined<ColumnOr<ValueTable>>")]
pub struct Value {
    pub from: From,
    /// What stands in where that is empty.
    pub default: Option<String>,
    /// What separates several values in it, where that is not what the mapping says for all.
    pub split: Option<String>,
    pub condition: Option<Condition>,
    pub labels: BTreeMap<String, String>,
    /// Which of several values of a custom property represents it: the one whose column says yes.
    pub represent: Option<Box<Value>>,
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
    /// A link of a custom property, and its text.
    Link(Box<(Value, Option<Value>)>),
}

#[derive(Clone, Debug)]
pub enum Piece {
    Text(String),
    Column(String),
}

named! {
    /// The parts of a postal address.
    pub enum AddressPart {
        Formatted = "formatted",
        Street = "street",
        Street2 = "street2",
        Street3 = "street3",
        Extended = "extended",
        PoBox = "poBox",
        City = "city",
        Region = "region",
        Country = "country",
    }
}

impl Value {
    /// What stands in a column, by the first of these names that the file has.
    pub fn column(names: Vec<String>, line: usize) -> Value {
        Value::new(From::Column(names), line)
    }

    pub fn new(from: From, line: usize) -> Value {
        Value {
            from,
            default: None,
            split: None,
            condition: None,
            labels: BTreeMap::new(),
            represent: None,
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
            From::Link(link) => {
                link.0.each_column(each);
                link.1.iter().for_each(|text| text.each_column(each));
            }
            From::Constant(_) => {}
        }
        self.represent
            .iter()
            .for_each(|value| value.each_column(each));
    }
}

/// Has exactly one source: one of the first five keys, the parts of an address, or those of a date.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend(
    "oneOf" = sources(),
    "dependentRequired" = {
        "separator": ["join"],
        "text": ["link"],
        "year": ["month", "day"],
        "month": ["year", "day"],
        "day": ["year", "month"],
    },
    "not" = { "required": ["if_filled", "if_empty"] },
))]
struct ValueTable {
    /// A column, or the first of several that the file has; {n} stands for every number
    column: Option<Vec<String>>,
    /// Always this text
    constant: Option<String>,
    /// Several values, joined by `separator`, leaving out the empty ones
    join: Option<Vec<Value>>,
    /// The first of several values that is not empty
    first: Option<Vec<Value>>,
    /// Text with columns in braces, such as "{A} ({B})"
    template: Option<String>,
    /// What stands between the values of `join`; a blank if it is left out
    separator: Option<String>,
    /// What stands in where the value is empty
    default: Option<String>,
    /// What values stand for, such as e-mails for the ids of members; a value that is not listed stays
    #[serde(default)]
    labels: BTreeMap<String, String>,
    /// A link of a custom property
    link: Option<Value>,
    /// The text of `link`
    text: Option<Value>,
    /// The column that says of a value of a custom property whether it represents it
    represent: Option<Value>,
    /// What separates several values in the cell
    split: Option<String>,
    /// It counts only where this column is filled
    if_filled: Option<Vec<String>>,
    /// It counts only where this column is empty or missing
    if_empty: Option<Vec<String>>,
    /// The year of a date in three columns
    year: Option<Value>,
    /// The month of a date in three columns
    month: Option<Value>,
    /// The day of a date in three columns
    day: Option<Value>,
    /// A postal address as a whole
    formatted: Option<Value>,
    /// A part of a postal address, which is put together in the order of its country
    street: Option<Value>,
    street2: Option<Value>,
    street3: Option<Value>,
    extended: Option<Value>,
    #[serde(rename = "poBox")]
    po_box: Option<Value>,
    city: Option<Value>,
    region: Option<Value>,
    country: Option<Value>,
}

fn sources() -> serde_json::Value {
    let required = |key: &str| json!({ "required": [key] });
    let mut sources = ["column", "constant", "join", "first", "template", "link"]
        .map(required)
        .to_vec();
    let address = AddressPart::ALL.map(|part| required(part.as_str()));
    let date = ["year", "month", "day"].map(required);
    sources.extend([json!({ "anyOf": address }), json!({ "anyOf": date })]);
    sources.into()
}

impl JsonSchema for Value {
    fn schema_name() -> Cow<'static, str> {
        "value".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        ColumnOr::<ValueTable>::json_schema(generator)
    }
}

impl TryFrom<Lined<ColumnOr<ValueTable>>> for Value {
    type Error = String;

    fn try_from(Lined(line, ColumnOr(table)): Lined<ColumnOr<ValueTable>>) -> Result<Self, String> {
        let columns = |columns: Option<Vec<String>>, filled| {
            columns.map(|columns| Condition { columns, filled })
        };
        let condition = match (
            columns(table.if_filled, true),
            columns(table.if_empty, false),
        ) {
            (Some(_), Some(_)) => return Err(tr!("mapping-one-condition")),
            (filled, empty) => filled.or(empty),
        };
        if table.separator.is_some() && table.join.is_none() {
            return Err(tr!("config-missing", key = KEY, missing = "join"));
        }
        if table.text.is_some() && table.link.is_none() {
            return Err(tr!("config-missing", key = KEY, missing = "link"));
        }
        let separator = table.separator.unwrap_or_else(|| " ".into());
        let date = match (table.year, table.month, table.day) {
            (None, None, None) => None,
            (Some(year), Some(month), Some(day)) => Some(Box::new([year, month, day])),
            _ => return Err(tr!("mapping-date")),
        };
        let address = [
            table.formatted,
            table.street,
            table.street2,
            table.street3,
            table.extended,
            table.po_box,
            table.city,
            table.region,
            table.country,
        ];
        let address = AddressPart::ALL.into_iter().zip(address);
        let address: Vec<_> = address
            .filter_map(|(part, value)| Some((part, value?)))
            .collect();
        let sources = [
            table.column.map(From::Column),
            table.constant.map(From::Constant),
            table.join.map(|values| From::Join(values, separator)),
            table.first.map(From::First),
            table
                .template
                .map(|template| From::Template(pieces(&template))),
            (!address.is_empty()).then_some(From::Address(address)),
            date.map(From::Date),
            table
                .link
                .map(|link| From::Link(Box::new((link, table.text)))),
        ];
        let mut sources = sources.into_iter().flatten();
        match (sources.next(), sources.next()) {
            (Some(from), None) => Ok(Value {
                default: table.default,
                split: table.split.filter(|split| !split.is_empty()),
                condition,
                labels: table.labels,
                represent: table.represent.map(Box::new),
                ..Value::new(from, line)
            }),
            _ => Err(tr!("mapping-one-source", key = KEY)),
        }
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
