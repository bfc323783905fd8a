//! Contacts that somebody else made: found by the key, reported, adopted, completed; and what undo makes of them.

use crate::world::{Ran, World};
use cardlift::sandbox::{
    Fault, FaultPlan, Faults, Form, Operation, Options, Property, PropertyKind, Quirks, Stored,
};
use serde_json::{Value, json};
use std::collections::HashMap;

const MAPPING: &str = "[mapping]\nemails = [\"Mail\"]\ntelephones = [{ telephone = \"Tel\", type = \"WORK\" }]\nmemo = \"Note\"\nkey = [\"customProperties.number\"]\n[mapping.contactName]\nlastName = \"Name\"\n[mapping.customProperties]\nnumber = \"Nr\"\n";

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

fn run_of(world: &World) -> String {
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
    world.service.set_quirks(Quirks {
        leaves_out: vec!["customProperties"],
        ..Quirks::default()
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
    world.service.set_quirks(Quirks {
        leaves_out: vec!["customProperties"],
        ..Quirks::default()
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
fn an_adopted_contact_is_not_written_to_and_follows_on_change_from_then_on() {
    let world = world("adopt");
    let id = world.service.add(
        typed_in("1", "Kim-Park", "old@example.com"),
        None,
        Value::Null,
    );
    let before = contact(&world, &id).request;
    list(&world, &[KIM, LEE]);
    let ran = import(&world, 0);
    assert!(ran.said.contains("1 to create, 1 to adopt"), "{}", ran.said);
    assert_eq!(outcomes(&world), ["exists ADOPTED", "created"]);
    assert_eq!(contact(&world, &id).request, before);
    assert_eq!(world.summary()["adopted"], json!(1));
    let run = run_of(&world);
    set(&world, "adopt", "on_change = \"update\"\n", "");
    import(&world, 0);
    assert_eq!(
        outcomes(&world),
        ["exists", "exists"],
        "nothing has changed"
    );
    assert!(world.results()[0]["message"].contains("adopted as record 1"));
    list(&world, &["1,Kim,new@example.com,02-000-0001,first", LEE]);
    import(&world, 0);
    assert_eq!(outcomes(&world), ["exists UPDATED", "exists"]);
    let now = contact(&world, &id).request;
    let emails: Vec<&Value> = now["emails"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["email"])
        .collect();
    assert_eq!(
        emails,
        ["old@example.com", "new@example.com"],
        "theirs stays"
    );
    assert_eq!(now["contactName"], before["contactName"]);
    let ran = world.run(&["undo", &run, "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(ran.said.contains("1 adoption forgotten"), "{}", ran.said);
    let left: Vec<String> = world.contacts().into_iter().map(|one| one.id).collect();
    assert_eq!(
        left,
        std::slice::from_ref(&id),
        "what was created is deleted, what was adopted is not"
    );
    import(&world, 0);
    assert_eq!(
        outcomes(&world),
        ["exists ADOPTED", "created"],
        "it is found anew"
    );
}

#[test]
fn an_update_completes_a_contact_and_names_what_it_leaves() {
    let world = world("update");
    let mut theirs = typed_in("1", "Kim", "old@example.com");
    theirs["memo"] = json!("theirs");
    theirs["permission"] = json!({"accessibleRange": "MEMBER", "masterUserId": "u1", "accessibleMembers": [{"id": "u1", "type": "USER"}]});
    let id = world.service.add(theirs.clone(), None, Value::Null);
    list(&world, &[KIM, LEE]);
    let ran = import(&world, 0);
    assert!(
        ran.said
            .contains("1 to create, 1 to update (emails, telephones)"),
        "{}",
        ran.said
    );
    assert_eq!(outcomes(&world), ["exists UPDATED", "created"]);
    let message = world.results()[0]["message"].clone();
    for said in ["emails, telephones", "memo `first`, there `theirs`"] {
        assert!(message.contains(said), "{said}: {message}");
    }
    let now = contact(&world, &id).request;
    assert_eq!(
        now["emails"],
        json!([{"primary": true, "email": "old@example.com"}, {"primary": false, "email": "kim@example.com"}])
    );
    assert_eq!(now["telephones"][0]["telephone"], "02-000-0001");
    for left in ["memo", "permission", "contactName"] {
        assert_eq!(now[left], theirs[left]);
    }
    import(&world, 0);
    assert_eq!(outcomes(&world), ["exists", "exists"]);
    assert_eq!(world.arrived(Operation::PatchContact), 1, "once is enough");
}

#[test]
fn a_contact_that_lacks_nothing_is_adopted_without_a_request() {
    let world = world("update");
    let mut same = typed_in("1", "Kim", "kim@example.com");
    same["telephones"] = json!([{"primary": true, "telephone": "02-000-0001", "type": "WORK"}]);
    same["memo"] = json!("first");
    same["websites"] = json!([{"primary": true, "url": "https://example.com/kim"}]);
    world.service.add(same, None, Value::Null);
    list(&world, &[KIM]);
    import(&world, 0);
    assert_eq!(outcomes(&world), ["exists ADOPTED"]);
    assert_eq!(world.arrived(Operation::PatchContact), 0);
}

#[test]
fn an_e_mail_as_the_key_completes_only_a_contact_of_the_same_name() {
    let world = world("update");
    let keyed = MAPPING.replace("customProperties.number", "emails");
    world.configure(&format!(
        "{keyed}[send]\nmatch_remote = true\non_remote = \"update\"\n"
    ));
    world.service.add(
        typed_in("1", "Office", "kim@example.com"),
        None,
        Value::Null,
    );
    world
        .service
        .add(typed_in("2", "LEE", "Lee@example.com"), None, Value::Null);
    list(&world, &[KIM, LEE]);
    import(&world, 0);
    assert_eq!(outcomes(&world), ["exists DIFFERS", "exists UPDATED"]);
    assert_eq!(world.contacts().len(), 2);
}

#[test]
fn what_the_service_makes_of_an_update_is_named() {
    let world = world("update");
    let id = world
        .service
        .add(typed_in("1", "Kim", "kim@example.com"), None, Value::Null);
    world.service.set_quirks(Quirks {
        form: Some(Form::new(|contact| {
            if contact["memo"].is_string() {
                contact["memo"] = json!("shortened");
            }
        })),
        ..Quirks::default()
    });
    list(&world, &[KIM]);
    import(&world, 0);
    let message = world.results()[0]["message"].clone();
    assert!(
        message.contains("memo `first`, there `shortened`"),
        "{message}"
    );
    assert_eq!(contact(&world, &id).request["memo"], "first");
}

#[test]
fn a_403_to_a_change_concerns_that_contact_and_many_in_a_row_end_the_run() {
    let world = world("report");
    let rows: Vec<String> = (0..9)
        .map(|n| format!("{n},P{n},p{n}@example.com,02-000-{n:04},x"))
        .collect();
    list(&world, &rows.iter().map(String::as_str).collect::<Vec<_>>());
    import(&world, 0);
    set(
        &world,
        "report",
        "on_change = \"update\"\n",
        "concurrency = 1\nstop_after = 4\n",
    );
    let changed: Vec<String> = rows.iter().map(|row| format!("{row}y")).collect();
    list(
        &world,
        &changed.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    world.service.set_faults(FaultPlan {
        changes: Faults::at([(2, Fault::Refuse(403))]),
        ..FaultPlan::default()
    });
    import(&world, 3);
    let count = |what: &str| {
        outcomes(&world)
            .iter()
            .filter(|one| one.starts_with(what))
            .count()
    };
    assert_eq!((count("exists UPDATED"), count("rejected")), (8, 1));
    world.service.set_faults(FaultPlan {
        changes: Faults::always(Fault::Refuse(403)),
        ..FaultPlan::default()
    });
    let changed: Vec<String> = rows.iter().map(|row| format!("{row}z")).collect();
    list(
        &world,
        &changed.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    import(&world, 77);
    let rejected = outcomes(&world)
        .iter()
        .filter(|one| one.starts_with("rejected"))
        .count();
    assert_eq!(rejected, 4);
}

#[test]
fn what_cardlift_wrote_itself_does_not_count_as_edited() {
    let world = world("report");
    list(&world, &[KIM, LEE]);
    import(&world, 0);
    let run = run_of(&world);
    // The update is later than the creation by the clock of the service.
    world
        .service
        .set_clock_offset(jiff::SignedDuration::from_mins(5));
    set(&world, "report", "on_change = \"update\"\n", "");
    list(
        &world,
        &[
            "1,Kim,kim@example.com,02-000-0009,first",
            "2,Lee,lee@example.com,02-000-0008,",
        ],
    );
    import(&world, 0);
    assert_eq!(outcomes(&world), ["exists UPDATED", "exists UPDATED"]);
    let edited = world.results()[1]["contact_id"].clone();
    world.service.edit(&edited, json!({"memo": "theirs"}));
    let ran = world.run(&["undo", &run, "--yes", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let line: Value = serde_json::from_str(&ran.data).expect("it is JSON");
    assert_eq!(
        (&line["deleted"], &line["kept"]),
        (&json!(1), &json!(1)),
        "{}",
        ran.said
    );
    assert_eq!(
        world
            .contacts()
            .iter()
            .map(|one| &one.id)
            .collect::<Vec<_>>(),
        [&edited]
    );
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

#[test]
#[cfg(feature = "failpoints")]
fn a_crash_at_any_point_of_an_adoption_or_a_deletion_is_made_good_by_the_next_run() {
    const POINTS: [&str; 14] = [
        "matched.before_commit",
        "matched.after_commit",
        "source.before_commit",
        "source.after_commit",
        "gone.before_commit",
        "gone.after_commit",
        "change.after_commit",
        "leave",
        "arrive",
        "changed.before_commit",
        "changed.after_commit",
        "adopt.before_commit",
        "adopt.after_commit",
        "finish.before_commit",
    ];
    let more = "source = \"crm\"\non_gone = \"delete\"\nmax_gone = \"50%\"\n";
    for point in POINTS {
        let world = world("update");
        set(&world, "update", more, "");
        list(&world, &[LEE, "3,Choi,choi@example.com,,"]);
        import(&world, 0);
        let id = world
            .service
            .add(typed_in("1", "Kim", "old@example.com"), None, Value::Null);
        list(&world, &[KIM, LEE]);
        let crashed = world.start(&["import", "list.csv"], &[("CARDLIFT_FAIL_POINT", point)]);
        assert_eq!(crashed.end().code, None, "{point}: it is passed");
        import(&world, 0);
        import(&world, 0);
        assert_eq!(outcomes(&world), ["exists", "exists"], "{point}");
        let kim = contact(&world, &id).request;
        assert_eq!(kim["emails"].as_array().map(Vec::len), Some(2), "{point}");
        let mut names: Vec<Value> = (world.contacts().into_iter())
            .map(|one| one.request["contactName"]["lastName"].clone())
            .collect();
        names.sort_by_key(Value::to_string);
        assert_eq!(names, ["Kim", "Lee"], "{point}");
        assert!(world.results()[0]["message"].contains("adopted"), "{point}");
    }
}

#[test]
fn a_run_without_its_ledger_finds_all_and_waits_for_what_may_have_been_sent_last() {
    let world = world("update");
    list(&world, &[KIM, LEE]);
    // Killed with an answer lost, and the contact appears later.
    world.service.set_faults(FaultPlan {
        creates: Faults::always(Fault::LateDrop),
        late: std::time::Duration::from_millis(700),
        ..FaultPlan::default()
    });
    let mut killed = world.start(&["import", "list.csv"], &[]);
    assert!(killed.wait_until(|| world.arrived(Operation::CreateContact) == 2));
    killed.kill();
    drop(killed);
    world.service.set_faults(FaultPlan::default());
    let forget = || {
        for file in [
            "ledger.sqlite3",
            "ledger.sqlite3-wal",
            "ledger.sqlite3-shm",
            "ledger.sqlite3.lock",
        ] {
            let _ = std::fs::remove_file(world.path(file));
        }
    };
    for rows in [
        [KIM, LEE],
        [KIM, LEE],
        [KIM, "2,Lee,new@example.com,02-000-0002,"],
    ] {
        forget();
        list(&world, &rows);
        let ran = import(&world, 0);
        assert!(
            ran.said.contains("No earlier run in this ledger"),
            "{}",
            ran.said
        );
        assert_eq!(world.contacts().len(), 2, "{}", ran.said);
    }
    assert_eq!(outcomes(&world), ["exists ADOPTED", "exists UPDATED"]);
    // What has changed is added, as nobody knows what was sent before.
    let lee = contact(&world, &world.results()[1]["contact_id"]).request;
    assert_eq!(lee["emails"].as_array().map(Vec::len), Some(2));
}
