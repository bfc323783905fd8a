//! Finding out what became of unknown records: by looking, several times, and never by sending again blindly.
//!
//! Why it is done this way is argued in [`super`].

use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt};
use jiff::{SignedDuration, Timestamp};

use super::look::{Look, Wanted};
use super::matching::{assign, undisputed};
use super::{Context, Event};
use crate::api::ListQuery;
use crate::failpoint;
use crate::lang::{self, tr};
use crate::ledger::{
    Applied, Candidate, LOOKALIKE, LOOKUP_INCOMPLETE, LedgerError, RecordId, Step, Unknown,
};

/// How often an unknown record is looked for before it counts as not created.
const LOOKS: u32 = 3;

/// So many contacts that may be a record's are named in its message; `cardlift resolve` lists all.
const NAMED: usize = 3;

/// Steps that are handed to the writer at a time.
const STEPS: usize = 64;

impl Context<'_> {
    /// Looks up everything that is unknown at this service, in any run. Nothing may be under way.
    ///
    /// Returns whether the service could be read for it. What is left unknown when this returns stays so.
    pub(super) async fn resolve(&self) -> Result<bool, LedgerError> {
        let mut wanted = self.wanted().await?;
        let settled = self.last_unknown.get() + self.settings.settle;
        let mut look = 1;
        while !wanted.is_empty() {
            if !self.wait_for(look, settled, wanted.len()).await {
                return Ok(true);
            }
            let is_last = look == LOOKS;
            self.tell(Event::Looking {
                unknown: wanted.len(),
                look,
                of: LOOKS,
            });
            failpoint::pass("look.before");
            let seen = tokio::select! {
                () = self.halt.called_by_hand() => return Ok(true),
                seen = self.look(&wanted, is_last) => seen?,
            };
            failpoint::pass("look.after");
            // What can't be read now may be readable when it matters.
            look = match seen.failure {
                Some(_) => LOOKS.max(look + 1),
                None => look + 1,
            };
            wanted = self.settle_claims(wanted, &seen, is_last).await?;
            if is_last {
                let unknown = wanted.len();
                let failure = seen.failure.filter(|_| unknown > 0);
                let can_look = failure.is_none();
                if let Some(failure) = failure {
                    self.tell(Event::CantLook { unknown, failure });
                }
                return Ok(can_look);
            }
        }
        Ok(true)
    }

    /// The unknown records, those with the latest attempts first: what they can claim, earlier ones can claim as well, so
    /// they have to choose first.
    async fn wanted(&self) -> Result<Vec<Wanted>, LedgerError> {
        let mut unknowns = self.ledger.unknowns(self.run)?;
        unknowns.reverse();
        let ahead = match unknowns.iter().all(|unknown| unknown.is_timed) {
            true => SignedDuration::ZERO,
            false => self.ahead_of_the_service().await,
        };
        unknowns
            .into_iter()
            .map(|unknown| {
                let seen_before = self.ledger.seen_before(unknown.run)?;
                let settle = SignedDuration::try_from(self.settings.settle).unwrap_or_default();
                Ok(Wanted::new(unknown, seen_before, settle, ahead))
            })
            .collect()
    }

    /// How far this machine's clock is ahead of the service's, which has to show it once; zero if it does not.
    async fn ahead_of_the_service(&self) -> SignedDuration {
        if self.client.service_time().is_none() {
            let one = ListQuery {
                count: Some(1),
                ..ListQuery::default()
            };
            tokio::select! {
                () = self.halt.called_by_hand() => {}
                _ = self.client.list(&one, None) => {}
            }
        }
        let service = self.client.service_time();
        service.map_or(SignedDuration::ZERO, |now| {
            Timestamp::now().duration_since(now)
        })
    }

    /// Waits until it is time for a look: the first is at once, the last not before everything has settled. False if somebody
    /// wants to stop.
    async fn wait_for(&self, look: u32, settled: Instant, unknown: usize) -> bool {
        let left = settled.saturating_duration_since(Instant::now());
        let wait = match look {
            1 => Duration::ZERO,
            LOOKS.. => left.max(self.settings.settle / 10),
            _ => (left / 2).max(self.settings.settle / 10),
        };
        if !wait.is_zero() {
            self.tell(Event::Settling { unknown, wait });
        }
        tokio::select! {
            biased;
            () = self.halt.called_by_hand() => false,
            () = tokio::time::sleep(wait) => true,
        }
    }

    /// Writes down what a look has shown, and returns what is unknown still.
    async fn settle_claims(
        &self,
        wanted: Vec<Wanted>,
        seen: &Look,
        is_last: bool,
    ) -> Result<Vec<Wanted>, LedgerError> {
        let mut claims = seen.claims.clone();
        if !is_last {
            let payloads: Vec<_> = wanted
                .iter()
                .map(|wanted| &*wanted.unknown.payload)
                .collect();
            claims = undisputed(&claims, &payloads);
        }
        let given = assign(&claims);
        // With whether it resolves the record.
        let step = |(index, wanted): (usize, &Wanted)| {
            let unknown = &wanted.unknown;
            Some(match given[index] {
                Some(contact) => {
                    let contact_id = seen.contacts[contact].contact_id.clone();
                    (Step::found(unknown.id, contact_id), true)
                }
                None if !is_last => return None,
                None => match seen.lookalikes_left(index, &given) {
                    likes if likes.is_empty() && seen.is_proof[index] => {
                        (self.not_found(unknown), true)
                    }
                    likes => (seen.unresolved(unknown.id, likes), false),
                },
            })
        };
        let steps: Vec<_> = wanted.iter().enumerate().map(step).collect();
        let left: Vec<_> = stream::iter(wanted.into_iter().zip(steps))
            .map(async |(wanted, step)| {
                let is_resolved = match step {
                    Some((step, resolves)) => {
                        self.writer.apply(step).await? == Applied::Done && resolves
                    }
                    None => false,
                };
                Ok::<_, LedgerError>((!is_resolved).then_some(wanted))
            })
            .buffered(STEPS)
            .collect()
            .await;
        left.into_iter().filter_map(Result::transpose).collect()
    }

    fn not_found(&self, unknown: &Unknown) -> Step {
        let most = self.settings.max_attempts.saturating_mul(2);
        let gives_up = unknown.run == self.run && unknown.unknown_attempts >= most;
        Step::not_found(unknown.id, gives_up)
    }
}

impl Look {
    /// The lookalikes of a record that were given to no other.
    fn lookalikes_left(&self, record: usize, given: &[Option<usize>]) -> Vec<Candidate> {
        let left =
            (self.lookalikes[record].iter()).filter(|(place, _)| !given.contains(&Some(*place)));
        left.map(|(place, differs)| Candidate {
            contact_id: self.contacts[*place].contact_id.clone(),
            differs: differs.clone(),
        })
        .collect()
    }
    /// A record stays unknown for the contacts that resemble it, or because not all could be seen.
    fn unresolved(&self, record: RecordId, candidates: Vec<Candidate>) -> Step {
        let (code, message) = match &self.failure {
            _ if !candidates.is_empty() => (LOOKALIKE, named(&candidates)),
            Some(failure) => {
                let text = tr!("lookup-failed", failure = failure.to_string());
                (LOOKUP_INCOMPLETE, text)
            }
            None => (LOOKUP_INCOMPLETE, tr!("lookup-incomplete")),
        };
        Step::unresolved(record, code, message, candidates)
    }
}

/// The first of the contacts that may be a record's, and how many more there are.
fn named(candidates: &[Candidate]) -> String {
    let said = candidates
        .iter()
        .take(NAMED)
        .map(|one| tr!("lookalike", id = one.contact_id, differs = one.differs));
    let said = lang::joined(said).unwrap_or_default();
    match candidates.len().saturating_sub(NAMED) {
        0 => said,
        more => tr!("told-more", places = said, count = more),
    }
}
