//! Parameters, with and without names.

use std::borrow::Cow;

use super::card::Param;
use super::charset;
use super::header;
use super::mark::after;
use super::quoted::quoted_printable;
use crate::names::is_listed;
use crate::source::encoding::TextEncoding;

/// Reads the parameters of a header; `carets` tells whether RFC 6868 applies.
pub(super) fn all(params: &[u8], carets: bool) -> Vec<Param<'_>> {
    let texts = header::params(params).map(String::from_utf8_lossy);
    let read = texts.map(|text| match text {
        Cow::Borrowed(text) => read(text.trim(), carets),
        Cow::Owned(text) => read(text.trim(), carets).into_owned(),
    });
    read.collect()
}

fn read(param: &str, carets: bool) -> Param<'_> {
    if let Some(value) = samsung_label(param) {
        return Param {
            name: "X-CUSTOM".into(),
            raw: value.into(),
            carets: false,
        };
    }
    let (name, value) = match param.split_once('=') {
        // `TEL;CELL=;PREF=:` of vCard 2.1: types with an equals sign behind them.
        Some((bare, "")) if !has_value(bare.trim()) => {
            (Cow::Borrowed(name_of_bare(bare.trim())), bare.trim())
        }
        Some((name, value)) => (upper(name.trim()), value.trim()),
        None if has_value(param) => (upper(param), ""),
        None => (Cow::Borrowed(name_of_bare(param)), param),
    };
    Param {
        name,
        raw: Cow::Borrowed(value),
        carets,
    }
}

/// Whether a parameter of this name says nothing without a value.
fn has_value(name: &str) -> bool {
    const NAMES: &str = "ALTID CALSCALE CHARSET ENCODING GEO INDEX LABEL LANGUAGE LEVEL MEDIATYPE PID SORT-AS TYPE TZ VALUE";
    is_listed(NAMES, name)
}

/// What a parameter without a name is in vCard 2.1.
fn name_of_bare(value: &str) -> &'static str {
    match value {
        _ if header::is_transfer(value) => "ENCODING",
        _ if is_listed("URL URI INLINE CONTENT-ID CID", value) => "VALUE",
        _ => "TYPE",
    }
}

/// Samsung's own label: `X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=43=75=73)`.
fn samsung_label(param: &str) -> Option<String> {
    let rest = &param[param.len() - after(param.as_bytes(), b"X-CUSTOM(")?.len()..];
    let mut label = rest.strip_suffix(')').unwrap_or(rest);
    let (mut encoding, mut quoted) = (None, false);
    while let Some((setting, rest)) = label.split_once(',') {
        match setting.split_once('=') {
            Some((name, value)) if name.eq_ignore_ascii_case("CHARSET") => {
                encoding = charset::named(value)
            }
            Some((name, value)) if name.eq_ignore_ascii_case("ENCODING") => {
                quoted = value.eq_ignore_ascii_case("QUOTED-PRINTABLE");
            }
            _ => break,
        }
        label = rest;
    }
    let bytes = match quoted {
        true => quoted_printable(label.as_bytes()).0,
        false => label.as_bytes().to_vec(),
    };
    let encoding = encoding.unwrap_or(TextEncoding::UTF_8);
    Some(encoding.decode(&bytes).0.into_owned())
}

/// A name in upper case, without a copy where it already is or is a common one.
pub(super) fn upper(name: &str) -> Cow<'_, str> {
    if !name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(name);
    }
    let mut common = "TYPE X-ABLABEL X-ABADR CHARSET VALUE ENCODING".split(' ');
    let common = common.find(|common| name.eq_ignore_ascii_case(common));
    common.map_or_else(|| Cow::Owned(name.to_ascii_uppercase()), Cow::Borrowed)
}
