//! Running commands in turn, and what they took.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A command that ran to its end.
pub struct Run {
    /// From its start to its end.
    pub time: Duration,
    /// The most memory that it held, as the operating system reports it.
    pub peak_kib: u64,
}

/// Runs cardlift to its end; 3 says that some records are invalid.
pub fn run(command: &mut Command) -> Run {
    run_to(command, &[0, 3])
}

/// Runs a command to its end, with one of these exit codes, watching the high-water mark of its memory.
pub fn run_to(command: &mut Command, codes: &[i32]) -> Run {
    let started = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?} can't be run: {error}"));
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak_kib = 0;
    let ended = loop {
        if let Ok(text) = std::fs::read_to_string(&status) {
            let mark = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let mark = mark.and_then(|mark| mark.trim().trim_end_matches(" kB").parse().ok());
            peak_kib = peak_kib.max(mark.unwrap_or(0));
        }
        if let Some(ended) = child.try_wait().expect("the child can be waited for") {
            break ended;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(
        ended.code().is_some_and(|code| codes.contains(&code)),
        "{command:?} ended with {ended}"
    );
    Run {
        time: started.elapsed(),
        peak_kib,
    }
}

/// Starts a command that ends at once, and waits for it without looking at anything else.
pub fn start(command: &mut Command) -> Duration {
    let started = Instant::now();
    let ended = command.stdout(Stdio::null()).status();
    let time = started.elapsed();
    assert!(
        ended.as_ref().is_ok_and(|status| status.success()),
        "{command:?}: {ended:?}"
    );
    time
}

/// The middle of some values.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The median of the times, in seconds.
pub fn seconds(runs: &[Run]) -> f64 {
    median(runs.iter().map(|run| run.time.as_secs_f64()))
}

/// A line of the table.
pub fn line(name: &str, file: &str, runs: &[Run], result: &str) {
    let memory = runs.iter().map(|run| run.peak_kib).max().unwrap_or(0) as f64 / 1024.0;
    let time = seconds(runs);
    println!("| {name} | {file} | {time:.2} s | {result} | {memory:.1} MiB |");
}
