//! A mapping for a file that no preset fits: proposed from the names of its columns and from what stands in them.
//!
//! Nothing that is proposed is taken for granted. A proposal is used as it is only if every column of it is certain;
//! otherwise a person confirms it, as `cardlift suggest` writes it.

mod assemble;
mod evidence;
mod fields;
mod reason;
mod words;

pub use evidence::Looks;
pub use fields::{Meant, gloss};
pub use reason::Reason;

use super::columns::Columns;
use super::spec::{AddressPart, Spec};
use crate::contact::NamePart;
use evidence::Evidence;

/// What a file's columns probably are.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// What is proposed for each column, in the order of the file.
    pub columns: Vec<Guess>,
    /// What stands before every cell and is no part of it.
    pub cell_prefix: Option<&'static str>,
}

/// What is proposed for a column.
#[derive(Clone, Debug)]
pub struct Guess {
    /// The contact's field that it goes into.
    pub field: Field,
    /// How sure that is, from 0 to 1.
    pub confidence: f32,
    /// Why.
    pub reason: Reason,
}

/// A field of the contact that a column may go into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A part of `contactName`
    Name(NamePart),
    /// The whole name, which is split by the rules
    FullName,
    /// The whole reading of the name
    PhoneticFullName,
    /// `emails`
    Email,
    /// `telephones`, of this type
    Telephone(&'static str),
    /// `organizations`, this part of it
    Organization(&'static str),
    /// `events`, of this type
    Event(&'static str),
    /// Whether the birthday is counted by the moon
    DayType,
    /// `locations` of this type: a part of the address
    Address(&'static str, AddressPart),
    /// `locations` of this type: the postal code
    Zip(&'static str),
    /// `messengers`, of this type
    Messenger(&'static str),
    /// `websites`
    Website,
    /// `memo`
    Memo,
    /// Tags, by name
    Tags,
    /// None: it is carried over
    Nothing,
}

/// The share of a column's values that settles what all of them are.
const MOSTLY: f32 = 0.95;

/// From this confidence on a column is certain.
pub const CERTAIN: f32 = 0.9;

/// Proposes a field for every column. `samples` are rows of the file; the more, the better.
pub fn propose(columns: &Columns, samples: &[Vec<String>]) -> Proposal {
    let cell_prefix = apostrophes(samples).then_some("'");
    let value = |row: &'_ Vec<String>, index: usize| -> String {
        let cell = row.get(index).map_or("", String::as_str).trim();
        cell_prefix
            .and_then(|prefix| cell.strip_prefix(prefix))
            .unwrap_or(cell)
            .to_owned()
    };
    let names = columns.names();
    let read = names.iter().map(|name| words::read(name));
    let said: Vec<Option<Field>> = read.map(|read| read.map(|(field, _)| field)).collect();
    let mut guesses = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let values: Vec<String> = samples.iter().map(|row| value(row, index)).collect();
        let evidence = evidence::evidence(values.iter().map(String::as_str));
        let titles = values
            .iter()
            .filter(|value| is_form_of_address(value))
            .count();
        let said = in_context(name, said[index], &said, names);
        guesses.push(if columns.reason() == Some(index) {
            nothing(1.0, Reason::EarlierRun)
        } else if name.trim().is_empty() {
            unnamed(evidence)
        } else if super::columns::fold(name) == "title" {
            title(titles, evidence.values)
        } else {
            weigh(name, said, evidence)
        });
    }
    settle_conflicts(&mut guesses, names);
    Proposal {
        columns: guesses,
        cell_prefix,
    }
}

/// What these values look like, where they can't be meant for a field.
pub fn contradiction<'v>(field: Field, values: impl Iterator<Item = &'v str>) -> Option<Looks> {
    let looks = evidence::evidence(values).looks;
    field.is_contradicted_by(looks).then_some(looks)
}

/// How many of these names are those of columns that an address book has, from 0 to 1.
pub fn familiar(names: &[&str]) -> f32 {
    let named = names.iter().filter(|name| !name.trim().is_empty());
    let known = named.clone().filter(|name| words::read(name).is_some());
    known.count() as f32 / named.count().max(1) as f32
}

impl Proposal {
    /// Whether it can be used without being asked about: every column is certain, and there are a name and an e-mail or
    /// telephone, without which no contact can be created.
    pub fn is_certain(&self) -> bool {
        self.has_name() && self.is_reachable() && self.columns.iter().all(Guess::is_certain)
    }

    /// Whether a column holds the name, or its first or last part.
    pub fn has_name(&self) -> bool {
        self.columns.iter().any(|guess| {
            matches!(
                guess.field,
                Field::FullName | Field::Name(NamePart::First | NamePart::Last)
            )
        })
    }

    /// Whether a column holds an e-mail or a telephone.
    pub fn is_reachable(&self) -> bool {
        let is_one = |guess: &Guess| matches!(guess.field, Field::Email | Field::Telephone(_));
        self.columns.iter().any(is_one)
    }

    /// The least that it is sure of any column, from 0 to 1.
    pub fn confidence(&self) -> f32 {
        let confidences = self.columns.iter().map(|guess| guess.confidence);
        confidences.fold(1.0, f32::min)
    }

    /// Puts a column into a field, because a person says so.
    pub fn choose(&mut self, column: usize, field: Field, reason: Reason) {
        self.columns[column] = Guess {
            field,
            confidence: 1.0,
            reason,
        };
    }

    /// Takes its field from a column, because a person gives it to another one, of this name.
    pub fn displace(&mut self, column: usize, name: &str) {
        let field = self.columns[column].field;
        self.columns[column] = nothing(0.0, Reason::Displaced(name.to_owned(), field));
    }

    /// The other column that goes into a field of which a contact has only one, so that this column can't.
    pub fn rival(&self, columns: &Columns, column: usize, field: Field) -> Option<usize> {
        rival(&self.columns, columns.names(), column, field)
    }

    /// The mapping that it amounts to.
    pub fn spec(&self, columns: &Columns) -> Spec {
        assemble::assemble(self, columns)
    }
}

impl Guess {
    /// Whether nobody has to be asked about it.
    pub fn is_certain(&self) -> bool {
        self.confidence >= CERTAIN
    }
}

/// What a name says beside those of other columns: `이름` is the given name where there is a column for the family name,
/// and the whole name where there is none.
fn in_context(
    name: &str,
    said: Option<Field>,
    all: &[Option<Field>],
    names: &[String],
) -> Option<Field> {
    let has = |field: Field| all.contains(&Some(field));
    let (first, last) = (Field::Name(NamePart::First), Field::Name(NamePart::Last));
    match (super::columns::fold(name).as_str(), said) {
        ("이름" | "名前", _) if has(last) => Some(first),
        ("name" | "nom", _) if has(first) && !has(last) => Some(last),
        ("名", _) if !has(last) => Some(Field::FullName),
        ("名前フリガナ", _) if names.iter().any(|name| name.contains("姓フリガナ")) => {
            Some(Field::Name(NamePart::PhoneticFirst))
        }
        _ => said,
    }
}

fn weigh(name: &str, said: Option<Field>, evidence: Evidence) -> Guess {
    match said {
        Some(field) if field.is_contradicted_by(evidence.looks) => Guess {
            field,
            confidence: 0.4,
            reason: Reason::Contradicted(evidence.looks),
        },
        Some(field) => named(name, field, evidence),
        None => match evidence.looks {
            Looks::Email => guess(Field::Email, 0.8 * evidence.share, evidence),
            Looks::Telephone if evidence.mobiles >= MOSTLY => mobiles(evidence.mobiles),
            Looks::Telephone => guess(Field::Telephone("OTHER"), 0.6 * evidence.share, evidence),
            Looks::Url => guess(Field::Website, 0.7 * evidence.share, evidence),
            Looks::Date => nothing(0.3, Reason::DatesOfNothing),
            Looks::Empty => nothing(CERTAIN, Reason::SaysNothing),
            Looks::Number | Looks::Text => nothing(0.1, Reason::Unclear),
        },
    }
}

fn named(name: &str, field: Field, evidence: Evidence) -> Guess {
    let agrees = field.should_look() == Some(evidence.looks);
    if field == Field::Telephone("OTHER")
        && words::is_any_telephone(name)
        && evidence.mobiles >= MOSTLY
    {
        return Guess {
            field: Field::Telephone("CELLPHONE"),
            confidence: 0.95,
            reason: Reason::Mobiles,
        };
    }
    let (confidence, reason) = match (agrees, evidence.looks) {
        (true, looks) => (0.99, Reason::NameAndValues(looks)),
        (false, Looks::Empty) => (0.95, Reason::NameOfEmpty),
        (false, _) => (0.95, Reason::Name),
    };
    Guess {
        field,
        confidence,
        reason,
    }
}

fn guess(field: Field, confidence: f32, evidence: Evidence) -> Guess {
    Guess {
        field,
        confidence,
        reason: Reason::Values(percent(evidence.share), evidence.looks),
    }
}

fn mobiles(share: f32) -> Guess {
    Guess {
        field: Field::Telephone("CELLPHONE"),
        confidence: 0.7 * share,
        reason: Reason::MobileValues(percent(share)),
    }
}

fn percent(share: f32) -> u32 {
    (share * 100.0).floor() as u32
}

fn nothing(confidence: f32, reason: Reason) -> Guess {
    Guess {
        field: Field::Nothing,
        confidence,
        reason,
    }
}

fn unnamed(evidence: Evidence) -> Guess {
    match evidence.looks {
        Looks::Empty => nothing(1.0, Reason::UnnamedAndEmpty),
        _ => nothing(0.3, Reason::Unnamed),
    }
}

/// `Title` is the place in the organisation, or `Mr.` before the name.
fn title(forms_of_address: usize, values: usize) -> Guess {
    let (field, confidence, reason) = match forms_of_address {
        0 if values == 0 => (Field::Organization("title"), CERTAIN, Reason::Empty),
        0 => (Field::Organization("title"), CERTAIN, Reason::JobTitles),
        forms if forms * 10 >= values * 9 => {
            (Field::Name(NamePart::Prefix), 0.95, Reason::FormsOfAddress)
        }
        _ => (Field::Organization("title"), 0.5, Reason::MixedTitles),
    };
    Guess {
        field,
        confidence,
        reason,
    }
}

fn is_form_of_address(value: &str) -> bool {
    let value = value.trim().trim_end_matches('.').to_lowercase();
    [
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "herr", "frau", "m", "mme", "mlle",
        "monsieur", "madame",
    ]
    .contains(&value.as_str())
}

/// A field that a contact has once can't come from two columns: the better one keeps it.
fn settle_conflicts(guesses: &mut [Guess], names: &[String]) {
    for index in 0..guesses.len() {
        let field = guesses[index].field;
        if let Some(first) = rival(&guesses[..index], names, index, field) {
            let name = names[first].trim().to_owned();
            guesses[index] = nothing(0.3, Reason::Taken(name, field));
        }
    }
}

/// The column that has a field already, where a contact has only one place for it.
fn rival(guesses: &[Guess], names: &[String], column: usize, field: Field) -> Option<usize> {
    let is_same = |other: &usize| {
        *other != column
            && guesses[*other].field == field
            && (!field.is_numbered() || number(&names[*other]) == number(&names[column]))
    };
    let others = 0..guesses.len();
    others.filter(|_| field.is_single()).find(is_same)
}

/// The number at the end of a column's name.
fn number(name: &str) -> u32 {
    words::read(name).map_or(1, |(_, number)| number)
}

/// Whether an apostrophe stands before every cell, as NAVER writes them.
fn apostrophes(samples: &[Vec<String>]) -> bool {
    let mut cells = samples
        .iter()
        .flatten()
        .filter(|cell| !cell.is_empty())
        .peekable();
    cells.peek().is_some() && cells.all(|cell| cell.starts_with('\''))
}

#[cfg(test)]
mod tests;
