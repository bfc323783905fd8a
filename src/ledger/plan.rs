//! Planning: checked records go in, and what earlier runs know of them decides their state.

use std::collections::HashMap;

use super::adopt::Foreign;
use super::ahead;
use super::bytes::Bytes;
use super::marks::{Created, CreatedRecord, Same};
use super::record::{CheckVerdict, Hash, PlannedRecord, RecordId, RunId, State};
use super::store::{Insert, Result, Statement, Store, StoreError, params};
use super::{Counts, Ledger, LedgerError};

impl Ledger {
    /// Takes the next records of a run's input, in input order; the first of a run has the number 1. Hand them over in
    /// batches of a few thousand: each call is one transaction.
    ///
    /// A valid record whose bytes, identity or key were created at this service is `exists`; one whose bytes, identity or key an
    /// earlier run left `unknown` is `held` until that is resolved; else it is `planned`. Without a key on either side, the same
    /// person counts as the same contact with other content. Returns how many went where.
    pub fn plan(&mut self, run: RunId, records: &[PlannedRecord]) -> Result<Counts, LedgerError> {
        // Nothing leaves before the plan is complete, so a crash may take these commits; see `plan_is_complete`.
        let synced = self.store.set_synced(false);
        synced.map_err(self.failed("planning"))?;
        let points = ("plan.before_commit", "plan.after_commit");
        self.transact("planning", points, |store| insert_all(store, run, records))
    }

    /// Ends the planning of a run: the whole plan is on the disk when this returns.
    pub fn plan_is_complete(&mut self, run: RunId) -> Result<(), LedgerError> {
        let synced = self.store.set_synced(true);
        synced.map_err(self.failed("planning"))?;
        let points = ("ready.before_commit", "ready.after_commit");
        self.transact("planning", points, |store| {
            let ready = "UPDATE runs SET state = 'ready' WHERE id = ?";
            store.execute(ready, params![run.0]).map(drop)
        })
    }
}

/// The statements of a batch, prepared once.
pub(super) struct Statements<'a> {
    record: Insert<'a>,
    content: Insert<'a>,
    pub(super) created: Created<'a>,
    pub(super) bytes: Bytes<'a>,
    pub(super) foreign: Foreign<'a>,
    mended: Statement<'a>,
    own_service: Option<i64>,
}

/// What the ledger makes of a record, beside what it is told.
#[derive(Default)]
struct Fate {
    contact_id: Option<String>,
    origin: Option<i64>,
    changed: bool,
    /// Whether somebody else made the contact, and it is not adopted.
    foreign: bool,
    similar: Option<String>,
    /// What its bytes are known by later, if it gets a contact.
    bytes: Option<Hash>,
}

fn insert_all(store: &Store, run: RunId, records: &[PlannedRecord]) -> Result<Counts> {
    let service = service_of(store, run)?;
    let open = open_records(store, service)?;
    let mut statements = prepare(store, run)?;
    if store.is_remote() {
        ahead::look(store, service, records, &mut statements)?;
    }
    let mut seq = last_seq(store, run)?;
    let mut counts = Counts::default();
    for record in records {
        seq += 1;
        let (state, mut fate) = decide(&mut statements, service, &open, record)?;
        if let Some(contact_id) = &fate.contact_id
            && statements.foreign.is_foreign(service, contact_id)?
        {
            // What it differs in is found by comparing it with the contact, not with an earlier record.
            (fate.changed, fate.foreign) = (false, true);
        }
        insert(
            &mut statements,
            RecordId::new(run.0, seq),
            record,
            state,
            fate,
        )
        .map(|changed| counts.changed += u64::from(changed))?;
        counts.add(state, 1);
    }
    statements.finish()?;
    Ok(counts)
}

fn prepare(store: &Store, run: RunId) -> Result<Statements<'_>> {
    Ok(Statements {
        record: store.insert(
            "records",
            "id, source, line, number, span_start, span_end, name, state, identity, key, contact_id, code, field, message, \
             duplicate_of, origin, changed, \"similar\", mended_from, bytes",
        )?,
        content: store.insert("contents", "record, payload, raw, problems, notes, persons")?,
        created: Created::prepare(store)?,
        bytes: Bytes::prepare(store, run)?,
        foreign: Foreign::prepare(store)?,
        own_service: store.own_service(),
        mended: store.prepare(
            "SELECT id FROM runs WHERE name = ?1 AND (service = ?2 OR ?2 IS NULL)",
        )?,
    })
}

impl Statements<'_> {
    /// A content belongs to a record that is there.
    fn finish(self) -> Result<()> {
        self.bytes.finish()?;
        self.record.finish()?;
        self.content.finish()
    }
}

pub(super) fn service_of(store: &Store, run: RunId) -> Result<i64> {
    store.row(
        "SELECT service FROM runs WHERE id = ?",
        params![run.0],
        |row| row.get(0),
    )
}

fn last_seq(store: &Store, run: RunId) -> Result<u32> {
    let last: Option<i64> = store.row(
        "SELECT max(id) FROM records WHERE id BETWEEN ? AND ?",
        &run.between(),
        |row| row.get(0),
    )?;
    Ok(last.map_or(0, |id| RecordId(id).seq()))
}

/// What is unknown at a service: the records that had the attempts. They are few.
#[derive(Default)]
pub(super) struct Open {
    by_identity: HashMap<Hash, Vec<(i64, Option<Hash>)>>,
    by_key: HashMap<Hash, i64>,
    by_person: HashMap<Hash, Vec<(i64, Option<Hash>)>>,
    by_bytes: HashMap<Hash, i64>,
}

impl Open {
    /// The open record that stands for the same contact. Equal content under two different keys is two contacts.
    fn find(&self, identity: &Hash, key: Option<&Hash>, bytes: Option<&Hash>) -> Option<i64> {
        if let Some(root) = bytes.and_then(|bytes| self.by_bytes.get(bytes)) {
            return Some(*root);
        }
        if let Some(root) = key.and_then(|key| self.by_key.get(key)) {
            return Some(*root);
        }
        let differs = |other: &Option<Hash>| matches!((other, key), (Some(a), Some(b)) if a != b);
        let same = self.by_identity.get(identity)?;
        same.iter()
            .find(|(_, other)| !differs(other))
            .map(|(root, _)| *root)
    }

    /// Whether a contact with this content is open.
    pub(super) fn has(&self, identity: &Hash) -> bool {
        self.by_identity.contains_key(identity)
    }

    /// The open record of the same person, where a key does not say that it is another contact.
    fn of_persons(&self, persons: &[Hash], key: Option<&Hash>) -> Option<i64> {
        let records = persons
            .iter()
            .filter_map(|person| self.by_person.get(person));
        records
            .flatten()
            .find(|(_, other)| other.is_none() || key.is_none())
            .map(|(root, _)| *root)
    }
}

pub(super) fn open_records(store: &Store, service: i64) -> Result<Open> {
    let mut open = Open::default();
    let select =
        "SELECT records.id, identity, key, persons, bytes FROM records INDEXED BY records_open
              JOIN runs ON runs.id = records.id >> 32 JOIN contents ON contents.record = records.id
         WHERE records.state IN ('sending', 'unknown') AND service = ?";
    store.each(select, params![service], |row| {
        let id: i64 = row.get(0)?;
        let key: Option<Hash> = row.get(2)?;
        open.by_identity
            .entry(row.get(1)?)
            .or_default()
            .push((id, key));
        if let Some(key) = key {
            open.by_key.insert(key, id);
        }
        if let Some(bytes) = row.get(4)? {
            open.by_bytes.insert(bytes, id);
        }
        let persons: Option<Vec<u8>> = row.get(3)?;
        for person in persons.unwrap_or_default().as_chunks().0 {
            open.by_person.entry(*person).or_default().push((id, key));
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(open)
}

fn decide(
    statements: &mut Statements<'_>,
    service: i64,
    open: &Open,
    record: &PlannedRecord,
) -> Result<(State, Fate)> {
    let (same, persons) = match &record.verdict {
        CheckVerdict::Invalid { .. } => return Ok((State::Invalid, Fate::default())),
        CheckVerdict::Duplicate { .. } => return Ok((State::Duplicate, Fate::default())),
        CheckVerdict::Valid {
            identity,
            key,
            person_keys,
            ..
        } => {
            let (identity, key) = (*identity, *key);
            let same = Same {
                service,
                identity,
                key,
            };
            (same, person_keys)
        }
    };
    let bytes = statements.bytes.hash(record.source, &record.raw)?;
    if let Some(hash) = &bytes
        && let Some(known) = statements.bytes.find(service, hash)?
    {
        let changed = statements.bytes.has_changed(&known, &same.identity)?;
        return Ok(exists(known.created, changed, bytes));
    }
    if let Some(found) = statements.created.find(&same)? {
        return found_otherwise(&mut statements.bytes, found, &same, bytes);
    }
    if let Some(root) = open.find(&same.identity, same.key.as_ref(), bytes.as_ref()) {
        return Ok(held(root, bytes));
    }
    // Without a key on either side, the person is all there is to know a changed record by.
    let without_key = |found: &CreatedRecord| same.key.is_none() || found.key.is_none();
    let created = &mut statements.created;
    // Most are new: one look-up for all that follows tells it.
    let similar = created.of_persons(service, persons, |_| true)?;
    if similar.is_some()
        && let Some(found) = created.of_persons(service, persons, without_key)?
    {
        return found_otherwise(&mut statements.bytes, found, &same, bytes);
    }
    if let Some(root) = open.of_persons(persons, same.key.as_ref()) {
        return Ok(held(root, bytes));
    }
    let fate = Fate {
        similar: similar.map(|found| found.contact_id),
        bytes,
        ..Fate::default()
    };
    Ok((State::Planned, fate))
}

/// The contact of a record was found, and not by its bytes: by them it is found the next time.
fn found_otherwise(
    known: &mut Bytes<'_>,
    found: CreatedRecord,
    same: &Same,
    bytes: Option<Hash>,
) -> Result<(State, Fate)> {
    let changed = found.identity != same.identity;
    if let Some(hash) = &bytes {
        known.remember(same.service, hash, &found, changed)?;
    }
    Ok(exists(found, changed, bytes))
}

fn exists(found: CreatedRecord, changed: bool, bytes: Option<Hash>) -> (State, Fate) {
    let fate = Fate {
        contact_id: Some(found.contact_id),
        origin: Some(found.record),
        changed,
        bytes,
        ..Fate::default()
    };
    (State::Exists, fate)
}

fn held(root: i64, bytes: Option<Hash>) -> (State, Fate) {
    let fate = Fate {
        origin: Some(root),
        bytes,
        ..Fate::default()
    };
    (State::Held, fate)
}

/// Returns whether it exists with other content.
fn insert(
    statements: &mut Statements<'_>,
    id: RecordId,
    record: &PlannedRecord,
    state: State,
    fate: Fate,
) -> Result<bool> {
    let (mut identity, mut payload, mut persons) = (None, None, None);
    let (mut code, mut field, mut message, mut problems) = (None, None, None, None);
    let mut duplicate_of = None;
    // A changed record keeps its payload: an update may want it. So does one that is compared with somebody else's contact.
    let is_kept = state != State::Exists || fate.changed || fate.foreign;
    match &record.verdict {
        CheckVerdict::Valid {
            payload: body,
            identity: own,
            person_keys,
            ..
        } => {
            identity = Some(own);
            if is_kept {
                payload = Some(body);
                persons = Some(person_keys.as_flattened());
            }
        }
        CheckVerdict::Invalid {
            problems_json,
            code: first,
            field: of,
            message: text,
            ..
        } => {
            (code, field) = (Some(first), Some(of));
            (message, problems) = (Some(text), Some(problems_json));
        }
        CheckVerdict::Duplicate {
            of_seq,
            message: text,
            ..
        } => (duplicate_of, message) = (Some(*of_seq), Some(text)),
    }
    let mended_from = mended_from(statements, record)?;
    statements.record.add(params![
        id.0,
        record.source,
        record.line,
        record.number,
        record.span.0,
        record.span.1,
        record.name,
        state.as_str(),
        identity,
        record.verdict.key(),
        fate.contact_id,
        code,
        field,
        message,
        duplicate_of,
        fate.origin,
        fate.changed,
        fate.similar,
        mended_from,
        fate.bytes.filter(|_| is_kept),
    ])?;
    let raw = is_kept.then_some(&record.raw);
    let notes = (!record.notes_json.is_empty()).then_some(&record.notes_json);
    if payload.is_some() || raw.is_some() || notes.is_some() {
        statements
            .content
            .add(params![id.0, payload, raw, problems, notes, persons])?;
    }
    Ok(fate.changed)
}

/// The record that a record mends, if the ledger knows its run.
fn mended_from(statements: &mut Statements<'_>, record: &PlannedRecord) -> Result<Option<i64>> {
    let Some((run, seq)) = &record.mended_from else {
        return Ok(None);
    };
    let run =
        (statements.mended).optional(params![run, statements.own_service], |row| row.get(0))?;
    Ok(run.map(|run: i64| RecordId::new(run, *seq).0))
}
