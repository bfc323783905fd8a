//! Sending: every planned record becomes a contact exactly once, or it is said why not.
//!
//! [`send`] takes what a run has planned, sends it through the [`Client`] at its pace and writes every step into the
//! [ledger](crate::ledger). It knows neither files nor reports nor the terminal; what happens is told as [`Event`]s.
//!
//! # The course of a run
//! 1. What earlier runs left unknown is looked up, before anything is sent (`resolve`).
//! 2. What the service holds already is noted: contacts that were there before can't be ours (`baseline`).
//! 3. The planned records are sent, several at a time (`round`), each with as many attempts as it may have (`record`).
//! 4. When nothing is under way any more, what became unknown is looked up. Not found: it is planned again, and the run
//!    goes back to 3.
//!
//! # Why nothing is created twice and nothing is lost
//! Call an attempt *open* when its request left and it is not known what it did: time-out, reset, 500, 502, 504, a 201 that
//! can't be read or names another record's contact, a crash. The argument rests on what the service is assumed to do:
//!
//! - **A1** An open attempt creates its contact within `settle` after it ended, or never.
//! - **A2** A contact that exists shows up in lists within the same time.
//! - **A3** Where a list shows many contacts of cardlift's own, each with the name, an e-mail or a telephone that was sent, it
//!   shows every contact so.
//! - **A4** Nothing was created where the table of the design says so: 400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 503,
//!   no connection.
//!
//! *Nothing twice.* A record is sent only from `planned`, and the ledger lets an attempt start only while no other record
//! that stands for the same contact is created, under way or unknown. So two contacts for one record need two attempts of
//! which the first was open, and a [`Step::not_found`] between them. A person may ask for that step; else it is taken only
//! after a look that
//! - began later than `settle` after the end of **every** open attempt, not only of the record's own. For attempts of earlier
//!   processes the time is counted from the start of this one. A ledger on a server may have been taken over from a run that
//!   lost its connection and lives on: its last requests left soon after their attempts were committed ([`STALE`](crate::ledger::STALE)),
//!   and nothing can be committed after the takeover, so the time is counted from the end of the longest of them;
//! - happened while no request was under way;
//! - read the list of contacts to its end, or saw it descend in time past the record's first open attempt. Lists that are
//!   filtered by e-mail or telephone only add what they find;
//! - gave each contact that was found to at most one record, and left no **lookalike**: no contact that belongs to nobody, was
//!   created at the time in question, shares the name, an e-mail or a telephone, and still differs. Unless A3 applies, it need
//!   not share anything.
//!
//! By A1 to A3 that look sees all that any open attempt will ever have created, whatever the service does to the form of a
//! contact. Why after *every* attempt: take two records with equal payloads, both unknown. One contact is there; whose it is
//! can't be known, and need not be: it is given to the first. If the second were sent again as soon as its own attempt has
//! settled, while the first one's attempt may still commit, that late contact would be one too many. As all wait for the last,
//! the number of contacts found is the number created, the records without one are as many as attempts that created nothing,
//! and equal payloads make it all the same which is which. For the same reason a contact is given away before the last look
//! only if no other unknown record could claim it, or only records with equal payloads could.
//!
//! Why nothing may be under way while looking: a contact whose 201 is still on its way belongs to nobody in the ledger, so it
//! could be given to an unknown twin of its record; then the 201 comes, and two records have one contact.
//!
//! *Nothing lost.* A record is `created` only with a contact of its own: the id in its own answer, or a contact that equals its
//! payload but for differences of form ([`compare`](crate::api::compare)), is not external, belongs to no other record of the
//! ledger, and was created after the record's first open attempt. Times are those of the service's clock. The time alone is not
//! relied on: before its first attempt a run notes the latest contacts of the service, of which none is ever taken for its work.
//! For contacts that others make during the run, `createdTime` may be earlier than the attempt by a margin of minutes, as the
//! `Date` of answers and `createdTime` may come from different machines.
//!
//! *Nothing guessed.* If the service can't be read, if a lookalike is there, or if a list can't be read to its end, an unknown
//! record stays unknown. Records that stand for the same stay `held`; all others are sent.

mod baseline;
mod descent;
mod halt;
mod look;
mod matching;
mod record;
mod resolve;
mod round;
#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::Semaphore;

use crate::api::{Client, Failure, Operation};
use crate::ledger::{Ledger, LedgerError, RecordId, RunId, State, Step, Writer};

pub use halt::{Halt, Why};

#[derive(Debug, Clone)]
pub struct SendSettings {
    /// Requests under way at a time, at most.
    pub concurrency: NonZeroUsize,
    /// Attempts of a record that are known to have created nothing, after which it is given up (429 and 401 don't count).
    /// Twice as many may end unknown and be looked for in vain.
    pub max_attempts: u32,
    /// Records in a row that fail or become unknown, after which the run stops; 0 for never.
    pub stop_after: u32,
    /// How long after the end of an attempt its contact may still appear.
    pub settle: Duration,
    /// Contacts to create, at most; those that may have been created count.
    pub limit: Option<u64>,
    /// Whether to send nothing if what earlier runs left unknown can't be looked up.
    pub stop_if_unresolved: bool,
}

/// Something that happened, for those who watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// So many records are about to be sent.
    Planned { total: u64 },
    /// A record is done, for now: `unknown` ones are looked up later.
    Finished { record: RecordId, fate: Fate },
    /// The service wants everybody to wait.
    Throttled { retry_after: Option<Duration> },
    /// Unknown records are about to be looked up.
    Looking {
        unknown: usize,
        /// The number of the look, from 1.
        look: u32,
        of: u32,
    },
    /// A wait before the next look.
    Settling {
        /// How many records are still unknown.
        unknown: usize,
        wait: Duration,
    },
    /// The service can't be read, so what is unknown stays unknown.
    CantLook { unknown: usize, failure: Failure },
    /// Nothing more is started.
    Stopping { why: Why },
}

/// What became of a record that was to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It exists.
    Created { contact_id: String },
    /// It was created in the meantime, for another record.
    Exists { contact_id: String },
    /// It waits for another record that stands for the same.
    Held,
    /// The service refuses it.
    Rejected(Failure),
    /// Certainly not created; its attempts ran out.
    Failed(Failure),
    /// It may have been created.
    Unknown(Failure),
    /// Nothing was created, and the run stopped before it could be sent again.
    NotSent,
}

/// How sending ended.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Why it stopped before everything was sent, if it did.
    pub stopped: Option<Why>,
    /// `limit` was reached, and there is more to send.
    pub limit_reached: bool,
}

/// Everything that the parts of a run share.
struct Context<'a> {
    ledger: &'a Ledger,
    writer: &'a Writer,
    client: &'a Client,
    run: RunId,
    settings: &'a SendSettings,
    halt: Halt,
    /// Records that may have an attempt open; only a few until the first contact was created.
    slots: Semaphore,
    /// Requests that may be under way.
    wire: Semaphore,
    all_slots_open: Cell<bool>,
    /// Answers to requests whose token was accepted.
    accepted: Cell<u64>,
    /// When the last attempt ended that may have created a contact. Attempts of earlier processes have ended by the start of
    /// this one, or when the ledger says so; how long before is not known, as the clock may have been set.
    last_unknown: Cell<Instant>,
    events: RefCell<&'a mut dyn FnMut(Event)>,
}

/// Sends what a run has planned, until all is done or the run has to stop.
///
/// When `gently` completes, no request leaves any more, those under way are waited for, and unknown records stay unknown;
/// when `at_once` completes, those under way are unknown as well. Either way every record is in the ledger as far as it is
/// known, and the next run goes on from there. Dropping the future is like a crash: safe, and resolved by the next run.
///
/// # Errors
/// When the ledger can't be read or written. What is known by then is in it; what is not is unknown there.
pub async fn send(
    ledger: &Ledger,
    run: RunId,
    client: &Client,
    settings: &SendSettings,
    gently: impl Future<Output = ()>,
    at_once: impl Future<Output = ()>,
    mut on_event: impl FnMut(Event),
) -> Result<Sent, LedgerError> {
    let writer = ledger.writer()?;
    let context = Context {
        ledger,
        writer: &writer,
        client,
        run,
        settings,
        halt: Halt::default(),
        slots: Semaphore::new(round::first_slots(settings)),
        wire: Semaphore::new(settings.concurrency.get()),
        all_slots_open: Cell::new(false),
        accepted: Cell::new(0),
        last_unknown: Cell::new(ledger.quiet_at().max(Instant::now())),
        events: RefCell::new(&mut on_event),
    };
    let stopping = async {
        gently.await;
        context.stop(Why::Asked);
        std::future::pending().await
    };
    let worked = tokio::select! {
        biased;
        () = at_once => {
            context.stop(Why::AskedTwice);
            Ok(false)
        }
        worked = context.work() => worked,
        () = stopping => unreachable!("it never ends"),
    };
    let (stopped, at) = (context.halt.why(), Timestamp::now());
    drop(context);
    // Requests that were dropped, or whose answer could not be written, are unknown from now on and not only from the next
    // run on. If this can't be written either, the next run finds them under way.
    let cut_off = writer.apply(Step::cut_off(run, at)).await;
    writer.close();
    let limit_reached = worked?;
    cut_off?;
    Ok(Sent {
        stopped,
        limit_reached,
    })
}

impl Context<'_> {
    /// Does all of it; returns whether the limit was reached.
    async fn work(&self) -> Result<bool, LedgerError> {
        let can_look = self.resolve().await?;
        if self.settings.stop_if_unresolved && !can_look && !self.halt.is_called() {
            let records = self.ledger.unknowns(self.run)?.len();
            self.stop(Why::Unresolved { records });
        }
        let mut counts = self.ledger.counts(self.run)?;
        let planned = counts.of(State::Planned);
        if planned == 0 || self.halt.is_called() {
            return Ok(false);
        }
        self.note_what_is_there().await?;
        // The pace goes on where an earlier process stopped.
        let now = self.client.service_time();
        let ages = self.ledger.last_answers(self.run, CREATE, now)?;
        self.client.seed(Operation::CreateContact, &ages);
        let limit = self.settings.limit.unwrap_or(u64::MAX);
        self.tell(Event::Planned {
            total: limit.min(planned),
        });
        while !self.halt.is_called() && counts.of(State::Planned) > 0 {
            let created = counts.of(State::Created);
            let allowed = limit.saturating_sub(created + counts.of(State::Unknown));
            if allowed == 0 {
                return Ok(true);
            }
            self.round(allowed, created > 0).await?;
            if self.halt.may_look() {
                self.resolve().await?;
            }
            counts = self.ledger.counts(self.run)?;
        }
        Ok(false)
    }

    fn stop(&self, why: Why) {
        if self.halt.call(why.clone()) {
            self.tell(Event::Stopping { why });
        }
    }

    fn tell(&self, event: Event) {
        (self.events.borrow_mut())(event);
    }
}

/// The operation's name in the ledger.
const CREATE: &str = "POST /contacts";
