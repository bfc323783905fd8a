//! Where tests change what the sandbox does. Nothing of the program does: `()` is the service as it is documented.

use std::any::Any;
use std::time::Duration;

use serde_json::Value;

use super::answers::Answer;
use super::listing::Filter;
use super::service::{Call, World};

/// What a test changes of the service.
pub trait Rig: Any + Send + Sync {
    /// How long a request or its answer is on its way.
    fn delay(&self, _way: Way) -> Duration {
        Duration::ZERO
    }

    /// Works on a call that has passed the limit and the token. Returns the answer, without which the connection is cut, and how
    /// long it takes.
    fn work(&self, world: &mut World, call: &Call) -> (Option<Answer>, Duration) {
        let answer = world.handle(call, Duration::ZERO);
        (Some(answer), Duration::ZERO)
    }

    /// What a list goes by instead of what was asked for, and how long a new contact is missing from it.
    fn list(&self, asked: Filter) -> Result<(Filter, Duration), Answer> {
        Ok((asked, Duration::ZERO))
    }

    /// A contact as it is shown in an answer.
    fn show(&self, contact: Value, _place: Place) -> Value {
        contact
    }
}

impl Rig for () {}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the service, before a request is counted and worked on.
    In,
    Out,
}

/// The answer that shows a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// That to its create.
    Created,
    /// A list.
    Listed,
    /// Any other.
    Alone,
}
