//! The pace.

use std::time::Duration;

/// How fast requests of one operation may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaceSettings {
    /// Requests of one operation in any one window; `None` for no limit of ours (the sandbox). The service's own
    /// `rateLimit-limit` lowers it either way.
    pub per_minute: Option<u32>,
    /// The length of the service's window: a minute, and shorter only in tests.
    pub window: Duration,
}

impl PaceSettings {
    /// So many requests a minute; `None` for no limit of ours.
    pub const fn per_minute(per_minute: Option<u32>) -> Self {
        PaceSettings {
            per_minute,
            window: Duration::from_secs(60),
        }
    }
}
