//! Any values may stand in a record: none of them may stop its mapping, its check or what is said of it, and a contact
//! that passes the check can be sent.
//!
//! The first byte chooses a preset, or a vCard; the second what the configuration says; the third the column with which
//! the header of the preset begins, so that each column is near the beginning of a row. The others are rows or cards.
#![no_main]

use cardlift::contact::{Contact, ContactDraft, Origin, json as body};
use cardlift::mapping::columns::Columns;
use cardlift::mapping::date::DateOrder;
use cardlift::mapping::preset::{self, Preset};
use cardlift::mapping::{
    self, Excess, Findings, LabelOf, Missing, Plan, Rules, map_card, mends, property_label,
};
use cardlift::plan::Likeness;
use cardlift::report::{RecordNote, RecordProblem, json};
use cardlift::source::encoding::TextEncoding;
use cardlift::source::{csv, vcard};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use std::io::Cursor;

fuzz_target!(|input: &[u8]| {
    let &[source, rules, first, ref records @ ..] = input else {
        return;
    };
    let rules = rules_of(rules);
    let name = preset::names().nth(usize::from(source & 15));
    match name.and_then(preset::get) {
        Some(preset) => map_rows(preset, first.into(), records, &rules),
        None => map_cards(records, &rules),
    }
});

fn rules_of(choice: u8) -> Rules {
    let is = |bit: u8| choice >> bit & 1 == 1;
    let order = is(4).then_some(if is(5) {
        DateOrder::DayFirst
    } else {
        DateOrder::MonthFirst
    });
    Rules {
        too_long: if is(0) {
            Excess::CarryOver
        } else {
            Excess::Problem
        },
        carry_to_memo: is(1),
        double_encoded: is(2),
        is_co_editing: is(3).then_some(true),
        tags: [("Friends".to_owned(), "tag-1".to_owned())].into(),
        date_order: Box::new(move || order),
        ..Rules::default()
    }
}

/// Puts the rows below the header of a preset and maps them by it.
fn map_rows(preset: &Preset, first: usize, rows: &[u8], rules: &Rules) {
    let spelling = |mut names: Vec<String>| names.remove(0).replace("{n}", "1");
    let mut header: Vec<String> = preset
        .file
        .mapping
        .columns()
        .into_iter()
        .map(spelling)
        .collect();
    let middle = first % header.len();
    header.rotate_left(middle);
    let quoted: Vec<String> = header.iter().map(|name| format!("\"{name}\"")).collect();
    let mut file = quoted.join(",").into_bytes();
    file.push(b'\n');
    file.extend_from_slice(rows);
    let is_header = |cells: &[&str]| f32::from(u8::from(cells == header));
    let options = csv::Options {
        encoding: Some(TextEncoding::UTF_8),
        delimiter: Some(b','),
        known_header: Some(&is_header),
        ..csv::Options::default()
    };
    let Ok(opened) = csv::open(Cursor::new(&file), &options) else {
        return;
    };
    let columns = Columns::new(opened.header.cells);
    let plan = Plan::compile(&preset.file.mapping, columns, Missing::LeaveOut)
        .expect("what a preset names may be missing");
    let cutter = csv::Cutter::new(Cursor::new(&file), opened.layout);
    let mut cutter = cutter.expect("memory does not fail");
    let mut chunk = csv::Chunk::default();
    while cutter.next_chunk(&mut chunk).expect("memory does not fail") {
        for row in csv::rows(&chunk) {
            let (mut draft, mut findings) = (ContactDraft::default(), Findings::default());
            mapping::map_row(&plan, rules, &row, &mut draft, &mut findings);
            let _ = mends(&row);
            finish(&draft, findings, &|origin: Origin| {
                plan.columns().label(origin)
            });
        }
    }
}

fn map_cards(file: &[u8], rules: &Rules) {
    let (mut cutter, mut chunk) = (vcard::Cutter::new(file), vcard::Chunk::default());
    while cutter.next_chunk(&mut chunk).expect("memory does not fail") {
        for card in vcard::cards(&chunk, vcard::Charsets::default()) {
            let mut findings = Findings::default();
            let mut draft = ContactDraft::default();
            map_card(&card, rules, &mut draft, &mut findings);
            finish(&draft, findings, &|origin: Origin| {
                property_label(&card, origin)
            });
        }
    }
}

/// What a run does with a draft, whether it may be sent or not.
fn finish(draft: &ContactDraft<'_>, mut findings: Findings<'_>, label_of: LabelOf<'_>) {
    let body = body::to_json(draft);
    assert!(serde_json::from_str::<Value>(&body).is_ok_and(|body| body.is_object()));
    let identity = || Likeness::of(draft, &[], true, None, &mut String::new()).identity;
    assert_eq!(identity(), identity());
    if Contact::check(draft, &mut findings.problems).is_some() {
        assert!(!draft.emails.is_empty() || !draft.telephones.is_empty());
        primaries(draft);
    } else {
        assert!(!findings.problems.is_empty());
    }
    let problems = findings.problems.into_iter();
    let problems: Vec<_> = problems
        .map(|problem| RecordProblem::new(problem, label_of))
        .collect();
    for problem in &problems {
        assert!(!problem.message().contains(['\n', '\u{1b}']));
    }
    let text = json::problems(&problems);
    assert!(json::read_problems(&text).is_ok_and(|read| read == problems));
    let notes = findings.notes.iter();
    let notes: Vec<_> = notes
        .map(|note| RecordNote::new(note, label_of, usize::MAX))
        .collect();
    assert!(json::read_notes(&json::notes(&notes)).is_ok_and(|read| read == notes));
}

/// Each list that has items has exactly one that is the primary one.
fn primaries(contact: &ContactDraft<'_>) {
    one_is_primary(contact.emails.iter().map(|item| item.primary));
    one_is_primary(contact.telephones.iter().map(|item| item.primary));
    one_is_primary(contact.organizations.iter().map(|item| item.primary));
    one_is_primary(contact.events.iter().map(|item| item.primary));
    one_is_primary(contact.locations.iter().map(|item| item.primary));
    one_is_primary(contact.messengers.iter().map(|item| item.primary));
    one_is_primary(contact.websites.iter().map(|item| item.primary));
}

fn one_is_primary(items: impl ExactSizeIterator<Item = bool>) {
    let empty = items.len() == 0;
    assert!(empty || items.filter(|primary| *primary).count() == 1);
}
