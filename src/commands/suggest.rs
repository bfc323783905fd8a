//! `cardlift suggest`: a mapping for a CSV file as commented TOML, with the evidence for each column.
//!
//! At a terminal a person is walked through the columns, and the mapping is written to a file; else it goes to stdout, or to
//! the file that `--output` names.

mod choose;
mod talk;
mod text;
mod walk;

use super::next::{self, Kept};
use crate::cli::Suggest;
use crate::exit::{Exit, Failed, failed};
use crate::input::{self, Survey, percent};
use crate::lang::tr;
use crate::mapping::guess::{self, Proposal};
use crate::mapping::preset::{self, Recognised, SURE};
use crate::mapping::spec::Spec;
use crate::printable::shown;
use crate::source::encoding::TextEncoding;
use crate::terminal::{self, Terminal};
use serde_json::{Value, json};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use talk::{Reply, Talk};
use walk::walk;

/// Proposes a mapping for the file: that of the preset that fits, else one made from names and values. A person is asked about
/// it where there is one.
pub fn run(suggest: &Suggest, terminal: &Terminal) -> Result<Exit, Failed> {
    if let Some(output) = &suggest.output
        && !suggest.force
        && output.exists()
    {
        return Err(failed!(Usage, "suggest-exists", path = output));
    }
    let survey = survey(suggest)?;
    let proposal = guess::propose(&survey.columns, &survey.samples);
    let known = known(&survey, &proposal);
    let mut talk = talk(suggest, terminal);
    if let (Some(talk), Some(known)) = (&mut talk, &known)
        && !wants_to_change(talk, &survey, &known.best)?
    {
        let check = check_with(suggest, None);
        talk.lines(&next::step(tr!("next-check-first"), check))?;
        return Ok(Exit::Done);
    }
    let body = match (&mut talk, &known) {
        (_, Some(known)) => text::of_preset(&survey, known, &proposal),
        (Some(talk), None) => text::of_proposal(&survey, &walk(talk, &survey, proposal.clone())?),
        (None, None) => text::of_proposal(&survey, &proposal),
    };
    terminal.json(&in_json(&survey, known.as_ref(), &proposal, &body))?;
    let write = |path: &Path, over: bool| {
        let try_it = tr!("toml-try", command = check_with(suggest, Some(path)));
        save(path, &(text::head(&survey, &try_it) + &body), over)
    };
    let path = match (&suggest.output, &mut talk) {
        (Some(output), _) => {
            write(output, suggest.force)
                .map_err(|error| Failed::new(Exit::Failure, complaint(output, &error)))?;
            output.clone()
        }
        (None, Some(talk)) => ask_where(talk, &suggest.file, write)?,
        (None, None) if terminal.wants_json() => return Ok(Exit::Done),
        (None, None) => {
            let head = text::head(&survey, &tr!("toml-save"));
            terminal.data(&(head + &body))?;
            return Ok(Exit::Done);
        }
    };
    terminal.say(tr!("suggest-written", path));
    let check = check_with(suggest, Some(&path));
    for line in next::step(tr!("next-check-first"), check) {
        terminal.say(line);
    }
    Ok(Exit::Done)
}

fn survey(suggest: &Suggest) -> Result<Survey, Failed> {
    let encoding = suggest.encoding.as_deref().map(TextEncoding::from_label);
    let encoding = encoding.transpose();
    let encoding = encoding.map_err(|error| Failed::new(Exit::Usage, error.to_string()))?;
    let survey = input::survey(&suggest.file, encoding, suggest.sheet.as_deref())?;
    survey.ok_or_else(|| failed!(Usage, "suggest-vcard", path = &suggest.file))
}

/// A preset that fits, and its mapping for the file, with that of plain columns that it does not know.
struct Fitting {
    best: Recognised,
    spec: Spec,
}

fn known(survey: &Survey, proposal: &Proposal) -> Option<Fitting> {
    let best = preset::recognise(&survey.columns).filter(|best| best.confidence >= SURE)?;
    let spec = input::with_preset(&best, &survey.columns, proposal).ok()??;
    Some(Fitting { best, spec })
}

/// The conversation with the person who sees all of it; nothing where there is none.
fn talk(suggest: &Suggest, terminal: &Terminal) -> Option<Talk<'static>> {
    let asks = !suggest.no_input
        && suggest.file != Path::new("-")
        && terminal.can_converse()
        && !terminal.is_quiet()
        && !terminal.wants_json();
    asks.then(|| Talk {
        input: Box::new(io::stdin().lock()),
        output: Box::new(io::stderr()),
        bold: terminal.has_colors(),
        columns: terminal::columns(),
    })
}

/// Asks whether to write the mapping of a preset, which is used without being written, too.
fn wants_to_change(
    talk: &mut Talk<'_>,
    survey: &Survey,
    best: &Recognised,
) -> Result<bool, Failed> {
    let (file, title) = (survey.name.as_str(), best.preset.title());
    let (sure, name) = (percent(best.confidence), best.preset.name);
    talk.say(&tr!("walk-preset", file, title, sure, name))?;
    talk.confirm(&tr!("walk-preset-write"))
}

/// The mapping, and the preset or the guesses that it comes from.
fn in_json(survey: &Survey, known: Option<&Fitting>, proposal: &Proposal, mapping: &str) -> Value {
    let names = survey.columns.names().iter();
    let guesses = proposal.columns.iter().filter(|_| known.is_none());
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

/// The command that checks the file, with a mapping if there is one.
fn check_with(suggest: &Suggest, mapping: Option<&Path>) -> String {
    let kept = Kept::default()
        .option("--encoding", suggest.encoding.as_ref())
        .option("--mapping", mapping);
    next::command("check", std::slice::from_ref(&suggest.file), &kept)
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
    for value in filled.map(shown) {
        if values.len() < VALUES && !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// Writes a file; one that is there is replaced only with `over`.
///
/// # Errors
/// `AlreadyExists` where the file is there and `over` is not set; else what the operating system says.
fn save(path: &Path, text: &str, over: bool) -> io::Result<()> {
    let mut options = OpenOptions::new();
    match over {
        true => options.create(true).truncate(true),
        false => options.create_new(true),
    };
    let mut file = options.write(true).open(path)?;
    file.write_all(text.as_bytes())
}

/// What is said of a file that could not be written.
fn complaint(path: &Path, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AlreadyExists => tr!("suggest-exists", path),
        _ => tr!("suggest-unwritable", path, error),
    }
}

/// Asks where to write until it is written by `write`, which gets the path and whether a file there may be lost. Returns the
/// path.
fn ask_where(
    talk: &mut Talk<'_>,
    input: &Path,
    write: impl Fn(&Path, bool) -> io::Result<()>,
) -> Result<PathBuf, Failed> {
    let offered = offered(input);
    loop {
        let path = match talk.ask(&tr!("walk-where", name = &offered))? {
            Reply::Enter | Reply::Yes => offered.clone(),
            Reply::Text(name) => named(&name),
            _ => continue,
        };
        let over = path.exists() && !path.is_dir();
        if over && !talk.confirm(&tr!("walk-overwrite", path))? {
            continue;
        }
        match write(&path, over) {
            Ok(()) => return Ok(path),
            Err(error) => talk.say(&complaint(&path, &error))?,
        }
    }
}

/// The file that a typed name means: never the address book itself, and never a word that was meant as something else.
fn named(answer: &str) -> PathBuf {
    match Path::new(answer).extension() {
        Some(end) if end.eq_ignore_ascii_case("toml") => answer.into(),
        _ => format!("{answer}.toml").into(),
    }
}

/// The name that is offered: `mapping.toml`, or one made from the input's where that is there.
fn offered(input: &Path) -> PathBuf {
    let usual = PathBuf::from("mapping.toml");
    let stem = input.file_stem().unwrap_or_default().to_string_lossy();
    let own = PathBuf::from(format!("{stem}.mapping.toml"));
    match usual.exists() && !own.exists() {
        true => own,
        false => usual,
    }
}
