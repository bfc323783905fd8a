//! Tags and custom properties: what a company has defined for its contacts.

use serde_json::{Value, json};

use super::answers::Answer;
use super::chance;
use super::contacts::{Answered, parsed};
use super::forms;
use super::listing;
use super::service::{Call, World};

/// A custom property as it is defined for a domain. Name, kind and multiplicity can't be changed later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// `[A-Za-z_][A-Za-z0-9_]*`, at most 120.
    pub name: String,
    pub kind: PropertyKind,
    /// `multiValued`: whether a contact's value is a list.
    pub multi: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PropertyKind {
    /// `STRING`: a text of at most 100 characters.
    String,
    /// `LINK`: a URL, with or without a text to show.
    Link,
}

impl PropertyKind {
    fn name(self) -> &'static str {
        match self {
            Self::String => "STRING",
            Self::Link => "LINK",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::String => "content",
            Self::Link => "link",
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Catalogue {
    tags: Vec<(String, String)>,
    properties: Vec<Property>,
}

impl Catalogue {
    pub(super) fn new(tags: &[String], properties: &[Property]) -> Self {
        let tags = tags
            .iter()
            .map(|name| (chance::identifier(), name.clone()))
            .collect();
        Self {
            tags,
            properties: properties.to_vec(),
        }
    }

    pub(super) fn tags(&self) -> &[(String, String)] {
        &self.tags
    }

    /// Whether a contact's custom properties are defined, and each has the shape of its definition.
    pub(super) fn check(&self, values: &Value) -> Result<(), Answer> {
        for (name, value) in values.as_object().into_iter().flatten() {
            let mut properties = self.properties.iter();
            let wrong = match properties.find(|property| property.name == *name) {
                None => "is not defined",
                Some(property) if !property.fits(value) => "has the wrong type",
                Some(_) => continue,
            };
            let description = format!("customProperties.{name} {wrong}.");
            return Err(Answer::invalid_parameter(&description));
        }
        Ok(())
    }
}

impl Property {
    fn fits(&self, value: &Value) -> bool {
        let has_key = |item: &Value| item.get(self.kind.key()).is_some();
        match value.as_array() {
            Some(items) => self.multi && items.iter().all(has_key),
            None => !self.multi && has_key(value),
        }
    }

    fn shown(&self) -> Value {
        json!({"propertyName": self.name, "propertyType": self.kind.name(), "multiValued": self.multi})
    }
}

/// The vendor names no type but COMPANY; it is asked for here, as the vendor's call has it.
pub(super) fn list_tags(world: &World, call: &Call) -> Answered {
    let pairs = forms::pairs(&call.query);
    if forms::value(&pairs, "type") != Some("COMPANY") {
        return Err(Answer::invalid_parameter("type is invalid."));
    }
    let count = listing::count(&pairs)?;
    let begin = forms::value(&pairs, "cursor").map_or(Ok(0), str::parse::<usize>);
    let begin = begin.map_err(|_| Answer::invalid_parameter("cursor is invalid."))?;
    let tags = world
        .catalogue
        .tags
        .iter()
        .skip(begin)
        .take(count)
        .map(shown_tag);
    let end = begin.saturating_add(count);
    let next = (end < world.catalogue.tags.len()).then(|| end.to_string());
    let (tags, more) = (tags.collect::<Vec<_>>(), json!({ "nextCursor": next }));
    let body = json!({ "contactTags": tags, "responseMetaData": more });
    Ok(Answer::json(200, body))
}

pub(super) fn create_tag(world: &mut World, call: &Call) -> Answered {
    let invalid = |description| Err(Answer::invalid_parameter(description));
    let body = parsed(call)?;
    let name = body["contactTagName"].as_str().unwrap_or_default();
    if name.trim().is_empty() {
        return invalid("contactTagName is required.");
    }
    if name.chars().count() > 30 {
        return invalid("contactTagName must be 30 characters or less.");
    }
    let tags = &mut world.catalogue.tags;
    if tags.iter().any(|(_, taken)| taken == name) {
        let description = "The tag already exists.";
        return Err(Answer::error(409, "ALREADY_EXIST", description));
    }
    let tag = (chance::identifier(), name.to_owned());
    let shown = shown_tag(&tag);
    tags.push(tag);
    Ok(Answer::json(201, shown))
}

fn shown_tag((id, name): &(String, String)) -> Value {
    json!({"contactTagId": id, "contactTagName": name, "type": "COMPANY"})
}

pub(super) fn list_properties(world: &World) -> Answer {
    let properties: Vec<Value> = world
        .catalogue
        .properties
        .iter()
        .map(Property::shown)
        .collect();
    Answer::json(200, json!({"customProperties": properties}))
}

pub(super) fn create_property(world: &mut World, call: &Call) -> Answered {
    let property = defined(&parsed(call)?)?;
    let properties = &mut world.catalogue.properties;
    if properties.iter().any(|taken| taken.name == property.name) {
        let description = "The property already exists.";
        return Err(Answer::error(409, "ALREADY_EXIST", description));
    }
    if properties.len() >= 5 {
        let description = "A domain can have 5 custom properties.";
        return Err(Answer::error(403, "LIMIT_EXCEEDED", description));
    }
    let shown = property.shown();
    properties.push(property);
    Ok(Answer::json(201, shown))
}

fn defined(body: &Value) -> Result<Property, Answer> {
    let name = body["propertyName"]
        .as_str()
        .filter(|name| is_property_name(name));
    let name = name.ok_or_else(|| Answer::invalid_parameter("propertyName is invalid."))?;
    let kind = match body["propertyType"].as_str() {
        Some("STRING") => PropertyKind::String,
        Some("LINK") => PropertyKind::Link,
        _ => return Err(Answer::invalid_parameter("propertyType is invalid.")),
    };
    let multi = body["multiValued"].as_bool().unwrap_or(false);
    Ok(Property {
        name: name.to_owned(),
        kind,
        multi,
    })
}

fn is_property_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    let begins_well = bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_');
    begins_well
        && name.len() <= 120
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
