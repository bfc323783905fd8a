//! E-mail addresses in a cell: several of them, with names around them, in full width.
//!
//! The service's document sets no form for an e-mail. The rule is cardlift's own: exactly one `@`, something on both sides of
//! it, and no white space.

use super::label::narrow;
use memchr::{memchr, memrchr};
use std::borrow::Cow;

/// Something before one `@` and something behind it, without white space.
pub fn is_email(text: &str) -> bool {
    has_one_at(text) && !has_space(text)
}

/// Whether it has one `@`, which neither begins nor ends it.
fn has_one_at(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_inside = |at| at > 0 && at + 1 < bytes.len() && memrchr(b'@', bytes) == Some(at);
    memchr(b'@', bytes).is_some_and(is_inside)
}

fn has_space(text: &str) -> bool {
    match text.is_ascii() {
        true => text
            .bytes()
            .any(|byte| byte == b' ' || matches!(byte, 9..=13)),
        false => text.contains(char::is_whitespace),
    }
}

/// The values in a cell: each an address, or what stands where one is expected. An address that is written plainly is given
/// as it stands.
///
/// A cell is split at commas, semicolons and line breaks, and at slashes and blanks where no piece is half an address. Names
/// (`Ann <ann@example.com>`), `mailto:`, quotes and remarks go, and full-width letters become ASCII.
pub fn values(cell: &str) -> Vec<Cow<'_, str>> {
    if !cell.contains(FULL_WIDTH) {
        return split(cell).into_iter().map(Cow::Borrowed).collect();
    }
    let narrowed: String = cell.chars().map(narrow).collect();
    let values = split(&narrowed).into_iter();
    values.map(|value| Cow::Owned(value.to_owned())).collect()
}

/// Whether these values are the parts of their cell, as it stands: divided by commas, semicolons or line breaks.
pub fn are_parts(values: &[Cow<'_, str>], cell: &str) -> bool {
    match values {
        [one] => one == cell,
        many => {
            let parts = cell.split([',', ';', '\n', '\r']).map(str::trim);
            parts.filter(|part| !part.is_empty()).eq(many)
        }
    }
}

/// Signs of an address in full width.
const FULL_WIDTH: [char; 5] = ['＠', '．', '；', '，', '：'];

/// What may divide a cell.
const DIVIDES: [char; 7] = [',', ';', '/', '(', ')', ':', '、'];

/// What may stand around an address.
const AROUND: [char; 11] = ['"', '\'', '<', '>', '[', ']', '#', '‘', '’', '“', '”'];

/// An address that has nothing about it that may have to be taken apart.
pub fn is_plain(cell: &str) -> bool {
    let is_usual =
        |byte: u8| byte.is_ascii_alphanumeric() | matches!(byte, b'@' | b'.' | b'-' | b'_' | b'+');
    // Without a branch for each byte, so that many are looked at at once.
    match cell.bytes().fold(true, |all, byte| all & is_usual(byte)) {
        true => has_one_at(cell) && !cell.ends_with('.'),
        false => {
            let may_be_more =
                |c| DIVIDES.contains(&c) || AROUND.contains(&c) || FULL_WIDTH.contains(&c);
            is_email(cell) && !cell.contains(may_be_more) && !cell.ends_with('.')
        }
    }
}

fn split(cell: &str) -> Vec<&str> {
    let mut values = Vec::new();
    // `"Example, Ann" <ann@example.com>` has a comma that divides nothing.
    if cell.contains('<') {
        let mut rest = cell;
        while let Some((before, behind)) = rest.split_once('<') {
            let bare = before.split([',', ';', '\n']).map(bare_address);
            values.extend(bare.filter(|text| is_email(text)));
            let (address, after) = behind.split_once('>').unwrap_or((behind, ""));
            values.extend(Some(bare_address(address)).filter(|text| !text.is_empty()));
            rest = after;
        }
        let bare = rest.split([',', ';', '\n', ' ']).map(bare_address);
        values.extend(bare.filter(|text| is_email(text)));
        return values;
    }
    for piece in cell.split([',', ';', '\n', '\r', '、', '|']) {
        let piece = bare_address(piece);
        if piece.is_empty() {
            continue;
        }
        let parts = piece.split(|c: char| c == '/' || c.is_whitespace());
        let with_at = parts.map(bare_address).filter(|part| part.contains('@'));
        let addresses: Vec<&str> = with_at.collect();
        let are_whole = !addresses.is_empty() && addresses.iter().all(|one| is_email(one));
        match are_whole && !is_email(piece) {
            true => values.extend(addresses),
            false => values.push(piece),
        }
    }
    match values.iter().any(|value| is_email(value)) {
        true => values,
        // What has no address in it is named whole.
        false => vec![bare_address(cell)],
    }
}

/// Without `mailto:` or another label, quotes, a link to the same address (`a@example.com#mailto:a@example.com#`), a remark in
/// brackets, and a full stop.
fn bare_address(text: &str) -> &str {
    let quotes = |c: char| c.is_whitespace() || AROUND.contains(&c);
    let mut bare = text.trim_matches(quotes);
    if let Some((address, _)) = bare.split_once("#mailto:") {
        bare = address;
    }
    if let Some((label, rest)) = bare.split_once(':')
        && let rest = rest.trim_matches(quotes)
        && (label.trim().eq_ignore_ascii_case("mailto") || is_email(rest) && !label.contains('@'))
    {
        bare = rest;
    }
    if let Some((address, remark)) = bare.split_once('(')
        && let address = address.trim_end_matches(quotes)
        && remark.ends_with(')')
        && is_email(address)
    {
        bare = address;
    }
    let without_stop = bare.strip_suffix('.').filter(|bare| is_email(bare));
    without_stop.unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_of_a_cell_is_found() {
        for (cell, expected) in [
            ("ann@example.com", &["ann@example.com"][..]),
            (
                "a@example.com, b@example.com",
                &["a@example.com", "b@example.com"],
            ),
            (
                "a@example.com;b@example.com;",
                &["a@example.com", "b@example.com"],
            ),
            (
                "a@example.com / b@example.com",
                &["a@example.com", "b@example.com"],
            ),
            (
                "a@example.com\nb@example.com",
                &["a@example.com", "b@example.com"],
            ),
            (
                "a@example.com b@example.com",
                &["a@example.com", "b@example.com"],
            ),
            ("Ann Example <ann@example.com>", &["ann@example.com"]),
            (
                "\"Example, Ann\" <ann@example.com>, bo@example.com",
                &["ann@example.com", "bo@example.com"],
            ),
            (
                "<a@example.com>; Bo <b@example.com>",
                &["a@example.com", "b@example.com"],
            ),
            ("mailto:ann@example.com", &["ann@example.com"]),
            ("ann@example.com (home)", &["ann@example.com"]),
            ("ann＠example．com", &["ann@example.com"]),
            ("업무용：ann@example.com", &["ann@example.com"]),
            (
                "work: a@example.com; home: b@example.com",
                &["a@example.com", "b@example.com"],
            ),
            ("a/b@example.com", &["a/b@example.com"]),
            (
                "work a@example.com and b@example.com",
                &["a@example.com", "b@example.com"],
            ),
            ("'ann@example.com'", &["ann@example.com"]),
            ("“ann@example.com”", &["ann@example.com"]),
            ("o'ann@example.com", &["o'ann@example.com"]),
            ("ann@example.com.", &["ann@example.com"]),
            (
                "ann@example.com#mailto:ann@example.com#",
                &["ann@example.com"],
            ),
            (
                "[ann@example.com](mailto:ann@example.com)",
                &["ann@example.com"],
            ),
        ] {
            assert_eq!(values(cell), expected, "{cell}");
        }
    }

    #[test]
    fn what_is_no_address_stays_whole() {
        for cell in [
            "ann@@example.com",
            "ann.example.com",
            "ann @example.com",
            "@example.com",
            "ann@",
        ] {
            assert_eq!(values(cell), [cell]);
            assert!(!is_email(cell));
        }
        assert_eq!(
            values("a@example.com; nonsense"),
            ["a@example.com", "nonsense"]
        );
    }
}
