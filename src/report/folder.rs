//! The folder of a report. What is in it and is not ours is never touched.
//!
//! A report is written into a folder inside of its own (`report.part`), and moved to its place at the end, `summary.json`
//! last. `summary.json` lists the other files with size and hash: the next report into the same folder replaces what it finds
//! unchanged, and renames what a person has edited. A move that was cut off is completed by the next report, from the summary
//! in the folder of parts.

mod claim;
mod listing;

pub use listing::FileEntry;

use super::Summary;
use crate::exit::{Exit, Failed, failed};
use crate::lang::tr;
use crate::private;
use claim::{another, contains, free};
use listing::{Content, Listing};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

const SUMMARY: &str = "summary.json";

/// The summary of the report before, while the files of the new one are moved.
const PREVIOUS: &str = "previous.json";

/// The folder of parts: this name, or with `-2` and so on while another process writes.
const PART: &str = "report.part";

/// Held by the process that writes the parts.
const LOCK: &str = "lock";

#[derive(Debug)]
pub struct ReportFolder {
    path: PathBuf,
    parts: Option<PartsFolder>,
}

#[derive(Debug)]
struct PartsFolder {
    path: PathBuf,
    _lock: File,
}

/// What became of the files that were in the folder before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetAside {
    /// Files that a person has edited: their name, and the one that they have now.
    pub edited: Vec<(String, String)>,
    /// Where the files of a report are that lists none.
    pub moved: Option<PathBuf>,
}

impl ReportFolder {
    /// Takes a folder for a report of these inputs, if it is not there, is empty, or holds a report and none of the inputs.
    /// Nothing is written yet.
    pub fn claim(path: &Path, inputs: &[PathBuf]) -> Result<ReportFolder, Failed> {
        let folder = ReportFolder {
            path: path.to_owned(),
            parts: None,
        };
        let names = match names(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(folder),
            Err(error) => {
                return Err(failed!(Failure, "report-unwritable", folder = path, error));
            }
            Ok(names) => names,
        };
        let is_part = |name: &String| name.starts_with(PART);
        let text = if let Some(input) = inputs.iter().find(|one| contains(path, &names, one)) {
            tr!(
                "folder-has-input",
                folder = path,
                input,
                other = another(path)
            )
        } else if names.iter().all(is_part) || folder.has_report(&names) {
            return Ok(folder);
        } else {
            tr!("folder-not-ours", folder = path, other = another(path))
        };
        Err(Failed::new(Exit::Configuration, text))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder that the files of the report are to be written into, by [`make_file`]. It is made by the first call, and the
    /// report's folder with it.
    pub fn parts(&mut self) -> io::Result<&Path> {
        if self.parts.is_none() {
            self.parts = Some(self.make_parts()?);
        }
        let parts = self.parts.as_ref().expect("it was just made");
        Ok(&parts.path)
    }

    /// Moves all that was written into [`parts`](Self::parts) to its place, and writes `summary.json`. Files of which it is not
    /// `known` what is in them are read again.
    ///
    /// # Errors
    /// When the disk is full or refuses; the error names the file. Nothing in the folder looks like a complete report then,
    /// unless it is the one before.
    pub fn commit(mut self, summary: &Summary, known: Vec<FileEntry>) -> io::Result<SetAside> {
        let parts = self.parts()?.to_owned();
        let files = written(&parts, known)?;
        let mut value = summary.to_json();
        value["files"] = serde_json::to_value(files)?;
        let text = serde_json::to_string_pretty(&value)?;
        let unfinished = parts.join("summary.tmp");
        writeln!(new_file(&unfinished, SUMMARY)?, "{text}")?;
        fs::rename(&unfinished, parts.join(SUMMARY)).map_err(named(SUMMARY))?;
        let kept = move_to_place(&self.path, &parts)?;
        self.remove_parts();
        Ok(kept)
    }

    /// Whether one of our summaries is in it; that of a move that was cut off counts.
    fn has_report(&self, names: &[String]) -> bool {
        let parts = (names.iter()).filter(|name| name.starts_with(PART));
        let parts = parts.map(|name| self.path.join(name));
        let mut folders = parts.chain([self.path.clone()]);
        folders.any(|folder| Listing::read(&folder.join(SUMMARY)).is_some())
    }

    fn make_parts(&self) -> io::Result<PartsFolder> {
        private::folder().recursive(true).create(&self.path)?;
        let more = (2..=100).map(|number| format!("{PART}-{number}"));
        for name in std::iter::once(PART.to_owned()).chain(more) {
            let path = self.path.join(&name);
            let lock = match private::folder().create(&path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    reclaim(&self.path, &path)
                }
                made => made.and_then(|()| lock(&path)),
            };
            if let Some(lock) = lock.map_err(named(&name))? {
                return Ok(PartsFolder { path, _lock: lock });
            }
        }
        Err(io::Error::other(tr!("folder-parts", name = PART)))
    }

    fn remove_parts(&mut self) {
        if let Some(PartsFolder { path, _lock }) = self.parts.take() {
            // Windows removes no file that is open.
            drop(_lock);
            // What stays is removed by the next report.
            let _ = empty(&path)
                .and_then(|()| fs::remove_file(path.join(LOCK)))
                .and_then(|()| fs::remove_dir(&path));
        }
    }
}

impl Drop for ReportFolder {
    /// A report that is not completed leaves nothing, unless its files are being moved already.
    fn drop(&mut self) {
        let parts = self.parts.as_ref();
        if parts.is_some_and(|parts| !parts.path.join(SUMMARY).exists()) {
            self.remove_parts();
        }
    }
}

/// A file of a report, whose errors name it.
pub struct ReportFile {
    name: String,
    file: File,
    written: Content,
}

impl ReportFile {
    /// The file as it was written.
    pub fn entry(self) -> FileEntry {
        self.written.of_file(self.name)
    }
}

/// Makes a file in the folder of parts, readable by its owner only: it holds people's data.
pub fn make_file(path: &Path) -> io::Result<ReportFile> {
    let name = path.file_name().unwrap_or_default();
    new_file(path, &name.to_string_lossy())
}

fn new_file(path: &Path, name: &str) -> io::Result<ReportFile> {
    let opened = private::file().write(true).create_new(true).open(path);
    Ok(ReportFile {
        file: opened.map_err(named(name))?,
        name: name.to_owned(),
        written: Content::default(),
    })
}

impl Write for ReportFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = self.file.write(bytes).map_err(named(&self.name))?;
        self.written.write(&bytes[..length])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(named(&self.name))
    }
}

/// Says of which file an error is. An interrupted call is no error, and told by its kind.
fn named(name: &str) -> impl Fn(io::Error) -> io::Error + '_ {
    move |error| io::Error::new(error.kind(), format!("`{name}`: {error}"))
}

/// Completes a report whose summary is among its parts. Every step may be the last one of a process, and is not done twice.
fn move_to_place(folder: &Path, parts: &Path) -> io::Result<SetAside> {
    let mut kept = SetAside::default();
    let summary = folder.join(SUMMARY);
    let previous = parts.join(PREVIOUS);
    match Listing::read(&summary) {
        Some(listing) if listing.has_no_files => kept.moved = Some(move_aside(folder)?),
        Some(_) => fs::rename(&summary, &previous).map_err(named(SUMMARY))?,
        None => {}
    }
    let new = Listing::read(&parts.join(SUMMARY)).unwrap_or_default();
    let old = Listing::read(&previous).unwrap_or_default();
    let names = old.files.iter().chain(&new.files).map(|file| &file.name);
    let mut names: Vec<&String> = names.collect();
    names.sort();
    names.dedup();
    for name in names {
        let place = folder.join(name);
        let is_ours = |found: &FileEntry| old.files.contains(found) || new.files.contains(found);
        match FileEntry::of(&place) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Ok(Some(found)) if is_ours(&found) => {
                // One with a successor is replaced by it, or is the successor already.
                if !new.files.iter().any(|file| file.name == *name) {
                    fs::remove_file(&place).map_err(named(name))?;
                }
            }
            // Also what can't be read, and what is no file.
            _ => {
                let free = free_name(folder, name);
                fs::rename(&place, folder.join(&free)).map_err(named(name))?;
                kept.edited.push((name.clone(), free));
            }
        }
    }
    for file in &new.files {
        match fs::rename(parts.join(&file.name), folder.join(&file.name)) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            moved => moved.map_err(named(&file.name))?,
        }
    }
    if summary.exists() {
        let free = free_name(folder, SUMMARY);
        fs::rename(&summary, folder.join(free)).map_err(named(SUMMARY))?;
    }
    fs::rename(parts.join(SUMMARY), &summary).map_err(named(SUMMARY))?;
    Ok(kept)
}

/// Moves the files of a report that lists none into a folder of their own, the summary last.
fn move_aside(folder: &Path) -> io::Result<PathBuf> {
    let old = folder.join(free(folder, |number| format!("report.old-{number}")));
    private::folder().create(&old)?;
    let mut names = names(folder)?;
    names.retain(|name| listing::is_of_report(name) && name != SUMMARY);
    names.push(SUMMARY.to_owned());
    for name in names {
        fs::rename(folder.join(&name), old.join(&name)).map_err(named(&name))?;
    }
    Ok(old)
}

/// `rejects.edited-1.csv`, or the next number that is free.
fn free_name(folder: &Path, name: &str) -> String {
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
    free(folder, |number| format!("{stem}.edited-{number}.{end}"))
}

/// Makes a folder of parts that an earlier process has left usable: whatever it had begun to move is moved. `None` if another
/// process is writing into it, or something else is in it.
fn reclaim(folder: &Path, parts: &Path) -> io::Result<Option<File>> {
    if !parts.symlink_metadata()?.is_dir() {
        return Ok(None);
    }
    let Some(lock) = lock(parts)? else {
        return Ok(None);
    };
    if Listing::read(&parts.join(SUMMARY)).is_some() {
        move_to_place(folder, parts)?;
    }
    empty(parts)?;
    let is_empty = names(parts)?.iter().all(|name| name == LOCK);
    Ok(is_empty.then_some(lock))
}

/// Takes the lock of a folder of parts; `None` if another process has it.
fn lock(parts: &Path) -> io::Result<Option<File>> {
    let mut options = private::file();
    options.write(true).create(true).truncate(false);
    let file = options.open(parts.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}

/// Removes the files of a report from a folder of parts.
fn empty(parts: &Path) -> io::Result<()> {
    for name in names(parts)? {
        if listing::is_of_report(&name) || name == PREVIOUS {
            fs::remove_file(parts.join(name))?;
        }
    }
    Ok(())
}

fn written(parts: &Path, known: Vec<FileEntry>) -> io::Result<Vec<FileEntry>> {
    let mut files = known;
    let mut others = names(parts)?;
    others.retain(|name| name != LOCK && !files.iter().any(|file| file.name == *name));
    for name in others {
        files.extend(FileEntry::of(&parts.join(&name)).map_err(named(&name))?);
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let name = |entry: io::Result<fs::DirEntry>| -> io::Result<String> {
        Ok(entry?.file_name().to_string_lossy().into_owned())
    };
    fs::read_dir(folder)?.map(name).collect()
}

#[cfg(test)]
mod tests;
