//! The check is the service's check: for any draft, `Contact` accepts exactly when the JSON Schema of the sandbox, which
//! was written from the vendor's document on its own, accepts the JSON that would be sent. And for any table: what the check
//! passes, the schema accepts, and what it rejects has a value that the schema rejects, or breaks a rule that the README names.

use cardlift::contact::json;
use cardlift::contact::{
    Contact, ContactDraft, Content, Email, Event, Link, Location, Member, Members, Messenger, Name,
    NamePart, Organization, Permission, Property, Telephone, Text, Website,
};
use cardlift::examine::Verdict;
use cardlift::report::RecordProblem;
use cardlift::sandbox;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::io::Write;
use tempfile::NamedTempFile;

type Str = Text<'static>;

/// A text that is mostly fine and sometimes at or just over a limit, blank, or of strange characters.
fn text(limit: usize) -> impl Strategy<Value = Str> {
    prop_oneof![
        12 => "[a-z가-힣😀]{1,8}",
        1 => Just("".to_owned()),
        1 => Just("\u{3000}\u{85} ".to_owned()),
        1 => Just("\u{feff}\u{200b}".to_owned()),
        1 => Just("😀".repeat(limit)),
        1 => Just("é".repeat(limit + 1)),
        1 => any::<String>(),
    ]
    .prop_map(Text::constant)
}

fn maybe(limit: usize) -> impl Strategy<Value = Option<Str>> {
    option::weighted(0.3, text(limit))
}

fn one_of(allowed: &'static [&'static str]) -> impl Strategy<Value = Str> {
    prop_oneof![
        15 => prop::sample::select(allowed).prop_map(str::to_owned),
        1 => Just("TWITTER".to_owned()),
        1 => "[a-zA-Z]{0,5}",
    ]
    .prop_map(Text::constant)
}

/// A type and, mostly only beside `CUSTOM`, a custom type.
fn kind(allowed: &'static [&'static str]) -> impl Strategy<Value = (Option<Str>, Option<Str>)> {
    let custom = (Just(Some(Text::constant("CUSTOM"))), maybe(100));
    prop_oneof![
        6 => (option::of(one_of(allowed)), Just(None)),
        2 => custom,
        1 => (option::of(one_of(allowed)), maybe(100)),
    ]
}

/// A list with, mostly, its first item primary.
fn list<T: Clone + std::fmt::Debug + 'static>(
    item: impl Strategy<Value = T> + 'static,
    primary: fn(&mut T) -> &mut bool,
) -> BoxedStrategy<Vec<T>> {
    let long = vec(item.boxed(), 0..3).boxed();
    prop_oneof![
        30 => (long.clone(), Just(true)),
        1 => (long.clone(), Just(false)),
        1 => (long.prop_map(|items| items.into_iter().cycle().take(101).collect()), Just(true)),
    ]
    .prop_map(move |(mut items, mend)| {
        if mend {
            for (index, item) in items.iter_mut().enumerate() {
                *primary(item) = index == 0;
            }
        }
        items
    })
    .boxed()
}

fn permission() -> impl Strategy<Value = Permission<'static>> {
    let member = (text(100), one_of(&["USER", "ORGUNIT", "GROUP"]))
        .prop_map(|(id, kind)| Member { id, kind })
        .boxed();
    let members = prop_oneof![
        10 => vec(member.clone(), 0..3),
        1 => Just((0..501).map(|n| Member {
            id: Text::constant(n.to_string()),
            kind: Text::constant("USER"),
        }).collect()),
        1 => member.prop_map(|member| vec![member.clone(), member]),
    ];
    let range = option::weighted(0.95, one_of(&["ALL", "ALL", "MEMBER"]));
    (range, maybe(100), any::<Option<bool>>(), members).prop_map(
        |(accessible_range, master_user_id, is_co_editing, members)| Permission {
            accessible_range,
            master_user_id,
            is_co_editing,
            accessible_members: Members::Own(members),
        },
    )
}

fn name() -> impl Strategy<Value = Name<'static>> {
    let parts = (option::weighted(0.9, text(100)), vec(maybe(100), 7));
    parts.prop_map(|(first, rest)| {
        let mut name = Name::default();
        for (part, text) in NamePart::ALL
            .into_iter()
            .zip(std::iter::once(first).chain(rest))
        {
            *name.part(part) = text;
        }
        name
    })
}

fn telephone() -> impl Strategy<Value = Str> {
    prop_oneof![
        12 => "[0-9+*#PTpt() \u{3000}-]{1,20}",
        1 => "[0-9]{3,5}[a-zA-Z.,０\u{a0}]?",
        1 => Just("".to_owned()),
        1 => Just("0".repeat(300)),
        1 => any::<String>(),
    ]
    .prop_map(Text::constant)
}

fn date() -> impl Strategy<Value = Str> {
    prop_oneof![
        6 => (1u32..10_000, 1u32..13, 1u32..29).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}")),
        2 => (1890u32..2110, 2u32..3, 27u32..31).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}")),
        1 => (0u32..10_000, 0u32..14, 0u32..33).prop_map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}")),
        1 => "[0-9０-９/ -]{0,11}",
        1 => Just(" ".to_owned()),
    ]
    .prop_map(Text::constant)
}

fn url() -> impl Strategy<Value = Str> {
    prop_oneof![
        8 => "(http|HTTPS)://[a-z.]{1,9}(/[a-z가?#=&%]{0,5})?",
        1 => "(ftp|http|https)://[ -~\u{80}-\u{a0}가]{0,6}",
        1 => "(http|https):/{0,3}[a-z<>\" /?#]{0,6}",
        1 => Just(format!("https://example.com/{}", "x".repeat(280))),
        1 => Just(format!("https://example.com/{}", "x".repeat(281))),
        1 => any::<String>(),
    ]
    .prop_map(Text::constant)
}

fn link(represent: impl Strategy<Value = Option<bool>>) -> impl Strategy<Value = Link<'static>> {
    (maybe(100), url(), represent).prop_map(|(text, link, represent)| Link {
        text,
        link,
        represent,
    })
}

fn property() -> impl Strategy<Value = Property<'static>> {
    let content =
        (text(100), any::<bool>()).prop_map(|(content, represent)| Content { content, represent });
    prop_oneof![
        text(100).prop_map(Property::Text),
        vec(content, 0..12).prop_map(Property::Texts),
        link(Just(None)).prop_map(Property::Link),
        vec(link(any::<bool>().prop_map(Some)), 0..12).prop_map(Property::Links),
    ]
}

fn draft() -> impl Strategy<Value = ContactDraft<'static>> {
    use cardlift::contact::limits;
    let typed = |allowed| kind(allowed).boxed();
    let emails = list(
        text(256).prop_map(|email| Email {
            primary: false,
            email,
        }),
        |one| &mut one.primary,
    );
    let telephones = list(
        (telephone(), typed(limits::TELEPHONE_TYPES)).prop_map(
            |(telephone, (kind, custom_type))| Telephone {
                primary: false,
                telephone,
                kind,
                custom_type,
            },
        ),
        |one| &mut one.primary,
    );
    let organizations = list(
        (maybe(100), maybe(100), maybe(100)).prop_map(|(name, department, title)| Organization {
            primary: false,
            name,
            department,
            title,
        }),
        |one| &mut one.primary,
    );
    let day = option::weighted(0.5, one_of(limits::DAY_TYPES));
    let events = list(
        (date(), typed(limits::EVENT_TYPES), day).prop_map(
            |(date, (kind, custom_type), day_type)| Event {
                primary: false,
                date,
                kind,
                custom_type,
                day_type,
            },
        ),
        |one| &mut one.primary,
    );
    let locations = list(
        (text(100), typed(limits::LOCATION_TYPES), maybe(100)).prop_map(
            |(address, (kind, custom_type), zip_code)| Location {
                primary: false,
                address,
                kind,
                custom_type,
                zip_code,
            },
        ),
        |one| &mut one.primary,
    );
    let messengers = list(
        (text(100), typed(limits::MESSENGER_TYPES)).prop_map(|(id, (kind, custom_type))| {
            Messenger {
                primary: false,
                id,
                kind,
                custom_type,
            }
        }),
        |one| &mut one.primary,
    );
    let websites = list(
        text(100).prop_map(|url| Website {
            primary: false,
            url,
        }),
        |one| &mut one.primary,
    );
    let names = prop_oneof![9 => "[A-Za-z_][A-Za-z0-9_]{0,9}", 1 => "[a-z0-9 -]{0,4}", 1 => Just("x".repeat(121))];
    let properties = prop::collection::btree_map(names.prop_map(Cow::Owned), property(), 0..7);
    let rest = (
        maybe(4000),
        vec(text(40), 0..3),
        option::weighted(0.3, properties),
    );
    (
        (permission(), name()),
        (emails, telephones, organizations, events),
        (locations, messengers, websites),
        rest,
    )
        .prop_map(
            |(
                (permission, contact_name),
                (emails, telephones, organizations, events),
                (locations, messengers, websites),
                (memo, contact_tag_ids, custom_properties),
            )| ContactDraft {
                permission,
                contact_name,
                emails,
                telephones,
                organizations,
                events,
                locations,
                messengers,
                websites,
                memo,
                contact_tag_ids,
                custom_properties: custom_properties.unwrap_or_default(),
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4000,
        failure_persistence: None,
        max_shrink_iters: 4000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_contact_is_valid_exactly_when_the_schema_takes_its_json(draft in draft()) {
        let json = json::to_json(&draft);
        let value = serde_json::from_str(&json).expect("a payload is JSON");
        let by_schema = sandbox::validate(&value);
        let mut problems = Vec::new();
        let valid = Contact::check(&draft, &mut problems).is_some();
        prop_assert_eq!(valid, by_schema.is_ok(), "{}\n{:?}\n{:?}", json, problems, by_schema);
    }
}

/// Header rows that people write, in many languages.
const HEADERS: &str = include_str!("../../src/mapping/guess/tests/headers.txt");

/// The rules that the README names as cardlift's own.
const OURS: [&str; 4] = [
    "EMAIL_INVALID",
    "ROW_TOO_LONG",
    "TOTAL_ROW",
    "HEADER_REPEATED",
];

/// A name of a column: one that people write, or none that is known.
fn column() -> impl Strategy<Value = String> {
    let lines = HEADERS.lines().filter(|line| !line.starts_with('#'));
    let cells = lines.filter_map(|line| line.split_once(": "));
    let cells = cells.flat_map(|(_, cells)| cells.split(" | "));
    let names: Vec<&str> = cells
        .filter_map(|cell| cell.rsplit_once('='))
        .map(|(name, _)| name)
        .collect();
    prop_oneof![
        12 => prop::sample::select(names).prop_map(str::to_owned),
        1 => "[A-Za-z가-힣 #0-9]{0,8}",
    ]
}

/// What stands in cells: right, messy, and anything.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        9 => Just(String::new()),
        3 => "[A-Z][a-z]{1,6} [A-Z][a-z]{1,6}|[김이박][가-힣]{2}|[山田佐藤]{2} [太花一]{2}",
        3 => "[a-z]{1,4}@example\\.(com|jp)|[a-z]@@b|a b@c|<[a-z]@[a-z]>|Ann <a@b\\.c>; c@d",
        3 => "(\\+|0)[0-9]{1,3}[-. /()][0-9]{3,4}[-. ~/][0-9]{3,5}( ?(ext\\.|x|내선|P) ?[0-9]{1,3})?",
        1 => "[0-9]{1,2}[./-][0-9]{1,2}[./-]([0-9]{2}|[0-9]{4})|(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]|昭和[0-9]{2}年[1-9]月[1-9]日",
        1 => prop::sample::select(vec!["-", "N/A", "없음", "#N/A", "=\"010\"", "'+82", "1.01E+09", "44197", "true", "음력", "VIP ::: B", "합계", "https://example.com", "x y", "〒100-0001", "\u{0}a", "a\u{fffd}", "?", "1", "12345678901"]).prop_map(str::to_owned),
        1 => (95usize..105).prop_map(|length| "é".repeat(length)),
        1 => Just("😀".repeat(4001)),
        1 => any::<String>(),
    ]
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    let columns = vec(column(), 0..7).prop_map(|mut columns| {
        columns.extend(["Name", "Email", "Phone"].map(str::to_owned));
        columns
    });
    columns.prop_flat_map(|columns| {
        let width = columns.len();
        let row = prop_oneof![9 => vec(cell(), width), 1 => vec(cell(), width + 1)];
        vec(row, 1..6).prop_map(move |mut rows| {
            rows.insert(0, columns.clone());
            rows
        })
    })
}

fn written(table: &[Vec<String>]) -> NamedTempFile {
    let mut file = NamedTempFile::with_suffix(".csv").expect("there is a folder for such files");
    let mut csv = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in table {
        csv.write_record(row).expect("rows are written to memory");
    }
    let bytes = csv.into_inner().expect("rows are written to memory");
    file.write_all(&bytes)
        .expect("a temporary file can be written");
    file
}

/// A contact that the schema accepts, with this value in the field that a problem names; without what is said to be missing.
fn contact_with(problem: &RecordProblem) -> Value {
    let mut contact = json!({
        "permission": { "accessibleRange": "ALL" },
        "contactName": { "lastName": "A" },
        "emails": [{ "primary": true, "email": "a@example.com" }],
    });
    assert!(sandbox::validate(&contact).is_ok());
    let value = problem.value.as_str();
    let (list, part) = match problem.field.split_once(['[', '.']) {
        Some((list, rest)) => (list, rest.rsplit(['.', ']']).next().unwrap_or_default()),
        None => (&*problem.field, ""),
    };
    match (list, part) {
        ("contactName", "") => contact["contactName"] = json!({}),
        ("emails", "") => contact["emails"] = json!([]),
        ("contactName", part) => contact["contactName"][part] = json!(value),
        ("memo", _) => contact["memo"] = json!(value),
        (list, part) => {
            let mut item = json!({ "primary": true });
            match list {
                "events" => item["date"] = json!("2000-01-01"),
                "locations" => item["address"] = json!("A"),
                "messengers" => item["id"] = json!("A"),
                _ => {}
            }
            item[part] = json!(value);
            contact[list] = json!([item]);
        }
    }
    contact
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_row_of_any_table_is_valid_only_if_the_schema_takes_it_and_invalid_only_with_a_reason(table in table()) {
        let file = written(&table);
        for verdict in crate::makers::file::verdicts(file.path()).unwrap_or_default() {
            match verdict {
                Verdict::Valid { payload, .. } => {
                    let value = serde_json::from_str(&payload).expect("a payload is JSON");
                    let by_schema = sandbox::validate(&value);
                    prop_assert!(by_schema.is_ok(), "{payload}\n{by_schema:?}");
                }
                Verdict::Invalid(problems) => {
                    let is_reason = |problem: &RecordProblem| {
                        OURS.contains(&&*problem.code)
                            || sandbox::validate(&contact_with(problem)).is_err()
                    };
                    let said: Vec<_> = problems.iter().map(|one| (&one.code, &one.field, &one.value)).collect();
                    prop_assert!(problems.iter().all(is_reason), "{said:?}");
                }
                Verdict::Duplicate { .. } => {}
            }
        }
    }
}
