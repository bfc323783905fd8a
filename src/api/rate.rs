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

/// From here on the vendor asks for half of the rate ("for calls that go on for 30 minutes or more").
const SUSTAINED: Duration = Duration::from_secs(30 * 60);

/// Chooses the rate for creating so many contacts.
///
/// `rate` is the limit (a peak), in requests a minute; `sustained_rate` the one for runs that would last for 30 minutes or
/// more at `rate`, half of it unless configured. An `explicit` rate, one that somebody asked for on the command line, is
/// kept whatever it leads to. A rate of 0 counts as 1.
pub fn plan_rate(
    contacts: u64,
    rate: Option<u32>,
    sustained_rate: Option<u32>,
    explicit: bool,
) -> Planned {
    let Some(peak) = rate.map(|rate| rate.max(1)) else {
        return Planned {
            per_minute: None,
            expected: Duration::ZERO,
            halved: false,
        };
    };
    let sustained = sustained_rate.unwrap_or(peak / 2).clamp(1, peak);
    let halved = !explicit && sustained < peak && duration(contacts, peak) >= SUSTAINED;
    let chosen = if halved { sustained } else { peak };
    Planned {
        per_minute: Some(chosen),
        expected: duration(contacts, chosen),
        halved,
    }
}

fn duration(contacts: u64, per_minute: u32) -> Duration {
    Duration::from_millis(contacts.saturating_mul(60_000) / u64::from(per_minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn the_rate_is_halved_from_thirty_minutes_on_unless_somebody_asked_for_it() {
        for (contacts, rate, sustained, explicit, per_minute, minutes, halved) in [
            (0, 240, None, false, 240, 0, false),
            (240, 240, None, false, 240, 1, false),
            (7_199, 240, None, false, 240, 29, false),
            (7_200, 240, None, false, 120, 60, true),
            (7_200, 240, None, true, 240, 30, false),
            (7_200, 240, Some(200), false, 200, 36, true),
            (7_200, 240, Some(500), false, 240, 30, false),
            (7_200, 240, Some(0), false, 1, 7_200, true),
            (1_800, 60, None, false, 30, 60, true),
            (100, 1, None, false, 1, 100, false),
            (100, 0, None, false, 1, 100, false),
        ] {
            let planned = plan_rate(contacts, Some(rate), sustained, explicit);
            let whole_minutes = planned.expected.as_secs() / 60;
            assert_eq!(
                (planned.per_minute, whole_minutes, planned.halved),
                (Some(per_minute), minutes, halved),
                "{contacts} contacts at {rate}, sustained {sustained:?}, explicit {explicit}"
            );
        }
    }

    #[test]
    fn without_a_limit_there_is_nothing_to_halve() {
        let planned = plan_rate(1_000_000, None, Some(1), false);
        assert_eq!(
            (planned.per_minute, planned.expected, planned.halved),
            (None, Duration::ZERO, false)
        );
    }

    #[test]
    fn the_largest_count_does_not_overflow() {
        assert!(plan_rate(u64::MAX, Some(1), None, false).expected > 1_000 * MINUTE);
    }
}
