//! Which numbers of an .xlsx are dates and times, by the styles of cells.

use super::WorkbookError;
use super::xml::{Xml, XmlToken};
use calamine::ExcelDateTimeType;
use std::collections::HashMap;

/// What the numbers are in cells of each style, if they are times.
pub(super) fn styles(xml: &str) -> Result<Vec<Option<ExcelDateTimeType>>, WorkbookError> {
    let (mut styles, mut formats, mut is_of_cells) = (Vec::new(), HashMap::new(), false);
    let mut xml = Xml::new(xml);
    while let Some(token) = xml.next()? {
        match token {
            XmlToken::Start(element) => match element.name {
                "numFmt" => {
                    let code = element.attribute("formatCode").unwrap_or_default();
                    formats.insert(element.attribute("numFmtId"), of_code(&code));
                }
                "cellXfs" => is_of_cells = true,
                "xf" if is_of_cells => {
                    let id = element.attribute("numFmtId");
                    let format = formats.get(&id).copied();
                    styles.push(format.unwrap_or_else(|| of_id(id?.parse().ok()?)));
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

#[cfg(test)]
mod tests {
    use super::*;

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
