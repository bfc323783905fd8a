//! Ledgers of older versions: `fixtures/v0.1` was written by cardlift 0.1, with made-up people.
//!
//! `plain` has a CSV and a vCard that were imported without a key: created, with other content than the contact, invalid,
//! duplicate. `keyed` has a key, and a record whose contact was brought up to date. `states` has a record that the service
//! refused, and one that is unknown.

use crate::world::World;
use cardlift::sandbox::{Operation, Options, Property, PropertyKind};
use rusqlite::Connection;
use serde_json::json;
use std::fs;
use std::path::Path;

/// A world with a ledger of 0.1 and the files that it has records of.
pub fn upgraded(name: &str, files: &[&str]) -> World {
    let world = World::with(Options {
        properties: vec![Property {
            name: "number".into(),
            kind: PropertyKind::String,
            multi: false,
        }],
        ..Options::default()
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/v0.1");
    let copy = |from: &str, to: &str| {
        fs::write(world.path(to), fs::read(folder.join(from)).unwrap()).unwrap();
    };
    copy(&format!("{name}.sqlite3"), "ledger.sqlite3");
    for file in files {
        copy(file, file);
    }
    let ledger = Connection::open(world.path("ledger.sqlite3")).unwrap();
    let base_url = world.service.base_url();
    let changed = ledger.execute("UPDATE services SET base_url = ?", [base_url]);
    assert_eq!(changed.unwrap(), 1);
    world
}

const KEYED: &str = "[mapping]\nemails = [\"Mail\"]\ntelephones = [{ telephone = \"Tel\", type = \"WORK\" }]\nmemo = \"Note\"\nkey = [\"customProperties.number\"]\non_change = \"update\"\n[mapping.contactName]\nlastName = \"Name\"\n[mapping.customProperties]\nnumber = \"Nr\"\n";

fn nothing_was_sent(world: &World) {
    let sent = [
        Operation::CreateContact,
        Operation::PatchContact,
        Operation::DeleteContact,
    ];
    for operation in sent {
        assert_eq!(world.arrived(operation), 0, "{operation:?}");
    }
}

#[test]
fn the_same_files_with_a_ledger_of_0_1_create_nothing() {
    let world = upgraded("plain", &["plain.csv", "plain.vcf"]);
    let ran = world.report(&["import", "plain.csv", "plain.vcf"]);
    assert_eq!(ran.code, 3, "one record is invalid: {}", ran.said);
    nothing_was_sent(&world);
    let outcomes = &world.summary()["outcomes"];
    let found = [
        &outcomes["exists"],
        &outcomes["invalid"],
        &outcomes["duplicate"],
    ];
    assert_eq!(found, [&json!(7), &json!(1), &json!(1)]);
}

#[test]
fn the_same_files_with_a_ledger_of_0_1_create_nothing_whatever_is_made_of_them() {
    let world = upgraded("plain", &["plain.csv"]);
    // Neither a name nor an address is what it was, so neither identity nor person is known.
    world.configure(
        "[mapping]\nemails = [{ email = { template = \"new.{E-mail 1 - Value}\" } }]\n[mapping.contactName]\nlastName = \"First Name\"\n",
    );
    let ran = world.report(&["import", "plain.csv"]);
    nothing_was_sent(&world);
    assert_eq!(
        world.summary()["outcomes"]["exists"],
        json!(5),
        "{}",
        ran.said
    );
}

#[test]
fn the_same_file_with_a_ledger_of_0_1_and_a_key_creates_and_updates_nothing() {
    let world = upgraded("keyed", &["keyed.csv"]);
    world.configure(KEYED);
    let ran = world.report(&["import", "keyed.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    nothing_was_sent(&world);
    // Another key, and other content under it.
    world.configure(&KEYED.replace("\"Nr\"", "{ content = \"Mail\" }"));
    let ran = world.report(&["import", "keyed.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    nothing_was_sent(&world);
    assert_eq!(world.summary()["outcomes"]["exists"], json!(3));
}

#[test]
fn what_has_no_contact_in_a_ledger_of_0_1_is_sent_and_what_may_have_one_is_looked_up() {
    let world = upgraded("states", &["states.csv"]);
    let ran = world.report(&["import", "states.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let outcomes = &world.summary()["outcomes"];
    let found = [&outcomes["exists"], &outcomes["created"]];
    assert_eq!(found, [&json!(3), &json!(2)]);
    assert_eq!(world.contacts().len(), 2);
    let again = world.report(&["import", "states.csv"]);
    assert_eq!(again.code, 0, "{}", again.said);
    assert_eq!(world.summary()["outcomes"]["exists"], json!(5));
}

#[test]
fn a_table_whose_columns_are_understood_better_creates_nothing_again_with_and_without_a_key() {
    for config in ["", "[mapping]\nkey = [\"emails\"]\n"] {
        // 0.1 took it for an export of Remember and left the company and the e-mail out.
        let world = upgraded("table", &["table.csv"]);
        world.configure(config);
        let ran = world.report(&["import", "table.csv"]);
        assert_eq!(ran.code, 0, "{}", ran.said);
        nothing_was_sent(&world);
        assert_eq!(world.summary()["outcomes"]["exists"], json!(3));
    }
}

#[test]
fn records_that_other_bytes_and_another_mapping_would_make_new_stop_the_run() {
    let world = upgraded("plain", &["plain.csv"]);
    world.configure(
        "[mapping]\nemails = [{ email = { template = \"new.{E-mail 1 - Value}\" } }]\n[mapping.contactName]\nlastName = \"First Name\"\n",
    );
    let moved = world
        .read("plain.csv")
        .replace("Example Street", "Sample Street");
    world.write("plain.csv", moved);
    let ran = world.report(&["import", "plain.csv"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    nothing_was_sent(&world);
    for said in [
        "cardlift 0.1 → ",
        "5 records that have their contacts",
        "--no-guard",
    ] {
        assert!(ran.said.contains(said), "{said}: {}", ran.said);
    }
    let ran = world.report(&["import", "plain.csv", "--no-guard"]);
    assert_eq!(world.contacts().len(), 5, "{}", ran.said);
}
