//! Validates the request body of a create against `schema.json`, which was written from the vendor's document alone.

use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

/// A violation of the contract. Contains no value of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// A JSON pointer into the body; empty for the body as a whole.
    pub instance_path: String,
    /// In the service's words where they were observed (`permission is required.`).
    pub message: String,
}

/// Checks the body of a `POST /contacts` against the contract.
/// Returns every violation, missing properties first.
pub fn validate(body: &Value) -> Result<(), Vec<Violation>> {
    let mut errors: Vec<_> = VALIDATOR.iter_errors(body).collect();
    if errors.is_empty() {
        return Ok(());
    }
    errors.sort_by_key(|error| !is_missing(error));
    Err(errors.iter().map(violation).collect())
}

/// The service's message for a contact with `MEMBER` access and no member (observed).
pub(super) const NO_MEMBERS: &str = "You must add at least 1 member.";

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
    let schema = serde_json::from_str(include_str!("schema.json"))
        .expect("schema.json is JSON, as a test holds it");
    jsonschema::draft202012::new(&schema).expect("schema.json is a JSON Schema, as a test holds it")
});

fn is_missing(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), Kind::Required { .. } | Kind::MinItems { .. })
}

fn violation(error: &ValidationError<'_>) -> Violation {
    let instance_path = error.instance_path().to_string();
    let path = dotted(&instance_path, None);
    let message = match (instance_path.as_str(), error.kind()) {
        (_, Kind::Required { property }) if property == "accessibleMembers" => NO_MEMBERS.into(),
        ("/permission/accessibleMembers", Kind::MinItems { .. }) => NO_MEMBERS.into(),
        (path, Kind::Required { property }) => {
            format!("{} is required.", dotted(path, property.as_str()))
        }
        ("", Kind::AnyOf { .. }) => "emails or telephones is required.".into(),
        ("/contactName", Kind::AnyOf { .. }) => "firstName or lastName is required.".into(),
        (_, Kind::Contains) => format!("{path} needs exactly one primary."),
        (_, Kind::PropertyNames { .. }) => format!("{path} has an invalid name."),
        ("", Kind::Type { .. }) => "body must be an object.".into(),
        _ => format!("{path}: {}", error.masked()),
    };
    Violation {
        instance_path,
        message,
    }
}

fn dotted(path: &str, property: Option<&str>) -> String {
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts.chain(property).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
