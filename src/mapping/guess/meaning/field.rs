//! The field that the words of one name mean.

use super::super::Field;
use super::super::tokens::ParsedName;
use super::HeaderContext;
use crate::mapping::senses::{Sense, Senses};
use crate::mapping::spec::{AddressPart, NameKey};
use Sense::*;

pub(super) fn field_of(tokens: &ParsedName, context: &HeaderContext) -> Option<Field> {
    let senses = tokens.senses;
    without_place(senses, context)
        .or_else(|| reading(senses, context))
        .or_else(|| reachable(senses))
        .or_else(|| address(senses, context))
        .or_else(|| other_values(senses))
        .or_else(|| organization(senses, context))
        .or_else(|| name(senses, context))
}

/// Numbers, states and dates of the record, and what belongs to somebody else.
fn without_place(senses: Senses, context: &HeaderContext) -> Option<Field> {
    let is_number_alone = senses.are(Number);
    if senses.has_any(&[Nothing, LabelOf]) || is_number_alone {
        return Some(Field::Nothing);
    }
    let is_another = senses.has(Recipient) && context.orderer && !senses.has_any(&ADDRESS)
        || senses.has(Head) && context.person;
    if senses.has(Someone) || is_another {
        return Some(match senses.has_any(&[Telephone, Mobile, Fax]) {
            true => Field::Telephone("CUSTOM"),
            false => Field::Nothing,
        });
    }
    if senses.has_any(&[Year, Month, Day]) {
        return Some(Field::Nothing);
    }
    let of_name = [Name, Full, First, Last, ShortFirst, ShortLast, Mei];
    // `nom_naissance`
    if senses.has(Birthday) && senses.has_any(&of_name) {
        return Some(Field::Nothing);
    }
    let is_second =
        (context.name && senses.has_any(&of_name)) || (context.company && senses.has(Company));
    (senses.has(English) && (is_second || senses.are(English))).then_some(Field::Nothing)
}

/// What an address has.
const ADDRESS: [Sense; 9] = [
    Address, Street, House, Extended, City, Region, Country, Zip, PoBox,
];

fn reading(senses: Senses, context: &HeaderContext) -> Option<Field> {
    if !senses.has(Reading) {
        return None;
    }
    let has_first = senses.has_any(&[First, ShortFirst])
        || senses.has(Mei)
            && (context.is_split(senses) || !senses.has_any(&[Company, Person, Client]));
    let has_last = senses.has_any(&[Last, ShortLast]);
    Some(match (has_first, has_last) {
        _ if senses.has_any(&[
            Company, Department, Address, City, Street, Region, Middle, Title,
        ]) =>
        {
            Field::Nothing
        }
        (true, false) => Field::Name(NameKey::PhoneticFirstName),
        (false, true) => Field::Name(NameKey::PhoneticLastName),
        _ => Field::Name(NameKey::PhoneticFullName),
    })
}

fn reachable(senses: Senses) -> Option<Field> {
    let at_work = senses.has_any(&[Work, Company, Direct, Main, Department, Affiliation]);
    if senses.has(Email) {
        return Some(Field::Email);
    }
    if senses.has(Fax) {
        return Some(Field::Telephone(match (at_work, senses.has(Home)) {
            (true, false) => "WORK_FAX",
            (false, true) => "HOME_FAX",
            _ => "CUSTOM",
        }));
    }
    if senses.has(Pager) {
        return Some(Field::Telephone("CUSTOM"));
    }
    if senses.has(Mobile) {
        return Some(Field::Telephone("CELLPHONE"));
    }
    // `Work Number` is a telephone; `Company Number` is one of a register.
    let is_number = senses.has(Number) && senses.has_any(&[Work, Home, Direct, Main]);
    let is_direct = senses.without(Number).without(Person).are(Direct);
    let is_telephone = senses.has(Telephone) || is_number || is_direct;
    is_telephone.then(|| Field::Telephone(place(senses, at_work)))
}

/// Whose a telephone or an address is.
fn place(senses: Senses, at_work: bool) -> &'static str {
    match (at_work, senses.has(Home)) {
        (true, false) => "WORK",
        (false, true) => "HOME",
        _ => "OTHER",
    }
}

fn address(senses: Senses, context: &HeaderContext) -> Option<Field> {
    if senses.has(Website) {
        return Some(Field::Website);
    }
    // `Rechnungsadresse Nachname` is no address, nor is the company in one that has columns of its own for its parts.
    let is_company = senses.has(Company) && context.street && senses.has_any(&[Billing, Shipping]);
    if senses.has_any(&[First, Last, SecondLast, Full]) || is_company {
        return None;
    }
    let place = place(senses, senses.has_any(&[Work, Company, Main]));
    let part = match () {
        () if senses.has(Zip) && !senses.has(City) => return Some(Field::Zip(place)),
        () if senses.has(PoBox) => AddressPart::PoBox,
        () if senses.has(Street) || senses.has(House) && context.street => AddressPart::Street,
        // `Adresse` and `Hausnummer`: the number goes behind what the other column has.
        () if senses.has(House) => AddressPart::Street2,
        () if senses.has(Extended) => AddressPart::Extended,
        () if senses.has(City) => AddressPart::City,
        () if senses.has(Region) => AddressPart::Region,
        () if senses.has(Country) => AddressPart::Country,
        () if senses.has(Address) => AddressPart::Formatted,
        () => return None,
    };
    Some(Field::Address(place, part))
}

fn other_values(senses: Senses) -> Option<Field> {
    Some(match () {
        () if senses.has(DayType) || senses.are(Lunar) => Field::DayType,
        () if senses.has(Birthday) => Field::Event("BIRTHDAY"),
        () if senses.has(Anniversary) => Field::Event("ANNIVERSARY"),
        () if senses.has(Date) => Field::Nothing,
        () if senses.has(Facebook) => Field::Messenger("FACEBOOK"),
        () if senses.has(Line) => Field::Messenger("LINE"),
        () if senses.has(X) => Field::Messenger("X"),
        () if senses.has(Messenger) => Field::Messenger("CUSTOM"),
        () if senses.has_any(&[Id, Number]) => Field::Nothing,
        () if senses.has(Memo) => Field::Memo,
        () if senses.has(Tags) => Field::Tags,
        () => return None,
    })
}

fn organization(senses: Senses, context: &HeaderContext) -> Option<Field> {
    let part = match () {
        // `담당자명/직급` holds a name first of all.
        () if senses.has(Person) && senses.has_any(&[Name, Mei]) && senses.has(Title) => {
            return None;
        }
        () if senses.has(Title) => "title",
        () if senses.has(Occupation) && context.title => return Some(Field::Nothing),
        () if senses.has_any(&[AnyTitle, Occupation]) => "title",
        () if senses.has(Department) => "department",
        () if senses.has(Company) => "name",
        () if senses.has(Affiliation) && context.company && context.department => {
            return Some(Field::Nothing);
        }
        () if senses.has(Affiliation) && context.company => "department",
        () if senses.has(Affiliation) => "name",
        // A customer beside the name of a person is a company.
        () if senses.has(Client) && context.name && !context.company && !is_person(senses) => {
            "name"
        }
        () => return None,
    };
    Some(Field::Organization(part))
}

fn is_person(senses: Senses) -> bool {
    senses.has_any(&[
        Person, First, Last, ShortFirst, ShortLast, Full, Middle, Nick, Prefix, Suffix,
    ])
}

fn name(senses: Senses, context: &HeaderContext) -> Option<Field> {
    let besides = [Name, Mei, Reading, Person, ShortFirst, ShortLast, English];
    let rest = besides.into_iter().fold(senses, Senses::without);
    let has_first = senses.has(First) || senses.has(ShortFirst) && rest.is_empty();
    let has_last = senses.has_any(&[Last, SecondLast]) || senses.has(ShortLast) && rest.is_empty();
    let part = match () {
        () if senses.has(Full) || (has_first && has_last) => NameKey::FullName,
        () if senses.has(Middle) => NameKey::MiddleName,
        () if senses.has(Nick) => NameKey::NickName,
        () if senses.has(Prefix) => NameKey::Prefix,
        () if senses.has(Suffix) => NameKey::Suffix,
        () if has_first => NameKey::FirstName,
        () if has_last => NameKey::LastName,
        () if context.is_split(senses) => NameKey::FirstName,
        () if senses.has(Name)
            && senses.has(Person)
            && (context.whose || context.last && !context.first) =>
        {
            whole_or_part(senses, context)
        }
        () if senses.has_any(&[Person, Client, Head]) => NameKey::FullName,
        () if senses.has(Name) && senses.has(Mei) => NameKey::FirstName,
        () if senses.has(Mei) && context.last => NameKey::FirstName,
        () if senses.has_any(&[Name, Mei]) => whole_or_part(senses, context),
        () => return None,
    };
    Some(Field::Name(part))
}

/// `이름`, `Name`: the given name beside a family name, the family name beside a given name, else the whole name.
fn whole_or_part(senses: Senses, context: &HeaderContext) -> NameKey {
    match (context.first, context.last) {
        _ if senses.has(Mei) => NameKey::FullName,
        (false, true) => NameKey::FirstName,
        (true, false) => NameKey::LastName,
        _ => NameKey::FullName,
    }
}
