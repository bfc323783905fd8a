//! The notice at the end of an import: what a webhook gets, and that it changes nothing when it fails.

use crate::world::{Ran, World, people, ran};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A webhook on loopback.
struct Webhook {
    address: String,
    bodies: Arc<Mutex<Vec<Value>>>,
}

#[derive(Clone, Copy)]
enum Answers {
    Status(u16),
    /// Takes the message and says nothing.
    Never,
}

impl Webhook {
    fn start(answers: Answers) -> Webhook {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = format!("http://{}/message/a-secret", listener.local_addr().unwrap());
        let bodies = Arc::new(Mutex::new(Vec::new()));
        let received = Arc::clone(&bodies);
        std::thread::spawn(move || {
            let mut held = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.expect("a connection");
                received.lock().unwrap().push(body(&mut stream));
                match answers {
                    Answers::Status(status) => {
                        let answer = format!(
                            "HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                        );
                        let _ = stream.write_all(answer.as_bytes());
                    }
                    Answers::Never => held.push(stream),
                }
            }
        });
        Webhook { address, bodies }
    }

    fn bodies(&self) -> Vec<Value> {
        self.bodies.lock().unwrap().clone()
    }
}

/// The JSON of a request.
fn body(stream: &mut TcpStream) -> Value {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer).expect("the request comes");
        request.extend_from_slice(&buffer[..length]);
        let text = String::from_utf8_lossy(&request);
        if let Some((_, body)) = text.split_once("\r\n\r\n")
            && let Ok(body) = serde_json::from_str(body)
        {
            return body;
        }
        assert!(length > 0, "half a request: {text}");
    }
}

/// A world with this `[notify]`, two people and one who can't be created.
fn world(notify: &str) -> World {
    let world = World::new();
    world.configure(&format!(
        "[notify]\nwebhook_url_env = \"WEBHOOK\"\n{notify}\n"
    ));
    world.write("people.csv", format!("{}Nobody,Without,,,,,\n", people(2)));
    world
}

fn import(world: &World, address: &str, more: &[&str]) -> Ran {
    let args = [
        &[
            "import",
            "people.csv",
            "--report",
            "report",
            "-vv",
            "--log-values",
        ],
        more,
    ]
    .concat();
    let mut command = world.command(&args);
    command.env("WEBHOOK", address);
    let ran = ran(command);
    assert!(!ran.said.contains("a-secret") && !ran.data.contains("a-secret"));
    ran
}

#[test]
fn a_failed_import_sends_one_message_without_data_of_people() {
    let (world, webhook) = (world(""), Webhook::start(Answers::Status(200)));
    let ran = import(&world, &webhook.address, &[]);
    assert_eq!(ran.code, 3, "{}", ran.said);
    let bodies = webhook.bodies();
    assert_eq!(bodies.len(), 1);
    let title = bodies[0]["title"].as_str().expect("a title");
    assert!(title.starts_with("cardlift import on "), "{title}");
    let text = bodies[0]["body"]["text"].as_str().expect("a text");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Exit code 3");
    assert!(lines[1].starts_with("Run 20"), "{text}");
    assert!(
        lines[1].ends_with(": 3 records: 2 created, 1 invalid"),
        "{text}"
    );
    assert_eq!(lines[2], "1 new record to fix.");
    for personal in ["Nobody", "Given1", "example.com", "010-", "people.csv"] {
        assert!(!bodies[0].to_string().contains(personal), "{}", bodies[0]);
    }
}

#[test]
fn what_was_wrong_before_is_no_failure() {
    let (world, webhook) = (world(""), Webhook::start(Answers::Status(200)));
    import(&world, &webhook.address, &[]);
    let again = import(&world, &webhook.address, &[]);
    assert_eq!(
        (again.code, webhook.bodies().len()),
        (3, 1),
        "{}",
        again.said
    );
    world.write("people.csv", "");
    let failed = import(&world, &webhook.address, &[]);
    assert_ne!(failed.code, 3, "{}", failed.said);
    let last = webhook.bodies().pop().expect("a message");
    let text = format!("Exit code {}", failed.code);
    assert_eq!(last["body"]["text"], text);
}

#[test]
fn on_says_which_runs_send_a_message() {
    for (on, sent) in [("failure", 0), ("change", 1), ("always", 2)] {
        let world = world(&format!("on = \"{on}\""));
        world.write("people.csv", people(2));
        let webhook = Webhook::start(Answers::Status(200));
        for _ in 0..2 {
            assert_eq!(import(&world, &webhook.address, &[]).code, 0);
        }
        assert_eq!(webhook.bodies().len(), sent, "{on}");
    }
}

#[test]
fn slack_gets_its_own_form() {
    let webhook = Webhook::start(Answers::Status(200));
    import(&world("format = \"slack\""), &webhook.address, &[]);
    let bodies = webhook.bodies();
    let text = bodies[0]["text"].as_str().expect("a text");
    assert!(text.contains("\nExit code 3\n"), "{text}");
    assert_eq!(bodies[0].as_object().map(|body| body.len()), Some(1));
}

#[test]
fn a_webhook_that_fails_or_hangs_or_is_not_there_changes_nothing() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let gone = format!("http://{}/a-secret", free.local_addr().unwrap());
    drop(free);
    let (failing, slow) = (
        Webhook::start(Answers::Status(500)),
        Webhook::start(Answers::Never),
    );
    for (address, says) in [
        (failing.address.as_str(), "the webhook answered 500"),
        (slow.address.as_str(), "the webhook did not answer"),
        (gone.as_str(), "can't connect to the webhook"),
        (
            "http://example.com/a-secret",
            "is not an `https://` address",
        ),
        ("", "`WEBHOOK` (from `notify.webhook_url_env`) is not set"),
    ] {
        let world = world("");
        let ran = import(&world, address, &["--quiet"]);
        assert_eq!(ran.code, 3, "{says}: {}", ran.said);
        assert!(ran.said.contains(says), "{says}: {}", ran.said);
        assert_eq!(world.contacts().len(), 2);
    }
    assert_eq!(
        (failing.bodies().len(), slow.bodies().len()),
        (1, 1),
        "once each"
    );
}

#[test]
fn a_rehearsal_sends_nothing() {
    let webhook = Webhook::start(Answers::Status(200));
    let ran = import(&world("on = \"always\""), &webhook.address, &["--sandbox"]);
    assert_eq!((ran.code, webhook.bodies().len()), (3, 0), "{}", ran.said);
}

#[test]
fn the_address_may_be_in_a_file() {
    let (world, webhook) = (world(""), Webhook::start(Answers::Status(200)));
    world.configure("[notify]\nwebhook_url_file = \"webhook\"\n");
    world.write("webhook", format!("{}\n", webhook.address));
    import(&world, "", &[]);
    assert_eq!(webhook.bodies().len(), 1);
}
