//! Names: a full name split into the parts that the service has, where a rule says how, and names compared.

mod eastern;
mod fold;
mod western;

pub use fold::{comparable, same_name};

use fold::Composed;

/// A full name in parts. Together they hold every character of it but white space and the commas between them.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Split<'a> {
    /// `lastName`: the family name
    pub last: &'a str,
    /// `firstName`; the whole name where nothing says how to split it
    pub first: &'a str,
    /// `middleName`
    pub middle: &'a str,
    /// `prefix`: `Dr.`
    pub prefix: &'a str,
    /// `suffix`: `Jr.`, `부장님`, `様`
    pub suffix: &'a str,
}

/// Splits a full name, if its writing has a rule for that.
///
/// - Hangul: two to four syllables that begin with a Korean family name (one of two syllables first, if one or more are
///   left for the given name), or a family name and the rest at a space. Titles behind the name (`부장`, `님`) are a suffix.
/// - Han and Kana: only at a space, the family name first. Titles behind (`様`) are a suffix.
/// - Latin and Greek: `Last, First Middle` and `First Middle Last`, with the usual particles (`van der Berg`), prefixes and
///   suffixes.
/// - Anything else, and what looks like no person's name (digits, brackets, `Ltd`), is kept whole.
pub fn split(full: &str) -> Split<'_> {
    let full = full.trim();
    match script(full) {
        Some(Script::Hangul) => eastern::korean(full),
        Some(Script::Ideographic) => eastern::ideographic(full),
        Some(Script::Alphabetic) => western::split(full),
        None => mixed(full),
    }
}

/// Splits a full name of which its column says that it begins with the family name.
///
/// In Latin and Greek, the family name is what is written in capitals, else the first of two words; of more words nothing tells
/// where it ends, and the name is kept whole.
pub fn split_family_first(full: &str) -> Split<'_> {
    let full = full.trim();
    match script(full) {
        Some(Script::Alphabetic) => western::split_family_first(full),
        _ => split(full),
    }
}

/// The writing that all letters of a name belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Hangul,
    Ideographic,
    Alphabetic,
}

/// The one writing of a text of names. Nothing if there are several, or anything that no name has.
fn script(text: &str) -> Option<Script> {
    let mut script = None;
    for (_, c) in Composed::new(text) {
        let of_char = match c {
            _ if c.is_whitespace() || matches!(c, ',' | '，') => continue,
            'A'..='Z' | 'a'..='z' | '.' | '\'' | '-' => Script::Alphabetic,
            '가'..='힣' => Script::Hangul,
            '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => {
                Script::Ideographic
            }
            _ if is_han(c) => Script::Ideographic,
            '〆' | '〇' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => {
                Script::Ideographic
            }
            '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{3FF}' | '\u{1E00}'..='\u{1FFF}'
                if c.is_alphabetic() =>
            {
                Script::Alphabetic
            }
            '\u{300}'..='\u{36F}' | '’' | '‘' | 'ʼ' | '‐' | '‑' => Script::Alphabetic,
            _ => return None,
        };
        if *script.get_or_insert(of_char) != of_char {
            return None;
        }
    }
    script
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '々' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn whole(full: &str) -> Split<'_> {
    Split {
        first: full,
        ..Split::default()
    }
}

/// A name in two parts, or whole if they are not clear.
fn parted<'a>(full: &'a str, last: &'a str, first: &'a str, is_clear: bool) -> Split<'a> {
    let split = Split {
        last,
        first,
        ..Split::default()
    };
    if is_clear { split } else { whole(full) }
}

/// Two writings: only a Western prefix before a name of another one is clear.
fn mixed(full: &str) -> Split<'_> {
    match full.split_once(char::is_whitespace) {
        Some((prefix, name))
            if western::is_prefix(prefix)
                && matches!(script(name), Some(Script::Hangul | Script::Ideographic)) =>
        {
            Split {
                prefix,
                ..split(name)
            }
        }
        _ => whole(full),
    }
}

/// Where the titles behind a name begin, each a word; the length of the text if there are none. The first word is none.
fn titles_at(full: &str, is_title: fn(&str) -> bool) -> usize {
    let mut at = full.len();
    while let Some((before, word)) = full[..at].trim_end().rsplit_once(char::is_whitespace) {
        if !is_title(word) || before.trim().is_empty() {
            break;
        }
        at = before.trim_end().len();
    }
    full.len() - full[at..].trim_start().len()
}

#[cfg(test)]
mod tests;
