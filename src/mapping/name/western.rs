//! Western names: given name first, or the family name and a comma; particles, prefixes and suffixes.

use super::{Split, whole};
use crate::mapping::words::NAMES;
use std::collections::HashSet;

pub(super) fn split(full: &str) -> Split<'_> {
    let split = match full.split_once([',', '，']) {
        Some((before, after)) => with_comma(before.trim(), after.trim()),
        None => given_first(full),
    };
    match split {
        Some(split) if !full.split([' ', ',']).any(is_no_person) => split,
        _ => whole(full),
    }
}

/// `LAST First`, `Last First`
pub(super) fn split_family_first(full: &str) -> Split<'_> {
    if full.contains([',', '，']) || full.split(' ').any(is_no_person) {
        return split(full);
    }
    let Some(words) = NameWords::of(full).filter(|words| words.count > 0) else {
        return whole(full);
    };
    let (start, end, around) = words.between();
    let is_shouted = |at: &usize| {
        let mut letters = words.word(*at).chars().filter(|c| c.is_alphabetic());
        letters.clone().count() > 1 && letters.all(char::is_uppercase)
    };
    let shouted = start + (start..end).take_while(is_shouted).count();
    let is_particle = |at: &usize| is_particle(words.word(*at));
    let particles = (start..end).take_while(is_particle).count();
    let family_end = match () {
        () if shouted > start && shouted < end && !(shouted..end).any(|at| is_shouted(&at)) => {
            shouted
        }
        () if end - start == particles + 2 => end - 1,
        () => return whole(full),
    };
    Split {
        last: words.slice(start, family_end),
        first: words.slice(family_end, end),
        ..around
    }
}

/// `First Middle Last`.
fn given_first(full: &str) -> Option<Split<'_>> {
    let words = NameWords::of(full).filter(|words| words.count > 0)?;
    let (start, end, around) = words.between();
    if end - start == 1 {
        let first = words.word(start);
        return Some(Split { first, ..around });
    }
    let family = family_at(&words, start, end);
    let first_end = (start + 1).min(family);
    Some(Split {
        last: words.slice(family, end),
        first: words.slice(start, first_end),
        middle: words.slice(first_end, family),
        ..around
    })
}

/// Where the family name begins: at the first particle, else at the last word.
fn family_at(words: &NameWords<'_>, start: usize, end: usize) -> usize {
    let shouted = !words.text.contains(|c: char| c.is_lowercase());
    let first = words.word(start);
    if is_particle(first) && !shouted && !first.starts_with(char::is_uppercase) {
        return start;
    }
    let particle = (start + 1..end - 1).find(|at| is_particle(words.word(*at)));
    particle.unwrap_or_else(|| match end - start {
        4.. if words.word(end - 2) == "y" => end - 3,
        _ => end - 1,
    })
}

/// `Last, First Middle`, or `First Last, Jr.`
fn with_comma<'a>(before: &'a str, after: &'a str) -> Option<Split<'a>> {
    if are_suffixes(after) {
        let split = given_first(before)
            .filter(|split| split.suffix.is_empty() && !split.last.is_empty())?;
        return Some(Split {
            suffix: after,
            ..split
        });
    }
    let (given, suffix) = match after.split_once([',', '，']) {
        Some((given, suffix)) if are_suffixes(suffix) => (given.trim(), suffix.trim()),
        Some(_) => return None,
        None => (after, ""),
    };
    let (family, given) = (NameWords::of(before)?, NameWords::of(given)?);
    if family.count == 0 || given.count == 0 {
        return None;
    }
    // The prefix stands in one of two places (`Mr. Doe, John`).
    let start = given.prefixes();
    let family_start = if start == 0 { family.prefixes() } else { 0 };
    let prefix = match start {
        0 => family.slice(0, family_start),
        _ => given.slice(0, start),
    };
    // The suffix stands in one of three places; where it is found first, the others keep what they have.
    let (mut family_end, mut end) = (family.count, given.count);
    if suffix.is_empty() {
        family_end = family.suffixes(family_start);
    }
    if suffix.is_empty() && family_end == family.count {
        end = given.suffixes(start);
    }
    let behind_family = family.slice(family_end, family.count);
    let behind_given = given.slice(end, given.count);
    let suffix = [suffix, behind_family, behind_given]
        .into_iter()
        .find(|suffix| !suffix.is_empty());
    Some(Split {
        last: family.slice(family_start, family_end),
        first: given.word(start),
        middle: given.slice(start + 1, end),
        prefix,
        suffix: suffix.unwrap_or_default(),
    })
}

pub(super) fn is_prefix(word: &str) -> bool {
    has(&NAMES.prefixes, word) || (word.ends_with('.') && has(&NAMES.prefixes_with_dot, word))
}

fn is_suffix(word: &str) -> bool {
    NAMES.exact_suffixes.contains(word) || has(&NAMES.suffixes, word)
}

fn are_suffixes(text: &str) -> bool {
    let mut words = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .peekable();
    words.peek().is_some() && words.all(is_suffix)
}

fn is_particle(word: &str) -> bool {
    const ARTICLES: [&str; 9] = ["al", "el", "ul", "ad", "as", "ash", "an", "ar", "at"];
    let article = word.split_once('-').map(|(article, _)| article);
    has(&NAMES.particles, word)
        || NAMES.lower_case_particles.contains(word)
        || article.is_some_and(|article| ARTICLES.contains(&article))
}

fn is_no_person(word: &str) -> bool {
    has(&NAMES.no_persons, word.strip_suffix('.').unwrap_or(word))
}

/// Whether a word is one of these, in any case of ASCII. None of them is longer than the buffer.
fn has(words: &HashSet<String>, word: &str) -> bool {
    let mut buffer = [0; 16];
    let Some(lower) = buffer.get_mut(..word.len()) else {
        return false;
    };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).is_ok_and(|word| words.contains(word))
}

/// The words of a Western name, as places in it.
struct NameWords<'a> {
    text: &'a str,
    at: [(usize, usize); MOST_WORDS],
    count: usize,
}

/// More words than any name has that a rule should split.
const MOST_WORDS: usize = 10;

impl<'a> NameWords<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let mut words = NameWords {
            text,
            at: [(0, 0); MOST_WORDS],
            count: 0,
        };
        let mut end = 0;
        for word in text.split_whitespace() {
            let start = end + text[end..].find(word)?;
            end = start + word.len();
            *words.at.get_mut(words.count)? = (start, end);
            words.count += 1;
        }
        Some(words)
    }

    fn word(&self, index: usize) -> &'a str {
        self.slice(index, index + 1)
    }

    /// The text of some words in a row.
    fn slice(&self, from: usize, to: usize) -> &'a str {
        match from < to {
            true => &self.text[self.at[from].0..self.at[to - 1].1],
            false => "",
        }
    }

    /// Where the name between prefixes and suffixes begins and ends, and a split with these alone.
    fn between(&self) -> (usize, usize, Split<'a>) {
        let start = self.prefixes();
        let end = self.suffixes(start);
        let around = Split {
            prefix: self.slice(0, start),
            suffix: self.slice(end, self.count),
            ..Split::default()
        };
        (start, end, around)
    }

    /// How many prefixes stand at the beginning, one word being left.
    fn prefixes(&self) -> usize {
        (0..self.count.saturating_sub(1))
            .take_while(|at| is_prefix(self.word(*at)))
            .count()
    }

    /// Where the suffixes at the end begin, one word after `from` being left.
    fn suffixes(&self, from: usize) -> usize {
        let count = (from + 1..self.count)
            .rev()
            .take_while(|at| is_suffix(self.word(*at)))
            .count();
        self.count - count
    }
}
