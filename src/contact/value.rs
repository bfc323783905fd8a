//! A value together with the source field that it came from.

use std::borrow::Cow;
use std::fmt;

/// The source field that a value came from: the index of a CSV column or of a vCard property.
///
/// What stems from the configuration (a constant, a default) has no origin.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin(u32);

impl Origin {
    /// For a value that no source field gave.
    pub const NONE: Origin = Origin(u32::MAX);

    /// The origin that is the source field with this index.
    pub fn field(index: usize) -> Self {
        Origin(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The index of the source field, or nothing for a value from the configuration.
    pub fn index(self) -> Option<usize> {
        (self != Self::NONE).then_some(self.0 as usize)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.index() {
            Some(index) => write!(f, "#{index}"),
            None => f.write_str("-"),
        }
    }
}

/// A text value of a contact, borrowed from its record for as long as nothing in it had to change.
#[derive(Clone, PartialEq, Eq)]
pub struct Text<'a> {
    /// The value.
    pub value: Cow<'a, str>,
    /// Where it came from.
    pub origin: Origin,
}

impl<'a> Text<'a> {
    /// A value that a source field gave.
    pub fn from_field(value: impl Into<Cow<'a, str>>, origin: Origin) -> Self {
        Text {
            value: value.into(),
            origin,
        }
    }

    /// A value from the configuration.
    pub fn constant(value: impl Into<Cow<'a, str>>) -> Self {
        Text {
            value: value.into(),
            origin: Origin::NONE,
        }
    }

    /// The value as it is.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Whether there is nothing in it but white space.
    pub fn is_blank(&self) -> bool {
        is_blank(&self.value)
    }
}

/// The first `characters` of a value.
pub fn head(value: &str, characters: usize) -> &str {
    if value.len() <= characters {
        return value;
    }
    let end = value.char_indices().nth(characters);
    end.map_or(value, |(end, _)| &value[..end])
}

/// Whether there is nothing but white space (Unicode's `White_Space`) in `value`.
pub fn is_blank(value: &str) -> bool {
    // Most begin with a letter or a digit.
    let begins_with_ink = value
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_graphic());
    !begins_with_ink && value.chars().all(char::is_whitespace)
}

/// Personal data stays out of debug output: only the length is shown.
impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "‹{} chars {:?}›",
            self.value.chars().count(),
            self.origin
        )
    }
}
