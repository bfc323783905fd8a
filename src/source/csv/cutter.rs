//! A CSV file read record by record, in bounded memory.

use super::chunk::{Chunk, Flaw};
use super::parser::{Dialect, Parser, raw_cells, stray_quotes};
use crate::source::encoding::TextEncoding;
use crate::source::encoding::transcode::Transcoder;
use memchr::{memchr2, memchr2_iter};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::Arc;

/// Reads a CSV file from its first record on, a chunk at a time. [`open`](super::open()) makes it.
///
/// Records are those of the csv crate, without those whose cells are all blank. Of the file it holds at most
/// [`Options::max_record`](super::Options::max_record) and two blocks.
pub struct Cutter<R> {
    input: R,
    layout: Layout,
    transcoder: Transcoder,
    block: Vec<u8>,
    end_of_file: bool,
    parser: Parser,
    /// How much of the transcoder's text has been read.
    at: usize,
    /// The line that `at` is in.
    line: u64,
    /// How many records have been given.
    records: u64,
}

/// What a cutter has to know of a file.
#[derive(Clone, Debug)]
pub struct Layout {
    pub(super) encoding: TextEncoding,
    pub(super) dialect: Dialect,
    /// How much is read at once; even, so that UTF-16 is not torn.
    pub(super) block: usize,
    pub(super) max_record: usize,
    /// How many columns the header has; 0 if there is none.
    pub(super) columns: usize,
    /// Where the records begin.
    pub(super) start: Start,
    /// The rows of the sheet that the file was made from; they are given instead of lines.
    pub(super) rows: Arc<RowNumbers>,
}

/// The rows of a table by the lines of the CSV file that was made from it.
#[derive(Clone, Debug, Default)]
pub struct RowNumbers(Vec<(u64, u64)>);

impl RowNumbers {
    /// Adds a row that starts in a line, behind those that were added before.
    pub fn add(&mut self, line: u64, row: u64) {
        if self.0.is_empty() || self.of(line) != row {
            self.0.push((line, row));
        }
    }

    /// The row that starts in a line; without rows, the line.
    pub fn of(&self, line: u64) -> u64 {
        let behind = self.0.partition_point(|(start, _)| *start <= line);
        let last = behind.checked_sub(1).map(|last| self.0[last]);
        last.map_or(line, |(start, row)| row + (line - start))
    }
}

/// Where reading begins: at the start of a record or a line break before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    pub raw: u64,
    pub line: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    Complete,
    /// To the end of the file, which is inside a quoted cell.
    Quoted,
    TooLarge,
}

/// The quoted cell in which a text ends.
struct OpenCell {
    /// The line in which it starts.
    line: u64,
    /// Where that line ends in the text, if it does.
    line_end: Option<usize>,
}

/// How many rows below an open quote are looked at, to see whether they are records.
const WITNESSES: usize = 8;

/// How much text below an open quote is looked at, in bytes.
const WITNESS_BYTES: usize = 64 * 1024;

impl<R: Read + Seek> Cutter<R> {
    /// Reads the record with these bytes again; it has the number 1 and the line 1. More of the file follows it.
    pub fn at(input: R, layout: Layout, span: &Range<u64>) -> io::Result<Self> {
        let raw = span.start;
        // Even, so that UTF-16 is not torn, and no larger than it must be: what is read is parsed.
        let block = (span.end - raw).next_multiple_of(2) as usize;
        let (block, start) = (block.clamp(2, layout.block), Start { raw, line: 1 });
        let layout = Layout {
            block,
            start,
            ..layout
        };
        Self::new(input, layout)
    }

    /// Reads the records of a file, which was opened before.
    pub fn new(input: R, layout: Layout) -> io::Result<Self> {
        let start = layout.start;
        let mut cutter = Self {
            input,
            transcoder: Transcoder::new(layout.encoding, start.raw),
            block: Vec::new(),
            end_of_file: false,
            parser: Parser::new(layout.dialect),
            at: 0,
            line: start.line,
            records: 0,
            layout,
        };
        cutter.seek(start)?;
        Ok(cutter)
    }

    /// Fills `chunk` with the next records; `false` if there are none left. A chunk may hold no records. Bad content is no
    /// error but a [`Flaw`] of its record.
    pub fn next_chunk(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        chunk.clear();
        let start = self.transcoder.raw(self.at);
        chunk.raw = start..start;
        while chunk.raw.end < start + self.layout.block as u64 && self.skip_line_breaks()? {
            self.read_record(chunk)?;
            chunk.raw.end = self.transcoder.raw(self.at);
        }
        chunk.raw.end = self.transcoder.raw(self.at);
        Ok(!chunk.raw.is_empty())
    }

    fn seek(&mut self, start: Start) -> io::Result<()> {
        self.input.seek(SeekFrom::Start(start.raw))?;
        self.transcoder = Transcoder::new(self.layout.encoding, start.raw);
        self.parser.restart();
        self.end_of_file = false;
        self.at = 0;
        self.line = start.line;
        Ok(())
    }

    /// Decodes more of the file; `false` at its end.
    fn fill(&mut self) -> io::Result<bool> {
        let before = self.transcoder.text().len();
        while !self.end_of_file && self.transcoder.text().len() == before {
            self.block.clear();
            let size = self.layout.block as u64;
            let read = (&mut self.input).take(size).read_to_end(&mut self.block)?;
            self.transcoder.feed(&self.block);
            self.end_of_file = (read as u64) < size;
            if self.end_of_file {
                self.transcoder.finish();
            }
        }
        Ok(self.transcoder.text().len() > before)
    }

    /// Drops the text that has been read, but for its last byte, which may be the first half of a line break.
    fn drop_read(&mut self) {
        if let Some(before) = self.at.checked_sub(1) {
            self.transcoder.drop_before(before);
            self.at = 1;
        }
    }

    /// Goes to the next record; `false` if there is none.
    fn skip_line_breaks(&mut self) -> io::Result<bool> {
        loop {
            if self.at == self.transcoder.text().len() {
                self.drop_read();
                if !self.fill()? {
                    return Ok(false);
                }
            }
            if !matches!(self.transcoder.text()[self.at], b'\n' | b'\r') {
                return Ok(true);
            }
            self.line += self.line_breaks(self.at..self.at + 1);
            self.at += 1;
        }
    }

    /// How many lines end in a part of the text. `\r\n` counts where its `\r` is.
    fn line_breaks(&self, part: Range<usize>) -> u64 {
        let text = self.transcoder.text();
        let counts = |at: &usize| text[*at] == b'\r' || *at == 0 || text[*at - 1] != b'\r';
        let breaks = memchr2_iter(b'\n', b'\r', &text[part.clone()]).map(|at| part.start + at);
        breaks.filter(counts).count() as u64
    }

    /// Reads the record that starts at `at`.
    fn read_record(&mut self, chunk: &mut Chunk) -> io::Result<()> {
        let start = self.at;
        let ended = self.parse()?;
        if ended == Ended::Complete {
            let large = self.at - start > self.layout.max_record;
            self.push(chunk, start, large.then_some(Flaw::Oversize));
            return Ok(());
        }
        let open = self.open_cell(start);
        if let Some((open, end)) = open.as_ref().and_then(|open| Some((open, open.line_end?)))
            && self.are_records(end)
        {
            let line = self.transcoder.text()[start..end].to_vec();
            let span = self.transcoder.raw(start)..self.transcoder.raw(end);
            self.push_line(chunk, span, &line, open.line);
            self.at = end;
            self.line = open.line;
            return Ok(());
        }
        match ended {
            Ended::TooLarge => self.pass(chunk, start, open),
            _ => {
                let line = open.map_or(self.line, |open| open.line);
                self.push(chunk, start, Some(Flaw::CutOff { line }));
                Ok(())
            }
        }
    }

    /// Reads to the end of the record, which is at `at` then.
    fn parse(&mut self) -> io::Result<Ended> {
        let start = self.at;
        self.parser.begin();
        loop {
            if self.at == self.transcoder.text().len() && !self.fill()? {
                return Ok(match self.parser.end() {
                    true => Ended::Quoted,
                    false => Ended::Complete,
                });
            }
            let (read, complete) = self.parser.read(&self.transcoder.text()[self.at..]);
            self.at += read;
            if complete {
                self.at -= 1;
                return Ok(Ended::Complete);
            }
            if self.at - start > self.layout.max_record {
                return Ok(Ended::TooLarge);
            }
        }
    }

    /// Adds the record from `start` to `at`, unless its cells are blank.
    fn push(&mut self, chunk: &mut Chunk, start: usize, flaw: Option<Flaw>) {
        let (line, span) = (self.line, start..self.at);
        self.line += self.line_breaks(span.clone());
        let text = &self.transcoder.text()[span.clone()];
        if flaw != Some(Flaw::Oversize) && is_blank(self.parser.values()) {
            return;
        }
        let (mut values, mut ends) = (self.parser.values(), self.parser.ends());
        let mut flaws = Vec::new();
        if flaw == Some(Flaw::Oversize) {
            (values, ends) = (&[], &[]);
        } else {
            for cell in stray_quotes(text, ends.len(), self.layout.dialect) {
                let line = line + self.line_breaks(start..start + cell);
                flaws.push(Flaw::StrayQuote { line });
            }
            if let Some(end) = self.transcoder.malformed(span.clone()) {
                let line = line + self.line_breaks(start..end);
                flaws.push(Flaw::Malformed { line });
            }
            if self.has_surplus(values, ends) {
                flaws.push(Flaw::Surplus);
            }
        }
        flaws.extend(flaw);
        self.records += 1;
        let raw = self.transcoder.raw(span.start)..self.transcoder.raw(span.end);
        let line = self.layout.rows.of(line);
        chunk.push((line, self.records, raw), values, ends, &flaws);
    }

    fn has_surplus(&self, values: &[u8], ends: &[usize]) -> bool {
        let columns = self.layout.columns;
        columns > 0 && ends.len() > columns && !is_blank(&values[ends[columns - 1]..])
    }

    /// Adds the line of a record in which a cell opens that is never closed. Reading begins anew behind it.
    fn push_line(&mut self, chunk: &mut Chunk, span: Range<u64>, text: &[u8], opened: u64) {
        let mut parser = Parser::new(self.layout.dialect);
        parser.read(text);
        parser.end();
        self.records += 1;
        let place = (self.line, self.records, span);
        let flaws = [Flaw::Unclosed { line: opened }];
        chunk.push(place, parser.values(), parser.ends(), &flaws);
        self.parser.restart();
    }

    /// The quoted cell in which the text from `start` to `at` ends.
    fn open_cell(&self, start: usize) -> Option<OpenCell> {
        let text = &self.transcoder.text()[start..self.at];
        let mut parser = Parser::new(self.layout.dialect);
        parser.read(text);
        if !parser.end() {
            return None;
        }
        let cell = raw_cells(text, self.layout.dialect).last()?.start;
        Some(OpenCell {
            line: self.line + self.line_breaks(start..start + cell),
            line_end: memchr2(b'\n', b'\r', &text[cell..]).map(|end| start + cell + end),
        })
    }

    /// Whether most rows from `at` on have as many cells as the header.
    fn are_records(&self, at: usize) -> bool {
        let text = &self.transcoder.text()[at..];
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.layout.dialect.delimiter)
            .from_reader(&text[..text.len().min(WITNESS_BYTES)]);
        let (mut alike, mut seen) = (0, 0);
        for row in reader.byte_records().take(WITNESSES).flatten() {
            seen += 1;
            alike += usize::from(row.len() == self.layout.columns);
        }
        self.layout.columns > 1 && alike * 2 > seen
    }

    /// Reads to the end of a record that is too large to be held. If a cell of it is still open at the end of the file, the
    /// record is the line in which the cell opens.
    fn pass(&mut self, chunk: &mut Chunk, start: usize, open: Option<OpenCell>) -> io::Result<()> {
        let (raw, line) = (self.transcoder.raw(start), self.line);
        let unclosed = open.and_then(|open| {
            let end = open.line_end?;
            let text = self.transcoder.text()[start..end].to_vec();
            let raw = self.transcoder.raw(end);
            Some((
                text,
                Start {
                    raw,
                    line: open.line,
                },
            ))
        });
        let mut from = start;
        let is_open = loop {
            self.line += self.line_breaks(from..self.at);
            self.drop_read();
            self.parser.begin();
            if !self.fill()? {
                break self.parser.end();
            }
            from = self.at;
            let (read, complete) = self.parser.read(&self.transcoder.text()[self.at..]);
            self.at += read;
            if complete {
                self.at -= 1;
                self.line += self.line_breaks(from..self.at);
                break false;
            }
        };
        if let (true, Some((text, resume))) = (is_open, unclosed) {
            self.line = line;
            self.push_line(chunk, raw..resume.raw, &text, resume.line);
            return self.seek(resume);
        }
        self.records += 1;
        let place = (line, self.records, raw..self.transcoder.raw(self.at));
        chunk.push(place, &[], &[], &[Flaw::Oversize]);
        Ok(())
    }
}

/// Whether there is nothing but spaces and tabs.
fn is_blank(values: &[u8]) -> bool {
    // White space begins with none of the other bytes, and most rows with one of them.
    let may_be_space = |byte: &u8| *byte <= b' ' || matches!(byte, 0xc2 | 0xe1..=0xe3);
    values.first().is_none_or(may_be_space)
        && std::str::from_utf8(values).is_ok_and(|text| text.trim().is_empty())
}
