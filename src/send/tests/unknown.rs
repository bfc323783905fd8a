//! What is unknown, and whose contact is whose.

use super::*;

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
        looks: Faults::always(Fault::ErrorBefore(403)),
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
    assert!(sent.cant_look);
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
async fn a_quarter_of_all_creates_faulty_comes_out_even() {
    for seed in 1..=3 {
        let storm = Fault::TooMany {
            answers: 5,
            wait: Wait::Seconds(0),
        };
        let mut kinds = Fault::UNCERTAIN.to_vec();
        kinds.extend([storm, Fault::ErrorBefore(503)]);
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

#[tokio::test]
async fn an_external_contact_is_not_taken() {
    let bench = bench(Faults::at([(1, Fault::HangBefore)]));
    let mut ledger = bench.ledger();
    let run = bench.plan(&mut ledger, &people(1));
    let body: serde_json::Value = serde_json::from_str(&person(1)).expect("it is JSON");
    // It comes while the request is under way, so that only its being external keeps it from being ours.
    let comes = async {
        while bench.creates() < 1 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bench
            .sandbox
            .add(body, None, json!({"id": "works", "type": "WORKS"}));
    };
    let (sent, ()) = tokio::join!(bench.send(&ledger, run), comes);
    assert_eq!(sent.counts.of(State::Created), 1);
    assert_eq!(bench.creates(), 2);
}

#[tokio::test]
async fn a_person_without_email_is_looked_up_by_telephone() {
    let body = |number: &str| {
        json!({
            "permission": {"accessibleRange": "ALL"},
            "contactName": {"lastName": "Lee", "firstName": number},
            "telephones": [{"telephone": number, "type": "CELLPHONE", "primary": true}],
        })
        .to_string()
    };
    let numbers = ["010-0000-0001", "+82 10 0000 0002", "112"];
    let records: Vec<_> = numbers.iter().map(|n| record(body(n), n)).collect();
    let bench = bench(Faults::at((1..=3).map(|n| (n, Fault::DropAfter))));
    let (_, rows) = bench.import(&records).await;
    assert_eq!(states(&rows), [State::Created; 3]);
    assert_eq!(bench.sandbox.contacts().len(), 3);
}
