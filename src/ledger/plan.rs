//! Planning: checked records go in, and what earlier runs know of them decides their state.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::params;

use super::bytes::{self, SameBytes};
use super::marks::{Created, CreatedRecord, Kind, created_record};
use super::record::{CheckVerdict, Hash, PlannedRecord, RecordId, RunId, State};
use super::run::service_of;
use super::store::{Insert, Result, Store, list};
use super::{Ledger, LedgerError};

impl Ledger {
    /// Takes the next records of a run's input, in input order; the first of a run has the number 1. Hand them over in
    /// batches of a few thousand: each call is one transaction.
    ///
    /// A valid record whose bytes, identity or key were created at this service is `exists`; one whose bytes, identity or key an
    /// earlier run left `unknown` is `held` until that is resolved; else it is `planned`. Without a key on either side, the same
    /// person counts as the same contact with other content.
    pub fn plan(&mut self, run: RunId, records: &[PlannedRecord]) -> Result<(), LedgerError> {
        // Nothing leaves before the plan is complete, so a crash may take these commits; see `plan_is_complete`.
        let synced = self.store.set_synced(false);
        synced.map_err(self.failed("planning"))?;
        self.transact("planning", "plan", |store| insert_all(store, run, records))
    }

    /// Ends the planning of a run: the whole plan is on the disk when this returns.
    pub fn plan_is_complete(&mut self, run: RunId) -> Result<(), LedgerError> {
        let synced = self.store.set_synced(true);
        synced.map_err(self.failed("planning"))?;
        self.transact("planning", "ready", |store| {
            let ready = "UPDATE runs SET state = 'ready' WHERE id = ?";
            store.execute(ready, params![run.0]).map(drop)
        })
    }
}

/// What the records of a batch may ask for, and where they go.
struct Planner<'a> {
    store: &'a Store,
    run: RunId,
    service: i64,
    open: Created,
    open_by_bytes: HashMap<Hash, i64>,
    created: Created,
    by_bytes: HashMap<Hash, SameBytes>,
    /// Contacts that somebody else made, without a record that has adopted them.
    foreign: HashSet<String>,
    /// What records are known by later whose contact was found otherwise than by their bytes.
    new_bytes: BTreeMap<Hash, (i64, bool)>,
    /// Whether these runs were another version's.
    upgrades: HashMap<RunId, bool>,
    records: Insert<'a>,
    contents: Insert<'a>,
}

/// What the ledger makes of a record, beside what it is told.
#[derive(Default)]
struct Decision {
    state: State,
    contact_id: Option<String>,
    origin: Option<i64>,
    changed: bool,
    /// Whether somebody else made the contact, and it is not adopted.
    foreign: bool,
}

fn insert_all(store: &Store, run: RunId, records: &[PlannedRecord]) -> Result<()> {
    let hashes = hashes_of(store, run, records)?;
    let mut planner = look_up(store, run, records, &hashes)?;
    let mut seq = last_seq(store, run)?;
    for (record, bytes) in records.iter().zip(&hashes) {
        seq += 1;
        let mut decision = planner.decide(record, bytes.as_ref())?;
        let contact_id = decision.contact_id.as_ref();
        if contact_id.is_some_and(|contact_id| planner.foreign.contains(contact_id)) {
            // What it differs in is found by comparing it with the contact, not with an earlier record.
            (decision.changed, decision.foreign) = (false, true);
        }
        planner.insert(RecordId::new(run.0, seq), record, decision, bytes.as_ref())?;
    }
    planner.finish()
}

/// What the bytes of valid records are known by later, if they get a contact.
fn hashes_of(store: &Store, run: RunId, records: &[PlannedRecord]) -> Result<Vec<Option<Hash>>> {
    let select = "SELECT number, header FROM sources WHERE run = ?";
    let headers: HashMap<u32, Vec<u8>> =
        store.rows(select, params![run.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let hashes = records.iter().map(|record| {
        let header = headers.get(&record.source).map_or(&[][..], Vec::as_slice);
        match record.verdict {
            CheckVerdict::Valid(_) => bytes::hash(header, &record.raw),
            _ => None,
        }
    });
    Ok(hashes.collect())
}

/// Has everything at hand that planning these records asks for.
fn look_up<'a>(
    store: &'a Store,
    run: RunId,
    records: &[PlannedRecord],
    hashes: &[Option<Hash>],
) -> Result<Planner<'a>> {
    let service = service_of(store, run)?;
    let select = "SELECT 1 FROM marks WHERE service = ? LIMIT 1";
    let known: Option<i64> = store.optional(select, params![service], |row| row.get(0))?;
    // At a service that has nothing of ours there is nothing to look up.
    let (records, hashes) = match known {
        Some(_) => (records, hashes),
        None => (&[][..], &[][..]),
    };
    let mut by_bytes = bytes::look_up(store, service, hashes.iter().flatten())?;
    let mut created = Created::default();
    let identities = by_bytes.values().map(|same| &same.created.identity);
    created.look_up(store, service, Kind::Identity, identities)?;
    // A contact that was deleted again or brought up to date is not known by its bytes any more.
    by_bytes.retain(|_, same| created.is_marked(&same.created));
    let (mut identities, mut keys, mut persons) = (Vec::new(), Vec::new(), Vec::new());
    for (record, hash) in records.iter().zip(hashes) {
        if let CheckVerdict::Valid(valid) = &record.verdict
            && hash.is_none_or(|hash| !by_bytes.contains_key(&hash))
        {
            identities.push(&valid.identity);
            keys.extend(&record.key);
            persons.extend(&valid.person_keys);
        }
    }
    created.look_up(store, service, Kind::Identity, identities.into_iter())?;
    created.look_up(store, service, Kind::Key, keys.into_iter())?;
    created.look_up(store, service, Kind::Person, persons.into_iter())?;
    let by_bytes_too = by_bytes.values().map(|same| &same.created);
    let known = by_bytes_too.chain(created.all());
    let contacts: HashSet<&String> = known.filter_map(|one| one.contact_id.as_ref()).collect();
    let foreign = "SELECT contact_id FROM found
         WHERE service = ?1 AND contact_id IN (SELECT value FROM json_each(?2))
         GROUP BY contact_id HAVING max(CASE WHEN adopted_at IS NULL THEN 0 ELSE 1 END) = 0";
    let foreign = store.rows(foreign, params![service, list(&contacts)], |row| row.get(0))?;
    let (open, open_by_bytes) = open_records(store, service)?;
    Ok(Planner {
        store,
        run,
        service,
        open,
        open_by_bytes,
        created,
        by_bytes,
        foreign,
        new_bytes: BTreeMap::new(),
        upgrades: HashMap::new(),
        records: store.insert(
            "records",
            "id, source, line, number, span_start, span_end, name, state, identity, key, contact_id, code, field, message, \
             origin, changed, mended_from, bytes",
        )?,
        contents: store.insert("contents", "record, payload, raw, problems, notes, persons")?,
    })
}

fn last_seq(store: &Store, run: RunId) -> Result<u32> {
    let [first, last] = run.range();
    let select = "SELECT max(id) FROM records WHERE id BETWEEN ? AND ?";
    let latest: Option<i64> = store.row(select, params![first, last], |row| row.get(0))?;
    Ok(latest.map_or(0, |id| RecordId(id).seq()))
}

/// What is unknown at a service: the records that had the attempts, and those of them that have these bytes. They are few.
fn open_records(store: &Store, service: i64) -> Result<(Created, HashMap<Hash, i64>)> {
    let (mut open, mut by_bytes) = (Created::default(), HashMap::new());
    let select = "SELECT records.id, NULL, identity, key, persons, bytes FROM records INDEXED BY records_open
              JOIN runs ON runs.id = records.id >> 32 JOIN contents ON contents.record = records.id
         WHERE records.state IN ('sending', 'unknown') AND service = ?";
    store.each(select, params![service], |row| {
        let record = created_record(row)?;
        if let Some(bytes) = row.get(5)? {
            by_bytes.insert(bytes, record.record);
        }
        open.add(record, row.bytes(4)?.to_vec());
        Ok(())
    })?;
    Ok((open, by_bytes))
}

impl Planner<'_> {
    fn decide(&mut self, record: &PlannedRecord, bytes: Option<&Hash>) -> Result<Decision> {
        let without_contact = |state| Decision {
            state,
            ..Decision::default()
        };
        let (identity, persons) = match &record.verdict {
            CheckVerdict::Invalid { .. } => return Ok(without_contact(State::Invalid)),
            CheckVerdict::Duplicate(_) => return Ok(without_contact(State::Duplicate)),
            CheckVerdict::Valid(valid) => (&valid.identity, &valid.person_keys),
        };
        let key = record.key.as_ref();
        if let Some(same) = bytes.and_then(|bytes| self.by_bytes.get(bytes)) {
            let (found, differed) = (same.created.clone(), same.differed);
            // Another identity of the same bytes does not mean other content if only cardlift has changed.
            let changed = found.identity != *identity && (differed || !self.is_upgrade(&found)?);
            return Ok(exists(found, changed));
        }
        if let Some(found) = self.created.find(identity, key).cloned() {
            return Ok(self.found_otherwise(found, identity, bytes));
        }
        let by_bytes = bytes
            .and_then(|bytes| self.open_by_bytes.get(bytes))
            .copied();
        let by_key = || key.and_then(|key| self.open.of_key(key));
        let same = || by_key().or_else(|| self.open.of_identity(identity, key));
        if let Some(root) = by_bytes.or_else(|| Some(same()?.record)) {
            return Ok(held(root));
        }
        if let Some(found) = self.created.of_persons(persons, key).cloned() {
            return Ok(self.found_otherwise(found, identity, bytes));
        }
        if let Some(root) = self.open.of_persons(persons, key) {
            return Ok(held(root.record));
        }
        Ok(Decision::default())
    }

    fn is_upgrade(&mut self, found: &CreatedRecord) -> Result<bool> {
        let run = RecordId(found.record).run();
        if let Some(is_upgrade) = self.upgrades.get(&run) {
            return Ok(*is_upgrade);
        }
        let is_upgrade = bytes::is_upgrade(self.store, self.run, run)?;
        self.upgrades.insert(run, is_upgrade);
        Ok(is_upgrade)
    }

    /// The contact of a record was found, and not by its bytes: by them it is found the next time.
    fn found_otherwise(
        &mut self,
        created: CreatedRecord,
        identity: &Hash,
        bytes: Option<&Hash>,
    ) -> Decision {
        let differed = created.identity != *identity;
        if let Some(hash) = bytes {
            let created = created.clone();
            self.new_bytes.insert(*hash, (created.record, differed));
            self.by_bytes.insert(*hash, SameBytes { created, differed });
        }
        exists(created, differed)
    }

    fn finish(self) -> Result<()> {
        bytes::remember_all(self.store, self.service, &self.new_bytes)?;
        // A content belongs to a record that is there.
        self.records.finish()?;
        self.contents.finish()
    }

    fn insert(
        &mut self,
        id: RecordId,
        record: &PlannedRecord,
        decision: Decision,
        bytes: Option<&Hash>,
    ) -> Result<()> {
        // A changed record keeps its payload: an update may want it. So does one that is compared with somebody else's contact.
        let is_kept = decision.state != State::Exists || decision.changed || decision.foreign;
        let (mut valid, mut invalid, mut message) = (None, None, None);
        match &record.verdict {
            CheckVerdict::Valid(verdict) => valid = Some(verdict),
            CheckVerdict::Invalid(verdict) => {
                (invalid, message) = (Some(verdict), Some(&verdict.message));
            }
            CheckVerdict::Duplicate(how) => message = Some(how),
        }
        let mended_from = self.mended_from(record)?;
        self.records.add(params![
            id.0,
            record.source,
            record.line,
            record.number,
            record.span.0,
            record.span.1,
            record.name,
            decision.state.into_str(),
            valid.map(|valid| valid.identity),
            record.key,
            decision.contact_id,
            invalid.map(|invalid| &invalid.code),
            invalid.map(|invalid| &invalid.field),
            message,
            decision.origin,
            decision.changed,
            mended_from,
            bytes.filter(|_| is_kept),
        ])?;
        let kept = valid.filter(|_| is_kept);
        let payload = kept.map(|valid| &valid.payload);
        let persons = kept.map(|valid| valid.person_keys.as_flattened());
        let problems = invalid.map(|invalid| &invalid.problems_json);
        let raw = is_kept.then_some(&record.raw);
        let notes = (!record.notes_json.is_empty()).then_some(&record.notes_json);
        if payload.is_some() || raw.is_some() || notes.is_some() {
            self.contents
                .add(params![id.0, payload, raw, problems, notes, persons])?;
        }
        Ok(())
    }

    /// The record that a record mends, if the ledger knows its run.
    fn mended_from(&self, record: &PlannedRecord) -> Result<Option<i64>> {
        let Some((run, seq)) = &record.mended_from else {
            return Ok(None);
        };
        let select = "SELECT id FROM runs WHERE name = ?1 AND (service = ?2 OR ?2 IS NULL)";
        let values = params![run, self.store.own_service()];
        let run = self.store.optional(select, values, |row| row.get(0))?;
        Ok(run.map(|run: i64| RecordId::new(run, *seq).0))
    }
}

fn exists(found: CreatedRecord, changed: bool) -> Decision {
    Decision {
        state: State::Exists,
        contact_id: found.contact_id,
        origin: Some(found.record),
        changed,
        ..Decision::default()
    }
}

fn held(root: i64) -> Decision {
    Decision {
        state: State::Held,
        origin: Some(root),
        ..Decision::default()
    }
}
