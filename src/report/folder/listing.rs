//! The files of a report as its `summary.json` lists them.

use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use xxhash_rust::xxh3::Xxh3;

/// What a `summary.json` says of its folder.
#[derive(Debug, Default)]
pub struct Listing {
    pub version: Version,
    pub files: Vec<FileEntry>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Version {
    #[default]
    WithFiles,
    /// As cardlift 0.1 wrote it.
    WithoutFiles,
}

/// A file by name, size in bytes, and content.
#[derive(Clone, Debug, PartialEq)]
pub struct FileEntry {
    pub name: String,
    size: u64,
    /// XXH3, 128 bits, as `xxhsum -H128` prints it.
    hash: String,
}

impl Listing {
    /// Reads a summary; `None` if there is none, or it is not cardlift's.
    pub fn read(path: &Path) -> Option<Listing> {
        let summary: Value = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
        let ours = ["run", "started", "records", "outcomes", "sources"];
        if !ours.iter().all(|key| summary.get(key).is_some()) {
            return None;
        }
        let Some(files) = summary.get("files") else {
            return Some(Listing {
                version: Version::WithoutFiles,
                files: Vec::new(),
            });
        };
        let files = files.as_array()?.iter().map(FileEntry::from_json);
        Some(Listing {
            version: Version::WithFiles,
            files: files.collect::<Option<_>>()?,
        })
    }
}

impl FileEntry {
    /// A file as it is now; `None` if it is something else, a link for example.
    pub fn of(path: &Path) -> io::Result<Option<FileEntry>> {
        if !path.symlink_metadata()?.is_file() {
            return Ok(None);
        }
        let mut file = File::open(path)?;
        let (mut hash, mut size) = (Xxh3::new(), 0);
        let mut block = vec![0; 1 << 16];
        loop {
            let read = file.read(&mut block)?;
            if read == 0 {
                break;
            }
            hash.update(&block[..read]);
            size += read as u64;
        }
        let name = path.file_name().unwrap_or_default();
        Ok(Some(FileEntry {
            name: name.to_string_lossy().into_owned(),
            size,
            hash: format!("{:032x}", hash.digest128()),
        }))
    }

    pub fn to_json(&self) -> Value {
        json!({"name": self.name, "size": self.size, "hash": format!("{PREFIX}{}", self.hash)})
    }

    /// A name with a separator in it would lead out of the folder.
    fn from_json(value: &Value) -> Option<FileEntry> {
        let name = value["name"].as_str()?;
        let is_plain = Path::new(name).file_name().is_some_and(|one| one == name);
        is_plain.then_some(())?;
        Some(FileEntry {
            name: name.to_owned(),
            size: value["size"].as_u64()?,
            hash: value["hash"].as_str()?.strip_prefix(PREFIX)?.to_owned(),
        })
    }
}

const PREFIX: &str = "xxh128:";

/// Whether a file may be part of a report by its name: `results.csv`, `rejects-2.vcf`. Others beginning alike are not ours.
pub fn is_of_report(name: &str) -> bool {
    let (stem, end) = name.split_once('.').unwrap_or((name, ""));
    let number = stem.strip_prefix("rejects-");
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_rejects = stem == "rejects" || number.is_some_and(is_number);
    match end {
        "csv" | "vcf" | "tmp" if is_rejects => true,
        _ => matches!(
            name,
            "results.csv"
                | "gone.csv"
                | "results.jsonl"
                | "report.html"
                | "summary.json"
                | "summary.tmp"
        ),
    }
}
