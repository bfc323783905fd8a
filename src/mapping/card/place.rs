//! Postal addresses.

use super::{COMPARED, Mapper};
use crate::contact::{Location, Origin, Text};
use crate::mapping::address::{self, Parts};
use crate::mapping::build::{ItemType, text_eq};
use crate::mapping::{derived, label};
use crate::note::NoteKind;
use crate::source::vcard::Property;
use std::borrow::Cow;

/// The components of ADR that vCard has had from the beginning.
const COMPONENTS: usize = 7;

impl<'a> Mapper<'a, '_> {
    pub(super) fn address(&mut self, index: usize, property: &'a Property<'a>) {
        let mut texts: [Cow<'a, str>; COMPONENTS] = Default::default();
        for (place, component) in property.components().enumerate() {
            let Some(text) = self.text(index, component.text()) else {
                continue;
            };
            match texts.get_mut(place) {
                Some(place) => *place = text.value,
                None => self.build.carry(NoteKind::NoPlace, &text),
            }
        }
        if let Some((_, twin)) = self.twin(index, "ADR", "X-SAMSUNGADR") {
            fill(&mut texts, twin);
        }
        let label = property.param("LABEL").map(|label| label.value());
        let label = label.and_then(|label| self.text(index, unescaped(label)));
        let is_empty = texts.iter().all(|text| text.is_empty());
        if is_empty && label.is_none() {
            return;
        }
        let kind = self.place_kind(index, property);
        let before = self.build.draft.locations.len();
        let formatted = match label {
            Some(label) if is_empty => Some(label.value),
            Some(label) => {
                let same = address::repeats(label.as_str(), &parts(&texts));
                self.build.carry_rest(same, &label);
                None
            }
            None => None,
        };
        self.located(index, &texts, formatted, kind);
        if self.build.draft.locations.len() == before {
            self.carry_label(index, property);
        }
    }

    /// Samsung writes each address twice, and what ADR lacks stands only in its own property.
    pub(super) fn samsung_address(&mut self, index: usize, property: &'a Property<'a>) {
        let Some((_, twin)) = self.twin(index, "X-SAMSUNGADR", "ADR") else {
            return self.address(index, property);
        };
        let mut known: [Cow<'a, str>; COMPONENTS] = components(twin);
        fill(&mut known, property);
        for component in property.components() {
            let Some(text) = self.text(index, component.text()) else {
                continue;
            };
            let is_known = known.iter().any(|one| one.contains(text.as_str()))
                || address::repeats(text.as_str(), &parts(&known));
            self.build.carry_rest(is_known, &text);
        }
    }

    /// The property `other` that stands at the same place among its like as this one does among those called `own`.
    fn twin(
        &self,
        index: usize,
        own: &'static str,
        other: &'static str,
    ) -> Option<(usize, &'a Property<'a>)> {
        let place = self
            .all(move |name| name == own)
            .take_while(|(at, _)| *at < index)
            .count();
        self.all(move |name| name == other).nth(place)
    }

    fn located(
        &mut self,
        index: usize,
        texts: &[Cow<'a, str>; COMPONENTS],
        formatted: Option<Cow<'a, str>>,
        kind: ItemType<'a>,
    ) {
        let origin = Origin::field(index);
        let whole = Parts {
            formatted: formatted.as_deref().unwrap_or(""),
            ..parts(texts)
        };
        let joined = address::join(&whole).into_owned();
        let address = (!joined.is_empty()).then(|| Text::from_field(joined, origin));
        let zip = &texts[5];
        let zip = (!zip.is_empty()).then(|| Text::from_field(zip.clone(), origin));
        self.build.location(address, zip, kind);
    }

    fn place_kind(&mut self, index: usize, property: &'a Property<'a>) -> ItemType<'a> {
        let mut kind = self.kind(index, property, label::location);
        if kind.kind.is_none() {
            kind.kind = ItemType::constant("OTHER").kind;
        }
        kind
    }

    /// How an address stands on an envelope. It mostly says what an ADR says as well; where the card has none of its kind,
    /// it is the address.
    pub(super) fn settle_address_labels(&mut self) {
        let addresses: Vec<[Cow<'a, str>; COMPONENTS]> = self
            .all(|name| name == "ADR")
            .take(COMPARED)
            .map(|(_, property)| components(property))
            .collect();
        for (index, property) in self.all(|name| name == "LABEL") {
            let Some(text) = self.text(index, property.text()) else {
                continue;
            };
            let is_repeated = addresses
                .iter()
                .any(|texts| address::repeats(text.as_str(), &parts(texts)));
            if is_repeated {
                self.build.carry(NoteKind::Repeated, &text);
                continue;
            }
            let kind = self.place_kind(index, property);
            let mut known = self.build.draft.locations.iter().take(COMPARED);
            let same = |one: &Location<'_>| {
                text_eq(&one.kind, &kind.kind) && text_eq(&one.custom_type, &kind.custom)
            };
            if known.any(same) {
                self.build.carry(NoteKind::NoPlace, &text);
            } else {
                self.located(index, &Default::default(), Some(text.value), kind);
            }
        }
    }
}

/// Fills the components that are blank with those of another address, unless they stand in one already.
fn fill<'a>(texts: &mut [Cow<'a, str>; COMPONENTS], other: &'a Property<'a>) {
    for (place, component) in components(other).into_iter().enumerate() {
        let component = derived(&component, |text| text.trim().into());
        let is_new = !component.is_empty() && !texts.iter().any(|text| text.contains(&*component));
        if texts[place].trim().is_empty() && is_new {
            texts[place] = component;
        }
    }
}

fn components<'p>(property: &'p Property<'_>) -> [Cow<'p, str>; COMPONENTS] {
    let mut texts: [Cow<'p, str>; COMPONENTS] = Default::default();
    for (text, component) in texts.iter_mut().zip(property.components()) {
        *text = component.text();
    }
    texts
}

fn parts<'p>(texts: &'p [Cow<'_, str>; COMPONENTS]) -> Parts<'p> {
    Parts {
        po_box: &texts[0],
        extended: &texts[1],
        street: &texts[2],
        city: &texts[3],
        region: &texts[4],
        postal_code: &texts[5],
        country: &texts[6],
        ..Parts::default()
    }
}

/// Some write line breaks in parameters as in values.
fn unescaped(label: Cow<'_, str>) -> Cow<'_, str> {
    if label.contains("\\n") {
        Cow::Owned(label.replace("\\n", "\n"))
    } else {
        label
    }
}
