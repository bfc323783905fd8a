//! The contacts of the sandbox, in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::chance;

/// A contact as a test sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub id: String,
    /// The how manieth create this was, from 0.
    pub order: usize,
    /// The body that it was created with, as changed by replace, patch and [`super::Sandbox::edit`].
    pub request: Value,
    /// In whole seconds, as the service shows it.
    pub created: Timestamp,
    /// In whole seconds, as the service shows it.
    pub modified: Timestamp,
    pub life: Life,
    /// False while a late commit has not happened.
    pub visible: bool,
}

impl Stored {
    /// Whether it was deleted, finally or not.
    pub fn is_deleted(&self) -> bool {
        self.life != Life::Live
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    Live,
    /// Deleted, and counted towards the quota still.
    Trash,
    /// Deleted for good.
    Gone,
}

/// A contact as the service keeps it.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub id: String,
    pub request: Value,
    /// Not null for contacts that came from outside, which the API can't create.
    pub linked_external_user: Value,
    pub created: Timestamp,
    pub modified: Timestamp,
    pub life: Life,
    visible_from: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Order {
    /// Not stated by the vendor; here by id, so that nobody comes to rely on an order not asked for.
    Unspecified,
    Oldest,
    Newest,
    /// Not in the vendor's document; see [`super::quirks`].
    LastModified,
}

#[derive(Debug, Default)]
pub(super) struct Store {
    records: Vec<Record>,
    by_id: BTreeMap<String, usize>,
    by_time: BTreeSet<(Timestamp, usize)>,
    gone: usize,
}

impl Store {
    /// Adds a contact that is to be seen `late` from now, and gives its position.
    pub(super) fn add(
        &mut self,
        request: Value,
        external: Value,
        now: Timestamp,
        late: Duration,
    ) -> usize {
        let position = self.records.len();
        let id = chance::identifier();
        let created =
            whole_seconds(now + SignedDuration::try_from(late).unwrap_or(SignedDuration::ZERO));
        self.by_id.insert(id.clone(), position);
        self.by_time.insert((created, position));
        self.records.push(Record {
            id,
            request,
            linked_external_user: external,
            created,
            modified: created,
            life: Life::Live,
            visible_from: Instant::now() + late,
        });
        position
    }

    pub(super) fn at(&self, position: usize) -> &Record {
        &self.records[position]
    }

    pub(super) fn latest(&self) -> Option<&Record> {
        self.records.last()
    }

    /// What counts towards the quota: the trash as well.
    pub(super) fn used(&self) -> usize {
        self.records.len() - self.gone
    }

    /// Any contact that can be seen by now, in the trash or not.
    pub(super) fn find(&mut self, id: &str) -> Option<&mut Record> {
        let position = *self.by_id.get(id)?;
        let record = &mut self.records[position];
        (record.life != Life::Gone && record.visible_from <= Instant::now()).then_some(record)
    }

    pub(super) fn find_live(&mut self, id: &str) -> Option<&mut Record> {
        self.find(id).filter(|record| record.life == Life::Live)
    }

    /// Deletes for good what can be seen, from the trash as well. Says whether there was anything.
    pub(super) fn purge(&mut self, id: &str) -> bool {
        let Some(record) = self.find(id) else {
            return false;
        };
        record.life = Life::Gone;
        self.gone += 1;
        true
    }

    /// The live contacts that can be seen for so long, in that order, from behind the one at the given position.
    pub(super) fn list(
        &self,
        order: Order,
        after: Option<usize>,
        unlisted: Duration,
    ) -> impl Iterator<Item = (usize, &Record)> {
        let now = Instant::now();
        self.positions(
            order,
            after.and_then(|position| self.records.get(position).map(|_| position)),
        )
        .map(|position| (position, &self.records[position]))
        .filter(move |(_, record)| {
            record.life == Life::Live && record.visible_from + unlisted <= now
        })
    }

    pub(super) fn snapshot(&self) -> Vec<Stored> {
        let now = Instant::now();
        let stored = |(order, record): (usize, &Record)| Stored {
            id: record.id.clone(),
            order,
            request: record.request.clone(),
            created: record.created,
            modified: record.modified,
            life: record.life,
            visible: record.visible_from <= now,
        };
        self.records.iter().enumerate().map(stored).collect()
    }

    fn positions(
        &self,
        order: Order,
        after: Option<usize>,
    ) -> Box<dyn Iterator<Item = usize> + '_> {
        let time = after.map(|position| (self.records[position].created, position));
        let behind = |key| Bound::Excluded(key);
        match order {
            Order::Oldest => {
                let begin = time.map_or(Bound::Unbounded, behind);
                Box::new(
                    self.by_time
                        .range((begin, Bound::Unbounded))
                        .map(|(_, position)| *position),
                )
            }
            Order::Newest => {
                let end = time.map_or(Bound::Unbounded, behind);
                Box::new(
                    self.by_time
                        .range((Bound::Unbounded, end))
                        .rev()
                        .map(|(_, position)| *position),
                )
            }
            Order::LastModified => {
                let key = |position: &usize| (self.records[*position].modified, *position);
                let mut positions: Vec<usize> = (0..self.records.len()).collect();
                positions.retain(|position| after.is_none_or(|after| key(position) < key(&after)));
                positions.sort_unstable_by_key(|position| std::cmp::Reverse(key(position)));
                Box::new(positions.into_iter())
            }
            Order::Unspecified => {
                let begin = after.map_or(Bound::Unbounded, |position| {
                    Bound::Excluded(self.records[position].id.as_str())
                });
                Box::new(
                    self.by_id
                        .range::<str, _>((begin, Bound::Unbounded))
                        .map(|(_, position)| *position),
                )
            }
        }
    }
}

impl Record {
    pub(super) fn replace(&mut self, request: Value, now: Timestamp) {
        self.request = request;
        self.modified = whole_seconds(now).max(self.modified);
    }
}

/// The service's times have no fractions.
pub(super) fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}
