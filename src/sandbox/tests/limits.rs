//! The limit on requests, over the wire. The windows themselves are tested in `rate`, without a clock.

use std::time::{Duration, Instant};

use super::{create, get, start};
use crate::rig::{Delay, RiggedService as _, rigged};
use crate::sandbox::{Operation, Options, Rate, Sandbox, Window};

fn limited(limit: u32, window: Window) -> Sandbox {
    start(Options {
        rate: Some(Rate::per_minute(limit, window)),
        ..Options::default()
    })
}

#[tokio::test]
async fn every_answer_of_a_limited_operation_has_the_four_headers() {
    for window in [Window::Fixed, Window::Sliding] {
        let sandbox = limited(2, window);
        for (status, used, left) in [(201, "1", "1"), (201, "2", "0"), (429, "2", "0")] {
            let reply = create(&sandbox, "a").await;
            assert_eq!(reply.status, status);
            assert_eq!(reply.header("rateLimit-limit"), "2");
            assert_eq!(reply.header("rateLimit-ssed"), used);
            assert_eq!(reply.header("rateLimit-remaining"), left);
            let reset: u64 = reply.header("rateLimit-reset").parse().unwrap();
            assert!((1..=60).contains(&reset), "{reset}");
        }
        assert_eq!(sandbox.contacts().len(), 2);
    }
}

#[tokio::test]
async fn a_request_over_the_limit_is_refused_in_the_vendors_words() {
    let sandbox = limited(0, Window::Sliding);
    let reply = create(&sandbox, "a").await;
    assert_eq!(
        reply.refusal(),
        (429, "TOO_MANY_REQUESTS", "API rate limit exceeded")
    );
}

#[tokio::test]
async fn refused_requests_count_as_well_if_they_arrive_within_the_limit() {
    let sandbox = limited(2, Window::Fixed);
    sandbox.change(|options| options.token = None);
    assert_eq!(create(&sandbox, "a").await.header("rateLimit-ssed"), "1");
    assert_eq!(create(&sandbox, "a").await.status, 401);
    assert_eq!(create(&sandbox, "a").await.status, 429);
}

#[tokio::test]
async fn without_a_limit_there_are_no_headers() {
    let sandbox = start(Options::default());
    assert!(
        !create(&sandbox, "a")
            .await
            .headers
            .contains_key("rateLimit-limit")
    );
    let sandbox = limited(1, Window::Fixed);
    assert!(
        !get(&sandbox, "/elsewhere")
            .await
            .headers
            .contains_key("rateLimit-limit")
    );
}

#[tokio::test]
async fn others_use_the_same_budget_and_the_limit_can_change() {
    let sandbox = limited(10, Window::Sliding);
    sandbox.spend(Operation::CreateContact, 7);
    assert_eq!(
        create(&sandbox, "a").await.header("rateLimit-remaining"),
        "2"
    );
    sandbox.change(|options| options.rate = Some(Rate::per_minute(8, Window::Sliding)));
    assert_eq!(create(&sandbox, "a").await.status, 429);
    assert_eq!(get(&sandbox, "/contacts").await.status, 200);
}

#[tokio::test]
async fn a_short_window_opens_again() {
    for window in [Window::Fixed, Window::Sliding] {
        let per = Duration::from_millis(200);
        let sandbox = start(Options {
            rate: Some(Rate {
                limit: 1,
                per,
                window,
            }),
            ..Options::default()
        });
        // Asks until the window has opened twice, however slow the machine is.
        while sandbox.contacts().len() < 3 {
            create(&sandbox, "a").await;
        }
        let arrivals: Vec<Instant> = sandbox
            .requests()
            .iter()
            .filter(|entry| entry.status == Some(201))
            .map(|entry| entry.arrived)
            .collect();
        if window == Window::Sliding {
            assert!(arrivals.windows(2).all(|pair| pair[1] - pair[0] >= per));
        }
    }
}

#[tokio::test]
async fn requests_take_their_time_each_way_and_count_when_they_arrive() {
    let delay = Duration::from_millis(60);
    let sandbox = start(Options {
        rig: rigged(|rig| (rig.delay_in, rig.delay_out) = (Delay::of(delay), Delay::of(delay))),
        ..Options::default()
    });
    let left = Instant::now();
    create(&sandbox, "a").await.expect(201);
    let back = Instant::now();
    let arrived = sandbox.requests()[0].arrived;
    assert!(
        arrived - left >= delay,
        "arrived after {:?}",
        arrived - left
    );
    assert!(back - arrived >= delay, "back after {:?}", back - arrived);
}
