//! Each operation, as it should go.

use crate::rig::{RiggedService as _, rigged};
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use super::{create, get, names, person, post, request, send, start, stored_names};
use crate::sandbox::{Life, Operation, Options, Property, PropertyKind, Sandbox};

#[tokio::test]
async fn a_created_contact_comes_back_as_the_document_shows_it() {
    let sandbox = start(Options::default());
    let body = json!({
        "permission": {"accessibleRange": "ALL"},
        "contactName": {"firstName": "길동"},
        "telephones": [{"telephone": "0000-0001", "primary": true}],
        "events": [{"date": "2021-01-09", "primary": true, "type": "BIRTHDAY"}],
        "createdTime": "1999-01-01T00:00:00+09:00",
    });
    let reply = post(&sandbox, "/contacts", &body).await;
    assert!(reply.header("content-type").starts_with("application/json"));
    let contact = reply.expect(201);
    let stored = &sandbox.contacts()[0];
    assert_eq!(contact["contactId"], stored.id);
    assert_eq!(contact["linkedExternalUser"], Value::Null);
    assert_eq!(
        contact["permission"],
        json!({"accessibleRange": "ALL", "isCoEditing": true, "accessibleMembers": []})
    );
    assert_eq!(contact["contactName"]["suffix"], Value::Null);
    assert_eq!(contact["contactName"].as_object().unwrap().len(), 8);
    assert_eq!(
        contact["telephones"],
        json!([{"telephone": "0000-0001", "primary": true, "type": "CUSTOM", "customType": null}])
    );
    assert_eq!(contact["events"][0]["dayType"], "SOLAR");
    assert_eq!(contact["websites"], json!([]));
    let created = contact["createdTime"].as_str().unwrap();
    assert_eq!((created.len(), &created[19..]), (25, "+09:00"));
    assert_eq!(created.parse::<Timestamp>().unwrap(), stored.created);
    assert_eq!(contact["modifiedTime"], contact["createdTime"]);
    assert_eq!(stored.request, body);
    assert_eq!(
        get(&sandbox, &format!("/contacts/{}", stored.id))
            .await
            .expect(200),
        contact
    );
}

#[tokio::test]
async fn creating_twice_makes_two_contacts() {
    let sandbox = start(Options::default());
    let first = create(&sandbox, "Hong").await.expect(201);
    let second = create(&sandbox, "Hong").await.expect(201);
    assert_ne!(first["contactId"], second["contactId"]);
    assert_eq!(stored_names(&sandbox), ["Hong", "Hong"]);
}

#[tokio::test]
async fn a_body_against_the_contract_is_refused_as_observed() {
    let sandbox = start(Options::default());
    let mut body = person("Hong");
    body["permission"] = json!({"accessibleRange": "MEMBER", "masterUserId": "m"});
    let reply = post(&sandbox, "/contacts", &body).await;
    assert_eq!(
        reply.refusal(),
        (400, "INSUFFICIENT", "You must add at least 1 member.")
    );
    let reply = post(&sandbox, "/contacts", &json!({})).await;
    assert_eq!(
        reply.refusal(),
        (400, "INVALID_PARAMETER", "permission is required.")
    );
    let broken = request(&sandbox, Method::POST, "/contacts")
        .header("content-type", "application/json")
        .body("{");
    assert_eq!(send(broken).await.unwrap().refusal().1, "BAD_REQUEST");
    assert!(sandbox.contacts().is_empty());
}

#[tokio::test]
async fn a_body_must_say_that_it_is_json() {
    let sandbox = start(Options::default());
    let text = person("Hong").to_string();
    for kind in ["", "text/plain", "application/jsonp"] {
        let call = request(&sandbox, Method::POST, "/contacts")
            .header("content-type", kind)
            .body(text.clone());
        assert_eq!(send(call).await.unwrap().status, 415, "{kind}");
    }
    let call = request(&sandbox, Method::POST, "/contacts")
        .header("content-type", "Application/JSON; charset=utf-8")
        .body(text);
    assert_eq!(send(call).await.unwrap().status, 201);
}

#[tokio::test]
async fn other_addresses_are_not_found_and_other_methods_not_allowed() {
    let sandbox = start(Options::default());
    for path in [
        "",
        "/",
        "/contact",
        "/contacts/",
        "/contacts/x/y",
        "/contacts/x/photo",
        "/contacts/nobody",
    ] {
        let reply = get(&sandbox, path).await;
        assert_eq!(
            (reply.status, &reply.body["code"]),
            (404, &json!("NOT_FOUND")),
            "{path}"
        );
    }
    let reply = send(request(&sandbox, Method::DELETE, "/contacts"))
        .await
        .unwrap();
    assert_eq!((reply.status, reply.header("allow")), (405, "GET, POST"));
    let reply = send(request(&sandbox, Method::GET, "/contacts/x/forcedelete"))
        .await
        .unwrap();
    assert_eq!(reply.status, 405);
}

#[tokio::test]
async fn a_replaced_contact_loses_what_is_not_said_and_a_patched_one_keeps_it() {
    let sandbox = start(Options::default());
    let mut body = person("a");
    body["memo"] = json!("memo");
    let id = post(&sandbox, "/contacts", &body).await.expect(201)["contactId"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/contacts/{id}");
    let patch = json!({"contactTagIds": ["t"]});
    let patched = send(request(&sandbox, Method::PATCH, &path).json(&patch))
        .await
        .unwrap()
        .expect(200);
    assert_eq!(
        (&patched["memo"], &patched["contactTagIds"]),
        (&json!("memo"), &json!(["t"]))
    );
    let put = send(request(&sandbox, Method::PUT, &path).json(&person("b")))
        .await
        .unwrap()
        .expect(200);
    assert_eq!((put.get("memo"), &put["contactTagIds"]), (None, &json!([])));
    assert_eq!(put["contactId"], json!(id));
    let refused = send(request(&sandbox, Method::PATCH, &path).json(&json!({"emails": []})))
        .await
        .unwrap();
    assert_eq!(refused.status, 400);
    assert_eq!(stored_names(&sandbox), ["b"]);
    let missing = send(request(&sandbox, Method::PUT, "/contacts/x").json(&person("b")))
        .await
        .unwrap();
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn an_edit_by_somebody_else_is_later_than_the_create() {
    let sandbox = start(Options::default());
    create(&sandbox, "a").await.expect(201);
    let id = sandbox.contacts()[0].id.clone();
    assert!(sandbox.edit(&id, json!({"memo": "edited"})));
    assert!(!sandbox.edit("nobody", json!({})));
    let contact = get(&sandbox, &format!("/contacts/{id}")).await.expect(200);
    assert_eq!(contact["memo"], "edited");
    let time = |name: &str| {
        contact[name]
            .as_str()
            .unwrap()
            .parse::<Timestamp>()
            .unwrap()
    };
    assert!(time("modifiedTime") > time("createdTime"));
}

#[tokio::test]
async fn deleted_contacts_lie_in_the_trash_and_count_towards_the_quota() {
    let sandbox = start(Options {
        quota: Some(1),
        ..Options::default()
    });
    create(&sandbox, "a").await.expect(201);
    let path = format!("/contacts/{}", sandbox.contacts()[0].id);
    let delete = || send(request(&sandbox, Method::DELETE, &path));
    assert_eq!(delete().await.unwrap().expect(204), Value::Null);
    assert_eq!(delete().await.unwrap().status, 404);
    assert_eq!(get(&sandbox, &path).await.status, 404);
    assert_eq!(
        names(&get(&sandbox, "/contacts").await.expect(200)),
        Vec::<&str>::new()
    );
    assert_eq!(sandbox.contacts()[0].life, Life::Trash);
    let refused = create(&sandbox, "b").await;
    assert_eq!(
        (refused.status, refused.refusal().1),
        (403, "LIMIT_EXCEEDED")
    );

    let purge = || {
        send(request(
            &sandbox,
            Method::DELETE,
            &format!("{path}/forcedelete"),
        ))
    };
    purge().await.unwrap().expect(204);
    assert_eq!(purge().await.unwrap().status, 404);
    assert_eq!(sandbox.contacts()[0].life, Life::Gone);
    create(&sandbox, "c").await.expect(201);
}

#[tokio::test]
async fn tags_have_unique_names_of_30_characters_at_most() {
    let sandbox = start(Options {
        tags: vec!["vip".to_owned()],
        ..Options::default()
    });
    let tag = |name: String| json!({ "contactTagName": name });
    let created = post(&sandbox, "/contact-tags", &tag("😀".repeat(30)))
        .await
        .expect(201);
    assert_eq!(created["type"], "COMPANY");
    assert_eq!(created["contactTagId"], sandbox.tags()[1].0);
    let again = post(&sandbox, "/contact-tags", &tag("vip".to_owned())).await;
    assert_eq!((again.status, again.refusal().1), (409, "ALREADY_EXIST"));
    assert_eq!(
        post(&sandbox, "/contact-tags", &tag("😀".repeat(31)))
            .await
            .status,
        400
    );
    assert_eq!(
        post(&sandbox, "/contact-tags", &json!({})).await.status,
        400
    );
    assert_eq!(get(&sandbox, "/contact-tags").await.status, 400);

    let first = get(&sandbox, "/contact-tags?type=COMPANY&count=1")
        .await
        .expect(200);
    assert_eq!(first["contactTags"][0]["contactTagName"], "vip");
    let cursor = first["responseMetaData"]["nextCursor"].as_str().unwrap();
    let rest = get(
        &sandbox,
        &format!("/contact-tags?type=COMPANY&count=1&cursor={cursor}"),
    )
    .await
    .expect(200);
    assert_eq!(rest["contactTags"], json!([created]));
    assert_eq!(rest["responseMetaData"]["nextCursor"], Value::Null);
}

#[tokio::test]
async fn a_domain_has_five_custom_properties_at_most() {
    let vip = Property {
        name: "vip".to_owned(),
        kind: PropertyKind::Link,
        multi: true,
    };
    let sandbox = start(Options {
        properties: vec![vip],
        ..Options::default()
    });
    let path = "/contacts/custom-properties";
    let property =
        |name: &str| json!({"propertyName": name, "propertyType": "STRING", "multiValued": false});
    for name in ["a", "b", "c", "_d"] {
        post(&sandbox, path, &property(name)).await.expect(201);
    }
    assert_eq!(post(&sandbox, path, &property("e")).await.status, 403);
    assert_eq!(post(&sandbox, path, &property("a")).await.status, 409);
    assert_eq!(post(&sandbox, path, &property("9")).await.status, 400);
    assert_eq!(
        post(
            &sandbox,
            path,
            &json!({"propertyName": "e", "propertyType": "DATE"})
        )
        .await
        .status,
        400
    );
    let list = get(&sandbox, "/contacts/custom-properties?domainId=1")
        .await
        .expect(200);
    assert_eq!(list["customProperties"].as_array().unwrap().len(), 5);
    assert_eq!(
        list["customProperties"][0],
        json!({"propertyName": "vip", "propertyType": "LINK", "multiValued": true})
    );
}

#[tokio::test]
async fn custom_properties_of_a_contact_must_be_defined_if_asked_for() {
    let property = |name: &str, kind, multi| Property {
        name: name.to_owned(),
        kind,
        multi,
    };
    let sandbox = start(Options {
        rig: rigged(|rig| rig.check_properties = true),
        properties: vec![
            property("text", PropertyKind::String, false),
            property("links", PropertyKind::Link, true),
        ],
        ..Options::default()
    });
    let link = json!({"link": "https://example.com"});
    for (properties, status) in [
        (json!({"text": {"content": "x"}, "links": [link]}), 201),
        (json!({"links": []}), 201),
        (json!({"unknown": {"content": "x"}}), 400),
        (json!({"text": [{"content": "x"}]}), 400),
        (json!({"text": link}), 400),
        (json!({"links": link}), 400),
        (json!({"links": [{"content": "x"}]}), 400),
    ] {
        let mut body = person("a");
        body["customProperties"] = properties;
        let reply = post(&sandbox, "/contacts", &body).await;
        assert_eq!(reply.status, status, "{}", body["customProperties"]);
    }
}

#[tokio::test]
async fn every_request_is_logged_with_its_operation_and_answer() {
    let sandbox = start(Options::default());
    create(&sandbox, "a").await;
    post(&sandbox, "/contacts", &json!({})).await;
    get(&sandbox, "/contacts").await;
    get(&sandbox, "/elsewhere").await;
    let log: Vec<_> = sandbox
        .requests()
        .iter()
        .map(|entry| (entry.operation, entry.status))
        .collect();
    assert_eq!(
        log,
        [
            (Operation::CreateContact, Some(201)),
            (Operation::CreateContact, Some(400)),
            (Operation::ListContacts, Some(200)),
            (Operation::Elsewhere, Some(404)),
        ]
    );
}

#[tokio::test]
async fn a_stopped_sandbox_takes_no_connections_and_remembers_its_contacts() {
    let mut sandbox = start(Options::default());
    create(&sandbox, "a").await;
    sandbox.stop();
    assert!(
        super::try_create(&sandbox, "b")
            .await
            .unwrap_err()
            .is_connect()
    );
    assert_eq!(stored_names(&sandbox), ["a"]);
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let sandbox = start(Options::default());
    let port = sandbox
        .base_url()
        .trim_end_matches("/v1.0")
        .rsplit(':')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let error = Sandbox::start(Options {
        port,
        ..Options::default()
    })
    .err()
    .unwrap();
    assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
}
