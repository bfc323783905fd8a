//! Points where a test can abort the process, one before and one after every commit.
//!
//! A test can't cause a crash between two given steps from outside. So each step that matters for "exactly once" passes a
//! named point, and `CARDLIFT_FAIL_POINT=name[:n]` aborts the process the n-th time that it passes this point, without
//! unwinding, flushing or closing anything. Without the cargo feature `failpoints` a point is an empty function, and the
//! variable has no effect.

pub const VARIABLE: &str = "CARDLIFT_FAIL_POINT";

/// For a test that aborts at each of them.
pub const ALL: &[&str] = &[
    "recover.before_commit",
    "recover.after_commit",
    "run.before_commit",
    "run.after_commit",
    "plan.before_commit",
    "plan.after_commit",
    "ready.before_commit",
    "ready.after_commit",
    "baseline.before_commit",
    "baseline.after_commit",
    "attempt.before_commit",
    "attempt.after_commit",
    "leave",
    "arrive",
    "answer.before_commit",
    "answer.after_commit",
    "look.before",
    "look.after",
    "resolve.before_commit",
    "resolve.after_commit",
    "matched.before_commit",
    "matched.after_commit",
    "source.before_commit",
    "source.after_commit",
    "gone.before_commit",
    "gone.after_commit",
    "change.before_commit",
    "change.after_commit",
    "changed.before_commit",
    "changed.after_commit",
    "finish.before_commit",
    "finish.after_commit",
];

#[cfg(not(feature = "failpoints"))]
#[inline(always)]
pub fn pass(_point: &str) {}

/// Aborts the process if [`VARIABLE`] names this point.
#[cfg(feature = "failpoints")]
pub fn pass(point: &str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static ASKED: OnceLock<Option<(String, u32)>> = OnceLock::new();
    static PASSED: AtomicU32 = AtomicU32::new(0);

    debug_assert!(ALL.contains(&point), "`{point}` is not listed");
    let asked = ASKED.get_or_init(|| parse(&std::env::var(VARIABLE).ok()?));
    if let Some((name, nth)) = asked
        && name == point
        && PASSED.fetch_add(1, Ordering::Relaxed) + 1 == *nth
    {
        std::process::abort();
    }
}

/// Reads `name` or `name:n`.
#[cfg(feature = "failpoints")]
fn parse(asked: &str) -> Option<(String, u32)> {
    match asked.rsplit_once(':') {
        Some((name, nth)) => Some((name.to_owned(), nth.parse().ok()?)),
        None => Some((asked.to_owned(), 1)),
    }
}
