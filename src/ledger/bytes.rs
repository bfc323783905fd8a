//! Records known again by their bytes.
//!
//! A newer version may map a record otherwise, and then neither its identity nor its key nor its persons are what they were.
//! Its bytes and the header of its source are, so a record of the same bytes has its contact already.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use xxhash_rust::xxh3::Xxh3;

use super::marks::{CreatedRecord, created_record, half, mark, same};
use super::record::{Hash, RecordId, RunId};
use super::store::{Result, Statement, Store, Value, params};

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
    let same = same(store, record)?;
    let persons: Option<Vec<u8>> = store.row(
        "SELECT persons FROM contents WHERE record = ?",
        params![record.0],
        |row| row.get(0),
    )?;
    mark(store, record, &same, &persons.unwrap_or_default())?;
    remember(store, same.service, record)
}

/// A contact that a record of the same bytes has.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) created: CreatedRecord,
    /// Whether that record had other content than the contact.
    pub(super) differed: bool,
}

/// Finds contacts by the bytes of records, with statements prepared once for many.
pub(super) struct Bytes<'a> {
    find: Statement<'a>,
    is_marked: Statement<'a>,
    remember: Statement<'a>,
    header: Statement<'a>,
    settings: Statement<'a>,
    run: RunId,
    headers: HashMap<u32, Vec<u8>>,
    upgrades: HashMap<i64, bool>,
    ahead: Option<Ahead<'a>>,
}

/// What a batch of records will ask for, and what it has found out.
struct Ahead<'a> {
    store: &'a Store,
    service: i64,
    known: HashMap<Hash, Known>,
    new: BTreeMap<Hash, (i64, bool)>,
}

impl<'a> Bytes<'a> {
    pub(super) fn prepare(store: &'a Store, run: RunId) -> Result<Self> {
        Ok(Bytes {
            find: store.prepare(
                "SELECT records.id, contact_id, identity, key, bytes.differed
                 FROM bytes CROSS JOIN records ON records.id = bytes.record WHERE service = ? AND hash = ?",
            )?,
            is_marked: store.prepare(
                "SELECT 1 FROM marks WHERE service = ? AND kind = 0 AND mark = ? AND record = ?",
            )?,
            remember: store.prepare(REMEMBER)?,
            header: store
                .prepare("SELECT header FROM sources WHERE run = ? AND number = ?")?,
            settings: store.prepare("SELECT settings FROM runs WHERE id = ?")?,
            run,
            headers: HashMap::new(),
            upgrades: HashMap::new(),
            ahead: None,
        })
    }

    /// From now on only these are known, whose contacts still are.
    pub(super) fn know(&mut self, store: &'a Store, service: i64, known: HashMap<Hash, Known>) {
        self.ahead = Some(Ahead {
            store,
            service,
            known,
            new: BTreeMap::new(),
        });
    }

    /// Writes what was found out.
    pub(super) fn finish(self) -> Result<()> {
        match self.ahead {
            Some(ahead) if !ahead.new.is_empty() => ahead.write(),
            _ => Ok(()),
        }
    }

    /// The hash of a record of the run.
    pub(super) fn hash(&mut self, source: u32, raw: &[u8]) -> Result<Option<Hash>> {
        if let Some(header) = self.headers.get(&source) {
            return Ok(hash(header, raw));
        }
        let header = self
            .header
            .optional(params![self.run.0, source], |row| row.get(0));
        let header: Vec<u8> = header?.unwrap_or_default();
        let hash = hash(&header, raw);
        self.headers.insert(source, header);
        Ok(hash)
    }

    pub(super) fn find(&mut self, service: i64, hash: &Hash) -> Result<Option<Known>> {
        if let Some(ahead) = &self.ahead {
            return Ok(ahead.known.get(hash).cloned());
        }
        let known = self.find.optional(params![service, hash], |row| {
            Ok(Known {
                created: created_record(row)?,
                differed: row.get(4)?,
            })
        });
        let Some(known) = known? else {
            return Ok(None);
        };
        // A contact that was deleted again or brought up to date is not known by this any more.
        let created = &known.created;
        let mark = half(&created.identity);
        let is_marked =
            (self.is_marked).optional(params![service, mark, created.record], |_| Ok(()))?;
        Ok(is_marked.map(|()| known))
    }

    /// Has a record of these bytes known by a contact that was found otherwise.
    pub(super) fn remember(
        &mut self,
        service: i64,
        hash: &Hash,
        found: &CreatedRecord,
        differs: bool,
    ) -> Result<()> {
        if let Some(ahead) = &mut self.ahead {
            let (created, differed) = (found.clone(), differs);
            ahead.known.insert(*hash, Known { created, differed });
            ahead.new.insert(*hash, (found.record, differs));
            return Ok(());
        }
        let entry = params![service, hash, found.record, differs];
        self.remember.execute(entry).map(drop)
    }

    /// Whether another identity of the same bytes means other content. It does not if only cardlift has changed: then nothing
    /// is to be brought up to date.
    pub(super) fn has_changed(&mut self, known: &Known, identity: &Hash) -> Result<bool> {
        if known.created.identity == *identity {
            return Ok(false);
        }
        let run = RecordId(known.created.record).run();
        Ok(known.differed || !self.is_upgrade(run)?)
    }

    /// Whether a run was another version's, with settings that are not known to differ.
    fn is_upgrade(&mut self, run: i64) -> Result<bool> {
        if let Some(is_upgrade) = self.upgrades.get(&run) {
            return Ok(*is_upgrade);
        }
        let mut settings = |run: i64| -> Result<Settings> {
            let json: String = self.settings.row(params![run], |row| row.get(0))?;
            Ok(serde_json::from_str(&json).unwrap_or_default())
        };
        let (own, other) = (settings(self.run.0)?, settings(run)?);
        let is_upgrade = own.version != other.version
            && (other.reading.is_none() || own.reading == other.reading);
        self.upgrades.insert(run, is_upgrade);
        Ok(is_upgrade)
    }
}

impl Ahead<'_> {
    fn write(&self) -> Result<()> {
        let hashes: Vec<&[u8]> = self.new.keys().map(Hash::as_slice).collect();
        let (records, differed): (Vec<i64>, Vec<i64>) = (self.new.values())
            .map(|(record, differs)| (*record, i64::from(*differs)))
            .unzip();
        self.store
            .execute(
                "INSERT INTO bytes (service, hash, record, differed)
                 SELECT ?1, hash, record, differed
                 FROM unnest(?2::bytea[], ?3::bigint[], ?4::bigint[]) AS new (hash, record, differed)
                 ON CONFLICT (service, hash) DO UPDATE SET record = excluded.record, differed = excluded.differed",
                &[
                    Value::Integer(self.service),
                    Value::Blobs(&hashes),
                    Value::Integers(&records),
                    Value::Integers(&differed),
                ],
            )
            .map(drop)
    }
}

const REMEMBER: &str =
    "INSERT INTO bytes (service, hash, record, differed) VALUES (?, ?, ?, ?)
     ON CONFLICT (service, hash) DO UPDATE SET record = excluded.record, differed = excluded.differed";

/// What runs are compared by.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Settings {
    /// The version of cardlift; earlier ones than 0.2 noted none.
    version: Option<String>,
    /// Hashes of all settings that say how a record is mapped, by their names.
    reading: Option<BTreeMap<String, String>>,
}

/// Has the bytes of a record known by its contact, which is marked.
pub(super) fn remember(store: &Store, service: i64, record: RecordId) -> Result<()> {
    let hash: Option<Hash> = store.row(
        "SELECT bytes FROM records WHERE id = ?",
        params![record.0],
        |row| row.get(0),
    )?;
    if let Some(hash) = hash {
        let entry = params![service, hash, record.0, false];
        store.execute(REMEMBER, entry)?;
    }
    Ok(())
}

/// So many records are read at once when an older ledger is migrated.
const STEP: usize = 10_000;

/// Hashes the bytes of the records that have a contact, or may have one, in a ledger of an older version. Of records that the
/// ledger does not hold the bytes of, nothing is known.
pub(super) fn migrate(store: &Store) -> Result<()> {
    let mut read = store.prepare(
        "SELECT records.id, records.state, origin, service, raw, header, identity
         FROM records JOIN contents ON contents.record = records.id JOIN runs ON runs.id = records.id >> 32
              JOIN sources ON sources.run = runs.id AND sources.number = records.source
         WHERE records.id > ?1 AND records.state IN ('created', 'sending', 'unknown', 'exists')
           AND length(raw) > 0 AND identity IS NOT NULL
         ORDER BY records.id LIMIT ?2",
    )?;
    let mut after = i64::MIN;
    loop {
        let rows: Vec<_> = read.rows(params![after, STEP as i64], |row| {
            let (raw, header): (Vec<u8>, Vec<u8>) = (row.get(4)?, row.get(5)?);
            Ok(Old {
                record: row.get(0)?,
                state: row.get(1)?,
                origin: row.get(2)?,
                service: row.get(3)?,
                hash: hash(&header, &raw),
                identity: row.get(6)?,
            })
        })?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.record;
        for row in &rows {
            row.note(store)?;
        }
    }
}

/// A record of an older ledger.
struct Old {
    record: i64,
    state: String,
    origin: Option<i64>,
    service: i64,
    hash: Option<Hash>,
    identity: Hash,
}

impl Old {
    fn note(&self, store: &Store) -> Result<()> {
        let Some(hash) = self.hash else {
            return Ok(());
        };
        store.execute(
            "UPDATE records SET bytes = ? WHERE id = ?",
            params![hash, self.record],
        )?;
        let is_marked = store
            .optional(
                "SELECT 1 FROM marks WHERE service = ? AND kind = 0 AND mark = ? AND record = ?",
                params![self.service, half(&self.identity), self.record],
                |_| Ok(()),
            )?
            .is_some();
        let (record, differs) = match self.origin {
            _ if is_marked => (self.record, false),
            // Its content was not that of the contact, which it has by its key or person.
            Some(origin) if self.state == "exists" => (origin, true),
            _ => return Ok(()),
        };
        store.execute(REMEMBER, params![self.service, hash, record, differs])?;
        Ok(())
    }
}
