//! What `import` costs beside `check` and beside the service.

use crate::measure::{Run, line, run, seconds};
use crate::{check, generate, write};
use cardlift::ledger::{
    CheckVerdict, Ledger, Outcome, PlannedRecord, RequestEnd, RequestStart, RunInfo, Step,
    ValidRecord,
};
use cardlift::sandbox::{Operation, Options, Rig, Sandbox, Way};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Requests under way at once.
const CONCURRENCY: u32 = 64;
/// From a request's leaving to its answer.
const LATENCY: Duration = Duration::from_millis(200);
/// A rate that nothing reaches.
const NO_LIMIT: &str = "60000000";

/// Planning so many records, beside a check of the same file.
pub fn planning(rows: u64, rounds: usize, folder: &Path) {
    let file = folder.join("plan.csv");
    write(&file, |to| generate::google(to, rows));
    let called = format!("{rows} rows");
    let service = Sandbox::start(Options::default()).expect("a port is free");
    let (mut checks, mut plans) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        checks.push(run(&mut check(&file, folder)));
        let ledger = folder.join(format!("plan-{round}.sqlite"));
        let mut import = import(&service, &file, &ledger, folder);
        plans.push(run(import.args(["--limit", "1"])));
    }
    let more = seconds(&plans) - seconds(&checks);
    line("cardlift check", &called, &checks, "");
    let result = format!("{more:+.2} s beside check");
    line("cardlift import, planning", &called, &plans, &result);
}

/// A second import of what is in a ledger already, among as many contacts as were created before.
pub fn already_there(records: u64, folder: &Path) {
    let (all, some) = (folder.join("all.csv"), folder.join("some.csv"));
    let asked = records.min(100_000);
    write(&all, |to| generate::google(to, records));
    write(&some, |to| generate::google(to, asked));
    let options = Options {
        quota: None,
        ..Options::default()
    };
    let service = Sandbox::start(options).expect("a port is free");
    let ledger = folder.join("ledger.sqlite");
    let created = run(&mut import(&service, &all, &ledger, folder));
    let called = format!("{records} rows");
    line("cardlift import, no latency", &called, &[created], "");
    let before = run(&mut check(&some, folder));
    let again = run(&mut import(&service, &some, &ledger, folder));
    let more = again.time.as_secs_f64() - before.time.as_secs_f64();
    let called = format!("{asked} of {records} rows again");
    let result = format!("{more:+.2} s beside check");
    line("cardlift import, all there", &called, &[again], &result);
}

/// A service that requests reach, and answers leave, in half of the latency each.
struct Distant;

impl Rig for Distant {
    fn delay(&self, _: Way) -> Duration {
        LATENCY / 2
    }
}

/// Sending as fast as the service answers.
pub fn sending(records: u64, folder: &Path) {
    let file = folder.join("send.csv");
    write(&file, |to| generate::google(to, records));
    let options = Options {
        rig: Arc::new(Distant),
        ..Options::default()
    };
    let service = Sandbox::start(options).expect("a port is free");
    let concurrency = CONCURRENCY.to_string();
    let mut import = import(&service, &file, &folder.join("send.sqlite"), folder);
    let ran: Run = run(import.args(["--concurrency", &concurrency]));
    let creates: Vec<_> = service
        .requests()
        .iter()
        .filter(|logged| logged.operation == Operation::CreateContact)
        .map(|logged| logged.arrived)
        .collect();
    let (first, last) = (creates[0], creates[creates.len() - 1]);
    let possible = f64::from(CONCURRENCY) / LATENCY.as_secs_f64();
    let speed = (creates.len() - 1) as f64 / (last - first).as_secs_f64();
    line(
        &format!("cardlift import, concurrency {CONCURRENCY}"),
        &format!("{} creates, {} ms each", creates.len(), LATENCY.as_millis()),
        &[ran],
        &format!("{:.3} of concurrency ÷ latency", speed / possible),
    );
}

/// The two commits of a create, one after the other, beside the 250 ms that a limit of 240 a minute gives it.
pub fn commits(records: u32, folder: &Path) {
    let mut ledger = Ledger::open(&folder.join("commits.sqlite")).expect("a ledger can be made");
    let info = RunInfo {
        base_url: "http://127.0.0.1/v1.0".into(),
        account: "bench".into(),
        started: jiff::Timestamp::now(),
        command: "bench".into(),
        settings_json: "{}".into(),
    };
    let run = ledger.begin_run(&info).expect("a run can begin").id;
    let planned: Vec<_> = (0..records).map(record).collect();
    ledger.plan(run, &planned).expect("records can be planned");
    let pending = ledger.pending(run, None, records).expect("they are there");
    let started = Instant::now();
    for one in &pending {
        let start = RequestStart::now("POST /contacts", None);
        let attempt = Step::attempt(one.id, start);
        let cardlift::ledger::Applied::Attempt(attempt) =
            ledger.apply(&attempt).expect("an attempt can be written")
        else {
            panic!("nothing else is in the ledger");
        };
        let contact_id = one.id.seq().to_string();
        let outcome = Outcome::Created {
            contact_id,
            altered: Vec::new(),
            modified: None,
        };
        let end = RequestEnd::now(Some(201), None, None);
        let answer = Step::answer(one.id, attempt, end, outcome);
        ledger.apply(&answer).expect("an answer can be written");
    }
    let each = started.elapsed().as_secs_f64() / f64::from(records);
    println!(
        "| the ledger's two commits | {records} records | {:.2} ms each | {:.2} % of 250 ms | |",
        each * 1e3,
        each / 0.25 * 100.0
    );
}

fn record(number: u32) -> PlannedRecord {
    let mut identity = [0; 16];
    identity[..4].copy_from_slice(&number.to_be_bytes());
    PlannedRecord {
        source: 0,
        line: u64::from(number) + 2,
        number: u64::from(number) + 1,
        span: (0, 0),
        raw: vec![b'x'; 250],
        name: format!("Person {number}"),
        notes_json: String::new(),
        mended_from: None,
        key: None,
        verdict: CheckVerdict::Valid(ValidRecord {
            payload: format!(
                "{{\"contactName\":{{\"lastName\":\"{number}\"}},\"memo\":\"{}\"}}",
                "x".repeat(400)
            ),
            identity,
            person_keys: vec![identity],
        }),
    }
}

fn import(service: &Sandbox, file: &Path, ledger: &Path, folder: &Path) -> Command {
    let config = folder.join("cardlift.toml");
    let text = format!("[api]\nbase_url = \"{}\"\n", service.base_url());
    std::fs::write(&config, text).expect("a file can be written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_cardlift"));
    command
        .arg("import")
        .arg(file)
        .args(["--yes", "--quiet", "--no-guard", "--rate", NO_LIMIT])
        .arg("--config")
        .arg(config)
        .arg("--ledger")
        .arg(ledger)
        .arg("--report")
        .arg(folder.join("report-import"))
        .env("CARDLIFT_TOKEN", "sandbox-token")
        .current_dir(folder);
    command
}
