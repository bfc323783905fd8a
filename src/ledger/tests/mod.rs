//! The ledger from outside: states, crashes, runs over the same input.
//!
//! With the cargo feature `server` they are compiled a second time, as `server_tests`, for a ledger on a server.

mod bytes;
mod changes;
mod runs;
#[cfg(feature = "server")]
mod server;
mod states;

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;

pub(super) fn folder() -> TempDir {
    tempfile::tempdir().expect("there is room for a folder")
}

pub(super) fn open(folder: &TempDir) -> Ledger {
    place(folder).open().expect("it opens")
}

#[cfg(not(feature = "server"))]
fn place(folder: &TempDir) -> Place {
    Place::File(folder.path().join("ledger.db"))
}

#[cfg(feature = "server")]
fn place(folder: &TempDir) -> Place {
    match module_path!().contains("server_tests") {
        true => Place::Server(Box::new(server::of(folder.path(), "a"))),
        false => Place::File(folder.path().join("ledger.db")),
    }
}

pub(super) fn begin(ledger: &mut Ledger, account: &str) -> RunId {
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

pub(super) fn valid(identity: &str) -> PlannedRecord {
    keyed(identity, None)
}

fn keyed(identity: &str, key: Option<&str>) -> PlannedRecord {
    let mut record = with(CheckVerdict::Valid(ValidRecord {
        payload: format!("{{\"memo\":\"{identity}\"}}"),
        identity: hash(identity),
        person_keys: vec![hash(&format!("person {identity}"))],
    }));
    record.key = key.map(hash);
    // Other content is of other bytes, unless a test has it otherwise.
    record.raw = format!("{identity},{}\r\n", key.unwrap_or_default()).into_bytes();
    record
}

/// The same person under another content.
fn of_person(person: &str, identity: &str, key: Option<&str>) -> PlannedRecord {
    let mut record = keyed(identity, key);
    if let CheckVerdict::Valid(valid) = &mut record.verdict {
        valid.person_keys = vec![hash("another"), hash(person)];
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
        key: None,
        verdict,
    }
}

/// A run with these records, planned.
pub(super) fn planned(ledger: &mut Ledger, records: &[PlannedRecord]) -> (RunId, Counts) {
    let run = begin(ledger, "a");
    ledger.plan(run, records).expect("it plans");
    ledger.plan_is_complete(run).expect("it plans");
    let counts = ledger.counts(run).expect("they are counted");
    (run, counts)
}

pub(super) fn nth(run: RunId, seq: u32) -> RecordId {
    RecordId::new(run.0, seq)
}

fn start(ledger: &mut Ledger, record: RecordId) -> Applied {
    let step = Step::attempt(record, begun("POST /contacts"));
    ledger.apply(&step).expect("it is written")
}

fn begun(operation: &'static str) -> RequestStart {
    RequestStart {
        operation,
        at: Timestamp::now(),
        service_at: None,
    }
}

fn ended() -> RequestEnd {
    RequestEnd {
        at: Timestamp::now(),
        status: None,
        code: None,
        description: None,
    }
}

fn answer(ledger: &mut Ledger, record: RecordId, outcome: Outcome) {
    let Applied::Attempt(id) = start(ledger, record) else {
        panic!("it may not be sent");
    };
    let step = Step::answer(record, id, ended(), outcome);
    ledger.apply(&step).expect("it is written");
}

fn create(ledger: &mut Ledger, record: RecordId, contact_id: &str) {
    let contact_id = contact_id.to_owned();
    answer(
        ledger,
        record,
        Outcome::Created {
            contact_id,
            altered: Vec::new(),
            modified: None,
        },
    );
}

/// All records of a run.
pub(crate) fn rows(ledger: &Ledger, run: RunId) -> Vec<RecordRow> {
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
    let rows = rows(ledger, record.run());
    rows.into_iter()
        .find(|row| row.id == record)
        .expect("it is there")
        .state
}
