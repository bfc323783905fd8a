//! Single properties, and what they do to each other.

use super::{assert_maps, card, mapped};
use crate::source::vcard::LONGEST_VALUE;
use serde_json::{Value, json};

/// The first item of a list that a card with these lines gives.
fn item(version: &str, lines: &str, list: &str) -> Value {
    let (payload, _) = mapped(card(version, lines).as_bytes());
    payload[list][0].clone()
}

#[test]
fn types_and_labels_of_telephones() {
    for (header, kind, custom) in [
        ("TEL", "OTHER", None),
        ("TEL;VOICE", "OTHER", None),
        ("TEL;TYPE=pref,voice,msg", "OTHER", None),
        ("TEL;CELL", "CELLPHONE", None),
        ("tel;type=cell;type=VOICE;type=pref", "CELLPHONE", None),
        ("TEL;TYPE=\"work,cell\"", "CELLPHONE", None),
        ("TEL;TYPE=CELL,IPHONE", "CELLPHONE", None),
        ("TEL;WORK;VOICE", "WORK", None),
        ("TEL;TYPE=WORK,WORK", "WORK", None),
        ("TEL;TYPE=HOME", "HOME", None),
        ("TEL;WORK;FAX", "WORK_FAX", None),
        ("TEL;TYPE=FAX,HOME", "HOME_FAX", None),
        ("TEL;FAX;VOICE", "CUSTOM", Some("FAX")),
        ("TEL;TYPE=PAGER", "CUSTOM", Some("PAGER")),
        ("TEL;WORK;PAGER", "CUSTOM", Some("WORK PAGER")),
        ("TEL;TYPE=MAIN", "CUSTOM", Some("MAIN")),
        ("TEL;WORK;HOME", "CUSTOM", Some("WORK HOME")),
        ("TEL;TYPE=차", "CUSTOM", Some("차")),
        ("TEL;X-Summer house", "CUSTOM", Some("Summer house")),
        ("TEL;TYPE=x-mobile", "CELLPHONE", None),
        ("TEL;X-IRMC-CALL;CELL", "CELLPHONE", None),
    ] {
        let mut wanted = json!({"primary": true, "telephone": "010-0000-0001", "type": kind});
        if let Some(custom) = custom {
            wanted["customType"] = custom.into();
        }
        let line = format!("{header}:010-0000-0001");
        assert_eq!(item("3.0", &line, "telephones"), wanted, "{header}");
    }
    for (label, kind, custom) in [
        ("_$!<Mobile>!$_", "CELLPHONE", None),
        ("_$!<HomeFAX>!$_", "HOME_FAX", None),
        ("회사", "WORK", None),
        ("iPhone", "CELLPHONE", None),
        ("Google Voice", "CUSTOM", Some("Google Voice")),
        ("전화", "HOME", None),
    ] {
        let mut wanted = json!({"primary": true, "telephone": "010-0000-0001", "type": kind});
        if let Some(custom) = custom {
            wanted["customType"] = custom.into();
        }
        let lines = format!("a.TEL;TYPE=HOME:010-0000-0001\nA.X-ABLabel:{label}");
        assert_eq!(item("3.0", &lines, "telephones"), wanted, "{label}");
    }
}

#[test]
fn a_telephone_that_stands_twice_keeps_the_type_that_it_has_once() {
    let lines = "TEL;PREF:02-000-0001\nTEL;WORK:02-000-0001\nTEL:02-000-0002\nTEL:02-000-0002";
    assert_maps(
        "2.1",
        lines,
        &json!({"contactName": {}, "telephones": [
            {"primary": true, "telephone": "02-000-0001", "type": "WORK"},
            {"primary": false, "telephone": "02-000-0002", "type": "OTHER"},
        ]}),
        &["repeated TEL: 02-000-0002", "repeated TEL: 02-000-0001"],
    );
}

#[test]
fn the_smallest_preference_is_the_primary_one() {
    let lines = "EMAIL:a@example.com\nEMAIL;PREF=20:b@example.com\nEMAIL;PREF=10:c@example.com";
    let (payload, _) = mapped(card("4.0", lines).as_bytes());
    let primary = |index: usize| payload["emails"][index]["primary"].clone();
    assert_eq!([0, 1, 2].map(primary), [false, false, true]);
}

#[test]
fn dates_in_the_forms_of_cards() {
    let birthday = |date: &str| json!({"primary": true, "date": date, "type": "BIRTHDAY"});
    for (line, wanted) in [
        ("BDAY:1996-04-15", birthday("1996-04-15")),
        ("BDAY:19960415", birthday("1996-04-15")),
        ("BDAY;VALUE=date:1996-04-15", birthday("1996-04-15")),
        ("BDAY:1953-10-15T23:10:00Z", birthday("1953-10-15")),
        ("BDAY:19531015T231000+0900", birthday("1953-10-15")),
        ("BDAY;CALSCALE=gregorian:19960415", birthday("1996-04-15")),
        (
            "BDAY;CALSCALE=chinese:1996-04-15",
            json!({"primary": true, "date": "1996-04-15", "dayType": "LUNAR", "type": "BIRTHDAY"}),
        ),
        (
            "a.X-ABDATE:1996-04-15\na.X-ABLabel:음력 생일",
            json!({"primary": true, "date": "1996-04-15", "dayType": "LUNAR", "type": "BIRTHDAY"}),
        ),
        (
            "X-ALTBDAY;CALSCALE=chinese:1996-04-15",
            json!({"primary": true, "date": "1996-04-15", "dayType": "LUNAR", "type": "BIRTHDAY"}),
        ),
        (
            "X-ANNIVERSARY:2001-02-03",
            json!({"primary": true, "date": "2001-02-03", "type": "ANNIVERSARY"}),
        ),
        (
            "X-ABDATE:2001-02-03",
            json!({"primary": true, "date": "2001-02-03", "type": "OTHER"}),
        ),
    ] {
        assert_eq!(item("3.0", line, "events"), wanted, "{line}");
    }
}

#[test]
fn dates_that_are_not_whole_are_carried_over() {
    for (line, note) in [
        ("BDAY:--0412", "date_without_year BDAY: --0412"),
        ("BDAY:--04-12", "date_without_year BDAY: --04-12"),
        ("BDAY:1604-04-12", "date_without_year BDAY: 1604-04-12"),
        (
            "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12",
            "date_without_year BDAY: 1604-04-12",
        ),
        ("BDAY:1985", "date_unreadable BDAY: 1985"),
        ("BDAY:1985-04", "date_unreadable BDAY: 1985-04"),
        ("BDAY:---12", "date_unreadable BDAY: ---12"),
        ("BDAY:T102200", "date_unreadable BDAY: T102200"),
        (
            "BDAY;VALUE=text:circa 1800",
            "date_unreadable BDAY: circa 1800",
        ),
        (
            "BDAY;CALSCALE=hebrew:5756-01-26",
            "date_unreadable BDAY: 5756-01-26",
        ),
        (
            "X-ALTBDAY;CALSCALE=chinese:78-33-02-28",
            "date_unreadable X-ALTBDAY: 78-33-02-28",
        ),
        (
            "X-ALTBDAY:1996-04-15",
            "date_unreadable X-ALTBDAY: 1996-04-15",
        ),
        ("BDAY:0000-00-00", "placeholder BDAY: 0000-00-00"),
        (
            "BDAY:1996-02-31",
            "DATE_INVALID BDAY events[0].date: 1996-02-31",
        ),
    ] {
        assert_maps("3.0", line, &json!({"contactName": {}}), &[note]);
    }
    let lines = "a.X-ABDATE:--0509\na.X-ABLabel:개업";
    let notes = [
        "date_without_year a.X-ABDATE: --0509",
        "label a.X-ABDATE: 개업",
    ];
    assert_maps("3.0", lines, &json!({"contactName": {}}), &notes);
}

#[test]
fn accounts_in_the_forms_of_cards() {
    let custom = |service: &str, id: &str| json!({"primary": true, "id": id, "type": "CUSTOM", "customType": service});
    let known = |kind: &str, id: &str| json!({"primary": true, "id": id, "type": kind});
    for (line, wanted) in [
        (
            "IMPP:xmpp:a%40b@example.com",
            custom("XMPP", "a@b@example.com"),
        ),
        (
            "IMPP;X-SERVICE-TYPE=GoogleTalk:xmpp:a@example.com",
            custom("GoogleTalk", "a@example.com"),
        ),
        (
            "IMPP;X-SERVICE-TYPE=Facebook:xmpp:kim",
            known("FACEBOOK", "kim"),
        ),
        ("IMPP:aim:goim?screenname=kim", custom("AIM", "kim")),
        ("IMPP:skype:kim?call", custom("Skype", "kim")),
        ("IMPP:other:kim", custom("other", "kim")),
        (
            "IMPP:kim",
            json!({"primary": true, "id": "kim", "type": "CUSTOM"}),
        ),
        (
            "a.IMPP:kim\na.X-ABLabel:카카오톡",
            custom("카카오톡", "kim"),
        ),
        ("X-AIM:kim", custom("AIM", "kim")),
        ("X-SKYPE-USERNAME:kim", custom("Skype", "kim")),
        ("X-LINE:kim", known("LINE", "kim")),
        ("X-TWITTER:kim", known("X", "kim")),
        (
            "X-SIP:sip:kim@example.com",
            custom("SIP", "kim@example.com"),
        ),
        ("X-JABBER:kim:home", custom("Jabber", "kim:home")),
        (
            "X-SOCIALPROFILE;type=twitter:http://twitter.example/kim/",
            known("X", "kim"),
        ),
        (
            "X-SOCIALPROFILE;type=facebook;x-user=kim:http://facebook.example/profile?id=1",
            known("FACEBOOK", "kim"),
        ),
        (
            "X-SOCIALPROFILE;type=flickr:http://example.com/?u=kim",
            custom("flickr", "http://example.com/?u=kim"),
        ),
        (
            "X-SOCIALPROFILE;type=sinaweibo:x-apple:kim",
            custom("sinaweibo", "kim"),
        ),
        (
            "SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://social.example/@kim",
            custom("Mastodon", "@kim"),
        ),
    ] {
        assert_eq!(item("3.0", line, "messengers"), wanted, "{line}");
    }
}

#[test]
fn a_card_without_a_person_is_named_after_its_organization() {
    let wanted = json!({
        "contactName": {"firstName": "예시상사"},
        "organizations": [{"primary": true, "name": "예시상사"}],
    });
    let named = "named_after_organization ORG: 예시상사";
    let lines = "N:;;;;\nFN:예시상사\nORG:예시상사;\nX-ABShowAs:COMPANY";
    assert_maps("3.0", lines, &wanted, &["repeated FN: 예시상사", named]);
    let lines = "FN:예시상사\nORG:예시상사";
    assert_maps("3.0", lines, &wanted, &["repeated FN: 예시상사", named]);
    let lines = "N:;;;;\nFN:고객센터\nORG:예시상사\nX-ABShowAs:COMPANY";
    assert_maps("3.0", lines, &wanted, &["no_place FN: 고객센터", named]);
}

#[test]
fn only_a_name_without_parts_is_split() {
    let name = |lines: &str| mapped(card("3.0", lines).as_bytes()).0["contactName"].clone();
    let split = json!({"firstName": "민", "lastName": "남궁"});
    assert_eq!(name("FN:남궁민"), split);
    assert_eq!(name("N:;;;;\nFN:남궁민"), split);
    assert_eq!(
        name("N:;남궁민;;;\nFN:남궁민"),
        json!({"firstName": "남궁민"})
    );
    let parts = json!({"firstName": "John", "lastName": "Stevenson", "middleName": "Philip Paul",
        "prefix": "Dr.", "suffix": "Jr. M.D."});
    assert_eq!(name("N:Stevenson;John;Philip,Paul;Dr.;Jr.,M.D."), parts);
    assert_eq!(
        name("N:Example, Inc.;;;;"),
        json!({"lastName": "Example, Inc."})
    );
}

#[test]
fn parts_of_a_second_name_are_not_mixed_with_the_first() {
    let notes = ["repeated N: Kim", "no_place N: Sua", "no_place N: Dr."];
    let wanted = json!({"contactName": {"firstName": "Minji", "lastName": "Kim"}});
    assert_maps("3.0", "N:Kim;Minji;;;\nN:Kim;Sua;;Dr.;", &wanted, &notes);
    let lines = "N;ALTID=1:安藤;光;;;\nN;ALTID=1;PHONETIC=ipa:Ando;Hikaru;;;";
    let wanted = json!({"firstName": "光", "lastName": "安藤",
        "phoneticFirstName": "Hikaru", "phoneticLastName": "Ando"});
    let (payload, _) = mapped(card("3.0", lines).as_bytes());
    assert_eq!(payload["contactName"], wanted);
}

#[test]
fn a_sort_key_is_a_reading_only_in_kana() {
    let lines = "N:山田;太郎;;;\nSORT-STRING:やまだ;たろう";
    let wanted = json!({"contactName": {"firstName": "太郎", "lastName": "山田",
        "phoneticFirstName": "たろう", "phoneticLastName": "やまだ"}});
    assert_maps("3.0", lines, &wanted, &[]);
    let wanted = json!({"contactName": {"firstName": "Rene", "lastName": "van der Harten"}});
    let lines = "N:van der Harten;Rene;;;\nSORT-STRING:Harten";
    assert_maps("3.0", lines, &wanted, &["repeated SORT-STRING: Harten"]);
    let lines = "N:van der Harten;Rene;;;\nSORT-STRING:000";
    assert_maps("3.0", lines, &wanted, &["no_place SORT-STRING: 000"]);
}

#[test]
fn titles_go_to_the_organization_of_their_group_or_to_the_next() {
    let places = |lines: &str| mapped(card("3.0", lines).as_bytes()).0["organizations"].clone();
    let wanted = json!([
        {"primary": true, "name": "A", "title": "Buyer"},
        {"primary": false, "name": "B", "title": "Seller"},
    ]);
    assert_eq!(places("TITLE:Buyer\nORG:A\nORG:B\nTITLE:Seller"), wanted);
    assert_eq!(
        places("a.ORG:A\nb.ORG:B\nb.TITLE:Seller\na.TITLE:Buyer"),
        wanted
    );
    assert_eq!(
        places("TITLE:Buyer"),
        json!([{"primary": true, "title": "Buyer"}])
    );
    assert_eq!(
        places("ORG:A;B;C\nROLE:Buyer"),
        json!([{"primary": true, "name": "A", "department": "B / C", "title": "Buyer"}])
    );
    let wanted = json!({"contactName": {"firstName": "A"},
        "organizations": [{"primary": true, "name": "A", "department": "D", "title": "Buyer"}]});
    let notes = [
        "no_place TITLE: Seller",
        "repeated ROLE: Buyer",
        "named_after_organization X-COMPANY: A",
    ];
    let lines = "X-COMPANY:A\nX-DEPARTMENT:D\nTITLE:Buyer\nTITLE:Seller\nROLE:Buyer";
    assert_maps("3.0", lines, &wanted, &notes);
}

#[test]
fn an_address_label_stands_for_an_address_that_is_missing() {
    let lines = "ADR;HOME:;;1 Example St;Sampletown;;10001;\nLABEL;HOME:1 Example St\\nSampletown 10001\n\
        LABEL;HOME:By the lake\nLABEL;WORK:2 Hill Road\\nHilltown";
    let wanted = json!({"contactName": {}, "locations": [
        {"primary": true, "address": "1 Example St, Sampletown", "zipCode": "10001", "type": "HOME"},
        {"primary": false, "address": "2 Hill Road, Hilltown", "type": "WORK"},
    ]});
    let notes = [
        "repeated LABEL;HOME: 1 Example St\nSampletown 10001",
        "no_place LABEL;HOME: By the lake",
    ];
    assert_maps("3.0", lines, &wanted, &notes);
    let only_code = "ADR;TYPE=dom,home,postal:;;;;;06000;";
    let wanted = json!({"primary": true, "address": "06000", "zipCode": "06000", "type": "HOME"});
    assert_eq!(item("3.0", only_code, "locations"), wanted);
}

#[test]
fn what_nothing_is_mapped_from_is_said() {
    let lines = "KIND:group\nMEMBER:urn:uuid:1\nGENDER:F\nCLASS:PUBLIC\nUID:1\nREV:1\nX-HOBBY:a\\, b\\;c\n\
        a.NOTE:memo\na.X-ABLabel:stray\nX-ABLabel:alone\nPHOTO;VALUE=uri:https://example.com/a.jpg\nEMPTY:";
    let notes = [
        "unmapped KIND: group",
        "relation MEMBER: urn:uuid:1",
        "unmapped GENDER: F",
        "unmapped X-HOBBY: a, b;c",
        "binary PHOTO: https://example.com/a.jpg",
        "label a.X-ABLABEL: stray",
        "label X-ABLABEL: alone",
        "GROUP_CARD configuration : ",
    ];
    let wanted = json!({"contactName": {}, "memo": "memo"});
    assert_maps("3.0", lines, &wanted, &notes);
}

#[test]
fn what_the_reader_found_is_noted_with_its_line() {
    let wanted = json!({"contactName": {"firstName": "Kim"}});
    let notes =
        ["reader card: no property at all (line 4: the line is not a property and was ignored)"];
    assert_maps("3.0", "FN:Kim\nno property at all", &wanted, &notes);
    let (_, notes) = mapped(card("4.0", "FN:Kim\nREV:yesterday").as_bytes());
    assert!(
        notes[0].starts_with("rfc6350 REV:  (line 4: REV: "),
        "{notes:?}"
    );
    let (_, notes) = mapped(card("3.0", "FN:Kim\nREV:yesterday").as_bytes());
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn a_card_with_nothing_in_it_is_a_problem() {
    let notes = ["CARD_UNREADABLE configuration : "];
    assert_maps("3.0", "", &json!({"contactName": {}}), &notes);
}

#[test]
fn a_value_that_is_too_large_is_said_to_be_left_out() {
    let lines = format!("FN:Kim\nNOTE:{}", "a".repeat(LONGEST_VALUE + 1));
    let (payload, notes) = mapped(card("3.0", &lines).as_bytes());
    assert_eq!(payload, json!({"contactName": {"firstName": "Kim"}}));
    assert!(notes[0].starts_with("too_long NOTE:  (26214"), "{notes:?}");
    assert!(notes[1].starts_with("reader NOTE: "), "{notes:?}");
}
