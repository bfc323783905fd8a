//! Text from files and from the service as it may be printed: without what a terminal would obey, and what can't be seen.

use std::fmt::Write as _;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The longest part of a value that a message shows, in characters.
const SHOWN: usize = 60;

/// A value in backticks, shortened, without what a terminal would obey.
pub fn shown(value: &str) -> String {
    let mut text = String::with_capacity(value.len().min(4 * SHOWN) + 2);
    text.push('`');
    for (index, c) in value.chars().enumerate() {
        if index == SHOWN {
            text.push('…');
            break;
        }
        text.push(visible(c));
    }
    text.push('`');
    text
}

/// A character as it may be shown on one line.
pub fn visible(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        c if is_obeyed(c) => '\u{fffd}',
        c => c,
    }
}

/// Text from files or the service without what a terminal would obey: control characters and marks of direction.
pub fn plain(text: &str) -> String {
    let replace = |c| if is_obeyed(c) { '\u{fffd}' } else { c };
    text.chars().map(replace).collect()
}

/// JSON that says the same, with escapes for what a terminal would obey.
pub fn harmless(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_obeyed(c) {
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text
}

/// A text in so many columns of a terminal at the most: cut with an ellipsis if it is wider.
pub fn clipped(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut taken = 0;
    let kept = text.chars().take_while(|c| {
        taken += c.width().unwrap_or(0);
        taken < columns
    });
    let mut cut: String = kept.collect();
    cut.truncate(cut.trim_end_matches([' ', ',']).len());
    cut.push('…');
    cut
}

/// Whether there is nothing in a text that a terminal would obey.
pub fn is_plain(text: &str) -> bool {
    // What a terminal would obey begins with one of these bytes in UTF-8, and few texts have any of them.
    let may_begin_it = |byte: u8| byte < b' ' || matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe2);
    !(text.bytes().any(may_begin_it) && text.contains(is_obeyed))
}

/// Whether a terminal would obey the character rather than show it.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Zero-width characters and marks of direction, which come along when a text is copied from a page; not those that join letters
/// or keep them apart.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_never_reaches_it() {
        assert_eq!(shown("\u{1b}[31mred\u{202e}"), "`\u{fffd}[31mred\u{fffd}`");
        assert_eq!(shown(&"x".repeat(99)).chars().count(), SHOWN + 3);
        for c in '\0'..=char::MAX {
            assert_eq!(is_plain(&format!("가{c}x")), !is_obeyed(c), "{c:?}");
        }
    }
}
