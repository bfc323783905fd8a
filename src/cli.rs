//! The command line. What `--help` says of it stands in the catalogues of [`crate::lang`], in each language.

mod values;

pub use crate::lang::Lang;
pub use clap::ColorChoice as Color;
pub use values::{Described, LogFormat};

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::time::Duration;
use values::{parse_rate, parse_time};

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
    #[arg(long, short, global = true)]
    pub quiet: bool,
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub verbose: u8,
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true, value_name = "WHEN")]
    pub color: Color,
    #[arg(long, value_enum, global = true, value_name = "LANGUAGE")]
    pub lang: Option<Lang>,
    #[arg(long, value_enum, default_value_t = LogFormat::Text, global = true, value_name = "FORMAT")]
    pub log_format: LogFormat,
    #[arg(long, global = true)]
    pub log_values: bool,
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Import(Import),
    Check(Check),
    Suggest(Suggest),
    Explain(Explain),
    ExplainCode {
        code: Option<String>,
    },
    Runs(LedgerArgs),
    Report(Report),
    Resolve(Resolve),
    Undo(Undo),
    Ledger {
        #[command(subcommand)]
        command: LedgerCommand,
    },
    Login(Login),
    Logout(ConfigArgs),
    Auth(ConfigArgs),
    Sandbox(Sandbox),
    Init {
        #[arg(default_value = crate::config::FILE)]
        file: PathBuf,
    },
    Presets {
        name: Option<String>,
    },
    Schema {
        #[arg(value_enum, default_value_t = Described::Config)]
        of: Described,
    },
    Completions {
        shell: clap_complete::Shell,
    },
    Man,
}

/// What inputs are read as.
#[derive(Args, Clone, Debug)]
pub struct ReadAs {
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, value_name = "NAME|FILE")]
    pub mapping: Option<String>,
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
}

/// How inputs are read.
#[derive(Args, Clone, Debug)]
pub struct Reading {
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub read_as: ReadAs,
    #[arg(long, value_name = "N")]
    pub workers: Option<usize>,
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Import {
    #[command(flatten)]
    pub reading: Reading,
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, conflicts_with_all = ["dry_run", "report"])]
    pub plan: bool,
    #[arg(long, requires = "dry_run")]
    pub details: bool,
    #[arg(long)]
    pub sandbox: bool,
    #[arg(long, value_name = "N/min", value_parser = parse_rate)]
    pub rate: Option<u32>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=256))]
    pub concurrency: Option<u32>,
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    #[arg(long)]
    pub no_guard: bool,
    #[arg(long, short)]
    pub yes: bool,
    #[arg(long)]
    pub no_input: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Check {
    #[command(flatten)]
    pub reading: Reading,
    #[arg(long)]
    pub details: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Suggest {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, requires = "output")]
    pub force: bool,
    #[arg(long)]
    pub no_input: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Explain {
    #[arg(value_name = "FILE:LINE")]
    pub place: String,
    #[command(flatten)]
    pub read_as: ReadAs,
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
}

/// Where the ledger is.
#[derive(Args, Clone, Debug)]
pub struct LedgerArgs {
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Report {
    pub run: String,
    #[command(flatten)]
    pub ledger: LedgerArgs,
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Resolve {
    #[arg(value_name = "RUN[#N]")]
    pub record: String,
    #[arg(long, value_name = "ID", conflicts_with = "send_again")]
    pub contact: Option<String>,
    #[arg(long)]
    pub send_again: bool,
    #[command(flatten)]
    pub ledger: LedgerArgs,
    #[arg(long, short)]
    pub yes: bool,
    #[arg(long)]
    pub no_input: bool,
}

#[derive(Subcommand, Clone, Debug)]
pub enum LedgerCommand {
    Copy(LedgerCopy),
}

#[derive(Args, Clone, Debug)]
pub struct LedgerCopy {
    pub file: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Undo {
    pub run: String,
    #[command(flatten)]
    pub ledger: LedgerArgs,
    #[arg(long = "record", value_name = "N")]
    pub records: Vec<u32>,
    #[arg(long, value_name = "N/min", value_parser = parse_rate)]
    pub rate: Option<u32>,
    #[arg(long, short)]
    pub yes: bool,
    #[arg(long)]
    pub no_input: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Login {
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long)]
    pub no_browser: bool,
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = parse_time)]
    pub timeout: Duration,
}

/// Where the configuration is.
#[derive(Args, Clone, Debug)]
pub struct ConfigArgs {
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Args, Clone, Debug)]
pub struct Sandbox {
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    #[arg(long, default_value = "sandbox-token", value_name = "TOKEN")]
    pub token: String,
    #[arg(long, value_name = "N/min", value_parser = parse_rate)]
    pub rate: Option<u32>,
    #[arg(long = "custom-property", value_name = "NAME")]
    pub custom_properties: Vec<String>,
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        use clap::CommandFactory;
        super::Cli::command().debug_assert();
    }
}
