//! Text that was ruined before it reached us: UTF-8 that somebody read in another encoding and saved as what it then said.

use super::TextEncoding;
use std::fmt;

/// How a text was ruined, and what it was before.
#[derive(Clone, PartialEq, Eq)]
pub struct DoubleEncoding {
    /// The encoding in which its UTF-8 was read by mistake.
    pub through: TextEncoding,
    pub would_read: String,
}

/// Without the text, which may be personal data.
impl fmt::Debug for DoubleEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DoubleEncoding({})", self.through)
    }
}

/// What `text` was before its UTF-8 was read as something else (`Ã©` for `é`, `ê¹€` for `김`), if it looks like that: every
/// character of it comes from a byte that makes sense as UTF-8. A text that lost bytes on the way is not recognised.
pub fn suspected_double_encoding(text: &str) -> Option<DoubleEncoding> {
    [
        TextEncoding::WINDOWS_1252,
        TextEncoding::CP949,
        TextEncoding::SHIFT_JIS,
        TextEncoding::GB18030,
    ]
    .into_iter()
    .find_map(|through| encoded_twice(text, through))
}

/// The same for one encoding.
pub fn encoded_twice(text: &str, through: TextEncoding) -> Option<DoubleEncoding> {
    let first = text.chars().find(|c| !c.is_ascii())?.to_string();
    // What begins no character of UTF-8 is soon found.
    let begins =
        |bytes: &Vec<u8>| matches!(bytes[..], [0xc2..=0xf4] | [0xc2..=0xf4, 0x80..=0xbf, ..]);
    bytes_before(&first, through).filter(begins)?;
    let would_read = String::from_utf8(bytes_before(text, through)?).ok()?;
    is_better(text, &would_read, through).then_some(DoubleEncoding {
        through,
        would_read,
    })
}

/// What a text was if it is Korean in CP949 that was read as windows-1252: `±è¹ÎÁØ` for `김민준`. Beside Latin letters, that
/// would be chance.
pub fn korean_as_latin(text: &str) -> Option<String> {
    let is_latin = |c: char| c.is_ascii_alphabetic() || c > '™';
    if text.is_ascii() || text.contains(is_latin) {
        return None;
    }
    let bytes = bytes_before(text, TextEncoding::WINDOWS_1252)?;
    let (before, _) = TextEncoding::CP949.decode(&bytes);
    let beyond = before.chars().filter(|c| !c.is_ascii());
    let is_korean = beyond.clone().all(|c| matches!(c, '가'..='힣'));
    (is_korean && beyond.count() >= 2).then(|| before.into_owned())
}

fn bytes_before(text: &str, encoding: TextEncoding) -> Option<Vec<u8>> {
    if encoding == TextEncoding::WINDOWS_1252 {
        return text.chars().map(latin_byte).collect();
    }
    let (bytes, complete) = encoding.encode(text);
    complete.then_some(bytes)
}

/// The byte that windows-1252 or ISO 8859-1 would have shown as `c`.
fn latin_byte(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    // windows-1252 ends with the trade mark sign.
    if c > '™' {
        return None;
    }
    let mut one = [0; 4];
    let (bytes, _, lacking) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut one));
    (!lacking).then(|| bytes[0])
}

/// Whether the older text is the likelier one. One character in an East Asian encoding may be chance.
fn is_better(now: &str, before: &str, through: TextEncoding) -> bool {
    let strange = |c: &char| !c.is_ascii();
    let (now_strange, before_strange) = (
        now.chars().filter(strange).count(),
        before.chars().filter(strange).count(),
    );
    let sensible = before.chars().all(|c| !c.is_control() || c.is_ascii()) && before_strange > 0;
    let enough = if through == TextEncoding::WINDOWS_1252 {
        2
    } else {
        3
    };
    let within_a_word = now_strange == 1 && now.chars().any(|c| c.is_ascii_lowercase());
    sensible && (now_strange >= enough || through == TextEncoding::CP949 && within_a_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `text` becomes if its UTF-8 is read in `through`.
    fn ruined(text: &str, through: TextEncoding) -> String {
        through.decode(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn ruined_text_is_recognised_with_what_it_was() {
        for text in [
            "José Núñez",
            "김철수",
            "山田 太郎",
            "Müller",
            "Łukasz",
            "Иванов",
        ] {
            let found =
                suspected_double_encoding(&ruined(text, TextEncoding::WINDOWS_1252)).expect(text);
            assert_eq!(
                (found.would_read.as_str(), found.through),
                (text, TextEncoding::WINDOWS_1252)
            );
        }
        for (text, through) in [
            ("José", TextEncoding::CP949),
            ("你好", TextEncoding::GB18030),
            ("山田太郎", TextEncoding::SHIFT_JIS),
        ] {
            let ruined = ruined(text, through);
            if !ruined.contains('\u{FFFD}') {
                let found = suspected_double_encoding(&ruined).expect(&ruined);
                assert_eq!(
                    (found.would_read.as_str(), found.through),
                    (text, through),
                    "{ruined}"
                );
            }
        }
    }

    #[test]
    fn korean_that_was_read_as_latin_is_recognised() {
        assert_eq!(korean_as_latin("±è¹ÎÁØ").as_deref(), Some("김민준"));
        for text in ["FUNDAÇÃO", "ÇÃ", "José", "김민준", "5 €", "±5", ""] {
            assert_eq!(korean_as_latin(text), None, "{text}");
        }
    }

    #[test]
    fn real_text_is_left_in_peace() {
        for text in [
            "",
            "plain",
            "José Núñez",
            "Müller",
            "김철수",
            "챕터",
            "찡",
            "남궁민수",
            "山田 太郎",
            "ﾔﾏﾀﾞ ﾀﾛｳ",
            "王小明",
            "陳美麗",
            "Иванов",
            "Łukasz Żółć",
            "Ã",
            "©",
            "Façade – “x”",
            "서울특별시 강남구 테헤란로 1",
            "株式会社ソニー",
            "北京市海淀区",
        ] {
            assert_eq!(suspected_double_encoding(text), None, "{text}");
        }
    }
}
