//! What holds for every file: the csv crate is the measure.

use super::lines::LineStart;
use super::{Chunk, Cutter, Flaw, Layout, Options, open, record_cells, rows, written_cells};
use crate::source::encoding::TextEncoding;
use proptest::prelude::*;
use std::io::Cursor;
use std::ops::Range;

/// A record as a test sees it.
#[derive(Debug, PartialEq)]
struct Seen {
    line: u64,
    number: u64,
    span: Range<u64>,
    flaws: Vec<Flaw>,
    cells: Vec<String>,
}

fn layout(encoding: TextEncoding, delimiter: u8, block: usize) -> Layout {
    Layout {
        encoding,
        dialect: delimiter.into(),
        block,
        max_record: 1 << 20,
        columns: 0,
        start: LineStart { raw: 0, line: 1 },
        rows: Default::default(),
    }
}

fn read(file: &[u8], layout: Layout) -> Vec<Seen> {
    let mut cutter = Cutter::new(Cursor::new(file), layout).expect("a cursor can be read");
    let (mut chunk, mut seen, mut behind) = (Chunk::default(), Vec::new(), 0);
    while cutter.next_chunk(&mut chunk).expect("a cursor can be read") {
        assert_eq!(chunk.raw_span().start, behind, "chunks follow each other");
        behind = chunk.raw_span().end;
        assert_eq!(rows(&chunk).len() as u64, chunk.records());
        for row in rows(&chunk) {
            assert_eq!(row.number, seen.len() as u64 + 1);
            for (first, last) in (0..4).flat_map(|first| (first..6).map(move |last| (first, last)))
            {
                let is_blank = (first..=last).all(|column| row.is_blank(column));
                assert_eq!(row.is_blank_between(first, last), is_blank);
            }
            seen.push(Seen {
                line: row.line,
                number: row.number,
                span: row.span.clone(),
                flaws: row.flaws.to_vec(),
                cells: row.iter().map(str::to_owned).collect(),
            });
        }
    }
    assert_eq!(behind, file.len() as u64, "the chunks hold the whole file");
    seen
}

/// The records of the csv crate that are not blank.
fn csv_crate(file: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(file);
    let text = |cell: &[u8]| String::from_utf8_lossy(cell).into_owned();
    reader
        .byte_records()
        .map(|record| {
            record
                .expect("memory can be read")
                .iter()
                .map(text)
                .collect()
        })
        .filter(|cells: &Vec<String>| !is_blank(cells))
        .collect()
}

fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}

fn lengths<'a>(records: impl IntoIterator<Item = &'a Vec<String>>) -> Vec<usize> {
    records.into_iter().map(Vec::len).collect()
}

/// The line in which an offset is, by the plain rule.
fn line_at(file: &[u8], offset: u64) -> u64 {
    let before = &file[..offset as usize];
    let breaks = before.iter().filter(|byte| **byte == b'\n').count();
    let lone = before
        .iter()
        .enumerate()
        .filter(|(at, byte)| **byte == b'\r' && before.get(at + 1) != Some(&b'\n'))
        .count();
    1 + (breaks + lone) as u64
}

/// Between the records, the file has line breaks and blank rows only.
fn between_is_nothing(file: &[u8], seen: &[Seen]) {
    let is_nothing = |gap: &[u8]| {
        let rows = csv_crate(gap, b',');
        assert!(rows.iter().all(|row| is_blank(row)), "{rows:?}");
    };
    let mut behind = 0;
    for record in seen {
        is_nothing(&file[behind..record.span.start as usize]);
        behind = record.span.end as usize;
    }
    is_nothing(&file[behind..]);
}

fn bytes_of_csv() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => Just(&b","[..]),
        3 => Just(&b"\""[..]),
        2 => Just(&b"\"\""[..]),
        2 => Just(&b"\n"[..]),
        1 => Just(&b"\r"[..]),
        2 => Just(&b"\r\n"[..]),
        2 => Just(&b"\",\""[..]),
        4 => Just(&b"a"[..]),
        1 => Just(&b" "[..]),
        1 => Just(&b"0123456789012345678901234567890123456789"[..]),
        1 => Just("김".as_bytes()),
        1 => Just(&b"\xC3"[..]),
        1 => Just(&b"\xFF"[..]),
        1 => Just(&b"\x80"[..]),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-z ,;|\"\r\n]{0,6}",
        "[가나다김철수|\"]{1,4}",
        "[ 山田太郎ソ表能|,\"\n]{1,4}",
    ]
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(cell(), 1..5), 1..12)
}

/// Writes a table, with every cell quoted so that no row is a blank line.
fn written(table: &[Vec<String>], delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    for row in table {
        writer.write_record(row).expect("memory can be written");
    }
    String::from_utf8(writer.into_inner().expect("memory can be written")).expect("made of text")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_are_those_of_the_csv_crate(file in bytes_of_csv(), block in 1_usize..40) {
        let seen = read(&file, layout(TextEncoding::UTF_8, b',', block));
        let expected = csv_crate(&file, b',');
        prop_assert_eq!(lengths(seen.iter().map(|record| &record.cells)), lengths(&expected));
        between_is_nothing(&file, &seen);
        for (record, expected) in seen.iter().zip(&expected) {
            prop_assert_eq!(record.line, line_at(&file, record.span.start));
            let raw = &file[record.span.start as usize..record.span.end as usize];
            let malformed = record.flaws.iter().any(|flaw| matches!(flaw, Flaw::Malformed { .. }));
            prop_assert_eq!(malformed, std::str::from_utf8(raw).is_err());
            prop_assert_eq!(&csv_crate(raw, b',')[0], expected);
            prop_assert!(malformed || &record.cells == expected);
            if let Ok(raw) = std::str::from_utf8(raw) {
                prop_assert_eq!(written_cells(raw, b','.into()).len(), record.cells.len());
            }
            if let Some(cells) = std::str::from_utf8(raw).ok().and_then(|raw| record_cells(raw, b','.into())) {
                prop_assert!(cells.iter().map(|cell| &cell.value).eq(&record.cells));
                prop_assert!(cells.iter().all(|cell| !cell.quoted || raw[cell.span.start - 1] == b'"' && raw[cell.span.end] == b'"'));
            }
        }
        let whole = read(&file, layout(TextEncoding::UTF_8, b',', 1 << 16));
        prop_assert_eq!(seen, whole);
    }

    #[test]
    fn every_encoding_gives_the_same_cells(table in table(), block in 1_usize..40, which in 0..8_usize, delimiter in 0..4_usize) {
        let encoding = [
            TextEncoding::UTF_8, TextEncoding::UTF_16LE, TextEncoding::UTF_16BE, TextEncoding::CP949, TextEncoding::SHIFT_JIS,
            TextEncoding::GB18030, TextEncoding::ISO_2022_JP, TextEncoding::EUC_JP,
        ][which];
        let delimiter = b",;\t|"[delimiter];
        let (file, _) = encoding.encode(&written(&table, delimiter));
        let expected = csv_crate(encoding.decode(&file).0.as_bytes(), delimiter);
        let seen = read(&file, layout(encoding, delimiter, block * 2));
        let cells: Vec<_> = seen.iter().map(|record| record.cells.clone()).collect();
        prop_assert_eq!(&cells, &expected);
        for record in &seen {
            let (raw, valid) = encoding.decode(&file[record.span.start as usize..record.span.end as usize]);
            prop_assert!(valid);
            prop_assert_eq!(&csv_crate(raw.as_bytes(), delimiter)[0], &record.cells);
        }
    }

    #[test]
    fn a_small_limit_loses_no_byte(file in bytes_of_csv(), block in 1_usize..10, limit in 1_usize..60, columns in 0..4_usize) {
        let layout = Layout { max_record: limit, columns, ..layout(TextEncoding::UTF_8, b',', block) };
        let seen = read(&file, layout.clone());
        between_is_nothing(&file, &seen);
        for record in &seen {
            prop_assert_eq!(record.line, line_at(&file, record.span.start));
        }
        let transcoded = Layout { encoding: TextEncoding::CP949, ..layout };
        between_is_nothing(&file, &read(&file, transcoded));
    }

    #[test]
    fn any_bytes_are_opened_or_refused(
        mut file in prop_oneof![
            bytes_of_csv(),
            prop::collection::vec(any::<u8>(), 0..300),
            table().prop_map(|table| TextEncoding::CP949.encode(&written(&table, b';')).0),
            table().prop_map(|table| TextEncoding::UTF_16LE.encode(&format!("\u{FEFF}{}", written(&table, b'\t'))).0),
        ],
        header in any::<bool>(),
        chunk_size in 1_usize..100,
        max_record in 1_usize..200,
    ) {
        if header {
            file.splice(0..0, *b"Name,Email,Phone\r\n");
        }
        let options = Options { chunk_size, max_record, ..Options::default() };
        if let Ok(opened) = open(Cursor::new(&file), &options) {
            let (mut chunk, mut behind) = (Chunk::default(), None);
            let mut cutter = Cutter::new(Cursor::new(&file), opened.layout).expect("a cursor can be read");
            while cutter.next_chunk(&mut chunk).expect("a cursor can be read") {
                let span = chunk.raw_span();
                prop_assert!(behind.is_none_or(|behind| behind == span.start));
                behind = Some(span.end);
                for row in rows(&chunk) {
                    prop_assert!(span.start <= row.span.start && row.span.end <= span.end);
                }
            }
            prop_assert!(behind.is_none_or(|behind| behind == file.len() as u64));
        }
    }
}
