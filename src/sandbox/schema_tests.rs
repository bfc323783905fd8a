//! The schema, rule by rule, on the accepting and on the refusing side.

use serde_json::{Value, json};

use super::{NO_MEMBERS, validate};

/// The least that the contract takes.
fn least() -> Value {
    json!({
        "permission": {"accessibleRange": "ALL"},
        "contactName": {"lastName": "홍"},
        "emails": [{"email": "a@example.com", "primary": true}],
    })
}

/// The least contact with some of its top-level properties replaced.
fn with(changes: Value) -> Value {
    let mut body = least();
    body.as_object_mut()
        .unwrap()
        .extend(changes.as_object().unwrap().clone());
    body
}

/// A text of `n` characters, each of which is two UTF-16 units and four bytes of UTF-8.
fn wide(n: usize) -> String {
    "😀".repeat(n)
}

#[track_caller]
fn takes(changes: Value) {
    let result = validate(&with(changes.clone()));
    assert_eq!(result, Ok(()), "{changes}");
}

#[track_caller]
fn refuses(changes: Value) {
    assert!(
        validate(&with(changes.clone())).is_err(),
        "taken: {changes}"
    );
}

/// One item with `changes` in a list; it is the primary one unless they say otherwise.
fn one(list: &str, item: &Value, changes: Value) -> Value {
    let mut item = item.clone();
    item["primary"] = json!(true);
    item.as_object_mut()
        .unwrap()
        .extend(changes.as_object().unwrap().clone());
    json!({ list: [item] })
}

fn lists() -> Vec<(&'static str, Value)> {
    vec![
        ("emails", json!({"email": "a@example.com"})),
        ("telephones", json!({"telephone": "010-0000-0001"})),
        ("organizations", json!({"name": "Example"})),
        ("events", json!({"date": "2021-01-09"})),
        ("locations", json!({"address": "1 Example Street"})),
        ("messengers", json!({"id": "example"})),
        ("websites", json!({"url": "https://example.com"})),
    ]
}

#[test]
fn the_request_example_of_the_document_is_taken() {
    let example = json!({
        "contactTagIds": ["ctag2a81-94b6-4642-6903-03aa7977da91", "3512644d-a731-4602-6912-031febc8bce2"],
        "permission": {
            "masterUserId": "userf7da-f82c-4284-13e7-030f3b4c756x", "isCoEditing": true, "accessibleRange": "ALL"
        },
        "createdTime": "2021-08-10T11:05:41+09:00",
        "modifiedTime": "2021-08-10T11:09:37+09:00",
        "contactName": {"lastName": "홍", "firstName": "길동", "nickName": "HONG"},
        "emails": [
            {"email": "example1@example.com", "primary": true},
            {"email": "example2@example.com", "primary": false}
        ],
        "telephones": [
            {"type": "CELLPHONE", "telephone": "0000-0001", "primary": true},
            {"type": "HOME", "telephone": "0000-0002", "primary": false}
        ],
        "organizations": [
            {"name": "example company name", "department": "department", "title": "title", "primary": true}
        ],
        "locations": [
            {"address": "example1 address", "zipCode": "00001", "type": "WORK", "primary": true},
            {"address": "example2 address", "zipCode": "00002", "type": "HOME", "primary": false}
        ],
        "events": [
            {"date": "2021-01-09", "dayType": "SOLAR", "type": "BIRTHDAY", "primary": true},
            {"date": "2021-08-09", "dayType": "SOLAR", "type": "ANNIVERSARY", "primary": false}
        ],
        "messengers": [
            {"id": "example1", "type": "LINE", "primary": true},
            {"id": "example2", "type": "CUSTOM", "customType": "Worksmobile", "primary": false}
        ],
        "websites": [
            {"url": "https://example1.com", "primary": true},
            {"url": "https://example2.com", "primary": false}
        ],
        "memo": "memo",
        "customProperties": {
            "string_single": {"content": "ext_id"},
            "string_multi": [
                {"content": "ext_id", "represent": true}, {"content": "connect", "represent": false}
            ],
            "link_single": {"text": "worksmobile", "link": "https://contact.worksmobile.com"},
            "link_multi": [
                {"text": "worksmobile", "link": "https://contact.worksmobile.com", "represent": true},
                {"text": "line", "link": "https://www.line.me/", "represent": false}
            ]
        }
    });
    assert_eq!(validate(&example), Ok(()));
}

#[test]
fn the_body_is_an_object_with_permission_and_name() {
    assert_eq!(validate(&least()), Ok(()));
    for body in [json!(null), json!([]), json!("x"), json!({})] {
        assert!(validate(&body).is_err(), "{body}");
    }
    for name in ["permission", "contactName"] {
        let mut body = least();
        body.as_object_mut().unwrap().remove(name);
        let violations = validate(&body).unwrap_err();
        assert_eq!(violations[0].message, format!("{name} is required."));
        refuses(json!({ name: null }));
        refuses(json!({ name: [] }));
    }
}

#[test]
fn unknown_properties_are_tolerated() {
    takes(json!({"createdTime": "x", "anything": {"at": "all"}}));
    takes(json!({"contactName": {"lastName": "Hong", "title": 1}}));
}

#[test]
fn an_email_or_a_telephone_is_needed() {
    let telephone = json!([{"telephone": "1", "primary": true}]);
    takes(json!({"emails": [], "telephones": telephone}));
    takes(json!({"telephones": []}));
    refuses(json!({"emails": []}));
    refuses(json!({"emails": [], "telephones": []}));
    refuses(json!({"emails": null, "telephones": telephone}));
    let mut body = least();
    body.as_object_mut().unwrap().remove("emails");
    assert!(validate(&body).is_err());
}

#[test]
fn a_first_or_a_last_name_is_needed_that_is_not_blank() {
    takes(json!({"contactName": {"firstName": "길동"}}));
    takes(json!({"contactName": {"firstName": " x", "lastName": null}}));
    // Not white space in Unicode, whatever an engine's \s says.
    takes(json!({"contactName": {"firstName": "\u{feff}"}}));
    takes(json!({"contactName": {"firstName": "\u{200b}"}}));
    refuses(json!({"contactName": {}}));
    refuses(json!({"contactName": {"nickName": "HONG", "middleName": "M"}}));
    refuses(json!({"contactName": {"firstName": null, "lastName": ""}}));
    refuses(json!({"contactName": {"firstName": 1}}));
    for blank in all_white_space() {
        refuses(
            json!({"contactName": {"firstName": blank.to_string(), "lastName": " \u{3000}\t"}}),
        );
    }
}

fn all_white_space() -> impl Iterator<Item = char> {
    ('\0'..=char::MAX).filter(|c| c.is_whitespace())
}

#[test]
fn every_part_of_a_name_has_100_characters_at_most_and_may_be_null() {
    let parts = [
        "firstName",
        "lastName",
        "phoneticFirstName",
        "phoneticLastName",
        "nickName",
        "prefix",
        "suffix",
        "middleName",
    ];
    for part in parts {
        let name = |value: Value| {
            let mut name = json!({"firstName": "F", "lastName": "L"});
            name[part] = value;
            json!({ "contactName": name })
        };
        takes(name(json!(wide(100))));
        takes(name(json!(null)));
        refuses(name(json!(wide(101))));
        refuses(name(json!(1)));
        refuses(name(json!(["x"])));
    }
}

#[test]
fn a_permission_for_members_names_the_master_and_the_members() {
    let member = json!({"id": "u1", "type": "USER"});
    let permission = |value: Value| json!({ "permission": value });
    takes(permission(
        json!({"accessibleRange": "MEMBER", "masterUserId": "m", "accessibleMembers": [member]}),
    ));
    takes(permission(
        json!({"accessibleRange": "ALL", "accessibleMembers": [], "masterUserId": ""}),
    ));
    takes(permission(
        json!({"accessibleRange": "ALL", "isCoEditing": false}),
    ));
    refuses(permission(json!({})));
    refuses(permission(json!({"accessibleRange": "NONE"})));
    refuses(permission(json!({"accessibleRange": null})));
    refuses(permission(
        json!({"accessibleRange": "ALL", "isCoEditing": "yes"}),
    ));
    refuses(permission(
        json!({"accessibleRange": "ALL", "masterUserId": null}),
    ));
    refuses(permission(
        json!({"accessibleRange": "MEMBER", "accessibleMembers": [member]}),
    ));
    refuses(permission(
        json!({"accessibleRange": "MEMBER", "masterUserId": "", "accessibleMembers": [member]}),
    ));
    refuses(permission(
        json!({"accessibleRange": "MEMBER", "masterUserId": "m"}),
    ));
    refuses(permission(
        json!({"accessibleRange": "MEMBER", "masterUserId": "m", "accessibleMembers": []}),
    ));
}

#[test]
fn missing_members_are_described_as_observed() {
    for permission in [
        json!({"accessibleRange": "MEMBER", "masterUserId": "m"}),
        json!({"accessibleRange": "MEMBER", "masterUserId": "m", "accessibleMembers": []}),
    ] {
        let violations = validate(&with(json!({ "permission": permission }))).unwrap_err();
        assert_eq!(violations[0].message, NO_MEMBERS);
    }
}

#[test]
fn members_are_unique_known_and_500_at_most() {
    let members = |members: Vec<Value>| json!({"permission": {"accessibleRange": "ALL", "accessibleMembers": members}});
    let numbered = |n| {
        (0..n)
            .map(|n| json!({"id": format!("u{n}"), "type": "USER"}))
            .collect::<Vec<_>>()
    };
    takes(members(numbered(500)));
    refuses(members(numbered(501)));
    takes(members(vec![
        json!({"id": "a", "type": "ORGUNIT"}),
        json!({"id": "a", "type": "GROUP"}),
    ]));
    refuses(members(vec![
        json!({"id": "a", "type": "USER"}),
        json!({"type": "USER", "id": "a"}),
    ]));
    for wrong in [
        json!({"id": "", "type": "USER"}),
        json!({"id": "a", "type": "user"}),
        json!({"id": "a"}),
        json!({"type": "USER"}),
        json!({"id": 1, "type": "USER"}),
        json!("a"),
    ] {
        refuses(members(vec![wrong]));
    }
}

#[test]
fn every_list_has_100_items_at_most_and_exactly_one_is_primary() {
    for (list, item) in lists() {
        let items = |primaries: &[bool]| {
            let items = primaries.iter().map(|primary| {
                let mut item = item.clone();
                item["primary"] = json!(primary);
                item
            });
            json!({ list: items.collect::<Vec<_>>() })
        };
        takes(items(&[true]));
        takes(items(&[false, true]));
        refuses(items(&[false]));
        refuses(items(&[true, true]));
        let mut hundred = [false; 101];
        hundred[7] = true;
        takes(items(&hundred[..100]));
        refuses(items(&hundred));
        refuses(json!({ list: [item] }));
        refuses(one(list, &item, json!({"primary": "true"})));
        refuses(one(list, &item, json!({"primary": null})));
        refuses(json!({ list: [null] }));
        refuses(json!({ list: null }));
        refuses(json!({ list: {} }));
    }
    takes(
        json!({"organizations": [], "events": [], "locations": [], "messengers": [], "websites": []}),
    );
}

#[test]
fn required_values_are_there_not_blank_and_not_too_long() {
    for (list, name, longest) in [
        ("emails", "email", 256),
        ("locations", "address", 100),
        ("messengers", "id", 100),
        ("websites", "url", 100),
    ] {
        let value = |value: Value| json!({ list: [{ "primary": true, name: value }] });
        takes(value(json!(wide(longest))));
        takes(value(json!("x")));
        refuses(value(json!(wide(longest + 1))));
        refuses(value(json!("")));
        refuses(value(json!(" \u{3000}\n")));
        refuses(value(json!(null)));
        refuses(value(json!(1)));
        refuses(json!({ list: [{"primary": true}] }));
    }
}

#[test]
fn a_telephone_keeps_to_the_pattern_from_end_to_end() {
    let telephone = |value: Value| json!({"telephones": [{"primary": true, "telephone": value}]});
    for good in ["010-0000-0001", "+82 (2) 000*#", "PTpt", "\u{3000}", "1 "] {
        takes(telephone(json!(good)));
    }
    takes(telephone(json!("1".repeat(1000))));
    for bad in [
        "",
        "x",
        "010.0000.0001",
        "010-0000-0001\n",
        "\n1",
        "1\u{a0}2",
        "０１０",
        "tel:1",
        "1,2",
        "1;2",
        "é",
    ] {
        refuses(telephone(json!(bad)));
    }
    refuses(telephone(json!(1)));
    refuses(json!({"telephones": [{"primary": true}]}));
}

#[test]
fn types_are_those_of_the_document() {
    let cases: [(&str, &[&str]); 4] = [
        (
            "telephones",
            &[
                "CELLPHONE",
                "WORK",
                "HOME",
                "WORK_FAX",
                "HOME_FAX",
                "OTHER",
                "CUSTOM",
            ],
        ),
        ("events", &["BIRTHDAY", "ANNIVERSARY", "OTHER", "CUSTOM"]),
        ("locations", &["WORK", "HOME", "OTHER", "CUSTOM"]),
        ("messengers", &["FACEBOOK", "LINE", "X", "CUSTOM"]),
    ];
    for (list, types) in cases {
        let item = &lists()
            .into_iter()
            .find(|(name, _)| *name == list)
            .unwrap()
            .1;
        for kind in types {
            takes(one(list, item, json!({ "type": kind })));
        }
        for kind in ["TWITTER", "custom", "", "MOBILE"] {
            refuses(one(list, item, json!({ "type": kind })));
        }
        refuses(one(list, item, json!({ "type": null })));
    }
}

#[test]
fn a_type_of_ones_own_goes_with_custom_alone() {
    for (list, type_of_list) in [
        ("telephones", "WORK"),
        ("events", "BIRTHDAY"),
        ("locations", "HOME"),
        ("messengers", "LINE"),
    ] {
        let item = &lists()
            .into_iter()
            .find(|(name, _)| *name == list)
            .unwrap()
            .1;
        takes(one(list, item, json!({"customType": wide(100)})));
        takes(one(
            list,
            item,
            json!({"customType": "x", "type": "CUSTOM"}),
        ));
        takes(one(
            list,
            item,
            json!({"customType": null, "type": type_of_list}),
        ));
        takes(one(list, item, json!({"customType": null})));
        refuses(one(
            list,
            item,
            json!({"customType": "x", "type": type_of_list}),
        ));
        refuses(one(
            list,
            item,
            json!({"customType": "", "type": type_of_list}),
        ));
        refuses(one(list, item, json!({"customType": wide(101)})));
        refuses(one(list, item, json!({"customType": 1})));
    }
}

#[test]
fn the_parts_of_an_organization_and_a_postal_code_have_100_characters_at_most() {
    for (list, name) in [
        ("organizations", "name"),
        ("organizations", "department"),
        ("organizations", "title"),
        ("locations", "zipCode"),
    ] {
        let item = &lists().into_iter().find(|(key, _)| *key == list).unwrap().1;
        takes(one(list, item, json!({ name: wide(100) })));
        takes(one(list, item, json!({ name: "" })));
        refuses(one(list, item, json!({ name: wide(101) })));
        refuses(one(list, item, json!({ name: null })));
    }
    takes(json!({"organizations": [{"primary": true}]}));
}

#[test]
fn a_date_is_a_day_of_the_calendar() {
    let event = |date: &str| json!({"events": [{"primary": true, "date": date}]});
    for year in [
        1, 4, 99, 100, 400, 1600, 1700, 1900, 1999, 2000, 2023, 2024, 2100, 2400, 9996, 9999,
    ] {
        for month in 0..=13 {
            for day in 0..=32 {
                let date = format!("{year:04}-{month:02}-{day:02}");
                let exists = date.parse::<jiff::civil::Date>().is_ok();
                assert_eq!(validate(&with(event(&date))).is_ok(), exists, "{date}");
            }
        }
    }
    for bad in [
        "0000-01-01",
        "0000-02-29",
        "2021-1-9",
        "20210109",
        "2021/01/09",
        "--01-09",
        "12021-01-09",
        "2021-01-09 ",
        "2021-01-09\n",
        "2021-01-09T00:00:00Z",
        "２０２１-01-09",
        "",
    ] {
        refuses(event(bad));
    }
    refuses(json!({"events": [{"primary": true}]}));
    refuses(json!({"events": [{"primary": true, "date": null}]}));
}

#[test]
fn a_day_is_solar_or_lunar() {
    let event =
        |kind: Value| json!({"events": [{"primary": true, "date": "2021-01-09", "dayType": kind}]});
    takes(event(json!("SOLAR")));
    takes(event(json!("LUNAR")));
    refuses(event(json!("lunar")));
    refuses(event(json!(null)));
}

#[test]
fn a_memo_has_4000_characters_at_most() {
    takes(json!({"memo": wide(4000)}));
    takes(json!({"memo": ""}));
    refuses(json!({"memo": wide(4001)}));
    refuses(json!({"memo": null}));
}

#[test]
fn tags_are_ids() {
    takes(json!({"contactTagIds": []}));
    takes(json!({"contactTagIds": vec!["t"; 1000]}));
    refuses(json!({"contactTagIds": [""]}));
    refuses(json!({"contactTagIds": [1]}));
    refuses(json!({"contactTagIds": null}));
}

#[test]
fn custom_properties_have_five_names_at_most_in_their_form() {
    let named = |names: &[String]| {
        let properties = names
            .iter()
            .map(|name| (name.clone(), json!({"content": "x"})));
        json!({"customProperties": properties.collect::<serde_json::Map<_, _>>()})
    };
    let many = |n| (0..n).map(|n| format!("p{n}")).collect::<Vec<_>>();
    takes(named(&[]));
    takes(named(&many(5)));
    refuses(named(&many(6)));
    for good in ["a", "_", "A9_z", &"x".repeat(120)] {
        takes(named(&[good.to_owned()]));
    }
    for bad in ["", "9a", "a-b", "a b", "é", "a\n", &"x".repeat(121)] {
        refuses(named(&[bad.to_owned()]));
    }
    refuses(json!({"customProperties": null}));
    refuses(json!({"customProperties": []}));
}

#[test]
fn a_custom_property_has_one_of_four_shapes() {
    let value = |value: Value| json!({"customProperties": {"p": value}});
    for good in [
        json!({"content": wide(100)}),
        json!({"content": ""}),
        json!([]),
        json!(vec![json!({"content": wide(100), "represent": true}); 10]),
        json!([{"content": "a"}, {"content": "b", "represent": false}]),
        json!({"link": "https://example.com"}),
        json!({"link": "https://example.com", "text": null}),
        json!({"link": "https://example.com", "text": wide(100)}),
        json!(vec![
            json!({"link": "https://example.com", "represent": false});
            10
        ]),
        json!([{"link": "https://example.com", "text": "t"}]),
    ] {
        takes(value(good));
    }
    for bad in [
        json!(null),
        json!("x"),
        json!({}),
        json!({"content": wide(101)}),
        json!({"content": null}),
        json!({"content": 1}),
        json!({"text": "t"}),
        json!(vec![json!({"content": "x"}); 11]),
        json!([{"content": "x", "represent": "yes"}]),
        json!([{"represent": true}]),
        json!([{"content": wide(101)}]),
        json!(["x"]),
        json!([[{"content": "x"}]]),
        json!([{"content": "x"}, {"link": "https://example.com"}]),
        json!({"link": "https://example.com", "text": wide(101)}),
        json!({"link": "https://example.com", "text": 1}),
        json!(vec![json!({"link": "https://example.com"}); 11]),
        json!([{"link": "https://example.com", "represent": 1}]),
        json!([{"text": "t"}]),
        json!([{"link": "example.com"}]),
    ] {
        refuses(value(bad));
    }
}

#[test]
fn a_link_is_a_url_of_300_characters_at_most() {
    let link = |link: &str| json!({"customProperties": {"p": {"link": link}}});
    let long = |n: usize| format!("https://example.com/{}", "a".repeat(n - 20));
    for good in [
        "http://a",
        "HTTPS://EXAMPLE.COM",
        "hTTp://example.com:8080/a?b=c&d#e",
        "https://example.com/%20",
        "https://예시.example/길?ㄱ",
        "https://user@example.com/~x/(y);z,[1]'!*$+",
        &long(300),
    ] {
        takes(link(good));
    }
    for bad in [
        "",
        " ",
        "example.com",
        "www.example.com",
        "ftp://example.com",
        "https:/example.com",
        "https://",
        "https:///path",
        "https://?x",
        "https://#x",
        "https:// example.com",
        " https://example.com",
        "https://example.com ",
        "https://example.com/a b",
        "https://example.com\n",
        "https://example.com/\u{3000}",
        "https://example.com/\u{7f}",
        "https://example.com/\u{85}",
        "javascript:https://example.com",
        &long(301),
    ] {
        refuses(link(bad));
    }
    for bad in "<>\"{}|\\^`\0\u{1b}\u{9f}".chars() {
        refuses(link(&format!("https://example.com/{bad}")));
        refuses(link(&format!("https://{bad}example.com/")));
    }
}

#[test]
fn a_violation_says_where_and_what_but_not_the_value() {
    let body =
        with(json!({"emails": [{"email": "secret@example.com".repeat(20), "primary": true}]}));
    let violations = validate(&body).unwrap_err();
    assert_eq!(violations.len(), 1);
    assert_eq!(violations[0].instance_path, "/emails/0/email");
    assert_eq!(
        violations[0].message,
        "emails.0.email: value is longer than 256 characters"
    );
}

#[test]
fn all_violations_are_listed_and_missing_properties_come_first() {
    let violations =
        validate(&json!({"contactName": {"firstName": wide(101)}, "memo": 1})).unwrap_err();
    let messages: Vec<&str> = violations
        .iter()
        .map(|violation| violation.message.as_str())
        .collect();
    assert_eq!(messages[0], "permission is required.");
    assert!(
        messages.contains(&"emails or telephones is required."),
        "{messages:?}"
    );
    assert!(
        messages.iter().any(|message| message.starts_with("memo: ")),
        "{messages:?}"
    );
    assert!(
        messages
            .iter()
            .any(|message| message.starts_with("contactName.firstName: ")),
        "{messages:?}"
    );
}
