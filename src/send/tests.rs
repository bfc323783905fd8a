//! Sending against the sandbox, with the faults of the answer table; every test ends by comparing what the ledger says with
//! what the service has.

use std::collections::BTreeSet;

use secrecy::SecretString;
use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::api::{Credentials, PaceSettings, Settings, Stop, Url};
use crate::ledger::{CheckVerdict, PlannedRecord, RecordRow, RunInfo};
use crate::sandbox::{Fault, FaultPlan, Faults, Options, Sandbox, Wait};

const SETTLE: Duration = Duration::from_millis(600);

/// A service, a ledger, and the way from one to the other.
struct Bench {
    sandbox: Sandbox,
    folder: TempDir,
    settings: SendSettings,
    timeout: Duration,
}

/// A bench whose creates go wrong in this way.
fn bench(creates: Faults) -> Bench {
    bench_with(FaultPlan {
        creates,
        ..FaultPlan::default()
    })
}

fn bench_with(faults: FaultPlan) -> Bench {
    let faults = FaultPlan {
        hang: Duration::from_secs(5),
        late: Duration::from_millis(300),
        ..faults
    };
    let options = Options {
        faults,
        ..Options::default()
    };
    Bench {
        sandbox: Sandbox::start(options).expect("it starts"),
        folder: tempfile::tempdir().expect("there is room for a folder"),
        settings: SendSettings {
            concurrency: NonZeroUsize::new(8).expect("it is not zero"),
            max_attempts: 3,
            stop_after: 10,
            settle: SETTLE,
            limit: None,
            stop_if_unresolved: false,
        },
        timeout: Duration::from_secs(2),
    }
}

fn person(number: u32) -> String {
    json!({
        "permission": {"accessibleRange": "ALL"},
        "contactName": {"lastName": "Kim", "firstName": format!("No {number}")},
        "emails": [{"email": format!("kim{number}@example.com"), "primary": true}],
    })
    .to_string()
}

fn record(payload: String, identity: &str) -> PlannedRecord {
    PlannedRecord {
        source: 0,
        line: 1,
        number: 1,
        span: (0, 0),
        raw: Vec::new(),
        name: String::new(),
        notes_json: String::new(),
        mended_from: None,
        verdict: CheckVerdict::Valid {
            payload,
            identity: xxhash_rust::xxh3::xxh3_128(identity.as_bytes()).to_be_bytes(),
            key: None,
            person_keys: Vec::new(),
        },
    }
}

fn people(number: u32) -> Vec<PlannedRecord> {
    (1..=number)
        .map(|n| record(person(n), &n.to_string()))
        .collect()
}

impl Bench {
    fn ledger(&self) -> Ledger {
        Ledger::open(&self.folder.path().join("ledger.db")).expect("it opens")
    }

    fn client(&self) -> Client {
        let settings = Settings {
            base_url: Url::parse(&self.sandbox.base_url()).expect("it is a URL"),
            credentials: Credentials::Token(SecretString::from("sandbox-token")),
            timeout: self.timeout,
            pace: PaceSettings::per_minute(None),
        };
        Client::new(settings).expect("they are good")
    }

    fn plan(&self, ledger: &mut Ledger, records: &[PlannedRecord]) -> RunId {
        let info = RunInfo {
            base_url: self.sandbox.base_url(),
            account: "a".to_owned(),
            started: Timestamp::now(),
            command: String::new(),
            settings_json: "{}".to_owned(),
        };
        let run = ledger.begin_run(&info).expect("it begins").id;
        ledger.plan(run, records).expect("it plans");
        ledger.plan_is_complete(run).expect("it plans");
        run
    }

    async fn send(&self, ledger: &Ledger, run: RunId) -> Sent {
        self.send_until(
            ledger,
            run,
            std::future::pending(),
            std::future::pending(),
            |_| {},
        )
        .await
    }

    async fn send_until(
        &self,
        ledger: &Ledger,
        run: RunId,
        gently: impl Future<Output = ()>,
        at_once: impl Future<Output = ()>,
        on_event: impl FnMut(Event),
    ) -> Sent {
        let client = self.client();
        send(
            ledger,
            run,
            &client,
            &self.settings,
            gently,
            at_once,
            on_event,
        )
        .await
        .expect("the ledger can be written")
    }

    /// Plans and sends these records in a new run.
    async fn import(&self, records: &[PlannedRecord]) -> (Sent, Vec<RecordRow>) {
        let mut ledger = self.ledger();
        let run = self.plan(&mut ledger, records);
        let sent = self.send(&ledger, run).await;
        (sent, rows(&ledger, run))
    }

    /// Each of so many people is in the service once, and the ledger has the right id for each that it calls created.
    fn holds_each_once(&self, people: u32, rows: &[RecordRow]) {
        let contacts = self.sandbox.contacts();
        let emails: Vec<_> = contacts
            .iter()
            .map(|contact| contact.request["emails"][0]["email"].to_string())
            .collect();
        let once: BTreeSet<_> = emails.iter().collect();
        assert_eq!(once.len(), emails.len(), "nobody is there twice");
        assert_eq!(emails.len(), people as usize, "nobody is missing");
        self.ids_are_right(rows);
    }

    fn ids_are_right(&self, rows: &[RecordRow]) {
        let contacts = self.sandbox.contacts();
        for row in rows {
            let Some(id) = &row.contact_id else {
                continue;
            };
            let contact = contacts.iter().find(|contact| contact.id == *id);
            let contact = contact.expect("the service gave this id out");
            if let Some(payload) = &row.payload {
                let payload: serde_json::Value = serde_json::from_str(payload).expect("it is JSON");
                assert_eq!(contact.request["emails"], payload["emails"]);
            }
        }
    }

    fn creates(&self) -> usize {
        let requests = self.sandbox.requests();
        let is_create = |operation| matches!(operation, crate::sandbox::Operation::CreateContact);
        requests
            .iter()
            .filter(|request| is_create(request.operation))
            .count()
    }
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

fn states(rows: &[RecordRow]) -> Vec<State> {
    rows.iter().map(|row| row.state).collect()
}

#[tokio::test]
async fn everybody_is_created_once_and_a_second_run_creates_nobody() {
    let bench = bench(Faults::default());
    let (sent, rows) = bench.import(&people(40)).await;
    assert_eq!(sent.counts.of(State::Created), 40);
    assert_eq!(sent.stopped, None);
    bench.holds_each_once(40, &rows);
    let (sent, rows) = bench.import(&people(40)).await;
    assert_eq!(sent.counts.of(State::Exists), 40);
    bench.holds_each_once(40, &rows);
    assert_eq!(bench.creates(), 40);
}

/// The second and third of five creates go wrong like this; in the end each contact is there once.
async fn goes_well_in_the_end(fault: Fault, creates: usize) {
    let mut bench = bench(Faults::at([(2, fault), (3, fault)]));
    bench.timeout = Duration::from_millis(700);
    let (sent, rows) = bench.import(&people(5)).await;
    assert_eq!(states(&rows), [State::Created; 5], "{fault:?}: {sent:?}");
    bench.holds_each_once(5, &rows);
    assert_eq!(bench.creates(), creates, "{fault:?}");
}

#[tokio::test]
async fn a_contact_that_was_created_before_the_answer_got_lost_is_found_and_not_sent_again() {
    for fault in [
        Fault::DropAfter,
        Fault::ErrorAfter(500),
        Fault::ErrorAfter(502),
        Fault::HangAfter,
        Fault::NotJson,
        Fault::NoId,
    ] {
        goes_well_in_the_end(fault, 5).await;
    }
}

#[tokio::test]
async fn a_contact_that_commits_late_is_waited_for_and_not_sent_again() {
    for fault in [Fault::LateDrop, Fault::LateError(504)] {
        goes_well_in_the_end(fault, 5).await;
    }
}

#[tokio::test]
async fn a_contact_that_was_not_created_is_sent_again_after_looking() {
    for fault in [
        Fault::DropBefore,
        Fault::ErrorBefore(500),
        Fault::ErrorBefore(504),
        Fault::HangBefore,
    ] {
        goes_well_in_the_end(fault, 7).await;
    }
}

#[tokio::test]
async fn what_certainly_created_nothing_is_sent_again_without_looking() {
    let storm = Fault::TooMany {
        answers: 3,
        wait: Wait::Seconds(0),
    };
    goes_well_in_the_end(Fault::Unavailable, 7).await;
    let bench = bench(Faults::at([(2, storm)]));
    let (_, rows) = bench.import(&people(5)).await;
    bench.holds_each_once(5, &rows);
    assert_eq!(bench.creates(), 8);
}

#[tokio::test]
async fn a_refusal_is_final_and_keeps_what_the_service_said() {
    let bench = bench(Faults::at([
        (2, Fault::Refuse(400)),
        (3, Fault::Refuse(409)),
    ]));
    let (sent, rows) = bench.import(&people(5)).await;
    assert_eq!(sent.counts.of(State::Rejected), 2);
    assert_eq!(sent.counts.of(State::Created), 3);
    let rejected = rows.iter().find(|row| row.state == State::Rejected);
    let rejected = rejected.expect("there are two");
    assert!(rejected.code.is_some() && rejected.message.is_some());
    assert_eq!(bench.creates(), 5);
}

#[tokio::test]
async fn a_missing_right_stops_the_run_and_leaves_the_rest_planned() {
    let mut bench = bench(Faults::at([(3, Fault::Refuse(403))]));
    bench.settings.concurrency = NonZeroUsize::MIN;
    let (sent, rows) = bench.import(&people(9)).await;
    let Some(Why::Service { stop, failure }) = sent.stopped else {
        panic!("{sent:?}");
    };
    assert_eq!((stop, failure.status), (Stop::Forbidden, Some(403)));
    assert_eq!(sent.counts.of(State::Created), 2);
    assert_eq!(sent.counts.of(State::Planned), 7);
    assert_eq!(rows[2].attempts, 1);
    assert_eq!(bench.creates(), 3);
}

#[tokio::test]
async fn a_token_that_is_refused_twice_stops_the_run_and_nothing_was_created() {
    let bench = bench(Faults::default());
    bench.sandbox.set_token(Some("another"));
    let (sent, rows) = bench.import(&people(50)).await;
    let Some(Why::Service { stop, .. }) = sent.stopped else {
        panic!("{sent:?}");
    };
    assert_eq!(stop, Stop::Credentials);
    assert!(states(&rows).iter().all(|state| *state == State::Planned));
    assert!(bench.creates() <= 4, "as many as go at first");
}

#[tokio::test]
async fn a_service_that_refuses_everybody_is_noticed_after_a_handful() {
    let bench = bench(Faults::always(Fault::Refuse(400)));
    let (sent, _) = bench.import(&people(500)).await;
    assert!(
        matches!(
            sent.stopped,
            Some(Why::RefusesEverything { records: 10, .. })
        ),
        "{sent:?}"
    );
    assert!(bench.creates() < 20);
    assert!(sent.counts.of(State::Planned) > 480);
}

#[tokio::test]
async fn a_service_that_is_not_there_is_noticed_after_a_handful() {
    let mut bench = bench(Faults::default());
    bench.settings.max_attempts = 1;
    bench.sandbox.stop();
    let (sent, rows) = bench.import(&people(100)).await;
    assert!(
        matches!(sent.stopped, Some(Why::Unreachable { .. })),
        "{sent:?}"
    );
    assert!(sent.counts.of(State::Failed) <= 8);
    assert_eq!(sent.counts.open(), 0);
    assert!(rows.iter().all(|row| row.contact_id.is_none()));
}

#[tokio::test]
async fn too_many_unknown_in_a_row_stop_the_run_and_are_looked_up() {
    let mut bench = bench(Faults {
        probability: 1.0,
        kinds: vec![Fault::DropAfter],
        ..Faults::default()
    });
    bench.settings.stop_after = 6;
    let (sent, rows) = bench.import(&people(100)).await;
    assert!(
        matches!(sent.stopped, Some(Why::InARow { records: 6, .. })),
        "{sent:?}"
    );
    let created = sent.counts.of(State::Created);
    assert!((6..20).contains(&created), "{created}");
    assert_eq!(created + sent.counts.of(State::Planned), 100);
    bench.holds_each_once(u32::try_from(created).expect("it is small"), &rows);
}

#[tokio::test]
async fn identical_twins_that_are_both_unknown_get_a_contact_each() {
    let twins = || vec![record(person(1), "one"), record(person(1), "two")];
    for (first, second, creates) in [
        (Fault::DropAfter, Fault::DropAfter, 2),
        (Fault::DropBefore, Fault::DropAfter, 3),
        (Fault::LateDrop, Fault::DropAfter, 2),
        (Fault::LateDrop, Fault::DropBefore, 3),
    ] {
        let bench = bench(Faults::at([(1, first), (2, second)]));
        let (_, rows) = bench.import(&twins()).await;
        assert_eq!(states(&rows), [State::Created; 2]);
        assert_ne!(rows[0].contact_id, rows[1].contact_id);
        assert_eq!(bench.sandbox.contacts().len(), 2, "{first:?} {second:?}");
        assert_eq!(bench.creates(), creates, "{first:?} {second:?}");
    }
}

#[tokio::test]
async fn people_who_differ_in_what_lists_do_not_show_do_not_take_each_others_contact() {
    let with_middle = |middle: &str| {
        let mut body: serde_json::Value = serde_json::from_str(&person(1)).expect("it is JSON");
        body["contactName"]["middleName"] = json!(middle);
        record(body.to_string(), middle)
    };
    let bench = bench(Faults::at([(1, Fault::DropAfter), (2, Fault::DropBefore)]));
    let (_, rows) = bench.import(&[with_middle("A"), with_middle("B")]).await;
    assert_eq!(states(&rows), [State::Created; 2]);
    for row in &rows {
        let contacts = bench.sandbox.contacts();
        let id = row.contact_id.as_deref().expect("it is created");
        let contact = contacts.iter().find(|contact| contact.id == id);
        let contact = contact.expect("it is there");
        let payload = row.payload.as_deref().expect("it is kept");
        let payload: serde_json::Value = serde_json::from_str(payload).expect("it is JSON");
        assert_eq!(contact.request["contactName"], payload["contactName"]);
    }
    assert_eq!(bench.sandbox.contacts().len(), 2);
}

#[tokio::test]
async fn the_same_contact_that_was_there_before_is_not_taken() {
    let bench = bench(Faults::at([(1, Fault::DropBefore)]));
    let body: serde_json::Value = serde_json::from_str(&person(1)).expect("it is JSON");
    let older = Timestamp::now() - jiff::SignedDuration::from_hours(48);
    bench
        .sandbox
        .add(body.clone(), Some(older), serde_json::Value::Null);
    let just_now = bench.sandbox.add(body, None, serde_json::Value::Null);
    let (_, rows) = bench.import(&people(1)).await;
    assert_eq!(states(&rows), [State::Created]);
    assert_ne!(rows[0].contact_id, Some(just_now));
    assert_eq!(bench.sandbox.contacts().len(), 3);
    assert_eq!(bench.creates(), 2);
}

#[tokio::test]
async fn a_service_that_cant_be_read_leaves_it_unknown_and_the_next_run_looks_first() {
    let mut bench = bench_with(FaultPlan {
        creates: Faults::at([(2, Fault::DropAfter), (3, Fault::DropBefore)]),
        looks: Faults::always(Fault::Refuse(403)),
        ..FaultPlan::default()
    });
    bench.settings.concurrency = NonZeroUsize::MIN;
    let (sent, rows) = bench.import(&people(4)).await;
    assert_eq!(
        states(&rows),
        [
            State::Created,
            State::Unknown,
            State::Unknown,
            State::Created
        ]
    );
    assert!(sent.cant_look.is_some());
    let (sent, rows) = bench.import(&people(4)).await;
    assert_eq!(
        states(&rows),
        [State::Exists, State::Held, State::Held, State::Exists]
    );
    assert_eq!(sent.counts.open(), 2);
    assert_eq!(bench.creates(), 4, "nothing is sent blindly");
    bench.sandbox.set_faults(FaultPlan::default());
    let (sent, rows) = bench.import(&people(4)).await;
    assert_eq!(
        states(&rows),
        [State::Exists, State::Exists, State::Created, State::Exists]
    );
    assert_eq!(sent.counts.open(), 0);
    bench.holds_each_once(4, &rows);
}

#[tokio::test]
async fn a_crash_in_the_middle_is_resolved_by_the_next_run() {
    let bench = bench(Faults::at([(3, Fault::HangAfter), (5, Fault::HangBefore)]));
    let mut ledger = bench.ledger();
    let run = bench.plan(&mut ledger, &people(12));
    let client = bench.client();
    let both_hang = async {
        while bench.creates() < 12 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    // Dropping the future is what a crash is to the ledger, but for the steps that are in the writer's hands.
    tokio::select! {
        _ = send(&ledger, run, &client, &bench.settings, std::future::pending(), std::future::pending(), |_| {}) => {
            panic!("two requests hang");
        }
        () = both_hang => {}
    }
    drop(ledger);
    bench.sandbox.set_faults(FaultPlan::default());
    let (sent, rows) = bench.import(&people(12)).await;
    assert_eq!(sent.counts.open(), 0);
    assert_eq!(
        sent.counts.of(State::Exists) + sent.counts.of(State::Created),
        12
    );
    bench.holds_each_once(12, &rows);
}

#[tokio::test]
async fn the_first_signal_finishes_what_is_under_way_and_starts_nothing() {
    let bench = bench(Faults::default());
    let mut ledger = bench.ledger();
    let run = bench.plan(&mut ledger, &people(200));
    let signal = tokio::sync::Notify::new();
    let mut finished = 0;
    let sent = bench
        .send_until(
            &ledger,
            run,
            signal.notified(),
            std::future::pending(),
            |event| {
                if let Event::Finished { .. } = event {
                    finished += 1;
                    if finished == 20 {
                        signal.notify_one();
                    }
                }
            },
        )
        .await;
    assert_eq!(sent.stopped, Some(Why::Asked));
    assert_eq!(sent.counts.open(), 0);
    let created = sent.counts.of(State::Created);
    assert!((20..60).contains(&created), "{created}");
    let rows = rows(&ledger, run);
    bench.holds_each_once(u32::try_from(created).expect("it is small"), &rows);
    drop(ledger);
    let (_, rows) = bench.import(&people(200)).await;
    bench.holds_each_once(200, &rows);
}

#[tokio::test]
async fn the_second_signal_stops_at_once_and_what_is_under_way_is_unknown() {
    let bench = bench(Faults::at([(1, Fault::HangAfter), (2, Fault::HangAfter)]));
    let mut ledger = bench.ledger();
    let run = bench.plan(&mut ledger, &people(2));
    let both_hang = async {
        while bench.creates() < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let sent = bench
        .send_until(&ledger, run, std::future::pending(), both_hang, |_| {})
        .await;
    assert_eq!(sent.stopped, Some(Why::AskedTwice));
    assert_eq!(sent.counts.of(State::Unknown), 2);
    drop(ledger);
    let (_, rows) = bench.import(&people(2)).await;
    assert_eq!(states(&rows), [State::Exists; 2]);
    bench.holds_each_once(2, &rows);
}

#[tokio::test]
async fn a_limit_is_kept_whatever_goes_wrong() {
    let mut bench = bench(Faults::at([(2, Fault::DropAfter), (3, Fault::DropBefore)]));
    bench.settings.limit = Some(5);
    let (sent, rows) = bench.import(&people(20)).await;
    assert!(sent.limit_reached);
    assert_eq!(sent.counts.of(State::Created), 5);
    bench.holds_each_once(5, &rows);
}

#[tokio::test]
async fn a_record_that_always_fails_is_given_up_and_the_others_are_created() {
    let mut bench = bench(Faults {
        nth: (1..=2).map(|n| (n, Fault::ErrorBefore(500))).collect(),
        ..Faults::default()
    });
    bench.settings.max_attempts = 1;
    bench.settings.concurrency = NonZeroUsize::MIN;
    bench.settings.limit = Some(1);
    let (sent, rows) = bench.import(&people(2)).await;
    assert_eq!(states(&rows), [State::Failed, State::Created]);
    assert_eq!(rows[0].attempts, 2);
    assert_eq!(sent.counts.open(), 0);
    bench.holds_each_once(1, &rows);
}

#[tokio::test]
async fn a_quarter_of_all_creates_faulty_comes_out_even() {
    for seed in 1..=3 {
        let storm = Fault::TooMany {
            answers: 5,
            wait: Wait::Seconds(0),
        };
        let mut kinds = Fault::UNCERTAIN.to_vec();
        kinds.extend([storm, Fault::Unavailable]);
        let mut bench = bench_with(FaultPlan {
            seed,
            creates: Faults::by_chance(0.25, kinds),
            ..FaultPlan::default()
        });
        bench.timeout = Duration::from_millis(700);
        bench.settings.max_attempts = 6;
        let (sent, rows) = bench.import(&people(120)).await;
        assert_eq!(sent.counts.of(State::Created), 120, "seed {seed}: {sent:?}");
        bench.holds_each_once(120, &rows);
    }
}
