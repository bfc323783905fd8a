//! In what does a contact of the service differ from what was sent?
//!
//! Two mistakes are possible. A contact that is wrongly taken for a record's leaves that record uncreated, so every property
//! of the request is compared. A contact that is not recognised would be created twice, so differences that are only of form
//! don't count: [`differences`] knows the common ones, property by property, and [`Forms`] holds those that a service has
//! shown in its answers to creates. Whoever compares must never send again because of a difference alone.

mod form;
mod key;
mod patch;

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use form::{Fields, Form, LISTS, PROPERTY, is_same, same_telephone, shown_text, text};

pub use key::{Key, shows};
pub use patch::{Change, Patch, completion, in_words, update, written_otherwise};

/// A property that the service shows with another value than was sent, form apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The property by its name in the API, such as `telephones[].type`.
    pub field: String,
    /// What was sent; empty for an item that nobody sent.
    pub sent: String,
    /// What is shown; `None` if the property or item is missing.
    pub shown: Option<String>,
}

/// Properties that a service is known to change or leave out: a difference in one of them says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forms(HashSet<(String, bool)>);

impl Forms {
    /// Takes properties, each with whether the service leaves it out (`true`) or changes its value (`false`).
    pub fn new(seen: impl IntoIterator<Item = (String, bool)>) -> Self {
        Forms(seen.into_iter().collect())
    }
}

/// Compares with the forms of the service in mind. A learned form is believed only where the name and an e-mail or a
/// telephone are the same.
pub fn differences_beyond(forms: &Forms, sent: &Value, shown: &Value) -> Vec<Difference> {
    let mut found = differences(sent, shown);
    if is_same_person(sent, shown) {
        found.retain(|one| !(forms.0).contains(&(one.field.clone(), one.shown.is_none())));
    }
    found
}

/// In what the answer to a create shows another contact than was sent; `None` if it shows somebody else's, which has neither
/// the name nor any e-mail or telephone of the one that was sent.
pub fn altered(sent: &Value, shown: &Value) -> Option<Vec<Difference>> {
    let mut names = shown.as_object().into_iter().flat_map(|shown| shown.keys());
    if !names.any(|name| sent.get(name).is_some()) {
        // An answer of nothing but the id says nothing of the rest.
        return Some(Vec::new());
    }
    let (own, marks) = (marks(sent), marks(shown));
    if !marks.is_empty() && !marks.iter().any(|mark| own.contains(mark)) {
        return None;
    }
    Some(differences_of_answer(sent, shown))
}

/// What an answer to a create or a change shows otherwise, without what only "get" shows.
fn differences_of_answer(sent: &Value, shown: &Value) -> Vec<Difference> {
    let hidden = ONLY_SHOWN_BY_GET.map(|part| format!("contactName.{part}"));
    let mut found = differences(sent, shown);
    found.retain(|one| !hidden.contains(&one.field));
    found
}

/// Every property in which a contact of the service (`shown`) differs from the payload of a create (`sent`).
pub fn differences(sent: &Value, shown: &Value) -> Vec<Difference> {
    let mut found = Comparison::default();
    found.names(&sent["contactName"], &shown["contactName"]);
    found.permission(&sent["permission"], &shown["permission"]);
    for (list, fields) in LISTS {
        found.items(list, fields, array(&sent[*list]), array(&shown[*list]));
    }
    found.value("memo", Form::Text, &sent["memo"], &shown["memo"]);
    let [tags, shown_tags] = [sent, shown].map(|contact| -> Vec<_> {
        let tags = array(&contact["contactTagIds"]).iter();
        tags.map(|id| serde_json::json!({ "id": id })).collect()
    });
    found.items("contactTagIds", &[("id", Form::Text)], &tags, &shown_tags);
    found.properties(&sent["customProperties"], &shown["customProperties"]);
    found.0
}

/// Whether two contacts have the same name, and an e-mail or a telephone in common.
pub fn is_same_person(one: &Value, other: &Value) -> bool {
    let [one, other] = [marks(one), marks(other)];
    let shares =
        |kind: fn(&Mark) -> bool| one.iter().any(|mark| kind(mark) && other.contains(mark));
    shares(|mark| matches!(mark, Mark::Name(_))) && shares(|mark| !matches!(mark, Mark::Name(_)))
}

/// Whether two contacts have the same name, however it is split.
pub fn is_same_name(one: &Value, other: &Value) -> bool {
    let name = |contact: &Value| {
        let is_name = |mark: &Mark| matches!(mark, Mark::Name(_));
        marks(contact).into_iter().find(is_name)
    };
    name(one) == name(other)
}

/// Something by which two contacts may be the same. The telephone is its last digits, which all its forms have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Mark {
    Name(String),
    Email(String),
    Telephone(String),
}

/// The name, e-mails and telephones of a contact, without their form.
pub fn marks(contact: &Value) -> Vec<Mark> {
    let name = ["lastName", "firstName"].map(|part| text(&contact["contactName"][part]));
    let name: String = name.concat().to_lowercase().split_whitespace().collect();
    let emails = texts(contact, "emails", "email", Form::Email).map(Mark::Email);
    let telephones = texts(contact, "telephones", "telephone", Form::Telephone);
    let telephones = telephones.map(|number| Mark::Telephone(last_digits(&number)));
    let name = Some(name).filter(|name| !name.is_empty()).map(Mark::Name);
    name.into_iter().chain(emails).chain(telephones).collect()
}

/// A field of the items of a list, where it is filled.
fn texts(contact: &Value, list: &str, field: &str, form: Form) -> impl Iterator<Item = String> {
    let items = array(&contact[list]).iter();
    items
        .map(move |item| form.of(&item[field]))
        .filter(|text| !text.is_empty())
}

/// Eight digits tell telephones apart, and no country or trunk prefix reaches into them.
fn last_digits(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(8)..].iter().collect()
}

#[derive(Default)]
struct Comparison(Vec<Difference>);

impl Comparison {
    fn differs(&mut self, field: &str, sent: String, shown: Option<String>) {
        let field = field.to_owned();
        self.0.push(Difference { field, sent, shown });
    }

    fn value(&mut self, field: &str, form: Form, sent: &Value, shown: &Value) {
        if !form.is_same(sent, shown) {
            self.differs(field, text(sent), shown_text(shown));
        }
    }

    fn names(&mut self, sent: &Value, shown: &Value) {
        let always = [
            "lastName",
            "firstName",
            "phoneticLastName",
            "phoneticFirstName",
            "nickName",
        ];
        let if_shown = ONLY_SHOWN_BY_GET.into_iter();
        let if_shown = if_shown.filter(|part| shown_text(&shown[*part]).is_some());
        for part in always.into_iter().chain(if_shown) {
            let field = format!("contactName.{part}");
            self.value(&field, Form::Text, &sent[part], &shown[part]);
        }
    }

    /// Who is master where none is named, and whether the master is listed as a member, is not documented.
    fn permission(&mut self, sent: &Value, shown: &Value) {
        let [range, shown_range] = [sent, shown].map(|one| &one["accessibleRange"]);
        self.value("permission.accessibleRange", Form::Text, range, shown_range);
        let [own, theirs] = [sent, shown].map(|one| one["isCoEditing"].as_bool().unwrap_or(true));
        if own != theirs {
            let (own, theirs) = (own.to_string(), Some(theirs.to_string()));
            self.differs("permission.isCoEditing", own, theirs);
        }
        let [master, shown_master] = [sent, shown].map(|one| text(&one["masterUserId"]));
        if !master.is_empty() && !same_id(&master, &shown_master) {
            let shown = shown_text(&shown["masterUserId"]);
            self.differs("permission.masterUserId", master.clone(), shown);
        }
        let [members, shown_members] = [sent, shown].map(|permission| -> Vec<_> {
            let members = array(&permission["accessibleMembers"]).iter();
            let members = members.map(|member| (text(&member["type"]), text(&member["id"])));
            members.collect()
        });
        let is_in = |list: &[(String, String)], (kind, id): &(String, String)| {
            let listed = list.iter().filter(|one| one.0 == *kind);
            let masters = [&master, &shown_master].into_iter();
            let masters = masters.filter(|one| kind == "USER" && !one.is_empty());
            let mut all = listed.map(|one| &one.1).chain(masters);
            all.any(|one| same_id(one, id))
        };
        let for_all = text(range) == "ALL" && members.is_empty();
        let same = members.iter().all(|one| is_in(&shown_members, one))
            && shown_members.iter().all(|one| is_in(&members, one));
        if !for_all && !same {
            let list = |members: &[(String, String)]| {
                let ids: Vec<&str> = members.iter().map(|(_, id)| &**id).collect();
                ids.join(", ")
            };
            let shown = Some(list(&shown_members)).filter(|list| !list.is_empty());
            self.differs("permission.accessibleMembers", list(&members), shown);
        }
    }

    /// Compares two lists whatever their order: items that are the same first, then those with the same first field, then the
    /// rest.
    fn items(&mut self, list: &str, fields: Fields, sent: &[Value], shown: &[Value]) {
        let is_filled = |item: &&Value| {
            let mut names = fields.iter().map(|(name, _)| *name);
            names.any(|name| !text(&item[name]).is_empty())
        };
        let mut sent: Vec<&Value> = sent.iter().filter(is_filled).collect();
        let mut shown: Vec<&Value> = shown.iter().filter(is_filled).collect();
        let mut pairs = Vec::new();
        for fields in [fields, &fields[..1], &[]] {
            sent.retain(|one| {
                let place = shown.iter().position(|other| is_same(fields, one, other));
                pairs.extend(place.map(|place| (*one, shown.remove(place))));
                place.is_none()
            });
        }
        for (one, other) in pairs {
            for (name, form) in fields {
                let field = format!("{list}[].{name}");
                self.value(&field, *form, &one[*name], &other[*name]);
            }
        }
        let first = fields[0].0;
        for one in sent {
            self.differs(&format!("{list}[].{first}"), text(&one[first]), None);
        }
        for other in shown {
            let shown = Some(text(&other[first]));
            self.differs(&format!("{list}[]"), String::new(), shown);
        }
    }

    fn properties(&mut self, sent: &Value, shown: &Value) {
        let names = [sent, shown].map(|one| one.as_object().map(|map| map.keys()));
        let names: BTreeSet<&String> = names.into_iter().flatten().flatten().collect();
        for name in names {
            let [sent, shown] = [&sent[name], &shown[name]].map(|value| match value {
                Value::Array(values) => values.iter().map(with_text).collect(),
                value => vec![with_text(value)],
            });
            let list = format!("customProperties.{name}");
            self.items(&list, PROPERTY, &sent, &shown);
        }
    }
}

/// The document says of these that only "get" shows them.
const ONLY_SHOWN_BY_GET: [&str; 3] = ["prefix", "suffix", "middleName"];

/// Whether two ids can be of the same user. Users have an id and a login id (an address); which of them an answer shows is
/// not documented, so one of each can't be told apart.
fn same_id(sent: &str, shown: &str) -> bool {
    sent == shown || sent.contains('@') != shown.contains('@')
}

/// The document says that a link without a text is shown with its link as text.
fn with_text(value: &Value) -> Value {
    let mut value = value.clone();
    if !text(&value["link"]).is_empty() && text(&value["text"]).is_empty() {
        value["text"] = value["link"].clone();
    }
    value
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests;
