//! A CSV row on its way to a draft.

use super::Rules;
use super::address::{self, Parts};
use super::build::{Builder, Findings, ItemType};
use super::columns::fold;
use super::date::{self, Date};
use super::plan::{Part, PermissionRule, Plan, PropertyRule, Rule, Source, TypeRule};
use super::spec::{AddressPart, List};
use super::spreadsheet;
use super::{is_trimmed, trimmed};
use crate::contact::{
    ContactDraft, Content, Link, Member, Origin, ProblemKind, Property, Text, limits,
};
use crate::note::{Note, NoteKind};
use std::borrow::Cow;

/// The record of an earlier run that a row mends, if the cell with the reason says so: `[cardlift RUN#RECORD] …`. It is the
/// last that says anything: a row that was rejected again has one for each time, and a spreadsheet may add empty cells.
pub fn mends<'a>(cells: impl Cells<'a>) -> Option<(&'a str, u32)> {
    let mut backwards = (0..cells.count())
        .rev()
        .map(|index| cells.cell(index).trim());
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

/// The cells of a row; one that the row lacks is empty.
pub trait Cells<'a>: Copy {
    /// How many cells the row has.
    fn count(self) -> usize;
    /// The text of a cell.
    fn cell(self, index: usize) -> &'a str;
    /// Whether a cell is empty, which most are.
    fn is_empty(self, index: usize) -> bool {
        self.cell(index).is_empty()
    }
}

/// Maps a row to an empty draft; what is wrong with it, changed or carried over goes into `findings`.
pub fn map_row<'a>(
    plan: &'a Plan,
    rules: &'a Rules,
    cells: impl Cells<'a>,
    draft: &mut ContactDraft<'a>,
    findings: &mut Findings<'a>,
) {
    let mut mapper = Mapper {
        plan,
        cells,
        build: Builder::new(rules, draft, findings),
        taken: Vec::new(),
        takes_plain: plan.cell_prefix.is_none() && !rules.double_encoded,
    };
    mapper.names();
    for rule in &plan.items {
        // Exports have columns for many items, and most people have few.
        if !mapper.is_without_values(rule) {
            mapper.item(rule);
        }
    }
    mapper.rest();
    mapper.unmapped();
    let columns = &plan.columns;
    mapper
        .build
        .finish(&|origin| label_of(columns.names(), origin));
}

/// The name of a source field, for people.
pub fn label_of(names: &[String], origin: Origin) -> Cow<'_, str> {
    match origin.index() {
        None => "configuration".into(),
        Some(index) => match names.get(index).map(|name| name.trim()) {
            Some(name) if !name.is_empty() => name.into(),
            _ => format!("column {}", index + 1).into(),
        },
    }
}

struct Mapper<'a, 'f, C> {
    plan: &'a Plan,
    cells: C,
    build: Builder<'a, 'f>,
    /// The columns with a condition that have been read.
    taken: Vec<usize>,
    /// Whether a cell that looks plain needs no second look.
    takes_plain: bool,
}

impl<'a, C: Cells<'a>> Mapper<'a, '_, C> {
    fn names(&mut self) {
        let plan = self.plan;
        for (part, source) in &plan.name {
            if let Some(text) = self.value(source) {
                self.build.name_part(*part, text);
            }
        }
        if let Some(full) = plan
            .full_name
            .as_ref()
            .and_then(|source| self.value(source))
        {
            self.build.full_name(full);
        }
        if let Some(full) = plan
            .phonetic_full_name
            .as_ref()
            .and_then(|source| self.value(source))
        {
            self.build.phonetic_full_name(full);
        }
    }

    /// Whether a rule can give nothing for this row, neither an item nor a note.
    fn is_without_values(&self, rule: &Rule) -> bool {
        let columns = rule.columns.as_ref();
        columns.is_some_and(|columns| columns.iter().all(|index| self.cells.is_empty(*index)))
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

    /// E-mails and websites: the service keeps no label for them.
    fn labelled(&mut self, rule: &'a Rule) {
        let Some(text) = self.part(rule, 0) else {
            return self.stray_label(rule);
        };
        let mut preferred = rule.primary;
        if let Some(label) = self.part(rule, 1) {
            let (bare, marked) = super::label::marked(label.as_str());
            preferred |= marked;
            // Most labels are one word (`Work`), which is no display name and need not be taken apart.
            let may_be_a_name = bare.contains([' ', '@']) || !bare.is_ascii();
            let says_nothing = bare.is_empty()
                || may_be_a_name && self.build.says_nothing_new(bare, text.as_str());
            let kind = match says_nothing {
                true => NoteKind::Repeated,
                false => NoteKind::Label,
            };
            self.build.carry(kind, &label);
        }
        let separator = self.separator(rule.parts[0].as_ref());
        self.split(text, separator, |build, text| match rule.list {
            List::Emails => build.email(text, preferred),
            _ => build.website(text, preferred),
        });
    }

    fn each(&mut self, rule: &'a Rule) {
        let Some(text) = self.part(rule, 0) else {
            return self.stray_type(rule);
        };
        let kind = self.kind(&rule.kind).preferred(rule.primary);
        let separator = self.separator(rule.parts[0].as_ref());
        let each = |build: &mut Builder<'a, '_>, text, kind| match rule.list {
            List::Telephones => {
                build.telephone(text, kind);
                true
            }
            _ => build.messenger(text, kind),
        };
        let mut placed = true;
        if holds(&text.value, separator) {
            for text in self.pieces(text, separator) {
                placed &= each(&mut self.build, text, kind.clone());
            }
        } else {
            placed = each(&mut self.build, text, kind);
        }
        if !placed {
            self.stray_type(rule);
        }
    }

    /// Name, department and title may each hold several values; the first ones belong together, and so on.
    fn organizations(&mut self, rule: &'a Rule) {
        let parts = [0, 1, 2].map(|index| self.part(rule, index));
        let separators = [0, 1, 2].map(|index| self.separator(rule.parts[index].as_ref()));
        let is_one = |(text, separator): (&Option<Text<'_>>, &str)| {
            text.as_ref()
                .is_none_or(|text| !holds(&text.value, separator))
        };
        let [name, department, title] = parts;
        if [&name, &department, &title]
            .into_iter()
            .zip(separators)
            .all(is_one)
        {
            return self
                .build
                .organization(name, department, title, rule.primary);
        }
        let mut pieces = |text: Option<Text<'a>>, index: usize| {
            let pieces = text.map(|text| self.pieces(text, separators[index]));
            pieces.unwrap_or_default().into_iter()
        };
        let mut columns = [pieces(name, 0), pieces(department, 1), pieces(title, 2)];
        loop {
            let [name, department, title] = &mut columns;
            let next = (name.next(), department.next(), title.next());
            if matches!(next, (None, None, None)) {
                return;
            }
            self.build
                .organization(next.0, next.1, next.2, rule.primary);
        }
    }

    fn event(&mut self, rule: &'a Rule) {
        let Some(text) = self.part(rule, 0) else {
            if let Some(day_type) = &rule.day_type {
                self.stray(day_type);
            }
            return self.stray_type(rule);
        };
        let lunar = rule.day_type.as_ref().and_then(|rule| match rule {
            TypeRule::Constant(kind) => Some(*kind == "LUNAR"),
            TypeRule::Label { label, .. } => {
                let flag = label.as_ref().and_then(|source| self.value(source))?;
                let lunar = date::is_lunar(flag.as_str());
                if lunar.is_none() {
                    self.build.carry(NoteKind::NoPlace, &flag);
                }
                lunar
            }
            TypeRule::Custom(_) => None,
        });
        let lunar = lunar.or_else(|| date::is_lunar(self.raw_label(&rule.kind)));
        let kind = self.kind(&rule.kind).preferred(rule.primary);
        let placed = match rule.carry_unreadable {
            true => self.build.event_if_readable(text, kind, lunar),
            false => self.build.event(text, kind, lunar),
        };
        if !placed {
            self.stray_type(rule);
            if let Some(day_type) = &rule.day_type {
                self.stray(day_type);
            }
        }
    }

    fn location(&mut self, rule: &'a Rule) {
        let zip = self.part(rule, 1);
        let address = match rule.parts[0].as_ref() {
            Some(Source::Address(parts)) => {
                self.address(parts, zip.as_ref().map_or("", Text::as_str))
            }
            source => source.and_then(|source| self.value(source)),
        };
        if address.is_none() && zip.is_none() {
            return self.stray_type(rule);
        }
        let kind = self.kind(&rule.kind).preferred(rule.primary);
        if !self.build.location(address, zip, kind) {
            self.stray_type(rule);
        }
    }

    /// An address from its parts. Nothing if none of them stands in the record, whatever constants there are.
    fn address(&mut self, sources: &'a [(AddressPart, Source)], zip: &str) -> Option<Text<'a>> {
        let mut parts = Parts::default();
        let mut owned = Vec::new();
        let mut origin = Origin::NONE;
        let mut formatted = None;
        for (part, source) in sources {
            let Some(text) = self.value(source) else {
                continue;
            };
            if *part == AddressPart::Formatted {
                formatted = Some(text);
                continue;
            }
            if origin == Origin::NONE {
                origin = text.origin;
            }
            match text.value {
                Cow::Borrowed(value) => *place(&mut parts, *part) = value,
                Cow::Owned(value) => owned.push((*part, value)),
            }
        }
        let mut all = Parts {
            postal_code: zip,
            ..parts
        };
        for (part, value) in &owned {
            *place(&mut all, *part) = value;
        }
        let joined = match owned.is_empty() {
            true => address::join(&parts),
            false => Cow::Owned(address::join(&all).into_owned()),
        };
        let Some(formatted) = formatted else {
            return (origin != Origin::NONE).then(|| Text::from_field(joined, origin));
        };
        if origin == Origin::NONE {
            return Some(match formatted.value {
                Cow::Borrowed(value) => Text::from_field(one_line(value), formatted.origin),
                Cow::Owned(_) => formatted,
            });
        }
        let kind = match address::repeats(formatted.as_str(), &all) {
            true => NoteKind::Repeated,
            false => NoteKind::NoPlace,
        };
        self.build.carry(kind, &formatted);
        Some(Text::from_field(joined, origin))
    }

    fn rest(&mut self) {
        let plan = self.plan;
        for source in &plan.memo {
            if let Some(text) = self.value(source) {
                self.build.memo(text);
            }
        }
        for source in &plan.tags {
            if let Some(text) = self.value(source) {
                let separator = self.separator(Some(source));
                self.split(text, separator, |build, text| build.tag(text));
            }
        }
        for source in &plan.contact_tag_ids {
            if let Some(text) = self.value(source) {
                let separator = self.separator(Some(source));
                self.split(text, separator, |build, text| {
                    build.draft.contact_tag_ids.push(text);
                });
            }
        }
        for (name, rule) in &plan.custom_properties {
            if let Some(property) = self.property(name, rule) {
                self.build
                    .draft
                    .custom_properties
                    .insert(Cow::Borrowed(name), property);
            }
        }
        if let Some(rule) = &plan.permission {
            self.permission(rule);
        }
    }

    fn property(&mut self, name: &str, rule: &'a PropertyRule) -> Option<Property<'a>> {
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

    fn permission(&mut self, rule: &'a PermissionRule) {
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
            self.build.draft.permission.accessible_members = Cow::Owned(members);
        }
    }

    /// What nothing was mapped from, and cells beyond the header.
    fn unmapped(&mut self) {
        let plan = self.plan;
        for index in &plan.unmapped {
            if !self.cells.is_empty(*index)
                && let Some(text) = self.cell(*index)
            {
                self.build.carry(NoteKind::Unmapped, &text);
            }
        }
        for index in &plan.conditional {
            if !self.taken.contains(index)
                && let Some(text) = self.cell(*index)
            {
                self.build.carry(NoteKind::Unmapped, &text);
            }
        }
        let header = plan.columns.names().len();
        for index in header..self.cells.count() {
            if let Some(text) = self.cell(index)
                && !text.value.starts_with(REASON_MARK)
            {
                self.build.carry(NoteKind::BeyondHeader, &text);
            }
        }
    }

    fn part(&mut self, rule: &'a Rule, index: usize) -> Option<Text<'a>> {
        rule.parts[index]
            .as_ref()
            .and_then(|source| self.value(source))
    }

    fn kind(&mut self, rule: &'a TypeRule) -> ItemType<'a> {
        match rule {
            TypeRule::Constant(kind) => ItemType::constant(kind),
            TypeRule::Custom(source) => ItemType {
                kind: Some(Text::constant(limits::CUSTOM)),
                custom: self.value(source),
                preferred: false,
            },
            TypeRule::Label {
                label,
                labels,
                default,
                table,
                types,
            } => {
                let Some(text) = label.as_ref().and_then(|source| self.value(source)) else {
                    return ItemType::constant(default);
                };
                let origin = text.origin;
                if !labels.is_empty()
                    && let Some(kind) = labels.get(&fold(text.as_str()))
                {
                    return match types.iter().find(|one| *one == kind) {
                        Some(kind) => ItemType::constant(kind),
                        None => ItemType {
                            kind: Some(Text::constant(limits::CUSTOM)),
                            custom: Some(Text::constant(kind.as_str())),
                            preferred: false,
                        },
                    };
                }
                match text.value {
                    Cow::Borrowed(label) => ItemType::from_label(label, origin, *table, default),
                    Cow::Owned(_) => ItemType {
                        kind: Some(Text::constant(limits::CUSTOM)),
                        custom: Some(text),
                        preferred: false,
                    },
                }
            }
        }
    }

    /// A label as it stands in its cell.
    fn raw_label(&self, rule: &TypeRule) -> &'a str {
        match rule {
            TypeRule::Label {
                label: Some(Source::Column(index)),
                ..
            } => self.cells.cell(*index),
            _ => "",
        }
    }

    /// A label without the value that it labels.
    fn stray_label(&mut self, rule: &'a Rule) {
        if let Some(label) = self.part(rule, 1) {
            self.build.carry(NoteKind::Label, &label);
        }
    }

    fn stray_type(&mut self, rule: &'a Rule) {
        self.stray(&rule.kind);
    }

    fn stray(&mut self, rule: &'a TypeRule) {
        if let Some(text) = rule.source().and_then(|source| self.value(source))
            && text.origin != Origin::NONE
        {
            self.build.carry(NoteKind::Label, &text);
        }
    }

    #[inline(always)]
    fn value(&mut self, source: &'a Source) -> Option<Text<'a>> {
        match source {
            Source::Column(index) if self.cells.is_empty(*index) => None,
            Source::Column(index) => self.cell(*index),
            source => self.composed(source),
        }
    }

    /// A value that is not simply that of a column.
    fn composed(&mut self, source: &'a Source) -> Option<Text<'a>> {
        match source {
            Source::Column(index) => self.cell(*index),
            Source::Constant(text) => Some(Text::constant(text.as_str())),
            Source::Join(sources, separator) => self.joined(sources, separator),
            Source::First(sources) => {
                let mut found: Option<Text<'a>> = None;
                for source in sources {
                    let Some(text) = self.value(source) else {
                        continue;
                    };
                    match &found {
                        None => found = Some(text),
                        Some(first) => {
                            let same = first.value == text.value;
                            let kind = if same {
                                NoteKind::Repeated
                            } else {
                                NoteKind::NoPlace
                            };
                            self.build.carry(kind, &text);
                        }
                    }
                }
                found
            }
            Source::Template(parts) => self.template(parts),
            Source::Address(parts) => self.address(parts, ""),
            Source::Date(parts) => self.date(parts),
            Source::Default(source, default) => Some(
                self.value(source)
                    .unwrap_or_else(|| Text::constant(default.as_str())),
            ),
            Source::If(source, index, filled) => {
                let counts = self.is_filled(*index) == *filled;
                counts.then(|| self.value(source)).flatten()
            }
            Source::Split(source, _) => self.value(source),
        }
    }

    fn joined(&mut self, sources: &'a [Source], separator: &str) -> Option<Text<'a>> {
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
    fn template(&mut self, parts: &'a [Part]) -> Option<Text<'a>> {
        let mut filled = String::new();
        let mut origin = None;
        for part in parts {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Column(index) => {
                    if let Some(text) = self.cell(*index) {
                        filled.push_str(text.as_str());
                        origin.get_or_insert(text.origin);
                    }
                }
            }
        }
        let nothing_to_fill = !parts.iter().any(|part| matches!(part, Part::Column(_)));
        let origin = origin.or(nothing_to_fill.then_some(Origin::NONE))?;
        Some(Text::from_field(filled, origin))
    }

    fn date(&mut self, parts: &'a [Source; 3]) -> Option<Text<'a>> {
        let [year, month, day] = [0, 1, 2].map(|index| self.value(&parts[index]));
        match (year, month, day) {
            (Some(year), Some(month), Some(day)) => {
                let (y, m, d) = (year.as_str(), month.as_str(), day.as_str());
                let text = match date::from_parts(y, m, d) {
                    Date::Iso(iso) => iso.into_owned(),
                    _ => format!("{y}-{m}-{d}"),
                };
                Some(Text::from_field(text, year.origin))
            }
            some => {
                for text in [some.0, some.1, some.2].into_iter().flatten() {
                    self.build.carry(NoteKind::DateWithoutYear, &text);
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
    fn cell(&mut self, index: usize) -> Option<Text<'a>> {
        let raw = self.cells.cell(index);
        match self.takes_plain && !self.plan.is_watched(index) && is_plain(raw) {
            true => Some(Text::from_field(raw, Origin::field(index))),
            false => self.odd_cell(index, raw),
        }
    }

    #[inline(never)]
    fn odd_cell(&mut self, index: usize, raw: &'a str) -> Option<Text<'a>> {
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
                .note(Note::new(NoteKind::Trimmed, origin, unprefixed));
        }
        if is_watched && self.is_placeholder(index, text) {
            self.build
                .carry(NoteKind::Placeholder, &Text::from_field(text, origin));
            return None;
        }
        let text = Text::from_field(text, origin);
        if spreadsheet::may_be_damaged(text.as_str()) {
            self.damaged(index, &text);
        }
        if self.build.rules.double_encoded {
            self.build.suspect(&text);
        }
        Some(text)
    }

    /// Names what a spreadsheet has spoilt, where the value would go into a field.
    fn damaged(&mut self, index: usize, text: &Text<'a>) {
        if let Some(damage) = spreadsheet::damage(text.as_str())
            && let Some(field) = self.plan.field_of(index)
        {
            let kind = ProblemKind::SpreadsheetDamage { damage };
            self.build.problem(kind, field, text);
        }
    }

    fn unprefixed(&self, raw: &'a str) -> &'a str {
        match &self.plan.cell_prefix {
            Some(prefix) => raw.strip_prefix(prefix.as_str()).unwrap_or(raw),
            None => raw,
        }
    }

    fn is_filled(&self, index: usize) -> bool {
        let text = self.unprefixed(self.cells.cell(index)).trim();
        !text.is_empty() && !self.is_placeholder(index, text)
    }

    fn is_placeholder(&self, index: usize, text: &str) -> bool {
        let values = self.plan.placeholders.get(index);
        values.is_some_and(|values| values.iter().any(|value| value == text))
    }

    /// What separates several values of a source.
    fn separator(&self, source: Option<&'a Source>) -> &'a str {
        let own = source.and_then(Source::separator);
        own.unwrap_or(self.plan.split.as_str())
    }

    fn split(
        &mut self,
        text: Text<'a>,
        separator: &str,
        mut each: impl FnMut(&mut Builder<'a, '_>, Text<'a>),
    ) {
        if !holds(&text.value, separator) {
            return each(&mut self.build, text);
        }
        for piece in self.pieces(text, separator) {
            each(&mut self.build, piece);
        }
    }

    /// The values of a cell that holds several, without the placeholders among them.
    fn pieces(&mut self, text: Text<'a>, separator: &str) -> Vec<Text<'a>> {
        let origin = text.origin;
        let pieces: Vec<Cow<'a, str>> = match text.value {
            Cow::Borrowed(value) => value
                .split(separator)
                .map(|piece| Cow::Borrowed(piece.trim()))
                .collect(),
            Cow::Owned(value) => value
                .split(separator)
                .map(|piece| Cow::Owned(piece.trim().to_owned()))
                .collect(),
        };
        let mut texts = Vec::with_capacity(pieces.len());
        for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
            let text = Text::from_field(piece, origin);
            let index = origin.index();
            if index.is_some_and(|index| self.is_placeholder(index, text.as_str())) {
                self.build.carry(NoteKind::Placeholder, &text);
            } else {
                texts.push(text);
            }
        }
        texts
    }
}

/// Whether there is surely nothing about a cell that would have to be noted.
#[inline]
fn is_plain(cell: &str) -> bool {
    is_trimmed(cell) && !spreadsheet::may_be_damaged(cell)
}

/// Whether a cell holds several values. Few do, and a byte that few cells have tells it faster than a search for the whole.
fn holds(value: &str, separator: &str) -> bool {
    let rarest = separator.bytes().find(|byte| *byte != b' ');
    rarest.is_some_and(|byte| memchr::memchr(byte, value.as_bytes()).is_some())
        && value.contains(separator)
}

/// An address that the export writes as a whole.
fn one_line(formatted: &str) -> Cow<'_, str> {
    address::join(&Parts {
        formatted,
        ..Parts::default()
    })
}

fn place<'p, 'a>(parts: &'p mut Parts<'a>, part: AddressPart) -> &'p mut &'a str {
    match part {
        AddressPart::Formatted => &mut parts.formatted,
        AddressPart::Street => &mut parts.street,
        AddressPart::Street2 => &mut parts.street2,
        AddressPart::Street3 => &mut parts.street3,
        AddressPart::Extended => &mut parts.extended,
        AddressPart::PoBox => &mut parts.po_box,
        AddressPart::City => &mut parts.city,
        AddressPart::Region => &mut parts.region,
        AddressPart::Country => &mut parts.country,
    }
}
