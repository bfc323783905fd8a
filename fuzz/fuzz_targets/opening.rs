//! Any bytes may be called a CSV file: none of them may stop its opening or its reading, and its records follow one
//! another in the file. The first byte chooses what the caller asks for; the others are the file.
#![no_main]

use cardlift::mapping::columns::Columns;
use cardlift::mapping::preset;
use cardlift::source::csv::{self, Chunk, Options, Row};
use cardlift::source::encoding::TextEncoding;
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;

/// What `--encoding` may say; a number behind them is nothing, as 0 is.
const ENCODINGS: [TextEncoding; 10] = [
    TextEncoding::UTF_8,
    TextEncoding::UTF_16LE,
    TextEncoding::UTF_16BE,
    TextEncoding::CP949,
    TextEncoding::SHIFT_JIS,
    TextEncoding::EUC_JP,
    TextEncoding::ISO_2022_JP,
    TextEncoding::GB18030,
    TextEncoding::BIG5,
    TextEncoding::WINDOWS_1252,
];

const DELIMITERS: [Option<u8>; 4] = [None, Some(b','), Some(b'\t'), Some(b'^')];

/// Sizes of a chunk and of the biggest record; small ones, so that small files have many chunks and oversize records.
const SIZES: [(usize, usize); 4] = [(128 * 1024, 512 * 1024), (2, 16), (6, 100), (64, 1)];

fuzz_target!(|input: &[u8]| {
    let Some((&choice, file)) = input.split_first() else {
        return;
    };
    let choice = usize::from(choice);
    let (chunk_size, max_record) = SIZES[choice >> 6];
    let options = Options {
        encoding: (choice & 15)
            .checked_sub(1)
            .and_then(|at| ENCODINGS.get(at).copied()),
        delimiter: DELIMITERS[choice >> 4 & 3],
        known_header: Some(&known_header),
        chunk_size,
        max_record,
        ..Options::default()
    };
    match csv::open(Cursor::new(file), &options) {
        Ok(opened) => {
            assert!(!opened.header.cells.is_empty() && opened.header.raw.len() <= file.len());
            let cutter = csv::Cutter::new(Cursor::new(file), opened.layout);
            let cutter = cutter.expect("memory does not fail");
            read(cutter, opened.header.line, file.len() as u64);
        }
        Err(error) => assert!(!format!("{error:?}").is_empty()),
    }
});

/// Reads every cell of every record; each record lies behind the one before, and so does each chunk.
fn read(mut cutter: csv::Cutter<Cursor<&[u8]>>, header_line: u64, size: u64) {
    let mut chunk = Chunk::default();
    let (mut covered, mut end, mut line, mut number) = (0, 0, header_line, 0);
    while cutter.next_chunk(&mut chunk).expect("memory does not fail") {
        let span = chunk.raw_span();
        assert!(covered <= span.start && span.start <= span.end && span.end <= size);
        covered = span.end;
        for row in csv::rows(&chunk) {
            assert!(end <= row.span.start && row.span.start < row.span.end && row.span.end <= size);
            assert!(line < row.line, "each record starts in a line of its own");
            assert_eq!(number + 1, row.number, "records are counted one by one");
            (end, line, number) = (row.span.end, row.line, row.number);
            look_at(&row);
        }
    }
}

fn look_at(row: &Row<'_>) {
    assert_eq!(row.iter().len(), row.len());
    for (column, cell) in row.iter().enumerate() {
        assert_eq!(row.cell(column), cell);
        assert!(cell.chars().count() <= cell.len());
    }
    assert!(row.cell(row.len()).is_empty());
    assert!(
        !row.is_empty() || !row.flaws.is_empty(),
        "only a record that is too big has no cells"
    );
}

/// As an import asks whether a row is the header of an export that it knows.
fn known_header(cells: &[&str]) -> f32 {
    let columns = Columns::new(cells.iter().map(|cell| (*cell).to_owned()).collect());
    preset::recognise(&columns).map_or(0.0, |best| best.confidence)
}
