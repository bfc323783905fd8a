//! What the reader has to say about a card without refusing it.

/// Something that a person may want to know about a line of a vCard file. It never invalidates the card by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The 1-based line in the file.
    pub line: u64,
    pub kind: FindingKind,
    /// A short excerpt or explanation, without control characters.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FindingKind {
    /// The card has no BEGIN: its lines follow the end of the card before, or the beginning of the file.
    MissingBegin,
    /// The BEGIN or END of the card is misspelt, or more stands on its line.
    DamagedMark,
    /// The card stands on one line, so that its properties can't be told apart.
    OneLine,
    /// The card ends without `END:VCARD`, at the next `BEGIN:VCARD` or at the end of the file.
    MissingEnd,
    /// Another card stands inside this one. It is kept as the text of an `AGENT` property.
    NestedCard,
    /// The card is larger than the reader holds. The lines from here to its end were left out.
    CardTooLong,
    /// A value that is no photo is larger than the reader holds, and was left out.
    ValueTooLong,
    /// The card does not say its version, or a version that does not exist.
    UnknownVersion,
    /// A line that is neither a property nor the continuation of one. It was left out; the text quotes it.
    StrayLine,
    /// A line that begins with the name of a property and is none. It was left out; the text quotes it.
    MalformedLine,
    /// A line that should have been indented was taken as the continuation of the property before it.
    UnindentedContinuation,
    /// `CHARSET` names an encoding that is not known.
    UnknownCharset,
    /// `ENCODING` names a way to write values that no vCard has. The value was kept as it stands.
    UnknownTransfer,
    /// The value is not in the encoding that its `CHARSET` names, and was read as another one.
    CharsetMismatch,
    /// Text is not UTF-8 and does not say what it is, and nothing tells for certain. The text shows the readings.
    UncertainEncoding,
    /// Some bytes of the value mean nothing in its encoding, and were replaced by U+FFFD.
    Undecodable,
    /// An equals sign of a quoted-printable value is not followed by two hexadecimal digits. It was kept as it stands.
    BadQuotedPrintable,
    /// A base64 value could not be decoded. It was kept as it stands.
    BadBase64,
    /// What `vcard_parser` finds against RFC 6350.
    Opinion,
}

impl Finding {
    pub(super) fn new(line: u64, kind: FindingKind, text: impl AsRef<str>) -> Self {
        Self::of_bytes(line, kind, text.as_ref().as_bytes())
    }

    pub(super) fn of_bytes(line: u64, kind: FindingKind, bytes: &[u8]) -> Self {
        Self {
            line,
            kind,
            text: excerpt(bytes),
        }
    }
}

/// How many characters of the source a finding quotes.
const EXCERPT: usize = 80;

/// The beginning of a text without control characters and blanks around it.
pub(super) fn excerpt(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4 * EXCERPT)]);
    let mut short: String = text
        .trim()
        .chars()
        .take(4 * EXCERPT)
        .filter(|char| !char.is_control())
        .take(EXCERPT + 1)
        .collect();
    if let Some((at, _)) = short.char_indices().nth(EXCERPT) {
        short.truncate(at);
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_quotes_little_and_no_control_characters() {
        let finding = Finding::new(
            3,
            FindingKind::StrayLine,
            format!("\u{1b}[31m{}", "가".repeat(500)),
        );
        assert!(finding.text.starts_with("[31m가"), "{}", finding.text);
        assert_eq!(finding.text.chars().count(), EXCERPT + 1);
    }
}
