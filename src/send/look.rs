//! One look at the service: which contacts could belong to which unknown records.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use futures_util::stream::{self, StreamExt};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::Context;
use super::baseline::{CLOCK_MARGIN, CLOCK_MARGIN_UNSEEN};
use crate::api::compare::{Verdict, compare};
use crate::api::{Failure, FailureKind, ListQuery, Order, Reading, RemoteContact};
use crate::ledger::{LedgerError, Unknown, Within};

/// Pages of a filtered list that are read; a filter that leaves more is no help.
const FILTERED_PAGES: u32 = 5;
/// Pages of the list of the latest contacts: what the service gives for one search at most (50,000).
const LATEST_PAGES: u32 = 100;
/// Contacts a page, the most that the service gives.
const PAGE: u32 = 500;

/// An unknown record, made ready to be compared.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) unknown: Unknown,
    payload: Value,
    /// A contact that is older can't be this record's.
    not_before: Timestamp,
    seen_before: HashSet<String>,
}

/// What a look has shown.
#[derive(Debug)]
pub(super) struct Look {
    /// The contacts that somebody claims.
    pub(super) contacts: Vec<RemoteContact>,
    /// For each record, which of them it could have.
    pub(super) claims: Vec<Vec<usize>>,
    /// For each record, whether its contact would have been seen if it were there.
    pub(super) is_proof: Vec<bool>,
    /// Why it would not.
    pub(super) failure: Option<Failure>,
}

/// Contacts that were read, and whether these are all that were asked for.
type Read = Result<(Vec<RemoteContact>, bool), Failure>;

impl Wanted {
    pub(super) fn new(unknown: Unknown, seen_before: Option<HashSet<String>>) -> Self {
        let margin = if seen_before.is_some() {
            CLOCK_MARGIN
        } else {
            CLOCK_MARGIN_UNSEEN
        };
        let margin = SignedDuration::try_from(margin).expect("minutes fit");
        Wanted {
            payload: serde_json::from_str(&unknown.payload).expect("it was sent as JSON"),
            not_before: unknown.since - margin,
            seen_before: seen_before.unwrap_or_default(),
            unknown,
        }
    }

    /// A search that its contact is among: by e-mail, else by telephone.
    fn filter(&self) -> Option<ListQuery> {
        let first =
            |list: &str, name: &str| self.payload[list][0][name].as_str().map(str::to_owned);
        let email = first("emails", "email").filter(|email| !email.is_empty());
        let telephone = first("telephones", "telephone").and_then(|number| searchable(&number));
        let query = ListQuery {
            count: Some(PAGE),
            ..ListQuery::default()
        };
        match (email, telephone) {
            (Some(email), _) => Some(ListQuery {
                email: Some(email),
                ..query
            }),
            (None, Some(telephone)) => Some(ListQuery {
                telephone: Some(telephone),
                ..query
            }),
            (None, None) => None,
        }
    }

    /// Whether a contact could be this record's, as far as the list shows it; an age that can't be read does not tell.
    fn resembles(&self, contact: &RemoteContact) -> bool {
        !contact.external
            && contact
                .created_time
                .is_none_or(|created| created >= self.not_before)
            && !self.seen_before.contains(&contact.contact_id)
            && compare(&self.payload, contact) == Verdict::Same
    }
}

/// The part of a telephone number that a search finds however the service writes the rest: its longest run of digits, the
/// last one of several, at least the four that a search takes.
fn searchable(number: &str) -> Option<String> {
    number
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() >= 4)
        .max_by_key(|run| run.len())
        .map(str::to_owned)
}

impl Context<'_> {
    /// Looks for all of them: by filters, and the last time in the list of the latest contacts as well, since it is not
    /// documented for this very list that filters work.
    pub(super) async fn look(&self, wanted: &[Wanted], is_last: bool) -> Result<Look, LedgerError> {
        let mut pool: HashMap<String, RemoteContact> = HashMap::new();
        let mut is_proof = vec![false; wanted.len()];
        let mut failure = None;
        let filtered: Vec<(usize, Read)> = stream::iter(wanted.iter().enumerate())
            .filter_map(async |(index, wanted)| Some((index, wanted.filter()?)))
            .map(async |(index, query)| (index, self.filtered(query).await))
            .buffer_unordered(self.settings.concurrency.get())
            .collect()
            .await;
        for (index, read) in filtered {
            match read {
                Ok((contacts, is_complete)) => {
                    is_proof[index] = is_complete;
                    pool.extend(by_id(contacts));
                }
                Err(why) => failure = Some(why),
            }
        }
        if is_last || is_proof.contains(&false) {
            match self.latest(wanted).await {
                Ok((contacts, is_complete)) => {
                    if is_complete {
                        is_proof.fill(true);
                    }
                    pool.extend(by_id(contacts));
                }
                Err(why) => failure = Some(why),
            }
        }
        let mut look = self.compare_all(wanted, pool, is_proof).await?;
        look.failure = look
            .failure
            .or(failure)
            .filter(|_| look.is_proof.contains(&false));
        Ok(look)
    }

    async fn filtered(&self, query: ListQuery) -> Read {
        let mut contacts = Vec::new();
        let take = |contact| {
            contacts.push(contact);
            ControlFlow::Continue(())
        };
        match self.client.read_contacts(query, FILTERED_PAGES, take).await {
            Ok(reading) => Ok((contacts, reading == Reading::Complete)),
            // A filter that the service does not take; the list has to do.
            Err(failure) if failure.kind == FailureKind::Refused => Ok((Vec::new(), false)),
            Err(failure) => Err(failure),
        }
    }

    /// The latest contacts, back to the first attempt of all that are wanted.
    async fn latest(&self, wanted: &[Wanted]) -> Read {
        let Some(from) = wanted.iter().map(|wanted| wanted.not_before).min() else {
            return Ok((Vec::new(), true));
        };
        let query = ListQuery {
            count: Some(PAGE),
            order: Some(Order::NewestFirst),
            ..ListQuery::default()
        };
        let mut contacts = Vec::new();
        let take = |contact: RemoteContact| {
            if contact.created_time.is_some_and(|created| created < from) {
                return ControlFlow::Break(());
            }
            contacts.push(contact);
            ControlFlow::Continue(())
        };
        let reading = self.client.read_contacts(query, LATEST_PAGES, take).await?;
        Ok((contacts, reading != Reading::CutOff))
    }

    /// Finds out who could claim what. A contact that somebody claims is read again by itself, since lists don't show all.
    async fn compare_all(
        &self,
        wanted: &[Wanted],
        pool: HashMap<String, RemoteContact>,
        is_proof: Vec<bool>,
    ) -> Result<Look, LedgerError> {
        let mut look = Look {
            contacts: Vec::new(),
            claims: vec![Vec::new(); wanted.len()],
            is_proof,
            failure: None,
        };
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, wanted) in wanted.iter().enumerate() {
            by_name
                .entry(name(&wanted.payload))
                .or_default()
                .push(index);
        }
        for contact in pool.into_values() {
            let Some(namesakes) = by_name.get(&name(&contact.body)) else {
                continue;
            };
            let resembles = |contact: &RemoteContact| {
                let claims = namesakes.iter().copied();
                claims
                    .filter(|&index| wanted[index].resembles(contact))
                    .collect::<Vec<_>>()
            };
            if resembles(&contact).is_empty()
                || self
                    .ledger
                    .is_owned(self.run, &contact.contact_id, Within::BaseUrl)?
            {
                continue;
            }
            let contact = self.in_full(contact).await;
            let claimants = resembles(&contact);
            if contact.created_time.is_none() {
                look.cant_tell(&claimants);
                continue;
            }
            for index in claimants {
                look.claims[index].push(look.contacts.len());
            }
            look.contacts.push(contact);
        }
        Ok(look)
    }

    /// The contact with what lists leave out; as the list shows it if it can't be read by itself.
    async fn in_full(&self, listed: RemoteContact) -> RemoteContact {
        match self.client.read_contact(&listed.contact_id).await {
            Ok(Some(mut contact)) => {
                contact.created_time = contact.created_time.or(listed.created_time);
                contact
            }
            Ok(None) | Err(_) => listed,
        }
    }
}

impl Look {
    /// Somebody's contact may be there, but its age is not known: neither is it taken, nor is it sent again.
    fn cant_tell(&mut self, claimants: &[usize]) {
        for &index in claimants {
            self.is_proof[index] = false;
            self.failure = Some(Failure {
                kind: FailureKind::Unknown,
                status: None,
                code: None,
                description: Some(
                    "the same contact is there, but without a `createdTime` that can be read, so it may be an older one".to_owned(),
                ),
            });
        }
    }
}

fn by_id(contacts: Vec<RemoteContact>) -> impl Iterator<Item = (String, RemoteContact)> {
    contacts
        .into_iter()
        .map(|contact| (contact.contact_id.clone(), contact))
}

/// What has to be equal for two contacts to be the same, and can be looked up: the name without its blanks, which may not
/// come back as they were sent.
fn name(contact: &Value) -> String {
    let part = |name: &str| contact["contactName"][name].as_str().unwrap_or_default();
    let both = [part("lastName"), "\u{0}", part("firstName")];
    both.iter()
        .flat_map(|part| part.split_whitespace())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_is_searched_by_its_longest_run_of_digits() {
        assert_eq!(searchable("010-0000-0001").as_deref(), Some("0001"));
        assert_eq!(searchable("+821000000001").as_deref(), Some("821000000001"));
        assert_eq!(searchable("0200000000P123").as_deref(), Some("0200000000"));
        assert_eq!(searchable("112"), None);
    }
}
