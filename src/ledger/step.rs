//! The transitions of a record, each one statement of what happened, applied in a transaction.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::RunId;
use super::bytes;
use super::change;
use super::marks::{Created, Same, Within, mark, owner};
use super::plan::range;
use super::record::RecordId;

/// Something that happened while sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A request is about to leave. It must not leave unless this gave [`Applied::Attempt`].
    Attempt {
        /// For which record; it has to be `planned`.
        record: RecordId,
        /// The operation, whose rate limit the request counts against.
        operation: &'static str,
        /// When it leaves.
        at: Timestamp,
    },
    /// An attempt ended, with an answer or without.
    Answer {
        /// The record; it has to be `sending`.
        record: RecordId,
        /// The attempt, as [`Applied::Attempt`] named it.
        attempt: AttemptId,
        /// When it ended.
        at: Timestamp,
        /// The HTTP status, if there was an answer.
        status: Option<u16>,
        /// The service's code.
        code: Option<String>,
        /// The service's description, or what the network said.
        description: Option<String>,
        /// What that means for the record.
        outcome: Outcome,
    },
    /// The contact of an unknown record was found in the service.
    Found {
        /// The record; it has to be `unknown`.
        record: RecordId,
        /// Its contact. Refused with [`Applied::Owned`] if it belongs to another record.
        contact_id: String,
    },
    /// The contact of an unknown record is not in the service and can't appear there any more.
    NotFound {
        /// The record; it has to be `unknown`.
        record: RecordId,
        /// Its attempts have run out: `failed` instead of `planned`.
        give_up: bool,
    },
    /// A planned record's contact was found in the service, where somebody else has made it: the record is `exists`.
    Matched {
        /// The record; it has to be `planned`.
        record: RecordId,
        /// The contact.
        contact_id: String,
        /// What there is to say of it, for scripts.
        code: Option<&'static str>,
        /// The same for people.
        message: String,
    },
    /// A request that changes a contact is about to leave.
    Change {
        /// The record that has the contact.
        record: RecordId,
        /// The contact.
        contact_id: String,
        /// The operation, whose rate limit the request counts against.
        operation: &'static str,
        /// When it leaves.
        at: Timestamp,
    },
    /// A request that changes a contact ended.
    Changed {
        /// The record that has the contact.
        record: RecordId,
        /// The request, as [`Applied::Change`] named it.
        change: ChangeId,
        /// When it ended.
        at: Timestamp,
        /// What came of it.
        outcome: ChangeOutcome,
        /// The HTTP status, if there was an answer.
        status: Option<u16>,
        /// A code for scripts: the service's, or ours.
        code: Option<String>,
        /// The same for people.
        description: Option<String>,
    },
    /// Sending stopped at once: what is `sending` in this run becomes `unknown`.
    CutOff {
        /// The run.
        run: RunId,
        /// When it stopped.
        at: Timestamp,
    },
    /// Contacts that were in the service before the first attempt of a run: none of them can be its work.
    SeenBefore {
        /// The run.
        run: RunId,
        /// Their ids.
        contact_ids: Vec<String>,
    },
}

/// Stands among the contacts that were seen before for having looked at all; no contact has an empty id.
pub(super) const HAS_LOOKED: &str = "";

/// An attempt within its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AttemptId(i64);

/// A request that changes a contact, within its ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChangeId(pub(super) i64);

/// What came of a request that changes a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeOutcome {
    /// The contact is deleted; from now on its identity is not "already there" any more.
    Deleted,
    /// There was no such contact any more: the same follows for what was to be deleted; what was to be updated is `rejected`.
    Gone,
    /// The contact has the record's content now, and is known by it.
    Updated,
    /// The service refuses the change: the record is `rejected`.
    Rejected,
    /// Nothing came of it, and it is given up: an update's record is `failed`.
    Failed,
}

impl ChangeOutcome {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            ChangeOutcome::Deleted => "deleted",
            ChangeOutcome::Gone => "gone",
            ChangeOutcome::Updated => "updated",
            ChangeOutcome::Rejected => "rejected",
            ChangeOutcome::Failed => "failed",
        }
    }
}

/// What the end of an attempt means for its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The contact exists.
    Created {
        /// Its id.
        contact_id: String,
    },
    /// Nothing was created, and it may be sent again.
    NotCreated,
    /// Nothing was created, and the attempts have run out.
    GaveUp,
    /// The service refuses this contact.
    Rejected,
    /// It may have been created.
    Unknown,
}

/// What a step came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// The request may leave.
    Attempt {
        /// Names the attempt in its answer.
        id: AttemptId,
        /// Requests that left for this record, this one included.
        number: u32,
    },
    /// The request must not leave: the contact was created in the meantime. The record is `exists` now.
    Exists {
        /// The contact.
        contact_id: String,
    },
    /// The request must not leave: another record of the same identity is not resolved. The record is `held` now.
    Held,
    /// The contact belongs to another record. Nothing was changed.
    Owned,
    /// The request that changes a contact may leave.
    Change(ChangeId),
    /// Done.
    Done,
}

impl Step {
    /// What is being done, for messages.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Step::Attempt { .. } => "noting an attempt",
            Step::Answer { .. } => "noting an answer",
            Step::Found { .. } => "noting a contact that was found",
            Step::NotFound { .. } => "noting a contact that was not found",
            Step::Matched { .. } => "noting a contact that is there already",
            Step::Change { .. } => "noting a change",
            Step::Changed { .. } => "noting the end of a change",
            Step::CutOff { .. } => "noting what was cut off",
            Step::SeenBefore { .. } => "noting what was there before",
        }
    }

    /// The fail points before and after its commit.
    pub(super) fn points(&self) -> (&'static str, &'static str) {
        match self {
            Step::Attempt { .. } => ("attempt.before_commit", "attempt.after_commit"),
            Step::Answer { .. } => ("answer.before_commit", "answer.after_commit"),
            Step::Found { .. } | Step::NotFound { .. } | Step::CutOff { .. } => {
                ("resolve.before_commit", "resolve.after_commit")
            }
            Step::Matched { .. } => ("matched.before_commit", "matched.after_commit"),
            Step::Change { .. } => ("change.before_commit", "change.after_commit"),
            Step::Changed { .. } => ("changed.before_commit", "changed.after_commit"),
            Step::SeenBefore { .. } => ("baseline.before_commit", "baseline.after_commit"),
        }
    }
}

/// Applies a step; an error that is [`rusqlite::Error::StatementChangedRows`] means that the record was in another state.
pub(super) fn apply(connection: &Connection, step: &Step) -> rusqlite::Result<Applied> {
    match step {
        Step::Attempt {
            record,
            operation,
            at,
        } => attempt(connection, *record, operation, *at),
        Step::Answer { .. } => answer(connection, step),
        Step::Found { record, contact_id } => found(connection, *record, contact_id),
        Step::NotFound { record, give_up } => not_found(connection, *record, *give_up),
        Step::Matched { .. } => change::matched(connection, step),
        Step::Change { .. } => change::begin(connection, step),
        Step::Changed { .. } => change::end(connection, step),
        Step::CutOff { run, at } => cut_off(connection, *at, Some(*run)).map(|_| Applied::Done),
        Step::SeenBefore { run, contact_ids } => seen_before(connection, *run, contact_ids),
    }
}

fn attempt(
    connection: &Connection,
    record: RecordId,
    operation: &str,
    at: Timestamp,
) -> rusqlite::Result<Applied> {
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
            "INSERT INTO attempts (record, number, operation, started_at) VALUES (?, ?, ?, ?)",
        )?
        .execute(params![record.0, number, operation, at.as_microsecond()])?;
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
    if let Outcome::Created { contact_id } = outcome {
        take(connection, *record, contact_id)?;
    }
    if *outcome != Outcome::Unknown {
        release(connection, *record)?;
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
    let state = if give_up { "failed" } else { "planned" };
    one(connection
        .prepare_cached("UPDATE records SET state = ? WHERE id = ? AND state = 'unknown'")?
        .execute(params![state, record.0])?)?;
    release(connection, record)?;
    Ok(Applied::Done)
}

/// Makes `unknown` what is `sending`, in one run or in all, and returns how many records that were.
pub(super) fn cut_off(
    connection: &Connection,
    at: Timestamp,
    run: Option<RunId>,
) -> rusqlite::Result<u64> {
    let [first, last] = run.map_or([i64::MIN, i64::MAX], range);
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

/// Makes a record's contact known by the record's content and bytes.
pub(super) fn mark_record(connection: &Connection, record: RecordId) -> rusqlite::Result<()> {
    let same = same(connection, record)?;
    let persons: Option<Vec<u8>> = connection
        .prepare_cached("SELECT persons FROM contents WHERE record = ?")?
        .query_row([record.0], |row| row.get(0))?;
    mark(connection, record, &same, &persons.unwrap_or_default())?;
    bytes::remember(connection, same.service, record)
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

/// A step changes one record, or it does not fit.
pub(super) fn one(changed: usize) -> rusqlite::Result<()> {
    match changed {
        1 => Ok(()),
        other => Err(rusqlite::Error::StatementChangedRows(other)),
    }
}
