//! Tags and custom properties that the service has.

use serde::Deserialize;

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
    /// `propertyType`: what its values are, such as `STRING` or `LINK`.
    #[serde(rename = "propertyType")]
    pub kind: String,
    /// `multiValued`: whether it takes several values.
    #[serde(rename = "multiValued")]
    pub multi: Option<bool>,
}
