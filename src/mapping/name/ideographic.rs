//! Japanese and Chinese names: only a space says where the family name ends.

use super::{Split, parted, titles_at, whole};
use crate::mapping::words::NAMES;

pub(super) fn split(full: &str) -> Split<'_> {
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
