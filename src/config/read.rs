//! Reading TOML so that every complaint names the file, the line, the key and the nearest one that there is.

use crate::lang::tr;
use std::cell::RefCell;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong with a configuration or mapping: `cardlift.toml:12: …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The file, or what stands for it.
    pub path: PathBuf,
    /// The 1-based line, where there is one.
    pub line: Option<usize>,
    /// What is wrong and the way out.
    pub message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for ConfigError {}

/// A TOML file's text with the name that it goes by in messages.
#[derive(Debug)]
pub struct Document {
    path: PathBuf,
    text: String,
}

impl Document {
    /// A document from its text.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Document {
            path: path.into(),
            text: text.into(),
        }
    }

    /// Reads a file.
    pub fn open(path: &Path) -> Result<Self, ConfigError> {
        std::fs::read_to_string(path)
            .map(|text| Document::new(path, text))
            .map_err(|error| ConfigError {
                path: path.to_owned(),
                line: None,
                message: tr!("config-unreadable", error = error.to_string()),
            })
    }

    /// Parses it and hands its top level to `read`; a key that `read` did not ask for is an error.
    pub fn read<T>(
        &self,
        read: impl FnOnce(&Section<'_>) -> Result<T, ConfigError>,
    ) -> Result<T, ConfigError> {
        let table = DeTable::parse(&self.text).map_err(|error| {
            self.error(
                error.span(),
                tr!("config-not-toml", error = error.message()),
            )
        })?;
        let section = Section::new(self, String::new(), table.get_ref(), table.span());
        let value = read(&section)?;
        section.finish()?;
        Ok(value)
    }

    fn error(&self, span: Option<std::ops::Range<usize>>, message: String) -> ConfigError {
        let line = span.map(|span| {
            let before = &self.text.as_bytes()[..span.start.min(self.text.len())];
            before.iter().filter(|byte| **byte == b'\n').count() + 1
        });
        ConfigError {
            path: self.path.clone(),
            line,
            message,
        }
    }
}

/// A table of the document. It remembers what was asked of it, so that what nobody knows can be named.
pub struct Section<'d> {
    document: &'d Document,
    name: String,
    table: &'d DeTable<'d>,
    span: std::ops::Range<usize>,
    asked: RefCell<Vec<String>>,
}

/// A value with its place.
#[derive(Clone)]
pub struct Entry<'d> {
    document: &'d Document,
    name: String,
    value: &'d Spanned<DeValue<'d>>,
}

impl<'d> Section<'d> {
    fn new(
        document: &'d Document,
        name: String,
        table: &'d DeTable<'d>,
        span: std::ops::Range<usize>,
    ) -> Self {
        Section {
            document,
            name,
            table,
            span,
            asked: RefCell::default(),
        }
    }

    /// The value of a key.
    pub fn entry(&self, key: &str) -> Option<Entry<'d>> {
        self.asked.borrow_mut().push(key.to_owned());
        self.table.get(key).map(|value| Entry {
            document: self.document,
            name: self.name_of(key),
            value,
        })
    }

    /// A text.
    pub fn string(&self, key: &str) -> Result<Option<String>, ConfigError> {
        self.entry(key).map(|entry| entry.string()).transpose()
    }

    /// A truth value.
    pub fn boolean(&self, key: &str) -> Result<Option<bool>, ConfigError> {
        self.entry(key).map(|entry| entry.boolean()).transpose()
    }

    /// A whole number from 0 on.
    pub fn integer(&self, key: &str) -> Result<Option<u64>, ConfigError> {
        self.entry(key).map(|entry| entry.integer()).transpose()
    }

    /// A time: `"30s"`, `"500ms"`, `"2m"`, or a whole number of seconds.
    pub fn duration(&self, key: &str) -> Result<Option<Duration>, ConfigError> {
        self.entry(key).map(|entry| entry.duration()).transpose()
    }

    /// A list of texts; one text stands for a list of one.
    pub fn strings(&self, key: &str) -> Result<Option<Vec<String>>, ConfigError> {
        self.entry(key).map(|entry| entry.strings()).transpose()
    }

    /// One of `allowed`.
    pub fn one_of(
        &self,
        key: &str,
        allowed: &[&'static str],
    ) -> Result<Option<&'static str>, ConfigError> {
        let Some(entry) = self.entry(key) else {
            return Ok(None);
        };
        let text = entry.string()?;
        match allowed.iter().find(|one| **one == text) {
            Some(one) => Ok(Some(one)),
            None => Err(entry.error(tr!(
                "config-one-of",
                key = entry.name(),
                value = text,
                allowed = list_of(allowed)
            ))),
        }
    }

    /// A table below this one, handed to `read`; a key in it that `read` did not ask for is an error.
    pub fn section<T>(
        &self,
        key: &str,
        read: impl FnOnce(&Section<'d>) -> Result<T, ConfigError>,
    ) -> Result<Option<T>, ConfigError> {
        self.entry(key).map(|entry| entry.section(read)).transpose()
    }

    /// The keys of this table as the document has them, for tables whose keys are the user's own names.
    pub fn keys(&self) -> Vec<String> {
        self.table
            .keys()
            .map(|key| key.get_ref().to_string())
            .collect()
    }

    /// An error at this table.
    pub fn error(&self, message: impl Into<String>) -> ConfigError {
        self.document.error(Some(self.span.clone()), message.into())
    }

    fn name_of(&self, key: &str) -> String {
        if self.name.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.name)
        }
    }

    fn finish(&self) -> Result<(), ConfigError> {
        let asked = self.asked.borrow();
        let Some(unknown) = self
            .table
            .keys()
            .find(|key| !asked.iter().any(|one| one == key.get_ref().as_ref()))
        else {
            return Ok(());
        };
        let name = unknown.get_ref().as_ref();
        let (table, known) = (self.name.as_str(), list_of(&asked));
        let near = nearest(name, asked.iter().map(String::as_str), 1);
        let message = match (near.first().copied(), table.is_empty()) {
            (Some(near), true) => tr!("config-unknown-near", key = name, near = near),
            (None, true) => tr!("config-unknown", key = name, known = known),
            (Some(near), false) => {
                tr!(
                    "config-unknown-in-near",
                    key = name,
                    table = table,
                    near = near
                )
            }
            (None, false) => tr!(
                "config-unknown-in",
                key = name,
                table = table,
                known = known
            ),
        };
        Err(self.document.error(Some(unknown.span()), message))
    }
}

impl<'d> Entry<'d> {
    /// The key with the tables that it stands in.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// An error at this value.
    pub fn error(&self, message: impl Into<String>) -> ConfigError {
        self.document.error(Some(self.value.span()), message.into())
    }

    /// The value as a text, if it is one.
    pub fn as_str(&self) -> Option<&'d str> {
        self.value.get_ref().as_str()
    }

    /// Whether the value is a table.
    pub fn is_table(&self) -> bool {
        self.value.get_ref().is_table()
    }

    /// Whether the value is a list.
    pub fn is_list(&self) -> bool {
        self.value.get_ref().is_array()
    }

    /// A text.
    pub fn string(&self) -> Result<String, ConfigError> {
        self.as_str()
            .map(str::to_owned)
            .ok_or_else(|| self.wrong_type(&tr!("wanted-text")))
    }

    /// A truth value.
    pub fn boolean(&self) -> Result<bool, ConfigError> {
        self.value
            .get_ref()
            .as_bool()
            .ok_or_else(|| self.wrong_type(&tr!("wanted-boolean")))
    }

    /// A whole number from 0 on.
    pub fn integer(&self) -> Result<u64, ConfigError> {
        self.value
            .get_ref()
            .as_integer()
            .and_then(|integer| {
                u64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
            })
            .ok_or_else(|| self.wrong_type(&tr!("wanted-number")))
    }

    /// A time: `"30s"`, `"500ms"`, `"2m"`, or a whole number of seconds.
    pub fn duration(&self) -> Result<Duration, ConfigError> {
        let wrong = || self.wrong_type(&tr!("wanted-time"));
        match self.as_str() {
            Some(text) => parse_duration(text).ok_or_else(wrong),
            None => self.integer().map(Duration::from_secs).map_err(|_| wrong()),
        }
    }

    /// A list of texts; one text stands for a list of one.
    pub fn strings(&self) -> Result<Vec<String>, ConfigError> {
        if self.as_str().is_some() {
            return self.string().map(|text| vec![text]);
        }
        self.items()?.iter().map(Entry::string).collect()
    }

    /// The items of a list; any other value stands for a list of one.
    pub fn items(&self) -> Result<Vec<Entry<'d>>, ConfigError> {
        let Some(array) = self.value.get_ref().as_array() else {
            return Ok(vec![self.clone()]);
        };
        Ok(array
            .iter()
            .enumerate()
            .map(|(index, value)| Entry {
                document: self.document,
                name: format!("{}[{index}]", self.name),
                value,
            })
            .collect())
    }

    /// The table that this is, handed to `read`; a key in it that `read` did not ask for is an error.
    pub fn section<T>(
        &self,
        read: impl FnOnce(&Section<'d>) -> Result<T, ConfigError>,
    ) -> Result<T, ConfigError> {
        let table = self
            .value
            .get_ref()
            .as_table()
            .ok_or_else(|| self.wrong_type(&tr!("wanted-table")))?;
        let section = Section::new(self.document, self.name.clone(), table, self.value.span());
        let value = read(&section)?;
        section.finish()?;
        Ok(value)
    }

    /// The complaint that the value is not of the type that is needed.
    pub fn wrong_type(&self, wanted: &str) -> ConfigError {
        self.error(tr!(
            "config-wrong-type",
            key = self.name.as_str(),
            kind = self.value.get_ref().type_str(),
            wanted = wanted
        ))
    }
}

/// A time as a person writes it: `30s`, `500ms`, `2m`, `1h`, or seconds alone.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok()?;
    let millis = match unit.trim() {
        "ms" => 1,
        "" | "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    number.checked_mul(millis).map(Duration::from_millis)
}

/// The names among `known` that `name` may be a misspelling of, the nearest first, at most `most`.
pub fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>, most: usize) -> Vec<&'k str> {
    let folded = name.to_lowercase();
    let mut scored: Vec<(f64, &str)> = known
        .map(|known| (strsim::jaro_winkler(&folded, &known.to_lowercase()), known))
        .filter(|(score, _)| *score > 0.75)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored
        .into_iter()
        .map(|(_, known)| known)
        .take(most)
        .collect()
}

/// `a`, `b`, `c`, each in backticks.
pub fn list_of(names: &[impl AsRef<str>]) -> String {
    names
        .iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests;
