//! Holds the mapping of vCards to what a reference reader finds in real files.

#![cfg(feature = "shared")]

use std::fs;

use cardlift::contact::{ContactDraft, NamePart};
use cardlift::mapping::{Findings, Rules, map_card, telephone};
use cardlift::source::vcard::{Charsets, Chunk, Cutter, cards};
use serde_json::Value;

const FIELDS: [&str; 8] = ["N", "TEL", "EMAIL", "ADR", "ORG", "BDAY", "URL", "NOTE"];

/// Values in which the reference is wrong: a part of the file's name, the field, and why.
const REFERENCE_IS_WRONG: [(&str, &str, &str); 7] = [
    (
        "vCard.Net.Tests",
        "TEL",
        "it takes the AGENT's telephone for the card's own",
    ),
    (
        "v21_adr_multiple_line",
        "ADR",
        "it drops the rest of a torn address",
    ),
    (
        "v21_complicated",
        "NOTE",
        "it drops a blank behind a soft line break",
    ),
    (
        "v21_invalid_multiple_line",
        "EMAIL",
        "it drops the blanks of a fold, which 2.1 keeps",
    ),
    ("vcard_010", "NOTE", "it does not read windows-1252"),
    ("vcard_rfc", "N", "it keeps one of several given names"),
    ("v40_sip", "TEL", "`sip:` is no telephone"),
];

/// What becomes of a value: it is in the contact's field, or carried over in a note.
#[derive(PartialEq)]
enum Place {
    Field,
    Note,
    Nowhere,
}

#[test]
fn values_of_real_cards_are_in_the_contact() {
    let folder = crate::shared::folder("vcards");
    let expected =
        fs::read_to_string(folder.join("expected.jsonl")).expect("it stands beside the files");
    let (mut values, mut carried, mut missing) = (0, 0, Vec::new());
    for line in expected.lines() {
        let row: Value = serde_json::from_str(line).expect("each line is JSON");
        if row["empty"] == true {
            continue;
        }
        let file = row["file"].as_str().expect("each row names its file");
        let index = row["i"].as_u64().expect("each card has its number");
        let bytes = fs::read(folder.join("files").join(file)).expect("the file is there");
        let at = usize::try_from(index).expect("few cards");
        with_draft(&bytes, at, |draft, findings| {
            for field in FIELDS {
                for value in row[field].as_array().expect("each field is a list") {
                    let value = value.as_str().expect("a list of texts").trim();
                    values += 1;
                    let is_wrong = |it: &(&str, &str, &str)| file.contains(it.0) && it.1 == field;
                    match place(draft, findings, field, value) {
                        Place::Field => {}
                        Place::Note => carried += 1,
                        Place::Nowhere if REFERENCE_IS_WRONG.iter().any(is_wrong) => {}
                        Place::Nowhere => {
                            missing.push(format!("{file} {index} {field}: {value:?}"))
                        }
                    }
                }
            }
        });
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    // Second names, and dates that are not whole: the files are made to hold such things.
    assert!(
        carried * 50 < values,
        "{carried} of {values} are carried over"
    );
}

fn with_draft(bytes: &[u8], mut index: usize, look: impl FnOnce(&ContactDraft<'_>, &Findings<'_>)) {
    let (mut cutter, mut chunk) = (Cutter::new(bytes), Chunk::default());
    while cutter.next_chunk(&mut chunk).expect("memory does not fail") {
        for card in cards(&chunk, Charsets::default()) {
            if index == 0 {
                let rules = Rules::default();
                let mut findings = Findings::default();
                let mut draft = cardlift::contact::ContactDraft::default();
                map_card(&card, &rules, &mut draft, &mut findings);
                return look(&draft, &findings);
            }
            index -= 1;
        }
    }
    panic!("there is no such card");
}

fn place(draft: &ContactDraft<'_>, findings: &Findings<'_>, field: &str, value: &str) -> Place {
    if has(draft, field, value) {
        return Place::Field;
    }
    let is_carried = |value: &str| {
        let mut notes = findings.notes.iter();
        notes.any(|note| {
            note.kind.is_carried_over() && note.value.replace(' ', ",") == value.replace(' ', ",")
        })
    };
    // What is no e-mail by the rule of `EMAIL_INVALID` is not imported where the card has another way to reach the person.
    let is_no_email = field == "EMAIL" && !value.contains('@');
    let may_be_carried = matches!(field, "N" | "BDAY") || is_no_email;
    let mut parts = value.split('\u{1f}').filter(|part| !part.is_empty());
    if may_be_carried && parts.all(is_carried) {
        Place::Note
    } else {
        Place::Nowhere
    }
}

fn has(draft: &ContactDraft<'_>, field: &str, value: &str) -> bool {
    match field {
        "N" => has_name(draft, value),
        "TEL" => {
            // A value that holds several numbers is as many telephones.
            let numbers = telephone::numbers(value.strip_prefix("tel:").unwrap_or(value));
            numbers.into_iter().map(telephone::normalize).all(|number| {
                let mut all = draft.telephones.iter();
                all.any(|one| one.telephone.value == number)
            })
        }
        "EMAIL" => {
            let value = value.strip_prefix("mailto:").unwrap_or(value);
            draft.emails.iter().any(|one| one.email.value == value)
        }
        "ADR" => has_address(draft, value),
        "ORG" => has_organization(draft, value),
        "BDAY" => {
            let value: String = value.chars().filter(|c| *c != '-').take(8).collect();
            let is_birthday = |one: &&cardlift::contact::Event<'_>| {
                one.kind
                    .as_ref()
                    .is_some_and(|kind| kind.as_str() == "BIRTHDAY")
            };
            let mut days = draft.events.iter().filter(is_birthday);
            days.any(|one| one.date.value.replace('-', "") == value)
        }
        "URL" => draft.websites.iter().any(|one| one.url.value == value),
        "NOTE" if value.is_empty() => true,
        "NOTE" => {
            let value = value.replace("\r\n", "\n");
            draft
                .memo
                .as_ref()
                .is_some_and(|memo| memo.value.contains(value.trim()))
        }
        _ => unreachable!("there is no such field"),
    }
}

/// Each part is where it belongs, whatever stands between several names of one part.
fn has_name(draft: &ContactDraft<'_>, value: &str) -> bool {
    let parts = [
        NamePart::Last,
        NamePart::First,
        NamePart::Middle,
        NamePart::Prefix,
        NamePart::Suffix,
    ];
    let plain = |text: &str| text.replace([',', ' '], "");
    let mut pairs = value.split('\u{1f}').zip(parts);
    pairs.all(|(value, part)| {
        value.trim().is_empty() || plain(value) == plain(draft.contact_name.str(part))
    })
}

/// Each line of each component is somewhere in one location.
fn has_address(draft: &ContactDraft<'_>, value: &str) -> bool {
    draft.locations.iter().any(|one| {
        let zip = one.zip_code.as_ref().map_or("", |zip| zip.as_str());
        let lines = value.split(['\u{1f}', '\n']).map(str::trim);
        lines
            .into_iter()
            .all(|line| one.address.value.contains(line) || zip == line)
    })
}

fn has_organization(draft: &ContactDraft<'_>, value: &str) -> bool {
    let mut units = value.split('\u{1f}').map(str::trim);
    let name = units.next().unwrap_or_default();
    let department = units
        .filter(|unit| !unit.is_empty())
        .collect::<Vec<_>>()
        .join(" / ");
    draft.organizations.iter().any(|one| {
        let text = |text: &Option<cardlift::contact::Text<'_>>| {
            text.as_ref().map_or("", |text| text.as_str()).to_owned()
        };
        text(&one.name) == name && text(&one.department) == department
    })
}
