//! The files of a report as its `summary.json` lists them.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::Path;
use xxhash_rust::xxh3::Xxh3;

/// What a `summary.json` says of its folder.
#[derive(Debug, Default)]
pub struct Listing {
    pub files: Vec<FileEntry>,
    /// Whether it is from cardlift 0.1, which listed none.
    pub has_no_files: bool,
}

/// A file by name, size in bytes, and content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileEntry {
    pub name: String,
    size: u64,
    /// XXH3, 128 bits, as `xxhsum -H128` prints it, behind `xxh128:`.
    hash: String,
}

impl Listing {
    /// Reads a summary; `None` if there is none, or it is not cardlift's.
    pub fn read(path: &Path) -> Option<Listing> {
        let mut summary: Value = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
        let ours = ["run", "started", "records", "outcomes", "sources"];
        if !ours.iter().all(|key| summary.get(key).is_some()) {
            return None;
        }
        let has_no_files = summary.get("files").is_none();
        let files: Vec<FileEntry> = match has_no_files {
            true => Vec::new(),
            false => serde_json::from_value(summary["files"].take()).ok()?,
        };
        // A name with a separator in it would lead out of the folder.
        let is_plain =
            |file: &FileEntry| Path::new(&file.name).file_name() == Some(file.name.as_ref());
        files.iter().all(is_plain).then_some(Listing {
            files,
            has_no_files,
        })
    }
}

impl FileEntry {
    /// A file as it is now; `None` if it is something else, a link for example.
    pub fn of(path: &Path) -> io::Result<Option<FileEntry>> {
        if !path.symlink_metadata()?.is_file() {
            return Ok(None);
        }
        let mut content = Content::default();
        io::copy(
            &mut BufReader::with_capacity(1 << 16, File::open(path)?),
            &mut content,
        )?;
        let name = path.file_name().unwrap_or_default();
        Ok(Some(content.of_file(name.to_string_lossy().into_owned())))
    }
}

/// What was written to a file, or is in it.
#[derive(Default)]
pub struct Content {
    size: u64,
    hash: Xxh3,
}

impl Content {
    pub fn of_file(self, name: String) -> FileEntry {
        let (size, hash) = (self.size, self.hash.digest128());
        let hash = format!("xxh128:{hash:032x}");
        FileEntry { name, size, hash }
    }
}

impl Write for Content {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.size += bytes.len() as u64;
        self.hash.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether a file may be part of a report by its name: `results.csv`, `rejects-2.vcf`. Others beginning alike are not ours.
pub fn is_of_report(name: &str) -> bool {
    let (stem, end) = name.split_once('.').unwrap_or((name, ""));
    let number = stem.strip_prefix("rejects-");
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_rejects = stem == "rejects" || number.is_some_and(is_number);
    match (stem, end) {
        (_, "csv" | "vcf" | "tmp") if is_rejects => true,
        ("results", "csv" | "jsonl") | ("gone", "csv") => true,
        ("report", "html") | ("summary", "json" | "tmp") => true,
        _ => false,
    }
}
