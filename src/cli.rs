//! The command line.

mod examples;

pub use crate::lang::Lang;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// Lifts an address book (CSV, vCard) into LINE WORKS / NAVER WORKS, each contact exactly once.
#[derive(Debug, Parser)]
#[command(
    version,
    propagate_version = false,
    after_help = examples::PROGRAM
)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// Options of all commands
    #[command(flatten)]
    pub global: Global,
}

#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Options of all commands")]
pub struct Global {
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Log more, places and codes but no values; twice: still more
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub verbose: u8,
    /// Colours on stderr
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, value_name = "WHEN")]
    pub color: Color,
    /// The language of messages [default: from the locale]
    #[arg(long, value_enum, global = true, value_name = "LANGUAGE")]
    pub lang: Option<Lang>,
    /// How the log is written
    #[arg(long, value_enum, default_value_t = LogFormat::Text, global = true, value_name = "FORMAT")]
    pub log_format: LogFormat,
    /// Log the values of invalid records and the payloads that are sent: people's data; implies -v
    #[arg(long, global = true)]
    pub log_values: bool,
    /// Write the result to stdout as one line of JSON
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read, check, plan, send and report
    #[command(after_help = examples::IMPORT)]
    Import(Import),
    /// Read and check, offline, and report
    #[command(after_help = examples::CHECK)]
    Check(Check),
    /// Propose a mapping for a CSV file, with the evidence for each column, as TOML ready to save
    #[command(after_help = examples::SUGGEST)]
    Suggest(Suggest),
    /// Show one record all the way: source fields, mapping, payload, rules, ledger
    #[command(after_help = examples::EXPLAIN)]
    Explain(Explain),
    /// Say what a code of the report means, why, and how to mend it
    #[command(after_help = examples::EXPLAIN_CODE)]
    ExplainCode(ExplainCode),
    /// List the runs that the ledger remembers
    #[command(after_help = examples::RUNS)]
    Runs(LedgerArgs),
    /// Write a run's report again, from the ledger alone
    #[command(after_help = examples::REPORT)]
    Report(Report),
    /// List the unknown records of a run, or say what became of one
    #[command(after_help = examples::RESOLVE)]
    Resolve(Resolve),
    /// Delete what a run created, except contacts edited since
    #[command(after_help = examples::UNDO)]
    Undo(Undo),
    /// Log in with your own account, by the browser
    #[command(after_help = examples::LOGIN)]
    Login(Login),
    /// Revoke a login and forget it
    #[command(after_help = examples::LOGOUT)]
    Logout(Logout),
    /// Get a token, make one harmless read, and say what is wrong
    #[command(after_help = examples::AUTH)]
    Auth(Auth),
    /// Serve the sandbox on a loopback port, for rehearsals and tests of other tools
    #[command(after_help = examples::SANDBOX)]
    Sandbox(Sandbox),
    /// Write cardlift.toml, the commented example
    #[command(after_help = examples::INIT)]
    Init(Init),
    /// List the built-in mappings, or show one
    #[command(after_help = examples::PRESETS)]
    Presets(Presets),
    /// Write the JSON Schema of cardlift.toml or of a mapping to stdout, for editors to complete from
    #[command(after_help = examples::SCHEMA)]
    Schema(Schema),
    /// Write shell completions to stdout
    #[command(after_help = examples::COMPLETIONS)]
    Completions(Completions),
    /// Write the manual page to stdout
    #[command(after_help = examples::MAN)]
    Man,
}

/// What inputs are read as.
#[derive(Args, Clone, Debug)]
pub struct ReadAs {
    /// The configuration [default: cardlift.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// A built-in mapping by name, or a mapping file [default: recognised by the columns]
    #[arg(long, value_name = "NAME|FILE")]
    pub mapping: Option<String>,
    /// The text encoding of CSV files, and of vCard text that is neither UTF-8 nor names its own, such as cp949 [default: recognised]
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// The sheet of a workbook [default: the first whose column names are understood]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
}

/// How inputs are read.
#[derive(Args, Clone, Debug)]
pub struct Reading {
    /// CSV, vCard, .xlsx, .xls and .ods files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub read_as: ReadAs,
    /// Threads that read and check [default: one for each core, at most 8]
    #[arg(long, value_name = "N")]
    pub workers: Option<usize>,
    /// Where the report goes [default: cardlift-report/RUN]
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Import {
    #[command(flatten)]
    pub reading: Reading,
    /// The ledger [default: in the state folder, or as configured]
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// The same as `cardlift check`
    #[arg(long)]
    pub dry_run: bool,
    /// Show what would happen to each record that is not simply new, field by field; send and write nothing. With --json as data
    #[arg(long, conflicts_with_all = ["dry_run", "report"])]
    pub plan: bool,
    /// With --dry-run: write results.jsonl, too, with every problem and note; an import always does
    #[arg(long, requires = "dry_run")]
    pub details: bool,
    /// Send to a service inside the program: no credentials, nothing leaves the machine
    #[arg(long)]
    pub sandbox: bool,
    /// Requests a minute at the most, such as 120/min
    #[arg(long, value_name = "N/min", value_parser = parse_rate)]
    pub rate: Option<u32>,
    /// Requests under way at once
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=256))]
    pub concurrency: Option<u32>,
    /// Create N contacts at the most
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// Send even if a file has shrunk by more than half or has other columns than the last time, or if another account
    /// has created the same contacts
    #[arg(long)]
    pub no_guard: bool,
    /// Create and update contacts and make tags without asking; where there is no terminal to confirm at, nothing is sent
    /// without it. A guard stops it all the same
    #[arg(long, short)]
    pub yes: bool,
    /// Never ask anything; without --yes, send nothing
    #[arg(long)]
    pub no_input: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Check {
    #[command(flatten)]
    pub reading: Reading,
    /// Write results.jsonl, too: every problem and note as structured data
    #[arg(long)]
    pub details: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Suggest {
    /// The CSV file; `-` is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The text encoding of the file, such as cp949 or shift_jis [default: recognised]
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// The sheet of a workbook [default: the first whose column names are understood]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Where to write the mapping [default: asked at a terminal, else stdout]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over FILE if it is there
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Never ask anything: write what is proposed
    #[arg(long)]
    pub no_input: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Explain {
    /// The record, by its file and any of its lines, with or without a column: contacts.csv:17, contacts.csv:17:5
    #[arg(value_name = "FILE:LINE")]
    pub place: String,
    #[command(flatten)]
    pub read_as: ReadAs,
    /// The ledger [default: in the state folder, or as configured]
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct ExplainCode {
    /// The code or outcome, such as PHONE_PATTERN; without one all are listed
    pub code: Option<String>,
}

/// Where the ledger is.
#[derive(Args, Clone, Debug)]
pub struct LedgerArgs {
    /// The ledger [default: in the state folder, or as configured]
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// The configuration [default: cardlift.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Report {
    /// The run, as `cardlift runs` names it
    pub run: String,
    #[command(flatten)]
    pub ledger: LedgerArgs,
    /// Where the report goes [default: cardlift-report/RUN]
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Resolve {
    /// The run, as `cardlift runs` names it, or one of its records by its number
    #[arg(value_name = "RUN[#N]")]
    pub record: String,
    /// This contact of the service is the record's
    #[arg(long, value_name = "ID", conflicts_with = "send_again")]
    pub contact: Option<String>,
    /// The record was not created: the next import sends it again
    #[arg(long)]
    pub send_again: bool,
    #[command(flatten)]
    pub ledger: LedgerArgs,
    /// Don't ask before it is written down
    #[arg(long, short)]
    pub yes: bool,
    /// Never ask anything; without --yes, stop
    #[arg(long)]
    pub no_input: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Undo {
    /// The run, as `cardlift runs` names it
    pub run: String,
    #[command(flatten)]
    pub ledger: LedgerArgs,
    /// Only the contact of this record of the run, by its number as reports name it; may be given several times
    #[arg(long = "record", value_name = "N")]
    pub records: Vec<u32>,
    /// Requests a minute at the most, such as 120/min
    #[arg(long, value_name = "N/min", value_parser = parse_rate)]
    pub rate: Option<u32>,
    /// Delete without asking; where there is no terminal to confirm at, nothing is deleted without it
    #[arg(long, short)]
    pub yes: bool,
    /// Never ask anything; without --yes, delete nothing
    #[arg(long)]
    pub no_input: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Login {
    /// The configuration [default: cardlift.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Open no browser: show the address, and take the redirect URL that is pasted
    #[arg(long)]
    pub no_browser: bool,
    /// How long to wait for the browser
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = parse_time)]
    pub timeout: Duration,
}

#[derive(Args, Clone, Debug)]
pub struct Logout {
    /// The configuration [default: cardlift.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Auth {
    /// The configuration [default: cardlift.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Sandbox {
    /// The port on 127.0.0.1; 0 is any free one
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// The token that clients must bring
    #[arg(long, default_value = "sandbox-token", value_name = "TOKEN")]
    pub token: String,
    /// Requests a minute for each operation, as the service limits them [default: none]
    #[arg(long, value_name = "N/min", value_parser = parse_rate)]
    pub rate: Option<u32>,
}

#[derive(Args, Clone, Debug)]
pub struct Init {
    /// The file to write
    #[arg(default_value = crate::config::FILE)]
    pub file: PathBuf,
}

#[derive(Args, Clone, Debug)]
pub struct Presets {
    /// The mapping to show, as a start for one of your own
    pub name: Option<String>,
}

#[derive(Args, Clone, Debug)]
pub struct Schema {
    /// The file that it is the schema of
    #[arg(value_enum, default_value_t = Described::Config)]
    pub of: Described,
}

/// The files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// cardlift.toml
    Config,
    /// A mapping file
    Mapping,
}

#[derive(Args, Clone, Debug)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// `240/min`, `4/s`, or a number a minute.
fn parse_rate(text: &str) -> Result<u32, String> {
    let (number, unit) = text.split_once('/').unwrap_or((text, "min"));
    let per_minute = match unit.trim() {
        "min" | "m" => 1,
        "s" => 60,
        _ => return Err("write it as N/min".into()),
    };
    match number.trim().parse::<u32>() {
        Ok(number @ 1..) => Ok(number.saturating_mul(per_minute)),
        _ => Err("write it as N/min, with N from 1".into()),
    }
}

/// `30s`, `5m`
fn parse_time(text: &str) -> Result<Duration, String> {
    let time = crate::config::parse_duration(text).filter(|time| !time.is_zero());
    time.ok_or_else(|| "write it as 30s or 5m".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn a_rate_is_read_as_people_write_it() {
        assert_eq!(parse_rate("240/min"), Ok(240));
        assert_eq!(parse_rate("4/s"), Ok(240));
        assert_eq!(parse_rate("60"), Ok(60));
        assert!(parse_rate("0/min").is_err() && parse_rate("fast").is_err());
    }
}
