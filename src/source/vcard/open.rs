//! The card that the cutter is in.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use memchr::memchr2_iter;

use super::cut::{Chunk, Gap, Piece};
use super::finding::{Finding, FindingKind};
use super::header::{Header, Marker, Transfer, looks_like_base64, marker, may_be_folded};
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

#[derive(Debug)]
struct Suspect {
    line: u64,
    at: u64,
    /// Its BEGIN in the chunk.
    begin: usize,
    body: usize,
    /// Where its body ends in the chunk, and its last line in the file.
    end: Option<(usize, u64)>,
}

/// The property whose lines are being read.
#[derive(Debug)]
struct Current {
    line: u64,
    mode: Mode,
    /// Where its value starts in the chunk.
    value: usize,
    transfer: Transfer,
    agent: Agent,
    /// Whether the last line ended with an equals sign, so that the next one continues it if it is quoted-printable.
    soft_break: bool,
    after_blank: bool,
    skipped_bytes: u64,
    skipped_lines: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The colon has not been read yet.
    Header,
    Held,
    Skipped,
    /// The rest of the card is left out.
    SkippedCard,
}

/// Whether the property is an AGENT whose value may be a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Agent {
    No,
    Empty,
    Filled,
}

/// Larger values are left out, even if they are text.
const LONGEST_VALUE: usize = 1024 * 1024;
/// Of larger cards, the rest is left out.
const LONGEST_CARD: usize = 4 * 1024 * 1024;
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
            let text = "the rest of the card is left out: it is over 4 MiB long without its photos";
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
            let text = "a value of more than 1 MiB is left out";
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

    /// What stood in doubt belongs to this card after all.
    fn confirm_nesting(&mut self) {
        self.between.clear();
        for suspect in self.suspects.drain(..) {
            let text = "a card inside a card is kept as an AGENT";
            self.findings
                .push(Finding::new(suspect.line, FindingKind::NestedCard, text));
        }
    }

    /// Decides that this card has lost its END, and that the ones inside it follow it. If the last of them goes on, it is
    /// what remains open, unless `end` says that it ends there.
    fn split(&mut self, end: Option<u64>, chunk: &mut Chunk) -> Option<Self> {
        let suspects = std::mem::take(&mut self.suspects);
        chunk.findings.append(&mut self.between);
        let mut findings = std::mem::take(&mut self.findings).into_iter().peekable();
        let (mut line, mut span_start, mut body_start) = (self.line, self.at, self.body);
        let mut ended = None;
        for suspect in suspects {
            let body = body_start..suspect.begin;
            close(
                chunk,
                body,
                line,
                span_start..suspect.at,
                ended,
                &mut findings,
                suspect.line,
            );
            (line, span_start, body_start, ended) =
                (suspect.line, suspect.at, suspect.body, suspect.end);
        }
        let body = body_start..chunk.bytes.len();
        match (ended, end) {
            (Some((_, span_end)), _) => close(
                chunk,
                body,
                line,
                span_start..span_end,
                ended,
                &mut findings,
                u64::MAX,
            ),
            (None, Some(end)) => close(
                chunk,
                body,
                line,
                span_start..end,
                None,
                &mut findings,
                u64::MAX,
            ),
            (None, None) => {
                let inner = self
                    .levels
                    .iter()
                    .position(|level| *level == Level::Suspect)
                    .map_or(0, |at| at + 1);
                return Some(Self {
                    line,
                    at: span_start,
                    body: body_start,
                    indent: std::mem::take(&mut self.indent),
                    first_line: false,
                    levels: self.levels.split_off(inner),
                    suspects: Vec::new(),
                    between: Vec::new(),
                    property: std::mem::replace(&mut self.property, Current::new(line, body_start)),
                    findings: findings.collect(),
                });
            }
        }
        None
    }
}

impl Current {
    fn new(line: u64, value: usize) -> Self {
        Self {
            line,
            mode: Mode::Held,
            value,
            transfer: Transfer::Plain,
            agent: Agent::No,
            soft_break: false,
            after_blank: false,
            skipped_bytes: 0,
            skipped_lines: 0,
        }
    }

    fn read_header(&mut self, header: &Header<'_>, value: &[u8]) {
        self.value += header.value_at;
        self.transfer = header.transfer();
        self.mode = Mode::Held;
        if header.is_binary(self.transfer, value) {
            self.transfer = Transfer::Base64;
            self.mode = Mode::Skipped;
        }
    }

    /// Whether a line goes on with this property.
    fn continues(&self, content: &[u8], indented: bool) -> bool {
        match (self.mode, self.transfer) {
            (Mode::SkippedCard, _) => true,
            _ if indented => true,
            (_, Transfer::QuotedPrintable) => self.soft_break,
            // Some writers don't indent base64. Behind an empty line, a single word would be something else.
            (Mode::Skipped, Transfer::Base64) => {
                looks_like_base64(content) && (!self.after_blank || content.len() >= 40)
            }
            _ => false,
        }
    }

    fn note_soft_break(&mut self, content: &[u8]) {
        if self.transfer == Transfer::QuotedPrintable && !content.is_empty() {
            self.soft_break = content.trim_ascii_end().ends_with(b"=");
        }
    }

    fn skip(&mut self, content: &[u8], segment: Segment<'_>) {
        self.skipped_bytes += content.len() as u64;
        self.skipped_lines += u64::from(!segment.line_end.is_empty());
        self.after_blank = false;
        self.note_soft_break(content);
    }

    /// Leaves out what is held of the value, and what follows of it.
    fn drop_value(&mut self, chunk: &mut Chunk) {
        self.mode = Mode::Skipped;
        self.skipped_bytes = (chunk.bytes.len() - self.value) as u64;
        self.skipped_lines = line_ends(&chunk.bytes[self.value..]);
        while let Some(gap) = chunk.gaps.pop_if(|gap| gap.at > self.value) {
            self.skipped_lines += gap.lines;
        }
        chunk.bytes.truncate(self.value);
    }

    /// Ends the property. What was left out of it becomes a gap at the end of its line.
    fn finish(&mut self, chunk: &mut Chunk) {
        if matches!(self.mode, Mode::Skipped | Mode::SkippedCard) {
            let lines = self.skipped_lines.saturating_sub(1);
            chunk.gaps.push(Gap {
                at: chunk.bytes.len(),
                bytes: self.skipped_bytes,
                lines,
            });
            chunk.bytes.push(b'\n');
            self.mode = Mode::Held;
        }
    }
}

fn hold(content: &[u8], segment: Segment<'_>, chunk: &mut Chunk) {
    chunk.bytes.extend_from_slice(content);
    chunk.bytes.extend_from_slice(segment.line_end);
}

/// Puts a card into the chunk with the findings of its lines; one that did not end is said to have lost its END.
fn close(
    chunk: &mut Chunk,
    body: Range<usize>,
    line: u64,
    span: Range<u64>,
    ended: Option<(usize, u64)>,
    findings: &mut Peekable<IntoIter<Finding>>,
    next_line: u64,
) {
    let mut own: Vec<_> =
        std::iter::from_fn(|| findings.next_if(|finding| finding.line < next_line)).collect();
    let body = match ended {
        Some((end, _)) => body.start..end,
        None => {
            own.push(Finding::new(
                line,
                FindingKind::MissingEnd,
                "the card has no END:VCARD",
            ));
            body
        }
    };
    let span = span.start..ended.map_or(span.end, |(_, end)| end);
    chunk.pieces.push(Piece {
        body,
        line,
        span,
        findings: own,
    });
}

/// How many lines end in `bytes`.
fn line_ends(bytes: &[u8]) -> u64 {
    let crlf = |&at: &usize| bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
    memchr2_iter(b'\r', b'\n', bytes)
        .filter(|at| !crlf(at))
        .count() as u64
}
