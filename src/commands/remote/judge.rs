//! What a contact that may be a record's means for the record.

use super::{Adoption, Candidates, Match, Own, Planned, RemoteContact, middle_name, parsed};
use crate::api::Client;
use crate::api::compare::{Difference, Key, completion, differences_beyond, is_same_name};
use crate::commands::differing::fields_of;
use crate::commands::preflight::unread;
use crate::commands::reading::{DIFFERS, KEY_NOT_UNIQUE};
use crate::config::OnRemote;
use crate::exit::Failed;
use crate::lang::tr;
use crate::ledger::{Applied, Ledger, RecordId, Step};
use crate::names::list_of;
use futures_util::stream::{self, StreamExt};
use serde_json::Value;
use std::collections::HashSet;

/// What was found out about one record.
enum Verdict {
    /// Nobody's contact is the record's.
    None,
    /// The contact that an earlier run found is not there any more.
    Missing,
    /// Several contacts have its key.
    NotUnique(Vec<String>),
    Found {
        contact: RemoteContact,
        differences: Vec<Difference>,
        may_adopt: bool,
    },
}

/// A contact, and whether it was read by itself.
struct Read {
    contact: RemoteContact,
    is_whole: bool,
}

impl Planned<'_> {
    /// Decides for each record, writes down what is there, and gives it in input order.
    pub(super) async fn settle(
        mut self,
        ledger: &Ledger,
        client: &Client,
    ) -> Result<Vec<Match>, Failed> {
        let before = self.records.iter().filter(|(_, own)| own.before.is_some());
        for record in before.map(|(record, _)| *record).collect::<Vec<_>>() {
            self.found.entry(record).or_default();
        }
        let found = std::mem::take(&mut self.found);
        let this = &self;
        let mut verdicts = stream::iter(found)
            .map(async |(record, candidates)| {
                let payload = parsed(&ledger.payload(record)?.unwrap_or_default());
                let verdict = this.judge(client, record, &payload, candidates).await?;
                Ok::<_, Failed>((record, payload, verdict))
            })
            .buffer_unordered(64);
        let mut judged = Vec::new();
        while let Some(verdict) = verdicts.next().await {
            judged.push(verdict?);
        }
        drop(verdicts);
        judged.sort_by_key(|(record, ..)| *record);
        let writer = ledger.writer()?;
        let (mut adopted, mut matches) = (HashSet::new(), Vec::new());
        let mut steps = Vec::new();
        for (record, payload, verdict) in judged {
            let Some((step, found)) = self.step(record, &payload, verdict, &mut adopted) else {
                continue;
            };
            steps.push((step, found));
        }
        let mut applied = stream::iter(steps)
            .map(async |(step, found)| (writer.apply(step).await, found))
            .buffered(64);
        while let Some((applied, found)) = applied.next().await {
            // A contact that a record of the ledger has is nobody else's.
            let is_done = applied? == Applied::Done;
            matches.extend(found.filter(|_| is_done));
        }
        drop(applied);
        writer.close();
        Ok(matches)
    }

    async fn judge(
        &self,
        client: &Client,
        record: RecordId,
        payload: &Value,
        candidates: Candidates,
    ) -> Result<Verdict, Failed> {
        let own = &self.records[&record];
        let by_key = self
            .of_key(client, own, candidates.by_key.into_values())
            .await?;
        if by_key.len() > 1 {
            let ids = by_key.into_iter().map(|one| one.contact.contact_id);
            return Ok(Verdict::NotUnique(ids.collect()));
        }
        if let Some(read) = by_key.into_iter().next() {
            return self.found(client, payload, read, true).await;
        }
        if let Some(shown) = candidates.by_person {
            let is_hidden = own.has_middle_name && middle_name(&shown.contact.body).is_none();
            let read = match is_hidden || !shown.is_same {
                true => whole(client, &shown.contact.contact_id).await?,
                false => Some(Read {
                    contact: shown.contact,
                    is_whole: false,
                }),
            };
            let is_it = |read: &Read| {
                let key = Key::of(&read.contact.body, self.matching.key);
                let body = &read.contact.body;
                (!read.is_whole || middle_name(body) == middle_name(payload))
                    && !self.is_another(record, &key)
            };
            if let Some(read) = read.filter(is_it) {
                return self.found(client, payload, read, false).await;
            }
        }
        match (&own.before, candidates.before) {
            (None, _) => Ok(Verdict::None),
            (Some(_), Some(contact)) => {
                let read = Read {
                    contact,
                    is_whole: false,
                };
                self.found(client, payload, read, false).await
            }
            (Some(contact_id), None) => match whole(client, contact_id).await? {
                Some(read) => self.found(client, payload, read, false).await,
                None => Ok(Verdict::Missing),
            },
        }
    }

    /// The contacts that have the key of a record: those with all of its values, or else those with one in common.
    async fn of_key(
        &self,
        client: &Client,
        own: &Own,
        contacts: impl Iterator<Item = RemoteContact>,
    ) -> Result<Vec<Read>, Failed> {
        let mut found = Vec::new();
        for contact in contacts {
            let read = match own.key.is_hidden() {
                true => whole(client, &contact.contact_id).await?,
                false => Some(Read {
                    contact,
                    is_whole: false,
                }),
            };
            found.extend(read.filter(|read| {
                let key = Key::of(&read.contact.body, self.matching.key);
                own.key.fits(&key, read.is_whole)
            }));
        }
        let is_same = |read: &Read| {
            let key = Key::of(&read.contact.body, self.matching.key);
            own.key.is_same(&key)
        };
        if found.iter().any(is_same) {
            found.retain(is_same);
        }
        Ok(found)
    }

    /// Compares a contact with the record that it is of, as it is shown by itself where the list shows a difference.
    async fn found(
        &self,
        client: &Client,
        payload: &Value,
        mut read: Read,
        by_key: bool,
    ) -> Result<Verdict, Failed> {
        let compare = |read: &Read| differences_beyond(&self.forms, payload, &read.contact.body);
        let mut differences = compare(&read);
        if !read.is_whole && !differences.is_empty() {
            read = match whole(client, &read.contact.contact_id).await? {
                Some(read) => read,
                None => return Ok(Verdict::None),
            };
            differences = compare(&read);
        }
        let is_point = |field: &String| ["emails", "telephones"].contains(&field.as_str());
        let needs_name = by_key && self.matching.key.iter().all(is_point);
        let may_adopt = match self.matching.on_remote {
            OnRemote::Report => false,
            OnRemote::Adopt => true,
            OnRemote::Update => !needs_name || is_same_name(payload, &read.contact.body),
        };
        Ok(Verdict::Found {
            contact: read.contact,
            differences,
            may_adopt,
        })
    }

    fn adoption(&self, payload: &Value, contact: &Value) -> Adoption {
        let completes = self.matching.on_remote == OnRemote::Update;
        let patch = completes.then(|| completion(payload, contact));
        let changes = patch.as_ref().map(|patch| patch.changes(contact));
        Adoption {
            changes: changes.unwrap_or_default(),
            patch,
        }
    }

    /// What is noted of a record, and what is to be done with its contact: one contact is not adopted twice.
    fn step(
        &self,
        record: RecordId,
        payload: &Value,
        verdict: Verdict,
        adopted: &mut HashSet<String>,
    ) -> Option<(Step, Option<Match>)> {
        let (contact, differences, may_adopt) = match verdict {
            Verdict::None => return None,
            Verdict::Missing => return Some((Step::Missing { record }, None)),
            Verdict::NotUnique(ids) => {
                let step = Step::Matched {
                    record,
                    contact_id: None,
                    code: Some(KEY_NOT_UNIQUE),
                    message: tr!("key-not-unique", contacts = list_of(&ids)),
                };
                let found = Match {
                    record,
                    contact_id: None,
                    differences: Vec::new(),
                    adoption: None,
                };
                return Some((step, Some(found)));
            }
            Verdict::Found {
                contact,
                differences,
                may_adopt,
            } => (contact, differences, may_adopt),
        };
        let (code, message) = match differences.is_empty() {
            true => (None, tr!("found-same")),
            false => (
                Some(DIFFERS),
                tr!("found-differs", fields = fields_of(&differences)),
            ),
        };
        let step = Step::Matched {
            record,
            contact_id: Some(contact.contact_id.clone()),
            code,
            message,
        };
        let may_adopt = may_adopt && adopted.insert(contact.contact_id.clone());
        let found = Match {
            record,
            contact_id: Some(contact.contact_id.clone()),
            differences,
            adoption: may_adopt.then(|| self.adoption(payload, &contact.body)),
        };
        Some((step, Some(found)))
    }
}

/// A contact as it is shown by itself.
async fn whole(client: &Client, contact_id: &str) -> Result<Option<Read>, Failed> {
    let contact = client.read_contact(contact_id).await;
    let contact = contact.map_err(|failure| unread(&tr!("unread-contact"), &failure))?;
    Ok(contact.map(|contact| Read {
        contact,
        is_whole: true,
    }))
}
