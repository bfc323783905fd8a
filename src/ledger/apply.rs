//! Applies the transitions of a record to the tables.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::bytes::mark_record;
use super::change;
use super::marks::{Created, Same, Within, one, owner, same};
use super::record::{Altered, RecordId, RunId};
use super::schema::HAS_LOOKED;
use super::step::{Applied, AttemptId, Outcome, Step};

/// Applies a step; an error that is [`rusqlite::Error::StatementChangedRows`] means that the record was in another state.
pub(super) fn apply(connection: &Connection, step: &Step) -> rusqlite::Result<Applied> {
    match step {
        Step::Attempt { .. } => attempt(connection, step),
        Step::Answer { .. } => answer(connection, step),
        Step::Found { record, contact_id } => found(connection, *record, contact_id),
        Step::NotFound { record, give_up } => not_found(connection, *record, *give_up),
        Step::Unresolved { .. } => unresolved(connection, step),
        Step::Matched { .. } => change::matched(connection, step),
        Step::Change { .. } => change::begin(connection, step),
        Step::Changed { .. } => change::end(connection, step),
        Step::CutOff { run, at } => cut_off(connection, *at, Some(*run)).map(|_| Applied::Done),
        Step::SeenBefore { run, contact_ids } => seen_before(connection, *run, contact_ids),
    }
}

fn attempt(connection: &Connection, step: &Step) -> rusqlite::Result<Applied> {
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
    let same = same(connection, record)?;
    if let Some((contact_id, origin)) = created(connection, &same)? {
        one(connection.prepare_cached(
            "UPDATE records SET state = 'exists', contact_id = ?, origin = ? WHERE id = ? AND state = 'planned'",
        )?.execute(params![contact_id, origin, record.0])?)?;
        return Ok(Applied::Exists { contact_id });
    }
    if let Some(root) = open(connection, &same, record)? {
        one(connection
            .prepare_cached(
                "UPDATE records SET state = 'held', origin = ? WHERE id = ? AND state = 'planned'",
            )?
            .execute(params![root, record.0])?)?;
        return Ok(Applied::Held);
    }
    let number: u32 = connection
        .prepare_cached(
            "UPDATE records SET state = 'sending', attempts = attempts + 1
             WHERE id = ? AND state = 'planned' RETURNING attempts",
        )?
        .query_row([record.0], |row| row.get(0))
        .optional()?
        .ok_or(rusqlite::Error::StatementChangedRows(0))?;
    connection
        .prepare_cached(
            "INSERT INTO attempts (record, number, operation, started_at, service_at) VALUES (?, ?, ?, ?, ?)",
        )?
        .execute(params![
            record.0,
            number,
            operation,
            at.as_microsecond(),
            service_at.map(Timestamp::as_microsecond)
        ])?;
    Ok(Applied::Attempt {
        id: AttemptId(connection.last_insert_rowid()),
        number,
    })
}

fn answer(connection: &Connection, step: &Step) -> rusqlite::Result<Applied> {
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
            connection,
            same(connection, *record)?.service,
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
    one(connection
        .prepare_cached(
            "UPDATE attempts SET ended_at = ?, outcome = ?, status = ?, code = ?, description = ?
             WHERE id = ? AND ended_at IS NULL",
        )?
        .execute(params![
            at.as_microsecond(),
            of_attempt,
            status,
            code,
            description,
            attempt.0
        ])?)?;
    one(connection
        .prepare_cached(
            "UPDATE records SET state = ?, code = ?, message = ? WHERE id = ? AND state = 'sending'",
        )?
        .execute(params![state, code, description, record.0])?)?;
    if let Outcome::Created {
        contact_id,
        altered,
    } = outcome
    {
        take(connection, *record, contact_id)?;
        note_altered(connection, *record, altered)?;
    }
    if *outcome != Outcome::Unknown {
        release(connection, *record)?;
    }
    Ok(Applied::Done)
}

fn note_altered(
    connection: &Connection,
    record: RecordId,
    altered: &[Altered],
) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO altered (record, field, sent, shown) VALUES (?, ?, ?, ?)",
    )?;
    for one in altered {
        insert.execute(params![record.0, one.field, one.sent, one.shown])?;
    }
    Ok(())
}

fn unresolved(connection: &Connection, step: &Step) -> rusqlite::Result<Applied> {
    let Step::Unresolved {
        record,
        code,
        message,
        candidates,
    } = step
    else {
        unreachable!("apply() hands over unresolved records only")
    };
    one(connection
        .prepare_cached(
            "UPDATE records SET code = ?, message = ? WHERE id = ? AND state = 'unknown'",
        )?
        .execute(params![code, message, record.0])?)?;
    connection
        .prepare_cached("DELETE FROM candidates WHERE record = ?")?
        .execute([record.0])?;
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO candidates (record, contact_id, differs) VALUES (?, ?, ?)",
    )?;
    for one in candidates {
        insert.execute(params![record.0, one.contact_id, one.differs])?;
    }
    Ok(Applied::Done)
}

fn found(connection: &Connection, record: RecordId, contact_id: &str) -> rusqlite::Result<Applied> {
    let service = same(connection, record)?.service;
    let owned = owner(connection, service, contact_id, Within::BaseUrl)?.is_some();
    if owned {
        return Ok(Applied::Owned);
    }
    one(connection
        .prepare_cached("UPDATE records SET state = 'created' WHERE id = ? AND state = 'unknown'")?
        .execute([record.0])?)?;
    take(connection, record, contact_id)?;
    release(connection, record)?;
    Ok(Applied::Done)
}

fn not_found(
    connection: &Connection,
    record: RecordId,
    give_up: bool,
) -> rusqlite::Result<Applied> {
    let statement = match give_up {
        true => "UPDATE records SET state = 'failed' WHERE id = ? AND state = 'unknown'",
        false => {
            "UPDATE records SET state = 'planned', code = NULL, message = NULL
             WHERE id = ? AND state = 'unknown'"
        }
    };
    one(connection.prepare_cached(statement)?.execute([record.0])?)?;
    release(connection, record)?;
    Ok(Applied::Done)
}

/// Makes `unknown` what is `sending`, in one run or in all, and returns how many records that were.
pub(super) fn cut_off(
    connection: &Connection,
    at: Timestamp,
    run: Option<RunId>,
) -> rusqlite::Result<u64> {
    let [first, last] = run.map_or([i64::MIN, i64::MAX], RunId::range);
    connection.execute(
        "UPDATE attempts SET ended_at = ?, outcome = 'unknown' WHERE ended_at IS NULL AND record IN
         (SELECT id FROM records INDEXED BY records_open
          WHERE state IN ('sending', 'unknown') AND state = 'sending' AND id BETWEEN ? AND ?)",
        params![at.as_microsecond(), first, last],
    )?;
    let cut_off = connection.execute(
        "UPDATE records INDEXED BY records_open SET state = 'unknown', code = NULL, message = NULL
         WHERE state IN ('sending', 'unknown') AND state = 'sending' AND id BETWEEN ? AND ?",
        params![first, last],
    )?;
    Ok(cut_off as u64)
}

fn seen_before(
    connection: &Connection,
    run: RunId,
    contact_ids: &[String],
) -> rusqlite::Result<Applied> {
    let mut insert = connection
        .prepare_cached("INSERT OR IGNORE INTO seen_before (run, contact_id) VALUES (?, ?)")?;
    insert.execute(params![run.0, HAS_LOOKED])?;
    for contact_id in contact_ids {
        insert.execute(params![run.0, contact_id])?;
    }
    Ok(Applied::Done)
}

/// The contact that stands for the same, and the record that it was created for.
fn created(connection: &Connection, same: &Same) -> rusqlite::Result<Option<(String, i64)>> {
    let found = Created::prepare(connection)?.find(same)?;
    Ok(found.map(|found| (found.contact_id, found.record)))
}

/// Another record, of any run, that stands for the same and is `sending` or `unknown`.
fn open(connection: &Connection, same: &Same, but: RecordId) -> rusqlite::Result<Option<i64>> {
    let by_identity = connection
        .prepare_cached(
            "SELECT records.id FROM records JOIN runs ON runs.id = records.id >> 32
             WHERE records.state IN ('sending', 'unknown') AND identity = ?2 AND service = ?1
               AND (key IS NULL OR ?3 IS NULL OR key = ?3) AND records.id <> ?4 LIMIT 1",
        )?
        .query_row(
            params![same.service, same.identity, same.key, but.0],
            |row| row.get(0),
        )
        .optional()?;
    if by_identity.is_some() || same.key.is_none() {
        return Ok(by_identity);
    }
    connection
        .prepare_cached(
            "SELECT records.id FROM records JOIN runs ON runs.id = records.id >> 32
             WHERE records.state IN ('sending', 'unknown') AND key = ?2 AND key IS NOT NULL AND service = ?1
               AND records.id <> ?3 LIMIT 1",
        )?
        .query_row(params![same.service, same.key, but.0], |row| row.get(0))
        .optional()
}

/// Makes a contact a record's own.
fn take(connection: &Connection, record: RecordId, contact_id: &str) -> rusqlite::Result<()> {
    one(connection
        .prepare_cached(
            "UPDATE records SET contact_id = ?, code = NULL, message = NULL WHERE id = ? AND state = 'created'",
        )?
        .execute(params![contact_id, record.0])?)?;
    mark_record(connection, record)
}

/// Lets go of the records that were held by one that is resolved now: `exists` if it was created, else `planned`.
fn release(connection: &Connection, root: RecordId) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE records SET
               changed = coalesce(root.state = 'created' AND root.identity <> records.identity
                                  AND coalesce(root.bytes <> records.bytes, TRUE), 0),
               contact_id = root.contact_id,
               origin = iif(root.state = 'created', root.id, NULL),
               state = iif(root.state = 'created', 'exists', 'planned')
             FROM records AS root
             WHERE records.state = 'held' AND records.origin = ?1 AND root.id = ?1",
        )?
        .execute([root.0])?;
    Ok(())
}
