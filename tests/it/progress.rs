//! What stands at a terminal while contacts are sent, and after it.

#![cfg(unix)]

use crate::pty;
use crate::rig::{Fault, FaultPlan, Faults};
use crate::world::{Ran, World, binary, people};
use cardlift::sandbox::Options;
use std::net::TcpListener;

/// Imports `people.csv` at a terminal of 80 columns.
fn at_a_terminal(world: &World, options: &[&str]) -> Ran {
    let mut command = std::process::Command::new(binary());
    command.args(["import", "people.csv", "--yes", "--report", "report"]);
    world.at_home(command.args(options).env("TERM", "xterm-256color"));
    pty::at_width(&mut command, 80, "")
}

fn world(count: usize, options: Options) -> World {
    let world = World::with(options);
    world.write("people.csv", people(count));
    world
}

#[test]
fn the_bar_leaves_no_copies_between_the_lines_of_the_log() {
    for (lang, phase) in [("en", "Sending ["), ("ko", "전송 중 ["), ("ja", "送信中 [")] {
        let ran = at_a_terminal(&world(20, Options::default()), &["-vv", "--lang", lang]);
        assert_eq!(ran.code, 0, "{}", ran.data);
        assert!(ran.data.contains(phase), "the bar was there: {}", ran.data);
        assert!(!ran.said.contains(phase), "{}", ran.said);
        let created = ran.said.matches("DEBUG created").count();
        assert_eq!(created, 20, "{}", ran.said);
    }
}

#[test]
fn one_v_tells_what_became_of_records_and_two_each_request() {
    let lines = |option: &str| {
        let ran = at_a_terminal(&world(3, Options::default()), &[option]);
        let count = |text: &str| ran.said.matches(text).count();
        (count("created record="), count("CreateContact"))
    };
    assert_eq!(lines("--color=never"), (0, 0));
    assert_eq!(lines("-v"), (3, 0));
    assert_eq!(lines("-vv"), (3, 3));
}

#[test]
fn what_goes_wrong_is_said_in_plain_words_and_no_wait_is_0_seconds_long() {
    let world = world(
        6,
        Options {
            rig: FaultPlan {
                creates: Faults::at([(2, Fault::DropBefore)]),
                looks: Faults::at([(1, Fault::ErrorBefore(403))]),
                ..FaultPlan::default()
            }
            .into(),
            ..Options::default()
        },
    );
    let ran = at_a_terminal(&world, &[]);
    assert!(ran.said.contains("next lookup in 1 s"), "{}", ran.said);
    for raw in ["WARN", "DEBUG", "Refused", " 0 s"] {
        assert!(!ran.said.contains(raw), "{raw} in {}", ran.said);
    }
    assert_eq!((ran.code, world.contacts().len()), (0, 6), "{}", ran.said);
}

#[test]
fn a_service_that_was_not_reached_has_refused_nothing() {
    let world = world(6, Options::default());
    world.configure("[send]\nmax_attempts = 1\n");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    drop(listener);
    let configuration = world.read("cardlift.toml");
    let nobody = format!("http://{address}/v1.0");
    world.write(
        "cardlift.toml",
        configuration.replace(&world.service.base_url(), &nobody),
    );
    for (lang, refused) in [("en", "refuse"), ("ko", "거부"), ("ja", "拒否")] {
        let ran = world.report(&["import", "people.csv", "--lang", lang]);
        assert_eq!(ran.code, 69, "{}", ran.said);
        let run = world.summary()["run"]
            .as_str()
            .expect("it has a name")
            .to_owned();
        let again = world.report(&["report", &run, "--lang", lang]);
        for said in [&ran.said, &again.said] {
            assert!(!said.contains(refused), "{said}");
            assert!(
                !said.contains("explain-code"),
                "there is nothing to fix: {said}"
            );
            assert!(said.contains("cardlift import people.csv"), "{said}");
        }
    }
}
