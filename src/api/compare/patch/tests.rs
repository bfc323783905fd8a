//! Patches of contacts as the service shows them.

use super::*;

fn contact(value: Value) -> Value {
    value
}

#[test]
fn a_completion_adds_what_is_lacking_and_names_what_differs() {
    let record = contact(json!({
        "permission": {"accessibleRange": "ALL"},
        "contactName": {"lastName": "홍", "firstName": "길동", "nickName": "Gil"},
        "emails": [{"primary": true, "email": "new@example.com"}],
        "telephones": [{"primary": true, "telephone": "010-0000-0001", "type": "WORK"}],
        "organizations": [{"primary": true, "name": "Example", "title": "Boss"}],
        "memo": "ours",
        "customProperties": {"number": {"content": "1"}},
    }));
    let there = contact(json!({
        "permission": {"accessibleRange": "MEMBER"},
        "contactName": {"lastName": "홍길동", "firstName": null, "nickName": null},
        "emails": [{"primary": true, "email": "old@example.com"}],
        "telephones": [{"primary": true, "telephone": "+82 10 0000 0001", "type": "HOME", "customType": null}],
        "organizations": [{"primary": true, "name": "Example", "department": "Sales"}],
        "memo": "theirs",
    }));
    let patch = completion(&record, &there);
    let names: Vec<&str> = patch.body.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["contactName", "customProperties", "emails", "organizations"]
    );
    assert_eq!(patch.body["contactName"]["nickName"], "Gil");
    assert_eq!(patch.body["contactName"]["lastName"], "홍길동");
    assert_eq!(
        patch.body["emails"],
        json!([{"primary": true, "email": "old@example.com"}, {"primary": false, "email": "new@example.com"}])
    );
    assert_eq!(patch.body["organizations"][0]["title"], "Boss");
    let conflicts: Vec<&str> = patch.conflicts.iter().map(|one| &*one.field).collect();
    assert_eq!(conflicts, ["telephones[].type", "memo"]);
}

#[test]
fn an_update_changes_what_the_source_has_changed_and_nothing_else() {
    let list = |texts: &[&str]| -> Value {
        let items = texts.iter().enumerate();
        items
            .map(|(place, text)| json!({"primary": place == 0, "email": text}))
            .collect()
    };
    let sent = json!({"emails": list(&["a@example.com", "b@example.com"]), "memo": "x"});
    let now = json!({"emails": list(&["a@example.com", "c@example.com"]), "memo": "x"});
    let there = json!({"emails": list(&["theirs@example.com", "b@example.com", "a@example.com"]), "memo": "edited"});
    let patch = update(Some(&sent), &now, &there);
    assert_eq!(
        Value::Object(patch.body),
        json!({"emails": list(&["theirs@example.com", "a@example.com", "c@example.com"])})
    );
    assert!(update(Some(&now), &now, &there).body.is_empty());
    let whole = update(None, &now, &json!({"memo": "edited"}));
    assert_eq!(
        Value::Object(whole.body),
        now,
        "nothing is known of what was sent"
    );
}

#[test]
fn an_item_that_changes_its_type_stays_one_item() {
    let phone = |kind: &str| json!([{"primary": true, "telephone": "02-000-0001", "type": kind}]);
    let [sent, now, there] =
        ["WORK", "HOME", "WORK"].map(|kind| json!({"telephones": phone(kind)}));
    let patch = update(Some(&sent), &now, &there);
    assert_eq!(Value::Object(patch.body), now);
}
