//! What makes two records the same.

use super::duplicates::Point;
use crate::contact::{ContactDraft, NamePart, Property, Text};
use crate::mapping::{name, telephone, trimmed};
use xxhash_rust::xxh3::xxh3_128;

/// A 128-bit hash (XXH3).
///
/// It is written to ledgers, so neither the hash nor what goes into it may change without a new version of the ledger.
pub type Hash = [u8; 16];

/// Buffers that are used again for every record.
#[derive(Debug, Default)]
pub struct Hasher {
    buffer: Vec<u8>,
    text: String,
}

/// What a contact resembles others by.
#[derive(Clone, Debug, Default)]
pub struct Likeness {
    /// One for each e-mail and telephone, for the duplicate search of one input.
    pub points: Vec<Point>,
    /// The same in full, together with the name, for the ledger.
    pub persons: Vec<Hash>,
}

impl Hasher {
    /// A record's identity: a hash of its contact as it would be sent, but for `permission`.
    ///
    /// Who may see a contact does not make it another one: an administrator who changes `[permission]` between two runs
    /// must not get every contact a second time.
    pub fn identity(&mut self, contact: &ContactDraft<'_>) -> Hash {
        self.buffer.clear();
        let mut fields = Fields(&mut self.buffer);
        for part in NamePart::ALL {
            fields.optional(contact.contact_name.get(part));
        }
        fields.each(b'e', &contact.emails, |fields, one| {
            fields.item(one.primary, &one.email, [])
        });
        fields.each(b't', &contact.telephones, |fields, one| {
            fields.item(one.primary, &one.telephone, [&one.kind, &one.custom_type]);
        });
        fields.each(b'o', &contact.organizations, |fields, one| {
            fields.flag(one.primary);
            for part in [&one.name, &one.department, &one.title] {
                fields.optional(part.as_ref());
            }
        });
        fields.each(b'd', &contact.events, |fields, one| {
            fields.item(
                one.primary,
                &one.date,
                [&one.kind, &one.custom_type, &one.day_type],
            );
        });
        fields.each(b'l', &contact.locations, |fields, one| {
            fields.item(
                one.primary,
                &one.address,
                [&one.kind, &one.custom_type, &one.zip_code],
            );
        });
        fields.each(b'm', &contact.messengers, |fields, one| {
            fields.item(one.primary, &one.id, [&one.kind, &one.custom_type]);
        });
        fields.each(b'w', &contact.websites, |fields, one| {
            fields.item(one.primary, &one.url, [])
        });
        fields.optional(contact.memo.as_ref());
        fields.each(b'g', &contact.contact_tag_ids, |fields, one| {
            fields.text(one.as_str())
        });
        for (name, property) in &contact.custom_properties {
            fields.text(name);
            fields.property(property);
        }
        xxh3_128(&self.buffer).to_be_bytes()
    }

    /// A record's identity by the values of the fields that `[mapping] key` names.
    pub fn key<'v>(&mut self, values: impl Iterator<Item = &'v str>) -> Hash {
        self.buffer.clear();
        let mut fields = Fields(&mut self.buffer);
        values.for_each(|value| fields.text(value));
        xxh3_128(&self.buffer).to_be_bytes()
    }

    /// What a contact resembles others by, after normalising its name, e-mails and telephones. `persons` are worked out
    /// only for a plan.
    pub fn likeness(&mut self, contact: &ContactDraft<'_>, persons: bool, likeness: &mut Likeness) {
        likeness.points.clear();
        likeness.persons.clear();
        let name = &contact.contact_name;
        let part = |part| name.str(part);
        name::comparable(
            part(NamePart::Last),
            part(NamePart::First),
            part(NamePart::Middle),
            &mut self.text,
        );
        let name = xxh3_128(self.text.as_bytes());
        for email in &contact.emails {
            self.text.clear();
            self.text.push('@');
            lower_case(trimmed(&email.email.value), &mut self.text);
            self.point(name, persons, likeness);
        }
        for phone in &contact.telephones {
            telephone::comparable(phone.telephone.as_str(), &mut self.text);
            if !self.text.is_empty() {
                self.point(name, persons, likeness);
            }
        }
    }

    fn point(&mut self, name: u128, persons: bool, likeness: &mut Likeness) {
        let point = xxh3_128(self.text.as_bytes());
        let short = Point {
            point: point as u64,
            name: name as u32,
        };
        if likeness.points.contains(&short) {
            return;
        }
        likeness.points.push(short);
        if persons {
            let mut both = [0; 32];
            both[..16].copy_from_slice(&name.to_be_bytes());
            both[16..].copy_from_slice(&point.to_be_bytes());
            likeness.persons.push(xxh3_128(&both).to_be_bytes());
        }
    }
}

fn lower_case(text: &str, to: &mut String) {
    if text.is_ascii() {
        let from = to.len();
        to.push_str(text);
        to[from..].make_ascii_lowercase();
    } else {
        to.extend(text.chars().flat_map(char::to_lowercase));
    }
}

/// Fields one after the other, each with its length, so that no two contacts give the same bytes.
struct Fields<'b>(&'b mut Vec<u8>);

impl Fields<'_> {
    fn text(&mut self, text: &str) {
        self.0.extend_from_slice(&(text.len() as u32).to_le_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn optional(&mut self, text: Option<&Text<'_>>) {
        match text {
            Some(text) => self.text(text.as_str()),
            None => self.0.extend_from_slice(&u32::MAX.to_le_bytes()),
        }
    }

    fn flag(&mut self, flag: bool) {
        self.0.push(u8::from(flag));
    }

    fn item<const N: usize>(
        &mut self,
        primary: bool,
        text: &Text<'_>,
        more: [&Option<Text<'_>>; N],
    ) {
        self.flag(primary);
        self.text(text.as_str());
        for text in more {
            self.optional(text.as_ref());
        }
    }

    fn each<T>(&mut self, tag: u8, items: &[T], each: impl Fn(&mut Self, &T)) {
        self.0.push(tag);
        self.0
            .extend_from_slice(&(items.len() as u32).to_le_bytes());
        items.iter().for_each(|item| each(self, item));
    }

    fn property(&mut self, property: &Property<'_>) {
        match property {
            Property::Text(content) => self.item(false, content, []),
            Property::Texts(contents) => self.each(b's', contents, |fields, one| {
                fields.item(one.represent, &one.content, []);
            }),
            Property::Link(link) => self.item(false, &link.link, [&link.text]),
            Property::Links(links) => self.each(b'k', links, |fields, (link, represent)| {
                fields.item(*represent, &link.link, [&link.text]);
            }),
        }
    }
}
