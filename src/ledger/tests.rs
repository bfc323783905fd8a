//! The ledger from outside: states, crashes, runs over the same input, and files that are no ledger.

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;

mod changes;

fn folder() -> TempDir {
    tempfile::tempdir().expect("there is room for a folder")
}

fn open(folder: &TempDir) -> Ledger {
    Ledger::open(&folder.path().join("ledger.db")).expect("it opens")
}

fn begin(ledger: &mut Ledger, account: &str) -> RunId {
    let info = RunInfo {
        base_url: "https://example.com/v1.0".to_owned(),
        account: account.to_owned(),
        started: Timestamp::now(),
        command: "import a.csv".to_owned(),
        settings_json: "{}".to_owned(),
    };
    ledger.begin_run(&info).expect("it begins").id
}

fn hash(text: &str) -> Hash {
    xxhash_rust::xxh3::xxh3_128(text.as_bytes()).to_be_bytes()
}

fn valid(identity: &str) -> PlannedRecord {
    keyed(identity, None)
}

fn keyed(identity: &str, key: Option<&str>) -> PlannedRecord {
    with(CheckVerdict::Valid {
        payload: format!("{{\"memo\":\"{identity}\"}}"),
        identity: hash(identity),
        key: key.map(hash),
        person_keys: vec![hash(&format!("person {identity}"))],
    })
}

/// The same person under another content.
fn of_person(person: &str, identity: &str, key: Option<&str>) -> PlannedRecord {
    let mut record = keyed(identity, key);
    if let CheckVerdict::Valid { person_keys, .. } = &mut record.verdict {
        *person_keys = vec![hash("another"), hash(person)];
    }
    record
}

fn with(verdict: CheckVerdict) -> PlannedRecord {
    PlannedRecord {
        source: 0,
        line: 2,
        number: 1,
        span: (10, 20),
        raw: b"a,b\r\n".to_vec(),
        name: "Kim".to_owned(),
        notes_json: String::new(),
        mended_from: None,
        verdict,
    }
}

/// A run with these records, planned.
fn planned(ledger: &mut Ledger, records: &[PlannedRecord]) -> (RunId, Counts) {
    let run = begin(ledger, "a");
    let counts = ledger.plan(run, records).expect("it plans");
    ledger.plan_is_complete(run).expect("it plans");
    (run, counts)
}

fn nth(run: RunId, seq: u32) -> RecordId {
    RecordId::new(run.0, seq)
}

fn start(ledger: &mut Ledger, record: RecordId) -> Applied {
    let step = Step::Attempt {
        record,
        operation: "POST /contacts",
        at: Timestamp::now(),
    };
    ledger.apply(&step).expect("it is written")
}

fn answer(ledger: &mut Ledger, record: RecordId, outcome: Outcome) {
    let Applied::Attempt { id, .. } = start(ledger, record) else {
        panic!("it may not be sent");
    };
    let step = Step::Answer {
        record,
        attempt: id,
        at: Timestamp::now(),
        status: None,
        code: None,
        description: None,
        outcome,
    };
    ledger.apply(&step).expect("it is written");
}

fn create(ledger: &mut Ledger, record: RecordId, contact_id: &str) {
    let contact_id = contact_id.to_owned();
    answer(ledger, record, Outcome::Created { contact_id });
}

fn rows(ledger: &Ledger, run: RunId) -> Vec<RecordRow> {
    let mut rows = Vec::new();
    ledger
        .records(run, |row| {
            rows.push(row);
            Ok::<_, LedgerError>(())
        })
        .expect("they are read");
    rows
}

fn state(ledger: &Ledger, record: RecordId) -> State {
    let rows = rows(ledger, RunId(record.run()));
    rows.into_iter()
        .find(|row| row.id == record)
        .expect("it is there")
        .state
}

#[test]
fn every_record_comes_back_in_input_order_with_what_was_said_of_it() {
    let folder = folder();
    let mut ledger = open(&folder);
    let invalid = with(CheckVerdict::Invalid {
        problems_json: "[1]".to_owned(),
        code: "NO_NAME".to_owned(),
        field: "contactName".to_owned(),
        message: "no name".to_owned(),
    });
    let duplicate = with(CheckVerdict::Duplicate {
        of_seq: 1,
        message: "the same person as line 2".to_owned(),
    });
    let (run, counts) = planned(&mut ledger, &[valid("a"), invalid, duplicate]);
    assert_eq!(counts, ledger.counts(run).expect("they are counted"));
    let rows = rows(&ledger, run);
    let states: Vec<_> = rows.iter().map(|row| (row.id.seq(), row.state)).collect();
    assert_eq!(
        states,
        [
            (1, State::Planned),
            (2, State::Invalid),
            (3, State::Duplicate)
        ]
    );
    assert_eq!(rows[1].code.as_deref(), Some("NO_NAME"));
    assert_eq!(rows[1].problems_json.as_deref(), Some("[1]"));
    assert_eq!(rows[2].duplicate_of, Some(1));
    assert_eq!(rows[0].raw.as_deref(), Some(&b"a,b\r\n"[..]));
    assert_eq!(rows[0].span, (10, 20));
}

#[test]
fn what_was_created_exists_in_later_runs_against_the_same_service_only() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    create(&mut ledger, nth(run, 1), "c1");
    let (again, counts) = planned(&mut ledger, &[valid("a"), valid("b")]);
    assert_eq!(
        (counts.of(State::Exists), counts.of(State::Planned)),
        (1, 1)
    );
    let rows = rows(&ledger, again);
    assert_eq!(rows[0].contact_id.as_deref(), Some("c1"));
    let first = ledger.run(run).expect("it is there").name;
    assert_eq!(rows[0].origin, Some((first, 1)));
    let elsewhere = begin(&mut ledger, "another account");
    let counts = ledger.plan(elsewhere, &[valid("a")]).expect("it plans");
    assert_eq!(counts.of(State::Planned), 1);
}

#[test]
fn the_same_key_with_other_content_exists_and_has_changed() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[keyed("a", Some("k"))]);
    create(&mut ledger, nth(run, 1), "c1");
    let (run, counts) = planned(
        &mut ledger,
        &[keyed("a2", Some("k")), keyed("a", Some("k2"))],
    );
    assert_eq!((counts.of(State::Exists), counts.changed), (1, 1));
    let rows = rows(&ledger, run);
    assert!(rows[0].changed && rows[0].payload.is_some());
    assert_eq!(
        rows[1].state,
        State::Planned,
        "another key, another contact"
    );
}

#[test]
fn a_crash_while_sending_leaves_it_unknown_and_holds_the_next_run_back() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a"), valid("b")]);
    start(&mut ledger, nth(run, 1));
    drop(ledger);
    let before = Timestamp::now();
    let mut ledger = open(&folder);
    assert_eq!(ledger.recovered(), 1);
    assert_eq!(
        ledger.run(run).expect("it is there").state,
        RunState::Interrupted
    );
    let (again, counts) = planned(&mut ledger, &[valid("a"), valid("b")]);
    assert_eq!((counts.of(State::Held), counts.of(State::Planned)), (1, 1));
    let unknowns = ledger.unknowns(again).expect("they are read");
    assert_eq!(unknowns.len(), 1);
    assert_eq!(unknowns[0].id, nth(run, 1));
    assert!(
        unknowns[0].ended >= before,
        "it can have been sent up to the moment in which the crash was found"
    );
    assert!(unknowns[0].since <= before);
}

#[test]
fn the_record_that_was_held_exists_when_the_earlier_one_is_found() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    answer(&mut ledger, nth(run, 1), Outcome::Unknown);
    let (again, _) = planned(&mut ledger, &[valid("a")]);
    let found = Step::Found {
        record: nth(run, 1),
        contact_id: "c1".to_owned(),
    };
    assert_eq!(ledger.apply(&found).expect("it is written"), Applied::Done);
    assert_eq!(state(&ledger, nth(run, 1)), State::Created);
    let rows = rows(&ledger, again);
    assert_eq!(rows[0].state, State::Exists);
    assert_eq!(rows[0].contact_id.as_deref(), Some("c1"));
    assert!(!rows[0].changed);
}

#[test]
fn the_record_that_was_held_is_planned_when_the_earlier_one_is_not_found() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[keyed("a", Some("k"))]);
    answer(&mut ledger, nth(run, 1), Outcome::Unknown);
    let (again, counts) = planned(&mut ledger, &[keyed("a2", Some("k"))]);
    assert_eq!(counts.of(State::Held), 1, "by its key");
    let step = Step::NotFound {
        record: nth(run, 1),
        give_up: false,
    };
    ledger.apply(&step).expect("it is written");
    assert_eq!(state(&ledger, nth(again, 1)), State::Planned);
    // The earlier one must not be sent as well, once the later one is under way.
    start(&mut ledger, nth(again, 1));
    assert_eq!(start(&mut ledger, nth(run, 1)), Applied::Held);
    assert_eq!(state(&ledger, nth(run, 1)), State::Held);
}

#[test]
fn an_attempt_does_not_start_for_what_was_created_in_the_meantime() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (first, _) = planned(&mut ledger, &[valid("a")]);
    let (second, _) = planned(&mut ledger, &[valid("a")]);
    create(&mut ledger, nth(second, 1), "c1");
    let exists = Applied::Exists {
        contact_id: "c1".to_owned(),
    };
    assert_eq!(start(&mut ledger, nth(first, 1)), exists);
    assert_eq!(state(&ledger, nth(first, 1)), State::Exists);
}

#[test]
fn a_contact_that_belongs_to_another_record_is_not_given_away() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a"), valid("b")]);
    create(&mut ledger, nth(run, 1), "c1");
    answer(&mut ledger, nth(run, 2), Outcome::Unknown);
    let step = Step::Found {
        record: nth(run, 2),
        contact_id: "c1".to_owned(),
    };
    assert_eq!(ledger.apply(&step).expect("it is read"), Applied::Owned);
    assert_eq!(state(&ledger, nth(run, 2)), State::Unknown);
    assert!(ledger.is_owned(run, "c1").expect("it is read"));
}

#[test]
fn a_step_that_does_not_fit_the_state_is_refused_and_changes_nothing() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    let steps = [
        Step::Found {
            record: nth(run, 1),
            contact_id: "c1".to_owned(),
        },
        Step::NotFound {
            record: nth(run, 1),
            give_up: false,
        },
    ];
    for step in steps {
        let refused = ledger.apply(&step).expect_err("it was never sent");
        assert!(
            matches!(refused, LedgerError::Inconsistent { .. }),
            "{refused}"
        );
    }
    start(&mut ledger, nth(run, 1));
    let refused = ledger
        .apply(&Step::Attempt {
            record: nth(run, 1),
            operation: "POST /contacts",
            at: Timestamp::now(),
        })
        .expect_err("it is under way");
    assert!(
        matches!(refused, LedgerError::Inconsistent { .. }),
        "{refused}"
    );
    assert_eq!(rows(&ledger, run)[0].attempts, 1);
}

#[test]
fn what_is_certainly_not_created_is_planned_again_with_its_attempts_counted() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    answer(&mut ledger, nth(run, 1), Outcome::NotCreated);
    answer(&mut ledger, nth(run, 1), Outcome::Unknown);
    answer_cut_off(&mut ledger, run);
    let unknowns = ledger.unknowns(run).expect("they are read");
    assert_eq!(unknowns[0].unknown_attempts, 1);
    assert_eq!(rows(&ledger, run)[0].attempts, 2);
    let window = ledger
        .last_answers(run, "POST /contacts", Timestamp::UNIX_EPOCH)
        .expect("they are read");
    assert_eq!(window.len(), 2);
}

fn answer_cut_off(ledger: &mut Ledger, run: RunId) {
    let at = Timestamp::now();
    ledger
        .apply(&Step::CutOff { run, at })
        .expect("nothing is under way, and that is fine");
}

#[test]
fn what_a_record_mends_is_found_by_the_readable_id_of_its_run() {
    let folder = folder();
    let mut ledger = open(&folder);
    let (run, _) = planned(&mut ledger, &[valid("a")]);
    let name = ledger.run(run).expect("it is there").name;
    let mut mended = valid("b");
    mended.mended_from = Some((name.clone(), 1));
    let (run, _) = planned(&mut ledger, &[mended]);
    assert_eq!(rows(&ledger, run)[0].mended_from, Some((name, 1)));
}

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
        kind: "csv".to_owned(),
        encoding: "CP949".to_owned(),
        delimiter: Some(b';'),
        header: b"\xb9\xfc;\xc8".to_vec(),
        size: 1 << 40,
        hash: vec![1, 2],
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
    let pages: i64 = ledger
        .connection
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .expect("it is read");
    ledger
        .connection
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
        })
    });
    let applied = futures_util::future::join_all(steps).await;
    assert!(applied[..100].iter().all(Result::is_ok));
    applied[100].as_ref().expect_err("there is no such record");
    writer.close();
    let counts = ledger.counts(run).expect("they are counted");
    assert_eq!(counts.of(State::Sending), 100);
}
