//! Walking a person through the columns of a file: what is clear in one question, everything else column by column.

mod end;

use super::choose::{Answer, Choice, called, choose, named};
use super::talk::{Key, Talk, cell, clipped, key};
use super::values;
use crate::input::{Survey, percent};
use crate::lang::tr;
use crate::mapping::guess::{self, Field, Proposal, Review};
use crate::printable::shown;
use std::io;

/// From so many columns on that are clear, they are accepted together.
const TOGETHER: usize = 2;

/// What a person decides on, column by column. Nothing where they leave, or nobody answers any more.
pub(super) fn walk(talk: &mut Talk<'_>, survey: &Survey) -> io::Result<Option<Proposal>> {
    let proposal = guess::propose(&survey.columns, &survey.samples);
    let mut walk = Walk::new(survey, proposal);
    walk.greet(talk)?;
    let mut step = walk.start();
    loop {
        step = match step {
            Step::Clear => walk.clear(talk)?,
            Step::Column(at) => walk.column(talk, at)?,
            Step::End => walk.end(talk)?,
            Step::Quit => return Ok(None),
            Step::Done => return Ok(Some(walk.proposal)),
        };
    }
}

/// Where the conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// What is clear, all together.
    Clear,
    /// A column, by its place in the order of the questions.
    Column(usize),
    /// The mapping as a whole.
    End,
    Quit,
    Done,
}

/// What became of the question about a column.
enum Decided {
    On,
    Back,
    Quit,
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

    fn start(&self) -> Step {
        match (self.clear.is_empty(), self.order.is_empty()) {
            (false, _) => Step::Clear,
            (true, false) => Step::Column(0),
            (true, true) => Step::End,
        }
    }

    /// Every column is asked about by itself, in the order of the file.
    fn review_all(&mut self) {
        self.order.append(&mut self.clear);
        self.order.sort_unstable();
    }

    fn greet(&self, talk: &mut Talk<'_>) -> io::Result<()> {
        let survey = self.survey;
        talk.say(&tr!(
            "walk-greeting",
            file = survey.name.as_str(),
            encoding = survey.encoding.name(),
            columns = survey.columns.names().len(),
            rows = survey.samples.len()
        ))?;
        talk.say(&tr!("walk-unknown-export"))?;
        let names = survey.columns.names().iter().enumerate();
        let unnamed = names
            .filter(|(index, name)| name.trim().is_empty() && !values(survey, *index).is_empty());
        match unnamed.count() {
            0 => Ok(()),
            count => talk.say(&tr!("walk-unnamed", count = count)),
        }
    }

    /// The name of a column, as it may be shown.
    fn name(&self, column: usize) -> String {
        let name = self.survey.columns.unique_name(column);
        name.unwrap_or_default()
    }

    fn clear(&mut self, talk: &mut Talk<'_>) -> io::Result<Step> {
        let (clear, all) = (self.clear.len(), self.clear.len() + self.order.len());
        talk.headline(&tr!("walk-clear", clear = clear, all = all))?;
        for column in &self.clear {
            let field = self.proposal.columns[*column].field;
            let field = match field {
                Field::Nothing => tr!("walk-carried"),
                field => field.path(),
            };
            let (name, field) = (cell(&self.name(*column), 22), cell(&field, 28));
            let values = values(self.survey, *column);
            let values: Vec<&str> = values.iter().map(|value| value.trim_matches('`')).collect();
            let values = clipped(&values.join(", "), 25);
            talk.say(&format!("  {name} {field} {values}"))?;
        }
        loop {
            let Some(answer) = talk.ask(&tr!("walk-clear-ask"))? else {
                return Ok(Step::Quit);
            };
            match key(&answer) {
                Some(Key::Enter | Key::Yes) if self.order.is_empty() => return Ok(Step::End),
                Some(Key::Enter | Key::Yes) => return Ok(Step::Column(0)),
                Some(Key::R | Key::No) => {
                    self.review_all();
                    return Ok(Step::Column(0));
                }
                Some(Key::Quit) => return Ok(Step::Quit),
                _ => {}
            }
        }
    }

    fn column(&mut self, talk: &mut Talk<'_>, at: usize) -> io::Result<Step> {
        let column = self.order[at];
        let title = tr!(
            "walk-column",
            at = at + 1,
            of = self.order.len(),
            name = shown(&self.name(column))
        );
        talk.headline(&title)?;
        let decided = self.ask(talk, column)?;
        // A column that has lost its field has moved behind this one.
        let at = self
            .order
            .iter()
            .position(|one| *one == column)
            .unwrap_or(at);
        Ok(match decided {
            Decided::On if at + 1 < self.order.len() => Step::Column(at + 1),
            Decided::On => Step::End,
            Decided::Back if at > 0 => Step::Column(at - 1),
            Decided::Back => self.start(),
            Decided::Quit => Step::Quit,
        })
    }

    /// Shows what there is to know about a column, and asks until something is decided.
    fn ask(&mut self, talk: &mut Talk<'_>, column: usize) -> io::Result<Decided> {
        let values = values(self.survey, column);
        talk.say(&match values.is_empty() {
            true => format!("  {}", tr!("walk-no-values")),
            false => format!("  {}", tr!("walk-values", values = values.join(", "))),
        })?;
        let guess = &self.proposal.columns[column];
        let (field, reason) = (called(guess.field), guess.reason.as_str());
        let sure = percent(guess.confidence);
        let proposed = match guess.review {
            Review::Nothing => tr!("walk-proposal", field = field, sure = sure),
            Review::Decided | Review::Displaced => tr!("walk-decided", field = field),
        };
        talk.say(&format!("  {proposed}"))?;
        talk.say(&format!("  {}", tr!("walk-why", reason = reason)))?;
        loop {
            let Some(answer) = talk.ask(&tr!("walk-ask"))? else {
                return Ok(Decided::Quit);
            };
            let choice = match key(&answer) {
                Some(Key::Enter | Key::Yes) => {
                    let field = self.proposal.columns[column].field;
                    Choice::Field(field)
                }
                Some(Key::Carry) => Choice::Field(Field::Nothing),
                Some(Key::Field | Key::No) => choose(talk, &Field::all())?,
                Some(Key::Back) => return Ok(Decided::Back),
                Some(Key::Quit) => return Ok(Decided::Quit),
                Some(Key::R) => continue,
                None => match named(&answer) {
                    Answer::Fields(fields) => choose(talk, &fields)?,
                    Answer::Unknown(said) => {
                        talk.say(&said)?;
                        continue;
                    }
                },
            };
            match choice {
                Choice::Quit => return Ok(Decided::Quit),
                Choice::Back => continue,
                Choice::Field(field) => {
                    if self.take(talk, column, field)? {
                        return Ok(Decided::On);
                    }
                }
            }
        }
    }

    /// Puts a column into a field, unless another one has it and keeps it.
    fn take(&mut self, talk: &mut Talk<'_>, column: usize, field: Field) -> io::Result<bool> {
        if let Some(rival) = self.proposal.rival(column, field) {
            let (name, other) = (self.name(column), self.name(rival));
            let (path, shown_name, other) = (field.path(), shown(&name), shown(&other));
            talk.say(&tr!("walk-taken", field = path, other = other.as_str()))?;
            let answer = talk.ask(&tr!("walk-taken-ask", name = shown_name, other = other))?;
            if answer.as_deref().and_then(key) != Some(Key::R) {
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
            talk.say(&tr!("walk-objection", text = text))?;
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
}

#[cfg(test)]
mod tests;
