//! A report that is written again knows what became of its records since.

use crate::in_step::{KIM, LEE, import, list, set, world as keyed};
use crate::resolve;
use crate::world::{Ran, World, people};
use serde_json::{Value, json};

fn run_of(world: &World) -> String {
    let summary = world.summary();
    summary["run"].as_str().expect("it has an id").to_owned()
}

/// Imports `people.csv` and gives the run's id.
fn imported(world: &World, options: &[&str]) -> String {
    let args: Vec<&str> = ["import", "people.csv"]
        .iter()
        .chain(options)
        .copied()
        .collect();
    world.report(&args);
    run_of(world)
}

fn again(world: &World, run: &str) -> Ran {
    let ran = world.report(&["report", run]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    ran
}

fn later(world: &World) -> [Value; 2] {
    ["deleted_later", "created_later"].map(|key| world.summary()[key].clone())
}

#[test]
fn contacts_that_undo_deleted_are_not_said_to_be_there() {
    let world = World::new();
    world.write("people.csv", people(3));
    let run = imported(&world, &[]);
    let second = imported(&world, &[]);
    assert_eq!(later(&world), [json!(0), json!(0)]);
    let ran = world.run(&["undo", &run, "--record", "1", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    // The later run has found the same contact there.
    for (run, outcome) in [(&run, "created"), (&second, "exists")] {
        let ran = again(&world, run);
        assert!(ran.said.contains("1 deleted since"), "{}", ran.said);
        assert_eq!(later(&world), [json!(1), json!(0)]);
        assert_eq!(world.summary()["outcomes"][outcome], json!(3));
        let rows = world.results();
        let undone = rows[0]["message"].contains("deleted by `cardlift undo`");
        assert!(undone, "{rows:?}");
        assert!(!rows[1]["message"].contains("deleted"), "{rows:?}");
    }
    // Created anew, it is where it was.
    let third = imported(&world, &[]);
    again(&world, &run);
    assert_eq!(later(&world), [json!(0), json!(0)]);
    let message = world.results()[0]["message"].clone();
    assert_eq!(
        message,
        format!("created later, as record 1 of run {third}")
    );
}

#[test]
fn contacts_that_left_the_source_are_said_to_be_deleted_for_that() {
    let world = keyed("report");
    let delete = "source = \"crm\"\non_gone = \"delete\"\nmax_gone = \"50%\"\n";
    set(&world, "report", delete, "guard = false\n");
    list(&world, &[KIM, LEE]);
    import(&world, 0);
    let run = run_of(&world);
    list(&world, &[KIM]);
    import(&world, 0);
    let second = run_of(&world);
    assert_eq!(world.summary()["gone_deleted"], json!(1));
    again(&world, &run);
    assert_eq!(later(&world), [json!(1), json!(0)]);
    let message = &world.results()[1]["message"];
    let told = message.contains("as the source no longer had it");
    assert!(told && message.contains(&second), "{message}");
}

#[test]
fn what_later_runs_created_is_no_reason_to_run_it_again() {
    let world = World::new();
    world.write("people.csv", people(4));
    let run = imported(&world, &["--limit", "1"]);
    let ran = again(&world, &run);
    assert!(
        ran.said.contains("cardlift import people.csv"),
        "{}",
        ran.said
    );
    let second = imported(&world, &[]);
    let ran = again(&world, &run);
    assert!(
        ran.said.contains("3 created by a later run"),
        "{}",
        ran.said
    );
    assert!(!ran.said.contains("cardlift import"), "{}", ran.said);
    assert_eq!(later(&world), [json!(0), json!(3)]);
    assert_eq!(world.summary()["outcomes"]["not_attempted"], json!(3));
    let message = world.results()[1]["message"].clone();
    assert_eq!(
        message,
        format!("created later, as record 2 of run {second}")
    );
}

#[test]
fn a_record_that_was_fixed_needs_no_person_any_more() {
    let world = World::new();
    world.write(
        "people.csv",
        people(2).replace("010-0000-0002", "030 CALL ME"),
    );
    let run = imported(&world, &[]);
    let rejects = world.read("report/rejects.csv");
    world.write("fixed.csv", rejects.replace("030 CALL ME", "010-0000-0002"));
    let ran = world.run(&["import", "fixed.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let ran = again(&world, &run);
    assert_eq!(later(&world), [json!(0), json!(1)]);
    assert!(!ran.said.contains("rejects.csv"), "{}", ran.said);
}

#[test]
fn rejects_that_were_fixed_are_left_out_of_a_report_that_is_written_again() {
    let world = World::new();
    let wrong = |number: usize| (format!("010-0000-000{number}"), format!("CALL ME {number}"));
    let people = (2..=3).map(wrong).fold(people(3), |text, (right, wrong)| {
        text.replace(&right, &wrong)
    });
    world.write("people.csv", people);
    let run = imported(&world, &[]);
    let rejects = world.read("report/rejects.csv");
    let (right, wrong) = wrong(2);
    world.write("fixed.csv", rejects.replace(&wrong, &right));
    let ran = world.run(&["import", "fixed.csv"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    let ran = again(&world, &run);
    assert_eq!(world.summary()["fixed_later"], json!(1));
    let said = "1 reject was created since, and is not among the rejects any more";
    assert!(ran.said.contains(said), "{}", ran.said);
    assert!(
        ran.said.contains("import report/rejects.csv"),
        "{}",
        ran.said
    );
    let rejects = world.read("report/rejects.csv");
    assert!(
        rejects.contains("CALL ME 3") && !rejects.contains(&wrong),
        "{rejects}"
    );
    // The last one is fixed, too: there is nothing left to fix.
    world.write("rest.csv", rejects.replace("CALL ME 3", "010-0000-0003"));
    assert_eq!(world.run(&["import", "rest.csv"]).code, 0);
    let ran = again(&world, &run);
    assert_eq!(world.summary()["fixed_later"], json!(2));
    assert!(!world.path("report/rejects.csv").exists(), "{}", ran.said);
}

#[test]
fn what_a_person_has_resolved_is_created_and_waits_for_nobody() {
    let world = resolve::world();
    let run = imported(&world, &[]);
    let id = world.contacts()[0].id.clone();
    let resolved = world.run(&["resolve", &format!("{run}#1"), "--contact", &id, "--yes"]);
    assert_eq!(resolved.code, 0, "{}", resolved.said);
    let ran = again(&world, &run);
    assert_eq!(world.summary()["outcomes"]["created"], json!(2));
    assert_eq!(world.results()[0]["contact_id"], id);
    for open in ["resolve", "LOOKALIKE", "Next:"] {
        assert!(!ran.said.contains(open), "{open} in {}", ran.said);
    }
}
