//! A mapping as TOML with the evidence for each column above it.

use super::{Fitting, values};
use crate::input::{Survey, percent};
use crate::lang::tr;
use crate::mapping::guess::{Guess, Proposal, Review};
use crate::mapping::{fit, write};
use crate::printable::{plain, shown};

/// The first lines: what it is for, and what to do with it.
pub(super) fn head(survey: &Survey, try_it: &str) -> String {
    let (file, read_as) = (shown(&survey.name), plain(&survey.read_as));
    comment(&tr!("toml-for", file, read_as)) + &comment(try_it)
}

/// The mapping of a preset for the columns that the file has.
pub(super) fn of_preset(survey: &Survey, known: &Fitting, proposal: &Proposal) -> String {
    let preset = known.best.preset;
    let (name, sure) = (preset.name, percent(known.best.confidence));
    let spec = &known.spec;
    let of_maker = fit::all_meant(
        preset.file.mapping.columns().iter().flatten(),
        &survey.columns,
    );
    let title = preset.title();
    let mut text = comment(&tr!("toml-preset", title, sure, name));
    text.push('\n');
    let fitted = fit::fit(spec, &survey.columns);
    let ignored = fit::all_meant(&fitted.ignore, &survey.columns);
    text.push_str(&write::write(&fitted, &|column| {
        comments(column, survey, &|column| match (
            of_maker.contains(&column),
            ignored.contains(&column),
        ) {
            (true, false) => tr!("toml-preset-maps", sure, name),
            (true, true) => tr!("toml-preset-carries", sure, name),
            (false, true) => tr!("toml-preset-ignores", name),
            (false, false) => of_column(&proposal.columns[column]),
        })
    }));
    text
}

/// The mapping that is proposed, or that a person has decided on.
pub(super) fn of_proposal(survey: &Survey, proposal: &Proposal) -> String {
    let mut text = verdict(proposal, survey);
    text.push('\n');
    let spec = proposal.spec(&survey.columns);
    text.push_str(&write::write(&spec, &|name| {
        comments(name, survey, &|column| of_column(&proposal.columns[column]))
    }));
    text
}

/// What is proposed for a column, and why.
fn of_column(guess: &Guess) -> String {
    let (field, reason) = (guess.field.called(), guess.reason.as_str());
    let sure = percent(guess.confidence);
    if guess.review == Review::Decided {
        tr!("toml-column-decided", field, reason)
    } else if guess.is_certain() {
        tr!("toml-column", sure, field, reason)
    } else {
        tr!("toml-column-doubtful", sure, field, reason)
    }
}

fn comment(text: &str) -> String {
    text.lines().map(|line| format!("# {line}\n")).collect()
}

fn verdict(proposal: &Proposal, survey: &Survey) -> String {
    let columns = proposal.columns.iter();
    let doubtful = columns.filter(|guess| !guess.is_certain()).count();
    let (rows, columns) = (survey.samples.len(), proposal.columns.len());
    let mut guesses = proposal.columns.iter();
    let is_decided = guesses.any(|guess| guess.review == Review::Decided);
    let said = match doubtful {
        _ if !(proposal.has_name() && proposal.is_reachable()) => tr!("toml-unusable"),
        _ if is_decided => tr!("toml-decided"),
        0 => tr!("toml-certain"),
        doubtful => tr!("toml-doubtful", count = doubtful),
    };
    let names = comment(&tr!("toml-names", columns, rows));
    names + &comment(&tr!("toml-verdict", said))
}

/// What is said of the columns that a name of the mapping means, a line for each and one for its values.
fn comments(name: &str, survey: &Survey, about: &dyn Fn(usize) -> String) -> Vec<String> {
    let mut lines = Vec::new();
    for column in fit::meant(name, &survey.columns) {
        let title = shown(survey.columns.names()[column].trim());
        lines.push(format!("{title}: {}", about(column)));
        let values = values(survey, column);
        if !values.is_empty() {
            let such_as = tr!("toml-such-as", values = values.join(", "));
            lines.push(format!("  {such_as}"));
        }
    }
    lines
}
