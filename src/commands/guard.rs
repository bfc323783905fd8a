//! Guards of runs that nobody watches: what is so unlike the last time that somebody should look before anything is sent.
//!
//! The settings that runs are compared by are hashed as the user wrote them, not as this version understands them: a newer version
//! that understands more must not take them for others.

use super::reading::Opened;
use crate::cli::Reading;
use crate::config::Config;
use crate::exit::Failed;
use crate::input::Input;
use crate::lang::{self, Phrase, keyed, tr};
use crate::ledger::{Ledger, RunId};
use crate::mapping::preset;
use crate::names::list_of;
use crate::report::RejectSource;
use crate::source::csv::written_cells;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_128;

/// Compares sources with what the last finished run found at the same place; gives what is wrong. Standard input is no
/// place: what comes there may be another file each time.
pub fn objections<'i>(
    ledger: &Ledger,
    run: RunId,
    inputs: impl Iterator<Item = (&'i Input, u64)>,
) -> Result<Vec<Phrase>, Failed> {
    let mut objections = Vec::new();
    for (input, records) in inputs.filter(|(input, _)| input.name != "-") {
        let name = input.name.as_str();
        let earlier = ledger.earlier(run, Path::new(name))?;
        let Some(earlier) = earlier else { continue };
        let (run, source, before) = (earlier.run.as_str(), &earlier.source, earlier.records);
        if records.saturating_mul(2) < before {
            objections.push(keyed!("guard-shrunk", name, count = records, before, run));
        }
        let before = RejectSource::stored(&source.header, source.delimiter, &source.encoding);
        match (columns(&input.reject), columns(&before)) {
            (now, before) if now == before => {}
            (Some(now), Some(before)) => {
                let difference = difference(&before, &now);
                objections.push(keyed!("guard-columns", name, run, difference));
            }
            _ => objections.push(keyed!("guard-kind", name, run)),
        }
    }
    Ok(objections)
}

/// Says how many records of each source have their contact and would be created again, because they are mapped otherwise than
/// before.
pub fn remapped(ledger: &Ledger, run: RunId, inputs: &[Input]) -> Result<Vec<Phrase>, Failed> {
    let mut objections = Vec::new();
    for input in inputs.iter().filter(|input| input.name != "-") {
        let name = input.name.as_str();
        if let Some(found) = ledger.remapped(run, Path::new(name))? {
            let changed = list_of(&changed(&found.settings));
            let (run, count) = (found.run, found.records);
            objections.push(keyed!("guard-remapped", name, changed, run, count));
        }
    }
    Ok(objections)
}

/// Says how many contacts of the plan were created at the same address under another account, if any were: to the same company
/// they would go twice.
pub fn elsewhere(ledger: &Ledger, run: RunId) -> Result<Option<Phrase>, Failed> {
    let found = ledger.elsewhere(run)?;
    Ok(found.map(|found| match found.account.as_str() {
        "" => keyed!("guard-elsewhere-token", count = found.records),
        account => keyed!("guard-elsewhere", count = found.records, account),
    }))
}

/// Says that the ledger has lost what was sent before: it has no run, and its lock file or a report of an earlier run is there.
pub fn emptied(
    (ledger, path): (&Ledger, &Path),
    opened: &Opened,
    reports: &Path,
) -> Result<Option<Phrase>, Failed> {
    if !ledger.is_empty()? {
        return Ok(None);
    }
    let path = path.display().to_string();
    if ledger.was_used() {
        return Ok(Some(keyed!("guard-lock", ledger = path)));
    }
    let inside = std::fs::read_dir(reports).into_iter().flatten().flatten();
    let folders = inside.take(REPORTS).map(|entry| entry.path());
    let report = std::iter::once(reports.to_owned())
        .chain(folders)
        .find(|folder| has_sent(folder, opened));
    Ok(report.map(|report| {
        let report = report.display().to_string();
        keyed!("guard-report", ledger = path, report)
    }))
}

/// So many reports are looked at.
const REPORTS: usize = 10_000;

/// Whether a folder has the report of a run that created contacts for one of these inputs at this address.
fn has_sent(folder: &Path, opened: &Opened) -> bool {
    let text = std::fs::read(folder.join("summary.json")).unwrap_or_default();
    let summary: Value = serde_json::from_slice(&text).unwrap_or_default();
    let sources = summary["sources"].as_array().into_iter().flatten();
    let mut paths = sources.filter_map(|source| source["path"].as_str());
    let count = |outcome: &str| summary["outcomes"][outcome].as_u64().unwrap_or(0);
    summary["service"] == opened.config.api.base_url
        && count("created") + count("exists") > 0
        && paths.any(|path| opened.inputs.iter().any(|input| input.name == path))
}

/// The columns of a CSV; none for vCards.
fn columns(source: &RejectSource) -> Option<Vec<String>> {
    let RejectSource::Csv {
        header,
        dialect,
        encoding,
        ..
    } = source
    else {
        return None;
    };
    let (text, _) = encoding.decode(header);
    let cells = written_cells(text.trim_start_matches('\u{feff}'), *dialect).into_iter();
    Some(cells.map(|cell| cell.value.trim().to_owned()).collect())
}

fn difference(before: &[String], now: &[String]) -> String {
    let missing = |from: &[String], of: &[String]| -> Vec<String> {
        let gone = of.iter().filter(|column| !from.contains(column));
        gone.cloned().collect()
    };
    let (gone, new) = (missing(now, before), missing(before, now));
    let gone = (!gone.is_empty()).then(|| tr!("columns-gone", names = list_of(&gone)));
    let new = (!new.is_empty()).then(|| tr!("columns-new", names = list_of(&new)));
    lang::joined(gone.into_iter().chain(new)).unwrap_or_else(|| tr!("columns-order"))
}

/// The tables of a configuration that say what becomes of a record.
const TABLES: [&str; 4] = ["mapping", "normalize", "tags", "custom_properties"];

/// Keys of them that say what becomes of a contact that is there, whatever a record is mapped to.
const OF_CONTACTS: [&str; 4] = ["on_change", "source", "on_gone", "max_gone"];

/// What runs are compared by, the version and what says how records are mapped: `{"version":"0.2.0","reading":{"[mapping]":"…","--encoding":"…"}}`
pub fn settings(reading: &Reading, config: &Config) -> String {
    let mut hashes = BTreeMap::new();
    let mut add = |name: String, text: &str| {
        hashes.insert(name, format!("{:032x}", xxh3_128(text.as_bytes())));
    };
    let configured = config.path.as_deref().map(tables).unwrap_or_default();
    for (name, text) in configured {
        add(format!("[{name}]"), &text);
    }
    let read_as = &reading.read_as;
    if let Some(mapping) = &read_as.mapping {
        let file = match preset::get(mapping) {
            Some(_) => BTreeMap::new(),
            None => tables(Path::new(mapping)),
        };
        add(
            "--mapping".to_owned(),
            file.get("mapping").unwrap_or(mapping),
        );
    }
    if let Some(encoding) = &read_as.encoding {
        add("--encoding".to_owned(), encoding);
    }
    json!({"version": env!("CARGO_PKG_VERSION"), "reading": hashes}).to_string()
}

/// What of two settings differs: the version, and tables and options by their names.
fn changed([before, now]: &[String; 2]) -> Vec<String> {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let (before, now) = (read(before), read(now));
    let mut changed = Vec::new();
    if before["version"] != now["version"] {
        let version = |value: &Value| value["version"].as_str().unwrap_or("0.1").to_owned();
        changed.push(format!("cardlift {} → {}", version(&before), version(&now)));
    }
    // Version 0.1 noted nothing else.
    if let Some(before) = before["reading"].as_object() {
        let now = now["reading"].as_object().cloned().unwrap_or_default();
        let mut names: Vec<&String> = before.keys().chain(now.keys()).collect();
        names.sort();
        names.dedup();
        names.retain(|name| before.get(*name) != now.get(*name));
        changed.extend(names.into_iter().cloned());
    }
    changed
}

/// The tables of a TOML file, each as text that does not depend on comments and order.
fn tables(path: &Path) -> BTreeMap<&'static str, String> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let file: toml::Table = text.parse().unwrap_or_default();
    let table = |name: &'static str| {
        let mut table = file.get(name)?.clone();
        for key in OF_CONTACTS {
            table.as_table_mut()?.remove(key);
        }
        let is_empty = table.as_table().is_some_and(toml::Table::is_empty);
        (!is_empty).then(|| (name, table.to_string()))
    };
    TABLES.into_iter().filter_map(table).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_of_two_headers_names_the_columns() {
        let list = |text: &str| -> Vec<String> { text.split(',').map(str::to_owned).collect() };
        for (before, now, said) in [
            ("A,B", "A", "`B` gone"),
            ("A", "A,B", "`B` new"),
            ("A,B", "A,C", "`B` gone, `C` new"),
            ("A,B", "B,A", "different order"),
        ] {
            assert_eq!(difference(&list(before), &list(now)), said);
        }
    }
}
