//! Services that store or show a contact in another form than it was sent.

use super::*;
use crate::ledger::{LOOKALIKE, Unknown};
use crate::rig::{Quirks, rig};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// A contact with every property, and something in each that a form can change.
fn whole(number: u32) -> String {
    let permission = match number % 2 {
        0 => json!({"accessibleRange": "ALL", "masterUserId": "user-1"}),
        _ => json!({"accessibleRange": "MEMBER", "masterUserId": "user-1", "accessibleMembers": [
            {"id": "user-2", "type": "USER"}, {"id": "group-1", "type": "GROUP"}]}),
    };
    json!({
        "permission": permission,
        "contactName": {"lastName": "Garçon", "firstName": format!("No {number}"), "phoneticLastName": "ガルソン", "nickName": "Gar",
            "prefix": "Dr.", "suffix": "Jr.", "middleName": "M"},
        "emails": [
            {"email": format!("Kim{number}@example.com"), "primary": true},
            {"email": format!("other{number}@example.com"), "primary": false},
        ],
        "telephones": [
            {"telephone": format!("010-0000-{number:04}"), "type": "CELLPHONE", "primary": true},
            {"telephone": format!("+82 2-0001-{number:04}"), "type": "CUSTOM", "customType": "desk", "primary": false},
        ],
        "organizations": [{"name": "Example & Co", "department": "Sales", "title": "Head", "primary": true}],
        "events": [{"date": "1990-01-09", "type": "BIRTHDAY", "dayType": "SOLAR", "primary": true}],
        "locations": [{"address": "1 Example-ro", "zipCode": "000-01", "type": "WORK", "primary": true}],
        "messengers": [{"id": "gar", "type": "X", "primary": true}],
        "websites": [{"url": "https://www.example.com/", "primary": true}],
        "memo": " one  \"two\"\n\nthree \u{1f600} ",
        "contactTagIds": ["tag-1", "tag-2"],
        "customProperties": {"link": {"link": "https://example.com/x"},
            "multi": [{"content": "a", "represent": true}, {"content": "b", "represent": false}]},
    })
    .to_string()
}

type Change = fn(&mut Value);

/// Changes every text in it.
fn texts(value: &mut Value, change: &dyn Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(items) => items.iter_mut().for_each(|item| texts(item, change)),
        Value::Object(fields) => fields.values_mut().for_each(|field| texts(field, change)),
        _ => {}
    }
}

/// Changes one field of each item of a list.
fn items(contact: &mut Value, list: &str, field: &str, change: impl Fn(&str) -> Value) {
    for item in contact[list].as_array_mut().into_iter().flatten() {
        if let Some(text) = item[field].as_str().map(str::to_owned) {
            item[field] = change(&text);
        }
    }
}

/// Takes `field` out of everything below.
fn without(value: &mut Value, field: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| without(item, field)),
        Value::Object(fields) => {
            fields.remove(field);
            fields.values_mut().for_each(|value| without(value, field));
        }
        _ => {}
    }
}

/// What a person can read of a contact, all but ids and times.
const READABLE: [&str; 9] = [
    "contactName",
    "emails",
    "telephones",
    "organizations",
    "locations",
    "messengers",
    "websites",
    "memo",
    "customProperties",
];

fn readable(contact: &mut Value, change: impl Fn(&str) -> String) {
    for property in READABLE {
        texts(&mut contact[property], &change);
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_graphic() {
                char::from_u32(c as u32 + 0xfee0).unwrap_or(c)
            } else {
                c
            }
        })
        .collect()
}

/// Forms that are known to mean the same.
const KNOWN: [(&str, Change); 29] = [
    ("as it was sent", |_| {}),
    ("without what is null", |c| {
        c.as_object_mut()
            .unwrap()
            .retain(|_, value| !value.is_null() && *value != json!([]))
    }),
    ("without customType", |c| {
        items(c, "locations", "customType", |_| json!(null))
    }),
    ("a link without a text has its link as text", |c| {
        c["customProperties"]["link"]["text"] = c["customProperties"]["link"]["link"].clone()
    }),
    ("no members under ALL", |c| {
        if c["permission"]["accessibleRange"] == "ALL" {
            without(&mut c["permission"], "accessibleMembers")
        }
    }),
    ("the master among the members", |c| {
        c["permission"]["accessibleMembers"]
            .as_array_mut()
            .unwrap()
            .insert(0, json!({"id": "user-1", "type": "USER"}));
    }),
    ("decomposed", |c| {
        readable(c, |text| text.replace('ç', "c\u{327}"))
    }),
    ("full-width", |c| readable(c, full_width)),
    ("half-width kana", |c| {
        readable(c, |text| text.replace("ガルソン", "ｶﾞﾙｿﾝ"))
    }),
    ("trimmed", |c| readable(c, |text| text.trim().to_owned())),
    ("collapsed blanks", |c| {
        readable(c, |text| text.replace("  ", " "))
    }),
    ("ideographic blanks", |c| {
        readable(c, |text| text.replace(' ', "\u{3000}"))
    }),
    ("line ends of Windows", |c| {
        readable(c, |text| text.replace('\n', "\r\n"))
    }),
    ("zero-width characters", |c| {
        readable(c, |text| format!("\u{feff}{text}\u{200b}"))
    }),
    ("telephones as digits", |c| {
        items(c, "telephones", "telephone", |text| {
            json!(text.replace(['-', ' '], ""))
        })
    }),
    ("telephones with their country", |c| {
        items(c, "telephones", "telephone", |text| {
            json!(text.replacen("010", "+82 10", 1))
        })
    }),
    ("telephones with a country and no plus", |c| {
        items(c, "telephones", "telephone", |text| {
            json!(digits(&text.replacen("010-", "8210-", 1)))
        })
    }),
    ("telephones with points", |c| {
        items(c, "telephones", "telephone", |text| {
            json!(text.replace(['-', ' '], "."))
        })
    }),
    ("e-mails in small letters", |c| {
        items(c, "emails", "email", |text| json!(text.to_lowercase()))
    }),
    ("URLs without the last slash", |c| {
        items(c, "websites", "url", |text| {
            json!(text.trim_end_matches('/'))
        })
    }),
    ("URLs without scheme", |c| {
        items(c, "websites", "url", |text| {
            json!(text.trim_start_matches("https://"))
        })
    }),
    ("HTML escapes", |c| {
        readable(c, |text| text.replace('&', "&amp;").replace('"', "&quot;"))
    }),
    ("lists backwards", |c| {
        for list in ["emails", "telephones", "contactTagIds"] {
            c[list].as_array_mut().unwrap().reverse();
        }
        c["customProperties"]["multi"]
            .as_array_mut()
            .unwrap()
            .reverse();
    }),
    ("another primary item", |c| {
        for list in ["emails", "telephones"] {
            c[list][0]["primary"] = json!(false);
            c[list][1]["primary"] = json!(true);
        }
    }),
    ("no dayType", |c| without(c, "dayType")),
    ("TWITTER for X", |c| {
        items(c, "messengers", "type", |_| json!("TWITTER"))
    }),
    ("no prefix, suffix and middle name", |c| {
        for part in ["prefix", "suffix", "middleName"] {
            c["contactName"][part] = json!(null);
        }
    }),
    ("types in small letters", |c| {
        items(c, "telephones", "type", |text| json!(text.to_lowercase()))
    }),
    ("properties of its own", |c| {
        c["revision"] = json!(7);
        c["emails"][0]["verified"] = json!(true);
    }),
];

/// Forms that the answers to other creates have to show first.
const LEARNED: [(&str, Change); 13] = [
    ("a memo that is cut", |c| c["memo"] = json!(" one")),
    ("a memo in capitals", |c| {
        texts(&mut c["memo"], &str::to_uppercase)
    }),
    ("a memo on one line", |c| {
        texts(&mut c["memo"], &|text| text.replace('\n', " "))
    }),
    ("no emoji", |c| {
        texts(&mut c["memo"], &|text| text.replace('\u{1f600}', "?"))
    }),
    ("no nickname", |c| without(c, "nickName")),
    ("an address with its country", |c| {
        items(c, "locations", "address", |text| {
            json!(format!("{text}, Korea"))
        })
    }),
    ("a compact date", |c| {
        items(c, "events", "date", |text| json!(text.replace('-', "")))
    }),
    ("another type of telephone", |c| {
        items(c, "telephones", "type", |_| json!("OTHER"))
    }),
    ("one telephone", |c| {
        drop(c["telephones"].as_array_mut().unwrap().pop())
    }),
    ("no custom properties", |c| without(c, "customProperties")),
    ("names in capitals", |c| {
        texts(&mut c["contactName"], &str::to_uppercase)
    }),
    ("the whole name in one part", |c| {
        let name = &mut c["contactName"];
        let whole = format!(
            "{} {}",
            name["lastName"].as_str().unwrap(),
            name["firstName"].as_str().unwrap()
        );
        name["lastName"] = json!(whole);
        name["firstName"] = json!(null);
    }),
    ("masked e-mails", |c| {
        items(c, "emails", "email", |_| json!("***@example.com"))
    }),
];

/// Forms that nothing explains.
const UNEXPLAINED: [(&str, Change); 4] = [
    ("another name", |c| {
        c["contactName"]["lastName"] = json!("G.")
    }),
    ("no name", |c| without(c, "contactName")),
    ("a name in another order", |c| {
        let name = &mut c["contactName"];
        let last = name["lastName"].take();
        name["lastName"] = name["firstName"].take();
        name["firstName"] = last;
    }),
    ("neither e-mail nor telephone", |c| {
        without(c, "emails");
        without(c, "telephones");
    }),
];

fn forms() -> impl Iterator<Item = (&'static str, Change)> {
    KNOWN.into_iter().chain(LEARNED).chain(UNEXPLAINED)
}

/// A bench whose service has this form and loses the answers to these creates, which come one at a time.
fn bench_of(
    form: impl Fn(&mut Value) + Send + Sync + 'static,
    lost: impl IntoIterator<Item = (u64, Fault)>,
    echoes: bool,
) -> Bench {
    let mut bench = bench(Faults::at(lost));
    bench.sandbox.change(|options| {
        rig(options, |rig| {
            rig.quirks = Quirks {
                form: Some(Arc::new(form)),
                echoes,
                ..Quirks::default()
            }
        })
    });
    bench.settings.settle = Duration::from_millis(40);
    bench.settings.concurrency = NonZeroUsize::MIN;
    bench
}

fn records(numbers: std::ops::RangeInclusive<u32>) -> Vec<PlannedRecord> {
    numbers.map(|n| record(whole(n), &n.to_string())).collect()
}

/// Imports, and sees to it that nothing is there twice and every id is right; says whether all are created.
async fn imports(bench: &Bench, name: &str, numbers: std::ops::RangeInclusive<u32>) -> bool {
    let count = numbers.clone().count();
    let (sent, rows) = bench.import(&records(numbers)).await;
    assert_eq!(bench.sandbox.contacts().len(), count, "{name}");
    bench.ids_are_right(&rows);
    let created = sent.counts.of(State::Created);
    assert_eq!(
        created + sent.counts.of(State::Unknown),
        count as u64,
        "{name}"
    );
    for row in rows.iter().filter(|row| row.state == State::Unknown) {
        assert_eq!(row.code.as_deref(), Some(LOOKALIKE), "{name}");
    }
    created == count as u64
}

#[tokio::test]
async fn most_forms_are_recognised_and_no_form_makes_a_second_contact() {
    let mut resolved = Vec::new();
    for (name, form) in forms() {
        let bench = bench_of(form, [(3, Fault::DropAfter)], false);
        if imports(&bench, name, 1..=4).await {
            resolved.push(name);
        }
    }
    println!(
        "{} of {} forms: {resolved:?}",
        resolved.len(),
        forms().count()
    );
    assert_eq!(forms().count(), 46);
    assert!(resolved.len() >= 41, "{resolved:?}");
}

#[tokio::test]
async fn what_no_answer_has_shown_leaves_the_record_to_a_person() {
    for (name, form) in KNOWN {
        assert!(
            imports(&bench_of(form, [(1, Fault::DropAfter)], false), name, 1..=1).await,
            "{name}"
        );
    }
    for (name, form) in LEARNED.into_iter().chain(UNEXPLAINED) {
        let bench = bench_of(form, [(1, Fault::DropAfter)], false);
        assert!(!imports(&bench, name, 1..=1).await, "{name}");
        let ledger = bench.ledger();
        let run = ledger.runs().expect("they are read")[0].id;
        let unknowns: Vec<Unknown> = ledger.unknowns(run).expect("they are read");
        let candidates = ledger.candidates(unknowns[0].id).expect("they are read");
        assert_eq!(
            candidates[0].contact_id,
            bench.sandbox.contacts()[0].id,
            "{name}"
        );
        assert_ne!(candidates[0].differs, "", "{name}");
    }
}

#[tokio::test]
async fn a_form_that_was_learned_counts_in_later_runs() {
    let (name, form) = LEARNED[0];
    let bench = bench_of(form, [(3, Fault::DropAfter)], false);
    assert!(imports(&bench, name, 1..=2).await);
    let (sent, _) = bench.import(&records(3..=3)).await;
    assert_eq!(sent.counts.of(State::Created), 1);
    assert_eq!(bench.sandbox.contacts().len(), 3);
}

#[tokio::test]
async fn an_answer_that_shows_what_was_sent_and_not_what_is_stored_teaches_nothing() {
    let bench = bench_of(LEARNED[0].1, [(3, Fault::DropAfter)], true);
    assert!(!imports(&bench, "echo", 1..=4).await);
}

#[tokio::test]
async fn what_the_service_changes_is_noted_for_each_field() {
    let bench = bench_of(
        |c| {
            c["memo"] = json!("cut");
            without(c, "nickName");
            without(&mut c["contactName"], "middleName");
        },
        [],
        false,
    );
    let (_, rows) = bench.import(&records(1..=1)).await;
    let notes: Vec<Value> =
        serde_json::from_str(rows[0].notes_json.as_deref().unwrap_or("[]")).expect("it is JSON");
    let fields: Vec<_> = notes
        .iter()
        .map(|note| (&note["reason"], &note["source_field"]))
        .collect();
    let reason = json!("SERVICE_CHANGED");
    assert_eq!(
        fields,
        [
            (&reason, &json!("contactName.nickName")),
            (&reason, &json!("memo"))
        ]
    );
}

/// Every property of a contact but those that say which one it is and whose.
const PROPERTIES: [&str; 14] = [
    "permission",
    "contactName",
    "emails",
    "telephones",
    "organizations",
    "events",
    "locations",
    "messengers",
    "websites",
    "memo",
    "contactTagIds",
    "customProperties",
    "createdTime",
    "modifiedTime",
];

/// One thing that a service may do to a property.
#[derive(Debug, Clone, Copy)]
enum Whim {
    Drop,
    Cut,
    Capitals,
    Replace,
    Number,
    Repeat,
    Backwards,
}

const WHIMS: [Whim; 7] = [
    Whim::Drop,
    Whim::Cut,
    Whim::Capitals,
    Whim::Replace,
    Whim::Number,
    Whim::Repeat,
    Whim::Backwards,
];

/// Some cases change what a contact is known by, all of it or a part; some change anything.
fn whims() -> impl Strategy<Value = Vec<(&'static str, Whim)>> {
    let some = |properties: &'static [&'static str], number| {
        let whim = (
            proptest::sample::select(properties),
            proptest::sample::select(&WHIMS[..]),
        );
        proptest::collection::vec(whim, number)
    };
    (some(&PROPERTIES[1..4], 0..5), some(&PROPERTIES, 0..5))
        .prop_map(|(known_by, any)| [known_by, any].concat())
}

fn follow(whims: &[(&str, Whim)], contact: &mut Value) {
    for (property, whim) in whims {
        let value = &mut contact[*property];
        match whim {
            Whim::Drop => without(contact, property),
            Whim::Cut => texts(value, &|text| text.chars().take(3).collect()),
            Whim::Capitals => texts(value, &str::to_uppercase),
            Whim::Replace => texts(value, &|_| "?".to_owned()),
            Whim::Number => *value = json!(7),
            Whim::Repeat => {
                if let Some(items) = value.as_array_mut() {
                    items.extend(items.clone());
                }
            }
            Whim::Backwards => {
                if let Some(items) = value.as_array_mut() {
                    items.reverse();
                }
            }
        }
    }
}

/// Whether a create is done, of which the answer gets lost, or that is answered by that of another.
const LOST: [Fault; 5] = [
    Fault::Replay,
    Fault::DropAfter,
    Fault::DropBefore,
    Fault::ErrorAfter(500),
    Fault::ErrorBefore(500),
];

proptest! {
    // Each case imports twice, over HTTP.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]

    /// Whatever a service does to the form of a contact, a record is never sent twice without a person's word.
    #[test]
    fn no_form_makes_a_second_contact(
        whims in whims(),
        lost in proptest::collection::btree_map(1_u64..=6, proptest::sample::select(&LOST[..]), 1..4),
        echoes in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("it starts");
        runtime.block_on(async {
            let bench = bench_of(move |contact| follow(&whims, contact), lost, echoes);
            for _ in 0..2 {
                let (_, rows) = bench.import(&records(1..=4)).await;
                bench.holds_nobody_twice();
                bench.ids_are_right(&rows);
                let is_said = |row: &RecordRow| {
                    use State::{Created, Exists, Held, Unknown};
                    matches!(row.state, Created | Exists | Held | Unknown)
                };
                assert!(rows.iter().all(is_said), "{rows:?}");
            }
        });
    }
}
