//! The line that a quiet run writes: what was left undone, and where it is new.

use crate::lang::{self, tr};
use crate::ledger::{Reject, State};
use crate::printable::plain;

/// The places that the line names.
const PLACES: usize = 5;

/// `1 of 59 records invalid: crm60.csv:8 (PHONE_PATTERN)`
pub fn line(rejects: &[Reject], records: u64) -> String {
    let what = lang::joined(counts(rejects, records)).unwrap_or_default();
    let new: Vec<&Reject> = rejects.iter().filter(|reject| reject.is_new).collect();
    let places = new.iter().take(PLACES).map(|reject| place(reject));
    let mut places = lang::joined(places).unwrap_or_default();
    let more = new.len().saturating_sub(PLACES);
    if more > 0 {
        places = tr!("news-more", places, count = more);
    }
    match new.len() {
        0 => tr!("news-none", what),
        count if count == rejects.len() => tr!("news-all", what, places),
        count => tr!("news-some", what, count, places),
    }
}

/// `1 of 59 records invalid`, `2 rejected`
fn counts(rejects: &[Reject], records: u64) -> Vec<String> {
    use State::{Exists, Failed, Invalid, Rejected, Unknown};
    let mut counts = Vec::new();
    for state in [Invalid, Rejected, Failed, Unknown, Exists] {
        let outcome = state.into_str();
        let alike = rejects.iter().filter(|reject| reject.state == state);
        let count = alike.count();
        if count == 0 {
            continue;
        }
        counts.push(match counts.is_empty() {
            true => tr!("news-first", count, records, outcome),
            false if state == Exists => tr!("plan-not-unique", count),
            false => tr!(&format!("outcome-{outcome}"), count),
        });
    }
    counts
}

fn place(reject: &Reject) -> String {
    let path = reject.path.display().to_string();
    let code = match reject.code.as_str() {
        "" => reject.state.into_str().to_uppercase(),
        code => plain(code),
    };
    format!("{}:{} ({code})", plain(&path), reject.line)
}
