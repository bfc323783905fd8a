//! What the program is built from: licences that `deny.toml` allows, one TLS stack, and nothing that needs more than a C
//! compiler. `cargo deny` says more where there is one; this needs nothing but Cargo.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

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
fn every_dependency_has_a_licence_that_is_allowed() {
    let rules = rules();
    let allowed: Vec<&str> = rules["licenses"]["allow"]
        .as_array()
        .expect("it is a list")
        .iter()
        .filter_map(toml::Value::as_str)
        .collect();
    let mut packages = 0;
    for package in packages_of_this_platform() {
        let license = package["license"].as_str().unwrap_or("");
        assert!(
            is_allowed(license, &allowed),
            "{}: `{license}`",
            package["name"]
        );
        packages += 1;
    }
    assert!(packages > 100, "{packages} packages");
}

#[test]
fn a_licence_expression_is_read_as_spdx_means_it() {
    let allowed = ["MIT", "Apache-2.0 WITH LLVM-exception", "Zlib"];
    for (license, good) in [
        ("MIT", true),
        ("MIT OR GPL-3.0", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR GPL-3.0) AND Zlib", true),
        (
            "(GPL-3.0 OR Apache-2.0 WITH LLVM-exception) AND (Zlib)",
            true,
        ),
        ("Apache-2.0", false),
        ("MIT GPL-3.0", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(license, &allowed), good, "{license}");
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

/// What is built here, as Cargo knows it: all of it is on the disk, as this test was built from it.
fn packages_of_this_platform() -> Vec<Value> {
    let said = |program: &str, args: &[&str]| {
        let mut command = Command::new(program);
        command.args(args).current_dir(env!("CARGO_MANIFEST_DIR"));
        let output = command.output().expect("there is a Rust toolchain");
        assert!(output.status.success(), "{program} {args:?}");
        String::from_utf8(output.stdout).expect("it is UTF-8")
    };
    let version = said("rustc", &["-vV"]);
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("rustc knows its host");
    let args = ["metadata", "--format-version", "1", "--locked", "--offline"];
    let metadata = said(
        env!("CARGO"),
        &[&args[..], &["--filter-platform", host]].concat(),
    );
    let metadata: Value = serde_json::from_str(&metadata).expect("it is JSON");
    metadata["packages"]
        .as_array()
        .expect("it is a list")
        .clone()
}

/// Whether an SPDX expression is satisfied by the allowed licences. `AND` binds more tightly than `OR`.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    any_of(&mut words, allowed) && words.next().is_none()
}

type Words<'w> = std::iter::Peekable<std::str::SplitWhitespace<'w>>;

fn any_of(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    let mut is = all_of(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        is |= all_of(words, allowed);
    }
    is
}

fn all_of(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    let mut is = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        is &= one(words, allowed);
    }
    is
}

fn one(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    match words.next() {
        Some("(") => {
            let is = any_of(words, allowed);
            words.next_if_eq(&")").is_some() && is
        }
        Some(name) => {
            let mut name = name.to_owned();
            if words.next_if_eq(&"WITH").is_some() {
                name = format!("{name} WITH {}", words.next().unwrap_or(""));
            }
            allowed.contains(&name.as_str())
        }
        None => false,
    }
}
