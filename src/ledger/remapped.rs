//! Records that were created before and count as new, because they are mapped otherwise than before.
//!
//! Where their bytes have changed as well, nothing that records are known by is left. But they still have the e-mails and
//! telephones of the earlier records, whatever is made of them.

use std::collections::HashSet;
use std::path::Path;

use rusqlite::params;
use xxhash_rust::xxh3::xxh3_64;

use super::store::{Result, Row, Store};
use super::{Ledger, LedgerError, RunId};

/// Records of a source that a run has planned although they seem to have a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remapped {
    /// The run in which they had it: the last one that was finished.
    pub run: String,
    /// The settings of that run and of this one, as JSON.
    pub settings: [String; 2],
    pub records: u64,
}

impl Ledger {
    /// The records at this path that a run with other settings than the last finished one would create again.
    pub fn remapped(&self, run: RunId, path: &Path) -> Result<Option<Remapped>, LedgerError> {
        find(&self.store, run, &path.to_string_lossy())
            .map_err(self.failed("comparing with an earlier run"))
    }
}

fn find(store: &Store, run: RunId, path: &str) -> Result<Option<Remapped>> {
    let own = source_of(store, run, path, "runs.id = ?1")?;
    let earlier = "runs.id < ?1 AND runs.state = 'finished'
                   AND service = (SELECT service FROM runs WHERE id = ?1)";
    let earlier = source_of(store, run, path, earlier)?;
    let (Some(own), Some(earlier)) = (own, earlier) else {
        return Ok(None);
    };
    if own.settings == earlier.settings {
        return Ok(None);
    }
    let [first, last] = earlier.run.range();
    let [own_first, own_last] = run.range();
    // Of most records that exist, the bytes are with the one that the contact was created for.
    let lost = "SELECT coalesce(own.raw, origin.raw) FROM records
                LEFT JOIN contents AS own ON own.record = records.id
                LEFT JOIN contents AS origin ON origin.record = records.origin
         WHERE records.id BETWEEN ?1 AND ?2 AND source = ?3 AND state IN ('created', 'exists') AND undone_at IS NULL
           AND contact_id NOT IN (SELECT contact_id FROM records WHERE id BETWEEN ?4 AND ?5 AND contact_id IS NOT NULL)";
    let values = params![first, last, earlier.number, own_first, own_last];
    let traces = |row: &Row<'_>| Ok(traces_in(row.bytes(0)?));
    let lost: Vec<Vec<u64>> = store.rows(lost, values, traces)?;
    let lost: HashSet<u64> = lost.into_iter().flatten().collect();
    if lost.is_empty() {
        return Ok(None);
    }
    let planned = "SELECT raw FROM records JOIN contents ON contents.record = records.id
         WHERE records.id BETWEEN ? AND ? AND source = ? AND state = 'planned'";
    let values = params![own_first, own_last, own.number];
    let planned: Vec<Vec<u64>> = store.rows(planned, values, traces)?;
    let is_lost = |traces: &&Vec<u64>| traces.iter().any(|trace| lost.contains(trace));
    let records = planned.iter().filter(is_lost).count() as u64;
    Ok((records > 0).then_some(Remapped {
        run: earlier.name,
        settings: [earlier.settings, own.settings],
        records,
    }))
}

struct Source {
    run: RunId,
    name: String,
    settings: String,
    number: u32,
}

fn source_of(store: &Store, run: RunId, path: &str, which: &str) -> Result<Option<Source>> {
    let select = format!(
        "SELECT runs.id, name, settings, number FROM sources JOIN runs ON runs.id = sources.run
         WHERE path = ?2 AND {which} ORDER BY runs.id DESC LIMIT 1"
    );
    store.optional(&select, params![run.0, path], |row| {
        Ok(Source {
            run: RunId(row.get(0)?),
            name: row.get(1)?,
            settings: row.get(2)?,
            number: row.get(3)?,
        })
    })
}

/// Shorter numbers are dates and postal codes.
const DIGITS: usize = 9;

fn traces_in(raw: &[u8]) -> Vec<u64> {
    // In UTF-16, every other byte of what is looked for is NUL.
    let text: Vec<u8> = raw.iter().copied().filter(|byte| *byte != 0).collect();
    let in_email = |byte: &u8| byte.is_ascii_alphanumeric() || b"@._%+-".contains(byte);
    let emails = text
        .split(|byte| !in_email(byte))
        .filter(|word| word.contains(&b'@') && word.len() > 5)
        .map(|word| xxh3_64(&word.to_ascii_lowercase()));
    let in_number = |byte: &u8| byte.is_ascii_digit() || b" ()+.-".contains(byte);
    let numbers = text
        .split(|byte| !in_number(byte))
        .map(|word| word.iter().copied().filter(u8::is_ascii_digit).collect())
        .filter(|digits: &Vec<u8>| digits.len() >= DIGITS)
        .map(|digits| xxh3_64(&digits));
    emails.chain(numbers).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_share_e_mails_and_telephones_whatever_else_is_in_them() {
        let all = |text: &str| traces_in(text.as_bytes());
        assert_eq!(
            all("Kim,Ann@example.com"),
            all("ann@EXAMPLE.com;1980-01-02")
        );
        assert_eq!(
            all("\"+82 (10) 0000-0001\""),
            all("TEL:82-10-0000-0001\r\n")
        );
        assert_eq!(all("Kim,1980-01-02,04524,@,a@b"), [0; 0]);
        let wide: Vec<u8> = "x@example.com"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(traces_in(&wide), all("x@example.com"));
    }
}
