//! Values from the cells of a row.

use super::Mapper;
use crate::contact::{Damage, Origin, Text};
use crate::mapping::date::{self, Date};
use crate::mapping::spec::Expression;
use crate::mapping::{cell, derived, derived_all, is_trimmed, spreadsheet, trimmed};
use crate::note::{Note, NoteKind};
use crate::printable::is_invisible;
use std::borrow::Cow;

impl<'a> Mapper<'a, '_> {
    #[inline(always)]
    pub(super) fn value(&mut self, source: &'a Expression) -> Option<Text<'a>> {
        match source {
            Expression::Column(column) if self.row.is_blank(column.index) => None,
            Expression::Column(column) => self.cell(column.index),
            source => self.composed(source),
        }
    }

    pub(super) fn optional(&mut self, source: &'a Option<Expression>) -> Option<Text<'a>> {
        self.value(source.as_ref()?)
    }

    /// The answer of a column that says yes or no. What says neither is carried over.
    pub(super) fn answer(&mut self, source: &'a Expression) -> Option<bool> {
        let text = self.value(source)?;
        let answer = cell::yes_or_no(text.as_str());
        if answer.is_none() {
            self.build.note(NoteKind::NoPlace, &text);
        }
        answer
    }

    /// A value that is not simply that of a column.
    pub(super) fn composed(&mut self, source: &'a Expression) -> Option<Text<'a>> {
        match source {
            Expression::Column(column) => self.cell(column.index),
            Expression::Constant(text) => Some(Text::constant(text.as_str())),
            Expression::Join(sources, separator) => self.joined(sources, separator),
            Expression::First(sources) => {
                let mut found: Option<Text<'a>> = None;
                for source in sources {
                    let Some(text) = self.value(source) else {
                        continue;
                    };
                    match &found {
                        None => found = Some(text),
                        Some(first) => {
                            self.build.carry_rest(first.value == text.value, &text);
                        }
                    }
                }
                found
            }
            Expression::Template(parts) => self.template(parts),
            Expression::Address(parts) => self.address(parts, ""),
            Expression::Date(parts) => self.date(parts),
            Expression::Default(source, default) => Some(
                self.value(source)
                    .unwrap_or_else(|| Text::constant(default.as_str())),
            ),
            Expression::If(source, column, filled) => {
                let counts = self.is_filled(column.index) == *filled;
                counts.then(|| self.value(source)).flatten()
            }
            Expression::Split(source, _) => self.value(source),
            Expression::Cut(source, at, before) => {
                let text = self.value(source)?;
                let value = derived(&text.value, |value| cut(value, at, *before).into());
                (!value.is_empty()).then(|| Text::from_field(value, text.origin))
            }
            // Elsewhere than in a custom property, a text or a flag beside a value has no place.
            Expression::Link(link) => {
                if let Some(text) = self.optional(&link.1) {
                    self.build.note(NoteKind::NoPlace, &text);
                }
                self.value(&link.0)
            }
            Expression::Represent(value) => {
                if let Some(flag) = self.value(&value.1) {
                    self.build.note(NoteKind::NoPlace, &flag);
                }
                self.value(&value.0)
            }
            Expression::Labels(inner, _) => {
                let text = self.value(inner)?;
                Some(relabelled(source, text))
            }
        }
    }

    pub(super) fn joined(
        &mut self,
        sources: &'a [Expression],
        separator: &str,
    ) -> Option<Text<'a>> {
        let mut joined: Option<Text<'a>> = None;
        for source in sources {
            let Some(text) = self.value(source) else {
                continue;
            };
            match &mut joined {
                None => joined = Some(text),
                Some(joined) => {
                    let value = joined.value.to_mut();
                    value.push_str(separator);
                    value.push_str(text.as_str());
                }
            }
        }
        joined
    }

    /// A template whose columns are all empty is empty, whatever text stands around them.
    pub(super) fn template(&mut self, parts: &'a [Expression]) -> Option<Text<'a>> {
        let mut filled = String::new();
        let mut origin = None;
        for part in parts {
            match part {
                Expression::Constant(text) => filled.push_str(text),
                column => {
                    if let Some(text) = self.value(column) {
                        filled.push_str(text.as_str());
                        origin.get_or_insert(text.origin);
                    }
                }
            }
        }
        let is_constant = |part: &Expression| matches!(part, Expression::Constant(_));
        let nothing_to_fill = parts.iter().all(is_constant);
        let origin = origin.or(nothing_to_fill.then_some(Origin::NONE))?;
        Some(Text::from_field(filled, origin))
    }

    pub(super) fn date(&mut self, parts: &'a [Expression; 3]) -> Option<Text<'a>> {
        let [year, month, day] = [0, 1, 2].map(|index| self.value(&parts[index]));
        match (year, month, day) {
            (Some(year), Some(month), Some(day)) => {
                let (y, m, d) = (year.as_str(), month.as_str(), day.as_str());
                let text = match date::from_parts(y, m, d) {
                    Date::Iso(iso) => iso.to_string(),
                    _ => format!("{y}-{m}-{d}"),
                };
                Some(Text::from_field(text, year.origin))
            }
            some => {
                for text in [some.0, some.1, some.2].into_iter().flatten() {
                    self.build.note(NoteKind::DateWithoutYear, &text);
                }
                None
            }
        }
    }

    /// The text of a cell without what is no part of it.
    ///
    /// The apostrophe of a `cell_prefix` is not noted: it stands before every cell of such a file, so it says nothing about
    /// this one, and it is still there in `rejects.csv`.
    #[inline]
    pub(super) fn cell(&mut self, index: usize) -> Option<Text<'a>> {
        let raw = self.row.cell(index);
        let takes_plain = self.takes_plain && !self.plan.is_watched(index);
        match takes_plain && is_plain(raw) && !(self.is_odd && spreadsheet::may_be_odd(raw)) {
            true => Some(Text::from_field(raw, Origin::field(index))),
            false => self.odd_cell(index, raw),
        }
    }

    #[inline(never)]
    pub(super) fn odd_cell(&mut self, index: usize, raw: &'a str) -> Option<Text<'a>> {
        if raw.is_empty() {
            return None;
        }
        let is_watched = self.plan.is_watched(index);
        if is_watched && self.plan.conditional.contains(&index) {
            self.taken.push(index);
        }
        let origin = Origin::field(index);
        let unprefixed = self.unprefixed(raw);
        let text = trimmed(unprefixed);
        if text.is_empty() {
            return None;
        }
        if text.len() != unprefixed.len() {
            self.build
                .add_note(Note::new(NoteKind::Trimmed, origin, unprefixed));
        }
        if is_watched && self.plan.is_placeholder(index, text) {
            self.build
                .note(NoteKind::Placeholder, &Text::from_field(text, origin));
            return None;
        }
        let text = self.without_guard(Text::from_field(text, origin));
        let text = self.without_controls(text)?;
        if spreadsheet::may_be_damaged(text.as_str()) && self.is_damaged(index, &text) {
            return None;
        }
        self.lost_letters(index, &text);
        if !text.value.is_ascii() || text.value.contains('&') {
            self.build.suspect(&text);
        }
        Some(text)
    }

    /// Without what guards a value from a spreadsheet: `="010…"`, an apostrophe before `+`.
    fn without_guard(&mut self, text: Text<'a>) -> Text<'a> {
        let Cow::Borrowed(raw) = text.value else {
            return text;
        };
        match spreadsheet::unguarded(raw) {
            None => text,
            Some(bare) => {
                self.build
                    .add_note(Note::new(NoteKind::PrefixRemoved, text.origin, raw));
                Text::from_field(bare, text.origin)
            }
        }
    }

    /// Without characters that can't be shown. Nothing if there are no others.
    fn without_controls(&mut self, text: Text<'a>) -> Option<Text<'a>> {
        let is_line_or_tab = |c| matches!(c, '\n' | '\r' | '\t');
        let is_unseen = |c: char| c.is_control() && !is_line_or_tab(c) || is_invisible(c);
        if !text.value.contains(is_unseen) {
            return Some(text);
        }
        let shown: String = text.value.chars().filter(|c| !is_unseen(*c)).collect();
        let note = Note::new(NoteKind::ControlRemoved, text.origin, shown.clone());
        self.build.add_note(note);
        let shown = shown.trim().to_owned();
        (!shown.is_empty()).then(|| Text::from_field(shown, text.origin))
    }

    /// Notes letters that were lost before the file was written: U+FFFD, and question marks in their place in a name.
    fn lost_letters(&mut self, index: usize, text: &Text<'a>) {
        let is_name = || {
            let field = self.plan.path_of(index);
            field.is_some_and(|field| field.starts_with("contactName"))
        };
        let value = text.as_str();
        if value.contains(char::REPLACEMENT_CHARACTER) || value.contains("??") && is_name() {
            self.build.note(NoteKind::LettersLost, text);
        }
    }

    /// Carries over what a spreadsheet wrote in place of a value, save in telephones and dates, whose own rules name it. A
    /// number that looks rounded stays, and is noted. Tells whether there is no value left.
    fn is_damaged(&mut self, index: usize, text: &Text<'a>) -> bool {
        let kind = match spreadsheet::damage(text.as_str()) {
            _ if self.plan.path_of(index).is_none() => return false,
            None => return false,
            Some(Damage::Exponent) => NoteKind::Suspicious,
            Some(_) => NoteKind::SpreadsheetError,
        };
        self.build.note(kind, text);
        kind == NoteKind::SpreadsheetError
    }

    pub(super) fn unprefixed(&self, raw: &'a str) -> &'a str {
        match &self.plan.spec.cell_prefix {
            Some(prefix) => raw.strip_prefix(prefix.as_str()).unwrap_or(raw),
            None => raw,
        }
    }

    pub(super) fn is_filled(&self, index: usize) -> bool {
        let text = self.unprefixed(self.row.cell(index)).trim();
        !text.is_empty() && !self.plan.is_placeholder(index, text)
    }

    /// What separates several values of a source; nothing if it is that of all cells, and no cell of the row has it.
    pub(super) fn separator(&self, source: Option<&'a Expression>) -> &'a str {
        match source {
            Some(Expression::Column(_)) if !self.may_split => "",
            source => {
                let own = source.and_then(Expression::separator);
                own.unwrap_or(self.plan.spec.separator())
            }
        }
    }

    /// What separates tags: what the mapping says, else a semicolon or a comma.
    pub(super) fn tag_separator(&self, source: &'a Expression, text: &str) -> &'a str {
        let separator = self.separator(Some(source));
        let usual = [";", ",", "、", "，"]
            .into_iter()
            .find(|usual| text.contains(usual));
        match (source.separator(), usual) {
            (None, Some(usual)) if !holds(text, separator) => usual,
            _ => separator,
        }
    }

    /// The values of a cell that may hold several, without the placeholders among them.
    pub(super) fn pieces(
        &mut self,
        text: Option<Text<'a>>,
        separator: &str,
    ) -> impl Iterator<Item = Text<'a>> + use<'a> {
        let (one, several) = match text {
            Some(text) if holds(&text.value, separator) => (None, self.several(text, separator)),
            one => (one, Vec::new()),
        };
        one.into_iter().chain(several)
    }

    fn several(&mut self, text: Text<'a>, separator: &str) -> Vec<Text<'a>> {
        let origin = text.origin;
        let pieces = derived_all(&text.value, |value| {
            let pieces = value.split(separator).map(str::trim);
            let pieces = pieces.filter(|piece| !piece.is_empty());
            pieces.map(Cow::Borrowed).collect()
        });
        let mut texts = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let text = Text::from_field(piece, origin);
            let index = origin.index();
            if index.is_some_and(|index| self.plan.is_placeholder(index, text.as_str())) {
                self.build.note(NoteKind::Placeholder, &text);
            } else {
                texts.push(text);
            }
        }
        texts
    }
}

/// The part of a cell of two values that stands before or behind what divides them.
fn cut<'v>(value: &'v str, at: &str, before: bool) -> &'v str {
    match (value.split_once(at), before) {
        (Some((first, _)), true) => first.trim_end(),
        (Some((_, second)), false) => second.trim_start(),
        (None, true) => value,
        (None, false) => "",
    }
}

/// What a value stands for, where the mapping says so.
pub(super) fn relabelled<'a>(source: &'a Expression, text: Text<'a>) -> Text<'a> {
    let labels = match source {
        Expression::Labels(_, labels) => labels,
        Expression::Split(source, _) => return relabelled(source, text),
        _ => return text,
    };
    match labels.get(&text.value.trim().to_lowercase()) {
        Some(label) => Text::from_field(label.as_str(), text.origin),
        None => text,
    }
}

/// Whether a cell without odd characters has surely nothing that would have to be noted.
#[inline]
fn is_plain(cell: &str) -> bool {
    let may_be_guarded = matches!(cell.as_bytes().first(), Some(b'=' | b'\''));
    is_trimmed(cell) && !may_be_guarded && !spreadsheet::may_be_damaged(cell)
}

/// Whether a cell holds several values. Blanks separate none.
fn holds(value: &str, separator: &str) -> bool {
    separator.bytes().any(|byte| byte != b' ') && value.contains(separator)
}
