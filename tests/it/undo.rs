//! `cardlift undo`: what a run created is deleted, what people have edited since is kept.

use crate::rig::{Fault, FaultPlan, Faults, RiggedService as _};
use crate::world::{Ran, World, people};
use cardlift::sandbox::Operation;
use serde_json::{Value, json};
use std::time::Duration;

/// Imports so many people and gives the run's id.
fn imported(world: &World, count: usize) -> String {
    world.write("people.csv", people(count));
    let ran = world.run(&["import", "people.csv", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    json_line(&ran)["run"]
        .as_str()
        .expect("a run has an id")
        .to_owned()
}

fn json_line(ran: &Ran) -> Value {
    assert_eq!(ran.data.lines().count(), 1, "{}{}", ran.data, ran.said);
    serde_json::from_str(&ran.data).expect("it is JSON")
}

fn deletes(world: &World) -> usize {
    let requests = world.service.requests();
    let deletes = requests
        .iter()
        .filter(|one| one.operation == Operation::DeleteContact);
    deletes.count()
}

#[test]
fn what_a_run_created_is_deleted_except_what_was_edited_since() {
    let world = World::new();
    let run = imported(&world, 5);
    let before = world.service.add(
        json!({"permission": {"accessibleRange": "ALL"}, "contactName": {"lastName": "Other"}, "emails": [{"primary": true, "email": "o@example.com"}]}),
        None,
        Value::Null,
    );
    let edited = world.contacts()[2].id.clone();
    assert!(
        world
            .service
            .edit(&edited, json!({"memo": "a note of a colleague"}))
    );
    let ran = world.run(&["undo", &run, "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let left: Vec<String> = world.contacts().into_iter().map(|one| one.id).collect();
    assert_eq!(left, [edited.clone(), before]);
    for said in [
        "4 deleted",
        "1 kept",
        "edited since",
        &edited,
        "trash",
        "quota",
    ] {
        assert!(ran.said.contains(said), "{said}: {}", ran.said);
    }
    let runs = world.run(&["runs"]).data;
    assert!(runs.contains("5 created (4 deleted since)"), "{runs}");
    let ran = world.report(&["report", &run]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(world.results()[0]["message"].contains("deleted by `cardlift undo`"));
}

#[test]
fn it_deletes_nothing_unasked_and_the_second_time_nothing_more() {
    let world = World::new();
    let run = imported(&world, 3);
    let ran = world.run(&["undo", &run]);
    assert_eq!(ran.code, 2, "{}", ran.said);
    assert!(
        ran.said.contains("3 contacts would be deleted") && ran.said.contains("--yes"),
        "{}",
        ran.said
    );
    assert_eq!(world.contacts().len(), 3);
    let line = json_line(&world.run(&["undo", &run, "--yes", "--json"]));
    assert_eq!((&line["deleted"], &line["kept"]), (&json!(3), &json!(0)));
    let line = json_line(&world.run(&["undo", &run, "--yes", "--json"]));
    assert_eq!(line["deleted"], 0);
    assert_eq!(deletes(&world), 3);
    assert_eq!(
        world.run(&["undo", "20000101-000000-0000", "--yes"]).code,
        2
    );
}

#[test]
fn what_was_undone_is_imported_again_and_what_was_kept_is_not() {
    let world = World::new();
    let run = imported(&world, 4);
    let kept = world.contacts()[1].id.clone();
    world.service.edit(&kept, json!({"memo": "edited"}));
    assert_eq!(world.run(&["undo", &run, "--yes"]).code, 0);
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    let outcomes = &world.summary()["outcomes"];
    assert_eq!(
        (&outcomes["created"], &outcomes["exists"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(world.contacts().len(), 4);
}

#[test]
fn one_record_alone_can_be_undone() {
    let world = World::new();
    let run = imported(&world, 3);
    assert_eq!(world.run(&["undo", &run, "--yes", "--record", "2"]).code, 0);
    let left: Vec<usize> = world.contacts().iter().map(|one| one.order).collect();
    assert_eq!(left.len(), 2);
    assert_eq!(world.service.contacts().len(), 3);
}

#[test]
fn a_contact_that_is_gone_already_counts_as_undone() {
    let world = World::new();
    let run = imported(&world, 3);
    // Contacts that are created at once are in any order in the service.
    let mut contacts = world.contacts();
    contacts.sort_by_key(|one| one.request["contactName"].to_string());
    // Somebody deletes one by hand.
    assert_eq!(world.run(&["undo", &run, "--yes", "--record", "1"]).code, 0);
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    assert_eq!(world.contacts().len(), 3);
    delete_by_hand(&world, &contacts[1].id);
    let line = json_line(&world.run(&["undo", &run, "--yes", "--json"]));
    assert_eq!((&line["deleted"], &line["gone"]), (&json!(1), &json!(1)));
}

/// As a person would do it in the service's own pages.
pub fn delete_by_hand(world: &World, id: &str) {
    use std::io::{Read as _, Write as _};
    let base_url = world.service.base_url();
    let host = base_url
        .trim_start_matches("http://")
        .trim_end_matches("/v1.0");
    let mut stream = std::net::TcpStream::connect(host).expect("the service is there");
    write!(
        stream,
        "DELETE /v1.0/contacts/{id} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\r\n",
        crate::world::TOKEN
    )
    .expect("it takes requests");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
}

#[test]
fn deletes_that_go_wrong_are_repeated_until_all_are_gone() {
    let world = World::new();
    let run = imported(&world, 12);
    world.service.set_faults(FaultPlan {
        changes: Faults::at([
            (1, Fault::DropAfter),
            (3, Fault::ErrorBefore(500)),
            (5, Fault::ErrorAfter(502)),
            (7, Fault::ErrorBefore(503)),
        ]),
        looks: Faults::at([(2, Fault::ErrorBefore(500))]),
        ..FaultPlan::default()
    });
    let ran = world.run(&["undo", &run, "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(world.contacts().is_empty());
}

#[test]
fn a_right_that_is_missing_stops_it_and_the_same_command_goes_on() {
    let world = World::new();
    let run = imported(&world, 30);
    world.service.set_faults(FaultPlan {
        changes: Faults::at((4..=40).map(|n| (n, Fault::ErrorBefore(403)))),
        ..FaultPlan::default()
    });
    let ran = world.run(&["undo", &run, "--yes"]);
    assert_eq!(ran.code, 77, "{}", ran.said);
    let left = world.contacts().len();
    assert!((15..30).contains(&left), "{left} are left");
    world.service.set_faults(FaultPlan::default());
    assert_eq!(world.run(&["undo", &run, "--yes"]).code, 0);
    assert!(world.contacts().is_empty());
}

#[test]
fn a_run_at_another_service_is_left_alone() {
    let (world, other) = (World::new(), World::new());
    let run = imported(&world, 1);
    let text = world.read("cardlift.toml");
    let elsewhere = text.replace(&world.service.base_url(), &other.service.base_url());
    world.write("cardlift.toml", elsewhere);
    let ran = world.run(&["undo", &run, "--yes"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert_eq!(world.contacts().len(), 1);
}

#[test]
fn killed_in_the_middle_it_goes_on_where_it_stopped() {
    let world = World::new();
    let run = imported(&world, 60);
    // It can't come to its end before it is killed.
    world.service.set_faults(FaultPlan {
        changes: Faults::at((30..=60).map(|n| (n, Fault::HangBefore))),
        hang: Duration::from_secs(600),
        ..FaultPlan::default()
    });
    let mut command = std::process::Command::new(crate::world::binary());
    command.args(["undo", &run, "--yes"]);
    let mut running = world.start_command(command, &[]);
    assert!(running.wait_until(|| deletes(&world) >= 20));
    running.kill();
    assert_eq!(running.end().code, None);
    world.service.set_faults(FaultPlan::default());
    let left = world.contacts().len();
    assert!(left > 0, "it was killed before its end");
    let line = json_line(&world.run(&["undo", &run, "--yes", "--json"]));
    assert_eq!(line["failed"], 0);
    assert!(world.contacts().is_empty());
    assert_eq!(
        json_line(&world.run(&["undo", &run, "--yes", "--json"]))["deleted"],
        0
    );
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    assert_eq!(
        world.contacts().len(),
        60,
        "nothing of it is there any more"
    );
}

#[cfg(feature = "failpoints")]
#[test]
fn a_crash_at_each_of_its_steps_loses_nothing() {
    for point in [
        "change.before_commit",
        "change.after_commit",
        "leave",
        "arrive",
        "changed.before_commit",
        "changed.after_commit",
    ] {
        let world = World::new();
        let run = imported(&world, 6);
        let mut command = world.command(&["undo", &run, "--yes"]);
        command.env("CARDLIFT_FAIL_POINT", format!("{point}:3"));
        assert_ne!(crate::world::ran(command).code, 0, "{point}");
        assert_eq!(world.run(&["undo", &run, "--yes"]).code, 0, "{point}");
        assert!(world.contacts().is_empty(), "{point}");
        assert_eq!(
            json_line(&world.run(&["undo", &run, "--yes", "--json"]))["deleted"],
            0
        );
    }
}
