//! What a file's bytes say about its encoding.

use super::TextEncoding;
use super::double::DoubleEncoding;
use std::fmt;

/// What [`detect`](super::detect()) found out.
#[derive(Clone, Debug, PartialEq)]
pub enum Detection {
    /// The evidence is good enough.
    Found(Found),
    /// Two readings are about as likely, and they differ: only a person can tell.
    Tie(Box<Tie>),
    /// No text: zero bytes that are no UTF-16.
    Binary,
}

/// An encoding, and what speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The encoding.
    pub encoding: TextEncoding,
    /// Whether the file begins with a byte order mark.
    pub byte_order_mark: bool,
    /// Why, as the end of "read as CP949, because …".
    pub reason: String,
    /// From 0 to 1; 1 is certain.
    pub confidence: f32,
    /// The next best encoding that would read the file differently.
    pub runner_up: Option<TextEncoding>,
    /// The text was ruined before it was saved: it is right as bytes, and wrong as words.
    pub double_encoded: Option<Ruined>,
}

/// Text that was read in a wrong encoding and saved again.
#[derive(Clone, PartialEq)]
pub struct Ruined {
    /// A line with such text.
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
    pub a: Reading,
    /// The other one.
    pub b: Reading,
}

/// A line, read in an encoding.
#[derive(Clone, PartialEq)]
pub struct Reading {
    /// The encoding.
    pub encoding: TextEncoding,
    /// The line or the beginning of it; bytes that the encoding doesn't have are U+FFFD.
    pub text: String,
}

/// Without the text, which may be personal data.
impl fmt::Debug for Ruined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ruined")
            .field("line", &self.line)
            .field("should_be", &self.should_be)
            .finish_non_exhaustive()
    }
}

/// Without the text, which may be personal data.
impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("encoding", &self.encoding)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Tie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (a, b) = (&self.a, &self.b);
        write!(
            f,
            "line {}: reads `{}` as {} and `{}` as {}, and nothing in the file tells which is meant; \
             settle it with `--encoding {}` or `--encoding {}`",
            self.line, a.text, a.encoding, b.text, b.encoding, a.encoding, b.encoding
        )
    }
}
