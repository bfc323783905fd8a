//! Writing the mapping, and never over a file that nobody has agreed to lose.

use super::talk::{Reply, Talk};
use crate::exit::Failed;
use crate::lang::tr;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file; one that is there is replaced only with `over`.
///
/// # Errors
/// `AlreadyExists` where the file is there and `over` is not set; else what the operating system says.
pub(super) fn save(path: &Path, text: &str, over: bool) -> io::Result<()> {
    let mut options = OpenOptions::new();
    match over {
        true => options.create(true).truncate(true),
        false => options.create_new(true),
    };
    let mut file = options.write(true).open(path)?;
    file.write_all(text.as_bytes())
}

/// What is said of a file that could not be written.
pub(super) fn complaint(path: &Path, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AlreadyExists => tr!("suggest-exists", path),
        _ => tr!("suggest-unwritable", path, error),
    }
}

/// Asks where to write until it is written by `write`, which gets the path and whether a file there may be lost. Returns the
/// path.
pub(super) fn ask_where(
    talk: &mut Talk<'_>,
    input: &Path,
    write: impl Fn(&Path, bool) -> io::Result<()>,
) -> Result<PathBuf, Failed> {
    let offered = offered(input);
    loop {
        let path = match talk.ask(&tr!("walk-where", name = &offered))? {
            Reply::Enter | Reply::Yes => offered.clone(),
            Reply::Text(name) => named(&name),
            _ => continue,
        };
        let over = path.exists() && !path.is_dir();
        if over && !talk.confirm(&tr!("walk-overwrite", path))? {
            continue;
        }
        match write(&path, over) {
            Ok(()) => return Ok(path),
            Err(error) => talk.say(&complaint(&path, &error))?,
        }
    }
}

/// The file that a typed name means: never the address book itself, and never a word that was meant as something else.
fn named(answer: &str) -> PathBuf {
    match Path::new(answer).extension() {
        Some(end) if end.eq_ignore_ascii_case("toml") => answer.into(),
        _ => format!("{answer}.toml").into(),
    }
}

/// The name that is offered: `mapping.toml`, or one made from the input's where that is there.
fn offered(input: &Path) -> PathBuf {
    let usual = PathBuf::from("mapping.toml");
    let stem = input.file_stem().unwrap_or_default().to_string_lossy();
    let own = PathBuf::from(format!("{stem}.mapping.toml"));
    match usual.exists() && !own.exists() {
        true => own,
        false => usual,
    }
}
