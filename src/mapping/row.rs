//! A CSV row on its way to a draft.

mod items;
mod rest;
mod values;
mod whole;

pub use whole::row_problem;

use super::Rules;
use super::build::{Builder, Findings};
use super::plan::Plan;
use super::spec::{List, NameKey, NameOrder, Rule};
use super::spreadsheet;
use crate::contact::ContactDraft;
use crate::document::ValuesOr;
use crate::note::NoteKind;
use crate::source::csv::Row;
use std::borrow::Cow;

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
