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
            None => self.missing("permission.accessibleRange"),
            Some(range) => self.allowed(range, limits::RANGES, || {
                "permission.accessibleRange".into()
            }),
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
            let field = |part: &str| path("permission.accessibleMembers", index, part);
            if member.id.value.is_empty() {
                self.required(&member.id, || field("id"));
            }
            self.allowed(&member.kind, limits::MEMBER_TYPES, || field("type"));
            if !seen.insert((member.id.as_str(), member.kind.as_str())) {
                self.add_value(ProblemKind::MemberTwice, field("id"), &member.id);
            }
        }
    }

    /// `contactName`: each part `maxLength : 100`; the family or the given name is required.
    fn name(&mut self, draft: &ContactDraft<'_>) {
        let name = &draft.contact_name;
        for part in NamePart::ALL {
            if let Some(text) = name.get(part) {
                self.length(text, limits::NAME_PART, || {
                    format!("contactName.{}", part.as_str()).into()
                });
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
            let field = || path("emails", index, "email");
            self.required(&email.email, field);
            self.length(&email.email, limits::EMAIL, field);
        }
    }

    /// `telephones`: `telephone` required and matching the pattern from end to end.
    fn telephones(&mut self, draft: &ContactDraft<'_>) {
        let list = "telephones";
        self.list(list, draft.telephones.iter().map(|phone| phone.primary));
        for (index, phone) in draft.telephones.iter().enumerate() {
            let field = || path(list, index, "telephone");
            let text = phone.telephone.as_str();
            if text.is_empty() {
                self.required(&phone.telephone, field);
            } else if !limits::is_telephone(text)
                && let Some((at, offending)) = text
                    .chars()
                    .enumerate()
                    .find(|(_, c)| !limits::is_telephone_char(*c))
            {
                let kind = ProblemKind::PhonePattern { offending, at };
                self.add_value(kind, field(), &phone.telephone);
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
                    self.length(text, limits::ORGANIZATION, || path(list, index, part));
                }
            }
        }
    }

    /// `events`: `date` required, `YYYY-MM-DD`.
    fn events(&mut self, draft: &ContactDraft<'_>) {
        let list = "events";
        self.list(list, draft.events.iter().map(|event| event.primary));
        for (index, event) in draft.events.iter().enumerate() {
            let field = || path(list, index, "date");
            if event.date.is_blank() {
                self.required(&event.date, field);
            } else if !is_calendar_date(event.date.as_str()) {
                self.add_value(ProblemKind::DateInvalid, field(), &event.date);
            }
            let types = limits::EVENT_TYPES;
            self.types(list, index, &event.kind, types, &event.custom_type);
            if let Some(day_type) = &event.day_type {
                self.allowed(day_type, limits::DAY_TYPES, || path(list, index, "dayType"));
            }
        }
    }

    /// `locations`: `address` required, it and `zipCode` `maxLength : 100`.
    fn locations(&mut self, draft: &ContactDraft<'_>) {
        let list = "locations";
        self.list(list, draft.locations.iter().map(|item| item.primary));
        for (index, location) in draft.locations.iter().enumerate() {
            let field = || path(list, index, "address");
            self.required(&location.address, field);
            self.length(&location.address, limits::ADDRESS, field);
            if let Some(zip) = &location.zip_code {
                self.length(zip, limits::ZIP_CODE, || path(list, index, "zipCode"));
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
            let field = || path(list, index, "id");
            self.required(&messenger.id, field);
            self.length(&messenger.id, limits::MESSENGER_ID, field);
            let (kind, types) = (&messenger.kind, limits::MESSENGER_TYPES);
            self.types(list, index, kind, types, &messenger.custom_type);
        }
    }

    /// `websites`: `url` required, `maxLength : 100`. The document asks for no particular form.
    fn websites(&mut self, draft: &ContactDraft<'_>) {
        self.list("websites", draft.websites.iter().map(|site| site.primary));
        for (index, site) in draft.websites.iter().enumerate() {
            let field = || path("websites", index, "url");
            self.required(&site.url, field);
            self.length(&site.url, limits::WEBSITE, field);
        }
    }

    /// `memo`, `contactTagIds` and `customProperties`.
    fn rest(&mut self, draft: &ContactDraft<'_>) {
        if let Some(memo) = &draft.memo {
            self.length(memo, limits::MEMO, || "memo".into());
        }
        for (index, tag) in draft.contact_tag_ids.iter().enumerate() {
            if tag.value.is_empty() {
                self.required(tag, || format!("contactTagIds[{index}]").into());
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
        let at = |index: usize| format!("{field}[{index}]");
        match property {
            Property::Text(content) => {
                self.length(content, limits::PROPERTY_TEXT, || {
                    format!("{field}.content").into()
                });
            }
            Property::Texts(contents) => {
                self.at_most(contents.len(), limits::PROPERTY_VALUES, field);
                for (index, item) in contents.iter().enumerate() {
                    self.length(&item.content, limits::PROPERTY_TEXT, || {
                        format!("{}.content", at(index)).into()
                    });
                }
            }
            Property::Link(link) => self.link(field, link),
            Property::Links(links) => {
                self.at_most(links.len(), limits::PROPERTY_VALUES, field);
                for (index, link) in links.iter().enumerate() {
                    self.link(&at(index), link);
                }
            }
        }
    }

    /// LINK properties: `link` required, a valid URL, `maxLength : 300`; `text` `maxLength : 100`.
    fn link(&mut self, field: &str, link: &Link<'_>) {
        if let Some(text) = &link.text {
            self.length(text, limits::PROPERTY_TEXT, || {
                format!("{field}.text").into()
            });
        }
        let field = || format!("{field}.link").into();
        self.length(&link.link, limits::PROPERTY_LINK, field);
        if link.link.is_blank() {
            self.required(&link.link, field);
        } else if !limits::is_url(link.link.as_str()) {
            self.add_value(ProblemKind::UrlInvalid, field(), &link.link);
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
                let field = path(list, index, "type");
                self.add_value(ProblemKind::MessengerTwitter, field, twitter);
            }
            Some(kind) => self.allowed(kind, allowed, || path(list, index, "type")),
            None => {}
        }
        let Some(custom) = custom else { return };
        let field = || path(list, index, "customType");
        self.length(custom, limits::CUSTOM_TYPE, field);
        if let Some(kind) = kind.as_ref().filter(|kind| kind.as_str() != limits::CUSTOM) {
            let kind = ProblemKind::CustomTypeWithoutCustom {
                kind: kind.as_str().to_owned(),
            };
            self.add_value(kind, field(), custom);
        }
    }

    fn allowed(
        &mut self,
        text: &Text<'_>,
        allowed: &'static [&'static str],
        field: impl FnOnce() -> Cow<'static, str>,
    ) {
        if !allowed.contains(&text.as_str()) {
            self.add_value(ProblemKind::NotAllowed { allowed }, field(), text);
        }
    }

    fn required(&mut self, text: &Text<'_>, field: impl FnOnce() -> Cow<'static, str>) {
        if text.is_blank() {
            self.add_value(ProblemKind::ValueMissing, field(), text);
        }
    }

    fn length(&mut self, text: &Text<'_>, limit: usize, field: impl FnOnce() -> Cow<'static, str>) {
        // A text has at most as many characters as bytes, so most need no counting.
        if text.value.len() <= limit {
            return;
        }
        let length = text.value.chars().count();
        if length > limit {
            self.add_value(ProblemKind::TooLong { length, limit }, field(), text);
        }
    }

    #[inline]
    fn at_most(&mut self, count: usize, limit: usize, field: &str) {
        if count > limit {
            self.add(ProblemKind::TooManyItems { count, limit }, field.to_owned());
        }
    }

    fn missing(&mut self, field: &'static str) {
        self.add(ProblemKind::ValueMissing, field);
    }

    fn add(&mut self, kind: ProblemKind, field: impl Into<Cow<'static, str>>) {
        self.problems.push(Problem {
            kind,
            field: field.into(),
            value: String::new(),
            origin: Origin::NONE,
        });
    }

    fn add_value(
        &mut self,
        kind: ProblemKind,
        field: impl Into<Cow<'static, str>>,
        text: &Text<'_>,
    ) {
        self.problems.push(Problem::of_value(kind, field, text));
    }
}

fn path(list: &str, index: usize, part: &str) -> Cow<'static, str> {
    format!("{list}[{index}].{part}").into()
}
