//! Answers that are not the service's own are said as what they are, and the way out fits.

use crate::world::{Ran, World, people};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;

/// A service that answers every request alike: a status line or more of the head, and the body. Returns its base URL.
pub fn service_that_answers(head: &str, body: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
    let address = listener.local_addr().expect("it has one");
    let answer = format!(
        "HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.expect("it is accepted"));
            let mut length = 0;
            // What a TLS client sends first has no lines to wait for.
            let is_tls = |sent: &[u8]| sent.first() == Some(&0x16);
            while !stream.fill_buf().is_ok_and(is_tls) {
                let mut line = String::new();
                if stream.read_line(&mut line).is_err() || line.trim().is_empty() {
                    break;
                }
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().expect("it is a number");
                }
            }
            let mut body = vec![0; length];
            let _ = stream.read_exact(&mut body);
            let _ = stream.get_mut().write_all(answer.as_bytes());
        }
    });
    format!("http://{address}/v1.0")
}

/// Imports two people into the service at this address.
fn import(base_url: &str) -> (World, Ran) {
    let world = World::new();
    let text = world.read("cardlift.toml");
    let text = text.replace(&world.service.base_url(), base_url);
    world.write(
        "cardlift.toml",
        format!("{text}max_attempts = 1\nconcurrency = 1\n"),
    );
    world.write("people.csv", people(2));
    let ran = world.report(&["import", "people.csv"]);
    (world, ran)
}

#[test]
fn a_refusal_in_another_form_names_the_status_and_how_the_answer_begins() {
    for (head, body, message) in [
        ("413 Too Large", "", "413 the answer is empty"),
        ("400 Bad", "", "400 the answer is empty"),
        (
            "400 Bad",
            "<p>\u{1b}[31mno",
            r"400 the answer is not in the service's format; it begins: <p>\u{1b}[31mno",
        ),
    ] {
        let (world, ran) = import(&service_that_answers(head, body));
        assert_eq!(ran.code, 3, "{}", ran.said);
        let row = &world.results()[0];
        assert_eq!((&*row["outcome"], &*row["message"]), ("rejected", message));
        assert!(ran.said.contains("rejects.csv"), "{}", ran.said);
    }
}

#[test]
fn nobody_refused_what_did_not_reach_the_service() {
    let plain = service_that_answers("200 OK", "{}").replace("http:", "https:");
    let place = "location: https://example.com/login?secret";
    let moved = service_that_answers(&format!("308 Moved\r\n{place}"), "");
    for (base_url, code, said) in [
        ("http://127.0.0.1:1/v1.0".to_owned(), 69, "can't connect to"),
        (plain, 69, "can't connect securely to"),
        (moved, 78, "redirected to https://example.com/login"),
    ] {
        let (world, ran) = import(&base_url);
        assert_eq!(ran.code, code, "{}", ran.said);
        assert!(ran.said.contains(said), "{said} in {}", ran.said);
        for row in world.results() {
            assert_ne!(row["outcome"], "rejected", "{}", ran.said);
        }
        assert!(!ran.said.contains("refused by the service"), "{}", ran.said);
        assert!(!ran.said.contains("secret"), "{}", ran.said);
        assert!(!ran.said.contains("rejects.csv"), "{}", ran.said);
        if code == 69 {
            assert!(ran.said.contains("check api.base_url"), "{}", ran.said);
        }
    }
}

#[test]
fn what_a_service_says_is_never_taken_for_a_message_of_ours() {
    let said = r#"["undone",{"when":"today"}]"#;
    let body = serde_json::json!({ "code": "INVALID_PARAMETER", "description": said });
    let (world, ran) = import(&service_that_answers("400 Bad", &body.to_string()));
    assert_eq!(ran.code, 3, "{}", ran.said);
    let message = &world.results()[0]["message"];
    assert!(message.contains(said), "{message}");
}
