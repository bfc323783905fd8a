//! The fields that a column can go into, by the names that the API has for them.

use super::{Looks, evidence, meaning};
use crate::contact::limits;
use crate::lang::tr;
use crate::mapping::columns::fold;
use crate::mapping::spec::{AddressPart, List, NameKey};
use crate::names::nearest;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// A field of the contact that a column may go into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `contactName`, this key of it
    Name(NameKey),
    Email,
    /// `telephones`, of this type
    Telephone(&'static str),
    /// `organizations`, this part of it
    Organization(&'static str),
    /// `organizations`, two parts of it with a slash between them
    OrganizationParts(&'static str, &'static str),
    /// `events`, of this type
    Event(&'static str),
    /// The year, month or day of birth, which have columns of their own
    BirthdayPart(usize),
    /// Whether the birthday is counted by the moon
    DayType,
    /// `locations` of this type: a part of the address
    Address(&'static str, AddressPart),
    /// `locations` of this type: the postal code
    Zip(&'static str),
    /// `messengers`, of this type
    Messenger(&'static str),
    Website,
    Memo,
    /// Tags, by name
    Tags,
    /// A custom property, by this name, which a person has typed
    Property(&'static str),
    /// None: it is carried over
    Nothing,
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = String::deserialize(deserializer)?;
        let mut all = Field::all().into_iter().chain([Field::Nothing]);
        let field = all.find(|field| field.path() == path);
        field.ok_or_else(|| D::Error::custom(format!("`{path}` is no field that is known")))
    }
}

/// The parts of a date, as a mapping names them.
const DATE_PARTS: [&str; 3] = ["year", "month", "day"];

/// What begins the name of a custom property.
const PROPERTIES: &str = "customProperties.";

impl Field {
    /// Every field that a person can choose, in the order of the API's document; [`Field::Nothing`] is none of them.
    pub fn all() -> Vec<Field> {
        type Typed = fn(&'static str) -> Field;
        let each = |types: &'static [&'static str], field: Typed| types.iter().copied().map(field);
        let mut all = NameKey::ALL.map(Field::Name).to_vec();
        all.push(Field::Email);
        all.extend(each(limits::TELEPHONE_TYPES, Field::Telephone));
        all.extend(each(List::Organizations.parts(), Field::Organization));
        all.extend(each(limits::EVENT_TYPES, Field::Event));
        all.push(Field::DayType);
        // An address of a type of its own needs that type's name, which no column gives.
        for kind in limits::LOCATION_TYPES
            .iter()
            .filter(|kind| **kind != limits::CUSTOM)
        {
            all.extend(AddressPart::ALL.map(|part| Field::Address(kind, part)));
            all.push(Field::Zip(kind));
        }
        all.extend(each(limits::MESSENGER_TYPES, Field::Messenger));
        all.extend([Field::Website, Field::Memo, Field::Tags]);
        all
    }

    /// Its name, from the list down to the type or part: `contactName.lastName`, `telephones.WORK`,
    /// `locations.HOME.city`. Empty for [`Field::Nothing`].
    pub fn path(self) -> String {
        match self {
            Field::Name(key) => format!("contactName.{}", key.as_str()),
            Field::Email => "emails".into(),
            Field::Telephone(kind) => format!("telephones.{kind}"),
            Field::Organization(part) => format!("organizations.{part}"),
            Field::OrganizationParts(first, second) => format!("organizations.{first}/{second}"),
            Field::Event(kind) => format!("events.{kind}"),
            Field::BirthdayPart(part) => format!("events.BIRTHDAY.{}", DATE_PARTS[part]),
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
            Field::Name(NameKey::FullName) => tr!("called-full-name"),
            Field::Name(NameKey::PhoneticFullName) => tr!("called-phonetic-full-name"),
            Field::Telephone("CUSTOM") => tr!("called-telephone-custom"),
            Field::Telephone(kind) => format!("telephones {kind}"),
            Field::Event(kind) => format!("events {kind}"),
            Field::Address(kind, _) => tr!("called-address", kind),
            Field::Zip(kind) => format!("locations {kind}, zipCode"),
            Field::Messenger(kind) => format!("messengers {kind}"),
            Field::Nothing => tr!("called-nothing"),
            field => field.path(),
        }
    }

    /// The field of a name as a person types it: the whole of it or its end, without regard to case and punctuation, or a
    /// word that columns bear, in any of the languages that are known. There are several if their names end so; if there is
    /// none, the error has the nearest names.
    pub fn named(text: &str) -> Result<Vec<Field>, Vec<String>> {
        if let Some(name) = text.trim().strip_prefix(PROPERTIES)
            && !name.is_empty()
        {
            // A person types a handful of names, once.
            return Ok(vec![Field::Property(name.to_owned().leak())]);
        }
        let wanted = fold(text);
        let mut ends_so = Field::all();
        ends_so.retain(|field| is_end_of(&wanted, &field.path()));
        let whole = |field: &&Field| fold(&field.path()) == wanted;
        if let Some(field) = ends_so.iter().find(whole) {
            return Ok(vec![*field]);
        }
        match meaning::read(text) {
            _ if !ends_so.is_empty() => Ok(ends_so),
            Some(Field::Nothing) | None => Err(near(text)),
            Some(field) => Ok(vec![field]),
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
    pub fn contradiction(self, values: &[&str]) -> Option<Looks> {
        let values = evidence::said(values).into_iter().map(Looks::of);
        self.contradicted_by(&values.collect::<Vec<_>>())
    }

    /// The same of values that were looked at.
    pub(super) fn contradicted_by(self, values: &[Option<Looks>]) -> Option<Looks> {
        let against = values.iter().flatten().copied();
        let against = against.filter(|looks| self.is_contradicted_by(*looks));
        let mut counts = [0; 7];
        against
            .clone()
            .for_each(|looks| counts[looks as usize] += 1);
        let most: usize = counts.iter().sum();
        let commonest = against.max_by_key(|looks| counts[*looks as usize])?;
        (most >= 2 && most * 5 > values.len() * 3).then_some(commonest)
    }

    fn is_contradicted_by(self, looks: Looks) -> bool {
        use Looks::{Date, Email, Number, Telephone, Text, Url};
        match self {
            Field::Memo | Field::Nothing | Field::Tags => false,
            Field::Messenger(_) | Field::Property(_) => false,
            // What is no address of mail may be a broken one.
            Field::Email => matches!(looks, Telephone | Date | Number | Text),
            Field::Telephone(_) => matches!(looks, Email | Url | Date | Text),
            Field::Event(_) => matches!(looks, Email | Url | Telephone | Text),
            Field::DayType | Field::BirthdayPart(_) => {
                matches!(looks, Email | Url | Telephone | Date)
            }
            Field::Website => matches!(looks, Email | Telephone | Date | Number),
            Field::Zip(_) => matches!(looks, Email | Url | Date),
            // The number of an order stands under `Name` in exports of shops.
            Field::Name(NameKey::FullName) => {
                matches!(looks, Email | Url | Telephone | Date | Number)
            }
            _ => matches!(looks, Email | Url | Telephone | Date),
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
        match self {
            Field::Name(key) => key != NameKey::Prefix,
            Field::Organization(_)
            | Field::Event("BIRTHDAY")
            | Field::BirthdayPart(_)
            | Field::DayType
            | Field::Property(_)
            | Field::Address(_, AddressPart::Formatted)
            | Field::Zip(_) => true,
            _ => false,
        }
    }
}

/// What a part of a field's name means, in the chosen language; nothing where the name is a proper one.
pub fn gloss(segment: &str) -> Option<String> {
    let has_it = |field: Field| field.path().split('.').any(|one| one == segment);
    let is_known = Field::all().into_iter().any(has_it);
    let is_proper = matches!(segment, "FACEBOOK" | "LINE" | "X") || !is_known;
    (!is_proper).then(|| tr!(&format!("field-{segment}")))
}

/// Whether `wanted`, which is folded, is made of the last parts of a name.
fn is_end_of(wanted: &str, path: &str) -> bool {
    let starts = path.match_indices('.').map(|(at, _)| at + 1);
    let mut ends = std::iter::once(0).chain(starts).map(|start| &path[start..]);
    ends.any(|end| fold(end) == wanted)
}

/// The names that a text may be a misspelling of.
fn near(text: &str) -> Vec<String> {
    let paths: Vec<String> = Field::all().into_iter().map(Field::path).collect();
    let ends = paths
        .iter()
        .filter_map(|path| Some(path.rsplit_once('.')?.1));
    let known = paths.iter().map(String::as_str).chain(ends);
    let near = nearest(text, known, 3).into_iter();
    near.map(str::to_owned).collect()
}

/// The columns that go on where the one before them ends, since their values are too short for a number of their own: `電話番号2`
/// and `電話番号3` behind `電話番号1`, `郵便番号2` behind `郵便番号1`.
pub(super) fn continued(
    fields: &[Field],
    numbers: &[(u32, bool)],
    samples: &[Vec<String>],
) -> Vec<usize> {
    let is_short = |index: usize| {
        let cells = samples.iter().filter_map(|row| row.get(index));
        let mut cells = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty());
        let is_part = |cell: &str| cell.len() <= 4 && cell.bytes().all(|b| b.is_ascii_digit());
        cells.next().is_some_and(is_part) && cells.all(is_part)
    };
    let parts = |start: usize| {
        let count = match fields[start] {
            Field::Telephone(_) => 3,
            Field::Zip(_) => 2,
            _ => return None,
        };
        let mut numbered = (start..start + count).zip(1..);
        let is_one = |(index, number): (usize, u32)| {
            fields.get(index) == Some(&fields[start])
                && numbers[index].0 == number
                && is_short(index)
        };
        numbered.all(is_one).then_some(start + 1..start + count)
    };
    (0..fields.len()).filter_map(parts).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_own_name() {
        for field in Field::all() {
            assert_eq!(Field::named(&field.path()), Ok(vec![field]));
        }
    }

    #[test]
    fn a_field_is_found_by_the_end_of_its_name_and_by_words_of_columns() {
        let one = |text: &str| match Field::named(text).as_deref() {
            Ok([field]) => field.path(),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(one("birthday"), "events.BIRTHDAY");
        assert_eq!(one("work fax"), "telephones.WORK_FAX");
        assert_eq!(one("home.city"), "locations.HOME.city");
        assert_eq!(one("휴대폰"), "telephones.CELLPHONE");
        assert_eq!(one("会社名"), "organizations.name");
        assert!(matches!(Field::named("city"), Ok(cities) if cities.len() == 3));
    }

    #[test]
    fn a_misspelling_gives_the_nearest_names() {
        assert_eq!(
            Field::named("contactName.frstName"),
            Err(vec![
                "contactName.firstName".into(),
                "contactName.fullName".into(),
                "contactName.lastName".into()
            ])
        );
        assert_eq!(Field::named("☃"), Err(Vec::new()));
    }
}
