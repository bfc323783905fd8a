//! Whether a folder may be taken for a report, and another one if not.

use std::fs;
use std::path::{Path, PathBuf};

/// Whether an input is in a folder: by its path, or as another name of one of the folder's files.
pub(super) fn contains(folder: &Path, names: &[String], input: &Path) -> bool {
    if input == Path::new("-") || !input.exists() {
        return false;
    }
    let Ok(real) = folder.canonicalize() else {
        return false;
    };
    // The link itself may be in the folder, and what it leads to.
    let parent = input
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    let places = [parent.canonicalize(), input.canonicalize()];
    let is_inside = |place: PathBuf| place.starts_with(&real);
    let is_file = |file| {
        names
            .iter()
            .any(|name| identity(&folder.join(name)) == Some(file))
    };
    places.into_iter().flatten().any(is_inside) || identity(input).is_some_and(is_file)
}

/// What two names of one file have in common.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_path: &Path) -> Option<(u64, u64)> {
    None
}

/// A folder beside this one that is not there.
pub(super) fn another(folder: &Path) -> PathBuf {
    let (parent, name) = match (folder.parent(), folder.file_name()) {
        (Some(parent), Some(name)) => (parent, name.to_string_lossy()),
        _ => (Path::new(""), "cardlift-report".into()),
    };
    parent.join(free(parent, |number| match number {
        // That is the folder itself, which is there.
        1 => name.to_string(),
        number => format!("{name}-{number}"),
    }))
}

/// The first of these names, by numbers from 1, that nothing in the folder has.
pub(super) fn free(folder: &Path, name: impl Fn(usize) -> String) -> String {
    let mut names = (1..).map(name);
    let is_free = |name: &String| folder.join(name).symlink_metadata().is_err();
    names.find(is_free).expect("numbers do not run out")
}
