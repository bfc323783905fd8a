//! A value together with the source field that it came from.

use std::borrow::Cow;
use std::fmt;

/// The source field that a value came from: the index of a CSV column or of a vCard property.
///
/// A value from the configuration (a constant, a default) has no origin.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin(u32);

impl Origin {
    pub const NONE: Origin = Origin(u32::MAX);

    pub fn field(index: usize) -> Self {
        Origin(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Returns the index of the source field, or `None` for a value from the configuration.
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

/// A text value of a contact, borrowed from its record unless it was changed.
#[derive(Clone, PartialEq, Eq)]
pub struct Text<'a> {
    pub value: Cow<'a, str>,
    pub origin: Origin,
}

impl<'a> Text<'a> {
    pub fn from_field(value: impl Into<Cow<'a, str>>, origin: Origin) -> Self {
        Text {
            value: value.into(),
            origin,
        }
    }

    pub fn constant(value: impl Into<Cow<'a, str>>) -> Self {
        Text {
            value: value.into(),
            origin: Origin::NONE,
        }
    }

    pub fn as_str(&self) -> &str {
        &self.value
    }

    pub fn is_blank(&self) -> bool {
        is_blank(&self.value)
    }
}

/// Returns at most the first `characters` characters of a value.
pub fn head(value: &str, characters: usize) -> &str {
    if value.len() <= characters {
        return value;
    }
    let end = value.char_indices().nth(characters);
    end.map_or(value, |(end, _)| &value[..end])
}

/// Whether a value has only white space (Unicode's `White_Space`).
pub fn is_blank(value: &str) -> bool {
    // The fast path: most values begin with a letter or a digit.
    let begins_with_graphic = value
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_graphic());
    !begins_with_graphic && value.chars().all(char::is_whitespace)
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
