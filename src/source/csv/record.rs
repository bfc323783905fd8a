//! The cells of one record that is at hand as a text, such as a reject.

use super::hits::Hits;
use super::quoted::{Quoted, plain_end};
use std::ops::Range;

/// A cell of a record that is at hand as a text.
pub struct RecordCell {
    /// Its value.
    pub value: String,
    /// Where it stands in the text, without the quotes around it.
    pub span: Range<usize>,
    /// Whether it is quoted, so that two quotes in it stand for one.
    pub quoted: bool,
}

/// The cells of a record that is at hand as a text; nothing if a quote is out of place, or if it is more than one record.
pub fn record_cells(record: &str, delimiter: u8) -> Option<Vec<RecordCell>> {
    let bytes = record.as_bytes();
    let mut hits = Hits::new(delimiter, bytes, 0);
    let (mut cells, mut from) = (Vec::new(), 0);
    loop {
        let (quoted, end) = read_cell(&mut hits, bytes, delimiter, from);
        let (span, value) = match &quoted {
            Some(cell) => {
                let close = cell.close.filter(|close| close + 1 == end)?;
                let span = from + 1..close;
                (span.clone(), record[span].replace("\"\"", "\""))
            }
            None => (from..end, record[from..end].to_owned()),
        };
        cells.push(RecordCell {
            value,
            span,
            quoted: quoted.is_some(),
        });
        match bytes.get(end) {
            None => return Some(cells),
            Some(byte) if *byte == delimiter => from = end + 1,
            Some(_) => return None,
        }
    }
}

/// How many cells a record has that is at hand as a text.
pub fn cells_of_record(record: &str, delimiter: u8) -> usize {
    let bytes = record.as_bytes();
    let mut hits = Hits::new(delimiter, bytes, 0);
    let (mut cells, mut from) = (usize::from(!bytes.is_empty()), 0);
    loop {
        let (_, end) = read_cell(&mut hits, bytes, delimiter, from);
        if bytes.get(end) != Some(&delimiter) {
            return cells;
        }
        cells += 1;
        from = end + 1;
    }
}

/// Reads the cell that begins at `from`: how it is quoted, if it is, and where it ends.
fn read_cell(hits: &mut Hits, bytes: &[u8], delimiter: u8, from: usize) -> (Option<Quoted>, usize) {
    if bytes.get(from) != Some(&b'"') {
        return (None, plain_end(hits, bytes));
    }
    // The hit that is the opening quote.
    hits.next(bytes);
    let (cell, behind) = Quoted::read(*hits, bytes, delimiter, from);
    *hits = behind;
    let end = cell.end;
    (Some(cell), end)
}
