//! `cardlift suggest`: a mapping for a CSV file as commented TOML, with the evidence for each column.

use super::reading::exit_of;
use crate::cli::Suggest;
use crate::exit::{Exit, Failed};
use crate::input::{self, Survey, percent};
use crate::mapping::guess::{self, Proposal};
use crate::mapping::preset::{self, Recognised, SURE};
use crate::mapping::{fit, write};
use crate::report::message::{plain, shown};
use crate::source::encoding::TextEncoding;
use crate::terminal::Terminal;

/// How many values of a column are shown.
const VALUES: usize = 3;

/// Writes a mapping for the file to stdout: that of the preset that fits, else one that is proposed from names and values.
pub fn run(suggest: &Suggest, terminal: &Terminal) -> Result<Exit, Failed> {
    let encoding = suggest.encoding.as_deref().map(TextEncoding::from_label);
    let encoding = encoding
        .transpose()
        .map_err(|error| Failed::new(Exit::Usage, error.to_string()))?;
    let survey = input::survey(&suggest.file, encoding).map_err(|error| Failed {
        exit: exit_of(&error),
        error: error.into(),
        problem: None,
    })?;
    let Some(survey) = survey else {
        let file = suggest.file.display();
        let message =
            format!("{file}: is a vCard file, which needs no mapping; import it as it is");
        return Err(Failed::new(Exit::Usage, message));
    };
    let recognised = preset::recognise(&survey.columns).into_iter().next();
    let text = match recognised.filter(|best| best.confidence >= SURE) {
        Some(best) => of_preset(&survey, &best),
        None => of_names(&survey),
    };
    terminal.data(&text)?;
    Ok(Exit::Done)
}

fn of_preset(survey: &Survey, best: &Recognised) -> String {
    let preset = best.preset;
    let sure = percent(best.confidence);
    let known = meant_by(preset.spec.columns().iter().flatten(), survey);
    let mut text = head(survey);
    text.push_str(&format!(
        "# It is an export that cardlift knows: {} ({sure} % sure). This is the mapping of the preset\n# `{}` for the columns that the file has; it is used without being named, too.\n\n",
        preset.title, preset.name
    ));
    let fitted = fit::fit(&preset.spec, &survey.columns);
    let ignored = meant_by(fitted.ignore.iter(), survey);
    let name = preset.name;
    text.push_str(&write::write(&fitted, &|column| {
        comments(column, survey, &|column| match (
            known.contains(&column),
            ignored.contains(&column),
        ) {
            (true, false) => format!("{sure} %: the preset `{name}` maps it so"),
            (true, true) => {
                format!("{sure} %: the preset `{name}` has no place for it; it is carried over")
            }
            (false, _) => format!("the preset `{name}` does not know it; it is carried over"),
        })
    }));
    text
}

/// The columns of the file that these names mean.
fn meant_by<'n>(names: impl Iterator<Item = &'n String>, survey: &Survey) -> Vec<usize> {
    names
        .flat_map(|name| fit::meant(name, &survey.columns))
        .collect()
}

fn of_names(survey: &Survey) -> String {
    let proposal = guess::propose(&survey.columns, &survey.samples);
    let mut text = head(survey);
    text.push_str(&verdict(&proposal, survey));
    let spec = proposal.spec(&survey.columns);
    text.push_str(&write::write(&spec, &|name| {
        comments(name, survey, &|column| {
            let guess = &proposal.columns[column];
            let doubt = if guess.is_certain() {
                ""
            } else {
                "PLEASE CHECK, "
            };
            let sure = percent(guess.confidence);
            format!("{doubt}{sure} % {}: {}", guess.field.called(), guess.reason)
        })
    }));
    text
}

fn head(survey: &Survey) -> String {
    let file = shown(&survey.name);
    format!(
        "# A mapping for {file}, read as {}.\n# Save it as mapping.toml, change what is wrong, and try it: cardlift check FILE --mapping mapping.toml\n",
        plain(&survey.read_as)
    )
}

fn verdict(proposal: &Proposal, survey: &Survey) -> String {
    let doubtful = proposal
        .columns
        .iter()
        .filter(|guess| !guess.is_certain())
        .count();
    let rows = survey.samples.len();
    let columns = proposal.columns.len();
    let said = match doubtful {
        0 if proposal.is_certain() => "All are certain, so the file can be imported without this mapping, too.".to_owned(),
        0 => "No contact can be created from it: it has no name, or neither an e-mail nor a telephone.".to_owned(),
        doubtful => format!("{doubtful} of them are not certain; each of these says PLEASE CHECK."),
    };
    format!(
        "# It fits no export that cardlift knows. This is proposed from the names of its {columns} columns and the values of {rows} rows.\n# {said} Columns in `ignore` are carried over: they are in the report, not in the contact.\n\n"
    )
}

/// What is said of the columns that a name of the mapping means, a line for each and one for its values.
fn comments(name: &str, survey: &Survey, about: &dyn Fn(usize) -> String) -> Vec<String> {
    let mut lines = Vec::new();
    for column in fit::meant(name, &survey.columns) {
        let title = shown(survey.columns.names()[column].trim());
        lines.push(format!("{title}: {}", about(column)));
        let values = values(survey, column);
        if !values.is_empty() {
            lines.push(format!("  such as {}", values.join(", ")));
        }
    }
    lines
}

/// The first values of a column that differ.
fn values(survey: &Survey, column: usize) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    let cells = survey.samples.iter().filter_map(|row| row.get(column));
    for cell in cells
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
    {
        let value = shown(cell);
        if !values.contains(&value) {
            values.push(value);
        }
        if values.len() == VALUES {
            break;
        }
    }
    values
}
