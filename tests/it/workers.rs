//! The same files with one worker and with many.

use crate::world::World;

/// What a check with details writes; all but `summary.json`, which holds how long it took.
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
        let files = ["check", "people.csv", "cards.vcf", "--details"];
        let ran = world.report(&[&files[..], &["--workers", workers]].concat());
        assert_eq!(ran.code, 3, "{}", ran.said);
        let files = FILES.map(|name| world.read(&format!("report/{name}")));
        let mut summary = world.summary();
        for time in ["started", "finished", "seconds", "files"] {
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

#[test]
fn a_check_writes_the_details_only_if_they_are_asked_for() {
    let world = World::new();
    world.write(
        "people.csv",
        rows(3).replace("First Name", "Nobody maps this"),
    );
    let is_there = || world.path("report/results.jsonl").exists();
    let summary_of = |args: &[&str]| {
        world.report(args);
        world.summary()["carried_over"].clone()
    };
    let without = summary_of(&["check", "people.csv"]);
    assert!(!is_there());
    assert_eq!(without["Nobody maps this"], 3, "it is counted all the same");
    assert_eq!(summary_of(&["check", "people.csv", "--details"]), without);
    let details = world.read("report/results.jsonl");
    assert!(details.contains("\"source_field\":\"Nobody maps this\",\"value\":\"Given0\""));
    world.report(&["check", "people.csv"]);
    assert!(!is_there(), "a stale one is removed");
    world.report(&["import", "people.csv", "--dry-run", "--details"]);
    assert_eq!(world.read("report/results.jsonl"), details);
}

/// A row whose last cell, which nothing is mapped from, and whose memo have so many lines of 100 bytes.
#[cfg(target_os = "linux")]
fn large_row(memo: usize, other: usize) -> String {
    let lines = |count: usize| format!("{}\n", "x".repeat(99)).repeat(count);
    let (memo, other) = (lines(memo), lines(other));
    format!("Gil,Hong,\"{memo}\",Work,gil@example.com,Mobile,010-0000-0001,\"{other}\"\n")
}

/// Only Linux limits memory by `ulimit -d`.
#[cfg(target_os = "linux")]
#[test]
fn rows_of_any_size_are_checked_in_little_memory_and_come_back_whole() {
    let world = World::new();
    let rows = [
        large_row(1_000, 0).repeat(20),
        large_row(5_000, 0).repeat(8),
        large_row(20, 5_000).repeat(8),
        large_row(20_000, 20_000).repeat(3),
        large_row(640_000, 0),
    ];
    let first = self::rows(1).replacen("Phone 1 - Value\n", "Phone 1 - Value,Other\n", 1);
    world.write("people.csv", first + &rows.concat());
    // In KiB: data and the threads' stacks, with what of them is reserved and never used.
    let limited = "ulimit -d 65536 && exec \"$0\" check people.csv --workers 2 --report report";
    let mut command = std::process::Command::new("sh");
    command.args(["-c", limited, crate::world::binary()]);
    let crate::world::Ended { code, said } = world.start_command(command, &[]).end();
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("2 valid, 7 duplicate, 32 invalid"), "{said}");
    assert!(said.contains("RECORD_TOO_LARGE"), "{said}");
    assert!(!said.contains("NAME_MISSING"), "{said}");
    let rejects = world.read("report/rejects.csv");
    for row in [&rows[0], &rows[1], &rows[3], &rows[4]] {
        let one = row.split_inclusive("\"\n").next().unwrap();
        assert!(
            rejects.contains(one.trim_end()),
            "a row is not there as it was"
        );
    }
}
