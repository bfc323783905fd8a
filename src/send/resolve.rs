//! Finding out what became of unknown records: by looking, several times, and never by sending again blindly.
//!
//! Why it is done this way is argued in [`super`].

use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt};
use jiff::Timestamp;

use super::look::{Look, Wanted};
use super::matching::{assign, undisputed};
use super::{Context, Event};
use crate::api::Failure;
use crate::failpoint;
use crate::ledger::{Applied, LedgerError, Step, Unknown};

/// How often an unknown record is looked for before it counts as not created.
const LOOKS: u32 = 3;

/// Steps that are handed to the writer at a time.
const STEPS: usize = 64;

impl Context<'_> {
    /// Looks up everything that is unknown at this service, in any run. Nothing may be under way.
    ///
    /// Returns why some of it could not be looked up, if so. What is left unknown when this returns stays so.
    pub(super) async fn resolve(&self) -> Result<Option<Failure>, LedgerError> {
        let mut wanted = self.wanted()?;
        let Some(settled) = self.settled()?.filter(|_| !wanted.is_empty()) else {
            return Ok(None);
        };
        let mut look = 1;
        while !wanted.is_empty() {
            if !self.wait_for(look, settled, wanted.len()).await {
                return Ok(None);
            }
            let is_last = look == LOOKS;
            self.tell(Event::Looking {
                unknown: wanted.len(),
                look,
                of: LOOKS,
            });
            failpoint::pass("look.before");
            let seen = tokio::select! {
                () = self.halt.called_by_hand() => return Ok(None),
                seen = self.look(&wanted, is_last) => seen?,
            };
            failpoint::pass("look.after");
            // What can't be read now may be readable when it matters.
            look = if seen.failure.is_some() {
                LOOKS.max(look + 1)
            } else {
                look + 1
            };
            wanted = self.settle_claims(wanted, &seen, is_last).await?;
            if is_last {
                return Ok(self.left(wanted.len(), seen.failure));
            }
        }
        Ok(None)
    }

    /// The unknown records, those with the latest attempts first: what they can claim, earlier ones can claim as well, so
    /// they have to choose first.
    fn wanted(&self) -> Result<Vec<Wanted>, LedgerError> {
        let mut unknowns = self.ledger.unknowns(self.run)?;
        unknowns.reverse();
        unknowns
            .into_iter()
            .map(|unknown| {
                let seen_before = self.ledger.seen_before(unknown.run)?;
                Ok(Wanted::new(unknown, seen_before))
            })
            .collect()
    }

    /// When everything that open attempts can have created is there, if there are any.
    ///
    /// The ledger has the time of day at which the last of them ended, and that clock may have been set since. Set back, it
    /// must not make us wait for hours: all attempts have ended by now, so `settle` from now is enough. Set forward, it must
    /// not make us look too early: for the attempts of this process another clock says how long ago they ended.
    fn settled(&self) -> Result<Option<Instant>, LedgerError> {
        let Some(ended) = self.ledger.last_unknown()? else {
            return Ok(None);
        };
        let settle = self.settings.settle;
        let ago = Duration::try_from(Timestamp::now().duration_since(ended)).unwrap_or_default();
        let by_ledger = Instant::now() + settle.saturating_sub(ago);
        let by_process = self.last_unknown.get().map(|ended| ended + settle);
        Ok(by_process.max(Some(by_ledger)))
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
        let steps = wanted.iter().enumerate().filter_map(|(index, wanted)| {
            if let Some(contact) = given[index] {
                return Some((
                    index,
                    self.found(wanted, &seen.contacts[contact].contact_id),
                ));
            }
            let gone = is_last && seen.is_proof[index];
            gone.then(|| (index, self.not_found(&wanted.unknown)))
        });
        let applied: Vec<_> = stream::iter(steps)
            .map(async |(index, step)| {
                Ok::<_, LedgerError>((index, self.apply_and_tell(step).await?))
            })
            .buffer_unordered(STEPS)
            .collect()
            .await;
        let mut is_open = vec![true; wanted.len()];
        for applied in applied {
            let (index, is_resolved) = applied?;
            is_open[index] = !is_resolved;
        }
        let mut is_open = is_open.into_iter();
        Ok(wanted
            .into_iter()
            .filter(|_| is_open.next().unwrap_or(true))
            .collect())
    }

    fn found(&self, wanted: &Wanted, contact_id: &str) -> Step {
        Step::Found {
            record: wanted.unknown.id,
            contact_id: contact_id.to_owned(),
        }
    }

    fn not_found(&self, unknown: &Unknown) -> Step {
        let most = self.settings.max_attempts.saturating_mul(2);
        Step::NotFound {
            record: unknown.id,
            give_up: unknown.run == self.run && unknown.unknown_attempts >= most,
        }
    }

    /// Whether the record is resolved.
    async fn apply_and_tell(&self, step: Step) -> Result<bool, LedgerError> {
        let event = match &step {
            Step::Found { record, contact_id } => Event::Resolved {
                record: *record,
                contact_id: Some(contact_id.clone()),
            },
            Step::NotFound { record, .. } => Event::Resolved {
                record: *record,
                contact_id: None,
            },
            _ => unreachable!("only these two resolve"),
        };
        let is_resolved = self.writer.apply(step).await? == Applied::Done;
        if is_resolved {
            self.tell(event);
        }
        Ok(is_resolved)
    }

    fn left(&self, unknown: usize, failure: Option<Failure>) -> Option<Failure> {
        let failure = failure.filter(|_| unknown > 0)?;
        self.tell(Event::CantLook {
            unknown,
            failure: failure.clone(),
        });
        Some(failure)
    }
}
