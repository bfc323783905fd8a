//! What every test of the binary needs: an empty folder to run in, made-up address books, and a service.

use assert_cmd::Command;
use cardlift::sandbox::{Options, Sandbox, Stored};
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// The token that the tests' services want.
pub const TOKEN: &str = "a-token-of-the-tests";

/// A folder with a configuration for a service, in which the binary is run.
pub struct World {
    folder: TempDir,
    /// The service.
    pub service: Sandbox,
}

/// How a run of the binary ended.
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// What it wrote to stderr.
    pub said: String,
    /// What it wrote to stdout.
    pub data: String,
}

impl World {
    /// A world with a service that is as strict as the contract.
    pub fn new() -> World {
        World::with(Options::default())
    }

    /// A world with a service of its own kind.
    pub fn with(options: Options) -> World {
        let service = Sandbox::start(Options {
            token: Some(TOKEN.into()),
            ..options
        })
        .expect("a loopback port is free");
        let world = World {
            folder: tempfile::tempdir().expect("a folder can be made"),
            service,
        };
        world.configure("");
        world
    }

    /// Writes `cardlift.toml`: the service, no waiting, and `more`.
    pub fn configure(&self, more: &str) {
        let base_url = self.service.base_url();
        let (send, rest) = more
            .split_once("[send]")
            .map_or(("", more), |(rest, send)| (send, rest));
        self.write(
            "cardlift.toml",
            format!(
                "[api]\nbase_url = \"{base_url}\"\n[ledger]\npath = \"ledger.sqlite3\"\n{rest}\n[send]\nrate = 100000\nsettle = \"50ms\"\n{send}"
            ),
        );
    }

    /// The path of a file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).expect("the folder can be written");
    }

    /// Reads a file.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The binary with these arguments, not yet run.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("cardlift").expect("the binary is built");
        command
            .args(args)
            .current_dir(self.folder.path())
            .env("CARDLIFT_TOKEN", TOKEN)
            .env("XDG_STATE_HOME", self.path("state"))
            .env_remove("CARDLIFT_LOG")
            .env("LANG", "C.UTF-8")
            .env_remove("LC_ALL")
            .timeout(std::time::Duration::from_secs(120));
        command
    }

    /// Runs the binary.
    pub fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args))
    }

    /// Runs the binary with a report in `report`.
    pub fn report(&self, args: &[&str]) -> Ran {
        let args: Vec<&str> = args.iter().copied().chain(["--report", "report"]).collect();
        self.run(&args)
    }

    /// The rows of `report/results.csv`, by column.
    pub fn results(&self) -> Vec<HashMap<String, String>> {
        let text = self.read("report/results.csv");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader
            .deserialize()
            .map(|row| row.expect("results.csv is CSV"))
            .collect()
    }

    /// `report/summary.json`
    pub fn summary(&self) -> Value {
        serde_json::from_str(&self.read("report/summary.json")).expect("summary.json is JSON")
    }

    /// The contacts that are in the service.
    pub fn contacts(&self) -> Vec<Stored> {
        let mut contacts = self.service.contacts();
        contacts.retain(|contact| !contact.is_deleted());
        contacts
    }
}

/// Runs a command to its end.
pub fn ran(mut command: Command) -> Ran {
    let output = command.output().expect("the binary runs");
    Ran {
        code: output.status.code().unwrap_or(-1),
        said: String::from_utf8_lossy(&output.stderr).into_owned(),
        data: String::from_utf8_lossy(&output.stdout).into_owned(),
    }
}

/// The header of a Google CSV as it has been since 2024, with one e-mail, two telephones and an address.
pub const GOOGLE: &str = "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value";

/// A Google CSV from rows, each a list of column and value.
pub fn google(rows: &[&[(&str, &str)]]) -> String {
    let columns: Vec<&str> = GOOGLE.split(',').collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(&columns)
        .expect("memory can be written");
    for row in rows {
        for (column, _) in *row {
            assert!(columns.contains(column), "no column {column}");
        }
        let cell = |column: &&str| {
            row.iter()
                .find(|(name, _)| name == column)
                .map_or("", |(_, value)| value)
        };
        writer
            .write_record(columns.iter().map(cell))
            .expect("memory can be written");
    }
    String::from_utf8(writer.into_inner().expect("memory can be written")).expect("it is UTF-8")
}

/// A person with an e-mail, for tests in which nothing else matters.
pub fn people(count: usize) -> String {
    let mut text = String::from(
        "First Name,Last Name,Organization Name,Labels,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n",
    );
    for n in 1..=count {
        text.push_str(&format!(
            "Given{n},Family{n},Example,,person{n}@example.com,Mobile,010-0000-{n:04}\n"
        ));
    }
    text
}
