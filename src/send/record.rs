//! One record: its attempts, one after the other.

use std::time::Instant;

use jiff::Timestamp;

use super::{CREATE, Context, Event, Fate, Why};
use crate::api::{CreateAnswer, Failure, FailureKind, Next, Operation, Tried, decide};
use crate::failpoint;
use crate::ledger::{Applied, AttemptId, LedgerError, Outcome, Pending, RecordId, Step};

impl Context<'_> {
    /// Sends one record until there is an end to it. Nothing is left open when this returns: the ledger holds what it says.
    pub(super) async fn send_record(&self, record: &Pending) -> Result<Fate, LedgerError> {
        let mut tried = Tried::default();
        loop {
            let (attempt, failure, next) = match self.attempt(record, tried).await? {
                Attempted::Failed {
                    attempt,
                    failure,
                    tried: so_far,
                    next,
                } => {
                    tried = so_far;
                    (attempt, failure, next)
                }
                Attempted::Created {
                    attempt,
                    contact_id,
                } => {
                    let outcome = Outcome::Created {
                        contact_id: contact_id.clone(),
                    };
                    self.note(record.id, attempt, Some(201), None, None, outcome)
                        .await?;
                    return Ok(Fate::Created { contact_id });
                }
                Attempted::NotSent(fate) => return Ok(fate),
            };
            self.note_failure(record.id, attempt, &failure, next)
                .await?;
            if let Some(fate) = self.after(record.id, failure, next).await {
                return Ok(fate);
            }
        }
    }

    /// Waits for its turn, sends it if the ledger agrees, and decides what the answer means.
    async fn attempt(&self, record: &Pending, tried: Tried) -> Result<Attempted, LedgerError> {
        let turn = async {
            let slot = self.slots.acquire().await.expect("it is never closed");
            (slot, self.client.turn(Operation::CreateContact).await)
        };
        let (slot, turn) = tokio::select! {
            biased;
            () = self.halt.called() => return Ok(Attempted::NotSent(Fate::NotSent)),
            turn = turn => turn,
        };
        let step = Step::Attempt {
            record: record.id,
            operation: CREATE,
            at: Timestamp::now(),
        };
        let attempt = match self.writer.apply(step).await? {
            Applied::Attempt { id, .. } => id,
            Applied::Exists { contact_id } => {
                return Ok(Attempted::NotSent(Fate::Exists { contact_id }));
            }
            Applied::Held | Applied::Owned | Applied::Change(_) | Applied::Done => {
                return Ok(Attempted::NotSent(Fate::Held));
            }
        };
        let wire = self.wire.acquire().await.expect("it is never closed");
        self.tell(Event::Started { record: record.id });
        failpoint::pass("leave");
        let answer = turn.create(&record.payload).await;
        failpoint::pass("arrive");
        drop(wire);
        let attempted = self.judge(attempt, answer, tried);
        // Whoever is next need not wait until this answer is on the disk, but has to know if the run stops.
        drop(slot);
        Ok(attempted)
    }

    fn judge(&self, attempt: AttemptId, answer: CreateAnswer, tried: Tried) -> Attempted {
        let failure = match answer {
            CreateAnswer::Created { contact_id, .. } => {
                return Attempted::Created {
                    attempt,
                    contact_id,
                };
            }
            CreateAnswer::Failed(failure) => failure,
        };
        let tried = and(tried, &failure.kind);
        let next = decide(&failure.kind, tried, self.settings.max_attempts);
        if next == Next::Look {
            self.last_unknown.set(Some(Instant::now()));
        }
        if let Next::StopRun(stop) = next {
            self.stop(Why::Service {
                stop,
                failure: failure.clone(),
            });
        }
        Attempted::Failed {
            attempt,
            failure,
            tried,
            next,
        }
    }

    async fn note_failure(
        &self,
        record: RecordId,
        attempt: AttemptId,
        failure: &Failure,
        next: Next,
    ) -> Result<(), LedgerError> {
        let outcome = match next {
            Next::SendAgain { .. } | Next::RenewTokenThenAgain | Next::StopRun(_) => {
                Outcome::NotCreated
            }
            Next::GiveUp => Outcome::GaveUp,
            Next::Reject => Outcome::Rejected,
            Next::Look => Outcome::Unknown,
        };
        let (code, said) = (failure.code.clone(), failure.description.clone());
        self.note(record, attempt, failure.status, code, said, outcome)
            .await
    }

    async fn note(
        &self,
        record: RecordId,
        attempt: AttemptId,
        status: Option<u16>,
        code: Option<String>,
        description: Option<String>,
        outcome: Outcome,
    ) -> Result<(), LedgerError> {
        let step = Step::Answer {
            record,
            attempt,
            at: Timestamp::now(),
            status,
            code,
            description,
            outcome,
        };
        self.writer.apply(step).await.map(drop)
    }

    /// What comes after a failed attempt: an end, or the next attempt.
    async fn after(&self, record: RecordId, failure: Failure, next: Next) -> Option<Fate> {
        match next {
            Next::Reject => return Some(Fate::Rejected(failure)),
            Next::GiveUp => return Some(Fate::Failed(failure)),
            Next::Look => return Some(Fate::Unknown(failure)),
            Next::StopRun(_) => return Some(Fate::NotSent),
            Next::RenewTokenThenAgain => {}
            Next::SendAgain { after } => {
                let after = after.with_jitter();
                self.tell(match failure.kind {
                    FailureKind::Throttled { retry_after } => Event::Throttled { retry_after },
                    _ => Event::Retrying {
                        record,
                        after,
                        failure,
                    },
                });
                tokio::select! {
                    () = self.halt.called() => {}
                    () = tokio::time::sleep(after) => {}
                }
            }
        }
        None
    }
}

/// What an attempt came to.
enum Attempted {
    Created {
        attempt: AttemptId,
        contact_id: String,
    },
    Failed {
        attempt: AttemptId,
        failure: Failure,
        tried: Tried,
        next: Next,
    },
    NotSent(Fate),
}

/// One attempt more. A second 401 stops the run only right after the first: with another answer between them the new token
/// was good, and has expired in its turn.
fn and(tried: Tried, kind: &FailureKind) -> Tried {
    let mut tried = tried.and(kind);
    if !matches!(kind, FailureKind::TokenExpired { .. }) {
        tried.attempts -= tried.unauthorized;
        tried.unauthorized = 0;
    }
    tried
}
