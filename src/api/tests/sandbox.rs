//! The client against the sandbox, which keeps the contract strictly and shares no code with this module.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::api::compare::differences;
use crate::api::*;
use crate::rig::{
    Delay, Fault, FaultPlan, Faults, RiggedService as _, Wait, public_key_of, rig, rigged,
};
use crate::sandbox::{self, Account, Options, Rate, Sandbox, Window};

const KEY: &str = include_str!("../testdata/service-account.pem");
const LATENCY: Delay = Delay {
    min: Duration::from_millis(10),
    max: Duration::from_millis(60),
};

fn settings(sandbox: &Sandbox, pace: PaceSettings) -> Settings {
    Settings {
        base_url: Url::parse(&sandbox.base_url()).unwrap(),
        credentials: Credentials::Token("sandbox-token".into()),
        timeout: Duration::from_secs(10),
        pace,
    }
}

fn service_account(sandbox: &Sandbox) -> ServiceAccount {
    let account = Account::default();
    ServiceAccount {
        app: App {
            client_id: account.client_id,
            client_secret: account.client_secret.into(),
            token_url: Url::parse(&sandbox.token_url()).unwrap(),
            scope: "contact".to_owned(),
        },
        id: account.service_account,
        private_key_pem: KEY.into(),
    }
}

/// A sandbox whose account has the key of the tests.
fn with_account(change: impl FnOnce(&mut Account, &mut Options)) -> Sandbox {
    let mut options = Options::default();
    let mut account = Account {
        public_key: public_key_of(KEY),
        ..Account::default()
    };
    change(&mut account, &mut options);
    options.account = Some(account);
    Sandbox::start(options).unwrap()
}

fn payload(number: usize) -> Value {
    json!({
        "permission": {"accessibleRange": "ALL"},
        "contactName": {"lastName": format!("Kim {number}"), "prefix": "Dr."},
        "emails": [{"email": format!("kim{number}@example.com"), "primary": true}],
        "telephones": [{"telephone": format!("010-0000-{number:04}"), "primary": true}],
        "messengers": [{"id": "kim", "type": "X", "primary": true}],
    })
}

/// Creates a contact as `decide` says, and gives its id.
async fn create(client: &Client, number: usize) -> Result<String, (Failure, Next)> {
    let body = payload(number).to_string();
    let mut tried = Tried::default();
    loop {
        let permit = client.permit().await;
        let failure = match permit.create(&body, None).await {
            Ok(contact) => return Ok(contact.contact_id),
            Err(failure) => failure,
        };
        tried = tried.and(&failure.kind);
        match decide(&failure.kind, tried, 5) {
            Next::SendAgain { after } => tokio::time::sleep(jitter(after)).await,
            next => return Err((failure, next)),
        }
    }
}

/// Creates so many contacts, 8 at a time, and holds the ids to what the service has.
async fn create_all(sandbox: &Sandbox, client: &Client, count: usize) {
    create_all_by(sandbox, count, async |number| {
        create(client, number).await.unwrap()
    })
    .await;
}

async fn create_all_by(sandbox: &Sandbox, count: usize, create: impl AsyncFn(usize) -> String) {
    let all = stream::iter(0..count).map(|number| create(number));
    let ids: HashSet<String> = all.buffer_unordered(8).collect().await;
    let stored = sandbox.contacts().into_iter().map(|contact| contact.id);
    assert_eq!(
        (stored.collect::<HashSet<_>>() == ids, ids.len()),
        (true, count)
    );
}

fn count_of_429(sandbox: &Sandbox) -> usize {
    let requests = sandbox.requests();
    let refused = requests
        .iter()
        .filter(|request| request.status == Some(429));
    refused.count()
}

#[tokio::test]
async fn a_healthy_run_is_never_answered_429_in_either_kind_of_window() {
    for window in [Window::Fixed, Window::Sliding] {
        let per = Duration::from_millis(800);
        let sandbox = Sandbox::start(Options {
            rate: Some(Rate {
                limit: 20,
                per,
                window,
            }),
            rig: rigged(|rig| (rig.delay_in, rig.delay_out) = (LATENCY, LATENCY)),
            ..Options::default()
        });
        let sandbox = sandbox.unwrap();
        let pace = PaceSettings {
            per_minute: Some(20),
            window: per,
        };
        create_all(
            &sandbox,
            &Client::new(settings(&sandbox, pace)).unwrap(),
            70,
        )
        .await;
        assert_eq!(count_of_429(&sandbox), 0, "{window:?}");
    }
}

#[tokio::test]
async fn another_program_that_uses_the_same_budget_is_made_room_for() {
    for window in [Window::Fixed, Window::Sliding] {
        let per = Duration::from_secs(2);
        let sandbox = Sandbox::start(Options {
            rate: Some(Rate {
                limit: 20,
                per,
                window,
            }),
            ..Options::default()
        });
        let sandbox = sandbox.unwrap();
        let pace = PaceSettings {
            per_minute: Some(20),
            window: per,
        };
        let client = Client::new(settings(&sandbox, pace)).unwrap();
        create(&client, 0).await.unwrap();
        sandbox.spend(sandbox::Operation::CreateContact, 15);
        // One more answer tells of it; without that, the fifth create from here would be refused.
        let rest = stream::iter(1..10).map(|number| create(&client, number));
        let created: Vec<_> = rest.buffer_unordered(2).collect().await;
        assert!(created.iter().all(Result::is_ok));
        assert_eq!(count_of_429(&sandbox), 0, "{window:?}");
    }
}

#[tokio::test]
async fn storms_of_429_are_waited_out_whatever_they_say() {
    let storm = |wait| Fault::TooMany { answers: 3, wait };
    let nth = [
        (3, storm(Wait::Unsaid)),
        (20, storm(Wait::Seconds(1))),
        (40, storm(Wait::Reset(1))),
        (50, storm(Wait::Date(1))),
    ];
    let sandbox = Sandbox::start(Options {
        rig: FaultPlan {
            creates: Faults::at(nth),
            ..FaultPlan::default()
        }
        .into(),
        ..Options::default()
    });
    let sandbox = sandbox.unwrap();
    let client = Client::new(settings(&sandbox, PaceSettings::per_minute(None))).unwrap();
    create_all(&sandbox, &client, 60).await;
    assert_eq!(count_of_429(&sandbox), 12);
}

#[tokio::test]
async fn a_token_that_lives_two_seconds_carries_two_hundred_creates() {
    for as_text in [false, true] {
        let sandbox = with_account(|account, options| {
            account.token_lifetime = Duration::from_secs(2);
            rig(options, |rig| {
                rig.expires_in_as_text = as_text;
                (rig.delay_in, rig.delay_out) = (LATENCY, LATENCY);
            });
        });
        let mut settings = settings(&sandbox, PaceSettings::per_minute(None));
        settings.credentials = Credentials::ServiceAccount(Box::new(service_account(&sandbox)));
        let client = Client::new(settings).unwrap();
        // On a busy machine a token may expire on the way, and so may the next one. What matters is that there always is one.
        let in_the_end = async |number| loop {
            match create(&client, number).await {
                Ok(id) => return id,
                Err((failure, _)) => assert_eq!(failure.status, Some(401), "{failure}"),
            }
        };
        create_all_by(&sandbox, 200, in_the_end).await;
    }
}

#[tokio::test]
async fn a_token_revoked_in_the_middle_is_renewed() {
    let sandbox = with_account(|_, options| {
        rig(options, |rig| {
            rig.faults.creates = Faults::at([(10, Fault::Revoke), (30, Fault::Revoke)])
        });
        rig(options, |rig| {
            (rig.delay_in, rig.delay_out) = (LATENCY, LATENCY)
        });
    });
    let mut settings = settings(&sandbox, PaceSettings::per_minute(None));
    settings.credentials = Credentials::ServiceAccount(Box::new(service_account(&sandbox)));
    create_all(&sandbox, &Client::new(settings).unwrap(), 50).await;
    let requests = sandbox.requests();
    let tokens = requests
        .iter()
        .filter(|request| request.operation == sandbox::Operation::Token);
    assert_eq!(tokens.count(), 3);
}

#[tokio::test]
async fn what_is_uncertain_is_looked_for_and_what_is_refused_is_not() {
    for fault in Fault::UNCERTAIN {
        let sandbox = Sandbox::start(Options {
            rig: FaultPlan {
                creates: Faults::always(fault),
                hang: Duration::from_millis(300),
                ..FaultPlan::default()
            }
            .into(),
            ..Options::default()
        });
        let sandbox = sandbox.unwrap();
        let client = Client::new(settings(&sandbox, PaceSettings::per_minute(None))).unwrap();
        let (failure, next) = create(&client, 1).await.unwrap_err();
        assert_eq!(next, Next::Look, "{fault:?}: {failure}");
        assert_eq!(sandbox.requests().len(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_full_service_stops_the_run_and_names_the_quota() {
    let sandbox = Sandbox::start(Options {
        quota: Some(1),
        ..Options::default()
    });
    let sandbox = sandbox.unwrap();
    let client = Client::new(settings(&sandbox, PaceSettings::per_minute(None))).unwrap();
    create(&client, 1).await.unwrap();
    let (failure, next) = create(&client, 2).await.unwrap_err();
    assert_eq!(next, Next::StopRun, "{failure}");
    assert_eq!(failure.kind, FailureKind::Forbidden { quota: true });
}

#[tokio::test]
async fn what_was_created_is_found_again_by_every_way_to_look() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let client = Client::new(settings(&sandbox, PaceSettings::per_minute(None))).unwrap();
    create_all(&sandbox, &client, 30).await;
    let now = Timestamp::now();
    let window = SignedDuration::from_mins(5);
    let queries = [
        ListQuery {
            email: Some("kim7@example.com".to_owned()),
            ..ListQuery::default()
        },
        ListQuery {
            telephone: Some("01000000007".to_owned()),
            ..ListQuery::default()
        },
        ListQuery {
            newest_first: true,
            count: Some(7),
            ..ListQuery::default()
        },
        ListQuery {
            created_between: Some((now - window, now + window)),
            ..ListQuery::default()
        },
    ];
    for query in queries {
        let mut same = Vec::new();
        let visit = |contact: RemoteContact| {
            if differences(&payload(7), &contact.body).is_empty() {
                same.push(contact);
            }
            ControlFlow::Continue(())
        };
        let reading = client.read_contacts(query.clone(), 100, visit).await;
        assert_eq!(
            (reading, same.len()),
            (Ok(Reading::Complete), 1),
            "{query:?}"
        );
        let shown = client
            .read_contact(&same[0].contact_id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(differences(&payload(7), &shown.body), []);
        assert_ne!(differences(&payload(8), &shown.body), []);
    }
}

#[tokio::test]
async fn the_diagnosis_tells_apart_what_can_be_wrong_with_a_service_account() {
    type Change = fn(&mut Account, &mut Options);
    type Wrong = fn(&mut ServiceAccount);
    let cases: [(&str, Change, Wrong); 7] = [
        ("Ok(Ok(()))", |_, _| {}, |_| {}),
        (
            "UnreadableKey",
            |_, _| {},
            |account| account.private_key_pem = "no key".into(),
        ),
        (
            "WrongClient",
            |_, _| {},
            |account| account.app.client_id = "other".to_owned(),
        ),
        (
            "WrongClient",
            |_, _| {},
            |account| account.app.client_secret = "other".into(),
        ),
        (
            "WrongServiceAccount",
            |_, _| {},
            |account| account.id = "x@example.com".to_owned(),
        ),
        (
            "WrongServiceAccount",
            |account, _| account.public_key = Some(vec![1, 2, 3]),
            |_| {},
        ),
        (
            "MissingScope",
            |account, _| account.scopes = vec!["board".to_owned()],
            |_| {},
        ),
    ];
    for (named, change, wrong) in cases {
        let sandbox = with_account(change);
        let mut account = service_account(&sandbox);
        wrong(&mut account);
        let mut settings = settings(&sandbox, PaceSettings::per_minute(None));
        settings.credentials = Credentials::ServiceAccount(Box::new(account));
        let tried = Client::new(settings).unwrap().try_out().await;
        let tried = format!("{:?}", tried.map(|(_, read)| read));
        assert!(tried.contains(named), "{named}: {tried}");
    }
    let reads_only = with_account(|_, _| {});
    let mut account = service_account(&reads_only);
    account.app.scope = "contact.read".to_owned();
    let mut settings = settings(&reads_only, PaceSettings::per_minute(None));
    settings.credentials = Credentials::ServiceAccount(Box::new(account));
    let (token, read) = Client::new(settings).unwrap().try_out().await.unwrap();
    assert_eq!(
        (token.scope.as_deref(), read),
        (Some("contact.read"), Ok(()))
    );
}
