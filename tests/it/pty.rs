//! Runs a command in a terminal.

#![cfg(unix)]

use crate::world::Ran;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};

/// Runs a command whose standard input, output and errors are a terminal, with this text typed into it. What it shows is in
/// `data`.
pub fn typed(command: &mut Command, text: &str) -> Ran {
    run(command, text, None)
}

/// Runs a command at a terminal of so many columns, with this text typed into it. The lines that stand there in the end are
/// in `said`.
pub fn at_width(command: &mut Command, columns: u16, text: &str) -> Ran {
    let ran = run(command, text, Some(columns));
    let said = lines(&ran.data, columns.into()).join("\n");
    Ran { said, ..ran }
}

fn run(command: &mut Command, text: &str, columns: Option<u16>) -> Ran {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("there are pseudo-terminals");
    grantpt(&ours)
        .and_then(|()| unlockpt(&ours))
        .expect("it can be opened");
    let path = ptsname(&ours, Vec::new()).expect("it has a path");
    let theirs = OpenOptions::new()
        .read(true)
        .write(true)
        .open(std::ffi::OsStr::from_bytes(path.to_bytes()))
        .expect("it can be opened");
    if let Some(columns) = columns {
        let size = Winsize {
            ws_col: columns,
            ws_row: 24,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&theirs, size).expect("it has a size");
    }
    let stream = || Stdio::from(theirs.try_clone().expect("it is open"));
    let child = command.stdin(stream()).stdout(stream()).stderr(stream());
    let mut child = child.spawn().expect("the command starts");
    let mut ours = File::from(ours);
    ours.write_all(text.as_bytes())
        .expect("it fits into the buffer of a terminal");
    // The terminal ends when the command does. Until then, the end below would never come.
    drop(theirs);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Ran {
        data: read(&mut ours),
        code: child.wait().expect("it is ours").code().unwrap_or(-1),
        said: String::new(),
    }
}

/// Reads until the other side is closed, which Linux reports as an error.
fn read(terminal: &mut File) -> String {
    let mut shown = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(length @ 1..) = terminal.read(&mut buffer) {
        shown.extend_from_slice(&buffer[..length]);
    }
    String::from_utf8_lossy(&shown).into_owned()
}

/// What a terminal makes of its input: text, line breaks, and the sequences that move the cursor up and clear what follows.
fn lines(shown: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<Vec<char>> = vec![Vec::new()];
    let (mut line, mut column) = (0_usize, 0);
    let mut chars = shown.chars();
    while let Some(c) = chars.next() {
        match c {
            '\r' => column = 0,
            '\n' => line += 1,
            '\u{1b}' => {
                let mut count = String::new();
                let end = chars.by_ref().find(|c| {
                    count.extend(c.is_ascii_digit().then_some(c));
                    c.is_alphabetic()
                });
                match end {
                    Some('A') => line = line.saturating_sub(count.parse().unwrap_or(1)),
                    Some('J') => {
                        lines.truncate(line + 1);
                        lines[line].truncate(column);
                    }
                    _ => {}
                }
            }
            c => {
                if column == columns {
                    (line, column) = (line + 1, 0);
                }
                lines.resize(lines.len().max(line + 1), Vec::new());
                let row = &mut lines[line];
                row.resize(row.len().max(column + 1), ' ');
                row[column] = c;
                column += 1;
            }
        }
        lines.resize(lines.len().max(line + 1), Vec::new());
    }
    let text = |line: &Vec<char>| line.iter().collect::<String>().trim_end().to_owned();
    lines.iter().map(text).collect()
}
