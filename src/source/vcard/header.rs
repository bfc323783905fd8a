//! The part of a content line before its value: group, name, parameters. Both stages read it with the same code, so
//! that they agree on what is a property and where it ends.

use memchr::{memchr, memchr2};

/// A content line, split but not decoded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header<'a> {
    pub group: Option<&'a str>,
    pub name: &'a str,
    /// Everything between the name and the colon, each parameter still with its semicolon in front.
    pub params: &'a [u8],
    /// Where the value starts in the line.
    pub value_at: usize,
}

/// How a value is written, according to its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transfer {
    Plain,
    QuotedPrintable,
    Base64,
}

/// A line that opens or closes a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Begin,
    End,
}

impl<'a> Header<'a> {
    /// `None` for a line that is no property: no colon, or something else than a name before it. A quote that is never
    /// closed is none.
    pub fn split(line: &'a [u8]) -> Option<Self> {
        Self::split_at(line, |open_quote| {
            memchr(b':', &line[open_quote..]).map(|length| open_quote + length)
        })
    }

    /// The same, but a quote that is not closed may be closed in the next line, so that this is no whole header.
    pub fn split_whole(line: &'a [u8]) -> Option<Self> {
        Self::split_at(line, |_| None)
    }

    fn split_at(line: &'a [u8], open_quote: impl Fn(usize) -> Option<usize>) -> Option<Self> {
        let first = memchr2(b':', b';', line)?;
        let (group, name) = group_and_name(&line[..first])?;
        let colon = if line[first] == b':' {
            first
        } else {
            colon_after(line, first, open_quote)?
        };
        let value = &line[colon + 1..];
        // A web address on a line of its own is a torn note and no property.
        if value.starts_with(b"//")
            && ["http", "https", "ftp"]
                .iter()
                .any(|it| name.eq_ignore_ascii_case(it))
        {
            return None;
        }
        Some(Self {
            group,
            name,
            params: &line[first..colon],
            value_at: colon + 1,
        })
    }

    /// How the value is written.
    pub fn transfer(&self) -> Transfer {
        for param in params(self.params) {
            let (value, bare) = match memchr(b'=', param) {
                Some(equals)
                    if param[..equals]
                        .trim_ascii()
                        .eq_ignore_ascii_case(b"ENCODING") =>
                {
                    (unquoted(&param[equals + 1..]), false)
                }
                Some(_) => continue,
                None => (param.trim_ascii(), true),
            };
            if value.eq_ignore_ascii_case(b"QUOTED-PRINTABLE") {
                return Transfer::QuotedPrintable;
            }
            if value.eq_ignore_ascii_case(b"BASE64") || !bare && value.eq_ignore_ascii_case(b"B") {
                return Transfer::Base64;
            }
        }
        Transfer::Plain
    }

    /// Whether the property carries text even where its value is written in base64.
    pub fn is_textual(&self) -> bool {
        [
            "N",
            "FN",
            "NOTE",
            "ORG",
            "TITLE",
            "ROLE",
            "ADR",
            "LABEL",
            "NICKNAME",
            "EMAIL",
            "TEL",
            "URL",
            "CATEGORIES",
        ]
        .iter()
        .any(|it| self.name.eq_ignore_ascii_case(it))
    }

    /// Whether a value that starts like this, and is written like that, is binary data.
    pub fn is_binary(&self, transfer: Transfer, value: &[u8]) -> bool {
        if transfer == Transfer::Base64 {
            return !self.is_textual();
        }
        if matches!(value.first(), Some(b'd' | b'D' | b' ')) {
            let start = value.trim_ascii_start();
            if start.len() >= 5 && start[..5].eq_ignore_ascii_case(b"data:") {
                return true;
            }
        }
        let is_media = |name: &str| {
            ["PHOTO", "LOGO", "SOUND", "KEY"]
                .iter()
                .any(|it| name.eq_ignore_ascii_case(it))
        };
        value.len() >= 60 && is_media(self.name) && looks_like_base64(value)
    }
}

/// The parameters of a header, without their semicolons. Quotes may hold semicolons.
pub(super) fn params(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes.strip_prefix(b";").unwrap_or_default();
    let mut done = bytes.is_empty();
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let end = param_end(rest);
        let param = &rest[..end];
        done = end == rest.len();
        rest = if done { &[] } else { &rest[end + 1..] };
        Some(param)
    })
    .filter(|param| !param.trim_ascii().is_empty())
}

/// Whether the line opens or closes a card, whatever its case and the blanks in it.
pub(super) fn marker(line: &[u8]) -> Option<Marker> {
    let line = line.trim_ascii();
    let line = line
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(line)
        .trim_ascii_start();
    if !matches!(line.first(), Some(b'B' | b'b' | b'E' | b'e')) {
        return None;
    }
    let colon = memchr(b':', &line[..line.len().min(16)])?;
    if !line[colon + 1..]
        .trim_ascii_start()
        .eq_ignore_ascii_case(b"VCARD")
    {
        return None;
    }
    match line[..colon].trim_ascii_end() {
        name if name.eq_ignore_ascii_case(b"BEGIN") => Some(Marker::Begin),
        name if name.eq_ignore_ascii_case(b"END") => Some(Marker::End),
        _ => None,
    }
}

/// Whether the line could be data in base64: nothing but its alphabet, and something of it.
pub(super) fn looks_like_base64(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    !line.is_empty()
        && line
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

/// Whether a line without a colon could be the first part of a header that goes on in the next line.
pub(super) fn may_be_folded(line: &[u8]) -> bool {
    let name = &line[..memchr(b';', line).unwrap_or(line.len())];
    !name.is_empty()
        && name
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(byte))
}

/// Whether the line is an AGENT whose value is the beginning of a card.
pub(super) fn opens_agent(line: &[u8]) -> bool {
    let tail = line.trim_ascii_end();
    tail.len() > 11
        && tail[tail.len() - 5..].eq_ignore_ascii_case(b"VCARD")
        && Header::split(line).is_some_and(|header| {
            header.name.eq_ignore_ascii_case("AGENT")
                && marker(&line[header.value_at..]) == Some(Marker::Begin)
        })
}

/// The position of the colon that ends the header, `from` its first semicolon.
fn colon_after(
    line: &[u8],
    from: usize,
    open_quote: impl Fn(usize) -> Option<usize>,
) -> Option<usize> {
    let mut at = from;
    loop {
        let found = at + memchr2(b':', b'"', &line[at..])?;
        if line[found] == b':' {
            return Some(found);
        }
        match memchr(b'"', &line[found + 1..]) {
            Some(length) => at = found + 1 + length + 1,
            None => return open_quote(found),
        }
    }
}

fn unquoted(value: &[u8]) -> &[u8] {
    let value = value.trim_ascii();
    value
        .strip_prefix(b"\"")
        .and_then(|inner| inner.strip_suffix(b"\""))
        .unwrap_or(value)
}

fn param_end(params: &[u8]) -> usize {
    let mut at = 0;
    while let Some(length) = memchr2(b';', b'"', &params[at..]) {
        let found = at + length;
        if params[found] == b';' {
            return found;
        }
        match memchr(b'"', &params[found + 1..]) {
            Some(length) => at = found + 1 + length + 1,
            None => {
                return memchr(b';', &params[found..])
                    .map_or(params.len(), |length| found + length);
            }
        }
    }
    params.len()
}

fn group_and_name(bytes: &[u8]) -> Option<(Option<&str>, &str)> {
    let name = std::str::from_utf8(bytes.trim_ascii_end()).ok()?;
    let (group, name) = match name.rsplit_once('.') {
        Some((group, name)) => (Some(group), name),
        None => (None, name),
    };
    let word = |text: &str, more: &[u8]| {
        let known = |byte: u8| {
            byte.is_ascii_alphanumeric() || b"-_".contains(&byte) || more.contains(&byte)
        };
        !text.is_empty() && text.bytes().all(known)
    };
    // Some telephones put a whole parameter into a name of their own: `X-CUSTOM(CHARSET=UTF-8,Home)`.
    let own = |text: &str| {
        text.len() > 2
            && text.as_bytes()[..2].eq_ignore_ascii_case(b"X-")
            && !text.contains(|char: char| char.is_whitespace() || char.is_control())
    };
    ((word(name, b"/") || own(name)) && group.is_none_or(|group| word(group, b".")))
        .then_some((group, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str) -> Option<(Option<&str>, &str, Vec<&str>, &str)> {
        Header::split(line.as_bytes()).map(|header| {
            let params = params(header.params)
                .map(|param| std::str::from_utf8(param).expect("ascii"))
                .collect();
            (header.group, header.name, params, &line[header.value_at..])
        })
    }

    #[test]
    fn a_header_is_split_at_what_no_quote_holds() {
        for (line, wanted) in [
            ("FN:Kim", Some((None, "FN", vec![], "Kim"))),
            (
                "item1.TEL;type=CELL:1",
                Some((Some("item1"), "TEL", vec!["type=CELL"], "1")),
            ),
            (
                "TEL;TYPE=\"a:b;c\",d;PREF=1:x:y",
                Some((None, "TEL", vec!["TYPE=\"a:b;c\",d", "PREF=1"], "x:y")),
            ),
            (
                "TEL;TYPE=\"HOME:1",
                Some((None, "TEL", vec!["TYPE=\"HOME"], "1")),
            ),
            ("TEL;;CELL;:1", Some((None, "TEL", vec!["CELL"], "1"))),
            (
                "X-A;B=\"c\"d\"e:f",
                Some((None, "X-A", vec!["B=\"c\"d\"e"], "f")),
            ),
            (
                "X-CUSTOM(A=1,b):c",
                Some((None, "X-CUSTOM(A=1,b)", vec![], "c")),
            ),
            ("FN :Kim", Some((None, "FN", vec![], "Kim"))),
            ("no property", None),
            ("TEL;CELL", None),
            ("two words: no", None),
            ("전화:010", None),
            (".TEL:1", None),
            (":1", None),
            ("http://example.com", None),
        ] {
            assert_eq!(split(line), wanted, "{line}");
        }
    }

    #[test]
    fn the_way_a_value_is_written_is_found_in_any_spelling() {
        for (line, wanted) in [
            ("PHOTO;ENCODING=b;TYPE=JPEG:", Transfer::Base64),
            ("PHOTO;TYPE=JPEG;encoding=Base64:", Transfer::Base64),
            ("PHOTO;ENCODING=\"b\":", Transfer::Base64),
            ("PHOTO;BASE64:", Transfer::Base64),
            ("N;ENCODING=QUOTED-PRINTABLE:", Transfer::QuotedPrintable),
            (
                "N;quoted-printable;CHARSET=UTF-8:",
                Transfer::QuotedPrintable,
            ),
            ("TEL;TYPE=b:", Transfer::Plain),
            ("TEL;B:", Transfer::Plain),
            ("N;ENCODING=8BIT:", Transfer::Plain),
        ] {
            assert_eq!(
                Header::split(line.as_bytes())
                    .expect("a property")
                    .transfer(),
                wanted,
                "{line}"
            );
        }
    }

    #[test]
    fn markers_are_seen_whatever_their_case_and_blanks() {
        for line in [
            "BEGIN:VCARD",
            "begin:vcard ",
            "\t BEGIN : vCard",
            "\u{feff}BEGIN:VCARD",
        ] {
            assert_eq!(marker(line.as_bytes()), Some(Marker::Begin), "{line}");
        }
        assert_eq!(marker(b"END:VCARD\t"), Some(Marker::End));
        for line in [
            "BEGIN:VCALENDAR",
            "END:VCARD\\n",
            "BEGINNING:VCARD",
            "",
            "B",
            "EMAIL:VCARD",
        ] {
            assert_eq!(marker(line.as_bytes()), None, "{line}");
        }
    }
}
