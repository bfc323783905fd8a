//! Values on their way to a server and back.

use std::error::Error;

use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};

use crate::ledger::error::{ErrorKind, Result};

pub(in super::super) use postgres::Row;

type Unconverted = Box<dyn Error + Sync + Send>;

/// A value that goes to another thread.
#[derive(Debug)]
pub(in crate::ledger) struct Parameter(Value);

pub(in super::super) fn parameters(values: &[&dyn rusqlite::ToSql]) -> Result<Vec<Parameter>> {
    let values = values.iter().map(|value| Ok(Parameter(owned(*value)?)));
    values.collect()
}

fn owned(value: &dyn rusqlite::ToSql) -> Result<Value> {
    let value = match value.to_sql()? {
        ToSqlOutput::Borrowed(value) => value.try_into().map_err(rusqlite::Error::from)?,
        ToSqlOutput::Owned(value) => value,
        _ => unreachable!("no value of the ledger is a pointer"),
    };
    Ok(match value {
        // A text of PostgreSQL has no NUL.
        Value::Text(text) if text.contains('\0') => Value::Text(text.replace('\0', "\u{fffd}")),
        value => value,
    })
}

/// A column of a row.
pub(in super::super) fn value(row: &Row, column: usize) -> Result<ValueRef<'_>> {
    let cell: Result<Cell<'_>, _> = row.try_get(column);
    cell.map(|cell| cell.0)
        .map_err(|error| ErrorKind::Other(error.to_string()))
}

impl ToSql for Parameter {
    fn to_sql(&self, of: &Type, out: &mut BytesMut) -> Result<IsNull, Unconverted> {
        match (&self.0, of) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Integer(number), &Type::BOOL) => (*number != 0).to_sql(of, out),
            (Value::Integer(number), &Type::INT4) => i32::try_from(*number)?.to_sql(of, out),
            (Value::Integer(number), _) => number.to_sql(of, out),
            // The arrays of `json_each`.
            (Value::Text(list), &Type::INT8_ARRAY) => {
                serde_json::from_str::<Vec<i64>>(list)?.to_sql(of, out)
            }
            (Value::Text(list), &Type::TEXT_ARRAY) => {
                serde_json::from_str::<Vec<&str>>(list)?.to_sql(of, out)
            }
            (Value::Text(list), &Type::BYTEA_ARRAY) => {
                let hashes = serde_json::from_str::<Vec<&str>>(list)?.into_iter();
                let hashes = hashes.map(|hash| u128::from_str_radix(hash, 16));
                let hashes = hashes.map(|hash| hash.map(|hash| hash.to_be_bytes().to_vec()));
                hashes.collect::<Result<Vec<_>, _>>()?.to_sql(of, out)
            }
            (Value::Text(text), _) => text.to_sql(of, out),
            (Value::Blob(bytes), _) => bytes.to_sql(of, out),
            (Value::Real(_), _) => unreachable!("no value of the ledger is a fraction"),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

struct Cell<'a>(ValueRef<'a>);

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(of: &Type, raw: &'a [u8]) -> Result<Self, Unconverted> {
        Ok(Cell(match *of {
            Type::BOOL => ValueRef::Integer(i64::from(bool::from_sql(of, raw)?)),
            Type::INT4 => ValueRef::Integer(i64::from(i32::from_sql(of, raw)?)),
            Type::INT8 => ValueRef::Integer(i64::from_sql(of, raw)?),
            Type::BYTEA => ValueRef::Blob(raw),
            _ => ValueRef::Text(raw),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Unconverted> {
        Ok(Cell(ValueRef::Null))
    }

    fn accepts(of: &Type) -> bool {
        const KINDS: [Type; 7] = [
            Type::BOOL,
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
