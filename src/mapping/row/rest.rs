//! Custom properties and the permission, as far as a record says something about them.

use super::Mapper;
use super::values::relabelled;
use crate::contact::{Content, Link, Member, Members, ProblemKind, Property, Text};
use crate::document::ColumnOr;
use crate::mapping::build::one_primary;
use crate::mapping::cell;
use crate::mapping::spec::{Expression, PermissionRule, PropertyRule};
use crate::note::NoteKind;

/// What a column for a question may hold, for people.
const YES_OR_NO: &[&str] = &[
    "yes",
    "no",
    "true",
    "false",
    "예",
    "아니오",
    "はい",
    "いいえ",
];

/// A value of a custom property that a record has.
struct PropertyItem<'a> {
    value: Text<'a>,
    text: Option<Text<'a>>,
    represent: bool,
}

impl<'a> Mapper<'a, '_> {
    /// A custom property. It holds links, or else texts; what has no place in it is carried over.
    pub(super) fn property(&mut self, name: &str, rule: &'a PropertyRule) -> Option<Property<'a>> {
        let multi = self.build.is_multi_property(name);
        let mut items = self.property_values(&rule.link);
        let mut text = self.optional(&rule.text);
        let mut rest = self.property_values(&rule.content);
        let is_link = !items.is_empty();
        if !is_link {
            items = std::mem::take(&mut rest);
        } else if let Some(link) = items.iter_mut().find(|link| link.text.is_none()) {
            link.text = text.take();
        }
        if !multi && items.len() > 1 {
            rest.extend(items.drain(1..));
        }
        let rest = rest.into_iter().flat_map(|one| [Some(one.value), one.text]);
        for text in rest.chain([text]).flatten() {
            self.build.note(NoteKind::NoPlace, &text);
        }
        one_primary(&mut items, |one| &mut one.represent);
        let link = |one: PropertyItem<'a>| Link {
            text: one.text,
            link: one.value,
            represent: multi.then_some(one.represent),
        };
        let content = |one: PropertyItem<'a>| Content {
            content: one.value,
            represent: one.represent,
        };
        match (is_link, multi) {
            (_, true) if items.is_empty() => None,
            (true, true) => Some(Property::Links(items.into_iter().map(link).collect())),
            (false, true) => Some(Property::Texts(items.into_iter().map(content).collect())),
            (true, false) => items.pop().map(link).map(Property::Link),
            (false, false) => items.pop().map(|one| Property::Text(one.value)),
        }
    }

    /// The values that a record has. A text without its link is no value: it has no place.
    fn property_values(&mut self, sources: &'a [Expression]) -> Vec<PropertyItem<'a>> {
        let mut found = Vec::new();
        for source in sources {
            let (source, represent) = match source {
                Expression::Represent(value) => (&value.0, self.answer(&value.1)),
                source => (source, None),
            };
            let (source, mut text) = match source {
                Expression::Link(link) => (&link.0, self.optional(&link.1)),
                source => (source, None),
            };
            let value = self.value(source);
            let separator = self.separator(Some(source));
            for value in self.pieces(value, separator) {
                found.push(PropertyItem {
                    value,
                    text: text.take(),
                    represent: represent.unwrap_or(false),
                });
            }
            if let Some(text) = text {
                self.build.note(NoteKind::NoPlace, &text);
            }
        }
        found
    }

    pub(super) fn permission(&mut self, rule: &'a PermissionRule) {
        if let Some(range) = self.optional(&rule.accessible_range) {
            self.build.draft.permission.accessible_range = Some(range);
        }
        if let Some(master) = self.optional(&rule.master_user_id) {
            self.build.draft.permission.master_user_id = Some(master);
        }
        if let Some(text) = self.optional(&rule.is_co_editing) {
            match cell::yes_or_no(text.as_str()) {
                Some(answer) => self.build.draft.permission.is_co_editing = Some(answer),
                None => {
                    let kind = ProblemKind::NotAllowed { allowed: YES_OR_NO };
                    self.build.problem(kind, "permission.isCoEditing", &text);
                }
            }
        }
        let mut members = Vec::new();
        for ColumnOr(member) in &rule.accessible_members {
            let (source, kind) = (&member.id, member.kind.map_or("USER", |kind| kind.0));
            let text = self.value(source);
            members.extend(
                self.pieces(text, self.separator(Some(source)))
                    .map(|id| Member {
                        id: relabelled(source, id),
                        kind: Text::constant(kind),
                    }),
            );
        }
        if !members.is_empty() {
            self.build.draft.permission.accessible_members = Members::Own(members);
        }
    }
}
