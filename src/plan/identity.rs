//! Hashes by which a contact is recognised.

use super::key::key_values;
use crate::contact::{ContactDraft, NamePart, Property, Text};
use crate::mapping::{name, telephone, trimmed};
use crate::source::csv::Row;
use smallvec::SmallVec;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// A 128-bit hash (XXH3).
///
/// It is written to ledgers, so neither the hash nor what goes into it may change without a new version of the ledger.
pub type Hash = [u8; 16];

/// The hashes by which a contact is recognised, in this input and in later runs.
#[derive(Clone, Debug, Default)]
pub struct Likeness {
    /// A hash of the contact as it would be sent, or of the row that it was made of.
    pub identity: Hash,
    /// A hash of the fields that `[mapping] key` names, if the contact has any of them.
    pub key: Option<Hash>,
    /// One for each e-mail and telephone, for the duplicate search of one input.
    pub points: SmallVec<[Point; 3]>,
    /// The same in full, together with the name, for the ledger.
    pub persons: Vec<Hash>,
}

/// A hash of an e-mail or telephone, and one of the name of the record that has it.
///
/// Records are duplicates if these 96 bits agree: among ten million e-mails and telephones the chance of taking two
/// different people for one is below one in a thousand million million. What only shares an e-mail or telephone is a note,
/// for which 64 bits will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// A hash of the e-mail or telephone.
    pub point: u64,
    /// A hash of the name.
    pub name: u32,
}

impl Point {
    /// A key among the e-mails and telephones: it is a hash like theirs, and never equal to one of them.
    pub(super) fn of_key(key: &Hash) -> Point {
        let [a, b, c, d, e, f, g, h, i, j, k, l, ..] = *key;
        Point {
            point: u64::from_le_bytes([a, b, c, d, e, f, g, h]),
            name: u32::from_le_bytes([i, j, k, l]),
        }
    }

    /// Where a record is kept whose e-mail or telephone another name has already.
    pub(super) fn with_name(self) -> u64 {
        (self.point ^ u64::from(self.name))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(29)
    }
}

impl Likeness {
    /// `key` are the fields that `[mapping] key` names; `persons` are needed for a plan only. `row` is a hash of the row, which
    /// does for an identity that is compared with those of one input only. `text` is written over; only its memory is used.
    pub fn of(
        contact: &ContactDraft<'_>,
        key: &[String],
        persons: bool,
        row: Option<Hash>,
        text: &mut String,
    ) -> Likeness {
        let mut likeness = Likeness {
            identity: row.unwrap_or_else(|| identity(contact)),
            key: key_of(contact, key),
            ..Likeness::default()
        };
        likeness.resemblances(contact, persons, text);
        likeness
    }

    /// Hashes the normalised name, e-mails and telephones.
    fn resemblances(&mut self, contact: &ContactDraft<'_>, persons: bool, text: &mut String) {
        let part = |part| contact.contact_name.str(part);
        name::comparable(
            part(NamePart::Last),
            part(NamePart::First),
            part(NamePart::Middle),
            text,
        );
        let name = xxh3_128(text.as_bytes());
        for email in &contact.emails {
            text.clear();
            text.push('@');
            lower_case(trimmed(&email.email.value), text);
            self.point(name, text, persons);
        }
        for phone in &contact.telephones {
            telephone::comparable(phone.telephone.as_str(), text);
            if !text.is_empty() {
                self.point(name, text, persons);
            }
        }
    }

    fn point(&mut self, name: u128, text: &str, persons: bool) {
        let point = xxh3_128(text.as_bytes());
        let short = Point {
            point: point as u64,
            name: name as u32,
        };
        if self.points.contains(&short) {
            return;
        }
        self.points.push(short);
        if persons {
            let mut both = [0; 32];
            both[..16].copy_from_slice(&name.to_be_bytes());
            both[16..].copy_from_slice(&point.to_be_bytes());
            self.persons.push(hash(&both));
        }
    }
}

/// A hash of a row of the input with this index.
pub fn of_row(input: usize, row: &Row<'_>) -> Hash {
    let (text, ends) = row.text();
    let add = |hash: u64, number: &usize| {
        let hash = (hash ^ *number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^ hash >> 32
    };
    let hash = ends.iter().fold(input as u64, add) ^ xxh3_64(text.as_bytes());
    u128::from(hash).to_be_bytes()
}

/// A hash of the fields that `[mapping] key` names, if a contact, valid or not, has any of them.
pub fn key_of(contact: &ContactDraft<'_>, key: &[String]) -> Option<Hash> {
    key_values(contact, key).map(|values| {
        let mut buffer = Vec::new();
        let mut fields = Fields(&mut buffer);
        values.iter().for_each(|value| fields.text(value));
        hash(&buffer)
    })
}

fn hash(bytes: &[u8]) -> Hash {
    xxh3_128(bytes).to_be_bytes()
}

/// A record's identity: a hash of its contact as it would be sent, but for `permission`.
///
/// Who may see a contact does not make it another one: an administrator who changes `[permission]` between two runs must
/// not get every contact a second time.
fn identity(contact: &ContactDraft<'_>) -> Hash {
    let mut buffer = Vec::with_capacity(1024);
    let mut fields = Fields(&mut buffer);
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
    hash(&buffer)
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
            Property::Links(links) => self.each(b'k', links, |fields, link| {
                fields.item(link.represent.unwrap_or_default(), &link.link, [&link.text]);
            }),
        }
    }
}
