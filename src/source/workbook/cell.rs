//! Typed cells as text.

use calamine::ExcelDateTime;
use std::borrow::Cow;

/// A number as text; a whole number has no decimals.
pub(super) fn number_text(number: f64) -> String {
    /// Above it, not every whole number is a floating-point number.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match number.fract() == 0.0 && number.abs() < EXACT {
        true => (number as i64).to_string(),
        false => number.to_string(),
    }
}

/// A date or a time in ISO 8601.
pub(super) fn time_text(time: ExcelDateTime) -> String {
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

/// Text in which `_xHHHH_` is the UTF-16 unit of this number, as Excel writes what XML has no characters for.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let (mut units, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find("_x") {
        units.extend(rest[..at].encode_utf16());
        let code = rest.get(at + 2..at + 6);
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = code.filter(|_| rest[at + 6..].starts_with('_'));
        let unit = code.and_then(|code| u16::from_str_radix(code, 16).ok());
        units.push(unit.unwrap_or(u16::from(b'_')));
        rest = &rest[at + unit.map_or(1, |_| 7)..];
    }
    units.extend(rest.encode_utf16());
    String::from_utf16_lossy(&units).into()
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
    use calamine::ExcelDateTimeType;

    #[test]
    fn columns_have_letters() {
        let names = [0, 25, 26, 701, 702, 16_383].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn characters_that_xml_does_not_have_are_unescaped() {
        let text = unescaped("a_x000D__x_x005F_x000D_ _xD83D__xDE00_ _x12_");
        assert_eq!(text, "a\r_x_x000D_ \u{1F600} _x12_");
    }

    #[test]
    fn values_are_written_as_a_person_sees_them() {
        let numbers = [1_012_345_678.0, -0.5, 1e20].map(number_text);
        assert_eq!(numbers, ["1012345678", "-0.5", "100000000000000000000"]);
        let time = |value, kind| time_text(ExcelDateTime::new(value, kind, false));
        assert_eq!(time(33_010.0, ExcelDateTimeType::DateTime), "1990-05-17");
        assert_eq!(time(0.75, ExcelDateTimeType::DateTime), "18:00:00");
        assert_eq!(time(1.25, ExcelDateTimeType::TimeDelta), "30:00:00");
    }
}
