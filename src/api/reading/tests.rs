use super::*;
use crate::api::tests::server::{Act, Server, answer};
use crate::api::{Credentials, CustomProperty, FailureKind, PaceSettings};

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    let server = Server::start(|request| {
        let (next, id) = match request
            .line
            .split(['=', '&', ' '])
            .find(|part| part.starts_with("page"))
        {
            None => (r#""page2""#, "c-1"),
            Some("page2") => (r#""page3""#, "c-2"),
            _ => ("null", "c-3"),
        };
        let body = format!(
            r#"{{"contacts":[{{"contactId":"{id}"}}],"responseMetaData":{{"nextCursor":{next}}}}}"#
        );
        answer(200, &body)
    });
    let server = server.await;
    let client = server.client();
    let query = ListQuery {
        newest_first: true,
        email: Some("kim+a@example.com".to_owned()),
        ..ListQuery::default()
    };
    for (most_pages, stop_at, reading, ids) in [
        (9, "none", Reading::Complete, vec!["c-1", "c-2", "c-3"]),
        (2, "none", Reading::CutOff, vec!["c-1", "c-2"]),
        (9, "c-2", Reading::Stopped, vec!["c-1", "c-2"]),
    ] {
        let mut seen = Vec::new();
        let visit = |contact: RemoteContact| {
            let stop = contact.contact_id == stop_at;
            seen.push(contact.contact_id);
            if stop {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        assert_eq!(
            client.read_contacts(query.clone(), most_pages, visit).await,
            Ok(reading)
        );
        assert_eq!(seen, ids);
    }
    let line = &server.seen()[0].line;
    assert_eq!(
        line,
        "GET /v1.0/contacts?orderBy=createdTime+desc&email=kim%2Ba%40example.com HTTP/1.1"
    );
}

#[tokio::test]
async fn a_service_that_leads_in_a_circle_is_left() {
    let body = r#"{"contacts":[],"responseMetaData":{"nextCursor":"again"}}"#;
    let server = Server::start(move |_| answer(200, body)).await;
    let visit = |_| ControlFlow::Continue(());
    let reading = server
        .client()
        .read_contacts(ListQuery::default(), 1_000, visit)
        .await;
    assert_eq!((reading, server.seen().len()), (Ok(Reading::CutOff), 2));
}

#[tokio::test]
async fn a_read_is_repeated_after_a_failure_that_may_pass() {
    let mut count = 0;
    let server = Server::start(move |_| {
        count += 1;
        if count == 1 {
            answer(500, "")
        } else {
            answer(200, r#"{"contacts":[]}"#)
        }
    });
    let server = server.await;
    let visit = |_| ControlFlow::Continue(());
    let reading = server
        .client()
        .read_contacts(ListQuery::default(), 1, visit)
        .await;
    assert_eq!(reading, Ok(Reading::Complete));
    let refused = Server::start(|_| answer(403, r#"{"code":"FORBIDDEN"}"#)).await;
    assert!(refused.client().read_tags().await.is_err());
    assert_eq!(refused.seen().len(), 1);
}

#[tokio::test]
async fn a_contact_is_missing_only_in_the_services_own_words() {
    let not_found = r#"{"code":"NOT_FOUND","description":"no such contact"}"#;
    let server = Server::start(move |_| answer(404, not_found)).await;
    let client = server.client();
    assert_eq!(client.read_contact("a/b?c").await, Ok(None));
    assert_eq!(client.delete_contact("c").await, Ok(None));
    assert_eq!(
        server.seen()[0].line,
        "GET /v1.0/contacts/a%2Fb%3Fc HTTP/1.1"
    );
    let elsewhere = Server::start(|_| answer(404, "<html>")).await;
    let failure = elsewhere.client().read_contact("c").await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::WrongAddress);
}

#[tokio::test]
async fn tags_and_custom_properties_are_read() {
    let server = Server::start(|request| match request.line.split_once(' ').unwrap() {
        ("GET", path) if path.starts_with("/v1.0/contact-tags?type=COMPANY&cursor=2") => answer(
            200,
            r#"{"contactTags":[{"contactTagId":"t-2","contactTagName":"나","type":"COMPANY"}]}"#,
        ),
        ("GET", path) if path.starts_with("/v1.0/contact-tags?type=COMPANY ") => answer(
            200,
            r#"{"contactTags":[{"contactTagId":"t-1","contactTagName":"가"}],"responseMetaData":{"nextCursor":"2"}}"#,
        ),
        ("POST", path) if path.starts_with("/v1.0/contact-tags ") => {
            assert_eq!(request.body, r#"{"contactTagName":"새"}"#);
            answer(201, r#"{"contactTagId":"t-3","contactTagName":"새"}"#)
        }
        ("GET", path) if path.starts_with("/v1.0/contacts/custom-properties ") => answer(
            200,
            r#"{"customProperties":[{"propertyName":"ext_id","propertyType":"STRING","multiValued":false},
                {"propertyName":"home","propertyType":"LINK","multiValued":true},
                {"propertyName":"odd","propertyType":"DATE","multiValued":null}]}"#,
        ),
        (_, path) => panic!("{path}"),
    });
    let server = server.await;
    let client = server.client();
    let tags = client.read_tags().await.unwrap();
    let names: Vec<_> = tags
        .iter()
        .map(|tag| (tag.id.as_str(), tag.name.as_str()))
        .collect();
    assert_eq!(names, [("t-1", "가"), ("t-2", "나")]);
    let tag = client.create_tag("새").await.unwrap();
    assert_eq!(tag.id, "t-3");
    let property = |name: &str, kind: &str, multi| CustomProperty {
        name: name.to_owned(),
        kind: kind.to_owned(),
        multi,
    };
    let expected = [
        property("ext_id", "STRING", Some(false)),
        property("home", "LINK", Some(true)),
        property("odd", "DATE", None),
    ];
    assert_eq!(client.read_properties().await.unwrap(), expected);
}

#[tokio::test]
async fn trying_out_tells_a_token_that_is_missing_from_one_that_is_not_taken() {
    for (status, kind) in [
        (200, None),
        (401, Some(FailureKind::TokenExpired)),
        (403, Some(FailureKind::Forbidden { quota: false })),
        (404, Some(FailureKind::WrongAddress)),
        (500, Some(FailureKind::Unknown)),
    ] {
        let server = Server::start(move |_| answer(status, r#"{"contacts":[]}"#)).await;
        let (_, read) = server.client().try_out().await.unwrap();
        assert_eq!(read.err().map(|failure| failure.kind), kind, "{status}");
        let lines: Vec<_> = server.seen().into_iter().map(|seen| seen.line).collect();
        assert_eq!(lines, ["GET /v1.0/contacts?count=1 HTTP/1.1"]);
    }
    let mut settings = Server::start(|_| Act::Close)
        .await
        .settings(PaceSettings::per_minute(None));
    settings.credentials = Credentials::Token("".into());
    assert!(Client::new(settings).unwrap().try_out().await.is_err());
}
