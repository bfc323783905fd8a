//! Stage A: cuts a stream into chunks of whole cards, and leaves photos out while it reads.

use std::io::{self, Read};

use super::chunk::{Chunk, Outside, TARGET};
use super::finding::{FindingKind, excerpt};
use super::header::Header;
use super::input::{Input, Segment};
use super::mark::{Mark, Part, parts};
use super::open::{Effect, Open};

/// Cuts a stream of vCards into [`Chunk`]s. Its memory does not grow with the file, nor with the photos in it.
pub struct Cutter<R> {
    input: Input<R>,
    state: State,
}

/// Where the cutter is: in a card, or between cards.
#[derive(Debug, Default)]
struct State {
    open: Option<Open>,
    outside: Option<Outside>,
    /// What the lines between cards are inside of, such as `VCALENDAR`.
    component: Option<Vec<u8>>,
}

impl<R: Read> Cutter<R> {
    /// A cutter at the start of a file. It reads in large blocks: `reader` needs no buffer.
    pub fn new(reader: R) -> Self {
        Self {
            input: Input::new(reader),
            state: State::default(),
        }
    }

    /// Replaces what `chunk` holds by the next cards, about 128 KiB of them, or one if it is larger. Returns whether
    /// there was anything: cards, or lines outside of them.
    pub fn next_chunk(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        chunk.clear();
        loop {
            let Some(segment) = self.input.next()? else {
                if let Some(open) = self.state.open.take() {
                    open.end_of_file(self.input.at(), chunk);
                }
                chunk.outside.extend(self.state.outside.take());
                return Ok(!chunk.is_empty());
            };
            let mut closed = false;
            for part in parts(segment) {
                closed |= self.state.take(part, chunk);
            }
            let open = &mut self.state.open;
            if closed
                && chunk.weight() >= TARGET
                && open
                    .as_mut()
                    .is_none_or(|open| open.restart(chunk.bytes.len()))
            {
                return Ok(true);
            }
        }
    }
}

impl State {
    /// Takes a part of the file into the chunk; tells whether a card is whole now.
    fn take(&mut self, part: Part<'_>, chunk: &mut Chunk) -> bool {
        let Some(open) = &mut self.open else {
            return self.outside(part, chunk);
        };
        match open.step(part, chunk) {
            Effect::Inside => return false,
            Effect::Closed => self.open = None,
            Effect::Next(next) => self.open = Some(*next),
            Effect::Before => {
                self.open = None;
                self.outside(part, chunk);
            }
        }
        true
    }

    /// Takes a part that stands between cards.
    fn outside(&mut self, part: Part<'_>, chunk: &mut Chunk) -> bool {
        let body = chunk.bytes.len();
        match part {
            Part::Mark {
                mark: Mark::Begin,
                segment,
                damaged,
            } => {
                let kind = damaged.then_some(FindingKind::DamagedMark);
                self.begin(Open::begin(segment, body, kind), chunk);
            }
            Part::OneLine(segment) => {
                self.component = None;
                chunk.outside.extend(self.outside.take());
                chunk.one_line(segment);
                return true;
            }
            Part::Text(segment) if self.component.is_none() && starts_card(segment) => {
                let mut open = Open::begin(segment, body, Some(FindingKind::MissingBegin));
                open.step(part, chunk);
                self.begin(open, chunk);
            }
            Part::Mark {
                mark: Mark::BeginOther(name),
                segment,
                ..
            } if self.component.is_none() => {
                if !is_wrapper(name) {
                    chunk.outside.extend(self.outside.take());
                    self.note(segment, Some(name));
                    self.component = Some(name.to_ascii_uppercase());
                }
            }
            Part::Mark {
                mark: Mark::EndOther(name),
                segment,
                ..
            } => {
                let is_end = |open: &Vec<u8>| open.eq_ignore_ascii_case(name);
                if self.component.as_ref().is_some_and(is_end) {
                    self.note(segment, None);
                    self.component = None;
                    chunk.outside.extend(self.outside.take());
                } else if !is_wrapper(name) {
                    self.note(segment, None);
                }
            }
            Part::Text(segment) | Part::Mark { segment, .. } => self.note(segment, None),
        }
        false
    }

    fn begin(&mut self, open: Open, chunk: &mut Chunk) {
        self.open = Some(open);
        self.component = None;
        chunk.outside.extend(self.outside.take());
    }

    fn note(&mut self, segment: Segment<'_>, component: Option<&[u8]>) {
        let text = excerpt(segment.content);
        if text.is_empty() || !segment.starts_line {
            return;
        }
        let outside = self.outside.get_or_insert_with(|| Outside {
            line: segment.line,
            component: component.map(|name| String::from_utf8_lossy(name).to_uppercase()),
            ..Outside::default()
        });
        outside.lines += 1;
        if outside.text.len() < LONGEST_OUTSIDE {
            if !outside.text.is_empty() {
                outside.text.push_str(" | ");
            }
            outside.text.push_str(&text);
        }
    }
}

/// How much is kept of the lines outside of cards that stand together, in bytes.
const LONGEST_OUTSIDE: usize = 1024;

/// Whether the line is one with which a card whose BEGIN is missing begins.
fn starts_card(segment: Segment<'_>) -> bool {
    let line = segment.content;
    let named = |header: &Header<'_>, name: &str| header.name.eq_ignore_ascii_case(name);
    segment.starts_line
        && !matches!(line.first(), Some(b' ' | b'\t'))
        && Header::split(line).is_some_and(|header| {
            let value = line[header.value_at..].trim_ascii();
            named(&header, "N")
                || named(&header, "FN")
                || named(&header, "VERSION") && matches!(value, b"2.1" | b"3.0" | b"4.0")
        })
}

/// Whether only cards stand in it, so that there is nothing to say about it.
fn is_wrapper(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"VADDRESSBOOK")
}

#[cfg(test)]
mod tests;
