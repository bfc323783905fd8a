//! The value of a property: the lines in which it goes on, its bytes as they were sent, and its text.

use super::super::card::{Param, read_params};
use super::super::charset::{self, Charsets, Raw};
use super::super::cut::Line;
use super::super::finding::FindingKind;
use super::super::header::{self, Transfer, agent_value, looks_like_base64};
use super::super::mark::{Mark, Part, mark};
use super::super::split::is_indented;
use super::super::text::quoted_printable;
use super::{LONGEST_VALUE, Property, Reader, Version};
use crate::source::encoding::TextEncoding;
use base64::Engine as _;
use std::borrow::Cow;

impl<'a> Reader<'a> {
    pub(super) fn decode(&mut self, charsets: Charsets) {
        if self.raws.is_empty() && self.odd_params.is_empty() {
            return;
        }
        let raws = std::mem::take(&mut self.raws);
        let (encoding, finding) = charset::decide(&raws, &self.named, charsets);
        let certain = finding.is_none();
        self.findings.extend(finding);
        for raw in raws {
            let (index, line) = (raw.index, raw.line);
            let (text, kind) = raw.decided(encoding);
            if let Some(kind) = kind.filter(|_| certain) {
                self.flaw(line, kind, text.as_bytes());
            }
            self.properties[index].value = text;
        }
        for (index, params) in std::mem::take(&mut self.odd_params) {
            let text = encoding.decode(&params).0;
            let params = read_params(text.as_bytes(), self.version == Version::V40);
            let params = params.into_iter().map(Param::into_owned);
            self.properties[index].params = params.collect();
        }
    }

    pub(super) fn declared(&mut self, property: &Property<'_>) -> Option<TextEncoding> {
        let transfer = header::unknown_transfer(&property.params);
        // Some write the one in the other's place.
        let misplaced = property.param("ENCODING").filter(|_| transfer.is_some());
        let misplaced = misplaced.and_then(|param| charset::named(&param.raw));
        if let Some(transfer) = transfer.filter(|_| misplaced.is_none()) {
            let text = format!("ENCODING={transfer}");
            self.flaw(property.line, FindingKind::UnknownTransfer, text);
        }
        let Some(label) = property
            .param("CHARSET")
            .map(|param| &param.raw)
            .filter(|label| !label.is_empty())
        else {
            return misplaced;
        };
        let declared = charset::named(label);
        if declared.is_none() {
            let text = format!("unknown encoding `{label}`");
            self.flaw(property.line, FindingKind::UnknownCharset, text);
        }
        declared
    }

    /// The text of a value that was sent as these bytes.
    pub(super) fn value(&mut self, mut raw: Raw<'a>, transfer: Transfer) -> Cow<'a, str> {
        match transfer {
            Transfer::Plain => {}
            Transfer::QuotedPrintable => {
                let (decoded, stray) = quoted_printable(&raw.bytes);
                if stray {
                    self.flaw(raw.line, FindingKind::BadQuotedPrintable, &raw.bytes);
                }
                raw.bytes = Cow::Owned(decoded);
            }
            Transfer::Base64 => {
                let mut compact = raw.bytes.to_vec();
                compact.retain(|byte| !byte.is_ascii_whitespace());
                match base64::engine::general_purpose::STANDARD.decode(compact) {
                    Ok(decoded) => raw.bytes = Cow::Owned(decoded),
                    Err(_) => self.flaw(raw.line, FindingKind::BadBase64, &raw.bytes),
                }
            }
        }
        self.decoded(raw)
    }

    /// The text of a value; empty for now where the rest of the card has to tell what it is.
    pub(super) fn decoded(&mut self, raw: Raw<'a>) -> Cow<'a, str> {
        let (declared, line) = (raw.declared, raw.line);
        match raw.certain() {
            Ok((text, Some(kind))) => {
                self.flaw(line, kind, text.as_bytes());
                text
            }
            Ok((text, None)) => {
                let declared =
                    declared.filter(|it| *it != TextEncoding::UTF_8 && !self.named.contains(it));
                self.named.extend(declared);
                text
            }
            Err(raw) => {
                self.raws.push(raw);
                Cow::Borrowed("")
            }
        }
    }

    /// The bytes of a value with those of the lines in which it goes on, or their number if they are too many. `left_out`
    /// are missing.
    pub(super) fn joined(
        &mut self,
        property: &Property<'a>,
        first: &'a [u8],
        transfer: Transfer,
        mut left_out: u64,
    ) -> Result<Cow<'a, [u8]>, u64> {
        let quoted = transfer == Transfer::QuotedPrintable;
        let (mut last, mut further) = (first, Vec::new());
        let is_soft = |line| quoted && without_soft_break(line).is_some();
        while let Some(missing) = self.goes_on(is_soft(last), property, &mut further) {
            left_out += missing;
            last = further[further.len() - 1];
        }
        let lines = || std::iter::once(first).chain(further.iter().copied());
        let length = lines().map(|line| line.len() as u64).sum::<u64>() + left_out;
        if left_out > 0 || length > LONGEST_VALUE as u64 {
            return Err(length);
        }
        Ok(match (quoted, self.version) {
            (false, _) if further.is_empty() => Cow::Borrowed(first),
            (true, version) => {
                Cow::Owned(join_quoted_printable(&lines().collect::<Vec<_>>(), version))
            }
            // versit's folding only breaks the line, and takes no blank away.
            (false, Version::V21) => Cow::Owned(lines().collect::<Vec<_>>().concat()),
            (false, _) => {
                let rest = further.iter().flat_map(|line| &line[1..]);
                Cow::Owned(first.iter().chain(rest).copied().collect())
            }
        })
    }

    /// Adds the next line, if it goes on with the property before it, and returns how much is missing behind it. Empty lines in
    /// between don't end a folded value; those of blanks are part of it.
    fn goes_on(
        &mut self,
        soft: bool,
        property: &Property<'a>,
        lines: &mut Vec<&'a [u8]>,
    ) -> Option<u64> {
        let following = self.parts.lines.bytes.get(self.parts.position().start);
        if !soft && !matches!(following, Some(b' ' | b'\t' | b'\r' | b'\n')) {
            return None;
        }
        let before = self.parts;
        let mut blank = Vec::new();
        while let Some(next) = self.next() {
            let Line {
                content, left_out, ..
            } = next.line;
            let indented = is_indented(content);
            if next.line.is_blank() && !soft {
                blank.extend(indented.then_some(content));
                continue;
            }
            let structure = next.mark.is_some() && !(indented && property.name == "AGENT");
            if (indented || soft) && !structure {
                lines.append(&mut blank);
                lines.push(content);
                return Some(left_out);
            }
            break;
        }
        self.parts = before;
        None
    }

    /// Goes behind the further lines of binary data; returns their length. Some writers don't indent base64. Behind an empty
    /// line, a single word would be something else.
    pub(super) fn skip_binary(&mut self) -> u64 {
        let (mut length, mut after_blank) = (0, false);
        loop {
            let before = self.parts;
            match self.next() {
                Some(next) if next.line.is_blank() => after_blank = true,
                Some(next)
                    if next.mark.is_none()
                        && (is_indented(next.line.content)
                            || looks_like_base64(next.line.content)
                                && (!after_blank || next.line.content.len() >= 40)) =>
                {
                    length += next.line.content.len() as u64 + next.line.left_out;
                    after_blank = false;
                }
                _ => {
                    self.parts = before;
                    return length;
                }
            }
        }
    }

    /// Whether the value of an AGENT is a card: on its own line, or on the next one.
    pub(super) fn is_card_ahead(&self, value: &[u8]) -> bool {
        let mut following = self.parts;
        let mut next = || following.find(|part| !part.line.is_blank());
        mark(value) == Some(Mark::Begin)
            || value.trim_ascii().is_empty()
                && next().is_some_and(|part| part.mark == Some(Mark::Begin))
    }

    /// A card that no AGENT announced.
    pub(super) fn nested(&mut self, begin: &Line<'a>) {
        let mut property = Property {
            index: self.properties.len(),
            name: Cow::Borrowed("AGENT"),
            line: begin.place.number,
            ..Property::default()
        };
        let bytes = self.nested_bytes(begin.place.start, 1);
        property.value = self.decoded(Raw::of(&property, bytes, None));
        self.properties.push(property);
    }

    /// The lines from `start` to the end of the card that begins there, which is the last of `open` cards; the reader goes
    /// behind it.
    pub(super) fn nested_bytes(&mut self, start: usize, mut open: usize) -> Cow<'a, [u8]> {
        let bytes = self.parts.lines.bytes;
        while let Some(Part {
            line, mark: found, ..
        }) = self.next()
        {
            match found {
                Some(Mark::Begin) => open += 1,
                Some(Mark::End) => open = open.saturating_sub(1),
                _ => {
                    open +=
                        usize::from(agent_value(line.content).and_then(mark) == Some(Mark::Begin))
                }
            }
            if open == 0 && found == Some(Mark::End) {
                let end = line.content.trim_ascii();
                return match is_indented(line.content) {
                    true => Cow::Owned([&bytes[start..line.place.start], end].concat()),
                    false => Cow::Borrowed(
                        bytes[start..line.place.start + line.content.len()].trim_ascii(),
                    ),
                };
            }
        }
        Cow::Borrowed(bytes[start..].trim_ascii())
    }
}

/// Joins the lines of a quoted-printable value. A blank behind a soft line break is text; but some writers indent these
/// lines as well, as if they were folded.
fn join_quoted_printable(lines: &[&[u8]], version: Version) -> Vec<u8> {
    let pairs = lines
        .windows(2)
        .filter(|pair| without_soft_break(pair[0]).is_some());
    let behind_soft = pairs.map(|pair| pair[1]).filter(|line| !line.is_empty());
    let behind_soft: Vec<_> = behind_soft.collect();
    let join = |indented: bool| {
        let mut joined = Vec::new();
        let mut soft = true;
        for (at, line) in lines.iter().enumerate() {
            let start = usize::from((!soft || indented) && at > 0 && is_indented(line));
            let whole = without_soft_break(line);
            soft = whole.is_some();
            joined.extend_from_slice(&whole.unwrap_or(line)[start..]);
        }
        joined
    };
    let is_text = |joined: &[u8]| std::str::from_utf8(&quoted_printable(joined).0).is_ok();
    let indented = match behind_soft.len() {
        _ if !behind_soft.iter().all(|line| is_indented(line)) => false,
        0 => false,
        1 if version == Version::V21 => !is_text(&join(false)) && is_text(&join(true)),
        _ => true,
    };
    join(indented)
}

/// The line without the equals sign at its end; `None` if there is none. Blanks behind it don't count.
fn without_soft_break(line: &[u8]) -> Option<&[u8]> {
    line.trim_ascii_end().strip_suffix(b"=")
}
