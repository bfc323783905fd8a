//! The cells of a record as they are written.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use memchr::{memchr, memchr_iter, memchr2};
use std::cell::RefCell;
use std::cmp::Ordering;
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
pub(super) struct Core {
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
    pub fn new(dialect: Dialect) -> Core {
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

    /// Forgets all that was read, wherever that was.
    pub fn restart(&mut self) {
        self.reader().reset();
        // csv-core drops a byte order mark before the first byte it gets. Here that may be one in the middle of a file.
        self.reader().read_record(b"\n", &mut [0], &mut [0]);
    }

    pub fn reader(&mut self) -> &mut Reader {
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

/// A cell of a record that is at hand as text.
pub struct RecordCell {
    pub value: String,
    /// Where it stands in the text, without the quotes around it.
    pub span: Range<usize>,
    /// Whether it is quoted, so that two quotes in it stand for one.
    pub quoted: bool,
    /// Whether text follows the closing quote, or there is no such quote.
    pub(super) misquoted: bool,
    /// Whether the text ends inside its quotes.
    pub(super) open: bool,
}

/// The cells of a record that is at hand as text. `None` if a quote is misplaced or the text is more than one record.
pub fn record_cells(record: &str, dialect: Dialect) -> Option<Vec<RecordCell>> {
    let cells = written_cells(record, dialect);
    let end = |cell: &RecordCell| cell.span.end + usize::from(cell.quoted);
    let is_whole = cells.last().map_or(0, end) == record.len();
    let is_sound = is_whole && !cells.iter().any(|cell| cell.misquoted);
    is_sound.then_some(cells)
}

/// The cells of a text's first record, whatever its quotes.
pub fn written_cells(text: &str, dialect: Dialect) -> Vec<RecordCell> {
    let mut core = Core::new(dialect);
    let (mut cells, mut value, mut piece) = (Vec::new(), Vec::new(), [0; 256]);
    let (mut start, mut at, mut open) = (0, 0, false);
    loop {
        // A line feed behind the text ends the last cell, or becomes a part of it inside quotes.
        let rest = match at.cmp(&text.len()) {
            Ordering::Less => &text.as_bytes()[at..],
            Ordering::Equal => b"\n",
            Ordering::Greater => b"",
        };
        let (result, read, written) = core.reader().read_field(rest, &mut piece);
        at += read;
        value.extend_from_slice(&piece[..written]);
        let is_last = match result {
            ReadFieldResult::Field { record_end } => record_end,
            ReadFieldResult::End => return cells,
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {
                open = at > text.len();
                continue;
            }
        };
        if open {
            value.pop();
        }
        let value = String::from_utf8(std::mem::take(&mut value)).expect("a part of the text");
        let end = text.len().min(at - 1);
        cells.push(RecordCell::new(text, start..end, value, dialect, open));
        if is_last {
            return cells;
        }
        start = at;
    }
}

impl RecordCell {
    /// `span` is that of the cell with its quotes.
    fn new(text: &str, span: Range<usize>, value: String, dialect: Dialect, open: bool) -> Self {
        let unquoted = text[span.clone()].strip_prefix('"');
        let inside = unquoted.and_then(|rest| rest.strip_suffix('"'));
        Self {
            span: span.start + usize::from(unquoted.is_some())
                ..span.end - usize::from(inside.is_some()),
            quoted: unquoted.is_some(),
            misquoted: match (inside, dialect.escape) {
                (None, _) => unquoted.is_some(),
                (Some(inside), Some(escape)) => has_bare_quote(inside, escape),
                // Each quote of the value is written twice, unless it stands behind the closing one.
                (Some(inside), None) => inside.len() != value.len() + value.matches('"').count(),
            },
            value,
            open,
        }
    }
}

/// Where quoted cells start in a record of so many cells that a misplaced quote has made swallow a line break, a delimiter or a
/// quote.
pub(super) fn stray_quotes(record: &str, cells: usize, dialect: Dialect) -> Vec<usize> {
    let (text, delimiter) = (record.as_bytes(), dialect.delimiter);
    if memchr(b'"', text).is_none() {
        return Vec::new();
    }
    let separates = |byte: u8| byte == delimiter || matches!(byte, b'\n' | b'\r');
    let may_swallow = memchr_iter(delimiter, text).count() >= cells
        || memchr2(b'\n', b'\r', text).is_some()
        || record.contains("\\\"");
    if !may_swallow || dialect.escape.is_none() && quotes_are_in_place(text, delimiter) {
        return Vec::new();
    }
    let swallows = |cell: &RecordCell| {
        cell.value.bytes().any(separates) || record[cell.span.clone()].contains("\\\"")
    };
    let cells = written_cells(record, dialect).into_iter();
    let stray = cells.filter(|cell| cell.misquoted && swallows(cell));
    stray.map(|cell| cell.span.start).collect()
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

fn has_bare_quote(inside: &str, escape: u8) -> bool {
    let mut bytes = inside.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'"' {
            return true;
        }
        if byte == escape {
            bytes.next();
        }
    }
    false
}
