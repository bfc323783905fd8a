//! What a `PATCH` writes into a contact, made from the contact as the service shows it.
//!
//! The document does not say what a list in a `PATCH` does to the list that is there, so a list is always sent with all items
//! that it is to have. `permission` is no content: the configuration says who may see a contact when it is created.

use serde_json::{Map, Value, json};

use super::{
    Difference, Fields, Form, LISTS, PROPERTY, array, differences_of_answer, is_same, shown_text,
    text, with_text,
};
use crate::contact::limits;

/// The properties that a `PATCH` writes, each as a whole, and what it leaves as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Patch {
    pub body: Map<String, Value>,
    /// Values of the record in whose place the contact has others.
    pub conflicts: Vec<Difference>,
}

/// A property that a patch changes, for people.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// A property by its name in the API.
    pub field: String,
    pub old: Value,
    pub new: Value,
}

impl Patch {
    /// What it changes in a contact.
    pub fn changes(&self, contact: &Value) -> Vec<Change> {
        let change = |(field, new): (&String, &Value)| Change {
            field: field.clone(),
            old: stripped(&contact[field]),
            new: new.clone(),
        };
        self.body.iter().map(change).collect()
    }

    fn write(&mut self, name: &str, new: Value, contact: &Value) {
        if stripped(&new) != stripped(&contact[name]) {
            self.body.insert(name.to_owned(), stripped(&new));
        }
    }
}

/// Completes a contact by what a record has and the contact lacks: items of lists, and single values where the contact's are
/// empty. Nothing is removed or replaced.
pub fn completion(record: &Value, contact: &Value) -> Patch {
    let mut patch = Patch::default();
    complete_name(record, contact, &mut patch);
    for (list, fields) in LISTS {
        let (items, conflicts) =
            completed(list, fields, array(&record[*list]), array(&contact[*list]));
        patch.conflicts.extend(conflicts);
        patch.write(list, items, contact);
    }
    let memo = [record, contact].map(|one| text(&one["memo"]));
    match memo {
        [own, _] if own.is_empty() => {}
        [_, theirs] if theirs.is_empty() => patch.write("memo", record["memo"].clone(), contact),
        [own, theirs] if own != theirs => patch.conflicts.push(conflict("memo", own, theirs)),
        _ => {}
    }
    let tags = with_tags(
        array(&contact["contactTagIds"]),
        array(&record["contactTagIds"]),
    );
    patch.write("contactTagIds", tags, contact);
    complete_properties(record, contact, &mut patch);
    patch
}

/// Brings a contact up to date: what differs between the record as it was sent (`sent`) and as it is now is changed, and what
/// others have edited elsewhere in the contact stays. What the record has no longer stays, too, but for items of lists.
pub fn update(sent: Option<&Value>, record: &Value, contact: &Value) -> Patch {
    let nothing = Value::Null;
    let sent = sent.unwrap_or(&nothing);
    let mut patch = Patch::default();
    let changed = |name: &str| record.get(name).filter(|own| sent.get(name) != Some(own));
    if let Some(own) = changed("contactName") {
        let mut name = contact["contactName"].clone();
        for (part, was) in sent["contactName"].as_object().into_iter().flatten() {
            if own.get(part).is_none() && !text(was).is_empty() {
                name[part] = Value::Null;
            }
        }
        for (part, value) in own.as_object().into_iter().flatten() {
            if sent["contactName"].get(part) != Some(value) {
                name[part] = value.clone();
            }
        }
        if name != contact["contactName"] {
            patch.body.insert("contactName".to_owned(), name);
        }
    }
    for (list, fields) in LISTS {
        if let Some(own) = changed(list) {
            let lists = [&sent[*list], own, &contact[*list]].map(array);
            patch.write(list, updated(fields, lists), contact);
        }
    }
    if let Some(own) = changed("memo") {
        patch.write("memo", own.clone(), contact);
    }
    if let Some(own) = changed("contactTagIds") {
        let gone = |tag: &&Value| {
            let has = |list: &Value| array(list).contains(tag);
            has(&sent["contactTagIds"]) && !has(own)
        };
        let theirs = array(&contact["contactTagIds"]).iter();
        let kept: Vec<Value> = theirs.filter(|tag| !gone(tag)).cloned().collect();
        patch.write("contactTagIds", with_tags(&kept, array(own)), contact);
    }
    if let Some(own) = changed("customProperties").and_then(Value::as_object) {
        let mut properties = contact["customProperties"]
            .as_object()
            .cloned()
            .unwrap_or_default();
        for (name, value) in own {
            if sent["customProperties"].get(name) != Some(value) {
                properties.insert(name.clone(), value.clone());
            }
        }
        patch.write("customProperties", Value::Object(properties), contact);
    }
    patch
}

/// In what the answer to a `PATCH` shows the properties that were written otherwise.
pub fn written_otherwise(patch: &Map<String, Value>, answer: &Value) -> Vec<Difference> {
    const OTHERS: [&str; 5] = [
        "contactName",
        "memo",
        "contactTagIds",
        "customProperties",
        "permission",
    ];
    let mut shown = answer.clone();
    for name in LISTS.iter().map(|(list, _)| *list).chain(OTHERS) {
        if !patch.contains_key(name) {
            shown[name] = Value::Null;
        }
    }
    differences_of_answer(&Value::Object(patch.clone()), &shown)
}

fn conflict(field: &str, own: String, theirs: String) -> Difference {
    Difference {
        field: field.to_owned(),
        sent: own,
        shown: Some(theirs),
    }
}

/// Family and given name are filled only where the contact has neither: the service may have them split otherwise.
fn complete_name(record: &Value, contact: &Value, patch: &mut Patch) {
    const WHOLE: [&str; 3] = ["lastName", "firstName", "middleName"];
    let (own, theirs) = (&record["contactName"], &contact["contactName"]);
    let whole = |name: &Value| -> String {
        let parts = WHOLE.map(|part| text(&name[part])).concat().to_lowercase();
        parts.split_whitespace().collect()
    };
    let has_none = whole(theirs).is_empty();
    let is_split_alike = ["lastName", "firstName"]
        .iter()
        .all(|part| text(&own[*part]) == text(&theirs[*part]));
    let mut name = theirs.clone();
    for (part, value) in own.as_object().into_iter().flatten() {
        let (new, old) = (text(value), text(&theirs[part]));
        let may_fill = match part.as_str() {
            "middleName" => has_none || is_split_alike,
            part => has_none || !WHOLE.contains(&part),
        };
        if new.is_empty() || new == old {
        } else if old.is_empty() && may_fill {
            name[part] = value.clone();
        } else if !WHOLE.contains(&part.as_str()) {
            patch
                .conflicts
                .push(conflict(&format!("contactName.{part}"), new, old));
        }
    }
    if !has_none && whole(own) != whole(theirs) {
        let shown = |name: &Value| WHOLE.map(|part| text(&name[part])).join(" ");
        patch
            .conflicts
            .push(conflict("contactName", shown(own), shown(theirs)));
    }
    if name != *theirs {
        patch.body.insert("contactName".to_owned(), name);
    }
}

/// A list with the items that it lacks, and what of the others it has otherwise.
fn completed(
    list: &str,
    fields: Fields,
    own: &[Value],
    theirs: &[Value],
) -> (Value, Vec<Difference>) {
    let mut items: Vec<Value> = theirs.iter().map(stripped).collect();
    let mut conflicts = Vec::new();
    for item in own {
        if items.iter().any(|there| is_same(fields, item, there)) {
            continue;
        }
        let alike = items.iter_mut().find(|there| {
            !text(&item[fields[0].0]).is_empty() && is_same(&fields[..1], item, there)
        });
        let Some(there) = alike else {
            if items.len() < limits::LIST_ITEMS {
                items.push(item.clone());
            }
            continue;
        };
        for (name, form) in &fields[1..] {
            let (new, old) = (form.of(&item[*name]), text(&there[*name]));
            if text(&item[*name]).is_empty() || form.is_same(&item[*name], &there[*name]) {
            } else if old.is_empty() {
                there[*name] = item[*name].clone();
            } else {
                conflicts.push(conflict(&format!("{list}[].{name}"), new, old));
            }
        }
    }
    with_one_primary(&mut items);
    (Value::Array(items), conflicts)
}

/// A list of the contact after the changes from `sent` to `own`.
fn updated(fields: Fields, [sent, own, theirs]: [&[Value]; 3]) -> Value {
    let first = &fields[..1];
    let in_list = |list: &[Value], item: &Value| list.iter().any(|one| is_same(fields, one, item));
    let mut items: Vec<Value> = theirs.iter().map(stripped).collect();
    for gone in sent.iter().filter(|item| !in_list(own, item)) {
        let place = items.iter().position(|there| is_same(fields, gone, there));
        let place = place.or_else(|| items.iter().position(|there| is_same(first, gone, there)));
        // One that is there with the same value and changes another field keeps its place.
        let stays = own.iter().any(|item| is_same(first, item, gone));
        if let Some(place) = place.filter(|_| !stays) {
            items.remove(place);
        }
    }
    for item in own.iter().filter(|item| !in_list(sent, item)) {
        if in_list(&items, item) {
            continue;
        }
        let has_first = !text(&item[first[0].0]).is_empty();
        let alike = items
            .iter()
            .position(|there| has_first && is_same(first, item, there));
        match alike {
            Some(place) => {
                let is_primary = items[place]["primary"].clone();
                items[place] = item.clone();
                items[place]["primary"] = is_primary;
            }
            None if items.len() < limits::LIST_ITEMS => items.push(item.clone()),
            None => {}
        }
    }
    with_one_primary(&mut items);
    Value::Array(items)
}

/// The first item that is primary stays so; the document wants exactly one.
fn with_one_primary(items: &mut [Value]) {
    let primary = items.iter().position(|item| item["primary"] == true);
    for (place, item) in items.iter_mut().enumerate() {
        item["primary"] = json!(place == primary.unwrap_or(0));
    }
}

fn with_tags(there: &[Value], more: &[Value]) -> Value {
    let mut tags = there.to_vec();
    for tag in more {
        if !tags.contains(tag) {
            tags.push(tag.clone());
        }
    }
    Value::Array(tags)
}

fn complete_properties(record: &Value, contact: &Value, patch: &mut Patch) {
    let Some(own) = record["customProperties"].as_object() else {
        return;
    };
    let theirs = &contact["customProperties"];
    let mut properties = theirs.as_object().cloned().unwrap_or_default();
    let shown = |value: &Value| match text(&value["link"]) {
        link if link.is_empty() => text(&value["content"]),
        link => link,
    };
    for (name, value) in own {
        let there = &theirs[name];
        let same =
            |one: &Value, other: &Value| is_same(PROPERTY, &with_text(one), &with_text(other));
        match (value, there) {
            (Value::Array(values), Value::Array(_) | Value::Null) => {
                let mut all = array(there).to_vec();
                for value in values {
                    if !all.iter().any(|there| same(value, there))
                        && all.len() < limits::PROPERTY_VALUES
                    {
                        let mut value = value.clone();
                        if !all.is_empty() {
                            value["represent"] = json!(false);
                        }
                        all.push(value);
                    }
                }
                properties.insert(name.clone(), Value::Array(all));
            }
            (value, there) if shown(there).is_empty() => {
                properties.insert(name.clone(), value.clone());
            }
            (value, there) if !same(value, there) => {
                let field = format!("customProperties.{name}");
                patch
                    .conflicts
                    .push(conflict(&field, shown(value), shown(there)));
            }
            _ => {}
        }
    }
    patch.write("customProperties", Value::Object(properties), contact);
}

/// A value as it can be sent: without nulls, and with the present name of a messenger. An empty list is as good as none.
fn stripped(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.iter().filter(|(_, value)| !value.is_null());
            let sendable = |(name, value): (&String, &Value)| {
                let is_messenger = name == "type" && matches!(value.as_str(), Some("TWITTER"));
                let value = match is_messenger {
                    true => json!(Form::Messenger.of(value)),
                    false => stripped(value),
                };
                (name.clone(), value)
            };
            Value::Object(kept.map(sendable).collect())
        }
        Value::Array(items) if items.is_empty() => Value::Null,
        Value::Array(items) => Value::Array(items.iter().map(stripped).collect()),
        other => other.clone(),
    }
}

/// A property as people read it.
pub fn in_words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(in_words).collect::<Vec<_>>().join(" | "),
        Value::Object(map) => {
            let shown = map.iter().filter(|(name, value)| {
                !["primary", "represent"].contains(&name.as_str())
                    && (shown_text(value).is_some() || value.is_object() || value.is_array())
            });
            shown
                .map(|(_, value)| in_words(value))
                .collect::<Vec<_>>()
                .join(" ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
