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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum FindingKind {
    /// Its lines follow the end of the card before, or the beginning of the file.
    #[error("the card has no BEGIN:VCARD")]
    MissingBegin,
    #[error("its BEGIN:VCARD or END:VCARD is damaged")]
    DamagedMark,
    /// Its properties can't be told apart.
    #[error("the whole card is on one line")]
    OneLine,
    #[error("the card has no end; what follows starts another one")]
    MissingEnd,
    /// It is kept as the text of an `AGENT` property.
    #[error("another card is inside this one")]
    NestedCard,
    /// The lines from here to its end were left out.
    #[error("the card is too large; the rest was ignored")]
    CardTooLong,
    #[error("the value is too large and was ignored")]
    ValueTooLong,
    #[error("read as vCard 3.0")]
    UnknownVersion,
    /// The text quotes it.
    #[error("the line is not a property and was ignored")]
    StrayLine,
    /// It begins with the name of a property. The text quotes it.
    #[error("the line is a damaged property and was ignored")]
    MalformedLine,
    /// It should have been indented.
    #[error("read as part of the line before")]
    UnindentedContinuation,
    #[error("its CHARSET is unknown")]
    UnknownCharset,
    #[error("unknown ENCODING; kept as it is")]
    UnknownTransfer,
    #[error("it is not in the encoding that its CHARSET names")]
    CharsetMismatch,
    /// The text shows the readings.
    #[error("its encoding is uncertain")]
    UncertainEncoding,
    /// They were replaced by U+FFFD.
    #[error("some bytes are not valid in its encoding")]
    Undecodable,
    #[error("the quoted-printable is damaged; kept as it is")]
    BadQuotedPrintable,
    #[error("the base64 is damaged; kept as it is")]
    BadBase64,
    /// The text is what `vcard_parser` finds.
    #[error("it does not follow RFC 6350")]
    Opinion,
}

impl Finding {
    pub(super) fn new(line: u64, kind: FindingKind, text: impl AsRef<[u8]>) -> Self {
        Self {
            line,
            kind,
            text: excerpt(text.as_ref()),
        }
    }
}

/// How many characters of the source a finding quotes.
const EXCERPT: usize = 80;

/// The beginning of a text without control characters and blanks around it.
pub(super) fn excerpt(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4 * EXCERPT)]);
    let chars = text.trim().chars().take(4 * EXCERPT);
    let plain = chars.filter(|char| !char.is_control());
    let mut short: String = plain.take(EXCERPT + 1).collect();
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
