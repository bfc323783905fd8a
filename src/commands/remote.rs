//! `[send] match_remote`: who is in the service already, whoever made the contact.
//!
//! All contacts are read once and compared with what is planned, and with what earlier runs have found: first by `[mapping] key`, then
//! by the same name and an e-mail or telephone in common, by the normalisation that finds duplicates. Lists leave out middle names and
//! may leave out custom properties, so what they do not show is read from the contact itself.

mod judge;
mod listing;

use super::preflight::unread;
use crate::api::compare::{Change, Difference, Forms, Key, Patch, differences_beyond, shows};
use crate::api::{Client, RemoteContact};
use crate::config::OnRemote;
use crate::contact::NamePart;
use crate::contact::json::from_json;
use crate::exit::{Exit, Failed};
use crate::lang::tr;
use crate::ledger::{Ledger, LedgerError, RecordId, RunId, Within};
use crate::names::list_of;
use crate::plan::{Hash, Likeness};
use futures_util::stream::{self, StreamExt};
use listing::{Unread, read_all};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;
use tokio::runtime::Runtime;

/// So many contacts are read one by one where lists do not show the key.
const SINGLY: usize = 1000;

/// What contacts are compared by, and what happens with those that are found.
#[derive(Clone, Copy)]
pub struct Matching<'a> {
    /// The fields of `[mapping] key`.
    pub key: &'a [String],
    pub on_remote: OnRemote,
}

/// A record whose contact is in the service.
pub struct Match {
    pub record: RecordId,
    /// None if several contacts have its key.
    pub contact_id: Option<String>,
    /// In what the contact differs from the record.
    pub differences: Vec<Difference>,
    /// What is to be done with the contact.
    pub adoption: Option<Adoption>,
}

/// A contact that is to become a record's.
pub struct Adoption {
    /// By what it is completed; none if nothing is written to it.
    pub patch: Option<Patch>,
    /// What that changes.
    pub changes: Vec<Change>,
}

/// Reads all contacts, makes `exists` what is there already, and gives what was found.
pub fn match_all(
    runtime: &Runtime,
    (ledger, client): (&Ledger, &Client),
    run: RunId,
    matching: Matching<'_>,
) -> Result<Vec<Match>, Failed> {
    let mut planned = Planned::read(ledger, run, matching)?;
    let mut broken = None;
    let read = runtime.block_on(read_all(client, |contact| {
        match planned.compare(ledger, run, contact, false) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                broken = Some(error);
                ControlFlow::Break(())
            }
        }
    }));
    if let Some(error) = broken {
        return Err(error.into());
    }
    read.map_err(|unreadable| match unreadable {
        Unread::Failed(failure) => unread(&tr!("unread-contacts"), &failure),
        Unread::CutOff => Failed::new(Exit::Unavailable, tr!("unread-part")),
    })?;
    runtime.block_on(planned.read_unshown(ledger, client, run))?;
    runtime.block_on(planned.settle(ledger, client))
}

/// What contacts are compared with, and what was found for it.
struct Planned<'a> {
    matching: Matching<'a>,
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

/// What may be a record's contact.
#[derive(Default)]
struct Candidates {
    by_key: BTreeMap<String, RemoteContact>,
    by_person: Option<Shown>,
    before: Option<RemoteContact>,
}

/// A contact as a list shows it.
struct Shown {
    contact: RemoteContact,
    is_same: bool,
}

impl Planned<'_> {
    fn read<'a>(
        ledger: &Ledger,
        run: RunId,
        matching: Matching<'a>,
    ) -> Result<Planned<'a>, LedgerError> {
        const PAGE: u32 = 1000;
        let mut planned = Planned {
            matching,
            records: BTreeMap::new(),
            by_person: HashMap::new(),
            by_key: HashMap::new(),
            by_contact: HashMap::new(),
            found: BTreeMap::new(),
            unshown: BTreeSet::new(),
            shown: vec![false; matching.key.len()],
            forms: Forms::new(ledger.altered(run)?),
        };
        let mut last = None;
        loop {
            let page = ledger.pending(run, last, PAGE)?;
            let Some(record) = page.last() else { break };
            last = Some(record.id);
            for record in page {
                planned.add(record.id, &record.payload, None);
            }
        }
        let mut last = None;
        loop {
            let page = ledger.found(run, last, PAGE)?;
            let Some(found) = page.last() else {
                return Ok(planned);
            };
            last = Some(found.record);
            for found in page {
                planned.add(found.record, &found.payload, Some(found.contact_id));
            }
        }
    }

    fn add(&mut self, record: RecordId, payload: &str, before: Option<String>) {
        let payload = parsed(payload);
        for person in persons(&payload) {
            self.by_person.entry(person).or_default().push(record);
        }
        let key = Key::of(&payload, self.matching.key);
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

    /// Notes a contact for every record that it could be. It is `whole` if it was read by itself, not as part of a list.
    fn compare(
        &mut self,
        ledger: &Ledger,
        run: RunId,
        contact: RemoteContact,
        whole: bool,
    ) -> Result<(), LedgerError> {
        if contact.external {
            return Ok(());
        }
        let mut hides = false;
        for (field, shown) in self.matching.key.iter().zip(&mut self.shown) {
            let shows = shows(&contact.body, field);
            *shown |= shows;
            hides |= !shows;
        }
        let key = Key::of(&contact.body, self.matching.key);
        let by_key = self.records_of(key.marks().iter().map(|mark| self.by_key.get(mark)));
        let by_key: Vec<RecordId> = by_key
            .into_iter()
            .filter(|record| self.records[record].key.fits(&key, whole))
            .collect();
        let persons = persons(&contact.body);
        let by_person = self.records_of(persons.iter().map(|person| self.by_person.get(person)));
        let before = self.records_of([self.by_contact.get(&contact.contact_id)].into_iter());
        let is_wanted = !(by_key.is_empty() && by_person.is_empty() && before.is_empty());
        if !is_wanted && (whole || !hides)
            || ledger.is_owned(run, &contact.contact_id, Within::Account)?
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
            self.compare_person(ledger, record, &contact, &key)?;
        }
        Ok(())
    }

    /// Notes a contact of the same person; one with the same content is preferred.
    fn compare_person(
        &mut self,
        ledger: &Ledger,
        record: RecordId,
        contact: &RemoteContact,
        key: &Key,
    ) -> Result<(), LedgerError> {
        let payload = parsed(&ledger.payload(record)?.unwrap_or_default());
        if !may_be_named_alike(&payload, &contact.body) || self.is_another(record, key) {
            return Ok(());
        }
        let is_same = differences_beyond(&self.forms, &payload, &contact.body).is_empty();
        let found = &mut self.found.entry(record).or_default().by_person;
        if found.as_ref().is_none_or(|found| !found.is_same && is_same) {
            *found = Some(Shown {
                contact: contact.clone(),
                is_same,
            });
        }
        Ok(())
    }

    /// Whether a contact's key is another record's. E-mails and telephones are what persons are compared by anyway.
    fn is_another(&self, record: RecordId, key: &Key) -> bool {
        let is_point = |field: &String| ["emails", "telephones"].contains(&field.as_str());
        !self.matching.key.iter().any(is_point) && self.records[&record].key.contradicts(key)
    }

    fn records_of<'r>(
        &self,
        lists: impl Iterator<Item = Option<&'r Vec<RecordId>>>,
    ) -> BTreeSet<RecordId> {
        lists.flatten().flatten().copied().collect()
    }

    /// Reads one by one the contacts whose key lists do not show, where they show it of no contact at all.
    async fn read_unshown(
        &mut self,
        ledger: &Ledger,
        client: &Client,
        run: RunId,
    ) -> Result<(), Failed> {
        let fields = self.matching.key.iter().zip(&self.shown);
        let hidden: Vec<&str> = fields
            .filter(|(_, shown)| !**shown)
            .map(|(field, _)| field.as_str())
            .collect();
        let unshown = std::mem::take(&mut self.unshown);
        if hidden.is_empty() || unshown.is_empty() {
            return Ok(());
        }
        if unshown.len() > SINGLY {
            return Err(Failed::new(
                Exit::Configuration,
                tr!(
                    "key-unshown",
                    fields = list_of(&hidden),
                    count = unshown.len(),
                    limit = SINGLY
                ),
            ));
        }
        let mut contacts = stream::iter(unshown)
            .map(async |contact_id: String| client.read_contact(&contact_id).await)
            .buffer_unordered(64);
        while let Some(contact) = contacts.next().await {
            let contact = contact.map_err(|failure| unread(&tr!("unread-contact"), &failure))?;
            if let Some(contact) = contact {
                self.compare(ledger, run, contact, true)?;
            }
        }
        Ok(())
    }
}

/// The middle name, which lists don't show, is left out.
fn persons(contact: &Value) -> Vec<Hash> {
    let mut draft = from_json(contact);
    *draft.contact_name.part(NamePart::Middle) = None;
    Likeness::of(&draft, &[], true).persons
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

fn parsed(payload: &str) -> Value {
    serde_json::from_str(payload).unwrap_or_default()
}
