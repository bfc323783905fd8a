//! Cards in the styles of their makers, made up, with everything that becomes of them.

use crate::api::payload;
use crate::mapping::{Findings, Rules, map_card, property_label};
use crate::source::vcard::{Chunk, Cutter, cards};
use serde_json::Value;

/// What becomes of the first card of a file: the payload without its permission, and each note as `kind label: value
/// (detail)`, followed by the problems.
fn mapped(file: &[u8]) -> (Value, Vec<String>) {
    let (mut cutter, mut chunk) = (Cutter::new(file), Chunk::default());
    assert!(cutter.next_chunk(&mut chunk).expect("memory does not fail"));
    let card = cards(&chunk, None).next().expect("there is a card");
    let rules = Rules::default();
    let mut findings = Findings::default();
    let draft = map_card(&card, &rules, &mut findings);
    let mut payload: Value =
        serde_json::from_str(&payload::to_json(&draft)).expect("a payload is JSON");
    let permission = payload
        .as_object_mut()
        .and_then(|it| it.remove("permission"));
    assert!(permission.is_some());
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
        format!(
            "! {} {label} {}: {}",
            problem.kind.code(),
            problem.field,
            problem.value
        )
    });
    let all = notes.chain(problems).collect();
    (payload, all)
}

#[test]
fn show() {
    for file in std::env::var("CARDS")
        .unwrap_or_default()
        .split(' ')
        .filter(|it| !it.is_empty())
    {
        let bytes = std::fs::read(file).expect("is there");
        let (payload, notes) = mapped(&bytes);
        eprintln!("{file}\n{payload:#}\n{notes:#?}");
    }
}
