//! From JSON to keywords. What is not understood is an error, wherever it stands.

use std::collections::BTreeMap;

use regex_lite::Regex;
use serde_json::{Map, Value};

use super::{Keyword, Node, Schema, canonical};

/// What is asked of a value itself, then of its parts, then what other schemas say of it.
const ORDER: [&str; 20] = [
    "type",
    "const",
    "enum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "maxProperties",
    "required",
    "pattern",
    "uniqueItems",
    "properties",
    "additionalProperties",
    "propertyNames",
    "items",
    "contains",
    "anyOf",
    "not",
    "if",
    "$ref",
];

/// What a keyword has beside it, which means nothing without it.
const COMPANIONS: [(&str, &str); 4] = [
    ("minContains", "contains"),
    ("maxContains", "contains"),
    ("then", "if"),
    ("else", "if"),
];

const ANNOTATIONS: [&str; 3] = ["$schema", "title", "description"];

/// `$defs`, which a `$ref` may name.
type Definitions = Map<String, Value>;

pub(super) fn compile(schema: &Value) -> Result<Schema, String> {
    let mut root = schema.as_object().ok_or(NO_SCHEMA)?.clone();
    let definitions = match root.remove("$defs") {
        Some(Value::Object(definitions)) => definitions,
        Some(_) => return Err("`$defs` is an object".to_owned()),
        None => Definitions::new(),
    };
    Ok(Schema {
        root: node(&Value::Object(root), &definitions)?,
        definitions: nodes(&definitions, &definitions)?,
    })
}

const NO_SCHEMA: &str = "a schema is an object";

fn nodes(
    schemas: &Map<String, Value>,
    definitions: &Definitions,
) -> Result<BTreeMap<String, Node>, String> {
    let nodes = schemas
        .iter()
        .map(|(name, schema)| Ok((name.clone(), node(schema, definitions)?)));
    nodes.collect()
}

fn node(schema: &Value, definitions: &Definitions) -> Result<Node, String> {
    let schema = schema.as_object().ok_or(NO_SCHEMA)?;
    for name in schema.keys().map(String::as_str) {
        let mut companions = COMPANIONS.iter();
        let known = ORDER.contains(&name)
            || ANNOTATIONS.contains(&name)
            || companions.any(|(companion, of)| *companion == name && schema.contains_key(*of));
        if !known {
            return Err(format!("`{name}` is unknown, or out of place"));
        }
    }
    let there = ORDER
        .iter()
        .filter_map(|name| Some((*name, schema.get(*name)?)));
    there
        .map(|(name, value)| {
            keyword(name, value, schema, definitions)?
                .ok_or_else(|| format!("`{name}` can't be {value}"))
        })
        .collect()
}

/// One keyword; `None` if its value is none that it can have.
fn keyword(
    name: &str,
    value: &Value,
    beside: &Map<String, Value>,
    definitions: &Definitions,
) -> Result<Option<Keyword>, String> {
    use Keyword as K;
    let node = |schema| node(schema, definitions);
    let branch = |name: &str| beside.get(name).map_or(Ok(Node::new()), &node);
    let count = |name: &str, absent| beside.get(name).map_or(Some(absent), number);
    Ok(match name {
        "type" => kinds(value).map(K::Type),
        "const" => Some(K::Const(canonical(value))),
        "enum" => value
            .as_array()
            .map(|allowed| K::Enum(allowed.iter().map(canonical).collect())),
        "minLength" => number(value).map(K::MinLength),
        "maxLength" => number(value).map(K::MaxLength),
        "minItems" => number(value).map(K::MinItems),
        "maxItems" => number(value).map(K::MaxItems),
        "maxProperties" => number(value).map(K::MaxProperties),
        "required" => strings(value).map(K::Required),
        "pattern" => value
            .as_str()
            .and_then(|pattern| Regex::new(pattern).ok())
            .map(K::Pattern),
        "uniqueItems" => (value == true).then_some(K::UniqueItems),
        "properties" => {
            let nodes = value.as_object().map(|named| nodes(named, definitions));
            nodes.transpose()?.map(K::Properties)
        }
        "additionalProperties" => {
            let known = beside.get("properties").and_then(Value::as_object);
            let known = known.map(|known| known.keys().cloned().collect());
            Some(K::AdditionalProperties(
                known.unwrap_or_default(),
                node(value)?,
            ))
        }
        "propertyNames" => Some(K::PropertyNames(node(value)?)),
        "items" => Some(K::Items(node(value)?)),
        "contains" => {
            let node = node(value)?;
            let bounds = count("minContains", 1).zip(count("maxContains", usize::MAX));
            bounds.map(|(least, most)| K::Contains(node, least, most))
        }
        "anyOf" => {
            let nodes = value.as_array().map(|all| all.iter().map(&node).collect());
            nodes.transpose()?.map(K::AnyOf)
        }
        "not" => Some(K::Not(node(value)?)),
        "if" => Some(K::If(node(value)?, branch("then")?, branch("else")?)),
        "$ref" => value
            .as_str()
            .and_then(|pointer| pointer.strip_prefix("#/$defs/"))
            .filter(|name| definitions.contains_key(*name))
            .map(|name| K::Ref(name.to_owned())),
        _ => None,
    })
}

fn number(value: &Value) -> Option<usize> {
    value
        .as_u64()
        .and_then(|number| usize::try_from(number).ok())
}

fn strings(value: &Value) -> Option<Vec<String>> {
    let items = value.as_array()?.iter();
    items.map(|item| item.as_str().map(str::to_owned)).collect()
}

/// The names of types that are told apart here; of numbers there is one kind.
fn kinds(value: &Value) -> Option<Vec<String>> {
    let kinds = value
        .as_str()
        .map(|kind| vec![kind.to_owned()])
        .or_else(|| strings(value))?;
    let known = ["null", "boolean", "number", "string", "array", "object"];
    let all_known = kinds.iter().all(|kind| known.contains(&kind.as_str()));
    all_known.then_some(kinds)
}
