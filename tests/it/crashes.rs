//! What happens around a run: signals, a second run, files that change or go, disks that can't be written. Nothing is
//! created twice, nothing is lost, and the message says what to do.

use crate::rig::{Delay, Fault, FaultPlan, Faults, RiggedService as _, Wait, rigged};
use crate::world::{Running, World, people};
use cardlift::sandbox::{Operation, Options};
use std::collections::HashSet;
use std::fs;
use std::time::Duration;

/// So many that a run is not over before it is noticed.
const PEOPLE: usize = 60;

/// A service that takes its time, and people to import.
fn slow() -> World {
    let world = World::with(Options {
        rig: rigged(|rig| rig.delay_in = Delay::of(Duration::from_millis(40))),
        ..Options::default()
    });
    world.configure("[send]\nconcurrency = 2\n");
    world.write("people.csv", people(PEOPLE));
    world
}

/// Soon after so many creates the service wants a pause, so that a run is still there when a busy machine comes to it.
fn pause_after(world: &World, creates: u64) {
    let pause = Fault::TooMany {
        answers: 1,
        wait: Wait::Seconds(5),
    };
    world.service.set_faults(FaultPlan {
        creates: Faults::at([(creates + 4, pause)]),
        ..FaultPlan::default()
    });
}

/// A run of which so many creates have arrived.
fn under_way(world: &World, creates: usize) -> Running {
    let mut running = world.start(&["import", "people.csv"], &[]);
    assert!(running.wait_until(|| world.arrived(Operation::CreateContact) >= creates));
    running
}

/// `kill -9` after so many creates.
fn killed(world: &World, creates: usize) {
    pause_after(world, creates as u64);
    let mut running = under_way(world, creates);
    running.kill();
    assert_eq!(running.end().code, None);
    world.service.set_faults(FaultPlan::default());
}

/// The e-mail addresses of the service's contacts, each of which may be there once.
fn emails(world: &World) -> HashSet<String> {
    let contacts = world.contacts();
    let emails = contacts
        .iter()
        .map(|contact| contact.request["emails"][0]["email"].to_string());
    let emails: HashSet<String> = emails.collect();
    assert_eq!(emails.len(), contacts.len(), "something is there twice");
    emails
}

/// The same command again brings everything to an end.
fn finishes(world: &World) {
    world.service.set_faults(FaultPlan::default());
    let again = world.report(&["import", "people.csv"]);
    assert_eq!(again.code, 0, "{}", again.said);
    assert_eq!(emails(world).len(), PEOPLE);
    assert_eq!(world.contacts().len(), PEOPLE);
}

fn outcomes(world: &World, outcome: &str) -> usize {
    let results = world.results();
    assert_eq!(results.len(), PEOPLE, "every record is in the report");
    results
        .iter()
        .filter(|row| row["outcome"] == outcome)
        .count()
}

#[test]
fn a_second_run_on_the_same_ledger_ends_at_once_with_75() {
    let world = slow();
    pause_after(&world, 3);
    let first = under_way(&world, 3);
    let second = world.run(&["import", "people.csv", "--report", "second"]);
    assert_eq!(second.code, 75);
    assert!(
        second.said.contains("another run (process ")
            && second.said.contains("wait until it is done"),
        "{}",
        second.said
    );
    assert!(!world.path("second").exists());
    assert_eq!(first.end().code, Some(0));
    assert_eq!(emails(&world).len(), PEOPLE);
}

#[cfg(unix)]
#[test]
fn a_signal_lets_what_is_under_way_finish_and_the_same_command_goes_on() {
    for (signal, code) in [("TERM", 143), ("INT", 130)] {
        let world = slow();
        pause_after(&world, 5);
        let running = under_way(&world, 5);
        running.signal(signal);
        let crate::world::Ended { code: ended, said } = running.end();
        assert_eq!(ended, Some(code), "{said}");
        assert!(
            said.contains("run it again; it resumes where it stopped"),
            "{said}"
        );
        let created = world.contacts().len();
        assert!((5..PEOPLE).contains(&created));
        assert_eq!(outcomes(&world, "created"), created);
        assert_eq!(outcomes(&world, "not_attempted"), PEOPLE - created);
        finishes(&world);
    }
}

#[cfg(unix)]
#[test]
fn a_second_signal_ends_it_at_once_and_what_was_under_way_is_found_by_the_next_run() {
    let world = slow();
    world.service.set_faults(FaultPlan {
        creates: Faults::at([(8, Fault::HangAfter)]),
        hang: Duration::from_secs(600),
        ..FaultPlan::default()
    });
    let mut running = under_way(&world, 10);
    running.signal("TERM");
    assert!(running.wait_until_it_says("interrupt again"));
    running.signal("TERM");
    let ended = running.end();
    assert_eq!(ended.code, Some(143), "{}", ended.said);
    let unknown = outcomes(&world, "unknown");
    assert!((1..=2).contains(&unknown), "{unknown} were under way");
    finishes(&world);
}

#[test]
fn a_file_that_changed_between_two_runs_is_imported_as_it_is_now() {
    let world = slow();
    killed(&world, 10);
    let before = emails(&world);
    let kept: Vec<String> = people(PEOPLE).lines().map(str::to_owned).collect();
    let changed = kept[..PEOPLE - 1].join("\n").replace("Given50", "Changed")
        + "\nNew,Comer,Example,,new@example.com,Mobile,010-0000-9999\n";
    world.write("people.csv", changed);
    let again = world.report(&["import", "people.csv"]);
    assert_eq!(again.code, 0, "{}", again.said);
    let now = emails(&world);
    assert!(now.is_superset(&before));
    assert_eq!(now.len(), PEOPLE - 2 + 1, "two were taken out, one is new");
    assert!(now.contains("\"new@example.com\""));
    let names = world.contacts();
    let names = names
        .iter()
        .map(|contact| &contact.request["contactName"]["firstName"]);
    assert_eq!(names.filter(|name| *name == "Changed").count(), 1);
}

#[test]
fn a_file_that_has_moved_between_two_runs_is_gone_on_with_from_its_new_place() {
    let world = slow();
    killed(&world, 10);
    fs::rename(world.path("people.csv"), world.path("moved.csv")).expect("it can be moved");
    let gone = world.report(&["import", "people.csv"]);
    assert_eq!(gone.code, 66, "{}", gone.said);
    assert!(gone.said.contains("people.csv"), "{}", gone.said);
    let moved = world.report(&["import", "moved.csv"]);
    assert_eq!(moved.code, 0, "{}", moved.said);
    assert_eq!(emails(&world).len(), PEOPLE);
}

#[test]
fn without_a_ledger_that_can_be_written_nothing_is_sent() {
    let world = slow();
    let mut places = vec!["people.csv/ledger.sqlite3"];
    if cfg!(target_os = "linux") {
        places.push("/proc/cardlift/ledger.sqlite3");
    }
    for place in places {
        let ran = world.report(&["import", "people.csv", "--ledger", place]);
        assert_eq!(ran.code, 1, "{}", ran.said);
        assert!(
            ran.said.contains(place) && ran.said.contains("nothing is sent without it"),
            "{}",
            ran.said
        );
    }
    assert_eq!(world.service.requests().len(), 0);
}

/// The system lets no file grow beyond a size, which is a little more at each run.
#[cfg(unix)]
#[test]
fn a_ledger_that_cant_grow_stops_the_run_and_the_same_command_goes_on() {
    let world = slow();
    let mut while_sending = 0;
    for blocks in (64..).step_by(64).take(60) {
        let mut limited = std::process::Command::new("sh");
        let script = "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"";
        limited.args(["-c", script, &blocks.to_string(), crate::world::binary()]);
        limited.args(["import", "people.csv", "--yes", "--report", "report"]);
        let ended = world.start_command(limited, &[]).end();
        let sent = emails(&world).len();
        if ended.code == Some(0) {
            break;
        }
        assert_eq!(ended.code, Some(1), "{}", ended.said);
        assert!(
            ended.said.contains("resumes where it stopped"),
            "{}",
            ended.said
        );
        while_sending += usize::from((1..PEOPLE).contains(&sent));
    }
    assert!(while_sending > 0, "it never stopped while it sent");
    finishes(&world);
}
