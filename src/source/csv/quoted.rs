//! Cells that begin with a quote.

use super::hits::Hits;
use super::rows::{Cell, SCRATCH};
use memchr::memchr;

/// A cell that begins with a quote.
pub(super) struct Quoted {
    /// Where that quote is.
    open: usize,
    /// Where the closing one is.
    pub(super) close: Option<usize>,
    /// Where the cell ends: at a delimiter, a line break, or the end of the text.
    pub(super) end: usize,
    /// How many quotes there are up to the closing one.
    quotes: usize,
    /// How many line breaks the cell holds.
    pub(super) lines: u64,
    /// Whether a delimiter stands before the closing quote.
    delimiters: bool,
}

impl Quoted {
    /// Reads on behind the opening quote. The hits come and go by value and the code stays out of the loop over cells, most of
    /// which are not quoted, so that the loop has its variables in registers.
    #[inline(never)]
    pub(super) fn read(mut hits: Hits, bytes: &[u8], delimiter: u8, open: usize) -> (Self, Hits) {
        let mut cell = Self {
            open,
            close: None,
            end: bytes.len(),
            quotes: 1,
            lines: 0,
            delimiters: false,
        };
        while let Some(at) = hits.next(bytes) {
            let byte = bytes[at];
            if byte == b'"' && bytes.get(at + 1) == Some(&b'"') {
                cell.quotes += 2;
                hits.next(bytes);
            } else if byte == b'"' {
                cell.quotes += 1;
                cell.close = Some(at);
                cell.end = plain_end(&mut hits, bytes);
                return (cell, hits);
            } else if byte == delimiter {
                cell.delimiters = true;
            } else {
                let half = byte == b'\r' && bytes.get(at + 1) == Some(&b'\n');
                cell.lines += u64::from(!half);
            }
        }
        (cell, hits)
    }

    /// The cell if its value is in the text as it is.
    #[inline]
    pub(super) fn plain(&self) -> Option<Cell> {
        let plain = self.quotes == 2 && self.close.is_some_and(|close| close + 1 == self.end);
        plain.then(|| Cell::new(self.open + 1, self.end - 1))
    }

    /// Whether it holds line breaks or delimiters, and text behind its closing quote: that quote may be the opening one of
    /// another cell.
    #[inline]
    pub(super) fn may_swallow(&self) -> bool {
        let holds_what_separates = self.lines > 0 || self.delimiters;
        holds_what_separates && self.close.is_some_and(|close| close + 1 < self.end)
    }

    /// A cell that holds quotes, goes on behind its closing quote, or is never closed.
    #[cold]
    pub(super) fn unquote(&self, text: &str, scratch: &mut String) -> Cell {
        let start = scratch.len();
        // At once: memory that grows by and by leaves holes behind.
        scratch.reserve(self.end - self.open);
        let mut inside = &text[self.open + 1..self.close.unwrap_or(self.end)];
        while let Some(at) = memchr(b'"', inside.as_bytes()) {
            scratch.push_str(&inside[..=at]);
            inside = &inside[at + 2..];
        }
        scratch.push_str(inside);
        scratch.push_str(self.close.map_or("", |close| &text[close + 1..self.end]));
        Cell {
            start: start as u32 | SCRATCH,
            end: scratch.len() as u32,
        }
    }
}

/// Where a cell ends that is not quoted, or not any more.
#[inline]
pub(super) fn plain_end(hits: &mut Hits, bytes: &[u8]) -> usize {
    loop {
        match hits.next(bytes) {
            Some(at) if bytes[at] == b'"' => {}
            Some(at) => return at,
            None => return bytes.len(),
        }
    }
}
