//! `--json`: one line on stdout, for every command that has a result.

use crate::world::{World, people};
use serde_json::{Value, json};

fn value(world: &World, args: &[&str], code: i32) -> Value {
    let ran = world.run(&[args, &["--json"]].concat());
    assert_eq!(ran.code, code, "{args:?}: {}", ran.said);
    assert_eq!(ran.data.lines().count(), 1, "{args:?}: {}", ran.data);
    serde_json::from_str(&ran.data).expect("it is JSON")
}

#[test]
fn a_wrong_command_line_a_schema_and_a_new_configuration_are_one_line_too() {
    let world = World::new();
    let wrong = value(&world, &["frob"], 2);
    assert_eq!((&wrong["ok"], &wrong["exit"]), (&json!(false), &json!(2)));
    assert!(value(&world, &["schema"], 0)["properties"].is_object());
    let written = value(&world, &["init", "new.toml"], 0);
    assert_eq!(written, json!({ "file": "new.toml" }));
}

#[test]
fn runs_are_listed_with_files_and_counts() {
    let world = World::new();
    assert_eq!(value(&world, &["runs"], 0), json!({ "runs": [] }));
    world.write("people.csv", format!("{}Nobody,Without,,,,,\n", people(2)));
    assert_eq!(value(&world, &["import", "people.csv"], 3)["records"], 3);
    let runs = value(&world, &["runs"], 0);
    let run = &runs["runs"][0];
    assert_eq!(run["files"], json!(["people.csv"]));
    assert_eq!(
        (&run["state"], &run["records"]),
        (&json!("finished"), &json!(3))
    );
    assert_eq!(run["outcomes"]["created"], 2);
    assert_eq!(run["outcomes"]["invalid"], 1);
    let listed = world.run(&["runs"]).data;
    assert!(
        listed.contains("2 created, 0 already there, 1 invalid  people.csv"),
        "{listed}"
    );
}

#[test]
fn times_of_runs_are_by_the_clock_of_this_machine() {
    let world = World::new();
    world.write("people.csv", people(1));
    world.report(&["import", "people.csv"]);
    let listed = |zone: &str| {
        let mut command = world.command(&["runs"]);
        crate::world::ran({
            command.env("TZ", zone);
            command
        })
        .data
    };
    // Without a time zone database, the form of POSIX is understood.
    assert_ne!(listed("UTC0"), listed("KST-9"));
}

#[test]
fn presets_and_codes_are_listed_and_shown() {
    let world = World::new();
    let presets = value(&world, &["presets"], 0);
    let names = presets["presets"].as_array().expect("a list");
    assert!(names.iter().any(|preset| preset["name"] == "google-2024"));
    let preset = value(&world, &["presets", "google-2024"], 0);
    let mapping = preset["mapping"].as_str().expect("TOML");
    assert!(mapping.contains("[mapping.contactName]"), "{mapping}");
    assert_eq!(value(&world, &["presets", "gogle"], 2)["exit"], 2);
    let codes = value(&world, &["explain-code"], 0);
    assert!(
        codes["codes"]
            .as_array()
            .is_some_and(|codes| codes.len() > 20)
    );
    assert!(
        codes["outcomes"]
            .as_array()
            .is_some_and(|all| all.len() > 5)
    );
    let code = value(&world, &["explain-code", "phone-pattern"], 0);
    assert_eq!(code["code"], "PHONE_PATTERN");
    assert!(
        code["why"].is_string() && code["wants"].is_string(),
        "{code}"
    );
}

#[test]
fn a_record_is_explained_with_what_the_ledger_knows() {
    let world = World::new();
    world.write("people.csv", format!("{}Nobody,Without,,,,,\n", people(1)));
    world.report(&["import", "people.csv"]);
    let good = value(&world, &["explain", "people.csv:2"], 0);
    assert_eq!(good["place"], "people.csv:2");
    let first = json!({"source_field": "First Name", "value": "Given1"});
    assert_eq!(good["fields"][0], first);
    assert_eq!(good["payload"]["contactName"]["firstName"], "Given1");
    assert_eq!(
        (&good["problems"], &good["ledger"][0]["state"]),
        (&json!([]), &json!("created"))
    );
    let bad = value(&world, &["explain", "people.csv:3"], 3);
    assert_eq!(bad["problems"][0]["code"], "EMAIL_OR_TELEPHONE_MISSING");
    assert_eq!(bad["ledger"], json!([]));
}

#[test]
fn a_suggestion_has_the_mapping_and_the_guess_for_each_column() {
    let world = World::new();
    world.write(
        "members.csv",
        "Name,Mobile,Colour\nAnn Example,+1 555 010 0001,blue\n",
    );
    let suggested = value(&world, &["suggest", "members.csv"], 0);
    let column = &suggested["columns"][2];
    assert_eq!(
        (&column["column"], &column["is_certain"]),
        (&json!("Colour"), &json!(false))
    );
    let mapping = suggested["mapping"].as_str().expect("TOML");
    world.write("mapping.toml", mapping);
    assert!(mapping.contains("fullName = \"Name\""), "{mapping}");
    world.write("people.csv", people(1));
    assert!(value(&world, &["suggest", "people.csv"], 0)["preset"].is_string());
}
