//! `cardlift man`: one manual page with every command and its options.

use crate::cli::Cli;
use crate::exit::{Exit, Failed};
use crate::terminal::Terminal;
use clap::CommandFactory;
use clap_mangen::Man;
use std::io;

/// What no command's help says, in roff.
const REST: &str = include_str!("man.roff");

pub fn run(terminal: &Terminal) -> Result<Exit, Failed> {
    terminal.data(&page()?)?;
    Ok(Exit::Done)
}

fn page() -> io::Result<String> {
    let mut program = Cli::command();
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
        let mut program = Cli::command();
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
