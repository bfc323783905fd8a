//! Workbooks of kinds that nothing writes for us, byte by byte.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A ZIP archive with these parts.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        // The type of an .ods is to be seen at its beginning.
        let method = match *name {
            "mimetype" => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        archive.start_file(*name, options).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// An .ods whose sheet `People` has these rows. The last one is hidden.
pub fn ods(rows: &[Vec<&str>]) -> Vec<u8> {
    let cell = |text: &&str| match text.is_empty() {
        true => "<table:table-cell/>".to_owned(),
        false => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        ),
    };
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let hidden = match index + 1 == rows.len() {
            true => " table:visibility=\"collapse\"",
            false => "",
        };
        let cells: String = row.iter().map(cell).collect();
        text.push_str(&format!(
            "<table:table-row{hidden}>{cells}</table:table-row>"
        ));
    }
    ods_of(&text)
}

/// An .ods whose sheet `People` is made of this XML.
pub fn ods_of(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content><office:body><office:spreadsheet>\
         <table:table table:name=\"People\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

/// An .xls whose sheet `People` has these rows. The last one is hidden.
pub fn xls(rows: &[Vec<&str>]) -> Vec<u8> {
    let cells = rows.iter().enumerate().flat_map(|(row, cells)| {
        let cells = cells.iter().enumerate();
        cells.map(move |(column, text)| (row as u16, column as u16, *text))
    });
    xls_of(&cells.collect::<Vec<_>>(), rows.len() as u16 - 1)
}

/// An .xls whose sheet `People` has these cells, by row and column, and a hidden row.
pub fn xls_of(cells: &[(u16, u16, &str)], hidden: u16) -> Vec<u8> {
    xls_that_announces(&[], cells, hidden)
}

/// The same with a record of its dimensions: the first row and the one behind the last, and so the columns.
pub fn xls_that_announces(
    dimensions: &[[u32; 4]],
    cells: &[(u16, u16, &str)],
    hidden: u16,
) -> Vec<u8> {
    let record = |kind: u16, content: &[u8]| {
        let length = content.len() as u16;
        [&kind.to_le_bytes(), &length.to_le_bytes(), content].concat()
    };
    let begin = |kind: u16| {
        let mut content = [0; 16];
        content[..2].copy_from_slice(&0x0600_u16.to_le_bytes());
        content[2..4].copy_from_slice(&kind.to_le_bytes());
        record(0x0809, &content)
    };
    let end = record(0x000A, &[]);
    let mut sheet = begin(0x0010);
    for [first_row, last_row, first_column, last_column] in dimensions {
        let rows = [first_row.to_le_bytes(), last_row.to_le_bytes()].concat();
        let columns = [*first_column as u16, *last_column as u16].map(u16::to_le_bytes);
        sheet.extend(record(
            0x0200,
            &[rows, columns.concat(), vec![0; 2]].concat(),
        ));
    }
    let mut row = [0; 16];
    row[..2].copy_from_slice(&hidden.to_le_bytes());
    row[12] = 0x20;
    sheet.extend(record(0x0208, &row));
    for (row, column, text) in cells {
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = (utf16.len() / 2) as u16;
        let mut content = Vec::new();
        for number in [*row, *column, 0, length] {
            content.extend(number.to_le_bytes());
        }
        content.push(1);
        content.extend(utf16);
        sheet.extend(record(0x0204, &content));
    }
    sheet.extend(&end);
    let globals = begin(0x0005);
    let name = b"People";
    let bound = 4 + 8 + name.len();
    let start = (globals.len() + bound + end.len()) as u32;
    let mut content = start.to_le_bytes().to_vec();
    content.extend([0, 0, name.len() as u8, 0]);
    content.extend(name);
    let stream = [globals, record(0x0085, &content), end, sheet].concat();
    compound_file("Workbook", &stream)
}

/// A compound file with one stream, as .xls and encrypted workbooks are.
pub fn compound_file(name: &str, stream: &[u8]) -> Vec<u8> {
    const FREE: u32 = 0xFFFF_FFFF;
    const END: u32 = 0xFFFF_FFFE;
    const TABLE: u32 = 0xFFFF_FFFD;
    // Smaller streams are kept in another way.
    let size = stream.len().max(4096);
    let sectors = size.div_ceil(512) as u32;
    let words =
        |words: &[u32]| -> Vec<u8> { words.iter().flat_map(|one| one.to_le_bytes()).collect() };
    let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    file.extend([0; 16]);
    for number in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        file.extend(number.to_le_bytes());
    }
    file.extend(words(&[0, 1, 1, 0, 4096, END, 0, END, 0, 0]));
    file.resize(512, 0xFF);
    let mut table = vec![TABLE, END];
    table.extend((0..sectors).map(|at| if at + 1 == sectors { END } else { at + 3 }));
    table.resize(128, FREE);
    file.extend(words(&table));
    let entry = |name: &str, kind: u8, child: u32, start: u32, size: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = entry.len() as u16 + 2;
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend(words(&[FREE, FREE, child]));
        entry.extend([0; 36]);
        entry.extend(words(&[start, size, 0]));
        entry
    };
    file.extend(entry("Root Entry", 5, 1, END, 0));
    file.extend(entry(name, 2, FREE, 2, size as u32));
    file.resize(512 * 3, 0);
    file.extend(stream);
    file.resize(512 * (3 + sectors as usize), 0);
    file
}
