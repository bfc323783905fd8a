//! Finds the cards in the lines of a chunk, and what stands outside of them.

use std::ops::Range;

use super::chunk::{ChunkLines, Line, Outside, Piece, Position};
use super::finding::{Finding, FindingKind, excerpt};
use super::header::{ContentLine, agent_value};
use super::mark::{LineParts, Mark, Part, glued_end, mark};

/// How much is read to learn whether a card is nested in another one or follows it.
const DOUBT: usize = 64 * 1024;
const DOUBTS: usize = 8;
/// How much is kept of the lines outside of cards that stand together, in bytes.
const LONGEST_OUTSIDE: usize = 1024;

/// The whole cards among these lines, the lines outside of them, and where that begins of which only more of the file, unless
/// it has ended, will tell what it is.
pub(super) fn split(lines: ChunkLines<'_>) -> (Vec<Piece>, Vec<Outside>, Position) {
    let mut split = Splitting {
        parts: LineParts { lines, rest: None },
        component: None,
        stretch: None,
        pieces: Vec::new(),
        outside: Vec::new(),
    };
    let undecided = split.all();
    (split.pieces, split.outside, undecided)
}

struct Splitting<'a> {
    parts: LineParts<'a>,
    /// What the lines between cards are inside of, such as `VCALENDAR`.
    component: Option<&'a [u8]>,
    /// The lines outside of cards that stand together here.
    stretch: Option<Outside>,
    pieces: Vec<Piece>,
    outside: Vec<Outside>,
}

impl<'a> Splitting<'a> {
    fn all(&mut self) -> Position {
        let mut undecided = self.parts.position();
        loop {
            if self.stretch.is_none() {
                undecided = self.parts.position();
            }
            let before = self.parts;
            let Some(part) = self.parts.next() else {
                break;
            };
            let Part { line, damaged, .. } = part;
            match part.mark {
                Some(Mark::OneLine) => {
                    self.begin();
                    let body = line.place.start..line.place.start + line.content.len();
                    let flaw = Finding::new(line.place.number, FindingKind::OneLine, line.content);
                    self.add(&line, (body, line.place.number), 0, vec![flaw]);
                }
                Some(Mark::Begin) => {
                    let kind = damaged.then_some(FindingKind::DamagedMark);
                    self.begin();
                    if !self.card(line, kind) {
                        return before.position();
                    }
                }
                None if self.component.is_none() && starts_card(&line) => {
                    self.parts = before;
                    self.begin();
                    if !self.card(line, Some(FindingKind::MissingBegin)) {
                        return before.position();
                    }
                }
                Some(Mark::BeginOther(name)) if self.component.is_none() => {
                    if !is_wrapper(name) {
                        self.outside.extend(self.stretch.take());
                        undecided = before.position();
                        self.note(&line, Some(name));
                        self.component = Some(name);
                    }
                }
                Some(Mark::EndOther(name)) => {
                    let is_end = |open: &[u8]| open.eq_ignore_ascii_case(name);
                    if self.component.is_some_and(is_end) {
                        self.note(&line, None);
                        self.begin();
                    } else if !is_wrapper(name) {
                        self.note(&line, None);
                    }
                }
                None | Some(_) => self.note(&line, None),
            }
        }
        if !self.parts.lines.ended {
            return undecided;
        }
        self.outside.extend(self.stretch.take());
        self.parts.position()
    }

    /// Ends the lines outside of cards.
    fn begin(&mut self) {
        self.component = None;
        self.outside.extend(self.stretch.take());
    }

    fn note(&mut self, line: &Line<'_>, component: Option<&[u8]>) {
        let text = excerpt(line.content);
        if text.is_empty() {
            return;
        }
        let stretch = self.stretch.get_or_insert_with(|| Outside {
            line: line.place.number,
            component: component.map(|name| String::from_utf8_lossy(name).to_uppercase()),
            ..Outside::default()
        });
        stretch.lines += line.lines;
        if stretch.text.len() < LONGEST_OUTSIDE {
            if !stretch.text.is_empty() {
                stretch.text.push_str(" | ");
            }
            stretch.text.push_str(&text);
        }
    }

    /// Adds the card that begins with this line and ends before the next part. `line` is that of the start of its `body`.
    fn add(
        &mut self,
        begin: &Line<'_>,
        (body, line): (Range<usize>, u64),
        indent: usize,
        findings: Vec<Finding>,
    ) {
        self.pieces.push(Piece {
            body,
            line: begin.place.number,
            body_line: line,
            span: begin.place.in_file..self.parts.position().in_file,
            indent,
            findings,
        });
    }

    /// Reads the card that begins with this line, which has the flaw `kind`. Returns whether it is known where it ends.
    fn card(&mut self, begin: Line<'a>, kind: Option<FindingKind>) -> bool {
        let body = self.parts.position();
        let indent = indent(self.parts);
        let finding = |kind| Finding::new(begin.place.number, kind, begin.content);
        let mut findings: Vec<Finding> = kind.map(finding).into_iter().collect();
        let mut depth = Depth::default();
        let bytes = self.parts.lines.bytes;
        let glued =
            |end: usize| glued_end(&bytes[body.start..end]).map(|length| body.start + length);
        let lost = |end: usize| {
            let flaw = (FindingKind::MissingEnd, "the card has no END:VCARD");
            (glued(end).unwrap_or(end), Some(flaw))
        };
        let damaged = (FindingKind::DamagedMark, "END");
        let (body_end, flaw) = loop {
            let before = self.parts;
            let Some(part) = self.parts.next() else {
                if !self.parts.lines.ended {
                    return false;
                }
                break lost(bytes.len());
            };
            let line = part.line;
            let content = without_indent(line.content, indent);
            let is_folded = depth.is_filled_agent() && is_indented(content);
            match part.mark.filter(|_| !is_folded) {
                Some(Mark::End) if depth.end() => {}
                Some(Mark::End) => break (line.place.start, part.damaged.then_some(damaged)),
                Some(Mark::Begin) if depth.is_announced() => depth.begin(),
                Some(Mark::Begin) if depth.cards == 0 => {
                    if let Some(end) = glued(line.place.start) {
                        self.parts = before;
                        break (end, Some(damaged));
                    }
                    let nested = match part.damaged {
                        true => Some(false),
                        false => is_nested(self.parts, line.place.start, indent),
                    };
                    match nested {
                        None => return false,
                        Some(true) => {
                            let text = "a card inside a card is kept as an AGENT";
                            let kind = FindingKind::NestedCard;
                            findings.push(Finding::new(line.place.number, kind, text));
                            depth.begin();
                        }
                        Some(false) => {
                            self.parts = before;
                            break lost(line.place.start);
                        }
                    }
                }
                Some(Mark::Begin | Mark::OneLine | Mark::BeginOther(_)) => {
                    self.parts = before;
                    break lost(line.place.start);
                }
                _ => depth.text(content),
            }
        };
        findings.extend(flaw.map(|(kind, text)| Finding::new(begin.place.number, kind, text)));
        self.add(
            &begin,
            (body.start..body_end, body.number),
            indent,
            findings,
        );
        true
    }
}

/// Whether the card whose BEGIN at `begin` was just read is inside the one before it: only if a property or an END of that
/// one follows. `None` if more of the file must tell.
fn is_nested(parts: LineParts<'_>, begin: usize, indent: usize) -> Option<bool> {
    let ended = parts.lines.ended;
    let (mut depth, mut cards) = (Depth::default(), 1);
    depth.begin();
    for part in parts {
        if part.line.place.start - begin > DOUBT {
            return Some(false);
        }
        let content = without_indent(part.line.content, indent);
        match part.mark {
            Some(Mark::End) if depth.end() => {}
            Some(Mark::End) => return Some(true),
            Some(Mark::Begin) if depth.is_announced() => depth.begin(),
            Some(Mark::Begin) if part.damaged || depth.cards > 0 || cards == DOUBTS => {
                return Some(false);
            }
            Some(Mark::Begin) => {
                depth.begin();
                cards += 1;
            }
            Some(Mark::OneLine | Mark::BeginOther(_)) => return Some(false),
            _ if depth.cards == 0
                && !is_indented(content)
                && ContentLine::split_whole(content).is_some() =>
            {
                return Some(true);
            }
            _ => depth.text(content),
        }
    }
    ended.then_some(false)
}

/// How deep inside of a card its lines stand.
#[derive(Debug, Default)]
struct Depth {
    /// The cards inside of it that have not ended.
    cards: usize,
    /// Whether an AGENT has a text on its own lines.
    agent: Option<bool>,
}

impl Depth {
    fn text(&mut self, content: &[u8]) {
        if content.trim_ascii().is_empty() {
        } else if is_indented(content) {
            self.agent = self.agent.map(|_| true);
        } else {
            let value = agent_value(content);
            self.agent = value.map(|value| !value.trim_ascii().is_empty());
            self.cards += usize::from(value.and_then(mark) == Some(Mark::Begin));
        }
    }

    /// Whether a card that begins now is the value of an AGENT.
    fn is_announced(&self) -> bool {
        self.agent == Some(false)
    }

    /// Whether a line that is indented goes on with the text of an AGENT.
    fn is_filled_agent(&self) -> bool {
        self.agent == Some(true) && self.cards == 0
    }

    fn begin(&mut self) {
        self.cards += 1;
        self.agent = None;
    }

    /// Ends the innermost card; false if there is none.
    fn end(&mut self) -> bool {
        self.agent = None;
        let any = self.cards > 0;
        self.cards = self.cards.saturating_sub(1);
        any
    }
}

/// How many blanks stand before the first two lines of a card, as before all of them where it stands in the text of a program.
/// Nothing is folded there yet.
fn indent(following: LineParts<'_>) -> usize {
    let lines = following.take_while(|part| part.mark.is_none());
    let filled = lines.filter(|part| !part.line.is_blank()).take(2);
    let contents = filled.map(|part| part.line.content);
    let blanks = contents.map(|text| text.len() - text.trim_ascii_start().len());
    blanks.min().unwrap_or(0)
}

pub(super) fn without_indent(content: &[u8], indent: usize) -> &[u8] {
    match content.split_at_checked(indent) {
        Some((blanks, text)) if blanks.trim_ascii().is_empty() => text,
        _ => content,
    }
}

pub(super) fn is_indented(line: &[u8]) -> bool {
    matches!(line.first(), Some(b' ' | b'\t'))
}

/// Whether the line is one with which a card whose BEGIN is missing begins.
fn starts_card(line: &Line<'_>) -> bool {
    let content = line.content;
    !is_indented(content)
        && ContentLine::split(content).is_some_and(|header| {
            let value = header.value.trim_ascii();
            match header.name.to_ascii_uppercase().as_str() {
                "N" | "FN" => true,
                "VERSION" => matches!(value, b"2.1" | b"3.0" | b"4.0"),
                _ => false,
            }
        })
}

/// Whether only cards stand in it, so that there is nothing to say about it.
fn is_wrapper(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"VADDRESSBOOK")
}
