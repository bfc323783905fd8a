//! What a `PATCH` writes into a contact, made from the contact as the service shows it.
//!
//! The document does not say what a list in a `PATCH` does to the list that is there, so a list is always sent with all items
//! that it is to have. `permission` is no content: the configuration says who may see a contact when it is created.

use serde::Serialize;
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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

    fn write(&mut self, name: &str, new: &Value, contact: &Value) {
        if stripped(new) != stripped(&contact[name]) {
            self.body.insert(name.to_owned(), stripped(new));
        }
    }

    /// The parts of a name are written with their nulls, which empty them.
    fn write_name(&mut self, name: Value, contact: &Value) {
        if name != contact["contactName"] {
            self.body.insert("contactName".to_owned(), name);
        }
    }

    fn conflict(&mut self, field: &str, own: String, theirs: String) {
        self.conflicts.push(Difference {
            field: field.to_owned(),
            sent: own,
            shown: Some(theirs),
        });
    }

    /// Fills a value of `object` that is empty; another one is a conflict.
    fn fill(&mut self, field: &str, form: Form, own: &Value, object: &mut Value, name: &str) {
        let old = text(&object[name]);
        if text(own).is_empty() || form.is_same(own, &object[name]) {
        } else if old.is_empty() {
            object[name] = own.clone();
        } else {
            self.conflict(field, form.of(own), old);
        }
    }
}

/// Completes a contact by what a record has and the contact lacks: items of lists, and single values where the contact's are
/// empty. Nothing is removed or replaced.
pub fn completion(record: &Value, contact: &Value) -> Patch {
    let mut patch = Patch::default();
    patch.complete_name(&record["contactName"], contact);
    for (list, fields) in LISTS {
        patch.complete_list(list, fields, array(&record[*list]), contact);
    }
    let mut filled = json!({ "memo": contact["memo"] });
    patch.fill("memo", Form::Text, &record["memo"], &mut filled, "memo");
    patch.write("memo", &filled["memo"], contact);
    let [tags, more] = [contact, record].map(|one| array(&one["contactTagIds"]));
    patch.write("contactTagIds", &with_tags(tags, more), contact);
    patch.complete_properties(&record["customProperties"], contact);
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
        let sent = &sent["contactName"];
        let mut name = with_changes(sent, own, &contact["contactName"]);
        for (part, was) in sent.as_object().into_iter().flatten() {
            if own.get(part).is_none() && !text(was).is_empty() {
                name[part] = Value::Null;
            }
        }
        patch.write_name(name, contact);
    }
    for (list, fields) in LISTS {
        if let Some(own) = changed(list) {
            let lists = [&sent[*list], own, &contact[*list]].map(array);
            patch.write(list, &updated(fields, lists), contact);
        }
    }
    if let Some(own) = changed("memo") {
        patch.write("memo", own, contact);
    }
    if let Some(own) = changed("contactTagIds") {
        let gone = |tag: &&Value| {
            let has = |list: &Value| array(list).contains(tag);
            has(&sent["contactTagIds"]) && !has(own)
        };
        let theirs = array(&contact["contactTagIds"]).iter();
        let kept: Vec<Value> = theirs.filter(|tag| !gone(tag)).cloned().collect();
        patch.write("contactTagIds", &with_tags(&kept, array(own)), contact);
    }
    if let Some(own) = changed("customProperties") {
        let [sent, theirs] = [sent, contact].map(|one| &one["customProperties"]);
        patch.write(
            "customProperties",
            &with_changes(sent, own, theirs),
            contact,
        );
    }
    patch
}

/// An object of the contact with what differs between the record as it was sent and as it is now.
fn with_changes(sent: &Value, own: &Value, theirs: &Value) -> Value {
    let mut all = theirs.as_object().cloned().unwrap_or_default();
    for (name, value) in own.as_object().into_iter().flatten() {
        if sent.get(name) != Some(value) {
            all.insert(name.clone(), value.clone());
        }
    }
    Value::Object(all)
}

/// In what the answer to a `PATCH` shows the properties that were written otherwise.
pub fn written_otherwise(patch: &Map<String, Value>, answer: &Value) -> Vec<Difference> {
    let written = |name: &String| (name.clone(), answer[name].clone());
    let shown = patch.keys().map(written).collect();
    differences_of_answer(&Value::Object(patch.clone()), &Value::Object(shown))
}

impl Patch {
    /// Family and given name are filled only where the contact has neither: the service may have them split otherwise.
    fn complete_name(&mut self, own: &Value, contact: &Value) {
        const WHOLE: [&str; 3] = ["lastName", "firstName", "middleName"];
        let theirs = &contact["contactName"];
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
            if !WHOLE.contains(&part.as_str()) {
                let field = format!("contactName.{part}");
                self.fill(&field, Form::Text, value, &mut name, part);
            } else if (has_none || part == "middleName" && is_split_alike)
                && text(&theirs[part]).is_empty()
                && !text(value).is_empty()
            {
                name[part] = value.clone();
            }
        }
        if !has_none && whole(own) != whole(theirs) {
            let [own, theirs] = [own, theirs].map(|name| WHOLE.map(|part| text(&name[part])));
            self.conflict("contactName", own.join(" "), theirs.join(" "));
        }
        self.write_name(name, contact);
    }

    /// Adds the items that a list lacks, and fills the others.
    fn complete_list(&mut self, list: &str, fields: Fields, own: &[Value], contact: &Value) {
        let mut items: Vec<Value> = array(&contact[list]).iter().map(stripped).collect();
        for item in own {
            if items.iter().any(|there| is_same(fields, item, there)) {
                continue;
            }
            let is_alike = |there: &&mut Value| is_known_by_same(fields, item, there);
            if let Some(there) = items.iter_mut().find(is_alike) {
                for (name, form) in &fields[1..] {
                    let field = format!("{list}[].{name}");
                    self.fill(&field, *form, &item[*name], there, name);
                }
            } else if items.len() < limits::LIST_ITEMS {
                items.push(item.clone());
            }
        }
        self.write(list, &with_one_primary(items), contact);
    }

    fn complete_properties(&mut self, own: &Value, contact: &Value) {
        let Some(own) = own.as_object() else { return };
        let theirs = &contact["customProperties"];
        let mut properties = theirs.as_object().cloned().unwrap_or_default();
        let shown = |value: &Value| match text(&value["link"]) {
            link if link.is_empty() => text(&value["content"]),
            link => link,
        };
        let same =
            |one: &Value, other: &Value| is_same(PROPERTY, &with_text(one), &with_text(other));
        for (name, value) in own {
            match (value, &theirs[name]) {
                (Value::Array(values), there @ (Value::Array(_) | Value::Null)) => {
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
                    self.conflict(&field, shown(value), shown(there));
                }
                _ => {}
            }
        }
        self.write("customProperties", &Value::Object(properties), contact);
    }
}

/// Whether two items have the same value in the field that items are known by.
fn is_known_by_same(fields: Fields, item: &Value, there: &Value) -> bool {
    !text(&item[fields[0].0]).is_empty() && is_same(&fields[..1], item, there)
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
        let mut there = items.iter();
        match there.position(|there| is_known_by_same(fields, item, there)) {
            Some(place) => {
                let is_primary = items[place]["primary"].clone();
                items[place] = item.clone();
                items[place]["primary"] = is_primary;
            }
            None if items.len() < limits::LIST_ITEMS => items.push(item.clone()),
            None => {}
        }
    }
    with_one_primary(items)
}

/// The first item that is primary stays so; the document wants exactly one.
fn with_one_primary(mut items: Vec<Value>) -> Value {
    let primary = items.iter().position(|item| item["primary"] == true);
    for (place, item) in items.iter_mut().enumerate() {
        item["primary"] = json!(place == primary.unwrap_or(0));
    }
    Value::Array(items)
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
