//! What has left the source: reported, or deleted within limits, and never what is not cardlift's own.

use crate::in_step::{KIM, LEE, import, list, outcomes, set, typed_in, world};
use crate::rig::{Fault, FaultPlan, Faults, RiggedService as _};
use crate::world::World;
use cardlift::sandbox::{Life, Operation};
use serde_json::{Value, json};
use std::collections::HashMap;

const DELETE: &str = "source = \"crm\"\non_gone = \"delete\"\nmax_gone = \"50%\"\n";

fn gone(world: &World) -> Vec<HashMap<String, String>> {
    let path = world.path("report/gone.csv");
    if !path.exists() {
        return Vec::new();
    }
    let text = world.read("report/gone.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader
        .deserialize()
        .map(|row| row.expect("it is CSV"))
        .collect()
}

fn names_and_outcomes(world: &World) -> Vec<(String, String)> {
    let rows = gone(world);
    let pair = |row: &HashMap<String, String>| (row["name"].clone(), row["outcome"].clone());
    rows.iter().map(pair).collect()
}

fn pair(name: &str, outcome: &str) -> (String, String) {
    (name.to_owned(), outcome.to_owned())
}

/// The family names that are in the service and not in its trash.
fn names(world: &World) -> Vec<String> {
    let contacts = world.contacts();
    let name = |one: &Value| {
        one["contactName"]["lastName"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let mut names: Vec<String> = contacts.iter().map(|one| name(&one.request)).collect();
    names.sort();
    names
}

const CHOI: &str = "3,Choi,choi@example.com,02-000-0003,";
const PARK: &str = "4,Park,park@example.com,02-000-0004,";

#[test]
fn what_has_left_the_source_is_reported_in_every_run_and_stays() {
    let world = world("report");
    list(&world, &[KIM, LEE, CHOI]);
    import(&world, 0);
    assert_eq!(gone(&world), []);
    assert_eq!(world.summary()["gone"], json!(0));
    for _ in 0..2 {
        list(&world, &[KIM, LEE]);
        let ran = import(&world, 0);
        assert!(
            ran.said.contains("1 no longer in the source"),
            "{}",
            ran.said
        );
        assert_eq!(names_and_outcomes(&world), [pair("Choi", "reported")]);
        assert_eq!(world.summary()["gone"], json!(1));
        assert_eq!(outcomes(&world).len(), 2, "one row a record");
    }
    let row = &gone(&world)[0];
    assert_eq!(
        (row["source"].as_str(), row["line"].as_str()),
        ("list.csv", "4")
    );
    assert!(row["record"].ends_with("#3"), "{row:?}");
    assert!(world.read("report/report.html").contains("\"gone\":1"));
    assert_eq!(names(&world), ["Choi", "Kim", "Lee"]);
    list(&world, &[KIM, LEE, CHOI]);
    import(&world, 0);
    assert_eq!(gone(&world), [], "it is back");
}

#[test]
fn what_has_left_the_source_is_deleted_unless_others_made_or_edited_it() {
    let world = world("adopt");
    set(&world, "adopt", DELETE, "");
    let adopted = world
        .service
        .add(typed_in("3", "Choi", "choi@example.com"), None, Value::Null);
    list(&world, &[KIM, LEE, CHOI, PARK]);
    import(&world, 0);
    let edited = world.results()[3]["contact_id"].clone();
    world.service.edit(&edited, json!({"memo": "theirs"}));
    list(&world, &[LEE]);
    // Half of the records, but of another file: only what was created for the source counts.
    set(
        &world,
        "adopt",
        &DELETE.replace("50%", "70%"),
        "guard = false\n",
    );
    let ran = import(&world, 0);
    assert!(ran.said.contains("2 to delete"), "{}", ran.said);
    assert_eq!(
        names_and_outcomes(&world),
        [pair("Kim", "deleted"), pair("Park", "kept")]
    );
    assert!(gone(&world)[1]["message"].contains("edited since"));
    assert_eq!(names(&world), ["Choi", "Lee", "Park"]);
    let trash = world
        .service
        .contacts()
        .into_iter()
        .filter(|one| one.life == Life::Trash);
    assert_eq!(trash.count(), 1);
    assert!(world.contacts().iter().any(|one| one.id == adopted));
    let summary = world.summary();
    assert_eq!(
        (&summary["gone"], &summary["gone_deleted"]),
        (&json!(2), &json!(1))
    );
    let run = summary["run"].as_str().expect("it has an id").to_owned();
    let ran = world.run(&["undo", &run, "--yes"]);
    assert!(
        ran.said.contains("can't be brought back by undo"),
        "{}",
        ran.said
    );
    // One that comes back is created anew.
    list(&world, &[KIM, LEE, CHOI, PARK]);
    import(&world, 0);
    assert_eq!(outcomes(&world), ["created", "exists", "exists", "exists"]);
}

#[test]
fn more_than_the_limit_sends_nothing() {
    let world = world("report");
    set(&world, "report", &DELETE.replace("50%", "1"), "");
    list(&world, &[KIM, LEE, CHOI, PARK]);
    import(&world, 0);
    list(&world, &[KIM, LEE, "5,New,new@example.com,,"]);
    for args in [
        &["import", "list.csv"][..],
        &["import", "list.csv", "--no-guard"],
        &["import", "list.csv", "--plan"],
    ] {
        let ran = world.run(args);
        assert_eq!(ran.code, 78, "{}", ran.said);
        assert!(
            ran.said.contains("2 of the 4 contacts of this source"),
            "{}",
            ran.said
        );
    }
    assert_eq!(
        (
            world.contacts().len(),
            world.arrived(Operation::DeleteContact)
        ),
        (4, 0)
    );
    set(&world, "report", &DELETE.replace("50%", "2"), "");
    let ran = world.unasked_plainly(&["import", "list.csv", "--plan", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let shown: Value = serde_json::from_str(&ran.data).expect("it is JSON");
    assert_eq!(shown["plan"]["delete"], json!(2));
    import(&world, 0);
    assert_eq!(names(&world), ["Kim", "Lee", "New"]);
}

#[test]
fn keys_of_invalid_and_duplicate_records_are_present_and_unreadable_ones_delete_nothing() {
    let world = world("report");
    set(&world, "report", DELETE, "");
    list(&world, &[KIM, LEE, CHOI, PARK]);
    import(&world, 0);
    // Invalid; a duplicate by its name and address under another number.
    list(
        &world,
        &[KIM, "2,Lee,,,", "9,Kim,kim@example.com,,", CHOI, PARK],
    );
    import(&world, 3);
    assert_eq!(gone(&world), []);
    // One more cell than columns, or no number at all: it may be anybody.
    for row in ["2,Lee,lee@example.com,02-000-0002,,surplus", ",Lee,,,"] {
        list(&world, &[KIM, row, CHOI]);
        let ran = import(&world, 3);
        assert!(
            ran.said.contains("list.csv:3: its key can't be read"),
            "{}",
            ran.said
        );
        assert!(
            names_and_outcomes(&world)
                .iter()
                .all(|(_, outcome)| outcome == "reported")
        );
        assert_eq!(world.contacts().len(), 4);
    }
    list(&world, &[KIM, LEE, CHOI]);
    import(&world, 0);
    assert_eq!(names_and_outcomes(&world), [pair("Park", "deleted")]);
}

#[test]
fn an_input_that_is_left_out_deletes_nothing() {
    let world = world("report");
    set(&world, "report", DELETE, "");
    list(&world, &[KIM, LEE]);
    import(&world, 0);
    list(&world, &[KIM]);
    world.write("more.csv", [0u8, 1, 2, 0, 255].repeat(100));
    let ran = world.report(&["import", "list.csv", "more.csv"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    assert_eq!(world.contacts().len(), 2, "{}", ran.said);
}

#[test]
fn one_ledger_serves_two_sources_and_files_may_carry_dates() {
    let world = world("report");
    let source = |name: &str| DELETE.replace("crm", name);
    let import_as = |name: &str, file: &str, rows: &[&str]| {
        set(&world, "report", &source(name), "");
        world.write(
            file,
            format!("Nr,Name,Mail,Tel,Note\n{}\n", rows.join("\n")),
        );
        let ran = world.report(&["import", file]);
        assert_eq!(ran.code, 0, "{}", ran.said);
    };
    import_as("crm", "crm-0101.csv", &[KIM, LEE, CHOI]);
    import_as("shop", "shop-0101.csv", &[LEE, PARK]);
    assert_eq!(gone(&world), []);
    // Lee has left the one source and is in the other one still, and then in neither.
    import_as("crm", "crm-0102.csv", &[KIM, CHOI]);
    assert_eq!((gone(&world), names(&world).len()), (vec![], 4));
    import_as("shop", "shop-0102.csv", &[PARK]);
    assert_eq!(names_and_outcomes(&world), [pair("Lee", "deleted")]);
    assert_eq!(names(&world), ["Choi", "Kim", "Park"]);
}

#[test]
fn deletions_that_are_refused_are_named_and_need_a_person() {
    let world = world("report");
    set(&world, "report", DELETE, "");
    list(&world, &[KIM, LEE, CHOI, PARK]);
    import(&world, 0);
    list(&world, &[KIM, LEE, CHOI]);
    world.service.set_faults(FaultPlan {
        changes: Faults::always(Fault::ErrorBefore(403)),
        ..FaultPlan::default()
    });
    let ran = world.report(&["import", "list.csv", "--quiet"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    assert!(ran.said.contains("could not be deleted"), "{}", ran.said);
    assert_eq!(names_and_outcomes(&world), [pair("Park", "failed")]);
    world.service.set_faults(FaultPlan::default());
    import(&world, 0);
    assert_eq!(names_and_outcomes(&world), [pair("Park", "deleted")]);
    import(&world, 0);
    assert_eq!(gone(&world), []);
}

#[test]
fn deleting_needs_a_key_and_the_name_of_the_source() {
    let world = World::new();
    world.write("people.csv", crate::world::people(1));
    for mapping in [
        "on_gone = \"delete\"\nkey = [\"emails\"]",
        "on_gone = \"delete\"\nsource = \"crm\"",
    ] {
        world.configure(&format!("[mapping]\n{mapping}\n"));
        let ran = world.run(&["check", "people.csv"]);
        assert_eq!(ran.code, 78, "{}", ran.said);
        assert!(ran.said.contains("needs `source`"), "{}", ran.said);
    }
    world.configure("[mapping]\nmax_gone = \"many\"\n");
    let ran = world.run(&["check", "people.csv"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert!(ran.said.contains("such as \"10%\""), "{}", ran.said);
}

#[test]
fn rejects_that_come_back_are_not_the_whole_source() {
    let world = world("report");
    set(&world, "report", DELETE, "");
    list(&world, &[KIM, LEE, CHOI, "4,Park,,02 CALL,"]);
    import(&world, 3);
    let rejects = world
        .read("report/rejects.csv")
        .replace("02 CALL", "02-000-0004");
    world.write("fixed.csv", rejects);
    let ran = world.report(&["import", "fixed.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(gone(&world), []);
    assert_eq!(names(&world), ["Choi", "Kim", "Lee", "Park"]);
    list(&world, &[KIM, LEE, CHOI, PARK]);
    import(&world, 0);
    list(&world, &[KIM, LEE, CHOI]);
    import(&world, 0);
    assert_eq!(names_and_outcomes(&world), [pair("Park", "deleted")]);
}
