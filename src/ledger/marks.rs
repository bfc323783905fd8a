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
    key: Option<Hash>,
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
    by_person: CachedStatement<'a>,
}

impl<'a> Created<'a> {
    pub(super) fn prepare(connection: &'a Connection) -> rusqlite::Result<Self> {
        Ok(Created {
            by_mark: connection.prepare_cached(
                "SELECT records.id, contact_id, identity, key FROM marks CROSS JOIN records ON records.id = marks.record
                 WHERE service = ? AND kind = ? AND mark = ? ORDER BY marks.record DESC",
            )?,
            by_person: connection.prepare_cached(
                "SELECT contact_id FROM marks CROSS JOIN records ON records.id = marks.record
                 WHERE service = ? AND kind = ? AND mark = ? ORDER BY marks.record DESC LIMIT 1",
            )?,
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

    /// The latest contact of one of these persons. Half a hash is enough here: it is only ever mentioned.
    pub(super) fn of_persons(
        &mut self,
        service: i64,
        persons: &[Hash],
    ) -> rusqlite::Result<Option<String>> {
        for person in persons {
            let found = self
                .by_person
                .query_row(params![service, Kind::Person as i64, half(person)], |row| {
                    row.get(0)
                })
                .optional()?;
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

/// The record that a contact was created for, for whichever account: those of one base URL may be one company's, and then
/// an equal contact of the other account's is not this one's.
pub(super) fn owner(
    connection: &Connection,
    service: i64,
    contact_id: &str,
) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached(
            "SELECT records.id FROM records INDEXED BY records_contact JOIN runs ON runs.id = records.id >> 32
                  JOIN services ON services.id = service
             WHERE contact_id = ? AND records.state = 'created'
               AND base_url = (SELECT base_url FROM services WHERE id = ?) LIMIT 1",
        )?
        .query_row(params![contact_id, service], |row| row.get(0))
        .optional()
}

/// Half of a hash, as an integer.
fn half(hash: &Hash) -> i64 {
    let (half, _) = hash.split_first_chunk().expect("it has sixteen bytes");
    i64::from_be_bytes(*half)
}

fn created_record(row: &Row<'_>) -> rusqlite::Result<CreatedRecord> {
    Ok(CreatedRecord {
        record: row.get(0)?,
        contact_id: row.get(1)?,
        identity: row.get(2)?,
        key: row.get(3)?,
    })
}
