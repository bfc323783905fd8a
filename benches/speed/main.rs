//! How fast `cardlift check` is beside the csv crate that merely reads the file, and what the rest costs.
//!
//! `cargo bench` generates a Google CSV (seeded, the same every time), runs the yardstick and `cardlift check` in turn, and
//! prints a table with medians of the ratios and the peak memory as the operating system reports it. Arguments behind `--`:
//!
//! - `--rows N`: rows of the CSV file (200,000)
//! - `--rounds N`: how often everything is run, in turn (5)
//! - `--cells MB`: a CSV file with cells of 20 KB to 2 MB as well, of so many megabytes
//! - `--workbook N`: a workbook of so many rows, beside the same rows as CSV
//! - `--vcards MB`: a vCard file with photos of so many megabytes as well
//! - `--plan N`: planning so many rows into a ledger, beside their check
//! - `--send N`: so many creates at concurrency 64 and a latency of 200 ms
//! - `--ledger N`: so many contacts created without latency, and a second import that finds them there; and the commits
//! - `--others`: qsv from crates.io, and polars, DuckDB, pandas, csvclean, frictionless and vobject from PyPI, on the same files
//! - `--starts N`: how often a program is started that has nothing to do (200); none with 0
//! - `--keep FILE`: only generates a file, `.csv` or `.vcf`
//!
//! The yardstick is the csv crate reading `ByteRecord`s into one record that is used again, on one thread, in a process of
//! its own.

mod generate;
mod importing;
mod measure;
mod others;

use measure::{Run, line, median, run, start};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    let arguments = Arguments::read();
    if let Some(file) = &arguments.yardstick {
        return yardstick(file);
    }
    if let Some(file) = &arguments.keep {
        return keep(file, &arguments);
    }
    let folder = tempfile::tempdir().expect("a folder can be made");
    let folder = folder.path();
    println!("| what | file | time | result | peak memory |");
    println!("|---|---|---|---|---|");
    if arguments.starts > 0 {
        starting(arguments.starts);
    }
    rows(&arguments, folder);
    if arguments.cells > 0 {
        cells(&arguments, folder);
    }
    if arguments.workbook > 0 {
        workbook(&arguments, folder);
    }
    if arguments.vcards > 0 {
        vcards(&arguments, folder);
    }
    if arguments.plan > 0 {
        importing::planning(arguments.plan, arguments.rounds, folder);
    }
    if arguments.send > 0 {
        importing::sending(arguments.send, folder);
    }
    if arguments.ledger > 0 {
        importing::commits(2_000, folder);
        importing::already_there(arguments.ledger, folder);
    }
}

/// What it takes to start, beside a program that does nothing; and how much there is to load.
fn starting(rounds: usize) {
    let program = env!("CARGO_BIN_EXE_cardlift");
    let commands = [
        ("/bin/true", ""),
        (program, "--version"),
        (program, "--help"),
    ];
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..rounds {
        for (times, (program, argument)) in times.iter_mut().zip(commands) {
            let arguments = Some(argument).filter(|one| !one.is_empty());
            times.push(start(Command::new(program).args(arguments)).as_secs_f64());
        }
    }
    let times = times.map(|times| median(times.into_iter()));
    for (name, time) in ["/bin/true", "cardlift --version", "cardlift --help"]
        .iter()
        .zip(times)
    {
        let ratio = time / times[0];
        let milliseconds = time * 1e3;
        println!("| {name} | | {milliseconds:.2} ms | {ratio:.1} × /bin/true | |");
    }
    let size = megabytes(Path::new(program));
    println!("| the program | | | {size:.1} MB | |");
}

/// A CSV file, the yardstick, and `check` with one worker, with two, and with details.
fn rows(arguments: &Arguments, folder: &Path) {
    let file = folder.join("google.csv");
    write(&file, |to| generate::google(to, arguments.rows));
    let called = format!("{} rows, {} MB", arguments.rows, megabytes(&file) as u64);
    let mut times: [Vec<Run>; 4] = Default::default();
    for _ in 0..arguments.rounds {
        let program = std::env::current_exe().expect("it has a path");
        times[0].push(run(Command::new(program).arg("--yardstick").arg(&file)));
        for workers in [1, 2] {
            let mut check = check(&file, folder);
            times[workers].push(run(check.args(["--workers", &workers.to_string()])));
        }
        let mut check = check(&file, folder);
        times[3].push(run(check.args(["--workers", "2", "--details"])));
    }
    let names = [
        "csv crate, ByteRecord",
        "cardlift check, 1 worker",
        "cardlift check, 2 workers",
        "cardlift check --details, 2 workers",
    ];
    for (name, runs) in names.iter().zip(&times) {
        let ratios = times[0]
            .iter()
            .zip(runs)
            .map(|(yardstick, run)| yardstick.time.as_secs_f64() / run.time.as_secs_f64());
        let result = format!("{:.2} of the yardstick", median(ratios));
        line(name, &called, runs, &result);
    }
    if arguments.others {
        others::csv(&file, &called, &times[2]);
    }
}

/// A CSV file with large cells: their memory is what counts.
fn cells(arguments: &Arguments, folder: &Path) {
    let file = folder.join("cells.csv");
    write(&file, |to| {
        generate::large_cells(to, arguments.cells * 1_000_000)
    });
    let called = format!("cells of 20 KB to 2 MB, {:.0} MB", megabytes(&file));
    for workers in ["1", "2"] {
        let runs: Vec<Run> = (0..arguments.rounds)
            .map(|_| run(check(&file, folder).args(["--workers", workers])))
            .collect();
        let name = format!("cardlift check, workers: {workers}");
        line(&name, &called, &runs, "");
    }
}

/// A workbook, beside the same rows as CSV.
fn workbook(arguments: &Arguments, folder: &Path) {
    let rows = folder.join("rows.csv");
    write(&rows, |to| generate::google(to, arguments.workbook));
    let file = folder.join("rows.xlsx");
    save_workbook(&rows, &file);
    let called = format!(
        "{} rows, .xlsx of {:.0} MB",
        arguments.workbook,
        megabytes(&file)
    );
    let mut times: [Vec<Run>; 2] = Default::default();
    for _ in 0..arguments.rounds {
        for (times, file) in times.iter_mut().zip([&rows, &file]) {
            times.push(run(check(file, folder).args(["--workers", "2"])));
        }
    }
    let [csv, workbook] = &times;
    let ratios = csv.iter().zip(workbook);
    let ratios = ratios.map(|(csv, book)| book.time.as_secs_f64() / csv.time.as_secs_f64());
    let result = format!("{:.2} × the same rows as CSV", median(ratios));
    line("cardlift check, 2 workers", &called, workbook, &result);
}

/// Writes the cells of a CSV file as texts to a workbook.
fn save_workbook(rows: &Path, file: &Path) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(rows)
        .expect("the file can be read");
    for (row, record) in reader.records().enumerate() {
        let record = record.expect("the file was written as CSV");
        for (column, cell) in record
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
        {
            sheet
                .write(row as u32, column as u16, cell)
                .expect("the sheet has room");
        }
    }
    book.save(file).expect("the file can be written");
}

/// A vCard file with photos; the result is in megabytes a second.
fn vcards(arguments: &Arguments, folder: &Path) {
    let file = folder.join("cards.vcf");
    write(&file, |to| {
        generate::vcards(to, arguments.vcards * 1_000_000)
    });
    let size = megabytes(&file);
    let called = format!("vCards with photos, {size:.0} MB");
    let runs: Vec<Run> = (0..arguments.rounds)
        .map(|_| run(check(&file, folder).args(["--workers", "1"])))
        .collect();
    let speed = median(runs.iter().map(|run| size / run.time.as_secs_f64()));
    let result = format!("{speed:.0} MB/s");
    line("cardlift check, 1 worker", &called, &runs, &result);
    if arguments.others {
        others::vcards(&file, &called, &runs);
    }
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

fn keep(file: &Path, arguments: &Arguments) {
    write(file, |to| match file.extension() {
        Some(vcf) if vcf == "vcf" => generate::vcards(to, arguments.vcards * 1_000_000),
        _ => generate::google(to, arguments.rows),
    });
}

fn write(file: &Path, generate: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) {
    let mut to = BufWriter::new(File::create(file).expect("the file can be made"));
    generate(&mut to)
        .and_then(|()| to.flush())
        .expect("the file can be written");
}

fn megabytes(file: &Path) -> f64 {
    file.metadata()
        .map_or(0.0, |metadata| metadata.len() as f64)
        / 1e6
}

#[derive(Default)]
struct Arguments {
    rows: u64,
    rounds: usize,
    cells: u64,
    workbook: u64,
    vcards: u64,
    plan: u64,
    send: u64,
    ledger: u64,
    others: bool,
    starts: usize,
    keep: Option<PathBuf>,
    yardstick: Option<PathBuf>,
}

impl Arguments {
    fn read() -> Arguments {
        let mut arguments = Arguments {
            rows: 200_000,
            rounds: 5,
            starts: 200,
            ..Arguments::default()
        };
        let mut given = std::env::args().skip(1);
        while let Some(name) = given.next() {
            let mut number = || {
                let value = given.next().and_then(|value| value.parse().ok());
                value.expect("a number is needed")
            };
            match name.as_str() {
                "--rows" => arguments.rows = number(),
                "--rounds" => arguments.rounds = number() as usize,
                "--cells" => arguments.cells = number(),
                "--workbook" => arguments.workbook = number(),
                "--vcards" => arguments.vcards = number(),
                "--plan" => arguments.plan = number(),
                "--send" => arguments.send = number(),
                "--ledger" => arguments.ledger = number(),
                "--starts" => arguments.starts = number() as usize,
                "--others" => arguments.others = true,
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
