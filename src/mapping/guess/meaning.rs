//! What the words of a column's name amount to, beside the other columns of the file.

use super::Field;
use super::tokens::{Tokens, ends_in_nothing, folded, tokens};
use super::words::{Sense, Senses, VOCABULARY};
use crate::contact::NamePart;
use crate::mapping::spec::AddressPart;
use Sense::*;

/// What a column's name says.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub field: Field,
    /// Whether the name means something else in other files.
    pub is_ambiguous: bool,
}

/// What the columns of a file hold, as far as it decides what others mean.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    first: bool,
    last: bool,
    name: bool,
    company: bool,
    department: bool,
    title: bool,
}

/// The names of a file's columns, read one by one.
pub(super) struct Names {
    names: Vec<Option<Tokens>>,
    ends_in_nothing: Vec<bool>,
}

/// What a name says by itself, and the number in it, else 1. Nothing if it says nothing that is known.
pub(super) fn read(name: &str) -> Option<(Field, u32)> {
    let tokens = tokens(name)?;
    let number = tokens.number.unwrap_or(1);
    said(&tokens, &Context::default()).map(|said| (said.field, number))
}

/// Whether a name is that of a telephone of which it does not say whose or which.
pub(super) fn is_any_telephone(name: &str) -> bool {
    tokens(name).is_some_and(|tokens| {
        let senses = [Number, Person, Client, Other].into_iter();
        let rest = senses.fold(tokens.senses, |senses, sense| senses.without(sense));
        rest == Senses::from(Telephone)
    })
}

/// Whether a name is nothing but a word for a person, which may head the person's number too: `Contact`.
pub(super) fn is_any_contact(name: &str) -> bool {
    tokens(name).is_some_and(|tokens| tokens.senses == Senses::from(Person))
}

/// The place that a name is nothing but a word for, so that its values say what is meant: `Office`, `자택`.
pub(super) fn place_alone(name: &str) -> Option<&'static str> {
    let senses = tokens(name)?.senses;
    match () {
        () if senses == Senses::from(Work) => Some("WORK"),
        () if senses == Senses::from(Home) => Some("HOME"),
        () => None,
    }
}

/// Whether a name means a job or a form of address.
pub(super) fn is_any_title(name: &str) -> bool {
    tokens(name).is_some_and(|tokens| tokens.senses == Senses::from(AnyTitle))
}

impl Names {
    pub fn read(names: &[String]) -> Names {
        let all: Vec<String> = names.iter().map(|name| folded(name)).collect();
        let read =
            |(name, folded): (&String, &String)| beside(folded, &all).or_else(|| tokens(name));
        let tokens: Vec<Option<Tokens>> = names.iter().zip(&all).map(read).collect();
        let ends = names.iter().zip(&tokens);
        Names {
            ends_in_nothing: ends
                .map(|(name, tokens)| tokens.is_none() && ends_in_nothing(name))
                .collect(),
            names: tokens,
        }
    }

    /// What each column's name says beside the others.
    pub fn said(&self) -> Vec<Option<Said>> {
        let context = self.context();
        let names = 0..self.names.len();
        names
            .map(|index| {
                let Some(tokens) = &self.names[index] else {
                    return self.ends_in_nothing[index].then(|| certain(Field::Nothing));
                };
                let field = self.reading_beside(index, tokens, &context);
                field.map(certain).or_else(|| said(tokens, &context))
            })
            .collect()
    }

    /// The number in a column's name, and whether words follow it.
    pub fn number(&self, column: usize) -> (u32, bool) {
        let tokens = self.names.get(column).and_then(Option::as_ref);
        tokens.map_or((1, false), |tokens| {
            (tokens.number.unwrap_or(1), tokens.number_is_inside)
        })
    }

    fn context(&self) -> Context {
        let fields: Vec<Field> = self
            .names
            .iter()
            .flatten()
            .filter_map(|tokens| said(tokens, &Context::default()))
            .map(|said| said.field)
            .collect();
        let has = |field: Field| fields.contains(&field);
        let last = has(Field::Name(NamePart::Last));
        let is_mei = |tokens: &Tokens| tokens.senses == Senses::from(Mei);
        let first =
            has(Field::Name(NamePart::First)) || last && self.names.iter().flatten().any(is_mei);
        let holds = |sense: Sense| self.names.iter().flatten().any(|one| one.senses.has(sense));
        let names_person = |tokens: &Tokens| {
            let senses = tokens.senses.without(Mei);
            tokens.senses.has(Full)
                || senses == Senses::from(Name)
                || tokens.senses.has(Person) && tokens.senses.has_any(&[Name, Mei])
                || tokens.senses == Senses::from(Person)
        };
        Context {
            first,
            last,
            name: self.names.iter().flatten().any(names_person) || first || last,
            company: self.names.iter().flatten().any(|tokens| {
                tokens.senses.has(Company)
                    && said(tokens, &Context::default())
                        .is_some_and(|said| said.field == Field::Organization("name"))
            }),
            department: has(Field::Organization("department")),
            title: holds(Title) && has(Field::Organization("title")),
        }
    }

    /// A reading without a name of its own is that of the column before it.
    fn reading_beside(&self, index: usize, tokens: &Tokens, context: &Context) -> Option<Field> {
        if tokens.senses != Senses::from(Reading) {
            return None;
        }
        let before = self.names[..index].iter().rev().flatten();
        let mut before = before.filter(|one| !one.senses.has(Reading));
        let same = self.names.iter().flatten();
        let is_one_of_several = same.filter(|one| one.senses == tokens.senses).count() > 1;
        match said(before.next()?, context)?.field {
            Field::Name(NamePart::Last) if is_one_of_several => {
                Some(Field::Name(NamePart::PhoneticLast))
            }
            Field::Name(NamePart::First) if is_one_of_several => {
                Some(Field::Name(NamePart::PhoneticFirst))
            }
            Field::Organization("name") if context.name && is_one_of_several => {
                Some(Field::Nothing)
            }
            _ => None,
        }
    }
}

/// A word that means something only beside one of certain columns.
fn beside(name: &str, all: &[String]) -> Option<Tokens> {
    let word = VOCABULARY.beside.get(name)?;
    let is_there = word.beside.iter().any(|one| all.contains(one));
    is_there.then(|| Tokens {
        senses: word.senses,
        ..Tokens::default()
    })
}

fn certain(field: Field) -> Said {
    Said {
        field,
        is_ambiguous: false,
    }
}

fn said(tokens: &Tokens, context: &Context) -> Option<Said> {
    let senses = tokens.senses;
    let field = without_place(senses, context)
        .or_else(|| reading(senses))
        .or_else(|| reachable(senses))
        .or_else(|| address(senses))
        .or_else(|| dates_and_accounts(senses))
        .or_else(|| texts(senses))
        .or_else(|| organization(senses, context))
        .or_else(|| name(senses, context))?;
    Some(Said {
        field,
        is_ambiguous: tokens.has_unknown_aside,
    })
}

/// Numbers, states and dates of the record, and what belongs to somebody else.
fn without_place(senses: Senses, context: &Context) -> Option<Field> {
    let is_number_alone = senses == Senses::from(Number);
    if senses.has_any(&[Nothing, LabelOf]) || is_number_alone {
        return Some(Field::Nothing);
    }
    if senses.has(Someone) {
        return Some(match senses.has_any(&[Telephone, Mobile, Fax]) {
            true => Field::Telephone("CUSTOM"),
            false => Field::Nothing,
        });
    }
    let of_name = [Name, Full, First, Last, ShortFirst, ShortLast, Mei];
    let is_second =
        (context.name && senses.has_any(&of_name)) || (context.company && senses.has(Company));
    (senses.has(English) && (is_second || senses == Senses::from(English)))
        .then_some(Field::Nothing)
}

fn reading(senses: Senses) -> Option<Field> {
    if !senses.has(Reading) {
        return None;
    }
    let has_first = senses.has_any(&[First, ShortFirst])
        || senses.has(Mei) && !senses.has_any(&[Company, Person, Client]);
    let has_last = senses.has_any(&[Last, ShortLast]);
    Some(match (has_first, has_last) {
        _ if senses.has_any(&[
            Company, Department, Address, City, Street, Region, Middle, Title,
        ]) =>
        {
            Field::Nothing
        }
        (true, false) => Field::Name(NamePart::PhoneticFirst),
        (false, true) => Field::Name(NamePart::PhoneticLast),
        _ => Field::PhoneticFullName,
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
    let is_direct = senses.has(Direct)
        && senses
            .without(Direct)
            .without(Number)
            .without(Person)
            .is_empty();
    (senses.has(Telephone) || is_number || is_direct).then(|| {
        Field::Telephone(match (at_work, senses.has(Home)) {
            (true, false) => "WORK",
            (false, true) => "HOME",
            _ => "OTHER",
        })
    })
}

fn address(senses: Senses) -> Option<Field> {
    if senses.has(Website) {
        return Some(Field::Website);
    }
    let place = match (senses.has_any(&[Work, Company, Main]), senses.has(Home)) {
        (true, false) => "WORK",
        (false, true) => "HOME",
        _ => "OTHER",
    };
    let part = match () {
        () if senses.has(Zip) && !senses.has(City) => return Some(Field::Zip(place)),
        () if senses.has(PoBox) => AddressPart::PoBox,
        () if senses.has_any(&[Street, House]) => AddressPart::Street,
        () if senses.has(Extended) => AddressPart::Extended,
        () if senses.has(City) => AddressPart::City,
        () if senses.has(Region) => AddressPart::Region,
        () if senses.has(Country) => AddressPart::Country,
        () if senses.has_any(&[Address]) => AddressPart::Formatted,
        () => return None,
    };
    Some(Field::Address(place, part))
}

fn dates_and_accounts(senses: Senses) -> Option<Field> {
    Some(match () {
        () if senses.has(DayType) => Field::DayType,
        () if senses.has(Birthday) => Field::Event("BIRTHDAY"),
        () if senses.has(Anniversary) => Field::Event("ANNIVERSARY"),
        () if senses.has(Date) => Field::Nothing,
        () if senses.has(Facebook) => Field::Messenger("FACEBOOK"),
        () if senses.has(Line) => Field::Messenger("LINE"),
        () if senses.has(X) => Field::Messenger("X"),
        () if senses.has(Messenger) => Field::Messenger("CUSTOM"),
        () if senses.has_any(&[Id, Number]) => Field::Nothing,
        () => return None,
    })
}

fn texts(senses: Senses) -> Option<Field> {
    match () {
        () if senses.has(Memo) => Some(Field::Memo),
        () if senses.has(Tags) => Some(Field::Tags),
        () => None,
    }
}

fn organization(senses: Senses, context: &Context) -> Option<Field> {
    let part = match () {
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

fn name(senses: Senses, context: &Context) -> Option<Field> {
    let is_short = [Name, Mei, Reading];
    let rest = is_short.into_iter().fold(senses, Senses::without);
    let rest = rest.without(ShortFirst).without(ShortLast).without(English);
    let has_first = senses.has(First) || senses.has(ShortFirst) && rest.is_empty();
    let has_last = senses.has(Last) || senses.has(ShortLast) && rest.is_empty();
    let part = match () {
        () if senses.has(Full) || (has_first && has_last) => return Some(Field::FullName),
        () if senses.has(Middle) => NamePart::Middle,
        () if senses.has(Nick) => NamePart::Nick,
        () if senses.has(Prefix) => NamePart::Prefix,
        () if senses.has(Suffix) => NamePart::Suffix,
        () if has_first => NamePart::First,
        () if has_last => NamePart::Last,
        () if senses.has_any(&[Person, Client]) => return Some(Field::FullName),
        () if senses.has(Name) && senses.has(Mei) => NamePart::First,
        () if senses.has(Mei) && context.last => NamePart::First,
        () if senses.has_any(&[Name, Mei]) => return Some(whole_or_part(senses, context)),
        () => return None,
    };
    Some(Field::Name(part))
}

/// `이름`, `Name`: the given name beside a family name, the family name beside a given name, else the whole name.
fn whole_or_part(senses: Senses, context: &Context) -> Field {
    match (context.first, context.last) {
        _ if senses.has(Mei) => Field::FullName,
        (false, true) => Field::Name(NamePart::First),
        (true, false) => Field::Name(NamePart::Last),
        _ => Field::FullName,
    }
}
