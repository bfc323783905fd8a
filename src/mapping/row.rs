//! A CSV row on its way to a draft.

mod items;
mod values;
mod whole;

pub use whole::row_problem;

use super::Rules;
use super::build::{Builder, Findings, one_primary};
use super::plan::Plan;
use super::spec::{Expression, List, NameKey, NameOrder, PermissionRule, PropertyRule, Rule};
use super::{cell, spreadsheet};
use crate::contact::{ContactDraft, Content, Link, Member, Members, ProblemKind, Property, Text};
use crate::document::{ColumnOr, ValuesOr};
use crate::note::NoteKind;
use crate::source::csv::Row;
use std::borrow::Cow;
use values::relabelled;

/// The record of an earlier run that a row mends, if the cell with the reason says so: `[cardlift RUN#RECORD] …`. It is the
/// last that says anything: a row that was rejected again has one for each time, and a spreadsheet may add empty cells.
pub fn mends<'a>(row: &Row<'a>) -> Option<(&'a str, u32)> {
    let mut backwards = row.iter().rev().map(str::trim);
    let last = backwards.find(|cell| !cell.is_empty())?;
    let named = last.strip_prefix(REASON_MARK)?.strip_prefix(' ')?;
    record_named(named.split_once(']')?.0)
}

/// `RUN#RECORD`
pub(super) fn record_named(text: &str) -> Option<(&str, u32)> {
    let (run, record) = text.split_once('#')?;
    Some((run, record.parse().ok()?))
}

/// What begins the cell in which `rejects.csv` gives the reason.
pub const REASON_MARK: &str = "[cardlift";

/// Maps a row to an empty draft; what is wrong with it, changed or carried over goes into `findings`.
pub fn map_row<'a>(
    plan: &'a Plan,
    rules: &'a Rules,
    row: &Row<'a>,
    draft: &mut ContactDraft<'a>,
    findings: &mut Findings<'a>,
) {
    let mut mapper = Mapper {
        plan,
        row,
        build: Builder::new(rules, draft, findings),
        taken: Vec::new(),
        takes_plain: plan.spec.cell_prefix.is_none() && !rules.double_encoded,
        is_odd: spreadsheet::may_be_odd(row.text().0),
        may_split: plan.finds_separator.find(row.text().0.as_bytes()).is_some(),
    };
    mapper.names();
    for (rule, columns) in &plan.items {
        // Exports have columns for many items, and most people have few.
        if !mapper.is_without_values(columns.as_deref()) {
            mapper.item(rule);
        }
    }
    mapper.rest();
    mapper.unmapped();
    mapper.build.finish(&|origin| plan.columns.label(origin));
}

struct Mapper<'a, 'f> {
    plan: &'a Plan,
    row: &'f Row<'a>,
    build: Builder<'a, 'f>,
    /// The columns with a condition that have been read.
    taken: Vec<usize>,
    /// Whether a cell that looks plain needs no second look.
    takes_plain: bool,
    /// Whether the row has characters that [`spreadsheet::may_be_odd`] asks for; if not, no cell has to be asked.
    is_odd: bool,
    /// Whether the row has what separates several values in a cell, unless the mapping says something else of the cell.
    may_split: bool,
}

impl<'a> Mapper<'a, '_> {
    fn names(&mut self) {
        let plan = self.plan;
        self.build.family_first = plan.spec.name_order == Some(NameOrder::FamilyFirst);
        for (key, source) in &plan.name {
            let Some(text) = self.value(source) else {
                continue;
            };
            match key.part() {
                Some(part) => self.build.name_part(part, text),
                None if *key == NameKey::PhoneticFullName => self.build.phonetic_full_name(text),
                None => self.build.full_name(text),
            }
        }
    }

    /// Whether a rule can give nothing for this row, neither an item nor a note.
    fn is_without_values(&self, columns: Option<&[usize]>) -> bool {
        columns.is_some_and(|columns| match columns {
            // Those of one rule mostly stand side by side.
            [first, .., last] if self.row.is_blank_between(*first, *last) => true,
            columns => columns.iter().all(|index| self.row.is_blank(*index)),
        })
    }

    fn item(&mut self, rule: &'a Rule) {
        match rule.list {
            List::Emails | List::Websites => self.labelled(rule),
            List::Telephones | List::Messengers => self.each(rule),
            List::Organizations => self.organizations(rule),
            List::Events => self.event(rule),
            List::Locations => self.location(rule),
        }
    }

    fn rest(&mut self) {
        let plan = self.plan;
        for source in &plan.spec.memo {
            if let Some(text) = self.value(source) {
                self.build.memo(text);
            }
        }
        for source in &plan.spec.tags {
            if let Some(text) = self.value(source) {
                let separator = self.tag_separator(source, text.as_str());
                for text in self.pieces(Some(text), separator) {
                    self.build.tag(text);
                }
            }
        }
        for source in &plan.spec.contact_tag_ids {
            let text = self.value(source);
            let ids = self.pieces(text, self.separator(Some(source)));
            self.build.draft.contact_tag_ids.extend(ids);
        }
        for (name, ValuesOr(rule)) in &plan.spec.custom_properties {
            if let Some(property) = self.property(name, rule) {
                self.build
                    .draft
                    .custom_properties
                    .insert(Cow::Borrowed(name), property);
            }
        }
        self.permission(&plan.spec.permission);
    }

    /// What nothing was mapped from, and cells beyond the header.
    fn unmapped(&mut self) {
        let plan = self.plan;
        for index in &plan.unmapped {
            if !self.row.is_blank(*index)
                && let Some(text) = self.cell(*index)
            {
                self.build.note(NoteKind::Unmapped, &text);
            }
        }
        for index in &plan.conditional {
            if !self.taken.contains(index)
                && let Some(text) = self.cell(*index)
            {
                self.build.note(NoteKind::Unmapped, &text);
            }
        }
        let header = plan.columns.names().len();
        for index in header..self.row.len() {
            if let Some(text) = self.cell(index)
                && !text.value.starts_with(REASON_MARK)
            {
                self.build.note(NoteKind::BeyondHeader, &text);
            }
        }
    }
}

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
