//! The law of `keywords.rs`: whatever the body, it finds in it what a validator of all of JSON Schema finds by the same file,
//! each mistake at the same place, by the same keyword and in the same order.

use std::sync::LazyLock;

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::keywords::{Keyword, Reason};
use super::{SCHEMA, validate};

/// A place and a keyword.
type Found = (String, String);

static INDEPENDENT: LazyLock<Validator> = LazyLock::new(|| {
    let schema = serde_json::from_str(include_str!("../schema.json")).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
});

fn independent(body: &Value) -> Vec<Found> {
    let errors = INDEPENDENT.iter_errors(body);
    let found = errors.map(|error| {
        let keyword = match error.kind() {
            ValidationErrorKind::Required { property } => {
                format!("required {}", property.as_str().unwrap())
            }
            other => other.keyword().to_owned(),
        };
        (error.instance_path().to_string(), keyword)
    });
    found.collect()
}

fn ours(body: &Value) -> Vec<Found> {
    let mistakes = SCHEMA.mistakes(body).into_iter();
    let found = mistakes.map(|mistake| {
        let keyword = match mistake.reason {
            Reason::Missing(property) => format!("required {property}"),
            Reason::Broken(keyword) => name_of(keyword).to_owned(),
        };
        (mistake.place, keyword)
    });
    found.collect()
}

fn name_of(keyword: &Keyword) -> &'static str {
    match keyword {
        Keyword::Type(_) => "type",
        Keyword::Const(_) => "const",
        Keyword::Enum(_) => "enum",
        Keyword::MinLength(_) => "minLength",
        Keyword::MaxLength(_) => "maxLength",
        Keyword::MinItems(_) => "minItems",
        Keyword::MaxItems(_) => "maxItems",
        Keyword::MaxProperties(_) => "maxProperties",
        Keyword::Pattern(_) => "pattern",
        Keyword::UniqueItems => "uniqueItems",
        Keyword::PropertyNames(_) => "propertyNames",
        Keyword::Contains(..) => "contains",
        Keyword::AnyOf(_) => "anyOf",
        Keyword::Not(_) => "not",
        _ => "a keyword that is never broken itself",
    }
}

/// A contact with every part that there is, within the contract.
fn whole() -> Value {
    json!({
        "permission": {
            "accessibleRange": "MEMBER", "masterUserId": "m", "isCoEditing": true,
            "accessibleMembers": [{"id": "a", "type": "USER"}, {"id": "a", "type": "GROUP"}]
        },
        "contactName": {"lastName": "홍", "firstName": "길동", "nickName": null, "prefix": ""},
        "emails": [{"email": "a@example.com", "primary": true}, {"email": "b@example.com", "primary": false}],
        "telephones": [{"type": "CUSTOM", "customType": "Car", "telephone": "010-0000-0001", "primary": true}],
        "organizations": [{"name": "Example", "department": "Sales", "title": "Lead", "primary": true}],
        "events": [{"date": "2024-02-29", "dayType": "SOLAR", "type": "BIRTHDAY", "primary": true}],
        "locations": [{"address": "1 Example Street", "zipCode": "00001", "type": "WORK", "primary": true}],
        "messengers": [{"id": "example", "type": "LINE", "customType": null, "primary": true}],
        "websites": [{"url": "https://example.com", "primary": true}],
        "memo": "memo",
        "contactTagIds": ["t"],
        "customProperties": {
            "text": {"content": "x"},
            "texts": [{"content": "x", "represent": true}, {"content": "y"}],
            "link": {"text": "t", "link": "https://example.com/"},
            "links": [{"link": "http://example.com/?a#b", "represent": false}],
        },
        "createdTime": "2021-08-10T11:05:41+09:00",
    })
}

/// A change at one place of a body.
#[derive(Clone, Debug)]
enum Change {
    Remove,
    Replace(Value),
    /// A text in place of a text.
    Reword(String),
    /// A property of an object.
    Insert(String, Value),
    /// As many items as that in a list, from those that are there; as many more properties of an object, like its first.
    Repeat(usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        2 => Just(Change::Remove),
        2 => value().prop_map(Change::Replace),
        6 => text().prop_map(Change::Reword),
        3 => (name(), value()).prop_map(|(name, value)| Change::Insert(name, value)),
        1 => select(vec![0, 1, 2, 3, 10, 11, 100, 101]).prop_map(Change::Repeat),
    ]
}

fn name() -> impl Strategy<Value = String> {
    let known = [
        "primary",
        "type",
        "customType",
        "content",
        "link",
        "text",
        "represent",
        "customProperties",
        "accessibleMembers",
        "masterUserId",
        "emails",
        "date",
    ];
    prop_oneof![
        6 => select(known.map(str::to_owned).to_vec()),
        2 => "[a-zA-Z_~/][a-z0-9_~/-]{0,3}\n?",
        1 => (119..122usize).prop_map(|n| "x".repeat(n)),
        1 => any::<String>(),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let known = [
        "",
        "ALL",
        "MEMBER",
        "USER",
        "CUSTOM",
        "WORK",
        "LINE",
        "LUNAR",
        "a@example.com",
        "2024-02-29",
        "2023-02-29",
        "1900-02-29",
        "2000-02-29",
        "0000-01-01",
        "2021-04-31",
        "2021-01-09\n",
        "010-0000-0001\n",
        "+82 (2) 000*#",
        "https://example.com\n",
        "HTTP://예시.example/길?ㄱ",
        "https:///",
        "https://example.com/<>",
    ];
    let blank = "[\u{9}-\u{d} \u{85}\u{a0}\u{1680}\u{2000}-\u{200b}\u{2028}\u{202f}\u{205f}\u{3000}\u{feff}]{1,3}";
    prop_oneof![
        4 => select(known.map(str::to_owned).to_vec()),
        2 => blank,
        2 => (select(vec![99, 100, 101, 256, 257, 300, 301, 4000, 4001]), select(vec!["😀", "é", "0"]))
            .prop_map(|(n, of)| of.repeat(n)),
        1 => "[0-9]{4}-[01][0-9]-[0-3][0-9]",
        1 => "[Hh]ttps?://[ -~\u{80}-\u{a0}가\u{3000}]{0,6}",
        1 => "[0-9+*#PTpt() \u{3000}\u{a0}０.-]{0,8}",
        1 => any::<String>(),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        1 => Just(json!(null)),
        3 => any::<bool>().prop_map(Value::from),
        1 => select(vec![json!(0), json!(1), json!(1.0), json!(-0.0), json!(1.5), json!(u64::MAX)]),
        6 => text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |value| {
        prop_oneof![
            2 => vec(value.clone(), 0..4).prop_map(Value::from),
            1 => value.clone().prop_map(|value| json!([value, value])),
            3 => btree_map(name(), value, 0..7).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

fn places(value: &Value, place: &str, all: &mut Vec<String>) {
    all.push(place.to_owned());
    let mut below = |name: &str, value: &Value| {
        let name = name.replace('~', "~0").replace('/', "~1");
        places(value, &format!("{place}/{name}"), all);
    };
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                below(&index.to_string(), item);
            }
        }
        Value::Object(object) => object.iter().for_each(|(name, value)| below(name, value)),
        _ => {}
    }
}

fn changed(mut body: Value, changes: &[(Index, Change)]) -> Value {
    for (index, change) in changes {
        let mut all = Vec::new();
        places(&body, "", &mut all);
        if matches!(change, Change::Reword(_)) {
            all.retain(|place| body.pointer(place).is_some_and(Value::is_string));
        }
        if all.is_empty() {
            continue;
        }
        apply(&mut body, index.get::<String>(&all), change);
    }
    body
}

fn apply(body: &mut Value, place: &str, change: &Change) {
    let at = body.pointer_mut(place).expect("it is one of its places");
    match (change, at) {
        (Change::Replace(value), at) => *at = value.clone(),
        (Change::Reword(text), at) => *at = Value::from(text.as_str()),
        (Change::Insert(name, value), Value::Object(object)) => {
            object.insert(name.clone(), value.clone());
        }
        (Change::Repeat(count), Value::Array(items)) => {
            *items = items.iter().cycle().take(*count).cloned().collect();
        }
        (Change::Repeat(count), Value::Object(object)) => {
            let first = object.values().next().cloned().unwrap_or_default();
            object.extend((0..*count).map(|n| (format!("p{n}"), first.clone())));
        }
        (Change::Remove, _) => {
            let Some((above, name)) = place.rsplit_once('/') else {
                return;
            };
            let name = name.replace("~1", "/").replace("~0", "~");
            match body.pointer_mut(above) {
                Some(Value::Object(object)) => {
                    object.remove(&name);
                }
                Some(Value::Array(items)) => {
                    items.remove(name.parse().expect("it is an index"));
                }
                _ => {}
            }
        }
        _ => {}
    }
}

/// Mostly bodies that are nearly valid.
fn body() -> impl Strategy<Value = Value> {
    let changed = |most| {
        vec((any::<Index>(), change()), 0..most).prop_map(|changes| changed(whole(), &changes))
    };
    prop_oneof![
        4 => changed(3),
        4 => changed(12),
        1 => value(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 3000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn we_find_in_a_body_what_an_independent_validator_finds(body in body()) {
        let ours = ours(&body);
        prop_assert_eq!(&ours, &independent(&body), "{}", body);
        prop_assert_eq!(validate(&body).is_ok(), ours.is_empty());
    }

    #[test]
    fn what_is_missing_is_said_first(body in body()) {
        let is_missing = |(_, keyword): &Found| keyword.starts_with("required") || keyword == "minItems";
        let (mut found, rest): (Vec<_>, Vec<_>) = independent(&body).into_iter().partition(is_missing);
        found.extend(rest);
        let said = validate(&body).err().unwrap_or_default();
        let said: Vec<_> = said.into_iter().map(|violation| violation.instance_path).collect();
        let found: Vec<_> = found.into_iter().map(|(place, _)| place).collect();
        prop_assert_eq!(said, found, "{}", body);
    }
}

#[test]
fn the_whole_contact_is_valid_and_no_change_to_it_makes_them_disagree() {
    assert_eq!(independent(&whole()), []);
    let mut all = Vec::new();
    places(&whole(), "", &mut all);
    let odd = json!([null, true, 1.0, "", [], {}]);
    let odd = odd.as_array().unwrap().iter().cloned();
    let changes = odd
        .map(Change::Replace)
        .chain([0, 1, 2, 11, 101].map(Change::Repeat));
    for change in changes.chain([Change::Remove]) {
        for place in &all {
            let mut body = whole();
            apply(&mut body, place, &change);
            assert_eq!(ours(&body), independent(&body), "{change:?} {place}");
        }
    }
}
