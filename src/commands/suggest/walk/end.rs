//! The mapping as a whole: what goes where, what can't be right about it, and the last chance to change it.

use super::{Question, Walk};
use crate::commands::suggest::talk::{Reply, Talk, cell, number};
use crate::document::Document;
use crate::exit::Failed;
use crate::lang::tr;
use crate::mapping::guess::{Field, Review};
use crate::mapping::spec::MappingFile;
use crate::mapping::{Missing, Plan, write};
use crate::printable::shown;
use std::path::Path;

impl Walk<'_> {
    /// Shows the whole mapping, and asks whether it is to be written. `None` if it is, else where to go on.
    pub(super) fn end(&mut self, talk: &mut Talk<'_>) -> Result<Option<Question>, Failed> {
        loop {
            let columns: Vec<usize> = (0..self.proposal.columns.len())
                .filter(|column| self.survey.columns.unique_name(*column).is_some())
                .collect();
            talk.headline(&tr!("walk-summary"))?;
            for (index, column) in columns.iter().enumerate() {
                let (name, field) = (cell(&self.name(*column), 30), self.field(*column));
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
            match talk.ask(&question)? {
                Reply::Enter | Reply::Yes if self.readable().is_ok() => return Ok(None),
                Reply::Back => {
                    let last = self.order.len().checked_sub(1);
                    return Ok(Some(last.map_or_else(|| self.start(), Question::Column)));
                }
                Reply::Text(text) => {
                    let picked = number(&text).and_then(|number| number.checked_sub(1));
                    if let Some(column) = picked.and_then(|index| columns.get(index)) {
                        self.ask_until_nothing_is_displaced(talk, *column)?;
                    }
                }
                _ => {}
            }
        }
    }

    /// Asks about a column, and then about those that have lost their field to it.
    fn ask_until_nothing_is_displaced(
        &mut self,
        talk: &mut Talk<'_>,
        column: usize,
    ) -> Result<(), Failed> {
        let mut next = Some(column);
        while let Some(column) = next {
            talk.headline(&shown(&self.name(column)))?;
            next = match self.ask(talk, column)? {
                true => self.displaced(),
                false => None,
            };
        }
        Ok(())
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
        objections.extend(self.readable().err());
        objections
    }

    /// Whether the mapping can be read back and fits the file, as it will be when it is used.
    fn readable(&self) -> Result<(), String> {
        let columns = &self.survey.columns;
        let text = write::write(&self.proposal.spec(columns), &|_| Vec::new());
        let mapping = Path::new("mapping.toml");
        let file: MappingFile =
            (Document::new(mapping, text).read()).map_err(|error| error.to_string())?;
        let missing = Missing::Refuse {
            mapping,
            input: &self.survey.name,
        };
        let plan = Plan::compile(&file.mapping, columns.clone(), missing);
        plan.map(drop).map_err(|error| error.to_string())
    }
}
