//! Services whose lists don't show what they should.

use super::*;
use crate::ledger::{LOOKALIKE, LOOKUP_INCOMPLETE};
use crate::rig::{Filters, Quirks, rig};
use crate::sandbox::{ListOrder, Operation};
use serde_json::Value;

/// A service with these quirks and so many older contacts, that loses the answer to every other create, some of which it has
/// not worked on.
fn bench_of(quirks: Quirks, older: u32) -> Bench {
    let fault = |nth: u64| {
        if nth.is_multiple_of(4) {
            Fault::ErrorBefore(500)
        } else {
            Fault::ErrorAfter(500)
        }
    };
    let bench = bench(Faults::at(
        (1..40).step_by(2).map(|nth| (nth, fault(nth + 1))),
    ));
    for number in 0..older {
        let created = Timestamp::now() - jiff::SignedDuration::from_hours(48)
            + jiff::SignedDuration::from_secs(number.into());
        let body = serde_json::from_str(&person(1000 + number)).expect("it is JSON");
        let id = bench.sandbox.add(body, Some(created), Value::Null);
        if number % 3 == 0 {
            bench.sandbox.edit(&id, json!({"memo": "edited"}));
        }
    }
    bench
        .sandbox
        .change(|options| rig(options, |rig| rig.quirks = quirks));
    bench
}

async fn holds(quirks: Quirks, older: u32) {
    let mut bench = bench_of(quirks.clone(), older);
    bench.settings.stop_after = 0;
    bench.settings.settle = Duration::from_millis(400);
    let (sent, rows) = bench.import(&people(20)).await;
    let shown = (quirks.order, quirks.filters, &quirks.leaves_out);
    let created = sent.counts.of(State::Created);
    assert_eq!(created, 20, "{shown:?}: {sent:?}");
    bench.holds_each_once(20 + older, &rows);
}

#[tokio::test]
async fn lists_in_any_order_and_filters_of_any_kind_make_no_second_contact() {
    for order in [None, Some(ListOrder::ById), Some(ListOrder::ByModification)] {
        for filters in [Filters::AsAsked, Filters::Refused, Filters::Ignored] {
            for older in [1, 40] {
                let quirks = Quirks {
                    order,
                    filters,
                    ..Quirks::default()
                };
                holds(quirks, older).await;
            }
        }
    }
}

#[tokio::test]
async fn a_contact_that_lists_show_only_later_is_waited_for() {
    let quirks = Quirks {
        unlisted: Duration::from_millis(300),
        ..Quirks::default()
    };
    holds(quirks, 3).await;
}

#[tokio::test]
async fn lists_that_leave_out_properties_are_no_reason_to_send_again() {
    for leaves_out in [
        vec!["emails"],
        vec!["contactName", "emails", "memo"],
        vec!["contactName", "emails", "telephones"],
        vec!["createdTime"],
    ] {
        let quirks = Quirks {
            leaves_out,
            ..Quirks::default()
        };
        holds(quirks, 3).await;
    }
}

#[tokio::test]
async fn a_list_that_cant_be_read_to_its_end_leaves_the_record_unknown_and_the_others_are_sent() {
    let mut bench = bench(Faults::at([(1, Fault::DropBefore)]));
    bench.settings.settle = Duration::from_millis(40);
    bench.settings.concurrency = NonZeroUsize::MIN;
    bench.sandbox.change(|options| {
        rig(options, |rig| {
            rig.quirks = Quirks {
                order: Some(ListOrder::ById),
                ..Quirks::default()
            }
        })
    });
    let external = json!({"id": "u", "type": "LINE"});
    let old = Timestamp::now() - jiff::SignedDuration::from_hours(48);
    for _ in 0..50_001 {
        bench.sandbox.add(json!({}), Some(old), external.clone());
    }
    let (sent, rows) = bench.import(&people(3)).await;
    assert_eq!(
        states(&rows),
        [State::Unknown, State::Created, State::Created]
    );
    assert_eq!((sent.stopped, sent.cant_look), (None, false));
    assert_eq!(rows[0].code.as_deref(), Some(LOOKUP_INCOMPLETE));
}

#[tokio::test]
async fn a_contact_of_somebody_else_that_resembles_an_unknown_one_leaves_it_to_a_person() {
    let mut bench = bench(Faults::at([(1, Fault::HangBefore)]));
    bench.timeout = Duration::from_millis(700);
    bench.settings.stop_if_unresolved = true;
    let mut ledger = bench.ledger();
    let run = bench.plan(&mut ledger, &people(1));
    let mut body: Value = serde_json::from_str(&person(1)).expect("it is JSON");
    body["memo"] = json!("made by hand");
    let comes = async {
        while bench.creates() < 1 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bench.sandbox.add(body, None, Value::Null)
    };
    let (sent, id) = tokio::join!(bench.send(&ledger, run), comes);
    let row = &rows(&ledger, run)[0];
    assert_eq!(
        (row.state, row.code.as_deref()),
        (State::Unknown, Some(LOOKALIKE))
    );
    let message = row.message.as_deref().expect("it says why");
    assert!(
        message.contains(&id) && message.contains("memo"),
        "{message}"
    );
    assert_eq!((sent.stopped, bench.creates()), (None, 1));
    drop(ledger);
    let (sent, rows) = bench.import(&people(3)).await;
    assert_eq!(states(&rows), [State::Held, State::Created, State::Created]);
    assert_eq!(sent.stopped, None, "it holds back only its own record");
}

#[tokio::test]
async fn a_contact_that_shares_nothing_is_a_strangers_once_the_service_is_seen_to_show_who_contacts_are()
 {
    for (count, created) in [(5, 4), (11, 11)] {
        let mut bench = bench(Faults::at([(1, Fault::HangBefore)]));
        bench.timeout = Duration::from_millis(700);
        let mut ledger = bench.ledger();
        let run = bench.plan(&mut ledger, &people(count));
        let stranger = json!({
            "permission": {"accessibleRange": "ALL"},
            "contactName": {"lastName": "Lee", "firstName": "Somebody"},
            "emails": [{"email": "lee@example.com", "primary": true}],
        });
        let comes = async {
            while bench.creates() < 1 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            bench.sandbox.add(stranger, None, Value::Null)
        };
        let (sent, id) = tokio::join!(bench.send(&ledger, run), comes);
        assert_eq!(sent.counts.of(State::Created), created, "of {count}");
        let mut left = rows(&ledger, run);
        left.retain(|row| row.state != State::Created);
        for row in left {
            assert_eq!(row.state, State::Unknown);
            let message = row.message.expect("it says why");
            assert!(message.contains(&id), "{message}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_repeats_an_earlier_one_creates_nobody() {
    let mut bench = bench(Faults::at([
        (2, Fault::Replay),
        (4, Fault::Replay),
        (5, Fault::Replay),
    ]));
    let (_, rows) = bench.import(&people(6)).await;
    assert_eq!(states(&rows), [State::Created; 6]);
    bench.holds_each_once(6, &rows);
    // Equal payloads: only the id tells.
    bench.sandbox.set_faults(FaultPlan {
        creates: Faults::at([(2, Fault::Replay)]),
        ..FaultPlan::default()
    });
    bench.settings.concurrency = NonZeroUsize::MIN;
    let twins = [record(person(9), "one"), record(person(9), "two")];
    let (_, rows) = bench.import(&twins).await;
    assert_eq!(states(&rows), [State::Created; 2]);
    assert_ne!(rows[0].contact_id, rows[1].contact_id);
    assert_eq!(bench.sandbox.contacts().len(), 8);
}

#[tokio::test]
async fn a_clock_that_the_service_showed_only_after_the_attempt_counts_for_it() {
    for minutes in [-30, 30] {
        let mut bench = bench_with(FaultPlan {
            creates: Faults::at([(1, Fault::DropAfter)]),
            looks: Faults::at([(1, Fault::DropBefore)]),
            ..FaultPlan::default()
        });
        bench
            .sandbox
            .change(|options| options.clock_offset = jiff::SignedDuration::from_mins(minutes));
        bench.settings.settle = Duration::from_millis(40);
        bench.settings.concurrency = NonZeroUsize::MIN;
        let (_, rows) = bench.import(&people(1)).await;
        assert_eq!(states(&rows), [State::Created], "{minutes}");
        assert_eq!(bench.creates(), 1, "{minutes}");
    }
}

#[tokio::test]
async fn a_service_whose_clock_differs_is_looked_up_by_its_own_clock() {
    for minutes in [-30, 30] {
        let mut bench = bench_with(FaultPlan {
            creates: Faults::at([(2, Fault::DropAfter), (3, Fault::DropBefore)]),
            looks: Faults::at((2..20).map(|nth| (nth, Fault::ErrorBefore(403)))),
            ..FaultPlan::default()
        });
        bench
            .sandbox
            .change(|options| options.clock_offset = jiff::SignedDuration::from_mins(minutes));
        bench.settings.settle = Duration::from_millis(40);
        bench.settings.concurrency = NonZeroUsize::MIN;
        let (_, rows) = bench.import(&people(4)).await;
        assert_eq!(states(&rows)[1..3], [State::Unknown; 2], "{minutes}");
        bench.sandbox.set_faults(FaultPlan::default());
        let (sent, rows) = bench.import(&people(4)).await;
        assert_eq!(sent.counts.open(), 0);
        bench.holds_each_once(4, &rows);
        let lists = bench.sandbox.requests();
        assert!(
            lists
                .iter()
                .any(|request| request.operation == Operation::ListContacts)
        );
    }
}
