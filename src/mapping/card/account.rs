//! Accounts at messengers and social networks.

use super::{COMPARED, Mapper, label as labels};
use crate::contact::{Messenger, Origin, Text, limits};
use crate::mapping::build::{ItemType, text_eq};
use crate::mapping::label::{self, Kind};
use crate::mapping::words::CARDS;
use crate::note::{Note, NoteKind};
use crate::source::vcard::Property;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// The service that a property of its own stands for.
pub(super) fn service(property: &str) -> Option<&'static str> {
    CARDS.services.get(property).map(String::as_str)
}

impl<'a> Mapper<'a, '_> {
    /// An account, of `service` or of the one that the property names: by a parameter, its scheme, or its label.
    pub(super) fn messenger(
        &mut self,
        index: usize,
        property: &'a Property<'a>,
        service: Option<&'static str>,
    ) {
        let Some(text) = self.line(index, property.text()) else {
            return;
        };
        let scheme = scheme(text.as_str());
        let by_scheme = scheme.map(|scheme| known_scheme(scheme).unwrap_or(scheme).to_owned());
        // Outside of IMPP a colon may belong to the account.
        let is_uri = match property.name == "IMPP" {
            true => scheme.is_some(),
            false => scheme.is_some_and(|scheme| known_scheme(scheme).is_some()),
        };
        let said = ["X-SERVICE-TYPE", "SERVICE-TYPE"];
        let said = said.iter().find_map(|name| property.param(name));
        let named = said.map(|param| param.value());
        let named = named.filter(|name| !name.trim().is_empty());
        let (service, label_is_left) = match (service, named, by_scheme.filter(|_| is_uri)) {
            (Some(service), _, _) => (Cow::Borrowed(service), true),
            (None, Some(named), _) => (named, true),
            (None, None, Some(scheme)) => (Cow::Owned(scheme), true),
            (None, None, None) => (self.said(property), false),
        };
        if label_is_left {
            self.carry_label(index, property);
        }
        let kind = self.service_kind(index, property, service);
        let id = if is_uri {
            self.without_scheme(text)
        } else {
            text
        };
        self.account(id, kind);
    }

    /// An account at a social network, mostly given by the address of its page.
    pub(super) fn profile(&mut self, index: usize, property: &'a Property<'a>) {
        let Some(text) = self.line(index, property.text()) else {
            return;
        };
        let param = |names: [&str; 2]| {
            let param = names.iter().find_map(|name| property.param(name));
            let value = param.map(|param| param.value());
            value.filter(|value| !value.trim().is_empty())
        };
        let places = ["home", "other", "work"];
        let is_service = |word: &&str| !places.iter().any(|it| it.eq_ignore_ascii_case(word));
        let service = param(["SERVICE-TYPE", "X-SERVICE-TYPE"])
            .or_else(|| labels::words(property).find(is_service).map(Cow::Borrowed))
            .or_else(|| self.label_of(property))
            .unwrap_or_default();
        let user = match param(["X-USER", "USERNAME"]) {
            Some(user) => self.line(index, user),
            None => user_of(&text),
        };
        let kind = self.service_kind(index, property, service);
        let Some(user) = user.filter(|user| user.value != text.value) else {
            return self.account(text, kind);
        };
        let is_prefixed = text.value.trim_end_matches('/').ends_with(user.as_str());
        let note = match is_prefixed {
            true => NoteKind::PrefixRemoved,
            false => NoteKind::NoPlace,
        };
        self.build.carry(note, &text);
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
            return self.build.carry(NoteKind::Repeated, &id);
        }
        let before = self.build.draft.messengers.len();
        let service = kind.custom.clone();
        self.build.messenger(id, kind);
        if let Some(service) = service.filter(|_| self.build.draft.messengers.len() == before) {
            self.build.carry(NoteKind::Label, &service);
        }
    }

    fn service_kind(
        &mut self,
        index: usize,
        property: &'a Property<'a>,
        service: Cow<'a, str>,
    ) -> ItemType<'a> {
        let origin = Origin::field(index);
        let (kind, custom) = match label::messenger(&service) {
            Kind::Type(kind) => (kind, None),
            Kind::Custom => (limits::CUSTOM, Some(Text::from_field(service, origin))),
            Kind::None => (limits::CUSTOM, None),
        };
        ItemType {
            kind: Some(Text::from_field(kind, origin)),
            custom,
            preferred: self.is_preferred(property),
        }
    }

    /// The account that a URI names.
    fn without_scheme(&mut self, text: Text<'a>) -> Text<'a> {
        let Some((_, path)) = text.value.split_once(':') else {
            return text;
        };
        const BEFORE: &[&str] = &["//", "goim?screenname=", "sendim?", "chat?contact="];
        const AFTER: &[&str] = &["?call", "?chat", "?message"];
        let strip = |path: &str, before: &str| {
            let start = path.get(..before.len())?;
            start.eq_ignore_ascii_case(before).then_some(before.len())
        };
        let skipped = BEFORE.iter().find_map(|before| strip(path, before));
        let path = &path[skipped.unwrap_or(0)..];
        let path = AFTER
            .iter()
            .find_map(|after| path.strip_suffix(after))
            .unwrap_or(path);
        let decoded = percent_decode_str(path).decode_utf8();
        let id = decoded.map_or_else(|_| path.to_owned(), Cow::into_owned);
        if id.trim().is_empty() {
            return text;
        }
        let id = Text::from_field(id, text.origin);
        let note = Note::new(NoteKind::PrefixRemoved, text.origin, text.value);
        self.build.note(note.with(id.value.clone()));
        id
    }
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
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    let is_page = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
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
