//! How fast `cardlift check` is, beside the csv crate that merely reads the file.
//!
//! `cargo bench` generates a Google CSV (seeded, the same every time), runs the yardstick and `cardlift check` in turn, and
//! prints a table with medians of the ratios and the peak memory as the operating system reports it. Arguments behind `--`:
//! `--rows N` (default 200,000), `--rounds N` (5), `--vcards MEGABYTES` (0: no vCard run), `--keep FILE` (only generate).
//!
//! The yardstick is the csv crate reading `ByteRecord`s into one record that is used again, on one thread, in a process of
//! its own.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

mod generate;

fn main() {
    let arguments = Arguments::read();
    if let Some(file) = &arguments.yardstick {
        return yardstick(file);
    }
    if let Some(file) = &arguments.keep {
        write(file, |to| generate::google(to, arguments.rows));
        return;
    }
    let folder = tempfile::tempdir().expect("a folder can be made");
    println!("| what | file | time | ratio to the yardstick | peak memory |");
    println!("|---|---|---|---|---|");
    rows(&arguments, folder.path());
    if arguments.vcards > 0 {
        vcards(&arguments, folder.path());
    }
}

/// A CSV file, the yardstick, and `check` with one worker and with two.
fn rows(arguments: &Arguments, folder: &Path) {
    let file = folder.join("google.csv");
    write(&file, |to| generate::google(to, arguments.rows));
    let size = file.metadata().map_or(0, |metadata| metadata.len()) / 1_000_000;
    let called = format!("{} rows, {size} MB", arguments.rows);
    let mut times: [Vec<Run>; 3] = Default::default();
    for _ in 0..arguments.rounds {
        times[0].push(run(Command::new(
            std::env::current_exe().expect("it has a path"),
        )
        .arg("--yardstick")
        .arg(&file)));
        for workers in [1, 2] {
            let mut check = check(&file, folder);
            times[workers].push(run(check.arg("--workers").arg(workers.to_string())));
        }
    }
    let names = [
        "csv crate, ByteRecord",
        "cardlift check, 1 worker",
        "cardlift check, 2 workers",
    ];
    for (name, runs) in names.iter().zip(&times) {
        let ratios = times[0]
            .iter()
            .zip(runs)
            .map(|(yardstick, run)| yardstick.time.as_secs_f64() / run.time.as_secs_f64());
        line(name, &called, runs, &format!("{:.2}", median(ratios)));
    }
}

/// A vCard file with photos; the ratio is in megabytes a second.
fn vcards(arguments: &Arguments, folder: &Path) {
    let file = folder.join("cards.vcf");
    write(&file, |to| {
        generate::vcards(to, arguments.vcards * 1_000_000)
    });
    let size = file.metadata().map_or(0, |metadata| metadata.len()) as f64 / 1e6;
    let runs: Vec<Run> = (0..arguments.rounds)
        .map(|_| run(check(&file, folder).args(["--workers", "1"])))
        .collect();
    let speed = median(runs.iter().map(|run| size / run.time.as_secs_f64()));
    line(
        "cardlift check, 1 worker",
        &format!("vCards with photos, {size:.0} MB"),
        &runs,
        &format!("{speed:.0} MB/s"),
    );
}

fn check(file: &Path, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cardlift"));
    command
        .arg("check")
        .arg(file)
        .arg("--report")
        .arg(folder.join("report"))
        .arg("--quiet")
        .current_dir(folder);
    command
}

fn line(name: &str, file: &str, runs: &[Run], ratio: &str) {
    let time = median(runs.iter().map(|run| run.time.as_secs_f64()));
    let memory = runs.iter().map(|run| run.peak_kib).max().unwrap_or(0) as f64 / 1024.0;
    println!("| {name} | {file} | {time:.2} s | {ratio} | {memory:.1} MiB |");
}

struct Run {
    time: Duration,
    peak_kib: u64,
}

/// Runs a command to its end, watching the high-water mark of its memory.
fn run(command: &mut Command) -> Run {
    let started = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .spawn()
        .expect("the command can be run");
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
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(matches!(ended.code(), Some(0 | 3)), "it ended with {ended}");
    Run {
        time: started.elapsed(),
        peak_kib,
    }
}

fn yardstick(file: &Path) {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(file)
        .expect("the file can be read");
    let mut record = csv::ByteRecord::new();
    let mut cells = 0;
    while reader
        .read_byte_record(&mut record)
        .expect("the file is CSV")
    {
        cells += record.len();
    }
    assert!(cells > 0);
}

fn write(file: &Path, generate: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) {
    let mut to = BufWriter::new(File::create(file).expect("the file can be made"));
    generate(&mut to)
        .and_then(|()| to.flush())
        .expect("the file can be written");
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

struct Arguments {
    rows: u64,
    rounds: usize,
    vcards: u64,
    keep: Option<PathBuf>,
    yardstick: Option<PathBuf>,
}

impl Arguments {
    fn read() -> Arguments {
        let mut arguments = Arguments {
            rows: 200_000,
            rounds: 5,
            vcards: 0,
            keep: None,
            yardstick: None,
        };
        let mut given = std::env::args().skip(1);
        while let Some(name) = given.next() {
            let mut number = || {
                given
                    .next()
                    .and_then(|value| value.parse().ok())
                    .expect("a number is needed")
            };
            match name.as_str() {
                "--rows" => arguments.rows = number(),
                "--rounds" => arguments.rounds = number() as usize,
                "--vcards" => arguments.vcards = number(),
                "--keep" => arguments.keep = given.next().map(PathBuf::from),
                "--yardstick" => arguments.yardstick = given.next().map(PathBuf::from),
                // Cargo says so itself.
                "--bench" => {}
                other => panic!("unknown argument {other}"),
            }
        }
        arguments
    }
}
