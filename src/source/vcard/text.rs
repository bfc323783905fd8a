//! The text inside a value: components, lists and escapes.

use std::borrow::Cow;

use memchr::{memchr2, memchr2_iter};

use crate::html;

/// The text of a value. `\n` and `\N` are line breaks, and so are CR and CRLF. A backslash before any other letter or
/// digit stays (`C:\Users`); one before punctuation is an escape, since writers escape more than they have to (`http\:`).
#[must_use]
pub fn unescape(value: &str) -> Cow<'_, str> {
    if memchr2(b'\\', b'\r', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.peek() {
                Some('n' | 'N') => {
                    chars.next();
                    text.push('\n');
                }
                Some(next) if next.is_ascii_punctuation() => text.extend(chars.next()),
                _ => text.push('\\'),
            },
            '\r' => {
                chars.next_if_eq(&'\n');
                text.push('\n');
            }
            other => text.push(other),
        }
    }
    Cow::Owned(text)
}

/// The texts of a list, which commas separate.
pub(super) fn list(value: &str) -> impl Iterator<Item = Cow<'_, str>> {
    split(value, b',').map(unescape)
}

/// Splits at each `separator` that no backslash escapes, and that doesn't end the escape of a character for HTML (`&uuml;`).
pub(super) fn split(value: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(value);
    std::iter::from_fn(move || {
        let whole = rest?;
        let bytes = whole.as_bytes();
        let mut escaped = None;
        for at in memchr2_iter(separator, b'\\', bytes) {
            if escaped == Some(at) {
                continue;
            }
            if bytes[at] == b'\\' {
                escaped = Some(at + 1);
                continue;
            }
            if separator == b';' && html::ends_in_escape(&whole[..at]) {
                continue;
            }
            rest = Some(&whole[at + 1..]);
            return Some(&whole[..at]);
        }
        rest = None;
        Some(whole)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_and_other_backslashes_kept() {
        for (value, wanted) in [
            (r"plain", "plain"),
            (r"a\nb\Nc", "a\nb\nc"),
            (r"a\,b\;c\\d", r"a,b;c\d"),
            (r"http\://x", "http://x"),
            (r"\\n", r"\n"),
            (r"C:\Users", r"C:\Users"),
            (r"end\", r"end\"),
            ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ] {
            assert_eq!(unescape(value), wanted, "{value}");
        }
        assert!(matches!(unescape("plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn values_are_split_where_no_backslash_stands() {
        for (value, wanted) in [
            ("", &[""][..]),
            ("a;b", &["a", "b"]),
            (r"a\;b;c", &[r"a\;b", "c"]),
            (r"a\\;b", &[r"a\\", "b"]),
            (r"a\\\;b", &[r"a\\\;b"]),
            (";;", &["", "", ""]),
            (r"\", &[r"\"]),
            ("M&uuml;ller;A&O;Bo", &["M&uuml;ller", "A&O", "Bo"]),
        ] {
            assert_eq!(split(value, b';').collect::<Vec<_>>(), wanted, "{value}");
        }
    }

    #[test]
    fn a_component_is_a_text_or_a_list() {
        let parts: Vec<_> = split(r"Public;John;Quin\,lan,Paul", b';').collect();
        assert_eq!(unescape(parts[2]), "Quin,lan,Paul");
        assert_eq!(list(parts[2]).collect::<Vec<_>>(), ["Quin,lan", "Paul"]);
    }
}
