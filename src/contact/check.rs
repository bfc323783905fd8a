//! The rules of the vendor's document of `POST /contacts`, and the contact that keeps them all.
//!
//! Nothing is allocated unless a rule is broken: most drafts are valid, and a check reads millions of them.

use super::date::is_calendar_date;
use super::draft::{ContactDraft, Link, NamePart, Permission, Property};
use super::limits;
use super::problem::{Problem, ProblemKind};
use super::value::{Origin, Text, is_blank};
use std::borrow::Cow;
use std::ops::Deref;

/// A contact that keeps every rule of the service: a draft that was checked and can't change while it is borrowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contact<'d, 'a>(&'d ContactDraft<'a>);

impl<'d, 'a> Contact<'d, 'a> {
    /// Checks a draft; returns `None` if there are problems.
    ///
    /// Problems are added to `problems`, in the order of the vendor's document. It may already hold problems from reading and
    /// mapping the record; they make it invalid as well.
    pub fn check(draft: &'d ContactDraft<'a>, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut checks = Checks { problems };
        checks.permission(&draft.permission);
        checks.name(draft);
        checks.ways_to_reach(draft);
        checks.other_lists(draft);
        checks.rest(draft);
        problems.is_empty().then_some(Contact(draft))
    }
}

impl<'a> Deref for Contact<'_, 'a> {
    type Target = ContactDraft<'a>;

    fn deref(&self) -> &ContactDraft<'a> {
        self.0
    }
}

struct Checks<'p> {
    problems: &'p mut Vec<Problem>,
}

impl Checks<'_> {
    /// `permission`: `accessibleRange` is required; `MEMBER` requires `masterUserId` and `accessibleMembers`.
    fn permission(&mut self, permission: &Permission<'_>) {
        let range = permission.accessible_range.as_ref();
        match range {
            None => self.add(ProblemKind::ValueMissing, "permission.accessibleRange"),
            Some(range) => {
                let at = ("permission", None, "accessibleRange");
                self.allowed(range, limits::RANGES, at);
            }
        }
        if range.is_some_and(|range| range.as_str() == "MEMBER") {
            if permission.accessible_members.is_empty() {
                self.add(ProblemKind::MembersMissing, "permission.accessibleMembers");
            }
            let master = permission.master_user_id.as_ref();
            if master.is_none_or(|master| master.value.is_empty()) {
                self.add(ProblemKind::MasterMissing, "permission.masterUserId");
            }
        }
        self.members(permission);
    }

    /// `permission.accessibleMembers`: `maxItems : 500`, `uniqueItems : true`, `id` and `type` required.
    fn members(&mut self, permission: &Permission<'_>) {
        let (list, members) = (
            "permission.accessibleMembers",
            &permission.accessible_members,
        );
        self.at_most(members.len(), limits::MEMBERS, list);
        if members.is_empty() {
            // Most records have none, so the set is not created for them.
            return;
        }
        let mut seen = std::collections::HashSet::new();
        for (index, member) in members.iter().enumerate() {
            let at = |part| (list, Some(index), part);
            if member.id.value.is_empty() {
                self.required(&member.id, at("id"));
            }
            self.allowed(&member.kind, limits::MEMBER_TYPES, at("type"));
            if !seen.insert((member.id.as_str(), member.kind.as_str())) {
                self.add_value(ProblemKind::MemberTwice, at("id"), &member.id);
            }
        }
    }

    /// `contactName`: each part `maxLength : 100`; the family or the given name is required.
    fn name(&mut self, draft: &ContactDraft<'_>) {
        let name = &draft.contact_name;
        for part in NamePart::ALL {
            let at = ("contactName", None, part.as_str());
            self.optional(name.get(part), limits::TEXT, at);
        }
        if is_blank(name.str(NamePart::First)) && is_blank(name.str(NamePart::Last)) {
            self.add(ProblemKind::NameMissing, "contactName");
        }
        if draft.emails.is_empty() && draft.telephones.is_empty() {
            self.add(ProblemKind::EmailOrTelephoneMissing, "emails");
        }
    }

    fn ways_to_reach(&mut self, draft: &ContactDraft<'_>) {
        // `email` required, `maxLength : 256`. The document asks for no particular form of an address.
        for (one, at) in self.items("emails", &draft.emails, |one| one.primary) {
            self.needed(&one.email, limits::EMAIL, at("email"));
        }
        // `telephone` required and matching the pattern from end to end.
        for (one, at) in self.items("telephones", &draft.telephones, |one| one.primary) {
            let text = one.telephone.as_str();
            let mut chars = text.chars().enumerate();
            if text.is_empty() {
                self.required(&one.telephone, at("telephone"));
            } else if !limits::is_telephone(text)
                && let Some((index, offending)) =
                    chars.find(|(_, c)| !limits::is_telephone_char(*c))
            {
                let kind = ProblemKind::PhonePattern {
                    offending,
                    at: index,
                };
                self.add_value(kind, at("telephone"), &one.telephone);
            }
            self.kind(&one.kind, limits::TELEPHONE_TYPES, at("type"));
            self.custom_type(&one.kind, &one.custom_type, at("customType"));
        }
    }

    fn other_lists(&mut self, draft: &ContactDraft<'_>) {
        let limit = limits::TEXT;
        // `name`, `department`, `title`, each `maxLength : 100`.
        for (one, at) in self.items("organizations", &draft.organizations, |one| one.primary) {
            self.optional(one.name.as_ref(), limit, at("name"));
            self.optional(one.department.as_ref(), limit, at("department"));
            self.optional(one.title.as_ref(), limit, at("title"));
        }
        // `date` required, `YYYY-MM-DD`.
        for (one, at) in self.items("events", &draft.events, |one| one.primary) {
            if one.date.is_blank() {
                self.required(&one.date, at("date"));
            } else if !is_calendar_date(one.date.as_str()) {
                self.add_value(ProblemKind::DateInvalid, at("date"), &one.date);
            }
            self.kind(&one.kind, limits::EVENT_TYPES, at("type"));
            self.custom_type(&one.kind, &one.custom_type, at("customType"));
            self.kind(&one.day_type, limits::DAY_TYPES, at("dayType"));
        }
        // `address` required, it and `zipCode` `maxLength : 100`.
        for (one, at) in self.items("locations", &draft.locations, |one| one.primary) {
            self.needed(&one.address, limit, at("address"));
            self.optional(one.zip_code.as_ref(), limit, at("zipCode"));
            self.kind(&one.kind, limits::LOCATION_TYPES, at("type"));
            self.custom_type(&one.kind, &one.custom_type, at("customType"));
        }
        // `id` required, `maxLength : 100`; `TWITTER` is gone since mid-November 2026.
        for (one, at) in self.items("messengers", &draft.messengers, |one| one.primary) {
            self.needed(&one.id, limit, at("id"));
            match &one.kind {
                Some(twitter) if twitter.as_str() == "TWITTER" => {
                    self.add_value(ProblemKind::MessengerTwitter, at("type"), twitter);
                }
                kind => self.kind(kind, limits::MESSENGER_TYPES, at("type")),
            }
            self.custom_type(&one.kind, &one.custom_type, at("customType"));
        }
        // `url` required, `maxLength : 100`. The document asks for no particular form.
        for (one, at) in self.items("websites", &draft.websites, |one| one.primary) {
            self.needed(&one.url, limit, at("url"));
        }
    }

    /// `memo`, `contactTagIds` and `customProperties`.
    fn rest(&mut self, draft: &ContactDraft<'_>) {
        self.optional(draft.memo.as_ref(), limits::MEMO, ("memo", None, ""));
        for (index, tag) in draft.contact_tag_ids.iter().enumerate() {
            if tag.value.is_empty() {
                self.required(tag, ("contactTagIds", Some(index), ""));
            }
        }
        let properties = &draft.custom_properties;
        self.at_most(properties.len(), limits::PROPERTIES, "customProperties");
        for (name, property) in properties {
            let field = format!("customProperties.{name}");
            if !limits::is_property_name(name) {
                self.problems.push(Problem {
                    kind: ProblemKind::PropertyName,
                    field: field.clone().into(),
                    value: name.to_string(),
                    origin: Origin::NONE,
                });
            }
            self.property(&field, property);
        }
    }

    fn property(&mut self, field: &str, property: &Property<'_>) {
        let limit = limits::TEXT;
        match property {
            Property::Text(content) => self.length(content, limit, (field, None, "content")),
            Property::Texts(contents) => {
                self.at_most(contents.len(), limits::PROPERTY_VALUES, field);
                for (index, content) in contents.iter().enumerate() {
                    self.length(&content.content, limit, (field, Some(index), "content"));
                }
            }
            Property::Link(link) => self.link(link, |name| (field, None, name)),
            Property::Links(links) => {
                self.at_most(links.len(), limits::PROPERTY_VALUES, field);
                for (index, link) in links.iter().enumerate() {
                    self.link(link, |name| (field, Some(index), name));
                }
            }
        }
    }

    /// LINK properties: `link` required, a valid URL, `maxLength : 300`; `text` `maxLength : 100`.
    fn link<'p>(&mut self, link: &Link<'_>, at: impl Fn(&'static str) -> At<'p>) {
        self.optional(link.text.as_ref(), limits::TEXT, at("text"));
        let at = at("link");
        self.length(&link.link, limits::PROPERTY_LINK, at);
        if link.link.is_blank() {
            self.required(&link.link, at);
        } else if !limits::is_url(link.link.as_str()) {
            self.add_value(ProblemKind::UrlInvalid, at, &link.link);
        }
    }

    /// Every list of items: `maxItems : 100`, and exactly one `primary` unless it is empty. Returns the items with the places of
    /// their parts.
    fn items<'i, T>(
        &mut self,
        list: &'static str,
        items: &'i [T],
        is_primary: fn(&T) -> bool,
    ) -> impl Iterator<Item = (&'i T, impl Fn(&'static str) -> At<'static> + use<T>)> + use<'i, T>
    {
        self.at_most(items.len(), limits::LIST_ITEMS, list);
        let count = items.iter().filter(|one| is_primary(one)).count();
        if count != 1 && !items.is_empty() {
            self.add(ProblemKind::PrimaryCount { count }, list);
        }
        let items = items.iter().enumerate();
        items.map(move |(index, one)| (one, move |part| (list, Some(index), part)))
    }

    /// `type` and `dayType`: one of the document's words, if there is any.
    fn kind(&mut self, kind: &Option<Text<'_>>, allowed: &'static [&'static str], at: At<'_>) {
        if let Some(kind) = kind {
            self.allowed(kind, allowed, at);
        }
    }

    /// `customType`: `maxLength : 100`, only where the type is `CUSTOM`, which it is by default.
    fn custom_type(&mut self, kind: &Option<Text<'_>>, custom: &Option<Text<'_>>, at: At<'_>) {
        let Some(custom) = custom else { return };
        self.length(custom, limits::TEXT, at);
        if let Some(kind) = kind.as_ref().filter(|kind| kind.as_str() != limits::CUSTOM) {
            let kind = ProblemKind::CustomTypeWithoutCustom {
                kind: kind.as_str().to_owned(),
            };
            self.add_value(kind, at, custom);
        }
    }

    fn allowed(&mut self, text: &Text<'_>, allowed: &'static [&'static str], at: At<'_>) {
        if !allowed.contains(&text.as_str()) {
            self.add_value(ProblemKind::NotAllowed { allowed }, at, text);
        }
    }

    fn needed(&mut self, text: &Text<'_>, limit: usize, at: At<'_>) {
        self.required(text, at);
        self.length(text, limit, at);
    }

    fn optional(&mut self, text: Option<&Text<'_>>, limit: usize, at: At<'_>) {
        if let Some(text) = text {
            self.length(text, limit, at);
        }
    }

    fn required(&mut self, text: &Text<'_>, at: At<'_>) {
        if text.is_blank() {
            self.add_value(ProblemKind::ValueMissing, at, text);
        }
    }

    fn length(&mut self, text: &Text<'_>, limit: usize, at: At<'_>) {
        // A text has at most as many characters as bytes, so most need no counting.
        if text.value.len() <= limit {
            return;
        }
        let length = text.value.chars().count();
        if length > limit {
            self.add_value(ProblemKind::TooLong { length, limit }, at, text);
        }
    }

    #[inline]
    fn at_most(&mut self, count: usize, limit: usize, field: &str) {
        if count > limit {
            self.add(ProblemKind::TooManyItems { count, limit }, field.to_owned());
        }
    }

    fn add(&mut self, kind: ProblemKind, field: impl Into<Cow<'static, str>>) {
        self.problems.push(Problem {
            kind,
            field: field.into(),
            value: String::new(),
            origin: Origin::NONE,
        });
    }

    fn add_value(&mut self, kind: ProblemKind, at: At<'_>, text: &Text<'_>) {
        self.problems.push(Problem::of_value(kind, path(at), text));
    }
}

/// Where a text stands: in `of.part`, `of[index].part`, or without the part if that is empty. Only a problem has its path
/// written out.
type At<'p> = (&'p str, Option<usize>, &'static str);

fn path((of, index, part): At<'_>) -> String {
    let index = index.map_or(String::new(), |index| format!("[{index}]"));
    let dot = if part.is_empty() { "" } else { "." };
    format!("{of}{index}{dot}{part}")
}
