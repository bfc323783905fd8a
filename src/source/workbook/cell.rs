//! Typed cells as text.

use calamine::{CellErrorType, DataType, ExcelDateTime};
use std::borrow::Cow;

/// What a cell holds.
pub(super) enum Value<'c> {
    Text(Cow<'c, str>),
    Error(CellErrorType),
}

/// The text of a cell: a date in ISO 8601, a whole number without decimals, the value of a formula.
pub(super) fn value<T: DataType>(cell: &T) -> Value<'_> {
    if let Some(text) = cell.get_string() {
        return Value::Text(text.into());
    }
    if let Some(error) = cell.get_error() {
        return Value::Error(error.clone());
    }
    let text = if let Some(number) = cell.get_float() {
        number_text(number)
    } else if let Some(number) = cell.get_int() {
        number.to_string()
    } else if let Some(is_true) = cell.get_bool() {
        if is_true { "TRUE" } else { "FALSE" }.to_owned()
    } else if let Some(time) = cell.get_datetime() {
        time_text(time)
    } else if let Some(date) = cell.get_datetime_iso() {
        date.trim_end_matches("T00:00:00").to_owned()
    } else {
        cell.get_duration_iso().unwrap_or_default().to_owned()
    };
    Value::Text(text.into())
}

fn number_text(number: f64) -> String {
    /// Above it, not every whole number is a floating-point number.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match number.fract() == 0.0 && number.abs() < EXACT {
        true => (number as i64).to_string(),
        false => number.to_string(),
    }
}

fn time_text(time: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if time.is_duration() {
        let seconds = (time.as_f64() * 86_400.0).round() as i64;
        let (minutes, second) = (seconds / 60, seconds % 60);
        return format!("{:02}:{:02}:{second:02}", minutes / 60, minutes % 60);
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    match (time.as_f64() < 1.0, (hour, minute, second)) {
        (true, _) => clock,
        (false, (0, 0, 0)) => date,
        (false, _) => format!("{date}T{clock}"),
    }
}

/// The letters of a column counted from 0: A, B, …, Z, AA, …
pub fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, ExcelDateTimeType};

    #[test]
    fn columns_have_letters() {
        let names = [0, 25, 26, 701, 702, 16_383].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn values_are_written_as_a_person_sees_them() {
        let time = |value, kind| Data::DateTime(ExcelDateTime::new(value, kind, false));
        for (cell, expected) in [
            (Data::Float(1_012_345_678.0), "1012345678"),
            (Data::Float(-0.5), "-0.5"),
            (Data::Float(1e20), "100000000000000000000"),
            (Data::Int(7), "7"),
            (Data::Bool(false), "FALSE"),
            (Data::Empty, ""),
            (
                Data::DateTimeIso("1990-05-17T00:00:00".to_owned()),
                "1990-05-17",
            ),
            (time(33_010.0, ExcelDateTimeType::DateTime), "1990-05-17"),
            (time(0.75, ExcelDateTimeType::DateTime), "18:00:00"),
            (time(1.25, ExcelDateTimeType::TimeDelta), "30:00:00"),
        ] {
            match value(&cell) {
                Value::Text(text) => assert_eq!(text, expected),
                Value::Error(error) => panic!("{error}"),
            }
        }
    }
}
