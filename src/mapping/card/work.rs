//! Organisations, and the person's place in them.

use super::{COMPARED, Mapper};
use crate::contact::Text;
use crate::mapping::build::text_eq;
use crate::note::NoteKind;
use crate::source::vcard::Property;

/// Whether a property is one of those that together tell where somebody works.
pub(super) fn is_work(name: &str) -> bool {
    matches!(
        name,
        "ORG" | "TITLE" | "ROLE" | "X-COMPANY" | "X-DEPARTMENT"
    )
}

/// What divides units of an organisation in the one field there is for them.
const UNIT_SEPARATOR: &str = " / ";

#[derive(Default)]
struct Employment<'a> {
    name: Option<Text<'a>>,
    department: Option<Text<'a>>,
    title: Option<Text<'a>>,
    group: Option<&'a str>,
    preferred: bool,
}

impl<'a> Mapper<'a, '_> {
    /// Titles belong to the organisation of their group, else to the first that has none yet. Where there is no title, the
    /// role stands for it.
    pub(super) fn settle_work(&mut self) {
        let mut places: Vec<Employment<'a>> = Vec::new();
        for (index, property) in self.all(|name| name == "ORG") {
            places.push(self.organization(index, property));
        }
        self.separate_parts(&mut places);
        self.titles(&mut places, "TITLE");
        let is_titled = places.iter().any(|place| place.title.is_some());
        if is_titled {
            for (index, property) in self.all(|name| name == "ROLE") {
                if let Some(text) = self.line(index, property.text()) {
                    let same = has_title(&places, &text);
                    self.build.carry_rest(same, &text);
                }
            }
        } else {
            self.titles(&mut places, "ROLE");
        }
        for place in places {
            self.place(place);
        }
    }

    fn organization(&mut self, index: usize, property: &'a Property<'a>) -> Employment<'a> {
        let mut place = Employment {
            group: property.group.as_deref(),
            preferred: self.is_preferred(property),
            ..Employment::default()
        };
        for (at, component) in property.components().enumerate() {
            let Some(text) = self.line(index, component.text()) else {
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
        place
    }

    /// Name and department in properties of their own.
    fn separate_parts(&mut self, places: &mut Vec<Employment<'a>>) {
        type Part = for<'p, 'a> fn(&'p mut Employment<'a>) -> &'p mut Option<Text<'a>>;
        let parts: [(&str, Part); 2] = [
            ("X-COMPANY", |place| &mut place.name),
            ("X-DEPARTMENT", |place| &mut place.department),
        ];
        for (name, part) in parts {
            for (index, property) in self.all(move |one| one == name) {
                let Some(text) = self.line(index, property.text()) else {
                    continue;
                };
                if places.is_empty() {
                    places.push(Employment::default());
                }
                let place = part(&mut places[0]);
                match place {
                    None => *place = Some(text),
                    Some(first) => {
                        let same = first.value == text.value;
                        self.build.carry_rest(same, &text);
                    }
                }
            }
        }
    }

    fn titles(&mut self, places: &mut Vec<Employment<'a>>, name: &'static str) {
        let has_places = !places.is_empty();
        let is_of = |place: &Employment<'_>, property: &Property<'_>| {
            let groups = place.group.zip(property.group.as_deref());
            groups.is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
        };
        // Those with a group of their own choose first.
        let mut titles: Vec<_> = self.all(move |one| one == name).collect();
        titles.sort_by_key(|(_, title)| {
            !places
                .iter()
                .take(COMPARED)
                .any(|place| is_of(place, title))
        });
        for (index, property) in titles {
            let Some(text) = self.line(index, property.text()) else {
                continue;
            };
            let is_grouped =
                |place: &Employment<'_>| place.title.is_none() && is_of(place, property);
            let mut known = places.iter().take(COMPARED);
            let at = known.position(is_grouped).or_else(|| {
                let mut known = places.iter().take(COMPARED);
                known.position(|place| place.title.is_none())
            });
            match at {
                Some(at) => places[at].title = Some(text),
                None if places.is_empty() && !has_places => places.push(Employment {
                    title: Some(text),
                    preferred: self.is_preferred(property),
                    ..Employment::default()
                }),
                None => {
                    let same = has_title(places, &text);
                    self.build.carry_rest(same, &text);
                }
            }
        }
    }

    fn place(&mut self, place: Employment<'a>) {
        let parts = [&place.name, &place.department, &place.title];
        let known = self.build.draft.organizations.iter().take(COMPARED);
        let is_repeated = known
            .map(|one| [&one.name, &one.department, &one.title])
            .any(|one| {
                let mut pairs = one.into_iter().zip(parts);
                pairs.all(|(one, other)| text_eq(one, other))
            });
        if is_repeated {
            for text in parts.into_iter().flatten() {
                self.build.carry(NoteKind::Repeated, text);
            }
            return;
        }
        let Employment {
            name,
            department,
            title,
            preferred,
            ..
        } = place;
        self.build.organization(name, department, title, preferred);
    }
}

fn has_title(places: &[Employment<'_>], text: &Text<'_>) -> bool {
    let mut titles = places.iter().take(COMPARED).map(|place| &place.title);
    titles.any(|title| {
        title
            .as_ref()
            .is_some_and(|title| title.value == text.value)
    })
}
