//! What was created, found again by identity, key, person and contact.

use std::collections::{HashMap, HashSet};

use rusqlite::params;

use super::record::{Hash, RecordId};
use super::run::service_named;
use super::store::{Result, Row, Store, list};
use super::{Ledger, LedgerError, RunInfo};
use crate::plan::Likeness;

/// A record that has a contact or, without its id, may have one.
#[derive(Clone)]
pub(super) struct CreatedRecord {
    pub(super) record: i64,
    pub(super) contact_id: Option<String>,
    pub(super) identity: Hash,
    pub(super) key: Option<Hash>,
}

/// What a mark is of.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Identity = 0,
    Key = 1,
    Person = 2,
}

/// Records that have contacts at a service, looked up for many others with a few statements.
#[derive(Default)]
pub(super) struct Created {
    /// By half of the hash, the latest first.
    by_mark: HashMap<(Kind, i64), Vec<CreatedRecord>>,
    /// The persons that each of these records is of.
    persons: HashMap<i64, Vec<u8>>,
}

impl Created {
    /// Looks up those of these identities and keys.
    pub(super) fn of<'a>(
        store: &Store,
        service: i64,
        all: impl Iterator<Item = (&'a Hash, Option<&'a Hash>)> + Clone,
    ) -> Result<Created> {
        let mut created = Created::default();
        let identities = all.clone().map(|(identity, _)| identity);
        created.look_up(store, service, Kind::Identity, identities)?;
        created.look_up(store, service, Kind::Key, all.filter_map(|(_, key)| key))?;
        Ok(created)
    }

    /// Looks up those of these hashes as well.
    pub(super) fn look_up<'a>(
        &mut self,
        store: &Store,
        service: i64,
        kind: Kind,
        hashes: impl Iterator<Item = &'a Hash>,
    ) -> Result<()> {
        let marks: HashSet<i64> = hashes.map(half).collect();
        let new = marks
            .into_iter()
            .filter(|mark| !self.by_mark.contains_key(&(kind, *mark)));
        let marks: Vec<i64> = new.collect();
        if marks.is_empty() {
            return Ok(());
        }
        let select = "SELECT records.id, contact_id, identity, key, mark
             FROM marks CROSS JOIN records ON records.id = marks.record
             WHERE service = ?1 AND kind = ?2 AND mark IN (SELECT value FROM json_each(?3))
             ORDER BY marks.record DESC";
        let values = params![service, kind as i64, list(&marks)];
        let found: Vec<_> = store.rows(select, values, |row| {
            Ok((row.get(4)?, created_record(row)?))
        })?;
        if kind == Kind::Person {
            // A mark has half of the hash; a person decides what is created, so the whole of it counts.
            let records: Vec<i64> = found.iter().map(|(_, found)| found.record).collect();
            let select = "SELECT record, persons FROM contents
                 WHERE record IN (SELECT value FROM json_each(?1)) AND persons IS NOT NULL";
            let values = params![list(&records)];
            let persons: Vec<_> =
                store.rows(select, values, |row| Ok((row.get(0)?, row.get(1)?)))?;
            self.persons.extend(persons);
        }
        for (mark, created) in found {
            self.by_mark.entry((kind, mark)).or_default().push(created);
        }
        Ok(())
    }

    /// Adds one that was looked up otherwise.
    pub(super) fn add(&mut self, record: CreatedRecord, persons: Vec<u8>) {
        for (kind, hash) in marks_of(Some(&record.identity), record.key.as_ref(), &persons) {
            let marked = self.by_mark.entry((kind, half(hash))).or_default();
            marked.push(record.clone());
        }
        self.persons.insert(record.record, persons);
    }

    /// The latest contact that stands for the same: of the same identity, else of the same key.
    pub(super) fn find(&self, identity: &Hash, key: Option<&Hash>) -> Option<&CreatedRecord> {
        let by_identity = self.of_identity(identity, key);
        by_identity.or_else(|| self.of_key(key?))
    }

    /// The latest contact of this identity. Equal content under two different keys is two contacts.
    pub(super) fn of_identity(
        &self,
        identity: &Hash,
        key: Option<&Hash>,
    ) -> Option<&CreatedRecord> {
        self.marked(Kind::Identity, identity).find(|found| {
            let same_key = found.key.is_none() || key.is_none() || found.key.as_ref() == key;
            found.identity == *identity && same_key
        })
    }

    /// The latest contact of this key.
    pub(super) fn of_key(&self, key: &Hash) -> Option<&CreatedRecord> {
        self.marked(Kind::Key, key)
            .find(|found| found.key == Some(*key))
    }

    /// The latest contact of one of these persons. Without a key on either side, the person is all there is to know a changed
    /// record by; with one on both, it says nothing.
    pub(super) fn of_persons(
        &self,
        persons: &[Hash],
        key: Option<&Hash>,
    ) -> Option<&CreatedRecord> {
        let is_of = |found: &CreatedRecord, person: &Hash| {
            let persons = self.persons.get(&found.record);
            persons.is_some_and(|persons| persons.as_chunks().0.contains(person))
        };
        persons.iter().find_map(|person| {
            self.marked(Kind::Person, person)
                .find(|found| (key.is_none() || found.key.is_none()) && is_of(found, person))
        })
    }

    /// Whether a record's contact still is known by its identity.
    pub(super) fn is_marked(&self, record: &CreatedRecord) -> bool {
        self.marked(Kind::Identity, &record.identity)
            .any(|found| found.record == record.record)
    }

    /// All that were looked up.
    pub(super) fn all(&self) -> impl Iterator<Item = &CreatedRecord> {
        self.by_mark.values().flatten()
    }

    fn marked(&self, kind: Kind, hash: &Hash) -> impl Iterator<Item = &CreatedRecord> {
        let found = self.by_mark.get(&(kind, half(hash)));
        found.into_iter().flatten()
    }
}

/// The marks of a record.
fn marks_of<'a>(
    identity: Option<&'a Hash>,
    key: Option<&'a Hash>,
    persons: &'a [u8],
) -> impl Iterator<Item = (Kind, &'a Hash)> {
    let persons = persons.as_chunks().0.iter();
    (identity.into_iter().map(|hash| (Kind::Identity, hash)))
        .chain(key.into_iter().map(|hash| (Kind::Key, hash)))
        .chain(persons.map(|hash| (Kind::Person, hash)))
}

/// Does something with each mark of a record, whose service, kind, half of a hash and record are the values of a statement.
fn each_mark(store: &Store, service: i64, record: i64, statement: &str) -> Result<()> {
    let select = "SELECT identity, key, persons FROM records LEFT JOIN contents ON contents.record = records.id
         WHERE records.id = ?";
    let marks: Vec<(Kind, i64)> = store.row(select, params![record], |row| {
        let (identity, key): (Option<Hash>, Option<Hash>) = (row.get(0)?, row.get(1)?);
        let marks = marks_of(identity.as_ref(), key.as_ref(), row.bytes(2)?);
        Ok(marks.map(|(kind, hash)| (kind, half(hash))).collect())
    })?;
    for (kind, mark) in marks {
        store.execute(statement, params![service, kind as i64, mark, record])?;
    }
    Ok(())
}

/// Makes a created record known to all that ask later.
pub(super) fn mark(store: &Store, service: i64, record: i64) -> Result<()> {
    let insert = "INSERT INTO marks (service, kind, mark, record) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    each_mark(store, service, record, insert)
}

/// Takes the marks of one record away.
pub(super) fn unmark(store: &Store, service: i64, record: i64) -> Result<()> {
    let delete = "DELETE FROM marks WHERE service = ? AND kind = ? AND mark = ? AND record = ?";
    each_mark(store, service, record, delete)
}

/// Makes a contact unknown to all that ask later: whatever was known of it by the record that it was created for, and by those
/// that it was updated for.
pub(super) fn forget(store: &Store, service: i64, contact_id: &str) -> Result<()> {
    let holders = "SELECT records.id FROM records INDEXED BY records_contact JOIN runs ON runs.id = records.id >> 32
         WHERE contact_id = ?1 AND records.state = 'created' AND service = ?2
         UNION SELECT record FROM changes JOIN runs ON runs.id = record >> 32
         WHERE contact_id = ?1 AND outcome = 'updated' AND service = ?2
         UNION SELECT record FROM found WHERE contact_id = ?1 AND service = ?2";
    let holders: Vec<i64> = store.rows(holders, params![contact_id, service], |row| row.get(0))?;
    (holders.into_iter()).try_for_each(|record| unmark(store, service, record))
}

impl Ledger {
    /// Whether a record would be `exists` at the service, by its key or, without one, by its person: what planning would
    /// say, as far as it does not take the whole contact.
    pub fn knows(&self, at: &RunInfo, likeness: &Likeness) -> Result<bool, LedgerError> {
        let known = || {
            let Some(service) = service_named(&self.store, &at.base_url, &at.account)? else {
                return Ok(false);
            };
            let (key, persons) = (likeness.key.as_ref(), &likeness.persons);
            let mut created = Created::default();
            created.look_up(&self.store, service, Kind::Key, key.into_iter())?;
            created.look_up(&self.store, service, Kind::Person, persons.iter())?;
            Ok(key.is_some_and(|key| created.of_key(key).is_some())
                || created.of_persons(persons, key).is_some())
        };
        known().map_err(self.failed("reading created records"))
    }
}

/// Whose records are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Those of the same account: what it is to create may be there because another one has created it.
    Account,
    /// Those of all accounts at the base URL: they may be one company's, and then the contact that another account has created
    /// is not the one that this account's request has.
    BaseUrl,
}

/// The record that a contact was created for, or that has adopted it.
pub(super) fn owner(
    store: &Store,
    service: i64,
    contact_id: &str,
    within: Within,
) -> Result<Option<RecordId>> {
    let select = "SELECT records.id FROM records INDEXED BY records_contact
              JOIN runs ON runs.id = records.id >> 32 JOIN services ON services.id = service
         WHERE contact_id = ?1 AND records.state = 'created' AND undone_at IS NULL
           AND (service = ?2 OR ?3 AND base_url = (SELECT base_url FROM services WHERE id = ?2))
         UNION ALL
         SELECT record FROM found JOIN services ON services.id = service
         WHERE contact_id = ?1 AND adopted_at IS NOT NULL
           AND (service = ?2 OR ?3 AND base_url = (SELECT base_url FROM services WHERE id = ?2)) LIMIT 1";
    let values = params![contact_id, service, within == Within::BaseUrl];
    store.optional(select, values, |row| Ok(RecordId(row.get(0)?)))
}

/// Half of a hash, as an integer.
pub(super) fn half(hash: &Hash) -> i64 {
    let (half, _) = hash.split_first_chunk().expect("it has sixteen bytes");
    i64::from_be_bytes(*half)
}

pub(super) fn created_record(row: &Row<'_>) -> Result<CreatedRecord> {
    Ok(CreatedRecord {
        record: row.get(0)?,
        contact_id: row.get(1)?,
        identity: row.get(2)?,
        key: row.get(3)?,
    })
}
