//! What a column holds, and the types that it is read and written as.

use std::borrow::Cow;

use jiff::Timestamp;

/// A value of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Value<'a> {
    Null,
    /// Also a time, in microseconds since 1970, and a truth, as 0 or 1.
    Integer(i64),
    Text(&'a str),
    Blob(&'a [u8]),
    /// Several numbers, for `= ANY (?)`, which not every database has.
    Integers(&'a [i64]),
    /// Several hashes, likewise.
    Blobs(&'a [&'a [u8]]),
    /// Several texts, likewise.
    Texts(&'a [&'a str]),
}

/// Something that is written as a value.
pub(in super::super) trait ToValue {
    fn to_value(&self) -> Value<'_>;
}

/// Something that a value is read as; `None` if the value is of another kind.
pub(in super::super) trait FromValue: Sized {
    fn from_value(value: Value<'_>) -> Option<Self>;
}

/// The values of a statement, in the order of their numbers.
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::ledger::store::ToValue::to_value(&$value)),*] };
}
pub(in super::super) use params;

impl<'a> Value<'a> {
    pub(in super::super) fn text(self) -> Option<&'a str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(in super::super) fn blob(self) -> Option<&'a [u8]> {
        match self {
            Value::Blob(bytes) => Some(bytes),
            _ => None,
        }
    }

    fn integer(self) -> Option<i64> {
        match self {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }
}

macro_rules! integers {
    ($($type:ty),*) => { $(
        impl ToValue for $type {
            fn to_value(&self) -> Value<'_> {
                // Columns end at 2⁶³, and nothing that is counted here does.
                Value::Integer(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }

        impl FromValue for $type {
            fn from_value(value: Value<'_>) -> Option<Self> {
                value.integer()?.try_into().ok()
            }
        }
    )* };
}

integers!(i32, i64, u8, u16, u32, u64);

impl ToValue for bool {
    fn to_value(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}

impl FromValue for bool {
    fn from_value(value: Value<'_>) -> Option<Self> {
        Some(value.integer()? != 0)
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl ToValue for Cow<'_, str> {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl FromValue for String {
    fn from_value(value: Value<'_>) -> Option<Self> {
        value.text().map(str::to_owned)
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl ToValue for Vec<u8> {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        value.blob().map(<[u8]>::to_vec)
    }
}

impl<const N: usize> ToValue for [u8; N] {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl<const N: usize> FromValue for [u8; N] {
    fn from_value(value: Value<'_>) -> Option<Self> {
        value.blob()?.try_into().ok()
    }
}

impl FromValue for Timestamp {
    fn from_value(value: Value<'_>) -> Option<Self> {
        Timestamp::from_microsecond(value.integer()?).ok()
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, T::to_value)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}
