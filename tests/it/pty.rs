//! Runs a command in a terminal.

use crate::world::Ran;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};

/// Runs a command whose standard input, output and errors are a terminal, with this text typed into it. What it shows is in
/// `data`.
pub fn typed(command: &mut Command, text: &str) -> Ran {
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
