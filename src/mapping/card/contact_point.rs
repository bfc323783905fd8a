//! Telephones, e-mails and websites.

use super::{COMPARED, Mapper};
use crate::contact::{Telephone, Text};
use crate::mapping::build::ItemType;
use crate::mapping::label;
use crate::note::NoteKind;
use crate::source::vcard::Property;

impl<'a> Mapper<'a, '_> {
    pub(super) fn telephone(&mut self, index: usize, property: &'a Property<'a>) {
        let Some(text) = self.text(index, property.text()) else {
            return;
        };
        // Nobody dials an address of internet telephony as a number.
        let scheme = text.value.split_once(':').map_or("", |(scheme, _)| scheme);
        if ["sip", "sips"]
            .iter()
            .any(|it| it.eq_ignore_ascii_case(scheme))
        {
            return self.messenger(index, property, None);
        }
        let kind = self.kind(index, property, label::telephone);
        self.build.telephone(text, kind);
    }

    /// Telephones of which nothing is said are `OTHER`, unless the same number stands there with a type: telephones that
    /// are exported by Android often stand twice.
    pub(super) fn settle_telephones(&mut self) {
        let all = &mut self.build.draft.telephones;
        let mut repeated: Vec<Text<'a>> = Vec::new();
        let mut at = 0;
        while at < all.len() {
            let one = &all[at];
            let is_typed = |other: &Telephone<'_>| {
                other.kind.is_some() && other.telephone.value == one.telephone.value
            };
            let typed = match one.kind {
                None => all.iter().take(COMPARED).position(is_typed),
                Some(_) => None,
            };
            match typed {
                Some(typed) => {
                    all[typed].primary |= all[at].primary;
                    repeated.push(all.remove(at).telephone);
                }
                None => {
                    let default = || ItemType::constant("OTHER").kind;
                    all[at].kind = all[at].kind.take().or_else(default);
                    at += 1;
                }
            }
        }
        for text in &repeated {
            self.build.carry(NoteKind::Repeated, text);
        }
    }

    pub(super) fn email(&mut self, index: usize, property: &'a Property<'a>) {
        if let Some(text) = self.text(index, property.text()) {
            self.carry_label(index, property);
            let preferred = self.is_preferred(property);
            self.build.email(text, preferred);
        }
    }

    pub(super) fn website(&mut self, index: usize, property: &'a Property<'a>) {
        if let Some(text) = self.text(index, property.text()) {
            self.carry_label(index, property);
            let preferred = self.is_preferred(property);
            self.build.website(text, preferred);
        }
    }
}
