//! The one command to run next, as a line that can be copied.

use crate::cli::{Import, Reading};
use crate::lang::tr;
use crate::report::message::{ONLY_IN_DUPLICATE, is_known};
use crate::report::{Outcome, Summary};
use std::path::{Path, PathBuf};

/// The options that a next command keeps, since without them it would read or send something else.
#[derive(Clone, Debug, Default)]
pub struct Kept(Vec<(&'static str, Option<String>)>);

impl Kept {
    /// An option with a value, where it was given.
    pub fn option(mut self, name: &'static str, value: Option<impl AsRef<Path>>) -> Kept {
        if let Some(value) = value {
            let value = value.as_ref().display().to_string();
            self.0.push((name, Some(value)));
        }
        self
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(one, _)| *one == name)
    }

    fn only(&self, names: &[&str]) -> Kept {
        let kept = self.0.iter().filter(|(name, _)| names.contains(name));
        Kept(kept.cloned().collect())
    }

    /// How inputs are read.
    pub fn reading(self, reading: &Reading) -> Kept {
        self.option("--config", reading.read_as.config.as_ref())
            .option("--mapping", reading.read_as.mapping.as_ref())
            .option("--encoding", reading.read_as.encoding.as_ref())
            .option("--sheet", reading.read_as.sheet.as_ref())
    }

    /// All of an import that does not concern this one run alone.
    pub fn import(import: &Import) -> Kept {
        let mut kept = Kept::default()
            .reading(&import.reading)
            .option("--ledger", import.ledger.as_ref())
            .option("--rate", import.rate.map(|rate| format!("{rate}/min")));
        if import.sandbox {
            kept.0.push(("--sandbox", None));
        }
        kept
    }
}

/// `cardlift VERB FILE… OPTION…`, quoted for a shell.
pub fn command(verb: &str, files: &[PathBuf], kept: &Kept) -> String {
    let mut text = format!("cardlift {verb}");
    for file in files {
        text.push(' ');
        text.push_str(&quoted(&file.display().to_string()));
    }
    for (name, value) in &kept.0 {
        text.push(' ');
        text.push_str(name);
        if let Some(value) = value {
            text.push(' ');
            text.push_str(&quoted(value));
        }
    }
    text
}

/// What to do after a check: mend and check again, or import.
pub fn after_check(summary: &Summary, reading: &Reading) -> Vec<String> {
    let kept = Kept::default().reading(reading);
    if summary.of(Outcome::Invalid) + summary.incomplete_duplicates > 0 {
        let why = tr!("next-check", code = telling(summary));
        return step(why, command("check", &reading.files, &kept));
    }
    if summary.of(Outcome::Valid) == 0 {
        return Vec::new();
    }
    step(tr!("next-import"), command("import", &reading.files, &kept))
}

/// What to do after an import: settle what is unknown, or else mend what was not created, unless all that was not created only
/// failed.
pub fn after_import(
    summary: &Summary,
    files: &[PathBuf],
    rejects: &[PathBuf],
    kept: &Kept,
) -> Vec<String> {
    if let Some(run) = summary.resolve.as_ref().filter(|_| !kept.has("--sandbox")) {
        let kept = kept.only(&["--config", "--ledger"]);
        return step(
            tr!("next-resolve"),
            command("resolve", &[run.into()], &kept),
        );
    }
    if summary.of(Outcome::Unknown) > 0 {
        return step(tr!("next-unknown"), command("import", files, kept));
    }
    let to_fix = summary.of(Outcome::Invalid)
        + summary.of(Outcome::Rejected)
        + summary.incomplete_duplicates;
    let to_send = summary.of(Outcome::Failed) + summary.of(Outcome::NotAttempted);
    if to_fix == 0 && to_send > 0 {
        return step(tr!("next-again"), command("import", files, kept));
    }
    if rejects.is_empty() {
        return Vec::new();
    }
    let any = |outcomes: &[Outcome]| outcomes.iter().any(|outcome| summary.of(*outcome) > 0);
    if summary.incomplete_duplicates > 0 || any(&[Outcome::Invalid, Outcome::Rejected]) {
        let why = tr!("next-rejects", code = telling(summary));
        return step(why, command("import", rejects, kept));
    }
    let why = match any(&[Outcome::Created]) {
        true => tr!("next-again"),
        false => tr!("next-unreached"),
    };
    step(why, command("import", files, kept))
}

/// A line that says why, and the command below it.
pub fn step(why: String, command: String) -> Vec<String> {
    vec![why, format!("  {command}")]
}

/// The commonest problem that `cardlift explain-code` has a page about.
fn telling(summary: &Summary) -> String {
    let commonest = summary.commonest();
    let mut codes = commonest.iter().map(|(code, _, _)| *code);
    let other = match summary.incomplete_duplicates {
        0 => Outcome::Rejected.as_str(),
        _ => ONLY_IN_DUPLICATE,
    };
    codes
        .find(|code| is_known(code))
        .unwrap_or(other)
        .to_owned()
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:\\+=@%,".contains(c);
    if !word.is_empty() && word.chars().all(plain) && (cfg!(windows) || !word.contains('\\')) {
        word.to_owned()
    } else if cfg!(windows) {
        format!("\"{word}\"")
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_can_be_copied_into_a_shell() {
        let kept = Kept::default().option("--mapping", Some("our mapping.toml"));
        let files = ["주소록.csv".into(), "it's.csv".into()];
        assert_eq!(
            command("check", &files, &kept),
            r"cardlift check 주소록.csv 'it'\''s.csv' --mapping 'our mapping.toml'"
        );
    }
}
