//! One look at the service: which contacts could belong to which unknown records.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::{ControlFlow, RangeInclusive};

use futures_util::stream::{self, StreamExt};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::Context;
use super::baseline::{CLOCK_MARGIN, CLOCK_MARGIN_UNSEEN};
use super::descent::Descent;
use crate::api::compare::{Forms, Mark, differences_beyond, marks};
use crate::api::{Failure, FailureKind, ListQuery, Reading, RemoteContact};
use crate::ledger::{LedgerError, RecordId, Unknown, Within};

/// Pages of a filtered list that are read; a filter that leaves more is no help.
const FILTERED_PAGES: u32 = 5;
/// Pages of the list of the latest contacts: what the service gives for one search at most (50,000).
const LATEST_PAGES: u32 = 100;
/// Contacts a page, the most that the service gives.
const PAGE: u32 = 500;
/// Contacts that are read by themselves in one look; if there are more, it is no proof.
const MOST_READ: usize = 1000;
/// As many contacts of cardlift's own tell how the service shows contacts.
const OWN_THAT_TELL: usize = 10;

/// An unknown record, made ready to be compared.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) unknown: Unknown,
    payload: Value,
    /// Contacts that were created before or after can't be this record's.
    window: RangeInclusive<Timestamp>,
    seen_before: HashSet<String>,
}

type ById = HashMap<String, RemoteContact>;

/// What a look has shown. Contacts are named by their place in `contacts`.
#[derive(Debug, Default)]
pub(super) struct Look {
    pub(super) contacts: Vec<RemoteContact>,
    /// For each record, the contacts that it could have.
    pub(super) claims: Vec<Vec<usize>>,
    /// For each record, the contacts that resemble it and differ, with what differs.
    pub(super) lookalikes: Vec<Vec<(usize, String)>>,
    /// For each record, whether its contact would have been seen if it were there.
    pub(super) is_proof: Vec<bool>,
    pub(super) failure: Option<Failure>,
}

impl Wanted {
    /// `ahead` is how far this machine's clock is ahead of the service's.
    pub(super) fn new(
        unknown: Unknown,
        seen_before: Option<HashSet<String>>,
        settle: SignedDuration,
        ahead: SignedDuration,
    ) -> Self {
        let margin = match seen_before {
            Some(_) => CLOCK_MARGIN,
            None => CLOCK_MARGIN_UNSEEN,
        };
        // A time by this machine's clock may be one by the service's as well, where one attempt was timed and another not.
        let zero = SignedDuration::ZERO;
        let ahead = if unknown.is_timed { zero } else { ahead };
        let (later, earlier) = (ahead.max(zero), ahead.min(zero));
        Wanted {
            payload: serde_json::from_str(&unknown.payload).expect("it was sent as JSON"),
            window: unknown.since - later - margin
                ..=unknown.ended - earlier + settle + CLOCK_MARGIN_UNSEEN,
            seen_before: seen_before.unwrap_or_default(),
            unknown,
        }
    }

    /// A search that its contact is among: by e-mail, else by telephone.
    fn filter(&self) -> Option<ListQuery> {
        let first =
            |list: &str, name: &str| self.payload[list][0][name].as_str().map(str::to_owned);
        let email = first("emails", "email").filter(|email| !email.is_empty());
        let telephone = match email {
            Some(_) => None,
            None => Some(searchable(&first("telephones", "telephone")?)?),
        };
        Some(ListQuery {
            count: Some(PAGE),
            email,
            telephone,
            ..ListQuery::default()
        })
    }

    /// Whether a contact could be this record's by its time; an unreadable one does not tell.
    fn is_in_time(&self, contact: &RemoteContact) -> bool {
        let is_in = |created| self.window.contains(&created);
        !contact.external
            && contact.created_time.is_none_or(is_in)
            && !self.seen_before.contains(&contact.contact_id)
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
    /// Looks for all of them by filters, and the last time in the list of the latest contacts as well. A filter can show
    /// that a contact is there; only the list shows that one is not.
    pub(super) async fn look(&self, wanted: &[Wanted], is_last: bool) -> Result<Look, LedgerError> {
        let mut look = Look {
            is_proof: vec![false; wanted.len()],
            claims: vec![Vec::new(); wanted.len()],
            lookalikes: vec![Vec::new(); wanted.len()],
            ..Look::default()
        };
        let mut found = ById::new();
        let filtered: Vec<_> = stream::iter(wanted.iter().filter_map(Wanted::filter))
            .map(|query| self.filtered(query))
            .buffer_unordered(self.settings.concurrency.get())
            .collect()
            .await;
        for read in filtered {
            match read {
                Ok(contacts) => found.extend(contacts),
                Err(failure) => look.failure = Some(failure),
            }
        }
        if is_last {
            match self.latest(wanted).await {
                Ok((contacts, is_complete)) => {
                    found.extend(contacts);
                    look.is_proof.fill(is_complete);
                    look.failure = look.failure.filter(|_| !is_complete);
                }
                Err(failure) => look.failure = Some(failure),
            }
        }
        self.compare_all(wanted, found, is_last, &mut look).await?;
        Ok(look)
    }

    async fn filtered(&self, query: ListQuery) -> Result<ById, Failure> {
        let mut contacts = ById::new();
        let take = |contact: RemoteContact| {
            contacts.insert(contact.contact_id.clone(), contact);
            ControlFlow::Continue(())
        };
        match self.client.read_contacts(query, FILTERED_PAGES, take).await {
            // A filter that the service does not take; the list has to do.
            Err(failure) if failure.kind != FailureKind::Refused => Err(failure),
            _ => Ok(contacts),
        }
    }

    /// The latest contacts, back to the first attempt of all that are wanted, and whether these are all.
    async fn latest(&self, wanted: &[Wanted]) -> Result<(ById, bool), Failure> {
        let from = wanted.iter().map(|wanted| *wanted.window.start()).min();
        let from = from.unwrap_or(Timestamp::MAX);
        let query = ListQuery {
            count: Some(PAGE),
            newest_first: true,
            ..ListQuery::default()
        };
        let mut contacts = ById::new();
        let mut descent = Descent::default();
        let take = |contact: RemoteContact| {
            if descent.has_passed(&contact, from) {
                return ControlFlow::Break(());
            }
            if contact.created_time.is_none_or(|created| created >= from) {
                contacts.insert(contact.contact_id.clone(), contact);
            }
            ControlFlow::Continue(())
        };
        let reading = self.client.read_contacts(query, LATEST_PAGES, take).await?;
        Ok((contacts, reading != Reading::CutOff))
    }

    /// Finds out who could claim what. Lists may leave out or change properties, so each contact that could be a record's is
    /// read by itself before anything is said of it.
    async fn compare_all(
        &self,
        wanted: &[Wanted],
        found: ById,
        is_last: bool,
        look: &mut Look,
    ) -> Result<(), LedgerError> {
        let forms = Forms::new(self.ledger.altered(self.run)?);
        let by_mark = by_mark(wanted);
        let resembled = |contact: &RemoteContact| resembled(wanted, &by_mark, contact);
        let mut strangers = Vec::new();
        let mut own = Vec::new();
        for listed in found.into_values() {
            let id = &listed.contact_id;
            match self.ledger.owner(self.run, id, Within::BaseUrl)? {
                Some(record) => own.push((record, listed)),
                None if wanted.iter().any(|wanted| wanted.is_in_time(&listed)) => {
                    strangers.push(listed);
                }
                None => {}
            }
        }
        // As long as the service is not seen to show who its contacts are, any that was made in time could be any record's.
        let is_blind = is_last
            && strangers.iter().any(|one| resembled(one).is_empty())
            && !self.shows_who_they_are(&own)?;
        strangers.retain(|one| is_blind || !shows_who_it_is(one) || !resembled(one).is_empty());
        strangers.sort_by_key(|one| resembled(one).is_empty());
        if strangers.len() > MOST_READ {
            look.is_proof.fill(false);
        }
        for listed in strangers.into_iter().take(MOST_READ) {
            let may_hide = is_blind || !shows_who_it_is(&listed);
            let (contact, failure) = self.in_full(listed).await;
            let place = look.contacts.len();
            let could_have = match is_blind {
                true => in_time(wanted, 0..wanted.len(), &contact),
                false => resembled(&contact),
            };
            for index in could_have {
                let differ = differing(&forms, &wanted[index].payload, &contact);
                match &failure {
                    _ if differ.is_empty() => look.claims[index].push(place),
                    None => look.lookalikes[index].push((place, differ.join(", "))),
                    Some(failure) => {
                        look.is_proof[index] = false;
                        look.failure = Some(failure.clone());
                    }
                }
            }
            if let Some(failure) = failure.filter(|_| may_hide) {
                look.is_proof.fill(false);
                look.failure = Some(failure);
            }
            look.contacts.push(contact);
        }
        Ok(())
    }

    /// Whether the list shows contacts of cardlift's own, and each of them with the name, an e-mail or a telephone that was
    /// sent. Then it does so with all.
    fn shows_who_they_are(&self, own: &[(RecordId, RemoteContact)]) -> Result<bool, LedgerError> {
        for (record, contact) in own {
            let payload = self.ledger.payload(*record)?.unwrap_or_default();
            let sent = marks(&serde_json::from_str(&payload).unwrap_or_default());
            if !marks(&contact.body).iter().any(|mark| sent.contains(mark)) {
                return Ok(false);
            }
        }
        Ok(own.len() >= OWN_THAT_TELL)
    }

    /// The contact with what lists leave out; as the list shows it, and why, if it can't be read by itself.
    async fn in_full(&self, listed: RemoteContact) -> (RemoteContact, Option<Failure>) {
        match self.client.read_contact(&listed.contact_id).await {
            Ok(Some(mut contact)) => {
                contact.created_time = contact.created_time.or(listed.created_time);
                (contact, None)
            }
            Ok(None) => (listed, None),
            Err(failure) => (listed, Some(failure)),
        }
    }
}

fn by_mark(wanted: &[Wanted]) -> HashMap<Mark, Vec<usize>> {
    let mut by_mark: HashMap<Mark, Vec<usize>> = HashMap::new();
    for (index, wanted) in wanted.iter().enumerate() {
        for mark in marks(&wanted.payload) {
            by_mark.entry(mark).or_default().push(index);
        }
    }
    by_mark
}

/// The records whose contact it could be by its time, and that share the name, an e-mail or a telephone with it.
fn resembled(
    wanted: &[Wanted],
    by_mark: &HashMap<Mark, Vec<usize>>,
    contact: &RemoteContact,
) -> BTreeSet<usize> {
    let marks = marks(&contact.body);
    let alike = marks.iter().filter_map(|mark| by_mark.get(mark));
    in_time(wanted, alike.flatten().copied(), contact)
}

fn in_time(
    wanted: &[Wanted],
    records: impl Iterator<Item = usize>,
    contact: &RemoteContact,
) -> BTreeSet<usize> {
    let records = records.filter(|index| wanted[*index].is_in_time(contact));
    records.collect()
}

/// Whether a list shows a contact with a name, and an e-mail or a telephone.
fn shows_who_it_is(contact: &RemoteContact) -> bool {
    let marks = marks(&contact.body);
    marks.len() > 1 && marks.iter().any(|mark| matches!(mark, Mark::Name(_)))
}

/// The properties in which a contact differs from what was sent. Without its time, no contact is known to be the record's.
fn differing(forms: &Forms, payload: &Value, contact: &RemoteContact) -> Vec<String> {
    let differ = differences_beyond(forms, payload, &contact.body);
    let mut differ: Vec<String> = differ.into_iter().map(|one| one.field).collect();
    if contact.created_time.is_none() {
        differ.push("createdTime".to_owned());
    }
    differ.dedup();
    differ
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
