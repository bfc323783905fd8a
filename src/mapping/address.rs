//! Addresses: the parts that exports have, joined to the one line that the service takes, in the order of their country.

use super::name::{is_han, same_name};
use super::spec::AddressPart;
use super::words::NAMES;
use super::{derived, trimmed};
use std::borrow::Cow;

/// The parts of an address in the order of [`AddressPart::ALL`], which is that of the West; empty where there is none. The first
/// one, the whole address as the export writes it, is only used where there are no others.
///
/// The service has a field for the postal code, so it is none of them.
pub type Parts<'a> = [Cow<'a, str>; AddressPart::ALL.len()];

/// The address in one line.
///
/// One written in Hangul, Han or Kana goes from the large to the small (country, region, city, street, building, PO box)
/// with blanks between; any other one from the small to the large (street, building, PO box, city, region, country) with
/// commas. The writing decides, since an address in Seoul that is written in English is written from the small to the
/// large; only where no part but the country has letters, the country does. Parts of a Japanese address are joined without
/// a blank between two Japanese characters (`東京都千代田区`), as they are written there.
///
/// Line breaks inside of parts become a blank or a comma likewise. Nothing is left out or added, so a PO box that is only a
/// number stays one. A `formatted` address that begins or ends with the postal code keeps it.
pub fn join(mut parts: Parts<'_>) -> Cow<'_, str> {
    let is_given = |part: &Cow<'_, str>| !trimmed(part).is_empty();
    let mut given = (1..parts.len()).filter(|index| is_given(&parts[*index]));
    let one = given.next().unwrap_or(AddressPart::Formatted as usize);
    let is_one = given.next().is_none();
    if is_one && !has_lines(trimmed(&parts[one])) {
        return derived(&parts[one], |part| trimmed(part).into());
    }
    let style = style(&parts);
    if is_one {
        let one = std::mem::take(&mut parts[one]);
        return derived(&one, |part| one_line(trimmed(part), style));
    }
    in_order(&parts, style).into()
}

/// The parts of an address in the order of a style.
fn in_order(parts: &Parts<'_>, style: Style) -> String {
    let [_, mut ordered @ ..] = parts.each_ref().map(|part| trimmed(part));
    let country = ordered[7];
    if style != Style::Western {
        // Country, region and city, and behind them the lines.
        ordered.rotate_right(3);
        ordered[..3].reverse();
    }
    let length: usize = ordered.iter().map(|piece| piece.len() + 2).sum();
    let mut out = String::with_capacity(length);
    for piece in ordered.into_iter().filter(|piece| !piece.is_empty()) {
        // What follows the country is not written on to it, and the country stands alone before it.
        let is_behind_country = style == Style::Japanese && !out.is_empty() && out == country;
        let style = if is_behind_country {
            Style::Asian
        } else {
            style
        };
        add(&mut out, &one_line(piece, style), style);
    }
    out
}

/// Whether a formatted address says nothing that the parts and the postal code don't say: whether it consists of them, in any
/// order.
pub fn repeats(formatted: &str, parts: &Parts<'_>, postal_code: &str) -> bool {
    let mut pieces: Vec<&str> = parts[1..].iter().map(|part| &**part).collect();
    pieces.push(postal_code);
    same_name(formatted, &pieces)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// From the large to the small, with blanks.
    Asian,
    /// The same, without blanks between Japanese characters.
    Japanese,
    /// From the small to the large, with commas.
    Western,
}

fn style(parts: &Parts<'_>) -> Style {
    let [written @ .., country] = parts;
    let country = trimmed(country);
    let is_any_of = |countries: &[String]| {
        let mut countries = countries.iter();
        countries.any(|one| one.eq_ignore_ascii_case(country))
    };
    let region = &parts[AddressPart::Region as usize];
    let ends_like_a_prefecture = || region.trim().ends_with(['都', '道', '府', '県']);
    match writing(written) {
        Writing::Hangul => Style::Asian,
        Writing::Kana => Style::Japanese,
        Writing::Han if is_any_of(&NAMES.japan) => Style::Japanese,
        Writing::Han if country.is_empty() && ends_like_a_prefecture() => Style::Japanese,
        Writing::Han => Style::Asian,
        Writing::None if is_any_of(&NAMES.japan) || is_any_of(&NAMES.east_asia) => Style::Asian,
        Writing::None | Writing::Other => Style::Western,
    }
}

/// What letters an address is written with.
enum Writing {
    Hangul,
    Kana,
    Han,
    Other,
    None,
}

/// Hangul and Kana decide alone, Han over letters of other scripts (`Aビル`).
fn writing(parts: &[Cow<'_, str>]) -> Writing {
    let mut writing = Writing::None;
    for part in parts {
        if part.is_ascii() {
            let has_letters = || part.bytes().any(|byte| byte.is_ascii_alphabetic());
            if matches!(writing, Writing::None) && has_letters() {
                writing = Writing::Other;
            }
            continue;
        }
        for c in part.chars() {
            match c {
                _ if is_hangul(c) => return Writing::Hangul,
                _ if is_kana(c) => return Writing::Kana,
                _ if is_han(c) => writing = Writing::Han,
                _ if matches!(writing, Writing::None) && c.is_alphabetic() => {
                    writing = Writing::Other;
                }
                _ => {}
            }
        }
    }
    writing
}

/// A piece without line breaks.
fn one_line(piece: &str, style: Style) -> Cow<'_, str> {
    if !has_lines(piece) {
        return Cow::Borrowed(piece);
    }
    let mut out = String::with_capacity(piece.len() + 4);
    let lines = piece.split(['\n', '\r']).map(str::trim);
    for line in lines.filter(|line| !line.is_empty()) {
        add(&mut out, line, style);
    }
    Cow::Owned(out)
}

fn has_lines(text: &str) -> bool {
    memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_some()
}

fn add(out: &mut String, piece: &str, style: Style) {
    let glued = |out: &str| {
        let is_japanese = |c: char| is_han(c) || is_kana(c);
        style == Style::Japanese && out.ends_with(is_japanese) && piece.starts_with(is_japanese)
    };
    if style == Style::Western
        && !out.is_empty()
        && !matches!(out.as_bytes().last(), Some(b',' | b';'))
    {
        out.push(',');
    }
    if !out.is_empty() && !glued(out) {
        out.push(' ');
    }
    out.push_str(piece);
}

fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣' | '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}')
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | 'ー' | '\u{FF66}'..='\u{FF9F}')
}

#[cfg(test)]
mod tests;
