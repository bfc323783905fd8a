//! The main job: exports go in, contacts come out, every record is accounted for.

use crate::world::{World, google, people};
use cardlift::sandbox::{Options, Property, PropertyKind};
use serde_json::{Value, json};

/// Forty good rows, each with a value in every column that a contact has a place for.
fn forty_rows() -> Vec<Vec<(&'static str, String)>> {
    (1..=40)
        .map(|n| {
            vec![
                ("First Name", format!("Given{n}")),
                ("Last Name", format!("Family{n}")),
                ("Phonetic First Name", format!("기븐{n}")),
                ("Phonetic Last Name", format!("패밀리{n}")),
                ("Nickname", format!("Nick{n}")),
                ("Organization Name", format!("Example {n} Ltd")),
                ("Organization Title", format!("Title {n}")),
                ("Organization Department", format!("Department {n}")),
                ("Birthday", format!("19{:02}-04-{:02}", 40 + n, 1 + n % 28)),
                (
                    "Notes",
                    format!("first line {n}\nsecond line, with \"quotes\""),
                ),
                ("E-mail 1 - Value", format!("person{n}@example.com")),
                ("Phone 1 - Label", "Mobile".to_owned()),
                ("Phone 1 - Value", format!("010-0000-{n:04}")),
                ("Phone 2 - Label", "Work Fax".to_owned()),
                ("Phone 2 - Value", format!("02-000-{n:04}")),
                ("Address 1 - Label", "Work".to_owned()),
                ("Address 1 - Street", format!("Example Street {n}")),
                ("Address 1 - City", "Exampletown".to_owned()),
                ("Address 1 - Postal Code", format!("{n:05}")),
                ("Website 1 - Value", format!("https://example.com/{n}")),
            ]
        })
        .collect()
}

fn cards() -> String {
    let mut text = String::new();
    for n in 1..=25 {
        text.push_str(&format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:김;카드{n};;;\r\nFN:김카드{n}\r\nEMAIL;type=WORK:card{n}@example.com\r\n\
             TEL;type=CELL:010-0001-{n:04}\r\nNOTE:메모 {n}\\, 둘째\\n줄\r\nEND:VCARD\r\n"
        ));
    }
    text.push_str("BEGIN:VCARD\r\nVERSION:3.0\r\nN:이;무연락;;;\r\nFN:이무연락\r\nEND:VCARD\r\n");
    text
}

#[test]
fn a_google_csv_and_a_vcard_are_imported_once_and_every_record_is_accounted_for() {
    let world = World::new();
    let rows = forty_rows();
    let borrowed: Vec<Vec<(&str, &str)>> = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect()
        })
        .collect();
    let rows: Vec<&[(&str, &str)]> = borrowed.iter().map(Vec::as_slice).collect();
    world.write("contacts.csv", google(&rows));
    world.write("cards.vcf", cards());

    let ran = world.report(&["import", "contacts.csv", "cards.vcf"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    let contacts = world.contacts();
    assert_eq!(contacts.len(), 65);
    let results = world.results();
    assert_eq!(results.len(), 66);
    let invalid: Vec<_> = results
        .iter()
        .filter(|row| row["outcome"] == "invalid")
        .collect();
    assert_eq!(invalid.len(), 1);
    assert_eq!(
        (invalid[0]["source"].as_str(), invalid[0]["line"].as_str()),
        ("cards.vcf", "201")
    );
    assert_eq!(invalid[0]["code"], "EMAIL_OR_TELEPHONE_MISSING");
    for row in results.iter().filter(|row| row["outcome"] == "created") {
        let contact = contacts
            .iter()
            .find(|contact| contact.id == row["contact_id"]);
        let contact = contact.unwrap_or_else(|| panic!("no contact {}", row["contact_id"]));
        let n: usize = row["record"].parse().unwrap();
        let expected = if row["source"] == "contacts.csv" {
            expected_row(n)
        } else {
            expected_card(n)
        };
        assert_eq!(contact.request, expected, "line {}", row["line"]);
    }
    let summary = world.summary();
    let sum: u64 = summary["outcomes"]
        .as_object()
        .unwrap()
        .values()
        .map(|n| n.as_u64().unwrap())
        .sum();
    assert_eq!(
        (sum, &summary["records"], &summary["outcomes"]["created"]),
        (66, &json!(66), &json!(65))
    );

    let again = world.report(&["import", "contacts.csv", "cards.vcf"]);
    assert_eq!(again.code, 3, "{}", again.said);
    assert_eq!(world.contacts().len(), 65);
    assert_eq!(world.summary()["outcomes"]["exists"], json!(65));
    assert!(again.said.contains("65 already there"), "{}", again.said);
    for (before, now) in results.iter().zip(world.results()) {
        assert_eq!(
            before["contact_id"], now["contact_id"],
            "the second report names the same ids"
        );
    }
}

fn expected_row(n: usize) -> Value {
    json!({
        "permission": {"accessibleRange": "ALL", "isCoEditing": true},
        "contactName": {
            "firstName": format!("Given{n}"), "lastName": format!("Family{n}"),
            "phoneticFirstName": format!("기븐{n}"), "phoneticLastName": format!("패밀리{n}"),
            "nickName": format!("Nick{n}"),
        },
        "emails": [{"primary": true, "email": format!("person{n}@example.com")}],
        "telephones": [
            {"primary": true, "telephone": format!("010-0000-{n:04}"), "type": "CELLPHONE"},
            {"primary": false, "telephone": format!("02-000-{n:04}"), "type": "WORK_FAX"},
        ],
        "organizations": [{
            "primary": true, "name": format!("Example {n} Ltd"),
            "department": format!("Department {n}"), "title": format!("Title {n}"),
        }],
        "events": [{"primary": true, "date": format!("19{:02}-04-{:02}", 40 + n, 1 + n % 28), "type": "BIRTHDAY"}],
        "locations": [{
            "primary": true, "address": format!("Example Street {n}, Exampletown"),
            "type": "WORK", "zipCode": format!("{n:05}"),
        }],
        "websites": [{"primary": true, "url": format!("https://example.com/{n}")}],
        "memo": format!("first line {n}\nsecond line, with \"quotes\""),
    })
}

fn expected_card(n: usize) -> Value {
    json!({
        "permission": {"accessibleRange": "ALL", "isCoEditing": true},
        "contactName": {"firstName": format!("카드{n}"), "lastName": "김"},
        "emails": [{"primary": true, "email": format!("card{n}@example.com")}],
        "telephones": [{"primary": true, "telephone": format!("010-0001-{n:04}"), "type": "CELLPHONE"}],
        "memo": format!("메모 {n}, 둘째\n줄"),
    })
}

#[test]
fn what_was_created_at_one_service_is_not_there_at_another() {
    let world = World::new();
    let other = World::new();
    world.write("people.csv", people(3));
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    let base_url = other.service.base_url();
    let text = world
        .read("cardlift.toml")
        .replace(&world.service.base_url(), &base_url);
    world.write("cardlift.toml", text);
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    assert_eq!((world.contacts().len(), other.contacts().len()), (3, 3));
}

#[test]
fn mended_rejects_are_imported_and_nothing_is_created_twice() {
    let world = World::new();
    world.write(
        "people.csv",
        google(&[
            &[
                ("First Name", "민"),
                ("Last Name", "남궁"),
                ("E-mail 1 - Value", "min@example.com"),
            ],
            &[("First Name", "Erika"), ("Phone 1 - Value", "030 CALL ME")],
        ]),
    );
    assert_eq!(world.report(&["import", "people.csv"]).code, 3);
    let rejects = world.read("report/rejects.csv");
    assert!(rejects.contains("#2] "), "{rejects}");
    world.write(
        "mended.csv",
        rejects.replacen("030 CALL ME", "030 000 0000", 1),
    );
    let ran = world.report(&["import", "mended.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(world.contacts().len(), 2);
    assert!(
        !world.read("report/results.jsonl").contains("[cardlift"),
        "the reason is left alone"
    );
    let message = &world.results()[0]["message"];
    assert!(message.starts_with("fixes record 2 of run "), "{message}");
}

#[test]
fn a_limit_creates_so_many_and_the_same_command_the_rest() {
    let world = World::new();
    world.write("people.csv", people(5));
    let ran = world.report(&["import", "people.csv", "--limit", "2"]);
    assert_eq!(world.contacts().len(), 2, "{}", ran.said);
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    assert_eq!(world.contacts().len(), 5);
}

#[test]
fn past_runs_are_listed_and_reported_from_the_ledger_alone() {
    let world = World::new();
    world.write("people.csv", people(2));
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    let first = world.read("report/results.csv");
    std::fs::remove_file(world.path("people.csv")).unwrap();
    let listed = world.run(&["runs"]);
    let run = listed
        .data
        .split_whitespace()
        .next()
        .expect("a run is listed")
        .to_owned();
    let ran = world.report(&["report", &run]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(world.read("report/results.csv"), first);
}

#[test]
fn a_mapping_in_the_configuration_is_followed_to_every_shape_of_the_request() {
    let property = |name: &str, kind| Property {
        name: name.to_owned(),
        kind,
        multi: false,
    };
    let world = World::with(Options {
        properties: vec![
            property("number", PropertyKind::String),
            property("page", PropertyKind::Link),
        ],
        ..Options::default()
    });
    world.configure(
        r#"
[mapping]
memo = { template = "Nr. {Nr}: {Notiz}" }
contactTagIds = { constant = "tag-1" }
telephones = [
  { telephone = "Tel", type = "WORK" },
  { telephone = "Tel 2", type = { column = "Art", labels = { "Durchwahl" = "Direct line", "Handy" = "CELLPHONE" }, default = "OTHER" } },
]
emails = ["Mail", "Mail 2"]
locations = [{ address = { join = ["Strasse", "Ort"], separator = ", " }, zipCode = "PLZ", type = "HOME" }]
events = [{ date = "Geboren", type = "BIRTHDAY", dayType = "LUNAR" }]
messengers = [{ id = "Line", type = "LINE" }]
organizations = [{ name = { column = "Firma", default = "Example" }, title = "Titel" }]
websites = ["Web"]
[mapping.contactName]
lastName = "Nachname"
firstName = "Vorname"
[mapping.customProperties]
number = { content = "Nr" }
page = { text = "Firma", link = "Web" }
[mapping.permission]
accessibleRange = { constant = "MEMBER" }
masterUserId = "Besitzer"
accessibleMembers = [{ id = "Besitzer", type = "USER" }]
"#,
    );
    world.write(
        "liste.csv",
        "Nr;Nachname;Vorname;Firma;Titel;Mail;Mail 2;Tel;Tel 2;Art;Strasse;Ort;PLZ;Geboren;Line;Web;Notiz;Besitzer\n\
         7;Muster;Erika;;Leiterin;erika@example.com;e.muster@example.com;030 000;030 001;Durchwahl;Weg 1;Berlin;10000;1980-01-02;erika-line;https://example.com;gut;user-1\n",
    );
    let ran = world.report(&["import", "liste.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(
        world.contacts()[0].request,
        json!({
            "permission": {
                "accessibleRange": "MEMBER", "masterUserId": "user-1", "isCoEditing": true,
                "accessibleMembers": [{"id": "user-1", "type": "USER"}],
            },
            "contactName": {"firstName": "Erika", "lastName": "Muster"},
            "emails": [
                {"primary": true, "email": "erika@example.com"},
                {"primary": false, "email": "e.muster@example.com"},
            ],
            "telephones": [
                {"primary": true, "telephone": "030 000", "type": "WORK"},
                {"primary": false, "telephone": "030 001", "type": "CUSTOM", "customType": "Direct line"},
            ],
            "organizations": [{"primary": true, "name": "Example", "title": "Leiterin"}],
            "events": [{"primary": true, "date": "1980-01-02", "type": "BIRTHDAY", "dayType": "LUNAR"}],
            "locations": [{"primary": true, "address": "Weg 1, Berlin", "type": "HOME", "zipCode": "10000"}],
            "messengers": [{"primary": true, "id": "erika-line", "type": "LINE"}],
            "websites": [{"primary": true, "url": "https://example.com"}],
            "memo": "Nr. 7: gut",
            "contactTagIds": ["tag-1"],
            "customProperties": {"number": {"content": "7"}, "page": {"link": "https://example.com"}},
        })
    );
}
