//! Validates the request body of a create against `schema.json`, which was written from the vendor's document alone.

use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
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
    matches!(
        error.kind(),
        ValidationErrorKind::Required { .. } | ValidationErrorKind::MinItems { .. }
    )
}

fn violation(error: &ValidationError<'_>) -> Violation {
    let instance_path = error.instance_path().to_string();
    let message = message(&instance_path, error);
    Violation {
        instance_path,
        message,
    }
}

fn message(path: &str, error: &ValidationError<'_>) -> String {
    match (path, error.kind()) {
        (_, ValidationErrorKind::Required { property }) if property == "accessibleMembers" => {
            NO_MEMBERS.to_owned()
        }
        ("/permission/accessibleMembers", ValidationErrorKind::MinItems { .. }) => {
            NO_MEMBERS.to_owned()
        }
        (_, ValidationErrorKind::Required { property }) => {
            format!("{} is required.", dotted(path, property.as_str()))
        }
        ("", ValidationErrorKind::AnyOf { .. }) => "emails or telephones is required.".to_owned(),
        ("/contactName", ValidationErrorKind::AnyOf { .. }) => {
            "firstName or lastName is required.".to_owned()
        }
        (_, ValidationErrorKind::Contains) => {
            format!("{} needs exactly one primary.", dotted(path, None))
        }
        (_, ValidationErrorKind::PropertyNames { .. }) => {
            format!("{} has an invalid name.", dotted(path, None))
        }
        (_, ValidationErrorKind::Type { .. }) if path.is_empty() => {
            "body must be an object.".to_owned()
        }
        _ => format!("{}: {}", dotted(path, None), error.masked()),
    }
}

fn dotted(path: &str, property: Option<&str>) -> String {
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts.chain(property).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
