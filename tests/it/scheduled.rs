//! The same export every night: new, unchanged and changed records, guards, and saying nothing when there is nothing to say.

use crate::rig::{Fault, FaultPlan, Faults, RiggedService as _};
use crate::world::{World, account, people};
use cardlift::sandbox::{Operation, Options, Property, PropertyKind};
use serde_json::{Value, json};

const KEYED: &str = "[mapping]\nemails = [\"Mail\"]\ntelephones = [{ telephone = \"Tel\", type = \"WORK\" }]\nmemo = \"Note\"\nkey = [\"customProperties.number\"]\non_change = \"report\"\n[mapping.contactName]\nlastName = \"Name\"\n[mapping.customProperties]\nnumber = \"Nr\"\n";

/// A world whose records are known by a number.
fn keyed(on_change: &str) -> World {
    let world = World::with(Options {
        properties: vec![Property {
            name: "number".into(),
            kind: PropertyKind::String,
            multi: false,
        }],
        ..Options::default()
    });
    world.configure(&KEYED.replace("\"report\"", &format!("\"{on_change}\"")));
    world
}

fn list(world: &World, rows: &[&str]) {
    world.write(
        "list.csv",
        format!("Nr,Name,Mail,Tel,Note\n{}\n", rows.join("\n")),
    );
}

/// Runs the import and gives outcome and code of each record.
fn import(world: &World) -> Vec<(String, String)> {
    let ran = world.report(&["import", "list.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let results = world.results();
    results
        .iter()
        .map(|row| (row["outcome"].clone(), row["code"].clone()))
        .collect()
}

fn pair(outcome: &str, code: &str) -> (String, String) {
    (outcome.to_owned(), code.to_owned())
}

fn patches(world: &World) -> usize {
    let requests = world.service.requests();
    requests
        .iter()
        .filter(|one| one.operation == Operation::PatchContact)
        .count()
}

const KIM: &str = "1,Kim,kim@example.com,02-000-0001,first";
const LEE: &str = "2,Lee,lee@example.com,02-000-0002,";

#[test]
fn new_unchanged_and_changed_records_are_told_apart_by_their_key() {
    let world = keyed("report");
    list(&world, &[KIM, LEE]);
    assert_eq!(import(&world), [pair("created", ""), pair("created", "")]);
    list(
        &world,
        &[
            "1,Kim-Park,kp@example.com,02-000-0009,second",
            LEE,
            "3,Choi,choi@example.com,,",
        ],
    );
    let outcomes = [
        pair("exists", "CHANGED"),
        pair("exists", ""),
        pair("created", ""),
    ];
    assert_eq!(import(&world), outcomes);
    let results = world.results();
    assert!(
        results[0]["message"].contains("on_change"),
        "{}",
        results[0]["message"]
    );
    assert!(!results[0]["contact_id"].is_empty());
    assert_eq!(
        (world.summary()["changed"].clone(), patches(&world)),
        (json!(1), 0)
    );
    assert!(contact_of(&world, "Kim").is_some());
}

/// The id of the contact with this last name. Two that are created at once come in any order.
fn contact_of(world: &World, last_name: &str) -> Option<String> {
    let contacts = world.contacts();
    let mut found = contacts.iter();
    let found = found.find(|one| one.request["contactName"]["lastName"] == last_name);
    found.map(|one| one.id.clone())
}

#[test]
fn changed_records_are_brought_up_to_date_where_that_is_asked_for() {
    let world = keyed("update");
    list(&world, &[KIM, LEE]);
    import(&world);
    let kim = contact_of(&world, "Kim").expect("it was created");
    world.service.edit(
        &kim,
        json!({"websites": [{"primary": true, "url": "https://example.com/kim"}]}),
    );
    list(&world, &["1,Kim,kim@example.com,02-000-0009,", LEE]);
    assert_eq!(
        import(&world),
        [pair("exists", "UPDATED"), pair("exists", "")]
    );
    let contact = world
        .contacts()
        .into_iter()
        .find(|one| one.id == kim)
        .expect("it is there");
    assert_eq!(contact.request["telephones"][0]["telephone"], "02-000-0009");
    assert_eq!(
        contact.request["websites"][0]["url"], "https://example.com/kim",
        "what others edited stays"
    );
    assert_eq!(
        contact.request["memo"], "first",
        "what is gone from the source stays, and is named"
    );
    let message = world.results()[0]["message"].clone();
    assert!(
        message.contains("telephones") && message.contains("memo no longer"),
        "{message}"
    );
    assert_eq!(
        import(&world),
        [pair("exists", ""), pair("exists", "")],
        "once is enough"
    );
    assert_eq!(patches(&world), 1);
    list(&world, &[KIM, LEE]);
    assert_eq!(
        import(&world)[0],
        pair("exists", "UPDATED"),
        "back to what it was is a change, too"
    );
    assert_eq!(world.contacts().len(), 2);
}

#[test]
fn an_update_that_is_refused_or_fails_is_reported_and_tried_again_the_next_time() {
    let world = keyed("update");
    list(&world, &[KIM, LEE]);
    import(&world);
    list(
        &world,
        &[
            "1,Kim,kim@example.com,02-000-0009,first",
            "2,Lee,lee@example.com,02-000-0008,",
        ],
    );
    world.service.set_faults(FaultPlan {
        changes: Faults::at([(1, Fault::ErrorBefore(400)), (2, Fault::DropAfter)]),
        ..FaultPlan::default()
    });
    let ran = world.report(&["import", "list.csv"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    let results = world.results();
    let rejected: Vec<_> = results
        .iter()
        .filter(|row| row["outcome"] == "rejected")
        .collect();
    assert_eq!(rejected.len(), 1);
    assert!(!rejected[0]["code"].is_empty());
    world.service.set_faults(FaultPlan::default());
    assert!(import(&world).contains(&pair("exists", "UPDATED")));
    let contacts = world.contacts();
    let phones = contacts
        .iter()
        .filter_map(|one| one.request["telephones"][0]["telephone"].as_str());
    let mut phones: Vec<&str> = phones.collect();
    phones.sort_unstable();
    assert_eq!(phones, ["02-000-0008", "02-000-0009"]);
}

#[test]
fn a_changed_record_whose_contact_is_gone_is_named_with_the_way_out() {
    let world = keyed("update");
    list(&world, &[KIM, LEE]);
    import(&world);
    let kim = contact_of(&world, "Kim").expect("it was created");
    crate::undo::delete_by_hand(&world, &kim);
    list(&world, &["1,Kim,kim@example.com,02-000-0009,first", LEE]);
    let ran = world.report(&["import", "list.csv"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    let row = world.results()[0].clone();
    assert_eq!(
        (row["outcome"].as_str(), row["code"].as_str()),
        ("rejected", "CONTACT_GONE")
    );
    assert!(
        row["message"].contains("cardlift undo"),
        "{}",
        row["message"]
    );
}

#[test]
fn two_records_of_one_input_with_the_same_key_are_duplicates() {
    let world = keyed("report");
    list(&world, &[KIM, "1,Somebody,else@example.com,,"]);
    for command in ["check", "import"] {
        let ran = world.report(&[command, "list.csv"]);
        // The second one has an e-mail that the first one lacks.
        assert_eq!(ran.code, 3, "{}", ran.said);
        let row = world.results()[1].clone();
        assert_eq!(row["outcome"], "duplicate");
        assert!(
            row["message"].contains("key") && row["message"].contains("list.csv:2"),
            "{}",
            row["message"]
        );
    }
}

#[test]
fn without_a_key_a_changed_person_is_not_created_a_second_time() {
    let world = World::new();
    world.write("people.csv", people(3));
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    let changed = people(3).replacen("Example", "Example Ltd", 1);
    world.write("people.csv", &changed);
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(world.contacts().len(), 3);
    let row = world.results()[0].clone();
    assert_eq!(
        (row["outcome"].as_str(), row["code"].as_str()),
        ("exists", "CHANGED")
    );
    for said in [
        "not created twice",
        "[mapping] key",
        "cardlift undo",
        "--record 1",
    ] {
        assert!(row["message"].contains(said), "{said}: {}", row["message"]);
    }
    // The one way out: delete the old one.
    let run = row["message"]
        .split("cardlift undo ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next());
    let ran = world.run(&[
        "undo",
        run.expect("it names the run"),
        "--record",
        "1",
        "--yes",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    assert_eq!(
        (
            world.contacts().len(),
            world.results()[0]["outcome"].as_str()
        ),
        (3, "created")
    );
    // The other: a key, which takes hold of what was created without one.
    world.configure("[mapping]\nkey = [\"emails\"]\non_change = \"update\"\n");
    world.write(
        "people.csv",
        changed.replacen("010-0000-0002", "010-0000-0022", 1),
    );
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(world.results()[1]["code"], "UPDATED");
    assert_eq!(world.contacts().len(), 3);
}

#[test]
fn a_key_that_no_record_can_be_known_by_is_refused_with_the_nearest_one() {
    let world = World::new();
    world.write("people.csv", people(1));
    for (mapping, says) in [
        (
            "key = [\"customProperties.nr\"]",
            "no column goes to `customProperties.nr`",
        ),
        ("key = [\"email\"]", "did you mean `emails`?"),
        (
            "key = [\"contactName.surname\"]",
            "which can't identify a record",
        ),
        ("on_change = \"update\"", "needs `key`"),
        ("key = [\"emails\"]\non_change = \"always\"", "`report`"),
    ] {
        world.configure(&format!("[mapping]\n{mapping}\n"));
        let ran = world.run(&["check", "people.csv"]);
        assert_eq!(ran.code, 78, "{}", ran.said);
        assert!(ran.said.contains(says), "{says}: {}", ran.said);
    }
}

#[test]
fn going_from_a_token_to_a_service_account_does_not_send_everybody_again() {
    let world = World::with(Options {
        account: Some(account()),
        ..Options::default()
    });
    world.write("people.csv", people(10));
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    world.configure(&world.service_account());
    let ran = world.report(&["import", "people.csv", "--quiet"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert!(ran.said.contains("10 planned contacts"), "{}", ran.said);
    assert_eq!(world.contacts().len(), 10);
    let matching = format!("{}[send]\nmatch_remote = true\n", world.service_account());
    world.configure(&matching);
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(world.summary()["outcomes"]["exists"], json!(10));
    assert_eq!(world.contacts().len(), 10);
}

#[test]
fn what_a_guard_says_is_the_last_thing_and_what_the_page_advises() {
    let world = World::new();
    world.write("people.csv", people(10));
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    world.write("people.csv", people(4).replace("person1@", "new@"));
    for plan in [false, true] {
        let ran = match plan {
            true => world.run(&["import", "people.csv", "--plan"]),
            false => world.report(&["import", "people.csv"]),
        };
        assert_eq!(ran.code, 78, "{}", ran.said);
        let lines: Vec<&str> = ran.said.trim_end().lines().collect();
        let [.., before, objection, remedy] = lines[..] else {
            panic!("{lines:?}")
        };
        assert!(objection.contains("4 records, down from 10"), "{lines:?}");
        assert!(remedy.contains("--no-guard"), "{lines:?}");
        let end = if plan {
            "This was the plan"
        } else {
            "Report: "
        };
        assert!(before.contains(end), "{lines:?}");
        assert_eq!(ran.said.matches("down from 10").count(), 1, "{lines:?}");
    }
    let page = world.read("report/report.html");
    assert!(page.contains(r#""advice":[["guard-shrunk","#), "{page}");
    assert!(!page.contains("say.next-again"), "{page}");
}

#[test]
fn a_source_that_shrank_by_more_than_half_is_not_sent() {
    let world = World::new();
    world.write("people.csv", people(10));
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    let fewer = people(4).replace("person1@", "new@");
    world.write("people.csv", fewer);
    let ran = world.report(&["import", "people.csv", "--quiet"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert!(
        ran.said.contains("4 records, down from 10") && ran.said.contains("--no-guard"),
        "{}",
        ran.said
    );
    assert_eq!(world.contacts().len(), 10);
    let outcome = |world: &World, outcome: &str| world.summary()["outcomes"][outcome].clone();
    assert_eq!(
        world.summary()["records"],
        json!(4),
        "the report says what there is"
    );
    let again = world.report(&["import", "people.csv"]);
    assert_eq!(again.code, 78, "a run that was stopped is nothing to go by");
    assert_eq!(
        world.report(&["import", "people.csv", "--no-guard"]).code,
        0
    );
    assert_eq!(
        outcome(&world, "created"),
        json!(0),
        "the person is there, under another address"
    );
    world.write("people.csv", people(2));
    assert_eq!(
        world.report(&["import", "people.csv"]).code,
        0,
        "half is not less than half"
    );
}

#[test]
fn a_source_with_other_columns_is_not_sent() {
    let world = keyed("report");
    list(&world, &[KIM]);
    import(&world);
    let other = format!("Nr,Name,Mail,Tel,Memo,Note\n{KIM},\n{LEE},\n");
    world.write("list.csv", other);
    let ran = world.report(&["import", "list.csv"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert!(ran.said.contains("`Memo` new"), "{}", ran.said);
    assert_eq!(world.contacts().len(), 1);
    world.configure(&format!("{KEYED}[send]\nguard = false\n"));
    assert_eq!(world.report(&["import", "list.csv"]).code, 0);
    assert_eq!(world.contacts().len(), 2);
}

#[test]
fn unknowns_that_cant_be_looked_up_keep_the_rest_from_being_sent() {
    let world = World::new();
    world.configure("[send]\nconcurrency = 1\n");
    world.write("people.csv", people(2));
    world.service.set_faults(FaultPlan {
        creates: Faults::at([(1, Fault::DropAfter)]),
        looks: Faults::always(Fault::ErrorBefore(403)),
        ..FaultPlan::default()
    });
    assert_eq!(world.report(&["import", "people.csv"]).code, 4);
    world.write("people.csv", people(3));
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 4, "{}", ran.said);
    assert!(ran.said.contains("nothing was sent"), "{}", ran.said);
    assert_eq!(world.contacts().len(), 2);
    let ran = world.report(&["import", "people.csv", "--no-guard"]);
    assert_eq!((ran.code, world.contacts().len()), (4, 3), "{}", ran.said);
    world.service.set_faults(FaultPlan::default());
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    assert_eq!(world.contacts().len(), 3);
}

#[test]
fn with_nothing_new_a_quiet_run_says_nothing_and_json_is_one_line() {
    let world = World::new();
    world.write("people.csv", people(3));
    assert_eq!(world.run(&["import", "people.csv"]).code, 0);
    let ran = world.run(&["import", "people.csv", "--quiet"]);
    assert_eq!(
        (ran.code, ran.said.as_str(), ran.data.as_str()),
        (0, "", "")
    );
    let ran = world.run(&["import", "people.csv", "--quiet", "--json"]);
    assert_eq!((ran.said.as_str(), ran.data.lines().count()), ("", 1));
    let line: Value = serde_json::from_str(&ran.data).expect("it is JSON");
    assert_eq!(
        (&line["outcomes"]["exists"], &line["outcomes"]["created"]),
        (&json!(3), &json!(0))
    );
    world.write("people.csv", "First Name,Last Name,E-mail 1 - Value\n");
    let ran = world.run(&["import", "missing.csv", "--quiet", "--json"]);
    assert_eq!((ran.code, ran.data.lines().count()), (66, 1));
    assert!(ran.data.contains("\"exit\":66"), "{}", ran.data);
}

#[test]
fn a_quiet_run_names_what_was_left_undone() {
    for (lang, line) in [
        (
            "en",
            "1 of 3 records invalid: people.csv:4 (EMAIL_OR_TELEPHONE_MISSING)\n",
        ),
        (
            "ko",
            "레코드 3건 중 오류 1건: people.csv:4 (EMAIL_OR_TELEPHONE_MISSING)\n",
        ),
        (
            "ja",
            "レコード 3 件中 1 件に不備: people.csv:4 (EMAIL_OR_TELEPHONE_MISSING)\n",
        ),
    ] {
        let world = World::new();
        world.write("people.csv", format!("{}Nobody,Without,,,,,\n", people(2)));
        let ran = world.run(&["import", "people.csv", "--quiet", "--lang", lang]);
        assert_eq!((ran.code, ran.said.as_str()), (3, line));
    }
}

#[test]
fn a_quiet_run_lists_only_what_was_not_wrong_in_the_last_finished_run() {
    let world = World::new();
    let quiet = |lang: &str| {
        let ran = world.run(&["import", "people.csv", "--quiet", "--lang", lang]);
        assert_eq!(ran.code, 3, "{}", ran.said);
        ran.said
    };
    let nobody = "Nobody,Without,,,,,\n";
    world.write("people.csv", format!("{}{nobody}", people(2)));
    quiet("en");
    assert_eq!(quiet("en"), "1 of 3 records invalid, none new\n");
    assert_eq!(quiet("ko"), "레코드 3건 중 오류 1건, 새로운 것 없음\n");
    assert_eq!(quiet("ja"), "レコード 3 件中 1 件に不備、新規なし\n");
    let another = "Another,Without,,,,,\n";
    world.write("people.csv", format!("{}{another}{nobody}", people(2)));
    assert_eq!(
        quiet("en"),
        "2 of 4 records invalid, 1 new: people.csv:4 (EMAIL_OR_TELEPHONE_MISSING)\n"
    );
    // The same bytes in a file of another name are no news, and those that were mended wrongly are.
    std::fs::rename(world.path("people.csv"), world.path("other.csv")).unwrap();
    let ran = world.run(&["import", "other.csv", "--quiet"]);
    assert_eq!(ran.said, "2 of 4 records invalid, none new\n");
    let wrong = "Another,Without,,,,,010-xyz\n";
    world.write("people.csv", format!("{}{wrong}{nobody}", people(2)));
    assert_eq!(
        quiet("en"),
        "2 of 4 records invalid, 1 new: people.csv:4 (PHONE_PATTERN)\n"
    );
}

#[test]
fn without_a_locale_the_configuration_chooses_the_language() {
    let world = World::new();
    world.configure("[report]\nlang = \"ko\"\n");
    world.write("people.csv", format!("{}Nobody,Without,,,,,\n", people(2)));
    let korean = world.report(&["check", "people.csv"]);
    assert!(korean.said.contains("레코드 3건"), "{}", korean.said);
    assert!(
        world
            .read("report/results.csv")
            .contains("메일 주소도 전화번호도 없습니다")
    );
    let english = world.report(&["check", "people.csv", "--lang", "en"]);
    assert!(english.said.contains("3 records"), "{}", english.said);
}
