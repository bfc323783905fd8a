//! Nothing is written to the service unless a person or `--yes` says so.

use crate::rig::{Fault, FaultPlan, Faults};
use crate::world::{Ran, World, people};
use cardlift::sandbox::{Operation, Options};
use serde_json::json;

/// Runs a shell script in a session whose terminal is a new one, with this text typed into it. The binary is `$0`.
#[cfg(target_os = "linux")]
fn at_a_terminal(world: &World, script: &str, typed: &str) -> Ran {
    let mut command = std::process::Command::new("setsid");
    command.args([
        "--ctty",
        "--wait",
        "sh",
        "-c",
        script,
        crate::world::binary(),
    ]);
    world.at_home(&mut command);
    crate::pty::typed(&mut command, typed)
}

#[test]
fn without_a_terminal_nothing_is_sent_unless_yes_says_so() {
    let world = World::new();
    world.write("people.csv", people(3));
    for args in [
        &["import", "people.csv"][..],
        &["import", "people.csv", "--no-input"],
    ] {
        let ran = world.unasked(args);
        assert_eq!(ran.code, 2, "{}", ran.said);
        assert!(ran.said.contains("pass --yes"), "{}", ran.said);
        assert_eq!(world.summary()["outcomes"]["not_attempted"], json!(3));
    }
    assert!(
        world
            .unasked(&["import", "people.csv"])
            .said
            .contains("no terminal to confirm")
    );
    assert_eq!(world.arrived(Operation::CreateContact), 0);
    let ran = world.unasked(&["import", "people.csv", "--yes", "--no-input"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(world.contacts().len(), 3);
    // Nothing is to be written, so nobody has to be asked.
    let ran = world.unasked(&["import", "people.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
}

#[test]
fn the_sandbox_and_a_dry_run_need_no_consent() {
    let world = World::new();
    world.write("people.csv", people(1));
    for option in ["--sandbox", "--dry-run"] {
        let ran = world.unasked(&["import", "people.csv", option]);
        assert_eq!(ran.code, 0, "{option}: {}", ran.said);
    }
}

#[test]
fn tags_are_not_made_and_contacts_not_updated_unasked() {
    let world = World::new();
    world.configure(
        "[tags]\nmode = \"create\"\n[mapping]\nkey = [\"emails\"]\non_change = \"update\"\n",
    );
    world.write(
        "people.csv",
        people(2).replace("Example,,", "Example,Partner,"),
    );
    let ran = world.unasked(&["import", "people.csv"]);
    assert_eq!(ran.code, 2, "{}", ran.said);
    assert_eq!(world.arrived(Operation::CreateTag), 0);
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    world.write(
        "people.csv",
        world.read("people.csv").replace("Family", "Clan"),
    );
    let ran = world.unasked(&["import", "people.csv"]);
    assert_eq!(ran.code, 2, "{}", ran.said);
    assert_eq!(world.arrived(Operation::PatchContact), 0);
}

#[test]
fn yes_does_not_silence_a_guard() {
    let world = World::new();
    world.write("people.csv", people(5));
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    world.write("people.csv", people(1).replace("Family1", "Clan1"));
    let ran = world.report(&["import", "people.csv", "--yes"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert_eq!(world.contacts().len(), 5);
}

#[cfg(target_os = "linux")]
#[test]
fn a_person_is_asked_on_standard_input_and_the_answer_counts() {
    for (answer, contacts, said) in [
        ("y\n", 2, "2 created"),
        ("n\n", 0, "Nothing was sent"),
        ("\n", 0, "Nothing was sent"),
    ] {
        let world = World::new();
        world.write("people.csv", people(2));
        let ran = at_a_terminal(&world, "\"$0\" import people.csv", answer);
        assert_eq!(ran.code, 0, "{}", ran.data);
        assert!(
            ran.data.contains("Create 2 contacts at http"),
            "{}",
            ran.data
        );
        assert!(ran.data.contains(said), "{}", ran.data);
        assert_eq!(world.contacts().len(), contacts);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_person_is_asked_on_the_controlling_terminal_where_the_input_is_a_pipe() {
    for script in [
        "cat people.csv | \"$0\" import -",
        "cat people.csv | \"$0\" import - 2> said",
        "\"$0\" import people.csv 2> said",
    ] {
        let world = World::new();
        world.write("people.csv", people(2));
        let ran = at_a_terminal(&world, script, "y\n");
        assert_eq!(ran.code, 0, "{script}: {}", ran.data);
        assert!(
            ran.data.contains("Create 2 contacts at http"),
            "{script}: {}",
            ran.data
        );
        assert_eq!(world.contacts().len(), 2, "{script}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_quiet_question_says_what_it_is_about() {
    let world = World::new();
    world.write("people.csv", people(4));
    let ran = at_a_terminal(&world, "\"$0\" import people.csv --quiet", "y\n");
    let about = [
        "Plan: 4 to create; to http",
        "Who will see the new contacts",
    ];
    let shown = |text: &str| ran.data.find(text);
    assert!(shown(about[0]) < shown(about[1]), "{}", ran.data);
    assert!(shown(about[1]) < shown("Create 4 contacts"), "{}", ran.data);
    assert!(shown(about[0]).is_some(), "{}", ran.data);
    assert_eq!((ran.code, world.contacts().len()), (0, 4), "{}", ran.data);
    world.write("people.csv", people(1));
    let ran = at_a_terminal(&world, "\"$0\" import people.csv --quiet", "n\n");
    let objection = ran.data.find("1 record, down from 4");
    assert!(objection.is_some(), "{}", ran.data);
    assert!(
        objection < ran.data.find("Continue anyway?"),
        "{}",
        ran.data
    );
    let runs = world.run(&["runs", "--json"]).data;
    let runs: serde_json::Value = serde_json::from_str(&runs).unwrap();
    let first = runs["runs"][1]["run"].as_str().unwrap();
    let ran = at_a_terminal(&world, &format!("\"$0\" undo {first} --quiet"), "n\n");
    assert!(ran.data.contains("4 contacts"), "{}", ran.data);
    assert!(
        ran.data.contains("go to the service's trash"),
        "{}",
        ran.data
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_guard_asks_below_the_plan() {
    let world = World::new();
    world.write("people.csv", people(5));
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    world.write("people.csv", people(1).replace("Family1", "Clan1"));
    let ran = at_a_terminal(&world, "\"$0\" import people.csv", "y\nn\n");
    let at = |text: &str| {
        ran.data
            .find(text)
            .unwrap_or_else(|| panic!("{text}: {}", ran.data))
    };
    assert!(at("Plan: ") < at("down from 5"), "{}", ran.data);
    assert!(at("down from 5") < at("Continue anyway?"), "{}", ran.data);
    assert!(
        at("Continue anyway?") < at("Create 1 contact"),
        "{}",
        ran.data
    );
    assert!(ran.data.contains("Nothing was sent"), "{}", ran.data);
}

#[cfg(target_os = "linux")]
#[test]
fn a_process_in_the_background_does_not_stop_at_the_terminal() {
    let world = World::new();
    world.write("people.csv", people(2));
    for input in ["< /dev/null", "< /dev/tty"] {
        let script = format!("set -m; \"$0\" import people.csv --report report {input} & wait $!");
        let ran = at_a_terminal(&world, &script, "y\n");
        assert_eq!(ran.code, 2, "{}", ran.data);
        assert!(ran.data.contains("no terminal to confirm"), "{}", ran.data);
    }
    assert!(world.contacts().is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn undo_asks_on_the_controlling_terminal() {
    let world = World::new();
    world.write("people.csv", people(2));
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    let run = world.summary()["run"].as_str().unwrap().to_owned();
    let script = format!("\"$0\" undo {run} < /dev/null");
    let ran = at_a_terminal(&world, &script, "y\n");
    assert_eq!(ran.code, 0, "{}", ran.data);
    assert!(
        ran.data.contains("Delete up to 2 contacts?"),
        "{}",
        ran.data
    );
    assert!(world.contacts().is_empty());
}

#[test]
fn a_guard_goes_before_records_that_need_a_person_in_the_exit_code() {
    let world = World::new();
    world.write("people.csv", people(5));
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    world.write("people.csv", people(0) + "Given,,,,,Mobile,CALL ME\n");
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert_eq!(world.summary()["outcomes"]["invalid"], json!(1));
}

#[test]
fn unknown_outcomes_go_before_records_that_need_a_person_in_the_exit_code() {
    let world = World::with(Options {
        rig: FaultPlan {
            creates: Faults::at([(1, Fault::ErrorBefore(400)), (2, Fault::DropAfter)]),
            looks: Faults::always(Fault::ErrorBefore(403)),
            ..FaultPlan::default()
        }
        .into(),
        ..Options::default()
    });
    world.write("people.csv", people(3));
    let ran = world.report(&["import", "people.csv", "--concurrency", "1"]);
    let outcomes = &world.summary()["outcomes"];
    let found = [
        &outcomes["rejected"],
        &outcomes["unknown"],
        &outcomes["created"],
    ];
    assert_eq!(found, [&json!(1), &json!(1), &json!(1)]);
    assert_eq!(ran.code, 4, "{}", ran.said);
}
