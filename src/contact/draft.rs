//! The result of mapping a record, before any rule is checked.
//!
//! The fields have the API's own names, in Rust's spelling, and hold the text that would be sent: a type is a text and no enum,
//! so that a wrong one can be shown to the user.

use super::value::Text;
use crate::names::named;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Deref;

/// The contact of a record, which may break any rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContactDraft<'a> {
    pub permission: Permission<'a>,
    pub contact_name: Name<'a>,
    pub emails: Vec<Email<'a>>,
    pub telephones: Vec<Telephone<'a>>,
    pub organizations: Vec<Organization<'a>>,
    pub events: Vec<Event<'a>>,
    pub locations: Vec<Location<'a>>,
    pub messengers: Vec<Messenger<'a>>,
    pub websites: Vec<Website<'a>>,
    pub memo: Option<Text<'a>>,
    pub contact_tag_ids: Vec<Text<'a>>,
    /// `customProperties`, by property name
    pub custom_properties: BTreeMap<Cow<'a, str>, Property<'a>>,
}

/// Who may see and edit the contact. Most records borrow it from the configuration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Permission<'a> {
    pub accessible_range: Option<Text<'a>>,
    pub master_user_id: Option<Text<'a>>,
    pub is_co_editing: Option<bool>,
    pub accessible_members: Members<'a>,
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member<'a> {
    pub id: Text<'a>,
    /// `type`
    pub kind: Text<'a>,
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email<'a> {
    pub primary: bool,
    pub email: Text<'a>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telephone<'a> {
    pub primary: bool,
    pub telephone: Text<'a>,
    /// `type`; the service's default is `CUSTOM`
    pub kind: Option<Text<'a>>,
    pub custom_type: Option<Text<'a>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organization<'a> {
    pub primary: bool,
    pub name: Option<Text<'a>>,
    pub department: Option<Text<'a>>,
    pub title: Option<Text<'a>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    pub primary: bool,
    pub date: Text<'a>,
    /// `type`; the service's default is `CUSTOM`
    pub kind: Option<Text<'a>>,
    pub custom_type: Option<Text<'a>>,
    /// `dayType`; the service's default is `SOLAR`
    pub day_type: Option<Text<'a>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    pub primary: bool,
    pub address: Text<'a>,
    /// `type`; the service's default is `CUSTOM`
    pub kind: Option<Text<'a>>,
    pub custom_type: Option<Text<'a>>,
    pub zip_code: Option<Text<'a>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Messenger<'a> {
    pub primary: bool,
    pub id: Text<'a>,
    /// `type`; the service's default is `CUSTOM`
    pub kind: Option<Text<'a>>,
    pub custom_type: Option<Text<'a>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Website<'a> {
    pub primary: bool,
    pub url: Text<'a>,
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
    Links(Vec<(Link<'a>, bool)>),
}

/// A value of a STRING property with several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content<'a> {
    pub content: Text<'a>,
    /// `represent`: shown first
    pub represent: bool,
}

/// A value of a LINK property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// `text`, shown in place of the link
    pub text: Option<Text<'a>>,
    pub link: Text<'a>,
}
