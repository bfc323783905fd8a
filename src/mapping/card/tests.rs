//! What becomes of made-up cards: whole ones in the styles of their makers, single properties ([`properties`]), and laws
//! over generated ones ([`laws`]).

mod android;
mod apple;
mod four;
mod google;
mod keitai;
mod laws;
mod outlook;
mod properties;

use crate::contact::ContactDraft;
use crate::contact::json;
use crate::mapping::{Findings, Rules, map_card, property_label};
use crate::source::vcard::{Charsets, Chunk, Cutter, cards};
use serde_json::Value;

/// What becomes of the first card of a file: the payload without its permission, and each note as `kind label: value
/// (detail)`, followed by the problems.
fn mapped(file: &[u8]) -> (Value, Vec<String>) {
    let (mut cutter, mut chunk) = (Cutter::new(file), Chunk::default());
    assert!(cutter.next_chunk(&mut chunk).expect("memory does not fail"));
    let card = cards(&chunk, Charsets::default())
        .next()
        .expect("there is a card");
    let rules = Rules::default();
    let mut findings = Findings::default();
    let mut draft = ContactDraft::default();
    map_card(&card, &rules, &mut draft, &mut findings);
    let mut payload: Value =
        serde_json::from_str(&json::to_json(&draft)).expect("a payload is JSON");
    let members = payload.as_object_mut().expect("a payload is an object");
    assert!(members.remove("permission").is_some());
    let notes = findings.notes.iter().map(|note| {
        let label = property_label(&card, note.origin);
        let detail = match &*note.detail {
            "" => String::new(),
            detail => format!(" ({detail})"),
        };
        format!("{} {label}: {}{detail}", note.kind, note.value)
    });
    let problems = findings.problems.iter().map(|problem| {
        let label = property_label(&card, problem.origin);
        let (code, field, value) = (problem.kind.code(), &problem.field, &problem.value);
        format!("{code} {label} {field}: {value}")
    });
    let all = notes.chain(problems).collect();
    (payload, all)
}

/// The card of a version with these lines.
fn card(version: &str, lines: &str) -> String {
    let mut card = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n");
    for line in lines.lines() {
        card.push_str(line);
        card.push_str("\r\n");
    }
    card + "END:VCARD\r\n"
}

fn assert_maps(version: &str, lines: &str, wanted: &Value, notes: &[&str]) {
    assert_becomes(card(version, lines).as_bytes(), wanted, notes);
}

fn assert_becomes(file: &[u8], wanted: &Value, notes: &[&str]) {
    let (payload, all) = mapped(file);
    let file = String::from_utf8_lossy(file);
    assert_eq!(payload, *wanted, "{file}\n{payload:#}");
    assert_eq!(all, notes, "{file}");
}
