//! What the service holds against what was to be imported, and against what the reports say of it.

use super::input::Record;
use cardlift::sandbox::Stored;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// A report, by column.
pub type Report = Vec<HashMap<String, String>>;

/// What is wrong at the end. Nothing may be.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Contacts that are there more often than there are records for them.
    pub duplicates: usize,
    /// Records without a contact.
    pub lost: usize,
    /// Records whose row of the report is missing, or names no contact, another's, or one that a second record has as well.
    pub wrong_ids: usize,
}

/// Compares what each command had to import, and reported in the end, with what is there.
pub fn judge(records: &[Vec<Record>], reports: &[Report], contacts: &[Stored]) -> Verdict {
    let mut balance: HashMap<String, isize> = HashMap::new();
    for record in records.iter().flatten() {
        if let Some(contact) = &record.contact {
            *balance.entry(contact.to_string()).or_default() -= 1;
        }
    }
    for contact in contacts {
        *balance.entry(contact.request.to_string()).or_default() += 1;
    }
    let count = |sign: isize| {
        let amounts = balance.values().map(|left| (left * sign).max(0));
        amounts.sum::<isize>().unsigned_abs()
    };
    Verdict {
        duplicates: count(1),
        lost: count(-1),
        wrong_ids: wrong_ids(records, reports, contacts),
    }
}

fn wrong_ids(records: &[Vec<Record>], reports: &[Report], contacts: &[Stored]) -> usize {
    let by_id: HashMap<&str, &Stored> = contacts
        .iter()
        .map(|contact| (contact.id.as_str(), contact))
        .collect();
    let mut owned = HashSet::new();
    let mut wrong = 0;
    for (records, report) in records.iter().zip(reports) {
        wrong += records.len().abs_diff(report.len());
        for (record, row) in records.iter().zip(report) {
            let is_its_row =
                row["source"] == record.source && row["record"] == record.number.to_string();
            let id = row["contact_id"].as_str();
            let is_right = match (&record.contact, row["outcome"].as_str()) {
                (None, "duplicate") => true,
                (Some(contact), "created" | "exists") => {
                    let is_it = |found: &&Stored| looks(&found.request) == looks(contact);
                    by_id.get(id).is_some_and(is_it) && owned.insert(id.to_owned())
                }
                _ => false,
            };
            wrong += usize::from(!(is_its_row && is_right));
        }
    }
    wrong
}

/// What nobody can tell apart from outside: which of two twins a contact was created for.
fn looks(contact: &Value) -> String {
    contact.to_string().to_lowercase()
}
