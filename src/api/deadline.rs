//! A moment until which a request may leave.

use std::time::{Duration, Instant, SystemTime};

/// A moment, by clocks that go on while the process is stopped and while the machine sleeps.
#[derive(Debug, Clone, Copy)]
pub struct Deadline {
    since: Instant,
    /// The time since the machine was started, sleep included; where the system does not tell it, the wall clock has to do.
    booted: Duration,
    within: Duration,
}

impl Deadline {
    pub fn within(within: Duration) -> Deadline {
        Deadline {
            since: Instant::now(),
            booted: booted(),
            within,
        }
    }

    pub fn has_passed(&self) -> bool {
        self.since.elapsed() > self.within || booted().saturating_sub(self.booted) > self.within
    }
}

fn booted() -> Duration {
    let told = std::fs::read_to_string("/proc/uptime").unwrap_or_default();
    let told = told.split(' ').next().and_then(|text| text.parse().ok());
    let told = told.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    told.unwrap_or_else(|| SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_passes() {
        assert!(!Deadline::within(Duration::from_secs(600)).has_passed());
        let passed = Deadline {
            booted: booted().saturating_sub(Duration::from_secs(2)),
            ..Deadline::within(Duration::from_secs(1))
        };
        assert!(passed.has_passed(), "by the clock that goes on");
    }
}
