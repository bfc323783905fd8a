//! The file of a ledger: locks, permissions, disks, and what is no ledger.

use rusqlite::Connection;
use std::fs;
use tempfile::TempDir;

use super::tests::{folder, planned, valid};
use super::*;

fn open(folder: &TempDir) -> Ledger {
    Ledger::open(&folder.path().join("ledger.db")).expect("it opens")
}

#[test]
fn a_second_process_is_told_at_once_and_the_lock_goes_with_the_first() {
    let folder = folder();
    let ledger = open(&folder);
    let path = ledger.path.clone();
    // A lock belongs to the open file, so a second opening in this process meets what another process would.
    let refused = Ledger::open(&path).expect_err("it is held");
    assert!(matches!(refused.kind, ErrorKind::Held(_)), "{refused}");
    assert!(
        refused
            .to_string()
            .contains(&std::process::id().to_string()),
        "{refused}"
    );
    Ledger::open_to_read(&path).expect("reading goes on");
    drop(ledger);
    open(&folder);
}

#[cfg(unix)]
#[test]
fn two_names_of_one_ledger_are_one_lock() {
    let folder = folder();
    let ledger = open(&folder);
    let other = folder.path().join("other.db");
    std::os::unix::fs::symlink(&ledger.path, &other).expect("it is made");
    let refused = Ledger::open(&other).expect_err("it is held");
    assert!(matches!(refused.kind, ErrorKind::Held(_)), "{refused}");
}

#[cfg(unix)]
#[test]
fn its_files_can_be_read_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let mut ledger = Ledger::open(&folder.path().join("deep/ledger.db")).expect("it opens");
    planned(&mut ledger, &[valid("a")]);
    let mode = |path: &Path| {
        fs::metadata(path)
            .expect("it is there")
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode(&folder.path().join("deep")), 0o700);
    for entry in fs::read_dir(folder.path().join("deep")).expect("it is read") {
        let path = entry.expect("it is read").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn a_file_that_is_something_else_is_left_alone() {
    let folder = folder();
    let path = folder.path().join("contacts.csv");
    fs::write(&path, "Name,E-mail\nKim,kim@example.com\n".repeat(100)).expect("it is written");
    let refused = Ledger::open(&path).expect_err("it is a CSV");
    assert!(matches!(refused.kind, ErrorKind::NotALedger), "{refused}");
    let path = folder.path().join("other.db");
    let other = Connection::open(&path).expect("it opens");
    other
        .execute_batch("CREATE TABLE t (x)")
        .expect("it is made");
    let refused = Ledger::open(&path).expect_err("it is another program's");
    assert!(matches!(refused.kind, ErrorKind::NotALedger), "{refused}");
}

#[test]
fn a_ledger_of_a_newer_version_is_not_touched() {
    let folder = folder();
    let path = open(&folder).path.clone();
    let newer = Connection::open(&path).expect("it opens");
    newer
        .pragma_update(None, "user_version", schema::VERSION + 1)
        .expect("it is written");
    drop(newer);
    let refused = Ledger::open(&path).expect_err("it is newer");
    assert!(matches!(refused.kind, ErrorKind::Newer { .. }), "{refused}");
}

#[test]
fn a_ledger_that_is_not_there_is_said_to_be_missing_when_it_is_only_read() {
    let folder = folder();
    let refused = Ledger::open_to_read(&folder.path().join("none.db")).expect_err("there is none");
    assert!(matches!(refused.kind, ErrorKind::Missing), "{refused}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_that_cant_be_written_is_named() {
    let refused = Ledger::open(Path::new("/proc/cardlift/ledger.db")).expect_err("nobody can");
    assert!(
        matches!(refused.kind, ErrorKind::NotWritable(_)),
        "{refused}"
    );
    assert!(
        refused
            .to_string()
            .starts_with("`/proc/cardlift/ledger.db`")
    );
}

#[test]
fn a_full_disk_is_named_and_what_is_in_the_ledger_stays() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    let sqlite = ledger.store.sqlite();
    let pages: i64 = sqlite
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .expect("it is read");
    sqlite
        .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
        .expect("it is set");
    let mut large = valid("b");
    large.raw = vec![b'x'; 1 << 20];
    let refused = ledger.plan(run, &[large]).expect_err("there is no room");
    assert!(matches!(refused.kind, ErrorKind::Full), "{refused}");
    assert_eq!(ledger.counts(run).expect("they are counted").total(), 1);
}

#[test]
fn a_ledger_of_the_first_version_is_brought_up_to_date() {
    let folder = folder();
    let path = folder.path().join("ledger.db");
    drop(open(&folder));
    let connection = Connection::open(&path).expect("it opens");
    connection
        .execute_batch(
            "DROP TABLE found; DROP TABLE written; DROP TABLE source_keys; DROP TABLE gone; DROP TABLE altered; DROP TABLE candidates;
             ALTER TABLE attempts DROP COLUMN service_at;
             DROP TABLE changes; DROP TABLE bytes; ALTER TABLE records DROP COLUMN undone_at;
             ALTER TABLE records DROP COLUMN bytes; ALTER TABLE sources DROP COLUMN warnings; PRAGMA user_version = 1;",
        )
        .expect("it is an older one now");
    drop(connection);
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    assert_eq!(ledger.undone(run).expect("it is read"), 0);
}

#[test]
fn a_contact_that_an_earlier_version_found_is_still_somebody_elses() {
    let folder = folder();
    let path = folder.path().join("ledger.db");
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    let matched = Step::matched(
        RecordId::new(run.0, 1),
        Some("c1".to_owned()),
        None,
        "it is there".to_owned(),
    );
    ledger.apply(&matched).expect("it is written");
    drop(ledger);
    let connection = Connection::open(&path).expect("it opens");
    connection
        .execute_batch(
            "DROP TABLE found; DROP TABLE written; DROP TABLE source_keys; DROP TABLE gone; PRAGMA user_version = 6;",
        )
        .expect("it is an older one now");
    drop(connection);
    let mut ledger = open(&folder);
    let (again, counts) = planned(&mut ledger, &[valid("a")]);
    assert_eq!((counts.of(State::Exists), counts.changed), (1, 0));
    let compared = ledger.to_match(again, None, 9).expect("it is read");
    let ids: Vec<_> = compared.iter().map(|one| one.before.as_deref()).collect();
    assert_eq!(ids, [Some("c1")], "it is compared again");
    let row = ledger
        .record(again, 1)
        .expect("it is read")
        .expect("it is there");
    assert_eq!(row.foreign, Some(Foreign::Found));
}
