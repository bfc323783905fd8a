//! Outlook writes 2.1 with labels of addresses, properties of its own and keys.

use super::assert_becomes;
use serde_json::json;

const OUTLOOK: &str = "BEGIN:VCARD\r
VERSION:2.1\r
X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns=\"http://schemas.microsoft.com/office/outlook/12/electronicbusinesscards\" ver=\"1.0\"/>\r
N;LANGUAGE=en-us:Doe;Jane;;Ms.\r
FN:Ms. Jane Doe\r
ORG:Example Corp;Sales\r
TITLE:Director\r
ROLE:Leading\r
TEL;WORK;VOICE:(201) 555-0100 ext. 12\r
TEL;CELL;VOICE:(201) 555-0101\r
TEL;WORK;FAX:(201) 555-0102\r
X-MS-TEL;ASSISTANT:(201) 555-0103\r
ADR;WORK;PREF:;Room 5;1 Sample Ave;Sampletown;NY;10001;United States of America\r
LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:Room 5=0D=0A1 Sample Ave=0D=0ASampletown, NY 10001=0D=0AUnited States of America\r
LABEL;HOME;ENCODING=QUOTED-PRINTABLE:2 Hill Road=0D=0AHilltown\r
X-MS-OL-DEFAULT-POSTAL-ADDRESS:2\r
URL;WORK:http://www.example.com\r
BDAY:19700102\r
X-MS-ANNIVERSARY:20000203\r
X-MS-IMADDRESS:jane@im.example.com\r
X-MS-MANAGER:Pat Example\r
X-MS-SPOUSE;N:Sam\r
KEY;X509;ENCODING=BASE64:\r
    MIICXAIBAAKBgQDExampleExampleExampleExampleExampleExampleExampleExa\r
\r
\r
EMAIL;PREF;INTERNET:jane@example.com\r
REV:20260102T030405Z\r
END:VCARD\r
";

#[test]
fn a_card_from_outlook() {
    let wanted = json!({
        "contactName": {"firstName": "Jane", "lastName": "Doe", "prefix": "Ms."},
        "emails": [
            {"primary": true, "email": "jane@example.com"},
        ],
        "telephones": [
            {"primary": true, "telephone": "(201) 555-0100P12", "type": "WORK"},
            {"primary": false, "telephone": "(201) 555-0101", "type": "CELLPHONE"},
            {"primary": false, "telephone": "(201) 555-0102", "type": "WORK_FAX"},
            {"primary": false, "telephone": "(201) 555-0103", "type": "CUSTOM", "customType": "ASSISTANT"},
        ],
        "organizations": [
            {"primary": true, "name": "Example Corp", "department": "Sales", "title": "Director"},
        ],
        "events": [
            {"primary": true, "date": "1970-01-02", "type": "BIRTHDAY"},
            {"primary": false, "date": "2000-02-03", "type": "ANNIVERSARY"},
        ],
        "locations": [
            {"primary": true, "address": "1 Sample Ave, Room 5, Sampletown, NY, United States of America", "zipCode": "10001", "type": "WORK"},
            {"primary": false, "address": "2 Hill Road, Hilltown", "type": "HOME"},
        ],
        "messengers": [
            {"primary": true, "id": "jane@im.example.com", "type": "CUSTOM", "customType": "IM"},
        ],
        "websites": [
            {"primary": true, "url": "http://www.example.com"},
        ],
    });
    let notes = [
        "telephone_normalized TEL;WORK: (201) 555-0100 ext. 12 ((201) 555-0100P12)",
        "label URL;WORK: WORK",
        "date_normalized BDAY: 19700102 (1970-01-02)",
        "date_normalized X-MS-ANNIVERSARY: 20000203 (2000-02-03)",
        "relation X-MS-MANAGER: Pat Example",
        "relation X-MS-SPOUSE;N: Sam (N)",
        "binary KEY;X509:  (71 bytes)",
        "no_place ROLE: Leading",
        "repeated LABEL;WORK: Room 5\n1 Sample Ave\nSampletown, NY 10001\nUnited States of America",
        "repeated FN: Ms. Jane Doe",
    ];
    assert_becomes(OUTLOOK.as_bytes(), &wanted, &notes);
}
