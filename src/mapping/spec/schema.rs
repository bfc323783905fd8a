//! The JSON Schema of a mapping, for editors to complete from. A test holds it to what the reader takes.

use super::{IF_UNREADABLE, KEYS, List, ON_CHANGE};
use crate::config::schema::{object, one_or_more, reference};
use crate::contact::{NamePart, limits};
use crate::mapping::preset;
use crate::mapping::spec::AddressPart;
use serde_json::{Map, Value, json};

/// The definitions that a schema with a mapping in it refers to, `mapping` the first of them. What the commented example
/// says of `preset`, `key` and `on_change` is not in it.
pub fn definitions() -> Value {
    let mut definitions = json!({
        "mapping": mapping(),
        "names": one_or_more(json!({ "type": "string" })),
        "value": value(),
        "values": one_or_more(reference("value")),
    });
    for list in List::ALL {
        definitions[list.api_name()] = item(list);
    }
    definitions
}

/// What `[mapping] preset` takes: the name of a preset, or a file.
pub fn preset() -> Value {
    let presets: Vec<&str> = preset::names().collect();
    json!({ "type": "string", "examples": presets })
}

/// What `[mapping] key` takes.
pub fn key() -> Value {
    let parts = NamePart::ALL.map(|part| format!("contactName.{}", part.api_name()));
    let fields: Vec<&str> = KEYS
        .into_iter()
        .chain(parts.iter().map(String::as_str))
        .collect();
    one_or_more(json!({ "anyOf": [
        { "enum": fields },
        { "type": "string", "pattern": r"^customProperties\..+$" },
    ] }))
}

/// What `[mapping] on_change` takes.
pub fn on_change() -> Value {
    json!({ "enum": ON_CHANGE })
}

fn mapping() -> Value {
    let mut keys = keys(&[
        (
            "ignore",
            "names",
            "Columns that are meant to be left out; they are carried over, to the report alone",
        ),
        (
            "memo",
            "values",
            "Goes into the memo, each value on a line of its own",
        ),
        (
            "tags",
            "values",
            "Tags by name; [tags] says what becomes of them",
        ),
        ("contactTagIds", "values", "Tags by their ids"),
    ]);
    keys.extend(texts(&[
        (
            "split",
            "What separates several values in one cell, such as \" ::: \"",
        ),
        (
            "cell_prefix",
            "What stands before every cell and is no part of it, such as an apostrophe",
        ),
    ]));
    keys.insert("contactName".into(), contact_name());
    for list in List::ALL {
        let mut items = one_or_more(reference(list.api_name()));
        items["description"] = of_list(list).into();
        keys.insert(list.api_name().into(), items);
    }
    keys.insert("customProperties".into(), custom_properties());
    keys.insert("permission".into(), permission());
    keys.insert(
        "placeholders".into(),
        json!({
            "description": "By column, the values that stand for \"nothing\" in this export",
            "type": "object",
            "additionalProperties": reference("names"),
        }),
    );
    let mut mapping = object(keys);
    mapping["description"] =
        "Which column goes into which field of a contact, by the API's own names".into();
    mapping
}

fn of_list(list: List) -> &'static str {
    match list {
        List::Emails => "E-mail addresses",
        List::Telephones => "Telephones, each with its type",
        List::Organizations => "The organisation, department and title",
        List::Events => "Birthday and other days, each with its type",
        List::Locations => "Postal addresses, each with its type",
        List::Messengers => "Messengers, each with its type",
        List::Websites => "Websites",
    }
}

fn contact_name() -> Value {
    let mut keys = keys(&[
        (
            "fullName",
            "value",
            "A whole name, which is split by the rules",
        ),
        (
            "phoneticFullName",
            "value",
            "The whole reading of the name, which is split by the rules",
        ),
    ]);
    for part in NamePart::ALL {
        keys.insert(part.api_name().into(), reference("value"));
    }
    let mut name = object(keys);
    name["description"] = "The name, whole or in parts".into();
    name
}

/// A rule for items of a list: a column alone, or a table.
fn item(list: List) -> Value {
    let parts = list.parts();
    let mut keys: Map<String, Value> = parts
        .iter()
        .map(|part| ((*part).to_owned(), reference("value")))
        .collect();
    if !list.types().is_empty() {
        keys.insert(
            "type".into(),
            of_type("The type, or the column that says it", list.types()),
        );
        let called = "A type of its own, called so";
        keys.insert(
            "customType".into(),
            json!({ "description": called, "$ref": "#/$defs/value" }),
        );
    }
    if list == List::Events {
        let moon = "Whether the day is counted by the sun or the moon, or the column that says it";
        keys.insert("dayType".into(), of_type(moon, limits::DAY_TYPES));
        keys.insert("if_unreadable".into(), json!({
            "description": "A date that can't be read: a problem of the record, or carried over",
            "enum": IF_UNREADABLE,
            "default": "problem",
        }));
    }
    keys.insert(
        "primary".into(),
        json!({
            "description": "Whether its items come first",
            "type": "boolean",
            "default": false,
        }),
    );
    let mut table = object(keys);
    if list != List::Organizations {
        table["required"] = json!([parts[0]]);
    }
    json!({ "anyOf": [
        { "type": "string", "description": format!("The column of `{}`", parts[0]) },
        table,
    ] })
}

fn of_type(description: &str, types: &[&str]) -> Value {
    let mut table = object(keys(&[(
        "column",
        "names",
        "The column that the label stands in",
    )]));
    table["required"] = json!(["column"]);
    table["properties"]["labels"] = json!({
        "description": "What a label stands for, before the words that are built in",
        "type": "object",
        "additionalProperties": { "type": "string" },
    });
    table["properties"]["default"] = json!({
        "description": "What a record without a label gets",
        "enum": types,
    });
    json!({ "description": description, "anyOf": [{ "enum": types }, table] })
}

/// A value: a column's name, or a table with exactly one source.
fn value() -> Value {
    let mut keys = keys(&[
        (
            "column",
            "names",
            "A column, or the first of several that the file has; {n} stands for every number",
        ),
        (
            "join",
            "values",
            "Several values, joined by `separator`, leaving out the empty ones",
        ),
        (
            "first",
            "values",
            "The first of several values that is not empty",
        ),
        (
            "if_filled",
            "names",
            "It counts only where this column is filled",
        ),
        (
            "if_empty",
            "names",
            "It counts only where this column is empty or missing",
        ),
        ("year", "value", "The year of a date in three columns"),
        ("month", "value", "The month of a date in three columns"),
        ("day", "value", "The day of a date in three columns"),
    ]);
    keys.extend(texts(&[
        ("constant", "Always this text"),
        (
            "separator",
            "What stands between the values of `join`; a blank if it is left out",
        ),
        (
            "template",
            "Text with columns in braces, such as \"{A} ({B})\"",
        ),
        ("default", "What stands in where the value is empty"),
        ("split", "What separates several values in the cell"),
    ]));
    let parts = AddressPart::ALL.map(|(_, name)| name);
    for part in parts {
        let description =
            "A part of a postal address, which is put together in the order of its country";
        keys.insert(
            part.into(),
            json!({ "description": description, "$ref": "#/$defs/value" }),
        );
    }
    let required = |key: &str| json!({ "required": [key] });
    let date = ["year", "month", "day"].map(required);
    let mut table = object(keys);
    table["oneOf"] = json!([
        required("column"), required("constant"), required("join"), required("first"), required("template"),
        { "anyOf": parts.map(required) },
        { "anyOf": date },
    ]);
    table["dependentRequired"] = json!({
        "separator": ["join"], "year": ["month", "day"], "month": ["year", "day"], "day": ["year", "month"],
    });
    table["not"] = json!({ "required": ["if_filled", "if_empty"] });
    json!({ "anyOf": [{ "type": "string", "description": "The name of a column" }, table] })
}

fn custom_properties() -> Value {
    let table = object(keys(&[
        (
            "content",
            "values",
            "The value or values of a property of type STRING",
        ),
        ("text", "value", "The text of a property of type LINK"),
        (
            "link",
            "values",
            "The link or links of a property of type LINK",
        ),
    ]));
    json!({
        "description": "Custom properties, by their names",
        "type": "object",
        "additionalProperties": { "anyOf": [
            { "type": "string", "description": "The column of `content`" },
            { "type": "array", "items": reference("value") },
            table,
        ] },
    })
}

fn permission() -> Value {
    let mut keys = keys(&[
        (
            "accessibleRange",
            "value",
            "Who may see the contact: ALL or MEMBER",
        ),
        ("masterUserId", "value", "The member who owns the contact"),
        (
            "isCoEditing",
            "value",
            "Whether others than the owner may edit it",
        ),
    ]);
    let mut member = object(Map::new());
    member["required"] = json!(["id"]);
    member["properties"]["id"] = reference("value");
    member["properties"]["type"] = json!({ "enum": limits::MEMBER_TYPES, "default": "USER" });
    let mut members = one_or_more(json!({ "anyOf": [{ "type": "string" }, member] }));
    members["description"] = "The members who may see the contact".into();
    keys.insert("accessibleMembers".into(), members);
    let mut permission = object(keys);
    permission["description"] =
        "Where a record says something else of who may see it than [permission]".into();
    permission
}

/// Keys that refer to a definition, each with its description.
fn keys(keys: &[(&str, &str, &str)]) -> Map<String, Value> {
    let key = |(key, definition, description): &(&str, &str, &str)| {
        let mut schema = reference(definition);
        schema["description"] = (*description).into();
        ((*key).to_owned(), schema)
    };
    keys.iter().map(key).collect()
}

/// Keys that take a text, each with its description.
fn texts(keys: &[(&str, &str)]) -> Map<String, Value> {
    let key = |(key, description): &(&str, &str)| {
        let schema = json!({ "type": "string", "description": description });
        ((*key).to_owned(), schema)
    };
    keys.iter().map(key).collect()
}
