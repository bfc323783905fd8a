//! The position of a mistake in its file, found in the bytes of the record. Only for the examples that a person is shown.

use super::{Example, RejectSource};
use crate::printable::plain;
use crate::source::csv::{RecordCell, record_cells};
use crate::source::workbook::column_name;

/// Longer records are not searched, in bytes.
pub const LONGEST: u64 = 256 * 1024;

/// Returns the position of the wrong character, else of the value, else of the cell, as `LINE:COLUMN`; in a cell with line
/// breaks, on its first line. Both count from 1, the column in characters. `None` if it is not certain: no value, a value made
/// of several cells, undecodable bytes, misplaced quotes. In a workbook, it is `SHEET!CELL`, or the row if only that is certain.
pub fn place(example: &Example, source: &RejectSource, raw: &[u8]) -> Option<String> {
    let exact = exact(example, source, raw);
    match source {
        RejectSource::Csv {
            sheet: Some(sheet), ..
        } => {
            let column = exact.map(|(_, column)| column);
            Some(in_sheet(sheet, column, example.line))
        }
        _ => exact.map(|(line, column)| format!("{line}:{column}")),
    }
}

/// Returns where a value stands whose record is not at hand: the line of the record, or in a workbook its row and column.
pub fn place_of_field(source: &RejectSource, line: u64, label: Option<&str>) -> String {
    let RejectSource::Csv {
        header,
        dialect,
        sheet: Some(sheet),
        ..
    } = source
    else {
        return line.to_string();
    };
    let header = String::from_utf8_lossy(header);
    let names = record_cells(&header, *dialect).unwrap_or_default();
    let mut names = names.iter();
    let index = names.position(|name| Some(name.value.trim()) == label);
    in_sheet(sheet, index.map(|index| index as u64 + 1), line)
}

fn in_sheet(sheet: &str, column: Option<u64>, row: u64) -> String {
    let letters = column.map_or(String::new(), |column| column_name(column as usize - 1));
    format!("{}!{letters}{row}", plain(sheet))
}

/// The line and the column; in a workbook, those of the cell.
fn exact(example: &Example, source: &RejectSource, raw: &[u8]) -> Option<(u64, u64)> {
    let label = example.label.as_deref()?;
    if example.value.is_empty() || raw.len() as u64 > LONGEST {
        return None;
    }
    let (text, at) = match source {
        RejectSource::Csv {
            header,
            dialect,
            encoding,
            sheet,
            ..
        } => {
            // The first bytes that the encoding does not have may be what is wrong: up to them, all places are certain.
            let decoded = |bytes, may_be_malformed| match encoding.decode(bytes) {
                (text, is_right) if is_right || may_be_malformed => Some(text.into_owned()),
                _ => None,
            };
            let text = decoded(raw, example.is_about_malformed())?;
            let header = decoded(header, false)?;
            let names = record_cells(header.trim_start_matches('\u{feff}'), *dialect)?;
            let row = record_cells(&text, *dialect)?;
            let index = meant(&names, &row, label, example)?;
            if sheet.is_some() {
                return Some((example.line, index as u64 + 1));
            }
            let at = in_cell(&text, &row[index], example)?;
            (text, at)
        }
        RejectSource::Vcard => {
            let text = std::str::from_utf8(raw).ok()?;
            (text.to_owned(), in_card(text, label, example)?)
        }
    };
    let (lines, column) = position(&text, at);
    Some((example.line + lines, column))
}

/// The column under a name that has the value.
fn meant(
    names: &[RecordCell],
    row: &[RecordCell],
    label: &str,
    example: &Example,
) -> Option<usize> {
    let is_meant = |index: &usize| match names[*index].value.trim() {
        "" => label == format!("column {}", index + 1),
        name => name == label,
    };
    let meant: Vec<usize> = (0..names.len().min(row.len())).filter(is_meant).collect();
    let has_it = |index: &usize| row[*index].value.contains(&example.value);
    match meant[..] {
        [] => None,
        [only] => Some(only),
        _ => once(meant.into_iter().filter(has_it)),
    }
}

/// The offset in a row of what is wrong in a cell.
fn in_cell(text: &str, cell: &RecordCell, example: &Example) -> Option<usize> {
    let start = cell.span.start;
    let Some(value) = once(cell.value.match_indices(&example.value)) else {
        return (!cell.value.is_empty()).then_some(start);
    };
    let before = cell.value[..value.0].chars().count() + example.at.unwrap_or(0);
    let offset = nth(&text[cell.span.clone()], before, cell.quoted);
    let is_below = text[start..start + offset].contains(['\n', '\r']);
    Some(if is_below { start } else { start + offset })
}

/// The offset of a cell's character, where two quotes may stand for one.
fn nth(cell: &str, n: usize, quoted: bool) -> usize {
    let mut characters = cell.char_indices().peekable();
    for _ in 0..n {
        let Some((_, c)) = characters.next() else {
            break;
        };
        if quoted && c == '"' {
            characters.next();
        }
    }
    characters.peek().map_or(cell.len(), |(at, _)| *at)
}

/// The offset in a card of what is wrong in a property: where the value stands as it is, once, in a line of that property.
fn in_card(text: &str, label: &str, example: &Example) -> Option<usize> {
    let name = label.split(';').next()?;
    let is_there = |(at, _): &(usize, &str)| {
        let line = text[..*at].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let head = &text[line..*at];
        let parts = head.split_at_checked(name.len());
        parts.is_some_and(|(start, rest)| {
            start.eq_ignore_ascii_case(name) && rest.starts_with([':', ';'])
        })
    };
    let (at, value) = once(text.match_indices(&example.value).filter(is_there))?;
    Some(at + nth(value, example.at.unwrap_or(0), false))
}

fn once<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// How many lines are above an offset, and the 1-based character of its line.
fn position(text: &str, at: usize) -> (u64, u64) {
    let before = &text[..at];
    let lone = |(at, _): &(usize, &str)| before.as_bytes().get(at + 1) != Some(&b'\n');
    let lines = before.matches('\n').count() + before.match_indices('\r').filter(lone).count();
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    (lines as u64, before[start..].chars().count() as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::encoding::TextEncoding;

    fn csv(delimiter: u8, encoding: TextEncoding) -> RejectSource {
        let header = encoding
            .encode(
                "Name;Phone;Phone;Memo;"
                    .replace(';', &char::from(delimiter).to_string())
                    .as_str(),
            )
            .0;
        RejectSource::Csv {
            header,
            columns: 5,
            dialect: delimiter.into(),
            encoding,
            has_reason: false,
            sheet: None,
        }
    }

    fn example(label: &str, value: &str, at: Option<usize>) -> Example {
        Example {
            source: "contacts.csv".into(),
            line: 17,
            label: Some(label.into()),
            value: value.into(),
            at,
            mend: String::new(),
            exact: None,
        }
    }

    fn at(line: u64, column: u64) -> Option<String> {
        Some(format!("{line}:{column}"))
    }

    #[test]
    fn a_mistake_has_its_line_and_its_character() {
        let utf8 = csv(b';', TextEncoding::UTF_8);
        for (row, label, value, offset, expected) in [
            (
                "김예시;030 CALL;;;",
                "Phone",
                "030 CALL",
                Some(4),
                at(17, 9),
            ),
            (
                "김예시; 030 CALL ;;;",
                "Phone",
                "030 CALL",
                Some(4),
                at(17, 10),
            ),
            (
                "김예시;\"030 CALL\";;;",
                "Phone",
                "030 CALL",
                None,
                at(17, 6),
            ),
            (
                "\"a;\"\"b\";1;\"\"\"2\"\" x\";;",
                "Phone",
                "\"2\" x",
                Some(4),
                at(17, 18),
            ),
            // The cell starts below the record's first line.
            ("\"two\nlines\";x;;;", "Phone", "x", Some(0), at(18, 8)),
            ("\"two\r\nlines\";x;;;", "Phone", "x", None, at(18, 8)),
            ("\"two\rlines\";x;;;", "Phone", "x", None, at(18, 8)),
            // The character to blame is below the line in which the cell starts.
            (
                ";;;\"one\ntwo x\";",
                "Memo",
                "one\ntwo x",
                Some(8),
                at(17, 5),
            ),
            // The value was changed on its way: the cell is meant.
            ("a;;;０３０ x;", "Memo", "030 x", Some(4), at(17, 5)),
            ("a;;;;y", "column 5", "y", None, at(17, 6)),
            // Which of the two columns is meant, nothing says.
            ("a;x;x;;", "Phone", "x", None, None),
            ("a;;;;", "Phone", "x", None, None),
            ("a;x;;;", "Nothing", "x", None, None),
            ("a;\"x\"y;;;", "Phone", "x", None, None),
        ] {
            let example = example(label, value, offset);
            assert_eq!(place(&example, &utf8, row.as_bytes()), expected, "{row}");
        }
    }

    #[test]
    fn characters_are_counted_and_not_bytes_in_every_encoding() {
        for label in ["utf-8", "euc-kr", "utf-16le"] {
            let encoding = TextEncoding::from_label(label).expect("it is known");
            let source = csv(b'\t', encoding);
            let raw = encoding.encode("김예시\t전화 x\t\t\t").0;
            let example = example("Phone", "전화 x", Some(3));
            assert_eq!(place(&example, &source, &raw), at(17, 8), "{label}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_have_their_place_and_hide_that_of_other_mistakes() {
        let source = csv(b';', TextEncoding::UTF_8);
        let raw = b"\xea\xb9\x80;x \xff y;;;";
        let malformed = example("Phone", "x \u{fffd} y", Some(2));
        assert_eq!(place(&malformed, &source, raw), at(17, 5));
        let other = example("Phone", "x \u{fffd} y", Some(0));
        assert_eq!(place(&other, &source, raw), None);
    }

    #[test]
    fn a_property_of_a_card_is_found_by_its_name_and_its_value() {
        let card = "BEGIN:VCARD\r\nNOTE:CALL\r\nitem1.TEL;TYPE=WORK:030 CALL\r\nTEL:030 CALL\r\nEND:VCARD\r\n";
        let in_card = |label: &str, value: &str, offset| {
            place(
                &example(label, value, offset),
                &RejectSource::Vcard,
                card.as_bytes(),
            )
        };
        assert_eq!(in_card("item1.TEL;WORK", "030 CALL", Some(4)), at(19, 25));
        assert_eq!(in_card("TEL", "030 CALL", Some(0)), at(20, 5));
        assert_eq!(in_card("NOTE", "CALL", None), at(18, 6));
        assert_eq!(in_card("NOTE", "030", None), None);
    }
}
