//! Maps source fields to the fields of a contact.
//!
//! A [`spec::Spec`] is a mapping as it is written by a user or in a preset; a [`Plan`] is a mapping compiled for the columns of
//! a file. Rows go through [`map_row`]; rows and vCards build their drafts with a [`build::Builder`], which normalises values,
//! and adds notes on values that it changes or has no field for. Nothing is guessed: an ambiguous value is a problem.

pub mod address;
pub mod build;
mod card;
pub mod cell;
pub mod columns;
pub mod date;
pub mod email;
pub mod fit;
pub mod guess;
pub mod label;
#[cfg(test)]
mod laws;
pub mod name;
mod plan;
pub mod preset;
mod row;
pub mod spec;
pub mod spreadsheet;
pub mod telephone;
mod words;
pub mod write;

pub use build::Findings;
pub use card::{MENDS, card_mends, map_card, property_label};
pub use plan::{Missing, Plan};
pub use row::{REASON_MARK, map_row, mends, row_problem};

use crate::contact::{Member, Members, Origin, Permission, Text};
use schemars::JsonSchema;
use serde::Deserialize;
use smol_str::SmolStr;
use std::borrow::Cow;
use std::collections::HashMap;

/// Returns the name of a source field, for messages.
pub type LabelOf<'l> = &'l dyn Fn(Origin) -> SmolStr;

/// The parts of the configuration that apply to every record.
pub struct Rules {
    pub accessible_range: Option<String>,
    pub master_user_id: Option<String>,
    pub is_co_editing: Option<bool>,
    pub members: Vec<Member<'static>>,
    pub too_long: Excess,
    /// Whether values without a field are appended to `memo`, as far as it has room.
    pub carry_to_memo: bool,
    /// The ids of tags by name.
    pub tags: HashMap<String, String>,
    /// The custom properties that hold several values.
    pub multi_properties: Vec<String>,
    /// Whether the file has text that was encoded twice, so that every value is checked for it.
    pub double_encoded: bool,
    /// Returns the order of day and month in the dates of this file, if the file or the user settles it. It is called only
    /// for an ambiguous date, since it may read the whole file.
    pub date_order: Box<dyn Fn() -> Option<date::DateOrder> + Send + Sync>,
}

/// What becomes of a value that is too long, or can't be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Excess {
    // The record is invalid.
    #[default]
    Problem,
    // The contact is created without the value.
    CarryOver,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            accessible_range: Some("ALL".into()),
            master_user_id: None,
            is_co_editing: None,
            members: Vec::new(),
            too_long: Excess::Problem,
            carry_to_memo: false,
            tags: HashMap::new(),
            multi_properties: Vec::new(),
            double_encoded: false,
            date_order: Box::new(|| None),
        }
    }
}

impl Rules {
    fn permission(&self) -> Permission<'_> {
        Permission {
            accessible_range: self.accessible_range.as_deref().map(Text::constant),
            master_user_id: self.master_user_id.as_deref().map(Text::constant),
            is_co_editing: self.is_co_editing,
            accessible_members: Members::Configured(&self.members),
        }
    }
}

/// What is made of a value, borrowed from the record where the value is.
pub(crate) fn derived<'a>(
    value: &Cow<'a, str>,
    make: impl for<'s> FnOnce(&'s str) -> Cow<'s, str>,
) -> Cow<'a, str> {
    match value {
        Cow::Borrowed(value) => make(value),
        Cow::Owned(value) => Cow::Owned(make(value).into_owned()),
    }
}

/// The same of several values.
pub(crate) fn derived_all<'a>(
    value: &Cow<'a, str>,
    make: impl for<'s> FnOnce(&'s str) -> Vec<Cow<'s, str>>,
) -> Vec<Cow<'a, str>> {
    let owned = |value: Cow<'_, str>| Cow::Owned(value.into_owned());
    match value {
        Cow::Borrowed(value) => make(value),
        Cow::Owned(value) => make(value).into_iter().map(owned).collect(),
    }
}

/// What follows in a text that begins with these words, in any case of ASCII.
pub(crate) fn after<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(words.len())?;
    start.eq_ignore_ascii_case(words).then_some(rest)
}

/// `str::trim`, with a fast path for ASCII.
#[inline]
pub(crate) fn trimmed(text: &str) -> &str {
    if text.is_empty() || is_trimmed(text) {
        return text;
    }
    text.trim()
}

/// Whether the first and last bytes of a text exclude white space around it. If not, there may be none all the same.
#[inline]
fn is_trimmed(text: &str) -> bool {
    // Not the first byte of a white space character.
    let begins_none = |byte: u8| byte > b' ' && !matches!(byte, 0xc2 | 0xe1..=0xe3);
    let bytes = text.as_bytes();
    bytes.first().is_some_and(|first| begins_none(*first))
        && match bytes {
            [.., last] if last.is_ascii() => *last > b' ',
            [.., before, middle, _] => begins_none(*before) && *middle != 0xc2,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn trimming_is_that_of_the_standard_library(text in "[ \t\u{85}\u{a0}\u{1680}\u{2003}\u{202f}\u{3000}aé가カ€😀]{0,5}") {
            prop_assert_eq!(super::trimmed(&text), text.trim());
        }
    }
}
