//! The JSON Schemas of `cardlift.toml` and of mapping files, for editors to complete and check from.
//!
//! Keys, types, defaults and descriptions of the configuration come from the commented example, enumerations from the
//! constants that the reader compares with. Tests hold both to the reader.

mod example;

use super::{
    CARRY_OVER, DATE_ORDERS, POSITIVE, PROPERTY_TYPES, TAG_MODES, TOO_LONG, read::parse_duration,
};
use crate::contact::limits;
use crate::mapping::spec::schema as mapping;
use example::Example;
use serde_json::{Map, Value, json};

/// The dialect of both schemas.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of `cardlift.toml`.
pub fn config() -> Value {
    let mut sections = Map::new();
    for key in Example::read() {
        let section = sections
            .entry(key.section.clone())
            .or_insert_with(|| object(Map::new()));
        let name = format!("{}.{}", key.section, key.name);
        section["properties"][&key.name] = described(of_key(&name, &key), &key);
    }
    let properties = sections["mapping"]["properties"].take();
    let mut defs = mapping::definitions();
    if let (Some(all), Value::Object(own)) =
        (defs["mapping"]["properties"].as_object_mut(), properties)
    {
        all.extend(own);
    }
    sections.insert("mapping".into(), reference("mapping"));
    sections.insert("custom_properties".into(), custom_properties());
    let mut schema = object(sections);
    schema["$schema"] = DIALECT.into();
    schema["title"] = "The configuration of cardlift, cardlift.toml".into();
    schema["$defs"] = defs;
    schema
}

/// The schema of a mapping file, and of a preset.
pub fn mapping_file() -> Value {
    let config = config();
    json!({
        "$schema": DIALECT,
        "title": "A mapping of cardlift: which column goes into which field of a contact",
        "type": "object",
        "additionalProperties": false,
        "required": ["mapping"],
        "properties": {
            "title": { "type": "string", "description": "What a preset is, for people" },
            "telling": {
                "description": "Columns of which a file has at least one if it is the export of a preset",
                "$ref": "#/$defs/names",
            },
            "unlike": {
                "description": "Columns that no export of a preset's kind has",
                "$ref": "#/$defs/names",
            },
            "mapping": reference("mapping"),
        },
        "$defs": config["$defs"],
    })
}

/// A table that takes these keys and no other.
pub(crate) fn object(properties: Map<String, Value>) -> Value {
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// What another part of the schema says.
pub(crate) fn reference(definition: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{definition}") })
}

/// A value, or a list of such values.
pub(crate) fn one_or_more(one: Value) -> Value {
    json!({ "anyOf": [one.clone(), { "type": "array", "items": one }] })
}

fn described(mut schema: Value, key: &example::Key) -> Value {
    if !key.description.is_empty() {
        schema["description"] = key.description.as_str().into();
    }
    schema["default"] = key.default.clone();
    schema
}

/// What a key takes, by its name with its section.
fn of_key(name: &str, key: &example::Key) -> Value {
    match name {
        "permission.accessible_range" => json!({ "enum": limits::RANGES }),
        "permission.members" => members(),
        "normalize.too_long" => json!({ "enum": TOO_LONG }),
        "normalize.carry_over" => json!({ "enum": CARRY_OVER }),
        "normalize.date_order" => json!({ "enum": DATE_ORDERS }),
        "tags.mode" => json!({ "enum": TAG_MODES }),
        "tags.names" => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        "mapping.preset" => mapping::preset(),
        "mapping.key" => mapping::key(),
        "mapping.on_change" => mapping::on_change(),
        name if POSITIVE.contains(&name) => {
            json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX })
        }
        _ => of_default(&key.default),
    }
}

/// What a key takes whose default says it all.
fn of_default(default: &Value) -> Value {
    match default {
        Value::Bool(_) => json!({ "type": "boolean" }),
        Value::Number(_) => json!({ "type": "integer", "minimum": 0 }),
        Value::String(text) if parse_duration(text).is_some() => json!({ "anyOf": [
            { "type": "string", "pattern": r"^[0-9]+\s*(ms|s|m|min|h)?\s*$" },
            { "type": "integer", "minimum": 0, "description": "Seconds" },
        ] }),
        _ => json!({ "type": "string" }),
    }
}

fn members() -> Value {
    let member = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["id"],
        "properties": {
            "id": { "type": "string", "description": "The id of the member, as the service has it" },
            "type": { "enum": limits::MEMBER_TYPES, "default": "USER" },
        },
    });
    let mut members = one_or_more(member);
    members["maxItems"] = limits::MEMBERS.into();
    members
}

fn custom_properties() -> Value {
    json!({
        "description": "Custom properties, by their names, as added to the domain beforehand",
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "type": { "enum": PROPERTY_TYPES, "default": "STRING" },
                "multi": {
                    "description": "Whether it holds several values",
                    "type": "boolean",
                    "default": false,
                },
            },
        },
    })
}

#[cfg(test)]
mod tests;
