//! `cardlift suggest`: a mapping for a CSV file as commented TOML, with the evidence for each column.
//!
//! At a terminal a person is walked through the columns, and the mapping is written to a file; else it goes to stdout, or to
//! the file that `--output` names.

mod ask;
mod choose;
mod save;
mod talk;
mod text;
mod walk;

use super::next::{self, Kept};
use super::reading::exit_of;
use crate::cli::Suggest;
use crate::exit::{Exit, Failed};
use crate::input::{self, Survey, percent};
use crate::lang::tr;
use crate::mapping::guess::{self, Proposal};
use crate::mapping::preset::{self, Recognised, SURE};
use crate::mapping::spec::Spec;
use crate::printable::shown;
use crate::source::encoding::TextEncoding;
use crate::terminal::{self, Terminal};
use ask::{ask_about_preset, ask_where};
use serde_json::{Value, json};
use std::io;
use std::path::{Path, PathBuf};
use talk::{Said, Talk};
use walk::walk;

/// Proposes a mapping for the file: that of the preset that fits, else one made from names and values.
pub fn run(suggest: &Suggest, terminal: &Terminal) -> Result<Exit, Failed> {
    if let Some(output) = &suggest.output
        && !suggest.force
        && output.exists()
    {
        let path = output.display().to_string();
        return Err(Failed::new(Exit::Usage, tr!("suggest-exists", path = path)));
    }
    let survey = survey(suggest)?;
    let recognised = preset::recognise(&survey.columns).into_iter().next();
    let proposal = guess::propose(&survey.columns, &survey.samples);
    let known = recognised.filter(|best| best.confidence >= SURE);
    let known = known.and_then(|best| {
        let spec = input::with_preset(&best, &survey.columns, &proposal).ok()?;
        spec.map(|spec| Known {
            best,
            spec,
            proposal,
        })
    });
    let asks = !suggest.no_input
        && suggest.file != Path::new("-")
        && terminal.can_converse()
        && !terminal.is_quiet()
        && !terminal.wants_json();
    match asks {
        true => converse(suggest, &survey, known.as_ref(), terminal),
        false => propose(suggest, &survey, known.as_ref(), terminal),
    }
}

fn survey(suggest: &Suggest) -> Result<Survey, Failed> {
    let encoding = suggest.encoding.as_deref().map(TextEncoding::from_label);
    let encoding = encoding
        .transpose()
        .map_err(|error| Failed::new(Exit::Usage, error.to_string()))?;
    let survey =
        input::survey(&suggest.file, encoding, suggest.sheet.as_deref()).map_err(|error| {
            Failed {
                exit: exit_of(&error),
                error: error.into(),
                problem: None,
            }
        })?;
    survey.ok_or_else(|| {
        let path = suggest.file.display().to_string();
        Failed::new(Exit::Usage, tr!("suggest-vcard", path = path))
    })
}

/// A preset that fits, and its mapping for the file, with that of plain columns that it does not know.
struct Known {
    best: Recognised,
    spec: Spec,
    /// What the columns are by their names.
    proposal: Proposal,
}

/// Writes what is proposed, without asking anything.
fn propose(
    suggest: &Suggest,
    survey: &Survey,
    known: Option<&Known>,
    terminal: &Terminal,
) -> Result<Exit, Failed> {
    let (body, proposal) = match known {
        Some(known) => (text::of_preset(survey, known), None),
        None => {
            let proposal = guess::propose(&survey.columns, &survey.samples);
            (text::of_proposal(survey, &proposal), Some(proposal))
        }
    };
    if terminal.wants_json() {
        terminal.json(&in_json(survey, known, proposal.as_ref(), &body))?;
    }
    let Some(output) = &suggest.output else {
        if terminal.wants_json() {
            return Ok(Exit::Done);
        }
        let try_it = tr!("toml-save");
        terminal.data(&format!("{}{body}", text::head(survey, &try_it)))?;
        return Ok(Exit::Done);
    };
    write(suggest, survey, output, &body, suggest.force)
        .map_err(|error| unwritten(output, &error))?;
    say_written(suggest, output, terminal);
    Ok(Exit::Done)
}

/// The mapping, and the preset or the guesses that it comes from.
fn in_json(
    survey: &Survey,
    known: Option<&Known>,
    proposal: Option<&Proposal>,
    mapping: &str,
) -> Value {
    let names = survey.columns.names().iter();
    let guesses = proposal.iter().flat_map(|proposal| &proposal.columns);
    let columns = names.zip(guesses).map(|(name, guess)| {
        json!({
            "column": name,
            "field": guess.field.called(),
            "confidence": f64::from(percent(guess.confidence)) / 100.0,
            "is_certain": guess.is_certain(),
            "reason": guess.reason,
        })
    });
    json!({
        "file": survey.name,
        "read_as": survey.read_as,
        "preset": known.map(|known| known.best.preset.name),
        "columns": columns.collect::<Vec<_>>(),
        "mapping": mapping,
    })
}

/// Walks a person through the columns, and writes the file that they name.
fn converse(
    suggest: &Suggest,
    survey: &Survey,
    known: Option<&Known>,
    terminal: &Terminal,
) -> Result<Exit, Failed> {
    let (mut input, mut output) = (io::stdin().lock(), io::stderr());
    let talk = Talk::new(&mut input, &mut output, terminal.has_colors());
    let mut talk = talk.within(terminal::columns());
    let body = match known {
        Some(known) => match ask_about_preset(&mut talk, survey, &known.best)? {
            Said::Yes => Some(text::of_preset(survey, known)),
            Said::No => {
                let check = next::command("check", &kept_files(suggest), &kept(suggest));
                talk.lines(&next::step(tr!("next-check-first"), check))?;
                return Ok(Exit::Done);
            }
            Said::Quit => None,
        },
        None => walk(&mut talk, survey)?.map(|decided| text::of_proposal(survey, &decided)),
    };
    let written = match body {
        None => None,
        Some(body) => match &suggest.output {
            Some(output) => {
                write(suggest, survey, output, &body, suggest.force)
                    .map_err(|error| unwritten(output, &error))?;
                Some(output.clone())
            }
            None => ask_where(&mut talk, &suggest.file, |path, over| {
                write(suggest, survey, path, &body, over)
            })?,
        },
    };
    match written {
        Some(path) => {
            say_written(suggest, &path, terminal);
            Ok(Exit::Done)
        }
        None => Err(Failed::new(Exit::Usage, tr!("suggest-nothing-written"))),
    }
}

fn write(
    suggest: &Suggest,
    survey: &Survey,
    path: &Path,
    body: &str,
    over: bool,
) -> io::Result<()> {
    let try_it = tr!("toml-try", command = check_with(suggest, path));
    save::save(
        path,
        &format!("{}{body}", text::head(survey, &try_it)),
        over,
    )
}

fn unwritten(path: &Path, error: &io::Error) -> Failed {
    Failed::new(Exit::Failure, save::complaint(path, error))
}

fn say_written(suggest: &Suggest, path: &Path, terminal: &Terminal) {
    let path_shown = path.display().to_string();
    terminal.say(tr!("suggest-written", path = path_shown));
    let check = check_with(suggest, path);
    for line in next::step(tr!("next-check-first"), check) {
        terminal.say(line);
    }
}

/// The command that checks the file with a mapping.
fn check_with(suggest: &Suggest, mapping: &Path) -> String {
    let kept = kept(suggest).option("--mapping", Some(mapping));
    next::command("check", &kept_files(suggest), &kept)
}

fn kept(suggest: &Suggest) -> Kept {
    Kept::default().option("--encoding", suggest.encoding.as_ref())
}

fn kept_files(suggest: &Suggest) -> Vec<PathBuf> {
    vec![suggest.file.clone()]
}

/// The first values of a column that differ, as they may be shown.
fn values(survey: &Survey, column: usize) -> Vec<String> {
    /// How many values of a column are shown.
    const VALUES: usize = 3;
    let mut values: Vec<String> = Vec::new();
    let cells = survey.samples.iter().filter_map(|row| row.get(column));
    let filled = cells
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty());
    for cell in filled {
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
