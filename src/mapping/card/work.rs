//! Organisations, and the person's place in them.

use super::{COMPARED, Mapper};
use crate::contact::{Organization, Text};
use crate::mapping::build::text_eq;
use crate::mapping::words::CARDS;
use crate::note::NoteKind;
use crate::source::vcard::Property;

/// What divides units of an organisation in the one field there is for them.
const UNIT_SEPARATOR: &str = " / ";

/// An organisation, and the group of the property that it is from.
type Employment<'a> = (Organization<'a>, Option<&'a str>);

impl<'a> Mapper<'a, '_> {
    /// Titles belong to the organisation of their group, else to the first that has none yet. Where there is no title, the
    /// role stands for it.
    pub(super) fn settle_work(&mut self) {
        let mut places: Vec<Employment<'a>> = Vec::new();
        for property in self.all(|name| name == "ORG") {
            places.push(self.organization(property));
        }
        self.separate_parts(&mut places);
        self.titles(&mut places, "TITLE");
        if places.iter().all(|(place, _)| place.title.is_none()) {
            self.titles(&mut places, "ROLE");
        } else {
            for property in self.all(|name| name == "ROLE") {
                if let Some(text) = self.line(property, property.text()) {
                    self.build.carry_rest(has_title(&places, &text), &text);
                }
            }
        }
        for (place, _) in places {
            self.place(place);
        }
    }

    fn organization(&mut self, property: &'a Property<'a>) -> Employment<'a> {
        let mut place = Organization {
            primary: self.is_preferred(property),
            ..Organization::default()
        };
        for (at, component) in property.components().enumerate() {
            let Some(text) = self.line(property, component) else {
                continue;
            };
            match &mut place.department {
                _ if at == 0 => place.name = Some(text),
                None => place.department = Some(text),
                Some(department) => {
                    let value = department.value.to_mut();
                    value.push_str(UNIT_SEPARATOR);
                    value.push_str(text.as_str());
                }
            }
        }
        (place, property.group.as_deref())
    }

    /// Name, department and title in properties of their own.
    fn separate_parts(&mut self, places: &mut Vec<Employment<'a>>) {
        let alias = |name: &str| CARDS.alias(name).filter(|(same, _)| *same == "ORG");
        for property in self.all(|name| alias(name).is_some()) {
            let Some(text) = self.line(property, property.text()) else {
                continue;
            };
            if places.is_empty() {
                places.push(Employment::default());
            }
            let first = &mut places[0].0;
            let part = match alias(&property.name) {
                Some((_, "name")) => &mut first.name,
                Some((_, "department")) => &mut first.department,
                _ => &mut first.title,
            };
            match part {
                None => *part = Some(text),
                Some(first) => {
                    let same = first.value == text.value;
                    self.build.carry_rest(same, &text);
                }
            }
        }
    }

    fn titles(&mut self, places: &mut Vec<Employment<'a>>, name: &'static str) {
        let is_of = |(_, group): &Employment<'_>, property: &Property<'_>| {
            let groups = group.zip(property.group.as_deref());
            groups.is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
        };
        // Those with a group of their own choose first.
        let mut titles: Vec<_> = self.all(move |one| one == name).collect();
        titles.sort_by_key(|title| {
            let mut known = places.iter().take(COMPARED);
            !known.any(|place| is_of(place, title))
        });
        for property in titles {
            let Some(text) = self.line(property, property.text()) else {
                continue;
            };
            let known = places.iter_mut().take(COMPARED);
            let free = known.filter(|(place, _)| place.title.is_none());
            if let Some((place, _)) = free.min_by_key(|place| !is_of(place, property)) {
                place.title = Some(text);
            } else if places.is_empty() {
                let place = Organization {
                    primary: self.is_preferred(property),
                    title: Some(text),
                    ..Organization::default()
                };
                places.push((place, None));
            } else {
                self.build.carry_rest(has_title(places, &text), &text);
            }
        }
    }

    fn place(&mut self, place: Organization<'a>) {
        let mut known = self.build.draft.organizations.iter().take(COMPARED);
        let is_repeated = known.any(|one| {
            text_eq(&one.name, &place.name)
                && text_eq(&one.department, &place.department)
                && text_eq(&one.title, &place.title)
        });
        if !is_repeated {
            return self.build.organization(place);
        }
        let parts = [place.name, place.department, place.title];
        for text in parts.iter().flatten() {
            self.build.note(NoteKind::Repeated, text);
        }
    }
}

fn has_title(places: &[Employment<'_>], text: &Text<'_>) -> bool {
    let mut titles = places.iter().take(COMPARED).map(|(place, _)| &place.title);
    titles.any(|title| title.as_ref().is_some_and(|it| it.value == text.value))
}
