//! What the service holds against what was to be imported, and against what the reports say of it.

use super::input::Input;
use cardlift::sandbox::Stored;
use serde_json::Value;
use std::collections::HashMap;

/// A report, by column.
pub type Report = Vec<HashMap<String, String>>;

/// What is wrong at the end. Nothing may be.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Contacts that are there more often than there are records for them.
    pub duplicates: usize,
    /// Records without a contact.
    pub lost: usize,
    /// Records whose row of the report is missing, or names no contact, another's.
    pub wrong_ids: usize,
}

/// Compares what each command had to import, and reported in the end, with what is there: one contact for each person, as
/// whichever record of theirs was sent first has it.
pub fn judge(input: &Input, reports: &[Report], contacts: &[Stored]) -> Verdict {
    let mut wanted: HashMap<String, isize> = HashMap::new();
    for record in input.records.iter().flatten() {
        if let Some(contact) = &record.contact {
            wanted.insert(looks(contact), 1);
        }
    }
    for contact in contacts {
        *wanted.entry(looks(&contact.request)).or_default() -= 1;
    }
    let count = |sign: isize| {
        let amounts = wanted.values().map(|left| (left * sign).max(0));
        amounts.sum::<isize>().unsigned_abs()
    };
    Verdict {
        duplicates: count(-1),
        lost: count(1),
        wrong_ids: wrong_ids(input, reports, contacts),
    }
}

fn wrong_ids(input: &Input, reports: &[Report], contacts: &[Stored]) -> usize {
    let looks_of: HashMap<&str, String> = contacts
        .iter()
        .map(|contact| (contact.id.as_str(), looks(&contact.request)))
        .collect();
    let mut wrong = 0;
    for (records, report) in input.records.iter().zip(reports) {
        wrong += records.len().abs_diff(report.len());
        for (record, row) in records.iter().zip(report) {
            let is_its_row =
                row["source"] == record.source && row["record"] == record.number.to_string();
            let id = row["contact_id"].as_str();
            let is_right = match (&record.contact, row["outcome"].as_str()) {
                (None, "duplicate") => true,
                (Some(contact), "created" | "exists") => looks_of.get(id) == Some(&looks(contact)),
                _ => false,
            };
            wrong += usize::from(!(is_its_row && is_right));
        }
    }
    wrong
}

/// A contact without regard to case: all that the records of one person differ in.
fn looks(contact: &Value) -> String {
    contact.to_string().to_lowercase()
}
