//! The JSON of a contact, as `POST /contacts` takes it.

use crate::contact::{
    ContactDraft, Content, Email, Event, Link, Location, Member, Messenger, Name, NamePart,
    Organization, Permission, Property, Telephone, Text, Website,
};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The request body for a contact. Keys stand in the order of the document; what a contact lacks is left out.
///
/// It is written for any draft, valid or not, so that a draft can be shown to a person or put to a schema; only the body
/// of a [`Contact`](crate::contact::Contact) is ever sent.
pub fn to_json(contact: &ContactDraft<'_>) -> String {
    serde_json::to_string(&Payload(contact)).expect("a draft holds nothing but text and booleans")
}

/// The same with line breaks and indents, for people.
pub fn to_json_pretty(contact: &ContactDraft<'_>) -> String {
    serde_json::to_string_pretty(&Payload(contact))
        .expect("a draft holds nothing but text and booleans")
}

/// A value of the contact in the form in which the document wants it.
struct Payload<'p, T>(&'p T);

/// A list of such values.
struct List<'p, T>(&'p [T]);

impl<'p, T> Serialize for List<'p, T>
where
    Payload<'p, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Payload))
    }
}

impl Serialize for Payload<'_, ContactDraft<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let contact = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("permission", &Payload(&contact.permission))?;
        map.serialize_entry("contactName", &Payload(&contact.contact_name))?;
        list(&mut map, "emails", &contact.emails)?;
        list(&mut map, "telephones", &contact.telephones)?;
        list(&mut map, "organizations", &contact.organizations)?;
        list(&mut map, "events", &contact.events)?;
        list(&mut map, "locations", &contact.locations)?;
        list(&mut map, "messengers", &contact.messengers)?;
        list(&mut map, "websites", &contact.websites)?;
        text(&mut map, "memo", contact.memo.as_ref())?;
        list(&mut map, "contactTagIds", &contact.contact_tag_ids)?;
        if !contact.custom_properties.is_empty() {
            map.serialize_entry("customProperties", &Payload(&contact.custom_properties))?;
        }
        map.end()
    }
}

impl Serialize for Payload<'_, Permission<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let permission = self.0;
        let mut map = serializer.serialize_map(None)?;
        text(
            &mut map,
            "accessibleRange",
            permission.accessible_range.as_ref(),
        )?;
        text(&mut map, "masterUserId", permission.master_user_id.as_ref())?;
        if let Some(co_editing) = permission.is_co_editing {
            map.serialize_entry("isCoEditing", &co_editing)?;
        }
        list(
            &mut map,
            "accessibleMembers",
            &permission.accessible_members,
        )?;
        map.end()
    }
}

impl Serialize for Payload<'_, Member<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("id", self.0.id.as_str())?;
        map.serialize_entry("type", self.0.kind.as_str())?;
        map.end()
    }
}

impl Serialize for Payload<'_, Name<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for part in NamePart::ALL {
            text(&mut map, part.as_str(), self.0.get(part))?;
        }
        map.end()
    }
}

impl Serialize for Payload<'_, Text<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

impl Serialize for Payload<'_, Email<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("primary", &self.0.primary)?;
        map.serialize_entry("email", self.0.email.as_str())?;
        map.end()
    }
}

impl Serialize for Payload<'_, Telephone<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("primary", &self.0.primary)?;
        map.serialize_entry("telephone", self.0.telephone.as_str())?;
        text(&mut map, "type", self.0.kind.as_ref())?;
        text(&mut map, "customType", self.0.custom_type.as_ref())?;
        map.end()
    }
}

impl Serialize for Payload<'_, Organization<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("primary", &self.0.primary)?;
        text(&mut map, "name", self.0.name.as_ref())?;
        text(&mut map, "department", self.0.department.as_ref())?;
        text(&mut map, "title", self.0.title.as_ref())?;
        map.end()
    }
}

impl Serialize for Payload<'_, Event<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("primary", &self.0.primary)?;
        map.serialize_entry("date", self.0.date.as_str())?;
        text(&mut map, "type", self.0.kind.as_ref())?;
        text(&mut map, "customType", self.0.custom_type.as_ref())?;
        text(&mut map, "dayType", self.0.day_type.as_ref())?;
        map.end()
    }
}

impl Serialize for Payload<'_, Location<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("primary", &self.0.primary)?;
        map.serialize_entry("address", self.0.address.as_str())?;
        text(&mut map, "type", self.0.kind.as_ref())?;
        text(&mut map, "zipCode", self.0.zip_code.as_ref())?;
        text(&mut map, "customType", self.0.custom_type.as_ref())?;
        map.end()
    }
}

impl Serialize for Payload<'_, Messenger<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("primary", &self.0.primary)?;
        map.serialize_entry("id", self.0.id.as_str())?;
        text(&mut map, "type", self.0.kind.as_ref())?;
        text(&mut map, "customType", self.0.custom_type.as_ref())?;
        map.end()
    }
}

impl Serialize for Payload<'_, Website<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("primary", &self.0.primary)?;
        map.serialize_entry("url", self.0.url.as_str())?;
        map.end()
    }
}

impl<K: AsRef<str>> Serialize for Payload<'_, std::collections::BTreeMap<K, Property<'_>>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(k, v)| (k.as_ref(), Payload(v))))
    }
}

impl Serialize for Payload<'_, Property<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Property::Text(content) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("content", content.as_str())?;
                map.end()
            }
            Property::Texts(contents) => List(contents).serialize(serializer),
            Property::Link(link) => {
                let mut map = serializer.serialize_map(None)?;
                link_entries(&mut map, link)?;
                map.end()
            }
            Property::Links(links) => List(links).serialize(serializer),
        }
    }
}

impl Serialize for Payload<'_, Content<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("content", self.0.content.as_str())?;
        map.serialize_entry("represent", &self.0.represent)?;
        map.end()
    }
}

impl Serialize for Payload<'_, (Link<'_>, bool)> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        link_entries(&mut map, &self.0.0)?;
        map.serialize_entry("represent", &self.0.1)?;
        map.end()
    }
}

fn link_entries<M: SerializeMap>(map: &mut M, link: &Link<'_>) -> Result<(), M::Error> {
    text(map, "text", link.text.as_ref())?;
    map.serialize_entry("link", link.link.as_str())
}

fn text<M: SerializeMap>(map: &mut M, key: &str, text: Option<&Text<'_>>) -> Result<(), M::Error> {
    text.map_or(Ok(()), |text| map.serialize_entry(key, text.as_str()))
}

fn list<'p, M, T>(map: &mut M, key: &str, items: &'p [T]) -> Result<(), M::Error>
where
    M: SerializeMap,
    Payload<'p, T>: Serialize,
{
    if items.is_empty() {
        return Ok(());
    }
    map.serialize_entry(key, &List(items))
}
