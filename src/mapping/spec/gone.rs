//! What happens with contacts whose record has left the source.

use crate::document::{Scalar, scalar};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::Deserializer;
use std::fmt;

/// A contact that was created for a source, and whose key the source no longer has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnGone {
    #[default]
    Report,
    Delete,
}

/// How many contacts of a source may be deleted in one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaxGone {
    Contacts(u64),
    /// In hundredths of the source's contacts.
    Percent(u64),
}

impl Default for MaxGone {
    fn default() -> Self {
        MaxGone::Percent(10)
    }
}

impl MaxGone {
    /// Whether so many of so many contacts may be deleted.
    pub fn allows(self, gone: u64, of: u64) -> bool {
        match self {
            MaxGone::Contacts(most) => gone <= most,
            MaxGone::Percent(percent) => gone.saturating_mul(100) <= of.saturating_mul(percent),
        }
    }

    fn parse(text: &str) -> Option<MaxGone> {
        let text = text.trim();
        match text.strip_suffix('%') {
            Some(percent) => {
                let percent = percent.trim().parse().ok()?;
                (percent <= 100).then_some(MaxGone::Percent(percent))
            }
            None => text.parse().ok().map(MaxGone::Contacts),
        }
    }
}

impl fmt::Display for MaxGone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MaxGone::Contacts(most) => write!(f, "{most}"),
            MaxGone::Percent(percent) => write!(f, "{percent}%"),
        }
    }
}

impl<'de> Deserialize<'de> for MaxGone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar(deserializer, "config-max-gone", |value| match value {
            Scalar::Text(text) => MaxGone::parse(text),
            Scalar::Number(most) => Some(MaxGone::Contacts(most)),
            Scalar::Flag(_) => None,
        })
    }
}

pub(super) fn max_gone_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "anyOf": [
        { "type": "string", "pattern": "^\\s*([0-9]+|(100|[0-9]{1,2})\\s*%)\\s*$" },
        { "type": "integer", "minimum": 0 },
    ] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_number_or_a_share_of_the_contacts() {
        for (text, gone, of, allowed) in [
            ("10%", 1, 10, true),
            ("10%", 1, 9, false),
            ("0%", 0, 9, true),
            ("3", 3, 3, true),
            ("3", 4, 400, false),
            ("100 %", 9, 9, true),
        ] {
            let most = MaxGone::parse(text).unwrap();
            assert_eq!(most.allows(gone, of), allowed, "{text}: {gone} of {of}");
        }
        for text in ["", "ten", "101%", "-1", "1.5%"] {
            assert_eq!(MaxGone::parse(text), None, "{text}");
        }
    }
}
