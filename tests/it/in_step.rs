//! Contacts that somebody else made: found by the key, and reported.

use crate::rig::{Quirks, RiggedService as _, rig};
use crate::world::{Ran, World};
use cardlift::sandbox::{Operation, Options, Property, PropertyKind, Stored};
use serde_json::{Value, json};
use std::collections::HashMap;

pub const MAPPING: &str = "[mapping]\nemails = [\"Mail\"]\ntelephones = [{ telephone = \"Tel\", type = \"WORK\" }]\nmemo = \"Note\"\nkey = [\"customProperties.number\"]\n[mapping.contactName]\nlastName = \"Name\"\n[mapping.customProperties]\nnumber = \"Nr\"\n";

/// A world whose records are known by a number, in the service as well.
pub fn world(on_remote: &str) -> World {
    let world = World::with(Options {
        properties: vec![Property {
            name: "number".into(),
            kind: PropertyKind::String,
            multi: false,
        }],
        ..Options::default()
    });
    set(&world, on_remote, "", "");
    world
}

/// Sets `on_remote`, and more keys of `[mapping]` and `[send]`.
pub fn set(world: &World, on_remote: &str, mapping: &str, send: &str) {
    let mapping = MAPPING.replace("[mapping]\n", &format!("[mapping]\n{mapping}"));
    world.configure(&format!(
        "{mapping}[send]\nmatch_remote = true\non_remote = \"{on_remote}\"\ntimeout = \"2s\"\n{send}"
    ));
}

pub fn list(world: &World, rows: &[&str]) {
    world.write(
        "list.csv",
        format!("Nr,Name,Mail,Tel,Note\n{}\n", rows.join("\n")),
    );
}

pub const KIM: &str = "1,Kim,kim@example.com,02-000-0001,first";
pub const LEE: &str = "2,Lee,lee@example.com,02-000-0002,";

/// A contact that somebody has typed in.
pub fn typed_in(number: &str, name: &str, email: &str) -> Value {
    json!({
        "permission": {"accessibleRange": "ALL", "isCoEditing": true},
        "contactName": {"lastName": name},
        "emails": [{"primary": true, "email": email}],
        "customProperties": {"number": {"content": number}},
    })
}

pub fn import(world: &World, code: i32) -> Ran {
    let ran = world.report(&["import", "list.csv"]);
    assert_eq!(ran.code, code, "{}", ran.said);
    ran
}

/// Outcome and code of each record.
pub fn outcomes(world: &World) -> Vec<String> {
    let results = world.results();
    let outcome = |row: &HashMap<String, String>| format!("{} {}", row["outcome"], row["code"]);
    results
        .iter()
        .map(|row| outcome(row).trim().to_owned())
        .collect()
}

pub fn contact(world: &World, id: &str) -> Stored {
    let contacts = world.contacts();
    let mut found = contacts.into_iter().filter(|one| one.id == id);
    found.next().expect("it is there")
}

pub fn run_of(world: &World) -> String {
    world.summary()["run"]
        .as_str()
        .expect("a run has an id")
        .to_owned()
}

#[test]
fn a_contact_is_found_by_its_key_and_every_run_says_in_what_it_differs() {
    let world = world("report");
    let id = world.service.add(
        typed_in("1", "Kim-Park", "old@example.com"),
        None,
        Value::Null,
    );
    list(&world, &[KIM, LEE]);
    let ran = import(&world, 0);
    assert!(
        ran.said.contains("No earlier run in this ledger"),
        "{}",
        ran.said
    );
    assert!(ran.said.contains("1 to create, 1 differs"), "{}", ran.said);
    assert_eq!(outcomes(&world), ["exists DIFFERS", "created"]);
    let row = world.results()[0].clone();
    assert_eq!(row["contact_id"], id);
    for said in [
        "emails[].email `kim@example.com`, there `old@example.com`",
        "contactName.lastName",
    ] {
        assert!(row["message"].contains(said), "{said}: {}", row["message"]);
    }
    let again = import(&world, 0);
    assert!(
        !again.said.contains("No earlier run in this ledger"),
        "{}",
        again.said
    );
    assert_eq!(
        outcomes(&world),
        ["exists DIFFERS", "exists"],
        "in every run"
    );
    assert_eq!(world.results()[0]["message"], row["message"]);
    assert_eq!(world.summary()["differ"], json!(1));
    // Somebody corrects it, and another one changes the record.
    let mut same = typed_in("1", "Kim", "kim@example.com");
    same["telephones"] = json!([{"primary": true, "telephone": "02-000-0001", "type": "WORK"}]);
    same["memo"] = json!("first");
    world.service.edit(&id, same);
    import(&world, 0);
    assert_eq!(outcomes(&world), ["exists", "exists"]);
    list(&world, &["1,Kim,kim@example.com,02-000-0001,second", LEE]);
    set(&world, "report", "on_change = \"update\"\n", "");
    import(&world, 0);
    assert_eq!(
        outcomes(&world),
        ["exists DIFFERS", "exists"],
        "it is not ours to change"
    );
    assert_eq!(world.arrived(Operation::PatchContact), 0);
    assert_eq!(world.contacts().len(), 2);
}

#[test]
fn a_found_contact_that_is_deleted_is_created() {
    let world = world("report");
    let id = world
        .service
        .add(typed_in("1", "Kim", "old@example.com"), None, Value::Null);
    list(&world, &[KIM]);
    import(&world, 0);
    assert_eq!(outcomes(&world), ["exists DIFFERS"]);
    crate::undo::delete_by_hand(&world, &id);
    import(&world, 0);
    assert_eq!(outcomes(&world), ["created"]);
    import(&world, 0);
    assert_eq!(outcomes(&world), ["exists"]);
}

#[test]
fn two_contacts_with_one_key_need_a_person_and_nothing_is_written() {
    for on_remote in ["report", "adopt", "update"] {
        let world = world(on_remote);
        let ids = ["a@example.com", "b@example.com"].map(|email| {
            world
                .service
                .add(typed_in("1", "Kim", email), None, Value::Null)
        });
        list(&world, &[KIM]);
        for _ in 0..2 {
            import(&world, 3);
            assert_eq!(outcomes(&world), ["exists KEY_NOT_UNIQUE"]);
            let message = world.results()[0]["message"].clone();
            assert!(ids.iter().all(|id| message.contains(id)), "{message}");
        }
        assert_eq!(world.arrived(Operation::PatchContact), 0);
        assert_eq!(world.contacts().len(), 2);
    }
}

#[test]
fn a_key_that_lists_do_not_show_is_read_from_the_contacts_one_by_one() {
    let world = world("report");
    world.service.change(|options| {
        rig(options, |rig| {
            rig.quirks = Quirks {
                leaves_out: vec!["customProperties"],
                ..Quirks::default()
            }
        })
    });
    let id = world
        .service
        .add(typed_in("1", "Park", "old@example.com"), None, Value::Null);
    world
        .service
        .add(typed_in("3", "Choi", "choi@example.com"), None, Value::Null);
    list(&world, &[KIM, LEE]);
    import(&world, 0);
    assert_eq!(outcomes(&world), ["exists DIFFERS", "created"]);
    assert_eq!(world.results()[0]["contact_id"], id);
}

#[test]
fn a_key_that_lists_do_not_show_of_too_many_contacts_stops_the_run() {
    let world = world("report");
    world.service.change(|options| {
        rig(options, |rig| {
            rig.quirks = Quirks {
                leaves_out: vec!["customProperties"],
                ..Quirks::default()
            }
        })
    });
    for number in 0..1001 {
        let email = format!("p{number}@example.com");
        world.service.add(
            typed_in(&number.to_string(), "Park", &email),
            None,
            Value::Null,
        );
    }
    list(&world, &[KIM]);
    let ran = import_unreported(&world);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert!(
        ran.said.contains("do not show `customProperties.number`"),
        "{}",
        ran.said
    );
    assert_eq!(world.contacts().len(), 1001);
}

fn import_unreported(world: &World) -> Ran {
    world.run(&["import", "list.csv"])
}

#[test]
fn people_of_one_name_and_address_with_other_keys_are_two() {
    let world = world("report");
    world
        .service
        .add(typed_in("7", "Kim", "kim@example.com"), None, Value::Null);
    list(&world, &[KIM]);
    import(&world, 0);
    assert_eq!(outcomes(&world), ["created"]);
}

#[test]
fn on_remote_needs_match_remote() {
    let world = world("report");
    list(&world, &[KIM]);
    for on_remote in ["adopt", "update"] {
        world.configure(&format!("{MAPPING}[send]\non_remote = \"{on_remote}\"\n"));
        let ran = world.run(&["check", "list.csv"]);
        assert_eq!(ran.code, 78, "{}", ran.said);
        assert!(ran.said.contains("match_remote = true"), "{}", ran.said);
    }
}

#[test]
fn a_quiet_run_names_a_key_that_is_not_unique_once() {
    let world = world("report");
    for email in ["a@example.com", "b@example.com"] {
        world
            .service
            .add(typed_in("1", "Kim", email), None, Value::Null);
    }
    list(&world, &[KIM]);
    let quiet = || {
        let ran = world.run(&["import", "list.csv", "--quiet"]);
        assert_eq!(ran.code, 3, "{}", ran.said);
        ran.said
    };
    let what = "1 of 1 record with a key that several contacts have";
    assert_eq!(quiet(), format!("{what}: list.csv:2 (KEY_NOT_UNIQUE)\n"));
    assert_eq!(quiet(), format!("{what}, none new\n"));
}
