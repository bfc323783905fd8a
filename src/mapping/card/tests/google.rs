//! Google writes 3.0 with escaped colons, and groups for labels of its users.

use super::assert_becomes;
use serde_json::json;

const GOOGLE: &str = "BEGIN:VCARD\r
VERSION:3.0\r
FN:Ms. Anna Maria van der Example Jr.\r
N:van der Example;Anna;Maria;Ms.;Jr.\r
X-PHONETIC-FIRST-NAME:Ana\r
NICKNAME:Annie,Anni\r
EMAIL;TYPE=INTERNET;TYPE=HOME:anna@example.com\r
EMAIL;TYPE=INTERNET:anna.b@example.com\r
TEL;TYPE=CELL:+1 201-555-0100\r
item1.TEL:+1 201-555-0101\r
item1.X-ABLabel:Grand Central\r
TEL;TYPE=PAGER:+1 201-555-0102\r
TEL:+1 201-555-0103\r
ADR;TYPE=HOME:PO 12;Apt 4;1 Example Street;Sampletown;NY;10001;United States\r
item2.ORG:Example\\, Inc.\r
item2.TITLE:Buyer\r
ORG:Sample Ltd.;Purchasing\r
TITLE:Advisor\r
BDAY:19900102\r
item3.X-ABDATE:2001-02-03\r
item3.X-ABLabel:_$!<Other>!$_\r
URL;TYPE=WORK:https\\://example.com\r
X-GTALK:anna@talk.example.com\r
X-SKYPE:anna.skype\r
NOTE:one\r
NOTE:two\r
CATEGORIES:myContacts\r
END:VCARD\r
";

#[test]
fn a_card_from_google() {
    let wanted = json!({
        "contactName": {"firstName": "Anna", "lastName": "van der Example", "middleName": "Maria", "phoneticFirstName": "Ana", "nickName": "Annie, Anni", "prefix": "Ms.", "suffix": "Jr."},
        "emails": [
            {"primary": true, "email": "anna@example.com"},
            {"primary": false, "email": "anna.b@example.com"},
        ],
        "telephones": [
            {"primary": true, "telephone": "+1 201-555-0100", "type": "CELLPHONE"},
            {"primary": false, "telephone": "+1 201-555-0101", "type": "CUSTOM", "customType": "Grand Central"},
            {"primary": false, "telephone": "+1 201-555-0102", "type": "CUSTOM", "customType": "PAGER"},
            {"primary": false, "telephone": "+1 201-555-0103", "type": "OTHER"},
        ],
        "organizations": [
            {"primary": true, "name": "Example, Inc.", "title": "Buyer"},
            {"primary": false, "name": "Sample Ltd.", "department": "Purchasing", "title": "Advisor"},
        ],
        "events": [
            {"primary": true, "date": "1990-01-02", "type": "BIRTHDAY"},
            {"primary": false, "date": "2001-02-03", "type": "OTHER"},
        ],
        "locations": [
            {"primary": true, "address": "1 Example Street, Apt 4, PO 12, Sampletown, NY, United States", "zipCode": "10001", "type": "HOME"},
        ],
        "messengers": [
            {"primary": true, "id": "anna@talk.example.com", "type": "CUSTOM", "customType": "Google Talk"},
            {"primary": false, "id": "anna.skype", "type": "CUSTOM", "customType": "Skype"},
        ],
        "websites": [
            {"primary": true, "url": "https://example.com"},
        ],
        "memo": "one\ntwo",
    });
    let notes = [
        "label EMAIL;HOME: HOME",
        "date_normalized BDAY: 19900102 (1990-01-02)",
        "label URL;WORK: WORK",
        "placeholder CATEGORIES: myContacts",
        "repeated FN: Ms. Anna Maria van der Example Jr.",
    ];
    assert_becomes(GOOGLE.as_bytes(), &wanted, &notes);
}
