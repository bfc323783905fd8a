//! Tags and custom properties that the service has.

use serde::{Deserialize, Deserializer};

/// A tag of the company's contacts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Tag {
    /// Its id, for `contactTagIds`.
    #[serde(rename = "contactTagId")]
    pub id: String,
    /// Its name, at most 30 characters, unique per type.
    #[serde(rename = "contactTagName")]
    pub name: String,
}

/// A custom property that was added to the domain.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CustomProperty {
    /// `propertyName`, the key within `customProperties`.
    #[serde(rename = "propertyName")]
    pub name: String,
    /// `propertyType`: what its values are.
    #[serde(rename = "propertyType")]
    pub kind: PropertyType,
    /// `multiValued`: whether it takes several values.
    #[serde(rename = "multiValued", default, deserialize_with = "null_is_default")]
    pub multi: bool,
}

/// `propertyType` of a custom property.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum PropertyType {
    /// `STRING`: text.
    String,
    /// `LINK`: a link with an optional text.
    Link,
    /// A type that the document of `POST /contacts` does not know.
    Other(String),
}

impl From<String> for PropertyType {
    fn from(name: String) -> Self {
        match name.as_str() {
            "STRING" => Self::String,
            "LINK" => Self::Link,
            _ => Self::Other(name),
        }
    }
}

fn null_is_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    from: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}
