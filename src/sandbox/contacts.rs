//! The operations on contacts. Each takes the world and a call, and gives the answer.
//!
//! Not stated by the vendor, and so a choice of the sandbox: replace and patch answer 200 with the contact; a patch
//! puts whole top-level properties in the place of the old ones, and the result must be a valid contact.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde_json::{Map, Value, json};

use super::answers::Answer;
use super::listing;
use super::schema;
use super::service::{Call, World};
use super::store::{Life, Record};

/// Creates a contact that can be seen `late` from now.
pub(super) fn create(world: &mut World, call: &Call, late: Duration) -> Answer {
    let body = match valid_body(world, call) {
        Ok(body) => body,
        Err(answer) => return answer,
    };
    if world
        .quota
        .is_some_and(|quota| world.contacts.used() >= quota)
    {
        return Answer::error(
            403,
            "LIMIT_EXCEEDED",
            "The number of contacts has reached its limit.",
        );
    }
    let now = world.now();
    let position = world.contacts.add(body, Value::Null, now, late);
    let record = world.contacts.at(position);
    Answer::json(
        201,
        if world.quirks.echoes {
            stored(record)
        } else {
            shown(world, record)
        },
    )
}

/// The answer to the latest create once more.
pub(super) fn replay(world: &World) -> Answer {
    match world.contacts.latest() {
        Some(record) => Answer::json(201, shown(world, record)),
        None => Answer::failure(500),
    }
}

pub(super) fn list(world: &World, call: &Call) -> Answer {
    match listing::page(&world.contacts, &call.query, &world.quirks) {
        Err(answer) => answer,
        Ok(page) => Answer::json(
            200,
            json!({
                "contacts": page.records.into_iter().map(|record| listed(world, record)).collect::<Vec<_>>(),
                "responseMetaData": { "nextCursor": page.next_cursor },
            }),
        ),
    }
}

pub(super) fn get(world: &mut World, call: &Call) -> Answer {
    match world.contacts.find_live(&call.id).cloned() {
        Some(record) => Answer::json(200, shown(world, &record)),
        None => Answer::not_found(),
    }
}

pub(super) fn replace(world: &mut World, call: &Call) -> Answer {
    if world.contacts.find_live(&call.id).is_none() {
        return Answer::not_found();
    }
    match valid_body(world, call) {
        Ok(body) => change(world, call, body),
        Err(answer) => answer,
    }
}

pub(super) fn patch(world: &mut World, call: &Call) -> Answer {
    let Some(record) = world.contacts.find_live(&call.id) else {
        return Answer::not_found();
    };
    let mut body = record.request.clone();
    let patch = match parsed(call) {
        Ok(patch) => patch,
        Err(answer) => return answer,
    };
    merge(&mut body, patch);
    match check(world, &body) {
        Ok(()) => change(world, call, body),
        Err(answer) => answer,
    }
}

/// Into the trash.
pub(super) fn delete(world: &mut World, call: &Call) -> Answer {
    match world.contacts.find_live(&call.id) {
        Some(record) => {
            record.life = Life::Trash;
            Answer::empty(204)
        }
        None => Answer::not_found(),
    }
}

/// For good, from the trash as well.
pub(super) fn force_delete(world: &mut World, call: &Call) -> Answer {
    if world.contacts.purge(&call.id) {
        Answer::empty(204)
    } else {
        Answer::not_found()
    }
}

/// The top-level properties of `patch` take the place of those in `body`.
pub(super) fn merge(body: &mut Value, patch: Value) {
    match (body, patch) {
        (Value::Object(body), Value::Object(patch)) => body.extend(patch),
        (body, other) => *body = other,
    }
}

fn valid_body(world: &World, call: &Call) -> Result<Value, Answer> {
    let body = parsed(call)?;
    check(world, &body)?;
    Ok(body)
}

/// The body as JSON.
pub(super) fn parsed(call: &Call) -> Result<Value, Answer> {
    serde_json::from_slice(&call.body)
        .map_err(|_| Answer::error(400, "BAD_REQUEST", "The request body is not JSON."))
}

fn check(world: &World, body: &Value) -> Result<(), Answer> {
    schema::validate(body).map_err(|violations| Answer::violates(&violations))?;
    if world.check_properties {
        world.catalogue.check(&body["customProperties"])?;
    }
    Ok(())
}

fn change(world: &mut World, call: &Call, body: Value) -> Answer {
    let now = world.now();
    let Some(record) = world.contacts.find_live(&call.id) else {
        return Answer::not_found();
    };
    record.replace(body, now);
    let record = record.clone();
    Answer::json(200, shown(world, &record))
}

/// A contact in the form of this service.
fn shown(world: &World, record: &Record) -> Value {
    let mut contact = stored(record);
    if let Some(form) = &world.quirks.form {
        form.apply(&mut contact);
    }
    contact
}

fn listed(world: &World, record: &Record) -> Value {
    let mut contact = shown(world, record);
    if let Some(properties) = contact.as_object_mut() {
        properties.retain(|name, _| !world.quirks.leaves_out.contains(&&**name));
    }
    contact
}

/// A contact as the document's response example shows it: everything that was sent, the defaults, and what only the
/// service knows.
fn stored(record: &Record) -> Value {
    let mut contact = record.request.as_object().cloned().unwrap_or_default();
    for name in LISTS.iter().chain(&["contactTagIds"]) {
        contact.entry(*name).or_insert_with(|| json!([]));
    }
    fill(
        contact.get_mut("permission"),
        &[
            ("isCoEditing", json!(true)),
            ("accessibleMembers", json!([])),
        ],
    );
    fill(
        contact.get_mut("contactName"),
        &NAME_PARTS.map(|part| (part, Value::Null)),
    );
    for (list, defaults) in ITEM_DEFAULTS {
        for item in contact
            .get_mut(*list)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            fill(Some(item), &[("customType", Value::Null)]);
            fill(
                Some(item),
                &defaults
                    .iter()
                    .map(|(name, value)| (*name, json!(value)))
                    .collect::<Vec<_>>(),
            );
        }
    }
    contact.insert("contactId".to_owned(), json!(record.id));
    contact.insert(
        "linkedExternalUser".to_owned(),
        record.linked_external_user.clone(),
    );
    contact.insert("createdTime".to_owned(), json!(shown_time(record.created)));
    contact.insert(
        "modifiedTime".to_owned(),
        json!(shown_time(record.modified)),
    );
    Value::Object(contact)
}

const LISTS: [&str; 7] = [
    "emails",
    "telephones",
    "organizations",
    "locations",
    "events",
    "messengers",
    "websites",
];

const NAME_PARTS: [&str; 8] = [
    "firstName",
    "lastName",
    "phoneticFirstName",
    "phoneticLastName",
    "nickName",
    "prefix",
    "suffix",
    "middleName",
];

const ITEM_DEFAULTS: &[(&str, &[(&str, &str)])] = &[
    ("telephones", &[("type", "CUSTOM")]),
    ("locations", &[("type", "CUSTOM")]),
    ("events", &[("type", "CUSTOM"), ("dayType", "SOLAR")]),
    ("messengers", &[("type", "CUSTOM")]),
];

fn fill(object: Option<&mut Value>, defaults: &[(&str, Value)]) {
    let Some(object) = object.and_then(Value::as_object_mut) else {
        return;
    };
    fill_map(object, defaults);
}

fn fill_map(object: &mut Map<String, Value>, defaults: &[(&str, Value)]) {
    for (name, value) in defaults {
        object.entry(*name).or_insert_with(|| value.clone());
    }
}

/// `YYYY-MM-DDThh:mm:ssTZD`, in the zone of the document's examples.
fn shown_time(time: Timestamp) -> String {
    let zone = TimeZone::fixed(Offset::constant(9));
    time.to_zoned(zone)
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::shown_time;

    #[test]
    fn times_are_shown_in_the_form_of_the_document() {
        assert_eq!(
            shown_time("2021-08-10T02:05:41Z".parse().unwrap()),
            "2021-08-10T11:05:41+09:00"
        );
    }
}
