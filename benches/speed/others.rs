//! What people use otherwise, on the same files. Each is installed from its registry into a folder that is kept between runs.

use crate::measure::{Run, line, run, seconds};
use std::path::{Path, PathBuf};
use std::process::Command;

/// From PyPI.
const PACKAGES: [&str; 4] = ["csvkit", "frictionless", "pandas", "vobject"];

/// A program that reads a file and says what is wrong with it.
struct Other {
    name: &'static str,
    command: fn(&Path) -> Command,
}

/// The form of a telephone and the lengths of names are what each of them can be told to check.
const CSV: [Other; 3] = [
    Other {
        name: "pandas, patterns and lengths",
        command: |tools| script(tools, include_str!("others/pandas_check.py")),
    },
    Other {
        name: "csvclean --length-mismatch",
        command: |tools| {
            let mut command = Command::new(tools.join("bin/csvclean"));
            command.arg("--length-mismatch");
            command
        },
    },
    Other {
        name: "frictionless validate, patterns and lengths",
        command: |tools| script(tools, include_str!("others/frictionless_check.py")),
    },
];

/// Runs each once beside the check of the same file.
pub fn csv(file: &Path, called: &str, checks: &[Run]) {
    let tools = install();
    for other in &CSV {
        let ran = run((other.command)(&tools).arg(file));
        let times = ran.time.as_secs_f64() / seconds(checks);
        line(other.name, called, &[ran], &format!("{times:.0} × check"));
    }
}

/// The same for vCards.
pub fn vcards(file: &Path, called: &str, checks: &[Run]) {
    let ran = run(script(&install(), include_str!("others/vobject_check.py")).arg(file));
    let times = ran.time.as_secs_f64() / seconds(checks);
    line(
        "vobject.readComponents",
        called,
        &[ran],
        &format!("{times:.0} × check"),
    );
}

fn script(tools: &Path, text: &str) -> Command {
    let mut command = Command::new(tools.join("bin/python"));
    command.arg("-c").arg(text);
    command
}

/// A Python environment with the packages.
fn install() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("others");
    if !folder.join("installed").exists() {
        let mut python = Command::new("python3");
        must(python.args(["-m", "venv"]).arg(&folder));
        let mut pip = Command::new(folder.join("bin/pip"));
        must(pip.args(["install", "--quiet"]).args(PACKAGES));
        std::fs::write(folder.join("installed"), "").expect("a file can be written");
    }
    folder
}

fn must(command: &mut Command) {
    let status = command.status();
    assert!(
        status.as_ref().is_ok_and(|status| status.success()),
        "{command:?}: {status:?}"
    );
}
