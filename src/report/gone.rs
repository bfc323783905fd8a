//! `gone.csv`: the contacts whose record has left the source, and what became of them.

use super::folder::make_file;
use super::results::harmless;
use crate::ledger::GoneRow;
use std::io;
use std::path::Path;

pub const FILE: &str = "gone.csv";

/// The header, which others script against.
const COLUMNS: &str = "contact_id,name,outcome,message,record,source,line";

pub fn write(folder: &Path, rows: &[GoneRow]) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(make_file(&folder.join(FILE))?);
    csv.write_record(COLUMNS.split(','))?;
    for row in rows {
        let line = row.line.to_string();
        let texts = [
            row.contact_id.as_str(),
            &row.name,
            row.outcome.into_str(),
            &row.message,
            &row.record,
            &row.source,
            &line,
        ];
        csv.write_record(texts.map(|text| harmless(text).into_owned()))?;
    }
    csv.flush()
}
