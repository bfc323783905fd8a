//! The contacts of the sandbox, in memory.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use ring::rand::{SecureRandom, SystemRandom};
use serde_json::Value;

/// A contact as the service keeps it, and as a test sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub id: String,
    /// The how manieth create this was, from 0.
    pub order: usize,
    /// The body that it was created with, as changed by replace and patch.
    pub request: Value,
    /// Not null for contacts that came from outside, which the API can't create.
    pub(super) linked_external_user: Value,
    /// In whole seconds, as the service shows it.
    pub created: Timestamp,
    /// In whole seconds, as the service shows it.
    pub modified: Timestamp,
    pub life: Life,
    visible_from: Instant,
}

impl Stored {
    /// False while a late commit has not happened.
    pub fn is_visible(&self) -> bool {
        self.visible_from <= Instant::now()
    }

    pub fn replace(&mut self, request: Value, now: Timestamp) {
        self.request = request;
        self.modified = whole_seconds(now).max(self.modified);
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

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ListOrder {
    /// What a list without `orderBy` has. The vendor states none, so that nobody comes to rely on an order not asked for.
    #[default]
    ById,
    Oldest,
    Newest,
    /// The last modified first, which nobody can ask for; a [`Rig`](super::Rig) may choose it.
    ByModification,
}

/// Every contact that was ever created, in the order of the creates.
#[derive(Debug, Default)]
pub struct Store {
    pub all: Vec<Stored>,
    by_id: BTreeMap<String, usize>,
    gone: usize,
}

impl Store {
    /// Adds a contact that is to be seen `late` from now.
    pub fn add(
        &mut self,
        request: Value,
        linked_external_user: Value,
        now: Timestamp,
        late: Duration,
    ) -> &Stored {
        let (id, order) = (identifier(), self.all.len());
        let created =
            whole_seconds(now + SignedDuration::try_from(late).unwrap_or(SignedDuration::ZERO));
        self.by_id.insert(id.clone(), order);
        self.all.push(Stored {
            id,
            order,
            request,
            linked_external_user,
            created,
            modified: created,
            life: Life::Live,
            visible_from: Instant::now() + late,
        });
        &self.all[order]
    }

    /// What counts towards the quota: the trash as well.
    pub(super) fn used(&self) -> usize {
        self.all.len() - self.gone
    }

    /// Any contact that can be seen by now, in the trash or not.
    pub(super) fn find(&mut self, id: &str) -> Option<&mut Stored> {
        let contact = &mut self.all[*self.by_id.get(id)?];
        (contact.life != Life::Gone && contact.is_visible()).then_some(contact)
    }

    pub fn find_live(&mut self, id: &str) -> Option<&mut Stored> {
        self.find(id).filter(|contact| contact.life == Life::Live)
    }

    /// Deletes for good what can be seen, from the trash as well. Says whether there was anything.
    pub(super) fn purge(&mut self, id: &str) -> bool {
        let Some(contact) = self.find(id) else {
            return false;
        };
        contact.life = Life::Gone;
        self.gone += 1;
        true
    }

    /// The live contacts that can be seen for so long, in that order, from behind the one with that number.
    pub(super) fn list(
        &self,
        order: ListOrder,
        after: Option<usize>,
        unlisted: Duration,
    ) -> impl Iterator<Item = &Stored> {
        let mut contacts: Vec<&Stored> = match order {
            ListOrder::ById => self.by_id.values().map(|at| &self.all[*at]).collect(),
            _ => self.all.iter().collect(),
        };
        // The sort is stable and most contacts are in order already, so this is fast.
        match order {
            ListOrder::ById => {}
            ListOrder::Oldest | ListOrder::Newest => {
                contacts.sort_by_key(|contact| contact.created)
            }
            ListOrder::ByModification => contacts.sort_by_key(|contact| contact.modified),
        }
        if matches!(order, ListOrder::Newest | ListOrder::ByModification) {
            contacts.reverse();
        }
        let begin = after.and_then(|after| contacts.iter().position(|one| one.order == after));
        let now = Instant::now();
        let is_listed = move |contact: &&Stored| {
            contact.life == Life::Live && contact.visible_from + unlisted <= now
        };
        let contacts = contacts.into_iter().skip(begin.map_or(0, |at| at + 1));
        contacts.filter(is_listed)
    }
}

/// The service's times have no fractions.
fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

/// A random identifier in the form of a UUID: two sandboxes never give out the same.
pub(super) fn identifier() -> String {
    let mut bytes = [0_u8; 16];
    SystemRandom::new()
        .fill(&mut bytes)
        .expect("the operating system gives random bytes");
    let mut text = format!("{:032x}", u128::from_be_bytes(bytes));
    for hyphen in [20, 16, 12, 8] {
        text.insert(hyphen, '-');
    }
    text
}
