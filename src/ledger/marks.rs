//! What was created, found again by identity, key, person and contact.

use std::collections::HashMap;

use super::record::{Hash, RecordId};
use super::store::{Result, Row, Statement, Store, StoreError, params};

/// What makes two records stand for the same contact.
pub(super) struct Same {
    pub(super) service: i64,
    pub(super) identity: Hash,
    pub(super) key: Option<Hash>,
}

/// A contact that was created for a record.
#[derive(Clone)]
pub(super) struct CreatedRecord {
    pub(super) record: i64,
    pub(super) contact_id: String,
    pub(super) identity: Hash,
    pub(super) key: Option<Hash>,
}

/// What a mark is of.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Identity = 0,
    Key = 1,
    Person = 2,
}

/// Finds what was created, with statements prepared once for many.
pub(super) struct Created<'a> {
    by_mark: Statement<'a>,
    persons_of: Statement<'a>,
    ahead: Option<Ahead>,
}

/// All that a batch of records will ask for, found with a few statements.
#[derive(Default)]
pub(super) struct Ahead {
    /// By kind and half of the hash, the latest first.
    pub(super) by_mark: HashMap<(i64, i64), Vec<CreatedRecord>>,
    /// The persons that each of these records is of.
    pub(super) persons: HashMap<i64, Vec<u8>>,
}

impl<'a> Created<'a> {
    pub(super) fn prepare(store: &'a Store) -> Result<Self> {
        Ok(Created {
            by_mark: store.prepare(
                "SELECT records.id, contact_id, identity, key FROM marks CROSS JOIN records ON records.id = marks.record
                 WHERE service = ? AND kind = ? AND mark = ? ORDER BY marks.record DESC",
            )?,
            persons_of: store.prepare("SELECT persons FROM contents WHERE record = ?")?,
            ahead: None,
        })
    }

    /// From now on only what was found ahead is known.
    pub(super) fn know(&mut self, ahead: Ahead) {
        self.ahead = Some(ahead);
    }

    /// The latest contact that stands for the same: of the same identity, else of the same key. Equal content under two
    /// different keys is two contacts.
    pub(super) fn find(&mut self, same: &Same) -> Result<Option<CreatedRecord>> {
        let by_identity = self.first(same.service, Kind::Identity, &same.identity, |found| {
            found.identity == same.identity
                && (found.key.is_none() || same.key.is_none() || found.key == same.key)
        })?;
        match &same.key {
            Some(key) if by_identity.is_none() => {
                self.first(same.service, Kind::Key, key, |found| found.key == same.key)
            }
            _ => Ok(by_identity),
        }
    }

    /// The latest contact of this key.
    pub(super) fn of_key(&mut self, service: i64, key: &Hash) -> Result<Option<CreatedRecord>> {
        self.first(service, Kind::Key, key, |found| found.key == Some(*key))
    }

    /// Whether a contact with this content was created.
    pub(super) fn has(&mut self, service: i64, identity: &Hash) -> Result<bool> {
        let same = |found: &CreatedRecord| found.identity == *identity;
        let found = self.first(service, Kind::Identity, identity, same)?;
        Ok(found.is_some())
    }

    /// The latest contact of one of these persons that `is_it` takes.
    pub(super) fn of_persons(
        &mut self,
        service: i64,
        persons: &[Hash],
        is_it: impl Fn(&CreatedRecord) -> bool,
    ) -> Result<Option<CreatedRecord>> {
        for person in persons {
            let (kind, mark) = (Kind::Person as i64, half(person));
            if let Some(ahead) = &self.ahead {
                let found = ahead.by_mark.get(&(kind, mark)).into_iter().flatten();
                let mut found = found.filter(|one| is_it(one) && ahead.is_of(one.record, person));
                match found.next() {
                    Some(found) => return Ok(Some(found.clone())),
                    None => continue,
                }
            }
            let found = self.by_mark.find(params![service, kind, mark], |row| {
                let found = created_record(row)?;
                // The mark has half of the hash; it decides what is created, so the whole of it counts.
                let is_it = is_it(&found) && holds(&mut self.persons_of, found.record, person)?;
                Ok(is_it.then_some(found))
            })?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    fn first(
        &mut self,
        service: i64,
        kind: Kind,
        hash: &Hash,
        is_it: impl Fn(&CreatedRecord) -> bool,
    ) -> Result<Option<CreatedRecord>> {
        let (kind, mark) = (kind as i64, half(hash));
        if let Some(ahead) = &self.ahead {
            let found = ahead.by_mark.get(&(kind, mark)).into_iter().flatten();
            let mut found = found.filter(|one| is_it(one));
            return Ok(found.next().cloned());
        }
        self.by_mark.find(params![service, kind, mark], |row| {
            let found = created_record(row)?;
            Ok(is_it(&found).then_some(found))
        })
    }
}

impl Ahead {
    fn is_of(&self, record: i64, person: &Hash) -> bool {
        let persons = self.persons.get(&record);
        persons.is_some_and(|persons| persons.as_chunks().0.contains(person))
    }
}

pub(super) fn same(store: &Store, record: RecordId) -> Result<Same> {
    store.row(
        "SELECT service, identity, key FROM records JOIN runs ON runs.id = ?2 WHERE records.id = ?1",
        params![record.0, record.run()],
        |row| {
            Ok(Same {
                service: row.get(0)?,
                identity: row.get(1)?,
                key: row.get(2)?,
            })
        },
    )
}

/// A step changes one record, or it does not fit.
pub(super) fn one(changed: usize) -> Result<()> {
    match changed {
        1 => Ok(()),
        other => Err(StoreError::Misfit(other)),
    }
}

/// Makes a created record known to all that ask later.
pub(super) fn mark(store: &Store, record: RecordId, same: &Same, persons: &[u8]) -> Result<()> {
    let mut insert = store.prepare(
        "INSERT INTO marks (service, kind, mark, record) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )?;
    let mut insert = |kind: Kind, hash: &Hash| {
        insert.execute(params![same.service, kind as i64, half(hash), record.0])
    };
    insert(Kind::Identity, &same.identity)?;
    if let Some(key) = &same.key {
        insert(Kind::Key, key)?;
    }
    for person in persons.as_chunks().0 {
        insert(Kind::Person, person)?;
    }
    Ok(())
}

/// Whether a contact of this key or, without one, of one of these persons was created at a service.
pub(super) fn knows(
    store: &Store,
    base_url: &str,
    account: &str,
    key: Option<&Hash>,
    persons: &[Hash],
) -> Result<bool> {
    let service: Option<i64> = store.optional(
        "SELECT id FROM services WHERE base_url = ? AND account = ?",
        params![base_url, account],
        |row| row.get(0),
    )?;
    let Some(service) = service else {
        return Ok(false);
    };
    let mut created = Created::prepare(store)?;
    if let Some(key) = key
        && created
            .first(service, Kind::Key, key, |found| found.key == Some(*key))?
            .is_some()
    {
        return Ok(true);
    }
    let without_key = |found: &CreatedRecord| key.is_none() || found.key.is_none();
    Ok(created.of_persons(service, persons, without_key)?.is_some())
}

/// Makes a contact unknown to all that ask later: whatever was known of it by the record that it was created for, and by those
/// that it was updated for.
pub(super) fn forget(store: &Store, service: i64, contact_id: &str) -> Result<()> {
    let holders: Vec<i64> = store.rows(
        "SELECT records.id FROM records INDEXED BY records_contact JOIN runs ON runs.id = records.id >> 32
         WHERE contact_id = ?1 AND records.state = 'created' AND service = ?2
         UNION SELECT record FROM changes JOIN runs ON runs.id = record >> 32
         WHERE contact_id = ?1 AND outcome = 'updated' AND service = ?2
         UNION SELECT record FROM found WHERE contact_id = ?1 AND service = ?2",
        params![contact_id, service],
        |row| row.get(0),
    )?;
    for record in holders {
        unmark(store, service, record)?;
    }
    Ok(())
}

/// Takes the marks of one record away.
pub(super) fn unmark(store: &Store, service: i64, record: i64) -> Result<()> {
    let (identity, key, persons): (Option<Hash>, Option<Hash>, Option<Vec<u8>>) = store.row(
        "SELECT identity, key, persons FROM records LEFT JOIN contents ON contents.record = records.id
         WHERE records.id = ?",
        params![record],
        |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        },
    )?;
    let mut delete = store
        .prepare("DELETE FROM marks WHERE service = ? AND kind = ? AND mark = ? AND record = ?")?;
    let persons = persons.unwrap_or_default();
    let marks = (identity.iter().map(|hash| (Kind::Identity, hash)))
        .chain(key.iter().map(|hash| (Kind::Key, hash)))
        .chain(
            persons
                .as_chunks()
                .0
                .iter()
                .map(|hash| (Kind::Person, hash)),
        );
    for (kind, hash) in marks {
        delete.execute(params![service, kind as i64, half(hash), record])?;
    }
    Ok(())
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
) -> Result<Option<i64>> {
    store.optional(
        "SELECT records.id FROM records INDEXED BY records_contact JOIN runs ON runs.id = records.id >> 32
              JOIN services ON services.id = service
         WHERE contact_id = ?1 AND records.state = 'created' AND undone_at IS NULL
           AND (service = ?2 OR ?3 AND base_url = (SELECT base_url FROM services WHERE id = ?2))
         UNION ALL
         SELECT record FROM found JOIN services ON services.id = service
         WHERE contact_id = ?1 AND adopted_at IS NOT NULL
           AND (service = ?2 OR ?3 AND base_url = (SELECT base_url FROM services WHERE id = ?2)) LIMIT 1",
        params![contact_id, service, within == Within::BaseUrl],
        |row| row.get(0),
    )
}

/// Whether a record is of this person.
fn holds(persons_of: &mut Statement<'_>, record: i64, person: &Hash) -> Result<bool> {
    let holds = persons_of.optional(params![record], |row| {
        let persons = row.value(0)?.blob().unwrap_or_default();
        Ok(persons.as_chunks().0.contains(person))
    })?;
    Ok(holds.unwrap_or(false))
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
