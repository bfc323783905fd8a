//! What every test of the binary needs: an empty folder to run in, made-up address books, and a service.

use crate::rig::{public_key_of, riggable};
use assert_cmd::Command;
use cardlift::sandbox::{Account, Life, Operation, Options, Sandbox, Stored};
use serde_json::Value;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Seek};
use std::path::PathBuf;
use std::process::{Child, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The token that the tests' services want.
pub const TOKEN: &str = "a-token-of-the-tests";

/// The private key of the service account.
const KEY: &str = include_str!("../../src/sandbox/tests/test-key.pem");

/// The service's own service account, which has to sign with the right key.
pub fn account() -> Account {
    Account {
        public_key: public_key_of(KEY),
        ..Account::default()
    }
}

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
            ..riggable(options)
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

    /// Writes the files of the service account of [`account`], and gives the section of the configuration for it.
    pub fn service_account(&self) -> String {
        self.write("key.pem", KEY);
        self.write("secret", "sandbox-secret\n");
        let token_url = self.service.token_url();
        format!(
            "[auth]\nclient_id = \"sandbox-client\"\nclient_secret_file = \"secret\"\n\
             service_account = \"sandbox.serviceaccount@example.com\"\nprivate_key_file = \"key.pem\"\n\
             token_url = \"{token_url}\"\n"
        )
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

    /// The binary with these arguments, not yet run. An import has `--yes`; see [`unasked`](Self::unasked).
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = std::process::Command::new(binary());
        self.at_home(command.args(args).args(consent(args)));
        let mut command = Command::from_std(command);
        command.timeout(std::time::Duration::from_secs(120));
        command
    }

    /// Gives a command the folder and the environment of the binary, and nothing of whoever runs the tests.
    pub fn at_home(&self, command: &mut std::process::Command) {
        // In the background of the terminal that the tests are run at, if any, so that nobody is asked there.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        command
            .current_dir(self.folder.path())
            .env("CARDLIFT_TOKEN", TOKEN)
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env_remove("CARDLIFT_LOG")
            .env("LANG", "C.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES");
    }

    /// Starts the binary, to be watched, killed or told to stop; the report goes to `report`.
    pub fn start(&self, args: &[&str], environment: &[(&str, &str)]) -> Running {
        let mut command = std::process::Command::new(binary());
        command.args(args).args(consent(args));
        command.args(["--report", "report"]);
        self.start_command(command, environment)
    }

    /// Starts any command in the folder and the environment of the binary.
    pub fn start_command(
        &self,
        command: std::process::Command,
        environment: &[(&str, &str)],
    ) -> Running {
        self.start_with(command, environment, Stdio::null())
    }

    /// The same with a pipe as standard input.
    pub fn start_typing(
        &self,
        command: std::process::Command,
        environment: &[(&str, &str)],
    ) -> Typing {
        let mut running = self.start_with(command, environment, Stdio::piped());
        let input = running.child.stdin.take().expect("it is a pipe");
        Typing { running, input }
    }

    fn start_with(
        &self,
        mut command: std::process::Command,
        environment: &[(&str, &str)],
        input: Stdio,
    ) -> Running {
        let said = tempfile::NamedTempFile::new_in(self.folder.path()).expect("a file can be made");
        self.at_home(&mut command);
        command
            .envs(environment.iter().copied())
            .stdin(input)
            .stdout(Stdio::null())
            .stderr(said.reopen().expect("the file is there"));
        Running {
            child: command.spawn().expect("the command starts"),
            said: said.into_file(),
        }
    }

    /// Runs the binary.
    pub fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args))
    }

    /// Runs the binary without `--yes` where nobody can be asked, with a report in `report`.
    pub fn unasked(&self, args: &[&str]) -> Ran {
        let mut command = std::process::Command::new(binary());
        self.at_home(command.args(args).args(["--report", "report"]));
        ran(Command::from_std(command))
    }

    /// The same without a report.
    pub fn unasked_plainly(&self, args: &[&str]) -> Ran {
        let mut command = std::process::Command::new(binary());
        self.at_home(command.args(args));
        ran(Command::from_std(command))
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

    /// How many requests for an operation have arrived.
    pub fn arrived(&self, operation: Operation) -> usize {
        let log = self.service.requests();
        log.iter()
            .filter(|logged| logged.operation == operation)
            .count()
    }

    /// The contacts that are in the service.
    pub fn contacts(&self) -> Vec<Stored> {
        let mut contacts = self.service.contacts();
        contacts.retain(|contact| contact.life == Life::Live);
        contacts
    }
}

/// What has an import send without asking.
fn consent(args: &[&str]) -> Option<&'static str> {
    let is_said = |arg: &&str| ["--yes", "--no-input"].contains(arg);
    (args.first() == Some(&"import") && !args.iter().any(is_said)).then_some("--yes")
}

/// The path of the binary.
pub fn binary() -> &'static str {
    env!("CARGO_BIN_EXE_cardlift")
}

/// A command under way. It is killed when this is dropped.
pub struct Running {
    child: Child,
    said: File,
}

/// A command under way, and its standard input.
pub struct Typing {
    pub running: Running,
    pub input: std::process::ChildStdin,
}

/// How a command that was started ended.
pub struct Ended {
    /// The exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to stderr.
    pub said: String,
}

/// How long anything may take, on however slow a machine, before a test gives up.
const PATIENCE: Duration = Duration::from_secs(300);

/// How often a test looks whether something has happened.
const GLANCE: Duration = Duration::from_millis(2);

impl Running {
    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().expect("it is a child of this process");
    }

    /// Sends a signal by its name, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = std::process::Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(sent.expect("there is `kill`").success(), "kill -{name}");
    }

    /// Waits until something is the case, or the command has ended; says whether it was the former.
    pub fn wait_until(&mut self, mut is_so: impl FnMut() -> bool) -> bool {
        self.wait(|_| is_so())
    }

    /// Waits until stderr has this text, or the command has ended; says whether it was the former.
    pub fn wait_until_it_says(&mut self, text: &str) -> bool {
        self.wait(|running| running.said().contains(text))
    }

    fn wait(&mut self, mut is_so: impl FnMut(&mut Self) -> bool) -> bool {
        let started = Instant::now();
        loop {
            if is_so(self) {
                return true;
            }
            if self.status().is_some() {
                return false;
            }
            assert!(started.elapsed() < PATIENCE, "it does not come to pass");
            std::thread::sleep(GLANCE);
        }
    }

    /// Waits for its end.
    pub fn end(mut self) -> Ended {
        let started = Instant::now();
        let status = loop {
            if let Some(status) = self.status() {
                break status;
            }
            assert!(started.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(GLANCE);
        };
        Ended {
            code: status.code(),
            said: self.said(),
        }
    }

    /// What it has written to stderr so far.
    pub fn said(&mut self) -> String {
        self.said.rewind().expect("it is a file");
        io::read_to_string(&mut self.said).expect("it is UTF-8")
    }

    fn status(&mut self) -> Option<ExitStatus> {
        self.child
            .try_wait()
            .expect("it is a child of this process")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
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
