//! Values that are written otherwise than they are held.

use crate::document::{Scalar, Word, scalar, words};
use crate::lang::Lang;
use crate::mapping::date::DateOrder;
use jiff::SignedDuration;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::Deserializer;
use std::time::Duration;

words! {
    pub(super) Languages = &["auto", "en", "ko", "ja"],
    pub(super) DateOrders = &["ask", "day_first", "month_first"],
}

pub(super) fn language<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Lang>, D::Error> {
    let word = Word::<Languages>::deserialize(deserializer)?;
    let mut languages = Lang::ALL.into_iter();
    Ok(languages.find(|lang| lang.as_str() == word.0))
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
    let word = Word::<DateOrders>::deserialize(deserializer)?;
    Ok(match word.0 {
        "day_first" => Some(DateOrder::DayFirst),
        "month_first" => Some(DateOrder::MonthFirst),
        _ => None,
    })
}

/// A time: `"30s"`, `"500ms"`, `"2m"`, or a whole number of seconds.
pub(super) fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    scalar(deserializer, "wanted-time", |value| match value {
        Scalar::Text(text) => parse_duration(text),
        Scalar::Number(seconds) => Some(Duration::from_secs(seconds)),
        Scalar::Flag(_) => None,
    })
}

pub(super) fn duration_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "anyOf": [
        { "type": "string", "pattern": r"^[0-9]+\s*(ms|s|m|min|h)?\s*$" },
        { "type": "integer", "minimum": 0, "description": "Seconds" },
    ] })
}

/// Reads `30s`, `500ms`, `2m`, `1h`, or seconds without a unit.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    match text.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => text.parse::<SignedDuration>().ok()?.try_into().ok(),
    }
}
