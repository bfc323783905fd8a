//! Postal addresses.

use super::{COMPARED, Mapper, origin};
use crate::contact::{Location, Text};
use crate::mapping::address::{self, Parts};
use crate::mapping::build::{ItemType, text_eq};
use crate::mapping::spec::AddressPart;
use crate::mapping::{derived, label};
use crate::note::NoteKind;
use crate::source::vcard::Property;
use std::borrow::Cow;

/// The components of ADR that vCard has had from the beginning.
type Components<'a> = [Cow<'a, str>; 7];

impl<'a> Mapper<'a, '_> {
    pub(super) fn address(&mut self, property: &'a Property<'a>) {
        let mut texts = Components::default();
        for (place, component) in property.components().enumerate() {
            let Some(text) = self.text(property, component) else {
                continue;
            };
            match texts.get_mut(place) {
                Some(place) => *place = text.value,
                None => self.build.note(NoteKind::NoPlace, &text),
            }
        }
        if let Some(twin) = self.twin(property, "X-SAMSUNGADR") {
            fill(&mut texts, twin);
        }
        // Some write line breaks in parameters as in values.
        let label = property.param("LABEL").map(|label| label.value());
        let label = label.map(|label| match label.contains("\\n") {
            true => Cow::Owned(label.replace("\\n", "\n")),
            false => label,
        });
        let label = label.and_then(|label| self.text(property, label));
        let is_empty = texts.iter().all(|text| text.is_empty());
        if is_empty && label.is_none() {
            return;
        }
        let kind = self.place_kind(property);
        let before = self.build.draft.locations.len();
        let mut formatted = Cow::default();
        match label {
            Some(label) if is_empty => formatted = label.value,
            Some(label) => {
                let same = repeats(&label, &texts);
                self.build.carry_rest(same, &label);
            }
            None => {}
        }
        self.located(property, texts, formatted, kind);
        if self.build.draft.locations.len() == before {
            self.carry_label(property);
        }
    }

    /// Samsung writes each address twice, and what ADR lacks stands only in its own property.
    pub(super) fn samsung_address(&mut self, property: &'a Property<'a>) {
        let Some(twin) = self.twin(property, "ADR") else {
            return self.address(property);
        };
        let mut known = components(twin);
        fill(&mut known, property);
        for component in property.components() {
            let Some(text) = self.text(property, component) else {
                continue;
            };
            let is_known =
                known.iter().any(|one| one.contains(text.as_str())) || repeats(&text, &known);
            self.build.carry_rest(is_known, &text);
        }
    }

    /// The property `other` that stands at the same place among its like as this one does among those of its name.
    fn twin(&self, property: &Property<'_>, other: &'static str) -> Option<&'a Property<'a>> {
        let before = self.all(|name| name == property.name);
        let place = before.take_while(|one| one.index < property.index).count();
        self.all(|name| name == other).nth(place)
    }

    fn located(
        &mut self,
        property: &Property<'_>,
        components: Components<'a>,
        formatted: Cow<'a, str>,
        kind: ItemType<'a>,
    ) {
        let zip = components[5].clone();
        let mut parts = parts(components);
        parts[AddressPart::Formatted as usize] = formatted;
        let text = |text: Cow<'a, str>| {
            (!text.is_empty()).then(|| Text::from_field(text, origin(property)))
        };
        let address = text(address::join(parts));
        self.build.location(address, text(zip), kind);
    }

    fn place_kind(&mut self, property: &'a Property<'a>) -> ItemType<'a> {
        let mut kind = self.kind(property, label::location);
        kind.kind = kind.kind.or_else(|| ItemType::constant("OTHER").kind);
        kind
    }

    /// How an address stands on an envelope. It mostly says what an ADR says as well; where the card has none of its kind,
    /// it is the address.
    pub(super) fn settle_address_labels(&mut self) {
        let addresses = self.all(|name| name == "ADR").take(COMPARED);
        let addresses: Vec<Components<'a>> = addresses.map(components).collect();
        for property in self.all(|name| name == "LABEL") {
            let Some(text) = self.text(property, property.text()) else {
                continue;
            };
            let mut known = addresses.iter();
            let is_repeated = known.any(|one| repeats(&text, one));
            if is_repeated {
                self.build.note(NoteKind::Repeated, &text);
                continue;
            }
            let kind = self.place_kind(property);
            let mut known = self.build.draft.locations.iter().take(COMPARED);
            let same = |one: &Location<'_>| {
                text_eq(&one.kind, &kind.kind) && text_eq(&one.custom_type, &kind.custom)
            };
            if known.any(same) {
                self.build.note(NoteKind::NoPlace, &text);
            } else {
                self.located(property, Components::default(), text.value, kind);
            }
        }
    }
}

/// Fills the components that are blank with those of another address, unless they stand in one already.
fn fill<'a>(texts: &mut Components<'a>, other: &'a Property<'a>) {
    for (place, component) in components(other).into_iter().enumerate() {
        let component = derived(&component, |text| text.trim().into());
        let is_new = !component.is_empty() && !texts.iter().any(|text| text.contains(&*component));
        if texts[place].trim().is_empty() && is_new {
            texts[place] = component;
        }
    }
}

fn components<'p>(property: &'p Property<'_>) -> Components<'p> {
    let mut texts = Components::default();
    for (text, component) in texts.iter_mut().zip(property.components()) {
        *text = component;
    }
    texts
}

fn parts([po_box, extended, street, city, region, _, country]: Components<'_>) -> Parts<'_> {
    let none = || Cow::Borrowed("");
    [
        none(),
        street,
        none(),
        none(),
        extended,
        po_box,
        city,
        region,
        country,
    ]
}

/// Whether a text says nothing that the components of an address don't say.
fn repeats(text: &Text<'_>, components: &Components<'_>) -> bool {
    let components = components.each_ref().map(|text| Cow::Borrowed(&**text));
    let zip = components[5].clone();
    address::repeats(text.as_str(), &parts(components), &zip)
}
