//! What goes wrong, when: a plan of faults, seeded, so that a chaos test can be repeated; and what is always otherwise than
//! documented.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::chance;
use super::routes::Operation;
use super::store::ListOrder;

/// One way for a call to go wrong.
///
/// *Before* is: nothing was done. *After* is: it was done as if all were well (which may be a refusal), and only the
/// answer is spoilt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The connection is reset.
    DropBefore,
    /// Done, then the connection is reset.
    DropAfter,
    /// Answered with 500, 502 or 504 (or whatever status).
    ErrorBefore(u16),
    /// Done, then answered with 500, 502 or 504.
    ErrorAfter(u16),
    /// No answer for [`FaultPlan::hang`], then a reset.
    HangBefore,
    /// Done, no answer for [`FaultPlan::hang`], then a reset.
    HangAfter,
    /// Done and answered with its status, but the body is not JSON.
    NotJson,
    /// Done and answered with its status, but without `contactId`.
    NoId,
    /// The connection is reset; the contact becomes visible [`FaultPlan::late`] afterwards. For other operations the
    /// same as [`Fault::DropAfter`].
    LateDrop,
    /// An error is answered; the contact becomes visible [`FaultPlan::late`] afterwards. For other operations the
    /// same as [`Fault::ErrorAfter`].
    LateError(u16),
    /// All tokens that the token endpoint has issued so far are revoked, and this call is answered with 401. The
    /// token of [`super::Options::token`] is good again afterwards, as nobody could renew it.
    Revoke,
    /// This call and the next ones of its operation, `answers` in all, are answered with 429.
    TooMany {
        /// How many answers, this one included.
        answers: u32,
        /// What each says of how long to wait.
        wait: Wait,
    },
    /// The answer to an earlier create is repeated, nothing done; 500 where there is none.
    Replay,
}

impl Fault {
    /// Every kind that leaves a client without certainty, once each.
    pub const UNCERTAIN: [Self; 16] = [
        Self::DropBefore,
        Self::DropAfter,
        Self::ErrorBefore(500),
        Self::ErrorAfter(500),
        Self::ErrorBefore(502),
        Self::ErrorAfter(502),
        Self::ErrorBefore(504),
        Self::ErrorAfter(504),
        Self::HangBefore,
        Self::HangAfter,
        Self::NotJson,
        Self::NoId,
        Self::LateDrop,
        Self::LateError(500),
        Self::LateError(504),
        Self::Replay,
    ];
}

/// What a 429 says of how long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wait {
    Unsaid,
    /// `Retry-After` in seconds.
    Seconds(u64),
    /// `Retry-After` as the HTTP date so many seconds from now.
    Date(u64),
    /// Not `Retry-After`, but the vendor's `rateLimit-reset`, with nothing remaining.
    Reset(u64),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    /// Chance of each call, 0.0 to 1.0.
    pub probability: f64,
    /// What is drawn from, each as likely as the other; put one in twice to have it twice as often.
    pub kinds: Vec<Fault>,
    /// What happens to the n-th call (from 1), whatever the chance says.
    pub nth: BTreeMap<u64, Fault>,
}

impl Faults {
    pub fn always(fault: Fault) -> Self {
        Self::by_chance(1.0, [fault])
    }

    /// Each call goes wrong with that probability, in one of those ways.
    pub fn by_chance(probability: f64, kinds: impl IntoIterator<Item = Fault>) -> Self {
        Self {
            probability,
            kinds: kinds.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The n-th calls (from 1) go wrong.
    pub fn at(nth: impl IntoIterator<Item = (u64, Fault)>) -> Self {
        Self {
            nth: nth.into_iter().collect(),
            ..Self::default()
        }
    }
}

/// Which calls go wrong. Calls are counted when they have passed the limit and the token, so a call that is refused
/// there has no fault.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultPlan {
    /// The same seed gives the same faults to the same sequence of calls.
    pub seed: u64,
    /// `POST /contacts`.
    pub creates: Faults,
    /// Everything that reads.
    pub looks: Faults,
    /// Everything else that changes something: replace, patch, delete, new tags and properties.
    pub changes: Faults,
    pub tokens: Faults,
    pub hang: Duration,
    pub late: Duration,
}

impl Default for FaultPlan {
    fn default() -> Self {
        Self {
            seed: 0,
            creates: Faults::default(),
            looks: Faults::default(),
            changes: Faults::default(),
            tokens: Faults::default(),
            hang: Duration::from_secs(30),
            late: Duration::from_secs(2),
        }
    }
}

/// In what a whole service differs from what its documents say, for as long as it does: behaviour of lists and of storing that no
/// single call goes wrong for.
#[derive(Clone, Default)]
pub struct Quirks {
    /// The order of every list, whatever `orderBy` asks for.
    pub order: Option<ListOrder>,
    pub filters: Filters,
    /// How long after its creation a contact is missing from lists. It can be read by its id at once.
    pub unlisted: Duration,
    /// The top-level properties that lists leave out.
    pub leaves_out: Vec<&'static str>,
    pub form: Option<Form>,
    /// The answer to a create shows what was sent, and not the form in which it is stored.
    pub echoes: bool,
}

/// What becomes of filters by e-mail, telephone, tag and time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filters {
    #[default]
    AsAsked,
    /// A list with a filter is answered with 400.
    Refused,
    Ignored,
}

/// The form in which contacts are stored and shown: changes the JSON of one.
pub type Form = Arc<dyn Fn(&mut Value) + Send + Sync>;

/// How far a plan has come.
#[derive(Debug, Default)]
pub(super) struct Draws {
    /// Calls whose faults are planned together.
    calls: [u64; 4],
    /// The answers with 429 that are left, by operation.
    storms: HashMap<Operation, (u32, Wait)>,
}

impl Draws {
    pub(super) fn draw(&mut self, plan: &FaultPlan, operation: Operation) -> Option<Fault> {
        if let Some((left, wait)) = self.storms.get_mut(&operation)
            && let Some(still) = left.checked_sub(1)
        {
            let answers = std::mem::replace(left, still);
            return Some(Fault::TooMany {
                answers,
                wait: *wait,
            });
        }
        let (kind, faults) = plan.of(operation)?;
        self.calls[kind] += 1;
        let fault = faults.draw(plan.seed, kind as u64, self.calls[kind])?;
        if let Fault::TooMany { answers, wait } = fault {
            let left = answers.saturating_sub(1);
            self.storms.insert(operation, (left, wait));
        }
        Some(fault)
    }
}

impl FaultPlan {
    /// The faults of an operation, with the number of its kind.
    fn of(&self, operation: Operation) -> Option<(usize, &Faults)> {
        match operation {
            Operation::CreateContact => Some((0, &self.creates)),
            Operation::Token => Some((3, &self.tokens)),
            Operation::Elsewhere => None,
            reading if reading.only_reads() => Some((1, &self.looks)),
            _ => Some((2, &self.changes)),
        }
    }
}

impl Faults {
    /// What happens to a call of this kind, counted from 1.
    fn draw(&self, seed: u64, kind: u64, call: u64) -> Option<Fault> {
        if let Some(fault) = self.nth.get(&call) {
            return Some(*fault);
        }
        if chance::unit(seed, 2 * kind, call) >= self.probability {
            return None;
        }
        let which = chance::below(self.kinds.len(), seed, 2 * kind + 1, call);
        self.kinds.get(which).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{Draws, Fault, FaultPlan, Faults, Wait};
    use crate::sandbox::Operation;

    fn draws(plan: FaultPlan, operation: Operation, calls: usize) -> Vec<Option<Fault>> {
        let mut fate = Draws::default();
        let calls = 0..calls;
        calls.map(|_| fate.draw(&plan, operation)).collect()
    }

    fn creates(faults: Faults, seed: u64) -> FaultPlan {
        FaultPlan {
            seed,
            creates: faults,
            ..FaultPlan::default()
        }
    }

    #[test]
    fn a_plan_repeats_itself_and_another_seed_gives_another() {
        let faults = Faults::by_chance(0.25, Fault::UNCERTAIN);
        let draw = |seed| {
            draws(
                creates(faults.clone(), seed),
                Operation::CreateContact,
                1000,
            )
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        let faulty = draw(1).iter().flatten().count();
        assert!((200..300).contains(&faulty), "{faulty} of 1000");
        for kind in Fault::UNCERTAIN {
            assert!(draw(1).contains(&Some(kind)), "{kind:?} never happened");
        }
    }

    #[test]
    fn the_nth_call_goes_wrong_whatever_the_chance() {
        let plan = creates(Faults::at([(2, Fault::DropAfter)]), 0);
        assert_eq!(
            draws(plan, Operation::CreateContact, 3),
            [None, Some(Fault::DropAfter), None]
        );
    }

    #[test]
    fn a_storm_goes_on_for_as_many_answers_as_it_says() {
        let storm = Fault::TooMany {
            answers: 3,
            wait: Wait::Unsaid,
        };
        let drawn = draws(
            creates(Faults::at([(1, storm)]), 0),
            Operation::CreateContact,
            5,
        );
        let kinds: Vec<bool> = drawn.iter().map(Option::is_some).collect();
        assert_eq!(kinds, [true, true, true, false, false]);
    }

    #[test]
    fn creates_looks_and_changes_have_plans_of_their_own() {
        let failure = Some(Fault::ErrorBefore(503));
        let plan = FaultPlan {
            looks: Faults::always(Fault::ErrorBefore(503)),
            ..FaultPlan::default()
        };
        let mut fate = Draws::default();
        let mut draw = |operation| fate.draw(&plan, operation);
        assert_eq!(draw(Operation::CreateContact), None);
        assert_eq!(draw(Operation::DeleteContact), None);
        assert_eq!(draw(Operation::Elsewhere), None);
        assert_eq!(draw(Operation::ListContacts), failure);
        assert_eq!(draw(Operation::GetContact), failure);
    }
}
