//! What people call encodings.

use super::TextEncoding;
use super::model::EVIDENCE;
use encoding_rs::Encoding;

/// A label that names no encoding, with the labels nearest to it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{label}` is not a known encoding; try `{}`, `{}` or `{}`", .nearest[0], .nearest[1], .nearest[2])]
pub struct UnknownLabel {
    pub label: String,
    /// Labels that it may have meant, nearest first.
    pub nearest: [&'static str; 3],
}

/// The name by which encoding_rs knows an encoding, and each of its labels.
fn aliases() -> impl Iterator<Item = (&'static str, &'static str)> {
    let encodings = EVIDENCE.labels.iter();
    encodings.flat_map(|(name, labels)| labels.split(' ').map(move |label| (name.as_str(), label)))
}

pub(super) fn lookup(label: &str) -> Result<TextEncoding, UnknownLabel> {
    let wanted = folded(label);
    let ours = aliases()
        .find(|(_, label)| folded(label) == wanted)
        .and_then(|(name, _)| Encoding::for_label(name.as_bytes()));
    ours.or_else(|| theirs(label))
        .map(TextEncoding)
        .ok_or_else(|| UnknownLabel {
            label: label.to_owned(),
            nearest: nearest(&wanted),
        })
}

/// The labels of the WHATWG standard, without the two that are no text encodings.
fn theirs(label: &str) -> Option<&'static Encoding> {
    let found = Encoding::for_label_no_replacement(label.trim().as_bytes())?;
    let found = if found == encoding_rs::GBK {
        encoding_rs::GB18030
    } else {
        found
    };
    (found != encoding_rs::X_USER_DEFINED).then_some(found)
}

fn folded(label: &str) -> String {
    let letters = label.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn nearest(wanted: &str) -> [&'static str; 3] {
    let mut labels: Vec<_> = aliases().map(|(_, label)| label).collect();
    labels.sort_by_key(|label| strsim::damerau_levenshtein(&folded(label), wanted));
    [labels[0], labels[1], labels[2]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_windows_and_java_are_known_in_any_spelling() {
        let table = [
            ("cp949", "CP949"),
            ("MS949", "CP949"),
            ("uhc", "CP949"),
            ("ks_c_5601-1987", "CP949"),
            ("KS-C-5601_1987", "CP949"),
            ("x-windows-949", "CP949"),
            ("euckr", "CP949"),
            ("CP932", "Shift_JIS"),
            ("ms932", "Shift_JIS"),
            ("Windows-31J", "Shift_JIS"),
            ("shift-jis", "Shift_JIS"),
            ("cp936", "GB18030"),
            ("MS936", "GB18030"),
            ("gb2312", "GB18030"),
            ("CP950", "Big5"),
            ("utf8", "UTF-8"),
            ("utf-8-sig", "UTF-8"),
            ("UTF16", "UTF-16LE"),
            ("MacRoman", "macintosh"),
            ("latin1", "windows-1252"),
            ("windows_1251", "windows-1251"),
            ("iso-8859-7", "ISO-8859-7"),
        ];
        for (label, name) in table {
            assert_eq!(
                TextEncoding::from_label(label).map(TextEncoding::name),
                Ok(name),
                "{label}"
            );
        }
    }

    #[test]
    fn every_alias_names_an_encoding() {
        for (name, label) in aliases() {
            let expected =
                Encoding::for_label(name.as_bytes()).expect("encoding_rs knows this label");
            assert_eq!(lookup(label), Ok(TextEncoding(expected)), "{label}");
        }
    }

    #[test]
    fn an_unknown_label_gets_the_nearest_ones() {
        let error = lookup("CP948").expect_err("no such label");
        assert!(error.nearest.contains(&"CP949"), "{error}");
        assert!(
            error
                .to_string()
                .starts_with("`CP948` is not a known encoding"),
            "{error}"
        );
        assert!(lookup("replacement").is_err());
        assert!(lookup("x-user-defined").is_err());
        assert!(lookup("").is_err());
    }
}
