//! Each row of the answer table.

use super::*;

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
    goes_well_in_the_end(Fault::ErrorBefore(503), 7).await;
    let bench = bench(Faults::at([(2, storm)]));
    let (_, rows) = bench.import(&people(5)).await;
    bench.holds_each_once(5, &rows);
    assert_eq!(bench.creates(), 8);
}

#[tokio::test]
async fn a_refusal_is_final_and_keeps_what_the_service_said() {
    let bench = bench(Faults::at([
        (2, Fault::ErrorBefore(400)),
        (3, Fault::ErrorBefore(409)),
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
async fn a_token_that_expires_on_the_way_is_renewed_and_nobody_is_created_twice() {
    let mut bench = bench(Faults::at([(5, Fault::Revoke), (15, Fault::Revoke)]));
    bench.use_service_account();
    let (sent, rows) = bench.import(&people(40)).await;
    assert_eq!(sent.counts.of(State::Created), 40, "{sent:?}");
    bench.holds_each_once(40, &rows);
}
