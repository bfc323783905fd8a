//! What people use otherwise, on the same files. Each is installed from its registry into a folder that is kept between runs.

use crate::measure::{Run, line, run_to, seconds};
use serde_json::{Map, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// From PyPI.
const PACKAGES: [&str; 6] = [
    "csvkit",
    "duckdb",
    "frictionless",
    "pandas",
    "polars",
    "vobject",
];

/// From crates.io, where later versions lack a dependency of theirs. Building it takes some ten minutes, and cmake.
const QSV: [&str; 6] = [
    "qsv@4.0.0",
    "--locked",
    "--no-default-features",
    "--features=lite",
    "--bin",
    "qsvlite",
];

/// With what they end; qsv says with 1 that rows are invalid.
const INVALID: &[i32] = &[0, 1];

/// A program that reads a file and says what is wrong with it.
struct Other {
    name: &'static str,
    /// What runs it, by the folder with the tools and the file.
    command: fn(&Path, &Path) -> Command,
}

/// polars and DuckDB apply a few of the rules, find duplicates and write results: the fastest thing that a user could script.
/// The others can be told to check the form of a telephone and the lengths of names.
const CSV: [Other; 6] = [
    Other {
        name: "polars, a few rules, duplicates, results",
        command: |tools, file| script(tools, include_str!("others/polars_check.py"), file),
    },
    Other {
        name: "DuckDB, a few rules, duplicates, results",
        command: |tools, file| script(tools, include_str!("others/duckdb_check.py"), file),
    },
    Other {
        name: "qsv validate, a JSON Schema with patterns and lengths",
        command: |tools, file| {
            let schema = file.with_extension("schema.json");
            fs::write(&schema, json_schema(file)).expect("the schema can be written");
            let mut command = Command::new(tools.join("bin/qsvlite"));
            command.arg("validate").arg(file).arg(schema);
            command
        },
    },
    Other {
        name: "pandas, patterns and lengths",
        command: |tools, file| script(tools, include_str!("others/pandas_check.py"), file),
    },
    Other {
        name: "csvclean --length-mismatch",
        command: |tools, file| {
            let mut command = Command::new(tools.join("bin/csvclean"));
            command.arg("--length-mismatch").arg(file);
            command
        },
    },
    Other {
        name: "frictionless validate, patterns and lengths",
        command: |tools, file| script(tools, include_str!("others/frictionless_check.py"), file),
    },
];

/// Runs each once beside the check of the same file.
pub fn csv(file: &Path, called: &str, checks: &[Run]) {
    let tools = install();
    for other in &CSV {
        let mut command = (other.command)(&tools, file);
        if !Path::new(command.get_program()).exists() {
            eprintln!("left out, since it is not installed: {}", other.name);
            continue;
        }
        let ran = run_to(&mut command, INVALID);
        let times = ran.time.as_secs_f64() / seconds(checks);
        line(other.name, called, &[ran], &format!("{times:.1} × check"));
    }
}

/// The same for vCards.
pub fn vcards(file: &Path, called: &str, checks: &[Run]) {
    let program = include_str!("others/vobject_check.py");
    let ran = run_to(&mut script(&install(), program, file), INVALID);
    let times = ran.time.as_secs_f64() / seconds(checks);
    line(
        "vobject.readComponents",
        called,
        &[ran],
        &format!("{times:.0} × check"),
    );
}

fn script(tools: &Path, text: &str, file: &Path) -> Command {
    let mut command = Command::new(tools.join("bin/python"));
    command.arg("-c").arg(text).arg(file);
    command
}

/// What the others are told to check, as a JSON Schema of the file's rows.
fn json_schema(file: &Path) -> String {
    let mut reader = csv::Reader::from_path(file).expect("the file can be read");
    let header = reader.headers().expect("the file has a header").clone();
    let mut properties = Map::new();
    for name in &header {
        let mut property = json!({ "type": ["string", "null"] });
        if name.starts_with("Phone") && name.ends_with("Value") {
            property["pattern"] = json!("^[0-9+\\-*#PTpt()\\u3000 ]*$");
        }
        if name.ends_with("Name") {
            property["maxLength"] = json!(100);
        }
        properties.insert(name.to_owned(), property);
    }
    json!({ "type": "object", "properties": properties }).to_string()
}

/// A Python environment with the packages, and qsv beside it.
fn install() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("others");
    if !folder.join("installed-2").exists() {
        let mut python = Command::new("python3");
        must(python.args(["-m", "venv"]).arg(&folder));
        let mut pip = Command::new(folder.join("bin/pip"));
        must(pip.args(["install", "--quiet"]).args(PACKAGES));
        fs::write(folder.join("installed-2"), "").expect("a file can be written");
    }
    if !folder.join("bin/qsvlite").exists() {
        // Where it can't be built, the others are there all the same.
        let mut cargo = Command::new(env!("CARGO"));
        let _ = cargo
            .arg("install")
            .args(QSV)
            .arg("--root")
            .arg(&folder)
            .status();
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
