//! Runs, and the file they are in: locks, permissions, disks, and what is no ledger.

use super::*;

#[test]
fn runs_are_listed_with_the_latest_first_and_found_by_name() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (first, _) = planned(&mut ledger, &[]);
    let (second, _) = planned(&mut ledger, &[]);
    ledger
        .finish_run(first, Timestamp::now(), RunState::Finished)
        .expect("it ends");
    let runs = ledger.runs().expect("they are read");
    assert_eq!(
        runs.iter().map(|run| run.id).collect::<Vec<_>>(),
        [second, first]
    );
    assert_eq!(runs[1].state, RunState::Finished);
    let found = ledger.run_named(&runs[0].name).expect("it is read");
    assert_eq!(found.map(|run| run.id), Some(second));
    assert_eq!(runs[0].name.len(), "20261122-151030-a1b2".len());
}

#[test]
fn sources_are_kept_with_the_run() {
    let folder = folder();
    let mut ledger = open(&folder);
    let run = begin(&mut ledger, "a");
    let source = SourceInfo {
        path: "연락처.csv".into(),
        read_as: "CSV".to_owned(),
        encoding: "CP949".to_owned(),
        delimiter: Some(b';'),
        header: b"\xb9\xfc;\xc8".to_vec(),
        size: 1 << 40,
        warnings: vec!["연락처.csv:1: a".to_owned(), "b".to_owned()],
    };
    assert_eq!(ledger.add_source(run, &source).expect("it is written"), 0);
    assert_eq!(ledger.add_source(run, &source).expect("it is written"), 1);
    let sources = ledger.sources(run).expect("they are read");
    assert_eq!(
        sources[1],
        SourceRow {
            number: 1,
            info: source
        }
    );
}

#[test]
fn a_second_process_is_told_at_once_and_the_lock_goes_with_the_first() {
    let folder = folder();
    let ledger = open(&folder);
    let path = ledger.path().to_path_buf();
    // A lock belongs to the open file, so a second opening in this process meets what another process would.
    let refused = Ledger::open(&path).expect_err("it is held");
    assert!(matches!(refused, LedgerError::Held { .. }), "{refused}");
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
    std::os::unix::fs::symlink(ledger.path(), &other).expect("it is made");
    let refused = Ledger::open(&other).expect_err("it is held");
    assert!(matches!(refused, LedgerError::Held { .. }), "{refused}");
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
    assert!(
        matches!(refused, LedgerError::NotALedger { .. }),
        "{refused}"
    );
    let path = folder.path().join("other.db");
    let other = Connection::open(&path).expect("it opens");
    other
        .execute_batch("CREATE TABLE t (x)")
        .expect("it is made");
    let refused = Ledger::open(&path).expect_err("it is another program's");
    assert!(
        matches!(refused, LedgerError::NotALedger { .. }),
        "{refused}"
    );
}

#[test]
fn a_ledger_of_a_newer_version_is_not_touched() {
    let folder = folder();
    let path = open(&folder).path().to_path_buf();
    let newer = Connection::open(&path).expect("it opens");
    newer
        .pragma_update(None, "user_version", schema::VERSION + 1)
        .expect("it is written");
    drop(newer);
    let refused = Ledger::open(&path).expect_err("it is newer");
    assert!(matches!(refused, LedgerError::Newer { .. }), "{refused}");
}

#[test]
fn a_ledger_that_is_not_there_is_said_to_be_missing_when_it_is_only_read() {
    let folder = folder();
    let refused = Ledger::open_to_read(&folder.path().join("none.db")).expect_err("there is none");
    assert!(matches!(refused, LedgerError::Missing { .. }), "{refused}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_that_cant_be_written_is_named() {
    let refused = Ledger::open(Path::new("/proc/cardlift/ledger.db")).expect_err("nobody can");
    assert!(
        matches!(refused, LedgerError::NotWritable { .. }),
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
    assert!(matches!(refused, LedgerError::Full { .. }), "{refused}");
    assert_eq!(ledger.counts(run).expect("they are counted").total(), 1);
}

#[tokio::test]
async fn steps_of_many_share_commits_and_fail_for_themselves() {
    let folder = folder();
    let mut ledger = open(&folder);
    let records: Vec<_> = (0..100).map(|n| valid(&n.to_string())).collect();
    let (run, _) = planned(&mut ledger, &records);
    let writer = ledger.writer().expect("it starts");
    let steps = (1..=101).map(|seq| {
        writer.apply(Step::Attempt {
            record: nth(run, seq),
            operation: "POST /contacts",
            at: Timestamp::now(),
            service_at: None,
        })
    });
    let applied = futures_util::future::join_all(steps).await;
    assert!(applied[..100].iter().all(Result::is_ok));
    applied[100].as_ref().expect_err("there is no such record");
    writer.close();
    let counts = ledger.counts(run).expect("they are counted");
    assert_eq!(counts.of(State::Sending), 100);
}
