//! In what a whole service differs from what its documents say, for as long as it does.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

/// Behaviour of lists and of storing that no single call goes wrong for.
#[derive(Clone, Default)]
pub struct Quirks {
    pub order: ListOrder,
    pub filters: Filters,
    /// How long after its creation a contact is missing from lists. It can be read by its id at once.
    pub unlisted: Duration,
    /// The top-level properties that lists leave out.
    pub leaves_out: Vec<&'static str>,
    pub form: Option<Form>,
    /// The answer to a create shows what was sent, and not the form in which it is stored.
    pub echoes: bool,
}

/// What becomes of `orderBy`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListOrder {
    #[default]
    AsAsked,
    /// Every list is ordered by id.
    Ignored,
    /// Every list begins with what was modified last.
    ByModification,
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
