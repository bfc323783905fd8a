//! The result of mapping a record, before any rule is checked.
//!
//! The fields have the API's own names, in Rust's spelling, and hold the text that would be sent: a type is a text and no enum,
//! so that a wrong one can be shown to the user.

use super::json::Json;
use super::value::Text;
use crate::names::named;
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Deref;

/// Declares an object of the API: its fields, each with its name there, in the order of the vendor's document.
macro_rules! objects {
    ($($(#[$meta:meta])* pub struct $name:ident<'a> { $($(#[$doc:meta])* pub $field:ident: $type:ty = $key:tt,)+ })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize)]
        pub struct $name<'a> {
            $($(#[$doc])* #[serde(rename = $key, skip_serializing_if = "Json::is_left_out")] pub $field: $type,)+
        }

        impl<'a> Json<'a> for $name<'a> {
            fn read(value: &'a Value) -> Option<Self> {
                Some($name { $($field: Json::read(&value[$key])?,)+ })
            }
        }
    )+};
}

objects! {
    /// The contact of a record, which may break any rule.
    #[derive(Default)]
    pub struct ContactDraft<'a> {
        pub permission: Permission<'a> = "permission",
        pub contact_name: Name<'a> = "contactName",
        pub emails: Vec<Email<'a>> = "emails",
        pub telephones: Vec<Telephone<'a>> = "telephones",
        pub organizations: Vec<Organization<'a>> = "organizations",
        pub events: Vec<Event<'a>> = "events",
        pub locations: Vec<Location<'a>> = "locations",
        pub messengers: Vec<Messenger<'a>> = "messengers",
        pub websites: Vec<Website<'a>> = "websites",
        pub memo: Option<Text<'a>> = "memo",
        pub contact_tag_ids: Vec<Text<'a>> = "contactTagIds",
        pub custom_properties: BTreeMap<Cow<'a, str>, Property<'a>> = "customProperties",
    }

    /// Who may see and edit the contact. Most records borrow it from the configuration.
    #[derive(Default)]
    pub struct Permission<'a> {
        pub accessible_range: Option<Text<'a>> = "accessibleRange",
        pub master_user_id: Option<Text<'a>> = "masterUserId",
        pub is_co_editing: Option<bool> = "isCoEditing",
        pub accessible_members: Members<'a> = "accessibleMembers",
    }

    #[derive(Eq)]
    pub struct Member<'a> {
        pub id: Text<'a> = "id",
        pub kind: Text<'a> = "type",
    }

    #[derive(Eq)]
    pub struct Email<'a> {
        pub primary: bool = "primary",
        pub email: Text<'a> = "email",
    }

    #[derive(Eq)]
    pub struct Telephone<'a> {
        pub primary: bool = "primary",
        pub telephone: Text<'a> = "telephone",
        /// The service's default is `CUSTOM`.
        pub kind: Option<Text<'a>> = "type",
        pub custom_type: Option<Text<'a>> = "customType",
    }

    #[derive(Default, Eq)]
    pub struct Organization<'a> {
        pub primary: bool = "primary",
        pub name: Option<Text<'a>> = "name",
        pub department: Option<Text<'a>> = "department",
        pub title: Option<Text<'a>> = "title",
    }

    #[derive(Eq)]
    pub struct Event<'a> {
        pub primary: bool = "primary",
        pub date: Text<'a> = "date",
        /// The service's default is `CUSTOM`.
        pub kind: Option<Text<'a>> = "type",
        pub custom_type: Option<Text<'a>> = "customType",
        /// The service's default is `SOLAR`.
        pub day_type: Option<Text<'a>> = "dayType",
    }

    #[derive(Eq)]
    pub struct Location<'a> {
        pub primary: bool = "primary",
        pub address: Text<'a> = "address",
        /// The service's default is `CUSTOM`.
        pub kind: Option<Text<'a>> = "type",
        pub zip_code: Option<Text<'a>> = "zipCode",
        pub custom_type: Option<Text<'a>> = "customType",
    }

    #[derive(Eq)]
    pub struct Messenger<'a> {
        pub primary: bool = "primary",
        pub id: Text<'a> = "id",
        /// The service's default is `CUSTOM`.
        pub kind: Option<Text<'a>> = "type",
        pub custom_type: Option<Text<'a>> = "customType",
    }

    #[derive(Eq)]
    pub struct Website<'a> {
        pub primary: bool = "primary",
        pub url: Text<'a> = "url",
    }

    /// A value of a STRING property with several.
    #[derive(Eq)]
    pub struct Content<'a> {
        pub content: Text<'a> = "content",
        /// Shown first
        pub represent: bool = "represent",
    }

    /// A value of a LINK property.
    #[derive(Eq)]
    pub struct Link<'a> {
        /// Shown in place of the link
        pub text: Option<Text<'a>> = "text",
        pub link: Text<'a> = "link",
        /// Shown first; only where the property has several values
        pub represent: Option<bool> = "represent",
    }
}

impl ContactDraft<'_> {
    /// Empties the draft. Its lists keep their memory, for the next record.
    pub fn clear(&mut self) {
        self.permission = Permission::default();
        self.contact_name = Name::default();
        self.emails.clear();
        self.telephones.clear();
        self.organizations.clear();
        self.events.clear();
        self.locations.clear();
        self.messengers.clear();
        self.websites.clear();
        self.memo = None;
        self.contact_tag_ids.clear();
        self.custom_properties.clear();
    }
}

/// `permission.accessibleMembers`. Unlike a `Cow` of a slice, it is covariant, so it can be used for a shorter lifetime.
#[derive(Clone, Debug)]
pub enum Members<'a> {
    /// From the configuration.
    Configured(&'a [Member<'a>]),
    /// From the record.
    Own(Vec<Member<'a>>),
}

impl Default for Members<'_> {
    fn default() -> Self {
        Members::Configured(&[])
    }
}

impl<'a> Deref for Members<'a> {
    type Target = [Member<'a>];

    fn deref(&self) -> &[Member<'a>] {
        match self {
            Members::Configured(members) => members,
            Members::Own(members) => members,
        }
    }
}

impl PartialEq for Members<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

/// `contactName`, by part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name<'a>([Option<Text<'a>>; 8]);

named! {
    /// The parts, in the order of the vendor's document.
    pub enum NamePart {
        First = "firstName",
        Last = "lastName",
        PhoneticFirst = "phoneticFirstName",
        PhoneticLast = "phoneticLastName",
        Nick = "nickName",
        Prefix = "prefix",
        Suffix = "suffix",
        Middle = "middleName",
    }
}

impl<'a> Name<'a> {
    pub fn get(&self, part: NamePart) -> Option<&Text<'a>> {
        self.0[part as usize].as_ref()
    }

    pub fn part(&mut self, part: NamePart) -> &mut Option<Text<'a>> {
        &mut self.0[part as usize]
    }

    /// Returns the text of a part, or "" if it is missing.
    pub fn str(&self, part: NamePart) -> &str {
        self.get(part).map_or("", Text::as_str)
    }
}

/// The value of a custom property, in the form for its `propertyType` and `multiValued`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Property<'a> {
    /// STRING with one value: `{content}`
    Text(Text<'a>),
    /// STRING with several: `[{content, represent}]`
    Texts(Vec<Content<'a>>),
    /// LINK with one value: `{text, link}`
    Link(Link<'a>),
    /// LINK with several: `[{text, link, represent}]`
    Links(Vec<Link<'a>>),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::json::from_json;
    use serde_json::json;

    #[test]
    fn a_draft_that_was_emptied_is_as_a_new_one() {
        let full = json!({
            "permission": {"accessibleRange": "ALL", "masterUserId": "me", "isCoEditing": true},
            "contactName": {"lastName": "Example", "firstName": "Jane"},
            "emails": [{"primary": true, "email": "jane@example.com"}],
            "telephones": [{"primary": true, "telephone": "010-0000-0001"}],
            "organizations": [{"primary": true, "name": "Example Ltd"}],
            "events": [{"primary": true, "date": "1980-01-02"}],
            "locations": [{"primary": true, "address": "Example Street 1"}],
            "messengers": [{"primary": true, "id": "jane"}],
            "websites": [{"primary": true, "url": "https://example.com"}],
            "memo": "met at the fair",
            "contactTagIds": ["tag"],
            "customProperties": {"room": {"content": "1"}},
        });
        let mut draft = from_json(&full);
        assert_ne!(draft, ContactDraft::default());
        draft.clear();
        assert_eq!(draft, ContactDraft::default());
    }
}
