//! Bad input gets a clear error and loses nothing: place first, the value in backticks, the way out last.

use crate::rig::{Fault, FaultPlan, Faults};
use crate::world::{GOOGLE, Ran, World, people};
use cardlift::sandbox::Options;

fn check(world: &World, args: &[&str]) -> Ran {
    let args: Vec<&str> = std::iter::once("check")
        .chain(args.iter().copied())
        .collect();
    world.report(&args)
}

fn assert_ends(ran: &Ran, code: i32, words: &[&str]) {
    assert_eq!(ran.code, code, "{}", ran.said);
    for word in words {
        assert!(
            ran.said.contains(word),
            "`{word}` is missing in: {}",
            ran.said
        );
    }
    assert!(!ran.said.contains("panicked"), "{}", ran.said);
}

#[test]
fn a_missing_file_is_named() {
    let world = World::new();
    assert_ends(
        &check(&world, &["nowhere.csv"]),
        66,
        &["nowhere.csv: no such file"],
    );
}

#[test]
fn an_empty_file_a_folder_and_a_binary_file_are_told_apart() {
    let world = World::new();
    world.write("empty.csv", "");
    assert_ends(
        &check(&world, &["empty.csv"]),
        65,
        &["empty.csv: the file is empty"],
    );
    std::fs::create_dir(world.path("folder")).unwrap();
    assert_ends(
        &check(&world, &["folder"]),
        66,
        &["folder: is a folder; name the files in it"],
    );
    world.write("book.xlsx", b"PK\x03\x04\x14\x00\x00\x00xl/workbook.xml");
    assert_ends(
        &check(&world, &["book.xlsx"]),
        65,
        &["book.xlsx: can't read the workbook"],
    );
    world.write("noise.csv", [0u8, 159, 146, 150, 0, 1, 2, 3].repeat(40));
    assert_ends(
        &check(&world, &["noise.csv"]),
        65,
        &["noise.csv: this is not text"],
    );
}

#[test]
fn one_unreadable_file_does_not_keep_the_others_from_being_read() {
    let world = World::new();
    world.write("people.csv", people(2));
    world.write("empty.csv", "");
    let ran = check(&world, &["empty.csv", "people.csv"]);
    assert_ends(
        &ran,
        3,
        &[
            "empty.csv: the file is empty",
            "this file is skipped",
            "2 valid",
        ],
    );
}

#[test]
fn bytes_that_are_no_text_are_named_by_their_cell_and_character() {
    let world = World::new();
    let mut file = format!("{GOOGLE}\n").into_bytes();
    file.extend(b"Gil \xffdong,Hong,gil@example.com,Work,010-0000-0001\n");
    world.write("people.csv", file);
    let ran = check(&world, &["people.csv", "--encoding", "utf-8", "--details"]);
    assert_ends(
        &ran,
        3,
        &[
            "people.csv:2:5, ",
            "Gil \u{fffd}dong",
            "retype what is shown",
        ],
    );
    let results = world.read("report/results.jsonl");
    assert!(
        results.contains("\"value\":\"Gil \u{fffd}dong\",\"at\":4"),
        "{results}"
    );
}

#[test]
fn a_csv_with_only_a_header_has_no_records_and_is_no_error() {
    let world = World::new();
    world.write("header.csv", format!("{GOOGLE}\r\n"));
    assert_ends(&check(&world, &["header.csv"]), 0, &["0 records: nothing"]);
}

#[test]
fn a_column_that_is_there_twice_is_named_and_nothing_of_it_is_lost() {
    let world = World::new();
    let twice = people(1)
        .replace("Labels,", "Labels,First Name,")
        .replace("Example,,", "Example,,Other,");
    world.write("twice.csv", twice);
    let ran = check(&world, &["twice.csv", "--details"]);
    assert_ends(&ran, 0, &["twice.csv:1: 2 columns are named `First Name`"]);
    assert!(world.read("report/results.jsonl").contains("Other"));

    world.write("map.toml", "[mapping]\nemails = [\"E-mail 1 - Value\"]\n[mapping.contactName]\nfirstName = \"First Name\"\n");
    let ran = check(&world, &["twice.csv", "--mapping", "map.toml"]);
    assert_ends(
        &ran,
        78,
        &[
            "map.toml:4:",
            "`First Name` twice (columns 1 and 5)",
            "`First Name#2`",
        ],
    );
}

#[test]
fn a_file_that_is_cut_off_in_a_quote_is_named_with_the_line_where_the_quote_opens() {
    let world = World::new();
    let mut text = people(2);
    text.push_str("Given3,\"Family3,Example,,person3@example.com");
    world.write("cut.csv", text);
    let ran = check(&world, &["cut.csv"]);
    assert_ends(&ran, 3, &["CUT_OFF", "2 valid"]);
    let last = world.results().pop().unwrap();
    assert_eq!(
        (last["line"].as_str(), last["code"].as_str()),
        ("4", "CUT_OFF")
    );
    assert!(last["message"].contains("line 4"), "{}", last["message"]);
}

#[test]
fn an_unknown_key_of_the_configuration_is_named_with_the_nearest_known_one() {
    let world = World::new();
    world.write("people.csv", people(1));
    world.write("cardlift.toml", "[send]\nconcurency = 3\n");
    let ran = check(&world, &["people.csv"]);
    assert_ends(
        &ran,
        78,
        &["cardlift.toml:2: unknown key `concurency` in [send]; did you mean `concurrency`?"],
    );
}

#[test]
fn a_mapped_column_that_the_file_lacks_is_named_with_the_nearest_ones_it_has() {
    let world = World::new();
    world.write(
        "liste.csv",
        "Vorname;Nachname;E-Mail\nErika;Muster;erika@example.com\n",
    );
    world.write("map.toml", "[mapping]\nemails = [\"EMail Adresse\"]\n[mapping.contactName]\nlastName = \"Nachnahme\"\n");
    let ran = check(&world, &["liste.csv", "--mapping", "map.toml"]);
    assert_ends(
        &ran,
        78,
        &[
            "map.toml:4:",
            "`Nachnahme`, which liste.csv lacks",
            "`Nachname`",
        ],
    );
}

#[test]
fn a_csv_that_fits_nothing_known_is_not_guessed_at() {
    let world = World::new();
    world.write("strange.csv", "alpha,beta,gamma\n1,2,3\n4,5,6\n");
    assert_ends(
        &check(&world, &["strange.csv"]),
        78,
        &["strange.csv", "cardlift suggest"],
    );
}

#[test]
fn a_wrong_token_stops_the_run_at_once() {
    let world = World::new();
    world.write("people.csv", people(30));
    let mut command = world.command(&["import", "people.csv", "--report", "report"]);
    command.env("CARDLIFT_TOKEN", "not-the-token");
    let ran = crate::world::ran(command);
    assert_ends(&ran, 77, &["Credentials refused"]);
    assert!(world.contacts().is_empty());
    assert!(
        !ran.said.contains("not-the-token"),
        "the token is not shown"
    );
    let asked = world.service.requests().len();
    assert!(asked < 30, "{asked} requests before it stopped");
}

#[test]
fn without_a_token_nothing_is_read_and_the_variable_is_named() {
    let world = World::new();
    world.write("people.csv", people(1));
    let mut command = world.command(&["import", "people.csv"]);
    command.env_remove("CARDLIFT_TOKEN");
    assert_ends(
        &crate::world::ran(command),
        77,
        &["`CARDLIFT_TOKEN`", "--sandbox"],
    );
}

#[test]
fn a_service_that_is_not_there_is_noticed_after_a_handful_of_records() {
    let mut world = World::new();
    world.configure("[send]\nmax_attempts = 2\n");
    world.write("people.csv", people(40));
    world.service.stop();
    let ran = world.report(&["import", "people.csv"]);
    assert_ends(&ran, 69, &["can't be reached", "run it again"]);
    assert_eq!(world.results().len(), 40);
}

#[test]
fn a_service_that_refuses_everything_is_noticed_after_a_handful_of_records() {
    let world = World::with(Options {
        rig: FaultPlan {
            creates: Faults::always(Fault::ErrorBefore(400)),
            ..FaultPlan::default()
        }
        .into(),
        ..Options::default()
    });
    world.write("people.csv", people(200));
    let ran = world.report(&["import", "people.csv"]);
    assert_ends(&ran, 69, &["refused each of the first"]);
    assert!(world.service.requests().len() < 60);
}

#[test]
fn two_runs_on_one_ledger_do_not_meet() {
    let world = World::new();
    world.write("people.csv", people(1));
    let ledger = cardlift::ledger::Ledger::open(&world.path("ledger.sqlite3")).unwrap();
    let ran = world.report(&["import", "people.csv"]);
    assert_ends(&ran, 75, &["another run"]);
    drop(ledger);
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
}

#[test]
fn every_byte_of_a_reject_is_as_it_was_and_formulas_are_neutralised_in_results() {
    let world = World::new();
    let row = "\"=cmd|' /C calc'!A0\",  ,\t ,\"a \"\"quoted\"\" one\",";
    world.write(
        "people.csv",
        format!("First Name,Last Name,Organization Name,Labels,E-mail 1 - Value\r\n{row}\r\n"),
    );
    assert_eq!(check(&world, &["people.csv"]).code, 3);
    assert!(world.read("report/rejects.csv").contains(row));
    assert!(world.read("report/results.csv").contains("'=cmd"));
}
