//! `cardlift auth` tells apart what can be wrong, each with its exit code, and prints no secret.

use crate::rig::{Fault, FaultPlan, Faults, RiggedService as _, public_key_of};
use crate::world::{Ran, TOKEN, World, people};
use cardlift::sandbox::{Account, Operation, Options};
use jiff::SignedDuration;

/// Made for the tests of the sandbox; it opens nothing.
const KEY: &str = include_str!("../../src/sandbox/tests/test-key.pem");

const SECRET: &str = "a-secret-of-the-tests";

/// A world whose service has a service account, and a configuration for it.
fn with_account(options: Options) -> World {
    let account = Account {
        client_secret: SECRET.into(),
        public_key: public_key_of(KEY),
        ..Account::default()
    };
    let world = World::with(Options {
        account: Some(account),
        ..options
    });
    world.write("key.pem", KEY);
    configure(
        &world,
        "sandbox.serviceaccount@example.com",
        "sandbox-client",
    );
    world
}

fn configure(world: &World, service_account: &str, client: &str) {
    let token_url = world.service.token_url();
    world.configure(&format!(
        "[auth]\nclient_id = \"{client}\"\nclient_secret_env = \"CLIENT_SECRET\"\nservice_account = \"{service_account}\"\n\
         private_key_file = \"key.pem\"\ntoken_url = \"{token_url}\"\n"
    ));
}

/// Runs it as talkative as it gets, and sees to it that no secret is printed.
fn auth(world: &World, more: &[&str]) -> Ran {
    let args: Vec<&str> = ["auth", "-vv"]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    let mut command = world.command(&args);
    command.env("CLIENT_SECRET", SECRET).env("NO_PROXY", "*");
    let ran = crate::world::ran(command);
    let printed = format!("{}{}", ran.said, ran.data);
    let of_key = KEY.lines().nth(3).expect("the key has more lines");
    for secret in [SECRET, TOKEN, of_key, "Bearer ey"] {
        assert!(!printed.contains(secret), "{printed}");
    }
    ran
}

#[track_caller]
fn fails(world: &World, exit: i32, problem: &str, says: &str) {
    let ran = auth(world, &["--json"]);
    assert_eq!(ran.code, exit, "{}", ran.said);
    assert!(ran.said.contains(says), "{}", ran.said);
    assert_eq!(ran.data.lines().count(), 1, "{}", ran.data);
    let line: serde_json::Value = serde_json::from_str(&ran.data).expect("it is JSON");
    assert_eq!(
        (&line["problem"], &line["exit"]),
        (&problem.into(), &exit.into())
    );
}

#[test]
fn a_service_account_that_works_gets_a_token_and_makes_one_harmless_read() {
    let world = with_account(Options::default());
    let ran = auth(&world, &[]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(ran.said.contains("scope `contact`"), "{}", ran.said);
    let operations: Vec<_> = world
        .service
        .requests()
        .iter()
        .map(|one| one.operation)
        .collect();
    assert_eq!(operations, [Operation::Token, Operation::ListContacts]);
    assert_eq!(auth(&world, &["--json"]).data.lines().count(), 1);
}

#[test]
fn a_service_account_imports() {
    let world = with_account(Options::default());
    world.write("people.csv", people(3));
    let mut command = world.command(&["import", "people.csv"]);
    command
        .env("CLIENT_SECRET", SECRET)
        .env_remove("CARDLIFT_TOKEN");
    let ran = crate::world::ran(command);
    assert_eq!((ran.code, world.contacts().len()), (0, 3), "{}", ran.said);
}

#[test]
fn a_key_that_cant_be_read_is_named_before_anything_is_asked() {
    let world = with_account(Options::default());
    world.write(
        "key.pem",
        "-----BEGIN PRIVATE KEY-----\nbm8ga2V5\n-----END PRIVATE KEY-----\n",
    );
    fails(&world, 77, "unreadable_key", "auth.private_key_file");
    std::fs::remove_file(world.path("key.pem")).unwrap();
    let ran = auth(&world, &[]);
    assert_eq!(ran.code, 77, "{}", ran.said);
    assert!(ran.said.contains("key.pem: can't be read"), "{}", ran.said);
    assert!(world.service.requests().is_empty());
}

#[test]
fn a_wrong_client_is_told_from_a_wrong_service_account() {
    let world = with_account(Options::default());
    configure(
        &world,
        "sandbox.serviceaccount@example.com",
        "another-client",
    );
    fails(
        &world,
        77,
        "wrong_client",
        "client id or the client secret is wrong",
    );
    configure(
        &world,
        "another.serviceaccount@example.com",
        "sandbox-client",
    );
    fails(
        &world,
        77,
        "wrong_service_account",
        "service account is refused",
    );
}

#[test]
fn a_clock_that_is_off_is_told_with_its_direction() {
    for (offset, says) in [(-3, "ahead of"), (3, "behind")] {
        let world = with_account(Options {
            clock_offset: SignedDuration::from_hours(offset),
            ..Options::default()
        });
        fails(&world, 77, "clock_off", says);
    }
}

#[test]
fn a_missing_scope_is_told_wherever_it_shows() {
    let world = with_account(Options::default());
    let with_scope = |scope: &str| {
        let text = world.read("cardlift.toml");
        world.write(
            "cardlift.toml",
            text.replace("[auth]\n", &format!("[auth]\nscope = \"{scope}\"\n")),
        );
    };
    with_scope("mail");
    fails(&world, 77, "missing_scope", "scope");
    configure(
        &world,
        "sandbox.serviceaccount@example.com",
        "sandbox-client",
    );
    with_scope("contact.read");
    fails(&world, 77, "missing_scope", "the token has `contact.read`");
    let world = World::new();
    world
        .service
        .change(|options| options.scope = "mail".to_owned());
    fails(&world, 77, "missing_scope", "has not permission api scope");
}

#[test]
fn a_token_that_is_refused_or_missing_is_told() {
    let world = World::new();
    world
        .service
        .change(|options| options.token = Some("another".to_owned()));
    fails(&world, 77, "token_refused", "get a new one");
    let mut command = world.command(&["auth"]);
    command.env_remove("CARDLIFT_TOKEN");
    let ran = crate::world::ran(command);
    assert_eq!(ran.code, 77);
    assert!(ran.said.contains("`CARDLIFT_TOKEN`"), "{}", ran.said);
}

#[test]
fn an_account_without_the_right_is_told() {
    let world = World::new();
    world.service.set_faults(FaultPlan {
        looks: Faults::always(Fault::ErrorBefore(403)),
        ..FaultPlan::default()
    });
    fails(&world, 77, "no_permission", "ACCESS_DENIED");
}

#[test]
fn a_wrong_address_and_a_service_that_is_not_there_are_told_apart() {
    let mut world = World::new();
    let text = world.read("cardlift.toml");
    world.write("cardlift.toml", text.replace("/v1.0", "/v9.9"));
    fails(&world, 78, "wrong_address", "check `api.base_url`");
    world.write("cardlift.toml", "[api]\nbase_url = \"ftp://example.com\"\n");
    fails(&world, 78, "wrong_settings", "https://");
    world.write("cardlift.toml", text);
    world.service.stop();
    fails(&world, 69, "unreachable", "can't be reached");
}

#[test]
fn a_token_that_would_cross_a_network_unencrypted_is_warned_of() {
    let world = World::new();
    world.write(
        "cardlift.toml",
        "[api]\nbase_url = \"http://service.invalid/v1.0\"\n[send]\nmax_attempts = 1\n",
    );
    world.write("people.csv", people(1));
    for args in [&["auth"][..], &["import", "people.csv"]] {
        let mut command = world.command(args);
        command.env("NO_PROXY", "*");
        let ran = crate::world::ran(command);
        assert!(ran.said.contains("unencrypted"), "{}", ran.said);
    }
    assert!(
        !World::new().run(&["auth"]).said.contains("unencrypted"),
        "loopback is no network"
    );
}
