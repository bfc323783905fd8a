//! Japanese feature phones write 2.1 in Shift_JIS, with half-width readings.

use super::assert_becomes;
use serde_json::json;

const KEITAI: &str = "BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=SHIFT_JIS:山田;太郎;;;\r
SOUND;X-IRMC-N;CHARSET=SHIFT_JIS:ﾔﾏﾀﾞ;ﾀﾛｳ;;;\r
TEL;CELL:090-0000-0001\r
TEL;VOICE:03-0000-0002\r
EMAIL;CELL:taro@example.jp\r
ADR;HOME;CHARSET=SHIFT_JIS:;;例町1-1;千代田区;東京都;100-0001;\r
NOTE;CHARSET=SHIFT_JIS:友だち\r
X-GN;CHARSET=SHIFT_JIS:家族\r
X-CLASS:PUBLIC\r
X-REDUCTION:\r
END:VCARD\r
";

#[test]
fn a_card_from_a_japanese_feature_phone() {
    let wanted = json!({
        "contactName": {"firstName": "太郎", "lastName": "山田", "phoneticFirstName": "ﾀﾛｳ", "phoneticLastName": "ﾔﾏﾀﾞ"},
        "emails": [
            {"primary": true, "email": "taro@example.jp"},
        ],
        "telephones": [
            {"primary": true, "telephone": "090-0000-0001", "type": "CELLPHONE"},
            {"primary": false, "telephone": "03-0000-0002", "type": "OTHER"},
        ],
        "locations": [
            {"primary": true, "address": "東京都千代田区例町1-1", "zipCode": "100-0001", "type": "HOME"},
        ],
        "memo": "友だち",
    });
    let notes = ["label EMAIL;CELL: CELL", "tag X-GN: 家族"];
    let (file, ..) = encoding_rs::SHIFT_JIS.encode(KEITAI);
    assert_becomes(&file, &wanted, &notes);
}
