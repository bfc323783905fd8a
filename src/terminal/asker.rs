//! Asking a person: on standard input and errors, or on the controlling terminal where these go elsewhere.

use super::{Terminal, plain_lines};
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};

/// A terminal at which a person can answer.
#[derive(Debug)]
pub struct Asker {
    /// The controlling terminal, where it is read and where it is written; none for standard input and standard error.
    controlling: Option<(File, File)>,
    /// Whether what was said before did not reach the person.
    repeats: bool,
}

impl Terminal {
    /// How a person can be asked. Nobody can be with `--no-input`, where there is no terminal, or where the process is in the
    /// background: reading the terminal would stop it there.
    pub fn asker(&self, no_input: bool) -> Option<Asker> {
        if no_input {
            return None;
        }
        if self.can_ask() {
            return is_in_foreground(io::stdin()).then_some(Asker {
                controlling: None,
                repeats: self.options.quiet,
            });
        }
        let (input, output) = controlling().ok()?;
        (input.is_terminal() && is_in_foreground(&input)).then_some(Asker {
            controlling: Some((input, output)),
            repeats: self.options.quiet || !self.is_terminal,
        })
    }
}

impl Asker {
    /// Asks a yes-or-no question; no answer is no. `about` are lines that were said before, which are shown again where they
    /// did not reach the person.
    pub fn confirm(self, about: &[String], question: &str) -> bool {
        let again = about.iter().filter(|_| self.repeats);
        let again: String = again.map(|line| plain_lines(line) + "\n").collect();
        let text = format!("{again}{} [y/N] ", plain_lines(question));
        let answer = match self.controlling {
            None => ask(&mut io::stderr(), &mut io::stdin().lock(), &text),
            Some((input, mut output)) => ask(&mut output, &mut BufReader::new(input), &text),
        };
        let answer = answer.unwrap_or_default().trim().to_lowercase();
        matches!(answer.as_str(), "y" | "yes" | "예" | "네" | "はい")
    }
}

fn ask(output: &mut impl Write, input: &mut impl BufRead, question: &str) -> io::Result<String> {
    output.write_all(question.as_bytes())?;
    output.flush()?;
    let mut answer = String::new();
    input.read_line(&mut answer)?;
    Ok(answer)
}

#[cfg(unix)]
fn controlling() -> io::Result<(File, File)> {
    let terminal = File::options().read(true).write(true).open("/dev/tty")?;
    Ok((terminal.try_clone()?, terminal))
}

#[cfg(windows)]
fn controlling() -> io::Result<(File, File)> {
    let open = |name| File::options().read(true).write(true).open(name);
    Ok((open("CONIN$")?, open("CONOUT$")?))
}

/// Whether the process may read this terminal. One that is not the controlling terminal stops nobody.
#[cfg(unix)]
fn is_in_foreground(terminal: impl std::os::fd::AsFd) -> bool {
    match rustix::termios::tcgetpgrp(terminal) {
        Ok(foreground) => foreground == rustix::process::getpgrp(),
        Err(error) => error == rustix::io::Errno::NOTTY,
    }
}

#[cfg(windows)]
fn is_in_foreground<T>(_terminal: T) -> bool {
    true
}
