//! Stage A: cuts a stream into chunks of whole cards, in bounded memory; UTF-16 becomes UTF-8 on the way.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr2_iter;

use super::chunk::{Chunk, ChunkLines, Gap, Line, Piece, Position, length_in_file};
use super::header::{self, ContentLine, LONGEST_HEADER};
use super::split::{is_indented, split};
use super::{LONGEST_CARD, LONGEST_VALUE, params};

/// Cuts a stream of vCards into [`Chunk`]s. Its memory does not grow with the file, nor with the photos in it.
pub struct Cutter<R> {
    reader: R,
    /// Of a file in UTF-16.
    decoder: Option<Decoder>,
    /// What has been read and not handed out, and its place.
    ahead: Vec<u8>,
    gaps: Vec<Gap>,
    start: Position,
    /// Bytes of the file that have been read.
    read: u64,
    ended: bool,
}

/// How much text a chunk holds before it is handed out.
const TARGET: usize = 112 * 1024;
/// Of a card that is longer, huge values are left out.
const MOST: usize = LONGEST_CARD + 16 * 1024;

impl<R: Read> Cutter<R> {
    /// A cutter at the start of a file. It reads in large blocks: `reader` needs no buffer.
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            decoder: None,
            ahead: Vec::new(),
            gaps: Vec::new(),
            start: Position {
                number: 1,
                ..Position::default()
            },
            read: 0,
            ended: false,
        }
    }

    /// Replaces what `chunk` holds by the next cards, about 112 KiB of them, or one if it is larger. Returns whether
    /// there was anything: cards, or lines outside of them.
    pub fn next_chunk(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        loop {
            self.fill()?;
            // One huge card must not keep its memory for the rest of the file.
            chunk.bytes.clear();
            chunk.bytes.shrink_to(2 * TARGET);
            std::mem::swap(&mut chunk.bytes, &mut self.ahead);
            chunk.gaps = std::mem::take(&mut self.gaps);
            let lines = ChunkLines {
                bytes: &chunk.bytes,
                gaps: &chunk.gaps,
                next: self.start,
                wide: self.decoder.is_some(),
                ended: self.ended,
            };
            let next;
            (chunk.pieces, chunk.outside, next) = split(lines);
            // What is broken in UTF-16 may be shorter than the text that stands for it.
            for Piece { span, .. } in &mut chunk.pieces {
                *span = span.start.min(self.read)..span.end.min(self.read);
            }
            self.ahead.extend_from_slice(&chunk.bytes[next.start..]);
            let behind = chunk.gaps.iter().filter(|gap| gap.at > next.start);
            let moved = |gap: &Gap| Gap {
                at: gap.at - next.start,
                ..*gap
            };
            self.gaps = behind.map(moved).collect();
            self.start = Position { start: 0, ..next };
            if !chunk.is_empty() || self.ended {
                return Ok(!chunk.is_empty());
            }
            if self.ahead.len() > MOST {
                self.shrink();
            }
        }
    }

    /// Reads more of the file.
    fn fill(&mut self) -> io::Result<()> {
        if self.ended {
            return Ok(());
        }
        let before = self.ahead.len();
        let room = (TARGET - before % TARGET) as u64;
        let count = (&mut self.reader).take(room).read_to_end(&mut self.ahead)? as u64;
        self.ended = count < room;
        if self.read == 0 {
            // A byte order mark, or the pattern that UTF-16 without one has.
            let found = Encoding::for_bom(&self.ahead);
            let (encoding, mark) = found.unwrap_or(match *self.ahead.as_slice() {
                [a, 0, b, 0, ..] if a != 0 && b != 0 => (UTF_16LE, 0),
                [0, a, 0, b, ..] if a != 0 && b != 0 => (UTF_16BE, 0),
                _ => (UTF_8, 0),
            });
            self.ahead.drain(..mark);
            self.start.in_file = mark as u64;
            self.decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        }
        self.read += count;
        if let Some(decoder) = &mut self.decoder {
            let bytes = self.ahead.split_off(before);
            decode(decoder, &bytes, self.ended, &mut self.ahead);
        }
        Ok(())
    }

    /// Leaves out photos and other huge values of the card that has not ended, and what is beyond the size of any card.
    fn shrink(&mut self) {
        let bytes = std::mem::take(&mut self.ahead);
        let gaps = std::mem::take(&mut self.gaps);
        let lines = ChunkLines {
            bytes: &bytes,
            gaps: &[],
            ended: true,
            ..ChunkLines::default()
        };
        let (mut lines, mut gaps) = (lines.peekable(), gaps.into_iter().peekable());
        // The reader is to see that there is more than it reads.
        let mut is_beyond = false;
        while let Some(first) = lines.next() {
            let goes_on =
                |line: &Line<'_>| is_indented(line.content) || !line.content.contains(&b':');
            let last = std::iter::from_fn(|| lines.next_if(goes_on)).last();
            let last = last.unwrap_or(first);
            let end = last.place.start + last.content.len();
            let header = &first.content[..first.content.len().min(LONGEST_HEADER)];
            let is_binary = || {
                ContentLine::split(header).is_some_and(|header| {
                    let transfer =
                        header::transfer(&params::all(header.params, false), header.value);
                    header::is_binary(header.name, transfer, header.value)
                })
            };
            let is_whole = end < last.next && last.next < bytes.len();
            let kept = if is_beyond && is_whole {
                first.place.start..first.place.start
            } else if end - first.place.start > LONGEST_VALUE
                || end - first.place.start > LONGEST_HEADER && is_binary()
            {
                let at = first.place.start + LONGEST_HEADER;
                first.place.start..at - usize::from(bytes[at - 1..].starts_with(b"\r\n"))
            } else {
                first.place.start..last.next
            };
            let end = if kept.is_empty() {
                last.next
            } else {
                end.max(kept.end)
            };
            is_beyond |= !kept.is_empty() && self.ahead.len() > LONGEST_CARD + 1024;
            self.ahead.extend_from_slice(&bytes[kept.clone()]);
            while let Some(gap) = gaps.next_if(|gap| gap.at <= last.next) {
                let at = match gap.at < kept.end {
                    true => self.ahead.len() - (kept.end - gap.at),
                    false => self.ahead.len(),
                };
                self.gaps.push(Gap { at, ..gap });
            }
            self.leave_out(&bytes[kept.end..end]);
            self.ahead.extend_from_slice(&bytes[end..last.next]);
        }
    }

    /// Notes that these bytes are missing behind those that are ahead.
    fn leave_out(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let is_end = |byte: &&u8| matches!(byte, b'\r' | b'\n');
        self.gaps.push(Gap {
            at: self.ahead.len(),
            bytes: bytes.iter().filter(|byte| !is_end(byte)).count() as u64,
            lines: line_ends(bytes),
            in_file: length_in_file(bytes, self.decoder.is_some()),
        });
    }
}

/// How many lines end in `bytes`.
fn line_ends(bytes: &[u8]) -> u64 {
    let crlf = |&at: &usize| bytes[at..].starts_with(b"\r\n");
    let ends = memchr2_iter(b'\r', b'\n', bytes);
    ends.filter(|at| !crlf(at)).count() as u64
}

/// Appends the text of the next bytes. A surrogate without its other half, and half a unit at the end, become U+FFFD.
fn decode(decoder: &mut Decoder, bytes: &[u8], last: bool, text: &mut Vec<u8>) {
    let room = decoder.max_utf8_buffer_length(bytes.len());
    let start = text.len();
    text.resize(start + room.expect("a block is small"), 0);
    let (_, _, written, _) = decoder.decode_to_utf8(bytes, &mut text[start..], last);
    text.truncate(start + written);
}

#[cfg(test)]
mod tests;
