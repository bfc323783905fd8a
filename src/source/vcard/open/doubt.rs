//! A card inside a card that no AGENT announced: is it nested, or has the outer one lost its END?

use super::super::chunk::{Chunk, Piece};
use super::super::finding::{Finding, FindingKind};
use super::super::mark::glued_end;
use super::{Current, Level, Open};

/// A card that may be nested in the one before it, or follow it.
#[derive(Debug)]
pub(super) struct Suspect {
    pub line: u64,
    pub at: u64,
    /// Its BEGIN in the chunk.
    pub begin: usize,
    pub body: usize,
    pub body_line: u64,
    /// Where its body ends in the chunk, and its last line in the file.
    pub end: Option<(usize, u64)>,
}

impl Open {
    /// What stood in doubt belongs to this card after all.
    pub(super) fn confirm_nesting(&mut self) {
        self.between.clear();
        for suspect in self.suspects.drain(..) {
            let text = "a card inside a card is kept as an AGENT";
            self.findings
                .push(Finding::new(suspect.line, FindingKind::NestedCard, text));
        }
    }

    /// Decides that this card has lost its END, and that the ones inside it follow it. If the last of them goes on, it is
    /// what remains open, unless `end` says that it ends there.
    pub(super) fn split(&mut self, end: Option<u64>, chunk: &mut Chunk) -> Option<Self> {
        chunk.outside.append(&mut self.between);
        let mut findings = std::mem::take(&mut self.findings).into_iter().peekable();
        let first = Suspect {
            line: self.line,
            at: self.at,
            begin: self.body,
            body: self.body,
            body_line: self.body_line,
            end: None,
        };
        let mut all = std::iter::once(first)
            .chain(self.suspects.drain(..))
            .peekable();
        while let Some(card) = all.next() {
            let next = all.peek();
            let own = |finding: &Finding| next.is_none_or(|next| finding.line < next.line);
            let mut own: Vec<_> = std::iter::from_fn(|| findings.next_if(own)).collect();
            let here = (chunk.bytes.len(), end);
            let (body_end, span_end) = match (
                card.end,
                next.map_or(here, |next| (next.begin, Some(next.at))),
            ) {
                (Some(end), _) => end,
                (None, (_, None)) => {
                    drop(all);
                    return Some(self.go_on_with(&card, own));
                }
                (None, (body_end, Some(span_end))) => {
                    let glued = glued_end(&chunk.bytes[card.body..body_end]);
                    let body_end = glued.map_or(body_end, |end| card.body + end);
                    own.push(Finding::new(
                        card.line,
                        FindingKind::MissingEnd,
                        "the card has no END:VCARD",
                    ));
                    (body_end, span_end)
                }
            };
            let (body, span) = (card.body..body_end, card.at..span_end);
            chunk.pieces.push(Piece {
                body,
                line: card.line,
                body_line: card.body_line,
                span,
                findings: own,
            });
        }
        None
    }

    /// The card that was thought to be inside this one, with all that is inside it.
    fn go_on_with(&mut self, card: &Suspect, findings: Vec<Finding>) -> Self {
        let doubt = self
            .levels
            .iter()
            .position(|level| *level == Level::Suspect);
        Self {
            line: card.line,
            at: card.at,
            body: card.body,
            body_line: card.body_line,
            indent: std::mem::take(&mut self.indent),
            first_line: false,
            levels: self.levels.split_off(doubt.map_or(0, |at| at + 1)),
            suspects: Vec::new(),
            between: Vec::new(),
            property: std::mem::replace(&mut self.property, Current::new(card.line, card.body)),
            findings,
        }
    }
}
