//! The fields that a column can go into, by the names that the API has for them.

use super::evidence::{self, Kind};
use super::{Field, Looks, meaning};
use crate::contact::{NamePart, limits};
use crate::lang::tr;
use crate::mapping::columns::fold;
use crate::mapping::spec::{AddressPart, List};
use crate::names::nearest;

/// The names of a whole name and of its reading, as a mapping has them.
const FULL: [(&str, Field); 2] = [
    ("fullName", Field::FullName),
    ("phoneticFullName", Field::PhoneticFullName),
];

/// What begins the name of a custom property.
const PROPERTIES: &str = "customProperties.";

/// What a person may mean by a field's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// This field.
    One(Field),
    /// One of several whose names end so.
    Several(Vec<Field>),
    /// None; these names are the nearest.
    None(Vec<String>),
}

impl Field {
    /// Every field that a person can choose, in the order of the API's document; [`Field::Nothing`] is none of them.
    pub fn all() -> Vec<Field> {
        let mut all: Vec<Field> = FULL.iter().map(|(_, field)| *field).collect();
        all.extend(NamePart::ALL.map(Field::Name));
        all.push(Field::Email);
        all.extend(
            limits::TELEPHONE_TYPES
                .iter()
                .copied()
                .map(Field::Telephone),
        );
        let parts = List::Organizations.parts().iter().copied();
        all.extend(parts.map(Field::Organization));
        all.extend(limits::EVENT_TYPES.iter().copied().map(Field::Event));
        all.push(Field::DayType);
        // An address of a type of its own needs that type's name, which no column gives.
        let types = limits::LOCATION_TYPES.iter().copied();
        for kind in types.filter(|kind| *kind != limits::CUSTOM) {
            let parts = AddressPart::ALL.into_iter();
            all.extend(parts.map(|part| Field::Address(kind, part)));
            all.push(Field::Zip(kind));
        }
        all.extend(
            limits::MESSENGER_TYPES
                .iter()
                .copied()
                .map(Field::Messenger),
        );
        all.extend([Field::Website, Field::Memo, Field::Tags]);
        all
    }

    /// Its name, from the list down to the type or part: `contactName.lastName`, `telephones.WORK`,
    /// `locations.HOME.city`. Empty for [`Field::Nothing`].
    pub fn path(self) -> String {
        match self {
            Field::Name(part) => format!("contactName.{}", part.as_str()),
            Field::FullName => "contactName.fullName".into(),
            Field::PhoneticFullName => "contactName.phoneticFullName".into(),
            Field::Email => "emails".into(),
            Field::Telephone(kind) => format!("telephones.{kind}"),
            Field::Organization(part) => format!("organizations.{part}"),
            Field::Event(kind) => format!("events.{kind}"),
            Field::BirthdayPart(part) => format!("events.BIRTHDAY.{part}"),
            Field::DayType => "events.dayType".into(),
            Field::Address(kind, AddressPart::Formatted) => format!("locations.{kind}.address"),
            Field::Address(kind, part) => format!("locations.{kind}.{}", part.as_str()),
            Field::Zip(kind) => format!("locations.{kind}.zipCode"),
            Field::Messenger(kind) => format!("messengers.{kind}"),
            Field::Website => "websites".into(),
            Field::Memo => "memo".into(),
            Field::Tags => "tags".into(),
            Field::Property(name) => format!("{PROPERTIES}{name}"),
            Field::Nothing => String::new(),
        }
    }

    /// The field as the API calls it, with its type, for people.
    pub fn called(self) -> String {
        match self {
            Field::FullName => tr!("called-full-name"),
            Field::PhoneticFullName => tr!("called-phonetic-full-name"),
            Field::Telephone("CUSTOM") => tr!("called-telephone-custom"),
            Field::Telephone(kind) => format!("telephones {kind}"),
            Field::Event(kind) => format!("events {kind}"),
            Field::Address(kind, _) => tr!("called-address", kind = kind),
            Field::Zip(kind) => format!("locations {kind}, zipCode"),
            Field::Messenger(kind) => format!("messengers {kind}"),
            Field::Nothing => tr!("called-nothing"),
            field => field.path(),
        }
    }

    /// The field of a name as a person types it: the whole of it or its end, without regard to case and punctuation, or a
    /// word that columns bear, in any of the languages that are known.
    pub fn named(text: &str) -> Meant {
        if let Some(name) = text.trim().strip_prefix(PROPERTIES)
            && !name.is_empty()
        {
            // A person types a handful of names, once.
            return Meant::One(Field::Property(name.to_owned().leak()));
        }
        let wanted = fold(text);
        let ends_so: Vec<Field> = Field::all()
            .into_iter()
            .filter(|field| is_end_of(&wanted, &field.path()))
            .collect();
        let whole = |field: &&Field| fold(&field.path()) == wanted;
        match (ends_so.iter().find(whole), ends_so.as_slice()) {
            (Some(field), _) | (None, [field]) => return Meant::One(*field),
            (None, [_, ..]) => return Meant::Several(ends_so),
            (None, []) => {}
        }
        match meaning::read(text) {
            Some((Field::Nothing, _)) | None => Meant::None(near(text)),
            Some((field, _)) => Meant::One(field),
        }
    }

    /// What its values look like where they are what they should be. Nothing where anything goes.
    pub(super) fn should_look(self) -> Option<Looks> {
        match self {
            Field::Email => Some(Looks::Email),
            Field::Telephone(_) => Some(Looks::Telephone),
            Field::Event(_) => Some(Looks::Date),
            _ => None,
        }
    }

    /// What most of these values are, where they can't be meant for the field. One alone says nothing.
    pub(super) fn contradiction(self, values: &[&str]) -> Option<Looks> {
        let kinds = evidence::kinds(values.iter().copied());
        let filled: usize = kinds.iter().map(|(_, count)| count).sum();
        let against = kinds
            .iter()
            .filter(|(kind, _)| self.is_contradicted_by(*kind));
        let most: usize = against.clone().map(|(_, count)| count).sum();
        let commonest = against.max_by_key(|(_, count)| *count)?;
        (most >= 2 && most * 5 > filled * 3).then_some(commonest.0.looks())
    }

    fn is_contradicted_by(self, kind: Kind) -> bool {
        use Kind::{Date, Email, Number, Telephone, Text, Url};
        match self {
            Field::Memo
            | Field::Nothing
            | Field::Tags
            | Field::Messenger(_)
            | Field::Property(_) => false,
            // What is no address of mail may be a broken one.
            Field::Email => matches!(kind, Telephone | Date | Number | Text),
            Field::Telephone(_) => matches!(kind, Email | Url | Date | Text),
            Field::Event(_) => matches!(kind, Email | Url | Telephone | Text),
            Field::DayType | Field::BirthdayPart(_) => {
                matches!(kind, Email | Url | Telephone | Date)
            }
            Field::Website => matches!(kind, Email | Telephone | Date | Number),
            Field::Zip(_) => matches!(kind, Email | Url | Date),
            // The number of an order stands under `Name` in exports of shops.
            Field::FullName => matches!(kind, Email | Url | Telephone | Date | Number),
            _ => matches!(kind, Email | Url | Telephone | Date),
        }
    }

    /// Whether it is a part of an address, or its postal code.
    pub(super) fn is_of_address(self) -> bool {
        matches!(self, Field::Address(..) | Field::Zip(_))
    }

    /// Whether columns with another number at the end of their names belong to another item.
    pub(super) fn is_numbered(self) -> bool {
        matches!(
            self,
            Field::Organization(_) | Field::Address(..) | Field::Zip(_)
        )
    }

    /// Whether a contact has only one place for it, or one for each number of columns. A salutation and a degree are both
    /// before the name.
    pub(super) fn is_single(self) -> bool {
        matches!(self, Field::Name(part) if part != NamePart::Prefix)
            || matches!(
                self,
                Field::FullName
                    | Field::PhoneticFullName
                    | Field::Organization(_)
                    | Field::Event("BIRTHDAY")
                    | Field::BirthdayPart(_)
                    | Field::DayType
                    | Field::Property(_)
                    | Field::Address(_, AddressPart::Formatted)
                    | Field::Zip(_)
            )
    }
}

/// What a part of a field's name means, in the chosen language; nothing where the name is a proper one.
pub fn gloss(segment: &str) -> Option<String> {
    let is_known = Field::all()
        .iter()
        .any(|field| field.path().split('.').any(|one| one == segment));
    let is_proper = matches!(segment, "FACEBOOK" | "LINE" | "X") || !is_known;
    (!is_proper).then(|| tr!(&format!("field-{segment}")))
}

/// Whether `wanted`, which is folded, is made of the last parts of a name.
fn is_end_of(wanted: &str, path: &str) -> bool {
    let mut rest = path;
    loop {
        if fold(rest) == wanted {
            return true;
        }
        match rest.split_once('.') {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
}

/// The names that a text may be a misspelling of.
fn near(text: &str) -> Vec<String> {
    let paths: Vec<String> = Field::all().into_iter().map(Field::path).collect();
    let ends = paths.iter().filter_map(|path| path.rsplit_once('.'));
    let ends = ends.map(|(_, end)| end);
    let known = paths.iter().map(String::as_str).chain(ends);
    nearest(text, known, 3)
        .into_iter()
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_own_name() {
        for field in Field::all() {
            assert_eq!(Field::named(&field.path()), Meant::One(field));
        }
    }

    #[test]
    fn a_field_is_found_by_the_end_of_its_name_and_by_words_of_columns() {
        let one = |text: &str| match Field::named(text) {
            Meant::One(field) => field.path(),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(one("birthday"), "events.BIRTHDAY");
        assert_eq!(one("work fax"), "telephones.WORK_FAX");
        assert_eq!(one("home.city"), "locations.HOME.city");
        assert_eq!(one("휴대폰"), "telephones.CELLPHONE");
        assert_eq!(one("会社名"), "organizations.name");
        assert!(matches!(Field::named("city"), Meant::Several(cities) if cities.len() == 3));
    }

    #[test]
    fn a_misspelling_gives_the_nearest_names() {
        assert_eq!(
            Field::named("contactName.frstName"),
            Meant::None(vec![
                "contactName.firstName".into(),
                "contactName.fullName".into(),
                "contactName.lastName".into()
            ])
        );
        assert_eq!(Field::named("☃"), Meant::None(Vec::new()));
    }
}
