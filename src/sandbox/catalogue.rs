//! Tags and custom properties: what a company has defined for its contacts.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::answers::{Answer, ensure};
use super::call::Call;
use super::contacts::Answered;
use super::listing;
use super::store::identifier;
use super::world::World;

/// A custom property as it is defined for a domain. Name, kind and multiplicity can't be changed later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// `[A-Za-z_][A-Za-z0-9_]*`, at most 120.
    #[serde(rename = "propertyName")]
    pub name: String,
    #[serde(rename = "propertyType")]
    pub kind: PropertyKind,
    /// Whether a contact's value is a list.
    #[serde(rename = "multiValued", default)]
    pub multi: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum PropertyKind {
    /// A text of at most 100 characters.
    String,
    /// A URL, with or without a text to show.
    Link,
}

/// The vendor names no type but COMPANY; it is asked for here, as the vendor's call has it.
pub(super) fn list_tags(world: &World, call: &Call) -> Answered {
    if call.query.get("type").is_none_or(|kind| kind != "COMPANY") {
        return Err(Answer::invalid("type is invalid."));
    }
    let count = listing::count(&call.query)?;
    let begin = call.query.get("cursor").map_or(Ok(0), |text| text.parse());
    let begin = begin.map_err(|_| Answer::invalid("cursor is invalid."))?;
    let tags = world.tags.iter().skip(begin).take(count).map(shown_tag);
    let end = begin.saturating_add(count);
    let next = (end < world.tags.len()).then(|| end.to_string());
    let (tags, more) = (tags.collect::<Vec<_>>(), json!({ "nextCursor": next }));
    let body = json!({ "contactTags": tags, "responseMetaData": more });
    Ok(Answer::json(200, body))
}

pub(super) fn create_tag(world: &mut World, call: &Call) -> Answered {
    let body = call.json()?;
    let name = body["contactTagName"].as_str().unwrap_or_default();
    let is_there = !name.trim().is_empty();
    ensure(is_there, || Answer::invalid("contactTagName is required."))?;
    let wrong = "contactTagName must be 30 characters or less.";
    ensure(name.chars().count() <= 30, || Answer::invalid(wrong))?;
    let is_new = world.tags.iter().all(|(_, taken)| taken != name);
    let taken = "The tag already exists.";
    ensure(is_new, || Answer::error(409, "ALREADY_EXIST", taken))?;
    let tag = (identifier(), name.to_owned());
    let shown = shown_tag(&tag);
    world.tags.push(tag);
    Ok(Answer::json(201, shown))
}

fn shown_tag((id, name): &(String, String)) -> Value {
    json!({"contactTagId": id, "contactTagName": name, "type": "COMPANY"})
}

pub(super) fn list_properties(world: &World) -> Answer {
    let properties = &world.options.properties;
    Answer::json(200, json!({ "customProperties": properties }))
}

pub(super) fn create_property(world: &mut World, call: &Call) -> Answered {
    let invalid = || Answer::invalid("propertyName or propertyType is invalid.");
    let property: Property = serde_json::from_value(call.json()?).map_err(|_| invalid())?;
    ensure(is_property_name(&property.name), invalid)?;
    let properties = &mut world.options.properties;
    let is_new = properties.iter().all(|taken| taken.name != property.name);
    let taken = "The property already exists.";
    ensure(is_new, || Answer::error(409, "ALREADY_EXIST", taken))?;
    let full = "A domain can have 5 custom properties.";
    ensure(properties.len() < 5, || {
        Answer::error(403, "LIMIT_EXCEEDED", full)
    })?;
    let shown = json!(property);
    properties.push(property);
    Ok(Answer::json(201, shown))
}

fn is_property_name(name: &str) -> bool {
    name.len() <= 120
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
