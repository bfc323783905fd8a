//! The JSON of a contact: written as `POST /contacts` takes it, and read back.

use super::{ContactDraft, Content, Link, Members, Name, NamePart, Property, Text};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The request body for a contact. Keys stand in the order of the document; what a contact lacks is left out.
///
/// It is written for any draft, valid or not, so that a draft can be shown to a person or put to a schema; only the body
/// of a [`Contact`](super::Contact) is ever sent.
pub fn to_json(contact: &ContactDraft<'_>) -> String {
    serde_json::to_string(contact).expect(WRITABLE)
}

/// The same with line breaks and indents, for people.
pub fn to_json_pretty(contact: &ContactDraft<'_>) -> String {
    serde_json::to_string_pretty(contact).expect(WRITABLE)
}

const WRITABLE: &str = "a draft holds nothing but text and booleans";

/// The draft of a contact that was written, or that the service shows. What is no text where a text belongs is left out.
pub fn from_json(contact: &Value) -> ContactDraft<'_> {
    ContactDraft::read(contact).unwrap_or_default()
}

/// A part of a contact's JSON.
pub(super) trait Json<'a>: Sized {
    /// Nothing if it has no such form, or lacks what it must have.
    fn read(value: &'a Value) -> Option<Self>;

    /// Whether there is nothing to write.
    fn is_left_out(&self) -> bool {
        false
    }
}

impl<'a> Json<'a> for Text<'a> {
    fn read(value: &'a Value) -> Option<Self> {
        value.as_str().map(Text::constant)
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'a> Json<'a> for Option<Text<'a>> {
    fn read(value: &'a Value) -> Option<Self> {
        Some(Text::read(value))
    }

    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

impl Json<'_> for bool {
    fn read(value: &Value) -> Option<Self> {
        Some(value.as_bool().unwrap_or_default())
    }
}

impl Json<'_> for Option<bool> {
    fn read(value: &Value) -> Option<Self> {
        Some(value.as_bool())
    }

    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

impl<'a, T: Json<'a>> Json<'a> for Vec<T> {
    fn read(value: &'a Value) -> Option<Self> {
        let items = value.as_array().into_iter().flatten();
        Some(items.filter_map(T::read).collect())
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }
}

impl<'a> Json<'a> for Members<'a> {
    fn read(value: &'a Value) -> Option<Self> {
        Vec::read(value).map(Members::Own)
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }
}

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'a> Json<'a> for Name<'a> {
    fn read(value: &'a Value) -> Option<Self> {
        let mut name = Name::default();
        for part in NamePart::ALL {
            *name.part(part) = Text::read(&value[part.as_str()]);
        }
        Some(name)
    }
}

impl Serialize for Name<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for part in NamePart::ALL {
            if let Some(text) = self.get(part) {
                map.serialize_entry(part.as_str(), text)?;
            }
        }
        map.end()
    }
}

impl<'a> Json<'a> for BTreeMap<Cow<'a, str>, Property<'a>> {
    fn read(value: &'a Value) -> Option<Self> {
        let properties = value.as_object().into_iter().flatten();
        let properties =
            properties.filter_map(|(name, value)| Some((name.into(), Property::read(value)?)));
        Some(properties.collect())
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }
}

impl<'a> Json<'a> for Property<'a> {
    fn read(value: &'a Value) -> Option<Self> {
        let link = |value: &'a Value, represent| {
            let link = Link::read(value)?;
            Some(Link { represent, ..link })
        };
        Some(match value {
            Value::Array(values) if values.iter().any(|one| one["link"].is_string()) => {
                let represent = |one: &Value| bool::read(&one["represent"]);
                let links = values.iter().filter_map(|one| link(one, represent(one)));
                Property::Links(links.collect())
            }
            Value::Array(_) => Property::Texts(Vec::<Content<'_>>::read(value)?),
            value => match link(value, None) {
                Some(link) => Property::Link(link),
                None => Property::Text(Text::read(&value["content"])?),
            },
        })
    }
}

impl Serialize for Property<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Property::Text(content) => serializer.collect_map([("content", content)]),
            Property::Texts(contents) => contents.serialize(serializer),
            Property::Link(link) => link.serialize(serializer),
            Property::Links(links) => links.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_written_is_read_back() {
        let contact = json!({
            "permission": {
                "accessibleRange": "MEMBER", "masterUserId": "u1", "isCoEditing": false,
                "accessibleMembers": [{"id": "u1", "type": "USER"}],
            },
            "contactName": {"firstName": "Ann", "lastName": "Example", "middleName": "B"},
            "emails": [{"primary": true, "email": "ann@example.com"}],
            "telephones": [{"primary": true, "telephone": "02-000-0001", "type": "CUSTOM", "customType": "Desk"}],
            "organizations": [{"primary": true, "name": "Example", "title": "Boss"}],
            "events": [{"primary": true, "date": "2001-02-03", "type": "BIRTHDAY", "dayType": "SOLAR"}],
            "locations": [{"primary": true, "address": "Example Street 1", "type": "WORK", "zipCode": "00001"}],
            "messengers": [{"primary": true, "id": "ann", "type": "LINE"}],
            "websites": [{"primary": true, "url": "https://example.com"}],
            "memo": "x",
            "contactTagIds": ["t1"],
            "customProperties": {
                "a": {"content": "1"},
                "b": [{"content": "1", "represent": true}],
                "c": {"link": "https://example.com", "text": "Home"},
                "d": [{"link": "https://example.com", "represent": true}],
            },
        });
        let written: Value = serde_json::from_str(&to_json(&from_json(&contact))).unwrap();
        assert_eq!(written, contact);
    }
}
