//! What a person sees before the question: the whole plan, on a screen of 24 lines and 80 columns.

#![cfg(unix)]

use crate::pty;
use crate::world::{GOOGLE, World, binary, google};
use cardlift::sandbox::Options;

/// An export with all that an ordinary one has: four people and one who is not new, a duplicate, mistakes, a column too many.
fn people() -> String {
    let person = |name: &'static str, email: &'static str, phone: &'static str| {
        vec![
            ("First Name", name),
            ("Last Name", "Example"),
            ("Organization Name", "Example Inc."),
            ("Organization Title", "Engineer"),
            ("Birthday", "1990-01-09"),
            ("Notes", "met at the fair"),
            ("Photo", "https://example.com/photo"),
            ("Labels", "* myContacts"),
            ("E-mail 1 - Label", "* Work"),
            ("E-mail 1 - Value", email),
            ("Phone 1 - Label", "Mobile"),
            ("Phone 1 - Value", phone),
            ("Phone 2 - Label", "Work"),
            ("Phone 2 - Value", "02-000-0000"),
            ("Address 1 - Label", "Home"),
            ("Address 1 - Street", "Example street 1"),
            ("Address 1 - City", "Seoul"),
            ("Address 1 - Country", "KR"),
            ("Website 1 - Label", "Work"),
            ("Website 1 - Value", "https://example.com"),
        ]
    };
    let rows = [
        person("Ada", "ada@example.com", "010-0000-0001"),
        person("Bob", "bob@example.com", "010-0000-0002"),
        person("Ada", "ada@example.com", "010-0000-0001"),
        person("Cleo", "cleo@example.com", "010 CALL ME"),
        person("Dan", "dan@example.com", "030 CALL ME"),
        person("Eve", "eve@example.com", "030 CALL ME"),
        person("Finn", "finn@example.com", "030 CALL ME"),
    ];
    let rows: Vec<&[_]> = rows.iter().map(Vec::as_slice).collect();
    google(&rows)
}

/// Imports at a terminal of 80 columns that a question can be answered at, and gives what stands there, up to the question.
fn screen(world: &World, lang: &str) -> Vec<String> {
    let mut command = std::process::Command::new("setsid");
    command.args(["--ctty", "--wait", "sh", "-c"]);
    command.arg(format!(
        "\"$0\" import people.csv --report report --lang {lang}"
    ));
    world.at_home(command.arg(binary()).env("TERM", "xterm-256color"));
    let ran = pty::at_width(&mut command, 80, "n\n");
    assert_eq!(ran.code, 3, "{}", ran.data);
    let lines = ran.said.lines().map(str::to_owned);
    let typed = |line: &String| line.trim() == "n";
    let mut lines: Vec<String> = lines.skip_while(typed).collect();
    let question = lines.iter().position(|line| line.contains("[y/N]"));
    let question = question.expect("it was asked");
    lines.truncate(question + 1);
    // What is said next stands behind it, as the answer was typed before.
    let end = lines[question]
        .find("[y/N]")
        .map_or(0, |at| at + "[y/N]".len());
    lines[question].truncate(end);
    lines
}

#[test]
#[cfg(target_os = "linux")]
fn the_plan_fits_one_screen_in_three_languages() {
    assert!(GOOGLE.contains("Photo"));
    for lang in ["en", "ko", "ja"] {
        let world = World::with(Options::default());
        let base_url = world.service.base_url();
        world.write("people.csv", people());
        let lines = screen(&world, lang);
        assert!(lines.len() <= 24, "{}: {lines:#?}", lines.len());
        assert!(lines.iter().all(|line| line.chars().count() <= 80));
        insta::with_settings!({filters => vec![
            (r"\d{4}-\d\d-\d\d \d\d:\d\d", "[FINISH]"),
            (&*regex_of(&base_url), "https://api.example.com/v1.0"),
        ]}, {
            insta::assert_snapshot!(format!("plan_{lang}"), lines.join("\n"));
        });
    }
}

#[test]
fn the_example_is_for_a_terminal_and_not_for_the_log_of_a_nightly_job() {
    let world = World::new();
    world.write("people.csv", people());
    let ran = world.report(&["import", "people.csv"]);
    assert!(
        ran.said.contains("4 invalid: people.csv:5 PHONE_PATTERN"),
        "{}",
        ran.said
    );
    assert!(
        ran.said.contains("`Phone 2 - Label` → telephones.type"),
        "{}",
        ran.said
    );
    assert!(!ran.said.contains("ada@example.com"), "{}", ran.said);
}

fn regex_of(text: &str) -> String {
    text.replace('.', r"\.")
}
