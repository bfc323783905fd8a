//! Telephones, e-mails, websites, and accounts at messengers and social networks.

use super::{COMPARED, Mapper, label as labels, origin};
use crate::contact::{Messenger, Telephone, Text, limits};
use crate::mapping::build::{ItemType, text_eq};
use crate::mapping::words::CARDS;
use crate::mapping::{after, label, telephone};
use crate::names::is_listed;
use crate::note::NoteKind;
use crate::source::vcard::Property;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

impl<'a> Mapper<'a, '_> {
    pub(super) fn telephone(&mut self, property: &'a Property<'a>) {
        let Some(text) = self.line(property, property.text()) else {
            return;
        };
        // Nobody dials an address of internet telephony as a number.
        let scheme = text.value.split_once(':').map_or("", |(scheme, _)| scheme);
        if is_listed("sip sips", scheme) {
            return self.messenger(property, None);
        }
        let kind = self.kind(property, label::telephone);
        let own = number(text.as_str());
        let same = |one: &Telephone<'_>| {
            (kind.kind.is_none() || text_eq(&one.kind, &kind.kind))
                && text_eq(&one.custom_type, &kind.custom)
                && number(one.telephone.as_str()) == own
        };
        let mut known = self.build.draft.telephones.iter_mut().take(COMPARED);
        match known.find(|one| one.telephone.value != text.value && same(one)) {
            Some(one) => {
                one.primary |= kind.preferred;
                self.build.note(NoteKind::Repeated, &text);
            }
            None => _ = self.build.telephones(text, kind),
        }
    }

    /// Telephones of which nothing is said are `OTHER`, unless the same number stands there with a type: telephones that
    /// are exported by Android often stand twice.
    pub(super) fn settle_telephones(&mut self) {
        let all = &mut self.build.draft.telephones;
        let mut repeated: Vec<Text<'a>> = Vec::new();
        let mut at = 0;
        while at < all.len() {
            if all[at].kind.is_some() {
                at += 1;
                continue;
            }
            let own = number(all[at].telephone.as_str());
            let is_typed = |other: &Telephone<'_>| {
                other.kind.is_some() && number(other.telephone.as_str()) == own
            };
            match all.iter().take(COMPARED).position(is_typed) {
                Some(typed) => {
                    all[typed].primary |= all[at].primary;
                    repeated.push(all.remove(at).telephone);
                }
                None => all[at].kind = ItemType::constant("OTHER").kind,
            }
        }
        for text in &repeated {
            self.build.note(NoteKind::Repeated, text);
        }
    }

    /// An e-mail address. Those of X.400 and telex are addresses of other networks.
    pub(super) fn email(&mut self, property: &'a Property<'a>) {
        if property.has_type("X400") || property.has_type("TLX") {
            return self.carried(NoteKind::Unmapped, property);
        }
        let Some(text) = self.line(property, property.text()) else {
            return;
        };
        self.carry_label(property);
        let preferred = self.is_preferred(property);
        let address = after(text.as_str(), "mailto:").unwrap_or(text.as_str());
        let mut known = self.build.draft.emails.iter_mut().take(COMPARED);
        let same = |one: &str| one != address && one.eq_ignore_ascii_case(address);
        match known.find(|one| same(one.email.as_str())) {
            Some(one) => {
                one.primary |= preferred;
                self.build.note(NoteKind::Repeated, &text);
            }
            None => self.build.email(text, preferred),
        }
    }

    pub(super) fn website(&mut self, property: &'a Property<'a>) {
        if let Some(text) = self.line(property, property.text()) {
            self.carry_label(property);
            let preferred = self.is_preferred(property);
            self.build.website(text, preferred);
        }
    }
}

/// The digits of a telephone that are equal in all its spellings.
pub(super) fn digits(telephone: &str) -> String {
    let mut digits = String::new();
    telephone::comparable(telephone, &mut digits);
    digits
}

/// The same; a number of few digits is only equal to itself.
fn number(telephone: &str) -> String {
    let digits = digits(telephone);
    match digits.len() {
        ..7 => telephone.to_owned(),
        _ => digits,
    }
}

impl<'a> Mapper<'a, '_> {
    /// An account, of `service` or of the one that the property names: by a parameter, its scheme, or its label.
    pub(super) fn messenger(&mut self, property: &'a Property<'a>, service: Option<&'a str>) {
        let Some(text) = self.line(property, property.text()) else {
            return;
        };
        let scheme = scheme(text.as_str());
        let known = scheme.and_then(known_scheme);
        // Outside of IMPP a colon may belong to the account.
        let is_uri = match &*property.name {
            "IMPP" => scheme.is_some(),
            _ => known.is_some(),
        };
        let by_scheme = known.or(scheme).filter(|_| is_uri);
        let named = said_by(property, ["X-SERVICE-TYPE", "SERVICE-TYPE"]);
        let service = service.map(Cow::Borrowed).or(named);
        let service = service.or_else(|| by_scheme.map(|scheme| scheme.to_owned().into()));
        let service = match service {
            Some(service) => {
                self.carry_label(property);
                service
            }
            None => self.said(property),
        };
        let kind = self.service_kind(property, service);
        let id = match is_uri {
            true => self.without_scheme(text),
            false => text,
        };
        self.account(id, kind);
    }

    /// An account at a social network, mostly given by the address of its page.
    pub(super) fn profile(&mut self, property: &'a Property<'a>) {
        let Some(text) = self.line(property, property.text()) else {
            return;
        };
        let is_service = |word: &&str| !is_listed("home other work", word);
        let service = said_by(property, ["SERVICE-TYPE", "X-SERVICE-TYPE"])
            .or_else(|| labels::words(property).find(is_service).map(Cow::Borrowed))
            .or_else(|| self.label_of(property))
            .unwrap_or_default();
        let user = match said_by(property, ["X-USER", "USERNAME"]) {
            Some(user) => self.line(property, user),
            None => user_of(&text),
        };
        let kind = self.service_kind(property, service);
        let Some(user) = user.filter(|user| user.value != text.value) else {
            return self.account(text, kind);
        };
        let is_prefixed = text.value.trim_end_matches('/').ends_with(user.as_str());
        let note = match is_prefixed {
            true => NoteKind::PrefixRemoved,
            false => NoteKind::NoPlace,
        };
        self.build.note(note, &text);
        self.account(user, kind);
    }

    /// An account; where it has no place, its service has none either.
    fn account(&mut self, id: Text<'a>, kind: ItemType<'a>) {
        let network = |custom: &Option<Text<'_>>| network(custom.as_ref().map_or("", Text::as_str));
        let own = network(&kind.custom);
        let same = |one: &Messenger<'_>| {
            text_eq(&one.kind, &kind.kind)
                && network(&one.custom_type) == own
                && one.id.as_str().eq_ignore_ascii_case(id.as_str())
        };
        if self.build.draft.messengers.iter().take(COMPARED).any(same) {
            return self.build.note(NoteKind::Repeated, &id);
        }
        let service = kind.custom.clone();
        if !self.build.messenger(id, kind)
            && let Some(service) = service
        {
            self.build.note(NoteKind::Label, &service);
        }
    }

    fn service_kind(&self, property: &Property<'_>, service: Cow<'a, str>) -> ItemType<'a> {
        let kind = label::messenger(&service);
        let service = Text::from_field(service, origin(property));
        ItemType::labelled(kind, service, limits::CUSTOM).preferred(self.is_preferred(property))
    }

    /// The account that a URI names.
    fn without_scheme(&mut self, text: Text<'a>) -> Text<'a> {
        let Some((_, path)) = text.value.split_once(':') else {
            return text;
        };
        const BEFORE: [&str; 4] = ["//", "goim?screenname=", "sendim?", "chat?contact="];
        const AFTER: [&str; 3] = ["?call", "?chat", "?message"];
        let behind = |before: &&str| after(path, before);
        let path = BEFORE.iter().find_map(behind).unwrap_or(path);
        let before = |after: &&str| path.strip_suffix(*after);
        let path = AFTER.iter().find_map(before).unwrap_or(path);
        let decoded = percent_decode_str(path).decode_utf8();
        let id = decoded.map_or_else(|_| path.to_owned(), Cow::into_owned);
        if id.trim().is_empty() {
            return text;
        }
        self.build.changed(NoteKind::PrefixRemoved, text, id)
    }
}

/// What the first of these parameters says.
fn said_by<'p>(property: &'p Property<'_>, names: [&str; 2]) -> Option<Cow<'p, str>> {
    let param = names.iter().find_map(|name| property.param(name));
    let value = param.map(|param| param.value());
    value.filter(|value| !value.trim().is_empty())
}

/// What is equal in two names of a messenger's network: `Google Talk`, `gtalk`.
fn network(service: &str) -> String {
    let letters = service.chars().filter(|c| c.is_alphanumeric());
    let name: String = letters.flat_map(char::to_lowercase).collect();
    match known_scheme(&name) {
        Some("XMPP") => "jabber".to_owned(),
        Some(known) if !known.eq_ignore_ascii_case(&name) => network(known),
        _ => name,
    }
}

/// The scheme of a URI, except those of pages, which stay whole.
fn scheme(value: &str) -> Option<&str> {
    let (scheme, rest) = value.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && !scheme.contains(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
    let is_page = is_listed("http https", scheme);
    (is_scheme && !is_page && !rest.trim().is_empty()).then_some(scheme)
}

fn known_scheme(scheme: &str) -> Option<&'static str> {
    let service = CARDS.schemes.get(&scheme.to_ascii_lowercase());
    service.map(String::as_str)
}

/// The user in the address of a profile: the last part of its path, or what follows `x-apple:`.
fn user_of<'a>(text: &Text<'a>) -> Option<Text<'a>> {
    let value = text.value.trim_end_matches('/');
    let user = match value.split_once("://") {
        Some((_, page)) if !page.contains(['?', '#']) => page.rsplit_once('/')?.1,
        Some(_) => return None,
        None => {
            value
                .split_once(':')
                .filter(|(scheme, _)| *scheme == "x-apple")?
                .1
        }
    };
    let is_user = !user.trim().is_empty();
    is_user.then(|| Text::from_field(user.to_owned(), text.origin))
}
