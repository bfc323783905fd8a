//! What the words of a column's name amount to, beside the other columns of the file.

mod field;

use super::Field;
use super::tokens::{Tokens, ends_in_nothing, folded, tokens};
use super::words::{Sense, Senses, VOCABULARY};
use crate::contact::NamePart;
use Sense::*;
use field::said;

/// What a column's name says.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub field: Field,
    /// Whether the name means something else in other files.
    pub is_ambiguous: bool,
}

/// The number of a column that goes on where another one of its field ends: `Segundo apellido`.
pub(super) const JOINED: u32 = u32::MAX;

/// What is added to the number of columns of a place, to keep apart what is billed from what is shipped.
pub(super) const PLACES: u32 = 1_000_000;

/// What the columns of a file hold, as far as it decides what others mean.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    first: bool,
    last: bool,
    name: bool,
    company: bool,
    department: bool,
    title: bool,
    street: bool,
    /// Whether a name of a part says whose: `Prénom de l'élève`.
    whose: bool,
    /// Whether the file says who has ordered, so that who receives it may be another person.
    orderer: bool,
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

impl Senses {
    /// Whether they are those of a telephone of which the name does not say whose or which.
    pub fn are_any_telephone(self) -> bool {
        let besides = [Number, Person, Client, Other].into_iter();
        besides.fold(self, Senses::without).are(Telephone)
    }

    /// The place that a name is nothing but a word for, so that its values say what is meant: `Office`, `자택`.
    pub fn place_alone(self) -> Option<&'static str> {
        let places = [(Work, "WORK"), (Home, "HOME")];
        let place = places.into_iter().find(|(place, _)| self.are(*place));
        place.map(|(_, kind)| kind)
    }
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

    /// What the words of a column's name mean, without regard to others.
    pub fn senses(&self, column: usize) -> Senses {
        let tokens = self.names[column].as_ref();
        tokens.map_or_else(Senses::default, |tokens| tokens.senses)
    }

    /// What each column's name says beside the others.
    pub fn said(&self) -> Vec<Option<Said>> {
        let context = self.context();
        let birthday = self.birthday();
        let names = 0..self.names.len();
        names
            .map(|index| {
                if let Some(part) = birthday.iter().position(|one| *one == Some(index)) {
                    return Some(certain(Field::BirthdayPart(DATE_PARTS[part])));
                }
                let Some(tokens) = &self.names[index] else {
                    return self.ends_in_nothing[index].then(|| certain(Field::Nothing));
                };
                let field = self.reading_beside(index, tokens, &context);
                field.map(certain).or_else(|| said(tokens, &context))
            })
            .collect()
    }

    /// The number in each column's name, else 1, and whether it is that of an item rather than of a line.
    ///
    /// An address that is billed and one that something is shipped to are two, where the file has both.
    pub fn numbers(&self, fields: &[Option<Said>]) -> Vec<(u32, bool)> {
        let number = |tokens: &Option<Tokens>| match tokens {
            Some(tokens) if tokens.senses.has(SecondLast) => (JOINED, false),
            Some(tokens) => (tokens.number.unwrap_or(1), tokens.number_is_inside),
            None => (1, false),
        };
        let mut numbers: Vec<(u32, bool)> = self.names.iter().map(number).collect();
        let place = |index: usize| match (&self.names[index], &fields[index]) {
            (Some(tokens), Some(said)) if said.field.is_of_address() => match () {
                () if tokens.senses.has(Billing) => Some(2),
                () if tokens.senses.has_any(&[Shipping, Recipient]) => Some(1),
                () if tokens.senses.has(Other) => Some(3),
                () => Some(0),
            },
            _ => None,
        };
        let all = 0..numbers.len();
        let places: Vec<Option<u32>> = all.clone().map(place).collect();
        let field = |index: usize| fields[index].as_ref().map(|said| said.field);
        for apart in [1, 2, 3] {
            let is_twice = all.clone().any(|one| {
                places[one] == Some(apart)
                    && all.clone().any(|other| {
                        places[other].is_some_and(|place| place != apart)
                            && field(other) == field(one)
                    })
            });
            for index in all
                .clone()
                .filter(|index| is_twice && places[*index] == Some(apart))
            {
                numbers[index].0 = numbers[index].0.saturating_add(apart * PLACES);
            }
        }
        numbers
    }

    /// Whether the name of each column has this sense.
    pub fn have(&self, sense: Sense) -> Vec<bool> {
        let columns = 0..self.names.len();
        columns
            .map(|column| self.senses(column).has(sense))
            .collect()
    }

    /// The columns of year, month and day of birth, if the file has all three: `Geburtstag` beside `Geburtsmonat` is the day,
    /// and so are `月` and `日` behind `生年`.
    fn birthday(&self) -> [Option<usize>; 3] {
        let find = |senses: &[Sense]| {
            let wanted = senses.iter().map(|sense| Senses::from(*sense));
            let wanted = wanted.fold(Senses::default(), Senses::and);
            let is_it =
                |tokens: &Option<Tokens>| tokens.as_ref().is_some_and(|it| it.senses == wanted);
            self.names.iter().position(is_it)
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
        let is_mei = |tokens: &Tokens| tokens.senses.are(Mei);
        let first =
            has(Field::Name(NamePart::First)) || last && self.names.iter().flatten().any(is_mei);
        let holds = |sense: Sense| self.names.iter().flatten().any(|one| one.senses.has(sense));
        let names_person = |tokens: &Tokens| {
            let senses = tokens.senses.without(Mei);
            tokens.senses.has(Full)
                || senses.are(Name)
                || tokens.senses.has(Person) && tokens.senses.has_any(&[Name, Mei])
                || tokens.senses.without(Client).are(Person)
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
            street: holds(Street),
            whose: self.names.iter().flatten().any(|tokens| {
                tokens.senses.has_any(&[First, Last]) && tokens.senses.has_any(&[Person, Client])
            }),
            orderer: holds(Orderer),
        }
    }

    /// A reading without a name of its own is that of the column before it.
    fn reading_beside(&self, index: usize, tokens: &Tokens, context: &Context) -> Option<Field> {
        if !tokens.senses.are(Reading) {
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

/// The parts of a date, as a mapping names them.
const DATE_PARTS: [&str; 3] = ["year", "month", "day"];

/// A word that means something only beside one of certain columns.
fn beside(name: &str, all: &[String]) -> Option<Tokens> {
    let word = VOCABULARY.beside.get(name)?;
    let is_there = word.beside.iter().any(|one| all.contains(one));
    is_there.then(|| Tokens {
        senses: word.means,
        ..Tokens::default()
    })
}

fn certain(field: Field) -> Said {
    Said {
        field,
        is_ambiguous: false,
    }
}
