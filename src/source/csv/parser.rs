//! csv-core: one record whose text comes in pieces, and the cells of a record as they are written.

use csv_core::{ReadFieldResult, ReadRecordResult, Reader, ReaderBuilder};
use memchr::{memchr, memchr_iter, memchr2, memmem};
use std::cell::RefCell;
use std::ops::Range;

/// How a file marks cells and quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    pub delimiter: u8,
    /// What stands before a quote inside a quoted cell, if not another quote.
    pub escape: Option<u8>,
}

/// Quotes are doubled.
impl From<u8> for Dialect {
    fn from(delimiter: u8) -> Self {
        Self {
            delimiter,
            escape: None,
        }
    }
}

/// csv-core's reader of a dialect. Making one takes as long as reading a hundred rows, so each thread keeps some that were
/// dropped: rejects and duplicates are read one by one.
struct Core {
    dialect: Dialect,
    /// There until it is dropped.
    reader: Option<Box<Reader>>,
}

/// A duplicate is read together with the record that it repeats.
const SPARES: usize = 2;

thread_local! {
    static SPARE: RefCell<Vec<(Dialect, Box<Reader>)>> = const { RefCell::new(Vec::new()) };
}

impl Core {
    fn new(dialect: Dialect) -> Core {
        let spare = SPARE.with_borrow_mut(|spare| {
            let at = spare.iter().position(|(of, _)| *of == dialect)?;
            Some(spare.swap_remove(at).1)
        });
        let reader = spare.unwrap_or_else(|| {
            Box::new(
                ReaderBuilder::new()
                    .delimiter(dialect.delimiter)
                    .escape(dialect.escape)
                    .double_quote(dialect.escape.is_none())
                    .build(),
            )
        });
        let reader = Some(reader);
        let mut core = Core { dialect, reader };
        core.restart();
        core
    }

    fn restart(&mut self) {
        self.reader().reset();
        // csv-core drops a byte order mark before the first byte it gets. Here that may be one in the middle of a file.
        self.reader().read_record(b"\n", &mut [0], &mut [0]);
    }

    fn reader(&mut self) -> &mut Reader {
        self.reader.as_mut().expect("it is not dropped")
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        SPARE.with_borrow_mut(|spare| {
            if spare.len() == SPARES {
                spare.remove(0);
            }
            spare.extend(self.reader.take().map(|reader| (self.dialect, reader)));
        });
    }
}

/// Reads a record whose text comes in pieces.
pub(super) struct Parser {
    core: Core,
    values: Vec<u8>,
    ends: Vec<usize>,
    size: usize,
    cells: usize,
}

impl Parser {
    pub fn new(dialect: Dialect) -> Self {
        Self {
            core: Core::new(dialect),
            values: vec![0; 1024],
            ends: vec![0; 64],
            size: 0,
            cells: 0,
        }
    }

    /// Forgets all that was read, wherever that was.
    pub fn restart(&mut self) {
        self.core.restart();
        self.begin();
    }

    /// Forgets the record that was read last, or what has been read of this one.
    pub fn begin(&mut self) {
        self.size = 0;
        self.cells = 0;
    }

    /// Reads on; no text is the end of the file. Returns how many bytes were read, and whether the record has ended. The
    /// last byte read is then its line break.
    pub fn read(&mut self, text: &[u8]) -> (usize, bool) {
        let (reader, mut at) = (self.core.reader(), 0);
        loop {
            let (result, read, written, ended) = reader.read_record(
                &text[at..],
                &mut self.values[self.size..],
                &mut self.ends[self.cells..],
            );
            at += read;
            self.size += written;
            self.cells += ended;
            match result {
                ReadRecordResult::OutputFull => self.values.resize(2 * self.values.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::InputEmpty => return (at, false),
                ReadRecordResult::Record | ReadRecordResult::End => return (at, true),
            }
        }
    }

    /// Ends the record with the file. Returns whether the file ends inside a quoted cell.
    pub fn end(&mut self) -> bool {
        // csv-core does not tell its state. Inside a quoted cell, a line feed becomes a part of the value.
        if self.read(b"\n").1 {
            return false;
        }
        self.read(b"");
        self.size -= 1;
        self.ends[self.cells - 1] -= 1;
        true
    }

    pub fn values(&self) -> &[u8] {
        &self.values[..self.size]
    }

    /// Where each cell ends in the values.
    pub fn ends(&self) -> &[usize] {
        &self.ends[..self.cells]
    }
}

/// A cell as it stands in the text of a record.
pub(super) struct RawCell<'t> {
    pub start: usize,
    /// The cell with its quotes.
    pub raw: &'t [u8],
    pub value: Vec<u8>,
}

impl RawCell<'_> {
    pub fn is_quoted(&self) -> bool {
        self.raw.first() == Some(&b'"')
    }

    /// Whether text follows the closing quote, or there is no such quote.
    pub fn is_misquoted(&self, dialect: Dialect) -> bool {
        if !self.is_quoted() {
            return false;
        }
        let Some(inside) = self.raw[1..].strip_suffix(b"\"") else {
            return true;
        };
        match dialect.escape {
            Some(escape) => has_bare_quote(inside, escape),
            // Each quote of the value is written twice, unless it stands behind the closing one.
            None => inside.len() != self.value.len() + count(b'"', &self.value),
        }
    }
}

/// The cells of a record's text, which ends where the record does.
pub(super) fn raw_cells(text: &[u8], dialect: Dialect) -> impl Iterator<Item = RawCell<'_>> {
    let mut core = Core::new(dialect);
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next.take()?;
        let (mut at, mut value, mut piece) = (start, Vec::new(), [0; 256]);
        loop {
            let is_last = at == text.len();
            let (result, read, written) = core.reader().read_field(&text[at..], &mut piece);
            at += read;
            value.extend_from_slice(&piece[..written]);
            match result {
                ReadFieldResult::Field { record_end } => {
                    next = (!record_end).then_some(at);
                    let end = if is_last { at } else { at - 1 };
                    let raw = &text[start..end];
                    return Some(RawCell { start, raw, value });
                }
                ReadFieldResult::End => return None,
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            }
        }
    })
}

/// Where quoted cells start in a record of so many cells that a misplaced quote has made swallow a line break, a delimiter or a
/// quote.
pub(super) fn stray_quotes(text: &[u8], cells: usize, dialect: Dialect) -> Vec<usize> {
    if memchr(b'"', text).is_none() {
        return Vec::new();
    }
    let escaped = |text: &[u8]| memmem::find(text, b"\\\"").is_some();
    let separates = |byte: &u8| *byte == dialect.delimiter || matches!(byte, b'\n' | b'\r');
    let may_swallow = count(dialect.delimiter, text) >= cells
        || memchr2(b'\n', b'\r', text).is_some()
        || escaped(text);
    if !may_swallow || dialect.escape.is_none() && quotes_are_in_place(text, dialect.delimiter) {
        return Vec::new();
    }
    raw_cells(text, dialect)
        .filter(|cell| cell.value.iter().any(separates) || escaped(cell.raw))
        .filter(|cell| cell.is_misquoted(dialect))
        .map(|cell| cell.start)
        .collect()
}

/// Whether quotes stand in pairs, each first one at the start of a cell and each second one at its end. A quick look that
/// finds most records well quoted; what it says of the others means nothing.
fn quotes_are_in_place(text: &[u8], delimiter: u8) -> bool {
    let is_edge = |byte: Option<&u8>| {
        byte.is_none_or(|byte| *byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r'))
    };
    let mut opens = false;
    memchr_iter(b'"', text).all(|at| {
        opens = !opens;
        match opens {
            true => is_edge(at.checked_sub(1).map(|before| &text[before])),
            false => is_edge(text.get(at + 1)),
        }
    })
}

fn has_bare_quote(inside: &[u8], escape: u8) -> bool {
    let mut bytes = inside.iter();
    while let Some(byte) = bytes.next() {
        if *byte == b'"' {
            return true;
        }
        if *byte == escape {
            bytes.next();
        }
    }
    false
}

fn count(byte: u8, text: &[u8]) -> usize {
    memchr_iter(byte, text).count()
}

/// A cell of a record that is at hand as text.
pub struct RecordCell {
    pub value: String,
    /// Where it stands in the text, without the quotes around it.
    pub span: Range<usize>,
    /// Whether it is quoted, so that two quotes in it stand for one.
    pub quoted: bool,
}

/// The cells of a record that is at hand as text. `None` if a quote is misplaced or the text is more than one record.
pub fn record_cells(record: &str, dialect: Dialect) -> Option<Vec<RecordCell>> {
    let (mut cells, mut end) = (Vec::new(), 0);
    for cell in raw_cells(record.as_bytes(), dialect) {
        if cell.is_misquoted(dialect) {
            return None;
        }
        let quoted = cell.is_quoted();
        let span = cell.start..cell.start + cell.raw.len();
        end = span.end;
        cells.push(RecordCell {
            value: String::from_utf8(cell.value).ok()?,
            span: match quoted {
                true => span.start + 1..span.end - 1,
                false => span,
            },
            quoted,
        });
    }
    (end == record.len()).then_some(cells)
}

/// How many cells a record has that is at hand as text.
pub fn cells_of_record(record: &str, dialect: Dialect) -> usize {
    raw_cells(record.as_bytes(), dialect).count()
}
