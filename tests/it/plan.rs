//! `import --plan`: what would happen, and nothing does.

use crate::in_step::{KIM, LEE, import, list, outcomes, set, typed_in, world};
use crate::rig::RiggedService as _;
use crate::world::World;
use cardlift::sandbox::Operation;
use serde_json::{Value, json};

/// What a plan must leave as it is.
fn traces(world: &World) -> (Vec<u8>, bool, usize, usize) {
    let ledger = std::fs::read(world.path("ledger.sqlite3")).unwrap_or_default();
    let runs = world.run(&["runs", "--json"]).data.lines().count();
    let written = [
        Operation::CreateContact,
        Operation::PatchContact,
        Operation::CreateTag,
    ];
    let written = written.iter().map(|one| world.arrived(*one)).sum();
    (
        ledger,
        world.path("cardlift-report").exists(),
        runs,
        written,
    )
}

fn plan(world: &World, code: i32) -> Value {
    let before = traces(world);
    let ran = world.unasked_plainly(&["import", "list.csv", "--plan", "--json"]);
    assert_eq!(ran.code, code, "{}", ran.said);
    assert!(
        before == traces(world),
        "a plan writes nothing: {}",
        ran.said
    );
    assert_eq!(ran.data.lines().count(), 1, "{}", ran.data);
    serde_json::from_str(&ran.data).expect("it is JSON")
}

#[test]
fn a_plan_shows_what_would_happen_field_by_field_and_writes_nothing() {
    let world = world("update");
    list(&world, &[KIM, LEE]);
    let shown = plan(&world, 0);
    assert_eq!(
        (&shown["plan"]["create"], &shown["records"]),
        (&json!(2), &json!([]))
    );
    assert!(!world.path("ledger.sqlite3").exists());
    import(&world, 0);
    set(&world, "update", "on_change = \"update\"\n", "");
    let theirs = typed_in("3", "Choi", "old@example.com");
    world.service.add(theirs, None, Value::Null);
    list(
        &world,
        &[
            "1,Kim,kim@example.com,02-000-0009,first",
            LEE,
            "3,Choi,choi@example.com,,",
            "4,Nobody,,,",
            "5,New,new@example.com,,",
        ],
    );
    let shown = plan(&world, 3);
    let records = shown["records"].as_array().expect("it is a list");
    let actions: Vec<&str> = records
        .iter()
        .filter_map(|one| one["action"].as_str())
        .collect();
    assert_eq!(actions, ["update", "none", "update", "invalid"]);
    let phone = |number: &str| json!([{"primary": true, "telephone": number, "type": "WORK"}]);
    assert_eq!(
        records[0]["changes"],
        json!([{"field": "telephones", "old": phone("02-000-0001"), "new": phone("02-000-0009")}])
    );
    assert_eq!(records[2]["changes"][0]["field"], "emails");
    assert_eq!(
        (
            &shown["plan"]["create"],
            &shown["plan"]["update"],
            &shown["plan"]["fields"]
        ),
        (&json!(1), &json!(2), &json!(["emails", "telephones"]))
    );
    assert_eq!(
        shown["permission"],
        json!({"accessible_range": "ALL", "master_user_id": null, "members": 0, "mapped": false})
    );
    let ran = world.unasked_plainly(&["import", "list.csv", "--plan"]);
    for said in [
        "list.csv:2  Kim: to update",
        "telephones: `02-000-0001 WORK` → `02-000-0009 WORK`",
    ] {
        assert!(ran.data.contains(said), "{said}: {}", ran.data);
    }
    for said in [
        "1 to create, 2 to update (emails, telephones)",
        "everybody in the domain; owner: not set",
        "nothing was sent",
    ] {
        assert!(ran.said.contains(said), "{said}: {}", ran.said);
    }
    import(&world, 3);
    assert_eq!(
        outcomes(&world),
        [
            "exists UPDATED",
            "exists",
            "exists UPDATED",
            "invalid EMAIL_OR_TELEPHONE_MISSING",
            "created"
        ]
    );
    assert_eq!(world.contacts().len(), 4);
}

#[test]
fn a_plan_that_a_guard_stops_ends_with_78_and_tags_are_not_made() {
    let world = world("report");
    list(&world, &[KIM, LEE, "3,Choi,choi@example.com,,"]);
    import(&world, 0);
    list(&world, &["9,Only,only@example.com,,"]);
    let shown = plan(&world, 78);
    assert_eq!(shown["guarded"], json!(true));
    let world = World::new();
    world.configure("[tags]\nmode = \"create\"\n");
    world.write(
        "list.csv",
        "First Name,Last Name,Labels,E-mail 1 - Value\nAnn,Example,Friends,ann@example.com\n",
    );
    let shown = plan(&world, 0);
    assert_eq!(
        (&shown["plan"]["create"], world.service.tags().len()),
        (&json!(1), 0)
    );
}
