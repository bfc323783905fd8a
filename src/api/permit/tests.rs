use super::*;
use crate::api::tests::server::{Act, Server, answer};
use std::time::Duration;

use crate::api::{App, Client, Credentials, InvalidUrl, PaceSettings, ServiceAccount, Settings};

/// What a create is found to have done when the service acts like this.
async fn create(act: Act) -> Result<RemoteContact, Failure> {
    let server = Server::start(move |_| act.clone()).await;
    let mut settings = server.settings(PaceSettings::per_minute(None));
    settings.timeout = Duration::from_millis(500);
    let client = Client::new(settings).unwrap();
    let created = client.permit().await.create("{}", None).await;
    assert_eq!(server.seen().len(), 1, "a create leaves once");
    created
}

async fn failure(act: Act) -> Failure {
    create(act).await.expect_err("it is a failure")
}

#[tokio::test]
async fn a_create_sends_the_payload_as_it_is_with_the_token() {
    let contact =
        r#"{"contactId":"c-1","createdTime":"2021-08-10T11:05:41+09:00","modifiedTime":null}"#;
    let server = Server::start(move |_| answer(201, contact)).await;
    let payload = r#"{ "memo" : "가\u0041" }"#;
    let created = server.client().permit().await.create(payload, None).await;
    let created = created.unwrap();
    assert_eq!(created.contact_id, "c-1");
    assert_eq!(
        created.created_time,
        "2021-08-10T11:05:41+09:00".parse().ok()
    );
    let request = &server.seen()[0];
    assert_eq!(
        (request.line.as_str(), request.body.as_str()),
        ("POST /v1.0/contacts HTTP/1.1", payload)
    );
    assert_eq!(request.header("authorization"), Some("Bearer a-token"));
    assert_eq!(request.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn each_status_is_read_as_the_answer_table_says() {
    for (status, kind) in [
        (400, FailureKind::Refused),
        (409, FailureKind::Refused),
        (413, FailureKind::Refused),
        (415, FailureKind::Refused),
        (422, FailureKind::Refused),
        (401, FailureKind::TokenExpired),
        (403, FailureKind::Forbidden { quota: false }),
        (404, FailureKind::WrongAddress),
        (405, FailureKind::WrongAddress),
        (308, FailureKind::WrongAddress),
        (429, FailureKind::Throttled { retry_after: None }),
        (503, FailureKind::Unavailable),
        (500, FailureKind::Unknown),
        (502, FailureKind::Unknown),
        (504, FailureKind::Unknown),
        (200, FailureKind::Unknown),
        (204, FailureKind::Unknown),
        (302, FailureKind::Unknown),
        (418, FailureKind::Unknown),
    ] {
        let body = r#"{"code":"A_CODE","description":"Said\u0007 so."}"#;
        let body = if status == 204 { "" } else { body };
        let failure = failure(answer(status, body)).await;
        assert_eq!((failure.kind, failure.status), (kind, Some(status)));
        if status != 204 {
            let said = (failure.code.as_deref(), failure.description.as_deref());
            assert_eq!(said, (Some("A_CODE"), Some("Said so.")));
        }
    }
}

#[tokio::test]
async fn a_refusal_that_is_not_the_services_own_is_shown_as_it_came() {
    let long = "가".repeat(300);
    for (body, said) in [
        ("", "the answer is empty"),
        ("<html>\u{1b}[31m\n400", r"it begins: <html>\u{1b}[31m\n400"),
        (
            r#"{"error":{"message":"no"}}"#,
            r#"it begins: {"error":{"message":"no"}}"#,
        ),
        (&long, &format!("it begins: {}…", "가".repeat(200))),
    ] {
        let failure = failure(answer(400, body)).await;
        assert_eq!((failure.kind, failure.code), (FailureKind::Refused, None));
        let description = failure.description.unwrap_or_default();
        assert!(description.ends_with(said), "{description}");
    }
}

#[tokio::test]
async fn a_redirect_says_where_it_leads() {
    let location = "location: https://login.example.com/start?user=kim\r\n";
    let failure = failure(Act::Answer(302, location, String::new())).await;
    assert_eq!(
        failure.description.as_deref(),
        Some("redirected to https://login.example.com/start")
    );
}

#[tokio::test]
async fn a_201_without_a_readable_id_is_unknown() {
    for act in [
        answer(201, ""),
        answer(201, "{}"),
        answer(201, r#"{"contactId":""}"#),
        answer(201, r#"{"contactId":17}"#),
        answer(201, r#"["contactId"]"#),
        answer(201, r#"{"contactId":"c-1""#),
        answer(201, "<html>"),
        answer(
            201,
            &format!(
                r#"{{"contactId":"c-1","memo":"{}"}}"#,
                "x".repeat(1024 * 1024)
            ),
        ),
        Act::Cut(201, r#"{"contactId":"c-1"}"#.to_owned()),
    ] {
        let failure = failure(act).await;
        assert_eq!(
            (failure.kind, failure.status),
            (FailureKind::Unknown, Some(201))
        );
    }
}

#[tokio::test]
async fn a_timeout_and_a_lost_connection_are_unknown() {
    let timeout = failure(Act::Hang).await;
    assert_eq!(timeout.kind, FailureKind::Unknown);
    assert!(
        timeout.to_string().contains("no answer within 500ms"),
        "{timeout}"
    );
    let lost = failure(Act::Close).await;
    assert_eq!(
        (lost.kind.clone(), lost.status),
        (FailureKind::Unknown, None)
    );
    assert!(lost.to_string().contains("connection lost"), "{lost}");
}

#[tokio::test]
async fn a_refused_connection_is_certainly_no_create() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    for address in [
        format!("http://127.0.0.1:{port}"),
        format!("https://127.0.0.1:{port}"),
    ] {
        let settings = Settings {
            base_url: Url::parse(&address).unwrap(),
            credentials: Credentials::Token("a-token".into()),
            timeout: Duration::from_secs(5),
            pace: PaceSettings::per_minute(None),
        };
        let client = Client::new(settings).unwrap();
        let created = client.permit().await.create("{}", None).await;
        let failure = created.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Unavailable);
    }
}

#[tokio::test]
async fn a_tls_handshake_that_fails_is_certainly_no_create() {
    let server = Server::start(|_| answer(201, r#"{"contactId":"c-1"}"#)).await;
    let mut settings = server.settings(PaceSettings::per_minute(None));
    settings.base_url = Url::parse(&server.url.as_str().replace("http:", "https:")).unwrap();
    settings.timeout = Duration::from_secs(2);
    let client = Client::new(settings).unwrap();
    let created = client.permit().await.create("{}", None).await;
    let failure = created.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unavailable);
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn a_server_without_tls_is_told_from_one_that_is_not_there() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        std::io::Write::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        std::io::Read::read_to_end(&mut stream, &mut Vec::new())
    });
    let mut settings = Server::start(|_| Act::Close)
        .await
        .settings(PaceSettings::per_minute(None));
    settings.base_url = Url::parse(&format!("https://{address}/v1.0")).unwrap();
    let client = Client::new(settings).unwrap();
    let created = client.permit().await.create("{}", None).await;
    let failure = created.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unavailable);
    let said = failure.description.unwrap_or_default();
    assert!(
        said.starts_with(&format!("can't connect securely to `{address}`")),
        "{said}"
    );
}

#[tokio::test]
async fn no_create_leaves_twice_when_the_server_drops_idle_connections() {
    let server =
        Server::start(|_| Act::AnswerAndClose(201, r#"{"contactId":"c"}"#.to_owned())).await;
    let client = server.client();
    let mut unknown = 0;
    for number in 0..200 {
        let payload = format!(r#"{{"memo":"{number}"}}"#);
        match client.permit().await.create(&payload, None).await {
            Ok(_) => {}
            Err(failure) => {
                assert_eq!(failure.kind, FailureKind::Unknown);
                unknown += 1;
            }
        }
    }
    let mut bodies: Vec<_> = server
        .seen()
        .into_iter()
        .map(|request| request.body)
        .collect();
    let arrived = bodies.len();
    bodies.sort_unstable();
    bodies.dedup();
    assert_eq!(bodies.len(), arrived, "each payload arrived at most once");
    assert!(arrived + unknown >= 200);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::start(|_| answer(201, r#"{"contactId":"c"}"#)).await;
    let location: &'static str =
        Box::leak(format!("location: {}/contacts\r\n", elsewhere.url).into_boxed_str());
    for status in [301, 302, 303, 307, 308] {
        failure(Act::Answer(status, location, String::new())).await;
    }
    assert_eq!(elsewhere.seen().len(), 0);
}

#[tokio::test]
async fn a_service_account_renews_its_token_once_on_401() {
    let mut tokens = 0;
    let server = Server::start(move |request| {
        if request.line.contains("/token") {
            tokens += 1;
            return answer(
                200,
                &format!(r#"{{"access_token":"t{tokens}","expires_in":3600}}"#),
            );
        }
        match request.header("authorization") {
            Some("Bearer t1") => answer(
                401,
                r#"{"code":"UNAUTHORIZED","description":"t1 has expired"}"#,
            ),
            _ => answer(201, r#"{"contactId":"c"}"#),
        }
    });
    let server = server.await;
    let mut settings = server.settings(PaceSettings::per_minute(None));
    settings.credentials = Credentials::ServiceAccount(Box::new(ServiceAccount {
        app: App {
            client_id: "client-1".to_owned(),
            client_secret: "secret-1".into(),
            token_url: Url::parse(&format!("{}/token", server.url)).unwrap(),
            scope: "contact".to_owned(),
        },
        id: "a.serviceaccount@example.com".to_owned(),
        private_key_pem: include_str!("../testdata/service-account.pem").into(),
    }));
    let client = Client::new(settings).unwrap();
    let create = || async { client.permit().await.create("{}", None).await };
    let failure = create().await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::TokenExpired);
    assert_eq!(failure.description.as_deref(), Some("[secret] has expired"));
    assert!(create().await.is_ok());
}

#[tokio::test]
async fn the_reason_of_a_401_is_taken_from_its_header_if_nowhere_else() {
    let act = Act::Answer(
        401,
        "www-authenticate: Bearer error=\"invalid_token\"\r\n",
        String::new(),
    );
    assert_eq!(
        failure(act).await.description.as_deref(),
        Some("Bearer error=\"invalid_token\"")
    );
}

#[tokio::test]
async fn patch_and_delete_answer_what_they_did() {
    let server = Server::start(|request| match request.line.split_once(' ').unwrap().0 {
        "PATCH" => answer(200, r#"{"contactId":"c-1","memo":"new"}"#),
        _ => answer(204, ""),
    });
    let server = server.await;
    let client = server.client();
    let patched = client.patch_contact("c-1", r#"{"memo":"new"}"#).await;
    assert_eq!(patched.unwrap().unwrap().body["memo"], "new");
    assert_eq!(client.delete_contact("c-1").await, Ok(Some(())));
    let lines: Vec<_> = server
        .seen()
        .into_iter()
        .map(|request| request.line)
        .collect();
    assert_eq!(
        lines,
        [
            "PATCH /v1.0/contacts/c-1 HTTP/1.1",
            "DELETE /v1.0/contacts/c-1 HTTP/1.1"
        ]
    );
}

#[tokio::test]
async fn an_address_that_no_request_can_go_to_is_refused_before_any_is_made() {
    for (address, reason) in [
        ("ftp://example.com/v1.0", "start with `https://`"),
        ("mailto:a@example.com", "start with `https://`"),
        ("https://example.com/v1.0?x=1", "without `?`"),
        (
            "https://user:hidden@example.com/v1.0",
            "must not have a user name",
        ),
    ] {
        let settings = Settings {
            base_url: Url::parse(address).unwrap(),
            credentials: Credentials::Token("a-token".into()),
            timeout: Duration::from_secs(1),
            pace: PaceSettings::per_minute(None),
        };
        let InvalidUrl { url, reason: said } = Client::new(settings).map(|_| ()).unwrap_err();
        assert!(
            said.contains(reason) && !url.contains("hidden"),
            "{url}: {said}"
        );
    }
}

#[test]
fn a_base_url_ends_with_a_slash_or_not() {
    for base in ["https://example.com/v1.0", "https://example.com/v1.0/"] {
        let url = below(&Url::parse(base).unwrap(), ["contacts", "가/나"]);
        assert_eq!(
            url.as_str(),
            "https://example.com/v1.0/contacts/%EA%B0%80%2F%EB%82%98"
        );
    }
    assert_eq!(
        below(&Url::parse("http://[::1]:8080").unwrap(), ["contacts"]).as_str(),
        "http://[::1]:8080/contacts"
    );
}
