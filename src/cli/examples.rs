//! The examples below the help of each command, and in the manual page. A test runs every one of them through the parser.

pub const PROGRAM: &str = "Examples:
  cardlift check contacts.csv             check an export, offline
  cardlift import contacts.csv --sandbox  rehearse, without credentials
  cardlift import contacts.csv cards.vcf  import; again to resume";

pub const IMPORT: &str = "Examples:
  cardlift import contacts.csv --sandbox           rehearse
  cardlift import contacts.csv cards.vcf           import; again to resume
  cardlift import contacts.csv --limit 10          try ten contacts first
  cardlift import contacts.csv --quiet --yes       from cron or a timer
  cardlift import cardlift-report/RUN/rejects.csv  the fixed rejects";

pub const CHECK: &str = "Examples:
  cardlift check contacts.csv                   what the service would refuse
  cardlift check *.csv --mapping outlook-ko     with a preset
  cardlift check contacts.csv --encoding cp949  if the encoding is uncertain
  cardlift check contacts.csv --json            the summary as a line of JSON";

pub const SUGGEST: &str = "Examples:
  cardlift suggest members.csv                       column by column
  cardlift suggest members.csv -o members.toml       into this file
  cardlift check members.csv --mapping members.toml  try the mapping";

pub const EXPLAIN: &str = "Examples:
  cardlift explain contacts.csv:17          the record on line 17
  cardlift explain contacts.csv:17:5        a place from the summary
  cardlift explain cards.vcf:120 --lang ko  in Korean";

pub const EXPLAIN_CODE: &str = "Examples:
  cardlift explain-code                all codes
  cardlift explain-code PHONE_PATTERN  why, and how to fix it";

pub const RUNS: &str = "Examples:
  cardlift runs                            the runs in the ledger
  cardlift runs --ledger customer.sqlite3  the runs in another ledger";

pub const REPORT: &str = "Examples:
  cardlift report 20260102-093000-1a2b                        again
  cardlift report 20260102-093000-1a2b --lang ja --report ja  in Japanese";

pub const RESOLVE: &str = "Examples:
  cardlift resolve 20260102-093000-1a2b                  unknown records
  cardlift resolve 20260102-093000-1a2b#17 --contact ID  it is this contact
  cardlift resolve 20260102-093000-1a2b#17 --send-again  it is not there";

pub const UNDO: &str = "Examples:
  cardlift undo 20260102-093000-1a2b              delete what it created
  cardlift undo 20260102-093000-1a2b --record 17  only record 17";

pub const LEDGER: &str = "Examples:
  cardlift ledger copy ledger.sqlite3  into the database that [ledger] names";

pub const LOGIN: &str = "Examples:
  cardlift login               in the browser of this machine
  cardlift login --no-browser  on a server: open the address elsewhere";

pub const LOGOUT: &str = "Examples:
  cardlift logout                         revoke the login and delete it
  cardlift logout --config customer.toml  for the app in this file";

pub const AUTH: &str = "Examples:
  cardlift auth                                do the credentials work?
  cardlift auth --config customer.toml --json  for a script";

pub const SANDBOX: &str = "Examples:
  cardlift sandbox                          on port 8080, until Ctrl-C
  cardlift sandbox --port 0 --rate 240/min  with the service's limit";

pub const INIT: &str = "Examples:
  cardlift init                write cardlift.toml
  cardlift init customer.toml  under another name";

pub const PRESETS: &str = "Examples:
  cardlift presets                         list them
  cardlift presets outlook-ko > mine.toml  start your own from one";

pub const SCHEMA: &str = "Examples:
  cardlift schema > cardlift.schema.json
  cardlift schema mapping > mapping.schema.json
Then begin the file with the line: #:schema ./cardlift.schema.json";

pub const COMPLETIONS: &str = "Examples:
  cardlift completions bash > /etc/bash_completion.d/cardlift
  cardlift completions zsh > ~/.zfunc/_cardlift";

pub const MAN: &str = "Examples:
  cardlift man > /usr/local/share/man/man1/cardlift.1";

#[cfg(test)]
mod tests {
    use super::super::Cli;
    use clap::{CommandFactory, Parser};

    /// The commands of an `Examples:` section: what stands before a comment or a redirection.
    fn commands(help: &str) -> Vec<Vec<&str>> {
        let lines = help.lines().filter(|line| line.starts_with("  "));
        lines
            .map(|line| {
                let line = line.trim();
                let line = line.split("  ").next().unwrap_or(line);
                let line = line.split(" > ").next().unwrap_or(line);
                line.split_whitespace().collect()
            })
            .collect()
    }

    #[test]
    fn every_command_has_examples_and_they_are_right() {
        let mut cli = Cli::command();
        cli.build();
        let commands_of_ours = cli.get_subcommands().filter(|it| it.get_name() != "help");
        for command in std::iter::once(&cli).chain(commands_of_ours) {
            let help = command.get_after_help().map(ToString::to_string);
            let help = help.unwrap_or_default();
            let examples = commands(&help);
            assert!(!examples.is_empty(), "{}", command.get_name());
            assert!(help.lines().all(|line| line.len() <= 80), "{help}");
            for example in examples {
                let parsed = Cli::try_parse_from(&example);
                assert!(parsed.is_ok(), "{example:?}: {:?}", parsed.err());
            }
        }
    }
}
