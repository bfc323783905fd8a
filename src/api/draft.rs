//! A contact's JSON as a draft: what [`payload`](super::payload) has written, or the service shows.

use crate::contact::{
    ContactDraft, Content, Email, Event, Link, Location, Member, Members, Messenger, NamePart,
    Organization, Property, Telephone, Text, Website,
};
use serde_json::Value;

/// The draft of a contact. What is no text where a text belongs is left out.
pub fn from_json(contact: &Value) -> ContactDraft<'_> {
    let mut draft = ContactDraft::default();
    for part in NamePart::ALL {
        *draft.contact_name.part(part) = text(&contact["contactName"], part.as_str());
    }
    draft.emails = items(contact, "emails", |item| {
        Some(Email {
            primary: primary(item),
            email: text(item, "email")?,
        })
    });
    draft.telephones = items(contact, "telephones", |item| {
        Some(Telephone {
            primary: primary(item),
            telephone: text(item, "telephone")?,
            kind: text(item, "type"),
            custom_type: text(item, "customType"),
        })
    });
    draft.organizations = items(contact, "organizations", |item| {
        Some(Organization {
            primary: primary(item),
            name: text(item, "name"),
            department: text(item, "department"),
            title: text(item, "title"),
        })
    });
    draft.events = items(contact, "events", |item| {
        Some(Event {
            primary: primary(item),
            date: text(item, "date")?,
            kind: text(item, "type"),
            custom_type: text(item, "customType"),
            day_type: text(item, "dayType"),
        })
    });
    draft.locations = items(contact, "locations", |item| {
        Some(Location {
            primary: primary(item),
            address: text(item, "address")?,
            kind: text(item, "type"),
            custom_type: text(item, "customType"),
            zip_code: text(item, "zipCode"),
        })
    });
    draft.messengers = items(contact, "messengers", |item| {
        Some(Messenger {
            primary: primary(item),
            id: text(item, "id")?,
            kind: text(item, "type"),
            custom_type: text(item, "customType"),
        })
    });
    draft.websites = items(contact, "websites", |item| {
        Some(Website {
            primary: primary(item),
            url: text(item, "url")?,
        })
    });
    draft.memo = text(contact, "memo");
    draft.contact_tag_ids = items(contact, "contactTagIds", |tag| {
        tag.as_str().map(Text::constant)
    });
    for (name, value) in contact["customProperties"]
        .as_object()
        .into_iter()
        .flatten()
    {
        if let Some(property) = property(value) {
            draft.custom_properties.insert(name.into(), property);
        }
    }
    let permission = &contact["permission"];
    draft.permission.accessible_range = text(permission, "accessibleRange");
    draft.permission.master_user_id = text(permission, "masterUserId");
    draft.permission.is_co_editing = permission["isCoEditing"].as_bool();
    let members = items(permission, "accessibleMembers", |member| {
        Some(Member {
            id: text(member, "id")?,
            kind: text(member, "type")?,
        })
    });
    draft.permission.accessible_members = Members::Own(members);
    draft
}

fn property(value: &Value) -> Option<Property<'_>> {
    let represent = |value: &Value| value["represent"].as_bool().unwrap_or_default();
    Some(match value {
        Value::Array(values) if values.iter().any(|one| one["link"].is_string()) => {
            let links = values
                .iter()
                .filter_map(|one| Some((link(one)?, represent(one))));
            Property::Links(links.collect())
        }
        Value::Array(values) => {
            let content = |one| {
                Some(Content {
                    content: text(one, "content")?,
                    represent: represent(one),
                })
            };
            Property::Texts(values.iter().filter_map(content).collect())
        }
        value => match link(value) {
            Some(link) => Property::Link(link),
            None => Property::Text(text(value, "content")?),
        },
    })
}

fn link(value: &Value) -> Option<Link<'_>> {
    Some(Link {
        text: text(value, "text"),
        link: text(value, "link")?,
    })
}

fn items<'v, T>(contact: &'v Value, list: &str, read: impl Fn(&'v Value) -> Option<T>) -> Vec<T> {
    let items = contact[list].as_array().into_iter().flatten();
    items.filter_map(read).collect()
}

fn primary(item: &Value) -> bool {
    item["primary"].as_bool().unwrap_or_default()
}

fn text<'v>(value: &'v Value, name: &str) -> Option<Text<'v>> {
    value[name].as_str().map(Text::constant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::payload;
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
        let written: Value = serde_json::from_str(&payload::to_json(&from_json(&contact))).unwrap();
        assert_eq!(written, contact);
    }
}
