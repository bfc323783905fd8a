//! Lists of contacts: pages, order, filters.

use crate::rig::RiggedService as _;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{get, names, person, start};
use crate::sandbox::{Options, Sandbox};

fn at(time: &str) -> Option<Timestamp> {
    Some(time.parse().unwrap())
}

#[tokio::test]
async fn a_list_is_given_page_by_page() {
    let sandbox = start(Options::default());
    for n in 0..5 {
        // Two in each second, so that the order within a second matters.
        let second = Timestamp::from_second(1_700_000_000 + n / 2).unwrap();
        sandbox.add(person(&n.to_string()), Some(second), Value::Null);
    }
    for (order, expected) in [
        ("desc", ["4", "3", "2", "1", "0"]),
        ("asc", ["0", "1", "2", "3", "4"]),
    ] {
        assert_eq!(
            all_pages(&sandbox, &format!("orderBy=createdTime%20{order}"), 2).await,
            expected
        );
        assert_eq!(
            all_pages(&sandbox, &format!("orderBy=createdTime+{order}"), 5).await,
            expected
        );
    }
    let mut unordered = all_pages(&sandbox, "", 1).await;
    unordered.sort_unstable();
    assert_eq!(unordered, ["0", "1", "2", "3", "4"]);
}

async fn all_pages(sandbox: &Sandbox, query: &str, count: usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = get(
            sandbox,
            &format!("/contacts?{query}&count={count}&cursor={cursor}"),
        )
        .await
        .expect(200);
        assert!(names(&page).len() <= count);
        found.extend(names(&page).iter().map(ToString::to_string));
        match page["responseMetaData"]["nextCursor"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return found,
        }
    }
}

#[tokio::test]
async fn a_page_has_100_contacts_if_nothing_is_said() {
    let sandbox = start(Options::default());
    for n in 0..101 {
        sandbox.add(person(&n.to_string()), None, Value::Null);
    }
    let page = get(&sandbox, "/contacts").await.expect(200);
    assert_eq!(names(&page).len(), 100);
    assert!(page["responseMetaData"]["nextCursor"].is_string());
    let page = get(&sandbox, "/contacts?count=101").await.expect(200);
    assert_eq!(names(&page).len(), 101);
    assert!(page["responseMetaData"]["nextCursor"].is_null());
}

#[tokio::test]
async fn a_contact_created_between_two_pages_neither_repeats_nor_hides_another() {
    let sandbox = start(Options::default());
    for name in ["a", "b", "c"] {
        sandbox.add(person(name), None, Value::Null);
    }
    let page = get(&sandbox, "/contacts?orderBy=createdTime%20desc&count=2")
        .await
        .expect(200);
    assert_eq!(names(&page), ["c", "b"]);
    sandbox.add(person("d"), None, Value::Null);
    let cursor = page["responseMetaData"]["nextCursor"].as_str().unwrap();
    let page = get(
        &sandbox,
        &format!("/contacts?orderBy=createdTime%20desc&count=2&cursor={cursor}"),
    )
    .await;
    assert_eq!(names(&page.expect(200)), ["a"]);
}

#[tokio::test]
async fn a_list_takes_only_what_is_documented() {
    let sandbox = start(Options::default());
    sandbox.add(person("a"), None, Value::Null);
    sandbox.add(person("b"), None, Value::Null);
    let page = get(&sandbox, "/contacts?count=1").await.expect(200);
    let cursor = page["responseMetaData"]["nextCursor"].as_str().unwrap();
    for query in [
        "count=0",
        "count=501",
        "count=x",
        "orderBy=createdTime",
        "orderBy=modifiedTime%20desc",
        "telephone=123",
        "telephone=010-0000",
        "cursor=x",
        &format!("cursor={cursor}&email=a"),
        "searchDateType=TIME",
        "startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-11-02T00:00:00Z",
        "searchDateType=CREATED_TIME",
        "searchDateType=CREATED_TIME&startDateTime=2026-11-01T00:00:00Z",
        "searchDateType=CREATED_TIME&startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-11-08T00:00:01Z",
        "searchDateType=CREATED_TIME&startDateTime=2026-11-02T00:00:00Z&endDateTime=2026-11-01T00:00:00Z",
        // A plus that is not encoded is a space.
        "searchDateType=CREATED_TIME&startDateTime=2026-11-01T00:00:00+09:00&endDateTime=2026-11-02T00:00:00Z",
    ] {
        let reply = get(&sandbox, &format!("/contacts?{query}")).await;
        assert_eq!(
            (reply.status, &reply.body["code"]),
            (400, &json!("INVALID_PARAMETER")),
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_list_can_be_searched() {
    let sandbox = start(Options::default());
    let mut tagged = person("kim");
    tagged["telephones"] = json!([{"telephone": "+82 (10) 0000-1234", "primary": true}]);
    tagged["contactTagIds"] = json!(["t1"]);
    sandbox.add(tagged, None, Value::Null);
    sandbox.add(person("lee"), None, Value::Null);
    for (query, expected) in [
        ("email=kim%40example.com", vec!["kim"]),
        ("email=im%40ex", vec!["kim"]),
        ("email=KIM", vec![]),
        ("telephone=00001234", vec!["kim"]),
        ("telephone=821000001234", vec!["kim"]),
        ("telephone=9999", vec![]),
        ("contactTagId=t1", vec!["kim"]),
        ("contactTagId=t", vec![]),
        ("email=lee&telephone=1234", vec![]),
    ] {
        let list = get(&sandbox, &format!("/contacts?{query}"))
            .await
            .expect(200);
        assert_eq!(names(&list), expected, "{query}");
    }
}

#[tokio::test]
async fn a_window_of_time_holds_both_its_ends() {
    let sandbox = start(Options::default());
    let id = sandbox.add(person("a"), at("2026-11-01T00:00:00Z"), Value::Null);
    sandbox.add(person("b"), at("2026-11-01T00:00:01Z"), Value::Null);
    sandbox.add(person("c"), at("2026-11-01T00:00:02Z"), Value::Null);
    let window = |kind: &str, start: &str, end: &str| {
        let query = format!("searchDateType={kind}_TIME&startDateTime={start}&endDateTime={end}");
        format!("/contacts?orderBy=createdTime%20asc&{query}").replace('+', "%2B")
    };
    let path = window(
        "CREATED",
        "2026-11-01T09:00:00+09:00",
        "2026-11-01T00:00:01Z",
    );
    assert_eq!(names(&get(&sandbox, &path).await.expect(200)), ["a", "b"]);
    let path = window("CREATED", "2026-11-01T00:00:02Z", "2026-11-08T00:00:02Z");
    assert_eq!(names(&get(&sandbox, &path).await.expect(200)), ["c"]);
    assert!(sandbox.edit(&id, json!({"memo": "edited"})));
    let now = Timestamp::now();
    let day = jiff::SignedDuration::from_hours(24);
    let path = window(
        "MODIFIED",
        &(now - day).to_string(),
        &(now + day).to_string(),
    );
    assert_eq!(names(&get(&sandbox, &path).await.expect(200)), ["a"]);
}

#[tokio::test]
async fn contacts_from_outside_are_listed_as_such() {
    let sandbox = start(Options::default());
    let external = json!({"id": "x", "type": "WORKS", "buddyUserIds": []});
    sandbox.add(person("a"), None, external.clone());
    let list = get(&sandbox, "/contacts").await.expect(200);
    assert_eq!(list["contacts"][0]["linkedExternalUser"], external);
}
