//! Records known again by their bytes.
//!
//! A newer version may map a record otherwise, and then neither its identity nor its key nor its persons are what they were.
//! Its bytes and the header of its source are, so a record of the same bytes has its contact already.

use std::collections::{BTreeMap, HashMap};

use rusqlite::params;
use serde::Deserialize;
use xxhash_rust::xxh3::Xxh3;

use super::marks::{CreatedRecord, created_record, half, mark};
use super::record::{Hash, RecordId, RunId};
use super::run::service_of;
use super::store::{Result, Store, hashes};

/// The hash of a record's bytes and its source's header; `None` if its bytes are not at hand. What ends a line does not count.
pub(super) fn hash(header: &[u8], raw: &[u8]) -> Option<Hash> {
    let raw = without_line_end(raw);
    if raw.is_empty() {
        return None;
    }
    let header = without_line_end(header.strip_prefix(b"\xef\xbb\xbf").unwrap_or(header));
    let mut hasher = Xxh3::new();
    hasher.update(&(header.len() as u64).to_be_bytes());
    hasher.update(header);
    hasher.update(raw);
    Some(hasher.digest128().to_be_bytes())
}

/// In UTF-16, a line ends in NUL bytes, too.
pub(super) fn without_line_end(mut bytes: &[u8]) -> &[u8] {
    while let [rest @ .., b'\r' | b'\n' | 0] = bytes {
        bytes = rest;
    }
    bytes
}

/// Makes a record's contact known by the record's content and bytes.
pub(super) fn mark_record(store: &Store, record: RecordId) -> Result<()> {
    let service = service_of(store, record.run())?;
    mark(store, service, record.0)?;
    let select = "SELECT bytes FROM records WHERE id = ?";
    let hash: Option<Hash> = store.row(select, params![record.0], |row| row.get(0))?;
    if let Some(hash) = hash {
        store.execute(REMEMBER, params![service, hash, record.0, false])?;
    }
    Ok(())
}

/// A contact that a record of the same bytes has.
pub(super) struct SameBytes {
    pub(super) created: CreatedRecord,
    /// Whether that record had other content than the contact.
    pub(super) differed: bool,
}

/// The contacts of records with these bytes.
pub(super) fn look_up<'a>(
    store: &Store,
    service: i64,
    all: impl Iterator<Item = &'a Hash>,
) -> Result<HashMap<Hash, SameBytes>> {
    let select = "SELECT records.id, contact_id, identity, key, bytes.differed, bytes.hash
         FROM bytes CROSS JOIN records ON records.id = bytes.record
         WHERE service = ?1 AND hash IN (SELECT unhex(value) FROM json_each(?2))";
    store.rows(select, params![service, hashes(all)], |row| {
        let (created, differed) = (created_record(row)?, row.get(4)?);
        Ok((row.get(5)?, SameBytes { created, differed }))
    })
}

/// Whether another run was another version's, with settings that are not known to differ: then other content of the same bytes is not
/// to be brought up to date.
pub(super) fn is_upgrade(store: &Store, own: RunId, other: RunId) -> Result<bool> {
    let settings = |run: RunId| -> Result<Settings> {
        let select = "SELECT settings FROM runs WHERE id = ?";
        let json: String = store.row(select, params![run.0], |row| row.get(0))?;
        Ok(serde_json::from_str(&json).unwrap_or_default())
    };
    let (own, other) = (settings(own)?, settings(other)?);
    Ok(own.version != other.version && (other.reading.is_none() || own.reading == other.reading))
}

const REMEMBER: &str =
    "INSERT INTO bytes (service, hash, record, differed) VALUES (?, ?, ?, ?)
     ON CONFLICT (service, hash) DO UPDATE SET record = excluded.record, differed = excluded.differed";

/// Has records of these bytes known by contacts that were found otherwise: those of these records, and whether they differ from them.
pub(super) fn remember_all(
    store: &Store,
    service: i64,
    new: &BTreeMap<Hash, (i64, bool)>,
) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let delete =
        "DELETE FROM bytes WHERE service = ?1 AND hash IN (SELECT unhex(value) FROM json_each(?2))";
    store.execute(delete, params![service, hashes(new.keys())])?;
    let mut insert = store.insert("bytes", "service, hash, record, differed")?;
    for (hash, (record, differed)) in new {
        insert.add(params![service, hash, record, differed])?;
    }
    insert.finish()
}

/// What runs are compared by.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Settings {
    /// The version of cardlift; earlier ones than 0.2 noted none.
    version: Option<String>,
    /// Hashes of all settings that say how a record is mapped, by their names.
    reading: Option<BTreeMap<String, String>>,
}

/// So many records are read at once when an older ledger is migrated.
const STEP: u32 = 10_000;

/// Hashes the bytes of the records that have a contact, or may have one, in a ledger of an older version. Of records that the
/// ledger does not hold the bytes of, nothing is known.
pub(super) fn migrate(store: &Store) -> Result<()> {
    let select = "SELECT records.id, CASE WHEN records.state = 'exists' THEN origin END, service, header, raw, identity
         FROM records JOIN contents ON contents.record = records.id JOIN runs ON runs.id = records.id >> 32
              JOIN sources ON sources.run = runs.id AND sources.number = records.source
         WHERE records.id > ?1 AND records.state IN ('created', 'sending', 'unknown', 'exists')
           AND length(raw) > 0 AND identity IS NOT NULL
         ORDER BY records.id LIMIT ?2";
    let update = "UPDATE records SET bytes = ? WHERE id = ?";
    let marked = "SELECT 1 FROM marks WHERE service = ? AND kind = 0 AND mark = ? AND record = ?";
    let mut after = i64::MIN;
    loop {
        type Old = (i64, Option<i64>, i64, Option<Hash>, Hash);
        let rows: Vec<Old> = store.rows(select, params![after, STEP], |row| {
            let hash = hash(row.bytes(3)?, row.bytes(4)?);
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, hash, row.get(5)?))
        })?;
        let Some((last, ..)) = rows.last() else {
            return Ok(());
        };
        after = *last;
        for (record, origin, service, hash, identity) in rows {
            let Some(hash) = hash else { continue };
            store.execute(update, params![hash, record])?;
            let values = params![service, half(&identity), record];
            let (record, differs) = match (store.optional(marked, values, |_| Ok(()))?, origin) {
                (Some(()), _) => (record, false),
                // Its content was not that of the contact, which it has by its key or person.
                (None, Some(origin)) => (origin, true),
                (None, None) => continue,
            };
            store.execute(REMEMBER, params![service, hash, record, differs])?;
        }
    }
}
