//! Applies the transitions of a record to the tables.

use rusqlite::params;

use super::adopt;
use super::bytes::mark_record;
use super::change;
use super::error::ErrorKind;
use super::marks::{Created, Within, owner};
use super::plan::service_of;
use super::record::{Candidate, Hash, RecordId, RunId};
use super::schema::HAS_LOOKED;
use super::step::{Applied, AttemptId, Outcome, RequestEnd, RequestStart, Step};
use super::store::{Result, Store};

/// Applies a step; it is [`Inconsistent`](super::ErrorKind::Inconsistent) if the record was in another state.
pub(super) fn apply(store: &Store, step: &Step) -> Result<Applied> {
    match step {
        Step::Attempt { record, start } => attempt(store, *record, start),
        Step::Answer {
            record,
            attempt,
            end,
            outcome,
        } => answer(store, *record, *attempt, end, outcome),
        Step::Found { record, contact_id } => found(store, *record, contact_id),
        Step::NotFound { record, give_up } => not_found(store, *record, *give_up),
        Step::Unresolved {
            record,
            code,
            message,
            candidates,
        } => unresolved(store, *record, code, message, candidates),
        Step::Matched {
            record,
            contact_id,
            code,
            message,
        } => adopt::matched(store, *record, contact_id.as_deref(), *code, message),
        Step::Missing { record } => adopt::missing(store, *record),
        Step::Adopt {
            record,
            at,
            code,
            message,
        } => adopt::adopt(store, *record, *at, code, message),
        Step::Forget { record, at } => adopt::forget_adoption(store, *record, *at),
        Step::Change {
            record,
            contact_id,
            start,
        } => change::begin(store, *record, contact_id, start),
        Step::Changed {
            record,
            change,
            end,
            outcome,
            modified,
        } => change::end(store, *record, *change, end, *outcome, *modified),
        Step::CutOff { run, at } => {
            cut_off(store, store.time(*at), Some(*run)).map(|_| Applied::Done)
        }
        Step::SeenBefore { run, contact_ids } => seen_before(store, *run, contact_ids),
    }
}

fn attempt(store: &Store, record: RecordId, start: &RequestStart) -> Result<Applied> {
    let select = "SELECT service, identity, key FROM records JOIN runs ON runs.id = ?2 WHERE records.id = ?1";
    let values = params![record.0, record.run().0];
    let (service, identity, key): (i64, Hash, Option<Hash>) = store.row(select, values, |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    let created = Created::of(store, service, std::iter::once((&identity, key.as_ref())))?;
    if let Some(found) = created.find(&identity, key.as_ref()) {
        let exists = "UPDATE records SET state = 'exists', contact_id = ?, origin = ?
             WHERE id = ? AND state = 'planned'";
        store.execute_one(exists, params![found.contact_id, found.record, record.0])?;
        let contact_id = found.contact_id.clone().ok_or(ErrorKind::Inconsistent)?;
        return Ok(Applied::Exists { contact_id });
    }
    // Another record, of any run, that stands for the same and is `sending` or `unknown`.
    let open = "SELECT records.id FROM records JOIN runs ON runs.id = records.id >> 32
             WHERE records.state IN ('sending', 'unknown') AND identity = ?2 AND service = ?1
               AND (key IS NULL OR key = ?3 OR ?3 IS NULL) AND records.id <> ?4
         UNION ALL
         SELECT records.id FROM records JOIN runs ON runs.id = records.id >> 32
             WHERE records.state IN ('sending', 'unknown') AND key = ?3 AND key IS NOT NULL
               AND service = ?1 AND records.id <> ?4
         LIMIT 1";
    let values = params![service, identity, key, record.0];
    let root: Option<i64> = store.optional(open, values, |row| row.get(0))?;
    if let Some(root) = root {
        let held =
            "UPDATE records SET state = 'held', origin = ? WHERE id = ? AND state = 'planned'";
        store.execute_one(held, params![root, record.0])?;
        return Ok(Applied::Held);
    }
    let sending = "UPDATE records SET state = 'sending', attempts = attempts + 1
         WHERE id = ? AND state = 'planned' RETURNING attempts";
    let number: Option<u32> = store.optional(sending, params![record.0], |row| row.get(0))?;
    let number = number.ok_or(ErrorKind::Inconsistent)?;
    let (at, service_at) = start.times(store);
    let insert = "INSERT INTO attempts (record, number, operation, started_at, service_at)
         VALUES (?, ?, ?, ?, ?) RETURNING id";
    let values = params![record.0, number, start.operation, at, service_at];
    let id = store.row(insert, values, |row| row.get(0))?;
    Ok(Applied::Attempt(AttemptId(id)))
}

fn answer(
    store: &Store,
    record: RecordId,
    attempt: AttemptId,
    end: &RequestEnd,
    outcome: &Outcome,
) -> Result<Applied> {
    let service = service_of(store, record.run())?;
    if let Outcome::Created { contact_id, .. } = outcome
        && owner(store, service, contact_id, Within::BaseUrl)?.is_some()
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
    let (at, status) = (store.time(end.at), end.status);
    let (code, said) = (&end.code, &end.description);
    let ended =
        "UPDATE attempts SET ended_at = ?, outcome = ?, status = ?, code = ?, description = ?
         WHERE id = ? AND ended_at IS NULL";
    let values = params![at, of_attempt, status, code, said, attempt.0];
    store.execute_one(ended, values)?;
    let ended =
        "UPDATE records SET state = ?, code = ?, message = ? WHERE id = ? AND state = 'sending'";
    store.execute_one(ended, params![state, code, said, record.0])?;
    if let Outcome::Created {
        contact_id,
        altered,
        modified,
    } = outcome
    {
        take(store, record, contact_id)?;
        for one in altered {
            let insert = "INSERT INTO altered (record, field, sent, shown) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
            store.execute(insert, params![record.0, one.field, one.sent, one.shown])?;
        }
        adopt::note_written(store, service, contact_id, *modified)?;
    }
    if *outcome != Outcome::Unknown {
        release(store, record)?;
    }
    Ok(Applied::Done)
}

fn unresolved(
    store: &Store,
    record: RecordId,
    code: &str,
    message: &str,
    candidates: &[Candidate],
) -> Result<Applied> {
    let said = "UPDATE records SET code = ?, message = ? WHERE id = ? AND state = 'unknown'";
    store.execute_one(said, params![code, message, record.0])?;
    store.execute("DELETE FROM candidates WHERE record = ?", params![record.0])?;
    for one in candidates {
        let insert = "INSERT INTO candidates (record, contact_id, differs) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
        store.execute(insert, params![record.0, one.contact_id, one.differs])?;
    }
    Ok(Applied::Done)
}

fn found(store: &Store, record: RecordId, contact_id: &str) -> Result<Applied> {
    let service = service_of(store, record.run())?;
    if owner(store, service, contact_id, Within::BaseUrl)?.is_some() {
        return Ok(Applied::Owned);
    }
    let created = "UPDATE records SET state = 'created' WHERE id = ? AND state = 'unknown'";
    store.execute_one(created, params![record.0])?;
    take(store, record, contact_id)?;
    release(store, record)?;
    Ok(Applied::Done)
}

fn not_found(store: &Store, record: RecordId, give_up: bool) -> Result<Applied> {
    let update = match give_up {
        true => "UPDATE records SET state = 'failed' WHERE id = ? AND state = 'unknown'",
        false => {
            "UPDATE records SET state = 'planned', code = NULL, message = NULL
             WHERE id = ? AND state = 'unknown'"
        }
    };
    store.execute_one(update, params![record.0])?;
    release(store, record)?;
    Ok(Applied::Done)
}

/// Makes `unknown` what is `sending`, in one run or in all that this ledger sees, and returns how many records that were.
pub(super) fn cut_off(store: &Store, at: i64, run: Option<RunId>) -> Result<usize> {
    let [first, last] = run.map_or([i64::MIN, i64::MAX], RunId::range);
    let service = store.own_service();
    let attempts = "UPDATE attempts SET ended_at = ?1, outcome = 'unknown' WHERE ended_at IS NULL AND record IN
         (SELECT id FROM records INDEXED BY records_open
          WHERE state IN ('sending', 'unknown') AND state = 'sending' AND id BETWEEN ?2 AND ?3
            AND (id >> 32) IN (SELECT id FROM runs WHERE service = ?4 OR ?4 IS NULL))";
    store.execute(attempts, params![at, first, last, service])?;
    let records =
        "UPDATE records INDEXED BY records_open SET state = 'unknown', code = NULL, message = NULL
         WHERE state IN ('sending', 'unknown') AND state = 'sending' AND id BETWEEN ?1 AND ?2
           AND (id >> 32) IN (SELECT id FROM runs WHERE service = ?3 OR ?3 IS NULL)";
    store.execute(records, params![first, last, service])
}

fn seen_before(store: &Store, run: RunId, contact_ids: &[String]) -> Result<Applied> {
    for contact_id in std::iter::once(HAS_LOOKED).chain(contact_ids.iter().map(String::as_str)) {
        let insert =
            "INSERT INTO seen_before (run, contact_id) VALUES (?, ?) ON CONFLICT DO NOTHING";
        store.execute(insert, params![run.0, contact_id])?;
    }
    Ok(Applied::Done)
}

/// Makes a contact a record's own.
fn take(store: &Store, record: RecordId, contact_id: &str) -> Result<()> {
    let own = "UPDATE records SET contact_id = ?, code = NULL, message = NULL
         WHERE id = ? AND state = 'created'";
    store.execute_one(own, params![contact_id, record.0])?;
    mark_record(store, record)
}

/// Lets go of the records that were held by one that is resolved now: `exists` if it was created, else `planned`.
fn release(store: &Store, root: RecordId) -> Result<()> {
    let update = "UPDATE records SET
           changed = CASE WHEN root.state = 'created' AND root.identity <> records.identity
                               AND coalesce(root.bytes <> records.bytes, TRUE) THEN 1 ELSE 0 END,
           contact_id = root.contact_id,
           origin = CASE WHEN root.state = 'created' THEN root.id END,
           state = CASE WHEN root.state = 'created' THEN 'exists' ELSE 'planned' END
         FROM records AS root
         WHERE records.state = 'held' AND records.origin = ?1 AND root.id = ?1";
    store.execute(update, params![root.0]).map(drop)
}
