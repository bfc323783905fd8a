//! Names and values in a query string or a form.

use percent_encoding::percent_decode_str;

/// The pairs of `a=1&b=2` in their order, decoded.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// The first value of that name; an empty one counts as absent.
pub(super) fn value<'p>(pairs: &'p [(String, String)], name: &str) -> Option<&'p str> {
    pairs
        .iter()
        .find(|(key, value)| key == name && !value.is_empty())
        .map(|(_, value)| value.as_str())
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::{pairs, value};

    #[test]
    fn a_plus_is_a_space_unless_it_is_encoded() {
        let pairs = pairs("a=1+1&b=2021-08-10T11%3A05%3A41%2B09%3A00&c=&d");
        assert_eq!(value(&pairs, "a"), Some("1 1"));
        assert_eq!(value(&pairs, "b"), Some("2021-08-10T11:05:41+09:00"));
        assert_eq!(value(&pairs, "c"), None);
        assert_eq!(value(&pairs, "d"), None);
    }
}
