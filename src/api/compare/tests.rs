use serde_json::json;

use super::*;

/// A payload with every property of the request.
fn sent() -> Value {
    json!({
        "permission": {"accessibleRange": "ALL"},
        "contactName": {"lastName": "홍", "firstName": "길동", "nickName": "HONG", "prefix": "Dr.", "middleName": "M"},
        "emails": [
            {"email": "hong@example.com", "primary": true},
            {"email": "gildong@example.com", "primary": false},
        ],
        "telephones": [
            {"telephone": "010-0000-0001", "type": "CELLPHONE", "primary": true},
            {"telephone": "02 0000 0002", "customType": "desk", "primary": false},
        ],
        "organizations": [{"name": "Example", "department": "Sales", "title": "Manager", "primary": true}],
        "events": [{"date": "1990-01-09", "type": "BIRTHDAY", "primary": true}],
        "locations": [{"address": "1 Example-ro", "zipCode": "00001", "type": "WORK", "primary": true}],
        "messengers": [{"id": "hong", "type": "X", "primary": true}],
        "websites": [{"url": "https://example.com", "primary": true}],
        "memo": "one\ntwo",
        "contactTagIds": ["tag-1", "tag-2"],
        "customProperties": {
            "single": {"content": "a"},
            "multi": [{"content": "b", "represent": true}, {"content": "c", "represent": false}],
            "link": {"text": "home", "link": "https://example.com"},
        },
    })
}

/// The same contact as the service may show it in a list.
fn shown() -> Value {
    json!({
        "contactId": "c-1",
        "createdTime": "2021-08-10T11:05:41+09:00",
        "modifiedTime": "2021-08-10T11:05:41+09:00",
        "linkedExternalUser": null,
        "somethingNew": {"a": 1},
        "permission": {"masterUserId": "user-1", "isCoEditing": true, "accessibleRange": "ALL", "accessibleMembers": []},
        "contactName": {"lastName": "홍", "firstName": "길동", "nickName": "HONG", "phoneticFirstName": null,
            "phoneticLastName": null, "prefix": null, "suffix": null, "middleName": null},
        "emails": [
            {"email": "gildong@example.com", "primary": false},
            {"email": "Hong@example.com", "primary": true},
        ],
        "telephones": [
            {"telephone": "010-0000-0001", "type": "CELLPHONE", "primary": true, "customType": null},
            {"telephone": "0200000002", "type": "CUSTOM", "primary": false, "customType": "desk"},
        ],
        "organizations": [{"name": "Example", "department": "Sales", "title": "Manager", "primary": true, "id": "o-1"}],
        "events": [{"date": "1990-01-09", "dayType": "SOLAR", "type": "BIRTHDAY", "primary": true, "customType": null}],
        "locations": [{"address": "1 Example-ro", "zipCode": "00001", "type": "WORK", "primary": true, "customType": null}],
        "messengers": [{"id": "hong", "type": "TWITTER", "primary": true, "customType": null}],
        "websites": [{"url": "https://example.com", "primary": true}],
        "memo": "one\r\ntwo ",
        "contactTagIds": ["tag-2", "tag-1"],
        "customProperties": {
            "single": {"content": "a"},
            "multi": [{"content": "c", "represent": false}, {"content": "b", "represent": true}],
            "link": {"text": "home", "link": "https://example.com"},
            "unused": {"content": null},
            "none": [],
        },
    })
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Same,
    Different,
}

fn verdict(sent: &Value, shown: Value) -> Verdict {
    match differences(sent, &shown).is_empty() {
        true => Verdict::Same,
        false => Verdict::Different,
    }
}

#[test]
fn what_the_service_itself_changes_is_no_difference() {
    assert_eq!(verdict(&sent(), shown()), Verdict::Same);
}

#[test]
fn every_property_of_the_request_is_compared() {
    let differences = [
        ("/permission/accessibleRange", json!("MEMBER")),
        ("/permission/isCoEditing", json!(false)),
        ("/contactName/lastName", json!("김")),
        ("/contactName/firstName", json!(null)),
        ("/contactName/phoneticFirstName", json!("x")),
        ("/contactName/phoneticLastName", json!("x")),
        ("/contactName/nickName", json!("x")),
        ("/contactName/prefix", json!("Mr.")),
        ("/contactName/suffix", json!("Jr.")),
        ("/contactName/middleName", json!("N")),
        ("/emails/0/email", json!("other@example.com")),
        (
            "/emails",
            json!([{"email": "hong@example.com", "primary": true}]),
        ),
        ("/emails", json!(null)),
        ("/telephones/0/telephone", json!("010-0000-0009")),
        ("/telephones/0/type", json!("HOME")),
        ("/telephones/1/customType", json!("other")),
        ("/organizations/0/name", json!("Other")),
        ("/organizations/0/department", json!(null)),
        ("/organizations/0/title", json!("Other")),
        ("/events/0/date", json!("1990-01-10")),
        ("/events/0/type", json!("OTHER")),
        ("/events/0/dayType", json!("LUNAR")),
        ("/events/0/customType", json!("x")),
        ("/locations/0/address", json!("2 Example-ro")),
        ("/locations/0/zipCode", json!("00002")),
        ("/locations/0/type", json!("HOME")),
        ("/locations/0/customType", json!("x")),
        ("/messengers/0/id", json!("x")),
        ("/messengers/0/type", json!("LINE")),
        ("/messengers/0/customType", json!("x")),
        ("/websites/0/url", json!("https://example.com/x")),
        ("/memo", json!("one two")),
        ("/contactTagIds", json!(["tag-1"])),
        ("/customProperties/single/content", json!("x")),
        ("/customProperties/multi/0/content", json!("x")),
        (
            "/customProperties/link/link",
            json!("https://example.com/x"),
        ),
        ("/customProperties/link/text", json!("x")),
        ("/customProperties/none", json!([{"content": "x"}])),
    ];
    for (place, value) in differences {
        let mut shown = shown();
        *shown
            .pointer_mut(place)
            .unwrap_or_else(|| panic!("{place}")) = value.clone();
        assert_eq!(
            verdict(&sent(), shown),
            Verdict::Different,
            "{place} = {value}"
        );
    }
}

#[test]
fn which_item_is_primary_does_not_count() {
    let mut shown = shown();
    shown["emails"][0]["primary"] = json!(true);
    shown["emails"][1]["primary"] = json!(false);
    assert_eq!(verdict(&sent(), shown), Verdict::Same);
}

#[test]
fn differences_of_form_do_not_count() {
    for (place, form) in [
        (
            "/contactName/firstName",
            json!("\u{1100}\u{1175}\u{11af}\u{1103}\u{1169}\u{11bc}"),
        ),
        ("/contactName/nickName", json!("\u{ff28}\u{ff2f}NG\u{200b}")),
        ("/emails/1/email", json!("HONG@EXAMPLE.COM")),
        ("/telephones/0/telephone", json!("+82 10 0000 0001")),
        ("/telephones/0/telephone", json!("821000000001")),
        ("/telephones/0/telephone", json!("0082-10-0000-0001")),
        ("/telephones/0/telephone", json!("(010) 0000.0001")),
        ("/telephones/0/type", json!("cellphone")),
        ("/organizations/0/name", json!("\u{3000}Example ")),
        ("/locations/0/address", json!("1  Example-ro")),
        ("/websites/0/url", json!("http://Example.com/")),
        ("/websites/0/url", json!("example.com")),
        ("/memo", json!("  one\r\n\r\ntwo\n")),
        (
            "/permission/accessibleMembers",
            json!([{"id": "user-1", "type": "USER"}]),
        ),
        ("/permission/accessibleMembers", json!(null)),
        ("/customProperties/link/link", json!("https://example.com/")),
    ] {
        let mut shown = shown();
        *shown
            .pointer_mut(place)
            .unwrap_or_else(|| panic!("{place}")) = form.clone();
        assert_eq!(differences(&sent(), &shown), [], "{place} = {form}");
    }
    let mut sent = sent();
    sent["customProperties"]["link"] = json!({"link": "https://example.com"});
    sent["memo"] = json!("A & B <c> é");
    let mut shown = shown();
    shown["customProperties"]["link"] =
        json!({"link": "https://example.com", "text": "https://example.com"});
    shown["memo"] = json!("A &amp; B &lt;c&gt; &eacute;");
    assert_eq!(differences(&sent, &shown), []);
}

#[test]
fn a_difference_names_the_field_and_both_values() {
    let mut shown = shown();
    shown["telephones"][0]["type"] = json!("HOME");
    shown["memo"] = json!(null);
    shown["emails"] = json!([{"email": "hong@example.com"}, {"email": "x@example.com"}, {"email": "y@example.com"}]);
    let found = differences(&sent(), &shown);
    let shown: Vec<_> = found
        .iter()
        .map(|one| (&*one.field, &*one.sent, one.shown.as_deref()))
        .collect();
    assert_eq!(
        shown,
        [
            (
                "emails[].email",
                "gildong@example.com",
                Some("x@example.com")
            ),
            ("emails[]", "", Some("y@example.com")),
            ("telephones[].type", "CELLPHONE", Some("HOME")),
            ("memo", "one\ntwo", None),
        ]
    );
}

#[test]
fn a_learned_form_counts_for_its_property_and_only_for_the_same_person() {
    let mut shown = shown();
    shown["memo"] = json!("ONE");
    let forms = Forms::new([("memo".to_owned(), false)]);
    assert_eq!(differences_beyond(&forms, &sent(), &shown), []);
    assert_eq!(
        differences_beyond(&Forms::default(), &sent(), &shown).len(),
        1
    );
    assert_eq!(
        differences_beyond(&Forms::new([("memo".to_owned(), true)]), &sent(), &shown).len(),
        1
    );
    shown["contactName"]["firstName"] = json!("other");
    let forms =
        Forms::new(["memo", "contactName.firstName"].map(|field| (field.to_owned(), false)));
    assert_eq!(
        differences_beyond(&forms, &sent(), &shown).len(),
        2,
        "the name is another"
    );
}

#[test]
fn the_answer_to_a_create_tells_what_was_altered_and_whose_contact_it_is() {
    assert_eq!(altered(&sent(), &shown()), Some(Vec::new()));
    assert_eq!(
        altered(&sent(), &json!({"contactId": "c"})),
        Some(Vec::new())
    );
    let mut bare = shown();
    bare["memo"] = json!("");
    let fields: Vec<_> = altered(&sent(), &bare)
        .unwrap()
        .into_iter()
        .map(|one| one.field)
        .collect();
    assert_eq!(fields, ["memo"]);
    let other = json!({"contactId": "c", "contactName": {"lastName": "김"}, "emails": [{"email": "kim@example.com"}]});
    assert_eq!(altered(&sent(), &other), None);
}

#[test]
fn an_item_twice_is_not_the_same_as_once() {
    let sent = json!({"websites": [{"url": "https://example.com", "primary": true}]});
    let twice = json!({"contactId": "c", "websites": [
        {"url": "https://example.com", "primary": true}, {"url": "https://example.com", "primary": false}]});
    assert_eq!(verdict(&sent, twice), Verdict::Different);
}

#[test]
fn names_that_only_get_shows_are_compared_where_they_are_shown() {
    let mut shown = shown();
    shown["contactName"]["prefix"] = json!("Dr.");
    shown["contactName"]["middleName"] = json!("M");
    assert_eq!(verdict(&sent(), shown), Verdict::Same);
}

#[test]
fn members_are_compared_as_a_set_and_a_login_id_is_not_told_from_an_id() {
    let member = |kind: &str, id: &str| json!({"type": kind, "id": id});
    let permission = |members: Value| {
        json!({"contactId": "c", "permission": {
            "accessibleRange": "MEMBER", "masterUserId": "user-1", "accessibleMembers": members}})
    };
    let sent = permission(json!([
        member("USER", "user-1"),
        member("GROUP", "group-1")
    ]));
    for (members, verdict_of) in [
        (
            json!([member("GROUP", "group-1"), member("USER", "user-1")]),
            Verdict::Same,
        ),
        (
            json!([
                member("GROUP", "group-1"),
                member("USER", "kim@example.com")
            ]),
            Verdict::Same,
        ),
        (
            json!([member("GROUP", "group-1"), member("USER", "user-2")]),
            Verdict::Different,
        ),
        (json!([member("GROUP", "group-1")]), Verdict::Same),
        (json!([]), Verdict::Different),
    ] {
        assert_eq!(
            verdict(&sent, permission(members.clone())),
            verdict_of,
            "{members}"
        );
    }
    let mut master = permission(sent["permission"]["accessibleMembers"].clone());
    master["permission"]["masterUserId"] = json!("user-2");
    assert_eq!(verdict(&sent, master), Verdict::Different);
}

#[test]
fn a_contact_of_another_shape_is_different_and_nothing_breaks() {
    for body in [
        json!({"contactId": "c"}),
        json!({"contactId": "c", "emails": 5, "contactName": [], "permission": "ALL", "customProperties": [1]}),
        json!({"contactId": "c", "emails": [null, 3, "x"], "telephones": {}, "memo": {}, "contactTagIds": [1]}),
    ] {
        assert_eq!(verdict(&sent(), body), Verdict::Different);
    }
}
