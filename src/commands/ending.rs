//! How an import ends: its exit code, and what is said about it.

use super::next;
use super::signals;
use crate::api::{Failure, FailureKind};
use crate::exit::Exit;
use crate::lang::tr;
use crate::report::{Outcome, Summary};
use crate::send::{Sent, Why};
use crate::terminal::Terminal;

/// The exit code that the outcomes come to.
pub fn exit_of(summary: &Summary, left_out: bool) -> Exit {
    let any = |outcomes: &[Outcome]| outcomes.iter().any(|outcome| summary.of(*outcome) > 0);
    let reached = [Outcome::Created, Outcome::Rejected, Outcome::Unknown];
    if any(&[Outcome::Failed]) && !any(&reached) {
        return Exit::Unavailable;
    }
    if any(&[Outcome::Unknown]) {
        Exit::Unknowns
    } else if left_out
        || summary.incomplete_duplicates + summary.not_unique + summary.gone_failed > 0
        || any(&[Outcome::Invalid, Outcome::Rejected, Outcome::Failed])
    {
        Exit::Rejects
    } else {
        Exit::Done
    }
}

/// Says why a run ended early, puts `again` (the same command) under what to do next, and gives the exit code.
pub fn explain_end(
    sent: &Sent,
    exit: Exit,
    terminal: &Terminal,
    again: String,
    next: &mut Vec<String>,
) -> Exit {
    let Some(why) = &sent.stopped else {
        if sent.limit_reached && exit != Exit::Unknowns {
            *next = next::step(tr!("next-limit"), again);
        }
        return exit;
    };
    *next = next::step(tr!("next-again"), again);
    let (because, text) = why_stopped(why, exit);
    terminal.alarm(text);
    exit.or(because)
}

/// Why a run ended early, with its exit code: `exit` where that is what became of its records.
pub fn why_stopped(why: &Why, exit: Exit) -> (Exit, String) {
    let after = |key, records: u32, failure: &Failure| tr!(key, count = records, failure);
    match why {
        Why::Asked | Why::AskedTwice => (signals::exit(), tr!("stopped-asked")),
        Why::Service(failure) => stop_text(failure),
        Why::InARow { records, failure } => (exit, after("stopped-in-a-row", *records, failure)),
        Why::RefusesEverything { records, failure } => (
            Exit::Unavailable,
            after("stopped-refuses-everything", *records, failure),
        ),
        Why::Unreachable { records, failure } => (
            Exit::Unavailable,
            after("stopped-unreachable", *records, failure),
        ),
        Why::Unresolved { records } => (Exit::Unknowns, tr!("stopped-unresolved", count = records)),
        Why::Ledger => (Exit::Failure, tr!("stopped-ledger")),
    }
}

/// Why further requests would fail like this one, which was tried as often as it makes sense, with the exit code.
pub fn stop_text(failure: &Failure) -> (Exit, String) {
    let (exit, key) = match failure.kind {
        FailureKind::TokenExpired | FailureKind::Credentials(_) => {
            (Exit::NoPermission, "stopped-credentials")
        }
        FailureKind::Forbidden { quota: false } => (Exit::NoPermission, "stopped-forbidden"),
        FailureKind::Forbidden { quota: true } => (Exit::NoPermission, "stopped-quota"),
        FailureKind::WrongAddress => (Exit::Configuration, "stopped-address"),
        _ => (Exit::Unavailable, "service-unusable"),
    };
    (exit, tr!(key, failure))
}
