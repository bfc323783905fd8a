//! Where a value comes from, and how that is written.

use crate::document::{ColumnOr, KEY, Lined};
use crate::lang::tr;
use crate::names::named;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use serde_json::json;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Where a value comes from.
#[derive(Clone, Debug)]
pub enum Expression {
    Column(ColumnRef),
    /// Always the same.
    Constant(String),
    /// Several, joined by a separator, leaving out the empty ones.
    Join(Vec<Self>, String),
    /// The first that is not empty.
    First(Vec<Self>),
    /// Constants and columns.
    Template(Vec<Self>),
    /// A postal address from its parts, in the order of its country.
    Address(Vec<(AddressPart, Self)>),
    /// A date from year, month and day in three columns.
    Date(Box<[Self; 3]>),
    /// A value, or this text where it is empty.
    Default(Box<Self>, String),
    /// A value that counts where a column is filled (`true`), or where it is empty or missing.
    ///
    /// NAVER's address book writes a whole name into the column of the given name where that of the family name is empty.
    If(Box<Self>, ColumnRef, bool),
    /// What stands before the first of this text (`true`), which is all where it is missing; or what stands behind it.
    Cut(Box<Self>, String, bool),
    /// What values stand for; the keys are in lower case. A value that is not listed stays.
    Labels(Box<Self>, BTreeMap<String, String>),
    /// Several values, separated so.
    Split(Box<Self>, String),
    /// A link of a custom property, and its text.
    Link(Box<(Self, Option<Self>)>),
    /// A value of a custom property, and what says whether it represents the property.
    Represent(Box<(Self, Self)>),
}

/// A column, by the first of these names that the file has.
#[derive(Clone, Debug, Default)]
pub struct ColumnRef {
    pub names: Vec<String>,
    /// The line in the mapping; 0 if it is not from a file.
    pub line: usize,
    /// Which column of its file it is, in a [`Plan`](crate::mapping::Plan).
    pub index: usize,
}

named! {
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

impl Expression {
    pub fn column(name: String) -> Expression {
        Expression::of_columns(vec![name], 0)
    }

    /// The first of these columns that the file has.
    pub(super) fn of_columns(names: Vec<String>, line: usize) -> Expression {
        Expression::Column(ColumnRef::new(names, line))
    }

    /// The values that it is made of.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Column(_) | Self::Constant(_) => Vec::new(),
            Self::Join(parts, _) | Self::First(parts) | Self::Template(parts) => {
                parts.iter().collect()
            }
            Self::Address(parts) => parts.iter().map(|(_, part)| part).collect(),
            Self::Date(parts) => parts.iter().collect(),
            Self::Default(value, _)
            | Self::If(value, ..)
            | Self::Cut(value, ..)
            | Self::Labels(value, _)
            | Self::Split(value, _) => vec![value],
            Self::Link(link) => std::iter::once(&link.0).chain(&link.1).collect(),
            Self::Represent(value) => vec![&value.0, &value.1],
        }
    }

    pub fn is_link(&self) -> bool {
        match self {
            Self::Link(_) => true,
            Self::Represent(value) => value.0.is_link(),
            _ => false,
        }
    }

    /// The columns that it has values from; those of conditions are none.
    pub fn columns(&self) -> Vec<&ColumnRef> {
        match self {
            Self::Column(column) => vec![column],
            value => value.parts().into_iter().flat_map(Self::columns).collect(),
        }
    }
}

impl ColumnRef {
    pub(super) fn new(names: Vec<String>, line: usize) -> ColumnRef {
        let index = 0;
        ColumnRef { names, line, index }
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
    join: Option<Vec<Expression>>,
    /// The first of several values that is not empty
    first: Option<Vec<Expression>>,
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
    link: Option<Expression>,
    /// The text of `link`
    text: Option<Expression>,
    /// The column that says of a value of a custom property whether it represents it
    represent: Option<Expression>,
    /// What separates several values in the cell
    split: Option<String>,
    /// Only what stands before this text, in a cell that holds two values; all where it is missing
    before: Option<String>,
    /// Only what stands behind this text
    behind: Option<String>,
    /// It counts only where this column is filled
    if_filled: Option<Vec<String>>,
    /// It counts only where this column is empty or missing
    if_empty: Option<Vec<String>>,
    /// The year of a date in three columns
    year: Option<Expression>,
    /// The month of a date in three columns
    month: Option<Expression>,
    /// The day of a date in three columns
    day: Option<Expression>,
    /// A postal address as a whole
    formatted: Option<Expression>,
    /// A part of a postal address, which is put together in the order of its country
    street: Option<Expression>,
    street2: Option<Expression>,
    street3: Option<Expression>,
    extended: Option<Expression>,
    #[serde(rename = "poBox")]
    po_box: Option<Expression>,
    city: Option<Expression>,
    region: Option<Expression>,
    country: Option<Expression>,
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

impl JsonSchema for Expression {
    fn schema_name() -> Cow<'static, str> {
        "value".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        ColumnOr::<ValueTable>::json_schema(generator)
    }
}

impl<'de> Deserialize<'de> for Expression {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Lined(line, ColumnOr(table)) =
            Lined::<ColumnOr<ValueTable>>::deserialize(deserializer)?;
        table.expression(line).map_err(D::Error::custom)
    }
}

impl ValueTable {
    fn expression(mut self, line: usize) -> Result<Expression, String> {
        let column = |names| ColumnRef::new(names, line);
        let condition = match (self.if_filled.take(), self.if_empty.take()) {
            (Some(_), Some(_)) => return Err(tr!("mapping-one-condition")),
            (Some(names), None) => Some((column(names), true)),
            (None, names) => names.map(|names| (column(names), false)),
        };
        let is_link = self.link.is_some();
        let mut value = self.source(line)?;
        if let Some((column, filled)) = condition {
            value = Expression::If(Box::new(value), column, filled);
        }
        for (at, before) in [(self.behind, false), (self.before, true)] {
            if let Some(at) = at.filter(|at| !at.is_empty()) {
                value = Expression::Cut(Box::new(value), at, before);
            }
        }
        if let Some(default) = self.default {
            value = Expression::Default(Box::new(value), default);
        }
        if !self.labels.is_empty() {
            let labels = self.labels.into_iter();
            let labels = labels.map(|(label, text)| (label.trim().to_lowercase(), text));
            value = Expression::Labels(Box::new(value), labels.collect());
        }
        if let Some(split) = self.split.filter(|split| !split.is_empty()) {
            value = Expression::Split(Box::new(value), split);
        }
        if is_link {
            value = Expression::Link(Box::new((value, self.text)));
        }
        Ok(match self.represent {
            Some(flag) => Expression::Represent(Box::new((value, flag))),
            None => value,
        })
    }

    /// Takes out the one source that it has.
    fn source(&mut self, line: usize) -> Result<Expression, String> {
        if self.separator.is_some() && self.join.is_none() {
            return Err(tr!("config-missing", key = KEY, missing = "join"));
        }
        if self.text.is_some() && self.link.is_none() {
            return Err(tr!("config-missing", key = KEY, missing = "link"));
        }
        let separator = self.separator.take().unwrap_or_else(|| " ".into());
        let date = match (self.year.take(), self.month.take(), self.day.take()) {
            (None, None, None) => None,
            (Some(year), Some(month), Some(day)) => Some(Box::new([year, month, day])),
            _ => return Err(tr!("mapping-date")),
        };
        let address = [
            &mut self.formatted,
            &mut self.street,
            &mut self.street2,
            &mut self.street3,
            &mut self.extended,
            &mut self.po_box,
            &mut self.city,
            &mut self.region,
            &mut self.country,
        ];
        let address = AddressPart::ALL.into_iter().zip(address);
        let address = address.filter_map(|(part, value)| Some((part, value.take()?)));
        let address: Vec<_> = address.collect();
        let column = |names| Expression::of_columns(names, line);
        let template = |text: String| Expression::Template(pieces(&text, line));
        let sources = [
            self.column.take().map(column),
            self.constant.take().map(Expression::Constant),
            (self.join.take()).map(|values| Expression::Join(values, separator)),
            self.first.take().map(Expression::First),
            self.template.take().map(template),
            (!address.is_empty()).then_some(Expression::Address(address)),
            date.map(Expression::Date),
            self.link.take(),
        ];
        let mut sources = sources.into_iter().flatten();
        match (sources.next(), sources.next()) {
            (Some(source), None) => Ok(source),
            _ => Err(tr!("mapping-one-source", key = KEY)),
        }
    }
}

/// `"{A} ({B})"` → column A, ` (`, column B, `)`. `{{` and `}}` stand for braces.
fn pieces(template: &str, line: usize) -> Vec<Expression> {
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
                pieces.push(Expression::Constant(std::mem::take(&mut text)));
                let names = vec![rest.by_ref().take_while(|c| *c != '}').collect()];
                pieces.push(Expression::of_columns(names, line));
            }
            c => text.push(c),
        }
    }
    pieces.push(Expression::Constant(text));
    pieces.retain(|piece| !matches!(piece, Expression::Constant(text) if text.is_empty()));
    pieces
}
