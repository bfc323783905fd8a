//! Applies the transitions of a record to the tables.

use jiff::Timestamp;

use super::adopt;
use super::bytes::mark_record;
use super::change;
use super::marks::{Created, Same, Within, one, owner, same};
use super::record::{Altered, RecordId, RunId};
use super::schema::HAS_LOOKED;
use super::step::{Applied, AttemptId, Outcome, Step};
use super::store::{Result, Store, StoreError, params};

/// Applies a step; an error that is [`StoreError::Misfit`] means that the record was in another state.
pub(super) fn apply(store: &Store, step: &Step) -> Result<Applied> {
    match step {
        Step::Attempt { .. } => attempt(store, step),
        Step::Answer { .. } => answer(store, step),
        Step::Found { record, contact_id } => found(store, *record, contact_id),
        Step::NotFound { record, give_up } => not_found(store, *record, *give_up),
        Step::Unresolved { .. } => unresolved(store, step),
        Step::Matched { .. } => adopt::matched(store, step),
        Step::Missing { record } => adopt::missing(store, *record),
        Step::Adopt { .. } => adopt::adopt(store, step),
        Step::Forget { record, at } => adopt::forget_adoption(store, *record, *at),
        Step::Change { .. } => change::begin(store, step),
        Step::Changed { .. } => change::end(store, step),
        Step::CutOff { run, at } => {
            cut_off(store, store.time(*at), Some(*run)).map(|_| Applied::Done)
        }
        Step::SeenBefore { run, contact_ids } => seen_before(store, *run, contact_ids),
    }
}

fn attempt(store: &Store, step: &Step) -> Result<Applied> {
    let Step::Attempt {
        record,
        operation,
        at,
        service_at,
    } = step
    else {
        unreachable!("apply() hands over attempts only")
    };
    let record = *record;
    let same = same(store, record)?;
    if let Some((contact_id, origin)) = created(store, &same)? {
        one(store.execute(
            "UPDATE records SET state = 'exists', contact_id = ?, origin = ? WHERE id = ? AND state = 'planned'",
            params![contact_id, origin, record.0],
        )?)?;
        return Ok(Applied::Exists { contact_id });
    }
    if let Some(root) = open(store, &same, record)? {
        one(store.execute(
            "UPDATE records SET state = 'held', origin = ? WHERE id = ? AND state = 'planned'",
            params![root, record.0],
        )?)?;
        return Ok(Applied::Held);
    }
    let number: u32 = store
        .optional(
            "UPDATE records SET state = 'sending', attempts = attempts + 1
             WHERE id = ? AND state = 'planned' RETURNING attempts",
            params![record.0],
            |row| row.get(0),
        )?
        .ok_or(StoreError::Misfit(0))?;
    let id = store.row(
        "INSERT INTO attempts (record, number, operation, started_at, service_at) VALUES (?, ?, ?, ?, ?) RETURNING id",
        params![
            record.0,
            number,
            operation,
            store.time(*at),
            service_at.map(Timestamp::as_microsecond)
        ],
        |row| row.get(0),
    )?;
    Ok(Applied::Attempt {
        id: AttemptId(id),
        number,
    })
}

fn answer(store: &Store, step: &Step) -> Result<Applied> {
    let Step::Answer {
        record,
        attempt,
        at,
        status,
        code,
        description,
        outcome,
    } = step
    else {
        unreachable!("apply() hands over answers only")
    };
    if let Outcome::Created { contact_id, .. } = outcome
        && owner(
            store,
            same(store, *record)?.service,
            contact_id,
            Within::BaseUrl,
        )?
        .is_some()
    {
        return Ok(Applied::Owned);
    }
    let (state, of_attempt) = match outcome {
        Outcome::Created { .. } => ("created", "created"),
        Outcome::NotCreated => ("planned", "not_created"),
        Outcome::GaveUp => ("failed", "not_created"),
        Outcome::Rejected => ("rejected", "rejected"),
        Outcome::Unknown => ("unknown", "unknown"),
    };
    one(store.execute(
        "UPDATE attempts SET ended_at = ?, outcome = ?, status = ?, code = ?, description = ?
             WHERE id = ? AND ended_at IS NULL",
        params![
            store.time(*at),
            of_attempt,
            status,
            code,
            description,
            attempt.0
        ],
    )?)?;
    one(store.execute(
        "UPDATE records SET state = ?, code = ?, message = ? WHERE id = ? AND state = 'sending'",
        params![state, code, description, record.0],
    )?)?;
    if let Outcome::Created {
        contact_id,
        altered,
        modified,
    } = outcome
    {
        take(store, *record, contact_id)?;
        note_altered(store, *record, altered)?;
        adopt::note_written(store, *record, contact_id, *modified)?;
    }
    if *outcome != Outcome::Unknown {
        release(store, *record)?;
    }
    Ok(Applied::Done)
}

fn note_altered(store: &Store, record: RecordId, altered: &[Altered]) -> Result<()> {
    let mut insert = store.prepare(
        "INSERT INTO altered (record, field, sent, shown) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )?;
    for one in altered {
        insert.execute(params![record.0, one.field, one.sent, one.shown])?;
    }
    Ok(())
}

fn unresolved(store: &Store, step: &Step) -> Result<Applied> {
    let Step::Unresolved {
        record,
        code,
        message,
        candidates,
    } = step
    else {
        unreachable!("apply() hands over unresolved records only")
    };
    one(store.execute(
        "UPDATE records SET code = ?, message = ? WHERE id = ? AND state = 'unknown'",
        params![code, message, record.0],
    )?)?;
    store.execute("DELETE FROM candidates WHERE record = ?", params![record.0])?;
    let mut insert = store.prepare(
        "INSERT INTO candidates (record, contact_id, differs) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    )?;
    for one in candidates {
        insert.execute(params![record.0, one.contact_id, one.differs])?;
    }
    Ok(Applied::Done)
}

fn found(store: &Store, record: RecordId, contact_id: &str) -> Result<Applied> {
    let service = same(store, record)?.service;
    let owned = owner(store, service, contact_id, Within::BaseUrl)?.is_some();
    if owned {
        return Ok(Applied::Owned);
    }
    one(store.execute(
        "UPDATE records SET state = 'created' WHERE id = ? AND state = 'unknown'",
        params![record.0],
    )?)?;
    take(store, record, contact_id)?;
    release(store, record)?;
    Ok(Applied::Done)
}

fn not_found(store: &Store, record: RecordId, give_up: bool) -> Result<Applied> {
    let statement = match give_up {
        true => "UPDATE records SET state = 'failed' WHERE id = ? AND state = 'unknown'",
        false => {
            "UPDATE records SET state = 'planned', code = NULL, message = NULL
             WHERE id = ? AND state = 'unknown'"
        }
    };
    one(store.execute(statement, params![record.0])?)?;
    release(store, record)?;
    Ok(Applied::Done)
}

/// Makes `unknown` what is `sending`, in one run or in all that this ledger sees, and returns how many records that were.
pub(super) fn cut_off(store: &Store, at: i64, run: Option<RunId>) -> Result<u64> {
    let [first, last] = run.map_or([i64::MIN, i64::MAX], RunId::range);
    store.execute(
        "UPDATE attempts SET ended_at = ?1, outcome = 'unknown' WHERE ended_at IS NULL AND record IN
         (SELECT id FROM records INDEXED BY records_open
          WHERE state IN ('sending', 'unknown') AND state = 'sending' AND id BETWEEN ?2 AND ?3
            AND (id >> 32) IN (SELECT id FROM runs WHERE service = ?4 OR ?4 IS NULL))",
        params![at, first, last, store.own_service()],
    )?;
    let cut_off = store.execute(
        "UPDATE records INDEXED BY records_open SET state = 'unknown', code = NULL, message = NULL
         WHERE state IN ('sending', 'unknown') AND state = 'sending' AND id BETWEEN ?1 AND ?2
           AND (id >> 32) IN (SELECT id FROM runs WHERE service = ?3 OR ?3 IS NULL)",
        params![first, last, store.own_service()],
    )?;
    Ok(cut_off as u64)
}

fn seen_before(store: &Store, run: RunId, contact_ids: &[String]) -> Result<Applied> {
    let mut insert = store.prepare(
        "INSERT INTO seen_before (run, contact_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
    )?;
    insert.execute(params![run.0, HAS_LOOKED])?;
    for contact_id in contact_ids {
        insert.execute(params![run.0, contact_id])?;
    }
    Ok(Applied::Done)
}

/// The contact that stands for the same, and the record that it was created for.
fn created(store: &Store, same: &Same) -> Result<Option<(String, i64)>> {
    let found = Created::prepare(store)?.find(same)?;
    Ok(found.map(|found| (found.contact_id, found.record)))
}

/// Another record, of any run, that stands for the same and is `sending` or `unknown`.
fn open(store: &Store, same: &Same, but: RecordId) -> Result<Option<i64>> {
    let by_identity = store.optional(
        "SELECT records.id FROM records JOIN runs ON runs.id = records.id >> 32
             WHERE records.state IN ('sending', 'unknown') AND identity = ?2 AND service = ?1
               AND (key IS NULL OR key = ?3 OR ?3 IS NULL) AND records.id <> ?4 LIMIT 1",
        params![same.service, same.identity, same.key, but.0],
        |row| row.get(0),
    )?;
    if by_identity.is_some() || same.key.is_none() {
        return Ok(by_identity);
    }
    store.optional(
        "SELECT records.id FROM records JOIN runs ON runs.id = records.id >> 32
         WHERE records.state IN ('sending', 'unknown') AND key = ?2 AND key IS NOT NULL AND service = ?1
           AND records.id <> ?3 LIMIT 1",
        params![same.service, same.key, but.0],
        |row| row.get(0),
    )
}

/// Makes a contact a record's own.
fn take(store: &Store, record: RecordId, contact_id: &str) -> Result<()> {
    one(store.execute(
        "UPDATE records SET contact_id = ?, code = NULL, message = NULL WHERE id = ? AND state = 'created'",
        params![contact_id, record.0],
    )?)?;
    mark_record(store, record)
}

/// Lets go of the records that were held by one that is resolved now: `exists` if it was created, else `planned`.
fn release(store: &Store, root: RecordId) -> Result<()> {
    store.execute(
        "UPDATE records SET
           changed = CASE WHEN root.state = 'created' AND root.identity <> records.identity
                               AND coalesce(root.bytes <> records.bytes, TRUE) THEN 1 ELSE 0 END,
           contact_id = root.contact_id,
           origin = CASE WHEN root.state = 'created' THEN root.id END,
           state = CASE WHEN root.state = 'created' THEN 'exists' ELSE 'planned' END
         FROM records AS root
         WHERE records.state = 'held' AND records.origin = ?1 AND root.id = ?1",
        params![root.0],
    )?;
    Ok(())
}
