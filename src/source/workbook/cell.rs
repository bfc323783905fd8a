//! Typed cells as text, and which numbers of an .xlsx are dates and times, by the styles of cells.

use super::WorkbookError;
use super::xml::{Xml, XmlToken};
use calamine::{ExcelDateTime, ExcelDateTimeType};
use std::borrow::Cow;
use std::collections::HashMap;

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

/// What a format shows a number as.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NumberFormat {
    Time(ExcelDateTimeType),
    /// As so many digits with what stands between them, as in `000-0000-0000`: `None` for each digit.
    Digits(Vec<Option<char>>),
}

/// What the numbers are shown as in cells of each style, if they are times or digits.
pub(super) fn styles(xml: &str) -> Result<Vec<Option<NumberFormat>>, WorkbookError> {
    let (mut styles, mut formats, mut is_of_cells) = (Vec::new(), HashMap::new(), false);
    let mut xml = Xml::new(xml);
    while let Some(token) = xml.next()? {
        match token {
            XmlToken::Start(element) => match element.name {
                "numFmt" => {
                    let code = element.attribute("formatCode").unwrap_or_default();
                    let time = of_code(&code).map(NumberFormat::Time);
                    let format = time.or_else(|| digits(&code).map(NumberFormat::Digits));
                    formats.insert(element.attribute("numFmtId"), format);
                }
                "cellXfs" => is_of_cells = true,
                "xf" if is_of_cells => {
                    let id = element.attribute("numFmtId");
                    let format = formats.get(&id).cloned();
                    let built_in = || of_id(id?.parse().ok()?).map(NumberFormat::Time);
                    styles.push(format.unwrap_or_else(built_in));
                }
                _ => {}
            },
            XmlToken::End("cellXfs") => break,
            _ => {}
        }
    }
    Ok(styles)
}

/// What a number is in a format that every workbook has, if it is a time (clause 18.8.30).
fn of_id(id: u32) -> Option<ExcelDateTimeType> {
    match id {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Some(ExcelDateTimeType::DateTime),
        46 => Some(ExcelDateTimeType::TimeDelta),
        _ => None,
    }
}

/// What a number is in a format such as `yyyy-mm-dd`, if it is a time.
fn of_code(code: &str) -> Option<ExcelDateTimeType> {
    let mut letters = code.chars().map(|letter| letter.to_ascii_lowercase());
    while let Some(letter) = letters.next() {
        match letter {
            // Behind it is the format of negative numbers.
            ';' => return None,
            '\\' | '_' | '*' => drop(letters.next()),
            '"' => drop(letters.find(|letter| *letter == '"')),
            '[' => {
                let inside: String = letters.by_ref().take_while(|it| *it != ']').collect();
                if ["h", "hh", "m", "mm", "s", "ss"].contains(&inside.as_str()) {
                    return Some(ExcelDateTimeType::TimeDelta);
                }
            }
            'd' | 'h' | 'm' | 's' | 'y' => return Some(ExcelDateTimeType::DateTime),
            _ => {}
        }
    }
    None
}

/// The digits of a format such as `000\-0000\-0000` or `00000`, which shows the zeros at the beginning of a number.
fn digits(code: &str) -> Option<Vec<Option<char>>> {
    let mut letters = code.strip_suffix(";@").unwrap_or(code).chars();
    let mut shown = Vec::new();
    while let Some(letter) = letters.next() {
        match letter {
            '0' => shown.push(None),
            '\\' => shown.push(Some(letters.next()?)),
            '"' => shown.extend(letters.by_ref().take_while(|it| *it != '"').map(Some)),
            '-' | ' ' | '(' | ')' | '+' => shown.push(Some(letter)),
            _ => return None,
        }
    }
    let count = shown.iter().filter(|it| it.is_none()).count();
    (count > 1).then_some(shown)
}

/// A whole number as a format shows it, which has room for all of its digits; nothing else is one.
pub(super) fn in_digits(number: f64, format: &[Option<char>]) -> Option<String> {
    let text = number_text(number);
    let places = format.iter().filter(|it| it.is_none()).count();
    let zeros = places.checked_sub(text.len())?;
    let is_whole = text.bytes().all(|b| b.is_ascii_digit());
    let mut digits = std::iter::repeat_n('0', zeros).chain(text.chars());
    let shown = format.iter().map(|it| it.or_else(|| digits.next()));
    is_whole.then(|| shown.collect()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn a_number_has_the_zeros_that_its_format_shows() {
        let shown = |number, code| in_digits(number, &digits(code)?);
        for (number, code, expected) in [
            (1_000_009_001.0, "000\\-0000\\-0000", Some("010-0000-9001")),
            (
                300_009_401.0,
                "00\"-\"0000\"-\"0000;@",
                Some("03-0000-9401"),
            ),
            (4524.0, "00000", Some("04524")),
            (104_524.0, "00000", None),
            (4.5, "00000", None),
            (-4.0, "00000", None),
            (4.0, "0", None),
            (4.0, "0.00", None),
            (4.0, "#,##0", None),
        ] {
            assert_eq!(shown(number, code).as_deref(), expected, "{number} {code}");
        }
    }

    #[test]
    fn formats_of_dates_and_times_are_told_from_others() {
        use ExcelDateTimeType::{DateTime, TimeDelta};
        for (code, expected) in [
            ("yyyy\"年\"m\"月\"d\"日\";@", Some(DateTime)),
            ("[$-412]h:mm AM/PM", Some(DateTime)),
            ("[Blue]\\+[h]:mm", Some(TimeDelta)),
            ("General", None),
            ("#,##0.00\\ _M\"H\"_);[Red]#,##0", None),
            ("0*d;yyyy", None),
        ] {
            assert_eq!(of_code(code), expected, "{code}");
        }
    }
}
