//! Contacts of others that are adopted or completed, and updates of those that are there.

use crate::in_step::{
    KIM, LEE, MAPPING, contact, import, list, outcomes, run_of, set, typed_in, world,
};
use crate::rig::{Fault, FaultPlan, Faults, Quirks, RiggedService as _, rig};
use cardlift::sandbox::Operation;
use serde_json::{Value, json};
use std::sync::Arc;

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
    let runs: Value = serde_json::from_str(&world.run(&["runs", "--json"]).data).expect("JSON");
    let of_run = runs["runs"].as_array().expect("a list").iter();
    let of_run = of_run.filter(|one| one["run"] == run.as_str());
    let undone: Vec<_> = of_run.map(|one| one["undone"].clone()).collect();
    assert_eq!(
        undone,
        [json!(1)],
        "an adoption that was undone deleted nothing"
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
    world.service.change(|options| {
        rig(options, |rig| {
            rig.quirks = Quirks {
                form: Some(Arc::new(|contact: &mut Value| {
                    if contact["memo"].is_string() {
                        contact["memo"] = json!("shortened");
                    }
                })),
                ..Quirks::default()
            }
        })
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
        changes: Faults::at([(2, Fault::ErrorBefore(403))]),
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
        changes: Faults::always(Fault::ErrorBefore(403)),
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
        .change(|options| options.clock_offset = jiff::SignedDuration::from_mins(5));
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
        // The second time it is the adoption itself.
        "matched.before_commit:2",
        "matched.after_commit:2",
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
