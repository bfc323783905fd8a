//! Holds the vCard reader to what a reference reader finds in real files, where those files are there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use cardlift::source::vcard::{Card, Chunk, Cutter, Property, Version, cards};
use serde_json::Value;

type Fields = BTreeMap<&'static str, Vec<String>>;

const FIELDS: [&str; 9] = [
    "FN", "N", "TEL", "EMAIL", "ADR", "ORG", "BDAY", "URL", "NOTE",
];

/// Values in which the reference is wrong: file (its end), card, field, what it says, why it is not so.
const WRONG: &[(&str, u64, &str, &str, &str)] = &[];

#[test]
fn real_cards_are_read_as_the_reference_reads_them() {
    let beside = ["../shared/vcards", "../../shared/vcards"];
    let beside = beside.map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let Some(folder) = beside.into_iter().find(|folder| folder.is_dir()) else {
        eprintln!("skipped: there is no folder of real vCards beside the crate");
        return;
    };
    let expected =
        fs::read_to_string(folder.join("expected.jsonl")).expect("it stands beside the files");
    let (mut values, mut found, mut cards_seen, mut complaints) = (0, 0, 0, Vec::new());
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
        cards_seen += 1;
        if row["version"].as_str() != Some(version) {
            complaints.push(format!(
                "{file} {index}: version {version}, not {}",
                row["version"]
            ));
        }
        for field in FIELDS {
            let mut ours = fields[field].clone();
            for value in row[field].as_array().expect("each field is a list") {
                let value = normal(field, value.as_str().expect("of texts"));
                if WRONG.iter().any(|it| {
                    file.ends_with(it.0) && it.1 == index && it.2 == field && it.3 == value
                }) {
                    continue;
                }
                values += 1;
                match ours.iter().position(|it| *it == value) {
                    Some(at) => {
                        ours.remove(at);
                        found += 1;
                    }
                    None => complaints.push(format!(
                        "{file} {index} {field}: wanted {value:?} of {ours:?}"
                    )),
                }
            }
        }
    }
    eprintln!("{found} of {values} values in {cards_seen} cards");
    for complaint in &complaints {
        eprintln!("{complaint}");
    }
    panic!();
}

fn read(bytes: &[u8]) -> Vec<(&'static str, Fields)> {
    let (mut cutter, mut chunk, mut all) = (Cutter::new(bytes), Chunk::default(), Vec::new());
    while cutter.next_chunk(&mut chunk).expect("memory does not fail") {
        all.extend(cards(&chunk, None).map(|card| (version(card.version), fields(&card))));
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
    let values = |field: &'static str| {
        card.all(field)
            .map(|property| normal(field, &value(field, property)))
            .collect()
    };
    FIELDS.iter().map(|field| (*field, values(field))).collect()
}

fn value(field: &str, property: &Property<'_>) -> String {
    let parts = || {
        property
            .components()
            .map(|part| part.text().trim().to_string())
    };
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
