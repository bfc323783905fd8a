//! The commented example, line by line: the comments are also the descriptions of the schema, and exist in other languages.

use super::EXAMPLE;

/// A line of the example, with the comments above and beside it.
pub struct Entry {
    /// The table that the line is in; empty at the top.
    pub table: String,
    /// The key that it sets; empty for any other line.
    pub name: &'static str,
    /// The comment above the line, as one line.
    pub above: String,
    pub beside: &'static str,
    /// The line without its comments.
    pub line: &'static str,
}

impl Entry {
    /// The key of the comment above it in the catalogues of help texts, such as `config-send-rate`; that of the other one ends
    /// in `-beside`.
    pub fn text_key(&self) -> String {
        let parts = ["config", &self.table, self.name].into_iter();
        let parts = parts.filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("-").replace('.', "-")
    }
}

/// The lines in their order. Those that only a comment sign keeps from being read are lines, not comments.
pub fn entries() -> Vec<Entry> {
    let (mut table, mut above, mut entries) = (String::new(), String::new(), Vec::new());
    for line in EXAMPLE.lines() {
        let bare = line.strip_prefix("# ").unwrap_or(line);
        let header = bare.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let name = bare.split_once(" = ").map_or("", |(name, _)| name);
        let is_line = header.is_some() || !(name.is_empty() || name.contains(' '));
        if let Some(text) = line.strip_prefix('#').filter(|_| !is_line) {
            above = format!("{above} {}", text.trim()).trim().to_owned();
            continue;
        }
        if let Some((name, _)) = header {
            name.clone_into(&mut table);
        }
        let beside = bare.rsplit_once(" # ").map_or("", |(_, beside)| beside);
        entries.push(Entry {
            table: table.clone(),
            name,
            above: std::mem::take(&mut above),
            beside,
            line: line.strip_suffix(beside).unwrap_or(line),
        });
    }
    entries
}
