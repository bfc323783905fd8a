use futures_util::StreamExt as _;
use futures_util::stream;

use super::*;
use crate::api::tests::server::{Act, Server};
use crate::api::{FailureKind, Operation};

const WINDOW: Duration = Duration::from_millis(600);

fn pace_of(per_window: Option<u32>, window: Duration) -> PaceSettings {
    PaceSettings {
        per_minute: per_window,
        window,
    }
}

/// A latency between 5 and 45 ms that is different each time, and the same in each test run.
fn latency() -> impl FnMut() -> Duration + Send {
    let mut state = 12_345_u64;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        Duration::from_millis(5 + (state >> 33) % 40)
    }
}

fn created() -> Act {
    Act::Answer(201, "", r#"{"contactId":"c"}"#.to_owned())
}

/// Sends so many creates, 8 at a time, and returns how many were created.
async fn create(server: &Server, pace: PaceSettings, count: usize) -> usize {
    let client = server.client_at(pace);
    let send = |_| async {
        let answer = client.permit().await.create("{}", None).await;
        answer.is_ok()
    };
    let answers = stream::iter(0..count).map(send).buffer_unordered(8);
    answers
        .filter(|created| std::future::ready(*created))
        .count()
        .await
}

/// The most requests that any window of this length saw.
fn fullest(server: &Server, window: Duration) -> usize {
    let mut arrivals: Vec<_> = server.seen().iter().map(|request| request.at).collect();
    arrivals.sort_unstable();
    let within = |start: &Instant| {
        let inside = |moment: &&Instant| *start <= **moment && **moment < *start + window;
        arrivals.iter().filter(inside).count()
    };
    arrivals.iter().map(within).max().unwrap_or(0)
}

#[tokio::test]
async fn the_service_never_sees_more_than_the_limit_in_any_window() {
    for limit in [1, 5, 24] {
        let server = Server::start_with_latency(latency(), |_| created()).await;
        let count = limit * 4;
        assert_eq!(
            create(&server, pace_of(Some(limit as u32), WINDOW), count).await,
            count
        );
        let fullest = fullest(&server, WINDOW);
        assert!(fullest <= limit, "{fullest} in one window, limit {limit}");
    }
}

#[tokio::test]
async fn attempts_that_fail_count_as_much_as_others() {
    let mut count = 0;
    let server = Server::start_with_latency(latency(), move |_| {
        count += 1;
        match count % 3 {
            0 => created(),
            1 => Act::Answer(503, "", String::new()),
            _ => Act::Close,
        }
    });
    let server = server.await;
    create(&server, pace_of(Some(6), WINDOW), 24).await;
    assert_eq!(server.seen().len(), 24);
    assert!(fullest(&server, WINDOW) <= 6);
}

#[tokio::test]
async fn the_service_lowers_the_limit() {
    let server = Server::start(|_| {
        let body = r#"{"contactId":"c"}"#.to_owned();
        Act::Answer(
            201,
            "RateLimit-Limit: 4\r\nrateLimit-remaining: 3\r\n",
            body,
        )
    });
    let server = server.await;
    for ours in [Some(100), None] {
        let client = server.client_at(pace_of(ours, WINDOW));
        let before = server.seen().len();
        for _ in 0..10 {
            let answer = client.permit().await.create("{}", None).await;
            assert!(answer.is_ok());
        }
        assert_eq!(server.seen().len() - before, 10);
        // The first answer brings the limit, so only what follows keeps to it.
        let mut after_first: Vec<_> = server.seen()[before + 1..]
            .iter()
            .map(|request| request.at)
            .collect();
        after_first.sort_unstable();
        assert!(
            after_first
                .windows(5)
                .all(|five| five[4] - five[0] >= WINDOW),
            "ours {ours:?}"
        );
    }
}

#[tokio::test]
async fn a_429_stops_everybody_until_retry_after() {
    let mut first = None;
    let server = Server::start_with_latency(latency(), move |request| {
        let first = *first.get_or_insert(request.at);
        let early = request.at < first + Duration::from_secs(1);
        let body =
            r#"{"code":"TOO_MANY_REQUESTS","description":"API rate limit exceeded"}"#.to_owned();
        if early {
            Act::Answer(429, "retry-after: 1\r\n", body)
        } else {
            created()
        }
    });
    let server = server.await;
    let client = server.client();
    let refused = client.permit().await.create("{}", None).await;
    let failure = refused.unwrap_err();
    let retry_after = Some(Duration::from_secs(1));
    assert_eq!(failure.kind, FailureKind::Throttled { retry_after });
    let send = |_| async {
        let answer = client.permit().await.create("{}", None).await;
        answer.is_ok()
    };
    let created: Vec<bool> = stream::iter(0..5)
        .map(send)
        .buffer_unordered(5)
        .collect()
        .await;
    assert_eq!(created, [true; 5]);
}

#[test]
fn a_429_is_waited_out_by_retry_after_else_the_reset_else_a_backoff() {
    let retry_after = Some(Duration::from_secs(7));
    for (headers, seconds) in [
        (
            RateHeaders {
                retry_after,
                ..headers(10, 0, 20)
            },
            7,
        ),
        (headers(10, 0, 20), 21),
        (headers(10, 0, 1_772_366_400), 61),
        (RateHeaders::default(), 1),
    ] {
        let (state, now) = noted(0, 1, 429, headers);
        assert_eq!(
            state.paused_until,
            Some(now + Duration::from_secs(seconds)),
            "{headers:?}"
        );
    }
}

#[tokio::test]
async fn what_an_earlier_process_sent_counts() {
    let server = Server::start(|_| created()).await;
    let client = server.client_at(pace_of(Some(3), WINDOW));
    let started = Instant::now();
    let now = Duration::ZERO;
    client.seed(
        Operation::CreateContact,
        &[now, now, now, Duration::from_secs(99)],
    );
    let other = client.permit_for(Operation::ListContacts).await;
    drop(other);
    assert!(!is_ready(client.permit_for(Operation::CreateContact)).await);
    let _ = client.permit().await.create("{}", None).await;
    assert!(server.seen()[0].at - started >= WINDOW);
}

async fn is_ready(permit: impl Future) -> bool {
    tokio::select! {
        biased;
        _ = permit => true,
        () = tokio::task::yield_now() => false,
    }
}

#[tokio::test]
async fn a_place_that_is_dropped_unused_is_given_back() {
    let pace = Pace::new(pace_of(Some(2), Duration::from_secs(3600)));
    let slot = pace.slot().await;
    assert_eq!(pace.state.lock().under_way, 1);
    drop(slot);
    let state = pace.state.lock();
    assert_eq!((state.under_way, state.answered.len()), (0, 0));
}

#[tokio::test]
async fn a_place_whose_request_may_have_left_is_kept_for_a_window() {
    let pace = Pace::new(pace_of(None, WINDOW));
    let mut slot = pace.slot().await;
    slot.leave();
    drop(slot);
    let state = pace.state.lock();
    assert_eq!((state.under_way, state.answered.len()), (0, 1));
}

#[tokio::test]
async fn waiting_may_be_given_up_at_any_time() {
    let server = Server::start(|_| created()).await;
    let client = server.client_at(pace_of(Some(50), Duration::from_secs(1)));
    for wait in [0, 1, 3, 7, 15, 31] {
        let permits = (0..5).map(|_| client.permit_for(Operation::CreateContact));
        let all = futures_util::future::join_all(permits);
        let _ = tokio::time::timeout(Duration::from_millis(wait), all).await;
    }
    // Nothing that was given up holds a place or the queue.
    let answer = client.permit().await.create("{}", None).await;
    assert!(answer.is_ok());
    assert_eq!(server.seen().len(), 1);
}

/// A state with this many requests answered just now and under way, and what it does with an answer's headers.
fn noted(answered: usize, under_way: usize, status: u16, headers: RateHeaders) -> (State, Instant) {
    let pace = Pace::new(pace_of(Some(10), Duration::from_secs(60)));
    let now = Instant::now();
    let mut state = pace.state.into_inner();
    state.answered = std::iter::repeat_n(now, answered).collect();
    state.under_way = under_way;
    state.note(status, &headers, now);
    (state, now)
}

fn headers(limit: u32, remaining: u32, reset: u64) -> RateHeaders {
    RateHeaders {
        limit: Some(limit),
        remaining: Some(remaining),
        reset: Some(Duration::from_secs(reset)),
        retry_after: None,
    }
}

#[test]
fn a_503_pauses_everybody_only_if_it_says_for_how_long() {
    let retry_after = Some(Duration::from_secs(7));
    for retry_after in [retry_after, None] {
        let said = RateHeaders {
            retry_after,
            ..RateHeaders::default()
        };
        let (state, now) = noted(0, 1, 503, said);
        assert_eq!(state.paused_until, retry_after.map(|wait| now + wait));
    }
}

#[test]
fn only_what_cannot_be_ours_is_taken_for_somebody_elses() {
    for (answered, under_way, limit, remaining, others) in [
        (4, 1, 10, 5, 0),
        (4, 4, 10, 3, 0),
        (0, 1, 10, 9, 0),
        (0, 1, 10, 2, 7),
        (4, 1, 10, 0, 5),
        (4, 1, 240, 0, 235),
        // More left than the limit makes no sense, and means nothing.
        (4, 1, 10, 11, 0),
    ] {
        let (state, _) = noted(answered, under_way, 201, headers(limit, remaining, 20));
        let seen = state.others.map_or(0, |others| others.requests);
        assert_eq!(
            seen, others,
            "{answered} answered, {under_way} under way, {remaining} of {limit} remaining"
        );
    }
}

#[test]
fn a_budget_that_others_have_used_up_is_waited_for_until_it_resets() {
    let (mut state, now) = noted(0, 1, 201, headers(10, 0, 20));
    let reset = now + Duration::from_secs(21);
    assert_eq!(state.take(now), Err(Some(reset)));
    assert_eq!(state.take(reset), Ok(()));
}

#[test]
fn several_429_at_once_are_one_pause_and_pauses_grow_up_to_a_window() {
    let (mut state, start) = noted(0, 1, 429, RateHeaders::default());
    state.note(429, &RateHeaders::default(), start);
    let mut now = start;
    let mut waits = Vec::new();
    for _ in 0..8 {
        let until = state.paused_until.unwrap();
        waits.push((until - now).as_secs());
        now = until;
        state.note(429, &RateHeaders::default(), now);
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
    state.note(201, &RateHeaders::default(), now);
    assert_eq!(state.pauses_in_a_row, 0);
}

#[test]
fn a_window_full_of_requests_without_answers_waits_for_one() {
    let (mut state, now) = noted(0, 10, 201, RateHeaders::default());
    assert_eq!(state.take(now), Err(None));
    let (mut state, now) = noted(3, 7, 201, RateHeaders::default());
    assert_eq!(state.take(now), Err(Some(now + state.kept_for())));
}

#[test]
fn without_a_limit_the_log_does_not_grow_for_ever() {
    let (mut state, now) = noted(3 * LOG_WITHOUT_LIMIT, 1, 201, RateHeaders::default());
    state.settings.per_minute = None;
    state.forget(now);
    assert_eq!(state.answered.len(), LOG_WITHOUT_LIMIT);
}
