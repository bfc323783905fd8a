//! What was created, found again by identity, key, person and contact.

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};

use super::record::{Hash, RecordId};

/// What makes two records stand for the same contact.
pub(super) struct Same {
    pub(super) service: i64,
    pub(super) identity: Hash,
    pub(super) key: Option<Hash>,
}

/// A contact that was created for a record.
pub(super) struct CreatedRecord {
    pub(super) record: i64,
    pub(super) contact_id: String,
    pub(super) identity: Hash,
    pub(super) key: Option<Hash>,
}

/// What a mark is of.
#[derive(Clone, Copy)]
enum Kind {
    Identity = 0,
    Key = 1,
    Person = 2,
}

/// Finds what was created, with statements prepared once for many.
pub(super) struct Created<'a> {
    by_mark: CachedStatement<'a>,
    persons_of: CachedStatement<'a>,
}

impl<'a> Created<'a> {
    pub(super) fn prepare(connection: &'a Connection) -> rusqlite::Result<Self> {
        Ok(Created {
            by_mark: connection.prepare_cached(
                "SELECT records.id, contact_id, identity, key FROM marks CROSS JOIN records ON records.id = marks.record
                 WHERE service = ? AND kind = ? AND mark = ? ORDER BY marks.record DESC",
            )?,
            persons_of: connection.prepare_cached("SELECT persons FROM contents WHERE record = ?")?,
        })
    }

    /// The latest contact that stands for the same: of the same identity, else of the same key. Equal content under two
    /// different keys is two contacts.
    pub(super) fn find(&mut self, same: &Same) -> rusqlite::Result<Option<CreatedRecord>> {
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

    /// Whether a contact with this content was created.
    pub(super) fn has(&mut self, service: i64, identity: &Hash) -> rusqlite::Result<bool> {
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
    ) -> rusqlite::Result<Option<CreatedRecord>> {
        for person in persons {
            let mut rows =
                self.by_mark
                    .query(params![service, Kind::Person as i64, half(person)])?;
            while let Some(row) = rows.next()? {
                let found = created_record(row)?;
                // The mark has half of the hash; it decides what is created, so the whole of it counts.
                if is_it(&found) && holds(&mut self.persons_of, found.record, person)? {
                    return Ok(Some(found));
                }
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
    ) -> rusqlite::Result<Option<CreatedRecord>> {
        let mut rows = self
            .by_mark
            .query(params![service, kind as i64, half(hash)])?;
        while let Some(row) = rows.next()? {
            let found = created_record(row)?;
            if is_it(&found) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

pub(super) fn same(connection: &Connection, record: RecordId) -> rusqlite::Result<Same> {
    connection
        .prepare_cached(
            "SELECT service, identity, key FROM records JOIN runs ON runs.id = ?2 WHERE records.id = ?1",
        )?
        .query_row([record.0, record.run()], |row| {
            Ok(Same {
                service: row.get(0)?,
                identity: row.get(1)?,
                key: row.get(2)?,
            })
        })
}

/// A step changes one record, or it does not fit.
pub(super) fn one(changed: usize) -> rusqlite::Result<()> {
    match changed {
        1 => Ok(()),
        other => Err(rusqlite::Error::StatementChangedRows(other)),
    }
}

/// Makes a created record known to all that ask later.
pub(super) fn mark(
    connection: &Connection,
    record: RecordId,
    same: &Same,
    persons: &[u8],
) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO marks (service, kind, mark, record) VALUES (?, ?, ?, ?)",
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
    connection: &Connection,
    base_url: &str,
    account: &str,
    key: Option<&Hash>,
    persons: &[Hash],
) -> rusqlite::Result<bool> {
    let service: Option<i64> = connection
        .prepare_cached("SELECT id FROM services WHERE base_url = ? AND account = ?")?
        .query_row(params![base_url, account], |row| row.get(0))
        .optional()?;
    let Some(service) = service else {
        return Ok(false);
    };
    let mut created = Created::prepare(connection)?;
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
pub(super) fn forget(
    connection: &Connection,
    service: i64,
    contact_id: &str,
) -> rusqlite::Result<()> {
    let mut holders = connection.prepare_cached(
        "SELECT records.id FROM records INDEXED BY records_contact JOIN runs ON runs.id = records.id >> 32
         WHERE contact_id = ?1 AND records.state = 'created' AND service = ?2
         UNION SELECT record FROM changes JOIN runs ON runs.id = record >> 32
         WHERE contact_id = ?1 AND outcome = 'updated' AND service = ?2",
    )?;
    let holders: Vec<i64> = holders
        .query_map(params![contact_id, service], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for record in holders {
        unmark(connection, service, record)?;
    }
    Ok(())
}

/// Takes the marks of one record away.
pub(super) fn unmark(connection: &Connection, service: i64, record: i64) -> rusqlite::Result<()> {
    let (identity, key, persons): (Option<Hash>, Option<Hash>, Option<Vec<u8>>) = connection
        .prepare_cached(
            "SELECT identity, key, persons FROM records LEFT JOIN contents ON contents.record = records.id
             WHERE records.id = ?",
        )?
        .query_row([record], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    let mut delete = connection.prepare_cached(
        "DELETE FROM marks WHERE service = ? AND kind = ? AND mark = ? AND record = ?",
    )?;
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

/// The record that a contact was created for.
pub(super) fn owner(
    connection: &Connection,
    service: i64,
    contact_id: &str,
    within: Within,
) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached(
            "SELECT records.id FROM records INDEXED BY records_contact JOIN runs ON runs.id = records.id >> 32
                  JOIN services ON services.id = service
             WHERE contact_id = ?1 AND records.state = 'created' AND undone_at IS NULL
               AND (service = ?2 OR ?3 AND base_url = (SELECT base_url FROM services WHERE id = ?2)) LIMIT 1",
        )?
        .query_row(
            params![contact_id, service, within == Within::BaseUrl],
            |row| row.get(0),
        )
        .optional()
}

/// Whether a record is of this person.
fn holds(
    persons_of: &mut CachedStatement<'_>,
    record: i64,
    person: &Hash,
) -> rusqlite::Result<bool> {
    let persons: Option<Option<Vec<u8>>> = persons_of
        .query_row([record], |row| row.get(0))
        .optional()?;
    let persons = persons.flatten().unwrap_or_default();
    Ok(persons.as_chunks().0.contains(person))
}

/// Half of a hash, as an integer.
pub(super) fn half(hash: &Hash) -> i64 {
    let (half, _) = hash.split_first_chunk().expect("it has sixteen bytes");
    i64::from_be_bytes(*half)
}

pub(super) fn created_record(row: &Row<'_>) -> rusqlite::Result<CreatedRecord> {
    Ok(CreatedRecord {
        record: row.get(0)?,
        contact_id: row.get(1)?,
        identity: row.get(2)?,
        key: row.get(3)?,
    })
}
