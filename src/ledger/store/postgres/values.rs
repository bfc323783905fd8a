//! Values on their way to a server and back.

use std::error::Error;

use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::ledger::store::Value;

pub(in super::super) use postgres::Row;

/// A value that goes to another thread.
#[derive(Debug, Clone)]
pub(super) enum Owned {
    Null,
    Integer(i64),
    Text(String),
    Blob(Vec<u8>),
    Integers(Vec<i64>),
    Blobs(Vec<Vec<u8>>),
    Texts(Vec<String>),
}

pub(super) fn owned(values: &[Value<'_>]) -> Vec<Owned> {
    let values = values.iter().map(|value| match *value {
        Value::Null => Owned::Null,
        Value::Integer(number) => Owned::Integer(number),
        // A text of PostgreSQL has no NUL.
        Value::Text(text) => Owned::Text(text.replace('\0', "\u{fffd}")),
        Value::Blob(bytes) => Owned::Blob(bytes.to_vec()),
        Value::Integers(numbers) => Owned::Integers(numbers.to_vec()),
        Value::Blobs(blobs) => Owned::Blobs(blobs.iter().map(|bytes| bytes.to_vec()).collect()),
        Value::Texts(texts) => Owned::Texts(texts.iter().map(|text| (*text).to_owned()).collect()),
    });
    values.collect()
}

/// A column of a row; `None` if it is of a kind that the ledger does not have.
pub(in super::super) fn value(row: &Row, column: usize) -> Option<Value<'_>> {
    row.try_get(column).ok()
}

impl ToSql for Owned {
    fn to_sql(
        &self,
        of: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Owned::Null => Ok(IsNull::Yes),
            Owned::Integer(number) => match *of {
                Type::BOOL => (*number != 0).to_sql(of, out),
                Type::INT4 => i32::try_from(*number)?.to_sql(of, out),
                _ => number.to_sql(of, out),
            },
            Owned::Text(text) => text.to_sql(of, out),
            Owned::Blob(bytes) => bytes.to_sql(of, out),
            Owned::Integers(numbers) => numbers.to_sql(of, out),
            Owned::Blobs(blobs) => blobs.to_sql(of, out),
            Owned::Texts(texts) => texts.to_sql(of, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value<'a> {
    fn from_sql(of: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(match *of {
            Type::BOOL => Value::Integer(i64::from(bool::from_sql(of, raw)?)),
            Type::INT2 => Value::Integer(i64::from(i16::from_sql(of, raw)?)),
            Type::INT4 => Value::Integer(i64::from(i32::from_sql(of, raw)?)),
            Type::INT8 => Value::Integer(i64::from_sql(of, raw)?),
            Type::BYTEA => Value::Blob(raw),
            _ => Value::Text(std::str::from_utf8(raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Value::Null)
    }

    fn accepts(of: &Type) -> bool {
        const KINDS: [Type; 8] = [
            Type::BOOL,
            Type::INT2,
            Type::INT4,
            Type::INT8,
            Type::BYTEA,
            Type::TEXT,
            Type::VARCHAR,
            Type::JSON,
        ];
        KINDS.contains(of)
    }
}

/// Rows as `COPY … BINARY` takes them.
pub(in super::super) struct CopyIn(Vec<u8>);

impl CopyIn {
    pub(in super::super) fn new() -> CopyIn {
        CopyIn(b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0".to_vec())
    }

    pub(in super::super) fn add(&mut self, values: &[Value<'_>]) {
        let columns = i16::try_from(values.len()).expect("a table has few columns");
        self.0.extend(columns.to_be_bytes());
        for value in values {
            match *value {
                Value::Null => self.0.extend((-1_i32).to_be_bytes()),
                Value::Integer(number) => self.field(&number.to_be_bytes()),
                Value::Text(text) if text.contains('\0') => {
                    self.field(text.replace('\0', "\u{fffd}").as_bytes());
                }
                Value::Text(text) => self.field(text.as_bytes()),
                Value::Blob(bytes) => self.field(bytes),
                Value::Integers(_) | Value::Blobs(_) | Value::Texts(_) => {
                    unreachable!("no column holds a list")
                }
            }
        }
    }

    pub(in super::super) fn finish(mut self) -> Vec<u8> {
        self.0.extend((-1_i16).to_be_bytes());
        self.0
    }

    fn field(&mut self, bytes: &[u8]) {
        let length = i32::try_from(bytes.len()).expect("a value is shorter than 2 GiB");
        self.0.extend(length.to_be_bytes());
        self.0.extend(bytes);
    }
}
