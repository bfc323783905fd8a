//! What happens to a record that is sent, and to one that is unknown.

use jiff::Timestamp;
use rusqlite::params;

use super::bytes::mark_record;
use super::change::note_written;
use super::error::ErrorKind;
use super::marks::{Created, Within, owner};
use super::record::{Candidate, Hash, RecordId, RunId};
use super::run::service_of;
use super::schema::HAS_LOOKED;
use super::step::{Applied, AttemptId, Outcome, RequestEnd, RequestStart, Step};
use super::store::{Result, Store};

impl Step {
    /// A request is about to leave for a `planned` record. It must not leave unless this gives [`Applied::Attempt`].
    pub fn attempt(record: RecordId, start: RequestStart) -> Step {
        Step::new("recording an attempt", "attempt", move |store| {
            attempt(store, record, &start)
        })
    }

    /// An attempt ended, with an answer or without. Its record has to be `sending`.
    pub fn answer(record: RecordId, attempt: AttemptId, end: RequestEnd, outcome: Outcome) -> Step {
        Step::new("recording an answer", "answer", move |store| {
            answer(store, record, attempt, &end, &outcome)
        })
    }

    /// The contact of an `unknown` record was found in the service. Refused with [`Applied::Owned`] if it belongs to another record.
    pub fn found(record: RecordId, contact_id: String) -> Step {
        Step::new("recording a found contact", "resolve", move |store| {
            let service = service_of(store, record.run())?;
            if owner(store, service, &contact_id, Within::BaseUrl)?.is_some() {
                return Ok(Applied::Owned);
            }
            let created = "UPDATE records SET state = 'created' WHERE id = ? AND state = 'unknown'";
            store.execute_one(created, params![record.0])?;
            take(store, record, &contact_id)?;
            release(store, record)?;
            Ok(Applied::Done)
        })
    }

    /// The contact of an `unknown` record is not in the service and can't appear there any more. If its attempts have run out, it
    /// is given up: `failed` instead of `planned`.
    pub fn not_found(record: RecordId, gives_up: bool) -> Step {
        let update = match gives_up {
            true => "UPDATE records SET state = 'failed' WHERE id = ? AND state = 'unknown'",
            false => {
                "UPDATE records SET state = 'planned', code = NULL, message = NULL
                 WHERE id = ? AND state = 'unknown'"
            }
        };
        Step::new("recording a contact not found", "resolve", move |store| {
            store.execute_one(update, params![record.0])?;
            release(store, record)?;
            Ok(Applied::Done)
        })
    }

    /// The contact of an `unknown` record could not be told: it stays so, until a person decides or a later look finds more.
    pub fn unresolved(
        record: RecordId,
        code: &'static str,
        message: String,
        candidates: Vec<Candidate>,
    ) -> Step {
        Step::new("recording an unresolved record", "resolve", move |store| {
            let said =
                "UPDATE records SET code = ?, message = ? WHERE id = ? AND state = 'unknown'";
            store.execute_one(said, params![code, message, record.0])?;
            store.execute("DELETE FROM candidates WHERE record = ?", params![record.0])?;
            let insert = "INSERT INTO candidates (record, contact_id, differs) VALUES (?, ?, ?)
                 ON CONFLICT DO NOTHING";
            for one in &candidates {
                store.execute(insert, params![record.0, one.contact_id, one.differs])?;
            }
            Ok(Applied::Done)
        })
    }

    /// Sending stopped at once: what is `sending` in this run becomes `unknown`.
    pub fn cut_off(run: RunId, at: Timestamp) -> Step {
        Step::new("recording an interruption", "resolve", move |store| {
            cut_off(store, store.time(at), Some(run)).map(|_| Applied::Done)
        })
    }

    /// These contacts were in the service before the first attempt of a run: none of them can be its work.
    pub fn seen_before(run: RunId, contact_ids: Vec<String>) -> Step {
        Step::new("recording earlier contacts", "baseline", move |store| {
            let insert =
                "INSERT INTO seen_before (run, contact_id) VALUES (?, ?) ON CONFLICT DO NOTHING";
            let seen = contact_ids.iter().map(String::as_str);
            for contact_id in seen.chain([HAS_LOOKED]) {
                store.execute(insert, params![run.0, contact_id])?;
            }
            Ok(Applied::Done)
        })
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
        note_written(store, service, contact_id, *modified)?;
    }
    if *outcome != Outcome::Unknown {
        release(store, record)?;
    }
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
