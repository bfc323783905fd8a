//! The command line: read, with its help and its usage errors in the language of the person.

use crate::cli::Cli;
use crate::exit::{Exit, Failed};
use crate::lang::{self, HELP, Lang};
use crate::terminal::wrapped;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, Command, CommandFactory, FromArgMatches, ValueEnum};
use fluent_bundle::FluentValue;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::OnceLock;

/// Reads the arguments. Where they ask for help or are wrong, it is said, and the code is returned to exit with.
///
/// The language is that of `--lang` or the locale: a configuration is not read for a command line that may be wrong.
pub fn read(arguments: Vec<OsString>) -> Result<Cli, ExitCode> {
    let of_locale = || Lang::of_locale(|name| std::env::var(name).ok());
    let lang = language(&arguments).unwrap_or_else(of_locale);
    lang::choose(lang);
    let wants_json = arguments.iter().any(|argument| argument == "--json");
    command(lang)
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches))
        .map_err(|error| {
            if wants_json && error.use_stderr() {
                let text = error.render().to_string();
                let failed = Failed::new(Exit::Usage, text.trim_end().to_owned());
                // It has nowhere to say that it can't print.
                let _ = writeln!(io::stdout(), "{}", failed.to_json());
            }
            said(&error, lang)
        })
}

/// The language that the arguments name. They are not parsed yet, so a wrong name is left to the parser.
fn language(arguments: &[OsString]) -> Option<Lang> {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        let value = match argument {
            "--" => return None,
            "--lang" => arguments.next(),
            _ => argument.strip_prefix("--lang="),
        };
        if let Some(value) = value {
            return Lang::from_str(value, false).ok();
        }
    }
    None
}

fn said(error: &Error, lang: Lang) -> ExitCode {
    let exit = ExitCode::from(error.exit_code() as u8);
    // It has nowhere to say that it can't print.
    if lang == Lang::En {
        let _ = error.print();
        return exit;
    }
    let text = wrong(error, lang).unwrap_or_else(|| error.render().ansi().to_string());
    let columns = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
    let text = wrapped(&text, columns);
    // Colours are left out where the stream is no terminal, or nobody wants them.
    let _ = match error.use_stderr() {
        true => anstream::stderr().write_all(text.as_bytes()),
        false => anstream::stdout().write_all(text.as_bytes()),
    };
    exit
}

/// The command line with its texts in a language. Those that clap adds are there only in others than English, to be translated.
pub(super) fn command(lang: Lang) -> Command {
    let mut program = Cli::command();
    if lang != Lang::En {
        program.build();
    }
    with_texts(program, lang, "program")
}

/// Sets the texts of a command and those below it, which the catalogues know by this name. `help` has each command once more.
fn with_texts(command: Command, lang: Lang, name: &str) -> Command {
    let text = |key: &str| HELP.format(lang, key, &[]);
    let about = match name {
        "program" => text("program"),
        name if is_help(name) => text("help-command"),
        _ => text(&format!("command-{name}")),
    };
    let mut command = command.mut_args(|arg| match described(&arg, name, lang) {
        Some(help) => arg.help(help),
        None => arg,
    });
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(examples) = text(&format!("examples-{name}")) {
        command = command.after_help(examples);
    }
    if lang != Lang::En {
        command = translated(command, lang);
    }
    match name {
        "help" => command,
        _ => command.mut_subcommands(|one| {
            let name = match name {
                "program" => one.get_name().to_owned(),
                _ => format!("{name}-{}", one.get_name()),
            };
            with_texts(one, lang, &name)
        }),
    }
}

/// Lines are not broken: [`wrapped`] knows the width of Korean and Japanese, clap does not.
fn translated(command: Command, lang: Lang) -> Command {
    let [usage, commands, arguments, options, global] = headings(lang);
    let command = command
        .term_width(usize::MAX)
        .subcommand_help_heading(commands.as_str())
        .help_template(format!(
            "{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}"
        ));
    command.mut_args(|arg| {
        let heading = match (arg.is_global_set(), arg.is_positional()) {
            (true, _) => global,
            (_, true) => arguments,
            _ => options,
        };
        arg.help_heading(heading.as_str())
            .hide_default_value(true)
            .hide_possible_values(true)
    })
}

/// Whether it is the `help` of the program or of a command that has commands of its own.
fn is_help(name: &str) -> bool {
    name == "help" || name.ends_with("-help")
}

/// The headings of a help text. clap borrows them for as long as the program runs.
fn headings(lang: Lang) -> &'static [String; 5] {
    static HEADINGS: OnceLock<[String; 5]> = OnceLock::new();
    HEADINGS.get_or_init(|| {
        ["usage", "commands", "arguments", "options", "global"].map(|key| {
            HELP.format(lang, &format!("heading-{key}"), &[])
                .unwrap_or_default()
        })
    })
}

/// What an option is for; in others than English with its default and its values, which clap would say in English.
fn described(arg: &Arg, command: &str, lang: Lang) -> Option<String> {
    let id = arg.get_id().as_str().replace('_', "-");
    let text = |key: &str, values: &[_]| HELP.format(lang, key, values);
    let said = match id.as_str() {
        "help" => text("help-short", &[]),
        "version" => text("help-version", &[]),
        _ => text(&format!("option-{command}-{id}"), &[])
            .or_else(|| text(&format!("option-{id}"), &[])),
    };
    let mut parts = vec![said?];
    if lang == Lang::En {
        return parts.pop();
    }
    let defaults = arg.get_default_values().iter();
    let defaults: Vec<_> = defaults.map(|value| value.to_string_lossy()).collect();
    let values = arg.get_possible_values();
    let values: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
    let lists = [
        ("default", "value", defaults.join(", ")),
        ("possible-values", "values", values.join(", ")),
    ];
    let takes_value = arg.get_action().takes_values();
    for (key, name, list) in lists {
        if takes_value && !list.is_empty() {
            parts.extend(text(key, &[(name, list.into())]));
        }
    }
    Some(parts.join(" "))
}

/// A usage error: what is wrong, what may have been meant, how it is used. Nothing for help, and for errors that do not come up
/// with these options: clap says them better than nothing.
fn wrong(error: &Error, lang: Lang) -> Option<String> {
    let of = |kind: ContextKind| error.get(kind).map(plain).unwrap_or_default();
    let reason = std::error::Error::source(error).map(ToString::to_string);
    let values = [
        ("argument", of(ContextKind::InvalidArg)),
        ("value", of(ContextKind::InvalidValue)),
        ("values", of(ContextKind::ValidValue)),
        ("command", of(ContextKind::InvalidSubcommand)),
        ("other", of(ContextKind::PriorArg)),
        ("reason", reason.unwrap_or_default()),
    ];
    let values = values.map(|(name, value)| (name, FluentValue::from(value)));
    let key = match error.kind() {
        ErrorKind::UnknownArgument => "unknown-argument",
        ErrorKind::InvalidSubcommand => "unknown-command",
        ErrorKind::InvalidValue if of(ContextKind::InvalidValue).is_empty() => "missing-value",
        ErrorKind::InvalidValue => "invalid-value",
        ErrorKind::ValueValidation => "wrong-value",
        ErrorKind::MissingRequiredArgument => "missing-arguments",
        ErrorKind::MissingSubcommand => "missing-command",
        ErrorKind::ArgumentConflict => "conflict",
        ErrorKind::TooManyValues => "too-many",
        _ => return None,
    };
    let text = |key: &str, values: &[_]| {
        (HELP.format(lang, &format!("usage-{key}"), values)).unwrap_or_default()
    };
    let label = lang::text_in(lang, "label-error", &[]);
    let said = text(key, &values);
    let mut lines = vec![format!("\u{1b}[31;1m{label}\u{1b}[0m {said}")];
    let meant = nearest(error).map(|one| text("did-you-mean", &[("suggestion", one.into())]));
    lines.extend(meant);
    let mut help = "cardlift --help".to_owned();
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let [heading, ..] = headings(lang);
        let usage = usage.to_string();
        let usage = usage.strip_prefix("Usage:").unwrap_or(&usage).trim();
        lines.extend([String::new(), format!("{heading}: {usage}")]);
        let named = usage
            .split(' ')
            .take_while(|word| !word.starts_with(['<', '[', '-']));
        help = format!("{} --help", named.collect::<Vec<_>>().join(" "));
    }
    lines.extend([String::new(), text("see-help", &[("command", help.into())])]);
    Some(lines.join("\n") + "\n")
}

/// What was meant, most likely. Where there are several, the last is the nearest.
fn nearest(error: &Error) -> Option<String> {
    let suggested = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    match suggested.into_iter().find_map(|kind| error.get(kind))? {
        ContextValue::Strings(values) => values.last().cloned(),
        other => Some(other.to_string()),
    }
}

fn plain(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(values) => values.join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::example::entries;
    use std::collections::BTreeSet;

    /// The keys of a catalogue, in which each message begins a line.
    fn keys(catalogue: &str) -> BTreeSet<String> {
        let names = catalogue.lines().filter_map(|line| line.split_once(" ="));
        let names = names.map(|(name, _)| name.to_owned());
        names
            .filter(|name| {
                name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.contains(' ')
            })
            .collect()
    }

    /// A command and those below it, with their names in the catalogues.
    fn all<'c>(command: &'c Command, name: &str) -> Vec<(String, &'c Command)> {
        let below = command.get_subcommands().filter(|_| !is_help(name));
        let below = below.flat_map(|one| {
            let full = match name {
                "program" => one.get_name().to_owned(),
                name => format!("{name}-{}", one.get_name()),
            };
            all(one, &full)
        });
        std::iter::once((name.to_owned(), command))
            .chain(below)
            .collect()
    }

    #[test]
    fn every_command_and_option_has_its_help_in_each_language_and_none_is_left_over() {
        let catalogues = [
            (Lang::En, include_str!("../lang/en-help.ftl")),
            (Lang::Ko, include_str!("../lang/ko-help.ftl")),
            (Lang::Ja, include_str!("../lang/ja-help.ftl")),
        ];
        for (lang, catalogue) in catalogues {
            let there = keys(catalogue);
            let mut used = BTreeSet::new();
            let mut program = command(Lang::En);
            program.build();
            for (name, command) in all(&program, "program") {
                let name = name.as_str();
                used.insert(match name {
                    "program" => "program".to_owned(),
                    name if is_help(name) => "help-command".to_owned(),
                    _ => format!("command-{name}"),
                });
                if command.get_after_help().is_some() {
                    used.insert(format!("examples-{name}"));
                }
                let own = command.get_arguments().filter(|_| !is_help(name));
                for id in own.map(|arg| arg.get_id().as_str().replace('_', "-")) {
                    let keys = [format!("option-{name}-{id}"), format!("option-{id}")];
                    let key = keys.into_iter().find(|key| there.contains(key));
                    match id.as_str() {
                        "help" => used.insert("help-short".to_owned()),
                        "version" => used.insert("help-version".to_owned()),
                        _ => used.insert(key.unwrap_or_else(|| format!("option-{name}-{id}"))),
                    };
                }
            }
            // The rest of English is clap's, and the example's own.
            used.retain(|key| lang != Lang::En || !key.starts_with("help-"));
            for entry in entries().into_iter().filter(|_| lang != Lang::En) {
                let key = entry.text_key();
                used.extend((!entry.beside.is_empty()).then(|| format!("{key}-beside")));
                used.extend((!entry.above.is_empty()).then_some(key));
            }
            let rest = there.iter().filter(|key| !used.contains(*key));
            let rest: Vec<_> = rest
                .filter(|key| {
                    !["heading-", "usage-", "default", "possible-values"]
                        .iter()
                        .any(|stem| key.starts_with(stem))
                })
                .collect();
            let missing: Vec<_> = used.difference(&there).collect();
            assert!(
                missing.is_empty() && rest.is_empty(),
                "{lang:?}: missing {missing:?}, unused {rest:?}"
            );
        }
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are_read() {
        let of = |line: &str| language(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of("cardlift --lang ko --help"), Some(Lang::Ko));
        assert_eq!(of("cardlift import x.csv --lang=ja"), Some(Lang::Ja));
        assert_eq!(of("cardlift import -- --lang ja"), None);
        assert_eq!(of("cardlift --lang xx"), None);
    }

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
        let mut cli = command(Lang::En);
        cli.build();
        let commands_of_ours = cli.get_subcommands().filter(|it| it.get_name() != "help");
        for command in std::iter::once(&cli).chain(commands_of_ours) {
            let help = command.get_after_help().map(ToString::to_string);
            let help = help.unwrap_or_default();
            let examples = commands(&help);
            assert!(!examples.is_empty(), "{}", command.get_name());
            assert!(help.lines().all(|line| line.len() <= 80), "{help}");
            for example in examples {
                let parsed = cli.clone().try_get_matches_from(&example);
                assert!(parsed.is_ok(), "{example:?}: {:?}", parsed.err());
            }
        }
    }
}
