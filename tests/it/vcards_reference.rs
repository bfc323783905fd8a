//! Holds the vCard reader to what a reference reader finds in real files.

#![cfg(feature = "shared")]

use std::collections::BTreeMap;
use std::fs;

use cardlift::source::vcard::{Card, Charsets, Chunk, Cutter, Property, Version, cards, opinions};
use serde_json::Value;

type Fields = BTreeMap<&'static str, Vec<String>>;

const FIELDS: [&str; 9] = [
    "FN", "N", "TEL", "EMAIL", "ADR", "ORG", "BDAY", "URL", "NOTE",
];

/// Values in which the reference is wrong: the file (the end of its name), the card, the field, how many values, and why.
const REFERENCE_IS_WRONG: [(&str, u64, &str, usize, &str); 25] = [
    ("v2.1_Data_Contacts.vcf", 0, "FN", 1, AGENT),
    ("v2.1_Data_Contacts.vcf", 0, "TEL", 1, AGENT),
    ("v2.1_Data_Contacts.vcf", 1, "FN", 1, AGENT),
    ("v2.1_Data_Contacts.vcf", 1, "TEL", 1, AGENT),
    ("v2.1_Data_John_Doe.vcf", 0, "FN", 1, AGENT),
    ("v2.1_Data_John_Doe.vcf", 0, "TEL", 1, AGENT),
    ("v3.0_Data_Contacts.vcf", 0, "FN", 1, AGENT),
    ("v3.0_Data_Contacts.vcf", 0, "TEL", 1, AGENT),
    ("v3.0_Data_Contacts.vcf", 1, "FN", 1, AGENT),
    ("v3.0_Data_Contacts.vcf", 1, "TEL", 1, AGENT),
    ("v3.0_Data_John_Doe.vcf", 0, "FN", 1, AGENT),
    ("v3.0_Data_John_Doe.vcf", 0, "TEL", 1, AGENT),
    ("v4.0_Data_Contacts.vcf", 0, "FN", 1, AGENT),
    ("v4.0_Data_Contacts.vcf", 0, "TEL", 1, AGENT),
    ("v4.0_Data_Contacts.vcf", 1, "FN", 1, AGENT),
    ("v4.0_Data_Contacts.vcf", 1, "TEL", 1, AGENT),
    ("v4.0_Data_John_Doe.vcf", 0, "FN", 1, AGENT),
    ("v4.0_Data_John_Doe.vcf", 0, "TEL", 1, AGENT),
    (
        "v21_adr_multiple_line.vcf",
        0,
        "ADR",
        1,
        "it drops the rest of a torn address",
    ),
    (
        "v21_backslash.vcf",
        0,
        "FN",
        1,
        "it drops a backslash that escapes nothing",
    ),
    (
        "v21_complicated.vcf",
        0,
        "NOTE",
        1,
        "it drops a blank behind a soft line break",
    ),
    (
        "v21_invalid_multiple_line.vcf",
        0,
        "EMAIL",
        1,
        "it drops the blanks of a fold, which 2.1 keeps",
    ),
    (
        "vcard_009.vcf",
        3,
        "FN",
        1,
        "it drops a blank behind a soft line break",
    ),
    (
        "vcard_010.vcf",
        0,
        "NOTE",
        1,
        "it does not read windows-1252",
    ),
    (
        "vcard_rfc.vcf",
        0,
        "N",
        1,
        "it keeps one of several given names",
    ),
];
const AGENT: &str = "it takes the AGENT's name and telephone for the card's own";

#[test]
fn real_cards_are_read_as_the_reference_reads_them() {
    let folder = crate::shared::folder("vcards");
    let expected =
        fs::read_to_string(folder.join("expected.jsonl")).expect("it stands beside the files");
    let (mut values, mut found, mut complaints) = (0, 0, Vec::new());
    for line in expected.lines() {
        let row: Value = serde_json::from_str(line).expect("each line is JSON");
        let file = row["file"].as_str().expect("each row names its file");
        let read = read(&fs::read(folder.join("files").join(file)).expect("the file is there"));
        if row["empty"] == true {
            continue;
        }
        let index = row["i"].as_u64().expect("each card has its number");
        let Some((version, fields)) = read.get(usize::try_from(index).expect("few cards")) else {
            complaints.push(format!("{file} {index}: no card"));
            continue;
        };
        if row["version"].as_str() != Some(version) {
            complaints.push(format!(
                "{file} {index}: version {version}, not {}",
                row["version"]
            ));
        }
        for field in FIELDS {
            let wanted = row[field].as_array().expect("each field is a list");
            let wanted = wanted
                .iter()
                .map(|value| normal(field, value.as_str().expect("a list of texts")));
            let missing = missing(wanted, fields[field].clone(), &mut values);
            let wrong = REFERENCE_IS_WRONG
                .iter()
                .find(|it| file.ends_with(it.0) && it.1 == index && it.2 == field);
            if missing.len() != wrong.map_or(0, |it| it.3) {
                complaints.push(format!(
                    "{file} {index} {field}: {missing:?} missing in {:?}",
                    fields[field]
                ));
            }
            found += values_of(&row[field]) - missing.len();
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    let excused: usize = REFERENCE_IS_WRONG.iter().map(|it| it.3).sum();
    assert_eq!(found, values - excused);
}

fn values_of(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}

/// The wanted values that are not among ours, each of ours counting once.
fn missing(
    wanted: impl Iterator<Item = String>,
    mut ours: Vec<String>,
    count: &mut usize,
) -> Vec<String> {
    let mut missing = Vec::new();
    for value in wanted {
        *count += 1;
        match ours.iter().position(|it| *it == value) {
            Some(at) => drop(ours.swap_remove(at)),
            None => missing.push(value),
        }
    }
    missing
}

fn read(bytes: &[u8]) -> Vec<(&'static str, Fields)> {
    let (mut cutter, mut chunk, mut all) = (Cutter::new(bytes), Chunk::default(), Vec::new());
    while cutter.next_chunk(&mut chunk).expect("memory does not fail") {
        all.extend(
            cards(&chunk, Charsets::default()).map(|card| (version(card.version), fields(&card))),
        );
    }
    all
}

fn version(version: Version) -> &'static str {
    match version {
        Version::V21 => "2.1",
        Version::V30 => "3.0",
        Version::V40 => "4.0",
        // The reference calls every card without a version so.
        Version::Unknown => "2.1",
    }
}

fn fields(card: &Card<'_>) -> Fields {
    // None of these values is compared, but no real file may stop them.
    let labelled = card
        .properties
        .iter()
        .filter(|property| property.label(card).is_some());
    let _ = (opinions(card), labelled.count());
    let values = |field: &'static str| {
        card.all(field)
            .map(|property| normal(field, &value(field, property)))
            .collect()
    };
    FIELDS.iter().map(|field| (*field, values(field))).collect()
}

fn value(field: &str, property: &Property<'_>) -> String {
    let parts = || property.components().map(|part| part.trim().to_string());
    let padded = |count| {
        parts()
            .chain(std::iter::repeat(String::new()))
            .take(count)
            .collect::<Vec<_>>()
    };
    match field {
        "N" => padded(5).join("\u{1f}"),
        "ADR" => padded(7).join("\u{1f}"),
        "ORG" => parts().collect::<Vec<_>>().join("\u{1f}"),
        _ => property.text().into_owned(),
    }
}

fn normal(field: &str, value: &str) -> String {
    let value = value.replace("\r\n", "\n");
    let value = value.trim_matches(|char: char| char.is_whitespace() && char != '\u{1f}');
    let value = value
        .strip_prefix("tel:")
        .or_else(|| value.strip_prefix("mailto:"))
        .unwrap_or(value);
    if matches!(field, "N" | "ADR" | "ORG") {
        return value
            .split('\u{1f}')
            .map(str::trim)
            .collect::<Vec<_>>()
            .join("\u{1f}");
    }
    if field == "BDAY" && !value.starts_with("--") {
        return value.replace('-', "").chars().take(8).collect();
    }
    value.to_string()
}
