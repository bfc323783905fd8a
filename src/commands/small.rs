//! Commands of a few lines: `init`, `presets`, `schema`, `completions`.

use crate::cli::{Cli, Completions, Described, Init, Presets, Schema};
use crate::config;
use crate::exit::{Exit, Failed};
use crate::lang::{self, HELP, Lang, tr};
use crate::mapping::preset::{self, Preset};
use crate::names::{list_of, nearest};
use crate::terminal::{Terminal, wrapped};
use clap::CommandFactory;
use serde_json::{Value, json};
use std::fs::OpenOptions;
use std::io::{self, Write};

/// `cardlift init`: writes the commented example, in the language of messages, and never over a file that is there.
pub fn init(init: &Init, terminal: &Terminal) -> Result<Exit, Failed> {
    let path = init.file.display().to_string();
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&init.file)
        .and_then(|mut file| file.write_all(example_in(lang::current()).as_bytes()));
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failed::new(Exit::Configuration, tr!("init-exists", path = &path))
        }
        _ => {
            let error = error.to_string();
            let text = tr!("suggest-unwritable", path = &path, error);
            Failed::new(Exit::Failure, text)
        }
    })?;
    terminal.say(tr!("init-written", path = &path));
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
pub fn presets(presets: &Presets, terminal: &Terminal) -> Result<Exit, Failed> {
    let about = |preset: &Preset| json!({"name": preset.name, "title": preset.title()});
    let (value, text) = match &presets.name {
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
    match terminal.wants_json() {
        true => terminal.json(&value)?,
        false => terminal.data(&text)?,
    }
    Ok(Exit::Done)
}

fn unknown_preset(name: &str) -> Failed {
    let mut near = nearest(name, preset::names(), 3);
    if near.is_empty() {
        near = preset::names().collect();
    }
    let text = tr!("preset-unknown", name, presets = list_of(&near));
    Failed::new(Exit::Usage, text)
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
