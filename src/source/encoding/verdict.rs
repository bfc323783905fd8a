//! The lines by which an encoding is told, and what is found.

use super::TextEncoding;
use super::double::DoubleEncoding;
use std::fmt;

/// A line of a file, without its line break.
pub(super) struct KeptLine {
    pub number: u64,
    /// Its beginning, in bytes.
    pub bytes: Vec<u8>,
}

/// What a [`Detector`](super::Detector) found out.
#[derive(Clone, Debug, PartialEq)]
pub enum Detection {
    Found(Detected),
    /// Two readings are about as likely, and they differ: only a person can tell.
    Tie(Box<Tie>),
    /// Text in an encoding that is never taken for certain, as too little is known of its languages.
    Unknown {
        /// The first line with text beyond ASCII.
        line: u64,
        likely: TextEncoding,
    },
    /// No text: zero bytes that are no UTF-16.
    Binary,
}

/// An encoding, and what speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Detected {
    pub encoding: TextEncoding,
    pub reason: Reason,
    /// The text was ruined before it was saved: it is right as bytes, and wrong as words.
    pub double_encoded: Option<Ruined>,
}

/// Why an encoding is taken for the right one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The file begins with its byte order mark.
    ByteOrderMark,
    /// Every second byte of its ASCII characters is zero.
    Zeros,
    /// So many of its escape sequences, and no byte above 0x7F.
    Escapes(u64),
    Ascii,
    Utf8,
    /// What is seen of the characters beyond ASCII.
    Seen {
        /// Words of the header in this encoding.
        words: Vec<String>,
        /// How many characters are usual in it,
        count: u32,
        /// of so many characters that were looked at,
        of: u32,
        /// so many of which are invalid.
        malformed: u32,
    },
}

/// Text that was read in a wrong encoding and saved again.
#[derive(Clone, PartialEq)]
pub struct Ruined {
    pub line: u64,
    /// What the text is now.
    pub text: String,
    /// What it should be, and through which encoding it went.
    pub should_be: DoubleEncoding,
}

/// Two encodings between which the evidence doesn't decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// The line that the readings are of.
    pub line: u64,
    /// The slightly more likely reading.
    pub a: LineReading,
    pub b: LineReading,
}

/// A line, read in an encoding.
#[derive(Clone, PartialEq)]
pub struct LineReading {
    pub encoding: TextEncoding,
    /// The line or the beginning of it; bytes that the encoding doesn't have are U+FFFD.
    pub text: String,
}

/// Without the text, which may be personal data.
impl fmt::Debug for Ruined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ruined({}, {:?})", self.line, self.should_be)
    }
}

/// Without the text, which may be personal data.
impl fmt::Debug for LineReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reading({})", self.encoding)
    }
}
