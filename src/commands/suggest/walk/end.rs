//! The mapping as a whole: what goes where, what can't be right about it, and the last chance to change it.

use super::{Decided, Step, Walk};
use crate::commands::suggest::talk::{Key, Talk, cell, key, number};
use crate::document::Document;
use crate::input::Survey;
use crate::lang::tr;
use crate::mapping::guess::{Field, Proposal, Review};
use crate::mapping::spec::MappingFile;
use crate::mapping::{Missing, Plan, write};
use crate::printable::shown;
use std::io;
use std::path::Path;

impl Walk<'_> {
    /// Shows the whole mapping, and asks whether it is to be written.
    pub(super) fn end(&mut self, talk: &mut Talk<'_>) -> io::Result<Step> {
        loop {
            let columns: Vec<usize> = (0..self.proposal.columns.len())
                .filter(|column| self.survey.columns.unique_name(*column).is_some())
                .collect();
            talk.headline(&tr!("walk-summary"))?;
            for (index, column) in columns.iter().enumerate() {
                let field = match self.proposal.columns[*column].field {
                    Field::Nothing => tr!("walk-carried"),
                    field => field.path(),
                };
                let name = cell(&self.name(*column), 30);
                talk.say(&format!("{:>4}  {name} {field}", index + 1))?;
            }
            let objections = self.objections();
            for objection in &objections {
                talk.say(&tr!("walk-objection", text = objection.as_str()))?;
            }
            let question = match objections.is_empty() {
                true => tr!("walk-end-ask"),
                false => tr!("walk-end-ask-all-the-same"),
            };
            let Some(answer) = talk.ask(&question)? else {
                return Ok(Step::Quit);
            };
            let picked = number(&answer).and_then(|number| columns.get(number.checked_sub(1)?));
            match (key(&answer), picked) {
                (Some(Key::Enter | Key::Yes), _) if self.is_readable().is_ok() => {
                    return Ok(Step::Done);
                }
                (Some(Key::Quit), _) => return Ok(Step::Quit),
                (Some(Key::Back), _) => {
                    return Ok(match self.order.len().checked_sub(1) {
                        Some(last) => Step::Column(last),
                        None => self.start(),
                    });
                }
                (_, Some(column)) => {
                    let column = *column;
                    if !self.ask_until_nothing_is_displaced(talk, column)? {
                        return Ok(Step::Quit);
                    }
                }
                _ => {}
            }
        }
    }

    /// Asks about a column, and then about those that have lost their field to it. `false` where somebody wants to leave.
    fn ask_until_nothing_is_displaced(
        &mut self,
        talk: &mut Talk<'_>,
        column: usize,
    ) -> io::Result<bool> {
        let mut next = Some(column);
        while let Some(column) = next {
            talk.headline(&shown(&self.name(column)))?;
            match self.ask(talk, column)? {
                Decided::On => next = self.displaced(),
                Decided::Back => return Ok(true),
                Decided::Quit => return Ok(false),
            }
        }
        Ok(true)
    }

    /// A column that has lost its field, and that nobody was asked about since.
    fn displaced(&self) -> Option<usize> {
        let mut guesses = self.proposal.columns.iter();
        guesses.position(|guess| guess.review == Review::Displaced)
    }

    /// What can't be right about the mapping.
    fn objections(&self) -> Vec<String> {
        let proposal = &self.proposal;
        let has = |field: Field| proposal.columns.iter().any(|guess| guess.field == field);
        let mut objections = Vec::new();
        if !proposal.has_name() {
            objections.push(tr!("walk-no-name"));
        }
        if !proposal.is_reachable() {
            objections.push(tr!("walk-unreachable"));
        }
        if has(Field::DayType) && !has(Field::Event("BIRTHDAY")) {
            objections.push(tr!("walk-day-type"));
        }
        objections.extend(self.is_readable().err());
        objections
    }

    /// Whether the mapping can be read back and fits the file, as it will be when it is used.
    fn is_readable(&self) -> Result<(), String> {
        readable(&self.proposal, self.survey)
    }
}

fn readable(proposal: &Proposal, survey: &Survey) -> Result<(), String> {
    let text = write::write(&proposal.spec(&survey.columns), &|_| Vec::new());
    let mapping = Path::new("mapping.toml");
    let file: MappingFile =
        (Document::new(mapping, text).read()).map_err(|error| error.to_string())?;
    let missing = Missing::Refuse {
        mapping,
        input: &survey.name,
    };
    Plan::compile(&file.mapping, survey.columns.clone(), missing)
        .map(|_| ())
        .map_err(|error| error.to_string())
}
