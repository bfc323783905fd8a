//! What the runs of a ledger are compared by: who mapped the records, and by which settings.
//!
//! The settings are hashed as the user wrote them, not as this version understands them: a newer version that understands more
//! must not take them for others.

use crate::cli::Reading;
use crate::config::Config;
use crate::mapping::preset;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_128;

/// The tables of a configuration that say what becomes of a record.
const TABLES: [&str; 4] = ["mapping", "normalize", "tags", "custom_properties"];

/// Keys of them that say what becomes of a contact that is there, whatever a record is mapped to.
const OF_CONTACTS: [&str; 4] = ["on_change", "source", "on_gone", "max_gone"];

/// `{"version":"0.2.0","reading":{"[mapping]":"…","--encoding":"…"}}`
pub fn of(reading: &Reading, config: &Config) -> String {
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
pub fn changed([before, now]: &[String; 2]) -> Vec<String> {
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
