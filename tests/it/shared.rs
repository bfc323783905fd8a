//! Files of other makers, which are not part of the repository: the tests that need them have the cargo feature `shared`.

use cardlift::source::encoding::TextEncoding;
use std::path::{Path, PathBuf};

/// The folder `../shared/NAME` beside the crate.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = folder.join(name);
    let path = folder.display();
    assert!(
        folder.is_dir(),
        "the feature `shared` needs the folder {path}"
    );
    folder
}

/// The column names of a header row of `../shared/exports`.
pub fn header(file: &str) -> Vec<String> {
    let path = folder("exports").join(file);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let encoding = match () {
        () if file.contains("cp949") => TextEncoding::CP949,
        () if file.contains("cp932") => TextEncoding::SHIFT_JIS,
        () => TextEncoding::UTF_8,
    };
    let text = encoding.decode(&bytes).0.into_owned();
    let line = text
        .trim_start_matches('\u{feff}')
        .lines()
        .next()
        .unwrap_or("");
    // None of the headers has a comma or a quote inside a name.
    line.split(',')
        .map(|cell| cell.trim_matches('"').to_owned())
        .collect()
}
