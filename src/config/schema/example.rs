//! What the commented example says of each key: its default, and the comment that stands above or beside it.

use crate::config::EXAMPLE;
use serde_json::Value;

pub(super) struct Key {
    pub section: String,
    pub name: String,
    pub default: Value,
    /// The comment, as one line; empty where there is none.
    pub description: String,
}

/// The keys in their order, without those that are commented out.
pub(super) fn keys() -> Vec<Key> {
    let values: Value = toml::from_str(EXAMPLE).expect("a test reads the example");
    let (mut section, mut comment, mut keys) = (String::new(), String::new(), Vec::new());
    for line in EXAMPLE.lines() {
        if let Some(text) = line.strip_prefix('#') {
            // A comment goes on, line by line.
            comment = format!("{comment} {}", text.trim());
        } else if let Some((name, _)) = line.strip_prefix('[').and_then(|l| l.split_once(']')) {
            section = name.to_owned();
            comment.clear();
        } else if let Some((name, value)) = line.split_once(" = ") {
            let beside = value.rsplit_once(" # ").map_or("", |(_, beside)| beside);
            keys.push(Key {
                section: section.clone(),
                name: name.to_owned(),
                default: values[&section][name].clone(),
                description: format!("{} {beside}", comment.trim()).trim().to_owned(),
            });
            comment.clear();
        } else {
            comment.clear();
        }
    }
    keys
}
