//! What the service holds.

use std::time::Instant;

use jiff::Timestamp;

use super::Options;
use super::answers::Headers;
use super::rate::Limits;
use super::routes::Operation;
use super::store::{Store, identifier};
use super::token::Tokens;

#[derive(Clone, Copy, Debug)]
pub struct Logged {
    pub operation: Operation,
    /// When the service counted it.
    pub arrived: Instant,
    /// What it was answered with. `None` while there is no answer, which may be for ever.
    pub status: Option<u16>,
}

/// Everything that changes. Never locked across an await.
pub struct World {
    pub options: Options,
    pub contacts: Store,
    /// Ids and names.
    pub tags: Vec<(String, String)>,
    pub limits: Limits,
    pub tokens: Tokens,
    pub log: Vec<Logged>,
    /// What the service says of the budget of the call that it works on.
    pub(super) budget: Headers,
}

impl World {
    pub(super) fn new(options: Options) -> Self {
        let tag = |name: &String| (identifier(), name.clone());
        World {
            contacts: Store::default(),
            tags: options.tags.iter().map(tag).collect(),
            limits: Limits::new(Instant::now()),
            tokens: Tokens::default(),
            log: Vec::new(),
            budget: Headers::new(),
            options,
        }
    }

    /// The time by the clock of the service.
    pub fn now(&self) -> Timestamp {
        Timestamp::now() + self.options.clock_offset
    }
}
