//! Why the program ends: the exit codes, which others script against.

use crate::document::ConfigError;
use crate::ledger::{ErrorKind, LedgerError};
use std::process::ExitCode;

/// A reason to end, with the exit code that stands for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All done, or nothing to do.
    Done = 0,
    /// Something unexpected failed, or the report can't be written.
    Failure = 1,
    /// The command line is wrong, or nobody can be asked.
    Usage = 2,
    /// Finished, but some records need a person.
    Rejects = 3,
    /// Finished, but outcomes remain unknown.
    Unknowns = 4,
    /// No input could be read as CSV or vCard.
    NoData = 65,
    /// An input is missing.
    NoInput = 66,
    /// The service can't be reached, or refuses every record.
    Unavailable = 69,
    /// Another run holds the ledger.
    Held = 75,
    /// Credentials or scope are refused.
    NoPermission = 77,
    /// The configuration is wrong.
    Configuration = 78,
    /// Interrupted; the same command goes on where it stopped.
    Interrupted = 130,
    /// Terminated; the same command goes on where it stopped.
    Terminated = 143,
}

impl Exit {
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The one of two that apply which the program ends with.
    #[must_use]
    pub fn or(self, other: Exit) -> Exit {
        match other.rank() < self.rank() {
            true => other,
            false => self,
        }
    }

    /// Smaller is more urgent. What ended a run early goes before what became of its records.
    fn rank(self) -> u8 {
        match self {
            Exit::Interrupted | Exit::Terminated => 0,
            Exit::Failure => 1,
            Exit::Unavailable | Exit::Held | Exit::NoPermission | Exit::Configuration => 2,
            Exit::Usage | Exit::NoData | Exit::NoInput => 3,
            Exit::Unknowns => 4,
            Exit::Rejects => 5,
            Exit::Done => 6,
        }
    }
}

/// Has a file that reaches the size limit of the process (`ulimit -f`) make a write fail, instead of ending the process.
pub fn survive_file_size_limit() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        // Any handler does: what it is told is in the error of the write.
        let kind = SignalKind::from_raw(rustix::process::Signal::XFSZ.as_raw());
        // Where it can't be handled, the limit ends the process as before.
        let _ = signal(kind);
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}

/// An error together with the exit code that it ends the program with.
#[derive(Debug)]
pub struct Failed {
    pub exit: Exit,
    /// What a person is told; may have several lines.
    pub error: anyhow::Error,
    /// A stable name of the problem for scripts, where it has one.
    pub problem: Option<&'static str>,
}

impl Failed {
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Failed {
            exit,
            error: anyhow::Error::msg(message.into()),
            problem: None,
        }
    }

    /// The same with a name for scripts.
    #[must_use]
    pub fn named(self, problem: &'static str) -> Self {
        Failed {
            problem: Some(problem),
            ..self
        }
    }

    /// One line for scripts: `{"ok":false,"exit":77,"problem":"wrong_client","error":"…"}`.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "ok": false,
            "exit": self.exit.code(),
            "problem": self.problem,
            "error": format!("{:#}", self.error),
        })
    }
}

/// Makes a [`Failed`] of an exit code and a text of the catalogue: `failed!(EXIT, KEY, path)`, with the values of `tr!`.
macro_rules! failed {
    ($exit:ident, $($text:tt)+) => {
        $crate::exit::Failed::new($crate::exit::Exit::$exit, $crate::lang::tr!($($text)+))
    };
}
pub(crate) use failed;

impl<E: Into<anyhow::Error>> From<E> for Failed {
    fn from(error: E) -> Self {
        let error = error.into();
        let exit = match error.downcast_ref() {
            Some(error) => of_ledger(error),
            _ if error.is::<ConfigError>() => Exit::Configuration,
            _ => Exit::Failure,
        };
        Failed {
            exit,
            error,
            problem: None,
        }
    }
}

fn of_ledger(error: &LedgerError) -> Exit {
    match error.kind {
        ErrorKind::Held(_) | ErrorKind::HeldBy(_) | ErrorKind::Displaced => Exit::Held,
        ErrorKind::Unreachable(_) => Exit::Unavailable,
        ErrorKind::Refused(_) | ErrorKind::Forbidden(_) => Exit::NoPermission,
        ErrorKind::Pooled | ErrorKind::Unsafe(_) => Exit::Configuration,
        _ => Exit::Failure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_exit_codes_the_most_urgent_one_is_given() {
        let ordered = [
            Exit::Interrupted,
            Exit::Configuration,
            Exit::Unknowns,
            Exit::Rejects,
            Exit::Done,
        ];
        for (place, first) in ordered.iter().enumerate() {
            for second in &ordered[place..] {
                assert_eq!(first.or(*second), *first);
                assert_eq!(second.or(*first), *first);
            }
        }
    }
}
