//! The same files with one worker and with many.

use crate::world::World;

/// What a check writes; all but `summary.json`, which holds how long it took.
const FILES: [&str; 4] = ["results.csv", "results.jsonl", "rejects.csv", "rejects.vcf"];

/// Rows of several chunks: good ones, invalid ones, ones that repeat another, and memos of two lines.
fn rows(count: usize) -> String {
    let mut text = String::from(
        "First Name,Last Name,Notes,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n",
    );
    for n in 0..count {
        let person = if n % 97 == 96 { n - 50 } else { n };
        let phone = if n % 41 == 7 { "call me" } else { "" };
        let memo = "first line\nsecond line, ".repeat(1 + n % 5);
        text.push_str(&format!(
            "Given{person},Family,\"{memo}\",Work,person{person}@example.com,Mobile,010-0000-{:04}{phone}\n",
            person % 10_000
        ));
    }
    text
}

/// Cards of several chunks: good ones, nameless ones, and ones that repeat another.
fn cards(count: usize) -> String {
    let mut text = String::new();
    for n in 0..count {
        let person = if n % 89 == 88 { n - 40 } else { n };
        let name = if n % 37 == 5 {
            String::new()
        } else {
            format!("N:Family;Given{person};;;\r\n")
        };
        let note = "a note that takes some room ".repeat(4);
        text.push_str(&format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\n{name}EMAIL:card{person}@example.com\r\nNOTE:{note}\r\nEND:VCARD\r\n"
        ));
    }
    text
}

#[test]
fn a_report_is_the_same_with_one_worker_and_with_many() {
    let world = World::new();
    world.write("people.csv", rows(12_000));
    world.write("cards.vcf", cards(6_000));
    let report = |workers: &str| {
        let ran = world.report(&["check", "people.csv", "cards.vcf", "--workers", workers]);
        assert_eq!(ran.code, 3, "{}", ran.said);
        let files = FILES.map(|name| world.read(&format!("report/{name}")));
        let mut summary = world.summary();
        for time in ["started", "finished", "seconds"] {
            summary.as_object_mut().map(|summary| summary.remove(time));
        }
        (files, summary)
    };
    let (files, summary) = report("1");
    for outcome in ["valid", "invalid", "duplicate"] {
        assert!(
            summary["outcomes"][outcome].as_u64() > Some(100),
            "{summary}"
        );
    }
    for workers in ["2", "7"] {
        let (others, other_summary) = report(workers);
        for ((name, one), other) in FILES.iter().zip(&files).zip(&others) {
            assert!(one == other, "{name} differs with {workers} workers");
        }
        assert_eq!(summary, other_summary);
    }
}

/// A row whose memo has so many lines of 100 bytes.
fn large_row(lines: usize) -> String {
    let memo = format!("{}\n", "x".repeat(99)).repeat(lines);
    format!("Gil,Hong,\"{memo}\",Work,gil@example.com,Mobile,010-0000-0001\n")
}

#[test]
fn rows_of_megabytes_are_checked_in_bounded_memory_and_come_back_whole() {
    let world = World::new();
    let large = large_row(640_000);
    world.write(
        "people.csv",
        rows(1) + &large + &large_row(35_000).repeat(12),
    );
    let limited = "ulimit -d 131072 && exec \"$0\" check people.csv --workers 2 --report report";
    let ran = std::process::Command::new("sh")
        .args(["-c", limited, env!("CARGO_BIN_EXE_cardlift")])
        .current_dir(world.path(""))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(3), "{said}");
    assert!(said.contains("1 valid, 13 invalid"), "{said}");
    assert!(!said.contains("NAME_MISSING"), "{said}");
    let rejects = world.read("report/rejects.csv");
    assert!(
        rejects.contains(large.trim_end()),
        "the largest row is not there as it was"
    );
}
