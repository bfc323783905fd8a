//! Where records end, found without splitting them into cells.
//!
//! The scan stops at quotes and line breaks only, so it runs at several times the speed of a parser, and it ends a record
//! exactly where the csv crate's parser does: a quote opens a quoted cell only as the first byte of a cell, `""` stands for
//! a quote inside one, text behind a closing quote goes on unquoted, and `\n`, `\r` and `\r\n` all end a record.

use memchr::memchr3_iter;

/// The state of a scan over a text that grows at its end and is cut off at its start.
#[derive(Clone, Debug)]
pub(super) struct Scan {
    delimiter: u8,
    /// How far the text has been scanned.
    at: usize,
    quoted: bool,
    /// Where the last quoted cell ended: a quote right behind it opens it again (`""`).
    closed: usize,
    /// Line in which the current or last quoted cell opened.
    opened_line: u64,
    /// The line that `at` is in.
    line: u64,
    /// Start of the record that isn't complete yet; what is before it may be cut off.
    pub start: usize,
    /// The line in which that record starts.
    pub start_line: u64,
    /// Records completed so far.
    pub records: u64,
}

/// A place where no quoted cell has ended.
const NOWHERE: usize = usize::MAX - 1;

impl Scan {
    /// A scan that begins at the start of a record.
    pub fn new(delimiter: u8, line: u64, records: u64) -> Self {
        Self {
            delimiter,
            at: 0,
            quoted: false,
            closed: NOWHERE,
            opened_line: line,
            line,
            start: 0,
            start_line: line,
            records,
        }
    }

    /// Scans what is new in `text`. At the end of the file a last `\r` is a line break of its own; before, the next piece
    /// may begin with its `\n`.
    pub fn advance(&mut self, text: &[u8], end_of_file: bool) {
        let held_back = usize::from(!end_of_file && text.last() == Some(&b'\r'));
        let end = text.len() - held_back;
        let from = self.at;
        for found in memchr3_iter(b'"', b'\n', b'\r', &text[from..end]) {
            let at = from + found;
            match text[at] {
                b'"' => self.quote(text, at),
                b'\r' if text.get(at + 1) == Some(&b'\n') => {}
                _ => self.line_break(text, at),
            }
        }
        self.at = end;
    }

    /// The line in which a quoted cell opened that is still open.
    pub fn open_quote(&self) -> Option<u64> {
        self.quoted.then_some(self.opened_line)
    }

    /// Ends the record with which the file ends, if there is one.
    pub fn complete(&mut self, text: &[u8]) {
        self.records += u64::from(self.start < text.len());
        self.start = text.len();
        self.at = text.len();
        self.quoted = false;
    }

    /// Forgets the text before `start`, which the caller has cut off.
    pub fn rebase(&mut self) {
        self.at -= self.start;
        self.closed = match self.closed.checked_sub(self.start) {
            Some(closed) if self.closed != NOWHERE => closed,
            _ => NOWHERE,
        };
        self.start = 0;
    }

    fn quote(&mut self, text: &[u8], at: usize) {
        if self.quoted {
            self.quoted = false;
            self.closed = at;
        } else if self.closed + 1 == at {
            self.quoted = true;
        } else if at == self.start || text[at - 1] == self.delimiter {
            self.quoted = true;
            self.opened_line = self.line;
        }
    }

    fn line_break(&mut self, text: &[u8], at: usize) {
        self.line += 1;
        if self.quoted {
            return;
        }
        let content = &text[self.start..at];
        if !(content.is_empty() || content == b"\r") {
            self.records += 1;
        }
        self.start = at + 1;
        self.start_line = self.line;
    }
}
