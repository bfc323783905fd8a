//! What is said of a file that is opened, in the chosen language: the readers themselves speak only English.

use crate::lang::{self, tr};
use crate::mapping::Plan;
use crate::printable::{plain, shown};
use crate::source::csv::{FileKind, OpenError};
use crate::source::encoding::{Detected, Reason, Ruined, TextEncoding, Tie};
use crate::source::vcard::Survey;
use crate::source::workbook::{WorkbookError, WrittenSheet};
use std::path::Path;

/// How a file's text is read and why, as `CP949 because …`. Nothing was detected where the user names the encoding.
pub(super) fn encoding(encoding: &str, detected: Option<&Detected>) -> String {
    let reason = detected.map_or_else(|| tr!("because-asked"), |found| because(&found.reason));
    tr!("encoding-because", encoding, reason)
}

/// How a file's text is read, as `CP949 (detected)`.
pub(super) fn read_as(mapping: &str, encoding: &str, is_detected: bool) -> String {
    let encoding = match is_detected {
        true => tr!("encoding-detected", encoding),
        false => encoding.to_owned(),
    };
    tr!("read-as", mapping, encoding)
}

pub(crate) fn because(reason: &Reason) -> String {
    match reason {
        Reason::ByteOrderMark => tr!("because-mark"),
        Reason::Zeros => tr!("because-zeros"),
        Reason::Escapes(count) => tr!("because-escapes", count),
        Reason::Ascii => tr!("because-ascii"),
        Reason::Utf8 => tr!("because-utf8"),
        Reason::Seen {
            words,
            count,
            of,
            malformed,
            ..
        } => {
            let mut seen = tr!("because-seen", count, of);
            if let Some(words) = lang::joined(words.iter().map(|word| shown(word))) {
                seen = tr!("because-header", words, seen);
            }
            match malformed {
                0 => seen,
                count => tr!("because-malformed", seen, count),
            }
        }
    }
}

/// How a file of vCards is read: in which encoding the text is that names none.
pub(super) fn vcard(survey: &Survey, asked: Option<TextEncoding>) -> String {
    match asked.or(survey.encoding) {
        Some(encoding) => tr!("read-as", mapping = "vCard", encoding = encoding.name()),
        None => "vCard".to_owned(),
    }
}

/// What stands outside of the cards of a file, and whether its text was ruined.
pub(super) fn of_cards(name: &str, survey: &Survey) -> Vec<String> {
    let place = |line: u64| format!("{name}:{line}");
    let mut said = Vec::new();
    for one in &survey.outside {
        let (place, text, count) = (place(one.line), plain(&one.text), one.lines);
        said.push(match one.component.as_deref() {
            Some(component) => tr!("warn-component", place, component, count),
            None => tr!("warn-outside", place, count, text),
        });
    }
    if survey.more_outside > 0 {
        let count = survey.more_outside;
        said.push(tr!("warn-more-outside", path = name, count));
    }
    if let Some((ruined, count)) = &survey.ruined {
        let (place, text) = (place(ruined.line), plain(&ruined.text));
        let before = plain(&ruined.should_be.would_read);
        let (through, count) = (ruined.should_be.through.name(), *count);
        said.push(tr!(
            "warn-ruined-cards",
            place,
            text,
            before,
            through,
            count
        ));
    }
    said
}

/// Text of a CSV file that was ruined before it was saved.
pub(super) fn ruined(name: &str, ruined: &Ruined) -> String {
    let (place, text) = (format!("{name}:{}", ruined.line), ruined.text.as_str());
    let before = ruined.should_be.would_read.as_str();
    let through = ruined.should_be.through.name();
    tr!("warn-ruined", place, text, before, through)
}

/// Columns that bear the same name, and how many of them are mapped. `line` is that of the header.
pub(super) fn named_alike(name: &str, line: u64, plan: &Plan) -> Vec<String> {
    let columns = plan.columns();
    let said = |(first, later): (&usize, &Vec<usize>)| {
        let all = std::iter::once(first).chain(later);
        let mapped = all
            .filter(|column| !plan.unmapped().contains(column))
            .count();
        let (place, count) = (format!("{name}:{line}"), later.len() + 1);
        let name = columns.names()[*first].as_str();
        tr!("warn-twice", place, name, count, mapped)
    };
    columns.twice().iter().map(said).collect()
}

pub(super) fn no_cards(name: &str, what: Option<&str>) -> String {
    match what {
        Some(what) => tr!("vcard-none-but", path = name, component = what),
        None => tr!("vcard-none", path = name),
    }
}

pub(super) fn sheet(mapped_by: &str, sheet: &str) -> String {
    let sheet = in_sheet(sheet);
    tr!("read-as-sheet", mapping = mapped_by, sheet)
}

pub(super) fn in_sheet(sheet: &str) -> String {
    tr!("in-sheet", sheet = plain(sheet))
}

/// How many cells with errors are named one by one.
const NAMED_ERRORS: usize = 10;

/// What is to be known of a sheet before its rows are read.
pub(super) fn of_sheet(name: &str, written: &WrittenSheet) -> Vec<String> {
    let sheet = plain(&written.name);
    let (hidden, errors) = (written.hidden, &written.errors);
    let mut said = Vec::new();
    if let Some(others) = lang::joined(written.others.iter().map(|other| shown(other))) {
        said.push(tr!("warn-sheets", path = name, sheet, others));
    }
    if hidden > 0 {
        said.push(tr!("warn-hidden", path = name, sheet, count = hidden));
    }
    for (cell, error) in errors.iter().take(NAMED_ERRORS) {
        let place = format!("{name}:{sheet}!{cell}");
        said.push(tr!("warn-cell", place, error));
    }
    if errors.len() > NAMED_ERRORS {
        let count = errors.len() - NAMED_ERRORS;
        said.push(tr!("warn-more-cells", path = name, count));
    }
    said
}

/// Why a workbook can't be read, and the way out.
pub(super) fn workbook(name: &str, error: &WorkbookError, sheet: Option<&str>) -> String {
    match error {
        WorkbookError::Broken(why) => tr!("workbook-broken", path = name, why = plain(why)),
        WorkbookError::Text => tr!("workbook-text", path = name),
        WorkbookError::Password => tr!("workbook-password", path = name),
        WorkbookError::TooLarge => tr!("workbook-too-large", path = name),
        WorkbookError::Empty => tr!("workbook-empty", path = name),
        WorkbookError::Read(error) => tr!("input-unreadable", path = name, error),
        WorkbookError::NoSheet { sheets } => {
            let sheets = lang::joined(sheets.iter().map(|sheet| shown(sheet))).unwrap_or_default();
            let sheet = plain(sheet.unwrap_or(""));
            tr!("workbook-no-sheet", path = name, sheet, sheets)
        }
    }
}

/// Why a file can't be read as CSV, and the way out; its name tells what it was meant to be.
pub(crate) fn not_csv(error: &OpenError, name: &str) -> String {
    let extension = Path::new(name)
        .extension()
        .map(|it| it.to_ascii_lowercase());
    let is_card = extension.is_some_and(|it| it == "vcf" || it == "vcard");
    match error {
        OpenError::NotCsv(FileKind::Html) if is_card => tr!("vcard-not-Html"),
        OpenError::NotCsv(FileKind::Xml) if is_card => tr!("vcard-not-Xml"),
        OpenError::NotCsv(FileKind::Json) if is_card => tr!("vcard-not-Json"),
        OpenError::Empty => tr!("csv-empty"),
        OpenError::NotCsv(kind) => another_kind(*kind),
        OpenError::Tie(between) => tie(between),
        OpenError::Encoding { line, likely } => tr!(
            "csv-no-encoding",
            line = line.to_string(),
            likely = likely.name()
        ),
        OpenError::NoHeader { line } => tr!("csv-no-header", line = line.to_string()),
        OpenError::Read(error) => tr!("csv-unreadable", error),
    }
}

fn another_kind(kind: FileKind) -> String {
    match kind {
        FileKind::Zip => tr!("csv-not-Zip"),
        FileKind::Gzip => tr!("csv-not-Gzip"),
        FileKind::Pst => tr!("csv-not-Pst"),
        FileKind::Pdf => tr!("csv-not-Pdf"),
        FileKind::Picture => tr!("csv-not-Picture"),
        FileKind::Sqlite => tr!("csv-not-Sqlite"),
        FileKind::Html => tr!("csv-not-Html"),
        FileKind::Xml => tr!("csv-not-Xml"),
        FileKind::Json => tr!("csv-not-Json"),
        FileKind::Utf32 => tr!("csv-not-Utf32"),
        // Workbooks are read, or named by what is wrong with them.
        FileKind::Xlsx | FileKind::Xls | FileKind::Ods | FileKind::Text | FileKind::Binary => {
            tr!("csv-not-Binary")
        }
    }
}

fn tie(tie: &Tie) -> String {
    let (a, b) = (shown(&tie.a.text), shown(&tie.b.text));
    let (of_a, of_b) = (tie.a.encoding.name(), tie.b.encoding.name());
    tr!("csv-tie", line = tie.line.to_string(), a, of_a, b, of_b)
}
