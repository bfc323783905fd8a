//! Tags and custom properties that the service has.

/// A tag of the company's contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its id, for `contactTagIds`.
    pub id: String,
    /// Its name, at most 30 characters, unique per type.
    pub name: String,
}

/// A custom property that was added to the domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomProperty {
    /// `propertyName`, the key within `customProperties`.
    pub name: String,
    /// What its values are.
    pub kind: PropertyType,
    /// Whether it takes several values.
    pub multi: bool,
}

/// `propertyType` of a custom property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PropertyType {
    /// Text.
    String,
    /// A link with an optional text.
    Link,
    /// A type that the document of `POST /contacts` does not know.
    Other(String),
}
