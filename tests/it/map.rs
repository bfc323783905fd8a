//! The map of the code in src/lib.rs, and which modules use which.

use std::collections::{BTreeMap, BTreeSet};
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

/// A file's code without comments and tests.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("it can be read");
    let text = text.split("#[cfg(test)]\nmod tests {").next();
    let lines = text.unwrap_or_default().lines();
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// A module by its path from the root of the crate.
type Module = Vec<String>;

fn module(file: &Path) -> Module {
    let path = file.with_extension("");
    let names = path
        .iter()
        .map(|name| name.to_str().expect("it has a plain name"));
    names
        .filter(|name| *name != "mod")
        .map(str::to_owned)
        .collect()
}

/// The paths of a `use`, of which each pair of braces holds several.
fn paths(prefix: &str, tree: &str) -> Vec<String> {
    let Some((before, several)) = tree.trim().split_once('{') else {
        return vec![format!("{prefix}{}", tree.trim())];
    };
    let (prefix, mut depth) = (format!("{prefix}{before}"), 0);
    let several = several.trim_end().strip_suffix('}').unwrap_or(several);
    let parts = several.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    parts.flat_map(|part| paths(&prefix, part)).collect()
}

/// What a module names from outside, by its path from the root.
fn used(module: &Module, code: &str) -> Vec<Module> {
    let statements = code.split(';');
    let trees = statements.filter_map(|statement| statement.rsplit_once("use "));
    let trees = trees.flat_map(|(_, tree)| paths("", tree));
    let is_of_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
    let inline = code.split(|c| !is_of_path(c)).map(str::to_owned);
    let absolute = |path: String| {
        let names: Vec<&str> = path.split("::").collect();
        let up = names.iter().take_while(|name| **name == "super").count();
        let outer = match (names[0], up) {
            ("crate", _) => &[],
            (_, 1..) => &module[..module.len().checked_sub(up)?],
            _ => return None,
        };
        let inner = names[up.max(1)..].iter().map(|name| name.to_string());
        Some(outer.iter().cloned().chain(inner).collect())
    };
    trees.chain(inline).filter_map(absolute).collect()
}

#[test]
fn modules_beside_each_other_use_each_other_in_one_direction() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = files(&src).into_iter();
    let files = files.map(|path| {
        let below = path.strip_prefix(&src).expect("it is in src");
        (module(below), code(&path))
    });
    let files: BTreeMap<Module, String> = files.collect();
    let mut uses: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
    for (module, code) in &files {
        for used in used(module, code) {
            // The two modules beside each other in which both stand.
            let alike = module.iter().zip(&used).take_while(|(a, b)| a == b).count();
            if let (Some(one), Some(other)) = (module.get(..=alike), used.get(..=alike))
                && files.contains_key(other)
            {
                uses.entry(one.to_vec()).or_default().insert(other.to_vec());
            }
        }
    }
    // What uses nothing that is left is taken away; a circle stays.
    loop {
        let left: BTreeSet<Module> = uses.keys().cloned().collect();
        let before = uses.len();
        uses.retain(|_, used| {
            used.retain(|module| left.contains(module));
            !used.is_empty()
        });
        if uses.len() == before {
            break;
        }
    }
    assert!(uses.is_empty(), "these use each other: {uses:#?}");
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
        let code = code(&path);
        if module == "lib" || module == "main" {
            continue;
        }
        let row = row_of[&module];
        for used in code.split("crate::").skip(1) {
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
