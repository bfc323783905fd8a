//! How an import ends: its exit code, and what is said about it.

use crate::api::Stop;
use crate::exit::Exit;
use crate::report::{Outcome, Summary};
use crate::send::{Sent, Why};
use crate::terminal::{Terminal, counted};

/// The exit code that the outcomes come to.
pub fn exit_of(summary: &Summary, left_out: bool) -> Exit {
    let any = |outcomes: &[Outcome]| outcomes.iter().any(|outcome| summary.of(*outcome) > 0);
    if any(&[Outcome::Unknown]) {
        Exit::Unknowns
    } else if left_out || any(&[Outcome::Invalid, Outcome::Rejected, Outcome::Failed]) {
        Exit::Rejects
    } else {
        Exit::Done
    }
}

/// Says why a run ended early, and gives the exit code for it.
pub fn explain_end(
    sent: &Sent,
    signal: Exit,
    exit: Exit,
    terminal: &Terminal,
    next: &mut Vec<String>,
) -> Exit {
    if sent.limit_reached {
        next.push("The limit is reached; run the same command again for the rest".into());
    }
    let resume = || {
        "Run the same command again: it goes on where it stopped, and creates nothing twice"
            .to_owned()
    };
    let Some(why) = &sent.stopped else {
        if exit == Exit::Unknowns {
            next.push("What is unknown is looked up by the next run of the same command, before it sends anything".into());
        }
        return exit;
    };
    let (exit, text) = match why {
        Why::Asked | Why::AskedTwice => (signal, "Interrupted.".into()),
        Why::Service { stop, failure } => stop_text(*stop, &failure.to_string()),
        Why::InARow { records, failure } => (
            exit,
            format!(
                "Stopped after {} in a row that failed or are unknown; the last answer: {failure}",
                counted(u64::from(*records), "record")
            ),
        ),
        Why::RefusesEverything { records, failure } => (
            Exit::Unavailable,
            format!(
                "The service refused each of the first {}: {failure}",
                counted(u64::from(*records), "record")
            ),
        ),
        Why::Unreachable { records, failure } => (
            Exit::Unavailable,
            format!(
                "The service can't be reached (tried for {}): {failure}; check api.base_url and the network",
                counted(u64::from(*records), "record")
            ),
        ),
        Why::Unresolved { records } => (
            Exit::Unknowns,
            format!(
                "{} of earlier runs may be in the service, which can't be searched, so nothing was sent; see that it can be read (`cardlift auth`), or send the others with --no-guard",
                counted(*records as u64, "record")
            ),
        ),
        Why::Ledger => (Exit::Failure, "The ledger can't be written.".into()),
    };
    terminal.alarm(text);
    next.push(resume());
    exit
}

/// Why every further request would fail alike, with its exit code.
pub fn stop_text(stop: Stop, failure: &str) -> (Exit, String) {
    match stop {
        Stop::Credentials => (
            Exit::NoPermission,
            format!(
                "The credentials are refused: {failure}; get a new token, or see `cardlift auth`"
            ),
        ),
        Stop::Forbidden => (
            Exit::NoPermission,
            format!(
                "The service does not allow it: {failure}; the app needs the scope `contact`, and the account the right to change contacts"
            ),
        ),
        Stop::Quota => (
            Exit::NoPermission,
            format!(
                "The service has no room for more contacts: {failure}; contacts in the trash count too: empty it, or enlarge the plan"
            ),
        ),
        Stop::WrongAddress => (
            Exit::Configuration,
            format!("There is no such service: {failure}; check api.base_url"),
        ),
    }
}
