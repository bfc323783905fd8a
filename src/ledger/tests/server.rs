//! A database for each test, on the server that `CARDLIFT_POSTGRES` names.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};

use super::*;

/// The ledger of an account in the database of a folder; the database is made if it is not there.
pub(super) fn of(folder: &Path, account: &str) -> Server {
    let main = std::env::var("CARDLIFT_POSTGRES")
        .expect("CARDLIFT_POSTGRES has the address of a server for tests, as `.ci/postgres start DIR` prints it");
    let name = name(folder);
    // A test may be async, and this client is not.
    std::thread::scope(|scope| scope.spawn(|| make(&main, &name)).join())
        .expect("the server makes it");
    let (server, _) = main.rsplit_once('/').expect("a database follows");
    Server {
        address: Address::parse(&format!("{server}/{name}"), Path::new("CARDLIFT_POSTGRES"))
            .expect("it is an address"),
        named: PathBuf::from("CARDLIFT_LEDGER_URL"),
        base_url: "https://example.com/v1.0".to_owned(),
        account: account.to_owned(),
        timeout: Duration::from_secs(30),
    }
}

/// The database of a folder.
fn name(folder: &Path) -> String {
    let name = folder.file_name().expect("it has a name").to_string_lossy();
    name.to_lowercase().replace('.', "t")
}

fn make(server: &str, name: &str) {
    let mut client = Client::connect(server, NoTls).expect("the server is there");
    let there = "SELECT 1 FROM pg_database WHERE datname = $1";
    if client
        .query(there, &[&name])
        .expect("it answers")
        .is_empty()
    {
        let made = client.batch_execute(&format!("CREATE DATABASE \"{name}\""));
        made.expect("it is made");
    }
}

/// A session beside those of the ledger.
fn beside(folder: &TempDir) -> Client {
    let main = std::env::var("CARDLIFT_POSTGRES").expect("it is set");
    let (server, _) = main.rsplit_once('/').expect("a database follows");
    let name = name(folder.path());
    Client::connect(&format!("{server}/{name}"), NoTls).expect("the server is there")
}

fn opened(folder: &TempDir) -> Result<Ledger, LedgerError> {
    Place::Server(Box::new(of(folder.path(), "a"))).open()
}

#[test]
fn a_run_that_was_taken_over_can_write_nothing_and_is_waited_for() {
    let folder = folder();
    let mut first = opened(&folder).expect("it opens");
    let (run, _) = planned(&mut first, &[valid("a"), valid("b")]);
    start(&mut first, nth(run, 1));
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE application_name LIKE 'cardlift %' AND datname = current_database()";
    beside(&folder).batch_execute(cut).expect("it does");
    let second = opened(&folder).expect("the lock went with the connection");
    assert_eq!(state(&second, nth(run, 1)), State::Unknown);
    let longest = Duration::from_secs(30);
    assert!(second.quiet_at() > Instant::now() + longest);
    let step = Step::attempt(nth(run, 2), begun("POST /contacts"));
    let refused = first.apply(&step).expect_err("it has lost its place");
    assert!(matches!(refused.kind, ErrorKind::Displaced), "{refused}");
    drop(second);
    let third = opened(&folder).expect("the place was given back");
    assert!(
        third.quiet_at() > Instant::now() + longest,
        "whoever had it in between"
    );
}

#[test]
fn one_run_has_the_place_of_an_account_and_is_named_to_others() {
    let folder = folder();
    let first = opened(&folder).expect("it opens");
    let refused = opened(&folder).expect_err("it is held");
    assert!(matches!(refused.kind, ErrorKind::HeldBy(_)), "{refused}");
    let process = format!("cardlift {} on ", std::process::id());
    assert!(refused.to_string().contains(&process), "{refused}");
    let other = Place::Server(Box::new(of(folder.path(), "b")));
    other.open().expect("another account is another place");
    drop(first);
    let next = opened(&folder).expect("it was given back");
    assert!(next.quiet_at() <= Instant::now(), "nothing is under way");
}

#[test]
fn a_server_that_has_lost_what_it_confirmed_ends_the_run() {
    let folder = folder();
    let mut ledger = opened(&folder).expect("it opens");
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    let lost = "UPDATE cardlift.epochs SET done = done - 1";
    beside(&folder).batch_execute(lost).expect("it does");
    let refused = ledger.finish_run(run, Timestamp::now(), RunState::Finished);
    let refused = refused.expect_err("a transaction is missing");
    assert!(matches!(refused.kind, ErrorKind::Regressed), "{refused}");
}

#[test]
fn a_ledger_of_a_newer_version_on_a_server_is_not_touched() {
    let folder = folder();
    drop(opened(&folder).expect("it opens"));
    let newer = "UPDATE cardlift.version SET number = number + 1";
    beside(&folder).batch_execute(newer).expect("it does");
    let refused = opened(&folder).expect_err("it is newer");
    assert!(matches!(refused.kind, ErrorKind::Newer { .. }), "{refused}");
}

#[test]
fn what_other_accounts_created_is_told_by_a_sample() {
    let folder = folder();
    let mut ledger = opened(&folder).expect("it opens");
    let (run, _) = planned(&mut ledger, &[valid("a"), valid("b")]);
    create(&mut ledger, nth(run, 1), "c1");
    let elsewhere = begin(&mut ledger, "b");
    let records = [valid("a"), valid("b"), valid("c")];
    ledger.plan(elsewhere, &records).expect("it plans");
    let found = ledger.elsewhere(elsewhere).expect("it is read");
    let account = "a".to_owned();
    assert_eq!(
        found,
        Some(Elsewhere {
            account,
            records: 1
        })
    );
}
