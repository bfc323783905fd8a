//! When a run stops before its end.

use std::collections::HashSet;

use tokio::sync::watch;

use super::Fate;
use crate::api::{Failure, FailureKind};

/// Why a run stopped before everything was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A person or the system asked for it.
    Asked,
    /// They asked again: what was under way is unknown.
    AskedTwice,
    /// An answer that every further record would get as well.
    Service(Failure),
    /// `stop_after` records in a row failed or became unknown.
    InARow { records: u32, failure: Failure },
    /// The service refused every record so far.
    RefusesEverything { records: u32, failure: Failure },
    /// The service could not be reached for any record so far.
    Unreachable { records: u32, failure: Failure },
    /// What earlier runs left unknown can't be looked up, and nothing was to be sent then.
    Unresolved { records: usize },
    /// The ledger can't be written; the error itself is what `send` returns.
    Ledger,
}

/// Tells everybody once that nothing more is to be started.
#[derive(Debug, Default)]
pub struct Halt(watch::Sender<Option<Why>>);

impl Halt {
    /// The first reason counts, but for a second request to stop. Says whether it was taken.
    pub fn call(&self, why: Why) -> bool {
        self.0.send_if_modified(|reason| {
            let counts = reason.is_none() || why == Why::AskedTwice;
            if counts {
                *reason = Some(why);
            }
            counts
        })
    }

    pub fn is_called(&self) -> bool {
        self.0.borrow().is_some()
    }

    pub fn why(&self) -> Option<Why> {
        self.0.borrow().clone()
    }

    /// Ends when it is called.
    pub async fn called(&self) {
        // The sender lives as long as this borrow, so there is no error.
        let _ = self.0.subscribe().wait_for(Option::is_some).await;
    }

    /// Ends when a person or the system asked to stop.
    pub(super) async fn called_by_hand(&self) {
        let by_hand = |why: &Option<Why>| matches!(why, Some(Why::Asked | Why::AskedTwice));
        let _ = self.0.subscribe().wait_for(by_hand).await;
    }

    /// Whether unknown records should still be looked up: not if somebody asked to stop, nor where a look can't help.
    pub(super) fn may_look(&self) -> bool {
        match &*self.0.borrow() {
            None | Some(Why::InARow { .. } | Why::RefusesEverything { .. }) => true,
            Some(Why::Unreachable { .. }) => true,
            Some(Why::Service(failure)) => failure.kind == FailureKind::Forbidden { quota: true },
            Some(Why::Asked | Why::AskedTwice | Why::Unresolved { .. } | Why::Ledger) => false,
        }
    }
}

/// Looks for signs that going on makes no sense.
#[derive(Debug, Default)]
pub(super) struct Watch {
    stop_after: u32,
    /// Failed or unknown, without anything else between them.
    in_a_row: u32,
    /// Since the first record of the round; once something was created, a service does not refuse everything.
    fine: bool,
    failed: u32,
    rejected: u32,
    /// What the refusals so far have said, as long as it is one thing or two.
    said: HashSet<(Option<u16>, Option<String>)>,
}

/// Records that are given up before anything was created, after which the service counts as not there: as many as are
/// sent at a time until then.
pub(super) const FIRST_SLOTS: u32 = 4;
/// Records refused for the same reason before anything was created, after which the service refuses everything.
const REFUSED_ALIKE: u32 = 10;
/// The same for refusals that differ.
const REFUSED_DIFFERENTLY: u32 = 30;

impl Watch {
    /// `fine` says that contacts were created before.
    pub(super) fn new(stop_after: u32, fine: bool) -> Self {
        Watch {
            stop_after,
            fine,
            ..Watch::default()
        }
    }

    /// Takes note of a record, and says whether to stop.
    pub(super) fn note(&mut self, fate: &Fate) -> Option<Why> {
        match fate {
            Fate::Created { .. } | Fate::Exists { .. } => {
                self.fine = true;
                self.in_a_row = 0;
                None
            }
            Fate::Held | Fate::NotSent => None,
            Fate::Rejected(failure) => self.rejected(failure),
            Fate::Failed(failure) => {
                self.failed += 1;
                let records = self.failed;
                let nobody_there = !self.fine && self.rejected == 0 && records >= FIRST_SLOTS;
                nobody_there
                    .then(|| Why::Unreachable {
                        records,
                        failure: failure.clone(),
                    })
                    .or(self.another_in_a_row(failure))
            }
            Fate::Unknown(failure) => self.another_in_a_row(failure),
        }
    }

    fn rejected(&mut self, failure: &Failure) -> Option<Why> {
        self.in_a_row = 0;
        self.rejected += 1;
        if self.said.len() < 2 {
            self.said.insert((failure.status, failure.code.clone()));
        }
        let most = match self.said.len() {
            1 => REFUSED_ALIKE,
            _ => REFUSED_DIFFERENTLY,
        };
        (!self.fine && self.rejected >= most).then(|| Why::RefusesEverything {
            records: self.rejected,
            failure: failure.clone(),
        })
    }

    fn another_in_a_row(&mut self, failure: &Failure) -> Option<Why> {
        self.in_a_row += 1;
        (self.stop_after > 0 && self.in_a_row >= self.stop_after).then(|| Why::InARow {
            records: self.in_a_row,
            failure: failure.clone(),
        })
    }
}
