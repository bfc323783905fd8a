//! What says of which kind an item is: its owner's label, or its types.

use super::{COMPARED, Mapper, origin};
use crate::contact::{Text, limits};
use crate::mapping::after;
use crate::mapping::build::ItemType;
use crate::mapping::label::{Kind, marked};
use crate::mapping::words::CARDS;
use crate::names::is_listed;
use crate::note::{Note, NoteKind};
use crate::source::vcard::Property;
use std::borrow::Cow;

/// The types that say something to a person: not that an address is one of the internet, nor what a telephone keeps for
/// itself. Preference is no kind.
pub(super) fn words<'p>(property: &'p Property<'_>) -> impl Iterator<Item = &'p str> {
    let is_silent = |word: &str| is_listed("INTERNET MSG PREF VOICE", word);
    let by_name = CARDS
        .alias(&property.name)
        .filter(|(same, _)| *same == "TEL");
    let words = property.types().chain(by_name.map(|(_, kind)| kind));
    words.filter(move |word| !word.is_empty() && after(word, "x-").is_none() && !is_silent(word))
}

/// Whether a parameter is read, or says nothing about the person. Extensions (`X-…`) are a program's own bookkeeping.
pub(super) fn is_read(name: &str) -> bool {
    const READ: &str = "ALTID AUTHOR AUTHOR-NAME CALSCALE CC CHARSET CONTEXT CREATED DERIVED ENCODING FMTTYPE GEO INDEX JSPTR \
        LABEL LANGUAGE LEVEL MEDIATYPE PHONETIC PID PREF PROP-ID SCRIPT SERVICE-TYPE SORT-AS TYPE TZ USERNAME VALUE";
    name.starts_with("X-") || READ.split_ascii_whitespace().any(|read| read == name)
}

/// Words with a blank between, each once.
fn joined<'p>(words: impl Iterator<Item = &'p str>) -> Cow<'p, str> {
    let mut joined = Cow::Borrowed("");
    let mut seen: [&str; 8] = [""; 8];
    for (count, word) in words.enumerate() {
        if seen.iter().any(|one| one.eq_ignore_ascii_case(word)) {
            continue;
        }
        seen[count % seen.len()] = word;
        if joined.is_empty() {
            joined = Cow::Borrowed(word);
        } else {
            let joined = joined.to_mut();
            joined.push(' ');
            joined.push_str(word);
        }
    }
    joined
}

impl<'a> Mapper<'a, '_> {
    /// The type of an item: by its owner's label, else by its types. Without any it has none.
    ///
    /// A label that stands for no type is the custom type; what the types say besides has no place then.
    pub(super) fn kind(
        &mut self,
        property: &'a Property<'a>,
        table: fn(&str) -> Kind,
    ) -> ItemType<'a> {
        let origin = origin(property);
        let meaningful = words(property).filter(|word| table(word) != Kind::None);
        let types = joined(meaningful);
        let by_types = table(&types);
        let label = self.label_of(property);
        let by_label = label.as_deref().map_or(Kind::None, table);
        let (kind, custom) = match (by_label, by_types) {
            (Kind::Type(kind), _) | (Kind::None, Kind::Type(kind)) => (Some(kind), None),
            (Kind::Custom, _) => {
                if by_types != Kind::None {
                    self.build
                        .add_note(Note::new(NoteKind::Label, origin, types));
                }
                (Some(limits::CUSTOM), label)
            }
            (Kind::None, Kind::Custom) => (Some(limits::CUSTOM), Some(types)),
            (Kind::None, Kind::None) => (None, None),
        };
        ItemType {
            kind: kind.map(|kind| Text::from_field(kind, origin)),
            custom: custom.and_then(|label| self.line(property, label)),
            preferred: self.is_preferred(property),
        }
    }

    /// Carries over what label and types say of an item for which the service keeps neither.
    pub(super) fn carry_label(&mut self, property: &'a Property<'a>) {
        let label = self.label_of(property).unwrap_or_default();
        let types = joined(words(property));
        for said in [label, types] {
            if let Some(text) = self.text(property, said) {
                self.build.note(NoteKind::Label, &text);
            }
        }
    }

    /// Whether it is the one that its owner prefers: PREF without a number, or the smallest number among its like.
    pub(super) fn is_preferred(&self, property: &Property<'_>) -> bool {
        let Some(own) = property.preference() else {
            return false;
        };
        let mut others = self.card.all(&property.name).take(COMPARED);
        own == 1 || others.all(|other| other.preference().is_none_or(|it| own <= it))
    }

    /// What label and types say of a property, for a person; empty where they say nothing.
    pub(super) fn said(&mut self, property: &'a Property<'a>) -> Cow<'a, str> {
        let label = self.label_of(property);
        label.unwrap_or_else(|| joined(words(property)))
    }

    /// The label that its owner gave an item, which then needs no note of its own.
    pub(super) fn label_of(&mut self, property: &'a Property<'a>) -> Option<Cow<'a, str>> {
        let label = property.label(self.card)?;
        self.used_labels
            .extend(property.group.as_deref().map(str::to_ascii_lowercase));
        Some(label)
    }

    /// Labels that no item of their group has used.
    pub(super) fn stray_labels(&mut self) {
        for property in self.all(|name| name == "X-ABLABEL") {
            let group = property.group.as_deref().unwrap_or_default();
            // Of several labels of a group only one is used.
            let is_the_one = || {
                let own = property.text();
                let of_group = property.label(self.card);
                of_group.is_some_and(|label| own == label || marked(&own).0 == label)
            };
            let is_used = self.used_labels.contains(&group.to_ascii_lowercase()) && is_the_one();
            if !is_used && let Some(text) = self.text(property, property.text()) {
                self.build.note(NoteKind::Label, &text);
            }
        }
    }
}
