//! Files as the makers of exports write them, and what becomes of their records.

use crate::shared::header;
use cardlift::config::Config;
use cardlift::contact::NamePart;
use cardlift::examine::{self, Options, Verdict};
use cardlift::exit::Failed;
use cardlift::input::{self, Input, Mapping, Settings};
use cardlift::mapping::preset;
use cardlift::report::{json, message};
use cardlift::source::encoding::TextEncoding;
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An export that is being made.
pub struct Export {
    pub header: Vec<String>,
    rows: Vec<Vec<String>>,
    encoding: TextEncoding,
    byte_order_mark: bool,
    /// Stands before every cell but those of the header.
    pub cell_prefix: &'static str,
    /// Stands before the header, with its line breaks.
    pub preamble: &'static str,
    /// Whether every cell is quoted, or only where it must be.
    pub quotes_all: bool,
}

impl Export {
    /// An export with these columns.
    pub fn new(header: &[&str]) -> Export {
        Export::with(header.iter().map(|name| (*name).to_owned()).collect())
    }

    /// An export with the columns of a preset; with the cargo feature `shared`, with those of a maker's header row.
    pub fn of(file: &str, preset: &str) -> Export {
        Export::with(if cfg!(feature = "shared") {
            header(file)
        } else {
            columns_of(preset)
        })
    }

    fn with(header: Vec<String>) -> Export {
        Export {
            header,
            rows: Vec::new(),
            encoding: TextEncoding::UTF_8,
            byte_order_mark: false,
            cell_prefix: "",
            preamble: "",
            quotes_all: false,
        }
    }

    /// Adds a record by its filled cells.
    pub fn row(mut self, cells: &[(&str, &str)]) -> Export {
        let mut row = vec![String::new(); self.header.len()];
        for (name, value) in cells {
            let column = self.header.iter().position(|one| one == name);
            row[column.unwrap_or_else(|| panic!("there is no column {name}"))] =
                (*value).to_owned();
        }
        self.rows.push(row);
        self
    }

    pub fn quoted(mut self) -> Export {
        self.quotes_all = true;
        self
    }

    pub fn encoded(mut self, encoding: TextEncoding) -> Export {
        self.encoding = encoding;
        self
    }

    pub fn marked(mut self) -> Export {
        self.byte_order_mark = true;
        self
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut text = String::new();
        if self.byte_order_mark {
            text.push('\u{feff}');
        }
        text.push_str(self.preamble);
        self.line(&mut text, &self.header, "");
        for row in &self.rows {
            self.line(&mut text, row, self.cell_prefix);
        }
        let (bytes, complete) = self.encoding.encode(&text);
        assert!(complete, "the encoding has every character of the test");
        bytes
    }

    fn line(&self, text: &mut String, cells: &[String], prefix: &str) {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            let cell = format!("{prefix}{cell}");
            if self.quotes_all || cell.contains(['"', ',', '\n', '\r']) {
                text.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
            } else {
                text.push_str(&cell);
            }
        }
        text.push_str("\r\n");
    }

    /// Reads and checks the file.
    pub fn read(&self) -> Read {
        let folder = TempDir::new().expect("there is a folder for temporary files");
        let path = folder.path().join("export.csv");
        std::fs::write(&path, self.bytes()).expect("a temporary file can be written");
        Read {
            read_as: read_as(&path, None),
            records: records(&path, None),
            path,
            _folder: folder,
        }
    }
}

/// What became of a file.
pub struct Read {
    pub read_as: String,
    pub records: Vec<Record>,
    pub path: PathBuf,
    _folder: TempDir,
}

/// What became of a record.
pub struct Record {
    /// `FIELD=VALUE` and so on, see [`flat`].
    pub contact: Vec<String>,
    /// `COLUMN=VALUE` of what is in no field of the contact.
    pub lost: Vec<String>,
    /// Problems in words.
    pub problems: String,
    pub notes: Vec<Value>,
}

/// How a file is read.
pub fn read_as(path: &Path, mapping: Option<&Path>) -> String {
    opened(path, mapping, |input| input.read_as)
}

/// The records of a file, mapped as the program itself would, or by a mapping file.
pub fn records(path: &Path, mapping: Option<&Path>) -> Vec<Record> {
    let options = Options {
        workers: 1,
        plan: true,
        details: true,
        lists_valid: true.into(),
        key: Vec::new(),
    };
    let mut records = Vec::new();
    let ended = opened(path, mapping, |input| {
        examine::examine(&[input], &options, |found, _| {
            records.extend(found.into_iter().map(record_of));
            Ok::<_, ()>(())
        })
    });
    assert!(ended.is_ok());
    records
}

/// What is found of each record of a file; nothing if the file is refused.
pub fn verdicts(path: &Path) -> Option<Vec<Verdict>> {
    let options = Options {
        workers: 1,
        plan: true,
        details: true,
        lists_valid: true.into(),
        key: Vec::new(),
    };
    let mut verdicts = Vec::new();
    let ended = with_input(path, None, |input| {
        examine::examine(&[input], &options, |found, _| {
            verdicts.extend(found.into_iter().map(|record| record.verdict));
            Ok::<_, ()>(())
        })
    });
    assert!(ended.ok()?.is_ok());
    Some(verdicts)
}

fn opened<T>(path: &Path, mapping: Option<&Path>, then: impl FnOnce(Input) -> T) -> T {
    with_input(path, mapping, then).unwrap_or_else(|error| panic!("{}", error.error))
}

fn with_input<T>(
    path: &Path,
    mapping: Option<&Path>,
    then: impl FnOnce(Input) -> T,
) -> Result<T, Failed> {
    let config = Config::defaults().expect("the example can be read");
    let named = mapping.map(|path| path.to_str().expect("temporary files have plain names"));
    let spool = cardlift::input::Spool::default();
    let settings = Settings {
        config: &config,
        mapping: Mapping::resolve(named, &config).unwrap_or_else(|error| panic!("{error}")),
        encoding: None,
        sheet: None,
        spool: &spool,
        ask: None,
    };
    let mut input = input::open(path, &settings)?;
    input.reader.rules_mut().tags = HashMap::from([("동호회".to_owned(), "tag-1".to_owned())]);
    Ok(then(input))
}

fn record_of(record: examine::Record) -> Record {
    let (payload, problems) = match record.verdict {
        Verdict::Valid { payload, .. } => {
            let payload = serde_json::from_str(&payload).expect("it is JSON");
            (payload, Vec::new())
        }
        Verdict::Invalid(problems) => (Value::Null, problems),
        Verdict::Duplicate { .. } => panic!("nothing is compared here"),
    };
    let notes = match json::notes(&record.notes).as_str() {
        "" => Vec::new(),
        notes => serde_json::from_str(notes).expect("notes are JSON"),
    };
    Record {
        contact: flat(&payload),
        lost: lost(&notes),
        problems: message::joined(problems.into_iter().map(|problem| problem.message())),
        notes,
    }
}

/// A payload in lines: `lastName=…`, `email=…`, `telephone=TYPE …`, `organization=NAME/DEPARTMENT/TITLE`, `event=TYPE …`,
/// `location=TYPE (ZIP) …`, `messenger=TYPE …`, `website=…`, `memo=…`, `tag=…`. A custom type stands for `CUSTOM`, and the
/// primary item of several is marked with `*`.
fn flat(payload: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for part in NamePart::ALL.map(NamePart::as_str) {
        if let Some(value) = payload["contactName"][part].as_str() {
            lines.push(format!("{part}={value}"));
        }
    }
    items(payload, "emails", "email", &mut lines, |one| {
        text(&one["email"])
    });
    items(payload, "telephones", "telephone", &mut lines, |one| {
        format!("{} {}", kind(one), text(&one["telephone"]))
    });
    items(
        payload,
        "organizations",
        "organization",
        &mut lines,
        |one| {
            let part = |name: &str| text(&one[name]);
            format!("{}/{}/{}", part("name"), part("department"), part("title"))
        },
    );
    items(payload, "events", "event", &mut lines, |one| {
        let lunar = match one["dayType"].as_str() {
            Some("LUNAR") => " LUNAR",
            _ => "",
        };
        format!("{}{lunar} {}", kind(one), text(&one["date"]))
    });
    items(payload, "locations", "location", &mut lines, |one| {
        let zip = match one["zipCode"].as_str() {
            Some(zip) => format!(" ({zip})"),
            None => String::new(),
        };
        format!("{}{zip} {}", kind(one), text(&one["address"]))
    });
    items(payload, "messengers", "messenger", &mut lines, |one| {
        format!("{} {}", kind(one), text(&one["id"]))
    });
    items(payload, "websites", "website", &mut lines, |one| {
        text(&one["url"])
    });
    if let Some(memo) = payload["memo"].as_str() {
        lines.push(format!("memo={memo}"));
    }
    for tag in payload["contactTagIds"].as_array().into_iter().flatten() {
        lines.push(format!("tag={}", text(tag)));
    }
    lines
}

fn items(
    payload: &Value,
    list: &str,
    called: &str,
    lines: &mut Vec<String>,
    show: impl Fn(&Value) -> String,
) {
    let items: Vec<&Value> = payload[list].as_array().into_iter().flatten().collect();
    for item in &items {
        let is_primary = items.len() > 1 && item["primary"] == true;
        let mark = if is_primary { "*" } else { "" };
        lines.push(format!("{called}={mark}{}", show(item)));
    }
}

fn kind(item: &Value) -> String {
    match item["customType"].as_str() {
        Some(custom) => custom.to_owned(),
        None => text(&item["type"]),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn lost(notes: &[Value]) -> Vec<String> {
    let lost = notes.iter().filter(|note| {
        let reason = note["reason"].as_str().unwrap_or_default();
        note["note"] == "carried_over" && !["repeated", "placeholder"].contains(&reason)
    });
    lost.map(|note| format!("{}={}", text(&note["source_field"]), text(&note["value"])))
        .collect()
}

fn columns_of(preset: &str) -> Vec<String> {
    let preset = preset::get(preset).unwrap_or_else(|| panic!("there is no preset {preset}"));
    let mut names: Vec<String> = preset
        .file
        .mapping
        .columns()
        .into_iter()
        .flat_map(|mut spellings| {
            let name = spellings.remove(0);
            let numbers = if name.contains("{n}") { 1..=3 } else { 1..=1 };
            numbers.map(move |number| name.replace("{n}", &number.to_string()))
        })
        .collect();
    names.dedup();
    names
}
