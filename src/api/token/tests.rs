use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::future::join_all;

use jiff::Timestamp;

use super::*;
use crate::api::tests::server::{Act, Request, Server, answer};
use crate::api::{App, FailureKind, ServiceAccount};

const KEY: &str = include_str!("../testdata/service-account.pem");

fn account(server: &Server) -> ServiceAccount {
    ServiceAccount {
        app: App {
            client_id: "client-1".to_owned(),
            client_secret: "client-secret-1".into(),
            token_url: server.url.clone(),
            scope: "contact".to_owned(),
        },
        id: "a.serviceaccount@example.com".to_owned(),
        private_key_pem: KEY.into(),
    }
}

fn tokens(account: ServiceAccount) -> Tokens {
    Tokens::new(
        Credentials::ServiceAccount(Box::new(account)),
        Duration::from_secs(10),
    )
}

/// A token service that gives out `token-1`, `token-2` and so on, with this `expires_in`.
async fn token_service(expires_in: &'static str) -> Server {
    let mut count = 0;
    let server = Server::start(move |_| {
        count += 1;
        answer(
            200,
            &format!(
                r#"{{"access_token":"token-{count}","refresh_token":"r","scope":"contact","token_type":"Bearer","expires_in":{expires_in}}}"#
            ),
        )
    });
    server.await
}

/// What a token service that answers like this is found to say.
async fn refusal(act: Act) -> Failure {
    let server = Server::start(move |_| act.clone()).await;
    tokens(account(&server)).token().await.unwrap_err()
}

fn form(request: &Request) -> Vec<(String, String)> {
    let parts = request
        .body
        .split('&')
        .filter_map(|part| part.split_once('='));
    let decoded = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8()
            .unwrap()
            .into_owned()
    };
    parts
        .map(|(name, value)| (name.to_owned(), decoded(value)))
        .collect()
}

#[tokio::test]
async fn the_grant_is_asked_for_as_the_vendor_describes_it() {
    let server = token_service("86400").await;
    let token = tokens(account(&server)).token().await.unwrap();
    assert_eq!(
        (token.secret(), token.scope.as_deref()),
        ("token-1", Some("contact"))
    );
    assert_eq!(token.lives, Some(Duration::from_secs(86_400)));
    let request = &server.seen()[0];
    assert_eq!(request.line, "POST /v1.0 HTTP/1.1");
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let mut form = form(request);
    let (name, assertion) = form.remove(0);
    assert_eq!(
        (name.as_str(), assertion.split('.').count()),
        ("assertion", 3)
    );
    let expected = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("scope", "contact"),
        ("client_id", "client-1"),
        ("client_secret", "client-secret-1"),
    ];
    assert_eq!(
        form,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
}

#[tokio::test]
async fn expires_in_is_a_number_or_a_string_or_missing() {
    for (expires_in, seconds) in [
        ("3600", Some(3600)),
        (r#""3600""#, Some(3600)),
        ("null", None),
        (r#""soon""#, None),
    ] {
        let server = token_service(expires_in).await;
        let token = tokens(account(&server)).token().await.unwrap();
        assert_eq!(
            token.lives,
            seconds.map(Duration::from_secs),
            "{expires_in}"
        );
    }
    let endless = token_service("18446744073709551615").await;
    assert!(tokens(account(&endless)).token().await.is_ok());
}

#[tokio::test]
async fn a_token_is_kept_until_shortly_before_it_expires() {
    let server = token_service("3600").await;
    let tokens = tokens(account(&server));
    for _ in 0..3 {
        assert_eq!(tokens.token().await.unwrap().secret(), "token-1");
    }
    let aged = |token: &mut Token| token.since -= Duration::from_secs(3540);
    tokens.state.lock().await.held.as_mut().map(aged);
    assert_eq!(tokens.token().await.unwrap().secret(), "token-2");
    // One that lives no time at all is got anew for each request.
    let server = token_service("0").await;
    let tokens = self::tokens(account(&server));
    assert_eq!(tokens.token().await.unwrap().secret(), "token-1");
    assert_eq!(tokens.token().await.unwrap().secret(), "token-2");
}

#[tokio::test]
async fn a_token_that_cannot_be_renewed_is_used_as_long_as_it_lives() {
    let mut count = 0;
    let server = Server::start(move |_| {
        count += 1;
        match count {
            // Half a minute of life is to be renewed when 7 s are left.
            1 => answer(200, r#"{"access_token":"token-1","expires_in":30}"#),
            _ => answer(503, ""),
        }
    });
    let server = server.await;
    let tokens = tokens(account(&server));
    tokens.token().await.unwrap();
    let renew_now = |token: &mut Token| token.since -= Duration::from_secs(23);
    tokens.state.lock().await.held.as_mut().map(renew_now);
    for _ in 0..3 {
        assert_eq!(tokens.token().await.unwrap().secret(), "token-1");
    }
    assert_eq!(server.seen().len(), 2);
    let end = |token: &mut Token| token.since -= Duration::from_secs(30);
    tokens.state.lock().await.held.as_mut().map(end);
    assert_eq!(
        tokens.token().await.unwrap_err().kind,
        FailureKind::Unavailable
    );
}

#[tokio::test]
async fn there_is_one_renewal_for_all_who_need_one() {
    let server = token_service("3600").await;
    let tokens = tokens(account(&server));
    let first = join_all((0..8).map(|_| tokens.token())).await;
    assert!(first.iter().all(|token| {
        token
            .as_ref()
            .is_ok_and(|token| token.secret() == "token-1")
    }));
    let refused = first[0].as_ref().unwrap();
    // All eight are told that the token is refused, and the last of them after it was renewed.
    join_all((0..7).map(|_| tokens.refused(refused))).await;
    let second = join_all((0..8).map(|_| tokens.token())).await;
    assert!(second.iter().all(|token| {
        token
            .as_ref()
            .is_ok_and(|token| token.secret() == "token-2")
    }));
    tokens.refused(refused).await;
    assert_eq!(tokens.token().await.unwrap().secret(), "token-2");
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_refusal_is_shared_by_all_who_waited_and_asked_about_again_later() {
    let count = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&count);
    let server = Server::start(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        answer(400, r#"{"error":"invalid_client"}"#)
    });
    let server = server.await;
    let tokens = tokens(account(&server));
    let all = join_all((0..8).map(|_| tokens.token())).await;
    assert!(all.iter().all(Result::is_err));
    assert_eq!(count.load(Ordering::Relaxed), 1);
    assert!(tokens.token().await.is_err());
    assert_eq!(count.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn refusals_are_told_apart_and_the_services_words_are_shown() {
    for (status, body, problem) in [
        (
            401,
            r#"{"error":"invalid_client","error_description":"said"}"#,
            CredentialProblem::WrongClient,
        ),
        (
            401,
            r#"{"code":null,"description":"said"}"#,
            CredentialProblem::WrongClient,
        ),
        (
            400,
            r#"{"error":"invalid_grant","error_description":"said"}"#,
            CredentialProblem::WrongServiceAccount,
        ),
        (
            400,
            r#"{"error":"invalid_scope","error_description":"said"}"#,
            CredentialProblem::MissingScope,
        ),
        (
            400,
            r#"{"error":"unauthorized_client","error_description":"said"}"#,
            CredentialProblem::NotPermitted,
        ),
        (
            400,
            r#"{"error":"invalid_request","error_description":"said"}"#,
            CredentialProblem::Other,
        ),
        (403, "said", CredentialProblem::Other),
    ] {
        let failure = refusal(answer(status, body)).await;
        assert_eq!(failure.kind, FailureKind::Credentials(problem), "{body}");
        let description = failure.description.unwrap();
        assert!(
            description.ends_with("(the token service says: said)"),
            "{description}"
        );
    }
}

#[tokio::test]
async fn a_clock_that_is_off_is_named_with_the_seconds() {
    let refused = r#"{"error":"invalid_grant","error_description":"said"}"#;
    for (off, named) in [
        (-7200, Some("behind")),
        (7200, Some("ahead of")),
        (20, None),
    ] {
        let theirs = Timestamp::now() - jiff::SignedDuration::from_secs(off);
        let date = jiff::fmt::rfc2822::DateTimePrinter::new()
            .timestamp_to_rfc9110_string(&theirs)
            .unwrap();
        let header: &'static str = Box::leak(format!("date: {date}\r\n").into_boxed_str());
        let failure = refusal(Act::Answer(400, header, refused.to_owned())).await;
        match (failure.kind, named) {
            (
                FailureKind::Credentials(CredentialProblem::ClockOff { ahead_seconds }),
                Some(direction),
            ) => {
                assert!(
                    (ahead_seconds - off).abs() < 60,
                    "{ahead_seconds} for {off}"
                );
                assert!(failure.description.unwrap().contains(direction));
            }
            (kind, named) => {
                assert_eq!(
                    kind,
                    FailureKind::Credentials(CredentialProblem::WrongServiceAccount)
                );
                assert_eq!(named, None, "{off} seconds");
            }
        }
    }
}

#[tokio::test]
async fn a_token_service_that_is_not_there_is_no_refusal() {
    for (status, kind) in [
        (500, FailureKind::Unavailable),
        (503, FailureKind::Unavailable),
        (429, FailureKind::Unavailable),
        (404, FailureKind::WrongAddress),
        (302, FailureKind::WrongAddress),
    ] {
        assert_eq!(
            refusal(answer(status, "<html>")).await.kind,
            kind,
            "{status}"
        );
    }
    for spoilt in [
        Act::Close,
        Act::Cut(200, r#"{"access_token":"t"}"#.to_owned()),
        answer(200, "<html>"),
    ] {
        assert_eq!(refusal(spoilt).await.kind, FailureKind::Unavailable);
    }
    let unreadable = refusal(answer(200, r#"{"token":"a-secret"}"#)).await;
    assert_eq!(
        unreadable.kind,
        FailureKind::Credentials(CredentialProblem::Other)
    );
    assert!(!unreadable.to_string().contains("a-secret"));
}

#[tokio::test]
async fn an_unreadable_key_is_found_without_asking_anybody() {
    let server = token_service("3600").await;
    let mut account = account(&server);
    account.private_key_pem = "nothing".into();
    let failure = tokens(account).token().await.unwrap_err();
    assert!(
        matches!(
            failure.kind,
            FailureKind::Credentials(CredentialProblem::UnreadableKey(_))
        ),
        "{failure}"
    );
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn secrets_are_never_shown() {
    let echo = |request: &Request| {
        let body = serde_json::json!({"error": "invalid_grant", "error_description": request.body})
            .to_string();
        answer(400, &body)
    };
    let server = Server::start(echo).await;
    let account = account(&server);
    let tokens = tokens(account.clone());
    let failure = tokens.token().await.unwrap_err();
    let other = token_service("3600").await;
    let token = self::tokens(self::account(&other)).token().await.unwrap();
    let shown = format!(
        "{account:?} {tokens:?} {failure:?} {failure} {token:?} {:?}",
        token.header()
    );
    for secret in ["client-secret-1", "BEGIN PRIVATE KEY", "token-1", "eyJ"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[tokio::test]
async fn a_token_that_was_handed_in_is_used_without_its_line_break() {
    let handed_in =
        |text: &str| Tokens::new(Credentials::Token(text.into()), Duration::from_secs(1));
    let token = handed_in("abc\r\n").token().await.unwrap();
    assert_eq!(token.header().unwrap(), "Bearer abc");
    let malformed = FailureKind::Credentials(CredentialProblem::MalformedToken);
    assert_eq!(handed_in(" \n").token().await.unwrap_err().kind, malformed);
    let broken = handed_in("ab\ncd").token().await.unwrap();
    assert_eq!(broken.header().unwrap_err().kind, malformed);
}
