//! In which encoding the text of a card is that is not UTF-8.
//!
//! In this order: what its own CHARSET names, unless the bytes contradict it; what the user names; what CHARSET names on
//! other properties of the card; what the bytes of the card show for certain; what those of the whole file show. If none of
//! these tells, the card is read in the likeliest one and has a finding that makes it invalid.

use std::borrow::Cow;

use memchr::memchr;

use super::card::Property;
use super::finding::{Finding, FindingKind};
use crate::names::is_listed;
use crate::source::encoding::{Detection, Detector, TextEncoding};

/// What is known of the text of a file before a card of it is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Charsets {
    /// The encoding that the user names.
    pub asked: Option<TextEncoding>,
    /// The encoding of the file's text that names none, if all of it together is certain.
    pub pooled: Option<TextEncoding>,
}

/// The bytes of a value before they are text, and what its CHARSET names.
#[derive(Debug)]
pub(super) struct Raw<'a> {
    pub bytes: Cow<'a, [u8]>,
    pub declared: Option<TextEncoding>,
    /// The place of its property in the card, and the 1-based line.
    pub index: usize,
    pub line: u64,
}

/// What a `CHARSET` names. Text that is not ASCII although its CHARSET says so is read as if there were none.
pub(super) fn named(label: &str) -> Option<TextEncoding> {
    let label = label.trim().trim_matches('"');
    match is_listed("US-ASCII ASCII ASCII-7 7BIT", label) {
        true => Some(TextEncoding::UTF_8),
        false => TextEncoding::from_label(label).ok(),
    }
}

impl<'a> Raw<'a> {
    pub fn of(
        property: &Property<'_>,
        bytes: Cow<'a, [u8]>,
        declared: Option<TextEncoding>,
    ) -> Self {
        let (index, line) = (property.index, property.line);
        Self {
            bytes,
            declared,
            index,
            line,
        }
    }

    /// The text, if the bytes and what CHARSET names leave no doubt. Text that is UTF-8 is never anything else, unless
    /// it is so short that it may be by chance.
    pub fn certain(self) -> Result<(Cow<'a, str>, Option<FindingKind>), Self> {
        if self.bytes.is_ascii() {
            let declared = self.declared.filter(|it| has_escapes(*it));
            let shown = || is_iso_2022_jp(&self.bytes).then_some(TextEncoding::ISO_2022_JP);
            return Ok(match declared.or_else(shown) {
                Some(it) => (self.read(it), None),
                None => (utf8_text(self.bytes), None),
            });
        }
        let (utf8, scant) = (self.is_utf8(), is_scant(&self.bytes));
        if !utf8 && let Some(text) = of_surrogates(&self.bytes) {
            return Ok((text.into(), None));
        }
        match self.declared {
            None if utf8 && scant => Err(self),
            declared if utf8 && declared.is_none_or(|it| it == TextEncoding::UTF_8) => {
                Ok((utf8_text(self.bytes), None))
            }
            // Two bytes that happen to be UTF-8 are hardly ever meant in an encoding of single bytes.
            Some(it) if utf8 && (it.inner().is_single_byte() || !scant) => {
                Ok((utf8_text(self.bytes), Some(FindingKind::CharsetMismatch)))
            }
            Some(it)
                if it != TextEncoding::UTF_8 && fits(it, &self.bytes) && !self.contradicts(it) =>
            {
                Ok((self.read(it), None))
            }
            Some(it) if is_nearly(it, &self.bytes) => {
                Ok((self.read(it), Some(FindingKind::Undecodable)))
            }
            _ if is_nearly(TextEncoding::UTF_8, &self.bytes) => {
                Ok((utf8_text(self.bytes), Some(FindingKind::Undecodable)))
            }
            _ => Err(self),
        }
    }

    /// Whether the bytes are UTF-8, be it by chance.
    pub fn is_utf8(&self) -> bool {
        std::str::from_utf8(&self.bytes).is_ok()
    }

    /// Whether it can't be in a Latin encoding, which has nearly every byte: its bytes beyond ASCII stand in longer rows than
    /// in any word of these languages, and in pairs, as those of East Asian encodings do.
    fn contradicts(&self, declared: TextEncoding) -> bool {
        const LATIN: &str =
            "windows-1250 windows-1252 windows-1254 windows-1257 ISO-8859-2 ISO-8859-15 macintosh";
        if !LATIN.split(' ').any(|name| name == declared.name()) {
            return false;
        }
        let rows = self.bytes.split(u8::is_ascii).map(<[u8]>::len);
        let rows: Vec<usize> = rows.filter(|length| *length > 0).collect();
        let high: usize = rows.iter().sum();
        high >= 4 && high > 2 * rows.len() && rows.iter().all(|length| length % 2 == 0)
    }

    /// The text in an encoding; bytes that it does not have are U+FFFD.
    fn read(&self, encoding: TextEncoding) -> Cow<'a, str> {
        Cow::Owned(encoding.decode(&self.bytes).0.into_owned())
    }

    /// The text in the encoding of its card, and what is to be said of it.
    pub fn decided(self, encoding: TextEncoding) -> (Cow<'a, str>, Option<FindingKind>) {
        // By chance, an encoding of two bytes makes a character of Latin UTF-8, one of single bytes does not.
        let fits = fits(encoding, &self.bytes);
        if self.is_utf8() && (encoding.inner().is_single_byte() || !fits) {
            return (utf8_text(self.bytes), None);
        }
        let kind = match self.declared {
            _ if !fits => Some(FindingKind::UncertainEncoding),
            Some(_) => Some(FindingKind::CharsetMismatch),
            None => None,
        };
        (self.read(encoding), kind)
    }
}

/// The encoding for the values of a card that are not certain by themselves, and the finding if it is not certain either.
/// `named` are the encodings that the card names for other values.
pub(super) fn decide(
    raws: &[Raw<'_>],
    named: &[TextEncoding],
    charsets: Charsets,
) -> (TextEncoding, Option<Finding>) {
    let hard: Vec<&Raw<'_>> = raws.iter().filter(|raw| !raw.is_utf8()).collect();
    let fit = |encoding: &TextEncoding| hard.iter().all(|raw| fits(*encoding, &raw.bytes));
    let Some(first) = hard.first() else {
        let encoding = charsets.asked.or(charsets.pooled).map(|of_file| {
            let alone = judge(raws.iter().map(|raw| &*raw.bytes));
            alone.unwrap_or(of_file)
        });
        return (encoding.unwrap_or(TextEncoding::UTF_8), None);
    };
    if let Some(asked) = charsets.asked.filter(|it| *it != TextEncoding::UTF_8) {
        return (asked, None);
    }
    let undeclared = hard.iter().any(|raw| raw.declared.is_none());
    if let Some(named) = named.iter().find(|named| undeclared && fit(named)) {
        return (*named, None);
    }
    let verdict = judge(hard.iter().map(|raw| &*raw.bytes));
    match (verdict, charsets.pooled) {
        (Ok(alone), _) => (alone, None),
        (Err(_), Some(pooled)) if fit(&pooled) => (pooled, None),
        (Err((likeliest, text)), _) => {
            let kind = FindingKind::UncertainEncoding;
            let line = first.line;
            (likeliest, Some(Finding { line, kind, text }))
        }
    }
}

/// What the bytes show for certain; else the likeliest encoding, and the readings for people.
pub(super) fn judge<'b>(
    values: impl Iterator<Item = &'b [u8]> + Clone,
) -> Result<TextEncoding, (TextEncoding, String)> {
    if is_koi8_r(values.clone()) {
        return Ok(TextEncoding::KOI8_R);
    }
    let mut detector = Detector::default();
    for value in values.clone() {
        detector.feed(value);
        detector.feed(b"\n");
    }
    let first = || values.clone().next().unwrap_or_default();
    match detector.finish() {
        Detection::Found(found) if most_fit(found.encoding, values.clone()) => Ok(found.encoding),
        Detection::Tie(tie) => {
            let texts = [&tie.a, &tie.b].map(|it| format!("{} ({})", shown(&it.text), it.encoding));
            Err((tie.a.encoding, texts.join(" / ")))
        }
        Detection::Unknown { likely, .. } => {
            let text = shown(&likely.decode(first()).0);
            Err((likely, format!("{text} ({likely})")))
        }
        Detection::Found(_) | Detection::Binary => {
            let text = shown(&String::from_utf8_lossy(first()));
            Err((TextEncoding::UTF_8, text))
        }
    }
}

/// Whether text is certainly KOI8-R, which the evidence for CSV does not know: Russian words that begin with a capital or
/// have none. What is in another encoding has capitals inside of words then.
fn is_koi8_r<'b>(values: impl Iterator<Item = &'b [u8]>) -> bool {
    let is_russian = |c: char| matches!(c, 'А'..='я' | 'Ё' | 'ё');
    let (mut letters, mut capitalized) = (0, 0);
    for value in values {
        let text = TextEncoding::KOI8_R.decode(value).0;
        if !text.chars().all(|c| c.is_ascii() || is_russian(c)) {
            return false;
        }
        let words = text.split(|c: char| !c.is_alphabetic());
        for word in words.filter(|word| !word.is_ascii()) {
            let mut behind_first = word.chars().skip(1);
            if !word.chars().all(is_russian) || behind_first.any(char::is_uppercase) {
                return false;
            }
            let length = word.chars().count();
            letters += length;
            capitalized += usize::from(length > 2 && word.starts_with(char::is_uppercase));
        }
    }
    letters >= 10 && capitalized > 0
}

/// How much of a reading is shown, in characters.
const SHOWN: usize = 40;

fn shown(text: &str) -> String {
    let plain = text.chars().filter(|char| !char.is_control());
    let text: String = plain.take(SHOWN).collect();
    format!("`{}`", text.trim())
}

fn most_fit<'b>(encoding: TextEncoding, values: impl Iterator<Item = &'b [u8]>) -> bool {
    let (good, bad): (Vec<_>, Vec<_>) = values.partition(|value| fits(encoding, value));
    match encoding == TextEncoding::UTF_8 {
        true => bad.is_empty(),
        false => 3 * bad.len() <= good.len(),
    }
}

fn fits(encoding: TextEncoding, bytes: &[u8]) -> bool {
    encoding.decode(bytes).1
}

/// Whether text in it is ASCII bytes.
fn has_escapes(encoding: TextEncoding) -> bool {
    encoding == TextEncoding::ISO_2022_JP || encoding.unit() == 2
}

/// The text of UTF-8 in which characters beyond 16 bits are two surrogates (CESU-8), as emoji of old telephones are.
fn of_surrogates(bytes: &[u8]) -> Option<String> {
    let (mut text, mut rest) = (Vec::new(), bytes);
    while let [first, behind @ ..] = rest {
        let [
            0xED,
            a @ 0xA0..=0xAF,
            b,
            0xED,
            c @ 0xB0..=0xBF,
            d,
            after @ ..,
        ] = rest
        else {
            text.push(*first);
            rest = behind;
            continue;
        };
        let half = |a: &u8, b: &u8| u32::from(a & 15) << 6 | u32::from(b & 63);
        let char = char::from_u32(0x10000 + (half(a, b) << 10 | half(c, d)))?;
        text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        rest = after;
    }
    String::from_utf8(text).ok()
}

/// Whether ASCII bytes are Japanese text that says so itself.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let escape = memchr(0x1B, bytes).map(|at| &bytes[at..]);
    escape.is_some_and(|escape| escape.starts_with(b"\x1B$"))
        && fits(TextEncoding::ISO_2022_JP, bytes)
}

/// Whether valid UTF-8 is so little beyond ASCII, all of it pairs of bytes, that it may be chance.
fn is_scant(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    high <= 8 && bytes.iter().all(|byte| *byte < 0xE0)
}

/// Whether the bytes are text in the encoding but for a few, such as a character that was cut off at the end.
fn is_nearly(encoding: TextEncoding, bytes: &[u8]) -> bool {
    if encoding.inner().is_single_byte() {
        return false;
    }
    let text = encoding.decode(bytes).0;
    let beyond = text.chars().filter(|char| !char.is_ascii());
    let bad = text.matches(char::REPLACEMENT_CHARACTER).count();
    // The last character of a short value may be cut off. What is in another encoding looks like letters of Latin.
    let other = '\u{800}'..char::REPLACEMENT_CHARACTER;
    let is_cut = bad == 1 && text.ends_with(other.end) && text.contains(|c| other.contains(&c));
    beyond.count() > 5 * bad || is_cut
}

fn utf8_text(bytes: Cow<'_, [u8]>) -> Cow<'_, str> {
    match bytes {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use FindingKind::{CharsetMismatch, Undecodable};

    fn raw(bytes: &[u8], declared: Option<TextEncoding>) -> Raw<'_> {
        Raw {
            bytes: bytes.into(),
            declared,
            index: 0,
            line: 1,
        }
    }

    #[test]
    fn charsets_are_known_by_all_the_names_they_are_given() {
        for (label, wanted) in [
            ("utf-8", "UTF-8"),
            ("UTF_8", "UTF-8"),
            ("\"UTF8\"", "UTF-8"),
            ("CP949", "CP949"),
            ("ms949", "CP949"),
            ("UHC", "CP949"),
            ("KS_C_5601-1987", "CP949"),
            ("EUC-KR", "CP949"),
            ("SHIFT_JIS", "Shift_JIS"),
            ("Shift-JIS", "Shift_JIS"),
            ("CP932", "Shift_JIS"),
            ("Windows-31J", "Shift_JIS"),
            ("MS932", "Shift_JIS"),
            ("cp936", "GB18030"),
            ("GB2312", "GB18030"),
            ("Big5", "Big5"),
            ("ISO-2022-JP", "ISO-2022-JP"),
            ("ISO-8859-1", "windows-1252"),
            ("cp1251", "windows-1251"),
        ] {
            assert_eq!(
                named(label).map(TextEncoding::name),
                Some(wanted),
                "{label}"
            );
        }
        for label in ["invalid-encoding", "", "hz-gb-2312", "utf-7"] {
            assert_eq!(named(label), None, "{label}");
        }
    }

    #[test]
    fn text_is_read_as_declared_unless_it_is_evidently_something_else() {
        let (cp949, sjis) = (TextEncoding::CP949, TextEncoding::SHIFT_JIS);
        let (jis, latin) = (TextEncoding::ISO_2022_JP, TextEncoding::WINDOWS_1252);
        for (text, written, declared, kind) in [
            ("Kim", TextEncoding::UTF_8, Some(sjis), None),
            ("홍길동", TextEncoding::UTF_8, None, None),
            (
                "홍길동",
                TextEncoding::UTF_8,
                Some(cp949),
                Some(CharsetMismatch),
            ),
            (
                "김민준",
                TextEncoding::UTF_8,
                Some(TextEncoding::GB18030),
                Some(CharsetMismatch),
            ),
            ("홍길동", cp949, Some(cp949), None),
            ("安藤ﾛｲﾄﾞ", sjis, Some(sjis), None),
            ("安藤", jis, Some(jis), None),
            (
                "Götz",
                TextEncoding::UTF_8,
                Some(latin),
                Some(CharsetMismatch),
            ),
            ("Götz", latin, Some(latin), None),
            ("Größe ÄÖÜ", latin, Some(latin), None),
        ] {
            let bytes = written.encode(text).0;
            let read = raw(&bytes, declared).certain().expect(text);
            assert_eq!(read, (text.into(), kind), "{text}");
        }
        let cut = b"\xED\x99\x8D\xEA\xB8\xB8\xEB\x8F\x99\xEC\x94\xA8\xEA\xB8\xB8\xEB";
        let read = raw(cut, None).certain().expect("it is nearly UTF-8");
        assert_eq!(read, ("홍길동씨길\u{fffd}".into(), Some(Undecodable)));
        for (text, written, declared) in [
            ("홍길동", cp949, Some(TextEncoding::UTF_8)),
            ("홍길동", cp949, Some(latin)),
            ("홍길동", cp949, None),
        ] {
            let bytes = written.encode(text).0;
            assert!(
                raw(&bytes, declared).certain().is_err(),
                "{text} {declared:?}"
            );
        }
    }

    #[test]
    fn the_user_the_card_and_the_file_decide_what_a_value_does_not() {
        let bytes = TextEncoding::CP949.encode("주;희").0;
        let raws = [raw(&bytes, None)];
        let decided = |named: &[TextEncoding], charsets| decide(&raws, named, charsets);
        let nothing = Charsets::default();
        let asked = Charsets {
            asked: Some(TextEncoding::CP949),
            ..nothing
        };
        let pooled = Charsets {
            pooled: Some(TextEncoding::GB18030),
            ..nothing
        };
        assert_eq!(decided(&[], asked), (TextEncoding::CP949, None));
        assert_eq!(
            decided(&[TextEncoding::CP949], pooled),
            (TextEncoding::CP949, None)
        );
        assert_eq!(decided(&[], pooled), (TextEncoding::GB18030, None));
        let finding = decided(&[], nothing).1.expect("four bytes tell nothing");
        assert_eq!(finding.kind, FindingKind::UncertainEncoding);
        assert!(finding.text.contains("(CP949)"), "{}", finding.text);
    }
}
