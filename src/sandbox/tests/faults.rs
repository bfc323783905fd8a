//! Each fault, as a client sees it and as the service knows it.

use std::error::Error as _;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    CLIENT, Reply, create, get, names, person, request, send, start, stored_names, try_create,
};
use crate::rig::{Delay, Fault, FaultPlan, Faults, RiggedService as _, Wait, rigged};
use crate::sandbox::{Account, Life, Operation, Options, Sandbox};

/// The first create goes wrong; hanging and lateness are short.
fn first_create(fault: Fault) -> Sandbox {
    let faults = FaultPlan {
        creates: Faults::at([(1, fault)]),
        hang: Duration::from_millis(300),
        late: Duration::from_millis(300),
        ..FaultPlan::default()
    };
    start(Options {
        rig: faults.into(),
        ..Options::default()
    })
}

/// What the kernel says of a connection that was closed without an answer.
fn is_reset(error: &reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(error) = cause.downcast_ref::<io::Error>() {
            return error.kind() == io::ErrorKind::ConnectionReset;
        }
        source = cause.source();
    }
    false
}

#[tokio::test]
async fn a_dropped_create_is_a_reset_and_has_happened_or_not() {
    for (fault, stored) in [(Fault::DropBefore, 0), (Fault::DropAfter, 1)] {
        let sandbox = first_create(fault);
        let error = try_create(&sandbox, "a").await.expect_err("no answer");
        assert!(is_reset(&error), "{error:?}");
        assert!(!error.is_connect());
        assert_eq!(sandbox.contacts().len(), stored, "{fault:?}");
        assert_eq!(sandbox.requests()[0].status, None);
        assert_eq!(sandbox.drawn(), [fault]);
        // The next call is well.
        create(&sandbox, "b").await.expect(201);
    }
}

#[tokio::test]
async fn a_client_that_keeps_its_connections_does_not_send_a_dropped_create_again() {
    let faults = FaultPlan {
        creates: Faults::at([(3, Fault::DropAfter), (4, Fault::DropBefore)]),
        ..FaultPlan::default()
    };
    let sandbox = start(Options {
        rig: faults.into(),
        ..Options::default()
    });
    let client = super::client();
    let mut statuses = Vec::new();
    for name in ["a", "b", "c", "d", "e"] {
        let call = client.post(format!("{}/contacts", sandbox.base_url()));
        let reply = send(call.bearer_auth("sandbox-token").json(&person(name))).await;
        statuses.push(reply.ok().map(|reply| reply.status));
    }
    assert_eq!(statuses, [Some(201), Some(201), None, None, Some(201)]);
    assert_eq!(stored_names(&sandbox), ["a", "b", "c", "e"]);
    assert_eq!(sandbox.requests().len(), 5);
}

#[test]
fn a_dropped_connection_sends_not_a_single_byte() {
    let sandbox = first_create(Fault::DropAfter);
    let body = person("a").to_string();
    let address = sandbox
        .base_url()
        .replace("http://", "")
        .replace("/v1.0", "");
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(
        stream,
        "POST /v1.0/contacts HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer sandbox-token\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = Vec::new();
    let error = stream.read_to_end(&mut answer).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    assert!(answer.is_empty());
    assert_eq!(stored_names(&sandbox), ["a"]);
}

#[tokio::test]
async fn an_error_is_answered_and_the_create_has_happened_or_not() {
    for status in [500, 502, 504] {
        for (fault, stored) in [
            (Fault::ErrorBefore(status), 0),
            (Fault::ErrorAfter(status), 1),
        ] {
            let sandbox = first_create(fault);
            let reply = create(&sandbox, "a").await;
            assert_eq!(reply.status, status);
            // A gateway answers in HTML.
            let code = if status == 500 {
                json!("INTERNAL_SERVER_ERROR")
            } else {
                Value::Null
            };
            assert_eq!(reply.body["code"], code);
            assert_eq!(sandbox.contacts().len(), stored, "{fault:?}");
        }
    }
}

#[tokio::test]
async fn a_hanging_create_gives_no_answer_and_has_happened_or_not() {
    for (fault, stored) in [(Fault::HangBefore, 0), (Fault::HangAfter, 1)] {
        let sandbox = first_create(fault);
        let begin = Instant::now();
        let error = try_create(&sandbox, "a").await.expect_err("no answer");
        assert!(is_reset(&error), "{error:?}");
        assert!(begin.elapsed() >= Duration::from_millis(300));
        assert_eq!(sandbox.contacts().len(), stored, "{fault:?}");
    }
}

#[tokio::test]
async fn a_client_that_does_not_wait_for_a_hanging_create_has_created_all_the_same() {
    let mut sandbox = start(Options {
        rig: FaultPlan {
            creates: Faults::always(Fault::HangAfter),
            ..FaultPlan::default()
        }
        .into(),
        ..Options::default()
    });
    let call = request(&sandbox, Method::POST, "/contacts").json(&person("a"));
    let error = send(call.timeout(Duration::from_secs(1)))
        .await
        .expect_err("no answer");
    assert!(error.is_timeout());
    wait_for(|| stored_names(&sandbox) == ["a"]).await;
    // A hanging call does not hold up the end.
    sandbox.stop();
}

#[tokio::test]
async fn a_request_that_is_on_its_way_is_worked_on_though_the_client_is_gone() {
    let delay = Duration::from_millis(1500);
    let sandbox = start(Options {
        rig: rigged(|rig| rig.delay_in = Delay::of(delay)),
        ..Options::default()
    });
    let call = request(&sandbox, Method::POST, "/contacts").json(&person("a"));
    let error = send(call.timeout(Duration::from_secs(1)))
        .await
        .expect_err("no answer");
    assert!(error.is_timeout());
    wait_for(|| stored_names(&sandbox) == ["a"]).await;
}

/// Looks again and again, for a minute at most.
async fn wait_for(condition: impl Fn() -> bool) {
    let begin = Instant::now();
    while !condition() {
        assert!(
            begin.elapsed() < Duration::from_secs(60),
            "it never happened"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn an_unreadable_201_has_created() {
    let sandbox = first_create(Fault::NotJson);
    let reply = create(&sandbox, "a").await;
    assert_eq!((reply.status, &reply.body), (201, &Value::Null));
    assert_eq!(stored_names(&sandbox), ["a"]);

    let sandbox = first_create(Fault::NoId);
    let reply = create(&sandbox, "a").await.expect(201);
    assert_eq!(
        (reply.get("contactId"), &reply["contactName"]["lastName"]),
        (None, &json!("a"))
    );
    assert_eq!(stored_names(&sandbox), ["a"]);
}

#[tokio::test]
async fn a_late_commit_is_not_seen_at_first() {
    for (fault, status) in [(Fault::LateDrop, None), (Fault::LateError(500), Some(500))] {
        let sandbox = first_create(fault);
        let before = Timestamp::now().as_second();
        let begin = Instant::now();
        let reply = try_create(&sandbox, "a").await;
        assert_eq!(reply.ok().map(|reply: Reply| reply.status), status);
        let listed = async || names(&get(&sandbox, "/contacts").await.expect(200)).len();
        let id = sandbox.contacts()[0].id.clone();
        let first = listed().await;
        assert!(first == 0 || begin.elapsed() >= Duration::from_millis(300));
        while listed().await == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(begin.elapsed() >= Duration::from_millis(300));
        assert!(sandbox.contacts()[0].is_visible());
        assert!(sandbox.contacts()[0].created.as_second() >= before);
        get(&sandbox, &format!("/contacts/{id}")).await.expect(200);
    }
}

#[tokio::test]
async fn a_contact_that_is_not_committed_yet_is_known_to_tests_alone() {
    let sandbox = start(Options {
        rig: FaultPlan {
            creates: Faults::always(Fault::LateDrop),
            late: Duration::from_secs(3600),
            ..FaultPlan::default()
        }
        .into(),
        ..Options::default()
    });
    assert!(try_create(&sandbox, "a").await.is_err());
    let stored = &sandbox.contacts()[0];
    assert!(!stored.is_visible());
    assert_eq!(
        get(&sandbox, &format!("/contacts/{}", stored.id))
            .await
            .status,
        404
    );
    let delete = request(
        &sandbox,
        Method::DELETE,
        &format!("/contacts/{}", stored.id),
    );
    assert_eq!(send(delete).await.unwrap().status, 404);
    assert!(!sandbox.edit(&stored.id, json!({"memo": "x"})));
}

#[tokio::test]
async fn the_token_of_the_options_is_refused_once_where_tokens_are_revoked() {
    let sandbox = start(Options {
        account: Some(Account::default()),
        rig: FaultPlan {
            creates: Faults::at([(2, Fault::Revoke)]),
            ..FaultPlan::default()
        }
        .into(),
        ..Options::default()
    });
    for status in [201, 401, 201] {
        assert_eq!(create(&sandbox, "a").await.status, status);
    }
    assert_eq!(sandbox.contacts().len(), 2);
}

#[tokio::test]
async fn a_storm_of_429_says_how_long_to_wait_or_not() {
    for wait in [
        Wait::Unsaid,
        Wait::Seconds(2),
        Wait::Date(2),
        Wait::Reset(2),
    ] {
        let sandbox = first_create(Fault::TooMany { answers: 2, wait });
        for _ in 0..2 {
            let reply = create(&sandbox, "a").await;
            assert_eq!(
                reply.refusal(),
                (429, "TOO_MANY_REQUESTS", "API rate limit exceeded")
            );
            match wait {
                Wait::Unsaid => {
                    assert!(!reply.headers.contains_key("retry-after"));
                    assert!(!reply.headers.contains_key("rateLimit-reset"));
                }
                Wait::Seconds(_) => assert_eq!(reply.header("retry-after"), "2"),
                Wait::Date(_) => {
                    let then =
                        rfc2822::DateTimeParser::new().parse_zoned(reply.header("retry-after"));
                    let ahead = then.unwrap().timestamp().duration_since(Timestamp::now());
                    assert!(ahead.as_secs_f64().abs() < 60.0, "{ahead}");
                }
                Wait::Reset(_) => assert_eq!(reply.header("rateLimit-reset"), "2"),
            }
        }
        create(&sandbox, "a").await.expect(201);
    }
}

#[tokio::test]
async fn unavailable_and_refusing_services_create_nothing() {
    for (fault, status, code) in [
        (Fault::ErrorBefore(503), 503, "SERVICE_UNAVAILABLE"),
        (Fault::ErrorBefore(400), 400, "BAD_REQUEST"),
        (Fault::ErrorBefore(403), 403, "ACCESS_DENIED"),
    ] {
        let faults = FaultPlan {
            creates: Faults::always(fault),
            ..FaultPlan::default()
        };
        let sandbox = start(Options {
            rig: faults.into(),
            ..Options::default()
        });
        for _ in 0..3 {
            let reply = create(&sandbox, "a").await;
            assert_eq!((reply.status, reply.refusal().1), (status, code));
        }
        assert!(sandbox.contacts().is_empty());
        sandbox.set_faults(FaultPlan::default());
        create(&sandbox, "a").await.expect(201);
    }
}

#[tokio::test]
async fn looks_changes_and_tokens_can_go_wrong_as_well() {
    let faults = FaultPlan {
        looks: Faults::at([(1, Fault::DropAfter), (2, Fault::ErrorBefore(500))]),
        changes: Faults::at([(1, Fault::ErrorAfter(504))]),
        tokens: Faults::always(Fault::ErrorBefore(503)),
        ..FaultPlan::default()
    };
    let sandbox = start(Options {
        rig: faults.into(),
        account: Some(Account::default()),
        ..Options::default()
    });
    let id = create(&sandbox, "a").await.expect(201)["contactId"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        send(request(&sandbox, Method::GET, "/contacts"))
            .await
            .is_err()
    );
    assert_eq!(get(&sandbox, "/contacts").await.status, 500);
    assert_eq!(get(&sandbox, "/contacts").await.status, 200);
    let delete = send(request(
        &sandbox,
        Method::DELETE,
        &format!("/contacts/{id}"),
    ))
    .await
    .unwrap();
    assert_eq!(delete.status, 504);
    assert_ne!(sandbox.contacts()[0].life, Life::Live);
    let token = send(CLIENT.post(sandbox.token_url())).await.unwrap();
    assert_eq!(token.status, 503);
    assert_eq!(
        sandbox.requests().last().unwrap().operation,
        Operation::Token
    );
}

#[tokio::test]
async fn an_invalid_create_is_not_made_by_a_fault_afterwards() {
    let sandbox = first_create(Fault::DropAfter);
    let call = request(&sandbox, Method::POST, "/contacts").json(&json!({}));
    assert!(send(call).await.is_err());
    assert!(sandbox.contacts().is_empty());
}
