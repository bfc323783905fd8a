//! Commands of a few lines: `init`, `presets`, `schema`, `completions`, `sandbox`, `man`.

use super::usage;
use crate::cli::{Described, Sandbox};
use crate::config;
use crate::exit::{Exit, Failed, failed};
use crate::lang::{self, HELP, Lang, tr};
use crate::mapping::preset::{self, Preset};
use crate::names::{list_of, nearest};
use crate::sandbox::{self, Account, Options, Property, PropertyKind, Rate, Window};
use crate::terminal::{Terminal, wrapped};
use clap_complete::Shell;
use clap_mangen::Man;
use serde_json::{Value, json};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

/// `cardlift init`: writes the commented example, in the language of messages, and never over a file that is there.
pub fn init(path: &Path, terminal: &Terminal) -> Result<Exit, Failed> {
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| file.write_all(example_in(lang::current()).as_bytes()));
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => failed!(Configuration, "init-exists", path),
        _ => failed!(Failure, "suggest-unwritable", path, error),
    })?;
    terminal.say(tr!("init-written", path));
    terminal.json(&json!({ "file": path }))?;
    Ok(Exit::Done)
}

/// The example with its comments in a language.
fn example_in(lang: Lang) -> String {
    /// The columns of translated comments.
    const WIDTH: usize = 120;
    if lang == Lang::En {
        return config::EXAMPLE.to_owned();
    }
    let said = |key: String| HELP.format(lang, &key, &[]).unwrap_or_default();
    let mut text = String::new();
    for entry in config::example::entries() {
        let key = entry.text_key();
        if !entry.above.is_empty() {
            for line in wrapped(&said(key.clone()), WIDTH).lines() {
                text.push_str(&format!("# {line}\n"));
            }
        }
        text.push_str(entry.line);
        if !entry.beside.is_empty() {
            text.push_str(&said(format!("{key}-beside")));
        }
        text.push('\n');
    }
    text
}

/// `cardlift presets`: the built-in mappings, or the text of one.
pub fn presets(name: Option<&str>, terminal: &Terminal) -> Result<Exit, Failed> {
    let about = |preset: &Preset| json!({"name": preset.name, "title": preset.title()});
    let (value, text) = match name {
        None => {
            let all = || preset::names().filter_map(preset::get);
            let vcard = ("vcard", "vCard 2.1, 3.0, 4.0 (iCloud, Android, Outlook, …)");
            let lines = all().map(|preset| (preset.name, preset.title()));
            let lines = lines.chain([vcard]);
            let list = lines.map(|(name, title)| format!("{name:28} {title}\n"));
            let presets: Vec<Value> = all().map(about).collect();
            (json!({ "presets": presets }), list.collect())
        }
        Some(name) => {
            let preset = preset::get(name).ok_or_else(|| unknown_preset(name))?;
            let text = preset::text(name).unwrap_or_default();
            let mut value = about(preset);
            value["mapping"] = text.into();
            (value, text.to_owned())
        }
    };
    terminal.result(&value, &text, Terminal::data)?;
    Ok(Exit::Done)
}

fn unknown_preset(name: &str) -> Failed {
    let mut near = nearest(name, preset::names(), 3);
    if near.is_empty() {
        near = preset::names().collect();
    }
    failed!(Usage, "preset-unknown", name, presets = list_of(&near))
}

/// `cardlift schema [config|mapping]`
pub fn schema(of: Described, terminal: &Terminal) -> Result<Exit, Failed> {
    let schema = match of {
        Described::Config => config::schema::config(),
        Described::Mapping => config::schema::mapping_file(),
    };
    terminal.result(&schema, &format!("{schema:#}\n"), Terminal::data)?;
    Ok(Exit::Done)
}

/// `cardlift completions SHELL`
pub fn completions(shell: Shell, terminal: &Terminal) -> Result<Exit, Failed> {
    let mut script = Vec::new();
    clap_complete::generate(
        shell,
        &mut usage::command(Lang::En),
        "cardlift",
        &mut script,
    );
    terminal.data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

/// `cardlift sandbox`: serves it until it is interrupted.
pub async fn sandbox(args: &Sandbox, terminal: &Terminal) -> Result<Exit, Failed> {
    let account = Account::default();
    let options = Options {
        port: args.port,
        token: Some(args.token.clone()),
        rate: args
            .rate
            .map(|rate| Rate::per_minute(rate, Window::Sliding)),
        properties: args
            .custom_properties
            .iter()
            .map(|name| property(name))
            .collect(),
        account: Some(account.clone()),
        ..Options::default()
    };
    let mut sandbox = sandbox::Sandbox::start(options).map_err(|error| {
        let error = match error.kind() {
            io::ErrorKind::AddrInUse => tr!("port-taken"),
            _ => error.to_string(),
        };
        failed!(Failure, "sandbox-port", port = args.port.to_string(), error)
    })?;
    let url = sandbox.base_url();
    terminal.result(
        &json!({ "base_url": url }),
        &format!("{url}\n"),
        Terminal::data,
    )?;
    terminal.say(tr!("sandbox-serving", url, token = args.token));
    terminal.say(tr!(
        "sandbox-login",
        client = account.client_id,
        secret = account.client_secret,
        authorize = sandbox.authorize_url(),
        token = sandbox.token_url()
    ));
    tokio::signal::ctrl_c().await?;
    sandbox.stop();
    Ok(Exit::Done)
}

fn property(name: &str) -> Property {
    Property {
        name: name.to_owned(),
        kind: PropertyKind::String,
        multi: false,
    }
}

/// What no command's help says, in roff.
const REST: &str = include_str!("man.roff");

/// `cardlift man`: one manual page with every command and its options.
pub fn man(terminal: &Terminal) -> Result<Exit, Failed> {
    terminal.data(&page()?)?;
    Ok(Exit::Done)
}

fn page() -> io::Result<String> {
    let mut program = usage::command(Lang::En);
    program.build();
    let mut page = rendered(&program)?;
    for command in own(&program) {
        // What all commands have in common is said once.
        let command = command.clone().mut_args(|arg| {
            arg.clone()
                .hide(arg.is_global_set() || arg.get_id() == "help")
        });
        page.push_str(&as_section(&rendered(&command)?, command.get_name()));
    }
    page.push_str(REST);
    Ok(page)
}

/// The commands without `help`, which the page stands for.
fn own(program: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    let commands = program.get_subcommands();
    commands.filter(|command| command.get_name() != "help")
}

fn rendered(command: &clap::Command) -> io::Result<String> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    let page = String::from_utf8_lossy(&page);
    // The examples stand in columns, which filled lines would not.
    let page = page.replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n.nf\n");
    // There are no pages of their own for the commands: they are sections of this one.
    let named = |line: &str| match line.strip_prefix("cardlift\\-") {
        Some(rest) if rest.ends_with("(1)") => {
            format!("cardlift {}\n", rest.trim_end_matches("(1)"))
        }
        _ => format!("{line}\n"),
    };
    Ok(page.lines().map(named).collect())
}

/// A page as a section of another: its headings one level down, without its title and its name, which the heading says.
fn as_section(page: &str, name: &str) -> String {
    let mut section = format!(".SH \"COMMAND: {name}\"\n");
    let synopsis = page.find(".SH SYNOPSIS").unwrap_or(0);
    for line in page[synopsis..].lines() {
        match line.strip_prefix(".SH ") {
            Some(heading) => section.push_str(&format!(".SS {heading}\n")),
            None => section.push_str(&format!("{line}\n")),
        }
    }
    section
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_one_title_and_every_command_with_its_options_and_examples() {
        let page = page().unwrap();
        assert_eq!(page.matches(".TH ").count(), 1, "one page");
        let mut program = usage::command(Lang::En);
        program.build();
        for command in own(&program) {
            let name = command.get_name();
            let heading = format!(".SH \"COMMAND: {name}\"\n");
            let (_, section) = page.split_once(&heading).expect(name);
            let section = section.split("\n.SH ").next().unwrap_or(section);
            assert!(section.contains(".SS EXAMPLES"), "{name}: {section}");
            let own = |arg: &&clap::Arg| !arg.is_global_set() && arg.get_id() != "help";
            for long in command
                .get_arguments()
                .filter(own)
                .filter_map(clap::Arg::get_long)
            {
                let option = format!("\\-\\-{}", long.replace('-', "\\-"));
                assert!(section.contains(&option), "{name} {option}");
            }
        }
        assert_eq!(
            page.matches("\\-\\-log\\-values").count(),
            2,
            "said once, and in the synopsis"
        );
    }
}
