//! What the program is built from: one TLS stack, and nothing that needs more than a C compiler.

use std::path::Path;

#[test]
fn there_is_one_tls_stack_and_it_builds_with_a_c_compiler_alone() {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
    let lock = std::fs::read_to_string(lock).expect("Cargo.lock is in the repository");
    let packages: Vec<&str> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = "))
        .collect();
    for banned in [
        "openssl-sys",
        "native-tls",
        "aws-lc-sys",
        "aws-lc-rs",
        "cmake",
    ] {
        assert!(
            !packages.contains(&format!("\"{banned}\"").as_str()),
            "{banned} is in Cargo.lock"
        );
    }
    let stacks = packages
        .iter()
        .filter(|name| **name == "\"rustls\"")
        .count();
    assert_eq!(stacks, 1, "versions of rustls in Cargo.lock");
}

#[test]
fn every_dependency_is_justified_in_a_line() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).expect("Cargo.toml is in the repository");
    let sections = manifest
        .split("\n[")
        .filter(|section| section.contains("dependencies]\n"));
    for line in sections.flat_map(|section| section.lines().skip(1)) {
        let justified = line.is_empty() || line.starts_with('#') || line.contains(" # ");
        assert!(justified, "why is this a dependency? {line}");
    }
}
