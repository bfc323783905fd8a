//! Any bytes may be called a workbook: none of them may stop its reading or take memory without bound, and what it gives is CSV.
//! The first byte chooses the kind; the others are the file. Seeds of real workbooks help: nearly all of an archive has to be
//! right before anything of it is read.
#![no_main]

use cardlift::source::csv::{self, Chunk, FileKind, Options};
use cardlift::source::encoding::TextEncoding;
use cardlift::source::workbook;
use libfuzzer_sys::fuzz_target;
use std::io::Write;
use std::sync::Arc;

const KINDS: [FileKind; 3] = [FileKind::Xlsx, FileKind::Xls, FileKind::Ods];

fuzz_target!(|input: &[u8]| {
    let Some((&choice, content)) = input.split_first() else {
        return;
    };
    let mut file = tempfile::tempfile().expect("a file can be made");
    file.write_all(content).expect("the file can be written");
    let kind = KINDS[usize::from(choice) % KINDS.len()];
    let mut to = tempfile::tempfile().expect("a file can be made");
    let Ok(converted) = workbook::convert(file, kind, None, &|_| 0.5, &mut to) else {
        return;
    };
    let options = Options {
        encoding: Some(TextEncoding::UTF_8),
        delimiter: Some(b','),
        rows: Some(&Arc::new(converted.rows)),
        ..Options::default()
    };
    let Ok(opened) = csv::open(&mut to, &options) else {
        return;
    };
    let (mut chunk, mut last) = (Chunk::default(), opened.header.line);
    let mut cutter = csv::Cutter::new(to, opened.layout).expect("a file can be read");
    while cutter.next_chunk(&mut chunk).expect("a file can be read") {
        for row in csv::rows(&chunk) {
            assert!(last < row.line, "each record is a row of its own");
            assert!(
                row.flaws
                    .iter()
                    .all(|flaw| *flaw == csv::Flaw::Surplus || *flaw == csv::Flaw::Oversize)
            );
            last = row.line;
        }
    }
});
