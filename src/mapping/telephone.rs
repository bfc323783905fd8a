//! Telephones: written with the characters that the service takes, and compared however they are written.
//!
//! What the service takes is never touched. In what it does not take, only the writing is mended; no digit is ever added,
//! dropped or moved. What can't be mended without a guess (two numbers in one value, words, `1.01E+09`) stays for the rule
//! of the telephone's pattern to name.

use super::label::{extensions, is_beside_number, narrow};
use super::spreadsheet::damage;
use super::{after, trimmed};
use crate::contact::limits::is_telephone;
use crate::printable::is_invisible;
use std::borrow::Cow;

/// A telephone written with the characters that the service takes, as far as that needs no guess.
///
/// - `tel:` goes, `;ext=12`, `ext. 12`, `x12`, `내선 12`, `内線12` and `分机12` become `P12`;
/// - full-width characters become narrow ones, dashes of every kind and dots between digits `-`, spaces of every kind a
///   blank, and marks that can't be seen go;
/// - `,` becomes `P`, `;` and `w` become `T`, but not between two numbers (`02-000-0000,02-000-0001`);
/// - `~` is a dash as long as what stands before it is too short for a number (`02)000~0000`); in `02-0000-0001~3` it means
///   a range and stays.
///
/// It is borrowed if nothing changed but white space around it.
pub fn normalize(raw: &str) -> Cow<'_, str> {
    let trimmed = trimmed(raw);
    let is_right = is_telephone(trimmed);
    if is_right || trimmed.len() > LONGEST || damage(trimmed).is_some() {
        return trimmed.into();
    }
    let mended = mend(trimmed);
    match mended == trimmed {
        true => trimmed.into(),
        false => mended.into(),
    }
}

/// The numbers in a cell: it is split at commas, semicolons, slashes, line breaks, and before labels (`T. 02… M. 010…`), where
/// all parts have digits enough for a number of their own.
pub fn numbers(cell: &str) -> Vec<&str> {
    if is_one(cell) || cell.len() > LONGEST {
        return vec![cell];
    }
    let parts = cell.split(SEPARATORS).flat_map(at_blanks).map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [one] => vec![one],
        // `;ext=12` and `,,12#` go on with the number.
        [_, _, ..] if parts.iter().all(|part| digits(part) >= 7) => parts,
        _ => vec![cell],
    }
}

/// The parts of a text that begin behind a blank with a letter or, where there are too many digits for one number, as a number
/// does.
fn at_blanks(text: &str) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let is_long = digits(text) > MOST_DIGITS;
    for (at, c) in text.char_indices() {
        let begins_number = || is_long && "0+(".contains(c) && digits(&text[start..at]) >= 8;
        let begins = c.is_alphabetic() || begins_number();
        if begins && text[..at].ends_with(char::is_whitespace) {
            parts.push(&text[start..at]);
            start = at;
        }
    }
    parts.push(&text[start..]);
    parts
}

fn digits(text: &str) -> usize {
    let digits = text.chars().map(narrow).filter(char::is_ascii_digit);
    digits.count()
}

/// No number has more (ITU-T E.164).
const MOST_DIGITS: usize = 15;

const SEPARATORS: [char; 10] = [',', ';', '/', '\n', '\r', '、', '，', '；', '／', '|'];

/// Whether nothing in a cell may separate two numbers, as in most.
pub fn is_one(cell: &str) -> bool {
    // What the service takes in a telephone separates none, but for blanks.
    let may_divide = |c: char| SEPARATORS.contains(&c) || c.is_alphabetic();
    match is_telephone(cell) {
        true => cell.len() <= MOST_DIGITS + 1 || digits(cell) <= MOST_DIGITS,
        false => !cell.contains(may_divide),
    }
}

/// In bytes. What is longer is no telephone, and is not looked at.
const LONGEST: usize = 256;

/// Replaces `out` with what is equal in two writings of one number; empty if fewer than three digits are left.
///
/// Digits alone count. A number that begins with `+` or `00` loses the country calling code, every number the zeros at its
/// beginning: `010-0000-0001`, `+82 10-0000-0001` and `+82 (0)10 0000 0001` are the same. So are numbers of two countries
/// that differ in nothing else; the duplicate search asks for the same name as well. Digits behind a pause or a wait are
/// an extension and count as such.
pub fn comparable(telephone: &str, out: &mut String) {
    out.clear();
    let mut end = telephone.len();
    for (at, byte) in telephone.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => out.push(char::from(byte)),
            b'P' | b'p' | b'T' | b't' => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let (number, extension) = telephone.split_at(end);
    let begin = number.trim_start_matches([' ', '(', '\u{3000}']);
    let international = match out.strip_prefix("00") {
        _ if begin.starts_with('+') => Some(out.as_str()),
        after => after,
    };
    let national = international.map_or(out.as_str(), without_calling_code);
    let zeros = national.bytes().take_while(|byte| *byte == b'0').count();
    out.drain(..out.len() - national.len() + zeros);
    if out.len() < 3 {
        out.clear();
    } else if extension.bytes().any(|b| b.is_ascii_digit()) {
        out.push('P');
        out.extend(extension.chars().filter(char::is_ascii_digit));
    }
}

/// The digits behind the country calling code (ITU-T E.164): `1` and `7` stand alone, the two-digit ones are listed, and
/// every other one has three digits.
fn without_calling_code(digits: &str) -> &str {
    let length = match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    };
    digits.get(length..).unwrap_or("")
}

/// What is written in place of the beginning of the rest of a telephone, the digits behind it, and what comes then.
type Replacement<'a> = (&'static str, &'a str, &'a str);

fn mend(telephone: &str) -> String {
    let seen = telephone
        .chars()
        .filter(|c| !is_invisible(*c) && !matches!(c, '\u{200C}' | '\u{200D}'));
    let plain: String = seen.map(plain).collect();
    let plain = plain.trim();
    let mut rest = without_labels(after(plain, "tel:").map_or(plain, str::trim_start));
    let tilde_divides = tilde_divides(rest);
    let mut out = String::with_capacity(rest.len());
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            out.push(c);
            rest = &rest[1..];
            continue;
        }
        let replacement = extension(&out, rest)
            .or_else(|| context(rest))
            .or_else(|| pause(&out, rest))
            .or_else(|| separator(&out, rest, tilde_divides));
        if let Some((put, digits, after)) = replacement {
            if matches!(put, "P" | ".") {
                out.truncate(out.trim_end().len());
            }
            out.push_str(if put == "." { "-" } else { put });
            out.push_str(digits);
            rest = after;
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Narrow, and every space that stands on a line a blank, save the ideographic one, which the service takes. The
/// full-width dash is left for `separator`.
fn plain(c: char) -> char {
    match c {
        '\u{3000}' | '－' => c,
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => ' ',
        c => narrow(c),
    }
}

/// A number without a word that only says what it is, before it (`Tel. 030…`, `휴대폰: 010…`, `(집)02…`) or in brackets behind it
/// (`(代)`).
fn without_labels(telephone: &str) -> &str {
    let mut bare = telephone;
    if telephone.bytes().filter(u8::is_ascii_digit).count() < 5 {
        return telephone;
    }
    let begin = bare.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '('));
    if let Some(begin) = begin.filter(|begin| *begin > 0) {
        let word = bare[..begin].trim_end_matches([' ', '.', ':', ')', '\u{3000}']);
        if is_label(word) {
            bare = &bare[begin..];
        }
    }
    if let Some((word, number)) = bare.strip_prefix('(').and_then(|rest| rest.split_once(')'))
        && is_label(word)
    {
        bare = number.trim_start();
    }
    if let Some((before, word)) = bare.rsplit_once('(')
        && let Some(word) = word.trim_end().strip_suffix(')')
        && is_label(word)
    {
        bare = before.trim_end();
    }
    let end = bare.rfind(|c: char| c.is_ascii_digit() || matches!(c, '#' | '*' | ')'));
    match end.map(|end| bare.split_at(end + 1)) {
        Some((number, word)) if is_label(word.trim()) => number,
        _ => bare,
    }
}

/// Words that say of a telephone no more than what its column says.
fn is_label(word: &str) -> bool {
    let word = word.trim();
    !word.is_empty() && is_beside_number(&word.to_lowercase())
}

/// `ext. 12`, `;ext=12`, `(내선 12)`: an announcement behind a number, and one to seven digits that end the value or a word.
fn extension<'a>(out: &str, rest: &'a str) -> Option<Replacement<'a>> {
    if !ends_number(out) {
        return None;
    }
    let word = rest.trim_start_matches([' ', '\u{3000}', ',', ';', '(', '-', '/']);
    if !word.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let opened = rest[..rest.len() - word.len()].contains('(');
    let mut keywords = extensions().iter();
    let after_word = keywords.find_map(|keyword| after(word, keyword))?;
    let digits = after_word.trim_start_matches([' ', '\u{3000}', '.', ':', '=']);
    let after = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &digits[..digits.len() - after.len()];
    if !(1..=7).contains(&digits.len())
        || after.starts_with(|c: char| c.is_alphanumeric() || "-.".contains(c))
    {
        return None;
    }
    let after = match after.trim_start().strip_prefix(')') {
        Some(after) if opened => after,
        _ if opened => return None,
        _ => after,
    };
    Some(("P", digits, after))
}

/// `;phone-context=example.com` (RFC 3966) says nothing that can be dialled. One with digits stays: what it means for the
/// number, only the network knows.
fn context(rest: &str) -> Option<Replacement<'_>> {
    let value = after(rest, ";phone-context=")?;
    let end = value.find(';').unwrap_or(value.len());
    let has_digits = value[..end].bytes().any(|b| b.is_ascii_digit());
    (!has_digits).then(|| ("", "", &value[end..]))
}

const PAUSES: [char; 4] = [',', ';', 'w', 'W'];

/// A pause or a wait between digits, unless another number follows.
fn pause<'a>(out: &str, rest: &'a str) -> Option<Replacement<'a>> {
    let put = match rest.as_bytes().first()? {
        b',' => "P",
        b';' | b'w' | b'W' => "T",
        _ => return None,
    };
    let next = rest.trim_start_matches(PAUSES);
    let dialled = |c: char| c.is_ascii_digit() || matches!(c, '#' | '*');
    let stands_between = out.ends_with(|c: char| dialled(c) || matches!(c, ')' | 'P' | 'T'))
        && next.starts_with(dialled);
    (stands_between && !is_number(next)).then(|| (put, "", &rest[1..]))
}

/// Whether a whole number follows rather than digits to dial on: seven digits or more that begin with a zero or are grouped.
fn is_number(text: &str) -> bool {
    let text = text.split([',', ';', '/']).next().unwrap_or("");
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let grouped = text
        .contains(|c: char| matches!(c, '.' | ' ' | '\u{3000}' | '(' | ')' | '~') || is_dash(c));
    digits >= 7 && (text.starts_with('0') || grouped)
}

/// A dot, a slash (`030/1234567`) or a dash of any kind between the digits of one number.
///
/// Blanks around a dot or slash go. A `~` counts only before three digits or more, as a range (`~3`) is mostly shortened.
fn separator<'a>(out: &str, rest: &'a str, tilde_divides: bool) -> Option<Replacement<'a>> {
    let c = rest.chars().next()?;
    let behind = &rest[c.len_utf8()..];
    let after = behind.trim_start();
    let digits = || after.chars().take_while(char::is_ascii_digit).count();
    let is_complete = || out.bytes().filter(u8::is_ascii_digit).count() >= 7;
    let (is_meant, put, rest) = match c {
        '.' | '_' | '·' | '・' | '•' | '∙' => (true, ".", after),
        '/' => (!(is_complete() && is_number(after)), ".", after),
        c if TILDES.contains(&c) => (tilde_divides && digits() >= 3, "-", behind),
        c => (c != '-' && is_dash(c), "-", behind),
    };
    (is_meant && stands_between(out, after)).then_some((put, "", rest))
}

const TILDES: [char; 3] = ['~', '〜', '∼'];

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '−' | '－' | '﹣' | 'ー' | 'ｰ' | '─' | '━'
    )
}

/// Whether a `~` divides the number, as it does where what stands before the first one is too short to be a number.
fn tilde_divides(telephone: &str) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    telephone
        .find(TILDES)
        .is_some_and(|at| digits(&telephone[..at]) < 7)
}

fn stands_between(out: &str, after: &str) -> bool {
    ends_number(out) && after.starts_with(|c: char| c.is_ascii_digit() || c == '(')
}

fn ends_number(out: &str) -> bool {
    out.trim_end()
        .ends_with(|c: char| c.is_ascii_digit() || c == ')')
}

#[cfg(test)]
mod tests;
