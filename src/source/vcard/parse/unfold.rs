//! Values that go on in further lines.

use std::borrow::Cow;

use super::super::card::{Property, Version};
use super::super::charset::Raw;
use super::super::chunk::Line;
use super::super::header::{ContentLine, Transfer, agent_value, is_known, looks_like_base64};
use super::super::mark::{Mark, Part, mark};
use super::super::quoted::quoted_printable;
use super::super::split::is_indented;
use super::{LONGEST_VALUE, Reader};

impl<'a> Reader<'a> {
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
        while let Some(missing) = self.goes_on(quoted, is_soft(last), property, &mut further) {
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
    /// between don't end a value; those of blanks are part of a folded one.
    fn goes_on(
        &mut self,
        quoted: bool,
        soft: bool,
        property: &Property<'a>,
        lines: &mut Vec<&'a [u8]>,
    ) -> Option<u64> {
        let following = self.parts.lines.bytes.get(self.parts.position().start);
        // Some break lines without a sign. No property begins with this one.
        let soft = soft || quoted && following == Some(&b'=');
        if !soft && !matches!(following, Some(b' ' | b'\t' | b'\r' | b'\n')) {
            return None;
        }
        let before = self.parts;
        let (mut blank, mut after_blank) = (Vec::new(), false);
        let is_prose = matches!(&*property.name, "NOTE" | "LABEL");
        while let Some(next) = self.next() {
            let Line {
                content, left_out, ..
            } = next.line;
            let indented = is_indented(content);
            if next.line.is_blank() {
                after_blank = true;
                blank.extend((indented && !soft).then_some(content));
                continue;
            }
            let structure = next.mark.is_some() && !(indented && property.name == "AGENT");
            // Some put a soft break behind the whole value, too.
            let is_next = || {
                let header = ContentLine::split_whole(content);
                let is_named = |name: &str| !is_prose && name.len() > 1 && is_known(name);
                header.is_some_and(|it| after_blank || is_named(it.name))
            };
            if (indented || soft && !is_next()) && !structure {
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
