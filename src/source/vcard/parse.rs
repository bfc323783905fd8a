//! Stage B: from the bytes of a chunk to cards.

mod agent;
mod unfold;

use std::borrow::Cow;
use std::ops::Range;

use base64::Engine as _;
use encoding_rs::Encoding;
use memchr::memchr2;

use super::card::{Card, Elided, Param, Property, Version, labels};
use super::cut::{Chunk, Gap, Piece};
use super::decode;
use super::finding::{Finding, FindingKind};
use super::header::{Header, Marker, Transfer, marker};
use super::params;

/// Reads the cards of a chunk, in their order.
///
/// `fallback` is the encoding of text that is not UTF-8 and does not name its encoding; without one it is windows-1252,
/// with a finding.
pub fn cards<'a>(
    chunk: &'a Chunk,
    fallback: Option<&'static Encoding>,
) -> impl Iterator<Item = Card<'a>> {
    let text = std::str::from_utf8(&chunk.bytes).ok();
    chunk.pieces.iter().map(move |piece| {
        let first_gap = chunk.gaps.partition_point(|gap| gap.at < piece.body.start);
        Reader {
            bytes: &chunk.bytes[..piece.body.end],
            text,
            at: piece.body.start,
            line: piece.line + 1,
            gaps: &chunk.gaps[first_gap..],
            hint: fallback,
            version: Version::Unknown,
            properties: Vec::with_capacity(16),
            findings: piece.findings.clone(),
        }
        .card(piece)
    })
}

/// Goes through the lines of one card.
struct Reader<'a> {
    bytes: &'a [u8],
    /// The same, if all of it is UTF-8.
    text: Option<&'a str>,
    at: usize,
    line: u64,
    gaps: &'a [Gap],
    /// What text is that is not UTF-8: as properties of this card say, or else as the caller does.
    hint: Option<&'static Encoding>,
    version: Version,
    properties: Vec<Property<'a>>,
    findings: Vec<Finding>,
}

/// More properties of one card are not read, so that no file makes the reader hold much.
const MOST_PROPERTIES: usize = 50_000;
/// More findings of one card are not listed.
const MOST_FINDINGS: usize = 1000;
const NEXT_TO_LAST: usize = MOST_FINDINGS - 1;

/// A line as it stands in the chunk.
#[derive(Clone)]
struct Line {
    /// Without its line end.
    range: Range<usize>,
    number: u64,
    /// How many bytes were left out at its end.
    left_out: u64,
}

impl<'a> Reader<'a> {
    fn card(mut self, piece: &Piece) -> Card<'a> {
        self.version = self.find_version(piece);
        while let Some(line) = self.next_line() {
            let content = &self.bytes[line.range.clone()];
            if content.trim_ascii().is_empty() {
                continue;
            }
            if self.properties.len() == MOST_PROPERTIES {
                let text = "the rest of the card is left out: it has 50,000 properties";
                self.note(Finding::new(line.number, FindingKind::CardTooLong, text));
                break;
            }
            match (marker(content), Header::split(content)) {
                (Some(Marker::Begin), _) => self.nested(line),
                (Some(Marker::End), _) => {}
                (None, Some(header)) if !matches!(content[0], b' ' | b'\t') => {
                    self.property(line, header)
                }
                _ => self.stray(line),
            }
        }
        let labels = labels(&self.properties);
        Card {
            version: self.version,
            line: piece.line,
            span: piece.span.clone(),
            properties: self.properties,
            findings: self.findings,
            labels,
        }
    }

    fn note(&mut self, finding: Finding) {
        match self.findings.len() {
            MOST_FINDINGS.. => {}
            NEXT_TO_LAST => {
                let text = "there is more to say about this card than is listed";
                self.findings.push(Finding {
                    text: text.to_string(),
                    ..finding
                });
            }
            _ => self.findings.push(finding),
        }
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
            self.line += gap.lines;
            line.left_out += gap.bytes;
            self.gaps = rest;
        }
        Some(line)
    }

    /// Looks for VERSION ahead of everything else, because folding depends on it.
    fn find_version(&mut self, piece: &Piece) -> Version {
        let body = &self.bytes[piece.body.clone()];
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
                    format!("`{}` is no version of vCard", String::from_utf8_lossy(it))
                });
                self.note(Finding::new(piece.line, FindingKind::UnknownVersion, text));
                Version::Unknown
            }
        }
    }

    fn property(&mut self, line: Line, header: Header<'a>) {
        let mut property = Property {
            group: header.group,
            name: params::upper(header.name),
            params: self.params(&header),
            value: Cow::Borrowed(""),
            line: line.number,
            elided: (line.left_out > 0).then_some(Elided {
                bytes: line.left_out,
            }),
        };
        let declared = match property.declared_charset() {
            Some(Ok(encoding)) => Some(encoding),
            Some(Err(label)) => {
                let text = format!("the encoding `{label}` is not known");
                self.note(Finding::new(line.number, FindingKind::UnknownCharset, text));
                None
            }
            None => None,
        };
        let value = line.range.start + header.value_at..line.range.end;
        if property.name == "AGENT" && self.is_card_ahead(&value) {
            property.value = self.nested_text(value.start);
        } else if property.elided.is_none() {
            property.value = self.value(&property, value, header.transfer(), declared);
        }
        if let Some(declared) =
            declared.filter(|it| *it != encoding_rs::UTF_8 && !it.is_single_byte())
        {
            self.hint = Some(declared);
        }
        if property.name != "VERSION" {
            self.properties.push(property);
        }
    }

    fn value(
        &mut self,
        property: &Property<'a>,
        first: Range<usize>,
        transfer: Transfer,
        declared: Option<&'static Encoding>,
    ) -> Cow<'a, str> {
        let joined = self.joined(property, first.clone(), transfer);
        let mut bytes = match joined {
            Some(bytes) => Cow::Owned(bytes),
            None => {
                let utf8 = declared.is_none_or(|it| it == encoding_rs::UTF_8);
                if let Some(text) = self.text.filter(|_| utf8 && transfer == Transfer::Plain) {
                    return Cow::Borrowed(&text[first]);
                }
                Cow::Borrowed(&self.bytes[first])
            }
        };
        match transfer {
            Transfer::Plain => {}
            Transfer::QuotedPrintable => {
                let (decoded, stray) = decode::quoted_printable(&bytes);
                if stray {
                    self.note(Finding::of_bytes(
                        property.line,
                        FindingKind::BadQuotedPrintable,
                        &bytes,
                    ));
                }
                bytes = Cow::Owned(decoded);
            }
            Transfer::Base64 => {
                let compact: Vec<u8> = bytes
                    .iter()
                    .copied()
                    .filter(|byte| !byte.is_ascii_whitespace())
                    .collect();
                match base64::engine::general_purpose::STANDARD.decode(compact) {
                    Ok(decoded) => bytes = Cow::Owned(decoded),
                    Err(_) => self.note(Finding::of_bytes(
                        property.line,
                        FindingKind::BadBase64,
                        &bytes,
                    )),
                }
            }
        }
        let (text, odd) = decode::text(bytes, declared, self.hint);
        if let Some(kind) = odd {
            self.note(Finding::new(property.line, kind, &text));
        }
        text
    }

    /// A line that is no property: the rest of a text that was not folded as it should be, or a comment.
    fn stray(&mut self, line: Line) {
        let content = &self.bytes[line.range.clone()];
        let escaped = |value: &str| (value.len() - value.trim_end_matches('\\').len()) % 2 == 1;
        let text = decode::text(content.into(), None, self.hint).0;
        let open = |property: &&mut Property<'_>| {
            let prose = matches!(&*property.name, "NOTE" | "COMMENT" | "ADR" | "LABEL")
                || property.name.starts_with("X-");
            property.elided.is_none() && (escaped(&property.value) || prose)
        };
        match self
            .properties
            .last_mut()
            .filter(open)
            .filter(|_| !content.starts_with(b"#"))
        {
            Some(property) => {
                let value = property.value.to_mut();
                if escaped(value) {
                    value.pop();
                }
                value.push('\n');
                value.push_str(&text);
                self.note(Finding::new(
                    line.number,
                    FindingKind::UnindentedContinuation,
                    text,
                ));
            }
            None => self.note(Finding::new(line.number, FindingKind::StrayLine, text)),
        }
    }

    fn params(&mut self, header: &Header<'a>) -> Vec<Param<'a>> {
        if header.params.is_empty() {
            return Vec::new();
        }
        let carets = self.version == Version::V40;
        super::header::params(header.params)
            .map(|param| {
                let text = match std::str::from_utf8(param) {
                    Ok(text) => Cow::Borrowed(text.trim()),
                    Err(_) => decode::text(param.into(), None, self.hint).0,
                };
                match text {
                    Cow::Borrowed(text) => params::read(text, carets),
                    Cow::Owned(text) => params::owned(params::read(&text, carets)),
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
