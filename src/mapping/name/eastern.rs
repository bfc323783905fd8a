//! Korean, Japanese and Chinese names, which begin with the family name.

use super::fold::Composed;
use super::{Split, parted, titles_at, whole};
use crate::mapping::words::NAMES;

/// A family name of one syllable, or of two, and a given name, mostly without a space between.
pub(super) fn korean(full: &str) -> Split<'_> {
    if let Some((last, first)) = full.split_once([',', '，']) {
        let (last, first) = (last.trim(), first.trim());
        let is_clear = is_surname(last) && !first.is_empty() && !first.contains([',', '，']);
        return parted(full, last, first, is_clear);
    }
    let titles = titles_at(full, is_title);
    let (name, suffix) = full.split_at(titles);
    let (name, attached) = attached_title(name.trim_end());
    let suffix = if attached.is_empty() {
        suffix
    } else {
        full[name.len()..].trim_start()
    };
    let name_parts = match name.split_once(char::is_whitespace) {
        None => korean_word(name),
        // A family name alone with a title behind it has nothing to split, and any other word is no family name.
        Some((last, first)) if is_surname(last) && is_given_name(first.trim()) => {
            Some((last, first.trim_start()))
        }
        Some(_) => None,
    };
    match name_parts {
        Some((last, first)) => Split {
            last,
            first,
            suffix,
            ..Split::default()
        },
        None if !suffix.is_empty() && is_surname(name) => Split {
            last: name,
            suffix,
            ..Split::default()
        },
        None if attached.is_empty() && !name.contains(char::is_whitespace) => Split {
            suffix,
            ..whole(name)
        },
        None => whole(full),
    }
}

/// Splits a name without spaces: two to four syllables that begin with a family name.
fn korean_word(name: &str) -> Option<(&str, &str)> {
    let syllables = Composed::new(name).count();
    if !(2..=4).contains(&syllables) || NAMES.korean_no_names.contains(name) || is_title(name) {
        return None;
    }
    let split = |syllables| {
        let (at, _) = Composed::new(name).nth(syllables)?;
        Some(name.split_at(at)).filter(|(last, _)| is_surname(last))
    };
    split(2).or_else(|| split(1))
}

fn is_surname(name: &str) -> bool {
    let composed = || Composed::new(name).map(|(_, c)| c).collect::<String>();
    // Few names are written in single letters.
    NAMES.surnames.contains(name)
        || name.contains(|c| matches!(c, '\u{1100}'..='\u{1112}'))
            && NAMES.surnames.contains(&composed())
}

/// One word, or single syllables (`길 동`).
fn is_given_name(name: &str) -> bool {
    !name.contains(char::is_whitespace)
        || name
            .split_whitespace()
            .all(|word| Composed::new(word).count() == 1)
}

/// A title written on to a name: `홍길동님`, `홍길동부장`, `홍길동선생님`.
///
/// In four syllables or less only `님` is surely no part of the name.
fn attached_title(name: &str) -> (&str, &str) {
    let is_long = Composed::new(name).nth(4).is_some();
    if name.contains(char::is_whitespace) || !(is_long || name.ends_with('님')) {
        return (name, "");
    }
    let ends = Composed::new(name).map(|(at, _)| at).skip(2).take(3);
    let is_titled = |at: &usize| {
        let (person, title) = name.split_at(*at);
        (is_long || title == "님") && is_title(title) && korean_word(person).is_some()
    };
    name.split_at(ends.into_iter().find(is_titled).unwrap_or(name.len()))
}

fn is_title(word: &str) -> bool {
    NAMES.korean_titles.contains(word)
        || word
            .strip_suffix('님')
            .is_some_and(|title| NAMES.korean_titles.contains(title))
}

/// Only a space says where the family name of a Japanese or Chinese name ends.
pub(super) fn ideographic(full: &str) -> Split<'_> {
    if full.split_whitespace().any(is_organisation) {
        return whole(full);
    }
    if let Some((last, first)) = full.split_once([',', '，']) {
        let (last, first) = (last.trim(), first.trim());
        let is_word = |text: &str| {
            !text.is_empty()
                && !text.contains(|c: char| c.is_whitespace() || matches!(c, ',' | '，'))
        };
        // More than a family name before the comma is rather a list of persons.
        let is_clear = is_word(last) && is_word(first) && last.chars().count() <= 3;
        return parted(full, last, first, is_clear);
    }
    let (name, suffix) = full.split_at(titles_at(full, |word| NAMES.honorifics.contains(word)));
    let name = name.trim_end();
    match name
        .split_once(char::is_whitespace)
        .map(|(last, first)| (last, first.trim_start()))
    {
        Some((last, first)) if !first.contains(char::is_whitespace) => Split {
            last,
            first,
            suffix,
            ..Split::default()
        },
        Some(_) => whole(full),
        None => Split {
            suffix,
            ..whole(name)
        },
    }
}

fn is_organisation(word: &str) -> bool {
    let mut parts = NAMES.organisations.iter();
    parts.any(|part| word.starts_with(part) || word.ends_with(part))
}
