//! What holds people's data is its owner's alone, and nothing that others wrote is obeyed by a terminal.

use crate::refusals::service_that_answers;
use crate::world::{Ran, World, google, people, ran};
use cardlift::printable::is_obeyed;

/// What a terminal would obey: a title, a colour by C1, a cleared screen, marks of direction, a bell, a backspace.
const EVIL: &str = "\u{1b}]0;owned\u{7}\u{9b}31m\u{1b}[2JEve\u{202e}\u{2066}\u{8}\u{7f}\u{61c}";

/// Runs it, and sees to it that a terminal would only show what it writes.
#[track_caller]
fn shown(world: &World, args: &[&str]) -> Ran {
    let ran = world.run(args);
    for (name, text) in [("stderr", &ran.said), ("stdout", &ran.data)] {
        let obeyed = text.chars().find(|c| is_obeyed(*c) && *c != '\n');
        assert_eq!(obeyed, None, "{args:?} writes it to {name}: {text:?}");
    }
    ran
}

/// A CSV and a card whose every part is evil, and one record that is nonetheless created.
fn evil_files(world: &World) {
    let good: &[(&str, &str)] = &[
        ("First Name", EVIL),
        ("Last Name", "Good"),
        ("Notes", EVIL),
        ("Labels", EVIL),
        ("E-mail 1 - Value", "good@example.com"),
    ];
    let bad: &[(&str, &str)] = &[
        ("First Name", EVIL),
        ("Birthday", EVIL),
        ("Phone 1 - Label", EVIL),
        ("Phone 1 - Value", EVIL),
        ("Organization Name", EVIL),
        ("Website 1 - Value", EVIL),
    ];
    let csv = google(&[good, good, bad]).replace("Photo", &format!("Photo{EVIL}"));
    world.write("evil.csv", csv);
    world.write(
        "evil.vcf",
        format!(
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:{EVIL}\r\nX-{EVIL};TYPE={EVIL}:{EVIL}\r\nTEL;TYPE={EVIL}:{EVIL}\r\n\
             BDAY:{EVIL}\r\nNOTE:{EVIL}\r\nEND:VCARD\r\n"
        ),
    );
}

#[test]
fn escapes_in_files_reach_no_terminal_from_any_command() {
    let world = World::new();
    evil_files(&world);
    let logged = ["-vv", "--log-values"];
    for file in ["evil.csv", "evil.vcf"] {
        for command in ["check", "import"] {
            let args = [command, file, "--report", "report"];
            let ran = shown(&world, &args);
            assert_eq!(ran.code, 3, "{}", ran.said);
            shown(&world, &[&args[..], &["--json"]].concat());
            shown(&world, &[&args[..], &logged].concat());
            shown(
                &world,
                &[&args[..], &logged, &["--log-format", "json"]].concat(),
            );
        }
        for line in [":2", ":3", ":4"] {
            shown(&world, &["explain", &format!("{file}{line}")]);
        }
        shown(&world, &["suggest", file]);
    }
    assert_eq!(world.contacts().len(), 1, "one of them is created");
    let listed = shown(&world, &["runs"]);
    for run in listed
        .data
        .lines()
        .filter_map(|line| line.split(' ').next())
    {
        shown(&world, &["report", run, "--report", "again"]);
        let ran = shown(&world, &["report", run, "--report", "again", "--json"]);
        serde_json::from_str::<serde_json::Value>(&ran.data).expect("it is still JSON");
    }
    let run = listed.data.split(' ').next().expect("there are runs");
    shown(&world, &["undo", run, "--yes", "--json"]);
}

#[test]
fn escapes_in_column_names_that_nobody_knows_reach_no_terminal() {
    let world = World::new();
    world.write(
        "unknown.csv",
        format!("Colour{EVIL},Reach{EVIL},Name\n{EVIL},{EVIL}@example.com,{EVIL}\n"),
    );
    world.write(
        "mapping.toml",
        "[contactName]\nlastName = \"Surname\"\nfirstName = \"Reach\"\n",
    );
    shown(&world, &["suggest", "unknown.csv"]);
    shown(&world, &["check", "unknown.csv"]);
    shown(&world, &["check", "unknown.csv", "--json"]);
    shown(
        &world,
        &["check", "unknown.csv", "--mapping", "mapping.toml"],
    );
}

/// A world whose configuration names a service that answers every request alike.
fn with_service_that_answers(status: &'static str) -> World {
    let world = World::new();
    let body = serde_json::json!({"code": format!("CODE{EVIL}"), "description": format!("said {EVIL}"), "error": format!("e{EVIL}"), "error_description": EVIL});
    let head = format!("{status}\r\ncontent-type: application/json");
    let base_url = service_that_answers(&head, &body.to_string());
    let text = world.read("cardlift.toml");
    let text = text.replace(&world.service.base_url(), &base_url);
    world.write("cardlift.toml", format!("{text}max_attempts = 1\n"));
    world.write("people.csv", people(2));
    world
}

#[test]
fn escapes_in_what_the_service_says_reach_no_terminal() {
    for status in ["400 Bad", "401 Bad", "403 Bad", "404 Bad"] {
        let world = with_service_that_answers(status);
        let args = ["import", "people.csv", "--report", "report"];
        let logged = ["-vv", "--log-values"];
        let ran = shown(&world, &[&args[..], &logged].concat());
        assert_ne!(ran.code, 0, "{status}: {}", ran.said);
        assert!(ran.said.contains("Eve"), "it is shown: {}", ran.said);
        shown(&world, &[&args[..], &["--json", "--quiet"]].concat());
        shown(
            &world,
            &[&args[..], &logged, &["--log-format", "json"]].concat(),
        );
        let listed = shown(&world, &["runs"]).data;
        let run = listed.split(' ').next().expect("there is a run").to_owned();
        shown(&world, &["report", &run, "--report", "again", "--json"]);
        shown(&world, &["explain", "people.csv:2"]);
        shown(&world, &["auth"]);
        shown(&world, &["auth", "--json"]);
    }
}

#[cfg(unix)]
#[test]
fn escapes_in_an_answer_that_leaves_a_record_unknown_reach_no_terminal() {
    let world = with_service_that_answers("500 Bad");
    let mut command = std::process::Command::new(crate::world::binary());
    command.args([
        "import",
        "people.csv",
        "--yes",
        "--report",
        "report",
        "-vv",
        "--log-values",
    ]);
    let mut running = world.start_command(command, &[]);
    assert!(running.wait_until_it_says("not created"));
    running.signal("TERM");
    running.signal("TERM");
    let ended = running.end();
    let obeyed = ended.said.chars().find(|c| is_obeyed(*c) && *c != '\n');
    assert_eq!(obeyed, None, "{:?}", ended.said);
}

/// The permissions of everything below a folder that others could read or write, or enter.
#[cfg(unix)]
fn open_to_others(folder: &std::path::Path) -> Vec<String> {
    use std::os::unix::fs::PermissionsExt;
    let mut found = Vec::new();
    let mut count = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("it is read") {
            let path = entry.expect("it is read").path();
            let metadata = path.symlink_metadata().expect("it is there");
            count += 1;
            if metadata.permissions().mode() & 0o077 != 0 {
                found.push(format!(
                    "{} {:o}",
                    path.display(),
                    metadata.permissions().mode()
                ));
            }
            if metadata.is_dir() {
                folders.push(path);
            }
        }
    }
    assert!(count > 2, "{count} files are looked at");
    found
}

#[cfg(unix)]
#[test]
fn ledger_and_reports_are_their_owners_alone_whatever_the_umask() {
    for umask in ["000", "022", "077"] {
        let world = World::new();
        evil_files(&world);
        world.configure("");
        let text = world
            .read("cardlift.toml")
            .replace("ledger.sqlite3", "kept/deep/ledger.sqlite3");
        world.write("cardlift.toml", text);
        let binary = crate::world::binary();
        for (args, code) in [
            ("check evil.csv evil.vcf --report kept/check", 3),
            (
                "import evil.csv evil.vcf --yes --report kept/deeper/report",
                3,
            ),
            ("import evil.csv --yes --report kept/deeper/report", 3),
        ] {
            let mut command = assert_cmd::Command::new("sh");
            command
                .args(["-c", &format!("umask {umask}; exec {binary} {args}")])
                .current_dir(world.path("."))
                .env("CARDLIFT_TOKEN", crate::world::TOKEN);
            let ran = ran(command);
            assert_eq!(ran.code, code, "{}", ran.said);
        }
        assert_eq!(
            open_to_others(&world.path("kept")),
            [""; 0],
            "umask {umask}"
        );
    }
}

#[cfg(unix)]
#[test]
fn while_a_run_is_under_way_nothing_of_it_is_open_to_others_either() {
    let world = World::new();
    let text = world
        .read("cardlift.toml")
        .replace("ledger.sqlite3", "kept/ledger.sqlite3");
    world.write("cardlift.toml", text.replace("rate = 100000", "rate = 60"));
    world.write("people.csv", people(50));
    let mut command = std::process::Command::new("sh");
    let binary = crate::world::binary();
    command.args([
        "-c",
        &format!("umask 000; exec {binary} import people.csv --yes --report kept/report"),
    ]);
    let mut running = world.start_command(command, &[]);
    assert!(running.wait_until(|| !world.contacts().is_empty()));
    running.kill();
    assert_eq!(open_to_others(&world.path("kept")), [""; 0]);
}
