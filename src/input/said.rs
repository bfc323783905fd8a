//! What is said of a file that is opened, in the chosen language: the readers themselves speak only English.

use crate::lang::{self, tr};
use crate::report::message::shown;
use crate::source::csv::{FileKind, OpenError};
use crate::source::encoding::{Found, Reason, Tie};

/// How a file's text is read and why, as `CP949 because …`. Nothing was detected where the user names the encoding.
pub(super) fn encoding(encoding: &str, detected: Option<&Found>) -> String {
    let reason = detected.map_or_else(|| tr!("because-asked"), |found| because(&found.reason));
    tr!("encoding-because", encoding = encoding, reason = reason)
}

fn because(reason: &Reason) -> String {
    match reason {
        Reason::ByteOrderMark => tr!("because-mark"),
        Reason::Zeros => tr!("because-zeros"),
        Reason::Escapes(count) => tr!("because-escapes", count = *count),
        Reason::Ascii => tr!("because-ascii"),
        Reason::Utf8 => tr!("because-utf8"),
        Reason::Seen {
            words,
            count,
            of,
            malformed,
            ..
        } => {
            let mut seen = tr!("because-seen", count = *count, of = *of);
            if let Some(words) = lang::joined(words.iter().map(|word| shown(word))) {
                seen = tr!("because-header", words = words, seen = seen);
            }
            match malformed {
                0 => seen,
                count => tr!("because-malformed", seen = seen, count = *count),
            }
        }
    }
}

/// Why a file can't be read as CSV, and the way out.
pub(super) fn not_csv(error: &OpenError) -> String {
    match error {
        OpenError::Empty => tr!("csv-empty"),
        OpenError::NotCsv(kind) => another_kind(*kind),
        OpenError::Delimiter(byte) => {
            tr!("csv-delimiter", delimiter = byte.escape_ascii().to_string())
        }
        OpenError::Tie(error) => tie(&error.0),
        OpenError::NoHeader { line } => tr!("csv-no-header", line = line.to_string()),
        OpenError::Read(error) => tr!("csv-unreadable", error = error.to_string()),
    }
}

fn another_kind(kind: FileKind) -> String {
    match kind {
        FileKind::Xlsx => tr!("csv-not-Xlsx"),
        FileKind::Xls => tr!("csv-not-Xls"),
        FileKind::Ods => tr!("csv-not-Ods"),
        FileKind::Zip => tr!("csv-not-Zip"),
        FileKind::Gzip => tr!("csv-not-Gzip"),
        FileKind::Pst => tr!("csv-not-Pst"),
        FileKind::Pdf => tr!("csv-not-Pdf"),
        FileKind::Picture => tr!("csv-not-Picture"),
        FileKind::Sqlite => tr!("csv-not-Sqlite"),
        FileKind::Html => tr!("csv-not-Html"),
        FileKind::Xml => tr!("csv-not-Xml"),
        FileKind::Json => tr!("csv-not-Json"),
        FileKind::VCard => tr!("csv-not-VCard"),
        FileKind::Utf32 => tr!("csv-not-Utf32"),
        FileKind::Binary => tr!("csv-not-Binary"),
    }
}

fn tie(tie: &Tie) -> String {
    let (a, b) = (&tie.a, &tie.b);
    tr!(
        "csv-tie",
        line = tie.line.to_string(),
        a = shown(&a.text),
        of_a = a.encoding.name(),
        b = shown(&b.text),
        of_b = b.encoding.name()
    )
}
