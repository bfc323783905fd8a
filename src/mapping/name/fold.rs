//! Names compared, however they are written.

use crate::mapping::label::narrow;
use icu_normalizer::properties::CanonicalCompositionBorrowed;
use std::str::CharIndices;

/// Replaces `out` with what is equal in two writings of one name: family, given and middle name without white space and
/// punctuation, in lower case and narrow, and Hangul in syllables where it was in single letters (NFD, as from a Mac).
///
/// It is the same for a name in parts and for a Korean, Japanese or Chinese one kept whole in the given name. Latin letters
/// with separate accents are not the same as those with accents; and a name of signs alone is empty.
pub fn comparable(last: &str, first: &str, middle: &str, out: &mut String) {
    out.clear();
    out.reserve(last.len() + first.len() + middle.len());
    for part in [last, first, middle] {
        let start = out.len();
        if !push_plain(part, out) {
            out.truncate(start);
            out.extend(Folded::new(part));
        }
    }
}

/// Adds a part that consists of characters of which each is folded by itself, as those of nearly all names are. Tells whether
/// it does.
fn push_plain(part: &str, out: &mut String) -> bool {
    for c in part.chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            '\0'..='\x7f' => {}
            // Kana but for the middle dot, Han, and Hangul in syllables.
            '\u{3041}'..='\u{3096}'
            | '\u{30A1}'..='\u{30FA}'
            | '\u{3400}'..='\u{9FFF}'
            | '가'..='힣' => {
                out.push(c);
            }
            _ => return false,
        }
    }
    true
}

/// Whether a full name says nothing that the parts (at most ten) don't say: whether it consists of them, or of some, in any
/// order, apart from spaces, punctuation, case and width. An empty one says nothing.
pub fn same_name(full: &str, parts: &[&str]) -> bool {
    consists_of(Folded::new(full), parts, 0, &mut [0; 1 << (MOST_PARTS - 6)])
}

const MOST_PARTS: usize = 10;

/// `used` has a bit for each part that stands before what is left of the name, which follows from them; so `tried` has a bit
/// for each such set, and none is tried twice.
fn consists_of(full: Folded<'_>, parts: &[&str], used: usize, tried: &mut [u64]) -> bool {
    if full.clone().next().is_none() {
        return true;
    }
    let (word, bit) = (used / 64, 1 << (used % 64));
    if tried[word] & bit != 0 {
        return false;
    }
    tried[word] |= bit;
    parts
        .iter()
        .take(MOST_PARTS)
        .enumerate()
        .any(|(index, part)| {
            let part_bit = 1 << index;
            used & part_bit == 0
                && after(full.clone(), Folded::new(part))
                    .is_some_and(|rest| consists_of(rest, parts, used | part_bit, tried))
        })
}

/// What follows a part in a name, if the name begins with it and it is not empty.
fn after<'a>(mut full: Folded<'a>, part: Folded<'_>) -> Option<Folded<'a>> {
    let mut any = false;
    for c in part {
        if full.next() != Some(c) {
            return None;
        }
        any = true;
    }
    any.then_some(full)
}

/// The characters of a text with their places; Hangul in single letters (conjoining Jamo) comes as the syllables they form.
#[derive(Clone)]
pub(super) struct Composed<'a>(CharIndices<'a>);

impl<'a> Composed<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Composed(text.char_indices())
    }
}

impl Iterator for Composed<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<(usize, char)> {
        let (at, mut c) = self.0.next()?;
        let is_lead = matches!(c, '\u{1100}'..='\u{1112}');
        let compose = CanonicalCompositionBorrowed::new();
        let mut ahead = self.0.clone();
        while is_lead
            && let Some((_, next)) = ahead.next()
            && let Some(syllable) = compose.compose(c, next)
        {
            c = syllable;
            self.0 = ahead.clone();
        }
        Some((at, c))
    }
}

/// The characters that two writings of a name have in common.
#[derive(Clone)]
struct Folded<'a> {
    chars: Composed<'a>,
    /// What is left of a letter whose lower case has several.
    lower: Option<std::char::ToLowercase>,
}

impl<'a> Folded<'a> {
    fn new(text: &'a str) -> Self {
        Folded {
            chars: Composed::new(text),
            lower: None,
        }
    }
}

impl Iterator for Folded<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        if let Some(c) = self.lower.as_mut().and_then(Iterator::next) {
            return Some(c);
        }
        let c = self
            .chars
            .by_ref()
            .map(|(_, c)| narrow(c))
            .find(|c| !is_left_out(*c))?;
        if c.is_ascii() || ('\u{1100}'..='\u{1DFF}').contains(&c) || c >= '\u{2E80}' {
            return Some(c.to_ascii_lowercase());
        }
        let lower = self.lower.insert(c.to_lowercase());
        lower.next()
    }
}

/// White space, punctuation, and what can't be seen.
fn is_left_out(c: char) -> bool {
    if c.is_ascii() {
        return !c.is_ascii_alphanumeric();
    }
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{A1}'..='\u{A9}' | '\u{AB}'..='\u{B4}' | '\u{B6}'..='\u{B8}' | '\u{BB}'..='\u{BF}' | 'ʼ')
        || matches!(c, '\u{200B}'..='\u{206F}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '・' | '･' | '\u{FEFF}')
}
