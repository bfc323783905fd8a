//! A CSV file cut into chunks of whole records, in bounded memory.

use super::chunk::{Chunk, Flaw};
use super::scan::Scan;
use crate::source::encoding::TextEncoding;
use crate::source::encoding::transcode::{Mark, Transcoder};
use std::io::{self, Read, Seek, SeekFrom};

/// Reads a CSV file from its first record on, a chunk at a time. [`open`](super::open()) makes it.
///
/// Records end where the csv crate's reader ends them. What it holds of the file is a chunk and the beginning of the
/// next record, so at most [`Options::max_record`](super::Options::max_record) and two blocks.
pub struct Cutter<R> {
    input: R,
    pub(super) layout: Layout,
    transcoder: Option<Transcoder>,
    block: Vec<u8>,
    /// The record that was not complete at the end of the last chunk.
    carry: Vec<u8>,
    carried_marks: Vec<Mark>,
    /// Where in the file the carried text starts.
    carry_at: u64,
    /// The offset of the next byte to read.
    pub(super) read_at: u64,
    pub(super) end_of_file: bool,
    scan: Scan,
}

/// What a cutter has to know of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub encoding: TextEncoding,
    pub delimiter: u8,
    /// How much is read at once; even, so that UTF-16 is not torn.
    pub block: usize,
    pub max_record: usize,
    /// How many columns the header has.
    pub columns: usize,
}

/// Where reading begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    pub raw: u64,
    pub line: u64,
    pub records: u64,
}

/// Room that `read_to_end` wants behind what it reads, so that it doesn't reallocate.
const PROBE: usize = 64;

impl<R: Read + Seek> Cutter<R> {
    /// Begins at the start of a record.
    pub(super) fn new(input: R, layout: Layout, start: Start) -> io::Result<Self> {
        let mut cutter = Self {
            input,
            layout,
            transcoder: None,
            block: Vec::new(),
            carry: Vec::new(),
            carried_marks: Vec::new(),
            carry_at: 0,
            read_at: 0,
            end_of_file: false,
            scan: Scan::new(layout.delimiter, 1, 0),
        };
        cutter.restart(start)?;
        Ok(cutter)
    }

    /// Fills `chunk` with the next records; `false` if there are none left. A chunk may hold blank lines only.
    ///
    /// # Errors
    /// What reading the file fails with. Bad content is never an error, but a [`Flaw`] of its record.
    pub fn next_chunk(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        self.begin(chunk);
        loop {
            if !self.end_of_file {
                self.fill(chunk)?;
            }
            self.scan.advance(&chunk.text, self.end_of_file);
            if self.scan.start > 0 || self.end_of_file {
                break;
            }
            if chunk.text.len() > self.layout.max_record {
                self.leave_oversize(chunk)?;
                return Ok(true);
            }
        }
        if self.end_of_file && !self.last_record(chunk)? {
            return Ok(true);
        }
        self.cut(chunk);
        Ok(!chunk.raw.is_empty())
    }

    /// Forgets everything and reads from `start` on.
    pub(super) fn restart(&mut self, start: Start) -> io::Result<()> {
        self.input.seek(SeekFrom::Start(start.raw))?;
        let direct = self.layout.encoding == TextEncoding::UTF_8;
        self.transcoder = (!direct).then(|| Transcoder::new(self.layout.encoding, start.raw));
        self.carry.clear();
        self.carried_marks.clear();
        self.carry_at = start.raw;
        self.read_at = start.raw;
        self.end_of_file = false;
        self.scan = Scan::new(self.layout.delimiter, start.line, start.records);
        Ok(())
    }

    fn begin(&mut self, chunk: &mut Chunk) {
        chunk.clear();
        chunk.text.extend_from_slice(&self.carry);
        chunk.marks.append(&mut self.carried_marks);
        self.carry.clear();
        self.carry.shrink_to(4 * self.layout.block);
        chunk.delimiter = self.layout.delimiter;
        chunk.unit = self.layout.encoding.unit();
        chunk.raw = self.carry_at..self.carry_at;
        chunk.first_line = self.scan.start_line;
        chunk.first_record = self.scan.records + 1;
    }

    /// Reads another block behind the chunk's text.
    pub(super) fn fill(&mut self, chunk: &mut Chunk) -> io::Result<()> {
        if chunk.text.len() > self.layout.block {
            // A large record, which may be as large as one can be. Memory that grows by and by leaves holes behind.
            let most = self.layout.max_record + self.layout.block + PROBE;
            let more = most.saturating_sub(chunk.text.len());
            chunk.text.reserve_exact(more);
        }
        self.read_exactly(chunk, self.layout.block as u64)
    }

    /// Reads `size` bytes of the file behind the chunk's text; fewer are the end of the file.
    pub(super) fn read_exactly(&mut self, chunk: &mut Chunk, size: u64) -> io::Result<()> {
        chunk.text.reserve(size as usize + PROBE);
        let read = match &mut self.transcoder {
            None => (&mut self.input).take(size).read_to_end(&mut chunk.text)?,
            Some(transcoder) => {
                self.block.clear();
                let read = (&mut self.input).take(size).read_to_end(&mut self.block)?;
                transcoder.feed(&self.block, &mut chunk.text, &mut chunk.marks);
                read
            }
        };
        self.read_at += read as u64;
        self.end_of_file = (read as u64) < size;
        if self.end_of_file {
            self.finish_text(chunk);
        }
        Ok(())
    }

    /// Ends the text where the file, or the part of it that counts, ends.
    pub(super) fn finish_text(&mut self, chunk: &mut Chunk) {
        if let Some(transcoder) = &mut self.transcoder {
            transcoder.finish(&mut chunk.text, &mut chunk.marks);
        }
    }

    /// Keeps the complete records in the chunk and carries the rest over.
    fn cut(&mut self, chunk: &mut Chunk) {
        let end = self.scan.start;
        chunk.records = self.scan.records + 1 - chunk.first_record;
        chunk.raw.end = self.raw_at(chunk, end);
        self.carry.extend_from_slice(&chunk.text[end..]);
        chunk.text.truncate(end);
        let kept = chunk.marks.partition_point(|mark| mark.text <= end);
        let carried = chunk.marks.drain(kept..).map(|mark| Mark {
            text: mark.text - end,
            ..mark
        });
        self.carried_marks.extend(carried);
        self.carry_at = chunk.raw.end;
        self.scan.rebase();
    }

    /// The offset in the file of a place in the chunk's text that is behind a line break or at an end of the text.
    pub(super) fn raw_at(&self, chunk: &Chunk, text: usize) -> u64 {
        if self.transcoder.is_none() || text == 0 {
            return chunk.raw.start + text as u64;
        }
        let behind = chunk.marks.partition_point(|mark| mark.text <= text);
        behind
            .checked_sub(1)
            .map_or(self.read_at, |last| chunk.marks[last].raw)
    }

    /// Completes the record with which the file ends without a line break. `false` if the chunk is already as it should be.
    fn last_record(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        if let Some(line) = self.scan.open_quote() {
            if self.scan.start == 0 && self.leave_unclosed(chunk)? {
                return Ok(false);
            }
            if self.scan.start > 0 {
                return Ok(true);
            }
            chunk.flaw = Some(Flaw::CutOff { line });
        }
        self.scan.complete(&chunk.text);
        Ok(true)
    }
}
