//! Stage B: from the bytes of a chunk to cards.

mod agent;
mod unfold;
mod value;

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;

use super::card::{Card, Elided, Param, Property, Version, labels};
use super::charset::{Charsets, Raw};
use super::chunk::{Chunk, Gap, Piece};
use super::finding::{Finding, FindingKind};
use super::header::{Header, is_known, looks_malformed};
use super::mark::{Mark, mark};
use super::params;
use crate::source::encoding::TextEncoding;

/// Reads the cards of a chunk, in their order.
pub fn cards<'a>(chunk: &'a Chunk, charsets: Charsets) -> impl Iterator<Item = Card<'a>> {
    read(chunk).map(move |reader| reader.card(charsets))
}

/// The cards of a chunk with the values that are not certainly text yet.
pub(super) fn read(chunk: &Chunk) -> impl Iterator<Item = Reader<'_>> {
    chunk.pieces.iter().map(move |piece| {
        let first_gap = chunk.gaps.partition_point(|gap| gap.at < piece.body.start);
        let mut reader = Reader {
            piece,
            bytes: &chunk.bytes[..piece.body.end],
            at: piece.body.start,
            line: piece.body_line,
            gaps: &chunk.gaps[first_gap..],
            version: Version::Unknown,
            cases: [false; 3],
            properties: Vec::with_capacity(16),
            raws: Vec::new(),
            odd_params: Vec::new(),
            named: Vec::new(),
            findings: piece.findings.clone(),
        };
        reader.lines();
        reader
    })
}

pub(super) struct Reader<'a> {
    piece: &'a Piece,
    bytes: &'a [u8],
    at: usize,
    line: u64,
    gaps: &'a [Gap],
    version: Version,
    /// Whether names of properties are written in upper case, in lower case, in both.
    cases: [bool; 3],
    pub properties: Vec<Property<'a>>,
    /// Values that are not certainly text yet, by the place of their property.
    pub raws: Vec<(usize, Raw<'a>)>,
    /// Parameters that are not UTF-8.
    odd_params: Vec<(usize, &'a [u8])>,
    /// The encodings that CHARSET names for other values.
    named: Vec<TextEncoding>,
    findings: Vec<Finding>,
}

/// More properties of one card are not read, so that no file makes the reader hold much.
const MOST_PROPERTIES: usize = 50_000;
/// More findings of one card are not listed.
const MOST_FINDINGS: usize = 1000;
const NEXT_TO_LAST: usize = MOST_FINDINGS - 1;

#[derive(Clone)]
struct Line {
    /// Without its line end.
    range: Range<usize>,
    number: u64,
    /// How many bytes were left out at its end.
    left_out: u64,
}

impl<'a> Reader<'a> {
    fn lines(&mut self) {
        self.version = self.find_version();
        while let Some(line) = self.next_line() {
            let content = &self.bytes[line.range.clone()];
            if content.trim_ascii().is_empty() {
                continue;
            }
            if self.properties.len() == MOST_PROPERTIES {
                let text = "the rest of the card is ignored: it has 50,000 properties";
                self.note(Finding::new(line.number, FindingKind::CardTooLong, text));
                break;
            }
            match (mark(content), Header::split(content)) {
                (Some(Mark::Begin), _) => self.nested(line),
                (Some(Mark::End), _) => {}
                (_, Some(header))
                    if !matches!(content[0], b' ' | b'\t') && !self.is_prose(&header, content) =>
                {
                    self.property(line, header)
                }
                _ => self.stray(line),
            }
        }
    }

    /// The card, with its text decoded.
    fn card(mut self, charsets: Charsets) -> Card<'a> {
        self.decode(charsets);
        let labels = labels(&self.properties);
        Card {
            version: self.version,
            line: self.piece.line,
            span: self.piece.span.clone(),
            properties: self.properties,
            findings: self.findings,
            labels,
        }
    }

    fn note(&mut self, finding: Finding) {
        match self.findings.len() {
            MOST_FINDINGS.. => {}
            NEXT_TO_LAST => {
                let text = "this card has more findings than are listed";
                self.findings.push(Finding {
                    text: text.to_string(),
                    ..finding
                });
            }
            _ => self.findings.push(finding),
        }
    }

    fn flaw(&mut self, line: u64, kind: FindingKind, bytes: &[u8]) {
        self.note(Finding::of_bytes(line, kind, bytes));
    }

    fn next_line(&mut self) -> Option<Line> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let start = self.at;
        let end = memchr2(b'\n', b'\r', &self.bytes[start..])
            .map_or(self.bytes.len(), |length| start + length);
        let crlf = self.bytes[end..].starts_with(b"\r\n");
        self.at = (end + if crlf { 2 } else { 1 }).min(self.bytes.len());
        let mut line = Line {
            range: start..end,
            number: self.line,
            left_out: 0,
        };
        self.line += 1;
        while let Some((gap, rest)) = self.gaps.split_first().filter(|(gap, _)| gap.at <= end) {
            self.line = self.line.saturating_add_signed(gap.lines);
            line.left_out += gap.bytes;
            self.gaps = rest;
        }
        Some(line)
    }

    /// Looks for VERSION ahead of everything else, because folding depends on it.
    fn find_version(&mut self) -> Version {
        let body = &self.bytes[self.piece.body.start..];
        let lines = body.split(|byte| matches!(byte, b'\n' | b'\r'));
        let value = lines.filter_map(|line| {
            let (name, value) = line.split_at_checked(7)?;
            name.eq_ignore_ascii_case(b"VERSION").then_some(())?;
            Some(value.trim_ascii_start().strip_prefix(b":")?.trim_ascii())
        });
        let value = value.into_iter().next();
        match value {
            Some(b"2.1" | b"2.0" | b"2") => Version::V21,
            Some(b"3.0" | b"3" | b"3.1") => Version::V30,
            Some(b"4.0" | b"4") => Version::V40,
            other => {
                let text = other.map_or("the card has no VERSION".into(), |it| {
                    format!(
                        "`{}` is not a version of vCard",
                        String::from_utf8_lossy(it)
                    )
                });
                let line = self.piece.line;
                self.note(Finding::new(line, FindingKind::UnknownVersion, text));
                Version::Unknown
            }
        }
    }

    fn property(&mut self, line: Line, header: Header<'a>) {
        let place = self.properties.len();
        self.cases[case_of(header.name)] = true;
        let mut property = Property {
            group: header.group,
            name: params::upper(header.name),
            params: self.params(&header, place),
            value: Cow::Borrowed(""),
            line: line.number,
            elided: (line.left_out > 0).then_some(Elided {
                bytes: line.left_out,
            }),
        };
        let declared = self.declared(&header, &property);
        let value = line.range.start + header.value_at..line.range.end;
        if property.name == "AGENT" && self.is_card_ahead(&value) {
            let bytes = self.nested_bytes(value.start);
            property.value = self.decoded(bytes, None, line.number, place);
        } else if property.elided.is_none() {
            property.value = self.value(&property, value, &header, declared, place);
        }
        if property.name != "VERSION" {
            self.properties.push(property);
            return;
        }
        self.raws.retain(|raw| raw.0 != place);
        self.odd_params.retain(|params| params.0 != place);
    }

    /// Whether a line that could be a property is text of the note before it: `Tel: mornings only`. Names are written in
    /// the case that the card has for others.
    fn is_prose(&self, header: &Header<'_>, content: &[u8]) -> bool {
        let after_note = self
            .properties
            .last()
            .is_some_and(|last| last.name == "NOTE" && last.elided.is_none());
        let own = header.group.is_some() || !header.params.is_empty() || header.name.contains('-');
        if !after_note || own {
            return false;
        }
        let usual = self.cases[case_of(header.name)];
        match is_known(&header.name.to_ascii_uppercase()) {
            true => !usual,
            false => !usual || content.get(header.value_at) == Some(&b' '),
        }
    }

    /// A line that is no property: the rest of a text that was not folded as it should be, or a comment.
    fn stray(&mut self, line: Line) {
        let content = &self.bytes[line.range.clone()];
        if looks_malformed(content) && Header::split(content).is_none() {
            return self.flaw(line.number, FindingKind::MalformedLine, content);
        }
        let Some(place) = self
            .properties
            .len()
            .checked_sub(1)
            .filter(|_| !content.starts_with(b"#"))
        else {
            return self.flaw(line.number, FindingKind::StrayLine, content);
        };
        let raw = self
            .raws
            .last_mut()
            .filter(|raw| raw.0 == place)
            .map(|raw| &mut raw.1.bytes);
        let property = &mut self.properties[place];
        let value = raw
            .as_deref()
            .map_or(property.value.as_bytes(), |raw| &**raw);
        let backslashes = value
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count();
        let escaped = backslashes % 2 == 1;
        let prose = matches!(&*property.name, "NOTE" | "COMMENT" | "ADR" | "LABEL")
            || property.name.starts_with("X-");
        if property.elided.is_some() || !(escaped || prose) {
            return self.flaw(line.number, FindingKind::StrayLine, content);
        }
        let mut bytes = value[..value.len() - usize::from(escaped)].to_vec();
        bytes.push(b'\n');
        bytes.extend_from_slice(content);
        match raw {
            Some(raw) => *raw = Cow::Owned(bytes),
            None => {
                let first = self.properties[place].line;
                let text = self.decoded(Cow::Owned(bytes), None, first, place);
                self.properties[place].value = text;
            }
        }
        self.flaw(line.number, FindingKind::UnindentedContinuation, content);
    }

    fn params(&mut self, header: &Header<'a>, place: usize) -> Vec<Param<'a>> {
        if header.params.is_empty() {
            return Vec::new();
        }
        let carets = self.version == Version::V40;
        if std::str::from_utf8(header.params).is_err() {
            self.odd_params.push((place, header.params));
        }
        super::header::params(header.params)
            .map(|param| match String::from_utf8_lossy(param) {
                Cow::Borrowed(text) => params::read(text.trim(), carets),
                Cow::Owned(text) => params::owned(params::read(text.trim(), carets)),
            })
            .collect()
    }
}

/// How a name is written: 0 in upper case, 1 in lower case, 2 in both.
fn case_of(name: &str) -> usize {
    let (upper, lower) = (
        name.bytes().any(|byte| byte.is_ascii_uppercase()),
        name.bytes().any(|byte| byte.is_ascii_lowercase()),
    );
    match (upper, lower) {
        (true, true) => 2,
        (false, true) => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
