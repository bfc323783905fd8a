//! Cards inside cards: the value of an AGENT, or a card that nothing announced.

use std::borrow::Cow;
use std::ops::Range;

use super::super::card::Property;
use super::super::header::opens_agent;
use super::super::mark::{Mark, mark};
use super::{Line, Reader};

impl<'a> Reader<'a> {
    /// Whether the value of an AGENT is a card: on its own line, or on the next one.
    pub(super) fn is_card_ahead(&self, value: &Range<usize>) -> bool {
        let value = &self.bytes[value.clone()];
        let next = || {
            let lines = self.bytes[self.at..].split(|byte| matches!(byte, b'\n' | b'\r'));
            lines
                .into_iter()
                .find(|line| !line.trim_ascii().is_empty())
                .unwrap_or_default()
        };
        mark(value) == Some(Mark::Begin)
            || value.trim_ascii().is_empty() && mark(next()) == Some(Mark::Begin)
    }

    /// A card that no AGENT announced.
    pub(super) fn nested(&mut self, begin: Line) {
        let bytes = self.nested_bytes(begin.range.start);
        let value = self.decoded(bytes, None, begin.number, self.properties.len());
        self.properties.push(Property {
            group: None,
            name: Cow::Borrowed("AGENT"),
            params: Vec::new(),
            value,
            line: begin.number,
            elided: None,
        });
    }

    /// The lines of the card that begins in the line at `start`, or in the next one; the reader goes behind it.
    pub(super) fn nested_bytes(&mut self, start: usize) -> Cow<'a, [u8]> {
        let mut depth = usize::from(self.bytes[start..self.at].contains(&b':'));
        let mut end = self.at;
        while let Some(line) = self.next_line() {
            let content = &self.bytes[line.range.clone()];
            match mark(content) {
                Some(Mark::Begin) => depth += 1,
                Some(Mark::End) => depth = depth.saturating_sub(1),
                _ if opens_agent(content) => depth += 1,
                _ => continue,
            }
            end = line.range.end;
            if depth == 0 {
                break;
            }
        }
        let end = if depth == 0 { end } else { self.bytes.len() };
        Cow::Borrowed(self.bytes[start..end].trim_ascii())
    }
}
