//! What the reader, and vcard_parser, have to say about a card.

use super::{Mapper, person};
use crate::contact::{Origin, ProblemKind, Text};
use crate::note::{Note, NoteKind};
use crate::source::vcard::{Finding, FindingKind, Property, opinions};

impl<'a> Mapper<'a, '_> {
    /// Notes on how the card was read; a card that was not read as a whole is a problem.
    pub(super) fn reading_of_the_card(&mut self) {
        let card = self.card;
        if card.properties.is_empty() {
            self.unreadable("it has no properties");
        }
        if person::is_group(card) {
            let is_member = |one: &&Property<'_>| match &*one.name {
                "MEMBER" | "X-ADDRESSBOOKSERVER-MEMBER" => true,
                name => name == "EMAIL" && person::is_list(card),
            };
            let members = card.properties.iter().filter(is_member).count();
            self.problem(ProblemKind::GroupCard { members });
        }
        for finding in &card.findings {
            match finding.kind {
                FindingKind::CardTooLong => self.unreadable(&finding.text),
                FindingKind::OneLine => self.unreadable("it is on one line"),
                FindingKind::UncertainEncoding => {
                    let readings = finding.text.clone();
                    self.problem(ProblemKind::EncodingUncertain { readings });
                }
                _ => {}
            }
            let kind = match finding.kind {
                FindingKind::MalformedLine => NoteKind::Unmapped,
                _ => NoteKind::Reader,
            };
            let detail = format!("line {}: {}", finding.line, finding.kind);
            let note = Note::new(kind, self.origin_of(finding), &*finding.text);
            self.build.add_note(note.with(detail));
        }
        for opinion in opinions(card) {
            let origin = self.origin_of(&opinion);
            let detail = format!("line {}: {}", opinion.line, opinion.text);
            let note = Note::new(NoteKind::Rfc6350, origin, "");
            self.build.add_note(note.with(detail));
        }
    }

    fn unreadable(&mut self, reason: &str) {
        let reason = reason.to_owned();
        self.problem(ProblemKind::CardUnreadable { reason });
    }

    fn problem(&mut self, kind: ProblemKind) {
        self.build.problem(kind, "", &Text::constant(""));
    }

    /// The property on whose first line it is; else the card, which is the origin behind its last property.
    fn origin_of(&self, finding: &Finding) -> Origin {
        let properties = &self.card.properties;
        let at = properties.binary_search_by_key(&finding.line, |property| property.line);
        Origin::field(at.unwrap_or(properties.len()))
    }
}
