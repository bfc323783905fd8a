//! Records that end nowhere near: a quote that is never closed, a cell of many megabytes.
//!
//! The parser's rules would make one record of the rest of the file. So a record that is too big to be held is walked
//! through without holding it, to see what it is.

use super::chunk::{Chunk, Flaw};
use super::cutter::{Cutter, Start};
use super::rows::rows;
use std::io::{self, Read, Seek};

/// How a record that was walked through ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// As a record should: here goes on what is behind it.
    Record(Place),
    /// One of its quoted cells is never closed, or closed by what must be the opening quote of another cell.
    Stray {
        /// The line in which the cell opens.
        opened: u64,
        /// Behind that line.
        resume: Place,
    },
}

/// A place behind a line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    raw: u64,
    line: u64,
    /// How many bytes of text the line break takes; 0 at the end of the file.
    line_break: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    /// Behind a quote inside a quoted cell.
    Closed,
}

/// One record, byte by byte.
struct Walk {
    delimiter: u8,
    /// Whether text behind a closing quote ends the walk if the cell holds line breaks.
    until_stray: bool,
    state: State,
    line: u64,
    opened: u64,
    resume: Option<Place>,
    /// The record has ended with a `\r`, which may be the first half of a line break.
    ended: Option<Place>,
    after_cr: bool,
}

impl Walk {
    fn new(delimiter: u8, line: u64, until_stray: bool) -> Self {
        Self {
            delimiter,
            until_stray,
            state: State::CellStart,
            line,
            opened: line,
            resume: None,
            ended: None,
            after_cr: false,
        }
    }

    /// Walks on through `text`; `raw_at` gives the place in the file of what is behind a line break.
    fn feed(&mut self, text: &[u8], raw_at: impl Fn(usize) -> u64) -> Option<End> {
        for (at, &byte) in text.iter().enumerate() {
            if let Some(mut place) = self.ended {
                if byte == b'\n' {
                    place = Place {
                        raw: raw_at(at + 1),
                        line_break: 2,
                        ..place
                    };
                }
                return Some(End::Record(place));
            }
            let end = match byte {
                b'\n' | b'\r' => self.line_break(byte, raw_at(at + 1)),
                _ => self.step(byte),
            };
            if end.is_some() {
                return end;
            }
            self.after_cr = byte == b'\r';
        }
        None
    }

    /// Ends the walk where the file ends.
    fn finish(self, raw: u64) -> End {
        let end = Place {
            raw,
            line: self.line,
            line_break: 0,
        };
        match (self.ended, self.state) {
            (Some(place), _) => End::Record(place),
            (None, State::Quoted) => End::Stray {
                opened: self.opened,
                resume: self.resume.unwrap_or(end),
            },
            (None, _) => End::Record(end),
        }
    }

    fn line_break(&mut self, byte: u8, raw: u64) -> Option<End> {
        let second_half = self.after_cr && byte == b'\n';
        self.line += u64::from(!second_half);
        let place = Place {
            raw,
            line: self.line,
            line_break: 1 + u64::from(second_half),
        };
        if self.state == State::Quoted {
            let fresh = self
                .resume
                .is_none_or(|resume| second_half && resume.line == self.line);
            if fresh {
                self.resume = Some(place);
            }
            return None;
        }
        if byte == b'\r' {
            self.ended = Some(place);
            return None;
        }
        Some(End::Record(place))
    }

    fn step(&mut self, byte: u8) -> Option<End> {
        self.state = match (self.state, byte) {
            (State::CellStart, b'"') => {
                self.opened = self.line;
                self.resume = None;
                State::Quoted
            }
            (State::Quoted, b'"') => State::Closed,
            (State::Quoted, _) | (State::Closed, b'"') => State::Quoted,
            (_, delimiter) if delimiter == self.delimiter => State::CellStart,
            (State::Closed, _) => match self.resume {
                Some(resume) if self.until_stray => {
                    return Some(End::Stray {
                        opened: self.opened,
                        resume,
                    });
                }
                _ => State::Plain,
            },
            _ => State::Plain,
        };
        None
    }
}

/// How many rows below an open quote are looked at, to see whether they are records.
const WITNESSES: usize = 8;

/// How much text below an open quote is looked at.
const WITNESS_BYTES: usize = 64 * 1024;

impl<R: Read + Seek> Cutter<R> {
    /// Gives the record that has outgrown the limit as a chunk of its own, and goes on behind it.
    pub(super) fn leave_oversize(&mut self, chunk: &mut Chunk) -> io::Result<()> {
        let start = start_of(chunk);
        let mut walk = Walk::new(chunk.delimiter, start.line, true);
        let end = loop {
            if let Some(end) = walk.feed(&chunk.text, |text| self.raw_at(chunk, text)) {
                break end;
            }
            if self.end_of_file {
                break walk.finish(self.read_at);
            }
            chunk.text.clear();
            chunk.marks.clear();
            chunk.raw.start = self.read_at;
            self.fill(chunk)?;
        };
        match end {
            End::Record(place) => self.leave_out(chunk, start, place, Flaw::Oversize),
            End::Stray { opened, resume } => self.keep_line(chunk, start, resume, opened),
        }
    }

    /// At the end of the file, inside a quoted cell: if what is below the cell's first line looks like records, the quote
    /// is one too many, and reading goes on there. Else the file is cut off, and nothing happens.
    pub(super) fn leave_unclosed(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        let start = start_of(chunk);
        let mut walk = Walk::new(chunk.delimiter, start.line, false);
        let _open = walk.feed(&chunk.text, |text| self.raw_at(chunk, text));
        let Some(resume) = walk.resume else {
            return Ok(false);
        };
        let text = self.text_at(chunk, resume.raw);
        if !self.holds_records(&chunk.text[text..]) {
            return Ok(false);
        }
        self.keep_line(chunk, start, resume, walk.opened)?;
        Ok(true)
    }

    fn text_at(&self, chunk: &Chunk, raw: u64) -> usize {
        match chunk.marks.binary_search_by_key(&raw, |mark| mark.raw) {
            Ok(at) => chunk.marks[at].text,
            Err(_) => (raw - chunk.raw.start) as usize,
        }
    }

    fn holds_records(&self, text: &[u8]) -> bool {
        let head = &text[..text.len().min(WITNESS_BYTES)];
        let chunk = Chunk::of_text(head.to_vec(), self.layout.delimiter);
        let mut rows = rows(&chunk);
        let (mut alike, mut seen) = (0, 0);
        while let (true, Some(row)) = (seen < WITNESSES, rows.next_row()) {
            seen += 1;
            alike += usize::from(row.len() == self.layout.columns);
        }
        self.layout.columns > 1 && alike * 2 > seen
    }

    /// A record that is not held: its place only.
    fn leave_out(
        &mut self,
        chunk: &mut Chunk,
        start: Start,
        end: Place,
        flaw: Flaw,
    ) -> io::Result<()> {
        chunk.clear();
        chunk.raw = start.raw..end.raw;
        chunk.left_out = Some(start.raw..end.raw - end.line_break * chunk.unit as u64);
        chunk.flaw = Some(flaw);
        chunk.records = 1;
        self.restart(Start {
            raw: end.raw,
            line: end.line,
            records: start.records + 1,
        })
    }

    /// A record that ends with the line in which a quoted cell opens.
    fn keep_line(
        &mut self,
        chunk: &mut Chunk,
        start: Start,
        end: Place,
        opened: u64,
    ) -> io::Result<()> {
        let flaw = Flaw::Unclosed { line: opened };
        let length = end.raw - start.raw;
        if length > self.layout.max_record as u64 {
            return self.leave_out(chunk, start, end, flaw);
        }
        self.restart(start)?;
        chunk.clear();
        chunk.raw = start.raw..start.raw;
        self.read_exactly(chunk, length)?;
        self.finish_text(chunk);
        chunk.raw.end = end.raw;
        chunk
            .text
            .truncate(chunk.text.len() - end.line_break as usize);
        chunk.flaw = Some(flaw);
        chunk.records = 1;
        self.restart(Start {
            raw: end.raw,
            line: end.line,
            records: start.records + 1,
        })
    }
}

fn start_of(chunk: &Chunk) -> Start {
    Start {
        raw: chunk.raw.start,
        line: chunk.first_line,
        records: chunk.first_record - 1,
    }
}
