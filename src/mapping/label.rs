//! Labels of telephones, dates, addresses and messengers, as exports write them, and the service's types, by the words of
//! `words/labels.toml`.
//!
//! A label is read word by word (`Work Fax`, `WORK;FAX`, `회사팩스`, `勤務先FAX`), with no regard for case, width, blanks and
//! punctuation. Only a label that is made of known words alone gives a type; any other one is kept as the custom type.

use super::trimmed;
use super::words::{self, Rule, Sense, Senses};
use crate::contact::limits;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

/// What a label says about the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// This type of the service.
    Type(&'static str),
    /// None of the service's types: `CUSTOM`, with the label as `customType`.
    Custom,
    /// Nothing: there is no label, or it only says what is known anyway (`VOICE`, `전화`).
    None,
}

/// The label without what exports put around it, and whether Google marked the value as the preferred one (`* Work`).
///
/// Apple writes its own labels as `_$!<Work>!$_`.
pub fn marked(label: &str) -> (&str, bool) {
    let label = trimmed(label);
    let (label, preferred) = match label.strip_prefix('*') {
        Some("") => ("", true),
        Some(rest) if rest.starts_with(' ') => (rest.trim_start(), true),
        _ => (label, false),
    };
    (without_apple_marks(label), preferred)
}

pub fn telephone(label: &str) -> Kind {
    // The labels of most telephones, without taking them apart.
    match label {
        "Mobile" | "CELL" | "휴대폰" | "휴대전화" | "携帯" | "携帯電話" => {
            return Kind::Type("CELLPHONE");
        }
        "Work" | "WORK" | "회사" | "직장" | "勤務先" | "会社" => {
            return Kind::Type("WORK");
        }
        "Home" | "HOME" | "집" | "自宅" => return Kind::Type("HOME"),
        "Work Fax" => return Kind::Type("WORK_FAX"),
        "Home Fax" => return Kind::Type("HOME_FAX"),
        "" => return Kind::None,
        _ => {}
    }
    kind(label, &TELEPHONE_WORDS, &FILE.types.telephones)
}

pub fn location(label: &str) -> Kind {
    // The commonest, without taking them apart.
    match label {
        "Work" | "WORK" => return Kind::Type("WORK"),
        "Home" | "HOME" => return Kind::Type("HOME"),
        "" => return Kind::None,
        _ => {}
    }
    kind(label, &LOCATION_WORDS, &FILE.types.addresses)
}

/// The type of a date. Whether it is counted by the moon is `date::is_lunar`'s question.
pub fn event(label: &str) -> Kind {
    match label {
        "Birthday" => return Kind::Type("BIRTHDAY"),
        "Anniversary" => return Kind::Type("ANNIVERSARY"),
        _ => {}
    }
    kind(label, &EVENT_WORDS, &FILE.types.events)
}

/// The type of a messenger, by the name of the service.
pub fn messenger(service: &str) -> Kind {
    kind(service, &MESSENGER_WORDS, &FILE.types.messengers)
}

/// The character that a full-width form of ASCII stands for; any other one as it is. The ideographic space is a space.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0)
            .expect("the full-width forms stand in the order of ASCII"),
        c => c,
    }
}

/// Words with what they say, longer ones before shorter ones.
type Words = Vec<(String, Senses)>;

/// What is said by words, and the words, folded.
type Vocabulary = BTreeMap<Senses, Vec<String>>;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    places: Vocabulary,
    telephones: Vocabulary,
    addresses: Vocabulary,
    events: Vocabulary,
    messengers: Vocabulary,
    types: Types,
    numbers: Numbers,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Types {
    telephones: Vec<Rule<String>>,
    addresses: Vec<Rule<String>>,
    events: Vec<Rule<String>>,
    messengers: Vec<Rule<String>>,
}

/// What stands beside a number in its cell.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    labels: HashSet<String>,
    extensions: Vec<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    let mut file: File = words::read(include_str!("../../words/labels.toml"));
    let extensions = &mut file.numbers.extensions;
    extensions.sort_by_key(|word| std::cmp::Reverse(word.len()));
    file
});

static TELEPHONE_WORDS: LazyLock<Words> =
    LazyLock::new(|| words(&[&FILE.places, &FILE.telephones]));
static LOCATION_WORDS: LazyLock<Words> = LazyLock::new(|| words(&[&FILE.places, &FILE.addresses]));
static EVENT_WORDS: LazyLock<Words> = LazyLock::new(|| words(&[&FILE.events]));
static MESSENGER_WORDS: LazyLock<Words> = LazyLock::new(|| words(&[&FILE.messengers]));

/// Whether a word beside a number says of it no more than what its column says. It is in lower case.
pub(super) fn is_beside_number(word: &str) -> bool {
    FILE.numbers.labels.contains(word)
}

/// The words that announce an extension, longer ones before their beginnings.
pub(super) fn extensions() -> &'static [String] {
    &FILE.numbers.extensions
}

fn words(vocabularies: &[&Vocabulary]) -> Words {
    let groups = vocabularies.iter().copied().flatten();
    let mut words: Words = groups
        .flat_map(|(says, words)| {
            words
                .iter()
                .map(|word| (word.clone(), says.without(Sense::Filler)))
        })
        .collect();
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    words
}

/// What a label says, if it is made of these words and numbers alone. At every place the longest word is taken.
fn read(label: &str, words: &Words) -> Option<Senses> {
    let mut buffer = [0; LONGEST];
    let folded = fold(marked(label).0, &mut buffer)?;
    let mut rest = folded.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.is_empty() && !folded.is_empty() {
        return None;
    }
    let mut said = Senses::default();
    while !rest.is_empty() {
        let mut words = words.iter();
        let (word, says) = words.find(|(word, _)| rest.starts_with(word.as_str()))?;
        said = said.and(*says);
        rest = rest[word.len()..].trim_start_matches(|c: char| c.is_ascii_digit());
    }
    Some(said)
}

fn kind(label: &str, words: &Words, rules: &'static [Rule<String>]) -> Kind {
    let Some(said) = read(label, words) else {
        return Kind::Custom;
    };
    let rule = rules.iter().find(|rule| rule.fits(said, Senses::default()));
    match rule.map_or(limits::CUSTOM, |rule| &rule.gives) {
        "" => Kind::None,
        limits::CUSTOM => Kind::Custom,
        kind => Kind::Type(kind),
    }
}

/// The bytes of the longest label that can be made of known words.
const LONGEST: usize = 64;

/// The label's letters and digits alone, in lower case and narrow. Nothing if it is longer than any known one.
fn fold<'b>(label: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let mut length = 0;
    for c in label.chars().map(narrow) {
        if is_punctuation(c) {
            continue;
        }
        let c = c.to_lowercase().next().unwrap_or(c);
        let end = length + c.len_utf8();
        c.encode_utf8(buffer.get_mut(length..end)?);
        length = end;
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

fn is_punctuation(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation()
        || matches!(c, '・' | '·' | '［' | '］' | '【' | '】')
}

/// `_$!<Work>!$_` → `Work`; some programs lose the underscores.
fn without_apple_marks(label: &str) -> &str {
    let inner = label.strip_prefix('_').unwrap_or(label).strip_prefix("$!<");
    let inner =
        inner.and_then(|inner| inner.strip_suffix('_').unwrap_or(inner).strip_suffix(">!$"));
    inner.unwrap_or(label)
}

#[cfg(test)]
mod tests;
