//! Commands of a few lines: `init`, `presets`, `schema`, `completions`.

use crate::cli::{Cli, Completions, Described, Init, Presets, Schema};
use crate::config;
use crate::exit::{Exit, Failed};
use crate::lang::{self, Lang, tr};
use crate::mapping::preset;
use crate::names::{list_of, nearest};
use crate::terminal::{Terminal, wrapped};
use clap::CommandFactory;
use serde_json::{Value, json};
use std::fs::OpenOptions;
use std::io::{self, Write};

/// `cardlift init`: writes the commented example, in the language of messages, and never over a file that is there.
pub fn init(init: &Init, terminal: &Terminal) -> Result<Exit, Failed> {
    let path = init.file.display();
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&init.file)
        .and_then(|mut file| file.write_all(example_in(lang::current()).as_bytes()));
    match written {
        Ok(()) => {
            terminal.say(tr!("init-written", path = path.to_string()));
            if terminal.wants_json() {
                terminal.json(&json!({ "file": path.to_string() }))?;
            }
            Ok(Exit::Done)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Failed::new(
            Exit::Configuration,
            tr!("init-exists", path = path.to_string()),
        )),
        Err(error) => Err(Failed::new(
            Exit::Failure,
            tr!(
                "suggest-unwritable",
                path = path.to_string(),
                error = error.to_string()
            ),
        )),
    }
}

/// The example with its comments in a language.
fn example_in(lang: Lang) -> String {
    /// The columns of translated comments.
    const WIDTH: usize = 120;
    if lang == Lang::En {
        return config::EXAMPLE.to_owned();
    }
    let said = |key: String| lang::help(lang, &key, &[]).unwrap_or_default();
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
pub fn presets(presets: &Presets, terminal: &Terminal) -> Result<Exit, Failed> {
    if terminal.wants_json() {
        terminal.json(&presets_json(presets.name.as_deref())?)?;
        return Ok(Exit::Done);
    }
    let Some(name) = &presets.name else {
        let mut list = String::new();
        for preset in preset::names().filter_map(preset::get) {
            list.push_str(&format!("{:28} {}\n", preset.name, preset.title()));
        }
        list.push_str(&format!(
            "{:28} vCard 2.1, 3.0, 4.0 (iCloud, Android, Outlook, …)\n",
            "vcard"
        ));
        terminal.data(&list)?;
        return Ok(Exit::Done);
    };
    match preset::text(name) {
        Some(text) => {
            terminal.data(text)?;
            Ok(Exit::Done)
        }
        None => Err(Failed::new(Exit::Usage, unknown_preset(name))),
    }
}

fn presets_json(name: Option<&str>) -> Result<Value, Failed> {
    let about = |preset: &preset::Preset| json!({"name": preset.name, "title": preset.title()});
    let Some(name) = name else {
        let all = preset::names().filter_map(preset::get).map(about);
        return Ok(json!({ "presets": all.collect::<Vec<_>>() }));
    };
    let unknown = || Failed::new(Exit::Usage, unknown_preset(name));
    let mut preset = about(preset::get(name).ok_or_else(unknown)?);
    preset["mapping"] = preset::text(name).into();
    Ok(preset)
}

/// The complaint about a preset that there is not.
pub fn unknown_preset(name: &str) -> String {
    let near = nearest(name, preset::names(), 3);
    let names: Vec<_> = if near.is_empty() {
        preset::names().collect()
    } else {
        near
    };
    tr!("preset-unknown", name = name, presets = list_of(&names))
}

/// `cardlift schema [config|mapping]`
pub fn schema(schema: &Schema, terminal: &Terminal) -> Result<Exit, Failed> {
    let schema = match schema.of {
        Described::Config => config::schema::config(),
        Described::Mapping => config::schema::mapping_file(),
    };
    match terminal.wants_json() {
        true => terminal.json(&schema)?,
        false => terminal.data(&format!("{schema:#}\n"))?,
    }
    Ok(Exit::Done)
}

/// `cardlift completions SHELL`
pub fn completions(completions: &Completions, terminal: &Terminal) -> Result<Exit, Failed> {
    let mut script = Vec::new();
    clap_complete::generate(
        completions.shell,
        &mut Cli::command(),
        "cardlift",
        &mut script,
    );
    terminal.data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
