//! The card that the cutter is in.

mod doubt;

use super::chunk::{Chunk, Gap, Outside, Piece};
use super::current::{Agent, Current, Mode};
use super::finding::{Finding, FindingKind, excerpt};
use super::header::{Header, may_be_folded};
use super::input::Segment;
use super::mark::{Mark, Part, glued_end, mark};
use doubt::Suspect;

/// What a segment does to the card that is being read.
pub(super) enum Effect {
    Inside,
    /// The card is in the chunk.
    Closed,
    /// The card is in the chunk, and another one has begun.
    Next(Box<Open>),
    /// The card is in the chunk, and ended before this part of the file.
    Before,
}

#[derive(Debug)]
pub(super) struct Open {
    line: u64,
    at: u64,
    body: usize,
    body_line: u64,
    /// The blanks before BEGIN: if the next line has them too, the whole card is indented.
    indent: Vec<u8>,
    first_line: bool,
    /// The cards inside this one that have not ended.
    levels: Vec<Level>,
    /// Cards inside this one that no AGENT announced. Either they are nested, or this one has lost its END: what comes
    /// behind them tells.
    suspects: Vec<Suspect>,
    /// Lines behind such a card that are no properties: if it follows this one, they belong to neither.
    between: Vec<Outside>,
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
    /// A card begins with this segment, which has the flaw `kind`; its body will start at `body` in the chunk.
    pub fn begin(segment: Segment<'_>, body: usize, kind: Option<FindingKind>) -> Self {
        let text = segment.content;
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        let blanks = text.iter().take_while(|byte| byte.is_ascii_whitespace());
        let missing = kind == Some(FindingKind::MissingBegin);
        let finding = |kind| Finding::of_bytes(segment.line, kind, segment.content);
        Self {
            line: segment.line,
            at: segment.at,
            body,
            body_line: segment.line + u64::from(!missing && !segment.line_end.is_empty()),
            indent: blanks.copied().collect(),
            first_line: true,
            levels: Vec::new(),
            suspects: Vec::new(),
            between: Vec::new(),
            property: Current::new(segment.line, body),
            findings: kind.map(finding).into_iter().collect(),
        }
    }

    /// Takes the next part of the file into the chunk.
    pub fn step(&mut self, part: Part<'_>, chunk: &mut Chunk) -> Effect {
        let (mark, segment, damaged) = match part {
            Part::Text(segment) => return self.text(segment, chunk),
            Part::OneLine(segment) => return self.end_before(segment, chunk),
            Part::Mark {
                mark,
                segment,
                damaged,
            } => (mark, segment, damaged),
        };
        let content = self.without_indent(segment);
        let indented = matches!(content.first(), Some(b' ' | b'\t'));
        if indented && self.property.agent == Agent::Filled && self.levels.is_empty() {
            return self.text(segment, chunk);
        }
        self.first_line = false;
        match mark {
            Mark::Begin => self.begin_inside(segment, damaged, chunk),
            Mark::End => self.end(segment, damaged, chunk),
            Mark::BeginOther(_) => self.end_before(segment, chunk),
            Mark::EndOther(_) => self.text(segment, chunk),
        }
    }

    /// Something else begins before the card has ended.
    fn end_before(&mut self, segment: Segment<'_>, chunk: &mut Chunk) -> Effect {
        self.property.finish(chunk);
        self.split(Some(segment.at), chunk);
        Effect::Before
    }

    fn text(&mut self, segment: Segment<'_>, chunk: &mut Chunk) -> Effect {
        let content = self.without_indent(segment);
        if !segment.starts_line {
            self.extend(content, segment, chunk);
            return Effect::Inside;
        }
        if content.trim_ascii().is_empty() {
            self.blank(content, segment, chunk);
            return Effect::Inside;
        }
        self.first_line = false;
        let indented = matches!(content[0], b' ' | b'\t');
        if self.levels.is_empty()
            && !self.suspects.is_empty()
            && Header::split_whole(content).is_none()
        {
            self.between.push(Outside {
                line: segment.line,
                lines: 1,
                text: excerpt(content),
                component: None,
            });
        }
        if self.property.continues(content, indented) {
            self.continue_property(content, segment, chunk);
        } else {
            self.start_property(content, segment, chunk);
        }
        if !self.suspects.is_empty() && chunk.bytes.len() - self.suspects[0].begin > DOUBT {
            return self
                .split(None, chunk)
                .map_or(Effect::Closed, |next| Effect::Next(Box::new(next)));
        }
        Effect::Inside
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

    fn begin_inside(&mut self, segment: Segment<'_>, damaged: bool, chunk: &mut Chunk) -> Effect {
        let left_out = self.property.mode == Mode::SkippedCard;
        self.property.finish(chunk);
        let kind = damaged.then_some(FindingKind::DamagedMark);
        let next =
            |chunk: &Chunk| Effect::Next(Box::new(Self::begin(segment, chunk.bytes.len(), kind)));
        if self.suspects.is_empty()
            && self.levels.is_empty()
            && let Some(end) = glued_end(&chunk.bytes[self.body..])
        {
            self.close(
                self.body + end,
                segment.at,
                Some(FindingKind::DamagedMark),
                chunk,
            );
            return next(chunk);
        }
        let announced = self.property.agent == Agent::Empty;
        if !announced
            && (damaged || left_out || !self.levels.is_empty() || self.suspects.len() == DOUBTS)
        {
            self.split(Some(segment.at), chunk);
            return next(chunk);
        }
        let begin = chunk.bytes.len();
        hold_mark(b"BEGIN:VCARD", segment, chunk);
        let body = chunk.bytes.len();
        if announced {
            self.levels.push(Level::Agent);
        } else {
            self.levels.push(Level::Suspect);
            self.suspects.push(Suspect {
                line: segment.line,
                at: segment.at,
                begin,
                body,
                body_line: segment.line + u64::from(!segment.line_end.is_empty()),
                end: None,
            });
        }
        self.property = Current::new(segment.line, body);
        Effect::Inside
    }

    fn end(&mut self, segment: Segment<'_>, damaged: bool, chunk: &mut Chunk) -> Effect {
        self.property.finish(chunk);
        let body_end = chunk.bytes.len();
        let Some(level) = self.levels.pop() else {
            self.confirm_nesting();
            let kind = damaged.then_some(FindingKind::DamagedMark);
            self.close(body_end, segment.end, kind, chunk);
            return Effect::Closed;
        };
        hold_mark(b"END:VCARD", segment, chunk);
        if level == Level::Suspect {
            let suspect = self
                .suspects
                .last_mut()
                .expect("each level of doubt has its suspect");
            suspect.end = Some((body_end, segment.end));
        }
        self.property = Current::new(segment.line, chunk.bytes.len());
        Effect::Inside
    }

    /// Puts the card into the chunk. `kind` is what is wrong with its end.
    fn close(
        &mut self,
        body_end: usize,
        span_end: u64,
        kind: Option<FindingKind>,
        chunk: &mut Chunk,
    ) {
        let mut findings = std::mem::take(&mut self.findings);
        findings.extend(kind.map(|kind| Finding::new(self.line, kind, "END")));
        chunk.pieces.push(Piece {
            body: self.body..body_end,
            line: self.line,
            body_line: self.body_line,
            span: self.at..span_end,
            findings,
        });
    }

    fn start_property(&mut self, content: &[u8], segment: Segment<'_>, chunk: &mut Chunk) {
        self.property.finish(chunk);
        self.property = Current::new(segment.line, chunk.bytes.len());
        if chunk.bytes.len() - self.body > LONGEST_CARD {
            let text =
                "the rest of the card is ignored: it is over 512 KiB long without its photos";
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
            if mark(value) == Some(Mark::Begin) {
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
        chunk.bytes.extend_from_slice(&content[1..]);
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
            let text = "a value of more than 256 KiB is ignored";
            self.findings
                .push(Finding::new(property.line, FindingKind::ValueTooLong, text));
            property.drop_value(chunk);
        }
    }

    fn blank(&mut self, content: &[u8], segment: Segment<'_>, chunk: &mut Chunk) {
        match self.property.mode {
            Mode::Skipped | Mode::SkippedCard => self.property.skip(b"", segment),
            Mode::Header | Mode::Held => {
                self.property.mode = Mode::Held;
                hold(content, segment, chunk);
            }
        }
        self.property.after_blank = true;
        self.property.soft_break = false;
    }
}

/// Holds a mark of a card inside this one, on a line of its own.
fn hold_mark(mark: &[u8], segment: Segment<'_>, chunk: &mut Chunk) {
    hold(mark, segment, chunk);
    if segment.line_end.is_empty() {
        let at = chunk.bytes.len();
        chunk.gaps.push(Gap {
            at,
            bytes: 0,
            lines: -1,
        });
        chunk.bytes.push(b'\n');
    }
}

fn hold(content: &[u8], segment: Segment<'_>, chunk: &mut Chunk) {
    chunk.bytes.extend_from_slice(content);
    chunk.bytes.extend_from_slice(segment.line_end);
}
