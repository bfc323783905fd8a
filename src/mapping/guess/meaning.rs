//! What the words of a column's name amount to, beside the other columns of the file.

use super::Field;
use super::tokens::{ParsedName, VOCABULARY, ends_in_nothing, folded, mentions_telephone, tokens};
use crate::mapping::spec::NameKey;
use crate::mapping::words::{Rule, Sense, Senses, read as read_words};
use Sense::*;
use serde::Deserialize;
use std::sync::LazyLock;

/// The number of a column that goes on where another one of its field ends: `Segundo apellido`.
pub(super) const JOINED: u32 = u32::MAX;

/// What is added to the number of columns of a place, to keep apart what is billed from what is shipped.
pub(super) const PLACES: u32 = 1_000_000;

/// What the columns of a file hold, as far as it decides what others mean. `Person` is a person who is not said to be the
/// head of an organisation; with `Whose` a name of a part says whose it is: `Prénom de l'élève`; with `Orderer` the file says
/// who has ordered.
type HeaderContext = Senses;

/// The names of a file's columns, read one by one. What is not known has no senses.
#[derive(Clone, Debug)]
pub(super) struct ColumnMeanings(Vec<ParsedName>);

/// The field that a name means by itself.
pub(super) fn read(name: &str) -> Option<Field> {
    field_of(tokens(name)?.senses, HeaderContext::default())
}

impl Senses {
    /// Whether they are those of a telephone of which the name does not say whose or which.
    pub fn are_any_telephone(self) -> bool {
        let besides = [Number, Person, Client, Other].into_iter();
        besides.fold(self, Senses::without).are(Telephone)
    }

    /// The place that a name is nothing but a word for, so that its values say what is meant: `Office`, `자택`.
    pub fn place_alone(self) -> Option<&'static str> {
        let places = [(Work, "WORK"), (Home, "HOME"), (Other, "OTHER")];
        let place = places.into_iter().find(|(place, _)| self.are(*place));
        place.map(|(_, kind)| kind)
    }
}

impl ColumnMeanings {
    pub fn read(names: &[String]) -> ColumnMeanings {
        let all: Vec<String> = names.iter().map(|name| folded(name)).collect();
        let are_enumerated = are_enumerated(&all);
        let read = |(name, folded): (&String, &String)| {
            let mut known = beside(folded, &all).or_else(|| tokens(name));
            // Such a number tells no items apart.
            if are_enumerated && let Some(tokens) = &mut known {
                tokens.number = None;
            }
            known.unwrap_or_else(|| match ends_in_nothing(name) {
                true => ParsedName::of(Nothing.into()),
                false => ParsedName {
                    mentions_telephone: mentions_telephone(name),
                    ..ParsedName::default()
                },
            })
        };
        ColumnMeanings(names.iter().zip(&all).map(read).collect())
    }

    /// What the words of a column's name mean, without regard to others.
    pub fn senses(&self, column: usize) -> Senses {
        self.0[column].senses
    }

    /// Whether a name means something else in other files.
    pub fn is_ambiguous(&self, column: usize) -> bool {
        self.0[column].has_unknown_aside
    }

    /// Whether a name that is not known as a whole has a word for a telephone in it.
    pub fn mentions_telephone(&self, column: usize) -> bool {
        self.0[column].mentions_telephone
    }

    /// The field that each column's name means beside the others.
    pub fn fields(&self) -> Vec<Option<Field>> {
        let context = self.context();
        let birthday = self.birthday();
        let names = self.0.iter().enumerate();
        let field = |(index, tokens): (usize, &ParsedName)| {
            let part = birthday.iter().position(|one| *one == Some(index));
            part.map(Field::BirthdayPart)
                .or_else(|| self.reading_beside(index, tokens, context))
                .or_else(|| field_of(tokens.senses, context))
        };
        names.map(field).collect()
    }

    /// The number in each column's name, else 1, and whether it is that of an item rather than of a line.
    ///
    /// An address that is billed and one that something is shipped to are two, where the file has both.
    pub fn numbers(&self, fields: &[Option<Field>]) -> Vec<(u32, bool)> {
        let number = |tokens: &ParsedName| match tokens.senses.has(SecondLast) {
            true => (JOINED, false),
            false => (tokens.number.unwrap_or(1), tokens.number_is_inside),
        };
        let mut numbers: Vec<(u32, bool)> = self.0.iter().map(number).collect();
        let place = |index: usize| {
            let senses = self.senses(index);
            fields[index].filter(|field| field.is_of_address())?;
            Some(match () {
                () if senses.has(Billing) => 2,
                () if senses.has_any(&[Shipping, Recipient]) => 1,
                () if senses.has(Other) => 3,
                () => 0,
            })
        };
        let all = 0..numbers.len();
        let places: Vec<Option<u32>> = all.clone().map(place).collect();
        for apart in [1, 2, 3] {
            let is_apart = |index: &usize| places[*index] == Some(apart);
            let is_elsewhere = |index: &usize| places[*index].is_some_and(|place| place != apart);
            let has_other = |one: usize| {
                let mut others = all.clone().filter(is_elsewhere);
                others.any(|other| fields[other] == fields[one])
            };
            if all.clone().filter(is_apart).any(has_other) {
                for index in all.clone().filter(is_apart) {
                    numbers[index].0 = numbers[index].0.saturating_add(apart * PLACES);
                }
            }
        }
        numbers
    }

    /// The columns of year, month and day of birth, if the file has all three: `Geburtstag` beside `Geburtsmonat` is the day,
    /// and so are `月` and `日` behind `生年`.
    fn birthday(&self) -> [Option<usize>; 3] {
        let find = |senses: &[Sense]| {
            let wanted = senses.iter().map(|sense| Senses::from(*sense));
            let wanted = wanted.fold(Senses::default(), Senses::and);
            self.0.iter().position(|name| name.senses == wanted)
        };
        let Some(year) = find(&[Birthday, Year]) else {
            return [None; 3];
        };
        let near = |at: Option<usize>, from: usize| at.filter(|at| *at == from + 1);
        let month = find(&[Birthday, Month]).or_else(|| near(find(&[Month]), year));
        let whole = find(&[Birthday]);
        let day = find(&[Birthday, Day])
            .or_else(|| month.and_then(|month| near(find(&[Day]), month)))
            .or(whole);
        match (month, day) {
            (Some(month), Some(day)) if whole.is_none_or(|whole| whole == day) => {
                [Some(year), Some(month), Some(day)]
            }
            _ => [None; 3],
        }
    }

    fn context(&self) -> HeaderContext {
        let alone = |tokens: &ParsedName| field_of(tokens.senses, HeaderContext::default());
        let fields: Vec<Field> = self.0.iter().filter_map(alone).collect();
        let has = |field: Field| fields.contains(&field);
        let any = |is_one: &dyn Fn(Senses) -> bool| self.0.iter().any(|name| is_one(name.senses));
        let last = has(Field::Name(NameKey::LastName));
        let first = has(Field::Name(NameKey::FirstName)) || last && any(&|senses| senses.are(Mei));
        let names_person = |senses: Senses| {
            let is_name = senses.has(Full)
                || senses.without(Mei).are(Name)
                || senses.has(Person) && senses.has_any(&[Name, Mei])
                || senses.without(Client).are(Person);
            // A name in other letters is the name where there is no other one.
            is_name && !senses.has_any(&[English, Head])
        };
        let person = any(&|senses| {
            names_person(senses) || senses.has_any(&[First, Last]) && !senses.has(Head)
        });
        let is_company = |tokens: &ParsedName| {
            tokens.senses.has(Company) && alone(tokens) == Some(Field::Organization("name"))
        };
        let whose =
            any(&|senses| senses.has_any(&[First, Last]) && senses.has_any(&[Person, Client]));
        let title = any(&|senses| senses.has(Title)) && has(Field::Organization("title"));
        let context = [
            (First, first),
            (Last, last),
            (Name, person || first || last),
            (Person, person),
            (Company, self.0.iter().any(is_company)),
            (Department, has(Field::Organization("department"))),
            (Title, title),
            (Street, any(&|senses| senses.has(Street))),
            (Whose, whose),
            (Orderer, any(&|senses| senses.has(Orderer))),
        ];
        let context = context.into_iter().filter(|(_, holds)| *holds);
        context.fold(Senses::default(), |all, (sense, _)| all.and(sense.into()))
    }

    /// A reading without a name of its own is that of the column before it.
    fn reading_beside(
        &self,
        index: usize,
        tokens: &ParsedName,
        context: HeaderContext,
    ) -> Option<Field> {
        if !tokens.senses.are(Reading) {
            return None;
        }
        let before = self.0[..index].iter().rev();
        let mut before = before.filter(|one| !one.senses.is_empty() && !one.senses.has(Reading));
        let same = self.0.iter().filter(|one| one.senses == tokens.senses);
        let is_one_of_several = same.count() > 1;
        match field_of(before.next()?.senses, context)? {
            Field::Name(NameKey::LastName) if is_one_of_several => {
                Some(Field::Name(NameKey::PhoneticLastName))
            }
            Field::Name(NameKey::FirstName) if is_one_of_several => {
                Some(Field::Name(NameKey::PhoneticFirstName))
            }
            // A form may have the reading above the name.
            Field::Organization("name") if context.has(Name) => {
                let behind = self.0.get(index + 1).map(|one| one.senses);
                let behind = behind.and_then(|senses| field_of(senses, context));
                let is_of_name = matches!(behind, Some(Field::Name(_))) && !is_one_of_several;
                (!is_of_name).then_some(Field::Nothing)
            }
            _ => None,
        }
    }
}

/// A word that means something only beside one of certain columns.
fn beside(name: &str, all: &[String]) -> Option<ParsedName> {
    let word = VOCABULARY.beside.get(name)?;
    let has_one = |names: &[String]| names.iter().any(|one| all.contains(one));
    let is_meant = has_one(&word.beside) && !has_one(&word.without);
    is_meant.then(|| ParsedName::of(word.means))
}

/// Whether the names are numbered through, as those of forms are: `1. Name`, `2. Phone`, `3. City`.
fn are_enumerated(all: &[String]) -> bool {
    let number = |name: &String| {
        let end = name.find(|c: char| !c.is_ascii_digit());
        name[..end.unwrap_or(name.len())].parse::<u32>().ok()
    };
    let numbers: Vec<u32> = all.iter().filter_map(number).collect();
    numbers.len() >= 3 && numbers.is_sorted_by(|one, next| one < next)
}

/// `words/fields.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    first: Vec<Rule<Field>>,
    addresses: Vec<Rule<Field>>,
    others: Vec<Rule<Field>>,
    organizations: Vec<Rule<Field>>,
    names: Vec<Rule<Field>>,
}

static RULES: LazyLock<Rules> =
    LazyLock::new(|| read_words(include_str!("../../../words/fields.toml")));

fn field_of(senses: Senses, context: Senses) -> Option<Field> {
    // `Rechnungsadresse Nachname` is no address, nor is the company in one that has columns of its own for its parts.
    let is_company = senses.has(Company) && senses.has_any(&[Billing, Shipping]);
    let is_no_address =
        senses.has_any(&[First, Last, SecondLast, Full]) || is_company && context.has(Street);
    // `담당자명/직급` holds a name first of all.
    let is_title = senses.has(Person) && senses.has_any(&[Name, Mei]) && senses.has(Title);
    let lists = [
        (true, &RULES.first),
        (!is_no_address, &RULES.addresses),
        (true, &RULES.others),
        (!is_title, &RULES.organizations),
        (true, &RULES.names),
    ];
    let lists = lists.into_iter().filter(|(counts, _)| *counts);
    let mut rules = lists.flat_map(|(_, rules)| rules);
    let rule = rules.find(|rule| rule.fits(senses, context))?;
    let place = |work: &[Sense]| match (senses.has_any(work), senses.has(Home)) {
        (true, false) => "WORK",
        (false, true) => "HOME",
        _ => "OTHER",
    };
    let of_address = [Work, Company, Main];
    Some(match rule.gives {
        Field::Telephone("OTHER") => {
            let more = [Direct, Department, Affiliation];
            Field::Telephone(place(&[of_address, more].concat()))
        }
        Field::Address(_, part) => Field::Address(place(&of_address), part),
        Field::Zip(_) => Field::Zip(place(&of_address)),
        field => field,
    })
}
