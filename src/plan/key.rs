//! The values of the fields that `[mapping] key` names.

use crate::contact::{ContactDraft, NamePart, Property, Text};
use crate::mapping::telephone;
use std::borrow::Cow;

/// The values of these fields, each field's with their number before them; nothing if the contact has none of the fields.
pub(super) fn key_values<'c>(
    contact: &'c ContactDraft<'_>,
    fields: &[String],
) -> Option<Vec<Cow<'c, str>>> {
    let mut values: Vec<Cow<'_, str>> = Vec::new();
    let mut found = false;
    for field in fields {
        let mut of_field = values_of(contact, field);
        found |= of_field.iter().any(|value| !value.is_empty());
        // The parts of a name stand in their places; of a list, another order is no other key.
        if !field.starts_with("contactName") {
            of_field.retain(|value| !value.is_empty());
            of_field.sort_unstable();
            of_field.dedup();
        }
        values.push(of_field.len().to_string().into());
        values.append(&mut of_field);
    }
    found.then_some(values)
}

/// The values of a field by its name in the API: `emails`, `telephones`, `contactName`, `contactName.lastName`,
/// `organizations`, `memo`, `customProperties.NAME`.
fn values_of<'c>(contact: &'c ContactDraft<'_>, field: &str) -> Vec<Cow<'c, str>> {
    let borrowed = |text: &'c Text<'_>| Cow::Borrowed(text.as_str());
    if let Some(part) = field.strip_prefix("contactName.") {
        let part = NamePart::ALL.into_iter().find(|one| one.as_str() == part);
        return part
            .map(|part| contact.contact_name.str(part).into())
            .into_iter()
            .collect();
    }
    if let Some(name) = field.strip_prefix("customProperties.") {
        return match contact.custom_properties.get(name) {
            Some(Property::Text(text)) => vec![borrowed(text)],
            Some(Property::Texts(texts)) => {
                texts.iter().map(|one| borrowed(&one.content)).collect()
            }
            Some(Property::Link(link)) => vec![borrowed(&link.link)],
            Some(Property::Links(links)) => links.iter().map(|one| borrowed(&one.link)).collect(),
            None => Vec::new(),
        };
    }
    match field {
        "contactName" => {
            let parts = [NamePart::Last, NamePart::First, NamePart::Middle];
            parts
                .map(|part| contact.contact_name.str(part).into())
                .into()
        }
        "emails" => contact
            .emails
            .iter()
            .map(|one| one.email.value.to_lowercase().into())
            .collect(),
        "telephones" => {
            let digits = |number: &str| {
                let mut text = String::new();
                telephone::comparable(number, &mut text);
                Cow::Owned(text)
            };
            contact
                .telephones
                .iter()
                .map(|one| digits(one.telephone.as_str()))
                .collect()
        }
        "organizations" => contact
            .organizations
            .iter()
            .filter_map(|one| one.name.as_ref())
            .map(borrowed)
            .collect(),
        "memo" => contact.memo.iter().map(borrowed).collect(),
        _ => Vec::new(),
    }
}
