//! Laws over generated cards.

use super::{card, mapped};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// Names that have a way of their own, and some that have none.
const NAMES: &[&str] = &[
    "N",
    "FN",
    "NICKNAME",
    "SORT-STRING",
    "X-PHONETIC-FIRST-NAME",
    "X-PHONETIC-LAST-NAME",
    "X-PHONETIC-MIDDLE-NAME",
    "SOUND;X-IRMC-N",
    "SOUND",
    "TEL",
    "X-MS-TEL",
    "EMAIL",
    "ORG",
    "TITLE",
    "ROLE",
    "X-COMPANY",
    "X-DEPARTMENT",
    "BDAY",
    "ANNIVERSARY",
    "X-ABDATE",
    "X-ALTBDAY",
    "X-ANDROID-CUSTOM",
    "ADR",
    "LABEL",
    "URL",
    "IMPP",
    "X-AIM",
    "X-LINE",
    "X-TWITTER",
    "X-SOCIALPROFILE",
    "NOTE",
    "CATEGORIES",
    "PHOTO",
    "KEY",
    "RELATED",
    "X-ABRELATEDNAMES",
    "AGENT",
    "X-ABLABEL",
    "GEO",
    "KIND",
    "CLASS",
    "X-WHATEVER",
];

const PARAMS: &[&str] = &[
    "",
    "",
    "",
    ";TYPE=HOME",
    ";TYPE=\"work,voice\";PREF=1",
    ";WORK;FAX",
    ";TYPE=pref",
    ";TYPE=가나",
    ";X-Clubhouse",
    ";LABEL=\"Labelled lines\\nBelow\"",
    ";CALSCALE=chinese",
    ";VALUE=text",
    ";SORT-AS=\"Sorted,Asif\"",
    ";X-SERVICE-TYPE=Skype",
    ";X-USER=Usernamed",
    ";X-APPLE-OMIT-YEAR=1604",
    ";PHONETIC=ipa",
];

/// What a parameter says that is a value of the person, by the property that has it.
const SAID: &[(&str, &str, &[&str])] = &[
    ("ADR", "LABEL=", &["Labelled", "lines", "Below"]),
    ("N", "SORT-AS=", &["Sorted", "Asif"]),
    ("ORG", "SORT-AS=", &["Sorted", "Asif"]),
    ("X-SOCIALPROFILE", "X-USER=", &["Usernamed"]),
];

fn value() -> impl Strategy<Value = String> {
    let word = || {
        prop_oneof![
            "[a-z]{4,6}[0-9]{2}",
            "[가-힣]{3,4}",
            "[ぁ-ん]{3,4}",
            "[ｦ-ﾝ]{3,5}",
            "[0-9]{5,8}",
        ]
    };
    let between = select(vec![
        " ", " ", ";", ";", ",", ", ", "\\,", "\\;", "\\n", ":", "/", "@", "-", "\\\\", "://",
    ]);
    let words = prop::collection::vec((word(), between), 0..5).prop_map(|words| {
        words
            .into_iter()
            .flat_map(|(a, b)| [a, b.to_owned()])
            .collect()
    });
    prop_oneof![
        4 => words,
        1 => select(vec![
            "1990-01-02", "19900102", "--0412", "1604-04-12", "1990", "12/31/1990", "1990-02-30",
            "tel:+82-10-0000-0001;ext=12", "010-0000-0001", "mailto:a1@example.com", "skype:abcd",
            "xmpp:some%40body@example.com", "https://example.com/some/body/", "individual",
            "vnd.android.cursor.item/contact_event;1990-01-02;0;음력 Moved;;rest1",
            "vnd.android.cursor.item/relation;Somebody;14;;rest2",
            "vnd.android.cursor.item/nickname;Nicky;x;Labelly;",
            " padded ", "_$!<Mobile>!$_", "Mobile",
        ]).prop_map(str::to_owned),
    ]
}

prop_compose! {
    fn line()(
        group in select(vec!["", "", "item1.", "item2."]),
        name in select(NAMES),
        param in select(PARAMS),
        value in value(),
    ) -> (String, &'static str, &'static str, String) {
        (format!("{group}{name}{param}:{value}"), name, param, value)
    }
}

/// All texts of a payload, each on a line of its own.
fn texts(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => {
            out.push_str(text);
            out.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, out)),
        Value::Object(members) => members.values().for_each(|member| texts(member, out)),
        _ => {}
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Words that a property may lose, since they decided a type or say how to read the rest of it.
fn is_spent(name: &str, value: &str, word: &str) -> bool {
    match name {
        "X-ABLABEL" => word == "Mobile",
        "KIND" => value == "individual",
        "X-ANDROID-CUSTOM" => value.starts_with("vnd.") && ["0", "14"].contains(&word),
        _ => false,
    }
}

proptest! {
    #[test]
    fn nothing_is_lost(
        version in select(vec!["2.1", "3.0", "4.0"]),
        lines in prop::collection::vec(line(), 1..12),
    ) {
        let text: Vec<&str> = lines.iter().map(|line| line.0.as_str()).collect();
        let file = card(version, &text.join("\n"));
        let (payload, notes) = mapped(file.as_bytes());
        let mut all = notes.join("\n");
        all.push('\n');
        texts(&payload, &mut all);
        for (line, name, param, value) in &lines {
            let plain = crate::source::vcard::unescape(value);
            let said = SAID.iter().filter(|said| said.0 == *name && param.contains(said.1));
            let said = said.filter(|_| !value.is_empty()).flat_map(|said| said.2.iter().copied());
            let is_android = |word: &str| {
                plain.starts_with("vnd.") && ["vnd", "android", "cursor", "item", "contact", "event", "relation", "nickname"].contains(&word)
            };
            for word in words(&plain).chain(said) {
                prop_assert!(
                    all.contains(word) || is_android(word) || is_spent(name, value, word),
                    "{word} of {line} is in none of\n{all}"
                );
            }
        }
    }

    #[test]
    fn any_text_is_mapped_without_a_panic(
        version in select(vec!["2.1", "3.0", "4.0"]),
        lines in prop::collection::vec((select(NAMES), select(PARAMS), any::<String>(), any::<String>()), 1..8),
    ) {
        let lines: Vec<String> = lines
            .into_iter()
            .map(|(name, param, more, value)| format!("a.{name}{param};TYPE={more}:{value}"))
            .collect();
        mapped(card(version, &lines.join("\n")).as_bytes());
    }
}
