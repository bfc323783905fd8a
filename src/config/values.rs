//! Values that are written otherwise than they are held.

use super::{DateOrderOrAsk, Language};
use crate::lang::{Lang, tr};
use crate::mapping::date::DateOrder;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use std::fmt;
use std::time::Duration;

pub(super) fn language<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Lang>, D::Error> {
    Ok(match Language::deserialize(deserializer)? {
        Language::Auto => None,
        Language::En => Some(Lang::En),
        Language::Ko => Some(Lang::Ko),
        Language::Ja => Some(Lang::Ja),
    })
}

pub(super) fn unless_zero<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<u32>, D::Error> {
    let number = u32::deserialize(deserializer)?;
    Ok(Some(number).filter(|number| *number > 0))
}

pub(super) fn date_order<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateOrder>, D::Error> {
    Ok(match DateOrderOrAsk::deserialize(deserializer)? {
        DateOrderOrAsk::Ask => None,
        DateOrderOrAsk::DayFirst => Some(DateOrder::DayFirst),
        DateOrderOrAsk::MonthFirst => Some(DateOrder::MonthFirst),
    })
}

/// A time: `"30s"`, `"500ms"`, `"2m"`, or a whole number of seconds.
pub(super) fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    struct DurationVisitor;

    impl Visitor<'_> for DurationVisitor {
        type Value = Duration;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(&tr!("wanted-time"))
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Duration, E> {
            parse_duration(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
        }

        fn visit_u64<E: Error>(self, seconds: u64) -> Result<Duration, E> {
            Ok(Duration::from_secs(seconds))
        }
    }

    deserializer.deserialize_any(DurationVisitor)
}

pub(super) fn duration_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "anyOf": [
        { "type": "string", "pattern": r"^[0-9]+\s*(ms|s|m|min|h)?\s*$" },
        { "type": "integer", "minimum": 0, "description": "Seconds" },
    ] })
}

/// Reads `30s`, `500ms`, `2m`, `1h`, or seconds without a unit.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok()?;
    let millis = match unit.trim() {
        "ms" => 1,
        "" | "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    number.checked_mul(millis).map(Duration::from_millis)
}
