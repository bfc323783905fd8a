//! `cardlift resolve`: what cardlift can't be sure of, a person decides, and nothing is held back but that.

use crate::rig::{Fault, FaultPlan, Faults, Quirks, RiggedService as _, rig};
use crate::world::{Ran, World, people};
use cardlift::sandbox::Operation;
use serde_json::{Value, json};
use std::sync::Arc;

/// A service that shows the memo of a contact as something else, but not in the answer to the create, and that loses the
/// answer to the first create.
pub fn world() -> World {
    let world = World::new();
    world.configure("[send]\nconcurrency = 1\n");
    world.service.change(|options| {
        rig(options, |rig| {
            rig.quirks = Quirks {
                form: Some(Arc::new(|contact: &mut Value| {
                    contact["memo"] = json!("its own")
                })),
                echoes: true,
                ..Quirks::default()
            }
        })
    });
    world.service.set_faults(FaultPlan {
        creates: Faults::at([(1, Fault::DropAfter)]),
        ..FaultPlan::default()
    });
    world.write("people.csv", people(2));
    world
}

fn import(world: &World) -> Ran {
    world.report(&["import", "people.csv"])
}

/// The first record as `RUN#1`, in the run that left it unknown.
fn unknown(world: &World) -> String {
    let ran = import(world);
    assert_eq!(ran.code, 4, "{}", ran.said);
    let run = world.summary()["run"]
        .as_str()
        .expect("it has an id")
        .to_owned();
    let row = &world.results()[0];
    assert_eq!((&*row["outcome"], &*row["code"]), ("unknown", "LOOKALIKE"));
    let id = &world.contacts()[0].id;
    assert!(
        row["message"].contains(id) && row["message"].contains("memo"),
        "{}",
        row["message"]
    );
    assert!(
        ran.said.contains(&format!("cardlift resolve {run}")),
        "{}",
        ran.said
    );
    format!("{run}#1")
}

#[test]
fn an_unknown_record_holds_back_only_itself() {
    let world = world();
    let record = unknown(&world);
    assert_eq!(world.contacts().len(), 2);
    world.write("people.csv", people(4));
    let ran = import(&world);
    assert_eq!(ran.code, 4, "{}", ran.said);
    let outcomes: Vec<String> = world
        .results()
        .iter()
        .map(|row| row["outcome"].clone())
        .collect();
    assert_eq!(outcomes, ["unknown", "exists", "created", "created"]);
    let (run, _) = record.split_once('#').expect("it is of a run");
    assert!(
        ran.said.contains(&format!("cardlift resolve {run}")),
        "{}",
        ran.said
    );
}

#[test]
fn resolve_lists_what_is_unknown_with_the_contacts_that_may_be_it() {
    let world = world();
    let record = unknown(&world);
    let (run, _) = record.split_once('#').expect("it is of a run");
    let id = world.contacts()[0].id.clone();
    let ran = world.run(&["resolve", run]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    for text in [
        &*format!("{record}  people.csv:2  "),
        &format!("cardlift resolve {record} --contact {id}"),
        &format!("cardlift resolve {record} --send-again"),
    ] {
        assert!(ran.data.contains(text), "{text} in {}", ran.data);
    }
    let line: Value =
        serde_json::from_str(&world.run(&["resolve", run, "--json"]).data).expect("it is JSON");
    assert_eq!(line["unknown"][0]["candidates"][0]["contact_id"], id);
    assert_eq!(line["unknown"][0]["candidates"][0]["differs"], "memo");
}

#[test]
fn a_contact_that_a_person_names_becomes_the_records() {
    let world = world();
    let record = unknown(&world);
    let id = world.contacts()[0].id.clone();
    let unasked = world.run(&["resolve", &record, "--contact", &id]);
    assert_eq!(unasked.code, 2, "{}", unasked.said);
    assert!(unasked.said.contains("--yes"), "{}", unasked.said);
    let ran = world.run(&["resolve", &record, "--contact", &id, "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(import(&world).code, 0);
    assert_eq!(world.results()[0]["contact_id"], id);
    assert_eq!(world.contacts().len(), 2);
    let again = world.run(&["resolve", &record, "--send-again", "--yes"]);
    assert_eq!(again.code, 2, "it is not unknown any more: {}", again.said);
}

#[test]
fn what_a_person_says_was_not_created_is_sent_by_the_next_import() {
    let world = world();
    let record = unknown(&world);
    let before = world.arrived(Operation::CreateContact);
    assert_eq!(world.run(&["resolve", &record, "--send-again"]).code, 2);
    let ran = world.run(&["resolve", &record, "--send-again", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(
        world.arrived(Operation::CreateContact),
        before,
        "it sends nothing"
    );
    assert_eq!(import(&world).code, 0);
    assert_eq!(world.contacts().len(), 3, "the person said so");
    assert_eq!(world.results()[0]["outcome"], "created");
}

#[test]
fn a_contact_that_cant_be_the_records_is_refused() {
    let world = world();
    let record = unknown(&world);
    let owned = world.results()[1]["contact_id"].clone();
    let external = world
        .service
        .add(json!({}), None, json!({"id": "u", "type": "LINE"}));
    for (id, said) in [
        ("no-such-id", "no contact `no-such-id`"),
        (&owned, "another record"),
        (&external, "external"),
    ] {
        let ran = world.run(&["resolve", &record, "--contact", id, "--yes"]);
        assert_eq!(ran.code, 2, "{}", ran.said);
        assert!(ran.said.contains(said), "{}", ran.said);
    }
    let (run, _) = record.split_once('#').expect("it is of a run");
    for args in [
        vec![run, "--send-again", "--yes"],
        vec!["no-such-run#1"],
        vec!["x#y"],
    ] {
        let ran = world.run(&[vec!["resolve"], args].concat());
        assert_eq!(ran.code, 2, "{}", ran.said);
    }
}

#[test]
fn what_the_service_changes_is_noted_and_counted() {
    let world = World::new();
    world.service.change(|options| {
        rig(options, |rig| {
            rig.quirks = Quirks {
                form: Some(Arc::new(|contact: &mut Value| {
                    contact["organizations"] = json!([])
                })),
                ..Quirks::default()
            }
        })
    });
    world.write("people.csv", people(2));
    let ran = import(&world);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(
        ran.said.contains("2 values in the service differ"),
        "{}",
        ran.said
    );
    assert_eq!(world.summary()["notes"]["SERVICE_CHANGED"], 2);
    let row = world
        .read("report/results.jsonl")
        .lines()
        .next()
        .expect("there are rows")
        .to_owned();
    assert!(
        row.contains("SERVICE_CHANGED") && row.contains("organizations[].name"),
        "{row}"
    );
}
