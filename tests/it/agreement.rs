//! The check is the service's check: for any draft, `Contact` accepts exactly when the JSON Schema of the sandbox, which
//! was written from the vendor's document on its own, accepts the JSON that would be sent.

use cardlift::api::payload;
use cardlift::contact::{
    Contact, ContactDraft, Content, Email, Event, Link, Location, Member, Members, Messenger, Name,
    NamePart, Organization, Permission, Property, Telephone, Text, Website,
};
use cardlift::sandbox;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use std::borrow::Cow;

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

fn link() -> impl Strategy<Value = Link<'static>> {
    (maybe(100), url()).prop_map(|(text, link)| Link { text, link })
}

fn property() -> impl Strategy<Value = Property<'static>> {
    let content =
        (text(100), any::<bool>()).prop_map(|(content, represent)| Content { content, represent });
    prop_oneof![
        text(100).prop_map(Property::Text),
        vec(content, 0..12).prop_map(Property::Texts),
        link().prop_map(Property::Link),
        vec((link(), any::<bool>()), 0..12).prop_map(Property::Links),
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
        let json = payload::to_json(&draft);
        let value = serde_json::from_str(&json).expect("a payload is JSON");
        let by_schema = sandbox::validate(&value);
        let mut problems = Vec::new();
        let valid = Contact::check(&draft, &mut problems).is_some();
        prop_assert_eq!(valid, by_schema.is_ok(), "{}\n{:?}\n{:?}", json, problems, by_schema);
    }
}
