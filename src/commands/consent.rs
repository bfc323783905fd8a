//! Whether what is planned may be sent: what the guards find, and what a person says.

use crate::cli::Import;
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::ledger::LedgerError;
use crate::terminal::Terminal;

/// Why nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Somebody said no.
    Declined,
    /// A guard has stopped it.
    Guarded,
    /// Nobody could be asked.
    NotAsked,
}

/// Why a step is the last one before the report, or before the end.
pub enum Stop {
    Held(Held),
    Failed(Failed),
}

impl From<Failed> for Stop {
    fn from(failed: Failed) -> Stop {
        Stop::Failed(failed)
    }
}

impl From<LedgerError> for Stop {
    fn from(error: LedgerError) -> Stop {
        Stop::Failed(error.into())
    }
}

/// What holds the run, if a step says so.
pub fn held(step: Result<(), Stop>) -> Result<Option<Held>, Failed> {
    match step {
        Ok(()) => Ok(None),
        Err(Stop::Held(held)) => Ok(Some(held)),
        Err(Stop::Failed(failed)) => Err(failed),
    }
}

impl Held {
    /// The exit code of a run that is held.
    pub fn exit(self) -> Option<Exit> {
        match self {
            Held::Declined => None,
            Held::Guarded => Some(Exit::Configuration),
            Held::NotAsked => Some(Exit::Usage),
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
    /// Puts what a guard finds to whoever can be asked; where nobody can, nothing is sent.
    pub fn guard(&self, find: impl FnOnce() -> Result<Vec<String>, Failed>) -> Result<(), Stop> {
        if !self.is_guarded {
            return Ok(());
        }
        let objections = find()?;
        if objections.is_empty() {
            return Ok(());
        }
        let Import {
            no_input,
            yes,
            plan,
            ..
        } = *self.import;
        let asker = match no_input || yes || plan {
            true => None,
            false => self.terminal.asker(),
        };
        let Some(asker) = asker else {
            objections.iter().for_each(|text| self.terminal.alarm(text));
            self.terminal.alarm(tr!("guarded"));
            return Err(Stop::Held(Held::Guarded));
        };
        objections.iter().for_each(|text| self.terminal.warn(text));
        match asker.confirm(&objections, &tr!("confirm-guard")) {
            true => Ok(()),
            false => Err(Stop::Held(Held::Declined)),
        }
    }

    /// Asks whether something may be written to the service, unless `--yes` says so. The sandbox needs neither.
    pub fn ask(&self, question: &str) -> Result<(), Stop> {
        if self.import.yes || self.is_sandbox {
            return Ok(());
        }
        let asker = match self.import.no_input {
            true => None,
            false => self.terminal.asker(),
        };
        let Some(asker) = asker else {
            self.terminal.alarm(match self.import.no_input {
                true => tr!("no-input-no-consent"),
                false => tr!("no-terminal"),
            });
            return Err(Stop::Held(Held::NotAsked));
        };
        match asker.confirm(&[], question) {
            true => Ok(()),
            false => Err(Stop::Held(Held::Declined)),
        }
    }
}
