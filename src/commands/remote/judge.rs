//! What a contact that may be a record's means for the record.

use super::{Candidates, Match, Matching, Own, RemoteContact, is_point, middle_name, parsed};
use crate::api::Client;
use crate::api::compare::{Change, Key, completion, differences_beyond, is_same_name};
use crate::commands::changes::fields_of;
use crate::commands::preflight::read_contact;
use crate::commands::reading::{DIFFERS, KEY_NOT_UNIQUE};
use crate::config::OnRemote;
use crate::exit::Failed;
use crate::lang::tr;
use crate::ledger::{Applied, RecordId, Step};
use crate::names::list_of;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use serde_json::Value;
use std::collections::HashSet;

/// What is noted of a record, and its contact if it has one.
type Verdict = (Step, Option<Match>);

/// A contact, and whether it was read by itself.
struct Read {
    contact: RemoteContact,
    is_whole: bool,
}

impl Matching<'_> {
    /// Decides for each record, writes down what is there, and gives it in input order.
    pub(super) async fn settle(mut self) -> Result<Vec<Match>, Failed> {
        for (record, own) in &self.records {
            if own.before.is_some() {
                self.found.entry(*record).or_default();
            }
        }
        let found = std::mem::take(&mut self.found);
        let this = &self;
        let verdicts = stream::iter(found)
            .map(async |(record, candidates)| this.judge(record, candidates).await)
            .buffered(64);
        let verdicts: Vec<Option<Verdict>> = verdicts.try_collect().await?;
        let writer = self.ledger.writer()?;
        let (mut adopted, mut matches) = (HashSet::new(), Vec::new());
        let mut applied = stream::iter(verdicts.into_iter().flatten())
            .map(async |(step, found)| (writer.apply(step).await, found))
            .buffered(64);
        while let Some((applied, found)) = applied.next().await {
            // A contact that a record of the ledger has is nobody else's.
            let is_done = applied? == Applied::Done;
            let Some(mut found) = found.filter(|_| is_done) else {
                continue;
            };
            // One contact is not adopted twice.
            found.adoption = (found.adoption).filter(|_| adopted.insert(found.contact_id.clone()));
            matches.push(found);
        }
        drop(applied);
        writer.close();
        Ok(matches)
    }

    async fn judge(
        &self,
        record: RecordId,
        candidates: Candidates,
    ) -> Result<Option<Verdict>, Failed> {
        let own = &self.records[&record];
        let payload = &parsed(&self.ledger.payload(record)?.unwrap_or_default());
        let mut by_key = self.of_key(own, candidates.by_key.into_values()).await?;
        if by_key.len() > 1 {
            let ids = by_key.into_iter().map(|one| one.contact.contact_id);
            return Ok(Some(not_unique(record, &ids.collect::<Vec<_>>())));
        }
        if let Some(read) = by_key.pop() {
            return self.found(record, payload, read, true).await;
        }
        if let Some((contact, is_same)) = candidates.by_person {
            let is_hidden = own.has_middle_name && middle_name(&contact.body).is_none();
            let read = match is_hidden || !is_same {
                true => whole(self.client, &contact.contact_id).await?,
                false => Some(listed(contact)),
            };
            let is_it = |read: &Read| {
                let body = &read.contact.body;
                (!read.is_whole || middle_name(body) == middle_name(payload))
                    && !self.is_another(record, &Key::of(body, self.key))
            };
            if let Some(read) = read.filter(is_it) {
                return self.found(record, payload, read, false).await;
            }
        }
        let Some(before) = &own.before else {
            return Ok(None);
        };
        let read = match candidates.before {
            Some(contact) => Some(listed(contact)),
            None => whole(self.client, before).await?,
        };
        match read {
            Some(read) => self.found(record, payload, read, false).await,
            // The contact that an earlier run found is not there any more.
            None => Ok(Some((Step::missing(record), None))),
        }
    }

    /// The contacts that have the key of a record: those with all of its values, or else those with one in common.
    async fn of_key(
        &self,
        own: &Own,
        contacts: impl Iterator<Item = RemoteContact>,
    ) -> Result<Vec<Read>, Failed> {
        let mut found = Vec::new();
        for contact in contacts {
            let read = match own.key.is_hidden() {
                true => whole(self.client, &contact.contact_id).await?,
                false => Some(listed(contact)),
            };
            found.extend(read.filter(|read| {
                let key = Key::of(&read.contact.body, self.key);
                own.key.fits(&key, read.is_whole)
            }));
        }
        let is_same = |read: &Read| own.key.is_same(&Key::of(&read.contact.body, self.key));
        if found.iter().any(is_same) {
            found.retain(is_same);
        }
        Ok(found)
    }

    /// Compares a contact with the record that it is of, as it is shown by itself where the list shows a difference.
    async fn found(
        &self,
        record: RecordId,
        payload: &Value,
        mut read: Read,
        by_key: bool,
    ) -> Result<Option<Verdict>, Failed> {
        let compare = |read: &Read| differences_beyond(&self.forms, payload, &read.contact.body);
        let mut differences = compare(&read);
        if !read.is_whole && !differences.is_empty() {
            read = match whole(self.client, &read.contact.contact_id).await? {
                Some(read) => read,
                None => return Ok(None),
            };
            differences = compare(&read);
        }
        let RemoteContact {
            contact_id, body, ..
        } = read.contact;
        let (code, message) = match differences.is_empty() {
            true => (None, tr!("found-same")),
            false => (
                Some(DIFFERS),
                tr!("found-differs", fields = fields_of(&differences)),
            ),
        };
        let step = Step::matched(record, Some(contact_id.clone()), code, message);
        let found = Match {
            record,
            contact_id: Some(contact_id),
            differences,
            adoption: self.adoption(payload, &body, by_key),
        };
        Ok(Some((step, Some(found))))
    }

    /// What is to be done with a contact. One that is found by an e-mail or telephone alone is completed only if its name is the
    /// record's.
    fn adoption(&self, payload: &Value, contact: &Value, by_key: bool) -> Option<Vec<Change>> {
        let needs_name = by_key && self.key.iter().all(|field| is_point(field));
        match self.on_remote {
            OnRemote::Report => None,
            OnRemote::Adopt => Some(Vec::new()),
            OnRemote::Update if needs_name && !is_same_name(payload, contact) => None,
            OnRemote::Update => Some(completion(payload, contact).changes(contact)),
        }
    }
}

fn not_unique(record: RecordId, ids: &[String]) -> Verdict {
    let message = tr!("key-not-unique", contacts = list_of(ids));
    let step = Step::matched(record, None, Some(KEY_NOT_UNIQUE), message);
    let found = Match {
        record,
        contact_id: None,
        differences: Vec::new(),
        adoption: None,
    };
    (step, Some(found))
}

/// A contact as a list shows it.
fn listed(contact: RemoteContact) -> Read {
    Read {
        contact,
        is_whole: false,
    }
}

/// A contact as it is shown by itself.
async fn whole(client: &Client, contact_id: &str) -> Result<Option<Read>, Failed> {
    let contact = read_contact(client, contact_id).await?;
    Ok(contact.map(|contact| Read {
        contact,
        is_whole: true,
    }))
}
