//! The sandbox's own idea of a create's request body: `schema.json`, written from the vendor's document alone.

mod keywords;

use std::sync::LazyLock;

use serde_json::Value;

use self::keywords::{Keyword, Mistake, Reason, Schema};

/// One thing that the contract has against a request body. Holds no value of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where, as a JSON pointer into the body; empty for the body as a whole.
    pub instance_path: String,
    /// What, as the service would describe it where that was observed (`permission is required.`).
    pub message: String,
}

/// Holds the body of a `POST /contacts` to the contract.
///
/// # Errors
///
/// Everything that is wrong with it, missing properties first. The list is never empty.
pub fn validate(body: &Value) -> Result<(), Vec<Violation>> {
    let mut mistakes = SCHEMA.mistakes(body);
    if mistakes.is_empty() {
        return Ok(());
    }
    mistakes.sort_by_key(|mistake| !is_missing(mistake));
    Err(mistakes.into_iter().map(violation).collect())
}

/// What the service says where a contact for certain members names none (observed).
pub(super) const NO_MEMBERS: &str = "You must add at least 1 member.";

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(include_str!("schema.json"))
        .expect("schema.json is JSON, as a test holds it");
    Schema::compile(&schema).expect("schema.json uses the keywords we know, as a test holds it")
});

fn is_missing(mistake: &Mistake<'_>) -> bool {
    matches!(
        mistake.reason,
        Reason::Missing(_) | Reason::Broken(Keyword::MinItems(_))
    )
}

fn violation(mistake: Mistake<'_>) -> Violation {
    Violation {
        message: message(&mistake.place, mistake.reason),
        instance_path: mistake.place,
    }
}

fn message(path: &str, reason: Reason<'_>) -> String {
    match (path, reason) {
        (_, Reason::Missing("accessibleMembers"))
        | ("/permission/accessibleMembers", Reason::Broken(Keyword::MinItems(_))) => {
            NO_MEMBERS.to_owned()
        }
        (_, Reason::Missing(property)) => format!("{} is required.", dotted(path, Some(property))),
        ("", Reason::Broken(Keyword::AnyOf(_))) => "emails or telephones is required.".to_owned(),
        ("/contactName", Reason::Broken(Keyword::AnyOf(_))) => {
            "firstName or lastName is required.".to_owned()
        }
        ("", Reason::Broken(Keyword::Type(_))) => "body must be an object.".to_owned(),
        (_, Reason::Broken(Keyword::Contains(..))) => {
            format!("{} needs exactly one primary.", dotted(path, None))
        }
        (_, Reason::Broken(Keyword::PropertyNames(_))) => {
            format!("{} has an invalid name.", dotted(path, None))
        }
        (_, Reason::Broken(keyword)) => format!("{}: value {}", dotted(path, None), wrong(keyword)),
    }
}

/// What is wrong with a value that does not keep to a keyword.
fn wrong(keyword: &Keyword) -> String {
    match keyword {
        Keyword::Type(kinds) => format!("is not of the type {}", kinds.join(" or ")),
        Keyword::Const(expected) => format!("is not {expected}"),
        Keyword::Enum(allowed) => {
            let allowed: Vec<String> = allowed.iter().map(Value::to_string).collect();
            format!("is none of {}", allowed.join(", "))
        }
        Keyword::MinLength(limit) => format!("is shorter than {}", counted(*limit, "character")),
        Keyword::MaxLength(limit) => format!("is longer than {}", counted(*limit, "character")),
        Keyword::MinItems(limit) => format!("has fewer than {}", counted(*limit, "item")),
        Keyword::MaxItems(limit) => format!("has more than {}", counted(*limit, "item")),
        Keyword::MaxProperties(limit) => format!("has more than {limit} properties"),
        Keyword::Pattern(_) => "does not have the form that is asked for".to_owned(),
        Keyword::UniqueItems => "has an item twice".to_owned(),
        _ => "is not allowed".to_owned(),
    }
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn dotted(path: &str, property: Option<&str>) -> String {
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts.chain(property).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod agreement;
#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
