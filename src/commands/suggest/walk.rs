//! Walking a person through the columns of a file: what is clear in one question, everything else column by column.

use super::choose::{called, choose, named};
use super::talk::{Reply, Talk, cell, clipped, number};
use super::values;
use crate::document::Document;
use crate::exit::Failed;
use crate::input::{Survey, percent};
use crate::lang::tr;
use crate::mapping::guess::{Field, Proposal, Review};
use crate::mapping::spec::MappingFile;
use crate::mapping::{Missing, Plan, write};
use crate::printable::shown;
use std::io;
use std::path::Path;

/// From so many columns on that are clear, they are accepted together.
const TOGETHER: usize = 2;

/// What a person decides on, column by column, beginning with what is proposed.
pub(super) fn walk(
    talk: &mut Talk<'_>,
    survey: &Survey,
    proposal: Proposal,
) -> Result<Proposal, Failed> {
    let mut walk = Walk::new(survey, proposal);
    walk.greet(talk)?;
    let mut question = walk.start();
    loop {
        question = match question {
            Question::Clear => walk.clear(talk)?,
            Question::Column(at) => walk.column(talk, at)?,
            Question::End => match walk.end(talk)? {
                Some(question) => question,
                None => return Ok(walk.proposal),
            },
        };
    }
}

/// Where the conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    /// What is clear, all together.
    Clear,
    /// A column, by its place in the order of the questions.
    Column(usize),
    /// The mapping as a whole.
    End,
}

struct Walk<'s> {
    survey: &'s Survey,
    proposal: Proposal,
    /// What was proposed before anybody was asked.
    proposed: Proposal,
    /// The columns of which the proposal is certain, where they are asked about together.
    clear: Vec<usize>,
    /// The columns that are asked about one by one, in this order.
    order: Vec<usize>,
}

impl<'s> Walk<'s> {
    fn new(survey: &'s Survey, proposal: Proposal) -> Walk<'s> {
        let columns = 0..survey.columns.names().len();
        let (clear, doubtful): (Vec<usize>, Vec<usize>) = columns
            .filter(|column| survey.columns.unique_name(*column).is_some())
            .partition(|column| proposal.columns[*column].is_certain());
        let mut walk = Walk {
            survey,
            proposed: proposal.clone(),
            proposal,
            clear,
            order: doubtful,
        };
        if walk.clear.len() < TOGETHER {
            walk.review_all();
        }
        walk
    }

    fn start(&self) -> Question {
        match self.clear.is_empty() {
            false => Question::Clear,
            true => self.at(0),
        }
    }

    /// The question about a column of the order, or what comes after the last one.
    fn at(&self, at: usize) -> Question {
        match at < self.order.len() {
            true => Question::Column(at),
            false => Question::End,
        }
    }

    /// Every column is asked about by itself, in the order of the file.
    fn review_all(&mut self) {
        self.order.append(&mut self.clear);
        self.order.sort_unstable();
    }

    fn greet(&self, talk: &mut Talk<'_>) -> io::Result<()> {
        let survey = self.survey;
        let (file, encoding) = (survey.name.as_str(), survey.encoding.name());
        let (columns, rows) = (survey.columns.names().len(), survey.samples.len());
        talk.say(&tr!("walk-greeting", file, encoding, columns, rows))?;
        talk.say(&tr!("walk-unknown-export"))?;
        let names = survey.columns.names().iter().enumerate();
        let unnamed = names
            .filter(|(index, name)| name.trim().is_empty() && !values(survey, *index).is_empty());
        match unnamed.count() {
            0 => Ok(()),
            count => talk.say(&tr!("walk-unnamed", count)),
        }
    }

    /// The name of a column, as it may be shown.
    fn name(&self, column: usize) -> String {
        let name = self.survey.columns.unique_name(column);
        name.unwrap_or_default()
    }

    /// The field of a column, as lists show it.
    fn field(&self, column: usize) -> String {
        match self.proposal.columns[column].field {
            Field::Nothing => tr!("walk-carried"),
            field => field.path(),
        }
    }

    fn clear(&mut self, talk: &mut Talk<'_>) -> Result<Question, Failed> {
        let (clear, all) = (self.clear.len(), self.clear.len() + self.order.len());
        talk.headline(&tr!("walk-clear", clear, all))?;
        for column in &self.clear {
            let name = cell(&self.name(*column), 22);
            let field = cell(&self.field(*column), 28);
            let values = values(self.survey, *column);
            let values: Vec<&str> = values.iter().map(|value| value.trim_matches('`')).collect();
            let values = clipped(&values.join(", "), 25);
            talk.say(&format!("  {name} {field} {values}"))?;
        }
        loop {
            match talk.ask(&tr!("walk-clear-ask"))? {
                Reply::Enter | Reply::Yes => return Ok(self.at(0)),
                Reply::R | Reply::No => {
                    self.review_all();
                    return Ok(Question::Column(0));
                }
                _ => {}
            }
        }
    }

    fn column(&mut self, talk: &mut Talk<'_>, at: usize) -> Result<Question, Failed> {
        let column = self.order[at];
        let (name, of) = (shown(&self.name(column)), self.order.len());
        talk.headline(&tr!("walk-column", at = at + 1, of, name))?;
        let is_decided = self.ask(talk, column)?;
        // A column that has lost its field has moved behind this one.
        let now = self.order.iter().position(|one| *one == column);
        let at = now.unwrap_or(at);
        Ok(match is_decided {
            true => self.at(at + 1),
            false if at > 0 => Question::Column(at - 1),
            false => self.start(),
        })
    }

    /// Shows what there is to know about a column, and asks until something is decided. `false` is back to the one before.
    fn ask(&mut self, talk: &mut Talk<'_>, column: usize) -> Result<bool, Failed> {
        let guess = &self.proposal.columns[column];
        let (field, reason) = (called(guess.field), guess.reason.as_str());
        let shown = match values(self.survey, column) {
            values if values.is_empty() => tr!("walk-no-values"),
            values => tr!("walk-values", values = values.join(", ")),
        };
        let proposed = match guess.review {
            Review::Nothing => tr!("walk-proposal", field, sure = percent(guess.confidence)),
            Review::Decided | Review::Displaced => tr!("walk-decided", field),
        };
        for line in [shown, proposed, tr!("walk-why", reason)] {
            talk.say(&format!("  {line}"))?;
        }
        loop {
            let choice = match talk.ask(&tr!("walk-ask"))? {
                Reply::Enter | Reply::Yes => Some(self.proposal.columns[column].field),
                Reply::NotMapped => Some(Field::Nothing),
                Reply::Field | Reply::No => choose(talk, &Field::all())?,
                Reply::Back => return Ok(false),
                Reply::R => None,
                Reply::Text(name) => match named(&name) {
                    Ok(fields) => choose(talk, &fields)?,
                    Err(said) => {
                        talk.say(&said)?;
                        None
                    }
                },
            };
            match choice {
                Some(field) if self.take(talk, column, field)? => return Ok(true),
                _ => {}
            }
        }
    }

    /// Puts a column into a field, unless another one has it and keeps it.
    fn take(&mut self, talk: &mut Talk<'_>, column: usize, field: Field) -> Result<bool, Failed> {
        if let Some(rival) = self.proposal.rival(column, field) {
            let (name, other) = (self.name(column), self.name(rival));
            let (path, shown_name, other) = (field.path(), shown(&name), shown(&other));
            talk.say(&tr!("walk-taken", field = path, other))?;
            let question = tr!("walk-taken-ask", name = shown_name, other);
            if talk.ask(&question)? != Reply::R {
                return Ok(false);
            }
            self.proposal.displace(rival, &name);
            self.ask_again(rival, column);
        }
        let reason = match self.proposed.columns[column].field == field {
            true => tr!("reason-accepted"),
            false => tr!("reason-chosen"),
        };
        self.proposal.choose(column, field, reason);
        talk.say(&format!("  → {}", called(field)))?;
        let rows = self.survey.samples.iter();
        let values = rows.filter_map(|row| row.get(column)).map(String::as_str);
        if let Some(looks) = field.contradiction(&values.collect::<Vec<_>>()) {
            let text = tr!("walk-contradicted", looks = looks.to_string());
            talk.say(&tr!("walk-objection", text))?;
        }
        Ok(true)
    }

    /// Sees that a column that has lost its field is asked about after this one.
    fn ask_again(&mut self, lost: usize, now: usize) {
        self.clear.retain(|column| *column != lost);
        self.order.retain(|column| *column != lost);
        let at = self.order.iter().position(|column| *column == now);
        let behind = at.map_or(self.order.len(), |at| at + 1);
        self.order.insert(behind, lost);
    }

    /// Shows the whole mapping, and asks whether it is to be written. `None` if it is, else where to go on.
    fn end(&mut self, talk: &mut Talk<'_>) -> Result<Option<Question>, Failed> {
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
                talk.say(&tr!("walk-objection", text = objection))?;
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

#[cfg(test)]
mod tests;
