//! The pace as the service sees it, and tokens that do not last: the real binary against a service that keeps its limits.

use crate::rig::{Delay, RiggedService as _, rigged};
use crate::world::{Running, World, account, people};
use cardlift::sandbox::{Account, Logged, Operation, Options, Rate, Window};
use std::time::Duration;

const WINDOWS: [Window; 2] = [Window::Fixed, Window::Sliding];

/// Requests and answers take 80 ms each on average, and rarely the same.
fn options(rate: Rate) -> Options {
    let delay = Delay {
        min: Duration::from_millis(40),
        max: Duration::from_millis(120),
    };
    Options {
        rate: Some(rate),
        rig: rigged(|rig| (rig.delay_in, rig.delay_out) = (delay, delay)),
        ..Options::default()
    }
}

/// Imports so many people at a rate into each kind of window at once, and gives what the services logged.
fn import(count: usize, rate: &str, services: impl Fn(Window) -> World) -> Vec<Vec<Logged>> {
    let runs: Vec<(World, Running)> = WINDOWS
        .map(|window| {
            let world = services(window);
            world.write("people.csv", people(count));
            let running = world.start(&["import", "people.csv", "--rate", rate], &[]);
            (world, running)
        })
        .into();
    let ended = runs.into_iter().map(|(world, running)| {
        let ended = running.end();
        assert_eq!(ended.code, Some(0), "{}", ended.said);
        assert_eq!(world.contacts().len(), count);
        let log = world.service.requests();
        let refused = log.iter().filter(|logged| logged.status == Some(429));
        assert_eq!(refused.count(), 0, "answered with 429");
        log
    });
    ended.collect()
}

/// From the first create to the last.
fn duration(log: &[Logged]) -> Duration {
    let mut creates = log
        .iter()
        .filter(|logged| logged.operation == Operation::CreateContact)
        .map(|logged| logged.arrived);
    let first = creates.next().expect("something was created");
    creates.next_back().unwrap_or(first) - first
}

#[test]
fn creates_arrive_no_faster_than_the_rate_and_none_is_refused() {
    let limit = Rate::per_minute(1200, WINDOWS[0]);
    let logs = import(160, "1200", |window| {
        World::with(options(Rate { window, ..limit }))
    });
    for log in logs {
        // 159 intervals of 50 ms, less what the way of the first and the last may differ.
        assert!(duration(&log) > Duration::from_millis(159 * 50 - 200));
    }
}

#[test]
fn what_others_use_of_the_budget_is_left_to_them() {
    let logs = import(60, "1200", |window| {
        let per = Duration::from_secs(10);
        let world = World::with(options(Rate {
            limit: 100,
            per,
            window,
        }));
        world.service.spend(Operation::CreateContact, 70);
        world
    });
    assert_eq!(logs.len(), 2);
}

#[test]
fn the_next_run_keeps_to_the_window_of_the_one_before() {
    let world = World::with(options(Rate::per_minute(5, Window::Sliding)));
    world.write("people.csv", people(10));
    let one = ["import", "people.csv", "--rate", "5", "--limit", "1"];
    for _ in 0..5 {
        let ran = world.report(&one);
        assert_eq!(ran.code, 0, "{}", ran.said);
    }
    let reads = world.arrived(Operation::ListContacts);
    let mut running = world.start(&one, &[]);
    assert!(running.wait_until(|| world.arrived(Operation::ListContacts) > reads));
    let since = std::time::Instant::now();
    let ended = running.wait_until(|| since.elapsed() > Duration::from_secs(2));
    assert!(ended, "it waits for its turn");
    running.kill();
    assert_eq!(world.arrived(Operation::CreateContact), 5);
}

#[test]
fn tokens_that_live_two_seconds_are_enough_for_any_number_of_contacts() {
    let world = World::with(Options {
        account: Some(Account {
            token_lifetime: Duration::from_secs(2),
            ..account()
        }),
        rig: rigged(|rig| rig.expires_in_as_text = true),
        ..Options::default()
    });
    world.configure(&world.service_account());
    world.write("people.csv", people(200));
    let ran = world.report(&["import", "people.csv", "--rate", "1500"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(world.contacts().len(), 200);
    assert!(
        world.arrived(Operation::Token) > 3,
        "it took several tokens"
    );
}

/// Two minutes on a machine with nothing else to do: `cargo test --features soak --test it pace -- --nocapture`
#[cfg(feature = "soak")]
#[test]
fn four_hundred_creates_at_240_a_minute_take_as_long_as_they_must() {
    let limit = Rate::per_minute(240, WINDOWS[0]);
    let logs = import(400, "240", |window| {
        World::with(options(Rate { window, ..limit }))
    });
    let even = Duration::from_millis(399 * 250).as_secs_f64();
    for (log, window) in logs.iter().zip(WINDOWS) {
        let took = duration(log).as_secs_f64();
        println!(
            "{window:?}: {took:.2} s, {:+.2} % of even pace",
            (took / even - 1.0) * 100.0
        );
        assert!((even * 0.99..even * 1.03).contains(&took));
    }
}
