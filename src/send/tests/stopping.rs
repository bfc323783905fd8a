//! What ends a run before its end.

use super::*;

#[tokio::test]
async fn a_missing_right_stops_the_run_and_leaves_the_rest_planned() {
    let mut bench = bench(Faults::at([(3, Fault::ErrorBefore(403))]));
    bench.settings.concurrency = NonZeroUsize::MIN;
    let (sent, rows) = bench.import(&people(9)).await;
    let Some(Why::Service(failure)) = sent.stopped else {
        panic!("{sent:?}");
    };
    assert_eq!(failure.kind, FailureKind::Forbidden { quota: false });
    assert_eq!(failure.status, Some(403));
    assert_eq!(sent.counts.of(State::Created), 2);
    assert_eq!(sent.counts.of(State::Planned), 7);
    assert_eq!(rows[2].attempts, 1);
    assert_eq!(bench.creates(), 3);
}

#[tokio::test]
async fn a_token_that_is_refused_twice_stops_the_run_and_nothing_was_created() {
    let bench = bench(Faults::default());
    bench
        .sandbox
        .change(|options| options.token = Some("another".to_owned()));
    let (sent, rows) = bench.import(&people(50)).await;
    let Some(Why::Service(failure)) = sent.stopped else {
        panic!("{sent:?}");
    };
    assert_eq!(failure.kind, FailureKind::TokenExpired);
    assert!(states(&rows).iter().all(|state| *state == State::Planned));
    assert!(bench.creates() <= 8, "twice as many as go at first");
}

#[tokio::test]
async fn a_service_that_refuses_everybody_is_noticed_after_a_handful() {
    let bench = bench(Faults::always(Fault::ErrorBefore(400)));
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
    assert!(
        sent.counts.of(State::Failed) < 8,
        "four, and those that went before the fourth was noted"
    );
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
async fn a_wrong_address_stops_the_run() {
    let mut bench = bench(Faults::default());
    bench.below = "/elsewhere";
    let (sent, rows) = bench.import(&people(30)).await;
    let Some(Why::Service(failure)) = sent.stopped else {
        panic!("{sent:?}");
    };
    assert_eq!(failure.kind, FailureKind::WrongAddress);
    assert!(states(&rows).iter().all(|state| *state == State::Planned));
}

#[tokio::test]
async fn a_full_service_stops_the_run_and_what_was_created_stays() {
    let mut bench = bench(Faults::default());
    bench.settings.concurrency = NonZeroUsize::MIN;
    bench.sandbox.change(|options| options.quota = Some(3));
    let (sent, rows) = bench.import(&people(10)).await;
    let Some(Why::Service(failure)) = sent.stopped else {
        panic!("{sent:?}");
    };
    assert_eq!(failure.kind, FailureKind::Forbidden { quota: true });
    assert_eq!(sent.counts.of(State::Planned), 7);
    bench.holds_each_once(3, &rows);
}
