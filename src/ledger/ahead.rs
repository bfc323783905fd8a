//! Looks up what a batch of records will ask for, where every look-up waits for a network: a few statements instead of several for
//! each record.

use std::collections::{HashMap, HashSet};

use super::bytes::Known;
use super::marks::{Ahead, Kind, created_record, half};
use super::plan::Statements;
use super::record::{CheckVerdict, Hash, PlannedRecord};
use super::store::{Result, Store, Value};

/// Has everything at hand that planning these records asks for.
pub(super) fn look<'a>(
    store: &'a Store,
    service: i64,
    records: &[PlannedRecord],
    statements: &mut Statements<'a>,
) -> Result<()> {
    let mut hashes = Vec::with_capacity(records.len());
    for record in records {
        hashes.push(match record.verdict {
            CheckVerdict::Valid { .. } => (statements.bytes).hash(record.source, &record.raw)?,
            _ => None,
        });
    }
    let mut known = by_bytes(store, service, &hashes)?;
    let mut ahead = Ahead::default();
    // A contact that was deleted again or brought up to date is not known by its bytes any more.
    let still = still_marked(store, service, &known)?;
    known.retain(|_, known| {
        let created = &known.created;
        still.contains(&(half(&created.identity), created.record))
    });
    let (mut identities, mut keys, mut persons) = (Vec::new(), Vec::new(), Vec::new());
    let rest = records.iter().zip(&hashes);
    for (record, _) in rest.filter(|(_, hash)| hash.is_none_or(|hash| !known.contains_key(&hash))) {
        if let CheckVerdict::Valid {
            identity,
            key,
            person_keys,
            ..
        } = &record.verdict
        {
            identities.push(half(identity));
            keys.extend(key.as_ref().map(half));
            persons.extend(person_keys.iter().map(half));
        }
    }
    marked(store, service, Kind::Identity, identities, &mut ahead)?;
    marked(store, service, Kind::Key, keys, &mut ahead)?;
    marked(store, service, Kind::Person, persons, &mut ahead)?;
    ahead.persons = persons_of(store, &ahead)?;
    let by_bytes = known.values().map(|known| &known.created);
    let found = by_bytes.chain(ahead.by_mark.values().flatten());
    let contacts: Vec<&str> = found.map(|found| found.contact_id.as_str()).collect();
    statements.foreign.know(foreign(store, service, &contacts)?);
    statements.created.know(ahead);
    statements.bytes.know(store, service, known);
    Ok(())
}

fn by_bytes(store: &Store, service: i64, hashes: &[Option<Hash>]) -> Result<HashMap<Hash, Known>> {
    let hashes: Vec<&[u8]> = hashes.iter().flatten().map(Hash::as_slice).collect();
    store.rows(
        "SELECT records.id, contact_id, identity, key, bytes.differed, bytes.hash
         FROM bytes JOIN records ON records.id = bytes.record WHERE service = ?1 AND hash = ANY (?2)",
        &[Value::Integer(service), Value::Blobs(&hashes)],
        |row| {
            let (created, differed) = (created_record(row)?, row.get(4)?);
            Ok((row.get(5)?, Known { created, differed }))
        },
    )
}

/// The marks of these contacts' identities that are still there, each with its record.
fn still_marked(
    store: &Store,
    service: i64,
    known: &HashMap<Hash, Known>,
) -> Result<HashSet<(i64, i64)>> {
    let marks = known.values().map(|known| half(&known.created.identity));
    let marks: Vec<i64> = marks.collect();
    store.rows(
        "SELECT mark, record FROM marks WHERE service = ?1 AND kind = 0 AND mark = ANY (?2)",
        &[Value::Integer(service), Value::Integers(&marks)],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

fn marked(
    store: &Store,
    service: i64,
    kind: Kind,
    mut marks: Vec<i64>,
    ahead: &mut Ahead,
) -> Result<()> {
    let kind = kind as i64;
    marks.retain(|mark| !ahead.by_mark.contains_key(&(kind, *mark)));
    if marks.is_empty() {
        return Ok(());
    }
    let found: Vec<_> = store.rows(
        "SELECT records.id, contact_id, identity, key, mark
         FROM marks JOIN records ON records.id = marks.record
         WHERE service = ?1 AND kind = ?2 AND mark = ANY (?3) ORDER BY marks.record DESC",
        &[
            Value::Integer(service),
            Value::Integer(kind),
            Value::Integers(&marks),
        ],
        |row| Ok((row.get(4)?, created_record(row)?)),
    )?;
    for (mark, created) in found {
        ahead.by_mark.entry((kind, mark)).or_default().push(created);
    }
    Ok(())
}

/// Which of these contacts somebody else made, without a record that has adopted them.
fn foreign(store: &Store, service: i64, contacts: &[&str]) -> Result<HashSet<String>> {
    store.rows(
        "SELECT contact_id FROM found WHERE service = ?1 AND contact_id = ANY (?2)
         GROUP BY contact_id HAVING max(CASE WHEN adopted_at IS NULL THEN 0 ELSE 1 END) = 0",
        &[Value::Integer(service), Value::Texts(contacts)],
        |row| row.get(0),
    )
}

/// Whose persons the marks have only half of.
fn persons_of(store: &Store, ahead: &Ahead) -> Result<HashMap<i64, Vec<u8>>> {
    let by_person = ahead
        .by_mark
        .iter()
        .filter(|((kind, _), _)| *kind == Kind::Person as i64);
    let records: Vec<i64> = by_person
        .flat_map(|(_, found)| found.iter().map(|one| one.record))
        .collect();
    if records.is_empty() {
        return Ok(HashMap::new());
    }
    store.rows(
        "SELECT record, persons FROM contents WHERE record = ANY (?1) AND persons IS NOT NULL",
        &[Value::Integers(&records)],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
