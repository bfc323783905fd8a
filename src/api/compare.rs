//! Is a contact of the service the one that we sent?
//!
//! Used to find out whether a create of unknown outcome happened. A contact that is wrongly taken for another leaves one
//! uncreated, and one that is wrongly not recognised is created twice, so the comparison covers every property of the
//! request, and forgives only differences that the service itself can make: the order of lists, defaults written out, nulls,
//! `TWITTER` for `X`, properties that lists don't show, and properties that are not part of the request.

use std::collections::BTreeMap;

use serde_json::Value;

use super::contacts::RemoteContact;

/// The outcome of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The contact holds what was sent, and nothing else that a create could have set.
    Same,
    /// It differs in at least one property.
    Different,
}

/// Compares a contact of the service with a payload: the JSON body that was sent to create it.
///
/// An external message contact is never the same: they can't be created by this API.
pub fn compare(sent: &Value, remote: &RemoteContact) -> Verdict {
    let found = &remote.body;
    let same = !remote.external
        && same_names(&sent["contactName"], &found["contactName"])
        && same_permission(&sent["permission"], &found["permission"])
        && LISTS
            .iter()
            .all(|list| list.items(sent) == list.items(found))
        && text(&sent["memo"]) == text(&found["memo"])
        && strings(&sent["contactTagIds"]) == strings(&found["contactTagIds"])
        && properties(&sent["customProperties"]) == properties(&found["customProperties"]);
    if same {
        Verdict::Same
    } else {
        Verdict::Different
    }
}

/// A list property, and the fields of its items that a request can set. All of them have `primary` as well.
struct List {
    name: &'static str,
    fields: &'static [(&'static str, Field)],
}

/// What makes two values of a field the same.
#[derive(Clone, Copy)]
enum Field {
    /// The same text.
    Text,
    /// The same text, this one if there is none.
    Default(&'static str),
    /// Addresses that differ in case only are one mailbox to every known service.
    Email,
    /// A telephone number without the signs that only separate.
    Telephone,
    /// A messenger, `TWITTER` being `X`, `CUSTOM` if there is none.
    Messenger,
}

const CUSTOM: Field = Field::Default("CUSTOM");

const LISTS: &[List] = &[
    List {
        name: "emails",
        fields: &[("email", Field::Email)],
    },
    List {
        name: "telephones",
        fields: &[
            ("telephone", Field::Telephone),
            ("type", CUSTOM),
            ("customType", Field::Text),
        ],
    },
    List {
        name: "organizations",
        fields: &[
            ("name", Field::Text),
            ("department", Field::Text),
            ("title", Field::Text),
        ],
    },
    List {
        name: "events",
        fields: &[
            ("date", Field::Text),
            ("type", CUSTOM),
            ("customType", Field::Text),
            ("dayType", Field::Default("SOLAR")),
        ],
    },
    List {
        name: "locations",
        fields: &[
            ("address", Field::Text),
            ("type", CUSTOM),
            ("zipCode", Field::Text),
            ("customType", Field::Text),
        ],
    },
    List {
        name: "messengers",
        fields: &[
            ("id", Field::Text),
            ("type", Field::Messenger),
            ("customType", Field::Text),
        ],
    },
    List {
        name: "websites",
        fields: &[("url", Field::Text)],
    },
];

impl List {
    /// The items in a form in which equal lists are equal: sorted, the primary one marked.
    fn items(&self, contact: &Value) -> Vec<(bool, Vec<String>)> {
        let items = array(&contact[self.name]);
        let marked = items.iter().any(|item| item["primary"] == true);
        let item = |(index, item): (usize, &Value)| {
            // The service makes the first one primary if none is marked.
            let primary = if marked {
                item["primary"] == true
            } else {
                index == 0
            };
            (
                primary,
                self.fields
                    .iter()
                    .map(|(name, field)| field.of(&item[*name]))
                    .collect(),
            )
        };
        let mut items: Vec<_> = items.iter().enumerate().map(item).collect();
        items.sort_unstable();
        items
    }
}

impl Field {
    fn of(self, value: &Value) -> String {
        let text = text(value);
        match self {
            Field::Text => text,
            Field::Default(default) if text.is_empty() => default.to_owned(),
            Field::Default(_) => text,
            Field::Email => text.to_lowercase(),
            Field::Telephone => text
                .replace([' ', '\u{3000}', '-', '(', ')'], "")
                .to_lowercase(),
            Field::Messenger if text.is_empty() => "CUSTOM".to_owned(),
            Field::Messenger if text == "TWITTER" => "X".to_owned(),
            Field::Messenger => text,
        }
    }
}

fn same_names(sent: &Value, found: &Value) -> bool {
    let always = [
        "lastName",
        "firstName",
        "phoneticLastName",
        "phoneticFirstName",
        "nickName",
    ];
    // The document says of these that only "get" shows them.
    let only_shown_by_get = ["prefix", "suffix", "middleName"];
    always
        .iter()
        .all(|part| text(&sent[*part]) == text(&found[*part]))
        && only_shown_by_get.iter().all(|part| {
            let shown = text(&found[*part]);
            shown.is_empty() || shown == text(&sent[*part])
        })
}

fn same_permission(sent: &Value, found: &Value) -> bool {
    let co_editing = |permission: &Value| permission["isCoEditing"].as_bool().unwrap_or(true);
    let sent_members = members(&sent["accessibleMembers"]);
    text(&sent["accessibleRange"]) == text(&found["accessibleRange"])
        && co_editing(sent) == co_editing(found)
        // Who is master where none is named is not documented, nor who is then listed as a member.
        && (text(&sent["masterUserId"]).is_empty() || same_id(&text(&sent["masterUserId"]), &text(&found["masterUserId"])))
        && (sent_members.is_empty() || same_members(&sent_members, &members(&found["accessibleMembers"])))
}

/// Whether two ids can be of the same user. Users have an id and a login id (an address); which of them an answer shows is
/// not documented, so one of each can't be told apart.
fn same_id(sent: &str, found: &str) -> bool {
    sent == found || sent.contains('@') != found.contains('@')
}

/// Type and id of each member, sorted.
fn members(members: &Value) -> Vec<(String, String)> {
    let member = |member: &Value| (text(&member["type"]), text(&member["id"]));
    let mut members: Vec<_> = array(members).iter().map(member).collect();
    members.sort_unstable();
    members.dedup();
    members
}

fn same_members(sent: &[(String, String)], found: &[(String, String)]) -> bool {
    let exactly = sent == found;
    let names_users_differently = |found: &(String, String)| {
        sent.iter()
            .any(|sent| sent.0 == found.0 && same_id(&sent.1, &found.1))
    };
    exactly || (sent.len() == found.len() && found.iter().all(names_users_differently))
}

/// Each custom property that has a value: its values, sorted, the represented one marked.
fn properties(properties: &Value) -> BTreeMap<&str, Vec<(bool, Vec<String>)>> {
    let properties = properties.as_object().into_iter().flatten();
    properties
        .map(|(name, value)| (name.as_str(), property_values(value)))
        .filter(|(_, values)| !values.is_empty())
        .collect()
}

fn property_values(value: &Value) -> Vec<(bool, Vec<String>)> {
    let values = match value {
        Value::Array(values) => values.as_slice(),
        single => std::slice::from_ref(single),
    };
    let marked = values.iter().any(|value| value["represent"] == true);
    let parts = |value: &Value| {
        ["content", "text", "link"]
            .map(|part| text(&value[part]))
            .to_vec()
    };
    let mut values: Vec<_> = values
        .iter()
        .enumerate()
        .map(|(index, value)| {
            (
                if marked {
                    value["represent"] == true
                } else {
                    index == 0
                },
                parts(value),
            )
        })
        .filter(|(_, parts)| parts.iter().any(|part| !part.is_empty()))
        .collect();
    values.sort_unstable();
    values
}

fn strings(value: &Value) -> Vec<String> {
    let mut strings: Vec<_> = array(value).iter().map(text).collect();
    strings.sort_unstable();
    strings.dedup();
    strings
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A text without what is lost in storing it: null is no text, line ends are one kind, blanks around it don't count.
fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_default()
        .replace("\r\n", "\n")
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests;
