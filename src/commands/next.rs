//! The one command to run next, as a line that can be copied.

use crate::cli::{Import, LedgerArgs, Reading};
use crate::ledger::RunRow;
use crate::report::{Advice, Summary};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The options that a next command keeps, since without them it would read or send something else. The ledger has those of a
/// run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kept(Vec<(Cow<'static, str>, Option<String>)>);

impl Kept {
    /// Those of a run, as the ledger has them; version 0.1 noted none.
    pub fn of_run(run: &RunRow) -> Kept {
        serde_json::from_str(&run.info.command).unwrap_or_default()
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("they are texts")
    }

    /// An option with a value, where it was given.
    pub fn option(mut self, name: &'static str, value: Option<impl AsRef<Path>>) -> Kept {
        if let Some(value) = value {
            let value = value.as_ref().display().to_string();
            self.0.push((name.into(), Some(value)));
        }
        self
    }

    /// Which configuration and ledger.
    pub fn ledger(self, args: &LedgerArgs) -> Kept {
        self.option("--config", args.config.as_ref())
            .option("--ledger", args.ledger.as_ref())
    }

    /// These, and those of `others` that are not among them.
    pub fn or(mut self, others: Kept) -> Kept {
        let is_new = |(name, _): &(_, _)| !self.0.iter().any(|(known, _)| known == name);
        let (new, _): (Vec<_>, Vec<_>) = others.0.into_iter().partition(is_new);
        self.0.extend(new);
        self
    }

    fn only(&self, names: &[&str]) -> Kept {
        let kept = self.0.iter().filter(|(name, _)| names.contains(&&**name));
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
            kept.0.push(("--sandbox".into(), None));
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

/// What to do after a check: fix and check again, or import.
pub fn after_check(summary: &Summary, reading: &Reading) -> Vec<String> {
    let Some(advice) = summary.advice(false) else {
        return Vec::new();
    };
    let verb = match advice {
        Advice::Import => "import",
        _ => "check",
    };
    let kept = Kept::default().reading(reading);
    step(advice.phrase().text(), command(verb, &reading.files, &kept))
}

/// What to do after an import: settle what is unknown, or else fix what was not created, unless all that was not created only
/// failed.
pub fn after_import(
    summary: &Summary,
    files: &[PathBuf],
    rejects: &[PathBuf],
    kept: &Kept,
) -> Vec<String> {
    let Some(advice) = summary.advice(!rejects.is_empty()) else {
        return Vec::new();
    };
    let command = match &advice {
        Advice::Resolve(run) => {
            let kept = kept.only(&["--config", "--ledger"]);
            command("resolve", &[run.into()], &kept)
        }
        Advice::FixRejects(_) => command("import", rejects, kept),
        _ => command("import", files, kept),
    };
    step(advice.phrase().text(), command)
}

/// A line that says why, and the command below it.
pub fn step(why: String, command: String) -> Vec<String> {
    vec![why, format!("  {command}")]
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
