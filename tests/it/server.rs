//! A ledger on a PostgreSQL server: many machines, many companies, and connections that are lost. `.ci/postgres` makes the servers.

#![cfg(feature = "server")]

use crate::rig::{Delay, rigged};
use crate::world::{Running, World, people};
use cardlift::sandbox::{Operation, Options};
use postgres::{Client, NoTls};
use std::collections::HashSet;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// So many that a run is not over before it is noticed.
const PEOPLE: usize = 60;

/// A server of its own, which may be killed.
pub struct Server {
    folder: TempDir,
    pub address: String,
}

impl Server {
    pub fn start() -> Server {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let address = script("start", folder.path());
        Server { folder, address }
    }

    /// Ends it as a power failure would.
    pub fn crash(&self) {
        script("crash", self.folder.path());
    }

    pub fn start_again(&self) {
        script("start", self.folder.path());
    }

    /// Ends the sessions of cardlift.
    pub fn cut(&self) {
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'cardlift %'";
        self.client().batch_execute(cut).expect("it does");
    }

    pub fn client(&self) -> Client {
        Client::connect(&self.address, NoTls).expect("the server is there")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        script("stop", self.folder.path());
    }
}

fn script(what: &str, folder: &Path) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/postgres");
    let ran = Command::new(script).arg(what).arg(folder).output();
    let ran = ran.expect("the script runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{what}: {said}");
    String::from_utf8_lossy(&ran.stdout).trim().to_owned()
}

/// A machine with the same service and ledger for each call.
pub fn configure(world: &World, server: &Server, account: &str) {
    world.write("ledger-url", &server.address);
    let base_url = world.service.base_url();
    world.write(
        "cardlift.toml",
        format!(
            "[api]\nbase_url = \"{base_url}\"\n[auth]\naccount = \"{account}\"\n[ledger]\nurl_file = \"ledger-url\"\n\
             [send]\nrate = 100000\nconcurrency = 2\ntimeout = \"2s\"\nsettle = \"300ms\"\n"
        ),
    );
}

/// A service that takes its time, and people to import.
fn slow(server: &Server) -> World {
    let world = World::with(Options {
        rig: rigged(|rig| rig.delay_in = Delay::of(Duration::from_millis(40))),
        ..Options::default()
    });
    configure(&world, server, "a company");
    world.write("people.csv", people(PEOPLE));
    world
}

fn under_way(world: &World, creates: usize) -> Running {
    let mut running = world.start(&["import", "people.csv"], &[]);
    let arrived = || world.arrived(Operation::CreateContact) >= creates;
    if !running.wait_until(arrived) {
        panic!("{}", running.said());
    }
    running
}

/// Everybody is there once.
fn all_there(world: &World) {
    let contacts = world.contacts();
    let emails = contacts.iter();
    let emails = emails.map(|contact| contact.request["emails"][0]["email"].to_string());
    let emails: HashSet<String> = emails.collect();
    assert_eq!((emails.len(), contacts.len()), (PEOPLE, PEOPLE));
}

#[test]
fn a_run_needs_no_disk_and_every_machine_knows_what_it_did() {
    let server = Server::start();
    let world = slow(&server);
    let ran = world.report(&["import", "people.csv", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    all_there(&world);
    std::fs::remove_dir_all(world.path("report")).expect("it is there");
    assert!(!world.path("state").exists(), "nothing is left behind");
    let runs = world.run(&["runs", "--json"]);
    let runs: serde_json::Value = serde_json::from_str(&runs.data).expect("it is JSON");
    assert_eq!(runs["runs"][0]["outcomes"]["created"], PEOPLE);
    let run = runs["runs"][0]["run"].as_str().expect("it has a name");
    let report = world.report(&["report", run]);
    assert_eq!(report.code, 0, "{}", report.said);
    assert_eq!(world.results().len(), PEOPLE);
    let explained = world.run(&["explain", "people.csv:2"]);
    assert!(explained.data.contains(run), "{}", explained.data);
    let again = world.report(&["import", "people.csv"]);
    assert_eq!(again.code, 0, "{}", again.said);
    assert!(world.results().iter().all(|row| row["outcome"] == "exists"));
    let resolved = world.run(&["resolve", run]);
    assert_eq!(resolved.code, 0, "{}", resolved.said);
    let undone = world.run(&["undo", run, "--yes"]);
    assert_eq!(undone.code, 0, "{}", undone.said);
    assert_eq!(world.contacts().len(), 0);
}

#[test]
fn a_second_machine_is_refused_with_75_and_told_who_has_the_ledger() {
    let server = Server::start();
    let world = slow(&server);
    let first = under_way(&world, 3);
    let second = world.run(&["import", "people.csv", "--report", "second"]);
    assert_eq!(second.code, 75, "{}", second.said);
    assert!(
        second.said.contains("cardlift ") && second.said.contains(" on "),
        "{}",
        second.said
    );
    assert_eq!(world.run(&["runs"]).code, 0, "reading goes on");
    let ended = first.end();
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    all_there(&world);
}

#[test]
fn a_connection_that_is_lost_is_had_again_and_the_run_goes_on() {
    let server = Server::start();
    let world = slow(&server);
    let mut running = under_way(&world, 3);
    for creates in [10, 20, 30] {
        server.cut();
        assert!(running.wait_until(|| world.arrived(Operation::CreateContact) >= creates));
    }
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    all_there(&world);
    assert_eq!(
        world.arrived(Operation::CreateContact),
        PEOPLE,
        "nothing was sent twice"
    );
}

#[test]
fn a_server_that_crashes_and_comes_back_is_waited_for() {
    let server = Server::start();
    let world = slow(&server);
    let running = under_way(&world, 5);
    server.crash();
    server.start_again();
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    all_there(&world);
}

#[cfg(unix)]
#[test]
fn a_run_that_stood_still_while_another_took_over_writes_and_sends_nothing_more() {
    let server = Server::start();
    let world = slow(&server);
    let first = under_way(&world, 5);
    first.signal("STOP");
    server.cut();
    let second = world.report(&["import", "people.csv"]);
    assert_eq!(second.code, 0, "{}", second.said);
    all_there(&world);
    let arrived = world.arrived(Operation::CreateContact);
    first.signal("CONT");
    let ended = first.end();
    assert_eq!(ended.code, Some(75), "{}", ended.said);
    assert!(ended.said.contains("taken over"), "{}", ended.said);
    assert_eq!(world.arrived(Operation::CreateContact), arrived);
    all_there(&world);
}

#[test]
fn a_plan_is_shown_and_leaves_nothing_on_the_server() {
    let server = Server::start();
    let world = slow(&server);
    for planned in [PEOPLE, PEOPLE] {
        let ran = world.run(&["import", "people.csv", "--plan", "--json"]);
        assert_eq!(ran.code, 0, "{}", ran.said);
        assert!(ran.data.contains(&planned.to_string()), "{}", ran.data);
    }
    assert!(world.run(&["runs"]).said.contains("no ledger yet"));
    assert_eq!(world.contacts().len(), 0);
}

#[test]
fn two_companies_import_side_by_side_and_know_nothing_of_each_other() {
    let server = Server::start();
    let (one, other) = (slow(&server), slow(&server));
    configure(&other, &server, "another company");
    let first = under_way(&one, 3);
    let second = under_way(&other, 3);
    assert_eq!(first.end().code, Some(0));
    assert_eq!(second.end().code, Some(0));
    all_there(&one);
    all_there(&other);
    let runs = one.run(&["runs", "--json"]);
    let runs: serde_json::Value = serde_json::from_str(&runs.data).expect("it is JSON");
    assert_eq!(runs["runs"].as_array().map(Vec::len), Some(1));
}

#[test]
fn without_a_name_for_the_company_a_shared_ledger_is_refused() {
    let server = Server::start();
    let world = slow(&server);
    configure(&world, &server, "");
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert!(ran.said.contains("[auth] account"), "{}", ran.said);
}

#[test]
fn the_address_of_the_ledger_is_never_shown() {
    let server = Server::start();
    let world = slow(&server);
    let secret = server
        .address
        .split([':', '@'])
        .nth(2)
        .expect("it has a password");
    let wrong = [
        (server.address.replace(secret, "another-secret"), 77),
        (server.address.replace("/postgres", "/nowhere-secret"), 77),
        (server.address.replace("postgres://", "mysql-secret://"), 78),
        (
            "postgres://someone-secret:word-secret@127.0.0.1:1/ledger-secret".to_owned(),
            69,
        ),
        (format!("{}?sslmode=secret", server.address), 78),
    ];
    for (address, code) in wrong {
        world.write("ledger-url", address);
        let ran = world.run(&["import", "people.csv", "-v", "--json"]);
        assert_eq!(ran.code, code, "{}", ran.said);
        for shown in [&ran.said, &ran.data] {
            assert!(
                !shown.contains("secret") && !shown.contains(secret),
                "{shown}"
            );
        }
        assert!(ran.said.contains("`ledger-url`"), "{}", ran.said);
    }
    world.write("ledger-url", &server.address);
    let ran = world.report(&["import", "people.csv", "-v", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let report = world.read("report/results.jsonl") + &world.read("report/summary.json");
    for shown in [ran.said, ran.data, report] {
        assert!(
            !shown.contains(secret) && !shown.contains("postgres://"),
            "{shown}"
        );
    }
}

#[test]
fn a_ledger_in_a_file_is_copied_and_nobody_is_sent_again() {
    let server = Server::start();
    let world = World::new();
    world.write("people.csv", people(PEOPLE));
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    world.write(
        "others.csv",
        "Name,E-mail\nKim,nobody\nLee,lee@example.com\n",
    );
    world.report(&["import", "others.csv"]);
    let before = world.run(&["runs", "--json"]).data;
    configure(&world, &server, "a company");
    let copied = world.run(&["ledger", "copy", "ledger.sqlite3", "--json"]);
    assert_eq!(copied.code, 0, "{}", copied.said);
    let told: serde_json::Value = serde_json::from_str(&copied.data).expect("it is JSON");
    assert_eq!(
        (&told["runs"], &told["records"]),
        (&2.into(), &(PEOPLE + 2).into())
    );
    assert_eq!(world.run(&["runs", "--json"]).data, before);
    let sent = world.arrived(Operation::CreateContact);
    let again = world.report(&["import", "people.csv"]);
    assert_eq!(again.code, 0, "{}", again.said);
    assert!(world.results().iter().all(|row| row["outcome"] == "exists"));
    assert_eq!(world.arrived(Operation::CreateContact), sent);
    let twice = world.run(&["ledger", "copy", "ledger.sqlite3"]);
    assert_eq!(twice.code, 78, "{}", twice.said);
    configure(&world, &server, "another company");
    let chosen = world.run(&["ledger", "copy", "ledger.sqlite3", "--account", "nobody"]);
    assert_eq!(chosen.code, 78, "{}", chosen.said);
}

#[test]
fn the_way_to_the_server_is_encrypted_as_the_address_says() {
    let server = Server::start();
    let world = slow(&server);
    let roots = server.folder.path().join("data/server.crt");
    // Only the server's own user can read its folder.
    world.write("roots.pem", std::fs::read(roots).expect("it is there"));
    let roots = format!("sslrootcert={}", world.path("roots.pem").display());
    let by_name = server.address.replace("127.0.0.1", "localhost");
    let (by_number, none) = (&server.address, String::new());
    for (address, option, is_encrypted) in [
        (by_number, "sslmode=disable".to_owned(), Some(false)),
        (by_number, none, Some(true)),
        (by_number, "sslmode=require".to_owned(), Some(true)),
        (by_number, format!("sslmode=verify-ca&{roots}"), Some(true)),
        (&by_name, format!("sslmode=verify-full&{roots}"), Some(true)),
        (by_number, format!("sslmode=verify-full&{roots}"), None),
        (
            &by_name,
            "sslmode=verify-full&sslrootcert=system".to_owned(),
            None,
        ),
    ] {
        world.write("ledger-url", format!("{address}?{option}"));
        let ran = world.run(&["runs"]);
        let log = std::fs::read_to_string(server.folder.path().join("log"));
        let log = log.expect("the server writes it");
        let mut ours = log.lines().filter(|line| {
            line.contains("connection authorized") && line.contains("application_name=cardlift")
        });
        let last = ours.next_back().unwrap_or_default();
        match is_encrypted {
            Some(is_encrypted) => {
                assert_eq!(ran.code, 0, "{option}: {}", ran.said);
                assert_eq!(
                    last.contains("SSL enabled"),
                    is_encrypted,
                    "{option}: {last}"
                );
            }
            None => assert_eq!(ran.code, 69, "{option}: {}", ran.said),
        }
    }
}
