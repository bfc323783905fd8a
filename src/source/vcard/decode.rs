//! From the bytes of a value to its text: quoted-printable and encodings.

use std::borrow::Cow;

use encoding_rs::{
    EUC_KR, Encoding, ISO_2022_JP, REPLACEMENT, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};
use memchr::memchr;

use super::finding::FindingKind;

/// The encoding that a `CHARSET` names: all labels of the Encoding Standard, and the names that Windows, Java and phones
/// use besides.
#[must_use]
pub fn charset(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches('"');
    let known = Encoding::for_label(label.as_bytes())
        .or_else(|| Encoding::for_label(label.replace('_', "-").as_bytes()))
        .filter(|encoding| *encoding != REPLACEMENT);
    known.or_else(|| alias(&label.to_ascii_uppercase().replace('_', "-")))
}

fn alias(label: &str) -> Option<&'static Encoding> {
    Some(match label {
        "CP949" | "MS949" | "UHC" | "X-WINDOWS-949" | "EUCKR" | "KSC5601-1987" | "KS-C-5601" => {
            EUC_KR
        }
        "CP932" | "MS932" | "WINDOWS-932" | "SJIS" | "S-JIS" | "SHIFTJIS" | "X-MS-CP932"
        | "CP943" => SHIFT_JIS,
        "CP936" | "MS936" | "WINDOWS-936" | "X-MSWIN-936" => encoding_rs::GBK,
        "GB-18030" => encoding_rs::GB18030,
        "CP950" | "MS950" | "WINDOWS-950" | "BIG5HKSCS" => encoding_rs::BIG5,
        "EUCJP" | "EUC-JIS" | "CP51932" => encoding_rs::EUC_JP,
        "JIS" | "ISO2022JP" | "CP50220" | "CP50221" => ISO_2022_JP,
        "ASCII-7" | "7BIT" | "LATIN-1" | "ISO-LATIN-1" => WINDOWS_1252,
        "CP65001" | "UTF-8-BOM" | "UTF8MB4" => UTF_8,
        _ => return None,
    })
}

/// The text of a value. `declared` is what its `CHARSET` names, `hint` what is otherwise known of the file. The second
/// part says what was odd about it.
pub(super) fn text<'a>(
    bytes: Cow<'a, [u8]>,
    declared: Option<&'static Encoding>,
    hint: Option<&'static Encoding>,
) -> (Cow<'a, str>, Option<FindingKind>) {
    // The bytes of these are ASCII whatever they say.
    let escapes = declared.is_some_and(|it| [ISO_2022_JP, UTF_16LE, UTF_16BE].contains(&it));
    if bytes.is_ascii() && !escapes {
        return (utf8_text(bytes), None);
    }
    let utf8 = std::str::from_utf8(&bytes).is_ok();
    match declared {
        None if utf8 => (utf8_text(bytes), None),
        Some(it) if it == UTF_8 && utf8 => (utf8_text(bytes), None),
        // Two bytes that happen to be UTF-8 are hardly ever meant in an encoding of single bytes.
        Some(it) if it.is_single_byte() && utf8 => {
            (utf8_text(bytes), Some(FindingKind::CharsetMismatch))
        }
        Some(it) if it != UTF_8 => {
            match it.decode_without_bom_handling_and_without_replacement(&bytes) {
                Some(text) => (Cow::Owned(text.into_owned()), None),
                None if utf8 => (utf8_text(bytes), Some(FindingKind::CharsetMismatch)),
                None => (replaced(it, &bytes).into(), Some(FindingKind::Undecodable)),
            }
        }
        _ if is_nearly_utf8(&bytes) => (utf8_text(bytes), Some(FindingKind::Undecodable)),
        mismatch => {
            let encoding = hint.filter(|hint| *hint != UTF_8).unwrap_or(WINDOWS_1252);
            let kind = match (
                mismatch,
                hint,
                encoding.decode_without_bom_handling_and_without_replacement(&bytes),
            ) {
                (_, _, None) => Some(FindingKind::Undecodable),
                (Some(_), _, _) => Some(FindingKind::CharsetMismatch),
                (None, Some(hint), _) if hint != UTF_8 => None,
                (None, _, _) => Some(FindingKind::GuessedEncoding),
            };
            (replaced(encoding, &bytes).into(), kind)
        }
    }
}

/// Decodes quoted-printable; the lines are already joined. The second part tells whether an equals sign stood alone.
pub(super) fn quoted_printable(text: &[u8]) -> (Vec<u8>, bool) {
    let mut decoded = Vec::with_capacity(text.len());
    let (mut rest, mut stray) = (text, false);
    while let Some(at) = memchr(b'=', rest) {
        decoded.extend_from_slice(&rest[..at]);
        match rest
            .get(at + 1..at + 3)
            .and_then(|pair| Some(16 * hex(pair[0])? + hex(pair[1])?))
        {
            Some(byte) => {
                decoded.push(byte);
                rest = &rest[at + 3..];
            }
            None => {
                stray = true;
                decoded.push(b'=');
                rest = &rest[at + 1..];
            }
        }
    }
    decoded.extend_from_slice(rest);
    (decoded, stray)
}

/// Whether the bytes are UTF-8 but for a few, such as a character that was cut off at the end.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk
            .valid()
            .chars()
            .filter(|char| !char.is_ascii())
            .count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

fn utf8_text(bytes: Cow<'_, [u8]>) -> Cow<'_, str> {
    match bytes {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => Cow::Owned(
            String::from_utf8(bytes)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
        ),
    }
}

fn replaced(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_known_by_all_the_names_they_are_given() {
        for (label, wanted) in [
            ("utf-8", "UTF-8"),
            ("UTF_8", "UTF-8"),
            ("\"UTF8\"", "UTF-8"),
            ("CP949", "EUC-KR"),
            ("ms949", "EUC-KR"),
            ("UHC", "EUC-KR"),
            ("KS_C_5601-1987", "EUC-KR"),
            ("EUC-KR", "EUC-KR"),
            ("SHIFT_JIS", "Shift_JIS"),
            ("Shift-JIS", "Shift_JIS"),
            ("CP932", "Shift_JIS"),
            ("Windows-31J", "Shift_JIS"),
            ("MS932", "Shift_JIS"),
            ("cp936", "GBK"),
            ("GB2312", "GBK"),
            ("Big5", "Big5"),
            ("ISO-2022-JP", "ISO-2022-JP"),
            ("us-ascii", "windows-1252"),
            ("cp1251", "windows-1251"),
        ] {
            assert_eq!(charset(label).map(Encoding::name), Some(wanted), "{label}");
        }
        for label in ["invalid-encoding", "", "hz-gb-2312", "utf-7"] {
            assert_eq!(charset(label), None, "{label}");
        }
    }

    #[test]
    fn text_is_read_as_declared_unless_it_is_evidently_something_else() {
        let (cp949, _, _) = EUC_KR.encode("홍길동");
        let (sjis, _, _) = SHIFT_JIS.encode("安藤ﾛｲﾄﾞ");
        let (jis, _, _) = ISO_2022_JP.encode("安藤");
        use FindingKind::{CharsetMismatch, GuessedEncoding, Undecodable};
        for (bytes, declared, hint, wanted, kind) in [
            (&b"Kim"[..], Some(SHIFT_JIS), None, "Kim", None),
            ("홍길동".as_bytes(), None, None, "홍길동", None),
            ("홍길동".as_bytes(), None, Some(EUC_KR), "홍길동", None),
            (&cp949, Some(EUC_KR), None, "홍길동", None),
            (&cp949, None, Some(EUC_KR), "홍길동", None),
            (
                &cp949,
                Some(UTF_8),
                Some(EUC_KR),
                "홍길동",
                Some(CharsetMismatch),
            ),
            (&sjis, Some(SHIFT_JIS), None, "安藤ﾛｲﾄﾞ", None),
            (&jis, Some(ISO_2022_JP), None, "安藤", None),
            (
                "Götz".as_bytes(),
                Some(WINDOWS_1252),
                None,
                "Götz",
                Some(CharsetMismatch),
            ),
            (b"G\xF6tz", Some(WINDOWS_1252), None, "Götz", None),
            (b"Reid\x92s", None, None, "Reid’s", Some(GuessedEncoding)),
            (
                b"\xED\x99\x8D\xEA\xB8\xB8\xEB\x8F\x99\xEC\x94\xA8\xEA\xB8\xB8\xEB",
                None,
                None,
                "홍길동씨길\u{fffd}",
                Some(Undecodable),
            ),
            (
                b"a\xFF",
                Some(SHIFT_JIS),
                None,
                "a\u{fffd}",
                Some(Undecodable),
            ),
        ] {
            assert_eq!(
                text(bytes.into(), declared, hint),
                (wanted.into(), kind),
                "{wanted}"
            );
        }
    }

    #[test]
    fn quoted_printable_takes_lower_case_and_keeps_what_it_does_not_understand() {
        for (text, wanted, stray) in [
            ("=EA=b9=80", "김", false),
            ("a=3Db=20", "a=b ", false),
            ("1=2x=", "1=2x=", true),
            ("==41", "=A", true),
            ("", "", false),
        ] {
            assert_eq!(
                quoted_printable(text.as_bytes()),
                (wanted.as_bytes().to_vec(), stray),
                "{text}"
            );
        }
    }
}
