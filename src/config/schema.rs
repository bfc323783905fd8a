//! The JSON Schemas of `cardlift.toml` and of mapping files, for editors to complete and check from.
//!
//! They are derived from the types that the files are read into. Defaults and descriptions of the configuration come from the
//! commented example.

mod example;

use super::Config;
use crate::mapping::preset;
use crate::mapping::spec::MappingFile;
use schemars::{JsonSchema, schema_for};
use serde_json::{Value, json};

/// The schema of `cardlift.toml`.
pub fn config() -> Value {
    let mut schema = of::<Config>();
    for section in schema["properties"]
        .as_object_mut()
        .into_iter()
        .flat_map(|all| all.values_mut())
    {
        without_required(section);
    }
    without_required(&mut schema);
    for key in example::keys() {
        let place = format!("/properties/{}/properties/{}", key.section, key.name);
        if let Some(schema) = schema.pointer_mut(&place) {
            schema["description"] = key.description.into();
            schema["default"] = key.default;
        }
    }
    schema
}

/// The schema of a mapping file, and of a preset.
pub fn mapping_file() -> Value {
    of::<MappingFile>()
}

fn of<T: JsonSchema>() -> Value {
    let mut schema = schema_for!(T).to_value();
    as_read(&mut schema);
    let presets: Vec<&str> = preset::names().collect();
    schema["$defs"]["mapping"]["properties"]["preset"]["examples"] = presets.into();
    schema
}

/// Every key may be left out: the example has it.
fn without_required(table: &mut Value) {
    if let Some(table) = table.as_object_mut() {
        table.remove("required");
    }
}

/// Makes a schema say what [`crate::document`] reads: TOML has no null, and a list of one needs no brackets.
fn as_read(schema: &mut Value) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(as_read),
        Value::Object(all) => all.values_mut().for_each(as_read),
        _ => return,
    }
    let Some(schema) = schema.as_object_mut() else {
        return;
    };
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
                for (key, value) in one.as_object().into_iter().flatten() {
                    schema.entry(key).or_insert_with(|| value.clone());
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

#[cfg(test)]
mod tests;
