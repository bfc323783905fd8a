//! The map of the code in src/lib.rs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every Rust file below a folder, without files of tests.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let is_test = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        ["tests", "laws", "cases"].contains(&name.as_ref()) || name.ends_with("_tests")
    };
    paths
        .filter(|path| !is_test(path))
        .flat_map(|path| match path.is_dir() {
            true => files(&path),
            false => vec![path],
        })
        .collect()
}

#[test]
fn a_module_uses_only_modules_below_it_in_the_map() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let map = std::fs::read_to_string(src.join("lib.rs")).expect("it can be read");
    let rows = map.lines().filter_map(|line| line.strip_prefix("//! | [`"));
    let mut row_of = BTreeMap::new();
    for (row, text) in rows.enumerate() {
        let names = text.split(" |").next().unwrap_or_default();
        for name in names.split(['`', '[', ']', ',', ' ']) {
            row_of.insert(name.to_owned(), row);
        }
    }
    for path in files(&src) {
        let below = path.strip_prefix(&src).expect("it is in src");
        let module = below.iter().next().expect("it has a name");
        let module = Path::new(module).with_extension("").display().to_string();
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let text = text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        if module == "lib" || module == "main" {
            continue;
        }
        let row = row_of[&module];
        for used in code.flat_map(|line| line.split("crate::").skip(1)) {
            let end = used.find(|c: char| !c.is_ascii_lowercase() && c != '_');
            let used = &used[..end.unwrap_or(used.len())];
            // Anything else is a macro or an item of the root.
            let below = row_of
                .get(used)
                .is_none_or(|other| *other > row || used == module);
            assert!(below, "{} uses {used}", path.display());
        }
    }
}
