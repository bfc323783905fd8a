//! Telephones, e-mails and websites.

use super::{COMPARED, Mapper};
use crate::contact::{Telephone, Text};
use crate::mapping::build::{ItemType, text_eq};
use crate::mapping::{after, label, telephone};
use crate::names::is_listed;
use crate::note::NoteKind;
use crate::source::vcard::Property;

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
            None => self.build.telephone(text, kind),
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
