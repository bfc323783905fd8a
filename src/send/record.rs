//! One record: its attempts, one after the other.

use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::SemaphorePermit;

use super::{CREATE, Context, Event, Fate, Why};
use crate::api::compare;
use crate::api::{
    AT_ONCE, Deadline, Failure, FailureKind, Next, RemoteContact, Tried, decide, jitter,
};
use crate::failpoint;
use crate::lang::tr;
use crate::ledger::{
    Applied, AttemptId, LedgerError, Outcome, Pending, RecordId, RequestEnd, RequestStart, STALE,
    Step,
};
use crate::log;

/// What a create is answered, with the contact that it made.
type Answer = Result<RemoteContact, Failure>;

impl Context<'_> {
    /// Sends one record until there is an end to it. Nothing is left open when this returns: the ledger holds what it says.
    pub(super) async fn send_record(&self, record: &Pending) -> Result<Fate, LedgerError> {
        let mut course = Course::default();
        loop {
            let (attempt, answer) = match self.attempt(record, &mut course).await? {
                Ok(attempted) => attempted,
                Err(fate) => return Ok(fate),
            };
            let (failure, next) = match answer {
                Err(failure) => {
                    let next = self.judge(&failure, &mut course);
                    (failure, next)
                }
                Ok(contact) => {
                    self.accepted.update(|accepted| accepted + 1);
                    course = Course::default();
                    let contact_id = contact.contact_id;
                    let outcome = Outcome::Created {
                        contact_id: contact_id.clone(),
                        altered: compare::altered(&parsed(&record.payload), &contact.body)
                            .unwrap_or_default(),
                        modified: (contact.modified_time)
                            .filter(|modified| contact.created_time != Some(*modified)),
                    };
                    let end = RequestEnd::now(Some(201), None, None);
                    let step = Step::answer(record.id, attempt, end, outcome);
                    if self.writer.apply(step).await? != Applied::Owned {
                        return Ok(Fate::Created { contact_id });
                    }
                    self.last_unknown.set(Instant::now());
                    (not_its_own(&contact_id), Next::Look)
                }
            };
            let (outcome, end) = match next {
                Next::SendAgain { .. } => (Outcome::NotCreated, None),
                Next::StopRun => (Outcome::NotCreated, Some(Fate::NotSent)),
                Next::GiveUp => (Outcome::GaveUp, Some(Fate::Failed(failure.clone()))),
                Next::Reject => (Outcome::Rejected, Some(Fate::Rejected(failure.clone()))),
                Next::Look => (Outcome::Unknown, Some(Fate::Unknown(failure.clone()))),
            };
            self.note_failure(record.id, attempt, &failure, outcome)
                .await?;
            if let Some(end) = end {
                return Ok(end);
            }
            if let Next::SendAgain { after } = next {
                self.wait(&failure, after).await;
            }
        }
    }

    /// Waits for a permit and sends it if the ledger agrees; else returns what became of it.
    async fn attempt<'s>(
        &'s self,
        record: &Pending,
        course: &mut Course<'s>,
    ) -> Result<Result<(AttemptId, Answer), Fate>, LedgerError> {
        let permit = async {
            if course.slot.is_none() {
                course.slot = Some(self.slots.acquire().await.expect("it is never closed"));
            }
            self.client.permit().await
        };
        let permit = tokio::select! {
            biased;
            () = self.halt.called() => return Ok(Err(Fate::NotSent)),
            permit = permit => permit,
        };
        // Whoever takes this ledger over has to know when the last request of this run has ended.
        let deadline = (self.ledger.is_shared()).then(|| Deadline::within(STALE));
        let start = RequestStart::now(CREATE, self.client.service_time());
        let step = Step::attempt(record.id, start);
        let attempt = match self.writer.apply(step).await? {
            Applied::Attempt(id) => id,
            Applied::Exists { contact_id } => {
                return Ok(Err(Fate::Exists { contact_id }));
            }
            Applied::Held | Applied::Owned | Applied::Change(_) | Applied::Done => {
                return Ok(Err(Fate::Held));
            }
        };
        let wire = self.wire.acquire().await.expect("it is never closed");
        log::leaving(record.id.seq(), &record.payload);
        failpoint::pass("leave");
        let answer = permit.create(&record.payload, deadline).await;
        failpoint::pass("arrive");
        drop(wire);
        let answer = self.checked(record, answer).await?;
        Ok(Ok((attempt, answer)))
    }

    /// Makes a 201 unknown that shows another record's contact: one that has nothing in common with what was sent, or that is
    /// the person of another record whose answer is not known. Where the answer shows nothing to know it by, the contact itself
    /// is asked; if that doesn't either, it may be that of any record whose answer is not known.
    async fn checked(&self, record: &Pending, answer: Answer) -> Result<Answer, LedgerError> {
        let Ok(contact) = &answer else {
            return Ok(answer);
        };
        let sent = parsed(&record.payload);
        let read;
        let mut shown = &contact.body;
        if compare::marks(shown).is_empty() {
            read = self.client.read_contact(&contact.contact_id).await;
            shown = match &read {
                Ok(Some(contact)) => &contact.body,
                _ => shown,
            };
        }
        let is_hidden = compare::marks(shown).is_empty();
        let is_foreign = match compare::altered(&sent, shown) {
            None => true,
            Some(_) if compare::is_same_person(&sent, shown) => false,
            Some(_) => (self.ledger.open_payloads(self.run)?.iter()).any(|open| {
                open.id != record.id
                    && (is_hidden || compare::is_same_person(&parsed(&open.payload), shown))
            }),
        };
        Ok(match is_foreign {
            true => Err(not_its_own(&contact.contact_id)),
            false => answer,
        })
    }

    /// Decides what a failure means, and lets the next record go: that need not wait until the answer is on the disk, but has
    /// to know if the run stops. A record that goes again at once stays in its place, so that a refused token is found out by
    /// the few that are under way; and until something was created every record does, so that a service that is not there
    /// is found out by them as well, however long the disk takes.
    fn judge(&self, failure: &Failure, course: &mut Course<'_>) -> Next {
        if !matches!(failure.status, None | Some(401)) {
            self.accepted.update(|accepted| accepted + 1);
        }
        course.add(&failure.kind, self.accepted.get());
        let next = decide(&failure.kind, course.tried, self.settings.max_attempts);
        if next == Next::Look {
            self.last_unknown.set(Instant::now());
        }
        if next == Next::StopRun {
            self.stop(Why::Service(failure.clone()));
        }
        if self.all_slots_open.get() && next != AT_ONCE {
            course.slot = None;
        }
        next
    }

    async fn note_failure(
        &self,
        record: RecordId,
        attempt: AttemptId,
        failure: &Failure,
        outcome: Outcome,
    ) -> Result<(), LedgerError> {
        let code = failure.code.clone();
        // What has no code is told by its status.
        let said = match (&code, failure.status) {
            (None, Some(_)) => Some(failure.to_string()),
            _ => failure.description.clone(),
        };
        let (seq, status) = (record.seq(), failure.status);
        log::not_created(seq, status, code.as_deref(), said.as_deref());
        let end = RequestEnd::now(status, code, said);
        let step = Step::answer(record, attempt, end, outcome);
        self.writer.apply(step).await.map(drop)
    }

    /// Waits for the next attempt.
    async fn wait(&self, failure: &Failure, after: Duration) {
        if let FailureKind::Throttled { retry_after } = failure.kind {
            self.tell(Event::Throttled { retry_after });
        }
        tokio::select! {
            () = self.halt.called() => {}
            () = tokio::time::sleep(jitter(after)) => {}
        }
    }
}

/// The attempts of a record so far.
#[derive(Default)]
struct Course<'s> {
    slot: Option<SemaphorePermit<'s>>,
    tried: Tried,
    /// How many answers a token had been accepted for when the last attempt was answered.
    accepted: u64,
}

impl Course<'_> {
    /// One attempt more, after so many answers for which a token was accepted.
    ///
    /// A second 401 stops the run only if it is for want of any good token. If the new token was accepted meanwhile, for this
    /// record or another, it has expired or was revoked in its turn, and is renewed as the first was.
    fn add(&mut self, kind: &FailureKind, accepted: u64) {
        if accepted > self.accepted {
            self.tried.unauthorized = 0;
        }
        self.tried = self.tried.and(kind);
        self.accepted = accepted;
    }
}

fn parsed(payload: &str) -> Value {
    serde_json::from_str(payload).expect("it was sent as JSON")
}

/// A gateway may repeat an earlier answer, and then nothing is known of this request.
fn not_its_own(contact_id: &str) -> Failure {
    Failure {
        kind: FailureKind::Unknown,
        status: Some(201),
        code: None,
        description: Some(tr!("answer-not-its-own", id = contact_id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is counted after two 401s, each after so many answers for which a token was accepted.
    fn two(accepted: [u64; 2]) -> Tried {
        let mut course = Course::default();
        for accepted in accepted {
            course.add(&FailureKind::TokenExpired, accepted);
        }
        course.tried
    }

    #[test]
    fn a_second_401_in_a_row_is_the_last() {
        assert_eq!(two([7, 7]).unauthorized, 2);
    }

    #[test]
    fn a_401_after_the_new_token_was_accepted_is_a_first_one_again() {
        let tried = two([7, 8]);
        assert_eq!((tried.unauthorized, tried.attempts), (1, 0));
    }
}
