//! Duplicates: what repeats another record and has nothing of its own is kept back; what has values of its own needs a person.

use crate::world::{World, google};
use serde_json::json;

/// A father, his son with the same name and home number, and the father once more.
fn family() -> String {
    let father = [
        ("First Name", "Max"),
        ("Last Name", "Muster"),
        ("E-mail 1 - Value", "max@example.com"),
        ("Phone 1 - Label", "Home"),
        ("Phone 1 - Value", "02-000-0001"),
    ];
    let son = [
        ("First Name", "Max"),
        ("Last Name", "Muster"),
        ("Birthday", "2001-02-03"),
        ("E-mail 1 - Value", "junior@example.com"),
        ("Phone 1 - Label", "Home"),
        ("Phone 1 - Value", "02 000 0001"),
    ];
    let again = [
        ("First Name", "Max"),
        ("Last Name", "Muster"),
        ("E-mail 1 - Value", "MAX@example.com"),
    ];
    google(&[&father, &son, &again])
}

#[test]
fn the_page_shows_all_of_a_duplicate_however_many_valid_records_stand_above_it() {
    let world = World::new();
    let mut rows = "Name,Email,Notes,Locker\n".to_owned();
    // Long enough that most is read when the page has all the valid records that it lists.
    let notes = "met at the fair ".repeat(240);
    for number in 0..1_600 {
        rows += &format!("Ann Muster{number},ann{number}@example.com,{notes},\n");
    }
    rows += &format!("Ann Muster0,ann0@example.com,{notes},L-17\n");
    world.write("people.csv", rows);
    let ran = world.report(&["check", "people.csv", "--workers", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let page = world.read("report/report.html");
    assert!(page.contains(r#"["unmapped","Locker","L-17"]"#), "{page}");
    assert_eq!(page.matches("\"ann0@example.com\"").count(), 2, "{page}");
    assert_eq!(page.matches("\"ann1500@example.com\"").count(), 0);
    assert_eq!(world.summary()["carried_over"], json!({"Locker": 1}));
}

#[test]
fn a_duplicate_with_values_of_its_own_needs_a_person_and_one_without_does_not() {
    for command in ["check", "import"] {
        let world = World::new();
        world.write("family.csv", family());
        let details = match command {
            "check" => &["--details"][..],
            _ => &["--yes"],
        };
        let ran = world.report(&[&[command, "family.csv"], details].concat());
        assert_eq!(ran.code, 3, "{}", ran.said);
        let said = "1 duplicate has values that the first record lacks: family.csv:3";
        assert!(ran.said.contains(said), "{}", ran.said);
        let rows = world.results();
        let of =
            |row: usize| ["outcome", "code"].map(|column| rows[row][column].as_str().to_owned());
        assert_eq!(of(1), ["duplicate", "ONLY_IN_DUPLICATE"]);
        assert_eq!(of(2), ["duplicate", "DUPLICATE"]);
        let message = &rows[1]["message"];
        for part in [
            "repeats family.csv:2",
            "`junior@example.com` (E-mail 1 - Value)",
            "`2001-02-03` (Birthday)",
            "change the name or remove the shared value",
        ] {
            assert!(message.contains(part), "{message}");
        }
        assert!(
            !message.contains("02 000 0001"),
            "it is the same number: {message}"
        );
        let details = world.read("report/results.jsonl");
        let note = "\"reason\":\"only_in_duplicate\",\"source_field\":\"E-mail 1 - Value\",\"value\":\"junior@example.com\"";
        assert!(details.contains(note), "{details}");
        assert_eq!(world.summary()["only_in_duplicate"], json!(1));
        let rejects = world.read("report/rejects.csv");
        assert!(rejects.contains("junior@example.com"), "{rejects}");
        assert!(rejects.contains("change the name"), "{rejects}");
        assert!(!rejects.contains("MAX@example.com"), "{rejects}");
    }
}

#[test]
fn a_duplicate_that_was_given_another_name_is_imported_from_the_rejects() {
    let world = World::new();
    world.write("family.csv", family());
    assert_eq!(world.report(&["import", "family.csv", "--yes"]).code, 3);
    let rejects = world.read("report/rejects.csv");
    world.write("son.csv", rejects.replacen("Max", "Max Junior", 1));
    let ran = world.report(&["import", "son.csv", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(world.summary()["outcomes"]["created"], json!(1));
    assert_eq!(world.contacts().len(), 2);
}

#[test]
fn cards_are_compared_across_files_whatever_their_encoding() {
    let card = |more: &str| {
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:김;예시;;;\r\nFN:김예시\r\nTEL:010-0000-0001\r\n{more}END:VCARD\r\n"
        )
    };
    let other = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Other\r\nTEL:010-0000-0009\r\nEND:VCARD\r\n";
    let world = World::new();
    world.write("first.vcf", format!("{other}{}", card("")));
    let wide = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let second = format!("{}{}", card(""), card("EMAIL:kim@example.com\r\n"));
    world.write("second.vcf", wide(&second));
    let ran = world.report(&["check", "first.vcf", "second.vcf"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    let rows = world.results();
    let codes: Vec<&str> = rows.iter().map(|row| row["code"].as_str()).collect();
    assert_eq!(codes, ["", "", "DUPLICATE", "ONLY_IN_DUPLICATE"]);
    let message = &rows[3]["message"];
    assert!(message.contains("`kim@example.com` (EMAIL)"), "{message}");
    assert!(ran.said.contains("second.vcf:7"), "{}", ran.said);
}

#[test]
fn rows_are_the_same_by_what_they_say_and_not_by_how_they_are_written() {
    let world = World::new();
    let row = "Jane Example,010-0000-0001,Sales\n";
    let quoted = "\"Jane Example\",010-0000-0001,\"Sales\"\n";
    world.write(
        "companies.csv",
        format!("Name,Mobile,Company\n{row}{row}{quoted}"),
    );
    world.write("departments.csv", format!("Name,Mobile,Department\n{row}"));
    let ran = world.report(&["check", "companies.csv", "departments.csv"]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    let rows = world.results();
    let codes: Vec<&str> = rows.iter().map(|row| row["code"].as_str()).collect();
    // The same text is another value in another column.
    assert_eq!(
        codes,
        ["", "DUPLICATE", "DUPLICATE", "ONLY_IN_DUPLICATE"],
        "{}",
        ran.said
    );
}

#[test]
fn a_record_that_duplicates_complete_is_explained_as_it_is_sent() {
    let world = World::new();
    world.configure("[normalize]\nduplicates = \"merge\"\n");
    let header = "First Name,Last Name,E-mail 1 - Value,Phone 1 - Value,Notes\n";
    let rows = [
        "Max,Muster,max@example.com,,first\n",
        "Eve,Example,eve@example.com,,\n",
        "Max,Muster,max@example.com,02-000-0001,\n",
    ];
    world.write("people.csv", format!("{header}{}", rows.concat()));
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    let contact = world.results()[0]["contact_id"].clone();
    let explained = |line: u32| {
        let place = format!("people.csv:{line}");
        let ran = world.run(&["explain", &place, "--json"]);
        assert_eq!(ran.code, 0, "{}", ran.said);
        serde_json::from_str::<serde_json::Value>(&ran.data).unwrap()
    };
    let first = explained(2);
    let telephone = &first["payload"]["telephones"][0]["telephone"];
    assert_eq!(telephone, "02-000-0001", "{first}");
    assert_eq!(first["ledger"][0]["contact_id"], json!(contact), "{first}");
    for shown in [&first, &explained(4)] {
        let duplicate = &shown["duplicates"][0];
        assert_eq!(duplicate["place"], "people.csv:4", "{shown}");
        let message = duplicate["message"].as_str().unwrap();
        assert!(message.contains("repeats people.csv:2"), "{message}");
        assert!(message.contains("`02-000-0001`"), "{message}");
    }
    assert_eq!(explained(3)["duplicates"], json!([]));
    let text = world.run(&["explain", "people.csv:2"]).data;
    assert!(text.contains("\nDuplicates\n  people.csv:4: "), "{text}");
    assert!(text.contains("\"02-000-0001\""), "{text}");
}

#[test]
fn a_duplicate_completes_the_first_record_where_that_is_asked_for() {
    let world = World::new();
    let config = "[normalize]\nduplicates = \"merge\"\n[mapping]\nkey = [\"emails\"]\non_change = \"update\"\n";
    world.configure(config);
    let person = |email: &'static str, org: &'static str, notes: &'static str| {
        vec![
            ("First Name", "Max"),
            ("Last Name", "Muster"),
            ("E-mail 1 - Value", email),
            ("Phone 1 - Label", "Home"),
            ("Phone 1 - Value", "02-000-0001"),
            ("Organization Name", org),
            ("Notes", notes),
        ]
    };
    let first = person("max@example.com", "", "first");
    let second = person("junior@example.com", "Example", "second");
    let third = person("junior@example.com", "", "");
    world.write("family.csv", google(&[&first, &second, &third]));
    for (command, consent) in [
        ("check", "--details"),
        ("import", "--yes"),
        ("import", "--yes"),
    ] {
        let ran = world.report(&[command, "family.csv", consent]);
        assert_eq!(
            ran.code, 3,
            "the notes differ, and need a person: {}",
            ran.said
        );
        assert!(
            ran.said.contains("2 values of duplicates added"),
            "{}",
            ran.said
        );
        let rows = world.results();
        let message = &rows[1]["message"];
        for part in [
            "added to that record: `junior@example.com` (E-mail 1 - Value), `Example` (Organization Name)",
            "Only this record has `second` (Notes)",
        ] {
            assert!(message.contains(part), "{part}: {message}");
        }
        assert_eq!(rows[1]["code"], "ONLY_IN_DUPLICATE");
        assert_eq!(
            (rows[2]["outcome"].as_str(), rows[2]["code"].as_str()),
            ("duplicate", "DUPLICATE")
        );
        assert_eq!(world.summary()["notes"]["merged"], json!(2));
    }
    let contacts = world.contacts();
    assert_eq!(
        (contacts.len(), world.results()[0]["outcome"].as_str()),
        (1, "exists")
    );
    assert_eq!(
        world.results()[0]["code"],
        "",
        "the result is the same in every run"
    );
    let contact = &contacts[0].request;
    let emails: Vec<&str> = contact["emails"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["email"].as_str())
        .collect();
    assert_eq!(emails, ["max@example.com", "junior@example.com"]);
    assert_eq!(
        (&contact["memo"], &contact["organizations"][0]["name"]),
        (&json!("first"), &json!("Example"))
    );
    // What the duplicate gains later reaches the contact; the key is still the first record's own.
    let second = person("junior@example.com", "Example", "");
    let fourth = person("senior@example.com", "", "");
    world.write("family.csv", google(&[&first, &second, &third, &fourth]));
    let ran = world.report(&["import", "family.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(world.results()[0]["code"], "UPDATED");
    assert_eq!(
        world.contacts()[0].request["emails"]
            .as_array()
            .map(Vec::len),
        Some(3)
    );
    assert_eq!(world.contacts().len(), 1);
}
