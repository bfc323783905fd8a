//! The command line.

mod values;

pub use crate::lang::Lang;
pub use clap::ColorChoice as Color;
pub use values::{Described, LogFormat};

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::time::Duration;
use values::{parse_rate, parse_time};

/// Import an address book (CSV, workbook, vCard) into LINE WORKS / NAVER WORKS, each contact exactly once
#[derive(Debug, Parser)]
#[command(version, propagate_version = false)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
}

#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Options of all commands")]
pub struct Global {
    /// Print only errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Log places and codes, but no values; twice: log more
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub verbose: u8,
    /// When to use colours on stderr
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, value_name = "WHEN")]
    pub color: Color,
    /// Language of messages [default: from the locale]
    #[arg(long, value_enum, global = true, value_name = "LANGUAGE")]
    pub lang: Option<Lang>,
    /// Format of the log
    #[arg(long, value_enum, default_value_t = LogFormat::Text, global = true, value_name = "FORMAT")]
    pub log_format: LogFormat,
    /// Log values of invalid records and payloads sent (personal data); implies -v
    #[arg(long, global = true)]
    pub log_values: bool,
    /// Print the result as one line of JSON on stdout
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check, send and report
    Import(Import),
    /// Check and report, offline
    Check(Check),
    /// Propose a mapping for a CSV file, as TOML with the evidence for each column
    Suggest(Suggest),
    /// Show one record: source fields, notes, payload, rules, ledger
    Explain(Explain),
    /// Explain a code of the report, and how to fix it
    ExplainCode(ExplainCode),
    /// List the runs in the ledger
    Runs(LedgerArgs),
    /// Write a run's report again, from the ledger alone
    Report(Report),
    /// List the unknown records of a run, or resolve one
    Resolve(Resolve),
    /// Delete what a run created, except contacts edited since
    Undo(Undo),
    /// Move a ledger to a server
    Ledger {
        #[command(subcommand)]
        command: LedgerCommand,
    },
    /// Log in with your own account, in the browser
    Login(Login),
    /// Revoke the login and delete it
    Logout(ConfigArgs),
    /// Get a token, read once, and report what is wrong
    Auth(ConfigArgs),
    /// Serve the sandbox on a loopback port, for rehearsals and tests
    Sandbox(Sandbox),
    /// Write cardlift.toml, the commented example
    Init(Init),
    /// List the presets (built-in mappings), or show one
    Presets(Presets),
    /// Print the JSON Schema of cardlift.toml or of a mapping, for completion in editors
    Schema(Schema),
    /// Print shell completions
    Completions(Completions),
    /// Print the manual page
    Man,
}

/// What inputs are read as.
#[derive(Args, Clone, Debug)]
pub struct ReadAs {
    /// Configuration file [default: cardlift.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Preset or mapping file [default: recognised by the columns]
    #[arg(long, value_name = "NAME|FILE")]
    pub mapping: Option<String>,
    /// Encoding of CSV files, and of vCard text that is not UTF-8 and names none, such as cp949 [default: detected]
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// Sheet of a workbook [default: the first with known column names]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
}

/// How inputs are read.
#[derive(Args, Clone, Debug)]
pub struct Reading {
    /// CSV, vCard, .xlsx, .xls or .ods files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub read_as: ReadAs,
    /// Threads that read and check [default: one per core, at most 8]
    #[arg(long, value_name = "N")]
    pub workers: Option<usize>,
    /// Folder for the report [default: cardlift-report/RUN, for a check cardlift-report/check]
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Import {
    #[command(flatten)]
    pub reading: Reading,
    /// Ledger file [default: as configured, or in the state folder]
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// The same as `cardlift check`
    #[arg(long)]
    pub dry_run: bool,
    /// Show what would happen to each record that is not simply new, field by field; send and write nothing. With --json as data
    #[arg(long, conflicts_with_all = ["dry_run", "report"])]
    pub plan: bool,
    /// With --dry-run: also write results.jsonl, with every problem and note (an import always does)
    #[arg(long, requires = "dry_run")]
    pub details: bool,
    /// Send to the built-in sandbox: no credentials needed, nothing leaves the machine
    #[arg(long)]
    pub sandbox: bool,
    /// At most this many requests a minute, such as 120/min
    #[arg(long, value_name = "N/min", value_parser = parse_rate)]
    pub rate: Option<u32>,
    /// Requests in progress at the same time
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=256))]
    pub concurrency: Option<u32>,
    /// Create at most N contacts
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// Send even if a guard objects: a file has shrunk by more than half or has different columns than the last time,
    /// or another account has created the same contacts
    #[arg(long)]
    pub no_guard: bool,
    /// Create and update contacts and create tags without asking; required without a terminal to confirm. Does not
    /// turn off guards
    #[arg(long, short)]
    pub yes: bool,
    /// Never ask; without --yes, send nothing
    #[arg(long)]
    pub no_input: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Check {
    #[command(flatten)]
    pub reading: Reading,
    /// Also write results.jsonl: every problem and note as structured data
    #[arg(long)]
    pub details: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Suggest {
    /// CSV file or workbook; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Encoding of the file, such as cp949 or shift_jis [default: detected]
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// Sheet of a workbook [default: the first with known column names]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// File for the mapping [default: cardlift asks at a terminal, else stdout]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Overwrite FILE if it exists
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Never ask; write what is proposed
    #[arg(long)]
    pub no_input: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Explain {
    /// The record, by any of its lines, with or without a column: contacts.csv:17, contacts.csv:17:5
    #[arg(value_name = "FILE:LINE")]
    pub place: String,
    #[command(flatten)]
    pub read_as: ReadAs,
    /// Ledger file [default: as configured, or in the state folder]
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct ExplainCode {
    /// Code or outcome, such as PHONE_PATTERN [default: list all]
    pub code: Option<String>,
}

/// Where the ledger is.
#[derive(Args, Clone, Debug)]
pub struct LedgerArgs {
    /// Ledger file [default: as configured, or in the state folder]
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// Configuration file [default: cardlift.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Report {
    /// Run, as `cardlift runs` lists it
    pub run: String,
    #[command(flatten)]
    pub ledger: LedgerArgs,
    /// Folder for the report [default: cardlift-report/RUN]
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Resolve {
    /// Run, as `cardlift runs` lists it, or one of its records by number
    #[arg(value_name = "RUN[#N]")]
    pub record: String,
    /// The record was created as this contact of the service
    #[arg(long, value_name = "ID", conflicts_with = "send_again")]
    pub contact: Option<String>,
    /// The record was not created; the next import sends it again
    #[arg(long)]
    pub send_again: bool,
    #[command(flatten)]
    pub ledger: LedgerArgs,
    /// Do not ask for confirmation
    #[arg(long, short)]
    pub yes: bool,
    /// Never ask; without --yes, stop
    #[arg(long)]
    pub no_input: bool,
}

#[derive(Subcommand, Clone, Debug)]
pub enum LedgerCommand {
    /// Copy the ledger in a file into the configured PostgreSQL database, where this account has none yet
    Copy(LedgerCopy),
}

#[derive(Args, Clone, Debug)]
pub struct LedgerCopy {
    /// The file; it is not changed
    pub file: PathBuf,
    /// The account in the file, if it has several; "" for that of a token
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    /// The configuration, which names the database [default: cardlift.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Undo {
    /// Run, as `cardlift runs` lists it
    pub run: String,
    #[command(flatten)]
    pub ledger: LedgerArgs,
    /// Delete only the contact of record N of the run; may be repeated
    #[arg(long = "record", value_name = "N")]
    pub records: Vec<u32>,
    /// At most this many requests a minute, such as 120/min
    #[arg(long, value_name = "N/min", value_parser = parse_rate)]
    pub rate: Option<u32>,
    /// Delete without asking; required without a terminal to confirm
    #[arg(long, short)]
    pub yes: bool,
    /// Never ask; without --yes, delete nothing
    #[arg(long)]
    pub no_input: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Login {
    /// Configuration file [default: cardlift.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Open no browser: show the address, and ask for the redirect URL
    #[arg(long)]
    pub no_browser: bool,
    /// How long to wait for the browser
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = parse_time)]
    pub timeout: Duration,
}

/// Where the configuration is.
#[derive(Args, Clone, Debug)]
pub struct ConfigArgs {
    /// Configuration file [default: cardlift.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Sandbox {
    /// Port on 127.0.0.1; 0 for any free port
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Token that clients must send
    #[arg(long, default_value = "sandbox-token", value_name = "TOKEN")]
    pub token: String,
    /// Limit of requests a minute for each operation [default: none]
    #[arg(long, value_name = "N/min", value_parser = parse_rate)]
    pub rate: Option<u32>,
    /// Custom property that the domain has, a text; repeat for more
    #[arg(long = "custom-property", value_name = "NAME")]
    pub custom_properties: Vec<String>,
}

#[derive(Args, Clone, Debug)]
pub struct Init {
    /// File to write
    #[arg(default_value = crate::config::FILE)]
    pub file: PathBuf,
}

#[derive(Args, Clone, Debug)]
pub struct Presets {
    /// Preset to show, to start your own mapping from
    pub name: Option<String>,
}

#[derive(Args, Clone, Debug)]
pub struct Schema {
    /// File that the schema describes
    #[arg(value_enum, default_value_t = Described::Config)]
    pub of: Described,
}

#[derive(Args, Clone, Debug)]
pub struct Completions {
    /// Shell
    pub shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        super::Cli::command().debug_assert();
    }
}
