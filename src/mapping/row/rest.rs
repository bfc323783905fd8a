//! Custom properties and the permission, as far as a record says something about them.

use super::Mapper;
use super::values::relabelled;
use crate::contact::{Content, Link, Member, Members, ProblemKind, Property, Text};
use crate::document::ColumnOr;
use crate::mapping::build::one_primary;
use crate::mapping::cell;
use crate::mapping::plan::CellExpression;
use crate::mapping::spec::{PermissionRule, PropertyRule};
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
    pub(super) fn property(
        &mut self,
        name: &str,
        rule: &'a PropertyRule<usize>,
    ) -> Option<Property<'a>> {
        let multi = self.build.is_multi_property(name);
        let links = self.property_values(&rule.link);
        let mut text = self.optional(&rule.text);
        let contents = self.property_values(&rule.content);
        if links.is_empty() {
            if let Some(text) = text {
                self.build.carry(NoteKind::NoPlace, &text);
            }
            return self.contents(contents, multi);
        }
        let mut links: Vec<Link<'a>> = links
            .into_iter()
            .map(|one| Link {
                text: one.text.or_else(|| text.take()),
                link: one.value,
                represent: multi.then_some(one.represent),
            })
            .collect();
        if multi {
            one_primary(&mut links, |link| link.represent.get_or_insert_default());
            return Some(Property::Links(links));
        }
        for link in links.drain(1..) {
            self.build.carry(NoteKind::NoPlace, &link.link);
            if let Some(text) = link.text {
                self.build.carry(NoteKind::NoPlace, &text);
            }
        }
        links.pop().map(Property::Link)
    }

    fn contents(&mut self, values: Vec<PropertyItem<'a>>, multi: bool) -> Option<Property<'a>> {
        if multi {
            let contents = values.into_iter().map(|one| Content {
                content: one.value,
                represent: one.represent,
            });
            let mut contents: Vec<_> = contents.collect();
            one_primary(&mut contents, |content| &mut content.represent);
            return (!contents.is_empty()).then_some(Property::Texts(contents));
        }
        let mut values = values.into_iter();
        let first = values.next();
        for one in values {
            self.build.carry(NoteKind::NoPlace, &one.value);
        }
        first.map(|one| Property::Text(one.value))
    }

    /// The values that a record has. A text without its link is no value: it has no place.
    fn property_values(&mut self, sources: &'a [CellExpression]) -> Vec<PropertyItem<'a>> {
        let mut found = Vec::new();
        for source in sources {
            let (source, flag) = match source {
                CellExpression::Represent(value) => (&value.0, self.value(&value.1)),
                source => (source, None),
            };
            let (source, mut text) = match source {
                CellExpression::Link(link) => (&link.0, self.optional(&link.1)),
                source => (source, None),
            };
            let represent = flag
                .as_ref()
                .and_then(|flag| cell::yes_or_no(flag.as_str()));
            if let (Some(flag), None) = (&flag, represent) {
                self.build.carry(NoteKind::NoPlace, flag);
            }
            let value = self.value(source);
            let separator = self.separator(Some(source));
            for value in value.map_or_else(Vec::new, |value| self.pieces(value, separator)) {
                found.push(PropertyItem {
                    value,
                    text: text.take(),
                    represent: represent.unwrap_or(false),
                });
            }
            if let Some(text) = text {
                self.build.carry(NoteKind::NoPlace, &text);
            }
        }
        found
    }

    pub(super) fn permission(&mut self, rule: &'a PermissionRule<usize>) {
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
            if let Some(text) = self.value(source) {
                let separator = self.separator(Some(source));
                members.extend(self.pieces(text, separator).into_iter().map(|id| Member {
                    id: relabelled(source, id),
                    kind: Text::constant(kind),
                }));
            }
        }
        if !members.is_empty() {
            self.build.draft.permission.accessible_members = Members::Own(members);
        }
    }
}
