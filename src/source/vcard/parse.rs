//! Stage B: from the bytes of a chunk to cards.

mod unfold;
mod value;

use std::borrow::Cow;

use super::card::{Card, Property, Version, labels};
use super::charset::{Charsets, Raw};
use super::chunk::{Chunk, ChunkLines, Line, Piece, Position};
use super::finding::{Finding, FindingKind};
use super::header::{self, ContentLine, LONGEST_HEADER, is_known, looks_malformed, may_be_folded};
use super::mark::{LineParts, Mark, Part, after};
use super::split::{is_indented, without_indent};
use super::{LONGEST_CARD, LONGEST_VALUE, params, text};
use crate::source::encoding::TextEncoding;

/// Reads the cards of a chunk, in their order.
pub fn cards<'a>(chunk: &'a Chunk, charsets: Charsets) -> impl Iterator<Item = Card<'a>> {
    read(chunk).map(move |reader| reader.card(charsets))
}

/// The cards of a chunk with the values that are not certainly text yet.
pub(super) fn read(chunk: &Chunk) -> impl Iterator<Item = Reader<'_>> {
    chunk.pieces.iter().map(move |piece| {
        let first_gap = chunk.gaps.partition_point(|gap| gap.at <= piece.body.start);
        let lines = ChunkLines {
            bytes: &chunk.bytes[..piece.body.end],
            gaps: &chunk.gaps[first_gap..],
            next: Position {
                start: piece.body.start,
                number: piece.body_line,
                in_file: 0,
            },
            wide: false,
            ended: true,
        };
        let mut reader = Reader {
            piece,
            parts: LineParts { lines, rest: None },
            version: Version::Unknown,
            cases: [false; 3],
            properties: Vec::with_capacity(16),
            raws: Vec::new(),
            odd_params: Vec::new(),
            named: Vec::new(),
            findings: piece.findings.clone(),
            huge: 0,
        };
        reader.lines();
        reader
    })
}

pub(super) struct Reader<'a> {
    piece: &'a Piece,
    parts: LineParts<'a>,
    version: Version,
    /// Whether names of properties are written in upper case, in lower case, in both.
    cases: [bool; 3],
    pub properties: Vec<Property<'a>>,
    /// Values that are not certainly text yet.
    pub raws: Vec<Raw<'a>>,
    /// Parameters that are not UTF-8.
    odd_params: Vec<(usize, Vec<u8>)>,
    /// The encodings that CHARSET names for other values.
    named: Vec<TextEncoding>,
    findings: Vec<Finding>,
    /// How much of the card is in huge values, which are not read.
    huge: usize,
}

/// More properties of one card are not read, so that no file makes the reader hold much.
const MOST_PROPERTIES: usize = 50_000;
/// More findings of one card are not listed.
const MOST_FINDINGS: usize = 1000;
const NEXT_TO_LAST: usize = MOST_FINDINGS - 1;
const TOO_LONG: &str = "a value of more than 256 KiB is ignored";

impl<'a> Reader<'a> {
    fn lines(&mut self) {
        self.version = self.find_version();
        while let Some(Part { line, mark, .. }) = self.next() {
            let too_long = if self.properties.len() == MOST_PROPERTIES {
                "the rest of the card is ignored: it has 50,000 properties"
            } else if line.place.start - self.piece.body.start - self.huge > LONGEST_CARD {
                "the rest of the card is ignored: it is over 512 KiB long without its photos"
            } else {
                match mark {
                    Some(Mark::Begin) => self.nested(&line),
                    Some(Mark::End) => {}
                    _ if line.is_blank() && line.left_out == 0 => {}
                    _ if is_indented(line.content) => self.stray(&line, line.content),
                    _ => self.content_line(&line),
                }
                continue;
            };
            self.flaw(line.place.number, FindingKind::CardTooLong, too_long);
            break;
        }
    }

    fn next(&mut self) -> Option<Part<'a>> {
        let mut part = self.parts.next()?;
        let line = &mut part.line;
        let content = without_indent(line.content, self.piece.indent);
        let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
        line.place.start += line.content.len() - content.len();
        line.content = content;
        Some(part)
    }

    fn content_line(&mut self, line: &Line<'a>) {
        if let Some((joined, last)) = self.unfolded(line) {
            let header = ContentLine::split(&joined).filter(|header| !self.is_prose(header));
            let value = header.and_then(|it| last.content.len().checked_sub(it.value.len()));
            return match header.zip(value) {
                Some((header, value)) => {
                    let property = self.head(&header, line.place.number).into_owned();
                    let value = &last.content[value..];
                    self.property(line, property, value, last.left_out);
                }
                None => self.stray(line, &joined),
            };
        }
        match ContentLine::split(line.content) {
            Some(header) if !self.is_prose(&header) => {
                let property = self.head(&header, line.place.number);
                self.property(line, property, header.value, line.left_out);
            }
            _ => self.stray(line, line.content),
        }
    }

    /// A line that is folded before its value begins, and the last of its lines.
    fn unfolded(&mut self, line: &Line<'a>) -> Option<(Vec<u8>, Line<'a>)> {
        let is_folded = matches!(self.parts.lines.bytes.get(line.next), Some(b' ' | b'\t'));
        if !is_folded
            || ContentLine::split_whole(line.content).is_some()
            || !may_be_folded(line.content)
        {
            return None;
        }
        let (mut joined, mut last) = (line.content.to_vec(), *line);
        while joined.len() <= LONGEST_HEADER && ContentLine::split_whole(&joined).is_none() {
            let before = self.parts;
            match self.next() {
                Some(Part {
                    line, mark: None, ..
                }) if is_indented(line.content) => {
                    joined.extend_from_slice(&line.content[1..]);
                    last = line;
                }
                _ => {
                    self.parts = before;
                    break;
                }
            }
        }
        Some((joined, last))
    }

    /// The card, with its text decoded.
    fn card(mut self, charsets: Charsets) -> Card<'a> {
        self.decode(charsets);
        self.properties.iter_mut().for_each(separate);
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

    fn flaw(&mut self, line: u64, kind: FindingKind, text: impl AsRef<[u8]>) {
        let text = match self.findings.len() {
            MOST_FINDINGS.. => return,
            NEXT_TO_LAST => b"this card has more findings than are listed",
            _ => text.as_ref(),
        };
        self.findings.push(Finding::new(line, kind, text));
    }

    /// Looks for VERSION ahead of everything else, because folding depends on it.
    fn find_version(&mut self) -> Version {
        let mut lines = self.parts.lines;
        let value = lines.find_map(|line| {
            let content = without_indent(line.content, self.piece.indent);
            let value = after(content, b"VERSION")?;
            Some(value.trim_ascii_start().strip_prefix(b":")?.trim_ascii())
        });
        match value {
            Some(b"2.1" | b"2.0" | b"2") => Version::V21,
            Some(b"3.0" | b"3" | b"3.1") => Version::V30,
            Some(b"4.0" | b"4") => Version::V40,
            other => {
                let text = other.map_or("the card has no VERSION".into(), |it| {
                    let text = String::from_utf8_lossy(it);
                    format!("`{text}` is not a version of vCard")
                });
                let line = self.piece.line;
                self.flaw(line, FindingKind::UnknownVersion, text);
                Version::Unknown
            }
        }
    }

    /// A property without its value.
    fn head<'h>(&mut self, header: &ContentLine<'h>, line: u64) -> Property<'h> {
        self.cases[case_of(header.name)] = true;
        if std::str::from_utf8(header.params).is_err() {
            let params = header.params.to_vec();
            self.odd_params.push((self.properties.len(), params));
        }
        Property {
            index: self.properties.len(),
            group: header.group.map(Cow::Borrowed),
            name: params::upper(header.name),
            params: params::all(header.params, self.version == Version::V40),
            line,
            ..Property::default()
        }
    }

    /// Reads the value that begins with `first`, behind which `left_out` bytes are missing.
    fn property(
        &mut self,
        line: &Line<'a>,
        mut property: Property<'a>,
        first: &'a [u8],
        left_out: u64,
    ) {
        let declared = self.declared(&property);
        let transfer = header::transfer(&property.params, first);
        let mut elided = 0;
        if property.name == "AGENT" && self.is_card_ahead(first) {
            let bytes = match first.trim_ascii().is_empty() {
                true => self.nested_bytes(self.parts.position().start, 0),
                false => self.nested_bytes(line.place.start + line.content.len() - first.len(), 1),
            };
            property.value = self.decoded(Raw::of(&property, bytes, None));
        } else if header::is_binary(&property.name, transfer, first) {
            elided = first.len() as u64 + left_out + self.skip_binary();
        } else {
            match self.joined(&property, first, transfer, left_out) {
                Ok(bytes) => {
                    property.value = self.value(Raw::of(&property, bytes, declared), transfer);
                }
                Err(length) => {
                    self.flaw(line.place.number, FindingKind::ValueTooLong, TOO_LONG);
                    elided = length;
                }
            }
        }
        if elided > 0 {
            property.elided = Some(elided);
            let held = self.parts.position().start - line.place.start;
            self.huge += held.saturating_sub(LONGEST_HEADER);
        }
        if property.name != "VERSION" {
            return self.properties.push(property);
        }
        self.raws.retain(|raw| raw.index != property.index);
        self.odd_params.retain(|params| params.0 != property.index);
    }

    /// Whether a line that could be a property is text of the note before it: `Tel: mornings only`. Names are written in
    /// the case that the card has for others.
    fn is_prose(&self, header: &ContentLine<'_>) -> bool {
        let last = self.properties.last();
        let after_note = last.is_some_and(|last| last.name == "NOTE" && last.elided.is_none());
        let own = header.group.is_some() || !header.params.is_empty() || header.name.contains('-');
        if !after_note || own {
            return false;
        }
        let usual = self.cases[case_of(header.name)];
        match is_known(&header.name.to_ascii_uppercase()) {
            true => !usual,
            false => !usual || header.value.first() == Some(&b' '),
        }
    }

    /// A line that is no property: the rest of a text that was not folded as it should be, or a comment.
    fn stray(&mut self, line: &Line<'_>, content: &[u8]) {
        if content.len() > LONGEST_VALUE || line.left_out > 0 {
            return self.flaw(line.place.number, FindingKind::ValueTooLong, TOO_LONG);
        }
        if looks_malformed(content) && ContentLine::split(content).is_none() {
            return self.flaw(line.place.number, FindingKind::MalformedLine, content);
        }
        let last = self
            .properties
            .last_mut()
            .filter(|_| !content.starts_with(b"#"));
        let Some(property) = last else {
            return self.flaw(line.place.number, FindingKind::StrayLine, content);
        };
        let index = property.index;
        let raw = self.raws.last_mut().filter(|raw| raw.index == index);
        let value = raw
            .as_ref()
            .map_or(property.value.as_bytes(), |raw| &raw.bytes);
        let backslashes = value.iter().rev().take_while(|byte| **byte == b'\\');
        let escaped = backslashes.count() % 2 == 1;
        let prose = matches!(&*property.name, "NOTE" | "COMMENT" | "ADR" | "LABEL")
            || property.name.starts_with("X-");
        if property.elided.is_some() || !(escaped || prose) {
            return self.flaw(line.place.number, FindingKind::StrayLine, content);
        }
        let bytes = [&value[..value.len() - usize::from(escaped)], b"\n", content].concat();
        match raw {
            Some(raw) => raw.bytes = Cow::Owned(bytes),
            None => {
                let raw = Raw::of(property, Cow::Owned(bytes), None);
                self.properties[index].value = self.decoded(raw);
            }
        }
        self.flaw(
            line.place.number,
            FindingKind::UnindentedContinuation,
            content,
        );
    }
}

/// Puts semicolons between the parts of a name or an address whose writer escaped them all (`N:Kim\;Minji`) or wrote commas.
fn separate(property: &mut Property<'_>) {
    let value = &*property.value;
    let is_parted = || text::split(value, b';').nth(1).is_some();
    if !matches!(&*property.name, "N" | "ADR") || is_parted() {
        return;
    }
    let may_list = property.name == "ADR" || value.contains(", ");
    if value.contains("\\;") {
        property.value = value.replace("\\;", ";").into();
    } else if value.contains(",,") || value.contains(',') && !may_list {
        let parts: Vec<&str> = text::split(value, b',').collect();
        property.value = parts.join(";").into();
    }
}

/// How a name is written: 0 in upper case, 1 in lower case, 2 in both.
fn case_of(name: &str) -> usize {
    let has = |is: fn(&u8) -> bool| name.as_bytes().iter().any(is);
    match (has(u8::is_ascii_uppercase), has(u8::is_ascii_lowercase)) {
        (true, true) => 2,
        (false, true) => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
