//! Whether what is planned may be sent: what the guards object to, and what a person says.

use crate::cli::Import;
use crate::exit::Exit;
use crate::lang::{Phrase, keyed, tr};
use crate::terminal::{Asker, Terminal};

/// Why nothing is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// Somebody said no.
    Declined,
    /// Guards have stopped it. This is what they say, as the last thing.
    Guarded(Vec<Phrase>),
    /// Nobody could be asked.
    NotAsked,
}

impl Held {
    /// The exit code of a run that is held.
    pub fn exit(&self) -> Option<Exit> {
        match self {
            Held::Declined => None,
            Held::Guarded(_) => Some(Exit::Configuration),
            Held::NotAsked => Some(Exit::Usage),
        }
    }

    /// What the guards say.
    pub fn objections(&self) -> &[Phrase] {
        match self {
            Held::Guarded(objections) => objections,
            Held::Declined | Held::NotAsked => &[],
        }
    }
}

/// Who is asked, and whether the guards are on.
pub struct Consent<'a> {
    pub terminal: &'a Terminal,
    pub import: &'a Import,
    pub is_sandbox: bool,
    pub is_guarded: bool,
}

impl Consent<'_> {
    /// Whether a person may overrule a guard.
    pub fn may_overrule(&self) -> bool {
        self.overruler().is_some()
    }

    fn overruler(&self) -> Option<Asker> {
        let import = self.import;
        let no_input = import.yes || import.plan || import.no_input;
        self.terminal.asker(no_input)
    }

    /// Puts what the guards object to before whoever can be asked; where nobody can, nothing is sent.
    pub fn guard(&self, mut objections: Vec<Phrase>) -> Option<Held> {
        if objections.is_empty() {
            return None;
        }
        let Some(asker) = self.overruler() else {
            objections.push(keyed!("guarded"));
            return Some(Held::Guarded(objections));
        };
        let about: Vec<String> = objections.iter().map(Phrase::text).collect();
        about.iter().for_each(|text| self.terminal.warn(text));
        let agreed = asker.confirm(&about, &tr!("confirm-guard"));
        (!agreed).then_some(Held::Declined)
    }

    /// Asks whether something may be written to the service, unless `--yes` says so. The sandbox needs neither. `about` is what
    /// was said of it.
    pub fn ask(&self, about: &[String], question: &str) -> Option<Held> {
        if self.import.yes || self.is_sandbox {
            return None;
        }
        let Some(asker) = self.terminal.asker(self.import.no_input) else {
            self.terminal.alarm(match self.import.no_input {
                true => tr!("no-input-no-consent"),
                false => tr!("no-terminal"),
            });
            return Some(Held::NotAsked);
        };
        (!asker.confirm(about, question)).then_some(Held::Declined)
    }
}
