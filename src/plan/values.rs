//! The values that only one of two contacts has.

use crate::contact::{ContactDraft, Name, NamePart, Property, Text};
use crate::mapping::{name, telephone};
use std::collections::HashSet;

/// The values of a contact that another one lacks, field by field.
///
/// Case and white space are ignored, telephones are compared by their digits, and the name as a whole, however it is split.
/// Types and labels of items are not compared.
pub fn only_in<'c, 'a>(
    contact: &'c ContactDraft<'a>,
    other: &ContactDraft<'_>,
) -> Vec<&'c Text<'a>> {
    let same_name = whole_name(&contact.contact_name) == whole_name(&other.contact_name);
    let known = values(other);
    let known = known
        .iter()
        .map(|(field, text)| (*field, comparable(field, text)));
    let mut known: HashSet<(&str, String)> = known.collect();
    let mut alone = values(contact);
    alone.retain(|(field, text)| {
        !(same_name && *field == NAME) && known.insert((field, comparable(field, text)))
    });
    alone.into_iter().map(|(_, text)| text).collect()
}

/// The parts that make the name by which records are compared.
const NAME: &str = "contactName";

fn values<'c, 'a>(contact: &'c ContactDraft<'a>) -> Vec<(&'c str, &'c Text<'a>)> {
    let mut values: Vec<(&str, &Text<'_>)> = Vec::new();
    for part in NamePart::ALL {
        let field = match part {
            NamePart::First | NamePart::Last | NamePart::Middle => NAME,
            other => other.as_str(),
        };
        values.extend(contact.contact_name.get(part).map(|text| (field, text)));
    }
    let mut add = |field, text| values.push((field, text));
    for item in &contact.emails {
        add("emails", &item.email);
    }
    for item in &contact.telephones {
        add(TELEPHONES, &item.telephone);
    }
    for item in &contact.organizations {
        let parts = [&item.name, &item.department, &item.title];
        let fields = ["name", "department", "title"];
        for (field, part) in fields.iter().zip(parts) {
            part.iter().for_each(|text| add(field, text));
        }
    }
    for item in &contact.events {
        add("events", &item.date);
    }
    for item in &contact.locations {
        add("locations", &item.address);
        item.zip_code.iter().for_each(|zip| add("zipCode", zip));
    }
    for item in &contact.messengers {
        add("messengers", &item.id);
    }
    for item in &contact.websites {
        add("websites", &item.url);
    }
    contact.memo.iter().for_each(|memo| add("memo", memo));
    for tag in &contact.contact_tag_ids {
        add("contactTagIds", tag);
    }
    for (name, property) in &contact.custom_properties {
        match property {
            Property::Text(text) => add(name, text),
            Property::Texts(texts) => texts.iter().for_each(|one| add(name, &one.content)),
            Property::Link(link) => add(name, &link.link),
            Property::Links(links) => links.iter().for_each(|link| add(name, &link.link)),
        }
    }
    values
}

const TELEPHONES: &str = "telephones";

fn comparable(field: &str, text: &Text<'_>) -> String {
    let text = text.as_str();
    let mut digits = String::new();
    if field == TELEPHONES {
        telephone::comparable(text, &mut digits);
    }
    match digits.is_empty() {
        true => {
            let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
            words.join(" ")
        }
        false => digits,
    }
}

fn whole_name(name: &Name<'_>) -> String {
    let mut text = String::new();
    let part = |part| name.str(part);
    name::comparable(
        part(NamePart::Last),
        part(NamePart::First),
        part(NamePart::Middle),
        &mut text,
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::{Email, Telephone};

    fn contact<'a>(
        last: &'a str,
        first: &'a str,
        email: &'a str,
        phone: &'a str,
    ) -> ContactDraft<'a> {
        let mut draft = ContactDraft::default();
        *draft.contact_name.part(NamePart::Last) = Some(Text::constant(last));
        *draft.contact_name.part(NamePart::First) = Some(Text::constant(first));
        draft.emails.push(Email {
            primary: true,
            email: Text::constant(email),
        });
        draft.telephones.push(Telephone {
            primary: true,
            telephone: Text::constant(phone),
            kind: None,
            custom_type: None,
        });
        draft
    }

    #[test]
    fn values_that_people_take_for_the_same_are_not_alone() {
        let first = contact("홍", "길동", "gil@example.com", "010-0000-0001");
        let same = contact("홍길동", "", "GIL@example.com", "010 0000 0001");
        assert!(only_in(&same, &first).is_empty());
        let son = contact("홍", "길동", "son@example.com", "01000000001");
        let alone: Vec<&str> = only_in(&son, &first)
            .iter()
            .map(|text| text.as_str())
            .collect();
        assert_eq!(alone, ["son@example.com"]);
        let other = contact("홍", "길순", "gil@example.com", "010-0000-0001");
        let alone: Vec<&str> = only_in(&other, &first)
            .iter()
            .map(|text| text.as_str())
            .collect();
        assert_eq!(alone, ["길순"], "as a record with the same key may have");
    }
}
