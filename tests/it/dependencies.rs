//! Dependencies: one TLS stack, none that needs more than a C compiler, and a reason for each. `cargo deny`, which
//! `.ci/run` runs, checks licences and sources.

use std::collections::BTreeMap;
use std::path::Path;

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(path).expect("it is in the repository")
}

/// `deny.toml`, which both go by.
fn rules() -> toml::Table {
    file("deny.toml").parse().expect("deny.toml is TOML")
}

/// The names of crates in `Cargo.lock`, each as often as it has versions.
fn locked() -> BTreeMap<String, usize> {
    let lock: toml::Table = file("Cargo.lock").parse().expect("Cargo.lock is TOML");
    let mut names = BTreeMap::new();
    for package in lock["package"].as_array().expect("it is a list") {
        let name = package["name"].as_str().expect("it has a name");
        *names.entry(name.to_owned()).or_default() += 1;
    }
    names
}

#[test]
fn there_is_one_tls_stack_and_it_builds_with_a_c_compiler_alone() {
    let locked = locked();
    let rules = rules();
    let banned = rules["bans"]["deny"].as_array().expect("it is a list");
    assert!(banned.len() > 5, "deny.toml says what is banned");
    for ban in banned {
        match ban {
            toml::Value::String(name) => {
                assert!(!locked.contains_key(name), "{name} is in Cargo.lock");
            }
            once => {
                let name = once["crate"].as_str().expect("a ban names its crate");
                assert_eq!(
                    locked.get(name),
                    Some(&1),
                    "versions of {name} in Cargo.lock"
                );
            }
        }
    }
}

#[test]
fn every_dependency_is_justified_in_a_line() {
    let manifest = file("Cargo.toml");
    let sections = manifest
        .split("\n[")
        .filter(|section| section.contains("dependencies]\n"));
    for line in sections.flat_map(|section| section.lines().skip(1)) {
        let justified = line.is_empty() || line.starts_with('#') || line.contains(" # ");
        assert!(justified, "why is this a dependency? {line}");
    }
}
