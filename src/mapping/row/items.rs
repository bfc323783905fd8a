//! The items of a contact's lists, each by a rule of the plan.

use super::Mapper;
use crate::contact::{Organization, Origin, Text, limits};
use crate::mapping::address::{self, Parts};
use crate::mapping::build::ItemType;
use crate::mapping::columns::fold;
use crate::mapping::label::Kind;
use crate::mapping::spec::{AddressPart, Expression, List, Rule, TypeRule};
use crate::mapping::{date, label, trimmed};
use crate::note::NoteKind;
use std::borrow::Cow;
use std::collections::BTreeMap;

impl<'a> Mapper<'a, '_> {
    /// E-mails and websites: the service keeps no label for them.
    pub(super) fn labelled(&mut self, rule: &'a Rule) {
        let Some(text) = self.part(rule, 0) else {
            return self.stray(rule.parts[1].as_ref());
        };
        let mut preferred = self.is_primary(rule);
        if let Some(label) = self.part(rule, 1) {
            let (bare, marked) = label::marked(label.as_str());
            preferred |= marked;
            // Most labels are one word (`Work`), which is no display name and need not be taken apart.
            let may_be_a_name = bare.contains([' ', '@']) || !bare.is_ascii();
            let says_nothing = bare.is_empty()
                || may_be_a_name && self.build.says_nothing_new(bare, text.as_str());
            let kind = match says_nothing {
                true => NoteKind::Repeated,
                false => NoteKind::Label,
            };
            self.build.note(kind, &label);
        }
        let separator = self.separator(rule.parts[0].as_ref());
        for text in self.pieces(Some(text), separator) {
            match rule.list {
                List::Emails => self.build.email(text, preferred),
                _ => self.build.website(text, preferred),
            }
        }
    }

    pub(super) fn each(&mut self, rule: &'a Rule) {
        let Some(text) = self.part(rule, 0) else {
            return self.stray_type(rule);
        };
        let kind = self.kind(rule).preferred(self.is_primary(rule));
        let separator = self.separator(rule.parts[0].as_ref());
        let mut placed = true;
        for text in self.pieces(Some(text), separator) {
            placed &= match rule.list {
                List::Telephones => self.build.telephones(text, kind.clone()),
                _ => self.build.messenger(text, kind.clone()),
            };
        }
        if !placed {
            self.stray_type(rule);
        }
    }

    /// Name, department and title may each hold several values; the first ones belong together, and so on.
    pub(super) fn organizations(&mut self, rule: &'a Rule) {
        let primary = self.is_primary(rule);
        let mut parts = rule.parts.each_ref().map(|source| {
            let text = self.optional(source);
            self.pieces(text, self.separator(source.as_ref()))
        });
        loop {
            let [name, department, title] = parts.each_mut().map(Iterator::next);
            if name.is_none() && department.is_none() && title.is_none() {
                return;
            }
            self.build.organization(Organization {
                primary,
                name,
                department,
                title,
            });
        }
    }

    pub(super) fn event(&mut self, rule: &'a Rule) {
        let Some(text) = self.part(rule, 0) else {
            self.stray(rule.day_type.as_ref().and_then(TypeRule::label));
            return self.stray_type(rule);
        };
        let lunar = rule.day_type.as_ref().and_then(|rule| self.is_lunar(rule));
        let lunar = lunar.or_else(|| date::is_lunar(self.raw_label(rule.kind.as_ref())));
        let kind = self.kind(rule).preferred(self.is_primary(rule));
        let unreadable = rule.carry_unreadable;
        if !self.build.event(text, kind, lunar, unreadable) {
            self.stray_type(rule);
            self.stray(rule.day_type.as_ref().and_then(TypeRule::label));
        }
    }

    /// Whether a day is counted by the moon: what the mapping says of the flag, else the flag's own words, else the default.
    fn is_lunar(&mut self, rule: &'a TypeRule) -> Option<bool> {
        let is_lunar = |kind: &str| Some(kind == "LUNAR");
        match rule {
            TypeRule::Constant(kind) => is_lunar(kind),
            TypeRule::Label {
                label,
                labels,
                default,
            } => {
                let default = default.and_then(is_lunar);
                let Some(flag) = self.value(label) else {
                    return default;
                };
                let meant = labels
                    .get(&fold(flag.as_str()))
                    .and_then(|kind| is_lunar(kind));
                let meant = meant.or_else(|| date::is_lunar(flag.as_str()));
                if meant.is_none() {
                    self.build.note(NoteKind::NoPlace, &flag);
                }
                meant.or(default)
            }
        }
    }

    /// Whether the items of a rule come first, by the mapping or by a column that says yes.
    fn is_primary(&mut self, rule: &'a Rule) -> bool {
        match &rule.primary {
            None => false,
            Some(Expression::Constant(_)) => true,
            Some(source) => self.answer(source).unwrap_or(false),
        }
    }

    pub(super) fn location(&mut self, rule: &'a Rule) {
        let zip = self.part(rule, 1).and_then(|zip| self.build.said(zip));
        let address = match rule.parts[0].as_ref() {
            Some(Expression::Address(parts)) => {
                self.address(parts, zip.as_ref().map_or("", Text::as_str))
            }
            source => source
                .and_then(|source| self.value(source))
                .and_then(|address| self.build.said(address)),
        };
        if address.is_none() {
            // A postal code alone is no address.
            if let Some(zip) = &zip {
                self.build.note(NoteKind::NoPlace, zip);
            }
            return self.stray_type(rule);
        }
        let kind = self.kind(rule).preferred(self.is_primary(rule));
        if !self.build.location(address, zip, kind) {
            self.stray_type(rule);
        }
    }

    /// An address from its parts. Nothing if none of them stands in the record, whatever constants there are.
    pub(super) fn address(
        &mut self,
        sources: &'a [(AddressPart, Expression)],
        zip: &str,
    ) -> Option<Text<'a>> {
        let mut parts = Parts::default();
        let mut origin = Origin::NONE;
        let mut formatted = None;
        for (part, source) in sources {
            match self.value(source).and_then(|text| self.build.said(text)) {
                None => {}
                whole @ Some(_) if *part == AddressPart::Formatted => formatted = whole,
                Some(text) => {
                    if origin == Origin::NONE {
                        origin = text.origin;
                    }
                    parts[*part as usize] = text.value;
                }
            }
        }
        match formatted {
            Some(formatted) if origin == Origin::NONE => match formatted.value {
                Cow::Owned(_) => return Some(formatted),
                value => {
                    origin = formatted.origin;
                    parts = Parts::default();
                    parts[AddressPart::Formatted as usize] = value;
                }
            },
            Some(formatted) => {
                let same = address::repeats(formatted.as_str(), &parts, zip);
                self.build.carry_rest(same, &formatted);
            }
            None if origin == Origin::NONE => return None,
            None => {}
        }
        Some(Text::from_field(address::join(parts), origin))
    }

    pub(super) fn part(&mut self, rule: &'a Rule, index: usize) -> Option<Text<'a>> {
        self.optional(&rule.parts[index])
    }

    /// The type of an item: its own where the record has one and no label says another, else what the label says.
    pub(super) fn kind(&mut self, rule: &'a Rule) -> ItemType<'a> {
        let mut has_label = false;
        let kind = match &rule.kind {
            None if rule.custom.is_some() => return ItemType::custom(self.optional(&rule.custom)),
            None => ItemType::constant(rule.list.default_type()),
            Some(TypeRule::Constant(kind)) => ItemType::constant(kind),
            Some(TypeRule::Label {
                label,
                labels,
                default,
            }) => {
                let default = default.unwrap_or(rule.list.default_type());
                let text = self.value(label);
                has_label = text.is_some();
                text.map_or(ItemType::constant(default), |text| {
                    labelled(rule.list, text, labels, default)
                })
            }
        };
        let Some(custom) = self.optional(&rule.custom) else {
            return kind;
        };
        let mut named = kind.kind.iter();
        if has_label && named.all(|kind| kind.as_str() != limits::CUSTOM) {
            self.build.note(NoteKind::Label, &custom);
            return kind;
        }
        ItemType::custom(Some(custom)).preferred(kind.preferred)
    }

    /// A label as it stands in its cell.
    pub(super) fn raw_label(&self, rule: Option<&TypeRule>) -> &'a str {
        match rule {
            Some(TypeRule::Label {
                label: Expression::Column(column),
                ..
            }) => self.row.cell(column.index),
            _ => "",
        }
    }

    /// What says the type of an item that the record does not have.
    pub(super) fn stray_type(&mut self, rule: &'a Rule) {
        self.stray(rule.type_labels());
    }

    /// Labels without the value that they label.
    fn stray(&mut self, sources: impl IntoIterator<Item = &'a Expression>) {
        for source in sources {
            if let Some(text) = self.value(source)
                && text.origin != Origin::NONE
            {
                self.build.note(NoteKind::Label, &text);
            }
        }
    }
}

/// The type that a label stands for: by the user's list, by its own name, or by the words that are built in.
fn labelled<'a>(
    list: List,
    text: Text<'a>,
    labels: &'a BTreeMap<String, String>,
    default: &'a str,
) -> ItemType<'a> {
    let types = list.types();
    if !labels.is_empty()
        && let Some(kind) = labels.get(&fold(text.as_str()))
    {
        return match types.contains(&kind.as_str()) {
            true => ItemType::constant(kind),
            false => ItemType::custom(Some(Text::constant(kind.as_str()))),
        };
    }
    let named = trimmed(&text.value);
    if let Some(kind) = types.iter().find(|one| one.eq_ignore_ascii_case(named)) {
        return ItemType::constant(kind);
    }
    let Cow::Borrowed(label) = text.value else {
        return ItemType::custom(Some(text));
    };
    let (label, preferred) = label::marked(label);
    let kind = table_of(list)(label);
    ItemType::labelled(kind, Text::from_field(label, text.origin), default).preferred(preferred)
}

/// What reads the labels of a list.
fn table_of(list: List) -> fn(&str) -> Kind {
    match list {
        List::Telephones => label::telephone,
        List::Events => label::event,
        List::Locations => label::location,
        List::Messengers => label::messenger,
        List::Emails | List::Organizations | List::Websites => |_| Kind::None,
    }
}
