//! The operations on contacts. Each takes the world and a call, and gives the answer.
//!
//! Not stated by the vendor, and so a choice of the sandbox: replace and patch answer 200 with the contact; a patch
//! puts whole top-level properties in the place of the old ones, and the result must be a valid contact.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde_json::{Value, json};

use super::answers::{Answer, ensure};
use super::call::Call;
use super::listing::{self, Filter};
use super::schema;
use super::store::{Life, Store, Stored};
use super::world::World;

/// What a call is answered, be it a refusal.
pub(super) type Answered = Result<Answer, Answer>;

/// The answer that shows a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// That to its create.
    Created,
    /// A list.
    Listed,
    /// Any other.
    Alone,
}

/// Creates a contact that can be seen `late` from now.
pub(super) fn create(world: &mut World, call: &Call, late: Duration) -> Answered {
    let body = call.json()?;
    check(&body)?;
    let has_room = (world.options.quota).is_none_or(|quota| world.contacts.used() < quota);
    let used_up = "The number of contacts has reached its limit.";
    ensure(has_room, || Answer::error(403, "LIMIT_EXCEEDED", used_up))?;
    let now = world.now();
    let contact = full(world.contacts.add(body, Value::Null, now, late));
    let contact = world.options.rig.show(contact, Place::Created);
    Ok(Answer::json(201, contact))
}

/// The answer to the latest create once more.
pub(super) fn latest(world: &World) -> Option<Answer> {
    let contact = full(world.contacts.all.last()?);
    let contact = world.options.rig.show(contact, Place::Alone);
    Some(Answer::json(201, contact))
}

pub(super) fn list(world: &World, call: &Call) -> Answered {
    let rig = &*world.options.rig;
    let (filter, unlisted) = rig.list(Filter::read(&call.query)?)?;
    let (contacts, next) = listing::page(&world.contacts, &call.query, &filter, unlisted)?;
    let contacts = contacts.into_iter().map(full);
    let contacts: Vec<Value> = contacts.map(|one| rig.show(one, Place::Listed)).collect();
    let more = json!({ "nextCursor": next });
    let body = json!({ "contacts": contacts, "responseMetaData": more });
    Ok(Answer::json(200, body))
}

pub(super) fn get(world: &mut World, call: &Call) -> Answered {
    let contact = full(live(&mut world.contacts, call)?);
    let contact = world.options.rig.show(contact, Place::Alone);
    Ok(Answer::json(200, contact))
}

pub(super) fn replace(world: &mut World, call: &Call) -> Answered {
    live(&mut world.contacts, call)?;
    let body = call.json()?;
    change(world, call, body)
}

pub(super) fn patch(world: &mut World, call: &Call) -> Answered {
    let mut body = live(&mut world.contacts, call)?.request.clone();
    merge(&mut body, call.json()?);
    change(world, call, body)
}

/// Into the trash.
pub(super) fn delete(world: &mut World, call: &Call) -> Answered {
    live(&mut world.contacts, call)?.life = Life::Trash;
    Ok(Answer::empty(204))
}

/// For good, from the trash as well.
pub(super) fn force_delete(world: &mut World, call: &Call) -> Answered {
    ensure(world.contacts.purge(&call.id), Answer::not_found)?;
    Ok(Answer::empty(204))
}

fn live<'s>(contacts: &'s mut Store, call: &Call) -> Result<&'s mut Stored, Answer> {
    let contact = contacts.find_live(&call.id);
    contact.ok_or_else(Answer::not_found)
}

/// The top-level properties of `patch` take the place of those in `body`.
pub(super) fn merge(body: &mut Value, patch: Value) {
    match (body, patch) {
        (Value::Object(body), Value::Object(patch)) => body.extend(patch),
        (body, other) => *body = other,
    }
}

fn check(body: &Value) -> Result<(), Answer> {
    schema::validate(body).map_err(|violations| Answer::violates(&violations))
}

fn change(world: &mut World, call: &Call, body: Value) -> Answered {
    check(&body)?;
    let now = world.now();
    live(&mut world.contacts, call)?.replace(body, now);
    get(world, call)
}

/// A contact as the document's response example shows it: everything that was sent, the defaults, and what only the
/// service knows.
fn full(stored: &Stored) -> Value {
    let mut contact = json!({
        "emails": [], "telephones": [], "organizations": [], "locations": [], "events": [], "messengers": [], "websites": [],
        "contactTagIds": [],
    });
    merge(&mut contact, stored.request.clone());
    let permission = json!({"isCoEditing": true, "accessibleMembers": []});
    fill(contact.get_mut("permission"), &permission);
    let names = json!({
        "firstName": null, "lastName": null, "phoneticFirstName": null, "phoneticLastName": null, "nickName": null,
        "prefix": null, "suffix": null, "middleName": null,
    });
    fill(contact.get_mut("contactName"), &names);
    for list in ["telephones", "locations", "events", "messengers"] {
        let items = contact.get_mut(list).and_then(Value::as_array_mut);
        for item in items.into_iter().flatten() {
            fill(Some(item), &json!({"type": "CUSTOM", "customType": null}));
            if list == "events" {
                fill(Some(item), &json!({"dayType": "SOLAR"}));
            }
        }
    }
    let own = json!({
        "contactId": stored.id,
        "linkedExternalUser": stored.linked_external_user,
        "createdTime": shown_time(stored.created),
        "modifiedTime": shown_time(stored.modified),
    });
    merge(&mut contact, own);
    contact
}

/// Adds the defaults that an object lacks.
fn fill(object: Option<&mut Value>, defaults: &Value) {
    if let (Some(Value::Object(object)), Value::Object(defaults)) = (object, defaults) {
        for (name, value) in defaults {
            object.entry(name).or_insert_with(|| value.clone());
        }
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
