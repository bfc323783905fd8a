//! The log may be kept and handed on: it holds places and codes, and people's data only where `--log-values` was given.

use crate::world::{Ran, TOKEN, World, account, google, ran};
use cardlift::sandbox::Options;
use serde_json::Value;

/// Values of people, none of which a log may hold by itself.
const VALUES: [&str; 6] = [
    "Secretgiven",
    "비밀",
    "secret.person@example.com",
    "010-0000-7777",
    "Secret street 1",
    "030 CALL SECRET",
];

/// A good record, and one that breaks a rule.
fn world() -> World {
    let world = World::new();
    with_people(&world);
    world
}

fn with_people(world: &World) {
    let rows: [&[_]; 2] = [
        &[
            ("First Name", "Secretgiven"),
            ("Last Name", "비밀"),
            ("E-mail 1 - Value", "secret.person@example.com"),
            ("Phone 1 - Value", "010-0000-7777"),
            ("Address 1 - Street", "Secret street 1"),
        ],
        &[
            ("First Name", "Other"),
            ("Phone 1 - Value", "030 CALL SECRET"),
        ],
    ];
    world.write("people.csv", google(&rows));
}

/// Runs it with everything that a log can say, and gives the lines of the log apart from what is said to people.
fn logged(world: &World, args: &[&str], levels: Option<&str>) -> (Vec<Value>, Ran) {
    let mut command = world.command(args);
    command.args(["--report", "report", "--log-format", "json"]);
    if let Some(levels) = levels {
        // One of them is cardlift's own; the others belong to habits.
        for name in ["CARDLIFT_LOG", "RUST_LOG", "HYPER_LOG", "REQWEST_LOG"] {
            command.env(name, levels);
        }
    }
    let ran = ran(command);
    assert!(!ran.said.contains(TOKEN), "{}", ran.said);
    let lines = ran.said.lines();
    let log = lines.filter_map(|line| serde_json::from_str(line).ok());
    (log.collect(), ran)
}

fn text_of(log: &[Value]) -> String {
    log.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_log_holds_places_and_codes_and_no_values_whatever_its_level() {
    for (verbose, levels, has_requests) in [
        ("-v", None, false),
        ("-vv", None, true),
        ("-vv", Some("trace"), true),
        (
            "-v",
            Some(
                "hyper=trace,reqwest=trace,rustls=trace,h2=trace,cardlift::values=trace,cardlift=trace",
            ),
            true,
        ),
    ] {
        let (log, ran) = logged(&world(), &["import", "people.csv", verbose], levels);
        let text = text_of(&log);
        for value in VALUES {
            assert!(!text.contains(value), "{value} in {text}");
        }
        // What is said to a person is about the mistake alone.
        for value in &VALUES[..5] {
            assert!(!ran.said.contains(value), "{value} in {}", ran.said);
        }
        let invalid = log
            .iter()
            .find(|line| line["fields"]["message"] == "invalid");
        let invalid = &invalid.unwrap_or_else(|| panic!("{text}"))["fields"];
        assert_eq!(invalid["place"], "people.csv:3", "{text}");
        assert_eq!(invalid["code"], "PHONE_PATTERN");
        assert_eq!(invalid["field"], "telephones[0].telephone");
        assert_eq!(text.contains("CreateContact"), has_requests, "{text}");
        assert!(
            !text.contains("127.0.0.1"),
            "no address of a request: {text}"
        );
    }
}

#[test]
fn a_check_logs_the_same() {
    let (log, _) = logged(&world(), &["check", "people.csv", "-vv"], Some("trace"));
    let text = text_of(&log);
    assert!(text.contains("people.csv:3"), "{text}");
    assert!(VALUES.iter().all(|value| !text.contains(value)), "{text}");
}

#[test]
fn with_log_values_it_holds_what_is_wrong_and_what_is_sent() {
    let (log, _) = logged(&world(), &["import", "people.csv", "--log-values"], None);
    let text = text_of(&log);
    let of = |message: &str| {
        let mut lines = log.iter().map(|line| &line["fields"]);
        lines
            .find(|fields| fields["message"] == message)
            .unwrap_or_else(|| panic!("{text}"))
    };
    assert_eq!(of("invalid")["value"], "030 CALL SECRET");
    assert_eq!(of("invalid")["field"], "telephones[0].telephone");
    let payload = of("sending")["payload"].as_str().expect("it is text");
    let payload: Value = serde_json::from_str(payload).expect("it is JSON");
    assert_eq!(payload["contactName"]["lastName"], "비밀");
    assert!(VALUES.iter().all(|value| text.contains(value)), "{text}");
}

#[test]
fn no_secret_of_a_service_account_is_logged_even_with_values() {
    let world = World::with(Options {
        account: Some(account()),
        ..Options::default()
    });
    world.configure(&world.service_account());
    with_people(&world);
    let args = ["import", "people.csv", "-vv", "--log-values"];
    let (log, ran) = logged(&world, &args, Some("trace"));
    assert_eq!((ran.code, world.contacts().len()), (3, 1), "{}", ran.said);
    assert!(text_of(&log).contains("Secretgiven"), "{}", ran.said);
    let key = world.read("key.pem");
    let of_key = key.lines().nth(3).expect("the key has more lines");
    for secret in ["sandbox-secret", of_key, "eyJ", "Bearer"] {
        assert!(!ran.said.contains(secret), "{secret} in {}", ran.said);
    }
}

#[test]
fn levels_that_are_not_understood_are_named_and_the_log_goes_on_without_them() {
    for (lang, opening) in [
        ("en", "note: environment variable CARDLIFT_LOG: `debgu`"),
        ("ko", "참고: 환경 변수 CARDLIFT_LOG: `debgu`"),
        ("ja", "注意: 環境変数 CARDLIFT_LOG: `debgu`"),
    ] {
        let args = ["check", "people.csv", "-v", "--lang", lang];
        let (log, ran) = logged(&world(), &args, Some("debgu"));
        assert!(ran.said.contains(opening), "{}", ran.said);
        assert!(ran.said.contains("`cardlift::send=trace`"), "{}", ran.said);
        assert!(text_of(&log).contains("people.csv:3"), "{}", ran.said);
    }
    for good in ["debug", "cardlift::send=trace", "warn, cardlift=debug", ""] {
        let (_, ran) = logged(&world(), &["check", "people.csv"], Some(good));
        assert!(!ran.said.contains("CARDLIFT_LOG"), "{good}: {}", ran.said);
    }
}

#[test]
fn the_variable_decides_in_place_of_the_options() {
    let lines = |levels| {
        logged(&world(), &["check", "people.csv", "-v"], levels)
            .0
            .len()
    };
    assert!(lines(None) > 0);
    assert_eq!(lines(Some("off")), 0);
    assert_eq!(lines(Some("cardlift::send=trace")), 0);
    assert_eq!(lines(Some("warn, cardlift::log=debug")), lines(None));
}
