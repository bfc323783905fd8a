//! The folders of reports, and other files of the user: what is not cardlift's is never touched.

use crate::world::{World, people};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Every file below a folder with what is in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            for (below, content) in files(&entry.path()) {
                found.insert(format!("{name}/{below}"), content);
            }
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    found
}

#[test]
fn a_folder_with_other_files_is_refused_and_nothing_in_it_is_touched() {
    let world = World::new();
    world.write("rejects-mine.csv", people(2));
    world.write("results.csv", people(1));
    let before = files(&world.path(""));
    for (command, input) in [
        ("check", "rejects-mine.csv"),
        ("check", "results.csv"),
        ("import", "results.csv"),
    ] {
        let ran = world.run(&[command, input, "--report", "."]);
        assert_eq!(ran.code, 78, "{}", ran.said);
        assert!(
            ran.said.contains("--report cardlift-report"),
            "{}",
            ran.said
        );
    }
    assert_eq!(files(&world.path("")), before);
    fs::create_dir(world.path("letters")).unwrap();
    world.write("letters/summary.json", "{\"files\":[]}");
    let ran = world.run(&["check", "results.csv", "--report", "letters"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert!(
        ran.said.contains("letters") && ran.said.contains("--report letters-2"),
        "{}",
        ran.said
    );
    assert_eq!(world.read("letters/summary.json"), "{\"files\":[]}");
}

#[test]
fn rejects_that_are_fixed_in_place_are_not_lost() {
    let world = World::new();
    world.write("people.csv", people(0) + "Given,,,,,Mobile,CALL ME\n");
    assert_eq!(world.report(&["check", "people.csv"]).code, 3);
    let fixed = world
        .read("report/rejects.csv")
        .replace("CALL ME", "010-0000-0001");
    world.write("report/rejects.csv", &fixed);
    let ran = world.report(&["check", "report/rejects.csv"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert!(ran.said.contains("--report report-2"), "{}", ran.said);
    assert_eq!(world.read("report/rejects.csv"), fixed);
    // Another input: the report is replaced, and what was fixed is kept.
    world.write("others.csv", people(1));
    let ran = world.report(&["check", "others.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(ran.said.contains("rejects.edited-1.csv"), "{}", ran.said);
    assert_eq!(world.read("report/rejects.edited-1.csv"), fixed);
    assert!(!world.path("report/rejects.csv").exists());
}

#[cfg(unix)]
#[test]
fn an_input_is_found_in_the_folder_by_every_path_and_link() {
    let world = World::new();
    world.write("people.csv", people(1));
    assert_eq!(world.report(&["check", "people.csv"]).code, 0);
    fs::hard_link(world.path("people.csv"), world.path("report/hard.csv")).unwrap();
    let absolute = world.path("report/hard.csv").display().to_string();
    std::os::unix::fs::symlink(world.path("report"), world.path("linked")).unwrap();
    std::os::unix::fs::symlink("report/hard.csv", world.path("link.csv")).unwrap();
    let before = files(&world.path("report"));
    for input in [
        "people.csv",
        "report/hard.csv",
        "./report/../report/hard.csv",
        "linked/hard.csv",
        "link.csv",
        &absolute,
    ] {
        let ran = world.report(&["check", input]);
        assert_eq!(ran.code, 78, "{input}: {}", ran.said);
    }
    let ran = world.run(&["check", "report/hard.csv", "--report", "linked"]);
    assert_eq!(ran.code, 78, "{}", ran.said);
    assert_eq!(files(&world.path("report")), before);
}

#[test]
fn the_summary_lists_every_file_of_the_report_with_its_size() {
    let world = World::new();
    world.write("people.csv", people(1) + "Given2,,,,,Mobile,CALL ME\n");
    for command in ["check", "import"] {
        assert_eq!(world.report(&[command, "people.csv"]).code, 3);
        let mut found = files(&world.path("report"));
        let summary: Value =
            serde_json::from_slice(&found.remove("summary.json").unwrap()).unwrap();
        let listed = summary["files"].as_array().unwrap();
        assert_eq!(listed.len(), found.len(), "{listed:?}");
        for file in listed {
            let content = &found[file["name"].as_str().unwrap()];
            assert_eq!(file["size"], content.len(), "{file}");
            let hash = xxhash_rust::xxh3::xxh3_128(content);
            assert_eq!(file["hash"], format!("xxh128:{hash:032x}"), "{file}");
        }
    }
}

#[test]
fn the_files_of_a_report_of_0_1_are_moved_aside_once() {
    let world = World::new();
    world.write("people.csv", people(1));
    assert_eq!(world.report(&["check", "people.csv"]).code, 0);
    let mut summary: Value = serde_json::from_str(&world.read("report/summary.json")).unwrap();
    summary.as_object_mut().unwrap().remove("files");
    world.write("report/summary.json", summary.to_string());
    world.write("report/rejects.csv", "of the report before");
    world.write("report/rejects-mine.csv", "not of the report");
    let ran = world.report(&["check", "people.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(ran.said.contains("report.old-1"), "{}", ran.said);
    assert_eq!(
        world.read("report/report.old-1/rejects.csv"),
        "of the report before"
    );
    assert_eq!(
        world.read("report/report.old-1/summary.json"),
        summary.to_string()
    );
    assert_eq!(world.read("report/rejects-mine.csv"), "not of the report");
    let before = files(&world.path("report/report.old-1"));
    assert_eq!(world.report(&["check", "people.csv"]).code, 0);
    assert_eq!(files(&world.path("report/report.old-1")), before);
    assert!(!world.path("report/report.old-2").exists());
}

#[cfg(unix)]
#[test]
fn a_report_that_cant_be_written_is_one_error_with_the_way_to_write_it() {
    let world = World::new();
    // The ledger does not hold the bytes of a large row, so that the limit meets the rejects alone.
    let large = "x".repeat(600_000);
    world.write("people.csv", format!("{}Given,,{large},,,,\n", people(3)));
    let mut limited = std::process::Command::new("sh");
    limited.args([
        "-c",
        "ulimit -f 1000; exec \"$0\" \"$@\"",
        crate::world::binary(),
    ]);
    limited.args(["import", "people.csv", "--yes", "--report", "report"]);
    let ended = world.start_command(limited, &[]).end();
    assert_eq!(ended.code, Some(1), "{}", ended.said);
    let run = world.run(&["runs"]).data;
    let run = run.split_whitespace().next().unwrap();
    for said in [
        "rejects.csv",
        &format!("cardlift report {run}"),
        "3 created",
    ] {
        assert!(ended.said.contains(said), "{said}: {}", ended.said);
    }
    assert_eq!(files(&world.path("report")), BTreeMap::new());
    assert_eq!(world.report(&["report", run]).code, 0);
    assert!(world.read("report/rejects.csv").contains(&large));
}

#[cfg(unix)]
#[test]
fn a_check_whose_report_meets_a_size_limit_is_an_error_and_no_signal() {
    let world = World::new();
    world.write("people.csv", people(20_000));
    let mut limited = std::process::Command::new("sh");
    limited.args([
        "-c",
        "ulimit -f 1000; exec \"$0\" \"$@\"",
        crate::world::binary(),
    ]);
    limited.args(["check", "people.csv", "--report", "report"]);
    let ended = world.start_command(limited, &[]).end();
    assert_eq!(ended.code, Some(1), "{}", ended.said);
    assert!(ended.said.contains("results."), "{}", ended.said);
    assert_eq!(ended.said.matches("error:").count(), 1, "{}", ended.said);
    assert_eq!(files(&world.path("report")), BTreeMap::new());
}

#[cfg(target_os = "linux")]
#[test]
fn inputs_that_can_be_read_only_once_are_read_and_nothing_of_them_stays() {
    let world = World::new();
    world.write("people.csv", people(2));
    fs::create_dir(world.path("tmp")).unwrap();
    for script in [
        "cat people.csv | \"$0\" import - --sandbox",
        "mkfifo fifo; cat people.csv > fifo & \"$0\" import fifo --sandbox",
        "exec bash -c '\"$0\" import <(cat people.csv) --sandbox' \"$0\"",
    ] {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", script, crate::world::binary()]);
        let temporary = world.path("tmp").display().to_string();
        let ended = world
            .start_command(command, &[("TMPDIR", &temporary)])
            .end();
        assert_eq!(ended.code, Some(0), "{script}: {}", ended.said);
        assert!(ended.said.contains("2 created"), "{script}: {}", ended.said);
        assert_eq!(fs::read_dir(world.path("tmp")).unwrap().count(), 0);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_killed_run_leaves_no_copy_of_its_standard_input() {
    let world = World::new();
    world.write("people.csv", people(2));
    fs::create_dir(world.path("tmp")).unwrap();
    let temporary = world.path("tmp").display().to_string();
    // Standard input stays open, so it is killed while it copies.
    let mut command = std::process::Command::new("sh");
    let script =
        "(cat people.csv; exec sleep 60) | { exec 3<&0; \"$0\" check - <&3 & echo $! > id; wait; }";
    command.args(["-c", script, crate::world::binary()]);
    let mut running = world.start_command(command, &[("TMPDIR", &temporary)]);
    let opened = || {
        let id = fs::read_to_string(world.path("id")).unwrap_or_default();
        let handles = fs::read_dir(format!("/proc/{}/fd", id.trim()));
        let links = handles
            .into_iter()
            .flatten()
            .flatten()
            .map(|fd| fs::read_link(fd.path()));
        // Some file systems know no file without a name: there it has one until it is removed, which comes first.
        links.flatten().any(|link| {
            let link = link.display().to_string();
            link.starts_with(&temporary) && link.ends_with(" (deleted)")
        })
    };
    assert!(running.wait_until(opened), "it never copied");
    let id = world.read("id");
    let killed = std::process::Command::new("kill")
        .args(["-9", id.trim()])
        .status();
    assert!(killed.unwrap().success());
    assert_eq!(fs::read_dir(world.path("tmp")).unwrap().count(), 0);
    running.kill();
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_the_lock_file_is_not_followed_and_a_file_with_text_is_left_alone() {
    let world = World::new();
    world.write("people.csv", people(1));
    world.write("letter.txt", "Dear Ann");
    let lock = world.path("ledger.sqlite3.lock");
    std::os::unix::fs::symlink(world.path("letter.txt"), &lock).unwrap();
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 1, "{}", ran.said);
    assert!(ran.said.contains("ledger.sqlite3.lock"), "{}", ran.said);
    assert_eq!(world.read("letter.txt"), "Dear Ann");
    fs::remove_file(&lock).unwrap();
    fs::hard_link(world.path("letter.txt"), &lock).unwrap();
    let ran = world.report(&["import", "people.csv", "--no-guard"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(world.read("letter.txt"), "Dear Ann");
}

#[test]
fn a_ledger_that_was_lost_stops_the_run_before_everything_is_sent_again() {
    let world = World::new();
    world.write("people.csv", people(2));
    assert_eq!(world.report(&["import", "people.csv"]).code, 0);
    let lose = |also_the_lock: bool| {
        for file in ["ledger.sqlite3", "ledger.sqlite3-wal", "ledger.sqlite3-shm"] {
            let _ = fs::remove_file(world.path(file));
        }
        if also_the_lock {
            fs::remove_file(world.path("ledger.sqlite3.lock")).unwrap();
        }
    };
    for also_the_lock in [false, true] {
        lose(also_the_lock);
        // Also the second time: the run that was stopped leaves the ledger empty.
        for _ in 0..2 {
            let ran = world.report(&["import", "people.csv"]);
            assert_eq!(ran.code, 78, "{}", ran.said);
            assert!(
                ran.said.contains("everything would be sent again"),
                "{}",
                ran.said
            );
        }
    }
    assert_eq!(world.contacts().len(), 2);
    lose(true);
    world.write(
        "others.csv",
        people(3)
            .replace("Given", "Other")
            .replace("person", "other"),
    );
    assert_eq!(
        world.report(&["import", "others.csv"]).code,
        0,
        "another input"
    );
    lose(false);
    world.configure("[send]\nmatch_remote = true");
    let ran = world.report(&["import", "people.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(world.summary()["outcomes"]["exists"], 2);
}
