//! Values that go on in further lines.

use std::ops::Range;

use super::super::card::{Property, Version};
use super::super::header::Transfer;
use super::super::mark::mark;
use super::super::quoted::quoted_printable;
use super::Reader;

impl<'a> Reader<'a> {
    /// The bytes of a value that goes on in further lines; `None` if it does not.
    pub(super) fn joined(
        &mut self,
        property: &Property<'a>,
        first: Range<usize>,
        transfer: Transfer,
    ) -> Option<Vec<u8>> {
        let quoted = transfer == Transfer::QuotedPrintable;
        let first = &self.bytes[first];
        let is_soft = quoted && without_soft_break(first).is_some();
        if !is_soft && !matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            return None;
        }
        let mut lines = vec![first];
        while self.goes_on(quoted && ends_softly(&lines), property, &mut lines) {}
        match (quoted, self.version) {
            (false, _) if lines.len() == 1 => None,
            // versit's folding only breaks the line, and takes no blank away.
            (false, Version::V21) => Some(lines.concat()),
            (false, _) => {
                let rest = lines[1..].iter().flat_map(|line| &line[1..]);
                Some(first.iter().chain(rest).copied().collect())
            }
            (true, version) => Some(join_quoted_printable(&lines, version)),
        }
    }

    /// Adds the next line, if it goes on with the property before it. Empty lines in between don't end a folded value; those of
    /// blanks are part of it.
    fn goes_on(&mut self, soft: bool, property: &Property<'a>, lines: &mut Vec<&'a [u8]>) -> bool {
        let (at, line, gaps) = (self.at, self.line, self.gaps);
        let mut blank = Vec::new();
        while let Some(next) = self.next_line() {
            let content = &self.bytes[next.range];
            if content.trim_ascii().is_empty() && !soft {
                blank.extend(is_indented(content).then_some(content));
                continue;
            }
            let indented = is_indented(content);
            let structure = mark(content).is_some() && !(indented && property.name == "AGENT");
            if (indented || soft) && !structure {
                lines.append(&mut blank);
                lines.push(content);
                return true;
            }
            break;
        }
        (self.at, self.line, self.gaps) = (at, line, gaps);
        false
    }
}

/// Joins the lines of a quoted-printable value. A blank behind a soft line break is text; but some writers indent these
/// lines as well, as if they were folded.
fn join_quoted_printable(lines: &[&[u8]], version: Version) -> Vec<u8> {
    let behind_soft = || {
        let pairs = lines
            .windows(2)
            .filter(|pair| without_soft_break(pair[0]).is_some());
        pairs.map(|pair| pair[1]).filter(|line| !line.is_empty())
    };
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
    let indented = behind_soft().all(is_indented)
        && match behind_soft().count() {
            0 => false,
            1 if version == Version::V21 => !is_text(&join(false)) && is_text(&join(true)),
            _ => true,
        };
    join(indented)
}

fn ends_softly(lines: &[&[u8]]) -> bool {
    lines
        .last()
        .is_some_and(|line| without_soft_break(line).is_some())
}

/// The line without the equals sign at its end; `None` if there is none. Blanks behind it don't count.
fn without_soft_break(line: &[u8]) -> Option<&[u8]> {
    line.trim_ascii_end().strip_suffix(b"=")
}

fn is_indented(line: &[u8]) -> bool {
    matches!(line.first(), Some(b' ' | b'\t'))
}
