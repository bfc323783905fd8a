//! Files that people take for CSV, known by their first bytes.

/// What a file is that is not CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// An Excel workbook since 2007.
    Xlsx,
    /// An Excel workbook before 2007, or another of Office's compound files.
    Xls,
    /// An OpenDocument spreadsheet.
    Ods,
    Zip,
    Gzip,
    /// An Outlook data file.
    Pst,
    Pdf,
    Picture,
    Sqlite,
    /// A web page, which some systems name `.xls`.
    Html,
    Xml,
    Json,
    /// Text in UTF-32.
    Utf32,
    /// Text, in a file that is named as a workbook.
    Text,
    /// Something else that is no text.
    Binary,
}

const MAGIC: &[(&[u8], FileKind)] = &[
    (b"\xD0\xCF\x11\xE0", FileKind::Xls),
    (b"\x1F\x8B", FileKind::Gzip),
    (b"!BDN", FileKind::Pst),
    (b"%PDF", FileKind::Pdf),
    (b"\x89PNG", FileKind::Picture),
    (b"\xFF\xD8\xFF", FileKind::Picture),
    (b"GIF8", FileKind::Picture),
    (b"SQLite format 3\0", FileKind::Sqlite),
    (b"\xFF\xFE\0\0", FileKind::Utf32),
    (b"\0\0\xFE\xFF", FileKind::Utf32),
];

const OPENINGS: &[(&str, FileKind)] = &[
    ("<!doctype html", FileKind::Html),
    ("<html", FileKind::Html),
    ("<head", FileKind::Html),
    ("<meta", FileKind::Html),
    ("<table", FileKind::Html),
    ("<?xml", FileKind::Xml),
    ("{\"", FileKind::Json),
    ("[{", FileKind::Json),
    ("[\"", FileKind::Json),
];

/// What a file is that begins with `head`, unless it may be CSV.
pub fn not_csv(head: &[u8]) -> Option<FileKind> {
    if head.starts_with(b"PK\x03\x04") {
        return Some(zip(head));
    }
    let magic = MAGIC
        .iter()
        .find(|(magic, _)| head.starts_with(magic))
        .map(|(_, kind)| *kind);
    magic.or_else(|| opening(head))
}

fn zip(head: &[u8]) -> FileKind {
    let holds = |needle: &str| memchr::memmem::find(head, needle.as_bytes()).is_some();
    if holds("opendocument.spreadsheet") {
        FileKind::Ods
    } else if holds("xl/") || holds("[Content_Types].xml") {
        FileKind::Xlsx
    } else {
        FileKind::Zip
    }
}

/// Text formats; zero bytes are dropped, so that UTF-16 reads like ASCII.
fn opening(head: &[u8]) -> Option<FileKind> {
    let ascii = head
        .iter()
        .take(256)
        .copied()
        .filter(|byte| (1..0x80).contains(byte))
        .map(|byte| byte.to_ascii_lowercase());
    let start: Vec<u8> = ascii.skip_while(u8::is_ascii_whitespace).take(32).collect();
    OPENINGS
        .iter()
        .find(|(opening, _)| start.starts_with(opening.as_bytes()))
        .map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_csv_is_named() {
        let table: [(&[u8], Option<FileKind>); 10] = [
            (b"PK\x03\x04....[Content_Types].xml", Some(FileKind::Xlsx)),
            (b"PK\x03\x04....photo.jpg", Some(FileKind::Zip)),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Some(FileKind::Xls)),
            (b"%PDF-1.7", Some(FileKind::Pdf)),
            (b"\xEF\xBB\xBF\r\n <HTML>", Some(FileKind::Html)),
            (b"\xFF\xFE[\0{\0\"\0", Some(FileKind::Json)),
            (b"[{\"name\": 1}]", Some(FileKind::Json)),
            (
                b"[\"vcard\",[[\"version\",{},\"text\",\"4.0\"]]]",
                Some(FileKind::Json),
            ),
            (b"Name,Email\n", None),
            (b"", None),
        ];
        for (head, kind) in table {
            assert_eq!(not_csv(head), kind, "{head:?}");
        }
    }
}
