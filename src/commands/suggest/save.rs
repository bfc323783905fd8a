//! Writing the mapping, and never over a file that nobody has agreed to lose.

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
    let path = path.display().to_string();
    match error.kind() {
        io::ErrorKind::AlreadyExists => tr!("suggest-exists", path = path),
        _ => tr!("suggest-unwritable", path = path, error = error.to_string()),
    }
}

/// The file that a typed name means: never the address book itself, and never a word that was meant as something else.
pub(super) fn named(answer: &str) -> PathBuf {
    let path = PathBuf::from(answer);
    let is_toml = path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("toml"));
    match is_toml {
        true => path,
        false => PathBuf::from(format!("{answer}.toml")),
    }
}

/// The name that is offered: `mapping.toml`, or one made from the input's where that is there.
pub(super) fn offered(input: &Path) -> PathBuf {
    let usual = PathBuf::from("mapping.toml");
    let stem = input
        .file_stem()
        .map_or_else(Default::default, |stem| stem.to_string_lossy());
    let own = PathBuf::from(format!("{stem}.mapping.toml"));
    match usual.exists() && !own.exists() {
        true => own,
        false => usual,
    }
}
