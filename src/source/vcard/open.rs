//! The card that the cutter is in.

mod doubt;

use self::doubt::Suspect;
use super::current::{Agent, Current, Mode};
use super::cut::{Chunk, Gap, Piece};
use super::finding::{Finding, FindingKind};
use super::header::{Header, Marker, marker, may_be_folded};
use super::input::Segment;

/// What a segment does to the card that is being read.
pub(super) enum Step {
    Inside,
    /// The card is in the chunk.
    Closed,
    /// The card is in the chunk, and another one has begun.
    Next(Box<Open>),
}

/// A card whose end has not been read yet.
#[derive(Debug)]
pub(super) struct Open {
    line: u64,
    at: u64,
    body: usize,
    /// The blanks before BEGIN: if the next line has them too, the whole card is indented.
    indent: Vec<u8>,
    first_line: bool,
    /// The cards inside this one that have not ended.
    levels: Vec<Level>,
    /// Cards inside this one that no AGENT announced. Either they are nested, or this one has lost its END: what comes
    /// behind them tells.
    suspects: Vec<Suspect>,
    /// Lines behind such a card that are no properties: if it follows this one, they belong to neither.
    between: Vec<Finding>,
    property: Current,
    findings: Vec<Finding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Agent,
    Suspect,
}

/// Larger values are left out, even if they are text, in bytes.
pub const LONGEST_VALUE: usize = 256 * 1024;
/// Of larger cards, the rest is left out, in bytes without what is left out of them anyway.
const LONGEST_CARD: usize = 512 * 1024;
/// How much is read to learn whether a card is nested in one or follows it.
const LONGEST_HEADER: usize = 8 * 1024;
const DOUBT: usize = 64 * 1024;
const DOUBTS: usize = 8;

impl Open {
    /// A card begins with this segment; its body will start at `body` in the chunk.
    pub fn begin(segment: Segment<'_>, body: usize) -> Self {
        let text = segment
            .content
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(segment.content);
        let indent = text
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .copied()
            .collect();
        Self {
            line: segment.line,
            at: segment.at,
            body,
            indent,
            first_line: true,
            levels: Vec::new(),
            suspects: Vec::new(),
            between: Vec::new(),
            property: Current::new(segment.line, body),
            findings: Vec::new(),
        }
    }

    /// Takes the next segment of the file into the chunk.
    pub fn step(&mut self, segment: Segment<'_>, chunk: &mut Chunk) -> Step {
        let content = self.without_indent(segment);
        if !segment.starts_line {
            self.extend(content, segment, chunk);
            return Step::Inside;
        }
        if content.trim_ascii().is_empty() {
            self.blank(segment, chunk);
            return Step::Inside;
        }
        self.first_line = false;
        let indented = matches!(content[0], b' ' | b'\t');
        let marker = match marker(content) {
            Some(_)
                if indented && self.property.agent == Agent::Filled && self.levels.is_empty() =>
            {
                None
            }
            marker => marker,
        };
        match marker {
            Some(Marker::Begin) => return self.begin_inside(content, segment, chunk),
            Some(Marker::End) => return self.end(content, segment, chunk),
            None => {}
        }
        if self.levels.is_empty()
            && !self.suspects.is_empty()
            && Header::split_whole(content).is_none()
        {
            self.between.push(Finding::of_bytes(
                segment.line,
                FindingKind::OutsideCard,
                content,
            ));
        }
        if self.property.continues(content, indented) {
            self.continue_property(content, segment, chunk);
        } else {
            self.start_property(content, segment, chunk);
        }
        if !self.suspects.is_empty() && chunk.bytes.len() - self.suspects[0].begin > DOUBT {
            return self
                .split(None, chunk)
                .map_or(Step::Closed, |next| Step::Next(Box::new(next)));
        }
        Step::Inside
    }

    /// Whether the card can go on in an empty chunk of which `length` bytes are handed out; it is made ready for that.
    pub fn restart(&mut self, length: usize) -> bool {
        let fresh = self.first_line && self.body == length;
        if fresh {
            self.body = 0;
            self.property = Current::new(self.line, 0);
        }
        fresh
    }

    /// Closes the card, and all that may be inside it, at the end of the file.
    pub fn end_of_file(mut self, at: u64, chunk: &mut Chunk) {
        self.property.finish(chunk);
        self.split(Some(at), chunk);
    }

    fn without_indent<'a>(&mut self, segment: Segment<'a>) -> &'a [u8] {
        if self.indent.is_empty() || !segment.starts_line {
            return segment.content;
        }
        let stripped = segment.content.strip_prefix(self.indent.as_slice());
        if self.first_line && stripped.is_none() && !segment.content.trim_ascii().is_empty() {
            self.indent.clear();
        }
        stripped.unwrap_or(segment.content)
    }

    fn begin_inside(&mut self, content: &[u8], segment: Segment<'_>, chunk: &mut Chunk) -> Step {
        let left_out = self.property.mode == Mode::SkippedCard;
        self.property.finish(chunk);
        let announced = self.property.agent == Agent::Empty;
        if !announced && (left_out || !self.levels.is_empty() || self.suspects.len() == DOUBTS) {
            self.split(Some(segment.at), chunk);
            return Step::Next(Box::new(Self::begin(segment, chunk.bytes.len())));
        }
        let begin = chunk.bytes.len();
        hold(content, segment, chunk);
        if announced {
            self.levels.push(Level::Agent);
        } else {
            self.levels.push(Level::Suspect);
            let body = chunk.bytes.len();
            self.suspects.push(Suspect {
                line: segment.line,
                at: segment.at,
                begin,
                body,
                end: None,
            });
        }
        self.property = Current::new(segment.line, chunk.bytes.len());
        Step::Inside
    }

    fn end(&mut self, content: &[u8], segment: Segment<'_>, chunk: &mut Chunk) -> Step {
        self.property.finish(chunk);
        let body_end = chunk.bytes.len();
        let Some(level) = self.levels.pop() else {
            self.confirm_nesting();
            chunk.pieces.push(Piece {
                body: self.body..body_end,
                line: self.line,
                span: self.at..segment.end,
                findings: std::mem::take(&mut self.findings),
            });
            return Step::Closed;
        };
        hold(content, segment, chunk);
        if level == Level::Suspect {
            let suspect = self
                .suspects
                .last_mut()
                .expect("each level of doubt has its suspect");
            suspect.end = Some((body_end, segment.end));
        }
        self.property = Current::new(segment.line, chunk.bytes.len());
        Step::Inside
    }

    fn start_property(&mut self, content: &[u8], segment: Segment<'_>, chunk: &mut Chunk) {
        self.property.finish(chunk);
        self.property = Current::new(segment.line, chunk.bytes.len());
        if chunk.bytes.len() - self.body > LONGEST_CARD {
            let text =
                "the rest of the card is left out: it is over 512 KiB long without its photos";
            if self
                .findings
                .iter()
                .all(|finding| finding.kind != FindingKind::CardTooLong)
            {
                self.findings
                    .push(Finding::new(segment.line, FindingKind::CardTooLong, text));
            }
            self.property.mode = Mode::SkippedCard;
            self.property.skip(content, segment);
            return;
        }
        let Some(header) = Header::split_whole(content) else {
            self.property.mode = if may_be_folded(content) {
                Mode::Header
            } else {
                Mode::Held
            };
            self.extend(content, segment, chunk);
            return;
        };
        if self.levels.is_empty() {
            self.confirm_nesting();
        }
        let value = &content[header.value_at..];
        self.property.read_header(&header, value);
        if header.name.eq_ignore_ascii_case("AGENT") {
            self.property.agent = if value.trim_ascii().is_empty() {
                Agent::Empty
            } else {
                Agent::Filled
            };
            if marker(value) == Some(Marker::Begin) {
                self.levels.push(Level::Agent);
            }
        }
        if self.property.mode == Mode::Skipped {
            chunk.bytes.extend_from_slice(&content[..header.value_at]);
            self.property.skip(value, segment);
        } else {
            self.extend(content, segment, chunk);
        }
    }

    /// Takes another line of the property, which may be folded inside its header.
    fn continue_property(&mut self, content: &[u8], segment: Segment<'_>, chunk: &mut Chunk) {
        if self.property.agent == Agent::Empty {
            self.property.agent = Agent::Filled;
        }
        if self.property.mode != Mode::Header {
            self.extend(content, segment, chunk);
            return;
        }
        while matches!(chunk.bytes.last(), Some(b'\n' | b'\r')) {
            chunk.bytes.pop();
        }
        chunk.gaps.push(Gap {
            at: chunk.bytes.len(),
            bytes: 0,
            lines: 1,
        });
        let start = self.property.value;
        hold(
            &content[1..],
            Segment {
                line_end: b"",
                ..segment
            },
            chunk,
        );
        let line = &chunk.bytes[start..];
        match Header::split_whole(line) {
            Some(header) => {
                let value = start + header.value_at;
                self.property.read_header(&header, &line[header.value_at..]);
                if self.property.mode == Mode::Skipped {
                    let length = chunk.bytes.len() - value;
                    chunk.bytes.truncate(value);
                    self.property.skipped_bytes = length as u64;
                    self.property.skip(b"", segment);
                    return;
                }
            }
            None if line.len() > LONGEST_HEADER => self.property.mode = Mode::Held,
            None => {}
        }
        self.extend(b"", segment, chunk);
    }

    /// Takes a piece of text that belongs to the current property.
    fn extend(&mut self, content: &[u8], segment: Segment<'_>, chunk: &mut Chunk) {
        let property = &mut self.property;
        if matches!(property.mode, Mode::Skipped | Mode::SkippedCard) {
            property.skip(content, segment);
            return;
        }
        hold(content, segment, chunk);
        property.after_blank = false;
        property.note_soft_break(content);
        if chunk.bytes.len() - property.value > LONGEST_VALUE {
            let text = "a value of more than 256 KiB is left out";
            self.findings
                .push(Finding::new(property.line, FindingKind::ValueTooLong, text));
            property.drop_value(chunk);
        }
    }

    fn blank(&mut self, segment: Segment<'_>, chunk: &mut Chunk) {
        match self.property.mode {
            Mode::Skipped | Mode::SkippedCard => self.property.skip(b"", segment),
            Mode::Header | Mode::Held => {
                self.property.mode = Mode::Held;
                hold(b"", segment, chunk);
            }
        }
        self.property.after_blank = true;
        self.property.soft_break = false;
    }
}

fn hold(content: &[u8], segment: Segment<'_>, chunk: &mut Chunk) {
    chunk.bytes.extend_from_slice(content);
    chunk.bytes.extend_from_slice(segment.line_end);
}
