//! The part of a content line before its value: group, name, parameters. Both stages read it with the same code, so
//! that they agree on what is a property and where it ends.

use memchr::{memchr, memchr_iter, memchr2};

use super::card::Param;
use super::mark::after;
use crate::names::is_listed;

/// More of a property is not looked through for the end of its header, in bytes.
pub(super) const LONGEST_HEADER: usize = 8 * 1024;

/// A content line, split but not decoded.
#[derive(Debug, Clone, Copy)]
pub(super) struct ContentLine<'a> {
    pub group: Option<&'a str>,
    pub name: &'a str,
    /// Everything between the name and the colon, each parameter still with its semicolon in front.
    pub params: &'a [u8],
    /// Its first line.
    pub value: &'a [u8],
}

/// How a value is written, according to its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transfer {
    Plain,
    QuotedPrintable,
    Base64,
}

impl<'a> ContentLine<'a> {
    /// `None` for a line that is no property: no colon, or something else than a name before it. A quote that is never
    /// closed is none.
    pub fn split(line: &'a [u8]) -> Option<Self> {
        let first = memchr2(b':', b';', line)?;
        let (group, name) = group_and_name(&line[..first])?;
        let colon = first + outside_quotes(&line[first..], b':')?;
        let value = &line[colon + 1..];
        // A web address on a line of its own is a torn note and no property.
        if value.starts_with(b"//") && is_listed("http https ftp", name) {
            return None;
        }
        Some(Self {
            group,
            name,
            params: &line[first..colon],
            value,
        })
    }

    /// The same, but a quote that is not closed may be closed in the next line, so that this is no whole header.
    pub fn split_whole(line: &'a [u8]) -> Option<Self> {
        let quotes = |header: &Self| memchr_iter(b'"', header.params).count();
        Self::split(line).filter(|header| quotes(header).is_multiple_of(2))
    }
}

/// How a value is written that begins with `value`.
pub(super) fn transfer(params: &[Param<'_>], value: &[u8]) -> Transfer {
    match encodings(params).find_map(|named| transfer_of(&named)) {
        Some((transfer, true)) => transfer,
        // Under a name of the writer's own, or under none, the value has to show what it is.
        Some((Transfer::QuotedPrintable, false)) if is_quoted(value, false) => {
            Transfer::QuotedPrintable
        }
        _ if is_quoted(value, true) => Transfer::QuotedPrintable,
        _ => Transfer::Plain,
    }
}

/// The first name of a way to write values that no vCard has.
pub(super) fn unknown_transfer(params: &[Param<'_>]) -> Option<String> {
    const PLAIN: [&str; 7] = ["", "7BIT", "8BIT", "BINARY", "NONE", "PLAIN", "TEXT"];
    let is_known = |named: &str| transfer_of(named).is_some() || PLAIN.contains(&named);
    encodings(params).find(|named| !is_known(named))
}

/// What ENCODING names, in upper case and without punctuation.
fn encodings(params: &[Param<'_>]) -> impl Iterator<Item = String> {
    let named = params.iter().filter(|param| param.name == "ENCODING");
    named.map(|param| folded(&param.raw))
}

/// Whether a bare parameter is a way to write values. A type may be called B or Q.
pub(super) fn is_transfer(bare: &str) -> bool {
    let may_be = bare.len() > 1 && bare.starts_with(['B', 'b', 'Q', 'q']);
    ["7BIT", "7bit", "8BIT", "8bit"].contains(&bare)
        || may_be && transfer_of(&folded(bare)).is_some()
}

/// Whether the value of a property of this name is binary data.
pub(super) fn is_binary(name: &str, transfer: Transfer, value: &[u8]) -> bool {
    let start = value.trim_ascii_start();
    if transfer == Transfer::Base64 {
        const TEXTS: &str = "N FN NOTE ORG TITLE ROLE ADR LABEL NICKNAME EMAIL TEL URL CATEGORIES";
        !is_listed(TEXTS, name)
    } else {
        after(start, b"data:").is_some()
            || value.len() >= 60
                && is_listed("PHOTO LOGO SOUND KEY", name)
                && looks_like_base64(value)
    }
}

/// The parameters of a header, without their semicolons. Quotes may hold semicolons.
pub(super) fn params(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes.strip_prefix(b";");
    std::iter::from_fn(move || {
        let params = rest?;
        let end = outside_quotes(params, b';');
        rest = end.map(|end| &params[end + 1..]);
        Some(end.map_or(params, |end| &params[..end]))
    })
    .filter(|param| !param.trim_ascii().is_empty())
}

/// The way to write values that a name means, and whether it is the name that the specifications give it.
fn transfer_of(named: &str) -> Option<(Transfer, bool)> {
    match named {
        "QUOTEDPRINTABLE" => Some((Transfer::QuotedPrintable, true)),
        "BASE64" | "B" => Some((Transfer::Base64, true)),
        "Q" | "QP" => Some((Transfer::QuotedPrintable, false)),
        named if named.starts_with("QUOTED") => Some((Transfer::QuotedPrintable, false)),
        _ => None,
    }
}

fn folded(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_uppercase()).collect()
}

/// Whether a value plainly is quoted-printable: each equals sign stands before two hexadecimal digits or at the end.
/// `text` asks for two bytes of text beyond ASCII in a row, besides.
fn is_quoted(value: &[u8], text: bool) -> bool {
    let value = value.trim_ascii_end();
    let mut any = false;
    let mut before = None;
    for at in memchr_iter(b'=', value) {
        let digits = value.get(at + 1..at + 3);
        let high = match digits {
            Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => digits[0] >= b'8',
            _ if at + 1 == value.len() => break,
            _ => return false,
        };
        any |= !text || high && before == Some(at);
        before = high.then_some(at + 3);
    }
    any
}

/// Whether a line that is no property begins with the name of one: `LABEL,TYPE=HOME:`.
pub(super) fn looks_malformed(line: &[u8]) -> bool {
    let Some(end) = line.iter().position(|byte| b",;:".contains(byte)) else {
        return false;
    };
    let name = line[..end].rsplit(|byte| *byte == b'.').next();
    let is_name = |name: &str| is_known(name) || name.starts_with("X-");
    std::str::from_utf8(name.unwrap_or_default().trim_ascii_end()).is_ok_and(is_name)
}

/// Whether it is the name of a property of one of the vCard's specifications, in upper case.
pub(super) fn is_known(name: &str) -> bool {
    const NAMES: &str = "ADR AGENT ANNIVERSARY BDAY BIRTHPLACE CALADRURI CALURI CATEGORIES CLASS CLIENTPIDMAP CONTACT-URI \
        CREATED DEATHDATE DEATHPLACE EMAIL EXPERTISE FBURL FN GENDER GEO GRAMGENDER HOBBY IMPP INTEREST KEY KIND LABEL LANG \
        LANGUAGE LOGO MAILER MEMBER N NAME NICKNAME NOTE ORG ORG-DIRECTORY PHOTO PRODID PROFILE PRONOUNS RELATED REV ROLE \
        SOCIALPROFILE SORT-STRING SOUND SOURCE TEL TITLE TZ UID URL VERSION XML";
    NAMES.split_ascii_whitespace().any(|known| known == name)
}

/// Whether the line could be data in base64: nothing but its alphabet, and something of it.
pub(super) fn looks_like_base64(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let is_of_it = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    !line.is_empty() && line.iter().all(is_of_it)
}

/// Whether a line without a colon could be the first part of a header that goes on in the next line.
pub(super) fn may_be_folded(line: &[u8]) -> bool {
    let name = &line[..memchr(b';', line).unwrap_or(line.len())];
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./".contains(byte);
    !name.is_empty() && name.iter().all(is_of_name)
}

/// The value of a line that is an AGENT.
pub(super) fn agent_value(line: &[u8]) -> Option<&[u8]> {
    let name = line[..memchr2(b':', b';', line)?].trim_ascii_end();
    let is_named = name.len() >= 5 && name[name.len() - 5..].eq_ignore_ascii_case(b"AGENT");
    let header = is_named.then(|| ContentLine::split_whole(line)).flatten()?;
    let is_agent = header.name.eq_ignore_ascii_case("AGENT");
    is_agent.then_some(header.value)
}

/// Where the first `wanted` stands that is in no quotes. A quote that is not closed is none.
fn outside_quotes(text: &[u8], wanted: u8) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + memchr2(wanted, b'"', &text[at..])?;
        if text[found] == wanted {
            return Some(found);
        }
        match memchr(b'"', &text[found + 1..]) {
            Some(length) => at = found + 1 + length + 1,
            None => return memchr(wanted, &text[found..]).map(|length| found + length),
        }
    }
}

fn group_and_name(bytes: &[u8]) -> Option<(Option<&str>, &str)> {
    let name = std::str::from_utf8(bytes.trim_ascii_end()).ok()?;
    let grouped = name.rsplit_once('.');
    let (group, name) = grouped.map_or((None, name), |(group, name)| (Some(group), name));
    let word = |text: &str, more: &[u8]| {
        let known = |byte: u8| {
            byte.is_ascii_alphanumeric() || b"-_".contains(&byte) || more.contains(&byte)
        };
        !text.is_empty() && text.bytes().all(known)
    };
    // Some telephones put a whole parameter into a name of their own: `X-CUSTOM(CHARSET=UTF-8,Home)`.
    let own = |text: &str| {
        after(text.as_bytes(), b"X-").is_some_and(|rest| !rest.is_empty())
            && !text.contains(|char: char| char.is_whitespace() || char.is_control())
    };
    ((word(name, b"/") || own(name)) && group.is_none_or(|group| word(group, b".")))
        .then_some((group, name))
}

#[cfg(test)]
mod tests {
    use super::super::params::all;
    use super::*;

    fn split(line: &str) -> Option<(Option<&str>, &str, Vec<&str>, &str)> {
        ContentLine::split(line.as_bytes()).map(|header| {
            let params = params(header.params)
                .map(|param| std::str::from_utf8(param).expect("ascii"))
                .collect();
            let value = std::str::from_utf8(header.value).expect("ascii");
            (header.group, header.name, params, value)
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
            ("N;ENCODING=QP:=41", Transfer::QuotedPrintable),
            ("N;ENCODING=quoted_printable:a", Transfer::QuotedPrintable),
            ("N;ENCODING=QUOTED:1+1=2", Transfer::Plain),
            ("N;CHARSET=UTF-8:=EA=B9=80", Transfer::QuotedPrintable),
            ("N;CHARSET=UTF-8:=EA=B9=", Transfer::QuotedPrintable),
            ("N:a=20b=C3", Transfer::Plain),
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
            let header = ContentLine::split(line.as_bytes()).expect("a property");
            let params = all(header.params, false);
            assert_eq!(transfer(&params, header.value), wanted, "{line}");
        }
    }

    #[test]
    fn a_way_to_write_values_that_no_vcard_has_is_named() {
        for (line, wanted) in [
            ("NOTE;ENCODING=UUENCODE:x", Some("UUENCODE")),
            ("NOTE;ENCODING=8-bit:x", None),
            ("NOTE;ENCODING=QP:x", None),
            ("NOTE;WORK:x", None),
        ] {
            let header = ContentLine::split(line.as_bytes()).expect("a property");
            let unknown = unknown_transfer(&all(header.params, false));
            assert_eq!(unknown.as_deref(), wanted, "{line}");
        }
    }

    #[test]
    fn a_damaged_property_is_told_from_prose() {
        for line in [
            "LABEL,TYPE=HOME:a",
            "TEL;CELL",
            "item1.EMAIL,x:a",
            "X-ANY,a:b",
            "NOTE,",
        ] {
            assert!(looks_malformed(line.as_bytes()), "{line}");
        }
        for line in [
            "second line, still of the note",
            "Tel, fax: none",
            "PS, call",
            "",
            "LABEL",
        ] {
            assert!(!looks_malformed(line.as_bytes()), "{line}");
        }
    }
}
