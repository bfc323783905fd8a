//! Text that was escaped for HTML: `Ren&eacute;`. Exports have it, and services that store what a page sent.

use icu_normalizer::properties::CanonicalCompositionBorrowed;

/// What a text was before it was escaped. Nothing if it has no escape that is known.
pub fn unescaped(text: &str) -> Option<String> {
    if !text.contains('&') {
        return None;
    }
    let mut before = String::new();
    let mut rest = text;
    let mut is_escaped = false;
    while let Some((plain, behind)) = rest.split_once('&') {
        before.push_str(plain);
        let escape = behind.split_once(';');
        match escape.and_then(|(name, behind)| Some((character(name)?, behind))) {
            Some((c, behind)) => {
                before.push(c);
                rest = behind;
                is_escaped = true;
            }
            None => {
                before.push('&');
                rest = behind;
            }
        }
    }
    before.push_str(rest);
    is_escaped.then_some(before)
}

/// Whether a semicolon behind a text would end an escape that is known.
pub fn ends_in_escape(text: &str) -> bool {
    let escape = text.rsplit_once('&');
    escape.is_some_and(|(_, name)| character(name).is_some())
}

/// The character of an escape without its `&` and `;`: by its number, or by the name that HTML has for it.
fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?).filter(|c| !c.is_control());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "szlig" => 'ß',
        "aelig" => 'æ',
        "AElig" => 'Æ',
        "oelig" => 'œ',
        "OElig" => 'Œ',
        "oslash" => 'ø',
        "Oslash" => 'Ø',
        _ => return accented(name),
    })
}

/// A letter with what stands above or below it: `eacute`, `Ccedil`.
fn accented(name: &str) -> Option<char> {
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let mark = match &name[1..] {
        "grave" => '\u{300}',
        "acute" => '\u{301}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        "uml" => '\u{308}',
        "ring" => '\u{30A}',
        "caron" => '\u{30C}',
        "cedil" => '\u{327}',
        _ => return None,
    };
    CanonicalCompositionBorrowed::new().compose(letter, mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_escaped_is_told_from_what_only_looks_so() {
        for (text, before) in [
            ("Ren&eacute; M&uuml;ller", "René Müller"),
            ("Stra&szlig;e &amp; S&oslash;n", "Straße & Søn"),
            ("&#50696;&#xC2DC;", "예시"),
            ("R&D &lt;Ltd&gt;", "R&D <Ltd>"),
        ] {
            assert_eq!(unescaped(text).as_deref(), Some(before));
        }
        for text in [
            "R&D; Ltd", "A&B", "Tom &Co;", "&#0;", "&qacute;", "&é;", "a;b",
        ] {
            assert_eq!(unescaped(text), None, "{text}");
        }
    }
}
