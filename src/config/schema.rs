//! The JSON Schemas of `cardlift.toml` and of mapping files, for editors to complete and check from.
//!
//! They are derived from the types that the files are read into. Defaults and descriptions of the configuration come from the
//! commented example.

use super::{Config, EXAMPLE, example};
use crate::mapping::preset;
use crate::mapping::spec::MappingFile;
use schemars::{JsonSchema, schema_for};
use serde_json::{Map, Value, json};

pub fn config() -> Value {
    let mut schema = of::<Config>();
    let sections = schema["properties"].as_object_mut().into_iter();
    sections
        .flat_map(Map::values_mut)
        .for_each(without_required);
    without_required(&mut schema);
    let defaults: Value = toml::from_str(EXAMPLE).expect("a test reads the example");
    for entry in example::entries() {
        let (table, name) = (entry.table, entry.name);
        let place = format!("/properties/{table}/properties/{name}");
        if let Some(schema) = schema.pointer_mut(&place) {
            let description = format!("{} {}", entry.above, entry.beside);
            schema["description"] = description.trim().into();
            schema["default"] = defaults[table][name].clone();
        }
    }
    schema
}

pub fn mapping_file() -> Value {
    of::<MappingFile>()
}

fn of<T: JsonSchema>() -> Value {
    let mut schema = schema_for!(T).to_value();
    let mut definitions = schema["$defs"].take();
    // It refers to itself; all else is put where it is used.
    let mut value = definitions["value"].take();
    for part in [&mut schema, &mut value] {
        as_read(part, &definitions);
    }
    schema["$defs"] = json!({ "value": value });
    let presets: Vec<&str> = preset::names().collect();
    schema["properties"]["mapping"]["properties"]["preset"]["examples"] = presets.into();
    schema
}

/// Every key may be left out: the example has it.
fn without_required(table: &mut Value) {
    if let Some(table) = table.as_object_mut() {
        table.remove("required");
    }
}

/// Makes a schema say what [`crate::document`] reads: TOML has no null, and a list of one needs no brackets.
fn as_read(schema: &mut Value, definitions: &Value) {
    if let Value::Array(all) = schema {
        all.iter_mut().for_each(|one| as_read(one, definitions));
    }
    let Some(schema) = schema.as_object_mut() else {
        return;
    };
    let name = schema.get("$ref").and_then(Value::as_str);
    let name = name.and_then(|name| name.strip_prefix("#/$defs/"));
    if let Some(definition) = name.and_then(|name| definitions[name].as_object()) {
        schema.remove("$ref");
        merge(schema, definition);
    }
    schema
        .values_mut()
        .for_each(|one| as_read(one, definitions));
    if schema.get("default") == Some(&Value::Null) {
        schema.remove("default");
    }
    if schema.get("type") == Some(&json!("integer")) {
        schema.remove("format"); // such as uint32, which is not in JSON Schema
    }
    for (key, null) in [
        ("type", json!("null")),
        ("enum", Value::Null),
        ("anyOf", json!({ "type": "null" })),
    ] {
        let Some(Value::Array(all)) = schema.get_mut(key) else {
            continue;
        };
        let before = all.len();
        all.retain(|one| *one != null);
        let is_one = all.len() == 1 && before == 2;
        match (is_one, key) {
            (true, "type") => schema[key] = all.remove(0),
            (true, "anyOf") => {
                let one = all.remove(0);
                schema.remove(key);
                if let Value::Object(one) = one {
                    merge(schema, &one);
                }
            }
            _ => {}
        }
    }
    if schema.get("type") == Some(&json!("array")) {
        let items = schema.remove("items").unwrap_or_default();
        schema.remove("type");
        schema.insert(
            "anyOf".into(),
            json!([items, { "type": "array", "items": items }]),
        );
    }
}

/// Adds the keys of another schema that this one lacks.
fn merge(schema: &mut Map<String, Value>, other: &Map<String, Value>) {
    for (key, value) in other {
        schema.entry(key).or_insert_with(|| value.clone());
    }
}

#[cfg(test)]
mod tests;
