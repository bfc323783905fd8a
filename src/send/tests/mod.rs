//! Sending against the sandbox, with the faults of the answer table; every test ends by comparing what the ledger says with
//! what the service has.

mod answers;
mod forms;
mod lists;
mod stopping;
mod unknown;

use std::collections::BTreeSet;

use secrecy::SecretString;
use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::api::{App, Credentials, FailureKind, PaceSettings, ServiceAccount, Settings, Url};
use crate::ledger::tests::rows;
use crate::ledger::{CheckVerdict, Counts, PlannedRecord, RecordRow, RunInfo, ValidRecord};
use crate::rig::{Fault, FaultPlan, Faults, RiggedService as _, Wait};
use crate::sandbox::{Account, Options, Sandbox};

/// Made for the tests; it opens nothing.
const KEY: &str = include_str!("../../sandbox/tests/test-key.pem");

const SETTLE: Duration = Duration::from_millis(600);

/// A service, a ledger, and the way from one to the other.
struct Bench {
    sandbox: Sandbox,
    folder: TempDir,
    settings: SendSettings,
    timeout: Duration,
    credentials: Credentials,
    /// What is appended to the address.
    below: &'static str,
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
        rig: faults.into(),
        account: Some(Account::default()),
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
        credentials: Credentials::Token(SecretString::from("sandbox-token")),
        below: "",
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
        key: None,
        verdict: CheckVerdict::Valid(ValidRecord {
            payload,
            identity: xxhash_rust::xxh3::xxh3_128(identity.as_bytes()).to_be_bytes(),
            person_keys: Vec::new(),
        }),
    }
}

fn people(number: u32) -> Vec<PlannedRecord> {
    (1..=number)
        .map(|n| record(person(n), &n.to_string()))
        .collect()
}

/// How sending ended, with what the ledger says of the run then.
#[derive(Debug)]
struct Ended {
    counts: Counts,
    stopped: Option<Why>,
    limit_reached: bool,
    /// Whether the service could not be read for what was unknown.
    cant_look: bool,
}

impl Bench {
    fn ledger(&self) -> Ledger {
        Ledger::open(&self.folder.path().join("ledger.db")).expect("it opens")
    }

    fn client(&self) -> Client {
        let settings = Settings {
            base_url: Url::parse(&(self.sandbox.base_url() + self.below)).expect("it is a URL"),
            credentials: self.credentials.clone(),
            timeout: self.timeout,
            pace: PaceSettings::per_minute(None),
        };
        Client::new(settings).expect("they are good")
    }

    fn use_service_account(&mut self) {
        let account = Account::default();
        self.credentials = Credentials::ServiceAccount(Box::new(ServiceAccount {
            app: App {
                client_id: account.client_id,
                client_secret: account.client_secret.into(),
                token_url: Url::parse(&self.sandbox.token_url()).expect("it is a URL"),
                scope: "contact".to_owned(),
            },
            id: account.service_account,
            private_key_pem: KEY.into(),
        }));
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

    async fn send(&self, ledger: &Ledger, run: RunId) -> Ended {
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
        mut on_event: impl FnMut(Event),
    ) -> Ended {
        let client = self.client();
        let mut cant_look = false;
        let sent = send(
            ledger,
            run,
            &client,
            &self.settings,
            gently,
            at_once,
            |event| {
                cant_look |= matches!(event, Event::CantLook { .. });
                on_event(event);
            },
        )
        .await
        .expect("the ledger can be written");
        Ended {
            counts: ledger.counts(run).expect("they are counted"),
            stopped: sent.stopped,
            limit_reached: sent.limit_reached,
            cant_look,
        }
    }

    /// Plans and sends these records in a new run.
    async fn import(&self, records: &[PlannedRecord]) -> (Ended, Vec<RecordRow>) {
        let mut ledger = self.ledger();
        let run = self.plan(&mut ledger, records);
        let sent = self.send(&ledger, run).await;
        (sent, rows(&ledger, run))
    }

    /// No request body has become two contacts.
    fn holds_nobody_twice(&self) {
        let contacts = self.sandbox.contacts();
        let bodies = contacts.iter().map(|contact| contact.request.to_string());
        let once: BTreeSet<_> = bodies.collect();
        assert_eq!(once.len(), contacts.len());
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

fn states(rows: &[RecordRow]) -> Vec<State> {
    rows.iter().map(|row| row.state).collect()
}
