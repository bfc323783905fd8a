//! What the mapping makes of a record, before any rule was applied to it.
//!
//! The fields bear the API's own names, in Rust's spelling, and hold what would be sent as it would be sent: a type is
//! the text that goes into the JSON, so that a wrong one can be shown to the user instead of being lost in between.

use super::value::Text;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Deref;

/// A contact as a record gives it; it may break any rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContactDraft<'a> {
    /// `permission`
    pub permission: Permission<'a>,
    /// `contactName`
    pub contact_name: Name<'a>,
    /// `emails`
    pub emails: Vec<Email<'a>>,
    /// `telephones`
    pub telephones: Vec<Telephone<'a>>,
    /// `organizations`
    pub organizations: Vec<Organization<'a>>,
    /// `events`
    pub events: Vec<Event<'a>>,
    /// `locations`
    pub locations: Vec<Location<'a>>,
    /// `messengers`
    pub messengers: Vec<Messenger<'a>>,
    /// `websites`
    pub websites: Vec<Website<'a>>,
    /// `memo`
    pub memo: Option<Text<'a>>,
    /// `contactTagIds`
    pub contact_tag_ids: Vec<Text<'a>>,
    /// `customProperties`, by property name
    pub custom_properties: BTreeMap<Cow<'a, str>, Property<'a>>,
}

/// `permission`: who may see and edit the contact. Mostly the configuration's, and then only borrowed from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Permission<'a> {
    /// `accessibleRange`
    pub accessible_range: Option<Text<'a>>,
    /// `masterUserId`
    pub master_user_id: Option<Text<'a>>,
    /// `isCoEditing`
    pub is_co_editing: Option<bool>,
    /// `accessibleMembers`
    pub accessible_members: Members<'a>,
}

/// `permission.accessibleMembers`. Unlike a `Cow` of a slice, it may be kept where something with a shorter life is wanted.
#[derive(Clone, Debug)]
pub enum Members<'a> {
    /// The configuration's, which every record has.
    Configured(&'a [Member<'a>]),
    /// A record's own.
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

/// `permission.accessibleMembers[]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member<'a> {
    /// `id`
    pub id: Text<'a>,
    /// `type`
    pub kind: Text<'a>,
}

/// `contactName`, by part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name<'a>([Option<Text<'a>>; 8]);

/// A part of `contactName`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamePart {
    /// `firstName`
    First,
    /// `lastName`
    Last,
    /// `phoneticFirstName`
    PhoneticFirst,
    /// `phoneticLastName`
    PhoneticLast,
    /// `nickName`
    Nick,
    /// `prefix`
    Prefix,
    /// `suffix`
    Suffix,
    /// `middleName`
    Middle,
}

impl NamePart {
    /// Every part, in the order of the document.
    pub const ALL: [NamePart; 8] = [
        NamePart::First,
        NamePart::Last,
        NamePart::PhoneticFirst,
        NamePart::PhoneticLast,
        NamePart::Nick,
        NamePart::Prefix,
        NamePart::Suffix,
        NamePart::Middle,
    ];

    /// The part's name in the API.
    pub fn api_name(self) -> &'static str {
        match self {
            NamePart::First => "firstName",
            NamePart::Last => "lastName",
            NamePart::PhoneticFirst => "phoneticFirstName",
            NamePart::PhoneticLast => "phoneticLastName",
            NamePart::Nick => "nickName",
            NamePart::Prefix => "prefix",
            NamePart::Suffix => "suffix",
            NamePart::Middle => "middleName",
        }
    }
}

impl<'a> Name<'a> {
    /// A part, where the record has it.
    pub fn get(&self, part: NamePart) -> Option<&Text<'a>> {
        self.0[part as usize].as_ref()
    }

    /// The place of a part.
    pub fn part(&mut self, part: NamePart) -> &mut Option<Text<'a>> {
        &mut self.0[part as usize]
    }

    /// A part's text, or nothing where it is missing.
    pub fn str(&self, part: NamePart) -> &str {
        self.get(part).map_or("", Text::as_str)
    }
}

/// `emails[]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email<'a> {
    /// `primary`
    pub primary: bool,
    /// `email`
    pub email: Text<'a>,
}

/// `telephones[]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telephone<'a> {
    /// `primary`
    pub primary: bool,
    /// `telephone`
    pub telephone: Text<'a>,
    /// `type`; the service's default is `CUSTOM`
    pub kind: Option<Text<'a>>,
    /// `customType`
    pub custom_type: Option<Text<'a>>,
}

/// `organizations[]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organization<'a> {
    /// `primary`
    pub primary: bool,
    /// `name`
    pub name: Option<Text<'a>>,
    /// `department`
    pub department: Option<Text<'a>>,
    /// `title`
    pub title: Option<Text<'a>>,
}

/// `events[]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    /// `primary`
    pub primary: bool,
    /// `date`
    pub date: Text<'a>,
    /// `type`; the service's default is `CUSTOM`
    pub kind: Option<Text<'a>>,
    /// `customType`
    pub custom_type: Option<Text<'a>>,
    /// `dayType`; the service's default is `SOLAR`
    pub day_type: Option<Text<'a>>,
}

/// `locations[]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// `primary`
    pub primary: bool,
    /// `address`
    pub address: Text<'a>,
    /// `type`; the service's default is `CUSTOM`
    pub kind: Option<Text<'a>>,
    /// `customType`
    pub custom_type: Option<Text<'a>>,
    /// `zipCode`
    pub zip_code: Option<Text<'a>>,
}

/// `messengers[]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Messenger<'a> {
    /// `primary`
    pub primary: bool,
    /// `id`
    pub id: Text<'a>,
    /// `type`; the service's default is `CUSTOM`
    pub kind: Option<Text<'a>>,
    /// `customType`
    pub custom_type: Option<Text<'a>>,
}

/// `websites[]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Website<'a> {
    /// `primary`
    pub primary: bool,
    /// `url`
    pub url: Text<'a>,
}

/// The value of a custom property, in the shape that its `propertyType` and `multiValued` ask for.
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
    /// `content`
    pub content: Text<'a>,
    /// `represent`: shown first
    pub represent: bool,
}

/// A value of a LINK property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// `text`, shown in place of the link
    pub text: Option<Text<'a>>,
    /// `link`
    pub link: Text<'a>,
}
