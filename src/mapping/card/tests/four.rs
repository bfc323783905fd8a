//! Version 4.0, as RFC 6350 has it.

use super::assert_becomes;
use serde_json::json;

const FOUR: &str = "BEGIN:VCARD\r
VERSION:4.0\r
KIND:individual\r
FN;PREF=1:安藤 光\r
N;SORT-AS=\"あんどう,ひかる\":安藤;光;;;\r
NICKNAME:ひかり\r
BDAY:--0412\r
ANNIVERSARY;VALUE=text:spring of 2001\r
GENDER:F\r
ADR;TYPE=home;LABEL=\"東京都千代田区例町1-1\\n100-0001\";GEO=\"geo:35.0,139.0\":;;;;;;\r
ADR;TYPE=work;PREF=1:;5F;例町2-2;千代田区;東京都;100-0002;日本\r
TEL;VALUE=uri;PREF=2;TYPE=\"voice,home\":tel:+81-3-0000-0001;ext=12\r
TEL;VALUE=uri;PREF=1;TYPE=cell:tel:+81-90-0000-0001\r
TEL;VALUE=uri:sip:hikaru@sip.example.com\r
EMAIL;TYPE=work;PREF=1:mailto:hikaru@example.jp\r
IMPP;PREF=1:xmpp:hikaru%40chat@example.jp\r
LANG;PREF=1:ja\r
TZ:+09:00\r
GEO:geo:35.0,139.0\r
ORG:例商事;営業部\r
ROLE:課長\r
RELATED;TYPE=friend:urn:uuid:00000000-0000-0000-0000-000000000002\r
URL:https://example.jp\r
KEY:https://example.jp/key.asc\r
CLIENTPIDMAP:1;urn:uuid:00000000-0000-0000-0000-000000000003\r
CALADRURI:mailto:hikaru@example.jp\r
END:VCARD\r
";

#[test]
fn a_card_of_version_4() {
    let wanted = json!({
        "contactName": {"firstName": "光", "lastName": "安藤", "phoneticFirstName": "ひかる", "phoneticLastName": "あんどう", "nickName": "ひかり"},
        "emails": [
            {"primary": true, "email": "hikaru@example.jp"},
        ],
        "telephones": [
            {"primary": false, "telephone": "+81-3-0000-0001P12", "type": "HOME"},
            {"primary": true, "telephone": "+81-90-0000-0001", "type": "CELLPHONE"},
        ],
        "organizations": [
            {"primary": true, "name": "例商事", "department": "営業部", "title": "課長"},
        ],
        "locations": [
            {"primary": false, "address": "東京都千代田区例町1-1 100-0001", "type": "HOME"},
            {"primary": true, "address": "日本 東京都千代田区例町2-2 5F", "zipCode": "100-0002", "type": "WORK"},
        ],
        "messengers": [
            {"primary": false, "id": "hikaru@sip.example.com", "type": "CUSTOM", "customType": "SIP"},
            {"primary": true, "id": "hikaru@chat@example.jp", "type": "CUSTOM", "customType": "XMPP"},
        ],
        "websites": [
            {"primary": true, "url": "https://example.jp"},
        ],
    });
    let notes = [
        "date_without_year BDAY: --0412",
        "date_unreadable ANNIVERSARY: spring of 2001",
        "unmapped GENDER: F",
        "telephone_normalized TEL;home: tel:+81-3-0000-0001;ext=12 (+81-3-0000-0001P12)",
        "telephone_normalized TEL;cell: tel:+81-90-0000-0001 (+81-90-0000-0001)",
        "prefix_removed TEL: sip:hikaru@sip.example.com (hikaru@sip.example.com)",
        "label EMAIL;work: work",
        "prefix_removed EMAIL;work: mailto:hikaru@example.jp",
        "prefix_removed IMPP: xmpp:hikaru%40chat@example.jp (hikaru@chat@example.jp)",
        "unmapped LANG: ja",
        "unmapped TZ: +09:00",
        "unmapped GEO: geo:35.0,139.0",
        "relation RELATED;friend: urn:uuid:00000000-0000-0000-0000-000000000002 (friend)",
        "binary KEY: https://example.jp/key.asc",
        "unmapped CALADRURI: mailto:hikaru@example.jp",
        "repeated FN: 安藤 光",
    ];
    assert_becomes(FOUR.as_bytes(), &wanted, &notes);
}
