//! What a card says that another one of the same person does not.

use super::{property_label, says_nothing};
use crate::contact::Origin;
use crate::mapping::telephone;
use crate::source::vcard::{Card, Charsets, Chunk, Cutter, Property, cards};

/// The values of a vCard that another one lacks, each with its property, for people; both are given by their bytes.
pub fn own_values(card: &[u8], other: &[u8], charsets: Charsets) -> Vec<(String, String)> {
    let known = values(other, charsets);
    let mut own = values(card, charsets);
    own.retain(|one| !known.iter().any(|other| other.same == one.same));
    own.into_iter().map(|one| (one.label, one.text)).collect()
}

struct Value {
    /// What is equal in two spellings of it.
    same: String,
    label: String,
    text: String,
}

fn values(bytes: &[u8], charsets: Charsets) -> Vec<Value> {
    let (mut cutter, mut chunk) = (Cutter::new(bytes), Chunk::default());
    let read = cutter.next_chunk(&mut chunk);
    let card = cards(&chunk, charsets).next().filter(|_| read.is_ok());
    card.map_or_else(Vec::new, |card| {
        let properties = card.properties.iter().enumerate();
        properties
            .filter_map(|(index, property)| value(&card, index, property))
            .collect()
    })
}

fn value(card: &Card<'_>, index: usize, property: &Property<'_>) -> Option<Value> {
    let parts = property
        .components()
        .map(|part| part.text().trim().to_owned());
    let text = match &*property.name {
        "N" | "ADR" | "ORG" => parts
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        _ => property.text().trim().to_owned(),
    };
    if text.is_empty() || says_nothing(property) || property.name == "X-ABLABEL" {
        return None;
    }
    let spelling = match &*property.name {
        "TEL" => {
            let mut digits = String::new();
            telephone::comparable(&text, &mut digits);
            if digits.is_empty() {
                text.clone()
            } else {
                digits
            }
        }
        "EMAIL" => text.to_lowercase(),
        _ => text.clone(),
    };
    Some(Value {
        same: format!("{}:{spelling}", property.name),
        label: property_label(card, Origin::field(index)).into_owned(),
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_other_card_lacks_is_listed() {
        let first =
            "BEGIN:VCARD\nN:Doe;Jo;;;\nTEL:010-1234-5678\nEMAIL:Jo@example.com\nREV:1\nEND:VCARD";
        let second = "BEGIN:VCARD\nN:Doe;Jo\nTEL;CELL:+82 10 1234 5678\nEMAIL:jo@example.com\nREV:2\nNOTE:x\nADR:;;A 1;B;;;\nEND:VCARD";
        let own = |one: &str, other: &str| {
            own_values(one.as_bytes(), other.as_bytes(), Charsets::default())
        };
        let wanted = [("NOTE", "x"), ("ADR", "A 1, B")]
            .map(|(label, text)| (label.to_owned(), text.to_owned()));
        assert_eq!(own(second, first), wanted);
        assert_eq!(own(first, second), []);
    }
}
