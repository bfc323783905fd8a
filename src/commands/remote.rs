//! `[send] match_remote`: who is in the service already, whoever made the contact.
//!
//! All contacts are read once and compared with what is planned, and with what earlier runs have found: first by `[mapping] key`, then
//! by the same name and an e-mail or telephone in common, by the normalisation that finds duplicates. Lists leave out middle names and
//! may leave out custom properties, so what they do not show is read from the contact itself.

mod judge;

use super::changes::parsed;
use super::preflight::{read_contact, unread};
use crate::api::compare::{Change, Difference, Forms, Key, differences_beyond, shows};
use crate::api::{Client, Failure, ListQuery, Reading, RemoteContact};
use crate::config::OnRemote;
use crate::contact::NamePart;
use crate::contact::json::from_json;
use crate::exit::{Failed, failed};
use crate::lang::tr;
use crate::ledger::{Ledger, LedgerError, RecordId, RunId, ToMatch, Within};
use crate::names::list_of;
use crate::plan::{Hash, Likeness};
use futures_util::stream::{self, StreamExt};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

/// So many contacts are read one by one where lists do not show the key.
const SINGLY: usize = 1000;

/// A record whose contact is in the service.
pub struct Match {
    pub record: RecordId,
    /// None if several contacts have its key.
    pub contact_id: Option<String>,
    /// In what the contact differs from the record.
    pub differences: Vec<Difference>,
    /// What is written to the contact, if it is to become the record's; nothing at all is as good.
    pub adoption: Option<Vec<Change>>,
}

/// What is to be done about a record's contact in the service.
pub enum Means {
    /// Nothing.
    Same,
    /// It has other content, and stays as it is.
    Differs,
    /// Several contacts have the record's key.
    NotUnique,
    /// It becomes the record's, and is not written to.
    Adopted,
    /// It becomes the record's, and gets what it lacks.
    Completed,
}

impl Match {
    pub fn means(&self) -> Means {
        match &self.adoption {
            Some(changes) if !changes.is_empty() => Means::Completed,
            Some(_) => Means::Adopted,
            None if self.contact_id.is_none() => Means::NotUnique,
            None if !self.differences.is_empty() => Means::Differs,
            None => Means::Same,
        }
    }
}

/// Reads all contacts, makes `exists` what is there already, and gives what was found. `key` are the fields of `[mapping] key`.
pub async fn match_all(
    (ledger, client): (&Ledger, &Client),
    run: RunId,
    (key, on_remote): (&[String], OnRemote),
) -> Result<Vec<Match>, Failed> {
    let mut matching = Matching {
        ledger,
        client,
        run,
        key,
        on_remote,
        records: BTreeMap::new(),
        by_person: HashMap::new(),
        by_key: HashMap::new(),
        by_contact: HashMap::new(),
        found: BTreeMap::new(),
        unshown: BTreeSet::new(),
        shown: vec![false; key.len()],
        forms: Forms::new(ledger.altered(run)?),
    };
    matching.read_records()?;
    matching.read_contacts().await?;
    matching.read_unshown().await?;
    matching.settle().await
}

/// What contacts are compared with and by, and what was found for it.
struct Matching<'a> {
    ledger: &'a Ledger,
    client: &'a Client,
    run: RunId,
    key: &'a [String],
    on_remote: OnRemote,
    records: BTreeMap<RecordId, Own>,
    by_person: HashMap<Hash, Vec<RecordId>>,
    by_key: HashMap<String, Vec<RecordId>>,
    by_contact: HashMap<String, Vec<RecordId>>,
    found: BTreeMap<RecordId, Candidates>,
    /// The contacts that do not show a property of the key.
    unshown: BTreeSet<String>,
    /// The fields of the key that some contact shows.
    shown: Vec<bool>,
    forms: Forms,
}

/// A record, as far as it is kept in memory.
struct Own {
    key: Key,
    has_middle_name: bool,
    /// The contact that an earlier run has found for it.
    before: Option<String>,
}

/// What may be a record's contact, as lists show it.
#[derive(Default)]
struct Candidates {
    by_key: BTreeMap<String, RemoteContact>,
    /// Whether it has the same content, too.
    by_person: Option<(RemoteContact, bool)>,
    before: Option<RemoteContact>,
}

impl Matching<'_> {
    fn read_records(&mut self) -> Result<(), LedgerError> {
        const PAGE: u32 = 1000;
        let mut last = None;
        loop {
            let page = self.ledger.to_match(self.run, last, PAGE)?;
            let Some(record) = page.last() else {
                return Ok(());
            };
            last = Some(record.record);
            page.into_iter().for_each(|record| self.add(record));
        }
    }

    fn add(&mut self, to_match: ToMatch) {
        let (record, before) = (to_match.record, to_match.before);
        let payload = parsed(&to_match.payload);
        for person in persons(&payload) {
            self.by_person.entry(person).or_default().push(record);
        }
        let key = Key::of(&payload, self.key);
        for mark in key.marks() {
            self.by_key.entry(mark).or_default().push(record);
        }
        if let Some(contact_id) = &before {
            let records = self.by_contact.entry(contact_id.clone()).or_default();
            records.push(record);
        }
        let own = Own {
            key,
            has_middle_name: middle_name(&payload).is_some(),
            before,
        };
        self.records.insert(record, own);
    }

    async fn read_contacts(&mut self) -> Result<(), Failed> {
        let mut compared = Ok(());
        let read = read_all(self.client, |contact| {
            compared = self.compare(contact, false);
            match compared {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        });
        let read = read.await;
        compared?;
        read
    }

    /// Notes a contact for every record that it could be. It is `whole` if it was read by itself, not as part of a list.
    fn compare(&mut self, contact: RemoteContact, whole: bool) -> Result<(), LedgerError> {
        if contact.external {
            return Ok(());
        }
        let mut hides = false;
        for (field, shown) in self.key.iter().zip(&mut self.shown) {
            let shows = shows(&contact.body, field);
            *shown |= shows;
            hides |= !shows;
        }
        let key = Key::of(&contact.body, self.key);
        let mut by_key = records_of(key.marks().iter().map(|mark| self.by_key.get(mark)));
        by_key.retain(|record| self.records[record].key.fits(&key, whole));
        let persons = persons(&contact.body);
        let by_person = records_of(persons.iter().map(|person| self.by_person.get(person)));
        let before = records_of([self.by_contact.get(&contact.contact_id)].into_iter());
        let is_wanted = !(by_key.is_empty() && by_person.is_empty() && before.is_empty());
        if !is_wanted && (whole || !hides)
            || (self.ledger)
                .owner(self.run, &contact.contact_id, Within::Account)?
                .is_some()
        {
            return Ok(());
        }
        if hides && !whole {
            self.unshown.insert(contact.contact_id.clone());
        }
        for record in by_key {
            let found = self.found.entry(record).or_default();
            (found.by_key).insert(contact.contact_id.clone(), contact.clone());
        }
        for record in before {
            self.found.entry(record).or_default().before = Some(contact.clone());
        }
        for record in by_person {
            self.compare_person(record, &contact, &key)?;
        }
        Ok(())
    }

    /// Notes a contact of the same person; one with the same content is preferred.
    fn compare_person(
        &mut self,
        record: RecordId,
        contact: &RemoteContact,
        key: &Key,
    ) -> Result<(), LedgerError> {
        let payload = parsed(&self.ledger.payload(record)?.unwrap_or_default());
        if !may_be_named_alike(&payload, &contact.body) || self.is_another(record, key) {
            return Ok(());
        }
        let is_same = differences_beyond(&self.forms, &payload, &contact.body).is_empty();
        let found = &mut self.found.entry(record).or_default().by_person;
        if found
            .as_ref()
            .is_none_or(|(_, was_same)| !was_same && is_same)
        {
            *found = Some((contact.clone(), is_same));
        }
        Ok(())
    }

    /// Whether a contact's key is another record's. E-mails and telephones are what persons are compared by anyway.
    fn is_another(&self, record: RecordId, key: &Key) -> bool {
        !self.key.iter().any(|field| is_point(field)) && self.records[&record].key.contradicts(key)
    }

    /// Reads one by one the contacts whose key lists do not show, where they show it of no contact at all.
    async fn read_unshown(&mut self) -> Result<(), Failed> {
        let fields = self.key.iter().zip(&self.shown);
        let hidden: Vec<&str> = fields
            .filter(|(_, shown)| !**shown)
            .map(|(field, _)| field.as_str())
            .collect();
        let unshown = std::mem::take(&mut self.unshown);
        if hidden.is_empty() || unshown.is_empty() {
            return Ok(());
        }
        if unshown.len() > SINGLY {
            let (fields, count) = (list_of(&hidden), unshown.len());
            return Err(failed!(
                Configuration,
                "key-unshown",
                fields,
                count,
                limit = SINGLY
            ));
        }
        let client = self.client;
        let mut contacts = stream::iter(unshown)
            .map(async |contact_id: String| read_contact(client, &contact_id).await)
            .buffer_unordered(64);
        while let Some(contact) = contacts.next().await {
            if let Some(contact) = contact? {
                self.compare(contact, true)?;
            }
        }
        Ok(())
    }
}

fn records_of<'r>(lists: impl Iterator<Item = Option<&'r Vec<RecordId>>>) -> BTreeSet<RecordId> {
    lists.flatten().flatten().copied().collect()
}

fn is_point(field: &str) -> bool {
    ["emails", "telephones"].contains(&field)
}

/// The middle name, which lists don't show, is left out.
fn persons(contact: &Value) -> Vec<Hash> {
    let mut draft = from_json(contact);
    *draft.contact_name.part(NamePart::Middle) = None;
    Likeness::of(&draft, &[], true, None, &mut String::new()).persons
}

/// Whether middle names, as far as both are shown, agree.
fn may_be_named_alike(payload: &Value, shown: &Value) -> bool {
    match (middle_name(payload), middle_name(shown)) {
        (Some(ours), Some(theirs)) => ours == theirs,
        (None, Some(_)) => false,
        (_, None) => true,
    }
}

fn middle_name(contact: &Value) -> Option<&str> {
    let name = contact["contactName"]["middleName"].as_str()?.trim();
    Some(name).filter(|name| !name.is_empty())
}

/// Contacts a page, the most that the service gives.
const PAGE: u32 = 500;
/// Pages of one search: the service ends each at 50,000 contacts.
const PAGES: u32 = 101;
/// The longest window of time that the service searches.
const WINDOW: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How far back contacts are looked for where there are more than one search shows.
const FARTHEST: SignedDuration = SignedDuration::from_hours(10 * 366 * 24);

/// Shows every contact to `visit`, some of them several times.
async fn read_all(
    client: &Client,
    mut visit: impl FnMut(RemoteContact) -> ControlFlow<()>,
) -> Result<(), Failed> {
    let unread = |failure: Failure| unread(&tr!("unread-contacts"), &failure);
    let cut_off = || failed!(Unavailable, "unread-part");
    let query = || ListQuery {
        count: Some(PAGE),
        newest_first: true,
        ..ListQuery::default()
    };
    let mut oldest = None::<Timestamp>;
    let reading = client
        .read_contacts(query(), PAGES, |contact| {
            oldest = contact.created_time.into_iter().chain(oldest).min();
            visit(contact)
        })
        .await
        .map_err(unread)?;
    if reading != Reading::CutOff {
        return Ok(());
    }
    // The rest is searched by windows of time, each halved until one search shows all of it.
    let oldest = oldest.ok_or_else(cut_off)?;
    let second = SignedDuration::from_secs(1);
    let mut windows = Vec::new();
    let (mut end, farthest) = (oldest + second, oldest - FARTHEST);
    while end > farthest {
        windows.push((end - WINDOW, end));
        end -= WINDOW;
    }
    windows.reverse();
    while let Some((start, end)) = windows.pop() {
        let window = ListQuery {
            created_between: Some((start, end)),
            ..query()
        };
        let reading = client
            .read_contacts(window, PAGES, &mut visit)
            .await
            .map_err(unread)?;
        match reading {
            Reading::Complete => {}
            Reading::Stopped => return Ok(()),
            Reading::CutOff if end.duration_since(start) <= second => return Err(cut_off()),
            Reading::CutOff => {
                let middle = start + end.duration_since(start) / 2;
                windows.push((start, middle));
                windows.push((middle, end));
            }
        }
    }
    Ok(())
}
