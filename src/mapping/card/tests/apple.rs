//! iCloud writes 3.0 with groups, framed labels and folded photos.

use super::assert_becomes;
use serde_json::json;

const ICLOUD: &str = "BEGIN:VCARD\r
VERSION:3.0\r
PRODID:-//Apple Inc.//iCloud Web Address Book 2117B3//EN\r
N:김;민지;;Dr.;\r
FN:Dr. 김민지\r
X-PHONETIC-FIRST-NAME:Minji\r
X-PHONETIC-LAST-NAME:Kim\r
NICKNAME:민지\r
ORG:예시상사;개발본부;플랫폼팀\r
TITLE:팀장\r
EMAIL;type=INTERNET;type=WORK;type=pref:minji@example.com\r
item1.EMAIL;type=INTERNET:minji.kim@example.org\r
item1.X-ABLabel:동호회\r
TEL;type=CELL;type=VOICE;type=pref:010-0000-0001\r
TEL;type=IPHONE;type=CELL;type=VOICE:010-0000-0002\r
TEL;type=WORK;type=FAX:02-000-0003\r
TEL;type=MAIN:02-000-0004\r
item2.TEL:02-000-0005\r
item2.X-ABLabel:내선 직통\r
item3.ADR;type=WORK;type=pref:;;테헤란로 1\\n3층;강남구;서울특별시;06000;대한민국\r
item3.X-ABADR:kr\r
item4.URL;type=pref:https://example.com/minji\r
item4.X-ABLabel:_$!<HomePage>!$_\r
BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12\r
item5.X-ABDATE;type=pref:2015-05-09\r
item5.X-ABLabel:_$!<Anniversary>!$_\r
item6.X-ABDATE:2020-03-02\r
item6.X-ABLabel:입사일\r
item7.X-ABRELATEDNAMES;type=pref:김영수\r
item7.X-ABLabel:_$!<Father>!$_\r
IMPP;X-SERVICE-TYPE=Skype;type=HOME;type=pref:skype:minji.example\r
item8.IMPP;X-SERVICE-TYPE=KakaoTalk:x-apple:minji-kakao\r
item8.X-ABLabel:_$!<Other>!$_\r
X-SOCIALPROFILE;type=twitter;x-user=minji_ex:http://twitter.com/minji_ex\r
X-SOCIALPROFILE;type=linkedin:https://www.linkedin.example/in/minji-kim\r
NOTE:첫 줄\\n둘째 줄\\, 끝\r
CATEGORIES:고객,서울\r
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKD\r
 BQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/\r
REV:2026-01-02T03:04:05Z\r
UID:00000000-0000-0000-0000-000000000001\r
END:VCARD\r
";

#[test]
fn a_card_from_icloud() {
    let wanted = json!({
        "contactName": {"firstName": "민지", "lastName": "김", "phoneticFirstName": "Minji", "phoneticLastName": "Kim", "nickName": "민지", "prefix": "Dr."},
        "emails": [
            {"primary": true, "email": "minji@example.com"},
            {"primary": false, "email": "minji.kim@example.org"},
        ],
        "telephones": [
            {"primary": true, "telephone": "010-0000-0001", "type": "CELLPHONE"},
            {"primary": false, "telephone": "010-0000-0002", "type": "CELLPHONE"},
            {"primary": false, "telephone": "02-000-0003", "type": "WORK_FAX"},
            {"primary": false, "telephone": "02-000-0004", "type": "CUSTOM", "customType": "MAIN"},
            {"primary": false, "telephone": "02-000-0005", "type": "CUSTOM", "customType": "내선 직통"},
        ],
        "organizations": [
            {"primary": true, "name": "예시상사", "department": "개발본부 / 플랫폼팀", "title": "팀장"},
        ],
        "events": [
            {"primary": true, "date": "2015-05-09", "type": "ANNIVERSARY"},
            {"primary": false, "date": "2020-03-02", "type": "CUSTOM", "customType": "입사일"},
        ],
        "locations": [
            {"primary": true, "address": "대한민국 서울특별시 강남구 테헤란로 1 3층", "zipCode": "06000", "type": "WORK"},
        ],
        "messengers": [
            {"primary": true, "id": "minji.example", "type": "CUSTOM", "customType": "Skype"},
            {"primary": false, "id": "minji-kakao", "type": "CUSTOM", "customType": "KakaoTalk"},
            {"primary": false, "id": "minji_ex", "type": "X"},
            {"primary": false, "id": "minji-kim", "type": "CUSTOM", "customType": "linkedin"},
        ],
        "websites": [
            {"primary": true, "url": "https://example.com/minji"},
        ],
        "memo": "첫 줄\n둘째 줄, 끝",
    });
    let notes = [
        "label EMAIL;WORK: WORK",
        "label item1.EMAIL: 동호회",
        "label item4.URL: HomePage",
        "date_without_year BDAY: 1604-04-12",
        "relation item7.X-ABRELATEDNAMES: 김영수 (Father)",
        "label IMPP;HOME: HOME",
        "prefix_removed IMPP;HOME: skype:minji.example (minji.example)",
        "label item8.IMPP: Other",
        "prefix_removed item8.IMPP: x-apple:minji-kakao (minji-kakao)",
        "prefix_removed X-SOCIALPROFILE;twitter: http://twitter.com/minji_ex",
        "prefix_removed X-SOCIALPROFILE;linkedin: https://www.linkedin.example/in/minji-kim",
        "tag CATEGORIES: 고객",
        "tag CATEGORIES: 서울",
        "binary PHOTO;JPEG:  (121 bytes)",
        "repeated FN: Dr. 김민지",
    ];
    assert_becomes(ICLOUD.as_bytes(), &wanted, &notes);
}
