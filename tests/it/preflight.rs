//! What is looked at in the service before the first contact is sent: tags, custom properties, who is there already.

use crate::rig::{Fault, FaultPlan, Faults, RiggedService as _, rigged};
use crate::world::{World, google, people};
use cardlift::sandbox::{Operation, Options, Property, PropertyKind};
use serde_json::{Value, json};

fn requests(world: &World, operation: Operation) -> usize {
    let requests = world.service.requests();
    requests
        .iter()
        .filter(|one| one.operation == operation)
        .count()
}

fn labelled(rows: &[(&str, &str)]) -> String {
    let rows: Vec<[(&str, String); 4]> = rows
        .iter()
        .map(|(name, labels)| {
            [
                ("First Name", (*name).to_owned()),
                ("Last Name", "Example".to_owned()),
                ("Labels", (*labels).to_owned()),
                (
                    "E-mail 1 - Value",
                    format!("{}@example.com", name.to_lowercase()),
                ),
            ]
        })
        .collect();
    let borrowed: Vec<Vec<(&str, &str)>> = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|(column, cell)| (*column, cell.as_str()))
                .collect()
        })
        .collect();
    let rows: Vec<&[(&str, &str)]> = borrowed.iter().map(Vec::as_slice).collect();
    google(&rows)
}

fn with_tags(mode: &str, tags: &[&str]) -> World {
    let world = World::with(Options {
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        ..Options::default()
    });
    world.configure(&format!(
        "[tags]\nmode = \"{mode}\"\nnames = {{ \"Kunden\" = \"Customers\", \"* myContacts\" = \"\", \"myContacts\" = \"\" }}\n"
    ));
    world
}

/// The names of the tags of each contact, in the order of the creates.
fn tags_of(world: &World) -> Vec<Vec<String>> {
    let tags = world.service.tags();
    let name = |id: &Value| {
        let found = tags.iter().find(|(tag, _)| id == tag.as_str());
        found.map_or_else(|| format!("unknown {id}"), |(_, name)| name.clone())
    };
    let mut contacts = world.contacts();
    contacts.sort_by_key(|contact| contact.request["contactName"]["firstName"].to_string());
    contacts
        .iter()
        .map(|contact| {
            let ids = contact.request["contactTagIds"].as_array();
            ids.map_or(Vec::new(), |ids| ids.iter().map(name).collect())
        })
        .collect()
}

#[test]
fn labels_become_the_tags_that_the_service_has() {
    let world = with_tags("existing", &["Family", "Customers", "Other"]);
    let rows = [
        ("Ann", "Family ::: Friends ::: * myContacts"),
        ("Ben", "Kunden"),
        ("Cora", "Other; Family"),
    ];
    world.write("people.csv", labelled(&rows));
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let tags = [vec!["Family"], vec!["Customers"], vec!["Other", "Family"]];
    assert_eq!(tags_of(&world), tags);
    assert_eq!(world.service.tags().len(), 3, "none is made");
    assert!(
        world.read("report/results.jsonl").contains("Friends"),
        "it is carried over"
    );
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    assert_eq!(world.summary()["outcomes"]["exists"], json!(3));
}

#[test]
fn only_missing_tags_that_new_contacts_bear_are_made() {
    let world = with_tags("create", &["Family"]);
    let long = "a label of more than thirty characters";
    let rows = [
        ("Ann", "Family ::: Friends"),
        ("Ben", &format!("Kunden ::: {long}")),
        ("Ann", "Doubled"),
    ];
    world.write("people.csv", labelled(&rows));
    let ran = world.report(&["import", "people.csv"]);
    let names = |world: &World| {
        let mut names: Vec<String> = world
            .service
            .tags()
            .into_iter()
            .map(|(_, name)| name)
            .collect();
        names.sort();
        names
    };
    let made = names(&world);
    for name in ["Customers", "Family", "Friends"] {
        assert!(made.contains(&name.to_owned()), "{made:?}: {}", ran.said);
    }
    assert!(
        !made.contains(&"Doubled".to_owned()),
        "a duplicate needs none: {made:?}"
    );
    assert!(!made.iter().any(|name| name.contains("thirty")), "{made:?}");
    assert!(
        world.read("report/results.jsonl").contains(long),
        "it is carried over"
    );
    assert_eq!(
        tags_of(&world),
        [vec!["Family", "Friends"], vec!["Customers"]]
    );
    let creates = requests(&world, Operation::CreateTag);
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(names(&world), made, "{}", ran.said);
    assert_eq!(requests(&world, Operation::CreateTag), creates);
    assert_eq!(world.summary()["outcomes"]["created"], json!(0));
}

#[test]
fn contacts_that_are_there_already_need_no_tags() {
    let world = with_tags("off", &[]);
    world.write("people.csv", labelled(&[("Ann", "Friends")]));
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    let text = world.read("cardlift.toml").replace("\"off\"", "\"create\"");
    world.write("cardlift.toml", text);
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!((world.contacts().len(), world.service.tags().len()), (1, 0));
    assert_eq!(world.results()[0]["outcome"], "exists");
}

#[test]
fn a_tag_that_was_made_although_the_answer_got_lost_is_used() {
    let world = with_tags("create", &[]);
    world.service.set_faults(FaultPlan {
        changes: Faults::at([(1, Fault::DropAfter)]),
        ..FaultPlan::default()
    });
    world.write("people.csv", labelled(&[("Ann", "Friends")]));
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(tags_of(&world), [vec!["Friends"]]);
    assert_eq!(world.service.tags().len(), 1);
}

#[test]
fn standard_input_is_read_as_often_as_tags_need_it() {
    let world = with_tags("create", &[]);
    let mut command = world.command(&["import", "-", "--report", "report"]);
    command.write_stdin(labelled(&[("Ann", "Friends")]));
    let ran = crate::world::ran(command);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(tags_of(&world), [vec!["Friends"]]);
}

#[test]
fn tags_that_cant_be_read_stop_it_before_anything_is_sent() {
    let world = with_tags("existing", &[]);
    world.service.set_faults(FaultPlan {
        looks: Faults::always(Fault::ErrorBefore(403)),
        ..FaultPlan::default()
    });
    world.write("people.csv", labelled(&[("Ann", "Friends")]));
    let ran = world.run(&["import", "people.csv"]);
    assert_eq!(ran.code, 77, "{}", ran.said);
    assert!(ran.said.contains("the tags can't be read"), "{}", ran.said);
    assert!(world.contacts().is_empty());
}

/// A custom property of the service: its name, its type, and whether it holds several values.
type Defined<'a> = (&'a str, PropertyKind, bool);

fn with_properties(properties: &[Defined<'_>], more: &str) -> World {
    let properties = properties.iter().map(|(name, kind, multi)| Property {
        name: (*name).to_owned(),
        kind: *kind,
        multi: *multi,
    });
    let world = World::with(Options {
        properties: properties.collect(),
        rig: rigged(|rig| rig.check_properties = true),
        ..Options::default()
    });
    world.configure(&format!(
        "[mapping]\nemails = [\"Mail\"]\n[mapping.contactName]\nlastName = \"Name\"\n[mapping.customProperties]\nnumber = {{ content = \"Nr\" }}\n{more}"
    ));
    world.write("list.csv", "Name,Mail,Nr\nKim,kim@example.com,7\n");
    world
}

#[test]
fn custom_properties_that_the_service_has_are_filled() {
    let world = with_properties(&[("number", PropertyKind::String, false)], "");
    let ran = world.run(&["import", "list.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(
        world.contacts()[0].request["customProperties"]["number"]["content"],
        "7"
    );
}

#[test]
fn a_custom_property_that_does_not_fit_is_named_before_anything_is_sent() {
    let cases: &[(&[Defined<'_>], &str, &str)] = &[
        (&[], "", "`number`, which the service lacks (it has none)"),
        (&[("nr", PropertyKind::String, false)], "", "it has `nr`"),
        (
            &[("number", PropertyKind::Link, false)],
            "",
            "is a LINK in the service",
        ),
        (
            &[("number", PropertyKind::String, true)],
            "",
            "`multi = true`",
        ),
        (
            &[("number", PropertyKind::String, false)],
            "[custom_properties.number]\nmulti = true\n",
            "`multi = false`",
        ),
    ];
    for (properties, more, says) in cases {
        let world = with_properties(properties, more);
        let ran = world.run(&["import", "list.csv"]);
        assert_eq!(ran.code, 78, "{}", ran.said);
        assert!(ran.said.contains(says), "{says}: {}", ran.said);
        assert!(world.contacts().is_empty());
    }
}

#[test]
fn the_sandbox_takes_whatever_properties_the_mapping_fills() {
    let world = with_properties(&[], "");
    let ran = world.run(&["import", "list.csv", "--sandbox"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
}

#[test]
fn an_offline_check_says_in_one_line_what_it_could_not_look_at() {
    let world = with_properties(
        &[],
        "[tags]\nmode = \"existing\"\n[send]\nmatch_remote = true\n",
    );
    let ran = world.report(&["check", "list.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let line = ran
        .said
        .lines()
        .find(|line| line.starts_with("Not checked"));
    let line = line.unwrap_or_else(|| panic!("{}", ran.said));
    assert!(
        line.contains("`number`") && line.contains("already"),
        "{line}"
    );
    assert!(!line.contains("tags"), "nothing in it has a tag: {line}");
    let world = World::new();
    world.write("people.csv", people(1));
    let ran = world.report(&["check", "people.csv"]);
    assert!(!ran.said.contains("Not checked"), "{}", ran.said);
}

fn contact(first: &str, last: &str, email: &str) -> Value {
    json!({
        "permission": {"accessibleRange": "ALL", "isCoEditing": true},
        "contactName": {"firstName": first, "lastName": last},
        "emails": [{"primary": true, "email": email}],
        "organizations": [{"primary": true, "name": "Example"}],
        "telephones": [],
    })
}

#[test]
fn people_who_are_in_the_service_already_are_found_by_name_and_address() {
    let world = World::new();
    world.configure("[send]\nmatch_remote = true\n");
    world.write("people.csv", people(4));
    let mut same = contact("Given1", "Family1", "person1@example.com");
    same["telephones"] =
        json!([{"primary": true, "telephone": "010-0000-0001", "type": "CELLPHONE"}]);
    let same = world.service.add(same, None, Value::Null);
    let other = contact("given2", "FAMILY2", "Person2@Example.com");
    let other = world.service.add(other, None, Value::Null);
    world.service.add(
        contact("Nobody", "Family3", "person3@example.com"),
        None,
        Value::Null,
    );
    world.service.add(
        contact("Given4", "Family4", "person4@example.com"),
        None,
        json!({"type": "LINE"}),
    );
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let results = world.results();
    let of = |n: usize, column: &str| results[n][column].clone();
    assert_eq!(
        (of(0, "outcome"), of(0, "contact_id"), of(0, "code")),
        ("exists".into(), same, String::new())
    );
    assert_eq!(
        (of(1, "outcome"), of(1, "contact_id"), of(1, "code")),
        ("exists".into(), other.clone(), "DIFFERS".into())
    );
    assert_eq!(
        (of(2, "outcome"), of(3, "outcome")),
        ("created".into(), "created".into()),
        "another name; an external contact"
    );
    let kept = world
        .contacts()
        .into_iter()
        .find(|one| one.id == other)
        .expect("it is there");
    assert_eq!(
        kept.request["contactName"]["lastName"], "FAMILY2",
        "it is left as it is"
    );
    let again = world.report(&["import", "people.csv"]);
    assert_eq!(
        world.summary()["outcomes"]["exists"],
        json!(4),
        "{}",
        again.said
    );
    assert_eq!(world.contacts().len(), 6);
}

#[test]
fn contacts_of_one_name_and_address_with_different_middle_names_are_two_people() {
    let world = World::new();
    world.configure("[send]\nmatch_remote = true\n");
    let row = |middle: &'static str| {
        vec![
            ("First Name", "Ann"),
            ("Middle Name", middle),
            ("Last Name", "Example"),
            ("E-mail 1 - Value", "ann@example.com"),
        ]
    };
    world.write("people.csv", google(&[&row("Berta")]));
    let mut remote = contact("Ann", "Example", "ann@example.com");
    remote["contactName"]["middleName"] = json!("Carla");
    world.service.add(remote, None, Value::Null);
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    assert_eq!(world.contacts().len(), 2);
}

#[test]
fn contacts_that_cant_be_read_stop_it_before_anything_is_sent() {
    let world = World::new();
    world.configure("[send]\nmatch_remote = true\nmax_attempts = 1\n");
    world.write("people.csv", people(2));
    world.service.set_faults(FaultPlan {
        looks: Faults::always(Fault::ErrorBefore(403)),
        ..FaultPlan::default()
    });
    let ran = world.run(&["import", "people.csv"]);
    assert_eq!(ran.code, 77, "{}", ran.said);
    assert!(world.contacts().is_empty());
}

#[test]
fn a_full_service_stops_it_cleanly_and_names_the_limit() {
    let world = World::with(Options {
        quota: Some(3),
        ..Options::default()
    });
    world.write("people.csv", people(9));
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 77, "{}", ran.said);
    assert!(
        ran.said.contains("No room") && ran.said.contains("trash"),
        "{}",
        ran.said
    );
    assert_eq!(world.contacts().len(), 3);
    assert_eq!(world.summary()["outcomes"]["not_attempted"], json!(6));
    world.service.change(|options| options.quota = None);
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    assert_eq!(world.contacts().len(), 9);
}
