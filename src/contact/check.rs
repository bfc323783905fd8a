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
        checks.emails(draft);
        checks.telephones(draft);
        checks.organizations(draft);
        checks.events(draft);
        checks.locations(draft);
        checks.messengers(draft);
        checks.websites(draft);
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
            if permission
                .master_user_id
                .as_ref()
                .is_none_or(|master| master.value.is_empty())
            {
                self.add(ProblemKind::MasterMissing, "permission.masterUserId");
            }
        }
        self.members(permission);
    }

    /// `permission.accessibleMembers`: `maxItems : 500`, `uniqueItems : true`, `id` and `type` required.
    fn members(&mut self, permission: &Permission<'_>) {
        let members = &permission.accessible_members;
        self.at_most(
            members.len(),
            limits::MEMBERS,
            "permission.accessibleMembers",
        );
        if members.is_empty() {
            // Most records have none, so the set is not created for them.
            return;
        }
        let mut seen = std::collections::HashSet::new();
        for (index, member) in members.iter().enumerate() {
            let at = |part| ("permission.accessibleMembers", Some(index), part);
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
        for name_part in NamePart::ALL {
            if let Some(text) = name.get(name_part) {
                self.length(
                    text,
                    limits::TEXT,
                    ("contactName", None, name_part.as_str()),
                );
            }
        }
        if is_blank(name.str(NamePart::First)) && is_blank(name.str(NamePart::Last)) {
            self.add(ProblemKind::NameMissing, "contactName");
        }
        if draft.emails.is_empty() && draft.telephones.is_empty() {
            self.add(ProblemKind::EmailOrTelephoneMissing, "emails");
        }
    }

    /// `emails`: `email` required, `maxLength : 256`. The document asks for no particular form of an address.
    fn emails(&mut self, draft: &ContactDraft<'_>) {
        self.list("emails", draft.emails.iter().map(|email| email.primary));
        for (index, email) in draft.emails.iter().enumerate() {
            self.needed(
                &email.email,
                limits::EMAIL,
                ("emails", Some(index), "email"),
            );
        }
    }

    /// `telephones`: `telephone` required and matching the pattern from end to end.
    fn telephones(&mut self, draft: &ContactDraft<'_>) {
        let list = "telephones";
        self.list(list, draft.telephones.iter().map(|phone| phone.primary));
        for (index, phone) in draft.telephones.iter().enumerate() {
            let at = (list, Some(index), "telephone");
            let text = phone.telephone.as_str();
            if text.is_empty() {
                self.required(&phone.telephone, at);
            } else if !limits::is_telephone(text)
                && let Some((index, offending)) = text
                    .chars()
                    .enumerate()
                    .find(|(_, c)| !limits::is_telephone_char(*c))
            {
                let kind = ProblemKind::PhonePattern {
                    offending,
                    at: index,
                };
                self.add_value(kind, at, &phone.telephone);
            }
            let types = limits::TELEPHONE_TYPES;
            self.types(list, index, &phone.kind, types, &phone.custom_type);
        }
    }

    /// `organizations`: `name`, `department`, `title`, each `maxLength : 100`.
    fn organizations(&mut self, draft: &ContactDraft<'_>) {
        let list = "organizations";
        self.list(list, draft.organizations.iter().map(|item| item.primary));
        for (index, item) in draft.organizations.iter().enumerate() {
            let parts = [
                ("name", &item.name),
                ("department", &item.department),
                ("title", &item.title),
            ];
            for (part, text) in parts {
                if let Some(text) = text {
                    self.length(text, limits::TEXT, (list, Some(index), part));
                }
            }
        }
    }

    /// `events`: `date` required, `YYYY-MM-DD`.
    fn events(&mut self, draft: &ContactDraft<'_>) {
        let list = "events";
        self.list(list, draft.events.iter().map(|event| event.primary));
        for (index, event) in draft.events.iter().enumerate() {
            let at = (list, Some(index), "date");
            if event.date.is_blank() {
                self.required(&event.date, at);
            } else if !is_calendar_date(event.date.as_str()) {
                self.add_value(ProblemKind::DateInvalid, at, &event.date);
            }
            let types = limits::EVENT_TYPES;
            self.types(list, index, &event.kind, types, &event.custom_type);
            if let Some(day_type) = &event.day_type {
                self.allowed(day_type, limits::DAY_TYPES, (list, Some(index), "dayType"));
            }
        }
    }

    /// `locations`: `address` required, it and `zipCode` `maxLength : 100`.
    fn locations(&mut self, draft: &ContactDraft<'_>) {
        let list = "locations";
        self.list(list, draft.locations.iter().map(|item| item.primary));
        for (index, location) in draft.locations.iter().enumerate() {
            self.needed(
                &location.address,
                limits::TEXT,
                (list, Some(index), "address"),
            );
            if let Some(zip) = &location.zip_code {
                self.length(zip, limits::TEXT, (list, Some(index), "zipCode"));
            }
            let types = limits::LOCATION_TYPES;
            self.types(list, index, &location.kind, types, &location.custom_type);
        }
    }

    /// `messengers`: `id` required, `maxLength : 100`; `TWITTER` is gone since mid-November 2026.
    fn messengers(&mut self, draft: &ContactDraft<'_>) {
        let list = "messengers";
        self.list(list, draft.messengers.iter().map(|item| item.primary));
        for (index, messenger) in draft.messengers.iter().enumerate() {
            self.needed(&messenger.id, limits::TEXT, (list, Some(index), "id"));
            let (kind, types) = (&messenger.kind, limits::MESSENGER_TYPES);
            self.types(list, index, kind, types, &messenger.custom_type);
        }
    }

    /// `websites`: `url` required, `maxLength : 100`. The document asks for no particular form.
    fn websites(&mut self, draft: &ContactDraft<'_>) {
        self.list("websites", draft.websites.iter().map(|site| site.primary));
        for (index, site) in draft.websites.iter().enumerate() {
            self.needed(&site.url, limits::TEXT, ("websites", Some(index), "url"));
        }
    }

    /// `memo`, `contactTagIds` and `customProperties`.
    fn rest(&mut self, draft: &ContactDraft<'_>) {
        if let Some(memo) = &draft.memo {
            self.length(memo, limits::MEMO, ("memo", None, ""));
        }
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
        if let Some(text) = &link.text {
            self.length(text, limits::TEXT, at("text"));
        }
        let at = at("link");
        self.length(&link.link, limits::PROPERTY_LINK, at);
        if link.link.is_blank() {
            self.required(&link.link, at);
        } else if !limits::is_url(link.link.as_str()) {
            self.add_value(ProblemKind::UrlInvalid, at, &link.link);
        }
    }

    /// Every list of items: `maxItems : 100`, and exactly one `primary` unless it is empty.
    fn list(&mut self, list: &'static str, primaries: impl ExactSizeIterator<Item = bool>) {
        let items = primaries.len();
        if items == 0 {
            return;
        }
        self.at_most(items, limits::LIST_ITEMS, list);
        let count = primaries.filter(|primary| *primary).count();
        if count != 1 {
            self.add(ProblemKind::PrimaryCount { count }, list);
        }
    }

    /// `type`, and `customType`: `maxLength : 100`, only where the type is `CUSTOM`, which it is by default.
    fn types(
        &mut self,
        list: &'static str,
        index: usize,
        kind: &Option<Text<'_>>,
        allowed: &'static [&'static str],
        custom: &Option<Text<'_>>,
    ) {
        match kind {
            Some(twitter) if list == "messengers" && twitter.as_str() == "TWITTER" => {
                let at = (list, Some(index), "type");
                self.add_value(ProblemKind::MessengerTwitter, at, twitter);
            }
            Some(kind) => self.allowed(kind, allowed, (list, Some(index), "type")),
            None => {}
        }
        let Some(custom) = custom else { return };
        let at = (list, Some(index), "customType");
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
