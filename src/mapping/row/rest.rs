//! Custom properties and the permission, as far as a record says something about them.

use super::{Cells, Mapper};
use crate::contact::{Content, Link, Member, Members, Property, Text};
use crate::mapping::columns::fold;
use crate::mapping::plan::{PermissionRule, PropertyRule, Source};
use crate::note::NoteKind;

impl<'a, C: Cells<'a>> Mapper<'a, '_, C> {
    pub(super) fn property(&mut self, name: &str, rule: &'a PropertyRule) -> Option<Property<'a>> {
        let multi = self.build.is_multi_property(name);
        let values = |mapper: &mut Self, sources: &'a [Source]| {
            let mut texts = Vec::new();
            for source in sources {
                if let Some(text) = mapper.value(source) {
                    let separator = mapper.separator(Some(source));
                    texts.append(&mut mapper.pieces(text, separator));
                }
            }
            texts
        };
        let links = values(self, &rule.link);
        let text = rule.text.as_ref().and_then(|source| self.value(source));
        let contents = values(self, &rule.content);
        if !links.is_empty() {
            let mut text = text;
            let mut links: Vec<_> = links
                .into_iter()
                .map(|link| Link {
                    text: text.take(),
                    link,
                })
                .collect();
            if multi {
                let first = |(index, link)| (link, index == 0);
                return Some(Property::Links(
                    links.into_iter().enumerate().map(first).collect(),
                ));
            }
            for link in links.drain(1..) {
                self.build.carry(NoteKind::NoPlace, &link.link);
            }
            return links.pop().map(Property::Link);
        }
        if let Some(text) = text {
            self.build.carry(NoteKind::NoPlace, &text);
        }
        let mut contents = contents.into_iter();
        if multi {
            let texts: Vec<_> = contents
                .enumerate()
                .map(|(index, content)| Content {
                    content,
                    represent: index == 0,
                })
                .collect();
            return (!texts.is_empty()).then_some(Property::Texts(texts));
        }
        let first = contents.next();
        for content in contents {
            self.build.carry(NoteKind::NoPlace, &content);
        }
        first.map(Property::Text)
    }

    pub(super) fn permission(&mut self, rule: &'a PermissionRule) {
        if let Some(range) = rule
            .accessible_range
            .as_ref()
            .and_then(|source| self.value(source))
        {
            self.build.draft.permission.accessible_range = Some(range);
        }
        if let Some(master) = rule
            .master_user_id
            .as_ref()
            .and_then(|source| self.value(source))
        {
            self.build.draft.permission.master_user_id = Some(master);
        }
        if let Some(text) = rule
            .is_co_editing
            .as_ref()
            .and_then(|source| self.value(source))
        {
            match fold(text.as_str()).as_str() {
                "true" | "yes" | "1" | "y" => {
                    self.build.draft.permission.is_co_editing = Some(true)
                }
                "false" | "no" | "0" | "n" => {
                    self.build.draft.permission.is_co_editing = Some(false)
                }
                _ => self.build.carry(NoteKind::NoPlace, &text),
            }
        }
        let mut members = Vec::new();
        for (source, kind) in &rule.members {
            if let Some(text) = self.value(source) {
                let separator = self.separator(Some(source));
                members.extend(self.pieces(text, separator).into_iter().map(|id| Member {
                    id,
                    kind: Text::constant(*kind),
                }));
            }
        }
        if !members.is_empty() {
            self.build.draft.permission.accessible_members = Members::Own(members);
        }
    }
}
