//! Reads TOML into types that derive `Deserialize`; every error names the file, the line, the key and the nearest known key.

mod de;
mod forms;

use crate::lang::tr;
use de::Node;
use serde::de::DeserializeOwned;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use de::KEY;
pub(crate) use forms::words;
pub use forms::{ColumnOr, Lined, Scalar, ValuesOr, Word, Words, scalar, unless_empty};

/// A configuration or mapping that can't be used: `cardlift.toml:12: …`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}: {message}", .path.display(), .line.map_or(String::new(), |line| format!(":{line}")))]
pub struct ConfigError {
    pub path: PathBuf,
    /// Starts at 1.
    pub line: Option<usize>,
    /// The problem and the way out.
    pub message: String,
}

/// A TOML text with the path that errors name.
#[derive(Debug)]
pub struct Document {
    path: PathBuf,
    text: String,
}

impl Document {
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Document {
            path: path.into(),
            text: text.into(),
        }
    }

    pub fn open(path: &Path) -> Result<Self, ConfigError> {
        std::fs::read_to_string(path)
            .map(|text| Document::new(path, text))
            .map_err(|error| ConfigError {
                path: path.to_owned(),
                line: None,
                message: tr!("config-unreadable", error),
            })
    }

    pub fn read<T: DeserializeOwned>(&self) -> Result<T, ConfigError> {
        self.read_over("")
    }

    /// Reads the document; keys that it lacks at the top, and in the tables there, are taken from `defaults`.
    pub fn read_over<T: DeserializeOwned>(&self, defaults: &str) -> Result<T, ConfigError> {
        let table = self.parse(&self.text)?;
        let (span, mut table) = (table.span(), table.into_inner());
        for (name, section) in self.parse(defaults)?.into_inner() {
            let own = table.entry(name).or_insert_with(|| section.clone());
            if let (DeValue::Table(own), DeValue::Table(all)) =
                (own.get_mut(), section.into_inner())
            {
                for (key, value) in all {
                    own.entry(key).or_insert(value);
                }
            }
        }
        let value = Spanned::new(span, DeValue::Table(table));
        let node = Node::new(self, String::new(), &value);
        T::deserialize(node.clone()).map_err(|error| node.locate(error))
    }

    fn parse<'t>(&self, text: &'t str) -> Result<Spanned<DeTable<'t>>, ConfigError> {
        DeTable::parse(text).map_err(|error| {
            let message = tr!("config-not-toml", error = error.message());
            self.error(error.span(), message)
        })
    }

    fn error(&self, span: Option<Range<usize>>, message: String) -> ConfigError {
        ConfigError {
            path: self.path.clone(),
            line: span.map(|span| self.line(span.start)),
            message,
        }
    }

    fn line(&self, at: usize) -> usize {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

#[cfg(test)]
mod tests;
