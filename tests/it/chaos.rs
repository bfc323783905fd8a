//! Exactly once, whatever happens: the real binary imports into a service that fails in every way it can, is killed over
//! and over, and run again until it is done. Then every valid record has to be in the service once, under the id that the
//! report names.
//!
//! `cargo test` runs a small set. `CARDLIFT_CHAOS_SEEDS=50` asks for as many seeds of 300 records and eight kills each
//! (`CARDLIFT_CHAOS_SEEDS=2..4` for the seeds 2 and 3), and the cargo feature `failpoints` for a death at every step of the
//! program that matters.

mod input;
mod verdict;

use crate::rig::{
    Delay, Fault, FaultPlan, Faults, Filters, Form, Quirks, Rigged, RiggedService as _, Wait,
};
#[cfg(feature = "server")]
use crate::server::Server;
use crate::world::{Running, World, account};
use cardlift::failpoint;
use cardlift::sandbox::{ListOrder, Options};
use input::Input;
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

#[cfg(feature = "server")]
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use verdict::{Verdict, judge};

#[test]
fn every_record_exists_once_however_often_it_was_killed_and_whatever_the_service_did() {
    let (seeds, people, kills) = match asked_for() {
        Some(seeds) => (seeds, 270, 8),
        None => (0..2, 60, 4),
    };
    let trials = seeds.map(|seed| {
        let mut dice = Dice(seed);
        let crashes = (0..kills).map(|_| Crash::kill(&mut dice, people / kills));
        Trial::new("kill -9", seed, people, crashes.collect())
    });
    endure_all(trials.collect());
}

/// Every point is died at by a fresh run, and by one that has another crash to find out about.
#[cfg(feature = "failpoints")]
#[test]
fn every_record_exists_once_wherever_the_process_died() {
    let (seeds, people) = asked_for().map_or((2, 24), |seeds| {
        (2 * (seeds.end - seeds.start).div_ceil(10), 48)
    });
    let points = || {
        let points = failpoint::ALL.iter().copied();
        points.filter(|point| !NOT_PASSED.iter().any(|other| point.starts_with(other)))
    };
    let trials = points().zip(0..).flat_map(|(point, number)| {
        (0..seeds).map(move |seed| {
            let seed = 100 * number + seed;
            let mut dice = Dice(seed);
            let mut at = |point: &str, most| Crash::at(point, 1 + dice.below(most));
            let mut crashes = vec![at(point, 1), at(point, 4)];
            if !seed.is_multiple_of(2) {
                crashes.insert(0, at("leave", 6));
            }
            Trial::new(point, seed, people, crashes)
        })
    });
    let lines = endure_all(trials.collect());
    for point in points() {
        let deaths = lines.iter().filter(|line| line.name == point);
        let deaths: usize = deaths.map(|line| line.died_there).sum();
        assert!(deaths > 0, "nothing ever came by {point}");
    }
}

/// The ledger is on a server, and besides the process its connections and the server itself are killed.
#[cfg(feature = "server")]
#[test]
fn every_record_exists_once_however_often_the_server_of_the_ledger_died_too() {
    let (seeds, people, rounds) = match asked_for() {
        Some(seeds) => (seeds, 270, 8),
        None => (0..2, 60, 3),
    };
    let trials = seeds.map(|seed| {
        let mut dice = Dice(seed);
        let crashes = (0..rounds).map(|_| Crash::Server {
            requests: 3 + dice.below(2 * people / rounds),
            then: Duration::from_micros(dice.below(30_000) as u64),
        });
        let trial = Trial::new("the ledger's server", seed, people, crashes.collect());
        Trial {
            server: Some(Server::start()),
            ..trial
        }
    });
    endure_all(trials.collect());
    let [cuts, deaths] = [&CUTS, &DEATHS].map(|count| count.load(Ordering::Relaxed));
    println!("connections cut: {cuts}, servers killed: {deaths}");
    assert!(cuts > 0 && deaths > 0);
}

/// Connections that were cut, and servers that were killed.
#[cfg(feature = "server")]
static CUTS: AtomicUsize = AtomicUsize::new(0);
#[cfg(feature = "server")]
static DEATHS: AtomicUsize = AtomicUsize::new(0);

/// Points of what an import does only if the configuration asks for it, and of other commands.
#[cfg(feature = "failpoints")]
const NOT_PASSED: [&str; 6] = [
    "matched.", "adopt.", "source.", "gone.", "change.", "changed.",
];

/// Which seeds somebody wants of the long test.
fn asked_for() -> Option<Range<u64>> {
    let seeds = std::env::var("CARDLIFT_CHAOS_SEEDS").ok()?;
    let (first, end) = seeds.split_once("..").unwrap_or(("0", &seeds));
    let number = |text: &str| {
        let number = text.parse();
        number.expect("CARDLIFT_CHAOS_SEEDS is a number, or a range such as 2..4")
    };
    Some(number(first)..number(end))
}

/// One world, in which everything goes wrong.
struct Trial {
    name: String,
    seed: u64,
    people: usize,
    crashes: Vec<Crash>,
    #[cfg(feature = "server")]
    server: Option<Server>,
}

/// How a run dies.
#[derive(Clone, Debug)]
enum Crash {
    /// By `kill -9`, so long after so many requests of its have arrived.
    Kill { requests: usize, then: Duration },
    /// By its own hand at the n-th passing of a fail point, `point:n`.
    #[cfg_attr(
        not(feature = "failpoints"),
        expect(dead_code, reason = "the binary has no fail points")
    )]
    Point(String),
    /// By `kill -9`, so long after so many requests of its have arrived. Before, its connection to the ledger was cut, and the
    /// server of the ledger has died and come back.
    #[cfg(feature = "server")]
    Server { requests: usize, then: Duration },
}

/// What became of a trial.
struct Line {
    name: String,
    seed: u64,
    records: usize,
    runs: usize,
    kills: usize,
    /// Deaths at the fail point that the trial is about.
    died_there: usize,
    requests: usize,
    faults: usize,
    /// How often the binary ended with which exit code.
    codes: BTreeMap<Option<i32>, usize>,
    verdict: Verdict,
    /// What the last run said, if the commands did not come to an end.
    unfinished: Option<String>,
    took: Duration,
}

/// Runs that a trial may take beyond those that are killed: 401, token failures and looks that fail end a run, too.
const MOST_RUNS: usize = 60;

impl Trial {
    fn new(name: &str, seed: u64, people: usize, crashes: Vec<Crash>) -> Trial {
        Trial {
            name: name.to_owned(),
            seed,
            people,
            crashes,
            #[cfg(feature = "server")]
            server: None,
        }
    }

    /// Runs the commands in turn, each again and again, until each has ended with 0 and there is nothing left to die of.
    fn endure(mut self) -> Line {
        let started = Instant::now();
        let world = self.world();
        let input = Input::write(&world, self.people);
        let mut line = Line::new(&self);
        let mut reports = vec![Vec::new(); input.commands.len()];
        self.crashes.reverse();
        let mut done = 0;
        while done < input.commands.len() {
            let turn = line.runs % input.commands.len();
            let crash = self.crashes.last().cloned();
            let ended = self.run(&world, &input.commands[turn], crash.as_ref());
            line.runs += 1;
            *line.codes.entry(ended.code).or_default() += 1;
            if ended.code.is_none() {
                line.kills += 1;
                line.died_there += usize::from(crash.is_some_and(|crash| crash.is_at(&self.name)));
            }
            // A fail point that nobody passes is no reason to go on for ever; a kill comes late at the worst.
            if ended.code.is_none() || !self.kills() || line.runs > MOST_RUNS / 2 {
                self.crashes.pop();
            }
            if ended.code == Some(0) {
                reports[turn] = world.results();
            }
            done = if ended.code == Some(0) && self.crashes.is_empty() {
                done + 1
            } else {
                0
            };
            if line.runs == MOST_RUNS {
                line.unfinished = Some(ended.said);
                break;
            }
        }
        let log = world.service.requests();
        line.records = input.records.iter().map(Vec::len).sum();
        line.requests = log.len();
        line.faults = world.service.drawn().len();
        line.verdict = judge(&input, &reports, &world.service.contacts());
        line.took = started.elapsed();
        line
    }

    #[cfg(feature = "server")]
    fn ledger(&self, world: &World) -> &'static str {
        let Some(server) = &self.server else {
            return "path = \"ledger.sqlite3\"";
        };
        world.write("ledger-url", &server.address);
        "url_file = \"ledger-url\""
    }

    #[cfg(not(feature = "server"))]
    fn ledger(&self, _: &World) -> &'static str {
        "path = \"ledger.sqlite3\""
    }

    fn kills(&self) -> bool {
        match self.crashes.last() {
            Some(Crash::Kill { .. }) => true,
            #[cfg(feature = "server")]
            Some(Crash::Server { .. }) => true,
            _ => false,
        }
    }

    /// A service that fails one create in four, some looks and some tokens. Every other one is used with a service account.
    fn world(&self) -> World {
        let world = World::with(Options {
            account: Some(account()),
            rig: Rigged {
                faults: faults(self.seed),
                quirks: quirks(self.seed),
                delay_in: Delay {
                    min: Duration::ZERO,
                    max: Duration::from_millis(10),
                },
                ..Rigged::default()
            }
            .into(),
            // A token service refuses assertions by a clock that is wrong; tokens that were handed in go with any.
            clock_offset: SignedDuration::from_mins(match self.seed % 4 {
                1 => 10,
                3 => -10,
                _ => 0,
            }),
            ..Options::default()
        });
        let base_url = world.service.base_url();
        let auth = match self.seed % 2 {
            0 => world.service_account(),
            _ => "[auth]\naccount = \"somebody\"\n".to_owned(),
        };
        let ledger = self.ledger(&world);
        world.write(
            "cardlift.toml",
            format!(
                "[api]\nbase_url = \"{base_url}\"\n[ledger]\n{ledger}\n\
                 [send]\nrate = 100000\nconcurrency = 6\ntimeout = \"700ms\"\nsettle = \"{}ms\"\n{auth}",
                SETTLE.as_millis()
            ),
        );
        world
    }
}

/// How long after an attempt its contact may still appear: longer than [`LATE`], and than anything else takes on a busy
/// machine.
const SETTLE: Duration = Duration::from_millis(1500);

/// How long a late create takes.
const LATE: Duration = Duration::from_millis(300);

fn faults(seed: u64) -> FaultPlan {
    let storm = |answers, wait| Fault::TooMany { answers, wait };
    let passing = [
        Fault::ErrorBefore(503),
        Fault::Revoke,
        storm(3, Wait::Seconds(0)),
        storm(2, Wait::Seconds(1)),
    ];
    let creates = Fault::UNCERTAIN.into_iter().chain(passing);
    let looks = [
        Fault::ErrorBefore(500),
        Fault::DropBefore,
        Fault::HangBefore,
        Fault::NotJson,
    ];
    FaultPlan {
        seed,
        creates: Faults::by_chance(0.25, creates),
        looks: Faults::by_chance(0.04, looks.into_iter().chain(passing)),
        tokens: Faults::by_chance(0.05, [Fault::ErrorBefore(503), Fault::DropAfter]),
        hang: Duration::from_secs(2),
        late: LATE,
        ..FaultPlan::default()
    }
}

/// Each seed has a service of its own kind.
fn quirks(seed: u64) -> Quirks {
    let nth = |of: u64, count: u64| (seed / of % count) as usize;
    Quirks {
        order: [Some(ListOrder::ById), Some(ListOrder::ByModification), None][nth(1, 3)],
        filters: [
            Filters::Refused,
            Filters::AsAsked,
            Filters::Ignored,
            Filters::AsAsked,
        ][nth(1, 4)],
        unlisted: [Duration::ZERO, LATE][nth(1, 2)],
        leaves_out: [vec![], vec!["emails", "memo"]][nth(2, 2)].clone(),
        form: [None, Some(Arc::new(stored) as Form)][nth(2, 2)].clone(),
        echoes: nth(4, 2) == 0,
    }
}

/// A contact as a service may well store it. A number that does not begin with 010 is no mobile one, and keeps its digits.
fn stored(contact: &mut Value) {
    for item in contact["emails"].as_array_mut().into_iter().flatten() {
        let email = item["email"].as_str().unwrap_or_default().to_uppercase();
        *item = json!({"email": email, "primary": true});
    }
    for item in contact["telephones"].as_array_mut().into_iter().flatten() {
        let spaced = item["telephone"]
            .as_str()
            .unwrap_or_default()
            .replace('-', " ");
        let own = spaced.strip_prefix("010 ");
        item["telephone"] = json!(own.map_or(spaced.clone(), |own| format!("+82 10 {own}")));
        item["primary"] = json!(true);
    }
    if let Some(text) = contact["memo"].as_str() {
        contact["memo"] = json!(format!(" {}\r\n", text.replace('&', "&amp;")));
    }
    contact["permission"]["accessibleMembers"] = json!(null);
}

impl Trial {
    /// Runs the binary until it ends or dies.
    fn run(&self, world: &World, command: &[&str], crash: Option<&Crash>) -> crate::world::Ended {
        let before = world.service.requests().len();
        let arrived = |requests| world.service.requests().len() - before >= requests;
        let mut running = match crash {
            Some(Crash::Point(point)) => world.start(command, &[(failpoint::VARIABLE, point)]),
            _ => world.start(command, &[]),
        };
        match crash {
            Some(Crash::Kill { requests, then }) => {
                kill(&mut running, *then, || arrived(*requests));
            }
            #[cfg(feature = "server")]
            Some(Crash::Server { requests, then }) => {
                let server = self.server.as_ref().expect("it has one");
                if running.wait_until(|| arrived(requests / 3)) {
                    server.cut();
                    CUTS.fetch_add(1, Ordering::Relaxed);
                }
                if running.wait_until(|| arrived(requests * 2 / 3)) {
                    server.crash();
                    server.start_again();
                    DEATHS.fetch_add(1, Ordering::Relaxed);
                }
                kill(&mut running, *then, || arrived(*requests));
            }
            Some(Crash::Point(_)) | None => {}
        }
        running.end()
    }
}

fn kill(running: &mut Running, then: Duration, is_time: impl FnMut() -> bool) {
    if running.wait_until(is_time) {
        let since = Instant::now();
        running.wait_until(|| since.elapsed() >= then);
        running.kill();
    }
}

impl Crash {
    /// One in five dies soon after its start, wherever it is then; the others while they send or look.
    fn kill(dice: &mut Dice, requests: usize) -> Crash {
        if dice.below(5) == 0 {
            let then = Duration::from_millis(dice.below(500) as u64);
            return Crash::Kill { requests: 0, then };
        }
        Crash::Kill {
            requests: 1 + dice.below(2 * requests),
            then: Duration::from_micros(dice.below(30_000) as u64),
        }
    }

    #[cfg(feature = "failpoints")]
    fn at(point: &str, nth: usize) -> Crash {
        Crash::Point(format!("{point}:{nth}"))
    }

    fn is_at(&self, point: &str) -> bool {
        matches!(self, Crash::Point(at) if at.split(':').next() == Some(point))
    }
}

impl Line {
    const HEADER: &str = "what dies                seed  records  runs  kills  requests  faults  duplicates  lost  wrong ids  seconds  exits";

    fn new(trial: &Trial) -> Line {
        Line {
            name: trial.name.clone(),
            seed: trial.seed,
            records: 0,
            runs: 0,
            kills: 0,
            died_there: 0,
            requests: 0,
            faults: 0,
            codes: BTreeMap::new(),
            verdict: Verdict::default(),
            unfinished: None,
            took: Duration::ZERO,
        }
    }

    fn total(lines: &[Line]) -> Line {
        let sum = |of: fn(&Line) -> usize| lines.iter().map(of).sum();
        Line {
            name: format!("{} in all", lines.len()),
            seed: lines.iter().map(|line| line.seed).max().unwrap_or(0),
            records: sum(|line| line.records),
            runs: sum(|line| line.runs),
            kills: sum(|line| line.kills),
            died_there: sum(|line| line.died_there),
            requests: sum(|line| line.requests),
            faults: sum(|line| line.faults),
            codes: BTreeMap::new(),
            verdict: Verdict {
                duplicates: sum(|line| line.verdict.duplicates),
                lost: sum(|line| line.verdict.lost),
                wrong_ids: sum(|line| line.verdict.wrong_ids),
            },
            unfinished: None,
            took: lines.iter().map(|line| line.took).sum(),
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:<24} {:>4} {:>8} {:>5} {:>6} {:>9} {:>7} {:>11} {:>5} {:>10} {:>8.1} ",
            self.name,
            self.seed,
            self.records,
            self.runs,
            self.kills,
            self.requests,
            self.faults,
            self.verdict.duplicates,
            self.verdict.lost,
            self.verdict.wrong_ids,
            self.took.as_secs_f64()
        )?;
        for (code, times) in &self.codes {
            let code = code.map_or("killed".to_owned(), |code| code.to_string());
            write!(f, " {code}:{times}")?;
        }
        Ok(())
    }
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }
}

/// Endures all trials, several at a time as they mostly wait, shows the figures, and fails if anything is wrong.
fn endure_all(trials: Vec<Trial>) -> Vec<Line> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from) * 2;
    let trials = Mutex::new(trials.into_iter());
    let lines = Mutex::new(Vec::new());
    println!("{}", Line::HEADER);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let next = trials.lock().expect("nobody panics with it").next();
                    let Some(trial) = next else { break };
                    let line = trial.endure();
                    println!("{line}");
                    lines.lock().expect("nobody panics with it").push(line);
                }
            });
        }
    });
    let lines = lines.into_inner().expect("nobody panics with it");
    let total = Line::total(&lines);
    println!("{total}");
    for line in &lines {
        assert_eq!(line.unfinished, None, "no end:\n{line}");
    }
    assert_eq!(total.verdict, Verdict::default());
    lines
}
