//! Telephones with Android write 2.1 in quoted-printable, each with ways of its own for labels.

use super::assert_becomes;
use serde_json::json;

const ANDROID: &str = "BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=EB=82=A8=EA=B6=81;=EB=AF=BC;;;\r
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=EB=82=A8=EA=B6=81=\r
=EB=AF=BC\r
X-PHONETIC-LAST-NAME:Namgung\r
TEL;CELL:010-0000-0001\r
TEL;CELL;PREF:010-0000-0001\r
TEL;VOICE:010-0000-0001\r
TEL;HOME;FAX:02-000-0002\r
TEL;VOICE:02-000-0003\r
EMAIL;HOME:min@example.com\r
ADR;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;=EC=84=9C=EC=9A=B8 1;;;;\r
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=EC=98=88=EC=8B=9C\r
TITLE:Manager\r
NOTE;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab\r
BDAY:1985-06-07\r
X-AIM:min.aim\r
X-QQ:10000\r
X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Minnie;1;;;;;;;;;;;;;\r
X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1985-06-07;3;;;;;;;;;;;;;\r
X-ANDROID-CUSTOM;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:vnd.android.cursor.item/contact_event;2010-10-10;0;=EC=9D=8C=EB=A0=A5;;;;;;;;;;;;\r
X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2011-11-11;0;Moved in;;;;;;;;;;;;\r
X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Sun;14;;;;;;;;;;;;;\r
X-ANDROID-CUSTOM:vnd.com.google.cursor.item/contact_user_defined_field;Badge;17\r
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQ\r
 gHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwc\r
\r
END:VCARD\r
";

#[test]
fn a_card_from_android() {
    let wanted = json!({
        "contactName": {"firstName": "민", "lastName": "남궁", "phoneticLastName": "Namgung", "nickName": "Minnie"},
        "emails": [
            {"primary": true, "email": "min@example.com"},
        ],
        "telephones": [
            {"primary": true, "telephone": "010-0000-0001", "type": "CELLPHONE"},
            {"primary": false, "telephone": "02-000-0002", "type": "HOME_FAX"},
            {"primary": false, "telephone": "02-000-0003", "type": "OTHER"},
        ],
        "organizations": [
            {"primary": true, "name": "예시", "title": "Manager"},
        ],
        "events": [
            {"primary": true, "date": "1985-06-07", "type": "BIRTHDAY"},
            {"primary": false, "date": "2010-10-10", "type": "OTHER", "dayType": "LUNAR"},
            {"primary": false, "date": "2011-11-11", "type": "CUSTOM", "customType": "Moved in"},
        ],
        "locations": [
            {"primary": true, "address": "서울 1", "type": "HOME"},
        ],
        "messengers": [
            {"primary": true, "id": "min.aim", "type": "CUSTOM", "customType": "AIM"},
            {"primary": false, "id": "10000", "type": "CUSTOM", "customType": "QQ"},
        ],
        "memo": "a\nb",
    });
    let notes = [
        "repeated TEL;CELL: 010-0000-0001",
        "repeated TEL: 010-0000-0001",
        "label EMAIL;HOME: HOME",
        "repeated BDAY: 1985-06-07",
        "relation X-ANDROID-CUSTOM: Sun (spouse)",
        "unmapped X-ANDROID-CUSTOM: vnd.com.google.cursor.item/contact_user_defined_field;Badge;17",
        "binary PHOTO;JPEG:  (93 bytes)",
        "repeated FN: 남궁민",
    ];
    assert_becomes(ANDROID.as_bytes(), &wanted, &notes);
}

const SAMSUNG: &str = "BEGIN:VCARD\r
VERSION:2.1\r
N:;Jo Example;;;\r
FN:Jo Example\r
TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=EB=B3=84=EC=9E=A5):031-000-0001\r
TEL;WORK;PREF:031-000-0002\r
EMAIL;PREF;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=43=75=73):jo@example.com\r
X-SNS:jo.sns\r
END:VCARD\r
";

#[test]
fn a_card_from_a_samsung_phone() {
    let wanted = json!({
        "contactName": {"firstName": "Jo Example"},
        "emails": [
            {"primary": true, "email": "jo@example.com"},
        ],
        "telephones": [
            {"primary": false, "telephone": "031-000-0001", "type": "CUSTOM", "customType": "별장"},
            {"primary": true, "telephone": "031-000-0002", "type": "WORK"},
        ],
    });
    let notes = [
        "label EMAIL: Cus",
        "unmapped X-SNS: jo.sns",
        "repeated FN: Jo Example",
    ];
    assert_becomes(SAMSUNG.as_bytes(), &wanted, &notes);
}

const LINEAGE: &str = "BEGIN:VCARD\r
VERSION:2.1\r
N:Example;Lin;;;\r
FN:Lin Example\r
TEL;X-Summer house:02-000-0001\r
TEL;X-Mobile:010-0000-0001\r
EMAIL;X-Club:lin@example.com\r
ADR;X-Cabin:;;2 Lake Road;Lakeville;;;\r
SOUND;X-IRMC-N:Egzampl;Lin;;;\r
END:VCARD\r
";

#[test]
fn a_card_from_lineageos() {
    let wanted = json!({
        "contactName": {"firstName": "Lin", "lastName": "Example", "phoneticFirstName": "Lin", "phoneticLastName": "Egzampl"},
        "emails": [
            {"primary": true, "email": "lin@example.com"},
        ],
        "telephones": [
            {"primary": true, "telephone": "02-000-0001", "type": "CUSTOM", "customType": "Summer house"},
            {"primary": false, "telephone": "010-0000-0001", "type": "CELLPHONE"},
        ],
        "locations": [
            {"primary": true, "address": "2 Lake Road, Lakeville", "type": "CUSTOM", "customType": "Cabin"},
        ],
    });
    let notes = ["label EMAIL: Club", "repeated FN: Lin Example"];
    assert_becomes(LINEAGE.as_bytes(), &wanted, &notes);
}
