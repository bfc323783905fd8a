//! A mapping for a file that no preset fits: proposed from the names of its columns and from what stands in them.
//!
//! Nothing that is proposed is taken for granted. A proposal is used as it is only if every column of it is certain;
//! otherwise a person confirms it, as `cardlift suggest` writes it.

mod assemble;
mod evidence;
mod fields;
mod meaning;
mod tokens;

pub use evidence::Looks;
pub use fields::{Field, gloss};

use super::cell::is_form_of_address;
use super::columns::Columns;
use super::fit;
use super::spec::{NameKey, Spec};
use super::words::{Sense, Senses};
use crate::lang::tr;
use crate::printable::shown;
use evidence::ColumnValues;
use fields::continued;
use meaning::ColumnMeanings;

/// What a file's columns probably are.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// What is proposed for each column, in the order of the file.
    pub columns: Vec<Guess>,
    /// The number in each column's name, else 1, and whether it is that of an item rather than of a line.
    numbers: Vec<(u32, bool)>,
    /// The columns that go on with the number in the one before them.
    continued: Vec<usize>,
    header: ColumnMeanings,
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
    /// Why, for people.
    pub reason: String,
    pub review: Review,
}

/// What a person has said of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Review {
    Nothing,
    Decided,
    /// Its field was given to another column.
    Displaced,
}

/// The share of a column's values that settles what all of them are.
const MOSTLY: f32 = 0.95;

/// From this confidence on a column is certain.
pub const CERTAIN: f32 = 0.9;

/// Proposes a field for every column. `samples` are rows of the file; the more, the better.
pub fn propose<'s>(columns: &Columns, samples: &'s [Vec<String>]) -> Proposal {
    let cell_prefix = apostrophes(samples).then_some("'");
    let names = columns.names();
    let header = ColumnMeanings::read(names);
    let fields = header.fields();
    let mut guesses = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let cells = samples.iter().map(|row| row.get(index));
        let cells = cells.map(|cell| cell.map_or("", String::as_str).trim());
        let bare = |cell: &'s str| {
            let bare = cell_prefix.and_then(|prefix| cell.strip_prefix(prefix));
            bare.unwrap_or(cell)
        };
        let values: Vec<&str> = cells.map(bare).collect();
        guesses.push(if columns.reason() == Some(index) {
            nothing(1.0, tr!("reason-earlier-run"))
        } else if name.trim().is_empty() {
            match evidence::evidence(&values).looks {
                Looks::Empty => nothing(1.0, tr!("reason-unnamed-and-empty")),
                _ => nothing(0.3, tr!("reason-unnamed")),
            }
        } else if let Some(guess) = two_parts(name, &values, &fields) {
            guess
        } else if header.senses(index).are(Sense::AnyTitle) {
            title(&values, &fields)
        } else {
            weigh(&header, index, fields[index], &values)
        });
    }
    let numbers = header.numbers(&fields);
    settle_conflicts(&mut guesses, names, &numbers);
    let fields: Vec<Field> = guesses.iter().map(|guess| guess.field).collect();
    Proposal {
        continued: continued(&fields, &numbers, samples),
        columns: guesses,
        numbers,
        header,
        cell_prefix,
    }
}

/// How many of these names are those of columns that an address book has, from 0 to 1.
pub fn familiar(names: &[&str]) -> f32 {
    let named = names.iter().filter(|name| !name.trim().is_empty());
    let known = named.clone().filter(|name| meaning::read(name).is_some());
    known.count() as f32 / named.count().max(1) as f32
}

impl Proposal {
    /// Whether it can be used: there are a name, or a company to name contacts after, and an e-mail or telephone, without
    /// which no contact can be created.
    pub fn is_usable(&self) -> bool {
        let has_company = self.has(|field| field == Field::Organization("name"));
        (self.has_name() || has_company) && self.is_reachable()
    }

    /// The same with what is not certain left out.
    pub fn certain(self) -> Proposal {
        self.only(|_| true)
    }

    /// The same with only those of these columns that are certain.
    fn only(mut self, is_one: impl Fn(&usize) -> bool) -> Proposal {
        for (index, guess) in self.columns.iter_mut().enumerate() {
            if !(is_one(&index) && guess.is_certain()) {
                guess.field = Field::Nothing;
            }
        }
        self
    }

    fn has(&self, is_one: impl Fn(Field) -> bool) -> bool {
        self.columns.iter().any(|guess| is_one(guess.field))
    }

    /// Whether a column holds the name, or its first or last part.
    pub fn has_name(&self) -> bool {
        use NameKey::{FirstName, FullName, LastName};
        self.has(|field| matches!(field, Field::Name(FullName | FirstName | LastName)))
    }

    /// Whether a column holds an e-mail or a telephone.
    pub fn is_reachable(&self) -> bool {
        self.has(|field| matches!(field, Field::Email | Field::Telephone(_)))
    }

    /// Puts a column into a field, because a person says so.
    pub fn choose(&mut self, column: usize, field: Field, reason: String) {
        self.columns[column] = Guess {
            review: Review::Decided,
            ..Guess::new(field, 1.0, reason)
        };
    }

    /// Takes its field from a column, because a person gives it to another one, of this name.
    pub fn displace(&mut self, column: usize, name: &str) {
        let field = self.columns[column].field.path();
        let reason = tr!("reason-displaced", name = shown(name), field);
        self.columns[column] = Guess {
            review: Review::Displaced,
            ..nothing(0.0, reason)
        };
    }

    /// The other column that goes into a field of which a contact has only one, so that this column can't.
    pub fn rival(&self, column: usize, field: Field) -> Option<usize> {
        rival(&self.columns, &self.numbers, column, field)
    }

    /// The mapping that it amounts to.
    pub fn spec(&self, columns: &Columns) -> Spec {
        assemble::assemble(self, columns)
    }

    /// Adds these columns to the mapping of a preset, as far as they are certain.
    pub fn add_to(&self, spec: &mut Spec, columns: &Columns, leftover: &[usize]) {
        let beside = self.clone().only(|index| leftover.contains(index));
        let mut more = assemble::pieces(&beside, columns);
        more.ignore.clear();
        fit::extend(spec, more);
    }
}

impl Guess {
    fn new(field: Field, confidence: f32, reason: String) -> Guess {
        Guess {
            field,
            confidence,
            reason,
            review: Review::Nothing,
        }
    }

    /// Whether nobody has to be asked about it.
    pub fn is_certain(&self) -> bool {
        self.confidence >= CERTAIN
    }

    /// Whether its values look like something that its name does not say.
    pub fn is_open(&self) -> bool {
        !self.is_certain() && self.field != Field::Nothing
    }
}

fn weigh(header: &ColumnMeanings, column: usize, said: Option<Field>, values: &[&str]) -> Guess {
    let senses = header.senses(column);
    let evidence = evidence::evidence(values);
    if let Some(place) = senses.place_alone()
        && evidence.looks == Looks::Telephone
        && (place != "OTHER" || evidence.are_written_telephones())
    {
        return named(senses, Field::Telephone(place), evidence);
    }
    match said {
        // A word for a person may head the person's number, too: `Contact`.
        Some(_) if evidence.looks == Looks::Telephone && senses.are(Sense::Person) => {
            named(senses, Field::Telephone("OTHER"), evidence)
        }
        // `생년월일(음/양)` with a day in each cell, and not only what it is counted by.
        Some(Field::DayType) if senses.has(Sense::Birthday) && evidence.looks == Looks::Date => {
            named(senses, Field::Event("BIRTHDAY"), evidence)
        }
        // `緊急連絡先` may be a name or a number.
        Some(Field::Nothing)
            if senses.has(Sense::Someone)
                && !senses.has_any(&[Sense::Nothing, Sense::Number, Sense::Id, Sense::Date])
                && evidence.are_written_telephones() =>
        {
            named(senses, Field::Telephone("CUSTOM"), evidence)
        }
        Some(field) => match field.contradicted_by(&evidence.each) {
            Some(looks) => {
                let reason = tr!("reason-contradicted", looks = looks.to_string());
                Guess::new(field, 0.4, reason)
            }
            // Of which kind it is, its name says itself.
            None if header.is_ambiguous(column) && evidence.are_written_telephones() => {
                named(senses, Field::Telephone("CUSTOM"), evidence)
            }
            // Nothing in brackets makes something else of e-mails.
            None if header.is_ambiguous(column) && evidence.looks != Looks::Email => {
                Guess::new(field, 0.6, tr!("reason-name"))
            }
            None => named(senses, field, evidence),
        },
        None if header.mentions_telephone(column) && evidence.are_written_telephones() => {
            named(senses, Field::Telephone("CUSTOM"), evidence)
        }
        None => by_values(evidence),
    }
}

/// What a column holds of which the name says nothing.
fn by_values(evidence: ColumnValues) -> Guess {
    let (field, confidence) = match evidence.looks {
        Looks::Telephone if evidence.mobiles >= MOSTLY => {
            let (field, share) = (Field::Telephone("CELLPHONE"), evidence.mobiles);
            let reason = tr!("reason-mobile-values", share = percent(share));
            return Guess::new(field, 0.7 * share, reason);
        }
        Looks::Telephone if evidence.dialled >= MOSTLY => (Field::Telephone("OTHER"), 0.6),
        Looks::Email => (Field::Email, 0.8),
        Looks::Url => (Field::Website, 0.7),
        Looks::Date => return nothing(0.3, tr!("reason-dates-of-nothing")),
        Looks::Empty => return nothing(CERTAIN, tr!("reason-says-nothing")),
        Looks::Telephone => return nothing(0.1, tr!("reason-digits-alone")),
        Looks::Number | Looks::Text => return nothing(0.1, tr!("reason-unclear")),
    };
    let (share, looks) = (percent(evidence.share), evidence.looks.to_string());
    let reason = tr!("reason-values", share, looks);
    Guess::new(field, confidence * evidence.share, reason)
}

/// A column for two parts of an organisation, as its name (`회사명/직책`) and its values say. No other column may be one of them.
fn two_parts(name: &str, values: &[&str], fields: &[Option<Field>]) -> Option<Guess> {
    let (first, second) = name.split_once('/')?;
    let part = |name| match meaning::read(name)? {
        Field::Organization(part) => Some(part),
        _ => None,
    };
    let (first, second) = (part(first)?, part(second)?);
    let parts = [first, second].map(Field::Organization);
    let of_parts = fields.iter().flatten();
    let of_parts = of_parts.filter(|field| parts.contains(field)).count();
    let most = values.iter().map(|value| value.matches('/').count()).max();
    (first != second && of_parts <= 1 && most == Some(1)).then(|| {
        let field = Field::OrganizationParts(first, second);
        Guess::new(field, 0.95, tr!("reason-name"))
    })
}

fn named(senses: Senses, field: Field, evidence: ColumnValues) -> Guess {
    let agrees = field.should_look() == Some(evidence.looks);
    let is_mobile = field == Field::Telephone("OTHER")
        && (senses.are_any_telephone() || senses.are(Sense::Person))
        && evidence.mobiles >= MOSTLY;
    let (field, confidence, reason) = match evidence.looks {
        _ if is_mobile => (Field::Telephone("CELLPHONE"), 0.95, tr!("reason-mobiles")),
        _ if field == Field::Nothing => (field, 0.95, tr!("reason-no-place")),
        looks if agrees => {
            let looks = looks.to_string();
            (field, 0.99, tr!("reason-name-and-values", looks))
        }
        Looks::Empty => (field, 0.95, tr!("reason-name-of-empty")),
        _ => (field, 0.95, tr!("reason-name")),
    };
    Guess::new(field, confidence, reason)
}

/// A share from 0 to 1 in whole percents, never rounded up to certainty.
pub fn percent(share: f32) -> u32 {
    (share * 100.0).floor() as u32
}

fn nothing(confidence: f32, reason: String) -> Guess {
    Guess::new(Field::Nothing, confidence, reason)
}

/// `Title` is the place in the organisation, or `Mr.` before the name, as the values say and other columns that are called
/// one or the other.
fn title(values: &[&str], fields: &[Option<Field>]) -> Guess {
    let filled = values.iter().filter(|value| !value.is_empty()).count();
    let forms = values.iter().filter(|value| is_form_of_address(value));
    let forms = forms.count();
    let mut beside = ["name", "department"].map(Field::Organization).into_iter();
    let is_beside = beside.any(|part| fields.contains(&Some(part)));
    let job = Field::Organization("title");
    let jobs = fields.iter().filter(|field| **field == Some(job)).count();
    let (field, confidence, reason) = match forms {
        // Beside `Job Title` it says nothing of the job.
        0 if filled == 0 && jobs > 1 => {
            (Field::Name(NameKey::Prefix), CERTAIN, tr!("reason-empty"))
        }
        0 if filled == 0 => (job, CERTAIN, tr!("reason-empty")),
        0 => (job, CERTAIN, tr!("reason-job-titles")),
        forms if forms * 10 >= filled * 9 => {
            let prefix = Field::Name(NameKey::Prefix);
            (prefix, 0.95, tr!("reason-forms-of-address"))
        }
        forms if forms * 2 < filled && is_beside => (job, CERTAIN, tr!("reason-job-titles")),
        _ => (job, 0.5, tr!("reason-mixed-titles")),
    };
    Guess::new(field, confidence, reason)
}

/// A field that a contact has once can't come from two columns: the first one that is certain keeps it.
fn settle_conflicts(guesses: &mut [Guess], names: &[String], numbers: &[(u32, bool)]) {
    for index in 0..guesses.len() {
        let field = guesses[index].field;
        let Some(first) = rival(&guesses[..index], numbers, index, field) else {
            continue;
        };
        let is_surer = guesses[index].confidence > guesses[first].confidence;
        let (loser, winner) = match is_surer && !guesses[first].is_certain() {
            true => (first, index),
            false => (index, first),
        };
        let confidence = if guesses[winner].is_certain() {
            0.3
        } else {
            0.1
        };
        let name = shown(names[winner].trim());
        let reason = tr!("reason-taken", name, field = field.called());
        guesses[loser] = nothing(confidence, reason);
    }
}

/// The column that has a field already, where a contact has only one place for it.
fn rival(guesses: &[Guess], numbers: &[(u32, bool)], column: usize, field: Field) -> Option<usize> {
    let is_same = |other: &usize| {
        *other != column
            && guesses[*other].field == field
            && (!field.is_numbered() || numbers[*other].0 == numbers[column].0)
            && ![*other, column]
                .map(|one| numbers[one].0)
                .contains(&meaning::JOINED)
    };
    let others = 0..guesses.len();
    others.filter(|_| field.is_single()).find(is_same)
}

/// Whether an apostrophe stands before every cell, as NAVER writes them.
fn apostrophes(samples: &[Vec<String>]) -> bool {
    let mut cells = samples.iter().flatten().filter(|cell| !cell.is_empty());
    let has_one = |cell: &String| cell.starts_with('\'');
    cells.next().is_some_and(has_one) && cells.all(has_one)
}

#[cfg(test)]
mod tests;
