//! The values of `[mapping] key` in a contact, to find a record's contact among those of the service.

use serde_json::Value;

use super::{Form, LISTS, ONLY_SHOWN_BY_GET, array, last_digits, same_telephone};

/// The values of the key's fields, in the forms that don't count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Key(Vec<Field>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Field {
    is_telephone: bool,
    /// Whether only a contact that is read by itself shows it.
    is_hidden: bool,
    values: Vec<String>,
}

impl Key {
    /// The values of these fields, which are named as in `[mapping] key`.
    pub fn of(contact: &Value, fields: &[String]) -> Key {
        let names: Vec<&str> = fields.iter().flat_map(|field| parts(field)).collect();
        Key(names.iter().map(|name| Field::of(contact, name)).collect())
    }

    /// Texts of which two contacts with the same key share one; none where lists show none of the fields that are filled.
    pub fn marks(&self) -> Vec<String> {
        let fields = self.0.iter().enumerate();
        let shown = fields.filter(|(_, field)| !field.is_hidden);
        shown
            .flat_map(|(place, field)| {
                let value = |value: &String| match field.is_telephone {
                    true => last_digits(value),
                    false => value.clone(),
                };
                let values = field.values.iter().map(value);
                values.map(move |value| format!("{place} {value}"))
            })
            .collect()
    }

    /// Whether both are the key of one contact: in each field they share a value, or both have none. What lists hide is
    /// compared only if the contact was read by itself (`whole`).
    pub fn fits(&self, other: &Key, whole: bool) -> bool {
        let compared = self.0.iter().zip(&other.0);
        compared
            .filter(|(field, _)| whole || !field.is_hidden)
            .all(|(one, other)| {
                one.values.is_empty() && other.values.is_empty() || one.shares(other)
            })
    }

    /// Whether every value of each is in the other.
    pub fn is_same(&self, other: &Key) -> bool {
        let has_all = |one: &Field, other: &Field| one.values.iter().all(|value| other.has(value));
        (self.0.iter().zip(&other.0)).all(|(one, other)| has_all(one, other) && has_all(other, one))
    }

    /// Whether a field of both has other values in each, so that they are two contacts.
    pub fn contradicts(&self, other: &Key) -> bool {
        (self.0.iter().zip(&other.0)).any(|(one, other)| {
            !one.values.is_empty() && !other.values.is_empty() && !one.shares(other)
        })
    }

    /// Whether lists hide a field.
    pub fn is_hidden(&self) -> bool {
        self.0.iter().any(|field| field.is_hidden)
    }
}

impl Field {
    fn of(contact: &Value, name: &str) -> Field {
        let (form, values) = values(contact, name);
        let mut values: Vec<String> = values
            .iter()
            .map(|value| form.of(value))
            .filter(|value| !value.is_empty())
            .collect();
        values.sort_unstable();
        values.dedup();
        let part = name.strip_prefix("contactName.");
        Field {
            is_telephone: matches!(form, Form::Telephone),
            is_hidden: part.is_some_and(|part| ONLY_SHOWN_BY_GET.contains(&part)),
            values,
        }
    }

    fn shares(&self, other: &Field) -> bool {
        self.values.iter().any(|value| other.has(value))
    }

    fn has(&self, value: &String) -> bool {
        let is_same =
            |own: &String| own == value || self.is_telephone && same_telephone(own, value);
        self.values.iter().any(is_same)
    }
}

/// The top-level property that a key's field is in, and whether a contact shows it at all.
pub fn shows(contact: &Value, field: &str) -> bool {
    let property = field.split('.').next().unwrap_or_default();
    contact.get(property).is_some()
}

/// The name as a whole is its parts, each of which has to be the same.
fn parts(field: &str) -> Vec<&str> {
    match field {
        "contactName" => vec![
            "contactName.lastName",
            "contactName.firstName",
            "contactName.middleName",
        ],
        other => vec![other],
    }
}

/// The values of a key's field, and the form in which they are compared.
fn values(contact: &Value, name: &str) -> (Form, Vec<Value>) {
    if let Some((list, fields)) = LISTS.iter().find(|(list, _)| *list == name) {
        let (field, form) = fields[0];
        let items = array(&contact[*list]).iter();
        return (form, items.map(|item| item[field].clone()).collect());
    }
    let value = |value: &Value| match &value["link"] {
        Value::Null => value["content"].clone(),
        link => link.clone(),
    };
    let values = match name.split_once('.') {
        Some(("customProperties", property)) => match &contact["customProperties"][property] {
            Value::Array(values) => values.iter().map(value).collect(),
            single => vec![value(single)],
        },
        Some((object, part)) => vec![contact[object][part].clone()],
        None => vec![contact[name].clone()],
    };
    (Form::Text, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn key(contact: Value, fields: &[&str]) -> Key {
        let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
        Key::of(&contact, &fields)
    }

    #[test]
    fn one_key_in_other_forms_is_the_same_and_another_is_not() {
        let number = |text: &str| {
            let contact = json!({"customProperties": {"number": {"content": text}}});
            key(contact, &["customProperties.number"])
        };
        let phone = |text: &str| {
            key(
                json!({"telephones": [{"telephone": text}]}),
                &["telephones"],
            )
        };
        let email = |text: &str| key(json!({"emails": [{"email": text}]}), &["emails"]);
        for (one, other, same) in [
            (number("１ "), number("1"), true),
            (number("1"), number("01"), false),
            (phone("+82 10-0000-0001"), phone("010 0000 0001"), true),
            (phone("02-0000-0001"), phone("010-0000-0001"), false),
            (email("KIM@example.com"), email("kim@example.com"), true),
            (number(""), number("1"), false),
        ] {
            assert_eq!(one.fits(&other, true), same, "{one:?} {other:?}");
            if same {
                assert!(one.marks().iter().any(|mark| other.marks().contains(mark)));
            }
        }
    }

    #[test]
    fn a_list_that_hides_a_part_of_the_key_contradicts_nothing() {
        let name = |middle: Value| {
            let name = json!({"lastName": "Example", "firstName": "Ann", "middleName": middle});
            key(json!({"contactName": name}), &["contactName"])
        };
        let (berta, unseen) = (name(json!("Berta")), name(Value::Null));
        assert!(berta.fits(&unseen, false) && !berta.fits(&unseen, true));
        assert!(!berta.contradicts(&unseen) && berta.contradicts(&name(json!("Carla"))));
    }
}
